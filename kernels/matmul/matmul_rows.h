// SPDX-License-Identifier: Apache-2.0
// What matmul and moe_experts share above the tiles: panel kinds, prepared rows and panels.
#pragma once

#include "kernels/matmul/code_panels_isa.h"
#include "kernels/matmul/matmul.h"
#include "kernels/matmul/matmul_isa.h"
#include "kernels/matmul/small_panels_isa.h"

namespace fathom {

inline PanelKind PanelKindOf(DType kind) {
  switch (kind) {
    case DType::kQ8_0:
      return kPanelQ8;
    case DType::kBF16:
      return kPanelBf16;
    case DType::kQ4_0:
      return kPanelQ4_0;
    case DType::kQ4K:
      return kPanelQ4K;
    case DType::kIQ4XS:
      return kPanelIQ4XS;
    case DType::kQ6K:
      return kPanelQ6K;
    case DType::kQ3K:
      return kPanelQ3K;
    default:
      return kPanelF32;
  }
}

inline PanelKind PanelKindOf(const PackedMatrix& matrix) {
  return PanelKindOf(matrix.kind());
}

// Rows of x in the form a panel kind multiplies with; f32 panels read x itself.
struct PreparedRows {
  const std::byte* data = nullptr;
  size_t row_bytes = 0;

  const void* row(size_t index) const { return data + index * row_bytes; }
};

// Scratch of OpenPanel for products of `rows` rows: 0 for the kinds that are read as they lie.
inline size_t WidePanelBytes(PanelKind kind, size_t in, size_t rows) {
  if (kind < kPanelQ4_0 || rows <= kFewRows) return 0;
  return (in / 32 * CodePanelLayoutOf(kind).block_bytes() + 63) / 64 * 64;
}

// A panel that `rows` rows are multiplied with. One of a small type but Q4_K is widened once for
// all of them, unless they are few.
class OpenPanel {
 public:
  OpenPanel(Isa isa, PanelKind kind, size_t in, size_t rows, const std::byte* panel,
            std::byte* wide)
      : isa_(isa), kind_(kind), in_(in), data_(panel), codes_(WidePanelBytes(kind, in, rows) > 0) {
    if (!codes_) return;
    FATHOM_PICK(isa, WidenPanel)(kind, in, panel, wide);
    data_ = wide;
  }
  // tile (m, 32); m at most kTileRowsMax.
  void Product(const void* const* rows, int m, float* tile) const {
    if (codes_) return FATHOM_PICK(isa_, CodeTileProduct)(kind_, rows, m, in_, data_, tile);
    FATHOM_PICK(isa_, TileProduct)(kind_, rows, m, in_, data_, tile);
  }

 private:
  Isa isa_;
  PanelKind kind_;
  size_t in_;
  const std::byte* data_;
  bool codes_;
};

}  // namespace fathom
