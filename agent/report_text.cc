// SPDX-License-Identifier: Apache-2.0
// The report on a terminal: numbers first, then the findings as a table, then what was folded and
// written.
#include <algorithm>

#include "agent/audit.h"
#include "agent/report_words.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr size_t kSeverityColumns = 8;
constexpr size_t kCweColumns = 8;
constexpr size_t kPlaceColumnsMax = 40;
constexpr size_t kMessageColumnsMin = 32;
constexpr std::string_view kGap = "  ";

// Columns of valid UTF-8, one per character: what ForTerminal leaves has no zero-width ones.
size_t Columns(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string Padded(std::string text, size_t columns) {
  const size_t have = Columns(text);
  if (have < columns) text.append(columns - have, ' ');
  return text;
}

std::vector<std::string> Wrapped(const std::string& text, size_t columns) {
  std::vector<std::string> lines(1);
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (!lines.back().empty() && Columns(lines.back()) + 1 + Columns(word) > columns)
      lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  std::string Bold(const std::string& text) const { return Paint("1", text); }
  std::string Faint(const std::string& text) const { return Paint("2", text); }
  std::string Of(Severity severity, const std::string& text) const {
    constexpr const char* kCodes[] = {"36", "33", "31", "1;31"};
    return Paint(kCodes[static_cast<int>(severity)], text);
  }

 private:
  std::string Paint(const char* code, const std::string& text) const {
    return colour_ ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }
  bool colour_;
};

std::string Table(const AuditReport& report, FindingState state, const Painter& paint,
                  size_t columns) {
  size_t place_columns = 5;
  for (const Finding& f : report.findings) {
    if (f.state == state)
      place_columns = std::max(place_columns, Columns(ForTerminal(PlaceText(f.place))));
  }
  place_columns = std::min(place_columns, kPlaceColumnsMax);
  const size_t fixed = kSeverityColumns + kCweColumns + place_columns + 8 + 4 * kGap.size();
  const size_t message_columns =
      columns > fixed + kMessageColumnsMin ? columns - fixed : kMessageColumnsMin;
  const std::string gap(kGap);
  std::string out = paint.Faint(Padded("SEVERITY", kSeverityColumns) + gap +
                                Padded("CWE", kCweColumns) + gap + Padded("WHERE", place_columns) +
                                gap + Padded("WHAT", message_columns) + gap + "EVIDENCE") +
                    "\n";
  for (const Finding& f : report.findings) {
    if (f.state != state) continue;
    const std::string place = ForTerminal(PlaceText(f.place));
    const std::vector<std::string> message = Wrapped(ForTerminal(f.message), message_columns);
    std::string line =
        paint.Of(f.severity, Padded(std::string(SeverityName(f.severity)), kSeverityColumns)) +
        gap + Padded(CweName(f.cwe), kCweColumns) + gap;
    // A place that is too long keeps its own line: it must stay whole to be clickable.
    if (Columns(place) > place_columns) {
      out += line + paint.Bold(place) + "\n";
      line = std::string(kSeverityColumns + kCweColumns + place_columns + 3 * gap.size(), ' ');
    } else {
      line += paint.Bold(Padded(place, place_columns)) + gap;
    }
    out += line + Padded(message[0], message_columns) + gap +
           std::string(EvidenceName(f.evidence)) + " " + ConfidenceText(f.confidence) + "\n";
    for (size_t i = 1; i < message.size(); ++i) {
      out += std::string(kSeverityColumns + kCweColumns + place_columns + 3 * gap.size(), ' ') +
             message[i] + "\n";
    }
  }
  return out;
}

std::string Label(const Painter& paint, const std::string& label, const std::string& text) {
  return paint.Faint(Padded(label, 11)) + text + "\n";
}

std::string ShownText(const AuditReport& report) {
  const size_t shown = report.Count(FindingState::kShown);
  if (shown == 0) {
    return report.has_baseline ? "No new findings.\n"
                               : "No findings. That is no proof: a model misses what it has not "
                                 "learned.\n";
  }
  std::string by;
  for (const Severity severity :
       {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow}) {
    const auto count =
        std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& f) {
          return f.state == FindingState::kShown && f.severity == severity;
        });
    if (count == 0) continue;
    by += (by.empty() ? "" : ", ") + std::to_string(count) + " " +
          std::string(SeverityName(severity));
  }
  return CountText(shown, report.has_baseline ? "new finding" : "finding",
                   report.has_baseline ? "new findings" : "findings") +
         ": " + by + "\n";
}

// What the evidence levels in the table mean.
std::string Legend(const AuditReport& report) {
  std::string text;
  for (const Evidence level : {Evidence::kConfirmed, Evidence::kSecondLook, Evidence::kScored}) {
    const bool used = std::any_of(
        report.findings.begin(), report.findings.end(),
        [&](const Finding& f) { return f.state == FindingState::kShown && f.evidence == level; });
    if (used)
      text += (text.empty() ? "" : " · ") + std::string(EvidenceName(level)) + " " +
              std::string(EvidenceMeaning(level));
  }
  return text + "\n";
}

// What is counted but not in the table.
std::string FoldedText(const AuditReport& report) {
  struct Folded {
    FindingState state;
    const char* text;
  };
  constexpr Folded kFolded[] = {{FindingState::kBaseline, "unchanged since the baseline"},
                                {FindingState::kUntouched, "outside the lines that changed"},
                                {FindingState::kSuppressed, "suppressed with a reason"},
                                {FindingState::kLowConfidence, "of low confidence"},
                                {FindingState::kRejected, "rejected with a reason"}};
  std::string text;
  for (const Folded& folded : kFolded) {
    const size_t count = report.Count(folded.state);
    if (count > 0) text += (text.empty() ? "" : ", ") + WithSeparators(count) + " " + folded.text;
  }
  return text;
}

}  // namespace

std::string RenderText(const AuditReport& report, const RenderOptions& options) {
  const Painter paint(options.colour);
  const AuditNumbers& n = report.numbers;
  std::string files =
      CountText(n.files, "file", "files") + ", " + CountText(n.lines, "line", "lines");
  if (n.skipped > 0) files += ", " + WithSeparators(n.skipped) + " skipped";
  std::string out = Label(paint, "corpus", ForTerminal(report.root) + " (" + files + ")");
  out += Label(paint, "model", ForTerminal(report.model));
  out += Label(paint, "read once", ReadingText(n));
  out += Label(paint, "judged", CandidatesText(report));
  out += Label(paint, "state", StateText(n));
  if (report.partial) {
    out += "\nStopped early: " + std::to_string(n.windows_read) + " of " +
           CountText(n.windows, "window", "windows") + " read. What follows is partial.\n";
  }
  out += "\n" + paint.Bold(ShownText(report));
  if (report.Count(FindingState::kShown) > 0) {
    out += "\n" + Table(report, FindingState::kShown, paint, options.columns) + "\n" +
           paint.Faint(Legend(report));
  }
  if (const std::string folded = FoldedText(report); !folded.empty())
    out += "Not shown: " + folded + ".\n";
  for (const AuditNote& note : report.notes) {
    out += "note: " + ForTerminal(note.place.empty() ? note.text : note.place + ": " + note.text) +
           "\n";
  }
  if (!options.report_paths.empty()) out += "\n";
  for (const std::string& path : options.report_paths) out += "wrote " + ForTerminal(path) + "\n";
  return out;
}

}  // namespace fathom
