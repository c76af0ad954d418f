// SPDX-License-Identifier: Apache-2.0
#include "kernels/matmul/q4k_panels_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

// Rows held in registers at once: 2 vectors of sums and 2 of the block's f32 each, with 2 weights
// and what is at hand beside them.
constexpr int kRegisterRows = kLanes == 16 ? 6 : kLanes == 8 ? 3 : 2;
constexpr int kVectors = 2;

typedef int16_t Half __attribute__((vector_size(kLanes * 4)));
typedef int8_t Bytes __attribute__((vector_size(kLanes)));

FATHOM_INLINE int32_t Load4(const void* at) {
  int32_t four;
  __builtin_memcpy(&four, at, 4);
  return four;
}

// ---- the integers of 32 values of k ----

#if defined(__AVX512VNNI__)
typedef I Sums;

// sums[lane] += four unsigned bytes of w times four signed ones of x.
FATHOM_INLINE void MultiplyAdd(Sums& sums, I x, I w) {
  asm("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(w), "v"(x));
}

FATHOM_INLINE I Total(Sums sums) {
  return sums;
}
#else
// 8 times two products of at most 15 * 127 are below 2^15.
typedef Half Sums;

FATHOM_INLINE void MultiplyAdd(Sums& sums, I x, I w) {
#if defined(__AVX2__)
  sums += reinterpret_cast<Half>(
      _mm256_maddubs_epi16(reinterpret_cast<__m256i>(w), reinterpret_cast<__m256i>(x)));
#else
  const Half xs = reinterpret_cast<Half>(x), ws = reinterpret_cast<Half>(w);
  sums += ((xs << 8) >> 8) * (ws & 255) + (xs >> 8) * (ws >> 8);
#endif
}

FATHOM_INLINE I Total(Sums sums) {
#if defined(__AVX2__)
  return reinterpret_cast<I>(
      _mm256_madd_epi16(reinterpret_cast<__m256i>(sums), _mm256_set1_epi16(1)));
#else
  const I pairs = reinterpret_cast<I>(sums);
  return ((pairs << 16) >> 16) + (pairs >> 16);
#endif
}
#endif

// ---- a block of a panel, for the columns from c on, kLanes of them ----

FATHOM_INLINE I FromBytes(const uint8_t* at) {
#if defined(__AVX512F__)
  return reinterpret_cast<I>(
      _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
#elif defined(__AVX2__)
  return reinterpret_cast<I>(
      _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at))));
#else
  I value;
  for (int i = 0; i < kLanes; ++i) value[i] = at[i];
  return value;
#endif
}

// int16 pairs.
FATHOM_INLINE I PairsFromBytes(const uint8_t* at) {
#if defined(__AVX512F__)
  return reinterpret_cast<I>(
      _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at))));
#elif defined(__AVX2__)
  return reinterpret_cast<I>(
      _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
#else
  I value;
  for (int i = 0; i < kLanes; ++i) value[i] = at[2 * i] | at[2 * i + 1] << 16;
  return value;
#endif
}

FATHOM_INLINE F Scale(const Q4KPanelBlock& block, size_t group, int c) {
  return ToFloat(FromBytes(block.scales[group] + c)) * Load(block.d + c);
}

// Of the 4 values of k from 4 * quad on.
FATHOM_INLINE I Codes(const Q4KPanelBlock& block, size_t quad, int c) {
  const I both = LoadInt(block.codes[quad / 2][c]);
  return (quad % 2 == 0 ? both : both >> 4) & 0x0f0f0f0f;
}

// ---- the product ----

// A group's share of the block after next. One row takes less than 0.1 us for a block, so memory
// has to be asked two ahead, and by itself a processor is later. Past a panel lies the next one.
FATHOM_INLINE void FetchAhead(const Q4KPanelBlock& block, size_t group) {
  constexpr size_t kLine = 64, kShare = sizeof(Q4KPanelBlock) / kQ4KGroups;
  const char* share = reinterpret_cast<const char*>(&block + 2) + group * kShare;
#pragma GCC unroll 16
  for (size_t at = 0; at < kShare; at += kLine) __builtin_prefetch(share + at);
}

// tile (M, 32) += block b of the rows times that of the panel. `first`: rows that open the block.
template <int M>
void BlockRows(const void* const* rows, size_t b, const Q4KPanelBlock& block, bool first,
               float* tile) {
  const Q4KRowBlock* x[M];
#pragma GCC unroll 8
  for (int m = 0; m < M; ++m) x[m] = static_cast<const Q4KRowBlock*>(rows[m]) + b;
#pragma GCC unroll 1
  for (int c = 0; c < kTileColumns; c += kVectors * kLanes) {
    F t[M][kVectors];
#pragma GCC unroll 8
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) t[m][v] = F{};
    }
