// SPDX-License-Identifier: Apache-2.0
// The weighted sum of one row's experts.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/support/isa.h"

namespace fathom {

// out[c] = sum_i weights[i] * parts[at[i] * width + c], i ascending.
FATHOM_DECLARE_ISA(void WeightedSum(const float* parts, const int32_t* at, const float* weights,
                                    size_t count, size_t width, float* out);)

}  // namespace fathom
