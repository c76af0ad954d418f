// SPDX-License-Identifier: Apache-2.0
// Number formats of stored weights and their exact conversion to f32.
//
// Q8_0 is GGUF's: blocks of 32 columns, each an f16 scale d and 32 int8 q (34 bytes); value = d *
// q.
// A row of Q8_0 must be a multiple of 32 columns long. Bytes may be unaligned.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace fathom {

enum class DType : uint8_t { kF32, kF16, kBF16, kQ8_0 };

inline constexpr size_t kQ8BlockColumns = 32;
inline constexpr size_t kQ8BlockBytes = 34;

const char* DTypeName(DType type);

// Bytes of one stored row; 0 if `columns` is not a whole number of blocks (Q8_0) or the size would
// wrap.
size_t DTypeRowBytes(DType type, size_t columns);

// Row of `columns` values, exact. CHECKs that DTypeRowBytes is defined for it.
void DequantizeRow(DType type, const std::byte* row, size_t columns, float* out);

// The inverse, rounding to nearest (ties to even; Q8_0: d = max|x|/127 rounded to f16, q =
// round(x/d)).
// What does not fit f16 becomes infinite there; the caller refuses non-finite weights.
void QuantizeRow(DType type, const float* in, size_t columns, std::byte* row);

inline float Bf16ToFloat(uint16_t bits) {
  return std::bit_cast<float>(uint32_t{bits} << 16);
}

// Round to nearest, ties to even; NaN stays NaN.
inline uint16_t FloatToBf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return static_cast<uint16_t>((bits >> 16) | 0x40u);
  return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

float F16ToFloat(uint16_t bits);
uint16_t FloatToF16(float value);

}  // namespace fathom
