// SPDX-License-Identifier: Apache-2.0
// OpenAI's chat fields to a ChatRequest, and a ChatReply back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/chat_model.h"
#include "apps/http/context.h"
#include "apps/http/fields.h"

namespace fathom::http {

void ReadMessages(Fields& fields, std::string_view key, std::vector<Message>* out);

// tool_choice, and `tools` as the field of that name has them (may be null). Also {"type":
// "function", "name": ...}, as /v1/responses has it.
void ReadTools(Fields& fields, const Json* tools, ChatRequest* out);

// {"type": "text" | "json_object" | "json_schema", ...}; the schema stands under json_schema, or
// beside the type as in /v1/responses.
void ReadResponseFormat(const Json& format, std::string_view key, Fields& fields, ChatRequest* out);

// What was asked for and can() lacks is an error that names the field.
void RefuseUnavailable(const ModelCan& can, Fields& fields, const ChatRequest& request);

// One entry a token: {"token", "logprob", "bytes", "top_logprobs"}, with `top` alternatives.
Json ChatLogprobsJson(const ChatReply& reply, int top);

// Notes why the reply's conversation could not go on from its kept state, where it could not.
void CountLoss(Metrics& metrics, std::string_view operation, const ChatReply& reply);

Usage UsageOf(const ChatUsage& usage);

// {"role": "assistant", "content", "tool_calls", "reasoning_content"}
Json MessageJson(const ChatReply& reply);

// What of a streamed content may be sent already. The content of a reply from which a tag was taken
// has no blanks at its ends, so these wait until it is known.
class SaidContent {
 public:
  std::string Next(std::string_view more);
  void FollowsTag() { follows_tag_ = true; }
  // What of the whole content was not sent.
  std::string Rest(std::string_view whole) const;

 private:
  std::string said_, waiting_;
  bool follows_tag_ = false;
};

// What prompt and answer hold at most, for admission: a token has at least one byte.
size_t ChatTokensMax(const Context& context, const ChatRequest& request, size_t body_bytes);

// A conversation that does not fit is the client's to shorten.
HttpError ChatError(const Error& error);

}  // namespace fathom::http
