// SPDX-License-Identifier: Apache-2.0
// A recorded session as text for a terminal. What users, models and tools wrote is shown inert
// (base/terminal_text.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/session_store.h"

namespace fathom {

struct SessionTextOptions {
  bool colour = false;
  bool full = false;  // whole arguments and results of calls, and the thinking
  size_t turn = 0;    // only this one; 0: all
  size_t columns = 80;
};

std::string SessionHeadText(const SessionInfo& info, const SessionTextOptions& options);
std::string ConversationText(const std::vector<SessionTurn>& turns,
                             const std::vector<SessionMessage>& messages,
                             const SessionTextOptions& options);

// "Nov 25 17:45", or "Nov 25  2025" when that is long ago: 12 columns, local time.
std::string ShortTime(int64_t time_ms);
// Inert, runs of blanks and line ends as one blank.
std::string OneLine(std::string_view text);

}  // namespace fathom
