// SPDX-License-Identifier: Apache-2.0
// Tiles of the product: at most kTileRowsMax rows of x against one panel of 32 columns. Used by
// matmul and moe_experts.
//
// A prepared row is x in the form the panel's kind multiplies with:
//   kPanelF32   x itself (PreparedBytes is 0: pass the row)
//   kPanelBf16  AVX-512: ceil(in/2) pairs of bf16, zero padded; else f32, zero padded to even
//   kPanelQ8    int16 [in], then the f32 step of the row
//   kPanelQ4K   Q4KRowBlock [in / 256]
//   the small   as kPanelQ8, then the int32 sums of each 16 values [in / 16]
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/support/isa.h"

namespace fathom {

inline constexpr int kTileRows = 12;  // work is divided in multiples of it
inline constexpr int kTileRowsMax = 4 * kTileRows;
inline constexpr int kTileColumns = 32;

enum PanelKind : int {
  kPanelF32,
  kPanelBf16,
  kPanelQ8,
  kPanelQ4K,   // q4k_panels_isa.h
  kPanelQ4_0,  // from here on: small_panels_isa.h
  kPanelIQ4XS,
  kPanelQ6K,
  kPanelQ3K,
  kPanelKinds
};

FATHOM_DECLARE_ISA(
    // Of one row, a multiple of 64.
    size_t PreparedBytes(PanelKind kind, size_t in);
    void PrepareRow(PanelKind kind, const float* x, size_t in, void* prepared);

    // tile (m, 32) = rows * panel. tile is 64-byte aligned, 1 <= m <= kTileRowsMax (kFewRows from
    // kPanelQ4_0 on: matmul_rows.h).
    void TileProduct(PanelKind kind, const void* const* rows, int m, size_t in, const void* panel,
                     float* tile);

    // y[i][0 .. columns) = tile[i], through SiLU if asked. columns <= 32.
    void TileStore(const float* tile, int m, size_t columns, bool silu, float* y, size_t y_stride);

    // h[i][0 .. columns) = SiLU(tile[i][c]) * tile[i][16 + c]. columns <= 16.
    void TileSiluMul(const float* tile, int m, size_t columns, float* h, size_t h_stride);)

}  // namespace fathom
