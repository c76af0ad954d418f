// SPDX-License-Identifier: Apache-2.0
// /v1/chat/completions on the chat model: whole or streamed, with tools, schemas, thinking and
// log-probabilities; or a question to a corpus that was read, answered from its state.
#include "apps/http/corpora.h"
#include "apps/http/corpus_answer.h"
#include "apps/http/openai_chat.h"
#include "apps/http/openai_common.h"
#include "base/limits.h"

namespace fathom::http {
namespace {

struct ChatBody {
  ChatRequest chat;
  StreamFields stream;
  bool wants_logprobs = false;
  int top_logprobs = 0;
  std::string corpus, corpus_root;  // with fathom.corpus
  std::string client;
};

void ReadLogprobs(Fields& fields, ChatBody* out) {
  out->wants_logprobs = fields.Flag("logprobs", false);
  out->top_logprobs = static_cast<int>(fields.Int("top_logprobs", 0, {.min = 0, .max = 20}));
  if (out->top_logprobs > 0 && !out->wants_logprobs)
    fields.Fail("top_logprobs", "needs 'logprobs': true");
  if (out->wants_logprobs) out->chat.sampling->top_logprobs = std::max(1, out->top_logprobs);
}

// The question is the last message; an answer from a corpus is a checked quote, so nothing else of
// a conversation can be asked for.
std::optional<HttpError> ReadCorpus(Fields& fields, const Context& context, ChatBody* out) {
  const Json* ours = fields.Get("fathom");
  if (!ours) return std::nullopt;
  Fields inner(*ours, "fathom");
  out->corpus = inner.Text("corpus");
  inner.RefuseUnknown();
  fields.Adopt(inner);
  if (fields.error() || out->corpus.empty()) return std::nullopt;
  auto corpus = FindCorpus(context.catalog, out->corpus);
  if (!corpus) return FromError(corpus.error());
  out->corpus_root = corpus->root;
  const ChatRequest& chat = out->chat;
  const bool plain = chat.tools.empty() && !chat.response_schema && !out->wants_logprobs;
  if (!plain)
    fields.Fail("fathom.corpus", "goes with no tools, response_format or logprobs");
  else if (chat.messages.empty() || chat.messages.back().role != Role::kUser)
    fields.Fail("messages", "must end with the user's question to the corpus");
  else if (chat.messages.back().content.size() > kQuestionBytesMax)
    fields.Fail("messages", "must end with a question of at most 64 KiB");
  return std::nullopt;
}

std::optional<HttpError> ReadBody(const Request& request, const Context& context, ChatBody* out) {
  Json body;
  if (auto error = ParseBody(request.body, &body)) return error;
  Fields fields(body);
  std::optional<HttpError> wrong_model;
  CheckModelName(fields, context.profile, &wrong_model);
  if (wrong_model) return wrong_model;
  ReadMessages(fields, "messages", &out->chat.messages);
  ReadTools(fields, fields.Get("tools"), &out->chat);
  if (const Json* format = fields.Get("response_format"))
    ReadResponseFormat(*format, "response_format", fields, &out->chat);
  SamplingFields sampling = ReadSampling(fields, context.profile);
  out->chat.sampling = sampling.sampling;
  out->chat.stop = std::move(sampling.stop);
  out->chat.output_tokens_max = sampling.output_tokens_max;
  ReadLogprobs(fields, out);
  out->stream = ReadStream(fields);
  out->chat.parallel_calls = fields.Flag("parallel_tool_calls", true);
  out->client = ClientOf(request, fields);
  RefuseUnsupported(fields);
  RefuseUnavailable(context.chat.can(), fields, out->chat);
  if (auto error = ReadCorpus(fields, context, out)) return error;
  // What clients send and what changes nothing here.
  fields.RefuseUnknown({"metadata", "store", "service_tier", "prompt_cache_key",
                        "prompt_cache_retention", "reasoning_effort", "modalities", "verbosity",
                        "prediction"});
  return fields.error();
}

// How one answer looks, whole and in pieces.
class ChatForm {
 public:
  explicit ChatForm(const Context& context) : model_(context.profile.name) {}

