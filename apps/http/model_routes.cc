// SPDX-License-Identifier: Apache-2.0
// /tokenize and /v1/embeddings: what the model's tokens and their embedding rows say without a
// forward pass.
#include <cmath>
#include <cstring>

#include "apps/http/openai_common.h"
#include "base/limits.h"
#include "engine/chat/chat.h"
#include "engine/chat/openai_json.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom::http {
namespace {

constexpr size_t kCachedRowsMax = 65'536;

void Tokenize(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const Json* messages = fields.Get("messages");
  const Json* tools = fields.Get("tools");
  const std::string text = fields.Text("text");
  if ((messages != nullptr) == (fields.Get("text") != nullptr))
    fields.Fail("text", "or 'messages' is needed, one of both");
  fields.RefuseUnknown({"model"});
  if (fields.error()) return exchange.Fail(*fields.error());
  std::vector<Token> tokens;
  if (messages) {
    auto history = MessagesFromOpenAi(*messages);
    if (!history) return exchange.Fail(FromError(history.error()));
    auto definitions = ToolsFromOpenAi(tools ? *tools : Json());
    if (!definitions) return exchange.Fail(FromError(definitions.error()));
    auto rendered = RenderChat(context.tokenizer(), *history, *definitions);
    if (!rendered) return exchange.Fail(FromError(rendered.error()));
    tokens = std::move(*rendered);
  } else {
    tokens = context.tokenizer().Encode(text);
  }
  Json json = Json::EmptyObject(), ids = Json::EmptyArray();
  for (const Token token : tokens) ids.Push(static_cast<int>(token));
  json.Set("tokens", std::move(ids));
  json.Set("count", tokens.size());
  exchange.Send(JsonResponse(json));
}

struct EmbeddingRequest {
  std::vector<std::vector<Token>> inputs;
  size_t tokens = 0;
  bool base64 = false;
};

bool ReadIds(const Json& list, const Context& context, std::vector<Token>* out) {
  for (const Json& id : list.as_array()) {
    if (!id.is_int() || id.as_int() < 0 || id.as_int() >= context.engine.info().vocabulary)
      return false;
    out->push_back(static_cast<Token>(id.as_int()));
  }
  return !out->empty();
}

bool ReadInputs(const Json& input, const Context& context, EmbeddingRequest* out) {
  if (input.is_string()) {
    out->inputs.push_back(context.tokenizer().Encode(input.as_string()));
    return true;
  }
  if (!input.is_array() || input.size() == 0) return false;
  if (input.as_array()[0].is_int()) return ReadIds(input, context, &out->inputs.emplace_back());
  if (input.size() > kHttpEmbeddingInputsMax) return false;
  for (const Json& each : input.as_array()) {
    if (each.is_string()) {
      out->inputs.push_back(context.tokenizer().Encode(each.as_string()));
    } else if (!each.is_array() || !ReadIds(each, context, &out->inputs.emplace_back())) {
      return false;
    }
  }
  return true;
}

// The mean of the rows, of length 1. Equal texts have equal vectors; order of words is not in it.
class Embedder {
 public:
  explicit Embedder(Engine& engine) : engine_(engine) {}

  Result<std::vector<float>> Embed(const std::vector<Token>& tokens) {
    std::vector<double> sum(static_cast<size_t>(engine_.info().hidden));
    for (const Token token : tokens) {
      auto row = Row(token);
      if (!row) return row.error();
      for (size_t i = 0; i < sum.size(); ++i) sum[i] += (**row)[i];
    }
    double square = 0;
    for (const double value : sum) square += value * value;
    const double scale = square > 0 ? 1 / std::sqrt(square) : 0;
    std::vector<float> vector(sum.size());
    for (size_t i = 0; i < sum.size(); ++i) vector[i] = static_cast<float>(sum[i] * scale);
    return vector;
  }

 private:
  Result<const std::vector<float>*> Row(Token token) {
    if (auto known = rows_.find(token); known != rows_.end()) return &known->second;
    auto row = engine_.TokenEmbedding(token);
    if (!row) return row.error();
    if (rows_.size() >= kCachedRowsMax) rows_.clear();
    return &(rows_[token] = std::move(*row));
  }

  Engine& engine_;
  std::map<Token, std::vector<float>> rows_;  // of this request
};

std::string Base64(const std::vector<float>& values) {
  std::string bytes(values.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());  // little-endian, as x86 has it
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0);
    for (size_t j = 0; j < 4; ++j)
      text += i + j <= bytes.size() ? kDigits[group >> (18 - 6 * j) & 63] : '=';
  }
  return text;
}

Json VectorJson(const std::vector<float>& vector, bool base64) {
  if (base64) return Json(Base64(vector));
  Json list = Json::EmptyArray();
  for (const float value : vector) list.Push(static_cast<double>(value));
  return list;
}

void RunEmbeddings(Context& context, const EmbeddingRequest& request, Channel& channel) {
  Embedder embedder(context.engine);
  Json data = Json::EmptyArray();
  for (size_t i = 0; i < request.inputs.size(); ++i) {
    if (channel.cancelled()->load()) return;
    auto vector = embedder.Embed(request.inputs[i]);
    if (!vector) return channel.Fail(FromError(vector.error()));
    Json entry = Json::EmptyObject();
    entry.Set("object", "embedding");
    entry.Set("index", i);
    entry.Set("embedding", VectorJson(*vector, request.base64));
    data.Push(std::move(entry));
  }
  Json json = Json::EmptyObject();
  json.Set("object", "list");
  json.Set("model", context.profile.name);
  json.Set("data", std::move(data));
  json.Set("usage", EmbeddingUsageJson(request.tokens));
  context.metrics.CountGeneration({.operation = "embeddings", .usage = {.prompt = request.tokens}});
  channel.Respond(JsonResponse(json));
}

void CreateEmbeddings(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  std::optional<HttpError> wrong_model;
  CheckModelName(fields, context.profile, &wrong_model);
  if (wrong_model) return exchange.Fail(*wrong_model);
  EmbeddingRequest request;
  const std::string format = fields.Text("encoding_format", "float");
  request.base64 = format == "base64";
  if (format != "float" && format != "base64")
    fields.Fail("encoding_format", "must be float or base64");
  if (fields.Get("dimensions"))
    fields.Int("dimensions", context.engine.info().hidden,
               {.min = context.engine.info().hidden, .max = context.engine.info().hidden});
  const std::string client = ClientOf(exchange.request(), fields);
  const Json* input = fields.Get("input");
  if (!input || !ReadInputs(*input, context, &request)) {
    fields.Fail("input",
                "must be a string, a list of at most 2048 strings, or token ids of this "
                "model's vocabulary");
  }
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  for (const auto& tokens : request.inputs) {
    request.tokens += tokens.size();
    if (tokens.empty()) fields.Fail("input", "must not hold an empty text");
  }
  if (fields.error()) return exchange.Fail(*fields.error());
  exchange.Run({.client = client,
                .run = [&](Channel& channel) { RunEmbeddings(context, request, channel); }});
}

}  // namespace

void AddModelRoutes(Router& router, Context& context) {
  router.Add("POST", "/tokenize",
             [&](Exchange& exchange, const PathValues&) { Tokenize(exchange, context); });
  router.Add("POST", "/v1/embeddings",
             [&](Exchange& exchange, const PathValues&) { CreateEmbeddings(exchange, context); });
}

}  // namespace fathom::http
