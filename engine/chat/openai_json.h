// SPDX-License-Identifier: Apache-2.0
// OpenAI's JSON shapes to and from ours: messages and tool definitions.
#pragma once

#include <vector>

#include "engine/chat/chat.h"

namespace fathom {

// An array of {"role", "content", "name", "tool_calls", "tool_call_id"}. Content is a string, null
// or a list of text parts, which are joined; a part of another type is refused. "developer" is a
// system message. A tool result without name takes it from the call of its id; results are put in
// the order of the calls they answer.
Result<std::vector<Message>> MessagesFromOpenAi(const Json& messages);

// An array of {"type": "function", "function": {...}} or of bare {"name", "description",
// "parameters"}. null: no tools.
Result<std::vector<ToolDefinition>> ToolsFromOpenAi(const Json& tools);

std::string_view RoleName(Role role);

// [{"id", "type": "function", "function": {"name", "arguments"}}]
Json ToolCallsToOpenAi(const std::vector<ToolCall>& calls);

// {"role", "content"}, and "tool_calls" and "tool_call_id" where the message has them. The content
// of a message that consists of calls alone is null.
Json MessageToOpenAi(const Message& message);

}  // namespace fathom