  Json Envelope(std::string_view object, Json choices) const {
    Json json = Json::EmptyObject();
    json.Set("id", id_);
    json.Set("object", object);
    json.Set("created", created_);
    json.Set("model", model_);
    json.Set("choices", std::move(choices));
    return json;
  }

  // The first piece names the role, as clients expect.
  Json NewDelta() {
    Json delta = Json::EmptyObject();
    if (!begun_) delta.Set("role", "assistant");
    begun_ = true;
    return delta;
  }

  Json Piece(Json delta, Json finish = Json(), Json logprobs = Json()) const {
    Json choice = Json::EmptyObject();
    choice.Set("index", 0);
    choice.Set("delta", std::move(delta));
    choice.Set("logprobs", std::move(logprobs));
    choice.Set("finish_reason", std::move(finish));
    return Envelope("chat.completion.chunk", Json(Json::Array{std::move(choice)}));
  }

  Json Whole(Json message, Json finish, Json logprobs, const Usage& usage) const {
    Json choice = Json::EmptyObject();
    choice.Set("index", 0);
    choice.Set("message", std::move(message));
    choice.Set("logprobs", std::move(logprobs));
    choice.Set("finish_reason", std::move(finish));
    Json json = Envelope("chat.completion", Json(Json::Array{std::move(choice)}));
    json.Set("usage", UsageJson(usage));
    return json;
  }

 private:
  const std::string id_ = "chatcmpl-" + RandomId();
  const int64_t created_ = UnixNow();
  const std::string model_;
  bool begun_ = false;
};

// One answer, on a worker.
class ChatAnswer {
 public:
  ChatAnswer(Context& context, ChatBody& body, Channel& channel)
      : context_(context), body_(body), channel_(channel), form_(context) {}

  void Run() {
    Conversations::Turn turn(context_.conversations, body_.client, body_.chat);
    auto reply = context_.chat.Chat(
        body_.chat, [&](const ParseDelta& delta) { return !body_.stream.stream || Stream(delta); },
        channel_.control());
    if (!reply) return channel_.Fail(ChatError(reply.error()));
    turn.Remember(reply->message);
    const Usage usage = UsageOf(reply->usage);
    context_.metrics.CountGeneration({.operation = "chat", .usage = usage});
    CountLoss(context_.metrics, "chat", *reply);
    Deliver(*reply, usage);
  }

  void RunOnCorpus() {
    ReadingOptions reading = context_.reading;
    reading.cancel = channel_.cancelled();
    reading.deadline = channel_.deadline();
    auto answer = AnswerFromCorpus(context_, {.root = body_.corpus_root,
                                              .text = body_.chat.messages.back().content,
                                              .reading = std::move(reading)});
    if (!answer) return channel_.Fail(ChatError(answer.error()));
    ChatReply reply;
    reply.message.role = Role::kAssistant;
    reply.message.content = answer->text;
    checked_ = Json::EmptyObject();
    checked_.Set("corpus", body_.corpus);
    for (const char* key : {"asked", "refused", "withheld", "citations"})
      checked_.Set(key, *answer->json.Find(key));
    checked_.Set("dropped_citations", answer->json.Find("dropped_citations")->size());
    Deliver(reply, answer->usage);
  }

 private:
  bool Stream(const ParseDelta& delta) {
    std::string text = delta.text;
    switch (delta.kind) {
      case ParseDelta::Kind::kContent:
        text = said_.Next(delta.text);
        return text.empty() || Send("content", std::move(text));
      case ParseDelta::Kind::kThinking:
        said_.FollowsTag();
        return Send("reasoning_content", std::move(text));
      case ParseDelta::Kind::kCallBegin:
      case ParseDelta::Kind::kArguments:
        return Send("tool_calls", Json(Json::Array{CallDelta(delta)}));
      // What was sent cannot be taken back from a stream; the finish reason tells.
      case ParseDelta::Kind::kCallDropped:
        return true;
      case ParseDelta::Kind::kWasThinking:
        said_ = {};
        return true;
    }
    return true;
  }

