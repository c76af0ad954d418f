// SPDX-License-Identifier: Apache-2.0
// What matmul and moe_experts share above the tiles: panel kinds and prepared rows.
#pragma once

#include "kernels/matmul/matmul.h"
#include "kernels/matmul/matmul_isa.h"

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

}  // namespace fathom
