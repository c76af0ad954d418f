// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/stored_tensor.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/checked_math.h"
#include "kernels/blocks.h"

namespace fathom {
namespace {

// The first number, one at the start of every `stride` bytes, whose exponent bits are all set.
template <typename Number>
std::optional<uint64_t> FirstWithAll(Number exponent, std::span<const uint8_t> bytes,
                                     size_t stride) {
  for (size_t at = 0; at + sizeof(Number) <= bytes.size(); at += stride) {
    Number bits;
    std::memcpy(&bits, bytes.data() + at, sizeof(bits));
    if ((bits & exponent) == exponent) return at / stride;
  }
  return std::nullopt;
}

// Of the small types, whose scales lie where they please.
std::optional<uint64_t> FirstInfiniteBlock(const StoredTensor& tensor) {
  const size_t stride = BlockTypeOf(tensor.type).bytes;
  const auto bytes = std::as_bytes(tensor.bytes);
  for (size_t at = 0; at + stride <= bytes.size(); at += stride) {
    const auto [d, d_min] = BlockScales(tensor.type, bytes.data() + at);
    if (!std::isfinite(d) || !std::isfinite(d_min)) return at / stride;
  }
  return std::nullopt;
}

}  // namespace

std::optional<uint64_t> StoredBytes(DType type, std::span<const uint64_t> shape) {
  if (!CheckedProduct(shape)) return std::nullopt;
  uint64_t rows = 1;
  for (size_t i = 0; i + 1 < shape.size(); ++i) rows *= shape[i];
  const uint64_t columns = shape.empty() ? 1 : shape.back();
  const uint64_t row_bytes = DTypeRowBytes(type, columns);
  if (row_bytes == 0 && columns != 0) return std::nullopt;
  return CheckedMul<unsigned long>(rows, row_bytes);
}

std::string ShapeText(std::span<const uint64_t> shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::vector<float> ToFloats(const StoredTensor& tensor) {
  const size_t columns = tensor.columns();
  const size_t row_bytes = DTypeRowBytes(tensor.type, columns);
  const size_t rows = row_bytes == 0 ? 0 : tensor.bytes.size() / row_bytes;
  const auto bytes = std::as_bytes(tensor.bytes);
  std::vector<float> values(rows * columns);
  for (size_t row = 0; row < rows; ++row) {
    DequantizeRow(tensor.type, bytes.data() + row * row_bytes, columns, &values[row * columns]);
  }
  return values;
}

StoredTensor Slice(const StoredTensor& tensor, uint64_t index) {
  CHECK(tensor.shape.size() >= 2 && index < tensor.shape[0]);
  StoredTensor part{tensor.name + "[" + std::to_string(index) + "]",
                    tensor.type,
                    {tensor.shape.begin() + 1, tensor.shape.end()},
                    {}};
  const uint64_t bytes = tensor.bytes.size() / tensor.shape[0];
  part.bytes = tensor.bytes.subspan(index * bytes, bytes);
  return part;
}

std::optional<uint64_t> FirstNotFinite(const StoredTensor& tensor) {
  switch (tensor.type) {
    case DType::kF32:
      return FirstWithAll<uint32_t>(0x7f800000u, tensor.bytes, 4);
    case DType::kF16:
      return FirstWithAll<uint16_t>(0x7c00u, tensor.bytes, 2);
    case DType::kBF16:
      return FirstWithAll<uint16_t>(0x7f80u, tensor.bytes, 2);
    case DType::kQ8_0:
      return FirstWithAll<uint16_t>(0x7c00u, tensor.bytes, kQ8BlockBytes);
    default:
      return FirstInfiniteBlock(tensor);
  }
}

std::vector<int> ZeroRows(const StoredTensor& tensor) {
  std::vector<int> zero_rows;
  const size_t row_bytes = tensor.bytes.size() / std::max<size_t>(tensor.rows(), 1);
  for (size_t row = 0; row < tensor.rows(); ++row) {
    const auto bytes = tensor.bytes.subspan(row * row_bytes, row_bytes);
    const auto is_zero = [&](size_t columns) {
      const auto part = bytes.first(DTypeRowBytes(tensor.type, columns));
      const auto values = ToFloats({tensor.name, tensor.type, {columns}, part});
      return std::all_of(values.begin(), values.end(), [](float v) { return v == 0; });
    };
    // Nearly every row ends at its first block.
    const size_t first = std::min<size_t>(DTypeBlockColumns(tensor.type), tensor.columns());
    if (is_zero(first) && is_zero(tensor.columns())) zero_rows.push_back(static_cast<int>(row));
  }
  return zero_rows;
}

}  // namespace fathom
