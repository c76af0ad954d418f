// SPDX-License-Identifier: Apache-2.0
// Vector passes of Sample over the vocabulary.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

FATHOM_DECLARE_ISA(
    // The largest of count > 0 values; NaN anywhere gives NaN.
    float LargestLogit(const float* logits, size_t count);
    // out[i] = exp((logits[i] - largest) * inverse_temperature), returns their sum. out may be
    // null.
    double SumExp(const float* logits, size_t count, float largest, float inverse_temperature,
                  float* out);)

}  // namespace fathom
