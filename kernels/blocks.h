// SPDX-License-Identifier: Apache-2.0
// Blocks of GGUF's small types: what their bits mean, and the bits of a meaning.
//
//   value[i] = d * scales[i / group] * (codes[i] - offset) - d_min * mins[i / group]
//
// with IQ4_XS reading kIq4Values[codes[i]] in place of codes[i] - offset.
//
//   type    block  bytes  group  codes      scales       mins     offset
//   Q4_0       32     18     32  0 .. 15    1            -             8
//   Q4_K      256    144     32  0 .. 15    0 .. 63      0 .. 63       0
//   IQ4_XS    256    136     32  0 .. 15    -32 .. 31    -             -
//   Q6_K      256    210     16  0 .. 63    -128 .. 127  -            32
//   Q3_K      256    110     16  0 .. 7     -32 .. 31    -             4
//
// d and d_min are f16 in the file. Source: the block layouts that ggml publishes with GGUF; checked
// against its own library in tests/peers/llama/weight_types.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "kernels/dtype.h"

namespace fathom {

inline constexpr size_t kBlockValuesMax = 256;
inline constexpr size_t kBlockGroupsMax = 16;

// Of IQ4_XS: denser around 0, where weights are.
inline constexpr int8_t kIq4Values[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                          1,    13,   25,  38,  53,  69,  89,  113};

struct BlockType {
  size_t values = 0;  // of a block; 0: the type has no blocks of this kind
  size_t bytes = 0;
  size_t group = 0;  // values that share a scale
  int offset = 0;
  int code_max = 0;
  int scale_min = 0, scale_max = 0;
  bool has_mins = false;
};
const BlockType& BlockTypeOf(DType type);

struct Block {
  float d = 0, d_min = 0;  // values of f16
  int8_t scales[kBlockGroupsMax] = {};
  uint8_t mins[kBlockGroupsMax] = {};
  uint8_t codes[kBlockValuesMax] = {};
};

// d and d_min alone.
std::pair<float, float> BlockScales(DType type, const std::byte* bytes);
void UnpackBlock(DType type, const std::byte* bytes, Block& block);
void PackBlock(DType type, const Block& block, std::byte* bytes);

// What the block stands for: exact but for one rounding to f32, and Q4_K's only.
void BlockValues(DType type, const Block& block, float* values);

// The block nearest to `values` that a search over each group's scale finds.
void QuantizeBlock(DType type, const float* values, Block& block);

}  // namespace fathom
