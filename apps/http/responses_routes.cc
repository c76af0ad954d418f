// SPDX-License-Identifier: Apache-2.0
// /v1/responses on the chat model: items in, items out, whole or as the events that build them.
// What previous_response_id names is continued from its kept state.
#include <algorithm>

#include "apps/http/openai_common.h"
#include "apps/http/response_builder.h"
#include "apps/http/responses_items.h"
#include "apps/http/run_routes.h"
#include "base/limits.h"
#include "engine/chat/openai_json.h"

namespace fathom::http {
namespace {

struct ResponsesBody {
  ChatRequest chat;
  Json messages = Json::EmptyArray();  // of the conversation so far, without instructions
  Json items = Json::EmptyArray();     // the same, as items
  Json response;                       // what a response repeats of its request
  StreamFields stream;
  bool store = true, wants_logprobs = false;
  int top_logprobs = 0;
  size_t bytes = 0;  // of what the prompt is made of, at most
  std::string client;
};

std::optional<HttpError> ReadInput(Fields& fields, const Context& context, ResponsesBody* out,
                                   std::vector<std::string>* left_out) {
  const std::string previous = fields.Text("previous_response_id");
  if (!previous.empty()) {
    auto earlier = context.responses.Find(previous, out->client);
    if (!earlier) {
      return HttpError{.status = 404,
                       .message =
                           "there is no such response, or it is no longer kept: send the "
                           "whole conversation as 'input'",
                       .param = "previous_response_id",
                       .code = "previous_response_not_found"};
    }
    out->bytes += earlier->messages.Dump().size();
    out->messages = std::move(earlier->messages);
    out->items = std::move(earlier->items);
    for (const Json& item : earlier->response.Find("output")->as_array()) out->items.Push(item);
  }
  const Json* input = fields.Get("input");
  const Status status = AddItems(input ? *input : Json(), &out->messages, left_out);
  if (!status) fields.Fail("input", status.error().message);
  const Json own = ListedItems(status && input ? *input : Json());
  for (const Json& item : own.as_array()) out->items.Push(item);
  if (out->messages.size() == 0) fields.Fail("input", "must hold at least one message");
  Json messages = Json::EmptyArray();
  const std::string instructions = fields.Text("instructions");
  if (!instructions.empty())
    messages.Push(Json(Json::Object{{"role", "system"}, {"content", instructions}}));
  for (const Json& message : out->messages.as_array()) messages.Push(message);
  const Json named = Json(Json::Object{{"input", std::move(messages)}});
  Fields inner(named);
  ReadMessages(inner, "input", &out->chat.messages);
  fields.Adopt(inner);
  return std::nullopt;
}

void ReadOutput(Fields& fields, ResponsesBody* out) {
  if (const Json* text = fields.Get("text")) {
    Fields inner(*text, "text");
    if (const Json* format = inner.Get("format"))
      ReadResponseFormat(*format, "format", inner, &out->chat);
    inner.RefuseUnknown({"verbosity"});
    fields.Adopt(inner);
  }
  const std::vector<std::string> include = fields.Texts("include", 16);
  out->top_logprobs = static_cast<int>(fields.Int("top_logprobs", 0, {.min = 0, .max = 20}));
  out->wants_logprobs =
      out->top_logprobs > 0 ||
      std::find(include.begin(), include.end(), "message.output_text.logprobs") != include.end();
  if (out->wants_logprobs) out->chat.sampling->top_logprobs = std::max(1, out->top_logprobs);
}

// What would need more than an answer: not silently left out.
void RefuseMore(Fields& fields) {
  if (fields.Flag("background", false)) fields.Fail("background", "is not supported");
  for (const char* key : {"conversation", "prompt"}) {
    if (fields.Get(key)) fields.Fail(key, "is not supported");
  }
}

Json ResponseOf(const Context& context, Fields& fields, const ResponsesBody& body,
                const std::vector<std::string>& left_out) {
  const auto given = [&](const char* key, Json otherwise = Json()) {
    const Json* value = fields.Get(key);
    return value ? *value : std::move(otherwise);
  };
  Json warnings = Json::EmptyArray();
  for (const std::string& what : left_out) warnings.Push(what + ": left out");
  const Json plain(Json::Object{{"format", Json(Json::Object{{"type", "text"}})}});
  return Json(Json::Object{{"id", "resp_" + RandomId()},
                           {"object", "response"},
                           {"created_at", UnixNow()},
                           {"status", "in_progress"},
                           {"background", false},
                           {"error", Json()},
                           {"incomplete_details", Json()},
                           {"instructions", given("instructions")},
                           {"max_output_tokens", given("max_output_tokens")},
                           {"metadata", given("metadata", Json::EmptyObject())},
                           {"model", context.profile.name},
                           {"output", Json::EmptyArray()},
                           {"parallel_tool_calls", body.chat.parallel_calls},
                           {"previous_response_id", given("previous_response_id")},
                           {"reasoning", given("reasoning")},
                           {"store", body.store},
                           {"temperature", body.chat.sampling->temperature},
                           {"text", given("text", plain)},
                           {"tool_choice", given("tool_choice", "auto")},
                           {"tools", given("tools", Json::EmptyArray())},
                           {"top_p", body.chat.sampling->top_p},
                           {"truncation", "disabled"},
                           {"usage", Json()},
                           {"warnings", std::move(warnings)}});
}

std::optional<HttpError> ReadBody(const Request& request, const Context& context,
                                  ResponsesBody* out) {
  Json body;
  if (auto error = ParseBody(request.body, &body)) return error;
  Fields fields(body);
  std::optional<HttpError> wrong_model;
  CheckModelName(fields, context.profile, &wrong_model);
  if (wrong_model) return wrong_model;
  out->bytes = request.body.size();
  out->client = ClientOf(request, fields);
  std::vector<std::string> left_out;
  if (auto error = ReadInput(fields, context, out, &left_out)) return error;
  const Json* tools = fields.Get("tools");
  if (tools && !tools->is_array()) fields.Fail("tools", "must be a list");
  const Json functions =
      tools && tools->is_array() ? FunctionTools(*tools, &left_out) : Json::EmptyArray();
  ReadTools(fields, &functions, &out->chat);
  SamplingFields sampling = ReadSampling(fields, context.profile);
  out->chat.sampling = sampling.sampling;
  out->chat.stop = std::move(sampling.stop);
  out->chat.output_tokens_max = sampling.output_tokens_max;
  ReadOutput(fields, out);
  out->stream = ReadStream(fields);
  out->store = fields.Flag("store", true);
  out->chat.parallel_calls = fields.Flag("parallel_tool_calls", true);
  RefuseMore(fields);
  RefuseUnavailable(context.chat.can(), fields, out->chat);
  out->response = ResponseOf(context, fields, *out, left_out);
  fields.RefuseUnknown({"client_metadata", "max_tool_calls", "prompt_cache_key",
                        "prompt_cache_retention", "safety_identifier", "service_tier",
                        "truncation"});
  return fields.error();
}

// One response, on a worker.
void Respond(Context& context, ResponsesBody& body, Channel& channel) {
  const std::string id = body.response.Find("id")->as_string();
  ResponseBuilder::Options options{.response = std::move(body.response)};
  if (body.stream.stream) {
    options.emit = [&](std::string_view type, const Json& event) {
      return channel.SendEvent(type, event);
    };
  }
  options.finished = [&](const Json& response) {
    if (!body.store) return;
    context.responses.Keep({.id = id,
                            .client = body.client,
                            .messages = std::move(body.messages),
                            .items = std::move(body.items),
                            .response = response});
  };
  ResponseBuilder builder(std::move(options));
  Conversations::Turn turn(context.conversations, body.client, body.chat);
  // The prompt is accepted once it is read: what is wrong with it can still be a status.
  CallControl control = channel.control();
  control.progress = [&](const Progress&) { builder.Begin(); };
  auto reply = context.chat.Chat(
      body.chat, [&](const ParseDelta& delta) { return builder.Take(delta); }, control);
  if (!reply) {
    const HttpError error = ChatError(reply.error());
    return body.stream.stream && builder.begun() ? builder.Fail(error) : channel.Fail(error);
  }
  turn.Remember(reply->message);
  const Usage usage = UsageOf(reply->usage);
  context.metrics.CountGeneration({.operation = "chat", .usage = usage});
  CountLoss(context.metrics, "chat", *reply);
  body.store &= reply->finish != ChatFinish::kCancelled;
  body.messages.Push(MessageToOpenAi(reply->message));
  Json response = builder.Finish(
      *reply, body.wants_logprobs ? ChatLogprobsJson(*reply, body.top_logprobs) : Json());
  if (!body.stream.stream) channel.Respond(JsonResponse(response));
}

void CreateResponse(Exchange& exchange, Context& context) {
  ResponsesBody body;
  if (auto error = ReadBody(exchange.request(), context, &body)) return exchange.Fail(*error);
  exchange.Run({.client = body.client,
                .tokens = ChatTokensMax(context, body.chat, body.bytes),
                .stream = body.stream.stream,
                .run = [&](Channel& channel) { Respond(context, body, channel); }});
}

// One that is kept, of this client: a user that a request named is named again as ?user=.
Handler WithStored(Context& context,
                   std::function<void(Exchange&, const StoredResponse&)> handler) {
  return [&context, handler](Exchange& exchange, const PathValues& values) {
    const Request& request = exchange.request();
    const Json named(Json::Object{{"user", request.Query("user")}});
    Fields fields(named);
    auto stored = context.responses.Find(values.at("response"), ClientOf(request, fields));
    if (stored) return handler(exchange, *stored);
    exchange.Fail({.status = 404,
                   .message = "there is no such response, or it is no longer kept",
                   .code = "response_not_found"});
  };
}

// Newest first unless `order` says asc; `after` is the id of the last one seen.
void ListItems(Exchange& exchange, const StoredResponse& stored) {
  const Request& request = exchange.request();
  Json::Array items = stored.items.as_array();
  if (request.Query("order") != "asc") std::reverse(items.begin(), items.end());
  const std::string after = request.Query("after");
  const auto is_after = [&](const Json& item) { return *item.Find("id") == Json(after); };
  const auto seen = std::find_if(items.begin(), items.end(), is_after);
  if (!after.empty() && seen == items.end())
    return exchange.Fail({.message = "'after' names no item of this response", .param = "after"});
  if (!after.empty()) items.erase(items.begin(), seen + 1);
  const size_t most = QueryNumber(request, "limit", {.fallback = 20, .most = 100});
  const bool has_more = items.size() > most;
  if (has_more) items.resize(most);
  const Json first = items.empty() ? Json() : *items.front().Find("id");
  const Json last = items.empty() ? Json() : *items.back().Find("id");
  exchange.Send(JsonResponse(Json(Json::Object{{"object", "list"},
                                               {"data", std::move(items)},
                                               {"first_id", first},
                                               {"last_id", last},
                                               {"has_more", has_more}})));
}

}  // namespace

void AddResponsesRoutes(Router& router, Context& context) {
  router.Add("GET", "/v1/responses/{response}",
             WithStored(context, [](Exchange& exchange, const StoredResponse& stored) {
               exchange.Send(JsonResponse(stored.response));
             }));
  router.Add("GET", "/v1/responses/{response}/input_items", WithStored(context, ListItems));
  router.Add("DELETE", "/v1/responses/{response}",
             WithStored(context, [&context](Exchange& exchange, const StoredResponse& stored) {
               context.responses.Remove(stored.id, stored.client);
               exchange.Send(JsonResponse(Json(Json::Object{
                   {"id", stored.id}, {"object", "response.deleted"}, {"deleted", true}})));
             }));
  router.Add("POST", "/v1/responses",
             [&](Exchange& exchange, const PathValues&) { CreateResponse(exchange, context); });
}

}  // namespace fathom::http
