// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/gguf_model.h"

#include <cmath>

namespace fathom {
namespace {

constexpr std::string_view kArchitecture = "minimax-01";
constexpr std::string_view kPrefix = "minimax-01.";
constexpr int64_t kFullAttentionIntervalDefault = 8;

// Reads keys of one file; the first that is missing or wrong stays as the error.
class Keys {
 public:
  Keys(const GgufFile& file, std::string place) : file_(file), place_(std::move(place)) {}

  const GgufValue* Find(std::string_view key) const {
    return file_.Find(std::string(kPrefix) + std::string(key));
  }

  int Int(std::string_view key) { return static_cast<int>(Int64(key, INT32_MAX)); }

  int64_t Int64(std::string_view key, int64_t high) {
    const GgufValue* value = Required(key);
    if (value == nullptr) return 0;
    const auto number = value->Int();
    if (!number || *number < 0 || *number > high) {
      Fail(key, "must be an integer from 0 to " + std::to_string(high));
      return 0;
    }
    return *number;
  }

  float Float(std::string_view key) {
    const GgufValue* value = Required(key);
    if (value == nullptr) return 0;
    const auto number = value->Float();
    if (!number || !std::isfinite(static_cast<float>(*number))) {
      Fail(key, "must be a finite f32 or f64");
      return 0;
    }
    return static_cast<float>(*number);
  }

  // Keys of other architectures that would change the arithmetic: absent, or the value that changes
  // nothing.
  void Refuse(std::string_view key, int64_t harmless) {
    const GgufValue* value = Find(key);
    if (value == nullptr || value->Int() == harmless) return;
    if (value->Bool() && *value->Bool() == (harmless != 0)) return;
    Fail(key, "is not supported by this engine (only " + std::to_string(harmless) + " is)");
  }

