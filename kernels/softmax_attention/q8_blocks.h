// SPDX-License-Identifier: Apache-2.0
// Blocks of 8-bit keys and values (kv_layout.h): multiplied as they are where the instruction set
// has VNNI, elsewhere widened to a block of f32. Included by softmax_attention_isa.cc alone.
//
// VNNI multiplies bytes without a sign by bytes with one, and sums four products. A row of queries
// or probabilities meets the stored bytes as whole numbers of its own step, each in two bytes,
// 256 high + low: with a sign for queries (at most 32,512), without for probabilities (65,535).
// Keys are stored without a sign, n + 128: the 128 times the row's sum is where their sums begin.
// The sums of a block are exact.
#pragma once

#include "kernels/softmax_attention/kv_layout.h"
#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {

// (64) behind the keys or the values.
FATHOM_INLINE const float* ScalesOf(const unsigned char* half, size_t wide) {
  return reinterpret_cast<const float*>(half + wide * kKvLayoutBlock);
}

// The block as f32: keys (wide, 64), then values (64, wide).
FATHOM_INLINE void WidenBlock(const unsigned char* block, size_t wide, float* tile) {
  const float* key_scales = ScalesOf(block, wide);
  const unsigned char* values = reinterpret_cast<const unsigned char*>(key_scales + kKvLayoutBlock);
  const float* value_scales = ScalesOf(values, wide);
  for (size_t d = 0; d < wide; d += 4) {
    for (size_t j = 0; j < kKvLayoutBlock; j += kLanes) {
      const I four =
          LoadInt(block + (d * kKvLayoutBlock + j * 4)) ^ SetInt(static_cast<int32_t>(0x80808080u));
      const F scale = Load(key_scales + j);
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) {
        const I n = (four << (24 - 8 * i)) >> 24;
        Store(tile + (d + static_cast<size_t>(i)) * kKvLayoutBlock + j, ToFloat(n) * scale);
      }
    }
  }
  float* wide_values = tile + wide * kKvLayoutBlock;
  for (size_t j = 0; j < kKvLayoutBlock; j += 4) {
    for (size_t d = 0; d < wide; d += kLanes) {
      const I four = LoadInt(values + (j * wide + d * 4));
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i) {
        const size_t position = j + static_cast<size_t>(i);
        const I n = (four << (24 - 8 * i)) >> 24;
        Store(wide_values + position * wide + d, ToFloat(n) * Set(value_scales[position]));
      }
    }
  }
}

// Rows of whole numbers.
struct WholeRows {
  int32_t* parts;  // (rows, stride): four high bytes, four low bytes, and so on
  size_t stride;
  float* steps;     // (rows)
  int32_t* starts;  // (rows, 2) of queries: where sums of high and low bytes begin
};

#if defined(__AVX512VNNI__)
constexpr bool kHasWholeProducts = true;

constexpr float kQueryMax = 127 * 256, kProbabilityMax = 65535;
constexpr float kLeast = 1e-33f;  // what is smaller is taken for 0: its inverse would overflow

FATHOM_INLINE I DotBytes(I sum, I without_sign, I with_sign) {
  asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(without_sign), "v"(with_sign));
  return sum;
}

