// SPDX-License-Identifier: Apache-2.0
// A corpus for a model that runs elsewhere: it is sent with each question, in the packed layout and
// with the question last, so that a server's prefix cache can keep it. Citations are checked byte
// by byte as with the embedded model; there is no index for what does not fit, so a corpus that is
// larger than the window is refused.
#pragma once

#include <memory>
#include <string>

#include "agent/ask.h"
#include "agent/audit.h"
#include "agent/chat_model.h"

namespace fathom {

class ChatCorpus {
 public:
  // The model must outlive it. kLimit when the corpus does not fit.
  static Result<std::unique_ptr<ChatCorpus>> Open(ChatModel& model, const std::string& path,
                                                  const std::atomic<bool>* cancel);

  Result<Answer> Ask(const AskOptions& options);
  // Questions of an audit; `usage` is added to.
  FamilyAsker Families(const std::atomic<bool>* cancel, ChatUsage& usage);
  const Reading& reading() const { return reading_; }

 private:
  explicit ChatCorpus(ChatModel& model) : model_(model) {}
  ChatRequest Request(const std::string& question) const;
  void Number();

  ChatModel& model_;
  Reading reading_;  // without tokens and session: nothing was read by an engine
  std::string text_;
};

}  // namespace fathom
