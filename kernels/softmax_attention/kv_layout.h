// SPDX-License-Identifier: Apache-2.0
// The inside of a KV page. Positions stand in blocks of 64; one block of one KV head is its keys,
// then its values, with D padded by zeros to `wide` (a multiple of 16):
//
//   bf16   keys [wide/2][64][2]   values [32][wide][2]       pairs along what the product sums over
//   f32    keys [wide][64]        values [64][wide]
//
// A page is [page_tokens/64][kv_heads] such blocks. Keys of one dimension lie side by side so that
// a vector holds 16 positions' scores and no horizontal sums are needed.
#pragma once

#include <stddef.h>

namespace fathom {

inline constexpr size_t kKvLayoutBlock = 64;

struct KvBlockLayout {
  size_t wide;        // D padded
  size_t half_bytes;  // keys, or values, of one block of one head
};

// Keys are first, values at half_bytes. A macro-free constant expression: also used in
// per-instruction-set files.
static constexpr KvBlockLayout MakeKvBlockLayout(bool bf16, size_t head_dim) {
  const size_t wide = (head_dim + 15) / 16 * 16;
  return {wide, wide * kKvLayoutBlock * (bf16 ? 2 : 4)};
}

}  // namespace fathom
