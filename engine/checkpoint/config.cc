// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/config.h"

#include <algorithm>
#include <cmath>

#include "base/limits.h"

namespace fathom {
namespace {

// A value costs about 120 bytes once parsed, so this many stay under 64 MiB. M1's index has 16,000.
constexpr size_t kCheckpointJsonValuesMax = 400'000;
constexpr int kWidthMax = 1 << 20;
constexpr int kLayersMax = 4'096;
constexpr int kHeadsMax = 4'096;
constexpr int kExpertsMax = 4'096;

// Reads the fields of one config object; the first thing that is wrong stays as the error.
class Fields {
 public:
  Fields(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

  int Int(const char* key, int low, int high) { return static_cast<int>(Int64(key, low, high)); }

  int64_t Int64(const char* key, int64_t low, int64_t high) {
    const Json* value = Required(key);
    if (value == nullptr) return 0;
    if (!value->is_int() || value->as_int() < low || value->as_int() > high) {
      Fail(key, "must be an integer from " + std::to_string(low) + " to " + std::to_string(high),
           *value);
      return 0;
    }
    return value->as_int();
  }

  float Float(const char* key, double low, double high) {
    const Json* value = Required(key);
    if (value == nullptr) return 0;
    if (!value->is_number() || !(value->as_double() >= low && value->as_double() <= high)) {
      Fail(key, "must be a number from " + Json(low).Dump() + " to " + Json(high).Dump(), *value);
      return 0;
    }
    return static_cast<float>(value->as_double());
  }

  // Absent or one of the harmless values; anything else means an architecture this engine does not
  // compute.
  void Refuse(const char* key, std::initializer_list<Json> harmless) {
    const Json* value = object_.Find(key);
    if (value == nullptr || value->is_null()) return;
    if (std::find(harmless.begin(), harmless.end(), *value) != harmless.end()) return;
    Fail(key, "is not supported by this engine", *value);
  }

  // A token id, the first of a list of ids, or null.
  std::optional<int> TokenId(const char* key, int vocabulary) {
    const Json* value = object_.Find(key);
    if (value != nullptr && value->is_array() && value->size() > 0) value = &value->as_array()[0];
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (!value->is_int() || value->as_int() < 0 || value->as_int() >= vocabulary) {
      Fail(key, "must be a token id below " + std::to_string(vocabulary), *value);
      return std::nullopt;
    }
    return static_cast<int>(value->as_int());
  }

  const Json* Required(const char* key) {
    const Json* value = object_.Find(key);
    if (value == nullptr && !error_)
      error_ = Invalid(std::string("field `") + key + "` is missing", place_);
    return value;
  }

  void Fail(const char* key, const std::string& why, const Json& found) {
    if (error_) return;
    std::string text = found.Dump();
    if (text.size() > 80) text = text.substr(0, 80) + "...";
    error_ = Invalid(std::string("field `") + key + "` " + why + ", found " + text, place_);
  }

  const Json& object() const { return object_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Json& object_;
  std::string place_;
  std::optional<Error> error_;
};

void ReadLayerKinds(Fields& fields, M1Config& config) {
  const Json* kinds = fields.Required("attn_type_list");
  if (kinds == nullptr) return;
  if (!kinds->is_array() || kinds->size() != static_cast<size_t>(config.layers)) {
    fields.Fail("attn_type_list",
                "must be a list of num_hidden_layers = " + std::to_string(config.layers) +
                    " zeros (lightning) and ones (softmax)",
                *kinds);
    return;
  }
  for (const Json& kind : kinds->as_array()) {
    if (!kind.is_int() || (kind.as_int() != 0 && kind.as_int() != 1)) {
      fields.Fail("attn_type_list", "may hold only 0 (lightning) and 1 (softmax)", kind);
      return;
    }
    config.is_softmax.push_back(kind.as_int() == 1);
  }
}

void RefuseWhatIsNotComputed(Fields& fields) {
  fields.Refuse("model_type", {"minimax_m1", "minimax_text_01", "MiniMaxM1", "MiniMaxText01"});
  fields.Refuse("hidden_act", {"silu", "swish"});
  fields.Refuse("shared_intermediate_size", {0, Json(Json::Array{Json(0)})});
  fields.Refuse("sliding_window", {});
  fields.Refuse("tie_word_embeddings", {false});
  fields.Refuse("rope_scaling", {});
  fields.Refuse("quantization_config", {});
  fields.Refuse("attention_bias", {false});
  fields.Refuse("mlp_bias", {false});
  fields.Refuse("qkv_bias", {false});
  fields.Refuse("use_qk_norm", {false});
  fields.Refuse("layer_types", {});
  const Json* postnorm = fields.Required("postnorm");
  if (postnorm != nullptr && *postnorm != Json(true)) {
    fields.Fail("postnorm",
                "must be true: a residual without the norm is not supported by this engine",
                *postnorm);
  }
}

}  // namespace

int M1Config::softmax_layers() const {
  return static_cast<int>(std::count(is_softmax.begin(), is_softmax.end(), true));
}

Result<Json> ParseCheckpointJson(std::string_view text, size_t bytes_max,
                                 const std::string& place) {
  const size_t values = static_cast<size_t>(std::count(text.begin(), text.end(), ',')) +
                        static_cast<size_t>(std::count(text.begin(), text.end(), '['));
  if (values > kCheckpointJsonValuesMax) {
    return Invalid("holds about " + std::to_string(values) +
                       " JSON values, more than the limit of " +
                       std::to_string(kCheckpointJsonValuesMax),
                   place);
  }
  auto json = Json::Parse(text, {.bytes_max = bytes_max});
  if (!json) return Invalid(json.error().Text(), place);
  return json;
}

Result<M1Config> ParseHfConfig(std::string_view text, const std::string& place) {
  auto json = ParseCheckpointJson(text, kConfigJsonBytesMax, place);
  if (!json) return json.error();
  if (!json->is_object()) return Invalid("must be a JSON object", place);
  Fields fields(*json, place);
  M1Config config;
  RefuseWhatIsNotComputed(fields);
  config.layers = fields.Int("num_hidden_layers", 1, kLayersMax);
  config.hidden = fields.Int("hidden_size", 1, kWidthMax);
  config.heads = fields.Int("num_attention_heads", 1, kHeadsMax);
  config.kv_heads = fields.Int("num_key_value_heads", 1, kHeadsMax);
  config.head_dim = fields.Int("head_dim", 1, kWidthMax);
  config.rotary_dim = fields.Int("rotary_dim", 0, kWidthMax);
  config.experts = fields.Int("num_local_experts", 1, kExpertsMax);
  config.experts_per_token = fields.Int("num_experts_per_tok", 1, kExpertsMax);
  config.expert_width = fields.Int("intermediate_size", 1, kWidthMax);
  config.vocabulary = fields.Int("vocab_size", 1, static_cast<int>(kVocabularyMax));
  config.context_tokens_max =
      static_cast<size_t>(fields.Int64("max_position_embeddings", 1, int64_t{1} << 40));
  config.rope_theta = fields.Float("rope_theta", 1e-6, 1e12);
  config.rms_eps = fields.Float("rms_norm_eps", 0, 1);
  config.lightning_alpha = fields.Float("layernorm_linear_attention_alpha", -1e6, 1e6);
  config.lightning_beta = fields.Float("layernorm_linear_attention_beta", -1e6, 1e6);
  config.softmax_alpha = fields.Float("layernorm_full_attention_alpha", -1e6, 1e6);
  config.softmax_beta = fields.Float("layernorm_full_attention_beta", -1e6, 1e6);
  config.mlp_alpha = fields.Float("layernorm_mlp_alpha", -1e6, 1e6);
  config.mlp_beta = fields.Float("layernorm_mlp_beta", -1e6, 1e6);
  if (fields.object().Find("lightning_norm_eps") != nullptr) {
    config.lightning_norm_eps = fields.Float("lightning_norm_eps", 0, 1);
  }
  ReadLayerKinds(fields, config);
  config.eos = fields.TokenId("eos_token_id", config.vocabulary);
  config.bos = fields.TokenId("bos_token_id", config.vocabulary);
  if (fields.error()) return *fields.error();
  if (auto status = ValidateConfig(config, place); !status) return status.error();
  return config;
}

Status ValidateConfig(const M1Config& config, const std::string& place) {
  const auto range = [&](const char* what, int64_t value, int64_t high) -> std::string {
    if (value >= 1 && value <= high) return "";
    return std::string(what) + " must be from 1 to " + std::to_string(high) + ", found " +
           std::to_string(value);
  };
  for (const std::string& wrong :
       {range("the number of layers", config.layers, kLayersMax),
        range("the hidden size", config.hidden, kWidthMax),
        range("the number of heads", config.heads, kHeadsMax),
        range("the head size", config.head_dim, kWidthMax),
        range("the number of key-value heads", config.kv_heads, config.heads),
        range("the attention width", int64_t{config.heads} * config.head_dim, kWidthMax),
        range("the number of experts", config.experts, kExpertsMax),
        range("the experts per token", config.experts_per_token, config.experts),
        range("the expert width", config.expert_width, kWidthMax),
        range("the vocabulary", config.vocabulary, static_cast<int64_t>(kVocabularyMax)),
        range("the context length", static_cast<int64_t>(config.context_tokens_max),
              int64_t{1} << 40)}) {
    if (!wrong.empty()) return Invalid(wrong, place);
  }
  if (config.heads % config.kv_heads != 0) {
    return Invalid("the number of heads, " + std::to_string(config.heads) +
                       ", must be a multiple of the key-value heads, " +
                       std::to_string(config.kv_heads),
                   place);
  }
  if (config.rotary_dim < 0 || config.rotary_dim > config.head_dim || config.rotary_dim % 2 != 0) {
    return Invalid(
        "rotary_dim must be even and at most head_dim = " + std::to_string(config.head_dim) +
            ", found " + std::to_string(config.rotary_dim),
        place);
  }
  if (config.is_softmax.size() != static_cast<size_t>(config.layers)) {
    return Invalid("the list of layer kinds has " + std::to_string(config.is_softmax.size()) +
                       " entries for " + std::to_string(config.layers) + " layers",
                   place);
  }
  for (const float value : {config.rope_theta, config.rms_eps, config.lightning_norm_eps,
                            config.lightning_alpha, config.lightning_beta, config.softmax_alpha,
                            config.softmax_beta, config.mlp_alpha, config.mlp_beta}) {
    if (!std::isfinite(value)) return Invalid("a scale is not a finite number", place);
  }
  if (!(config.rope_theta > 0) || config.rms_eps < 0 || config.lightning_norm_eps < 0) {
    return Invalid("rope_theta must be positive and epsilons not negative", place);
  }
  return OkStatus();
}

std::string DescribeNumerics(const M1Config& config) {
  Json sizes = Json::EmptyArray();
  for (const int size : {config.layers, config.hidden, config.heads, config.kv_heads,
                         config.head_dim, config.rotary_dim, config.experts,
                         config.experts_per_token, config.expert_width, config.vocabulary}) {
    sizes.Push(size);
  }
  for (const bool softmax : config.is_softmax) sizes.Push(softmax);
  for (const float scale : {config.rope_theta, config.rms_eps, config.lightning_norm_eps,
                            config.lightning_alpha, config.lightning_beta, config.softmax_alpha,
                            config.softmax_beta, config.mlp_alpha, config.mlp_beta}) {
    sizes.Push(static_cast<double>(scale));
  }
  return sizes.Dump();
}

}  // namespace fathom
