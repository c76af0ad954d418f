// SPDX-License-Identifier: Apache-2.0
// The router of a mixture of experts, in f32 whatever the weights' own type.
//
//   p = softmax(weight . x) over all experts;  the top_k largest p, ties to the lower index,
//                                              largest first;
//   their p divided by the sum of the chosen.
//
// x        (rows, hidden) f32        weight  (experts, hidden) f32
// experts_out  (rows, top_k) int32   probabilities  (rows, top_k) f32, each row sums to 1
//
// Law: a row depends on that row alone, bitwise.
// Error: logits within hidden * 2^-24 * |x||w|; probabilities within 2 * that * p + 2^-21 * p.
//        Where two logits are closer than the error the choice between them may differ.
// Source: MiniMax-M1 modelling code.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

struct MoeRouteArgs {
  size_t rows = 0;
  size_t hidden = 0;
  size_t experts = 0;  // 1 .. 1024
  size_t top_k = 0;    // 1 .. experts, at most 64
  const float* x = nullptr;
  const float* weight = nullptr;
  int32_t* experts_out = nullptr;
  float* probabilities = nullptr;
};

Status MoeRoute(const Backend& backend, const MoeRouteArgs& args);
Status MoeRouteReference(const MoeRouteArgs& args);

}  // namespace fathom
