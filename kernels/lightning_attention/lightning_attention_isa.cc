// SPDX-License-Identifier: Apache-2.0
#include "kernels/lightning_attention/lightning_attention_isa.h"

#include "kernels/support/simd.h"

namespace fathom::FATHOM_ISA_NS {
namespace {

constexpr size_t kBlock = 64;  // kLightningBlock
constexpr int kRows = 4;       // rows of a register tile
constexpr int kVectors = kLanes == 16 ? 4 : 2;
constexpr size_t kWide = static_cast<size_t>(kVectors) * kLanes;

// Fewer tokens than this go through the recurrence: packing a block would cost more.
constexpr size_t kBlockMin = 8;

size_t Padded(size_t dim) {
  return (dim + kWide - 1) / kWide * kWide;
}

// A block's operands, rows of `wide` columns, zero beyond the block's tokens and beyond D.
struct Block {
  size_t dim, wide;
  float* q;       // (kBlock, wide)
  float* v;       // (kBlock, wide)
  float* kt;      // (dim, kBlock): k transposed
  float* a;       // (kBlock, kBlock): q k^T under the decay
  float* mask;    // (2 kBlock): mask[kBlock + j - i] = decay^(i - j) for j <= i, else 0
  float* weight;  // (kBlock): decay^(tokens - 1 - j)
  float* state;   // (dim, wide)
};

template <int V>
struct Tile {
  F at[kRows][V];
};

// tile += a (kRows, count) b (count, V vectors)
template <int V>
FATHOM_INLINE void MulAdd(Tile<V>& tile, const float* a, size_t a_stride, const float* b,
                          size_t b_stride, size_t count) {
#pragma GCC unroll 1
  for (size_t k = 0; k < count; ++k) {
    F row[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; ++v) row[v] = Load(b + k * b_stride + v * kLanes);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      const F x = Set(a[r * a_stride + k]);
#pragma GCC unroll 4
      for (int v = 0; v < V; ++v) tile.at[r][v] = Fma(x, row[v], tile.at[r][v]);
    }
  }
}

// a[i .. i + 4)[j .. ) = (q k^T) * decay^(i - j)
template <int V>
void Scores(const Block& block, size_t i, size_t j) {
  Tile<V> tile = {};
  MulAdd(tile, block.q + i * block.wide, block.wide, block.kt + j, kBlock, block.dim);
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < V; ++v) {
      const size_t column = j + static_cast<size_t>(v) * kLanes;
      const F mask = Load(block.mask + kBlock + column - (i + r));
      Store(block.a + (i + r) * kBlock + column, tile.at[r][v] * mask);
    }
  }
}

void ScoreRows(const Block& block, size_t i) {
  size_t j = 0;
  for (; j + kWide <= i + kRows; j += kWide) Scores<kVectors>(block, i, j);
  const size_t rest = (i + kRows - j + kLanes - 1) / kLanes;
  if (rest == 1) return Scores<1>(block, i, j);
  if (rest == 2) return Scores<2>(block, i, j);
  if constexpr (kVectors > 2) {
    if (rest == 3) return Scores<3>(block, i, j);
  }
  if (rest == kVectors) Scores<kVectors>(block, i, j);
}

// o[i ..] = decay^(i+1) * q S + a v, for the first `rows` of a register tile.
void OutputRows(const Block& block, const LightningHeadArgs& args, size_t i, size_t rows,
                float* o) {
  for (size_t c = 0; c < block.wide; c += kWide) {
    Tile<kVectors> tile = {};
    MulAdd(tile, block.q + i * block.wide, block.wide, block.state + c, block.wide, block.dim);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      // Rows past the block's tokens are zero in q and have no decay in the table.
      const F decay = Set(static_cast<size_t>(r) < rows ? args.decay[i + r + 1] : 0.0f);
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) tile.at[r][v] *= decay;
    }
    MulAdd(tile, block.a + i * kBlock, kBlock, block.v + c, block.wide, i + kRows);
    for (size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        const size_t column = c + static_cast<size_t>(v) * kLanes;
        float* at = o + r * args.o_stride + column;
        if (column + kLanes <= block.dim) {
          Store(at, tile.at[r][v]);
        } else if (column < block.dim) {
          StorePart(at, tile.at[r][v], block.dim - column);
        }
      }
    }
  }
}

// S = decay^tokens S + (k decay^(tokens - 1 - j))^T v
void AdvanceState(const Block& block, float decay_all, size_t tokens) {
  for (size_t d = 0; d < block.dim; d += kRows) {
    const size_t rows = block.dim - d < kRows ? block.dim - d : kRows;
    for (size_t r = 0; r < rows; ++r) {
      float* k = block.kt + (d + r) * kBlock;
      for (size_t j = 0; j < kBlock; j += kLanes)
        Store(k + j, Load(k + j) * Load(block.weight + j));
    }
    for (size_t c = 0; c < block.wide; c += kWide) {
      Tile<kVectors> tile;
#pragma GCC unroll 4
      for (size_t r = 0; r < kRows; ++r) {
        const float* s = block.state + (d + (r < rows ? r : 0)) * block.wide + c;
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) tile.at[r][v] = Load(s + v * kLanes) * Set(decay_all);
      }
      MulAdd(tile, block.kt + d * kBlock, kBlock, block.v + c, block.wide, tokens);
      for (size_t r = 0; r < rows; ++r) {
        float* s = block.state + (d + r) * block.wide + c;
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) Store(s + v * kLanes, tile.at[r][v]);
      }
    }
  }
}

