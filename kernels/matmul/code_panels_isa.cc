// SPDX-License-Identifier: Apache-2.0
// Exact integer sums inside a group, then tile += sum * scale; the row's step at the end.
#include "kernels/matmul/code_panels_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

constexpr size_t kBlockColumns = 32;  // values of k
constexpr int kBlockPairs = 16;

// Rows held in registers at once: 2 vectors of sums each, with 2 weights and 1 or 2 more beside
// them.
constexpr int kRegisterRows = kLanes == 16 ? 12 : 6;

// Vectors of columns that M rows are multiplied with together.
template <int M>
constexpr int kVectorsOf = kLanes == 8 && M <= 2 ? 4 : 2;

#if defined(__AVX2__)
// The compiler may not carry values of memory over this line: without it gcc 12 keeps the tile in
// registers that the sums need, and spills both.
FATHOM_INLINE void MemoryFence() {
  asm volatile("" ::: "memory");
}

typedef int32_t Pair __attribute__((may_alias, aligned(2)));
#endif

#if defined(__AVX512VNNI__)
typedef __m512i Codes;

FATHOM_INLINE Codes LoadCodes(const int8_t* q) {
  return _mm512_cvtepi8_epi16(_mm256_load_si256(reinterpret_cast<const __m256i*>(q)));
}

// sum[v] += the pair at x times w[v].
template <int V>
FATHOM_INLINE void MultiplyAddPair(I* sum, const int16_t* x, const Codes* w) {
  const __m512i both = _mm512_set1_epi32(*reinterpret_cast<const Pair*>(x));
#pragma GCC unroll 4
  for (int v = 0; v < V; ++v) asm("vpdpwssd %2, %1, %0" : "+v"(sum[v]) : "v"(both), "v"(w[v]));
}
#elif defined(__AVX2__)
typedef __m256i Codes;

FATHOM_INLINE Codes LoadCodes(const int8_t* q) {
  return _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(q)));
}

// Written out because gcc 12 puts the multiplications of all rows first and then spills the sums.
// int8 activations would save nothing here: vpmaddubsw takes the ports of vpmaddwd, and its 16-bit
// sums need that one as well.
template <int V>
FATHOM_INLINE void MultiplyAddPair(I* sum, const int16_t* x, const Codes* w) {
  const Pair* pair = reinterpret_cast<const Pair*>(x);
  __m256i both, product;
#pragma GCC unroll 2
  for (int v = 0; v < V; v += 2) {
    asm("vpbroadcastd %4, %2\n\t"
        "vpmaddwd %5, %2, %3\n\t"
        "vpmaddwd %6, %2, %2\n\t"
        "vpaddd %3, %0, %0\n\t"
        "vpaddd %2, %1, %1"
        : "+x"(sum[v]), "+x"(sum[v + 1]), "=&x"(both), "=&x"(product)
        : "m"(*pair), "x"(w[v]), "x"(w[v + 1]));
  }
}
#else
struct Codes {
  int8_t at[2 * kLanes];
};

FATHOM_INLINE void MemoryFence() {}

FATHOM_INLINE Codes LoadCodes(const int8_t* q) {
  Codes codes;
  __builtin_memcpy(&codes, q, sizeof(codes));
  return codes;
}

template <int V>
FATHOM_INLINE void MultiplyAddPair(I* sum, const int16_t* x, const Codes* w) {
  for (int v = 0; v < V; ++v) {
    for (int i = 0; i < kLanes; ++i) sum[v][i] += x[0] * w[v].at[2 * i] + x[1] * w[v].at[2 * i + 1];
  }
}
#endif

FATHOM_INLINE const int16_t* RowOf(const void* row) {
  return static_cast<const int16_t*>(row);
}

