// SPDX-License-Identifier: Apache-2.0
// Embedding: out[t] = table[tokens[t]], no scale.
//
// table   (vocabulary, hidden)  any DType, as stored
// tokens  (tokens.size())       each in [0, vocabulary), else kInvalid and `out` is untouched
// out     (tokens.size(), hidden) f32
//
// Error: none, every stored format converts exactly to f32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "kernels/backend.h"
#include "kernels/dtype.h"

namespace fathom {

struct EmbedArgs {
  DType type = DType::kF32;
  std::span<const std::byte> table;
  size_t vocabulary = 0;
  size_t hidden = 0;
  std::span<const int32_t> tokens;
  float* out = nullptr;
};

Status Embed(const Backend& backend, const EmbedArgs& args);
Status EmbedReference(const EmbedArgs& args);

}  // namespace fathom
