// SPDX-License-Identifier: Apache-2.0
#include "kernels/softmax_attention/softmax_attention_isa.h"

#include "kernels/softmax_attention/kv_layout.h"
#include "kernels/softmax_attention/q8_blocks.h"
#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

constexpr size_t kKeys = kKvLayoutBlock;
constexpr size_t kRowsMax = kAttentionRowsMax;
constexpr int kRows = kLanes == 16 ? 6 : 4;     // rows of a register tile
constexpr int kVectors = kLanes == 16 ? 4 : 2;  // and its columns

struct Work {
  size_t wide;
  float* q;    // (rows, wide) scaled; as bf16 pairs on AVX-512 with bf16 pages
  float* s;    // (rows, 64) scores, then probabilities
  float* p;    // (rows, 64) probabilities as bf16 pairs there; elsewhere s itself
  float* o;    // (rows, wide)
  float* top;  // (rows) running maximum
  float* sum;  // (rows, kLanes) running sums, by lane
  // Of 8-bit pages: q and p as whole numbers (they stand in q and p), or one block as f32.
  WholeRows whole_q, whole_p;
  float* tile;
};

#if defined(__AVX512BF16__)
constexpr bool kBf16Operands = true;
#else
constexpr bool kBf16Operands = false;
#endif

// How pages are read. One step of the inner product: `a` holds the row's operand k (a pair of bf16
// when kPairs), b a vector of columns. 8-bit pages go as kWhole where there are whole products,
// else as kTile, which is kF32 on a widened block.
enum Mode { kF32, kWidened, kPairs, kTile, kWhole };

constexpr Mode kBf16Mode = kBf16Operands ? kPairs : kWidened,
               kQ8Mode = kHasWholeProducts ? kWhole : kTile;

FATHOM_INLINE Mode ModeOf(size_t element_bytes) {
  if (element_bytes == 4) return kF32;
  return element_bytes == 2 ? kBf16Mode : kQ8Mode;
}

template <Mode M>
FATHOM_INLINE F Step(const float* a, size_t k, const void* b, F sum) {
  if constexpr (M == kF32 || M == kTile)
    return Fma(Set(a[k]), Load(static_cast<const float*>(b)), sum);
  if constexpr (M == kWidened) {
    const I w = LoadInt(b);
    sum = Fma(Set(a[2 * k]), AsFloat(w << 16), sum);
    return Fma(Set(a[2 * k + 1]), AsFloat(w & SetInt(-65536)), sum);
  }
#if defined(__AVX512BF16__)
  const F x = Set(a[k]);
  asm("vdpbf16ps %2, %1, %0" : "+v"(sum) : "v"(x), "v"(LoadInt(b)));
#endif
  return sum;
}

// c (R, V vectors) = [c +] a (R, count) b (count, V vectors). Strides in 4-byte units.
template <Mode M, int R, int V, bool kAdd>
void Product(const float* a, size_t a_stride, const float* b, size_t b_stride, size_t count,
             float* c, size_t c_stride) {
  F sum[R][V];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) sum[r][v] = kAdd ? Load(c + r * c_stride + v * kLanes) : F{};
  }
#pragma GCC unroll 1
  for (size_t k = 0; k < count; ++k) {
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) {
        sum[r][v] = Step<M>(a + r * a_stride, k, b + k * b_stride + v * kLanes, sum[r][v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) Store(c + r * c_stride + v * kLanes, sum[r][v]);
  }
}

template <Mode M, bool kAdd, int R>
void Columns(const float* a, size_t a_stride, const float* b, size_t b_stride, size_t count,
             float* c, size_t width) {
  size_t column = 0;
  for (; column + kVectors * kLanes <= width; column += kVectors * kLanes) {
    Product<M, R, kVectors, kAdd>(a, a_stride, b + column, b_stride, count, c + column, width);
  }
  for (; column < width; column += kLanes) {
    Product<M, R, 1, kAdd>(a, a_stride, b + column, b_stride, count, c + column, width);
  }
}

template <Mode M, bool kAdd, int R>
void Remaining(int rows, const float* a, size_t a_stride, const float* b, size_t b_stride,
               size_t count, float* c, size_t width) {
  if (rows == R) return Columns<M, kAdd, R>(a, a_stride, b, b_stride, count, c, width);
  if constexpr (R > 1) Remaining<M, kAdd, R - 1>(rows, a, a_stride, b, b_stride, count, c, width);
}

