// SPDX-License-Identifier: Apache-2.0
// Number formats of stored weights and their exact conversion to f32.
//
// Q8_0 is GGUF's: blocks of 32 columns, each an f16 scale d and 32 int8 q (34 bytes); value = d *
// q.
// A row of Q8_0 must be a multiple of 32 columns long; so must one of Q4_0, and of 256 columns one
// of the other small types (kernels/blocks.h). Bytes may be unaligned.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fathom {

enum class DType : uint8_t { kF32, kF16, kBF16, kQ8_0, kQ6K, kQ4K, kQ4_0, kIQ4XS, kQ3K };

inline constexpr DType kAllDTypes[] = {DType::kF32,  DType::kF16,   DType::kBF16,
                                       DType::kQ8_0, DType::kQ6K,   DType::kQ4K,
                                       DType::kQ4_0, DType::kIQ4XS, DType::kQ3K};

inline constexpr size_t kQ8BlockColumns = 32;
inline constexpr size_t kQ8BlockBytes = 34;

const char* DTypeName(DType type);
std::optional<DType> DTypeOfName(std::string_view name);
// "f32, f16, ..." for people.
std::string DTypeNames();

// Columns that are stored together: 1, 32 or 256.
size_t DTypeBlockColumns(DType type);
// Whether blocks share scales, so that small integers stand for values.
inline bool IsQuantized(DType type) {
  return type >= DType::kQ8_0;
}
// Whether it is one of kernels/blocks.h.
inline bool IsSmall(DType type) {
  return type > DType::kQ8_0;
}

// Bytes of one stored row; 0 if `columns` is not a whole number of blocks or the size would wrap.
size_t DTypeRowBytes(DType type, size_t columns);

// Row of `columns` values, exact. CHECKs that DTypeRowBytes is defined for it.
void DequantizeRow(DType type, const std::byte* row, size_t columns, float* out);

// The inverse, rounding to nearest (ties to even; Q8_0: d = max|x|/127 rounded to f16, q =
// round(x/d); small types: QuantizeBlock).
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
