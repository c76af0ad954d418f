// SPDX-License-Identifier: Apache-2.0
#include "kernels/sample/sample_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {

float LargestLogit(const float* logits, size_t count) {
  F largest = Set(-__builtin_inff());
  I bad = {};
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const F value = Load(logits + i);
    bad |= reinterpret_cast<I>(value != value);
    largest = Max(largest, value);
  }
  float top = MaxOf(largest);
  int32_t any = 0;
  for (int lane = 0; lane < kLanes; ++lane) any |= bad[lane];
  for (; i < count; ++i) {
    any |= logits[i] != logits[i];
    top = logits[i] > top ? logits[i] : top;
  }
  return any ? __builtin_nanf("") : top;
}

double SumExp(const float* logits, size_t count, float largest, float inverse_temperature,
              float* out) {
  constexpr size_t kGroup =
      16 * kLanes;  // summed in f32 before it joins the double: error below 16 * 2^-24
  double total = 0;
  for (size_t begin = 0; begin < count; begin += kGroup) {
    const size_t end = count - begin < kGroup ? count : begin + kGroup;
    F sum = {};
    for (size_t i = begin; i < end; i += kLanes) {
      const size_t part = end - i < kLanes ? end - i : kLanes;
      F value = Set(-__builtin_inff());
      __builtin_memcpy(&value, logits + i, part * 4);
      const F p = Exp((value - Set(largest)) * Set(inverse_temperature));
      if (out) StorePart(out + i, p, part);
      sum += p;
    }
    total += static_cast<double>(Sum(sum));
  }
  return total;
}

}  // namespace fathom::FATHOM_ISA_NS
