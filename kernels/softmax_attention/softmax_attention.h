// SPDX-License-Identifier: Apache-2.0
// Causal grouped-query attention over a paged KV store.
//
//   o[r, h] = sum_j softmax_j( q[r, h] . k[j, g] / sqrt(D) ) v[j, g]
//             j = 0 .. positions[r],  g = h / (heads / kv_heads)
//
// q, o       (rows, heads, D) f32
// positions  (rows) ascending, each < kv.tokens: any subset of the sequence may be asked (the last
//            layer is computed only where it is read); prefill, decode and scoring are one call
// kv         the keys (after RoPE) and values of positions [0, kv.tokens), written by KvWrite
//
// KV pages hold page_tokens positions each, in a layout of this operator (callers treat pages as
// opaque bytes; they may be copied, saved and restored whole, on any machine of the same
// endianness). A page must be zero-filled when it is created: lanes beyond kv.tokens are multiplied
// by a probability of zero.
//
// Precision. f32 pages: f32 products and sums. bf16 pages: k and v are rounded when written; on
// AVX-512, and on a device with heads of 64 or 128, q / sqrt(D) and the probabilities are rounded
// to bf16 too. 8-bit pages, not on a device: each key and value of a head is rounded to whole
// numbers of 1/127 of its largest element, an f32 that is kept with it; on AVX-512 a row's q is
// rounded to 1/32,512 of its largest element, and the probabilities of a block of 64 keys, times
// the values' scales, to 1/65,535 of the largest. The running maximum, sums and outputs are always
// f32.
//
// Law: a row depends on its q, its position and the keys up to it alone, bitwise: key blocks start
//      at fixed positions, so any chunking, and decode, give the same bits. On a device one row
//      alone is computed by another kernel than several: the same within the error, not bitwise;
//      two equal calls give the same bits.
// Error, with L = |q| max|k| / sqrt(D), V = max|v|, n = keys:
//        f32 pages   (2 L D + n/16 + 32) * 2^-24 * V
//        bf16 pages  (2 L + 2) * 2^-8 * V more, against a reference on the stored keys and values
//        8-bit pages (L sqrt(D) 2^-14 + 2^-10) * V more, against the same. Half a step of q in D
//                    elements moves a logit by at most 2^-16 max|q| sum|k| / sqrt(D), which is at
//                    most L sqrt(D) 2^-16; half a step of each of 64 probabilities adds at most
//                    2^-11 of the block's largest. Stored is what was given within max|x| / 254.
// Source: FlashAttention-2, arXiv:2307.08691 (online softmax).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "kernels/backend.h"

namespace fathom {

// Where a page keeps what (kv_layout.h): the CPU's vectors and the device's tiles want different
// orders.
enum class KvLayout { kLanes, kRows };

enum class KvType { kF32, kBF16, kQ8 };

const char* KvTypeName(KvType type);  // "f32", "bf16", "q8"
std::optional<KvType> KvTypeOfName(std::string_view name);

struct KvShape {
  KvType type = KvType::kBF16;  // on a device not kQ8
  size_t kv_heads = 0;
  size_t head_dim = 0;                 // even
  size_t page_tokens = 64;             // a multiple of kKvBlock
  KvLayout layout = KvLayout::kLanes;  // kRows on a device, only there
};

inline constexpr size_t kKvBlock = 64;  // positions computed together

// Bytes of one page (keys and values together), a multiple of 64; 0 for a bad shape.
size_t KvPageBytes(const KvShape& shape);

// One layer of one session. pages[i] is 64-byte aligned; it begins at position i * page_tokens.
struct KvView {
  KvShape shape;
  std::span<std::byte* const> pages;
  size_t tokens = 0;
  // On a device: the same list in its memory, kept up to date by the caller. Null: every call
  // uploads `pages`.
  std::byte* const* pages_on_device = nullptr;
};

struct KvWriteArgs {
  KvView kv;                 // tokens: the count after this write
  size_t begin = 0;          // position of row 0
  size_t rows = 0;           // begin + rows <= kv.tokens
  const float* k = nullptr;  // (rows, kv_heads, D)
  const float* v = nullptr;  // (rows, kv_heads, D)
};
Status KvWrite(const Backend& backend, const KvWriteArgs& args);

// One position's key and value as f32, (kv_heads, D) each, from pages on the host. For tests and
// tools.
Status KvRead(const KvView& kv, size_t position, float* k, float* v);

struct SoftmaxAttentionArgs {
  size_t heads = 0;  // a multiple of kv_heads
  KvView kv;
  std::span<const size_t> positions;  // one per row
  const float* q = nullptr;
  float* o = nullptr;
};
Status SoftmaxAttention(const Backend& backend, const SoftmaxAttentionArgs& args);
Status SoftmaxAttentionReference(const SoftmaxAttentionArgs& args);

}  // namespace fathom