#pragma GCC unroll 1
    for (size_t group = 0; group < kQ4KGroups; ++group) {
      if (first && c == 0) FetchAhead(block, group);
      Sums sums[M][kVectors];
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) {
#pragma GCC unroll 2
        for (int v = 0; v < kVectors; ++v) sums[m][v] = Sums{};
      }
#pragma GCC unroll 8
      for (size_t quad = 8 * group, i = 0; i < 8; ++i) {
        I w[kVectors];
#pragma GCC unroll 2
        for (int v = 0; v < kVectors; ++v) w[v] = Codes(block, quad + i, c + v * kLanes);
#pragma GCC unroll 8
        for (int m = 0; m < M; ++m) {
          const I four = SetInt(Load4(x[m]->values + 4 * (quad + i)));
#pragma GCC unroll 2
          for (int v = 0; v < kVectors; ++v) MultiplyAdd(sums[m][v], four, w[v]);
        }
      }
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const F scale = Scale(block, group, c + v * kLanes);
#pragma GCC unroll 8
        for (int m = 0; m < M; ++m) t[m][v] = Fma(ToFloat(Total(sums[m][v])), scale, t[m][v]);
      }
    }
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) {
      const int column = c + v * kLanes;
#pragma GCC unroll 8
      for (int m = 0; m < M; ++m) {
        I mins = {};
#pragma GCC unroll 4
        for (size_t pair = 0; pair < kQ4KGroups / 2; ++pair)
          mins = MultiplyAddPairs(mins, SetInt(Load4(x[m]->sums + 2 * pair)),
                                  PairsFromBytes(block.mins[pair][column]));
        const F sum = Fma(ToFloat(-mins), Load(block.d_min + column), t[m][v]);
        float* to = tile + m * kTileColumns + column;
        Store(to, Fma(sum, Set(x[m]->step), Load(to)));
      }
    }
  }
}

template <int M>
void Rows(const void* const* rows, int m, size_t b, const Q4KPanelBlock& block, bool first,
          float* tile) {
  if constexpr (M > 1) {
    if (m < M) return Rows<M - 1>(rows, m, b, block, first, tile);
  }
  BlockRows<M>(rows, b, block, first, tile);
}

void PrepareBlock(const float* x, Q4KRowBlock& block) {
  F largest = {};
  for (size_t i = 0; i < kQ4KValues; i += kLanes) largest = Max(largest, Abs(Load(x + i)));
  block.step = MaxOf(largest) / 127.0f;
  const F inverse = Set(block.step > 0 ? 1.0f / block.step : 0.0f);
  for (size_t i = 0; i < kQ4KValues; i += kLanes) {
    const I wide = RoundToInt(Min(Max(Load(x + i) * inverse, Set(-127)), Set(127)));
    const Bytes values = __builtin_convertvector(wide, Bytes);
    __builtin_memcpy(block.values + i, &values, sizeof(values));
  }
  for (size_t group = 0; group < kQ4KGroups; ++group) {
    int sum = 0;
    for (size_t i = 0; i < 32; ++i) sum += block.values[group * 32 + i];
    block.sums[group] = static_cast<int16_t>(sum);
  }
}

}  // namespace

void PrepareQ4KRow(const float* x, size_t in, Q4KRowBlock* row) {
  for (size_t k = 0; k < in; k += kQ4KValues) PrepareBlock(x + k, *row++);
}

// All rows go through a block together: it stays in the first cache (5 KiB) while they pass. Codes
// are taken apart for every few rows anew: widened ones are twice as many bytes, and were slower.
void Q4KTileProduct(const void* const* rows, int m, size_t in, const void* panel, float* tile) {
  const Q4KPanelBlock* blocks = static_cast<const Q4KPanelBlock*>(panel);
  for (int i = 0; i < m * kTileColumns; i += kLanes) Store(tile + i, F{});
  for (size_t b = 0; b < in / kQ4KValues; ++b) {
    for (int row = 0; row < m; row += kRegisterRows) {
      const int count = m - row < kRegisterRows ? m - row : kRegisterRows;
      Rows<kRegisterRows>(rows + row, count, b, blocks[b], row == 0, tile + row * kTileColumns);
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
