// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <vector>

#include "base/check.h"
#include "kernels/blocks.h"
#include "kernels/matmul/matmul.h"
#include "kernels/matmul/matmul_rows.h"
#include "kernels/matmul/q4k_panels_isa.h"
#include "kernels/matmul/small_panels_isa.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kQ8PanelBlockBytes =
    PackedMatrix::kPanel * 4 + PackedMatrix::kPanel * kQ8BlockColumns;

// What a panel of stored weights holds.
DType KindOf(DType stored) {
  return stored == DType::kF16 ? DType::kF32 : stored;
}

// A device reads the small types widened, but for experts of some.
DType DeviceKindOf(DType stored, size_t weights, bool as_blocks) {
  if (as_blocks && BlocksOnDevice(stored)) return stored;
  if (!IsSmall(stored)) return KindOf(stored);
  return weights >= kRoundedWeightsMin ? DType::kBF16 : DType::kF32;
}

size_t PanelBytes(DType kind, size_t in) {
  switch (kind) {
    case DType::kBF16:
      return (in + 1) / 2 * 4 * PackedMatrix::kPanel;
    case DType::kQ8_0:
      return in / kQ8BlockColumns * kQ8PanelBlockBytes;
    case DType::kF32:
    case DType::kF16:
      return in * 4 * PackedMatrix::kPanel;
    case DType::kQ4K:
      return in / kQ4KValues * sizeof(Q4KPanelBlock);
    default:
      return in / DTypeBlockColumns(kind) * SmallPanelLayoutOf(PanelKindOf(kind)).block_bytes();
  }
}

// Puts `bits` of the code of value `k` of a unit at its place in vectors of `bits` a code.
void PutCode(std::byte* vectors, size_t k, size_t column, int bits, unsigned code) {
  const size_t pairs = 16 / static_cast<size_t>(bits), pair = k / 2;
  std::byte* at = vectors + (pair / pairs * PackedMatrix::kPanel + column) * 4 + k % 2 * 2;
  uint16_t word;
  std::memcpy(&word, at, 2);
  word = static_cast<uint16_t>(word | (code & ((1u << bits) - 1))
                                          << pair % pairs * static_cast<size_t>(bits));
  std::memcpy(at, &word, 2);
}

// One column of one block of a small panel.
void PutBlock(DType type, const Block& block, size_t column, std::byte* to) {
  const SmallPanelLayout layout = SmallPanelLayoutOf(PanelKindOf(type));
  std::memcpy(to + column * 4, &block.d, 4);
  std::byte* unit = to + layout.head_bytes();
  for (size_t u = 0; u < layout.units; ++u, unit += layout.unit_bytes()) {
    for (size_t g = 0; g < layout.groups; ++g) {
      unit[g * PackedMatrix::kPanel + column] =
          static_cast<std::byte>(block.scales[u * layout.groups + g]);
    }
    for (size_t k = 0; k < 32; ++k) {
      const unsigned code = block.codes[u * 32 + k];
      PutCode(unit + layout.low_at(), k, column, layout.low_bits, code);
      if (layout.high_bits == 0) continue;
      PutCode(unit + layout.high_at(), k, column, layout.high_bits, code >> layout.low_bits);
    }
  }
}

void PutQ4KBlock(const Block& block, size_t column, Q4KPanelBlock& to) {
  to.d[column] = block.d;
  to.d_min[column] = block.d_min;
  for (size_t g = 0; g < kQ4KGroups; ++g) {
    to.scales[g][column] = static_cast<uint8_t>(block.scales[g]);
    to.mins[g / 2][column][g % 2] = block.mins[g];
  }
  for (size_t k = 0; k < kQ4KValues; ++k) {
    uint8_t& both = to.codes[k / 8][column][k % 4];
    both = static_cast<uint8_t>(both | block.codes[k] << (k % 8 < 4 ? 0 : 4));
  }
}

