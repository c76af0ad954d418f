// SPDX-License-Identifier: Apache-2.0
#include "agent/stuck.h"

#include <algorithm>

#include "base/utf8.h"

namespace fathom {
namespace {

constexpr size_t kNoteBytesMax = 200;  // of a call or a result in the note

bool Same(const AgentStep& a, const AgentStep& b) {
  return a.calls == b.calls && a.results == b.results && a.tool_seconds < kStuckWaitSeconds &&
         b.tool_seconds < kStuckWaitSeconds;
}

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= kNoteBytesMax) return text;
  text.resize(kNoteBytesMax);
  text.resize(text.size() - Utf8PartialTail(text));
  return text + "…";
}

}  // namespace

std::optional<Stuck> FindStuck(const std::vector<AgentStep>& steps) {
  const size_t count = steps.size();
  const auto back = [&](size_t i) -> const AgentStep& { return steps[count - 1 - i]; };
  if (count >= kStuckRepeats) {
    bool same = true;
    for (size_t i = 1; i < kStuckRepeats; ++i) same = same && Same(back(0), back(i));
    // The first time stays: it was no repetition yet, and its result is worth having.
    if (same) {
      return Stuck{count - kStuckRepeats + 1, "repetition",
                   "Note: calling " + OneLine(back(0).calls) +
                       " again gives the same result. Do something else, or answer with what is "
                       "known."};
    }
  }
  if (count >= 4 && Same(back(0), back(2)) && Same(back(1), back(3)) && !Same(back(0), back(1))) {
    return Stuck{count - 2, "ping-pong",
                 "Note: going back and forth between " + OneLine(back(1).calls) + " and " +
                     OneLine(back(0).calls) +
                     " brings nothing new. Do something else, or answer with what is known."};
  }
  if (count >= kStuckFailures && std::all_of(steps.end() - kStuckFailures, steps.end(),
                                             [](const AgentStep& step) { return step.failed; })) {
    return Stuck{count - kStuckFailures, "no effect",
                 "Note: " + std::to_string(kStuckFailures) +
                     " attempts failed, at last with: " + OneLine(back(0).results) +
                     " Do something else, or answer with what is known."};
  }
  return std::nullopt;
}

}  // namespace fathom
