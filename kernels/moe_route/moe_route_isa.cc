// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_route/moe_route_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

// Two accumulators in turn: 1/32 of the rounding of a plain sum, and no wait for the addition.
float Dot(const float* a, const float* b, size_t count) {
  F sum[2] = {};
  size_t i = 0;
  for (; i + 2 * kLanes <= count; i += 2 * kLanes) {
    sum[0] = Fma(Load(a + i), Load(b + i), sum[0]);
    sum[1] = Fma(Load(a + i + kLanes), Load(b + i + kLanes), sum[1]);
  }
  for (; i < count; i += kLanes) {
    const size_t part = count - i < kLanes ? count - i : kLanes;
    sum[0] = Fma(LoadPart(a + i, part), LoadPart(b + i, part), sum[0]);
  }
  return Sum(sum[0] + sum[1]);
}

}  // namespace

void RouteWeights(const float* x, const float* weight, size_t experts, size_t hidden, float* out) {
  const size_t padded = (experts + 15) / 16 * 16;
  float largest = -__builtin_inff();
  for (size_t e = 0; e < experts; ++e) {
    out[e] = Dot(x, weight + e * hidden, hidden);
    largest = out[e] > largest ? out[e] : largest;
  }
  for (size_t e = experts; e < padded; ++e) out[e] = -__builtin_inff();
  for (size_t e = 0; e < padded; e += kLanes) Store(out + e, Exp(Load(out + e) - Set(largest)));
}

}  // namespace fathom::FATHOM_ISA_NS
