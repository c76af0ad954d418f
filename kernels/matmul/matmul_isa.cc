// SPDX-License-Identifier: Apache-2.0
#include "kernels/matmul/matmul_isa.h"

#include "kernels/matmul/code_panels_isa.h"
#include "kernels/matmul/q4k_panels_isa.h"
#include "kernels/matmul/small_panels_isa.h"
#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

// Rows held in registers at once: 2 vectors of accumulators each, with 2 weights and 1 activation
// beside them.
constexpr int kRegisterRows = kLanes == 16 ? 12 : 6;

FATHOM_INLINE int32_t LoadPair(const void* at) {
  int32_t pair;
  __builtin_memcpy(&pair, at, 4);
  return pair;
}

// ---- f32 panels ----

template <int M>
void F32Rows(const void* const* rows, size_t in, const float* panel, float* tile) {
  for (int c = 0; c < kTileColumns; c += 2 * kLanes) {
    F sum[M][2];
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) sum[m][0] = sum[m][1] = F{};
#pragma GCC unroll 1
    for (size_t k = 0; k < in; ++k) {
      const F w0 = Load(panel + k * kTileColumns + c);
      const F w1 = Load(panel + k * kTileColumns + c + kLanes);
#pragma GCC unroll 16
      for (int m = 0; m < M; ++m) {
        const F x = Set(static_cast<const float*>(rows[m])[k]);
        sum[m][0] = Fma(x, w0, sum[m][0]);
        sum[m][1] = Fma(x, w1, sum[m][1]);
      }
    }
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
      Store(tile + m * kTileColumns + c, sum[m][0]);
      Store(tile + m * kTileColumns + c + kLanes, sum[m][1]);
    }
  }
}

// ---- bf16 panels ----

#if defined(__AVX512BF16__)
template <int M>
void Bf16Rows(const void* const* rows, size_t in, const uint16_t* panel, float* tile) {
  const size_t pairs = (in + 1) / 2;
  __m512 sum[M][2];
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) sum[m][0] = sum[m][1] = _mm512_setzero_ps();
#pragma GCC unroll 1
  for (size_t k = 0; k < pairs; ++k) {
    const __m512i w0 = _mm512_load_si512(panel + k * 64);
    const __m512i w1 = _mm512_load_si512(panel + k * 64 + 32);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
      const __m512i x = _mm512_set1_epi32(LoadPair(static_cast<const uint16_t*>(rows[m]) + 2 * k));
      asm("vdpbf16ps %2, %1, %0" : "+v"(sum[m][0]) : "v"(x), "v"(w0));
      asm("vdpbf16ps %2, %1, %0" : "+v"(sum[m][1]) : "v"(x), "v"(w1));
    }
  }
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
    _mm512_store_ps(tile + m * kTileColumns, sum[m][0]);
    _mm512_store_ps(tile + m * kTileColumns + 16, sum[m][1]);
  }
}
#else
template <int M>
void Bf16Rows(const void* const* rows, size_t in, const uint16_t* panel, float* tile) {
  const size_t pairs = (in + 1) / 2;
  for (int c = 0; c < kTileColumns; c += kLanes) {
    F sum[M];
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) sum[m] = F{};
    for (size_t k = 0; k < pairs; ++k) {
      const I w = LoadInt(panel + (k * kTileColumns + c) * 2);
      const F even = AsFloat(w << 16), odd = AsFloat(w & SetInt(-65536));
#pragma GCC unroll 16
      for (int m = 0; m < M; ++m) {
        const float* x = static_cast<const float*>(rows[m]) + 2 * k;
        sum[m] = Fma(Set(x[0]), even, sum[m]);
        sum[m] = Fma(Set(x[1]), odd, sum[m]);
      }
    }
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) Store(tile + m * kTileColumns + c, sum[m]);
  }
}
#endif

// ---- dispatch on the number of rows ----

template <int M>
void Rows(PanelKind kind, const void* const* rows, int m, size_t in, const void* panel,
          float* tile) {
  if constexpr (M > 1) {
    if (m < M) return Rows<M - 1>(kind, rows, m, in, panel, tile);
  }
  if (kind == kPanelBf16) return Bf16Rows<M>(rows, in, static_cast<const uint16_t*>(panel), tile);
  F32Rows<M>(rows, in, static_cast<const float*>(panel), tile);
}

