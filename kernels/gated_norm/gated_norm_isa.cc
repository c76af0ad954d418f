// SPDX-License-Identifier: Apache-2.0
#include "kernels/gated_norm/gated_norm_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

float SquareSum(const float* x, size_t width) {
  F squares[2] = {};
  size_t i = 0;
  for (int turn = 0; i + kLanes <= width; i += kLanes, turn ^= 1) {
    const F value = Load(x + i);
    squares[turn] = Fma(value, value, squares[turn]);
  }
  if (i < width) {
    const F value = LoadPart(x + i, width - i);
    squares[0] = Fma(value, value, squares[0]);
  }
  return Sum(squares[0] + squares[1]);
}

}  // namespace

void GatedNormRange(const GatedNormRows& rows, size_t begin, size_t end) {
  const size_t width = rows.width;
  for (size_t row = begin; row < end; ++row) {
    const float* x = rows.x + row * width;
    const float* gate = rows.gate + row * width;
    float* out = rows.out + row * width;
    const float mean = SquareSum(x, width) / static_cast<float>(width);
    const F scale = Set(1.0f / __builtin_sqrtf(mean + rows.eps));
    size_t i = 0;
    for (; i + kLanes <= width; i += kLanes) {
      Store(out + i, Load(x + i) * scale * Load(rows.weight + i) * Sigmoid(Load(gate + i)));
    }
    if (i < width) {
      const size_t rest = width - i;
      const F value = LoadPart(x + i, rest) * scale * LoadPart(rows.weight + i, rest);
      StorePart(out + i, value * Sigmoid(LoadPart(gate + i, rest)), rest);
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
