// SPDX-License-Identifier: Apache-2.0
// The slash commands of `fathom chat`. What they print is for people and goes to stderr; only
// answers are on stdout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/agent_setup.h"

namespace fathom {

// What the chat does after a command.
enum class ChatNext {
  kPrompt,  // ask for the next message
  kTurn,    // a turn with `words`; without words the open turn goes on
  kOpen,    // leave this session for `session`, a new one when empty
  kQuit,
};
struct ChatStep {
  ChatNext next = ChatNext::kPrompt;
  std::string words;
  std::string session;
  std::optional<AgentSetup::Further> further;  // with kTurn
};

struct ChatContext {
  AgentSetup& setup;
  bool colour = false;
  size_t columns = 80;
  bool show_thinking = false;
};

// True for "/word ..."; a message that begins with a slash is sent with a blank before it.
bool IsChatCommand(std::string_view line);
// kNotFound names the nearest command.
Result<ChatStep> RunChatCommand(std::string_view line, ChatContext& chat);
// "/context", ...: for completion.
std::vector<std::string> ChatCommandWords();

// The gauge of /context.
std::string ContextText(const ContextUse& use, size_t reply_tokens_max, const ChatContext& chat);

}  // namespace fathom
