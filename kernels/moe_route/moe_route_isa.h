// SPDX-License-Identifier: Apache-2.0
// The vector body of MoeRoute: exp(logit - max) of one row, not normalised.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

// out (experts rounded up to 16) f32, 64-byte aligned; zero beyond experts.
FATHOM_DECLARE_ISA(void RouteWeights(const float* x, const float* weight, size_t experts,
                                     size_t hidden, float* out);)

}  // namespace fathom
