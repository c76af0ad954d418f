// SPDX-License-Identifier: Apache-2.0
#include "apps/http/openai_chat.h"

#include <algorithm>

#include "apps/http/openai_common.h"
#include "apps/http/run.h"
#include "engine/chat/openai_json.h"
#include "engine/state_memory.h"

namespace fathom::http {

void ReadMessages(Fields& fields, std::string_view key, std::vector<Message>* out) {
  const Json* messages = fields.Get(key);
  if (!messages || !messages->is_array() || messages->size() == 0)
    return fields.Fail(key, "must be a list of at least one message");
  auto read = MessagesFromOpenAi(*messages);
  if (!read) return fields.Fail(key, "cannot be read: " + read.error().Text());
  *out = std::move(*read);
}

namespace {

void ReadToolChoice(Fields& fields, ChatRequest* out) {
  const Json* choice = fields.Get("tool_choice");
  if (!choice) return;
  const Json* function = choice->Find("function");
  const Json* name = function ? function->Find("name") : choice->Find("name");
  const std::string word = choice->is_string() ? choice->as_string() : "";
  if (word == "auto") return;
  if (word == "none") {
    out->tool_choice = CallChoice::kNone;
    return;
  }
  out->tool_choice = CallChoice::kRequired;
  if (name && name->is_string()) out->tool_name = name->as_string();
  if (word != "required" && out->tool_name.empty())
    return fields.Fail("tool_choice", "must be auto, none, required or one function");
  const bool known = std::any_of(out->tools.begin(), out->tools.end(), [&](const auto& tool) {
    return out->tool_name.empty() || tool.name == out->tool_name;
  });
  if (!known) fields.Fail("tool_choice", "asks for a function that is not in 'tools'");
}

}  // namespace

void ReadTools(Fields& fields, const Json* tools, ChatRequest* out) {
  if (tools) {
    auto read = ToolsFromOpenAi(*tools);
    if (!read) return fields.Fail("tools", "cannot be read: " + read.error().Text());
    out->tools = std::move(*read);
    out->calls_at_once = true;
  }
  ReadToolChoice(fields, out);
}

void ReadResponseFormat(const Json& format, std::string_view key, Fields& fields,
                        ChatRequest* out) {
  const Json* type = format.Find("type");
  const std::string kind = type && type->is_string() ? type->as_string() : "";
  if (kind == "text") return;
  if (kind == "json_object") {
    Json schema = Json::EmptyObject();
    schema.Set("type", "object");
    out->response_schema = std::move(schema);
    return;
  }
  if (kind != "json_schema")
    return fields.Fail(key, "must have the type text, json_object or json_schema");
  const Json* inner = format.Find("json_schema");
  const Json* schema = (inner ? *inner : format).Find("schema");
  if (!schema || !schema->is_object()) return fields.Fail(key, "needs a 'schema'");
  out->response_schema = *schema;
}

void RefuseUnavailable(const ModelCan& can, Fields& fields, const ChatRequest& request) {
  constexpr const char* kNoConstraint =
      "cannot be kept: this model's output is not held to a call or a schema";
  if (!can.constrain && request.tool_choice == CallChoice::kRequired)
    fields.Fail("tool_choice", kNoConstraint, "unsupported");
  if (!can.constrain && request.response_schema)
    fields.Fail("response_format", kNoConstraint, "unsupported");
  if (!can.logprobs && request.sampling && request.sampling->top_logprobs > 0)
    fields.Fail("logprobs", "are not given by this model", "unsupported");
}

Json ChatLogprobsJson(const ChatReply& reply, int top) {
  Json content = Json::EmptyArray();
  for (size_t i = 0; i < reply.logprobs.size(); ++i) {
    Json entry = LogprobJson(reply.logprobs[i].text, reply.logprobs[i].logprob);
    Json others = Json::EmptyArray();
    for (size_t j = 0; j < static_cast<size_t>(top) && j < reply.top_logprobs[i].size(); ++j)
      others.Push(LogprobJson(reply.top_logprobs[i][j].text, reply.top_logprobs[i][j].logprob));
    entry.Set("top_logprobs", std::move(others));
    content.Push(std::move(entry));
  }
  return content;
}

void CountLoss(Metrics& metrics, std::string_view operation, const ChatReply& reply) {
  if (!reply.prefix_miss) return;
  metrics.CountPrefixLoss({.created = NowText(),
                           .operation = std::string(operation),
                           .reason = reply.prefix_miss->Text(),
                           .tokens_again = reply.prefix_miss->tokens_again});
}

Usage UsageOf(const ChatUsage& usage) {
  return {.prompt = usage.prompt,
          .cached = usage.cached,
          .thinking = usage.thinking,
          .output = usage.output,
          .seconds = usage.seconds,
          .first_token_seconds = usage.first_token_seconds};
}

Json MessageJson(const ChatReply& reply) {
  Json json = MessageToOpenAi(reply.message);
  json.Set("refusal", Json());
  if (!reply.thinking.empty()) json.Set("reasoning_content", reply.thinking);
  return json;
}

std::string SaidContent::Next(std::string_view more) {
  constexpr std::string_view kBlanks = " \t\r\n";
  waiting_ += more;
  const size_t last = waiting_.find_last_not_of(kBlanks);
  if (last == waiting_.npos) return "";
  const size_t first =
      said_.empty() && follows_tag_ ? waiting_.find_first_not_of(kBlanks) : size_t{0};
  std::string sure = waiting_.substr(first, last + 1 - first);
  waiting_.erase(0, last + 1);
  said_ += sure;
  return sure;
}

std::string SaidContent::Rest(std::string_view whole) const {
  return std::string(whole.starts_with(said_) ? whole.substr(said_.size()) : "");
}

size_t ChatTokensMax(const Context& context, const ChatRequest& request, size_t body_bytes) {
  const Profile& profile = context.profile;
  const size_t thinking =
      profile.thinking.supported
          ? request.thinking_tokens_max.value_or(profile.thinking.tokens_default)
          : 0;
  const size_t output = request.output_tokens_max.value_or(profile.output_tokens_max);
  return std::min(context.context_tokens_max(), body_bytes + thinking + output);
}

HttpError ChatError(const Error& error) {
  HttpError http = FromError(error);
  if (error.code == Code::kLimit && error.place != kStateMemoryPlace)
    http.code = "context_length_exceeded";
  if (error.place == kAnswerSchemaPlace || error.place == kToolSchemaPlace) {
    return {.status = 400,
            .message = error.message,
            .param = error.place,
            .code = error.place == kAnswerSchemaPlace ? "invalid_json_schema"
                                                      : "invalid_function_parameters"};
  }
  // What this model, or this schema, does not allow is the client's to change.
  if (error.code == Code::kUnavailable)
    http = {.status = 400, .message = error.message, .code = "unsupported"};
  return http;
}

}  // namespace fathom::http
