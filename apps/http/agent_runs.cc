// SPDX-License-Identifier: Apache-2.0
#include "apps/http/agent_runs.h"

#include "tools/execute.h"

namespace fathom::http {
namespace {

constexpr size_t kTitleBytesMax = 200;

// An agent's event as the run's; what the agent counts itself is in `data`.
void Pass(const Event& event, Metrics& metrics, Run& run) {
  if (event.type == "model.done") {
    const Json* miss = event.data.Find("prefix_miss");
    if (miss != nullptr && miss->is_string())
      metrics.CountPrefixLoss(
          {.created = NowText(), .operation = "invoke_agent", .reason = miss->as_string()});
  }
  Json data = Json::EmptyObject();
  data.Set("data", event.data);
  run.Emit(event.type, std::move(data));
}

Json OutcomeJson(const std::string& session, const AgentOutcome& outcome, const AgentUsage& usage) {
  Json json = Json::EmptyObject();
  json.Set("session", session);
  json.Set("stop", AgentStopName(outcome.stop));
  json.Set("answer", outcome.stop == AgentStop::kDone ? Json(outcome.answer) : Json());
  json.Set("reason", outcome.reason);
  json.Set("usage", UsageJson(usage));
  return json;
}

Error InUse(Error error) {
  if (error.code == Code::kBusy)
    error.message = "this session " + error.message + "; it is free again when that has ended";
  return error;
}

}  // namespace

Result<std::shared_ptr<Run>> AgentRuns::Start(Turn turn) {
  auto info = parts_.sessions.Find(turn.session);
  if (!info) return info.error();
  turn.session = info->id;
  auto held = parts_.sessions.Hold(turn.session);
  if (!held) return InUse(held.error());
  info = parts_.sessions.Find(turn.session);  // as whoever had it left it
  if (!info) return info.error();
  const bool is_open = info->turns > 0 && info->turn_state != AgentStopName(AgentStop::kDone);
  if (turn.message.empty() && !is_open)
    return Invalid("the last turn has ended: a 'message' begins the next");
  auto hold = std::make_shared<FileDescriptor>(std::move(*held));
  Json about = Json::EmptyObject();
  about.Set("session", turn.session);
  const std::string title = turn.message.empty() ? info->title : turn.message;
  return parts_.runs.Start({.kind = "agent",
                            .title = title.substr(0, kTitleBytesMax),
                            .client = turn.client,
                            .about = std::move(about),
                            .waits_for_people = true,
                            .work = [this, turn, hold = std::move(hold)](Run& run) mutable {
                              auto result = Work(turn, run);
                              hold.reset();  // before the run ends: the next turn may begin
                              return result;
                            }});
}

Result<Json> AgentRuns::Work(const Turn& turn, Run& run) {
  auto loaded = parts_.sessions.Load(turn.session);
  if (!loaded) return loaded.error();
  bool in_memory = false;
  {
    std::lock_guard lock(mutex_);
    in_memory = !in_memory_.insert(turn.session).second;
  }
  if (!in_memory && loaded->state_path && parts_.chat.can().snapshot) {
    // A state that is gone, damaged or of another build is computed again from the messages.
    auto restored = parts_.chat.RestoreState(turn.session, *loaded->state_path);
    if (restored) run.Progress("restore", *restored, *restored);
  }
  auto outcome = Carry(turn, *loaded, run);
  if (!outcome) return outcome.error();
  const AgentUsage& usage = loaded->state.usage;
  parts_.metrics.CountGeneration({.operation = "invoke_agent",
                                  .usage = {.prompt = usage.prompt,
                                            .cached = usage.cached,
                                            .thinking = usage.thinking,
                                            .output = usage.output,
                                            .seconds = usage.seconds}});
  return OutcomeJson(turn.session, *outcome, usage);
}

Result<AgentOutcome> AgentRuns::Carry(const Turn& turn, LoadedSession& loaded, Run& run) {
  std::unique_ptr<Toolbox> box;
  if (!turn.workspace.empty()) {
    auto opened =
        OpenToolbox({.workspace = turn.workspace, .tools = turn.tools, .policy = turn.policy});
    if (!opened) return opened.error();
    box = std::move(*opened);
  }
  std::string agent_run = loaded.run;
  if (!turn.message.empty()) {
    agent_run = run.id();
    loaded.state.usage = {};
    loaded.state.last_event = 0;
    loaded.state.messages.push_back({.role = Role::kUser, .content = turn.message});
    auto begun = parts_.sessions.Begin(turn.session, loaded.state, agent_run);
    if (!begun) return begun.error();
  }
  AgentOptions options{
      .run = agent_run,
      .limits = turn.limits,
      .thinking_tokens_max = turn.thinking_tokens_max,
      .events = [this, &run](const Event& event) { Pass(event, parts_.metrics, run); },
      .record =
          [&](const AgentRecord& record) { return parts_.sessions.Record(turn.session, record); },
      .cancel = run.cancel()};
  if (box) {
    const auto ask = [&](const ApprovalRequest& request) {
      const Run::Waiting waiting(run);
      return parts_.approvals
          .Ask({.run = run.id(),
                .tool = request.spec.name,
                .effect = std::string(EffectName(request.spec.effect)),
                .text = request.text,
                .reason = request.decision.reason},
               *run.cancel())
          .value_or(false);
    };
    options.tools = {&box->registry, &box->policy, &box->grants, box->workspace.get(), ask};
  }
  auto outcome = RunAgent(parts_.chat, loaded.state, options);
  if (outcome && parts_.chat.can().snapshot) {
    ChatRequest request{.conversation = turn.session, .messages = loaded.state.messages};
    if (box) {
      for (const ToolSpec* spec : box->registry.Specs())
        request.tools.push_back({spec->name, spec->description, spec->parameters});
    }
    // A state only saves time: without it the messages are read again.
    (void)parts_.sessions.KeepState(turn.session, parts_.chat, request);
  }
  return outcome;
}

Result<std::string> AgentRuns::Fork(const std::string& session, size_t turn) {
  auto fork = parts_.sessions.Fork(session, turn);
  if (!fork) return fork.error();
  if (parts_.chat.ForkState(session, *fork)) {
    std::lock_guard lock(mutex_);
    in_memory_.insert(*fork);
  }
  return fork;
}

Status AgentRuns::Remove(const std::string& session) {
  if (Status removed = parts_.sessions.Remove(session); !removed) return InUse(removed.error());
  parts_.chat.ForgetState(session);
  std::lock_guard lock(mutex_);
  in_memory_.erase(session);
  return OkStatus();
}

}  // namespace fathom::http