  bool Send(std::string_view key, Json value) {
    Json delta = form_.NewDelta();
    delta.Set(key, std::move(value));
    return channel_.SendEvent(form_.Piece(std::move(delta)));
  }

  static Json CallDelta(const ParseDelta& delta) {
    const bool begins = delta.kind == ParseDelta::Kind::kCallBegin;
    Json function = Json::EmptyObject(), call = Json::EmptyObject();
    call.Set("index", delta.index);
    if (begins) {
      call.Set("id", delta.id);
      call.Set("type", "function");
      function.Set("name", delta.text);
    }
    function.Set("arguments", begins ? "" : delta.text);
    call.Set("function", std::move(function));
    return call;
  }

  void Deliver(const ChatReply& reply, const Usage& usage) {
    // A cancelled answer has no reader.
    Json finish(reply.finish == ChatFinish::kCancelled ? "stop" : ChatFinishName(reply.finish));
    Json logprobs;
    if (body_.wants_logprobs) logprobs.Set("content", ChatLogprobsJson(reply, body_.top_logprobs));
    Json ours = OursJson(reply);
    if (!body_.stream.stream) {
      Json json = form_.Whole(MessageJson(reply), std::move(finish), std::move(logprobs), usage);
      if (ours.size() > 0) json.Set("fathom", std::move(ours));
      return channel_.Respond(JsonResponse(json));
    }
    const std::string rest = said_.Rest(reply.message.content);
    if (!rest.empty()) Send("content", rest);
    // Log-probabilities of the whole answer come with its last piece.
    Json last = form_.Piece(form_.NewDelta(), std::move(finish), std::move(logprobs));
    if (ours.size() > 0) last.Set("fathom", std::move(ours));
    channel_.SendEvent(last);
    if (body_.stream.include_usage) {
      Json final = form_.Envelope("chat.completion.chunk", Json::EmptyArray());
      final.Set("usage", UsageJson(usage));
      channel_.SendEvent(final);
    }
    channel_.Send("data: [DONE]\n\n");
  }

  // What OpenAI's form has no place for.
  Json OursJson(const ChatReply& reply) {
    Json json = checked_.is_object() ? std::move(checked_) : Json::EmptyObject();
    // A prompt that ends inside of what was kept (asked again) misses nothing.
    if (reply.prefix_miss && !reply.prefix_miss->found.empty())
      json.Set("prefix_miss", reply.prefix_miss->Text());
    if (reply.rejected_calls > 0) json.Set("rejected_calls", reply.rejected_calls);
    if (reply.tools_not_shown.empty()) return json;
    Json names = Json::EmptyArray();
    for (const std::string& name : reply.tools_not_shown) names.Push(name);
    json.Set("tools_not_shown", std::move(names));
    return json;
  }

  Context& context_;
  ChatBody& body_;
  Channel& channel_;
  ChatForm form_;
  SaidContent said_;
  Json checked_;
};

void CreateChatCompletion(Exchange& exchange, Context& context) {
  ChatBody body;
  if (auto error = ReadBody(exchange.request(), context, &body)) return exchange.Fail(*error);
  const bool on_corpus = !body.corpus_root.empty();
  exchange.Run({.client = body.client,
                .tokens = on_corpus
                              ? context.profile.window_tokens()
                              : ChatTokensMax(context, body.chat, exchange.request().body.size()),
                .stream = body.stream.stream,
                .run = [&](Channel& channel) {
                  ChatAnswer answer(context, body, channel);
                  on_corpus ? answer.RunOnCorpus() : answer.Run();
                }});
}

}  // namespace

void AddChatRoutes(Router& router, Context& context) {
  router.Add("POST", "/v1/chat/completions", [&](Exchange& exchange, const PathValues&) {
    CreateChatCompletion(exchange, context);
  });
}

}  // namespace fathom::http
