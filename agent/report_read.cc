// SPDX-License-Identifier: Apache-2.0
// The report of report_json.cc back as a value.
#include <array>
#include <optional>

#include "agent/audit.h"
#include "base/json.h"

namespace fathom {
namespace {

// Members of one object. The first that is missing or of another type is kept as an error.
class Members {
 public:
  Members(const Json& object, std::string place, std::optional<Error>* error)
      : object_(object), place_(std::move(place)), error_(error) {}

  std::string Text(std::string_view key) const {
    const Json* value = Need(key, Json::Type::kString);
    return value == nullptr ? "" : value->as_string();
  }
  bool Flag(std::string_view key) const {
    const Json* value = Need(key, Json::Type::kBool);
    return value != nullptr && value->as_bool();
  }
  double Number(std::string_view key) const {
    const Json* value = object_.Find(key);
    if (value != nullptr && value->is_number()) return value->as_double();
    Fail(key, "a number");
    return 0;
  }
  size_t Count(std::string_view key) const {
    const Json* value = Need(key, Json::Type::kInt);
    if (value != nullptr && value->as_int() >= 0) return static_cast<size_t>(value->as_int());
    if (value != nullptr) Fail(key, "0 or more");
    return 0;
  }
  bool Has(std::string_view key) const { return object_.Find(key) != nullptr; }
  Members Object(std::string_view key) const {
    static const Json kNone = Json::EmptyObject();
    const Json* value = Need(key, Json::Type::kObject);
    return {value == nullptr ? kNone : *value, place_ + std::string(key) + ".", error_};
  }
  template <typename Each>
  void List(std::string_view key, const Each& each) const {
    const Json* value = Need(key, Json::Type::kArray);
    if (value == nullptr) return;
    for (size_t i = 0; i < value->size() && !*error_; ++i) {
      const std::string place = place_ + std::string(key) + "[" + std::to_string(i) + "].";
      each(Members(value->as_array()[i], place, error_));
    }
  }
  // One of an enumeration by its name.
  template <typename Enum, size_t kCount>
  Enum OneOf(std::string_view key, const std::array<Enum, kCount>& all,
             std::string_view (*name)(Enum)) const {
    const std::string text = Text(key);
    for (const Enum value : all) {
      if (name(value) == text) return value;
    }
    Fail(key, "one of the names known here");
    return all[0];
  }

 private:
  const Json* Need(std::string_view key, Json::Type type) const {
    static constexpr std::string_view kNames[] = {
        "null", "true or false", "a whole number", "number", "a text", "a list", "an object"};
    const Json* value = object_.Find(key);
    if (value != nullptr && value->type() == type) return value;
    Fail(key, kNames[static_cast<size_t>(type)]);
    return nullptr;
  }
  void Fail(std::string_view key, std::string_view expected) const {
    if (*error_) return;
    *error_ = Invalid("the report's '" + place_ + std::string(key) + "' is missing or not " +
                      std::string(expected));
  }