template <Mode M, bool kAdd>
void Multiply(size_t rows, const float* a, size_t a_stride, const float* b, size_t b_stride,
              size_t count, float* c, size_t width) {
  for (; rows >= kRows; rows -= kRows, a += kRows * a_stride, c += kRows * width) {
    Columns<M, kAdd, kRows>(a, a_stride, b, b_stride, count, c, width);
  }
  if (rows > 0)
    Remaining<M, kAdd, kRows - 1>(static_cast<int>(rows), a, a_stride, b, b_stride, count, c,
                                  width);
}

// Rounds `count` floats (a multiple of 32) to bf16 pairs. In place is allowed: the write stays
// behind the read.
FATHOM_INLINE void ToPairs(const float* in, size_t count, float* out) {
#if defined(__AVX512BF16__)
  for (size_t i = 0; i < count; i += 32) {
    const __m512bh pairs = _mm512_cvtne2ps_pbh(Load(in + i + 16), Load(in + i));
    __builtin_memcpy(out + i / 2, &pairs, 64);
  }
#else
  (void)in, (void)count, (void)out;
#endif
}

void LoadQueries(const AttentionTile& tile, const Work& work, Mode mode) {
  for (size_t r = 0; r < tile.rows; ++r) {
    float* q = work.q + r * work.wide;
    for (size_t d = 0; d < tile.head_dim; ++d) q[d] = tile.q[r][d] * tile.scale;
    for (size_t d = tile.head_dim; d < work.wide; ++d) q[d] = 0;
#if defined(__AVX512BF16__)
    for (size_t d = 0; mode == kPairs && d < work.wide; d += 16) {
      const __m256bh half = _mm512_cvtneps_pbh(Load(q + d));
      __builtin_memcpy(q + d / 2, &half, 32);
    }
#endif
#if defined(__AVX512VNNI__)
    if (mode == kWhole) SplitQuery(q, work.wide, work.whole_q, r);
#endif
    (void)mode;
    for (size_t d = 0; d < work.wide; ++d) work.o[r * work.wide + d] = 0;
    work.top[r] = -__builtin_inff();
    Store(work.sum + r * kLanes, F{});
  }
}

// Scores of one row become probabilities relative to the running maximum; earlier sums are scaled
// to it.
FATHOM_INLINE void SoftmaxRow(const Work& work, size_t r, size_t keys, bool pairs) {
  float* s = work.s + r * kKeys;
  for (size_t j = keys; j < kKeys; ++j) s[j] = -__builtin_inff();
  F largest = Load(s);
  for (size_t j = kLanes; j < kKeys; j += kLanes) largest = Max(largest, Load(s + j));
  const float block_top = MaxOf(largest);
  const float before = work.top[r];
  const F top = Set(block_top > before ? block_top : before);
  F sum = Load(work.sum + r * kLanes);
  if (block_top > before) {
    const F scale = Exp(Set(before) - top);
    sum *= scale;
    float* o = work.o + r * work.wide;
    for (size_t d = 0; d < work.wide; d += kLanes) Store(o + d, Load(o + d) * scale);
    work.top[r] = block_top;
  }
  for (size_t j = 0; j < kKeys; j += kLanes) {
    const F p = Exp(Load(s + j) - top);
    sum += p;
    Store(s + j, p);
  }
  Store(work.sum + r * kLanes, sum);
  if (pairs) ToPairs(s, kKeys, work.p + r * kKeys);
}

// Scores of rows [first, rows of the tile) against one block.
template <Mode M>
void Scores(const AttentionTile& tile, const Work& work, size_t first, const unsigned char* block) {
#if defined(__AVX512VNNI__)
  if constexpr (M == kWhole) {
    const WholeBlock keys{block, work.wide / 4, kKeys, ScalesOf(block, work.wide)};
    return MultiplyWhole<true>(work.whole_q, first, tile.rows, keys, work.s);
  }
#endif
  if constexpr (M == kTile) WidenBlock(block, work.wide, work.tile);
  const float* keys = M == kTile ? work.tile : reinterpret_cast<const float*>(block);
  const size_t steps = M == kF32 || M == kTile ? work.wide : work.wide / 2;
  Multiply<M, false>(tile.rows - first, work.q + first * work.wide, work.wide, keys, kKeys, steps,
                     work.s + first * kKeys, kKeys);
}

