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

AgentUsage UsageFromJson(const Json& json) {
  const auto number = [&](std::string_view key) {
    const Json* value = json.Find(key);
    return value != nullptr && value->is_number() ? value->as_double() : 0.0;
  };
  const auto count = [&](std::string_view key) { return static_cast<size_t>(number(key)); };
  return {.steps = count("steps"),
          .calls = count("calls"),
          .rewinds = count("rewinds"),
          .prompt = count("prompt"),
          .cached = count("cached"),
          .prefilled = count("prefilled"),
          .thinking = count("thinking"),
          .output = count("output"),
          .dollars = number("dollars"),
          .seconds = number("seconds"),
          .context = count("context")};
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
