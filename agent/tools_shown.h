// SPDX-License-Identifier: Apache-2.0
// ToolsShown: which of the functions that a request offers the model is shown.
//
// A small model chooses the right one of two functions more often than of twelve. Where the
// profile says `tools_shown: N`, it sees the N functions that share most with what the user says,
// and whichever share at least half as much as the first; a rare word counts more, a function's
// name more than its description, that more than its parameters. Only words are compared: where
// none shares one with the request, every function is shown.
//
// All of them are shown as well after a result, where a call is required or forbidden, and of a
// request so long that its words say little; those that the conversation has called stay.
#pragma once

#include <cstddef>
#include <vector>

#include "agent/chat_model.h"

namespace fathom {

// In the order of the request. `shown` 0: all.
std::vector<ToolDefinition> ToolsShown(const ChatRequest& request, size_t shown);

}  // namespace fathom
