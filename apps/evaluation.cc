// SPDX-License-Identifier: Apache-2.0
#include "apps/evaluation.h"

#include <algorithm>

namespace fathom {
namespace {

constexpr size_t kOutputTokensMax = 512;

// Content and calls, one a line.
std::string Written(const Message& message) {
  std::string text = message.content;
  for (const ToolCall& call : message.tool_calls) {
    if (!text.empty()) text += '\n';
    text += call.name + ' ' + call.arguments;
  }
  return text;
}

bool TextIsRight(const EvalItem& item, const Message& message) {
  const auto stands = [&](const std::string& text) {
    return message.content.find(text) != std::string::npos;
  };
  if (!message.tool_calls.empty()) return false;
  return item.contains_all ? std::all_of(item.contains.begin(), item.contains.end(), stands)
                           : std::any_of(item.contains.begin(), item.contains.end(), stands);
}

}  // namespace

Status Evaluation::Add(const EvalItem& item) {
  SetScore& score = sets_[item.set];
  if (items_max > 0 && score.items >= items_max) return OkStatus();
  ++score.items;
  switch (item.kind) {
    case EvalItem::Kind::kCall:
    case EvalItem::Kind::kText:
      score.kind = item.kind == EvalItem::Kind::kCall ? "call" : "text";
      return AddDialog(item, score);
    case EvalItem::Kind::kQuote:
      score.kind = "quote";
      return AddQuotes(item, score);
    case EvalItem::Kind::kAudit:
      score.kind = "audit";
      return AddAudit(item, score);
  }
  return OkStatus();
}

Status Evaluation::AddDialog(const EvalItem& item, SetScore& score) {
  if (Status status = CheckLimits(); !status) return status;
  const ChatRequest request{.messages = item.messages,
                            .tools = item.tools,
                            .calls_at_once = true,
                            .sampling = SamplingOptions{},
                            .output_tokens_max = kOutputTokensMax};
  auto reply = chat_.Chat(request, {}, {.cancel = Interrupted()});
  if (!reply) return Unanswered(score, item.messages.back().content, reply.error());
  Answered();
  const Message& message = reply->message;
  const bool right = item.kind == EvalItem::Kind::kText
                         ? TextIsRight(item, message)
                         : CallsMatch(item, message.tool_calls) && reply->rejected_calls == 0;
  Spend(reply->usage);
  score.speed.read += reply->usage.prefilled;
  score.speed.written += reply->usage.output;
  score.speed.first_token_seconds += reply->usage.first_token_seconds;
  score.speed.answer_seconds += reply->usage.seconds;
  ++score.speed.answers;
  ++score.count;
  score.right += right;
  if (!right) Fail(score, item.messages.back().content, Written(message));
  return OkStatus();
}

Status Evaluation::CheckLimits() const { return OkStatus(); }

Status Evaluation::Unanswered(SetScore&, const std::string&, const Error& error) { return error; }

void Evaluation::CountUnanswered(SetScore& score, const std::string& asked,
                                 const Error& error) const {
  ++score.count;
  ++score.unanswered;
  Fail(score, asked, error.Text());
}

void Evaluation::Fail(SetScore& score, const std::string& asked, const std::string& wrote) const {
  if (score.failures.size() >= failures_max) return;
  Json failure = Json::EmptyObject();
  failure.Set("asked", asked);
  failure.Set("wrote", wrote);
  score.failures.push_back(std::move(failure));
}

void Evaluation::Spend(const ChatUsage& usage) {
  spent_.prompt += usage.prompt;
  spent_.cached += usage.cached;
  spent_.prefilled += usage.prefilled;
  spent_.output += usage.output;
  spent_.is_estimate |= usage.is_estimate;
}

}  // namespace fathom
