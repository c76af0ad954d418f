// SPDX-License-Identifier: Apache-2.0
// StoredTensor: one tensor as a checkpoint file holds it. Borrows the file's bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernels/dtype.h"

namespace fathom {

struct StoredTensor {
  std::string name;
  DType type = DType::kF32;
  std::vector<uint64_t> shape;     // outermost first; rows are contiguous
  std::span<const uint8_t> bytes;  // little-endian, as stored

  // Of a matrix (rows, columns) or a vector (columns).
  uint64_t rows() const { return shape.size() == 2 ? shape[0] : 1; }
  uint64_t columns() const { return shape.empty() ? 1 : shape.back(); }
};

// Bytes of a tensor: nullopt when the product does not fit 64 bits or rows do not fill whole
// blocks.
std::optional<uint64_t> StoredBytes(DType type, std::span<const uint64_t> shape);

std::string ShapeText(std::span<const uint64_t> shape);

// All values as f32, exact.
std::vector<float> ToFloats(const StoredTensor& tensor);

// Part `index` of the outermost dimension, without copying.
StoredTensor Slice(const StoredTensor& tensor, uint64_t index);

// The first value (of a quantised type: block) that is infinite or no number.
std::optional<uint64_t> FirstNotFinite(const StoredTensor& tensor);

// Indexes of the rows whose every value is zero. tensor: (rows, columns)
std::vector<int> ZeroRows(const StoredTensor& tensor);

}  // namespace fathom
