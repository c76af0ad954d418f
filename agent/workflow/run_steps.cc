// SPDX-License-Identifier: Apache-2.0
// Opening what steps work with; tool, approve and report. Agents are run_agent.cc, corpora
// run_corpus.cc.
#include "agent/workflow/run_steps.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "agent/ask.h"
#include "agent/chat_corpus.h"
#include "base/files.h"
#include "base/json_schema.h"
#include "rag/reading.h"

namespace fathom {
namespace {

// "[exit status 3]" at the head of what run_command says.
Json ExitCodeIn(std::string_view text) {
  constexpr std::string_view kMark = "[exit status ";
  if (!text.starts_with(kMark)) return {};
  text.remove_prefix(kMark.size());
  int64_t code = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), code);
  return read.ec == std::errc() ? Json(code) : Json();
}

// Calculating needs no folder, yet every call has one.
Result<Json> EmptyFolder(std::string& made) {
  std::error_code error;
  std::string pattern =
      (std::filesystem::temp_directory_path(error) / "fathom-workflow-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return IoError("cannot make an empty folder: " + std::string(std::strerror(errno)), pattern);
  made = pattern;
  return Json(pattern);
}

Result<std::string> PolicyPath(const std::string& name, const std::vector<std::string>& folders) {
  std::error_code error;
  for (const std::string& folder : folders) {
    std::string path = folder + "/" + name + ".yaml";
    if (std::filesystem::exists(path, error)) return path;
  }
  return Error{Code::kNotFound, "there is no policy of this name", name};
}

}  // namespace

void AddTaint(std::vector<std::string>& to, const std::vector<std::string>& sources) {
  for (const std::string& source : sources) {
    if (to.size() < kTaintSourcesMax && std::find(to.begin(), to.end(), source) == to.end())
      to.push_back(source);
  }
}

StepRunner::StepRunner(const Workflow& workflow, const WorkflowWorld& world,
                       const WorkflowRunOptions& options)
    : workflow_(workflow), world_(world), options_(options) {}
StepRunner::~StepRunner() {
  std::error_code error;
  if (!empty_folder_.empty()) std::filesystem::remove_all(empty_folder_, error);
}

Result<std::unique_ptr<StepRunner>> StepRunner::Open(const Workflow& workflow, const Json& inputs,
                                                     const WorkflowWorld& world,
                                                     const WorkflowRunOptions& options) {
  std::unique_ptr<StepRunner> runner(new StepRunner(workflow, world, options));
  Json scope = Json::EmptyObject();
  scope.Set("inputs", inputs);
  if (auto opened = runner->OpenTools(scope); !opened) return opened.error();
  return runner;
}

Status StepRunner::OpenTools(const Json& scope) {
  for (const std::string& name : workflow_.tools.allow) {
    auto tool = world_.tools.Find(name);
    if (!tool) return tool.error();
    if (auto added = allowed_.Add(**tool); !added) return added;
  }
  const std::string& policy_name = workflow_.tools.policy;
  auto policy_path = policy_name.find('/') != std::string::npos
                         ? Through(policy_name, PathUse::kRead)
                         : PolicyPath(policy_name, world_.policies);
  if (!policy_path) return policy_path.error();
  auto policy = ReadPolicy(*policy_path, world_.tools);
  if (!policy) return policy.error();
  policy_ = std::move(*policy);
  const Taint nothing_read;  // grants are given before anything is
  for (size_t i = 0; i < workflow_.tools.grants; ++i) {
    auto map = YamlMap::At(workflow_.document, "/tools/grants/" + std::to_string(i));
    if (!map) return map.error();
    if (auto added = grants_.Add(*map, nothing_read); !added) return added;
  }
  auto named = workflow_.tools.workspace.empty()
                   ? EmptyFolder(empty_folder_)
                   : RenderTree(Json(workflow_.tools.workspace), scope);
  if (!named) return named.error();
  auto path = empty_folder_.empty() ? Through(ValueText(*named), PathUse::kRead)
                                    : Result<std::string>(empty_folder_);
  if (!path) return path.error();
  std::vector<std::string> settings = world_.settings;
  std::error_code error;
  for (const std::string& file : std::vector<std::string>{*policy_path, workflow_.file})
    settings.push_back(std::filesystem::absolute(file, error).string());
  auto workspace = Workspace::Open(*path, settings);
  if (!workspace) return workspace.error();
  workspace_ = std::make_unique<Workspace>(std::move(*workspace));
  return OkStatus();
}

bool StepRunner::HasEffects(const WorkflowStep& step) const {
  if (step.kind != StepKind::kTool) return false;
  auto tool = world_.tools.Find(step.with.Find("name")->as_string());
  return !tool ||
         ((*tool)->spec.effect != Effect::kPure && (*tool)->spec.effect != Effect::kReadWorkspace);
}

StepEnd StepRunner::Do(StepCall& call) {
  auto end = ByKind(call);
  if (end) return std::move(*end);
  if (end.error().code == Code::kCancelled || Cancelled())
    return {.state = "paused", .error = "stopped by the user", .is_stopped = true};
  return {.state = "failed", .error = end.error().Text()};
}

Result<StepEnd> StepRunner::ByKind(StepCall& call) {
  switch (call.step.kind) {
    case StepKind::kAgent:
      return Agent(call);
    case StepKind::kTool:
      return Tool(call);
    case StepKind::kAsk:
      return Ask(call);
    case StepKind::kAudit:
      return Audit(call);
    case StepKind::kApprove:
      return Approve(call);
    case StepKind::kReport:
      return Report(call);
  }
  return StepEnd{};
}

