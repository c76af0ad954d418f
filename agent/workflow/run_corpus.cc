// SPDX-License-Identifier: Apache-2.0
// Ask and audit steps. A corpus is read once in a run; each question is put on a fork of its state.
#include <algorithm>
#include <filesystem>

#include "agent/ask.h"
#include "agent/audit.h"
#include "agent/chat_corpus.h"
#include "agent/workflow/run_steps.h"
#include "base/files.h"
#include "base/limits.h"
#include "rag/reading.h"

namespace fathom {
namespace {

bool HasAudit(const Workflow& workflow) {
  return std::any_of(workflow.steps.begin(), workflow.steps.end(),
                     [](const WorkflowStep& step) { return step.kind == StepKind::kAudit; });
}

Json CitationsJson(const std::vector<Citation>& citations) {
  Json list = Json::EmptyArray();
  for (const Citation& citation : citations) {
    list.Push(Json(Json::Object{{"path", citation.path},
                                {"start", citation.start},
                                {"end", citation.end},
                                {"quote", citation.quote},
                                {"verdict", CitationVerdictName(citation.verdict)}}));
  }
  return list;
}

Json FindingsJson(const AuditReport& report) {
  Json list = Json::EmptyArray();
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::kShown) continue;
    const auto rule =
        std::find_if(report.rules.begin(), report.rules.end(),
                     [&](const RuleInfo& known) { return known.family == finding.family; });
    list.Push(
        Json(Json::Object{{"rule", finding.family},
                          {"severity", SeverityName(finding.severity)},
                          {"path", finding.place.path},
                          {"line", finding.place.start},
                          {"quote", finding.place.quote},
                          {"message", rule != report.rules.end() ? rule->sentence : std::string()},
                          {"evidence", EvidenceName(finding.evidence)}}));
  }
  return list;
}

}  // namespace

Result<std::string> StepRunner::CorpusPath(const StepCall& call) const {
  const WorkflowStep* step = &call.step;
  while (!step->fork.empty()) step = workflow_.Find(step->fork);
  const std::string& text = step->corpus.empty() ? workflow_.corpus : step->corpus;
  auto path = RenderTree(Json(text), call.scope);
  if (!path) return path.error();
  return Through(ValueText(*path), PathUse::kRead);
}

Result<StepRunner::OpenCorpus*> StepRunner::CorpusOf(StepCall& call, const std::string& path) {
  if (const auto open = corpora_.find(path); open != corpora_.end()) return &open->second;
  OpenCorpus opened;
  if (!world_.engine) {
    auto model = world_.chat();
    if (!model) return model.error();
    auto chat = ChatCorpus::Open(**model, path, {.cancel = options_.cancel});
    if (!chat) return chat.error();
    opened.chat = std::move(*chat);
    return &corpora_.emplace(path, std::move(opened)).first->second;
  }
  auto engine = world_.engine();
  if (!engine) return engine.error();
  auto catalog = world_.catalog();
  if (!catalog) return catalog.error();
  auto verdicts = VerdictTokens(world_.profile, *(*engine)->tokenizer());
  if (!verdicts) return verdicts.error();
  const ReadingOptions reading_options{
      .profile = {.system_text = world_.profile.system_text,
                  .window_tokens = world_.profile.window_tokens(),
                  .verdict_tokens = std::move(*verdicts)},
      .keep = world_.keep,
      .all_windows = HasAudit(workflow_),
      .progress =
          [&](const ReadingProgress& progress) {
            call.tell("delta.progress", Json(Json::Object{{"stage", progress.stage},
                                                          {"done", progress.tokens_done},
                                                          {"total", progress.tokens_total}}));
          },
      .cancel = options_.cancel};
  auto reading = OpenReading(**engine, **catalog, path, reading_options);
  if (!reading) return reading.error();
  if (reading->cancelled) return Error{Code::kCancelled, "stopped while the corpus was read"};
  call.record.usage.prefilled += reading->usage.prefilled;
  call.record.usage.prompt += reading->usage.prefilled;
  opened.reading = std::make_unique<Reading>(std::move(*reading));
  auto asker = Asker::Open(**engine, world_.profile, **catalog, *opened.reading);
  if (!asker) return asker.error();
  opened.asker = std::move(*asker);
  return &corpora_.emplace(path, std::move(opened)).first->second;
}

