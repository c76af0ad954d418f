// SPDX-License-Identifier: Apache-2.0
#include "kernels/rms_norm/rms_norm_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

// Residual of one row into r; returns the sum of squares. Two accumulators hide the latency of the
// addition.
float Residual(const RmsNormRows& rows, const float* x, const float* skip, float* r) {
  F squares[2] = {};
  size_t i = 0;
  const F alpha = Set(rows.alpha), beta = Set(rows.beta);
  for (int turn = 0; i + kLanes <= rows.hidden; i += kLanes, turn ^= 1) {
    F value = Load(x + i);
    if (skip) value = Fma(alpha, Load(skip + i), beta * value);
    Store(r + i, value);
    squares[turn] = Fma(value, value, squares[turn]);
  }
  if (i < rows.hidden) {
    F value = LoadPart(x + i, rows.hidden - i);
    if (skip) value = Fma(alpha, LoadPart(skip + i, rows.hidden - i), beta * value);
    StorePart(r + i, value, rows.hidden - i);
    squares[0] = Fma(value, value, squares[0]);
  }
  return Sum(squares[0] + squares[1]);
}

}  // namespace

void RmsNormRange(const RmsNormRows& rows, size_t begin, size_t end) {
  const size_t hidden = rows.hidden;
  for (size_t row = begin; row < end; ++row) {
    const float* x = rows.x + row * hidden;
    const float* skip = rows.skip ? rows.skip + row * hidden : nullptr;
    float* r = (rows.sum ? rows.sum : rows.out) + row * hidden;
    const float squares = Residual(rows, x, skip, r);
    if (!rows.out) continue;
    const float scale = 1.0f / __builtin_sqrtf(squares / static_cast<float>(hidden) + rows.eps);
    float* out = rows.out + row * hidden;
    size_t i = 0;
    for (; i + kLanes <= hidden; i += kLanes)
      Store(out + i, Load(r + i) * Set(scale) * Load(rows.weight + i));
    if (i < hidden) {
      const size_t rest = hidden - i;
      StorePart(out + i, LoadPart(r + i, rest) * Set(scale) * LoadPart(rows.weight + i, rest),
                rest);
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
