// SPDX-License-Identifier: Apache-2.0
// /v1/completions: a text or token ids, continued as they are. No chat format is put around them.
#include <chrono>

#include "apps/http/openai_common.h"
#include "base/limits.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom::http {
namespace {

struct CompletionRequest {
  std::string text;
  std::vector<Token> ids;
  bool has_ids = false;
  GenerateOptions options;
  bool wants_logprobs = false;
  StreamFields stream;
  std::string client;
};

void ReadPrompt(Fields& fields, CompletionRequest* out) {
  const Json* prompt = fields.Get("prompt");
  if (prompt && prompt->is_string()) {
    out->text = prompt->as_string();
    if (out->text.empty()) fields.Fail("prompt", "must not be empty");
    return;
  }
  const bool is_list = prompt && prompt->is_array() && prompt->size() > 0;
  if (is_list) {
    for (const Json& id : prompt->as_array()) {
      if (!id.is_int() || id.as_int() < 0 || id.as_int() > std::numeric_limits<Token>::max()) break;
      out->ids.push_back(static_cast<Token>(id.as_int()));
    }
  }
  out->has_ids = true;
  if (!is_list || out->ids.size() != prompt->size())
    fields.Fail("prompt", "must be one string or one list of token ids");
}

std::optional<HttpError> ReadRequest(const Request& request, const Context& context,
                                     CompletionRequest* out) {
  Json body;
  if (auto error = ParseBody(request.body, &body)) return error;
  Fields fields(body);
  std::optional<HttpError> wrong_model;
  CheckModelName(fields, context.profile, &wrong_model);
  if (wrong_model) return wrong_model;
  ReadPrompt(fields, out);
  const SamplingFields sampling = ReadSampling(fields, context.profile);
  out->options.sampling = sampling.sampling;
  out->options.stop = sampling.stop;
  out->options.output_tokens_max =
      sampling.output_tokens_max.value_or(context.profile.output_tokens_max);
  out->wants_logprobs = fields.Get("logprobs") != nullptr;
  out->options.sampling.top_logprobs =
      static_cast<int>(fields.Int("logprobs", 0, {.min = 0, .max = 20}));
  out->stream = ReadStream(fields);
  out->client = ClientOf(request, fields);
  if (fields.Flag("echo", false)) fields.Fail("echo", "is not supported");
  fields.Int("best_of", 1, {.min = 1, .max = 1});
  if (!fields.Text("suffix").empty()) fields.Fail("suffix", "is not supported");
  RefuseUnsupported(fields);
  fields.RefuseUnknown({"metadata", "store"});
  return fields.error();
}

Json LogprobsJson(const Generated& generated, const Tokenizer& tokenizer) {
  Json tokens = Json::EmptyArray(), values = Json::EmptyArray(), tops = Json::EmptyArray();
  Json offsets = Json::EmptyArray();
  size_t offset = 0;
  for (size_t i = 0; i < generated.logprobs.size(); ++i) {
    const TokenLogprob& chosen = generated.logprobs[i];
    const std::string text = tokenizer.Decode({&chosen.token, 1});
    tokens.Push(text);
    values.Push(static_cast<double>(chosen.logprob));
    offsets.Push(offset);
    offset += text.size();
    if (generated.top_logprobs.empty()) continue;
    Json top = Json::EmptyObject();
    for (const TokenLogprob& other : generated.top_logprobs[i])
      top.Set(tokenizer.Decode({&other.token, 1}), static_cast<double>(other.logprob));
    tops.Push(std::move(top));
  }
  Json json = Json::EmptyObject();
  json.Set("tokens", std::move(tokens));
  json.Set("token_logprobs", std::move(values));
  json.Set("top_logprobs", generated.top_logprobs.empty() ? Json() : std::move(tops));
  json.Set("text_offset", std::move(offsets));
  return json;
}

std::string_view FinishName(FinishReason reason) {
  return reason == FinishReason::kLength ? "length" : "stop";
}

// One answer, on a worker.
class Completion {
 public:
  Completion(Context& context, CompletionRequest& request, Channel& channel)
      : context_(context), request_(request), channel_(channel) {}

