// SPDX-License-Identifier: Apache-2.0
// Agent steps: a session of its own for each instance, so that a cut one goes on where it was.
#include <algorithm>

#include "agent/ask.h"
#include "agent/chat_corpus.h"
#include "agent/workflow/limits.h"
#include "agent/workflow/run_steps.h"
#include "base/json_schema.h"
#include "rag/reading.h"

namespace fathom {
namespace {

template <typename Number>
std::optional<Number> Smaller(std::optional<Number> a, std::optional<Number> b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

AgentLimits LimitsOf(const WorkflowStep& step, const AgentLimits& left) {
  return {.steps = step.budgets.steps.value_or(kWorkflowAgentSteps),
          .tokens = Smaller(step.budgets.tokens, left.tokens),
          .thinking_tokens = Smaller(step.budgets.thinking_tokens, left.thinking_tokens),
          .dollars = Smaller(step.budgets.dollars, left.dollars),
          .seconds = Smaller(step.budgets.seconds, left.seconds)};
}

Result<std::string> Rendered(const StepCall& call, std::string_view key) {
  const Json* text = call.step.with.Find(key);
  if (text == nullptr) return std::string();
  auto value = RenderTree(*text, call.scope);
  if (!value) return value.error();
  return ValueText(*value);
}

}  // namespace

Registry StepRunner::ToolsOf(const WorkflowStep& step) const {
  Registry offered;
  if (step.quarantine) return offered;
  const Json* names = step.with.Find("tools");
  for (const ToolSpec* spec : allowed_.Specs()) {
    const bool wanted =
        names == nullptr || std::find(names->as_array().begin(), names->as_array().end(),
                                      Json(spec->name)) != names->as_array().end();
    if (!wanted) continue;
    const Status added = offered.Add(**allowed_.Find(spec->name));
    CHECK_MESSAGE(added.ok(), spec->name);  // allowed_ took it as it is
  }
  return offered;
}

Status StepRunner::Prepare(StepCall& call, const WorkflowStepRecord* base) {
  if (call.step.kind != StepKind::kAgent || !call.record.session.empty()) return OkStatus();
  if (base != nullptr && !base->session.empty()) {
    auto turns = world_.sessions.Turns(base->session);
    if (!turns) return turns.error();
    auto fork = world_.sessions.Fork(base->session, turns->size());
    if (!fork) return fork.error();
    call.record.session = *fork;
    auto chat = world_.chat();
    if (!chat) return chat.error();
    // Where the state is gone (another process made it), the messages are read again.
    const Status forked = (*chat)->ForkState(base->session, *fork);
    return forked || forked.error().code == Code::kNotFound ? OkStatus() : forked;
  }
  std::string names;
  const Registry offered = ToolsOf(call.step);
  for (const ToolSpec* spec : offered.Specs()) names += (names.empty() ? "" : ",") + spec->name;
  auto session = world_.sessions.Create({.title = workflow_.name + ": " + call.step.id,
                                         .model = world_.profile.name,
                                         .workspace = empty_folder_.empty() ? workspace_->path : "",
                                         .tools = names});
  if (!session) return session.error();
  call.record.session = *session;
  return OkStatus();
}

// The session as it stands: with the task as a new turn, or with the turn that was cut.
Result<AgentState> StepRunner::BeginAgent(StepCall& call, const std::string& turn) {
  auto loaded = world_.sessions.Load(call.record.session);
  if (!loaded) return loaded.error();
  AgentState state = std::move(loaded->state);
  AddTaint(state.tainted_by, call.record.tainted_by);
  auto turns = world_.sessions.Turns(call.record.session);
  if (!turns) return turns.error();
  if (!turns->empty() && turns->back().run == turn) return state;
  state.usage = {};
  state.last_event = 0;
  auto system = Rendered(call, "system");
  if (!system) return system.error();
  auto prompt = Rendered(call, "prompt");
  if (!prompt) return prompt.error();
  if (state.messages.empty() && !system->empty())
    state.messages.push_back({.role = Role::kSystem, .content = *system});
  state.messages.push_back({.role = Role::kUser, .content = *prompt});
  auto begun = world_.sessions.Begin(call.record.session, state, turn);
  if (!begun) return begun.error();
  return state;
}

Result<StepEnd> StepRunner::Agent(StepCall& call) {
  auto chat = world_.chat();
  if (!chat) return chat.error();
  const std::string turn =
      call.run + "/" + call.step.id + "." + std::to_string(call.record.instance);
  // A person or another client may go on with the session meanwhile: the run can wait for that.
  const auto hold = world_.sessions.Hold(call.record.session);
  if (!hold && hold.error().code == Code::kBusy)
    return StepEnd{.state = "paused", .error = "the session " + hold.error().Text()};
  if (!hold) return hold.error();
  auto state = BeginAgent(call, turn);
  if (!state) return state.error();
  // Answered and recorded, but the process ended before the step was.
  const Message& last = state->messages.back();
  if (last.role == Role::kAssistant && last.tool_calls.empty()) {
    auto turns = world_.sessions.Turns(call.record.session);
    if (!turns) return turns.error();
    state->usage = turns->back().usage;
    return EndAgent(call, *state, last.content);
  }
  const Registry offered = ToolsOf(call.step);
  AgentOptions options{.run = turn,
                       .limits = LimitsOf(call.step, call.left),
                       .response_schema = call.step.output,
                       .cancel = options_.cancel};
  if (const Json* thinking = call.step.with.Find("thinking_tokens"))
    options.thinking_tokens_max = static_cast<size_t>(thinking->as_int());
  if (!offered.Specs().empty()) {
    options.tools = {&offered, &policy_, &grants_, workspace_.get(),
                     [&](const ApprovalRequest& request) {
                       return AskAboutCall(call, request).value_or(false);
                     }};
  }
  options.events = [&](const Event& event) {
    Json data = Json::EmptyObject();
    data.Set("event", EventJson(event));
    call.tell("delta.step", std::move(data));
  };
  options.record = [&](const AgentRecord& record) {
    return world_.sessions.Record(call.record.session, record);
  };
  auto outcome = RunAgent(**chat, *state, options);
  call.record.usage = state->usage;
  call.record.tainted_by = state->tainted_by;
  if (!outcome) return outcome.error();
  switch (outcome->stop) {
    case AgentStop::kDone:
      return EndAgent(call, *state, outcome->answer);
    case AgentStop::kLimit:
      return StepEnd{.state = "paused", .error = outcome->reason};
    case AgentStop::kStuck:
      return StepEnd{.state = "failed", .error = "stood still: " + outcome->reason};
    case AgentStop::kCancelled:
      break;
  }
  return Error{Code::kCancelled, "stopped"};
}

Result<StepEnd> StepRunner::EndAgent(StepCall& call, const AgentState& state,
                                     const std::string& answer) const {
  call.record.usage = state.usage;
  call.record.tainted_by = state.tainted_by;
  Json output = Json::EmptyObject();
  if (!call.step.output) {
    output.Set("text", answer);
    return StepEnd{.state = "done", .output = std::move(output)};
  }
  auto value = Json::Parse(answer);
  if (!value) return Invalid("the answer is no JSON: " + value.error().message);
  auto schema = JsonSchema::Compile(*call.step.output);
  if (!schema) return schema.error();
  if (Status fits = schema->Check(*value); !fits)
    return Invalid("the answer does not fit the step's schema: " + fits.error().Text());
  // Values of fixed types carry no order: what was read stays behind.
  if (call.step.quarantine) call.record.tainted_by.clear();
  return StepEnd{.state = "done", .output = std::move(*value)};
}

}  // namespace fathom
