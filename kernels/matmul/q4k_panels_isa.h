// SPDX-License-Identifier: Apache-2.0
// Panels of Q4_K, which are multiplied with int8: its codes are 0 .. 15, and a product of four
// unsigned and four signed bytes is one instruction where 16-bit pairs take two.
//
// A panel is a row of blocks of 256 values of k for 32 columns, as dense as the type itself:
//
//   d, d_min  f32 [32] each
//   scales    uint8 [8][32]        of 32 values of k each
//   mins      uint8 [4][32][2]     in pairs along k
//   codes     uint8 [32][32][4]    of 8 values of k each: of the first 4 in the low halves
//
// A prepared row is a row of Q4KRowBlock. With s = sum of code * value over 32 values of k, and m =
// sum of min * (sum of 32 values) over the block, both exact integers, a block adds
//
//   step * (sum_g (d * scale_g) * s_g - d_min * m)
//
// in f32, g ascending, the term of m last, however many rows there are.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/matmul/matmul_isa.h"

namespace fathom {

inline constexpr size_t kQ4KValues = 256;  // of k, in a block
inline constexpr size_t kQ4KGroups = 8;

struct Q4KPanelBlock {
  float d[kTileColumns], d_min[kTileColumns];
  uint8_t scales[kQ4KGroups][kTileColumns];
  uint8_t mins[kQ4KGroups / 2][kTileColumns][2];
  uint8_t codes[kQ4KValues / 8][kTileColumns][4];
};

// x is about step * values.
struct Q4KRowBlock {
  float step;                // the largest |x| / 127
  int16_t sums[kQ4KGroups];  // of 32 values each
  int8_t values[kQ4KValues];
};

FATHOM_DECLARE_ISA(void PrepareQ4KRow(const float* x, size_t in, Q4KRowBlock* row);
                   // As TileProduct, of prepared rows.
                   void Q4KTileProduct(const void* const* rows, int m, size_t in, const void* panel,
                                       float* tile);)

}  // namespace fathom
