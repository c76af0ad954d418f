// SPDX-License-Identifier: Apache-2.0
// A corpus for a model that runs elsewhere: questions and audits over a ChatModel.
//
// Promises
//  * The corpus goes with each question in the packed layout (rag/pack.h), in windows that the
//    profile accepts, before everything that changes: a server's prefix cache can keep it.
//  * Answers come in a schema, each citation with path, line and quote. Nothing of it is believed:
//    quotes are compared with the bytes here, as with the embedded model, and an answer that does
//    not fit the schema is no answer.
//  * Only the model proposes findings; its confidence is judged at the thresholds of a model that
//    was never measured.
//  * A request is not sent when what it may cost at most would pass a limit. Tokens of the corpus
//    are estimates until the server has counted.
// Not there: an index. A question about a corpus of several windows is put to each of them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agent/ask.h"
#include "agent/audit.h"
#include "agent/chat_model.h"

namespace fathom {

struct ChatCorpusOptions {
  std::optional<size_t> tokens_max;   // computed: prompt tokens that were not cached, and output
  std::optional<double> dollars_max;  // at the profile's prices
  const std::atomic<bool>* cancel = nullptr;
};

class ChatCorpus {
 public:
  // Reads and packs; nothing is sent. The model must outlive it. kInvalid when the profile's window
  // leaves no room for a corpus.
  static Result<std::unique_ptr<ChatCorpus>> Open(ChatModel& model, const std::string& path,
                                                  const ChatCorpusOptions& options);
  // The same of files that were read already.
  static Result<std::unique_ptr<ChatCorpus>> Of(ChatModel& model, Corpus corpus,
                                                const ChatCorpusOptions& options);

  // kLimit when a limit was met before a window could be asked; kUnavailable when the server
  // refuses the request, or its answer is cut off or not of the form asked for.
  Result<Answer> Ask(const AskOptions& options);
  // Met a limit: the report is partial and a note says so. An Error when no answer was usable.
  Result<AuditReport> Audit(AuditOptions options);

  const Reading& reading() const { return reading_; }  // without tokens and session
  bool met_limit() const { return met_limit_; }
  // Of the requests since the last call.
  ChatUsage TakeUsage();
  double DollarsSpent() const;

 private:
  ChatCorpus(ChatModel& model, const ChatCorpusOptions& options)
      : model_(model), options_(options) {}
  struct Question {
    size_t window = 0;
    std::string text;
    const Json& schema;
    std::optional<size_t> thinking_tokens;
  };
  ChatRequest RequestFor(const Question& question) const;
  // What the request may cost at most must fit what is left.
  Status CheckLimits(size_t prompt_tokens, size_t output_tokens) const;
  // The JSON of the answer, which fits the schema.
  Result<Json> Put(const Question& question);
  void Spend(const ChatUsage& usage);
  Claim ClaimOf(const Json& citation, const Window& window) const;
  Json Proposed(const Json& answer, const FamilyAsking& asking) const;

  ChatModel& model_;
  ChatCorpusOptions options_;
  Reading reading_;
  std::vector<std::string> texts_;  // one for each window
  ChatUsage spent_, untaken_;
  size_t requests_ = 0;
  bool met_limit_ = false;
};

}  // namespace fathom
