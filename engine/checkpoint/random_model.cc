// SPDX-License-Identifier: Apache-2.0
// A model of any shape with random weights, for what depends on the shape alone: speed.
#include <algorithm>
#include <random>

#include "base/limits.h"
#include "engine/checkpoint/checkpoint.h"

namespace fathom {
namespace {

constexpr float kSpread = 0.02f;  // 1 / sqrt(hidden) at a few thousand: activations keep their size

// Tensors whose bytes are stretches of one pool of bf16 values: a model of many gigabytes needs no
// more than its largest tensor.
class Pool {
 public:
  Pool(uint64_t largest, uint64_t longest_norm)
      : values_(largest + kStretch), ones_(longest_norm, FloatToBf16(1)) {
    std::mt19937_64 random(1);
    std::normal_distribution<float> normal(0, kSpread);
    for (uint16_t& value : values_) value = FloatToBf16(normal(random));
  }

  StoredTensor Matrix(std::vector<uint64_t> shape) {
    uint64_t count = 1;
    for (const uint64_t size : shape) count *= size;
    begin_ = (begin_ + 7'919) % kStretch;  // a prime: no two tensors begin alike for long
    return Make(std::move(shape), values_.data() + begin_, count);
  }
  StoredTensor Ones(uint64_t count) const { return Make({count}, ones_.data(), count); }

 private:
  static constexpr uint64_t kStretch = 1 << 20;

  static StoredTensor Make(std::vector<uint64_t> shape, const uint16_t* values, uint64_t count) {
    return {"random",
            DType::kBF16,
            std::move(shape),
            {reinterpret_cast<const uint8_t*>(values), count * sizeof(uint16_t)}};
  }

  std::vector<uint16_t> values_, ones_;
  uint64_t begin_ = 0;
};

LayerWeights RandomLayer(Pool& pool, const M1Config& c, bool softmax) {
  const auto u = [](int value) { return static_cast<uint64_t>(value); };
  const uint64_t hidden = u(c.hidden), width = u(c.attention_width()), kv = u(c.kv_width());
  LayerWeights w;
  w.attention_input_norm = pool.Ones(hidden);
  w.mlp_input_norm = pool.Ones(hidden);
  if (softmax) {
    w.q = pool.Matrix({width, hidden});
    w.k = pool.Matrix({kv, hidden});
    w.v = pool.Matrix({kv, hidden});
  } else {
    w.qkv = pool.Matrix({3 * width, hidden});
    w.output_gate = pool.Matrix({width, hidden});
    w.output_norm = pool.Ones(width);
  }
  w.out = pool.Matrix({hidden, width});
  w.router = pool.Matrix({u(c.experts), hidden});
  for (int e = 0; e < c.experts; ++e) {
    w.w1.push_back(pool.Matrix({u(c.expert_width), hidden}));
    w.w2.push_back(pool.Matrix({hidden, u(c.expert_width)}));
    w.w3.push_back(pool.Matrix({u(c.expert_width), hidden}));
  }
  return w;
}

}  // namespace

Result<size_t> WriteRandomModel(const std::string& config_path, const std::string& tokenizer_path,
                                const std::string& target, DType type, int threads) {
  auto text = FileBytes::Load(config_path, kConfigJsonBytesMax);
  if (!text) return text.error();
  auto config = ParseHfConfig(text->text(), config_path);
  if (!config) return config.error();
  std::optional<TokenizerParts> parts;
  if (!tokenizer_path.empty()) {
    auto tokenizer = Tokenizer::Load(tokenizer_path);
    if (!tokenizer) return tokenizer.error();
    parts = (*tokenizer)->parts();
  }
  Checkpoint checkpoint;
  checkpoint.config = std::move(*config);
  const M1Config& c = checkpoint.config;
  const auto hidden = static_cast<uint64_t>(c.hidden), rows = static_cast<uint64_t>(c.vocabulary);
  const auto width = static_cast<uint64_t>(c.attention_width());
  Pool pool(hidden * std::max({rows, 3 * width, static_cast<uint64_t>(c.expert_width)}),
            std::max(hidden, width));
  Weights& weights = checkpoint.weights;
  weights.embedding = pool.Matrix({rows, hidden});
  for (const bool softmax : c.is_softmax) weights.layers.push_back(RandomLayer(pool, c, softmax));
  weights.norm = pool.Ones(hidden);
  weights.head = pool.Matrix({rows, hidden});
  return WriteGguf(checkpoint, parts, target, type, config_path, nullptr, threads);
}

}  // namespace fathom
