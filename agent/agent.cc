// SPDX-License-Identifier: Apache-2.0
#include "agent/agent.h"

#include "agent/agent_run.h"
#include "base/json_schema.h"

namespace fathom {
namespace {

// Whether the answer is what was asked for.
bool Fits(const std::optional<Json>& schema, const std::string& answer) {
  if (!schema) return true;
  auto compiled = JsonSchema::Compile(*schema);
  auto value = Json::Parse(answer);
  return compiled && value && compiled->Check(*value).ok();
}

}  // namespace

Result<AgentOutcome> RunAgent(ChatModel& model, AgentState& state, const AgentOptions& options) {
  AgentRun run(model, state, options);
  if (auto begun = run.Begin(); !begun) return begun.error();
  for (;;) {
    if (auto stop = run.MustStop()) return run.End(std::move(*stop));
    auto reply = run.Query();
    if (!reply) return reply.error();
    if (!*reply) continue;  // cut short: MustStop() says by what

    const ChatReply& said = **reply;
    const bool calls = !said.message.tool_calls.empty();
    if (!calls && said.rejected_calls == 0) {
      if (!Fits(options.response_schema, said.message.content)) {
        auto answer = run.QueryInSchema();
        if (!answer) return answer.error();
        if (!*answer) continue;
        if (!Fits(options.response_schema, (*answer)->message.content))
          return Error{Code::kLimit,
                       "the answer in the schema was cut off: raise the output limit"};
        reply = std::move(answer);
      }
      if (auto taken = run.Take(**reply); !taken) return taken.error();
      return run.End({.answer = (*reply)->message.content});
    }
    if (auto taken = run.Take(said); !taken) return taken.error();
    auto answered = calls ? run.CarryOutCalls(said) : run.AnswerUnreadable(said);
    if (!answered) return answered.error();

    auto stood_still = run.LeaveLoop();
    if (!stood_still) return stood_still.error();
    if (*stood_still) return run.End(std::move(**stood_still));
  }
}

}  // namespace fathom