// tile (M, V vectors from column c) += one group of the pairs [pair, pair + kPairs) of block b.
template <int M, int V, int kPairs>
FATHOM_INLINE void Group(const void* const* rows, size_t b, const int8_t* codes, int pair,
                         const float* scale, int c, float* tile) {
  I sum[M][V];
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int v = 0; v < V; ++v) sum[m][v] = I{};
  }
  MemoryFence();
#pragma GCC unroll 1
  for (int k = pair; k < pair + kPairs; ++k) {
    Codes w[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; ++v) w[v] = LoadCodes(codes + k * 64 + (c + v * kLanes) * 2);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m)
      MultiplyAddPair<V>(sum[m], RowOf(rows[m]) + b * kBlockColumns + 2 * k, w);
  }
  MemoryFence();
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int v = 0; v < V; ++v) {
      float* t = tile + m * kTileColumns + c + v * kLanes;
      Store(t, Fma(ToFloat(sum[m][v]), Load(scale + c + v * kLanes), Load(t)));
    }
  }
}

// Blocks of a panel that all rows of a tile go through together: they stay in the first cache
// (18 KiB) while the rows pass.
constexpr size_t kSliceBlocks = 16;

// Of a panel; `first` and `last` say that nothing stands in the tile yet, and that nothing follows.
struct Slice {
  size_t begin, end;
  bool first, last;
};

template <int M, int kGroups>
void Rows(const void* const* rows, size_t in, const int8_t* panel, Slice slice, float* tile) {
  constexpr CodePanelLayout kLayout = {kGroups};
  constexpr int V = kVectorsOf<M>, kPairs = kBlockPairs / kGroups;
  for (int i = 0; slice.first && i < M * kTileColumns; i += kLanes) Store(tile + i, F{});
  panel += slice.begin * kLayout.block_bytes();
  for (size_t b = slice.begin; b < slice.end; ++b, panel += kLayout.block_bytes()) {
    const float* scales = reinterpret_cast<const float*>(panel);
    const int8_t* codes = panel + kLayout.codes_at();
#pragma GCC unroll 1
    for (int c = 0; c < kTileColumns; c += V * kLanes) {
#pragma GCC unroll 1
      for (int group = 0; group < kGroups; ++group) {
        Group<M, V, kPairs>(rows, b, codes, group * kPairs, scales + group * kTileColumns, c, tile);
      }
    }
  }
  for (int m = 0; slice.last && m < M; ++m, tile += kTileColumns) {
    float step;
    __builtin_memcpy(&step, RowOf(rows[m]) + in, 4);
    for (int c = 0; c < kTileColumns; c += kLanes) Store(tile + c, Load(tile + c) * Set(step));
  }
}

template <int M>
void Dispatch(CodePanelLayout layout, const void* const* rows, int m, size_t in,
              const int8_t* panel, Slice slice, float* tile) {
  if constexpr (M > 1) {
    if (m < M) return Dispatch<M - 1>(layout, rows, m, in, panel, slice, tile);
  }
  if (layout.groups == 2) return Rows<M, 2>(rows, in, panel, slice, tile);
  Rows<M, 1>(rows, in, panel, slice, tile);
}

}  // namespace

void CodeTileProduct(PanelKind kind, const void* const* rows, int m, size_t in, const void* panel,
                     float* tile) {
  const CodePanelLayout layout = CodePanelLayoutOf(kind);
  const size_t blocks = in / kBlockColumns;
  const size_t step = m > kRegisterRows ? kSliceBlocks : blocks;
  for (size_t begin = 0; begin < blocks; begin += step) {
    const size_t end = blocks - begin < step ? blocks : begin + step;
    const Slice slice = {begin, end, begin == 0, end == blocks};
    for (int row = 0; row < m; row += kRegisterRows) {
      const int count = m - row < kRegisterRows ? m - row : kRegisterRows;
      Dispatch<kRegisterRows>(layout, rows + row, count, in, static_cast<const int8_t*>(panel),
                              slice, tile + row * kTileColumns);
    }
  }
}

}  // namespace fathom::FATHOM_ISA_NS