// Adds the values that the same rows' probabilities weigh.
template <Mode M>
void AddValues(const AttentionTile& tile, const Work& work, size_t first,
               const unsigned char* half) {
#if defined(__AVX512VNNI__)
  if constexpr (M == kWhole) {
    for (size_t r = first; r < tile.rows; ++r)
      SplitProbabilities(work.s + r * kKeys, ScalesOf(half, work.wide), work.whole_p, r);
    const WholeBlock values{half, kKeys / 4, work.wide, nullptr};
    return MultiplyWhole<false>(work.whole_p, first, tile.rows, values, work.o);
  }
#endif
  const float* values =
      M == kTile ? work.tile + work.wide * kKeys : reinterpret_cast<const float*>(half);
  const size_t steps = M == kF32 || M == kTile ? kKeys : kKeys / 2;
  Multiply<M, true>(tile.rows - first, work.p + first * kKeys, kKeys, values, work.wide, steps,
                    work.o + first * work.wide, work.wide);
}

template <Mode M>
void AttendBlocks(const AttentionTile& tile, const Work& work) {
  const size_t blocks = tile.positions[tile.rows - 1] / kKeys + 1;
  const size_t half_bytes = MakeKvBlockLayout(tile.element_bytes, tile.head_dim).half_bytes;
  size_t first = 0;  // rows before it have no key in this block
  for (size_t b = 0; b < blocks; ++b) {
    while (tile.positions[first] < b * kKeys) ++first;
    const size_t rows = tile.rows - first;
    Scores<M>(tile, work, first, tile.blocks[b]);
    const unsigned char* next = tile.blocks[b + 1 < blocks ? b + 1 : b];
    const size_t share = (2 * half_bytes / 64 + rows - 1) / rows * 64;
    for (size_t r = first; r < tile.rows; ++r) {
      // The next block comes from the shared cache while the exponentials run.
      for (size_t i = (r - first) * share; i < (r - first + 1) * share && i < 2 * half_bytes;
           i += 64) {
        __builtin_prefetch(next + i, 0, 2);
      }
      const size_t past = tile.positions[r] - b * kKeys + 1;
      SoftmaxRow(work, r, past < kKeys ? past : kKeys, M == kPairs);
    }
    AddValues<M>(tile, work, first, tile.blocks[b] + half_bytes);
  }
}

}  // namespace

size_t AttentionScratchFloats(size_t head_dim) {
  const size_t wide = MakeKvBlockLayout(sizeof(float), head_dim).wide;
  const size_t tile = kHasWholeProducts ? 0 : 2 * wide * kKeys;
  return kRowsMax * (2 * wide + 2 * kKeys + kLanes) + 5 * kRowsMax + tile;
}

void AttendTile(const AttentionTile& tile) {
  Work work;
  work.wide = MakeKvBlockLayout(sizeof(float), tile.head_dim).wide;
  work.q = tile.scratch;
  work.o = work.q + kRowsMax * work.wide;
  work.s = work.o + kRowsMax * work.wide;
  work.p = work.s + kRowsMax * kKeys;
  work.sum = work.p + kRowsMax * kKeys;
  work.top = work.sum + kRowsMax * kLanes;
  float* steps = work.top + kRowsMax;
  int32_t* starts = reinterpret_cast<int32_t*>(steps + 2 * kRowsMax);
  work.whole_q = {reinterpret_cast<int32_t*>(work.q), work.wide, steps, starts};
  work.whole_p = {reinterpret_cast<int32_t*>(work.p), kKeys, steps + kRowsMax, starts};
  work.tile = steps + 4 * kRowsMax;
  const Mode mode = ModeOf(tile.element_bytes);
  if (mode != kPairs) work.p = work.s;
  LoadQueries(tile, work, mode);
  if (mode == kF32) AttendBlocks<kF32>(tile, work);
  if (mode == kBf16Mode) AttendBlocks<kBf16Mode>(tile, work);
  if (mode == kQ8Mode) AttendBlocks<kQ8Mode>(tile, work);
  for (size_t r = 0; r < tile.rows; ++r) {
    const float inverse = 1.0f / Sum(Load(work.sum + r * kLanes));
    for (size_t d = 0; d < tile.head_dim; ++d) tile.o[r][d] = work.o[r * work.wide + d] * inverse;
  }
}

}  // namespace fathom::FATHOM_ISA_NS
