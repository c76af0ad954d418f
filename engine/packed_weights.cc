// SPDX-License-Identifier: Apache-2.0
#include "engine/packed_weights.h"

#include <algorithm>

#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

// Packs tensors; the first that cannot be packed stays as the error.
class Packer {
 public:
  Packer(const Backend& backend, bool widen) : backend_(backend), widen_(widen) {}

  PackedMatrix Matrix(const StoredTensor& tensor) {
    std::vector<float> wide;
    auto packed = PackedMatrix::Make(View(tensor, wide), &backend_);
    if (packed) return std::move(*packed);
    Fail(tensor, packed.error());
    return {};
  }

  PackedExpert Expert(const StoredTensor& w1, const StoredTensor& w3, const StoredTensor& w2,
                      bool on_host) {
    std::vector<float> wide[3];
    auto packed = PackedExpert::Make(View(w1, wide[0]), View(w3, wide[1]), View(w2, wide[2]),
                                     &backend_, on_host);
    if (packed) return std::move(*packed);
    Fail(w1, packed.error());
    return {};
  }

  Buffer Floats(const StoredTensor& tensor) {
    const std::vector<float> values = ToFloats(tensor);
    return Bytes(tensor, values.data(), values.size() * sizeof(float));
  }

  Buffer Bytes(const StoredTensor& tensor, const void* bytes, size_t count) {
    auto buffer = Buffer::MakeFrom(backend_.memory(), bytes, count);
    if (buffer) return std::move(*buffer);
    Fail(tensor, buffer.error());
    return {};
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  // `wide` holds the values while the view is used, if they had to be widened.
  MatrixView View(const StoredTensor& tensor, std::vector<float>& wide) const {
    const size_t out = tensor.rows(), in = tensor.columns();
    if (!widen_ || tensor.type != DType::kBF16)
      return {tensor.type, std::as_bytes(tensor.bytes), out, in};
    wide = ToFloats(tensor);
    return {DType::kF32, std::as_bytes(std::span(wide)), out, in};
  }

  void Fail(const StoredTensor& tensor, const Error& error) {
    if (!error_) error_ = Error{error.code, error.message, "tensor `" + tensor.name + "`"};
  }

  const Backend& backend_;
  bool widen_;
  std::optional<Error> error_;
};

// Of a layer's experts: as stored, and what a call with many rows needs beside them.
size_t ExpertBytes(const LayerWeights& layer) {
  size_t bytes = 0;
  for (const auto* tensors : {&layer.w1, &layer.w3, &layer.w2}) {
    for (const StoredTensor& tensor : *tensors) bytes += tensor.bytes.size();
  }
  return bytes;
}
size_t RoundedExpertBytes(const LayerWeights& layer) {
  size_t weights = 0;
  for (const auto* tensors : {&layer.w1, &layer.w3, &layer.w2}) {
    for (const StoredTensor& tensor : *tensors) weights += tensor.rows() * tensor.columns();
  }
  return weights * sizeof(uint16_t);
}

bool AreBlocks(const LayerWeights& layer) {
  if (layer.w1.empty() || !BlocksOnDevice(layer.w1[0].type)) return false;
  for (const auto* tensors : {&layer.w1, &layer.w3, &layer.w2}) {
    for (const StoredTensor& tensor : *tensors) {
      if (tensor.type != layer.w1[0].type) return false;
    }
  }
  return true;
}

// Says of each layer in turn, once all else is packed, where its experts go.
class ExpertPlaces {
 public:
  ExpertPlaces(const Weights& stored, const Backend& backend, std::optional<size_t> bytes_max) {
    if (!backend.on_device()) return;
    size_t staged = 0, rounded = 0;
    for (const LayerWeights& layer : stored.layers) {
      if (!AreBlocks(layer)) continue;
      staged = std::max(staged, 2 * ExpertBytes(layer));
      rounded = std::max(rounded, RoundedExpertBytes(layer));
    }
    const size_t taken = staged + rounded + kActivationBytes,
                 available = backend.memory().Available();
    left_ = std::min(bytes_max.value_or(SIZE_MAX), available > taken ? available - taken : 0);
  }
  bool OnHost(const LayerWeights& layer) {
    if (!AreBlocks(layer)) return false;
    const size_t bytes = ExpertBytes(layer);
    if (bytes > left_) {
      left_ = 0;  // the layers after it go the same way
      return true;
    }
    left_ -= bytes;
    return false;
  }