// 16 rows of k at a time keep the strided writes of the transpose in few cache lines.
void Pack(const Block& block, const LightningHeadArgs& args, size_t t, size_t tokens) {
  const size_t dim = block.dim, wide = block.wide;
  for (size_t i = 0; i < kBlock; ++i) {
    float* q = block.q + i * wide;
    float* v = block.v + i * wide;
    if (i >= tokens) {
      __builtin_memset(q, 0, wide * 4);
      __builtin_memset(v, 0, wide * 4);
      continue;
    }
    const float* row = args.qkv + (t + i) * args.qkv_stride;
    __builtin_memcpy(q, row, dim * 4);
    __builtin_memcpy(v, row + 2 * dim, dim * 4);
    __builtin_memset(q + dim, 0, (wide - dim) * 4);
    __builtin_memset(v + dim, 0, (wide - dim) * 4);
  }
  for (size_t begin = 0; begin < kBlock; begin += 16) {
    for (size_t d = 0; d < dim; ++d) {
      float* to = block.kt + d * kBlock;
      for (size_t j = begin; j < begin + 16; ++j) {
        to[j] = j < tokens ? args.qkv[(t + j) * args.qkv_stride + dim + d] : 0.0f;
      }
    }
  }
}

void RunBlock(const Block& block, const LightningHeadArgs& args, size_t t, size_t tokens) {
  Pack(block, args, t, tokens);
  for (size_t j = 0; j < kBlock; ++j)
    block.weight[j] = j < tokens ? args.decay[tokens - 1 - j] : 0.0f;
  for (size_t i = 0; i < tokens; i += kRows) ScoreRows(block, i);
  for (size_t i = 0; i < tokens; i += kRows) {
    const size_t rows = tokens - i < kRows ? tokens - i : kRows;
    OutputRows(block, args, i, rows, args.o + (t + i) * args.o_stride);
  }
  AdvanceState(block, args.decay[tokens], tokens);
}

// One token: S is read and written once.
void Step(const LightningHeadArgs& args, size_t t, float* state, size_t stride) {
  const size_t dim = args.head_dim;
  const float* q = args.qkv + t * args.qkv_stride;
  const float* k = q + dim;
  const float* v = k + dim;
  float* o = args.o + t * args.o_stride;
  const F decay = Set(args.decay[1]);
  for (size_t c = 0; c < dim; c += kLanes) {
    const size_t part = dim - c < kLanes ? dim - c : kLanes;
    const F value = part == kLanes ? Load(v + c) : LoadPart(v + c, part);
    F sum[2] = {};
    for (size_t d = 0; d < dim; ++d) {
      float* s = state + d * stride + c;
      const F next = Fma(Set(k[d]), value, decay * (part == kLanes ? Load(s) : LoadPart(s, part)));
      if (part == kLanes) {
        Store(s, next);
      } else {
        StorePart(s, next, part);
      }
      sum[d % 2] = Fma(Set(q[d]), next, sum[d % 2]);
    }
    if (part == kLanes) {
      Store(o + c, sum[0] + sum[1]);
    } else {
      StorePart(o + c, sum[0] + sum[1], part);
    }
  }
}

}  // namespace

size_t LightningScratchFloats(size_t head_dim) {
  const size_t wide = Padded(head_dim);
  const size_t dim_rows = (head_dim + kRows - 1) / kRows * kRows;
  return 2 * kBlock * wide + dim_rows * kBlock + kBlock * kBlock + 3 * kBlock + dim_rows * wide;
}

void LightningHead(const LightningHeadArgs& args) {
  const size_t dim = args.head_dim, wide = Padded(dim);
  size_t t = 0;
  if (args.tokens >= kBlockMin) {
    Block block = {dim, wide};
    const size_t dim_rows = (dim + kRows - 1) / kRows * kRows;
    block.q = args.scratch;
    block.v = block.q + kBlock * wide;
    block.kt = block.v + kBlock * wide;
    block.a = block.kt + dim_rows * kBlock;
    block.mask = block.a + kBlock * kBlock;
    block.weight = block.mask + 2 * kBlock;
    block.state = block.weight + kBlock;
    __builtin_memset(block.kt + dim * kBlock, 0, (dim_rows - dim) * kBlock * 4);
    for (size_t i = 0; i < 2 * kBlock; ++i)
      block.mask[i] = i <= kBlock ? args.decay[kBlock - i] : 0.0f;
    const bool copy = wide != dim;
    if (!copy) block.state = args.state;
    for (size_t d = 0; copy && d < dim; ++d) {
      __builtin_memcpy(block.state + d * wide, args.state + d * dim, dim * 4);
      __builtin_memset(block.state + d * wide + dim, 0, (wide - dim) * 4);
    }
    for (; args.tokens - t >= kBlockMin; t += kBlock) {
      const size_t tokens = args.tokens - t < kBlock ? args.tokens - t : kBlock;
      RunBlock(block, args, t, tokens);
      if (tokens < kBlock) {
        t += tokens;
        break;
      }
    }
    for (size_t d = 0; copy && d < dim; ++d) {
      __builtin_memcpy(args.state + d * dim, block.state + d * wide, dim * 4);
    }
  }
  for (; t < args.tokens; ++t) Step(args, t, args.state, dim);
}

}  // namespace fathom::FATHOM_ISA_NS
