// SPDX-License-Identifier: Apache-2.0
// RMSNorm, with M1's post-norm residual fused in front of it.
//
//   r   = skip ? alpha * skip + beta * x : x
//   out = weight * r / sqrt(mean(r^2) + eps)          over one row of `hidden`
//
// x, skip, sum, out  (rows, hidden) f32. skip and sum may be null; sum, if given, receives r. out
//                    may be null if sum is not. out and sum may be the memory of x or skip, row
//                    for row (not both the same).
// weight             (hidden) f32
//
// Law: a row's result depends on that row alone, bitwise.
// Error: |out - ref| <= (hidden / 16 + 16) * 2^-24 * |ref|, plus r's own rounding when skip and x
//        cancel: 4 * 2^-24 * (|alpha skip| + |beta x|) * |weight| / rms.
// Source: RMSNorm, arXiv:1910.07467; MiniMax-M1 modelling code (residual carries the normalised
// input).
#pragma once

#include <cstddef>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

struct RmsNormArgs {
  size_t rows = 0;
  size_t hidden = 0;
  const float* x = nullptr;
  const float* skip = nullptr;
  float alpha = 1;
  float beta = 1;
  const float* weight = nullptr;
  float eps = 1e-5f;
  float* sum = nullptr;
  float* out = nullptr;
};

Status RmsNorm(const Backend& backend, const RmsNormArgs& args);
Status RmsNormReference(const RmsNormArgs& args);

}  // namespace fathom