  void Run() {
    const auto start = std::chrono::steady_clock::now();
    std::vector<Token> prompt =
        request_.has_ids ? std::move(request_.ids) : context_.tokenizer().Encode(request_.text);
    if (auto error = CheckPromptFits(context_, prompt.size())) return channel_.Fail(*error);
    const CallControl control = channel_.control();
    Usage usage{.prompt = prompt.size()};
    auto session = Read(prompt, control, usage);
    if (!session) return channel_.Fail(FromError(session.error()));
    double first_token_seconds = 0;
    const auto seconds = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    auto generated = session->Generate(
        request_.options,
        [&](const TextDelta& delta) {
          if (first_token_seconds == 0) first_token_seconds = seconds();
          return !request_.stream.stream || channel_.SendEvent(Piece(delta.text, Json()));
        },
        control);
    if (!generated) return channel_.Fail(FromError(generated.error()));
    if (auto status = Keep(*session); !status) return channel_.Fail(FromError(status.error()));
    usage.output = generated->tokens.size();
    usage.seconds = seconds();
    usage.first_token_seconds = first_token_seconds;
    context_.metrics.CountGeneration({.operation = "text_completion", .usage = usage});
    Deliver(*generated, usage);
  }

 private:
  // The session that has read the prompt, from the longest state kept of this client. Where the
  // prompt leaves an earlier one a state is kept too: a third with the same beginning starts there.
  Result<Session> Read(std::span<const Token> prompt, const CallControl& control, Usage& usage) {
    auto found = context_.completion_states.Find(request_.client, prompt);
    if (!found) return found.error();
    auto session =
        found->session
            ? Result<Session>(std::move(*found->session))
            : context_.engine.NewSession({.context_tokens_max = context_.context_tokens_max()});
    if (!session) return session;
    usage.cached = session->position();
    for (const size_t end : {found->miss ? found->miss->position : 0, prompt.size()}) {
      if (end <= session->position()) continue;
      const auto more = prompt.subspan(session->position(), end - session->position());
      if (auto status = session->Append(more, control); !status) return status.error();
      if (auto status = Keep(*session); !status) return status.error();
    }
    return session;
  }

  Status Keep(const Session& session) {
    auto fork = session.Fork();
    // Where there is no room the reply is made all the same.
    if (!fork) return fork.error().code == Code::kLimit ? OkStatus() : Status(fork.error());
    context_.completion_states.Keep({request_.client, request_.client}, std::move(*fork));
    return OkStatus();
  }

  Json Piece(std::string_view text, Json finish, const Generated* with_logprobs = nullptr) const {
    Json choice = Json::EmptyObject();
    choice.Set("index", 0);
    choice.Set("text", text);
    choice.Set("logprobs",
               with_logprobs ? LogprobsJson(*with_logprobs, context_.tokenizer()) : Json());
    choice.Set("finish_reason", std::move(finish));
    Json json = Json::EmptyObject();
    json.Set("id", id_);
    json.Set("object", "text_completion");
    json.Set("created", created_);
    json.Set("model", context_.profile.name);
    json.Set("choices", Json(Json::Array{std::move(choice)}));
    return json;
  }

  void Deliver(const Generated& generated, const Usage& usage) {
    const Generated* logprobs = request_.wants_logprobs ? &generated : nullptr;
    const Json finish(FinishName(generated.finish));
    if (!request_.stream.stream) {
      Json json = Piece(generated.text, finish, logprobs);
      json.Set("usage", UsageJson(usage));
      return channel_.Respond(JsonResponse(json));
    }
    channel_.SendEvent(Piece("", finish, logprobs));
    if (request_.stream.include_usage) {
      Json last = Piece("", Json());
      last.Set("choices", Json::EmptyArray());
      last.Set("usage", UsageJson(usage));
      channel_.SendEvent(last);
    }
    channel_.Send("data: [DONE]\n\n");
  }

  Context& context_;
  CompletionRequest& request_;
  Channel& channel_;
  const std::string id_ = "cmpl-" + RandomId();
  const int64_t created_ = UnixNow();
};

void CreateCompletion(Exchange& exchange, Context& context) {
  CompletionRequest request;
  if (auto error = ReadRequest(exchange.request(), context, &request)) return exchange.Fail(*error);
  const size_t prompt_most = request.has_ids ? request.ids.size() : request.text.size();
  exchange.Run({.client = request.client,
                .tokens = std::min(context.context_tokens_max(),
                                   prompt_most + request.options.output_tokens_max),
                .stream = request.stream.stream,
                .run = [&](Channel& channel) { Completion(context, request, channel).Run(); }});
}

}  // namespace

void AddCompletionRoutes(Router& router, Context& context) {
  router.Add("POST", "/v1/completions",
             [&](Exchange& exchange, const PathValues&) { CreateCompletion(exchange, context); });
}

}  // namespace fathom::http
