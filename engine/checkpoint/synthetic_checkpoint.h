// SPDX-License-Identifier: Apache-2.0
// Synthetic checkpoints for tests: weights that are a hash of (seed, tensor name, index), the same
// as those of tests/golden/m1_reference.py, so that golden logits need no stored weights.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "engine/checkpoint/weights.h"

namespace fathom {

struct SyntheticTensor {
  std::string name;  // HF spelling
  std::vector<uint64_t> shape;
  std::vector<float> values;
};

// `config`: a config.json.
std::vector<SyntheticTensor> MakeSyntheticTensors(const Json& config, uint64_t seed);

// One safetensors file; routers stay f32, the rest is stored as `type` (kF32, kF16 or kBF16).
std::string SafetensorsBytes(std::span<const SyntheticTensor> tensors, DType type = DType::kF32);

struct SyntheticOptions {
  uint64_t seed = 1;
  size_t shards = 1;
  DType type = DType::kF32;
};

// Writes config.json and the weights (model.safetensors, or shards with their index) into `folder`,
// which exists.
Status WriteSyntheticCheckpoint(const std::string& folder, const Json& config,
                                const SyntheticOptions& options = {});

}  // namespace fathom
