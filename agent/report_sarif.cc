// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0, in the form that GitHub code scanning accepts.
//
//   shown, baseline    kind fail; baselineState new or unchanged when there is a baseline
//   suppressed         kind fail with a suppression and the user's reason
//   rejected           kind pass with the reason, also as an accepted suppression, so that no
//   viewer opens an alert low confidence, untouched   counted in run.properties, not listed
// Limits of code scanning: 25,000 results a run, 10 tags a rule.
// Source: OASIS SARIF 2.1.0; GitHub's SARIF support for code scanning.
#include <algorithm>
#include <cstdio>

#include "agent/audit.h"
#include "agent/report_words.h"
#include "base/json.h"

namespace fathom {
namespace {

constexpr size_t kSarifResultsMax = 25'000;
// The project has no public page yet: a name, not an address.
constexpr std::string_view kInformationUri = "urn:fathom:audit";
constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

Json Text(std::string_view text) {
  return Json(Json::Object{{"text", text}});
}

std::string_view LevelOf(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "note";
}

// GitHub's bands: above 9.0 critical, 7.0 high, 4.0 medium. A string, as code scanning demands.
std::string_view ScoreOf(Severity severity) {
  constexpr std::string_view kScores[] = {"3.0", "5.5", "8.0", "9.5"};
  return kScores[static_cast<int>(severity)];
}

std::string CweTag(int cwe) {
  char text[40];
  std::snprintf(text, sizeof text, "external/cwe/cwe-%03d", cwe);
  return text;
}

std::string CweUri(int cwe) {
  return "https://cwe.mitre.org/data/definitions/" + std::to_string(cwe) + ".html";
}

// "HardcodedSecret" of "hardcoded-secret": SARIF wants a readable name.
std::string PascalName(std::string_view family) {
  std::string name;
  bool up = true;
  for (const char c : family) {
    if (c == '-' || c == '_') {
      up = true;
      continue;
    }
    name += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    up = false;
  }
  return name;
}

// The best precision that the model's evidence has shown for this family in this run.
std::string_view PrecisionOf(const AuditReport& report, std::string_view family) {
  std::string_view best = "medium";
  for (const Finding& f : report.findings) {
    if (f.family == family && f.state == FindingState::kShown && f.Precision() == "high")
      best = "high";
  }
  return best;
}

// `index`: of the rule, and of its CWE in the taxonomy.
Json RuleJson(const AuditReport& report, const RuleInfo& rule, size_t index) {
  Json out = Json::EmptyObject();
  out.Set("id", RuleId(rule.family));
  out.Set("name", PascalName(rule.family));
  out.Set("shortDescription", Text(rule.title + "."));
  out.Set("fullDescription", Text(rule.description));
  out.Set("help", Json(Json::Object{{"text", rule.help},
                                    {"markdown", rule.help + "\n\n[" + CweName(rule.cwe) + "](" +
                                                     CweUri(rule.cwe) + ")"}}));
  out.Set("helpUri", CweUri(rule.cwe));
  out.Set("defaultConfiguration", Json(Json::Object{{"level", LevelOf(rule.severity)}}));
  out.Set("relationships",
          Json(Json::Array{Json(Json::Object{
              {"target", Json(Json::Object{{"id", std::to_string(rule.cwe)},
                                           {"index", index},
                                           {"toolComponent",
                                            Json(Json::Object{{"name", "CWE"}, {"index", 0}})}})},
              {"kinds", Json(Json::Array{Json("superset")})}})}));
  out.Set("properties",
          Json(Json::Object{{"tags", Json(Json::Array{Json("security"), Json(CweTag(rule.cwe))})},
                            {"precision", PrecisionOf(report, rule.family)},
                            {"security-severity", ScoreOf(rule.severity)}}));
  return out;
}

Json TaxonomyJson(const AuditReport& report) {
  Json taxa = Json::EmptyArray();
  for (const RuleInfo& rule : report.rules) {
    taxa.Push(Json(Json::Object{{"id", std::to_string(rule.cwe)},
                                {"name", rule.title},
                                {"shortDescription", Text(rule.title + ".")},
                                {"helpUri", CweUri(rule.cwe)}}));
  }
  return Json(Json::Object{{"name", "CWE"},
                           {"organization", "MITRE"},
                           {"shortDescription", Text("The MITRE Common Weakness Enumeration.")},
                           {"informationUri", "https://cwe.mitre.org/"},
                           {"isComprehensive", false},
                           {"taxa", std::move(taxa)}});
}

// Columns in characters, as SARIF counts them by default (UTF-16 units).
size_t Utf16Units(std::string_view text) {
  size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? 1 : 0;
    units += byte >= 0xF0 ? 1 : 0;
  }
  return units;
}

Json LocationJson(const FindingPlace& place, const Finding* finding) {
  Json region(Json::Object{{"startLine", place.start}, {"endLine", place.end}});
  // The indent of the first line and the text of the last one are in the context.
  if (finding != nullptr) {
    for (const CodeLine& line : finding->context) {
      const size_t indent = std::min(line.text.find_first_not_of(" \t"), line.text.size());
      if (line.number == place.start) region.Set("startColumn", indent + 1);
      if (line.number == place.end)
        region.Set("endColumn", std::max(Utf16Units(line.text), indent) + 1);
    }
    region.Set("snippet", Text(place.quote));
  }
  return Json(Json::Object{
      {"physicalLocation",
       Json(Json::Object{{"artifactLocation", Json(Json::Object{{"uri", UriOfPath(place.path)},
                                                                {"uriBaseId", "SRCROOT"}})},
                         {"region", std::move(region)}})}});
}

Json WithMessage(Json location, std::string_view text) {
  location.Set("message", Text(text));
  return location;
}

Json SuppressionJson(std::string_view kind, const std::string& reason) {
  return Json(Json::Object{{"kind", kind}, {"status", "accepted"}, {"justification", reason}});
}

// Where the value comes from, then where it arrives.
Json CodeFlowJson(const Finding& finding) {
  Json steps = Json::EmptyArray();
  steps.Push(Json(Json::Object{{"location", WithMessage(LocationJson(*finding.second, nullptr),
                                                        "The value is made here.")}}));
  steps.Push(Json(Json::Object{
      {"location", WithMessage(LocationJson(finding.place, &finding), "It arrives here.")}}));
  return Json(Json::Array{Json(Json::Object{
      {"threadFlows", Json(Json::Array{Json(Json::Object{{"locations", std::move(steps)}})})}})});
}

Json ResultJson(const AuditReport& report, const Finding& finding, size_t rule_index) {
  const bool rejected = finding.state == FindingState::kRejected;
  Json out = Json::EmptyObject();
  out.Set("ruleId", RuleId(finding.family));
  out.Set("ruleIndex", rule_index);
  out.Set("kind", rejected ? "pass" : "fail");
  out.Set("level", rejected ? std::string_view("none") : LevelOf(finding.severity));
  std::string message = finding.message + " Evidence " +
                        std::string(EvidenceName(finding.evidence)) + ": " +
                        std::string(EvidenceMeaning(finding.evidence)) + ".";
  if (rejected) message = "Rejected candidate: " + finding.reason + ".";
  out.Set("message", Text(message));
  out.Set("locations", Json(Json::Array{LocationJson(finding.place, &finding)}));
  out.Set("partialFingerprints",
          Json(Json::Object{{"fathomFinding/v1", finding.fingerprint},
                            {"primaryLocationLineHash", finding.fingerprint}}));
  if (finding.second && !rejected) out.Set("codeFlows", CodeFlowJson(finding));
  if (rejected)
    out.Set("suppressions", Json(Json::Array{SuppressionJson("external", finding.reason)}));
  if (finding.state == FindingState::kSuppressed) {
    const bool comment = finding.reason_place.starts_with(finding.place.path + ":");
    out.Set("suppressions",
            Json(Json::Array{SuppressionJson(comment ? "inSource" : "external", finding.reason)}));
  } else if (report.has_baseline && !rejected) {
    out.Set("baselineState", finding.state == FindingState::kBaseline ? "unchanged" : "new");
  }
  Json log = Json::EmptyArray();
  for (const CheckEntry& entry : finding.log)
    log.Push(entry.check + " " + std::string(CheckOutcomeName(entry.outcome)) + ": " + entry.said);
  out.Set("rank", finding.confidence * 100);
  out.Set("properties", Json(Json::Object{{"evidence", EvidenceName(finding.evidence)},
                                          {"confidence", finding.confidence},
                                          {"precision", finding.Precision()},
                                          {"verification", std::move(log)}}));
  return out;
}

bool IsListed(const Finding& finding) {
  return finding.state != FindingState::kLowConfidence &&
         finding.state != FindingState::kUntouched && finding.place.start > 0;
}

Json InvocationJson(const AuditReport& report, const RenderOptions& options) {
  Json notes = Json::EmptyArray();
  for (const AuditNote& note : report.notes) {
    notes.Push(Json(Json::Object{
        {"level", "note"},
        {"message", Text(note.place.empty() ? note.text : note.place + ": " + note.text)}}));
  }
  Json out(Json::Object{{"executionSuccessful", !report.partial},
                        {"exitCode", options.exit_code},
                        {"startTimeUtc", report.started}});
  if (report.partial) {
    out.Set("exitCodeDescription", "interrupted");
    notes.Push(Json(Json::Object{
        {"level", "warning"},
        {"message",
         Text("The audit was stopped: " + std::to_string(report.numbers.windows_read) + " of " +
              std::to_string(report.numbers.windows) + " windows were read.")}}));
  }
  out.Set("toolExecutionNotifications", std::move(notes));
  return out;
}

}  // namespace