 private:
  static constexpr size_t kActivationBytes = size_t{16} << 30;  // and sessions
  size_t left_ = SIZE_MAX;
};

PackedLayer PackLayer(Packer& packer, const LayerWeights& stored, const M1Config& config,
                      int index) {
  PackedLayer layer;
  layer.is_softmax = config.is_softmax[static_cast<size_t>(index)];
  layer.attention_input_norm = packer.Floats(stored.attention_input_norm);
  layer.mlp_input_norm = packer.Floats(stored.mlp_input_norm);
  if (layer.is_softmax) {
    layer.q = packer.Matrix(stored.q);
    layer.k = packer.Matrix(stored.k);
    layer.v = packer.Matrix(stored.v);
  } else {
    layer.qkv = packer.Matrix(stored.qkv);
    layer.output_gate = packer.Matrix(stored.output_gate);
    layer.output_norm = packer.Floats(stored.output_norm);
    for (int head = 0; head < config.heads; ++head) {
      layer.slopes.push_back(static_cast<float>(
          LightningSlope(static_cast<size_t>(head), static_cast<size_t>(config.heads),
                         static_cast<size_t>(index), static_cast<size_t>(config.layers))));
    }
  }
  layer.out = packer.Matrix(stored.out);
  layer.router = packer.Floats(stored.router);
  return layer;
}

// The kind every matrix of a call must share; experts of one layer of different types are refused
// by the operator.
bool AllMatricesF32(const PackedWeights& weights) {
  const auto f32 = [](const PackedMatrix& matrix) {
    return matrix.out() == 0 || matrix.kind() == DType::kF32;
  };
  return f32(weights.head) &&
         std::all_of(weights.layers.begin(), weights.layers.end(), [&](const PackedLayer& l) {
           return f32(l.qkv) && f32(l.output_gate) && f32(l.q) && f32(l.k) && f32(l.v) &&
                  f32(l.out);
         });
}

}  // namespace

Result<PackedWeights> PackWeights(const Checkpoint& checkpoint, const Backend& backend,
                                  std::optional<size_t> device_expert_bytes_max) {
  const M1Config& config = checkpoint.config;
  const Weights& stored = checkpoint.weights;
  Packer packer(backend, checkpoint.parameters <= kWidenBytesMax / sizeof(float));
  PackedWeights weights;
  // Rows are read one at a time; a device reads those of the small types widened.
  const bool widen_rows = backend.on_device() && IsSmall(stored.embedding.type);
  weights.embedding_type = widen_rows ? DType::kF32 : stored.embedding.type;
  weights.embedding = widen_rows ? packer.Floats(stored.embedding)
                                 : packer.Bytes(stored.embedding, stored.embedding.bytes.data(),
                                                stored.embedding.bytes.size());
  size_t kinds[2] = {};
  for (int i = 0; i < config.layers; ++i) {
    weights.layers.push_back(PackLayer(packer, stored.layers[static_cast<size_t>(i)], config, i));
    weights.layers.back().kind_index = kinds[weights.layers.back().is_softmax]++;
  }
  weights.norm = packer.Floats(stored.norm);
  weights.head = packer.Matrix(stored.head);
  ExpertPlaces places(stored, backend, device_expert_bytes_max);
  for (size_t i = 0; i < stored.layers.size(); ++i) {
    const LayerWeights& layer = stored.layers[i];
    const bool on_host = backend.on_device() && places.OnHost(layer);
    for (size_t e = 0; e < layer.w1.size(); ++e) {
      weights.layers[i].experts.push_back(
          packer.Expert(layer.w1[e], layer.w3[e], layer.w2[e], on_host));
    }
  }
  if (packer.error()) return *packer.error();
  weights.zero_rows = ZeroRows(stored.embedding);
  const std::vector<int> head_rows = ZeroRows(stored.head);
  weights.zero_rows.insert(weights.zero_rows.end(), head_rows.begin(), head_rows.end());
  std::sort(weights.zero_rows.begin(), weights.zero_rows.end());
  weights.zero_rows.erase(std::unique(weights.zero_rows.begin(), weights.zero_rows.end()),
                          weights.zero_rows.end());
  weights.all_f32 = AllMatricesF32(weights);
  weights.kv = {weights.all_f32 ? KvType::kF32 : KvType::kBF16,
                static_cast<size_t>(config.kv_heads), static_cast<size_t>(config.head_dim),
                kKvPageTokens, backend.on_device() ? KvLayout::kRows : KvLayout::kLanes};
  if (KvPageBytes(weights.kv) == 0) {
    return Invalid("a head size of " + std::to_string(config.head_dim) +
                   " is not supported by the attention operator");
  }
  return weights;
}

}  // namespace fathom
