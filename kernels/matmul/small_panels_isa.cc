// SPDX-License-Identifier: Apache-2.0
// Exact integer sums inside a group, then tile += sum * scale; the row's step at the end: the same
// sums in the same order as those of the widened panel.
#include "kernels/matmul/small_panels_isa.h"

#include "kernels/matmul/code_panels_isa.h"
#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

constexpr size_t kUnit = 32;  // values of k
constexpr int kUnitPairs = 16;

typedef int16_t Half __attribute__((vector_size(kLanes * 4)));
typedef uint16_t Bits __attribute__((vector_size(kLanes * 4)));

FATHOM_INLINE Bits LoadBits(const uint8_t* at) {
  Bits value;
  __builtin_memcpy(&value, at, sizeof(Bits));
  return value;
}

FATHOM_INLINE int32_t LoadPair(const int16_t* at) {
  int32_t pair;
  __builtin_memcpy(&pair, at, 4);
  return pair;
}

constexpr int8_t kIq4[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                             1,    13,   25,  38,  53,  69,  89,  113};

// Of codes in bits 8 .. 11 of each half; bits above are ignored but for the last, which is 0.
FATHOM_INLINE Half LookUp(Bits high) {
#if defined(__AVX2__)
  const __m128i table = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kIq4));
#endif
#if defined(__AVX512F__)
  const __m512i at = reinterpret_cast<__m512i>((high & 0x0f00) | 0x0080);
  return reinterpret_cast<Half>(_mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), at)) >> 8;
#elif defined(__AVX2__)
  const __m256i at = reinterpret_cast<__m256i>((high & 0x0f00) | 0x0080);
  return reinterpret_cast<Half>(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), at)) >> 8;
#else
  Half value;
  for (int i = 0; i < 2 * kLanes; ++i) value[i] = kIq4[(high[i] >> 8) & 15];
  return value;
#endif
}

// The int16 pairs number `pair` of a unit for the columns from `column` on, kLanes of them.
template <PanelKind kKind>
struct Stored {
  static constexpr SmallPanelLayout kLayout = SmallPanelLayoutOf(kKind);

  FATHOM_INLINE Bits Vector(const uint8_t* unit, size_t at, int index, int column) {
    return LoadBits(unit + at + static_cast<size_t>(index) * kLayout.vector_bytes() +
                    static_cast<size_t>(column) * 4);
  }

  FATHOM_INLINE Half Load(const uint8_t* unit, int pair, int column) {
    constexpr int kLow = kLayout.low_bits, kHigh = kLayout.high_bits;
    constexpr int kLowPairs = 16 / kLow;
    const Bits low = Vector(unit, kLayout.low_at(), pair / kLowPairs, column);
    const int at = pair % kLowPairs * kLow;
    if constexpr (kKind == kPanelIQ4XS) return LookUp(at <= 8 ? low << (8 - at) : low >> (at - 8));
    const Bits code = (low >> at) & static_cast<uint16_t>((1 << kLow) - 1);
    if constexpr (kHigh == 0) {
      return reinterpret_cast<Half>(code);
    } else {
      constexpr int kHighPairs = 16 / kHigh;
      const Bits high = Vector(unit, kLayout.high_at(), pair / kHighPairs, column);
      const int from = pair % kHighPairs * kHigh;
      const Bits moved = from <= kLow ? high << (kLow - from) : high >> (from - kLow);
      const Bits mask = Bits{} + static_cast<uint16_t>(((1 << kHigh) - 1) << kLow);
      return reinterpret_cast<Half>(code | (moved & mask));
    }
  }
};

struct UnitScales {
  alignas(64) float scale[2 * kTileColumns];  // (groups, 32)
};

FATHOM_INLINE F FromBytes(const uint8_t* at) {
#if defined(__AVX512F__)
  return _mm512_cvtepi32_ps(
      _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
#elif defined(__AVX2__)
  return _mm256_cvtepi32_ps(
      _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at))));
#else
  F value;
  for (int i = 0; i < kLanes; ++i) value[i] = static_cast<int8_t>(at[i]);
  return value;
#endif
}

template <PanelKind kKind>
FATHOM_INLINE void ReadScales(const uint8_t* block, const uint8_t* unit, UnitScales& scales) {
  constexpr SmallPanelLayout kLayout = SmallPanelLayoutOf(kKind);
  const float* d = reinterpret_cast<const float*>(block);
  if constexpr (kLayout.groups == 0) {
    for (int c = 0; c < kTileColumns; c += kLanes) Store(scales.scale + c, Load(d + c));
  }
  for (int g = 0; g < static_cast<int>(kLayout.groups); ++g) {
    for (int c = 0; c < kTileColumns; c += kLanes) {
      Store(scales.scale + g * kTileColumns + c,
            FromBytes(unit + g * kTileColumns + c) * Load(d + c));
    }
  }
}

// What PrepareRow put behind the values: f32 step, then the sums of 16 values each.
FATHOM_INLINE int32_t GroupSum(const void* row, size_t in, size_t group) {
  int32_t sum;
  __builtin_memcpy(&sum, static_cast<const int16_t*>(row) + in + 2 + 2 * group, 4);
  return sum;
}

