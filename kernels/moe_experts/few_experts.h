// SPDX-License-Identifier: Apache-2.0
// Experts of few rows on a device: decode. Two kernels that read the chosen experts' weights where
// they stand, and learn on the device which those are: nothing waits, and a graph can hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/backend.h"

namespace fathom {

enum class FewKind {
  kF32,
  kBf16,
  kQ8,  // int8 (out, in), then f32 scales (out, in / 32)
  // GGUF's blocks of 256 columns:
  kQ4K,    // in 144 bytes, as in the file
  kIq4Xs,  // in 136 bytes, as in the file
  kQ3K,    // in 112 bytes: 12 of scales, 2 of d, 2 of none, then as in the file (32, 64)
};

// Products: kF32 and kBf16 of the stored weights with x in f32. The others: x, and between the
// products h, in int16 steps of max / 32767 over 16 columns; sums of integers inside a block of
// weights are exact, all else is f32.
struct FewExperts {
  FewKind kind = FewKind::kF32;
  size_t rows = 0, hidden = 0, width = 0, top_k = 0;
  const float* x = nullptr;              // (rows, hidden), 16-byte aligned
  const int32_t* experts = nullptr;      // (rows, top_k); the row of one that is none becomes NaN
  const float* probabilities = nullptr;  // (rows, top_k)
  float* out = nullptr;                  // (rows, hidden)
  std::span<const void* const> gate_up;  // (experts) of (2 width, hidden): w1, then w3
  std::span<const void* const> down;     // (experts) of (hidden, width)
};

bool FewExpertsFit(FewKind kind, size_t rows, size_t hidden, size_t width, size_t experts);
Status FewExpertsCuda(const Backend& backend, const FewExperts& call);

// `count` blocks of 256 to bf16, for products of many rows. out: (count, 256), 16-byte aligned
Status WidenBlocksCuda(const Backend& backend, FewKind kind, const void* blocks, size_t count,
                       uint16_t* out);

}  // namespace fathom