  void Fail(std::string_view key, const std::string& why) {
    if (!error_)
      error_ = Invalid("key `" + std::string(kPrefix) + std::string(key) + "` " + why, place_);
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  const GgufValue* Required(std::string_view key) {
    const GgufValue* value = Find(key);
    if (value == nullptr) Fail(key, "is missing");
    return value;
  }

  const GgufFile& file_;
  std::string place_;
  std::optional<Error> error_;
};

Status CheckArchitecture(const GgufFile& file, const std::string& place) {
  const GgufValue* value = file.Find("general.architecture");
  const auto name = value ? value->String() : std::nullopt;
  if (!name) return Invalid("key `general.architecture` is missing or no string", place);
  if (*name != kArchitecture) {
    return Invalid("general.architecture is `" + std::string(name->substr(0, 80)) +
                       "`, supported is `" + std::string(kArchitecture) + "`",
                   place);
  }
  const GgufValue* split = file.Find("split.count");
  if (split != nullptr && split->Int() != 0 && split->Int() != 1) {
    return Invalid("key `split.count`: files split into several are not supported", place);
  }
  return OkStatus();
}

void ReadLayerKinds(Keys& keys, M1Config& config) {
  const size_t layers = static_cast<size_t>(config.layers);
  if (layers > 4'096) return;  // ValidateConfig says so
  if (const GgufValue* list = keys.Find("attention.recurrent_layers")) {
    const auto flags = list->Ints();
    if (!flags || flags->size() != layers) {
      keys.Fail("attention.recurrent_layers",
                "must be an array of block_count = " + std::to_string(layers) + " bools");
      return;
    }
    for (const int64_t flag : *flags) {
      if (flag != 0 && flag != 1)
        return keys.Fail("attention.recurrent_layers", "may hold only 0 and 1");
      config.is_softmax.push_back(flag == 0);
    }
    return;
  }
  int64_t interval = kFullAttentionIntervalDefault;
  if (keys.Find("full_attention_interval") != nullptr)
    interval = keys.Int64("full_attention_interval", INT32_MAX);
  if (interval == 0) return keys.Fail("full_attention_interval", "must be at least 1");
  for (size_t i = 0; i < layers; ++i) {
    config.is_softmax.push_back((i + 1) % static_cast<size_t>(interval) == 0);
  }
}

// A token id that may be absent, but not wrong.
Status ReadTokenKey(const GgufFile& file, std::string_view key, int vocabulary,
                    const std::string& place, std::optional<int>& token) {
  const GgufValue* value = file.Find(key);
  if (value == nullptr) return OkStatus();
  const auto id = value->Int();
  if (!id || *id < 0 || *id >= vocabulary) {
    return Invalid("key `" + std::string(key) + "` must be a token id below " +
                       std::to_string(vocabulary) +
                       (id ? ", found " + std::to_string(*id) : ", found no integer"),
                   place);
  }
  token = static_cast<int>(*id);
  return OkStatus();
}

}  // namespace

Result<M1Config> ConfigFromGguf(const GgufFile& file, const std::string& place) {
  if (auto status = CheckArchitecture(file, place); !status) return status.error();
  Keys keys(file, place);
  M1Config config;
  if (const GgufValue* name = file.Find("general.name"); name != nullptr && name->String()) {
    config.name = std::string(name->String()->substr(0, 256));
  }
  config.layers = keys.Int("block_count");
  config.context_tokens_max = static_cast<size_t>(keys.Int64("context_length", int64_t{1} << 40));
  config.hidden = keys.Int("embedding_length");
  config.expert_width = keys.Int("feed_forward_length");
  config.heads = keys.Int("attention.head_count");
  config.kv_heads = keys.Int("attention.head_count_kv");
  config.head_dim = keys.Int("attention.key_length");
  if (keys.Int("attention.value_length") != config.head_dim) {
    keys.Fail("attention.value_length", "must equal attention.key_length");
  }
  config.rms_eps = keys.Float("attention.layer_norm_rms_epsilon");
  config.rope_theta = keys.Float("rope.freq_base");
  config.rotary_dim = keys.Int("rope.dimension_count");
  config.experts = keys.Int("expert_count");
  config.experts_per_token = keys.Int("expert_used_count");
  config.lightning_alpha = config.softmax_alpha = config.mlp_alpha = keys.Float("residual_scale");
  config.lightning_beta = config.softmax_beta = config.mlp_beta = 1;
  ReadLayerKinds(keys, config);
  for (const char* key :
       {"expert_shared_count", "expert_shared_feed_forward_length", "attention.sliding_window",
        "leading_dense_block_count", "nextn_predict_layers"}) {
    keys.Refuse(key, 0);
  }
  keys.Refuse("expert_gating_func", 1);  // softmax
  keys.Refuse("expert_weights_norm", 1);
  if (const GgufValue* scaling = keys.Find("rope.scaling.type");
      scaling != nullptr && scaling->String() != "none") {
    keys.Fail("rope.scaling.type", "is not supported by this engine (only none is)");
  }
  for (const StoredTensor& tensor : file.tensors) {
    if (tensor.name == "token_embd.weight" && tensor.shape.size() == 2 &&
        tensor.shape[0] <= INT32_MAX) {
      config.vocabulary = static_cast<int>(tensor.shape[0]);
    }
  }
  if (const GgufValue* eps = file.Find("fathom.lightning_norm_eps")) {
    config.lightning_norm_eps = static_cast<float>(eps->Float().value_or(-1));
  }
  if (keys.error()) return *keys.error();
  if (config.vocabulary == 0) {
    return Invalid("tensor `token_embd.weight` is missing or no matrix of tokens", place);
  }
  for (auto [key, token] : {std::pair{"tokenizer.ggml.eos_token_id", &config.eos},
                            std::pair{"tokenizer.ggml.bos_token_id", &config.bos}}) {
    auto status = ReadTokenKey(file, key, config.vocabulary, place, *token);
    if (!status) return status.error();
  }
  if (auto status = ValidateConfig(config, place); !status) return status.error();
  return config;
}

Status DescribeConfig(const M1Config& c, const std::string& place, GgufMetadata& metadata) {
  if (c.lightning_alpha != c.mlp_alpha || c.softmax_alpha != c.mlp_alpha) {
    return Invalid("the three alphas differ, GGUF has one residual_scale for all", place);
  }
  if (c.lightning_beta != 1 || c.softmax_beta != 1 || c.mlp_beta != 1) {
    return Invalid("a beta is not 1, GGUF has no key for it", place);
  }
  const auto key = [](std::string_view name) { return std::string(kPrefix) + std::string(name); };
  const auto number = [](auto value) { return static_cast<uint32_t>(value); };
  if (c.context_tokens_max > UINT32_MAX)
    return Invalid("the context length does not fit GGUF's key", place);
  metadata.Add("general.architecture", kArchitecture);
  metadata.Add("general.name", std::string_view(c.name.empty() ? "m1" : c.name));
  metadata.Add("general.alignment", number(kGgufAlignment));
  metadata.Add(key("block_count"), number(c.layers));
  metadata.Add(key("context_length"), number(c.context_tokens_max));
  metadata.Add(key("embedding_length"), number(c.hidden));
  metadata.Add(key("feed_forward_length"), number(c.expert_width));
  metadata.Add(key("attention.head_count"), number(c.heads));
  metadata.Add(key("attention.head_count_kv"), number(c.kv_heads));
  metadata.Add(key("attention.key_length"), number(c.head_dim));
  metadata.Add(key("attention.value_length"), number(c.head_dim));
  metadata.Add(key("attention.layer_norm_rms_epsilon"), c.rms_eps);
  metadata.Add(key("rope.freq_base"), c.rope_theta);
  metadata.Add(key("rope.dimension_count"), number(c.rotary_dim));
  metadata.Add(key("expert_count"), number(c.experts));
  metadata.Add(key("expert_used_count"), number(c.experts_per_token));
  metadata.Add(key("residual_scale"), c.mlp_alpha);
  metadata.Add(key("vocab_size"), number(c.vocabulary));
  std::vector<bool> recurrent;
  for (const bool softmax : c.is_softmax) recurrent.push_back(!softmax);
  metadata.Add(key("attention.recurrent_layers"), recurrent);
  metadata.Add("fathom.lightning_norm_eps", c.lightning_norm_eps);
  return OkStatus();
}

void GgufMetadata::Key(std::string_view key, GgufType type) {
  const uint64_t size = key.size();
  const auto number = static_cast<uint32_t>(type);
  bytes_.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(key);
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
  ++count_;
}

void GgufMetadata::Array(std::string_view key, GgufType type, size_t count) {
  Key(key, GgufType::kArray);
  const auto number = static_cast<uint32_t>(type);
  const uint64_t elements = count;
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
  bytes_.append(reinterpret_cast<const char*>(&elements), sizeof(elements));
}

void GgufMetadata::Add(std::string_view key, std::string_view text) {
  Key(key, GgufType::kString);
  const uint64_t size = text.size();
  bytes_.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(text);
}

void GgufMetadata::Add(std::string_view key, uint32_t number) {
  Key(key, GgufType::kUint32);
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void GgufMetadata::Add(std::string_view key, float number) {
  Key(key, GgufType::kFloat32);
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void GgufMetadata::Add(std::string_view key, bool flag) {
  Key(key, GgufType::kBool);
  bytes_.push_back(flag ? 1 : 0);
}

void GgufMetadata::Add(std::string_view key, const std::vector<std::string>& texts) {
  Array(key, GgufType::kString, texts.size());
  for (const std::string& text : texts) {
    const uint64_t size = text.size();
    bytes_.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(text);
  }
}

void GgufMetadata::Add(std::string_view key, const std::vector<int32_t>& numbers) {
  Array(key, GgufType::kInt32, numbers.size());
  bytes_.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(int32_t));
}

void GgufMetadata::Add(std::string_view key, const std::vector<bool>& flags) {
  Array(key, GgufType::kBool, flags.size());
  for (const bool flag : flags) bytes_.push_back(flag ? 1 : 0);
}

}  // namespace fathom