Status CheckStored(const MatrixView& stored, size_t out) {
  FATHOM_REQUIRE("matmul", stored.out > 0 && stored.in > 0 && out > 0, "empty matrix");
  const size_t row_bytes = DTypeRowBytes(stored.type, stored.in);
  FATHOM_REQUIRE("matmul", row_bytes > 0,
                 std::to_string(stored.in) + " columns are not a whole number of blocks");
  const auto bytes = CheckedMul(row_bytes, stored.out);
  FATHOM_REQUIRE("matmul", bytes.has_value() && *bytes == stored.bytes.size(),
                 "matrix of " + std::to_string(stored.out) + " x " + std::to_string(stored.in) +
                     " " + DTypeName(stored.type) + " holds " +
                     std::to_string(stored.bytes.size()) + " bytes");
  FATHOM_REQUIRE("matmul", FitsMemory(out, stored.in, PackedMatrix::kPanel), "matrix is too large");
  return OkStatus();
}

// Blocks as a device reads them: 16-byte parts of a block of Q3_K are aligned, which takes two
// bytes more (few_experts.h).
std::vector<std::byte> DeviceBlocks(std::span<const MatrixView> stored) {
  constexpr size_t kStoredQ3 = 110, kQ3 = 112, kBitsQ3 = 96;  // of which high bits and low pairs
  std::vector<std::byte> packed;
  for (const MatrixView& view : stored) {
    if (view.type != DType::kQ3K) {
      packed.insert(packed.end(), view.bytes.begin(), view.bytes.end());
      continue;
    }
    size_t to = packed.size();
    packed.resize(to + view.bytes.size() / kStoredQ3 * kQ3);
    for (size_t from = 0; from < view.bytes.size(); from += kStoredQ3, to += kQ3) {
      const std::byte* block = view.bytes.data() + from;
      std::memcpy(packed.data() + to, block + kBitsQ3, kStoredQ3 - kBitsQ3);
      std::memcpy(packed.data() + to + kQ3 - kBitsQ3, block, kBitsQ3);
    }
  }
  return packed;
}

// A row as bf16: stored so, or of a small type.
void PutBf16(DType type, const std::byte* from, size_t in, std::byte* to) {
  if (type == DType::kBF16) {
    std::memcpy(to, from, in * sizeof(uint16_t));
    return;
  }
  std::vector<float> wide(in);
  DequantizeRow(type, from, in, wide.data());
  for (size_t k = 0; k < in; ++k) {
    const uint16_t value = FloatToBf16(wide[k]);
    std::memcpy(to + k * sizeof(value), &value, sizeof(value));
  }
}

// Rows as a device reads them: f32, bf16, or int8 followed by all scales.
std::vector<std::byte> DeviceRows(DType kind, size_t rows, std::span<const MatrixView> stored) {
  const size_t in = stored[0].in, blocks = in / kQ8BlockColumns;
  const size_t value_bytes = kind == DType::kF32 ? 4 : kind == DType::kBF16 ? 2 : 1;
  const size_t scale_bytes = kind == DType::kQ8_0 ? rows * blocks * sizeof(float) : 0;
  std::vector<std::byte> packed(rows * in * value_bytes + scale_bytes);
  std::byte* to = packed.data();
  std::byte* scales = to + rows * in;
  for (const MatrixView& view : stored) {
    const size_t row_bytes = DTypeRowBytes(view.type, in);
    const std::byte* from = view.bytes.data();
    for (size_t n = 0; n < view.out; ++n, from += row_bytes, to += in * value_bytes) {
      if (kind == DType::kBF16) PutBf16(view.type, from, in, to);
      if (kind == DType::kF32) DequantizeRow(view.type, from, in, reinterpret_cast<float*>(to));
      for (size_t b = 0; kind == DType::kQ8_0 && b < blocks; ++b, scales += sizeof(float)) {
        uint16_t half;
        std::memcpy(&half, from + b * kQ8BlockBytes, 2);
        const float scale = F16ToFloat(half);
        std::memcpy(scales, &scale, sizeof(scale));
        std::memcpy(to + b * kQ8BlockColumns, from + b * kQ8BlockBytes + 2, kQ8BlockColumns);
      }
    }
  }
  return packed;
}

}  // namespace

