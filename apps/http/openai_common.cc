// SPDX-License-Identifier: Apache-2.0
#include "apps/http/openai_common.h"

#include <sys/random.h>

#include <chrono>
#include <limits>

#include "base/limits.h"

namespace fathom::http {
namespace {

uint64_t RandomSeed() {
  uint64_t seed = 0;
  CHECK(getrandom(&seed, sizeof(seed), 0) == static_cast<ssize_t>(sizeof(seed)));
  return seed;
}

}  // namespace

SamplingFields ReadSampling(Fields& fields, const Profile& profile) {
  SamplingFields read;
  SamplingOptions& sampling = read.sampling;
  sampling.temperature =
      fields.Number("temperature", profile.sampling.temperature, {.min = 0, .max = 2});
  sampling.top_p = fields.Number("top_p", profile.sampling.top_p, {.min = 0, .max = 1});
  sampling.top_k =
      static_cast<int>(fields.Int("top_k", profile.sampling.top_k, {.min = 0, .max = 1'000'000}));
  sampling.min_p = fields.Number("min_p", profile.sampling.min_p, {.min = 0, .max = 1});
  constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();
  constexpr int64_t kHighest = std::numeric_limits<int64_t>::max();
  const bool has_seed = fields.Get("seed") != nullptr;
  const int64_t seed = fields.Int("seed", 0, {.min = kLowest, .max = kHighest});
  sampling.seed = has_seed ? static_cast<uint64_t>(seed) : RandomSeed();
  read.stop = fields.Texts("stop", kHttpStopStringsMax);
  for (const char* key : {"max_tokens", "max_completion_tokens", "max_output_tokens"}) {
    const int64_t most =
        fields.Int(key, 0, {.min = 1, .max = static_cast<int64_t>(kContextTokensMax)});
    if (most > 0) read.output_tokens_max = static_cast<size_t>(most);
  }
  return read;
}

StreamFields ReadStream(Fields& fields) {
  StreamFields read{.stream = fields.Flag("stream", false)};
  const Json* options = fields.Get("stream_options");
  if (!options) return read;
  Fields inner(*options, "stream_options");
  read.include_usage = inner.Flag("include_usage", false);
  inner.RefuseUnknown({"include_obfuscation"});
  fields.Adopt(inner);
  return read;
}

void CheckModelName(Fields& fields, const Profile& profile, std::optional<HttpError>* error) {
  const std::string name = fields.Text("model");
  if (name.empty()) fields.Fail("model", "is needed; /v1/models lists what runs here");
  if (fields.error() || name == profile.name) return;
  *error = HttpError{.status = 404,
                     .message = "this server runs the model '" + profile.name + "', not '" +
                                name.substr(0, 64) + "'",
                     .param = "model",
                     .code = "model_not_found"};
}

void RefuseUnsupported(Fields& fields) {
  fields.Int("n", 1, {.min = 1, .max = 1});
  fields.Number("frequency_penalty", 0, {.min = 0, .max = 0});
  fields.Number("presence_penalty", 0, {.min = 0, .max = 0});
  const Json* bias = fields.Get("logit_bias");
  if (bias && !(bias->is_object() && bias->size() == 0))
    fields.Fail("logit_bias", "is not supported");
}

std::string ClientOf(const Request& request, Fields& fields) {
  std::string user = fields.Text("user");
  if (user.empty()) user = fields.Text("safety_identifier");
  return request.peer + " " + user.substr(0, 256);
}

int64_t UnixNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Json UsageJson(const Usage& usage) {
  Json json = Json::EmptyObject(), prompt = Json::EmptyObject(), completion = Json::EmptyObject();
  json.Set("prompt_tokens", usage.prompt);
  json.Set("completion_tokens", usage.output);
  json.Set("total_tokens", usage.prompt + usage.output);
  prompt.Set("cached_tokens", usage.cached);
  completion.Set("reasoning_tokens", usage.thinking);
  json.Set("prompt_tokens_details", std::move(prompt));
  json.Set("completion_tokens_details", std::move(completion));
  return json;
}

Json ResponseUsageJson(const Usage& usage) {
  return Json(Json::Object{
      {"input_tokens", usage.prompt},
      {"input_tokens_details", Json(Json::Object{{"cached_tokens", usage.cached}})},
      {"output_tokens", usage.output},
      {"output_tokens_details", Json(Json::Object{{"reasoning_tokens", usage.thinking}})},
      {"total_tokens", usage.prompt + usage.output}});
}

Json EmbeddingUsageJson(size_t tokens) {
  return Json(Json::Object{{"prompt_tokens", tokens}, {"total_tokens", tokens}});
}

Json LogprobJson(std::string_view token, double logprob) {
  Json json = Json::EmptyObject(), bytes = Json::EmptyArray();
  for (const char c : token) bytes.Push(static_cast<int>(static_cast<unsigned char>(c)));
  json.Set("token", token);
  json.Set("logprob", logprob);
  json.Set("bytes", std::move(bytes));
  return json;
}

std::optional<HttpError> CheckPromptFits(const Context& context, size_t prompt_tokens) {
  const size_t most = context.context_tokens_max();
  if (prompt_tokens < most) return std::nullopt;
  return HttpError{.message = "the prompt has " + std::to_string(prompt_tokens) +
                              " tokens; prompt and answer together may have " +
                              std::to_string(most),
                   .code = "context_length_exceeded"};
}

}  // namespace fathom::http