Result<StepEnd> StepRunner::Ask(StepCall& call) {
  const double started = static_cast<double>(NowMs());
  auto path = CorpusPath(call);
  if (!path) return path.error();
  auto question = RenderTree(*call.step.with.Find("question"), call.scope);
  if (!question) return question.error();
  call.record.usage = {};
  auto corpus = CorpusOf(call, *path);
  if (!corpus) return corpus.error();
  AskOptions ask{.question = ValueText(*question), .cancel = options_.cancel};
  if (const Json* thinking = call.step.with.Find("thinking_tokens"))
    ask.thinking_tokens = static_cast<size_t>(thinking->as_int());
  auto answer = (*corpus)->chat ? (*corpus)->chat->Ask(ask) : (*corpus)->asker->Ask(ask);
  if (!answer) return answer.error();
  AgentUsage& usage = call.record.usage;
  const AskUsage& spent = answer->usage;
  usage.steps += 1;
  usage.prompt += spent.prompt;
  usage.cached += spent.cached;
  usage.prefilled += spent.prefilled;
  usage.thinking += spent.thinking;
  usage.output += spent.output;
  usage.dollars += DollarsOf({.cached = spent.cached,
                              .prefilled = usage.prefilled,
                              .thinking = spent.thinking,
                              .output = spent.output},
                             world_.profile.prices);
  usage.seconds = (static_cast<double>(NowMs()) - started) / 1'000;
  AddTaint(call.record.tainted_by, {"corpus " + *path});
  return StepEnd{.state = "done",
                 .output = Json(Json::Object{{"question", ask.question},
                                             {"text", answer->text},
                                             {"refused", answer->refused},
                                             {"withheld", answer->withheld},
                                             {"citations", CitationsJson(answer->citations)},
                                             {"dropped", answer->dropped.size()}})};
}

Result<StepEnd> StepRunner::Audit(StepCall& call) {
  const double started = static_cast<double>(NowMs());
  auto path = CorpusPath(call);
  if (!path) return path.error();
  call.record.usage = {};
  auto corpus = CorpusOf(call, *path);
  if (!corpus) return corpus.error();
  const Reading& reading = (*corpus)->chat ? (*corpus)->chat->reading() : *(*corpus)->reading;
  const AuditProfile profile = AuditProfileOf(world_.profile);
  AuditOptions options{.cancel = options_.cancel};
  if (const Json* rules = call.step.with.Find("rules")) {
    for (const Json& rule : rules->as_array()) options.rules.push_back(rule.as_string());
  }
  const std::filesystem::path root(reading.corpus.root);
  const std::filesystem::path folder =
      std::filesystem::is_directory(root) ? root : root.parent_path();
  if (auto text = ReadFile((folder / ".fathom.yaml").string(), kYamlBytesMax))
    options.suppression_yaml = std::move(*text);
  AuditInputs inputs{.reading = reading, .profile = profile, .options = std::move(options)};
  ChatUsage asked;
  if (!(*corpus)->chat) {
    auto engine = world_.engine();
    if (!engine) return engine.error();
    inputs.tokenizer = (*engine)->tokenizer();
    if (!profile.has_scores)
      inputs.ask = AskOnForks({.reading = reading,
                               .tokenizer = *inputs.tokenizer,
                               .profile = world_.profile,
                               .cancel = options_.cancel});
  }
  auto report = (*corpus)->chat ? (*corpus)->chat->Audit(inputs.options) : RunAudit(inputs);
  if (!report) return report.error();
  if ((*corpus)->chat) asked = (*corpus)->chat->TakeUsage();
  if (report->partial) return Error{Code::kCancelled, "stopped during the audit"};
  AgentUsage& usage = call.record.usage;
  usage.prompt += asked.prompt;
  usage.cached += asked.cached;
  usage.prefilled += asked.prefilled;
  usage.thinking += asked.thinking;
  usage.output += asked.output;
  asked.prefilled = usage.prefilled;
  usage.dollars += DollarsOf(asked, world_.profile.prices);
  usage.seconds = (static_cast<double>(NowMs()) - started) / 1'000;
  AddTaint(call.record.tainted_by, {"corpus " + *path});
  return EndAudit(call, *report);
}

Result<StepEnd> StepRunner::EndAudit(StepCall& call, const AuditReport& report) const {
  std::optional<Severity> fail_on;
  if (const Json* level = call.step.with.Find("fail_on"))
    fail_on = SeverityFromName(level->as_string());
  const bool failed = ExitCode(report, fail_on) == 1;
  return StepEnd{.state = "done",
                 .output = Json(Json::Object{{"text", RenderText(report, {})},
                                             {"shown", report.Count(FindingState::kShown)},
                                             {"rejected", report.Count(FindingState::kRejected)},
                                             {"failed", failed},
                                             {"findings", FindingsJson(report)}}),
                 .is_negative = failed};
}

}  // namespace fathom
