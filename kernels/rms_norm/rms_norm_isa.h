// SPDX-License-Identifier: Apache-2.0
// The vector body of RmsNorm; fields as in rms_norm.h, counts checked by the caller.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

struct RmsNormRows {
  size_t hidden;
  const float* x;
  const float* skip;
  float alpha, beta, eps;
  const float* weight;
  float* sum;
  float* out;
};

FATHOM_DECLARE_ISA(void RmsNormRange(const RmsNormRows& rows, size_t begin, size_t end);)

}  // namespace fathom
