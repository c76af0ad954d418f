// SPDX-License-Identifier: Apache-2.0
// Workflow commands: GitHub shows each line as an annotation at its place.
#include "agent/audit.h"
#include "agent/report_words.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

// Escaped so that no text of a file can start a command or a property of its own.
std::string Escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : ForTerminal(text)) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

std::string_view CommandOf(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "notice";
}

}  // namespace

std::string RenderGithub(const AuditReport& report, const RenderOptions&) {
  std::string out;
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::kShown) continue;
    out += "::" + std::string(CommandOf(finding.severity)) +
           " file=" + Escaped(finding.place.path, true) +
           ",line=" + std::to_string(finding.place.start) +
           ",endLine=" + std::to_string(finding.place.end) +
           ",title=" + Escaped(CweName(finding.cwe) + " " + RuleId(finding.family), true) +
           "::" + Escaped(finding.message, false) + " Evidence " +
           std::string(EvidenceName(finding.evidence)) + ", confidence " +
           ConfidenceText(finding.confidence) + ".\n";
  }
  for (const AuditNote& note : report.notes) {
    out += "::notice::" +
           Escaped(note.place.empty() ? note.text : note.place + ": " + note.text, false) + "\n";
  }
  if (report.partial) {
    out += "::warning::The audit was stopped after " + std::to_string(report.numbers.windows_read) +
           " of " + std::to_string(report.numbers.windows) + " windows.\n";
  }
  return out;
}

}  // namespace fathom