  const Json& object_;
  std::string place_;
  std::optional<Error>* error_;
};

constexpr std::array kSeverities = {Severity::kLow, Severity::kMedium, Severity::kHigh,
                                    Severity::kCritical};
constexpr std::array kEvidence = {Evidence::kClaimed, Evidence::kScored, Evidence::kSecondLook,
                                  Evidence::kConfirmed};
constexpr std::array kStates = {FindingState::kShown,         FindingState::kBaseline,
                                FindingState::kUntouched,     FindingState::kSuppressed,
                                FindingState::kLowConfidence, FindingState::kRejected};
constexpr std::array kOutcomes = {CheckOutcome::kAgrees, CheckOutcome::kSilent,
                                  CheckOutcome::kContradicts};

FindingPlace ReadPlace(const Members& m) {
  return {.path = m.Text("path"),
          .start = m.Count("start"),
          .end = m.Count("end"),
          .byte_begin = m.Count("byte_start"),
          .byte_end = m.Count("byte_end"),
          .quote = m.Text("quote")};
}

Finding ReadFinding(const Members& m) {
  Finding finding{.family = m.Text("family"),
                  .cwe = static_cast<int>(m.Count("cwe")),
                  .severity = m.OneOf("severity", kSeverities, SeverityName),
                  .place = ReadPlace(m),
                  .message = m.Text("message"),
                  .confidence = m.Number("confidence"),
                  .evidence = m.OneOf("evidence", kEvidence, EvidenceName),
                  .fingerprint = m.Text("fingerprint"),
                  .state = m.OneOf("state", kStates, FindingStateName)};
  if (m.Has("reason")) finding.reason = m.Text("reason");
  if (m.Has("reason_place")) finding.reason_place = m.Text("reason_place");
  if (m.Has("source")) finding.second = ReadPlace(m.Object("source"));
  m.List("log", [&](const Members& entry) {
    finding.log.push_back({.check = entry.Text("check"),
                           .outcome = entry.OneOf("outcome", kOutcomes, CheckOutcomeName),
                           .said = entry.Text("said")});
  });
  m.List("context", [&](const Members& line) {
    finding.context.push_back(
        {.number = line.Count("number"), .text = line.Text("text"), .marked = line.Flag("marked")});
  });
  return finding;
}

AuditNumbers ReadNumbers(const Members& m) {
  AuditNumbers numbers{.files = m.Count("files"),
                       .lines = m.Count("lines"),
                       .skipped = m.Count("skipped"),
                       .tokens = m.Count("tokens"),
                       .prefilled = m.Count("prefilled"),
                       .restored = m.Count("restored"),
                       .read_seconds = m.Number("read_seconds"),
                       .restore_seconds = m.Number("restore_seconds"),
                       .audit_seconds = m.Number("audit_seconds"),
                       .state_bytes = m.Count("state_bytes"),
                       .state_saved = m.Flag("state_saved"),
                       .windows = m.Count("windows"),
                       .windows_read = m.Count("windows_read"),
                       .candidates = m.Count("candidates"),
                       .confirmed = m.Count("confirmed"),
                       .rejected_by_quote = m.Count("rejected_by_quote"),
                       .rejected_by_check = m.Count("rejected_by_check"),
                       .rejected_by_second_look = m.Count("rejected_by_second_look"),
                       .answers_dropped = m.Count("answers_dropped"),
                       .findings_dropped = m.Count("findings_dropped")};
  // Reports of earlier versions have less.
  if (m.Has("reused")) numbers.reused = m.Count("reused");
  if (!m.Has("questions")) return numbers;
  numbers.questions = m.Count("questions");
  numbers.asked_prompt = m.Count("asked_prompt");
  numbers.asked_cached = m.Count("asked_cached");
  numbers.asked_output = m.Count("asked_output");
  numbers.asked_dollars = m.Number("asked_dollars");
  return numbers;
}

void ReadLists(const Members& m, AuditReport& report) {
  m.List("rules", [&](const Members& rule) {
    report.rules.push_back({.family = rule.Text("family"),
                            .cwe = static_cast<int>(rule.Count("cwe")),
                            .title = rule.Text("title"),
                            .severity = rule.OneOf("severity", kSeverities, SeverityName),
                            .description = rule.Text("description"),
                            .help = rule.Text("help"),
                            .sentence = rule.Text("sentence")});
  });
  m.List("findings", [&](const Members& f) { report.findings.push_back(ReadFinding(f)); });
  m.List("notes", [&](const Members& note) {
    report.notes.push_back({.place = note.Text("place"), .text = note.Text("text")});
  });
  m.List("skipped", [&](const Members& file) {
    report.skipped.push_back({.path = file.Text("path"), .reason = file.Text("reason")});
  });
}

}  // namespace

Result<AuditReport> ReadReport(std::string_view json) {
  const auto document = Json::Parse(json);
  if (!document) return document.error();
  std::optional<Error> error;
  const Members m(*document, "", &error);
  if (m.Count("version") != 1 && !error) return Invalid("the report is of an unknown version");
  AuditReport report{.tool_version = m.Object("tool").Text("version"),
                     .root = m.Text("root"),
                     .model = m.Text("model"),
                     .started = m.Text("started"),
                     .partial = m.Flag("partial"),
                     .threshold = m.Object("thresholds").Number("shown"),
                     .threshold_confirmed = m.Object("thresholds").Number("confirmed"),
                     .numbers = ReadNumbers(m.Object("numbers")),
                     .has_baseline = m.Object("compared").Flag("baseline"),
                     .has_diff = m.Object("compared").Flag("diff")};
  ReadLists(m, report);
  if (error) return *error;
  return report;
}

}  // namespace fathom
