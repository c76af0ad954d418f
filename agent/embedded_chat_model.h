// SPDX-License-Identifier: Apache-2.0
// EmbeddedChatModel: the engine of this process as a ChatModel that keeps model states.
//
// A conversation keeps the states after each prompt and each reply. A request continues from the
// longest one whose tokens its own prompt begins with, compared token by token; so a new turn
// computes its new tokens alone, and messages cut back to an earlier turn continue from there
// bit-equal to a run that never went further. They are kept in a prefix tree
// (engine/prefix_tree.h): within the engine's budget, those used longest ago go first.
//
// Replies are held while decoding (engine/grammar): an answer to its schema, a required call and
// any block of calls that the model opens by itself to the syntax, the names and the parameters of
// the tools offered. Thinking comes before and is free. Where a tool's schema is beyond the
// grammar, its arguments are any object and are checked when the call is carried out.
//
// Safe from several threads; requests of one conversation must follow one another.
#pragma once

#include <memory>

#include "agent/chat_model.h"

namespace fathom {

class EmbeddedChatModel final : public ChatModel {
 public:
  // The engine must outlive the model, and have a tokenizer with the format's control tokens.
  static Result<std::unique_ptr<EmbeddedChatModel>> Open(Engine& engine, const Profile& profile);
  ~EmbeddedChatModel() override;

  const Profile& profile() const override;
  ModelCan can() const override;
  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                         const CallControl& control) override;
  Result<ContextUse> MeasureContext(const ChatRequest& request) const override;
  Status ForkState(const std::string& from, const std::string& to) override;
  Result<SavedState> SaveState(const ChatRequest& request, const std::string& folder) override;
  Result<size_t> RestoreState(const std::string& conversation, const std::string& path) override;
  void ForgetState(const std::string& conversation) override;

  // Bytes of all states of the engine, those in use too; a page that several share counts once.
  size_t kept_bytes() const;

 private:
  struct Impl;
  explicit EmbeddedChatModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
