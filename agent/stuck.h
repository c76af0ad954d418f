// SPDX-License-Identifier: Apache-2.0
// Whether a run stands still. Pure: it looks at what was called and what came of it.
//
//   the same calls with the same results, kStuckRepeats times in a row
//   A-B-A-B: two steps in turn with the same results, twice
//   kStuckFailures steps in a row whose calls all failed, were denied or could not be read
//
// A step that spent kStuckWaitSeconds or more in its tools waits for something: it is no
// repetition.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fathom {

inline constexpr size_t kStuckRepeats = 3;
inline constexpr size_t kStuckFailures = 5;
inline constexpr double kStuckWaitSeconds = 1;

// One query that ended in calls, and what came of them.
struct AgentStep {
  size_t message = 0;   // index of the assistant's message
  size_t after = 0;     // index behind the step's last message
  std::string calls;    // names and arguments, in order
  std::string results;  // in order
  bool failed = false;  // every call
  double tool_seconds = 0;
};

struct Stuck {
  size_t step = 0;     // the first to be taken back
  std::string reason;  // "repetition", "ping-pong", "no effect"
  std::string note;    // one line for the model
};

std::optional<Stuck> FindStuck(const std::vector<AgentStep>& steps);

}  // namespace fathom
