// SPDX-License-Identifier: Apache-2.0
// Rotary position embedding, NeoX pairs, in place, on the first rotary_dim columns of every head.
//
//   for i < rotary_dim / 2, angle = position * theta^(-2 i / rotary_dim):
//   h = rotary_dim/2:  (x[i], x[i + h]) <- (x[i] cos - x[i + h] sin, x[i + h] cos + x[i] sin)
//
// x          (rows, heads, head_dim) f32
// positions  (rows) any order; below 2^32
// rotary_dim even, 0 <= rotary_dim <= head_dim; 0 leaves x as it is
//
// Law: depends on the row and its position alone, bitwise.
// Error: 4 * 2^-24 * (|x[i]| + |x[i + rotary_dim/2]|): angles are reduced in double, cos and sin
// rounded once to f32.
// Source: RoFormer, arXiv:2104.09864; MiniMax-M1 modelling code (partial width).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

struct RopeArgs {
  size_t heads = 0;
  size_t head_dim = 0;
  size_t rotary_dim = 0;
  double theta = 1e4;
  std::span<const size_t> positions;  // one per row
  float* x = nullptr;
};

Status Rope(const Backend& backend, const RopeArgs& args);
Status RopeReference(const RopeArgs& args);

}  // namespace fathom
