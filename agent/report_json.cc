// SPDX-License-Identifier: Apache-2.0
// The report as one JSON object (report_read.cc reads it back):
//
//   version 1, tool {name, version}, root, model, started, partial, exit_code
//   thresholds {shown, confirmed}
//   numbers    {files, lines, skipped, tokens, prefilled, restored, read_seconds, restore_seconds,
//   audit_seconds,
//               state_bytes, state_saved, windows, windows_read, candidates, confirmed,
//               rejected_by_quote, rejected_by_check, rejected_by_second_look, answers_dropped,
//               findings_dropped}
//   compared   {baseline, diff}   whether it was held against one
//   counts     {shown, baseline, untouched, suppressed, low_confidence, rejected, by_severity
//   {critical, high, ...}}
//   rules[]    {id, family, cwe, title, severity, description, help, sentence}
//   findings[] {rule, family, cwe, severity, path, start, end, byte_start, byte_end, quote,
//   message,
//               confidence, evidence, state, fingerprint, log [{check, outcome, said}],
//               context [{number, text, marked}], and where they apply: reason, reason_place,
//               source {path, start, end, byte_start, byte_end, quote}}; all states, best first
//   notes[]    {place, text},   skipped[] {path, reason}
#include "agent/audit.h"
#include "agent/report_words.h"
#include "base/json.h"

namespace fathom {
namespace {

void SetPlace(const FindingPlace& place, Json& out) {
  out.Set("path", place.path);
  out.Set("start", place.start);
  out.Set("end", place.end);
  out.Set("byte_start", place.byte_begin);
  out.Set("byte_end", place.byte_end);
  out.Set("quote", place.quote);
}

Json FindingJson(const Finding& finding) {
  Json out = Json::EmptyObject();
  out.Set("rule", RuleId(finding.family));
  out.Set("family", finding.family);
  out.Set("cwe", finding.cwe);
  out.Set("severity", SeverityName(finding.severity));
  SetPlace(finding.place, out);
  out.Set("message", finding.message);
  out.Set("confidence", finding.confidence);
  out.Set("evidence", EvidenceName(finding.evidence));
  out.Set("state", FindingStateName(finding.state));
  out.Set("fingerprint", finding.fingerprint);
  if (!finding.reason.empty()) out.Set("reason", finding.reason);
  if (!finding.reason_place.empty()) out.Set("reason_place", finding.reason_place);
  if (finding.second) {
    Json source = Json::EmptyObject();
    SetPlace(*finding.second, source);
    out.Set("source", std::move(source));
  }
  Json log = Json::EmptyArray();
  for (const CheckEntry& entry : finding.log) {
    log.Push(Json(Json::Object{{"check", entry.check},
                               {"outcome", CheckOutcomeName(entry.outcome)},
                               {"said", entry.said}}));
  }
  out.Set("log", std::move(log));
  Json context = Json::EmptyArray();
  for (const CodeLine& line : finding.context) {
    context.Push(
        Json(Json::Object{{"number", line.number}, {"text", line.text}, {"marked", line.marked}}));
  }
  out.Set("context", std::move(context));
  return out;
}

Json NumbersJson(const AuditNumbers& n) {
  return Json(Json::Object{{"files", n.files},
                           {"lines", n.lines},
                           {"skipped", n.skipped},
                           {"tokens", n.tokens},
                           {"prefilled", n.prefilled},
                           {"restored", n.restored},
                           {"reused", n.reused},
                           {"read_seconds", n.read_seconds},
                           {"restore_seconds", n.restore_seconds},
                           {"audit_seconds", n.audit_seconds},
                           {"state_bytes", n.state_bytes},
                           {"state_saved", n.state_saved},
                           {"windows", n.windows},
                           {"windows_read", n.windows_read},
                           {"candidates", n.candidates},
                           {"confirmed", n.confirmed},
                           {"rejected_by_quote", n.rejected_by_quote},
                           {"rejected_by_check", n.rejected_by_check},
                           {"rejected_by_second_look", n.rejected_by_second_look},
                           {"answers_dropped", n.answers_dropped},
                           {"findings_dropped", n.findings_dropped},
                           {"questions", n.questions},
                           {"asked_prompt", n.asked_prompt},
                           {"asked_cached", n.asked_cached},
                           {"asked_output", n.asked_output},
                           {"asked_dollars", n.asked_dollars}});
}

Json CountsJson(const AuditReport& report) {
  Json counts = Json::EmptyObject();
  for (const FindingState state :
       {FindingState::kShown, FindingState::kBaseline, FindingState::kUntouched,
        FindingState::kSuppressed, FindingState::kLowConfidence, FindingState::kRejected}) {
    counts.Set(FindingStateName(state), report.Count(state));
  }
  Json by_severity = Json::EmptyObject();
  for (const Severity severity :
       {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow}) {
    size_t count = 0;
    for (const Finding& f : report.findings)
      count += f.state == FindingState::kShown && f.severity == severity;
    by_severity.Set(SeverityName(severity), count);
  }
  counts.Set("by_severity", std::move(by_severity));
  return counts;
}

}  // namespace

std::string RenderJson(const AuditReport& report, const RenderOptions& options) {
  Json out = Json::EmptyObject();
  out.Set("version", 1);
  out.Set("tool", Json(Json::Object{{"name", "fathom"}, {"version", report.tool_version}}));
  out.Set("root", report.root);
  out.Set("model", report.model);
  out.Set("started", report.started);
  out.Set("partial", report.partial);
  out.Set("exit_code", options.exit_code);
  out.Set("thresholds", Json(Json::Object{{"shown", report.threshold},
                                          {"confirmed", report.threshold_confirmed}}));
  out.Set("numbers", NumbersJson(report.numbers));
  out.Set("compared",
          Json(Json::Object{{"baseline", report.has_baseline}, {"diff", report.has_diff}}));
  out.Set("counts", CountsJson(report));
  Json rules = Json::EmptyArray(), findings = Json::EmptyArray(), notes = Json::EmptyArray(),
       skipped = Json::EmptyArray();
  for (const RuleInfo& rule : report.rules) {
    rules.Push(Json(Json::Object{{"id", RuleId(rule.family)},
                                 {"family", rule.family},
                                 {"cwe", rule.cwe},
                                 {"title", rule.title},
                                 {"severity", SeverityName(rule.severity)},
                                 {"description", rule.description},
                                 {"help", rule.help},
                                 {"sentence", rule.sentence}}));
  }
  for (const Finding& finding : report.findings) findings.Push(FindingJson(finding));
  for (const AuditNote& note : report.notes)
    notes.Push(Json(Json::Object{{"place", note.place}, {"text", note.text}}));
  for (const SkippedFile& file : report.skipped)
    skipped.Push(Json(Json::Object{{"path", file.path}, {"reason", file.reason}}));
  out.Set("rules", std::move(rules));
  out.Set("findings", std::move(findings));
  out.Set("notes", std::move(notes));
  out.Set("skipped", std::move(skipped));
  return out.Dump(2) + "\n";
}

}  // namespace fathom
