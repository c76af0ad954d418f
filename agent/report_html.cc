// SPDX-License-Identifier: Apache-2.0
// The report as one self-contained page: no scripts, nothing loaded, dark and light by the reader's
// preference. The content policy allows the one style sheet below by its hash and nothing else.
#include <algorithm>

#include "agent/audit.h"
#include "agent/report_style.h"
#include "agent/report_words.h"
#include "base/sha256.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

// Text of others: controls made visible, then HTML's own characters escaped. Safe in text and in
// quoted attributes.
std::string Html(std::string_view text) {
  std::string out;
  for (const char c : ForTerminal(text, {.keep_newlines = true})) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

int HexDigit(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

// Of a hash in hex, as a content policy writes it.
std::string Base64OfHex(std::string_view hex) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char digit : hex) {
    bits = bits << 4 | static_cast<unsigned>(HexDigit(digit));
    count += 4;
    if (count >= 6) {
      count -= 6;
      out += kAlphabet[bits >> count & 63];
    }
  }
  if (count > 0) out += kAlphabet[bits << (6 - count) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string Element(std::string_view tag, std::string_view classes, const std::string& inner) {
  std::string out = "<" + std::string(tag);
  if (!classes.empty()) out += " class=\"" + std::string(classes) + "\"";
  return out + ">" + inner + "</" + std::string(tag) + ">";
}

std::string Badge(Severity severity) {
  const std::string name(SeverityName(severity));
  return Element("span", "badge " + name, name);
}

std::string CweLink(int cwe) {
  return "<a href=\"https://cwe.mitre.org/data/definitions/" + std::to_string(cwe) +
         ".html\" rel=\"noopener noreferrer\">" + CweName(cwe) + "</a>";
}

std::string EvidenceHtml(const Finding& finding) {
  const std::string level(EvidenceName(finding.evidence));
  return Element("span", "evidence",
                 Element("strong", "", level) + " " +
                     Element("span", "muted", ConfidenceText(finding.confidence)));
}

std::string TitleOf(const AuditReport& report, const Finding& finding) {
  for (const RuleInfo& rule : report.rules) {
    if (rule.family == finding.family) return rule.title;
  }
  return finding.family;
}

std::string CodeHtml(const Finding& finding) {
  if (finding.context.empty()) return "";
  std::string lines;
  for (const CodeLine& line : finding.context) {
    lines += Element("span", line.marked ? "l hit" : "l",
                     Element("span", "n", std::to_string(line.number)) +
                         Element("span", "t", line.text.empty() ? " " : Html(line.text)));
  }
  return "<pre class=\"code\"><code>" + lines + "</code></pre>";
}

std::string LogHtml(const Finding& finding) {
  std::string rows;
  for (const CheckEntry& entry : finding.log) {
    const std::string outcome(CheckOutcomeName(entry.outcome));
    const char* sign = entry.outcome == CheckOutcome::kAgrees        ? "✓"
                       : entry.outcome == CheckOutcome::kContradicts ? "✕"
                                                                     : "·";
    rows += Element("li", outcome,
                    "<span class=\"sign\" aria-hidden=\"true\">" + std::string(sign) + "</span>" +
                        Element("span", "check", Html(entry.check)) +
                        Element("span", "outcome", outcome) +
                        Element("span", "said", Html(entry.said)));
  }
  return "<ol class=\"log\" aria-label=\"Verification\">" + rows + "</ol>";
}

std::string HelpOf(const AuditReport& report, const Finding& finding) {
  for (const RuleInfo& rule : report.rules) {
    if (rule.family == finding.family) return Html(rule.help);
  }
  return "";
}

std::string Article(const AuditReport& report, const Finding& finding, size_t number) {
  std::string out = "<article id=\"f" + std::to_string(number) + "\"><h3>" +
                    Badge(finding.severity) + " " + Html(TitleOf(report, finding)) + "</h3>";
  out += Element("p", "where",
                 Element("code", "", Html(PlaceText(finding.place))) + " " + CweLink(finding.cwe) +
                     " " + EvidenceHtml(finding));
  out += Element("p", "", Html(finding.message));
  out += CodeHtml(finding);
  if (finding.second) {
    out += Element("p", "muted",
                   "The value is made at " + Element("code", "", Html(PlaceText(*finding.second))) +
                       ": " + Element("code", "", Html(finding.second->quote)));
  }
  out += LogHtml(finding);
  out += Element("p", "help", Element("strong", "", "Instead") + " " + HelpOf(report, finding));
  out +=
      Element("p", "muted small", "Fingerprint " + Element("code", "", Html(finding.fingerprint)));
  return out + "</article>";
}

std::string FindingsTable(const AuditReport& report) {
  std::string rows;
  size_t number = 0;
  for (const Finding& f : report.findings) {
    if (f.state != FindingState::kShown) continue;
    ++number;
    rows += "<tr><td>" + Badge(f.severity) + "</td><td class=\"nowrap\">" + CweName(f.cwe) +
            "</td><td><a href=\"#f" + std::to_string(number) + "\"><code>" +
            Html(PlaceText(f.place)) + "</code></a></td><td>" + Html(f.message) +
            "</td><td class=\"nowrap\">" + EvidenceHtml(f) + "</td></tr>";
  }
  return "<table><thead><tr><th scope=\"col\">Severity</th><th scope=\"col\">CWE</th><th "
         "scope=\"col\">Where</th><th scope=\"col\">What</th>"
         "<th scope=\"col\">Evidence</th></tr></thead><tbody>" +
         rows + "</tbody></table>";
}

std::string FoldedRow(const Finding& finding) {
  std::string reason;
  if (!finding.reason.empty())
    reason =
        Html(finding.reason) +
        (finding.reason_place.empty() ? "" : " <code>" + Html(finding.reason_place) + "</code>");
  const std::string& quote = finding.place.quote;
  return "<tr><td>" + Html(finding.family) + "</td><td><code>" + Html(PlaceText(finding.place)) +
         "</code></td><td><code class=\"quote\">" + Html(quote.substr(0, quote.find('\n'))) +
         "</code></td><td class=\"nowrap\">" + ConfidenceText(finding.confidence) + "</td><td>" +
         reason + "</td></tr>";
}

struct Fold {
  FindingState state;
  const char* title;
  const char* last_column;
};

std::string FoldedHtml(const AuditReport& report, const Fold& fold) {
  const size_t count = report.Count(fold.state);
  if (count == 0) return "";
  std::string rows;
  for (const Finding& f : report.findings) {
    if (f.state == fold.state) rows += FoldedRow(f);
  }
  return "<details><summary>" + std::string(fold.title) + " " +
         Element("span", "count", WithSeparators(count)) +
         "</summary><table><thead><tr><th scope=\"col\">Family</th><th scope=\"col\">Where</th><th "
         "scope=\"col\">Line</th>"
         "<th scope=\"col\">Score</th><th scope=\"col\">" +
         fold.last_column + "</th></tr></thead><tbody>" + rows + "</tbody></table></details>";
}

std::string Tile(const std::string& number, std::string_view label, std::string_view classes = "") {
  return "<div class=\"tile " + std::string(classes) + "\"><dt>" + std::string(label) +
         "</dt><dd>" + number + "</dd></div>";
}

std::string SummaryHtml(const AuditReport& report) {
  std::string severities;
  for (const Severity severity :
       {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow}) {
    size_t count = 0;
    for (const Finding& f : report.findings)
      count += f.state == FindingState::kShown && f.severity == severity;
    severities += Tile(WithSeparators(count), SeverityName(severity),
                       count > 0 ? SeverityName(severity) : "none");
  }
  const AuditNumbers& n = report.numbers;
  const std::string corpus = CountText(n.files, "file", "files") + ", " +
                             CountText(n.lines, "line", "lines") + ", " +
                             CountText(n.tokens, "token", "tokens") +
                             (n.skipped > 0 ? ", " + WithSeparators(n.skipped) + " skipped" : "");
  std::string facts = "<dl class=\"facts\"><div><dt>Corpus</dt><dd>" + corpus +
                      "</dd></div><div><dt>Read once</dt><dd>" + Html(ReadingText(n)) +
                      "</dd></div><div><dt>Judged</dt><dd>" + Html(CandidatesText(report)) +
                      "</dd></div><div><dt>State</dt><dd>" + Html(StateText(n)) +
                      "</dd></div><div><dt>Model</dt><dd>" + Html(report.model) + ", shown from " +
                      ConfidenceText(report.threshold) + ", from " +
                      ConfidenceText(report.threshold_confirmed) +
                      " when a check agrees</dd></div></dl>";
  return "<dl class=\"tiles\">" + severities + "</dl>" + facts;
}

std::string NotesHtml(const AuditReport& report) {
  std::string out;
  if (!report.notes.empty()) {
    std::string items;
    for (const AuditNote& note : report.notes) {
      items += Element("li", "",
                       (note.place.empty() ? "" : Element("code", "", Html(note.place)) + " ") +
                           Html(note.text));
    }
    out += "<details open><summary>Notes " +
           Element("span", "count", WithSeparators(report.notes.size())) + "</summary><ul>" +
           items + "</ul></details>";
  }
  if (!report.skipped.empty()) {
    std::string items;
    for (const SkippedFile& file : report.skipped)
      items += Element("li", "", Element("code", "", Html(file.path)) + " " + Html(file.reason));
    out += "<details><summary>Files not read " +
           Element("span", "count", WithSeparators(report.skipped.size())) + "</summary><ul>" +
           items + "</ul></details>";
  }
  return out;
}

std::string FindingsHtml(const AuditReport& report) {
  const size_t shown = report.Count(FindingState::kShown);
  std::string out = "<section aria-labelledby=\"findings\"><h2 id=\"findings\">" +
                    std::string(report.has_baseline ? "New findings" : "Findings") + "</h2>";
  if (shown == 0) return out + "<p>None.</p></section>";
  out += FindingsTable(report);
  size_t number = 0;
  for (const Finding& finding : report.findings) {
    if (finding.state == FindingState::kShown) out += Article(report, finding, ++number);
  }
  return out + "</section>";
}

std::string NameOf(std::string_view root) {
  while (root.size() > 1 && root.back() == '/') root.remove_suffix(1);
  const size_t slash = root.rfind('/');
  return std::string(
      slash == std::string_view::npos || slash + 1 == root.size() ? root : root.substr(slash + 1));
}

}  // namespace

std::string RenderHtml(const AuditReport& report, const RenderOptions&) {
  constexpr Fold kFolds[] = {{FindingState::kBaseline, "Unchanged since the baseline", "Note"},
                             {FindingState::kUntouched, "Outside the lines that changed", "Note"},
                             {FindingState::kSuppressed, "Suppressed", "Reason"},
                             {FindingState::kLowConfidence, "Low confidence", "Note"},
                             {FindingState::kRejected, "Rejected", "Reason"}};
  std::string folded;
  for (const Fold& fold : kFolds) folded += FoldedHtml(report, fold);
  folded += NotesHtml(report);
  const std::string name = Html(NameOf(report.root));
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'sha256-" +
      Base64OfHex(Sha256Hex(kReportStyle)) +
      "'; base-uri 'none'; form-action 'none'\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta "
      "name=\"color-scheme\" content=\"light dark\">"
      "<meta name=\"referrer\" content=\"no-referrer\"><title>Audit of " +
      name + "</title><style>" + std::string(kReportStyle) + "</style></head>\n<body>";
  out += "<header><p class=\"product\">fathom audit</p><h1>" + name +
         "</h1><p class=\"muted\"><code>" + Html(report.root) + "</code> · " +
         Html(report.started) + " · version " + Html(report.tool_version) + "</p></header>\n<main>";
  if (report.partial) {
    out += "<p class=\"partial\"><strong>Partial.</strong> The audit was stopped: " +
           std::to_string(report.numbers.windows_read) + " of " +
           CountText(report.numbers.windows, "window", "windows") + " read.</p>";
  }
  out += "<section aria-label=\"Summary\">" + SummaryHtml(report) + "</section>\n" +
         FindingsHtml(report);
  if (!folded.empty())
    out += "\n<section aria-labelledby=\"folded\"><h2 id=\"folded\">Not shown above</h2>" + folded +
           "</section>";
  out +=
      "</main>\n<footer><p>E0 the model says so · E1 quote and span stand, the score passes · E2 "
      "survived a second look · E3 an independent check agrees. "
      "Every quote was compared with the file's bytes; credentials are "
      "masked.</p></footer></body></html>\n";
  return out;
}

}  // namespace fathom
