// SPDX-License-Identifier: Apache-2.0
// Host positions as kernels read them (struct Positions in rows.cuh).
#pragma once

#include <cstdint>
#include <span>

#include "kernels/cuda/device.h"

namespace fathom {

inline bool AreConsecutive(std::span<const size_t> positions) {
  for (size_t i = 1; i < positions.size(); ++i) {
    if (positions[i] != positions[0] + i) return false;
  }
  return true;
}

// Null where they are consecutive. While recording, one position is the one that is yet to come.
inline Result<const uint64_t*> UploadPositions(CudaContext& cuda,
                                               std::span<const size_t> positions) {
  static_assert(sizeof(size_t) == sizeof(uint64_t));
  const uint64_t* none = nullptr;
  if (cuda.step() != nullptr && positions.size() == 1) return &cuda.step()->position;
  if (AreConsecutive(positions)) return none;
  const auto* list =
      reinterpret_cast<const uint64_t*>(cuda.Upload(positions.data(), positions.size()));
  if (list == nullptr) return Error{Code::kLimit, "CUDA: too many positions to upload", ""};
  return list;
}

}  // namespace fathom
