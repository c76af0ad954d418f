// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <new>
#include <vector>

#include "base/check.h"
#include "kernels/matmul/matmul.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr std::align_val_t kAlignment{64};
constexpr size_t kQ8PanelBlockBytes =
    PackedMatrix::kPanel * 4 + PackedMatrix::kPanel * kQ8BlockColumns;

DType PanelKindOf(DType stored) {
  return stored == DType::kF16 ? DType::kF32 : stored;
}

size_t PanelBytes(DType kind, size_t in) {
  switch (kind) {
    case DType::kBF16:
      return (in + 1) / 2 * 4 * PackedMatrix::kPanel;
    case DType::kQ8_0:
      return in / kQ8BlockColumns * kQ8PanelBlockBytes;
    default:
      return in * 4 * PackedMatrix::kPanel;
  }
}

}  // namespace

void PackedMatrix::Deleter::operator()(std::byte* bytes) const {
  ::operator delete[](bytes, kAlignment);
}

Result<PackedMatrix> PackedMatrix::Make(const MatrixView& stored) {
  auto packed = Allocate(stored, stored.out);
  if (!packed) return packed.error();
  for (size_t n = 0; n < stored.out; ++n) packed->SetColumn(n, stored, n);
  return packed;
}

Result<PackedMatrix> PackedMatrix::Allocate(const MatrixView& stored, size_t out) {
  FATHOM_REQUIRE("matmul", stored.out > 0 && stored.in > 0 && out > 0, "empty matrix");
  const size_t row_bytes = DTypeRowBytes(stored.type, stored.in);
  FATHOM_REQUIRE("matmul", row_bytes > 0,
                 std::to_string(stored.in) + " columns are not a whole number of blocks");
  const auto bytes = CheckedMul(row_bytes, stored.out);
  FATHOM_REQUIRE("matmul", bytes.has_value() && *bytes == stored.bytes.size(),
                 "matrix of " + std::to_string(stored.out) + " x " + std::to_string(stored.in) +
                     " " + DTypeName(stored.type) + " holds " +
                     std::to_string(stored.bytes.size()) + " bytes");
  FATHOM_REQUIRE("matmul", FitsMemory(out, stored.in, kPanel), "matrix is too large");
  PackedMatrix packed;
  packed.kind_ = PanelKindOf(stored.type);
  packed.out_ = out;
  packed.in_ = stored.in;
  packed.panel_bytes_ = PanelBytes(packed.kind_, stored.in);
  packed.data_.reset(static_cast<std::byte*>(::operator new[](packed.bytes(), kAlignment)));
  std::memset(packed.data_.get(), 0, packed.bytes());
  return packed;
}

void PackedMatrix::SetColumn(size_t column, const MatrixView& stored, size_t row) {
  CHECK(column < out_ && row < stored.out && stored.in == in_ && PanelKindOf(stored.type) == kind_);
  const size_t row_bytes = DTypeRowBytes(stored.type, in_);
  const std::byte* from = stored.bytes.data() + row * row_bytes;
  std::byte* panel = data_.get() + column / kPanel * panel_bytes_;
  const size_t c = column % kPanel;
  if (kind_ == DType::kQ8_0) {
    for (size_t b = 0; b < in_ / kQ8BlockColumns;
         ++b, from += kQ8BlockBytes, panel += kQ8PanelBlockBytes) {
      uint16_t half;
      std::memcpy(&half, from, 2);
      const float scale = F16ToFloat(half);
      std::memcpy(panel + c * 4, &scale, 4);
      std::byte* q = panel + kPanel * 4 + c * 2;
      for (size_t k = 0; k < kQ8BlockColumns; ++k) q[k / 2 * 2 * kPanel + k % 2] = from[2 + k];
    }
    return;
  }
  if (kind_ == DType::kBF16) {
    for (size_t k = 0; k < in_; ++k) {
      std::memcpy(panel + ((k / 2 * kPanel + c) * 2 + k % 2) * 2, from + k * 2, 2);
    }
    return;
  }
  std::vector<float> values(in_);
  DequantizeRow(stored.type, from, in_, values.data());
  for (size_t k = 0; k < in_; ++k) std::memcpy(panel + (k * kPanel + c) * 4, &values[k], 4);
}

}  // namespace fathom