Result<PackedMatrix> PackedMatrix::Make(const MatrixView& stored, const Backend* device) {
  if (device != nullptr && device->on_device())
    return MakeOnDevice({&stored, 1}, false, device->memory());
  auto packed = Allocate(stored, stored.out);
  if (!packed) return packed.error();
  for (size_t n = 0; n < stored.out; ++n) packed->SetColumn(n, stored, n);
  return packed;
}

Result<PackedMatrix> PackedMatrix::MakeOnDevice(std::span<const MatrixView> stored, bool as_blocks,
                                                Memory& memory) {
  size_t rows = 0;
  for (const MatrixView& view : stored) rows += view.out;
  PackedMatrix packed;
  packed.kind_ = DeviceKindOf(stored[0].type, rows * stored[0].in, as_blocks);
  packed.out_ = rows;
  packed.in_ = stored[0].in;
  for (const MatrixView& view : stored) {
    if (Status status = CheckStored(view, rows); !status) return status.error();
    FATHOM_REQUIRE("matmul", view.type == stored[0].type && view.in == packed.in_,
                   "matrices to be joined differ in type or depth");
  }
  const std::vector<std::byte> bytes =
      IsSmall(packed.kind_) ? DeviceBlocks(stored) : DeviceRows(packed.kind_, rows, stored);
  auto data = Buffer::MakeFrom(memory, bytes.data(), bytes.size());
  if (!data) return data.error();
  packed.data_ = std::move(*data);
  return packed;
}

PackedMatrix PackedMatrix::Borrowed() const {
  PackedMatrix borrowed;
  borrowed.kind_ = kind_;
  borrowed.out_ = out_;
  borrowed.in_ = in_;
  borrowed.panel_bytes_ = panel_bytes_;
  borrowed.data_ = data_.Borrowed();
  return borrowed;
}

Result<PackedMatrix> PackedMatrix::Allocate(const MatrixView& stored, size_t out) {
  if (Status status = CheckStored(stored, out); !status) return status.error();
  PackedMatrix packed;
  packed.kind_ = KindOf(stored.type);
  packed.out_ = out;
  packed.in_ = stored.in;
  packed.panel_bytes_ = PanelBytes(packed.kind_, stored.in);
  auto data = Buffer::Make(HostMemory(), packed.panel_bytes_ * packed.panels());
  if (!data) return data.error();
  packed.data_ = std::move(*data);
  std::memset(packed.data_.data(), 0, packed.bytes());
  return packed;
}

void PackedMatrix::SetColumn(size_t column, const MatrixView& stored, size_t row) {
  CHECK(column < out_ && row < stored.out && stored.in == in_ && KindOf(stored.type) == kind_);
  const size_t row_bytes = DTypeRowBytes(stored.type, in_);
  const std::byte* from = stored.bytes.data() + row * row_bytes;
  std::byte* panel = data_.data() + column / kPanel * panel_bytes_;
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
  if (IsSmall(kind_)) {
    const BlockType& shape = BlockTypeOf(kind_);
    const size_t to_bytes = PanelBytes(kind_, shape.values);
    Block block;
    for (size_t k = 0; k < in_; k += shape.values, from += shape.bytes, panel += to_bytes) {
      UnpackBlock(kind_, from, block);
      if (kind_ == DType::kQ4K) {
        PutQ4KBlock(block, c, *reinterpret_cast<Q4KPanelBlock*>(panel));
      } else {
        PutBlock(kind_, block, c, panel);
      }
    }
    return;
  }
  std::vector<float> values(in_);
  DequantizeRow(stored.type, from, in_, values.data());
  for (size_t k = 0; k < in_; ++k) std::memcpy(panel + (k * kPanel + c) * 4, &values[k], 4);
}

}  // namespace fathom
