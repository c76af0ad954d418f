// SPDX-License-Identifier: Apache-2.0
// Panels of GGUF's small types (kernels/blocks.h) but Q4_K: 32 columns, as dense as the type
// itself.
//
// A panel is a row of blocks. A block is its d (f32 [32]), then its units. A unit is 32 values of k
// for all 32 columns:
//
//   scales  int8 [32 / group][32]    absent from Q4_0
//   low     u16 [4][32][2]           4 bits each (Q3_K: u16 [2][32][2], 2 bits each)
//   high    Q6_K: u16 [2][32][2], 2 bits each; Q3_K: u16 [32][2], 1 bit each
//
// A u16 [32][2] vector holds, for every column and both halves of a pair, one field of each of 4, 8
// or 16 consecutive pairs of k, the first lowest. So a shift and a mask give the int16 pairs of one
// k for all columns, in the form that multiply-add instructions take, at any vector width.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/matmul/matmul_isa.h"

namespace fathom {

struct SmallPanelLayout {
  size_t units;   // of a block
  size_t groups;  // scales per column in a unit; 0: d is the scale
  int low_bits;   // 4 or 2
  int high_bits;  // 0, 1 or 2
  int offset;     // taken from every code
  constexpr size_t vector_bytes() const { return 32 * 2 * 2; }
  constexpr size_t head_bytes() const { return 128; }
  constexpr size_t low_at() const { return groups * 32; }
  constexpr size_t high_at() const {
    return low_at() + vector_bytes() * static_cast<size_t>(low_bits);
  }
  constexpr size_t unit_bytes() const {
    return high_at() + vector_bytes() * static_cast<size_t>(high_bits);
  }
  constexpr size_t block_bytes() const { return head_bytes() + units * unit_bytes(); }
};

constexpr SmallPanelLayout SmallPanelLayoutOf(PanelKind kind) {
  return kind == kPanelQ4_0    ? SmallPanelLayout{1, 0, 4, 0, 8}
         : kind == kPanelIQ4XS ? SmallPanelLayout{8, 1, 4, 0, 0}
         : kind == kPanelQ6K   ? SmallPanelLayout{8, 2, 4, 2, 32}
                               : SmallPanelLayout{8, 2, 2, 1, 4};
}

inline constexpr int kFewRows = 2;

FATHOM_DECLARE_ISA(
    // As TileProduct, for the kinds from kPanelQ4_0 on; m <= kFewRows. Reads the codes as they lie.
    void SmallTileProduct(PanelKind kind, const void* const* rows, int m, size_t in,
                          const void* panel, float* tile);
    // The same panel as one of int8 codes, in / 32 blocks of code_panels_isa.h, for more rows:
    // CodeTileProduct gives each row the same bits.
    void WidenPanel(PanelKind kind, size_t in, const void* panel, void* wide);)

}  // namespace fathom
