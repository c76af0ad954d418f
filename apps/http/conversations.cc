// SPDX-License-Identifier: Apache-2.0
#include "apps/http/conversations.h"

#include "base/limits.h"
#include "base/sha256.h"

namespace fathom::http {
namespace {

constexpr size_t kRepliesMax = 1'024;  // of one conversation, whose states are far fewer

void Add(Sha256& hash, std::string_view text) {
  hash.Update(std::to_string(text.size())).Update(" ").Update(text);
}

std::string NameOf(const std::vector<Message>& messages, std::string_view client) {
  Sha256 hash;
  Add(hash, client);
  for (const Message& message : messages) {
    Add(hash, std::to_string(static_cast<int>(message.role)));
    Add(hash, message.content);
    if (message.role == Role::kUser) break;
  }
  return hash.Hex();
}

std::string Owner(std::string_view client) {
  Sha256 hash;
  Add(hash, client);
  return hash.Hex();
}

std::string KeyOf(const Message& reply) {
  Sha256 hash;
  Add(hash, reply.content);
  for (const ToolCall& call : reply.tool_calls) {
    Add(hash, call.id);
    Add(hash, call.name);
    Add(hash, call.arguments);
  }
  return hash.Hex();
}

}  // namespace

Conversations::Turn::Turn(Conversations& all, std::string_view client, ChatRequest& request)
    : all_(all) {
  std::string name = NameOf(request.messages, client);
  std::lock_guard lock(all_.mutex_);
  Conversation& conversation = all_.conversations_[name];
  conversation.used = ++all_.clock_;
  for (Message& message : request.messages) {
    if (message.role != Role::kAssistant || conversation.replies.empty()) continue;
    const auto reply = conversation.replies.find(KeyOf(message));
    if (reply != conversation.replies.end()) message.tokens = reply->second;
  }
  if (!conversation.busy) {
    conversation.busy = true;
    name_ = std::move(name);
  }
  request.conversation = name_;
  request.prefix_owner = Owner(client);
  all_.TrimLocked();
}

Conversations::Turn::~Turn() {
  std::lock_guard lock(all_.mutex_);
  const auto own = all_.conversations_.find(name_);
  if (own != all_.conversations_.end()) own->second.busy = false;
}

void Conversations::Turn::Remember(const Message& reply) {
  if (name_.empty() || reply.tokens.empty()) return;
  std::lock_guard lock(all_.mutex_);
  auto& replies = all_.conversations_[name_].replies;
  if (replies.size() >= kRepliesMax) replies.clear();
  replies[KeyOf(reply)] = reply.tokens;
}

void Conversations::TrimLocked() {
  while (conversations_.size() > kHttpStatesMax) {
    auto oldest = conversations_.end();
    for (auto it = conversations_.begin(); it != conversations_.end(); ++it) {
      if (it->second.busy || it->second.used == clock_) continue;
      if (oldest == conversations_.end() || it->second.used < oldest->second.used) oldest = it;
    }
    if (oldest == conversations_.end()) return;
    model_.ForgetState(oldest->first);
    conversations_.erase(oldest);
  }
}

}  // namespace fathom::http
