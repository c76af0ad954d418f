// SPDX-License-Identifier: Apache-2.0
#include "agent/agent_run.h"

#include <algorithm>
#include <cmath>

#include "base/crash_point.h"

namespace fathom {
namespace {

Json CallsJson(const std::vector<ToolCall>& calls) {
  Json list = Json::EmptyArray();
  for (const ToolCall& call : calls) {
    list.Push(Json(
        Json::Object{{"call_id", call.id}, {"name", call.name}, {"arguments", call.arguments}}));
  }
  return list;
}

Json LimitsJson(const AgentLimits& limits) {
  Json json = Json::EmptyObject();
  if (limits.steps) json.Set("steps", *limits.steps);
  if (limits.tokens) json.Set("tokens", *limits.tokens);
  if (limits.thinking_tokens) json.Set("thinking_tokens", *limits.thinking_tokens);
  if (limits.dollars) json.Set("dollars", *limits.dollars);
  if (limits.seconds) json.Set("seconds", *limits.seconds);
  return json;
}

std::string CallText(const ToolCall& call) {
  return call.name + " " + call.arguments;
}

constexpr std::string_view kOutcomeUnknown =
    "interrupted: whether this call ran is not known. Check before calling it again.";

}  // namespace

AgentRun::AgentRun(ChatModel& model, AgentState& state, const AgentOptions& options)
    : model_(model),
      state_(state),
      options_(options),
      run_(options.run.empty() ? NewId("r-") : options.run),
      seconds_before_(state.usage.seconds),
      definitions_(DefinitionsOf(options.tools.registry)),
      recorded_(state.messages.size()) {
  for (const std::string& source : state.tainted_by) taint_.Add(source);
}

Status AgentRun::Begin() {
  Json names = Json::EmptyArray();
  for (const ToolDefinition& tool : definitions_) names.Push(tool.name);
  Json data = Json::EmptyObject();
  data.Set("model", model_.profile().name);
  data.Set("tools", std::move(names));
  data.Set("limits", LimitsJson(options_.limits));
  Emit("run.started", std::move(data));
  size_t last = state_.messages.size();
  while (last > 0 && state_.messages[last - 1].role == Role::kTool) --last;
  if (last == 0) return Invalid("there is nothing to answer: the conversation is empty");
  const Message& reply = state_.messages[last - 1];
  if (reply.role == Role::kAssistant) {
    if (reply.tool_calls.empty())
      return Invalid("there is nothing to answer: the last message is the model's");
    const std::vector<ToolCall> calls = reply.tool_calls;
    for (size_t i = state_.messages.size() - last; i < calls.size(); ++i) {
      state_.messages.push_back({.role = Role::kTool,
                                 .content = std::string(kOutcomeUnknown),
                                 .name = calls[i].name,
                                 .tool_call_id = calls[i].id});
    }
  }
  RebuildSteps();
  return recorded_ < state_.messages.size() ? Record() : OkStatus();
}

// The steps since the last user message, so that a loop is also seen across a resumption.
void AgentRun::RebuildSteps() {
  const auto& messages = state_.messages;
  size_t at = messages.size();
  while (at > 0 && messages[at - 1].role != Role::kUser) --at;
  for (; at < messages.size(); ++at) {
    if (messages[at].tool_calls.empty()) continue;
    AgentStep step{.message = at};
    for (const ToolCall& call : messages[at].tool_calls) step.calls += CallText(call) + "\n";
    for (step.after = at + 1;
         step.after < messages.size() && messages[step.after].role == Role::kTool; ++step.after) {
      step.results += messages[step.after].content + "\n";
    }
    steps_.push_back(std::move(step));
  }
}

double AgentRun::Seconds() const {
  return seconds_before_ +
         std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

Json AgentRun::RunningUsage() {
  state_.usage.seconds = Seconds();
  return UsageJson(state_.usage);
}

void AgentRun::Emit(std::string type, Json data) {
  std::lock_guard lock(events_mutex_);
  EmitLocked(std::move(type), std::move(data));
}

void AgentRun::EmitLocked(std::string type, Json data) {
  Event event{.id = ++state_.last_event,
              .type = std::move(type),
              .run = run_,
              .time_ms = NowMs(),
              .data = std::move(data)};
  if (!event.provisional()) event.data.Set("usage", RunningUsage());
  if (options_.events) options_.events(event);
  if (!event.provisional()) unrecorded_.push_back(std::move(event));
}

std::optional<std::string> AgentRun::LimitReached() const {
  const AgentLimits& limits = options_.limits;
  const AgentUsage& usage = state_.usage;
  const auto words = [](std::string_view what, std::string spent, std::string allowed) {
    return std::string(what) + ": " + spent + " spent, " + allowed + " allowed";
  };
  const auto counted = [&](std::string_view what, size_t spent, size_t allowed) {
    return words(what, std::to_string(spent), std::to_string(allowed));
  };
  if (limits.steps && usage.steps >= *limits.steps)
    return counted("steps", usage.steps, *limits.steps);
  if (limits.tokens && usage.computed() >= *limits.tokens)
    return counted("tokens", usage.computed(), *limits.tokens);
  if (limits.thinking_tokens && model_.profile().thinking.supported &&
      usage.thinking >= *limits.thinking_tokens) {
    return counted("thinking tokens", usage.thinking, *limits.thinking_tokens);
  }
  if (limits.dollars && usage.dollars >= *limits.dollars)
    return words("dollars", std::to_string(usage.dollars), std::to_string(*limits.dollars));
  if (limits.seconds && Seconds() >= *limits.seconds)
    return words("seconds", std::to_string(Seconds()), std::to_string(*limits.seconds));
  return std::nullopt;
}

std::optional<AgentOutcome> AgentRun::MustStop() {
  if (Cancelled()) return AgentOutcome{.stop = AgentStop::kCancelled, .reason = "stopped"};
  if (auto limit = LimitReached())
    return AgentOutcome{.stop = AgentStop::kLimit, .reason = std::move(*limit)};
  return std::nullopt;
}

// How many tokens the next reply may have before a limit is reached.
std::optional<size_t> AgentRun::OutputLeft() const {
  std::optional<size_t> left;
  if (options_.limits.tokens)
    left = *options_.limits.tokens - std::min(*options_.limits.tokens, state_.usage.computed());
  const double price = model_.profile().prices.output * 1e-6;
  if (options_.limits.dollars && price > 0) {
    const double affordable =
        std::max(0.0, *options_.limits.dollars - state_.usage.dollars) / price;
    const auto tokens = static_cast<size_t>(std::min(std::ceil(affordable), 1e9));
    left = std::min(left.value_or(tokens), tokens);
  }
  return left;
}

ChatRequest AgentRun::NewRequest() const {
  ChatRequest request{.conversation = state_.conversation,
                      .messages = state_.messages,
                      .tools = definitions_,
                      .sampling = options_.sampling,
                      .thinking_tokens_max = options_.thinking_tokens_max};
  if (state_.usage.steps == 0) request.thinks_further_of = options_.thinks_further_of;
  if (auto left = OutputLeft())
    request.output_tokens_max = std::min(*left, model_.profile().output_tokens_max);
  if (options_.limits.thinking_tokens) {
    const size_t left = *options_.limits.thinking_tokens -
                        std::min(*options_.limits.thinking_tokens, state_.usage.thinking);
    request.thinking_tokens_max = std::min(request.thinking_tokens_max.value_or(left), left);
  }
  return request;
}

Result<std::optional<ChatReply>> AgentRun::Query() {
  ChatRequest request = NewRequest();
  if (definitions_.empty()) request.response_schema = options_.response_schema;
  return Ask(std::move(request));
}

Result<std::optional<ChatReply>> AgentRun::QueryInSchema() {
  ChatRequest request = NewRequest();
  request.tool_choice = CallChoice::kNone;
  request.response_schema = options_.response_schema;
  return Ask(std::move(request));
}

bool AgentRun::PassDelta(const ParseDelta& delta) {
  if (options_.events) {
    Json data = Json::EmptyObject();
    switch (delta.kind) {
      case ParseDelta::Kind::kContent:
      case ParseDelta::Kind::kThinking:
        data.Set("text", delta.text);
        Emit(delta.kind == ParseDelta::Kind::kContent ? "delta.content" : "delta.thinking",
             std::move(data));
        break;
      case ParseDelta::Kind::kCallBegin:
        data.Set("index", delta.index);
        data.Set("call_id", delta.id);
        data.Set("name", delta.text);
        Emit("delta.call", std::move(data));
        break;
      case ParseDelta::Kind::kArguments:
        data.Set("index", delta.index);
        data.Set("text", delta.text);
        Emit("delta.arguments", std::move(data));
        break;
      case ParseDelta::Kind::kCallDropped:
        data.Set("index", delta.index);
        Emit("delta.dropped", std::move(data));
        break;
      case ParseDelta::Kind::kWasThinking:
        Emit("delta.was_thinking", std::move(data));
        break;
    }
  }
  const auto& seconds = options_.limits.seconds;
  return !Cancelled() && !(seconds && Seconds() >= *seconds);
}

Result<std::optional<ChatReply>> AgentRun::Ask(ChatRequest request) {
  Emit("model.started", Json(Json::Object{{"step", state_.usage.steps + 1}}));
  const CallControl control{.cancel = options_.cancel, .progress = [&](const Progress& progress) {
                              Emit("delta.reading",
                                   Json(Json::Object{{"tokens_done", progress.tokens_done},
                                                     {"tokens_total", progress.tokens_total}}));
                            }};
  auto reply = model_.Chat(
      request, [&](const ParseDelta& delta) { return PassDelta(delta); }, control);
  const bool stopped = MustStop().has_value();
  if (!reply && reply.error().code == Code::kCancelled && stopped)
    return std::optional<ChatReply>();
  if (!reply) return reply.error();
  Count(*reply);
  Json data = Json::EmptyObject();
  data.Set("step", state_.usage.steps);
  data.Set("content", reply->message.content);
  data.Set("thinking", reply->thinking);
  if (reply->thinking_was_closed) data.Set("thinking_closed", true);
  data.Set("calls", CallsJson(reply->message.tool_calls));
  data.Set("finish", ChatFinishName(reply->finish));
  if (reply->prefix_miss) data.Set("prefix_miss", reply->prefix_miss->Text());
  Emit("model.done", std::move(data));
  // Cut by the user or by what was left to spend: half a reply is none.
  const bool cut = reply->finish == ChatFinish::kCancelled || reply->finish == ChatFinish::kLength;
  if (cut && MustStop()) return std::optional<ChatReply>();
  return std::optional<ChatReply>(std::move(*reply));
}

void AgentRun::Count(const ChatReply& reply) {
  AgentUsage& usage = state_.usage;
  ++usage.steps;
  usage.prompt += reply.usage.prompt;
  usage.cached += reply.usage.cached;
  usage.prefilled += reply.usage.prefilled;
  usage.thinking += reply.usage.thinking;
  usage.output += reply.usage.output;
  usage.dollars += DollarsOf(reply.usage, model_.profile().prices);
  usage.context = reply.usage.prompt + reply.usage.output;
}

Status AgentRun::Take(const ChatReply& reply) {
  thinking_ = reply.thinking;
  state_.messages.push_back(reply.message);
  return reply.message.tool_calls.empty() ? OkStatus() : Record();
}

Status AgentRun::CarryOutCalls(const ChatReply& reply) {
  const std::vector<ToolCall>& calls = reply.message.tool_calls;
  AgentStep step{.message = state_.messages.size() - 1, .failed = true};
  for (const ToolCall& call : calls) {
    step.calls += CallText(call) + "\n";
    Emit("call.started",
         Json(Json::Object{
             {"call_id", call.id}, {"name", call.name}, {"arguments", call.arguments}}));
  }
  CrashPoint("agent.before_calls");
  CarryOutInput input{.tools = options_.tools, .taint = taint_, .cancel = options_.cancel};
  if (options_.limits.seconds) {
    input.deadline = std::chrono::steady_clock::now() +
                     std::chrono::milliseconds(static_cast<int64_t>(
                         1'000 * std::clamp(*options_.limits.seconds - Seconds(), 0.0, 1e9)));
  }
  input.asked = [&](const ToolCall& call, const std::string& text) {
    Emit("approval.asked",
         Json(Json::Object{{"call_id", call.id}, {"name", call.name}, {"text", text}}));
  };
  input.done = [&](const ToolCall& call, const CallReport& report) {
    std::lock_guard lock(events_mutex_);
    ++state_.usage.calls;
    EmitLocked("call.done", Json(Json::Object{{"call_id", call.id},
                                              {"name", call.name},
                                              {"end", report.end},
                                              {"rule", report.rule},
                                              {"asked", report.was_asked},
                                              {"is_error", report.is_error},
                                              {"text", report.text},
                                              {"is_cut", report.is_cut},
                                              {"seconds", report.seconds}}));
  };
  const std::vector<CallReport> reports = CarryOut(calls, input);
  CrashPoint("agent.after_calls");
  for (size_t i = 0; i < calls.size(); ++i) {
    state_.messages.push_back({.role = Role::kTool,
                               .content = reports[i].text,
                               .name = calls[i].name,
                               .tool_call_id = calls[i].id});
    step.results += reports[i].text + "\n";
    step.failed = step.failed && reports[i].is_error;
    step.tool_seconds += reports[i].seconds;
  }
  state_.tainted_by = taint_.sources();
  step.after = state_.messages.size();
  steps_.push_back(std::move(step));
  return Record();
}

Status AgentRun::AnswerUnreadable(const ChatReply& reply) {
  const std::string text =
      std::to_string(reply.rejected_calls) +
      " call(s) of the last message could not be read. A call is one JSON object a line between "
      "<tool_calls> and </tool_calls>: {\"name\": ..., \"arguments\": {...}}. Call again, or "
      "answer "
      "without calls.";
  AgentStep step{.message = state_.messages.size() - 1,
                 .calls = reply.message.content,
                 .results = text,
                 .failed = true};
  state_.messages.push_back({.role = Role::kUser, .content = text});
  step.after = state_.messages.size();
  steps_.push_back(std::move(step));
  return Record();
}

Result<std::optional<AgentOutcome>> AgentRun::LeaveLoop() {
  auto stuck = FindStuck(steps_);
  if (!stuck) return std::optional<AgentOutcome>();
  if (state_.usage.rewinds >= options_.rewinds_max) {
    return std::optional<AgentOutcome>(AgentOutcome{
        .stop = AgentStop::kStuck,
        .reason = stuck->reason + " after " + std::to_string(state_.usage.rewinds) + " rewinds"});
  }
  ++state_.usage.rewinds;
  const size_t kept = steps_[stuck->step].message;
  Json data = Json::EmptyObject();
  data.Set("steps_taken_back", steps_.size() - stuck->step);
  data.Set("messages_kept", kept);
  data.Set("reason", stuck->reason);
  data.Set("note", stuck->note);
  state_.messages.resize(kept);
  recorded_ = std::min(recorded_, kept);
  state_.messages.push_back({.role = Role::kUser, .content = stuck->note});
  steps_.clear();  // what came before the note is no part of a later loop
  Emit("run.rewound", std::move(data));
  if (auto recorded = Record(); !recorded) return recorded.error();
  return std::optional<AgentOutcome>();
}

Status AgentRun::Record(const AgentOutcome* outcome) {
  state_.usage.seconds = Seconds();
  if (options_.record) {
    auto recorded = options_.record({state_, recorded_, unrecorded_, thinking_, outcome});
    if (!recorded) return recorded;
  }
  recorded_ = state_.messages.size();
  unrecorded_.clear();
  return OkStatus();
}

// The last events are recorded with the turn and told once that has happened.
Result<AgentOutcome> AgentRun::End(AgentOutcome outcome) {
  const auto add = [&](std::string type, Json data) {
    data.Set("usage", RunningUsage());
    unrecorded_.push_back({++state_.last_event, std::move(type), run_, NowMs(), std::move(data)});
  };
  const size_t first = unrecorded_.size();
  if (outcome.stop == AgentStop::kLimit)
    add("run.paused", Json(Json::Object{{"limit", outcome.reason}}));
  if (outcome.stop == AgentStop::kDone) add("turn.done", Json::EmptyObject());
  Json data = Json::EmptyObject();
  data.Set("stop", AgentStopName(outcome.stop));
  data.Set("answer", outcome.stop == AgentStop::kDone ? Json(outcome.answer) : Json());
  if (!outcome.reason.empty()) data.Set("reason", outcome.reason);
  add("run.done", std::move(data));
  const std::vector<Event> last(unrecorded_.begin() + static_cast<ptrdiff_t>(first),
                                unrecorded_.end());
  if (auto recorded = Record(&outcome); !recorded) return recorded.error();
  if (options_.events) {
    for (const Event& event : last) options_.events(event);
  }
  return outcome;
}

}  // namespace fathom
