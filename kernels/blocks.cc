// SPDX-License-Identifier: Apache-2.0
#include "kernels/blocks.h"

#include <cstring>
#include <tuple>

#include "base/check.h"

namespace fathom {
namespace {

unsigned Byte(const std::byte* bytes, size_t at) {
  return std::to_integer<unsigned>(bytes[at]);
}

void Or(std::byte* bytes, size_t at, unsigned bits) {
  bytes[at] |= static_cast<std::byte>(bits);
}

float Half(const std::byte* at) {
  uint16_t bits;
  std::memcpy(&bits, at, 2);
  return F16ToFloat(bits);
}

void PutHalf(std::byte* at, float value) {
  const uint16_t bits = FloatToF16(value);
  std::memcpy(at, &bits, 2);
}

// Where value i of a 256-block lies, for the types that keep several values in one byte.

// Q4_K: 64 values share 32 bytes, the first 32 in the low halves.
struct Place {
  size_t byte;
  unsigned shift;
};
Place Q4KPlace(size_t i) {
  return {i / 64 * 32 + i % 32, i % 64 < 32 ? 0u : 4u};
}
// IQ4_XS, Q4_0: 32 values share 16 bytes.
Place Q4Place(size_t i) {
  return {i / 32 * 16 + i % 16, i % 32 < 16 ? 0u : 4u};
}
// Q6_K: 128 values share 64 bytes of low halves and 32 bytes of high pairs.
Place Q6LowPlace(size_t i) {
  return {i / 128 * 64 + i % 64, i % 128 < 64 ? 0u : 4u};
}
Place Q6HighPlace(size_t i) {
  return {i / 128 * 32 + i % 32, static_cast<unsigned>(i % 128 / 32 * 2)};
}
// Q3_K: 128 values share 32 bytes of low pairs; all 256 share 32 bytes of high bits.
Place Q3LowPlace(size_t i) {
  return {i / 128 * 32 + i % 32, static_cast<unsigned>(i % 128 / 32 * 2)};
}
Place Q3HighPlace(size_t i) {
  return {i % 32, static_cast<unsigned>(i / 32)};
}

unsigned Bits(const std::byte* bytes, Place place, unsigned mask) {
  return (Byte(bytes, place.byte) >> place.shift) & mask;
}
void PutBits(std::byte* bytes, Place place, unsigned bits) {
  Or(bytes, place.byte, bits << place.shift);
}

// Q3_K's 16 scales of 6 bits: low halves in 8 bytes, high pairs in 4.
Place Q3ScaleLow(size_t j) {
  return {j % 8, j < 8 ? 0u : 4u};
}
Place Q3ScaleHigh(size_t j) {
  return {8 + j % 4, static_cast<unsigned>(j / 4 * 2)};
}

// Q4_K's 8 scales and 8 mins of 6 bits in 12 bytes: the first four of each in the low six bits of
// bytes 0..7, whose high pairs belong to the last four; the rest of those in bytes 8..11.
unsigned Q4KScale(const std::byte* s, size_t j) {
  return j < 4 ? Byte(s, j) & 63 : (Byte(s, j + 4) & 15) | (Byte(s, j - 4) >> 6 << 4);
}
unsigned Q4KMin(const std::byte* s, size_t j) {
  return j < 4 ? Byte(s, j + 4) & 63 : (Byte(s, j + 4) >> 4) | (Byte(s, j) >> 6 << 4);
}
void PutQ4K(std::byte* s, size_t j, unsigned scale, unsigned min) {
  if (j < 4) {
    Or(s, j, scale);
    Or(s, j + 4, min);
    return;
  }
  Or(s, j + 4, (scale & 15) | (min & 15) << 4);
  Or(s, j - 4, scale >> 4 << 6);
  Or(s, j, min >> 4 << 6);
}

}  // namespace

const BlockType& BlockTypeOf(DType type) {
  static constexpr BlockType kNone{};
  static constexpr BlockType kQ4_0{32, 18, 32, 8, 15, 1, 1, false};
  static constexpr BlockType kQ4K{256, 144, 32, 0, 15, 0, 63, true};
  static constexpr BlockType kIq4{256, 136, 32, 0, 15, -32, 31, false};
  static constexpr BlockType kQ6K{256, 210, 16, 32, 63, -128, 127, false};
  static constexpr BlockType kQ3K{256, 110, 16, 4, 7, -32, 31, false};
  switch (type) {
    case DType::kQ4_0:
      return kQ4_0;
    case DType::kQ4K:
      return kQ4K;
    case DType::kIQ4XS:
      return kIq4;
    case DType::kQ6K:
      return kQ6K;
    case DType::kQ3K:
      return kQ3K;
    default:
      return kNone;
  }
}

std::pair<float, float> BlockScales(DType type, const std::byte* b) {
  switch (type) {
    case DType::kQ4K:
      return {Half(b), Half(b + 2)};
    case DType::kQ6K:
      return {Half(b + 208), 0.0f};
    case DType::kQ3K:
      return {Half(b + 108), 0.0f};
    default:
      return {Half(b), 0.0f};
  }
}

void UnpackBlock(DType type, const std::byte* b, Block& block) {
  std::tie(block.d, block.d_min) = BlockScales(type, b);
  switch (type) {
    case DType::kQ4_0:
      block.scales[0] = 1;
      for (size_t i = 0; i < 32; ++i)
        block.codes[i] = static_cast<uint8_t>(Bits(b + 2, Q4Place(i), 15));
      return;
    case DType::kQ4K:
      for (size_t j = 0; j < 8; ++j) {
        block.scales[j] = static_cast<int8_t>(Q4KScale(b + 4, j));
        block.mins[j] = static_cast<uint8_t>(Q4KMin(b + 4, j));
      }
      for (size_t i = 0; i < 256; ++i)
        block.codes[i] = static_cast<uint8_t>(Bits(b + 16, Q4KPlace(i), 15));
      return;
    case DType::kIQ4XS: {
      const unsigned high = Byte(b, 2) | Byte(b, 3) << 8;
      for (size_t j = 0; j < 8; ++j) {
        const unsigned low = Byte(b, 4 + j / 2) >> (j % 2 * 4) & 15;
        block.scales[j] =
            static_cast<int8_t>(static_cast<int>(low | (high >> 2 * j & 3) << 4) - 32);
      }
      for (size_t i = 0; i < 256; ++i)
        block.codes[i] = static_cast<uint8_t>(Bits(b + 8, Q4Place(i), 15));
      return;
    }
    case DType::kQ6K:
      for (size_t i = 0; i < 256; ++i) {
        block.codes[i] = static_cast<uint8_t>(Bits(b, Q6LowPlace(i), 15) |
                                              Bits(b + 128, Q6HighPlace(i), 3) << 4);
      }
      std::memcpy(block.scales, b + 192, 16);
      return;
    case DType::kQ3K:
      for (size_t i = 0; i < 256; ++i) {
        block.codes[i] =
            static_cast<uint8_t>(Bits(b + 32, Q3LowPlace(i), 3) | Bits(b, Q3HighPlace(i), 1) << 2);
      }
      for (size_t j = 0; j < 16; ++j) {
        const unsigned scale = Bits(b + 96, Q3ScaleLow(j), 15) | Bits(b + 96, Q3ScaleHigh(j), 3)
                                                                     << 4;
        block.scales[j] = static_cast<int8_t>(static_cast<int>(scale) - 32);
      }
      return;
    default:
      CHECK(false);
  }
}

void PackBlock(DType type, const Block& block, std::byte* b) {
  std::memset(b, 0, BlockTypeOf(type).bytes);
  switch (type) {
    case DType::kQ4_0:
      PutHalf(b, block.d);
      for (size_t i = 0; i < 32; ++i) PutBits(b + 2, Q4Place(i), block.codes[i]);
      return;
    case DType::kQ4K:
      PutHalf(b, block.d);
      PutHalf(b + 2, block.d_min);
      for (size_t j = 0; j < 8; ++j)
        PutQ4K(b + 4, j, static_cast<unsigned>(block.scales[j]), block.mins[j]);
      for (size_t i = 0; i < 256; ++i) PutBits(b + 16, Q4KPlace(i), block.codes[i]);
      return;
    case DType::kIQ4XS:
      PutHalf(b, block.d);
      for (size_t j = 0; j < 8; ++j) {
        const auto scale = static_cast<unsigned>(block.scales[j] + 32);
        Or(b, 4 + j / 2, (scale & 15) << j % 2 * 4);
        Or(b, 2 + j / 4, (scale >> 4) << j % 4 * 2);
      }
      for (size_t i = 0; i < 256; ++i) PutBits(b + 8, Q4Place(i), block.codes[i]);
      return;
    case DType::kQ6K:
      for (size_t i = 0; i < 256; ++i) {
        PutBits(b, Q6LowPlace(i), block.codes[i] & 15u);
        PutBits(b + 128, Q6HighPlace(i), block.codes[i] >> 4u);
      }
      std::memcpy(b + 192, block.scales, 16);
      PutHalf(b + 208, block.d);
      return;
    case DType::kQ3K:
      for (size_t i = 0; i < 256; ++i) {
        PutBits(b + 32, Q3LowPlace(i), block.codes[i] & 3u);
        PutBits(b, Q3HighPlace(i), block.codes[i] >> 2u);
      }
      for (size_t j = 0; j < 16; ++j) {
        const auto scale = static_cast<unsigned>(block.scales[j] + 32);
        PutBits(b + 96, Q3ScaleLow(j), scale & 15);
        PutBits(b + 96, Q3ScaleHigh(j), scale >> 4);
      }
      PutHalf(b + 108, block.d);
      return;
    default:
      CHECK(false);
  }
}

void BlockValues(DType type, const Block& block, float* values) {
  const BlockType& shape = BlockTypeOf(type);
  for (size_t i = 0; i < shape.values; ++i) {
    const size_t j = i / shape.group;
    const int code = type == DType::kIQ4XS ? kIq4Values[block.codes[i]]
                                           : static_cast<int>(block.codes[i]) - shape.offset;
    const float scaled = block.d * static_cast<float>(block.scales[j]) * static_cast<float>(code);
    values[i] = shape.has_mins ? scaled - block.d_min * static_cast<float>(block.mins[j]) : scaled;
  }
}

}  // namespace fathom