// The largest of numbers without a sign; NaN where there is one, of whichever sign.
FATHOM_INLINE F MaxWithNan(F a, F b) {
  return reinterpret_cast<F>(
      _mm512_max_epu32(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}
FATHOM_INLINE float TopOf(F largest) {
  return __builtin_bit_cast(float, _mm512_reduce_max_epu32(reinterpret_cast<__m512i>(largest)));
}

// 16 numbers' high and low bytes stand in the lower half of each lane.
FATHOM_INLINE void StoreParts(I numbers, int32_t* parts) {
  const __m256i order = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(1, 3, 5, 7, 0, 2, 4, 6, 9, 11, 13, 15, 8, 10, 12, 14));
  const __m256i halves = _mm512_cvtepi32_epi16(reinterpret_cast<__m512i>(numbers));
  const __m256i turns = _mm256_shuffle_epi8(halves, order);
  __builtin_memcpy(parts, &turns, sizeof(turns));
}

// In place: the write stays behind the read.
FATHOM_INLINE void SplitQuery(float* q, size_t wide, const WholeRows& rows, size_t r) {
  F largest = {};
  for (size_t d = 0; d < wide; d += kLanes) largest = MaxWithNan(largest, Abs(Load(q + d)));
  const float top = TopOf(largest);
  const F inverse = Set(top > kLeast ? kQueryMax / top : 0.0f);
  I high_sum = {}, low_sum = {};
  for (size_t d = 0; d < wide; d += kLanes) {
    const I whole = RoundToInt(Load(q + d) * inverse);
    const I high = (whole + 128) >> 8;
    high_sum += high;
    low_sum += whole - (high << 8);
    StoreParts((high << 8) | (whole & 255), rows.parts + r * rows.stride + d / 2);
  }
  rows.steps[r] = top * (1 / kQueryMax);
  rows.starts[2 * r] = -128 * static_cast<int32_t>(Sum(ToFloat(high_sum)));
  rows.starts[2 * r + 1] = -128 * static_cast<int32_t>(Sum(ToFloat(low_sum)));
}

// Of one block; each is multiplied by its value's scale before.
FATHOM_INLINE void SplitProbabilities(const float* p, const float* scales, const WholeRows& rows,
                                      size_t r) {
  F x[kKvLayoutBlock / kLanes];
  F largest = {};
#pragma GCC unroll 4
  for (size_t i = 0; i < kKvLayoutBlock / kLanes; ++i) {
    x[i] = Load(p + i * kLanes) * Load(scales + i * kLanes);
    largest = MaxWithNan(largest, x[i]);
  }
  const float top = TopOf(largest);
  const F inverse = Set(top > kLeast ? kProbabilityMax / top : 0.0f);
#pragma GCC unroll 4
  for (size_t i = 0; i < kKvLayoutBlock / kLanes; ++i)
    StoreParts(RoundToInt(x[i] * inverse), rows.parts + r * rows.stride + i * kLanes / 2);
  rows.steps[r] = top * (1 / kProbabilityMax);
}

// One half of a block: (steps, width) vectors of four bytes.
struct WholeBlock {
  const unsigned char* bytes;
  size_t steps, width;
  const float* scales;  // (width) of keys
};

// Keys: c (R, V vectors) = the products. Values: they are added to c.
template <bool kKeys, int R, int V>
FATHOM_INLINE void WholeProduct(const WholeRows& rows, size_t row, const WholeBlock& block,
                                size_t column, float* c) {
  I high[R][V], low[R][V];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const int32_t* starts = rows.starts + 2 * (row + static_cast<size_t>(r));
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) {
      high[r][v] = kKeys ? SetInt(starts[0]) : I{};
      low[r][v] = kKeys ? SetInt(starts[1]) : I{};
    }
  }
  const int32_t* parts = rows.parts + row * rows.stride;
  const unsigned char* bytes = block.bytes + column * 4;
#pragma GCC unroll 1
  for (size_t k = 0; k < block.steps; ++k, parts += 2, bytes += block.width * 4) {
    I stored[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) stored[v] = LoadInt(bytes + v * kLanes * 4);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const int32_t* at = parts + static_cast<size_t>(r) * rows.stride;
      const I a = SetInt(at[0]), b = SetInt(at[1]);
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) {
        high[r][v] =
            kKeys ? DotBytes(high[r][v], stored[v], a) : DotBytes(high[r][v], a, stored[v]);
        low[r][v] = kKeys ? DotBytes(low[r][v], stored[v], b) : DotBytes(low[r][v], b, stored[v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
    const F step = Set(rows.steps[row + static_cast<size_t>(r)]);
    float* to = c + (row + static_cast<size_t>(r)) * block.width + column;
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v, to += kLanes) {
      const F whole = Fma(ToFloat(high[r][v]), Set(256.0f), ToFloat(low[r][v]));
      if (kKeys)
        Store(to, whole * (step * Load(block.scales + column + static_cast<size_t>(v) * kLanes)));
      else
        Store(to, Fma(whole, step, Load(to)));
    }
  }
}

template <bool kKeys, int R>
void WholeColumns(const WholeRows& rows, size_t row, const WholeBlock& block, float* c) {
  size_t column = 0;
  for (; column + 2 * kLanes <= block.width; column += 2 * kLanes)
    WholeProduct<kKeys, R, 2>(rows, row, block, column, c);
  for (; column < block.width; column += kLanes)
    WholeProduct<kKeys, R, 1>(rows, row, block, column, c);
}

// Rows [first, end); c is (rows, block.width).
template <bool kKeys>
void MultiplyWhole(const WholeRows& rows, size_t first, size_t end, const WholeBlock& block,
                   float* c) {
  for (; first + 6 <= end; first += 6) WholeColumns<kKeys, 6>(rows, first, block, c);
  if (first + 4 <= end) WholeColumns<kKeys, 4>(rows, first, block, c), first += 4;
  if (first + 2 <= end) WholeColumns<kKeys, 2>(rows, first, block, c), first += 2;
  if (first < end) WholeColumns<kKeys, 1>(rows, first, block, c);
}
#else
constexpr bool kHasWholeProducts = false;
#endif

}  // namespace fathom::FATHOM_ISA_NS
