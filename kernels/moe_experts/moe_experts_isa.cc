// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_experts/moe_experts_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {

void WeightedSum(const float* parts, const int32_t* at, const float* weights, size_t count,
                 size_t width, float* out) {
  for (size_t c = 0; c < width; c += kLanes) {
    const size_t part = width - c < kLanes ? width - c : kLanes;
    F sum = {};
    for (size_t i = 0; i < count; ++i) {
      const float* from = parts + static_cast<size_t>(at[i]) * width + c;
      sum = Fma(Set(weights[i]), part == kLanes ? Load(from) : LoadPart(from, part), sum);
    }
    if (part == kLanes) {
      Store(out + c, sum);
    } else {
      StorePart(out + c, sum, part);
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
