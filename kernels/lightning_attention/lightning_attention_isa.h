// SPDX-License-Identifier: Apache-2.0
// The vector body of LightningAttention: one head over all tokens of a call.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

struct LightningHeadArgs {
  size_t tokens;
  size_t head_dim;
  const float* qkv;  // row t at qkv + t * qkv_stride: q, k, v of this head
  size_t qkv_stride;
  const float* decay;  // (kLightningBlock + 1) exp(-slope n)
  float* state;        // (D, D)
  float* o;            // row t at o + t * o_stride
  size_t o_stride;
  float* scratch;  // LightningScratchFloats(D), 64-byte aligned
};

FATHOM_DECLARE_ISA(size_t LightningScratchFloats(size_t head_dim);
                   void LightningHead(const LightningHeadArgs& args);)

}  // namespace fathom
