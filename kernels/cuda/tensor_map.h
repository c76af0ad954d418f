// SPDX-License-Identifier: Apache-2.0
// Tensor maps for the copy engine: tiles of (rows, 64 columns) of a bf16 matrix, 128-byte swizzle.
#pragma once

#include <cuda.h>

#include "base/result.h"

namespace fathom {

struct TileMapArgs {
  const void* matrix = nullptr;  // (rows, columns) bf16, 16-byte aligned
  size_t rows = 0, columns = 0;
  size_t stride = 0;   // of rows, in elements, a multiple of 8
  int tile_rows = 64;  // at most 256; rows past the end read as zero and are not written
};
Result<CUtensorMap> MakeTileMap(const TileMapArgs& args);

}  // namespace fathom
