// SPDX-License-Identifier: Apache-2.0
// Panels of int8 codes: Q8_0's own, and what panels of the small types (small_panels_isa.h) are
// widened to when many rows share them. A panel is a row of blocks; a block is 32 values of k for
// all 32 columns:
//
//   scale  f32 [groups][32]    of 32 values of k, or (Q6_K, Q3_K) 16 each
//   q      int8 [16][32][2]    code - offset, in pairs along k
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/matmul/matmul_isa.h"

namespace fathom {

struct CodePanelLayout {
  int groups;
  constexpr size_t codes_at() const { return static_cast<size_t>(groups) * 128; }
  constexpr size_t block_bytes() const { return codes_at() + 1024; }
};

constexpr CodePanelLayout CodePanelLayoutOf(PanelKind kind) {
  return {kind == kPanelQ6K || kind == kPanelQ3K ? 2 : 1};
}

FATHOM_DECLARE_ISA(
    // As TileProduct. kind: kPanelQ8, or the small kind that was widened.
    void CodeTileProduct(PanelKind kind, const void* const* rows, int m, size_t in,
                         const void* panel, float* tile);)

}  // namespace fathom