Result<std::string> StepRunner::Through(const std::string& path, PathUse use) const {
  return world_.door ? world_.door(path, use) : Result<std::string>(path);
}

std::optional<bool> StepRunner::AskPerson(const StepCall& call, WorkflowQuestion question) const {
  const auto said = options_.decisions.find(call.step.id);
  if (said != options_.decisions.end()) {
    if (said->second == WorkflowDecision::kApprove) return true;
    if (said->second == WorkflowDecision::kRefuse) return false;
  }
  if (!options_.approver) return std::nullopt;
  question.step = call.step.id;
  question.instance = call.record.instance;
  return options_.approver(question);
}

std::optional<bool> StepRunner::AskAboutCall(const StepCall& call,
                                             const ApprovalRequest& request) const {
  return AskPerson(call, {.kind = WorkflowQuestion::Kind::kTool,
                          .text = request.text,
                          .tool = request.spec.name,
                          .effect = std::string(EffectName(request.spec.effect)),
                          .reason = request.decision.reason});
}

Result<StepEnd> StepRunner::Tool(StepCall& call) {
  const std::string& name = call.step.with.Find("name")->as_string();
  const Json* given = call.step.with.Find("arguments");
  auto arguments = RenderTree(given != nullptr ? *given : Json::EmptyObject(), call.scope);
  if (!arguments) return arguments.error();
  Taint taint;
  for (const std::string& source : call.record.tainted_by) taint.Add(source);
  ToolContext context{.workspace = workspace_.get(), .cancelled = options_.cancel};
  if (call.left.seconds) {
    context.deadline = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(
                           static_cast<int64_t>(1'000 * std::clamp(*call.left.seconds, 0.0, 1e9)));
  }
  std::string unanswered;
  const Approver approver = [&](const ApprovalRequest& request) {
    const auto answer = AskAboutCall(call, request);
    if (!answer) unanswered = request.text + request.decision.reason;
    return answer.value_or(false);
  };
  const Outcome outcome =
      Execute({name, *arguments}, {allowed_, policy_, grants_, taint, context, approver});
  call.record.usage.calls = 1;
  call.record.usage.seconds = outcome.run_ms / 1'000;
  call.record.tainted_by = taint.sources();
  if (!unanswered.empty()) return StepEnd{.state = "waiting", .error = unanswered};
  if (Cancelled() && outcome.end == CallEnd::kRan && HasEffects(call.step))
    return StepEnd{.state = "cut", .error = name + " was stopped while it ran", .is_stopped = true};
  if (Cancelled()) return Error{Code::kCancelled, "stopped"};

  StepEnd end{.state = "done", .output = Json::EmptyObject()};
  end.output.Set("text", outcome.result.text);
  end.output.Set("is_error", outcome.result.is_error);
  end.output.Set("end", CallEndName(outcome.end));
  if (name == "run_command") end.output.Set("exit_code", ExitCodeIn(outcome.result.text));
  if (outcome.end != CallEnd::kRan || outcome.result.is_error) {
    end.state = "failed";
    const bool decided = outcome.end == CallEnd::kDenied || outcome.end == CallEnd::kRefused;
    end.error = name + " (" + std::string(CallEndName(outcome.end)) + ")" +
                (decided ? " by the rule " + outcome.decision.rule : std::string()) + ": " +
                outcome.result.text;
    return end;
  }
  if (!call.step.output) return end;
  auto value = Json::Parse(outcome.result.text);
  if (!value) return value.error();
  auto schema = JsonSchema::Compile(*call.step.output);
  if (!schema) return schema.error();
  if (Status fits = schema->Check(*value); !fits) return fits.error();
  end.output = std::move(*value);
  return end;
}

Result<StepEnd> StepRunner::Approve(StepCall& call) {
  auto message = RenderTree(*call.step.with.Find("message"), call.scope);
  if (!message) return message.error();
  const std::string text = ValueText(*message);
  const auto answer = AskPerson(call, {.text = text});
  if (!answer) return StepEnd{.state = "waiting", .error = text};
  if (!*answer)
    return StepEnd{.state = "failed", .error = "refused by a person", .is_negative = true};
  Json output = Json::EmptyObject();
  output.Set("approved", true);
  return StepEnd{.state = "done", .output = std::move(output)};
}

Result<StepEnd> StepRunner::Report(StepCall& call) {
  auto text = RenderTree(*call.step.with.Find("text"), call.scope);
  if (!text) return text.error();
  const Json* verdict_text = call.step.with.Find("verdict");
  auto verdict = RenderTree(verdict_text != nullptr ? *verdict_text : Json(true), call.scope);
  if (!verdict) return verdict.error();
  const Json* file_text = call.step.with.Find("file");
  auto file = RenderTree(file_text != nullptr ? *file_text : Json(""), call.scope);
  if (!file) return file.error();
  std::string path = ValueText(*file);
  // Written again after a crash it is the same file.
  if (!path.empty()) {
    auto real = Through(path, PathUse::kWrite);
    if (!real) return real.error();
    path = *real;
    if (auto written = AtomicWriteFile(path, ValueText(*text), 0644); !written)
      return written.error();
  }
  const bool holds = *verdict == Json(true);
  Json output = Json::EmptyObject();
  output.Set("text", ValueText(*text));
  output.Set("file", path);
  output.Set("verdict", holds);
  return StepEnd{.state = "done", .output = std::move(output), .is_negative = !holds};
}

}  // namespace fathom
