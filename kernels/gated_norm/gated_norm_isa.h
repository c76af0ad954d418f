// SPDX-License-Identifier: Apache-2.0
// The vector body of GatedNorm; fields as in gated_norm.h.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

struct GatedNormRows {
  size_t width;
  const float* x;
  const float* gate;
  const float* weight;
  float eps;
  float* out;
};

FATHOM_DECLARE_ISA(void GatedNormRange(const GatedNormRows& rows, size_t begin, size_t end);)

}  // namespace fathom