// step = max|x| / 32767 over the row: an error of 2^-16 of the row's largest.
void QuantizeRow16(const float* x, size_t in, int16_t* q) {
  F largest = {};
  for (size_t i = 0; i < in; i += kLanes) largest = Max(largest, Abs(Load(x + i)));
  const float step = MaxOf(largest) / 32767.0f;
  const F inverse = Set(step > 0 ? 1.0f / step : 0.0f);
  __builtin_memcpy(q + in, &step, 4);
  for (size_t i = 0; i < in; i += kLanes) {
    const I wide = RoundToInt(Min(Max(Load(x + i) * inverse, Set(-32767)), Set(32767)));
#if defined(__AVX512F__)
    const __m256i narrow = _mm512_cvtepi32_epi16(reinterpret_cast<__m512i>(wide));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(q + i), narrow);
#else
    for (int lane = 0; lane < kLanes; ++lane) q[i + lane] = static_cast<int16_t>(wide[lane]);
#endif
  }
}

// The sums of 16 values each, behind the values and the step.
void SumGroups(int16_t* q, size_t in) {
  for (size_t group = 0; group < in / 16; ++group) {
    int32_t sum = 0;
    for (size_t i = 0; i < 16; ++i) sum += q[group * 16 + i];
    __builtin_memcpy(q + in + 2 + 2 * group, &sum, 4);
  }
}

}  // namespace

size_t PreparedBytes(PanelKind kind, size_t in) {
  if (kind == kPanelF32) return 0;
  if (kind == kPanelQ4K) return (in / kQ4KValues * sizeof(Q4KRowBlock) + 63) / 64 * 64;
  const size_t even = (in + 1) / 2 * 2;
  size_t bytes = in * 2 + 4;
  if (kind >= kPanelQ4_0) bytes += in / 16 * 4;
  if (kind == kPanelBf16) bytes = even * (kLanes == 16 ? 2 : 4);
  return (bytes + 63) / 64 * 64;
}

void PrepareRow(PanelKind kind, const float* x, size_t in, void* prepared) {
  if (kind == kPanelQ4K) return PrepareQ4KRow(x, in, static_cast<Q4KRowBlock*>(prepared));
  if (kind >= kPanelQ8) {
    QuantizeRow16(x, in, static_cast<int16_t*>(prepared));
    if (kind >= kPanelQ4_0) SumGroups(static_cast<int16_t*>(prepared), in);
    return;
  }
#if defined(__AVX512BF16__)
  uint16_t* out = static_cast<uint16_t*>(prepared);
  for (size_t i = 0; i < in; i += kLanes) {
    const size_t count = in - i < kLanes ? in - i : kLanes;
    const __m256bh half =
        _mm512_cvtneps_pbh(count == kLanes ? Load(x + i) : LoadPart(x + i, count));
    const size_t padded = (count + 1) / 2 * 2;
    __builtin_memcpy(out + i, &half, padded * 2);
  }
#else
  float* out = static_cast<float*>(prepared);
  __builtin_memcpy(out, x, in * 4);
  if (in % 2 != 0) out[in] = 0;
#endif
}

void TileProduct(PanelKind kind, const void* const* rows, int m, size_t in, const void* panel,
                 float* tile) {
  if (kind == kPanelQ8) return CodeTileProduct(kind, rows, m, in, panel, tile);
  if (kind == kPanelQ4K) return Q4KTileProduct(rows, m, in, panel, tile);
  if (kind >= kPanelQ4_0) return SmallTileProduct(kind, rows, m, in, panel, tile);
  for (; m > kRegisterRows;
       m -= kRegisterRows, rows += kRegisterRows, tile += kRegisterRows * kTileColumns) {
    Rows<kRegisterRows>(kind, rows, kRegisterRows, in, panel, tile);
  }
  Rows<kRegisterRows>(kind, rows, m, in, panel, tile);
}

void TileStore(const float* tile, int m, size_t columns, bool silu, float* y, size_t y_stride) {
  for (int row = 0; row < m; ++row, tile += kTileColumns, y += y_stride) {
    for (size_t c = 0; c < columns; c += kLanes) {
      F value = Load(tile + c);
      if (silu) value = Silu(value);
      if (columns - c >= kLanes) {
        Store(y + c, value);
      } else {
        StorePart(y + c, value, columns - c);
      }
    }
  }
}

void TileSiluMul(const float* tile, int m, size_t columns, float* h, size_t h_stride) {
  for (int row = 0; row < m; ++row, tile += kTileColumns, h += h_stride) {
    for (size_t c = 0; c < columns; c += kLanes) {
      const F value = Silu(Load(tile + c)) * Load(tile + 16 + c);
      if (columns - c >= kLanes) {
        Store(h + c, value);
      } else {
        StorePart(h + c, value, columns - c);
      }
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