std::string RenderSarif(const AuditReport& report, const RenderOptions& options) {
  Json rules = Json::EmptyArray(), results = Json::EmptyArray();
  for (size_t i = 0; i < report.rules.size(); ++i) rules.Push(RuleJson(report, report.rules[i], i));
  for (const Finding& finding : report.findings) {
    if (!IsListed(finding) || results.size() >= kSarifResultsMax) continue;
    const auto rule = std::find_if(report.rules.begin(), report.rules.end(),
                                   [&](const RuleInfo& r) { return r.family == finding.family; });
    results.Push(ResultJson(report, finding, static_cast<size_t>(rule - report.rules.begin())));
  }
  Json driver(Json::Object{
      {"name", "fathom"},
      {"fullName", "Fathom audit"},
      {"semanticVersion", report.tool_version},
      {"version", report.tool_version},
      {"informationUri", kInformationUri},
      {"supportedTaxonomies", Json(Json::Array{Json(Json::Object{{"name", "CWE"}, {"index", 0}})})},
      {"rules", std::move(rules)}});
  Json run = Json::EmptyObject();
  run.Set("tool", Json(Json::Object{{"driver", std::move(driver)}}));
  run.Set("invocations", Json(Json::Array{InvocationJson(report, options)}));
  run.Set("originalUriBaseIds",
          Json(Json::Object{
              {"SRCROOT", Json(Json::Object{{"uri", "file://" + UriOfPath(report.root) + "/"}})}}));
  run.Set("automationDetails", Json(Json::Object{{"id", "fathom/audit/"}}));
  run.Set("taxonomies", Json(Json::Array{TaxonomyJson(report)}));
  run.Set("columnKind", "utf16CodeUnits");
  run.Set("results", std::move(results));
  run.Set("properties",
          Json(Json::Object{{"model", report.model},
                            {"candidates", report.numbers.candidates},
                            {"low_confidence", report.Count(FindingState::kLowConfidence)},
                            {"untouched", report.Count(FindingState::kUntouched)}}));
  return Json(Json::Object{{"$schema", kSchema},
                           {"version", "2.1.0"},
                           {"runs", Json(Json::Array{std::move(run)})}})
             .Dump(2) +
         "\n";
}

}  // namespace fathom
