// SPDX-License-Identifier: Apache-2.0
#include "kernels/dtype.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/check.h"
#include "base/checked_math.h"
#include "kernels/blocks.h"

namespace fathom {
namespace {

template <typename T>
T LoadAs(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

template <typename T>
void StoreAs(std::byte* at, T value) {
  std::memcpy(at, &value, sizeof(T));
}

void DequantizeQ8(const std::byte* row, size_t columns, float* out) {
  for (size_t c = 0; c < columns; c += kQ8BlockColumns, row += kQ8BlockBytes) {
    const float scale = F16ToFloat(LoadAs<uint16_t>(row));
    for (size_t i = 0; i < kQ8BlockColumns; ++i)
      out[c + i] = scale * static_cast<int8_t>(row[2 + i]);
  }
}

void QuantizeQ8(const float* in, size_t columns, std::byte* row) {
  for (size_t c = 0; c < columns; c += kQ8BlockColumns, row += kQ8BlockBytes) {
    float largest = 0;
    for (size_t i = 0; i < kQ8BlockColumns; ++i) largest = std::max(largest, std::fabs(in[c + i]));
    const float scale = largest / 127.0f;
    const float inverse = scale > 0 ? 1.0f / scale : 0.0f;
    StoreAs(row, FloatToF16(scale));
    for (size_t i = 0; i < kQ8BlockColumns; ++i) {
      const float q = std::nearbyint(in[c + i] * inverse);
      row[2 + i] = static_cast<std::byte>(static_cast<int8_t>(std::clamp(q, -127.0f, 127.0f)));
    }
  }
}

void DequantizeBlocks(DType type, const std::byte* row, size_t columns, float* out) {
  const BlockType& shape = BlockTypeOf(type);
  Block block;
  for (size_t c = 0; c < columns; c += shape.values, row += shape.bytes) {
    UnpackBlock(type, row, block);
    BlockValues(type, block, out + c);
  }
}

void QuantizeBlocks(DType type, const float* in, size_t columns, std::byte* row) {
  const BlockType& shape = BlockTypeOf(type);
  for (size_t c = 0; c < columns; c += shape.values, row += shape.bytes) {
    Block block;
    QuantizeBlock(type, in + c, block);
    PackBlock(type, block, row);
  }
}

}  // namespace

const char* DTypeName(DType type) {
  switch (type) {
    case DType::kF32:
      return "f32";
    case DType::kF16:
      return "f16";
    case DType::kBF16:
      return "bf16";
    case DType::kQ8_0:
      return "q8_0";
    case DType::kQ6K:
      return "q6_k";
    case DType::kQ4K:
      return "q4_k";
    case DType::kQ4_0:
      return "q4_0";
    case DType::kIQ4XS:
      return "iq4_xs";
    case DType::kQ3K:
      return "q3_k";
  }
  return "?";
}

std::optional<DType> DTypeOfName(std::string_view name) {
  for (const DType type : kAllDTypes) {
    if (name == DTypeName(type)) return type;
  }
  return std::nullopt;
}

std::string DTypeNames() {
  std::string names;
  for (const DType type : kAllDTypes)
    names += (names.empty() ? "" : ", ") + std::string(DTypeName(type));
  return names;
}

size_t DTypeBlockColumns(DType type) {
  if (type == DType::kQ8_0) return kQ8BlockColumns;
  return IsSmall(type) ? BlockTypeOf(type).values : 1;
}

size_t DTypeRowBytes(DType type, size_t columns) {
  if (type == DType::kQ8_0) {
    if (columns % kQ8BlockColumns != 0) return 0;
    return CheckedMul(columns / kQ8BlockColumns, kQ8BlockBytes).value_or(0);
  }
  if (IsSmall(type)) {
    const BlockType& block = BlockTypeOf(type);
    if (columns % block.values != 0) return 0;
    return CheckedMul(columns / block.values, block.bytes).value_or(0);
  }
  return CheckedMul(columns, size_t{type == DType::kF32 ? 4u : 2u}).value_or(0);
}

void DequantizeRow(DType type, const std::byte* row, size_t columns, float* out) {
  CHECK(columns == 0 || DTypeRowBytes(type, columns) > 0);
  switch (type) {
    case DType::kF32:
      if (columns > 0) std::memcpy(out, row, columns * 4);
      return;
    case DType::kF16:
      for (size_t i = 0; i < columns; ++i) out[i] = F16ToFloat(LoadAs<uint16_t>(row + 2 * i));
      return;
    case DType::kBF16:
      for (size_t i = 0; i < columns; ++i) out[i] = Bf16ToFloat(LoadAs<uint16_t>(row + 2 * i));
      return;
    case DType::kQ8_0:
      DequantizeQ8(row, columns, out);
      return;
    default:
      return DequantizeBlocks(type, row, columns, out);
  }
}

void QuantizeRow(DType type, const float* in, size_t columns, std::byte* row) {
  CHECK(columns == 0 || DTypeRowBytes(type, columns) > 0);
  switch (type) {
    case DType::kF32:
      if (columns > 0) std::memcpy(row, in, columns * 4);
      return;
    case DType::kF16:
      for (size_t i = 0; i < columns; ++i) StoreAs(row + 2 * i, FloatToF16(in[i]));
      return;
    case DType::kBF16:
      for (size_t i = 0; i < columns; ++i) StoreAs(row + 2 * i, FloatToBf16(in[i]));
      return;
    case DType::kQ8_0:
      QuantizeQ8(in, columns, row);
      return;
    default:
      return QuantizeBlocks(type, in, columns, row);
  }
}

float F16ToFloat(uint16_t bits) {
  const uint32_t sign = uint32_t{bits & 0x8000u} << 16;
  const uint32_t exponent = (bits >> 10) & 0x1fu;
  const uint32_t mantissa = bits & 0x3ffu;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | (mantissa << 13));
  if (exponent != 0)
    return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
  const float value = static_cast<float>(mantissa) * 0x1p-24f;  // subnormal: exact in f32
  return sign ? -value : value;
}

uint16_t FloatToF16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint16_t sign = static_cast<uint16_t>((bits >> 16) & 0x8000u);
  const uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return sign | 0x7e00u;
  if (magnitude >= 0x477ff000u) return sign | 0x7c00u;  // rounds to 65536 or above
  if (magnitude < 0x38800000u) {  // below 2^-14: f32 addition does the rounding
    const float shifted =
        std::bit_cast<float>(magnitude) + 0.5f;  // ulp of 0.5 is 2^-24, a subnormal's step
    return sign | static_cast<uint16_t>(std::bit_cast<uint32_t>(shifted) - 0x3f000000u);
  }
  const uint32_t rounded = magnitude + 0xfffu + ((magnitude >> 13) & 1u);
  return sign | static_cast<uint16_t>((rounded - 0x38000000u) >> 13);
}

}  // namespace fathom
