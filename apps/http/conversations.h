// SPDX-License-Identifier: Apache-2.0
// Conversations: which requests are turns of one conversation, and what was answered in it.
//
// OpenAI's requests name no conversation. Those of one client that begin with the same messages, up
// to the first of the user, are taken for turns of one; only whoever sent these can name it. The
// tokens of each reply are remembered by what the client sees of it: a message that comes back
// unchanged continues the model's state exactly.
//
// Conversations of one client that begin with the same system text and tools share the state behind
// these (ChatRequest::prefix_owner).
//
// A chat model wants the requests of one conversation one after another, so a second one at the
// same time is answered without kept state. At most kHttpStatesMax conversations; the one used
// longest ago is forgotten, with its states.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "agent/chat_model.h"

namespace fathom::http {

class Conversations {
 public:
  explicit Conversations(ChatModel& model) : model_(model) {}

  // One request's turn: it holds its conversation until it is destroyed.
  class Turn {
   public:
    // Sets request.conversation and prefix_owner, and the tokens of messages that are replies of
    // this conversation.
    Turn(Conversations& all, std::string_view client, ChatRequest& request);
    ~Turn();
    Turn(const Turn&) = delete;

    void Remember(const Message& reply);

   private:
    Conversations& all_;
    std::string name_;  // empty: another request has it
  };

 private:
  struct Conversation {
    bool busy = false;
    uint64_t used = 0;
    std::map<std::string, std::vector<Token>> replies;  // by a hash of what the client sees
  };
  void TrimLocked();

  ChatModel& model_;
  std::mutex mutex_;
  std::map<std::string, Conversation> conversations_;
  uint64_t clock_ = 0;
};

}  // namespace fathom::http
