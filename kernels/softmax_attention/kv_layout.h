// SPDX-License-Identifier: Apache-2.0
// The inside of a KV page. Positions stand in blocks of 64; one block of one KV head is its keys,
// then its values, with D padded by zeros to `wide` (a multiple of 16). kRows, for devices: keys
// [64][wide], values [64][wide]; in bf16 with `wide` a multiple of 64, tiles of 64 dimensions
// [wide/64][64][64], whose rows' 16-byte parts are permuted as wgmma reads them (KvRowsElement).
// kLanes:
//
//   f32    keys [wide][64]        values [64][wide]
//   bf16   keys [wide/2][64][2]   values [32][wide][2]       pairs along what the product sums over
//   8-bit  keys [wide/4][64][4]   values [16][wide][4]       and fours; each followed by the f32
//                                                            scales [64] of its positions. A key's
//                                                            byte is n + 128, a value's n
//
// A page is [page_tokens/64][kv_heads] such blocks. Keys of one dimension lie side by side so that
// a vector holds 16 positions' scores and no horizontal sums are needed.
#pragma once

#include <stddef.h>

namespace fathom {

inline constexpr size_t kKvLayoutBlock = 64;

struct KvBlockLayout {
  size_t wide;        // D padded
  size_t half_bytes;  // keys, or values, of one block of one head, with their scales
};

// Keys are first, values at half_bytes. A macro-free constant expression: also used in
// per-instruction-set files.
static constexpr KvBlockLayout MakeKvBlockLayout(size_t element_bytes, size_t head_dim) {
  const size_t wide = (head_dim + 15) / 16 * 16;
  const size_t scale_bytes = element_bytes == 1 ? sizeof(float) : 0;
  return {wide, (wide * element_bytes + scale_bytes) * kKvLayoutBlock};
}

#if defined(__CUDACC__)
#define FATHOM_BOTH __host__ __device__
#else
#define FATHOM_BOTH
#endif

// Where kRows keeps dimension d of position j of a block, in elements from the start of its keys or
// values.
static inline FATHOM_BOTH size_t KvRowsElement(bool bf16, size_t wide, size_t j, size_t d) {
  if (!bf16 || wide % 64 != 0) return j * wide + d;
  return d / 64 * 4096 + j * 64 + ((d % 64 / 8) ^ (j % 8)) * 8 + d % 8;
}

}  // namespace fathom
