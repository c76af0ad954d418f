// SPDX-License-Identifier: Apache-2.0
#include "agent/agent.h"

namespace fathom {

std::string_view AgentStopName(AgentStop stop) {
  switch (stop) {
    case AgentStop::kDone:
      return "done";
    case AgentStop::kLimit:
      return "limit";
    case AgentStop::kStuck:
      return "stuck";
    case AgentStop::kCancelled:
      return "cancelled";
  }
  return "";
}

Json UsageJson(const AgentUsage& usage) {
  Json json = Json::EmptyObject();
  json.Set("steps", usage.steps);
  json.Set("calls", usage.calls);
  json.Set("rewinds", usage.rewinds);
  json.Set("prompt", usage.prompt);
  json.Set("cached", usage.cached);
  json.Set("prefilled", usage.prefilled);
  json.Set("thinking", usage.thinking);
  json.Set("output", usage.output);
  json.Set("dollars", usage.dollars);
  json.Set("seconds", usage.seconds);
  json.Set("context", usage.context);
  return json;
}

AgentUsage operator+(AgentUsage a, const AgentUsage& b) {
  a.steps += b.steps;
  a.calls += b.calls;
  a.rewinds += b.rewinds;
  a.prompt += b.prompt;
  a.cached += b.cached;
  a.prefilled += b.prefilled;
  a.thinking += b.thinking;
  a.output += b.output;
  a.dollars += b.dollars;
  a.seconds += b.seconds;
  a.context = b.context;
  return a;
}

}  // namespace fathom
