// SPDX-License-Identifier: Apache-2.0
// The output norm of lightning attention: RMSNorm over all heads together, then the gate.
//
//   out = weight * x / sqrt(mean(x^2) + eps) * sigmoid(gate)    mean over the row, not a head
//
// x, gate, out  (rows, width) f32, width = heads * head_dim. out may be x or gate.
// weight        (width) f32
//
// Law: a row depends on that row alone, bitwise.
// Error: |out - ref| <= (width / 16 + 32) * 2^-24 * |ref|.
// Source: MiniMax-M1 modelling code (eps 1e-6 there, 1e-5 in other engines: the caller chooses).
#pragma once

#include <cstddef>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

struct GatedNormArgs {
  size_t rows = 0;
  size_t width = 0;
  const float* x = nullptr;
  const float* gate = nullptr;  // before the sigmoid
  const float* weight = nullptr;
  float eps = 1e-6f;
  float* out = nullptr;
};

Status GatedNorm(const Backend& backend, const GatedNormArgs& args);
Status GatedNormReference(const GatedNormArgs& args);

}  // namespace fathom