// tile (M, 32) += one unit, whose first value of k is `k`.
template <PanelKind kKind, int M>
FATHOM_INLINE void UnitRows(const uint8_t* codes, const UnitScales& scales, const void* const* rows,
                            size_t in, size_t k, float* tile) {
  constexpr SmallPanelLayout kLayout = SmallPanelLayoutOf(kKind);
  constexpr int kGroups = kLayout.groups == 2 ? 2 : 1, kPairs = kUnitPairs / kGroups;
#pragma GCC unroll 1
  for (int c = 0; c < kTileColumns; c += 2 * kLanes) {
#pragma GCC unroll 2
    for (int group = 0; group < kGroups; ++group) {
      I sum[M][2];
#pragma GCC unroll 12
      for (int m = 0; m < M; ++m) {
        sum[m][0] = sum[m][1] = I{};
        if constexpr (kLayout.offset != 0) {
          int32_t x_sum = GroupSum(rows[m], in, k / 16 + static_cast<size_t>(group));
          if constexpr (kGroups == 1) x_sum += GroupSum(rows[m], in, k / 16 + 1);
          sum[m][0] = sum[m][1] = SetInt(-kLayout.offset * x_sum);
        }
      }
#pragma GCC unroll 16
      for (int p = 0; p < kPairs; ++p) {
        const int pair = group * kPairs + p;
        const Half w0 = Stored<kKind>::Load(codes, pair, c),
                   w1 = Stored<kKind>::Load(codes, pair, c + kLanes);
#pragma GCC unroll 12
        for (int m = 0; m < M; ++m) {
          const int16_t* x = static_cast<const int16_t*>(rows[m]) + k;
          const I both = SetInt(LoadPair(x + 2 * pair));
          sum[m][0] = MultiplyAddPairs(sum[m][0], both, reinterpret_cast<I>(w0));
          sum[m][1] = MultiplyAddPairs(sum[m][1], both, reinterpret_cast<I>(w1));
        }
      }
      const float* scale = scales.scale + group * kTileColumns + c;
#pragma GCC unroll 12
      for (int m = 0; m < M; ++m) {
        float* t = tile + m * kTileColumns + c;
        Store(t, Fma(ToFloat(sum[m][0]), Load(scale), Load(t)));
        Store(t + kLanes, Fma(ToFloat(sum[m][1]), Load(scale + kLanes), Load(t + kLanes)));
      }
    }
  }
}

template <PanelKind kKind, int M>
void Product(const void* const* rows, size_t in, const uint8_t* panel, float* tile) {
  constexpr SmallPanelLayout kLayout = SmallPanelLayoutOf(kKind);
  for (int i = 0; i < M * kTileColumns; i += kLanes) Store(tile + i, F{});
  UnitScales scales;
  for (size_t k = 0; k < in; panel += kLayout.block_bytes()) {
    const uint8_t* unit = panel + kLayout.head_bytes();
    for (size_t u = 0; u < kLayout.units; ++u, unit += kLayout.unit_bytes(), k += kUnit) {
      ReadScales<kKind>(panel, unit, scales);
      UnitRows<kKind, M>(unit, scales, rows, in, k, tile);
    }
  }
  for (int row = 0; row < M; ++row, tile += kTileColumns) {
    float step;
    __builtin_memcpy(&step, static_cast<const int16_t*>(rows[row]) + in, 4);
    for (int c = 0; c < kTileColumns; c += kLanes) Store(tile + c, Load(tile + c) * Set(step));
  }
}

template <PanelKind kKind>
void FewRows(const void* const* rows, int m, size_t in, const void* panel, float* tile) {
  const uint8_t* bytes = static_cast<const uint8_t*>(panel);
  if (m == 1) return Product<kKind, 1>(rows, in, bytes, tile);
  Product<kKind, 2>(rows, in, bytes, tile);
}

typedef int8_t Narrow __attribute__((vector_size(kLanes * 2)));

template <PanelKind kKind>
void Widened(size_t in, const void* panel, void* wide) {
  constexpr SmallPanelLayout kLayout = SmallPanelLayoutOf(kKind);
  constexpr CodePanelLayout kTo = CodePanelLayoutOf(kKind);
  const uint8_t* block = static_cast<const uint8_t*>(panel);
  uint8_t* to = static_cast<uint8_t*>(wide);
  for (size_t k = 0; k < in; block += kLayout.block_bytes()) {
    const uint8_t* unit = block + kLayout.head_bytes();
    for (size_t u = 0; u < kLayout.units;
         ++u, unit += kLayout.unit_bytes(), k += kUnit, to += kTo.block_bytes()) {
      UnitScales scales;
      ReadScales<kKind>(block, unit, scales);
      __builtin_memcpy(to, scales.scale, kTo.codes_at());
      for (int c = 0; c < kTileColumns; c += kLanes) {
#pragma GCC unroll 16
        for (int pair = 0; pair < kUnitPairs; ++pair) {
          const Half w = Stored<kKind>::Load(unit, pair, c) - static_cast<int16_t>(kLayout.offset);
          const Narrow codes = __builtin_convertvector(w, Narrow);
          __builtin_memcpy(to + kTo.codes_at() + (pair * kTileColumns + c) * 2, &codes,
                           sizeof(codes));
        }
      }
    }
  }
}

}  // namespace

void SmallTileProduct(PanelKind kind, const void* const* rows, int m, size_t in, const void* panel,
                      float* tile) {
  if (kind == kPanelQ4_0) return FewRows<kPanelQ4_0>(rows, m, in, panel, tile);
  if (kind == kPanelIQ4XS) return FewRows<kPanelIQ4XS>(rows, m, in, panel, tile);
  if (kind == kPanelQ6K) return FewRows<kPanelQ6K>(rows, m, in, panel, tile);
  FewRows<kPanelQ3K>(rows, m, in, panel, tile);
}

void WidenPanel(PanelKind kind, size_t in, const void* panel, void* wide) {
  if (kind == kPanelQ4_0) return Widened<kPanelQ4_0>(in, panel, wide);
  if (kind == kPanelIQ4XS) return Widened<kPanelIQ4XS>(in, panel, wide);
  if (kind == kPanelQ6K) return Widened<kPanelQ6K>(in, panel, wide);
  Widened<kPanelQ3K>(in, panel, wide);
}

}  // namespace fathom::FATHOM_ISA_NS
