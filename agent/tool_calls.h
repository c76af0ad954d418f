// SPDX-License-Identifier: Apache-2.0
// The calls of one reply, carried out: side by side where they do not touch the same paths, each
// through tools/execute.h and answered in words.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "tools/execute.h"

namespace fathom {

// Two calls must not run at the same time: one writes what the other reads or writes.
bool PathsConflict(const ToolPaths& a, const ToolPaths& b);

struct CallReport {
  std::string text;  // for the model
  std::string end;   // CallEndName, or "malformed", "stopped"
  std::string rule;  // of the policy's decision
  bool is_error = false, was_asked = false, is_cut = false;
  double seconds = 0;
};

struct CarryOutInput {
  const AgentTools& tools;
  Taint& taint;
  const std::atomic<bool>* cancel = nullptr;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  // Called from one thread at a time. `asked` before a person is.
  std::function<void(const ToolCall& call, const std::string& text)> asked;
  std::function<void(const ToolCall& call, const CallReport& report)> done;
};

// One report a call, in their order.
std::vector<CallReport> CarryOut(const std::vector<ToolCall>& calls, const CarryOutInput& input);

// What the registry offers, as the model is told of it.
std::vector<ToolDefinition> DefinitionsOf(const Registry* registry);

}  // namespace fathom
