// SPDX-License-Identifier: Apache-2.0
// Puts items (apps/eval_items.h) to a model and counts what it wrote.
//
// Promises
//  * The engine of this process decodes as the product does: calls are held to the tools offered,
//    quotes to the lines that were read, and verdicts are the scores of every line.
//  * A model on a server gets questions and audits as `fathom ask` and `fathom audit` put them to
//    it (agent/chat_corpus.h): a quote is right when a citation that stands in the files is of its
//    line, a weakness is found when a shown finding of its family covers its line.
//  * An answer that is none (cut off, not of the form asked for), or a dialog that the window does
//    not hold, is wrong and counted apart; when a server gives several such in a row, Add() is its
//    error.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "agent/chat_model.h"
#include "apps/app.h"
#include "apps/eval_items.h"
#include "apps/eval_score.h"

namespace fathom {

class Evaluation {
 public:
  explicit Evaluation(ChatModel& chat) : chat_(chat) {}
  virtual ~Evaluation() = default;

  size_t items_max = 0;     // of each set; 0: all
  size_t failures_max = 0;  // of each set, kept with what the model wrote

  Status Add(const EvalItem& item);
  const SetScores& sets() const { return sets_; }
  const ChatUsage& spent() const { return spent_; }

 protected:
  virtual Status AddQuotes(const EvalItem& item, SetScore& score) = 0;
  virtual Status AddAudit(const EvalItem& item, SetScore& score) = 0;
  // OkStatus() when the answer only counts as wrong.
  virtual Status Unanswered(SetScore& score, const std::string& asked, const Error& error);
  virtual void Answered() {}
  virtual Status CheckLimits() const;  // before anything is sent

  void CountUnanswered(SetScore& score, const std::string& asked, const Error& error) const;
  void Fail(SetScore& score, const std::string& asked, const std::string& wrote) const;
  void Spend(const ChatUsage& usage);

  ChatModel& chat_;

 private:
  Status AddDialog(const EvalItem& item, SetScore& score);

  SetScores sets_;
  ChatUsage spent_;
};

// Both must outlive it.
std::unique_ptr<Evaluation> EvaluationHere(LoadedModel& model, ChatModel& chat);
// What all items together may cost.
struct ServerLimits {
  std::optional<size_t> tokens_max;  // computed ones, of prompts and answers
  std::optional<double> dollars_max;
};
// Add() is kLimit when a limit is met: sets() holds what was scored before.
std::unique_ptr<Evaluation> EvaluationAtServer(ChatModel& chat, const ServerLimits& limits);

}  // namespace fathom
