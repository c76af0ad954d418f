// SPDX-License-Identifier: Apache-2.0
// The vector body of SoftmaxAttention: a tile of query rows of one KV head against all key blocks
// up to the last position.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/support/isa.h"

namespace fathom {

inline constexpr size_t kAttentionRowsMax = 48;

struct AttentionTile {
  size_t element_bytes;  // of the pages: 4 f32, 2 bf16, 1 with scales
  size_t head_dim;
  size_t rows;              // <= kAttentionRowsMax
  const float* const* q;    // (rows) pointers to D floats
  float* const* o;          // (rows)
  const size_t* positions;  // (rows) of each row; ascending
  float scale;              // 1 / sqrt(D)
  const unsigned char* const*
      blocks;      // (positions[rows - 1] / 64 + 1) start of each block of this KV head
  float* scratch;  // AttentionScratchFloats(D), 64-byte aligned
};

FATHOM_DECLARE_ISA(size_t AttentionScratchFloats(size_t head_dim);
                   void AttendTile(const AttentionTile& tile);)

}  // namespace fathom
