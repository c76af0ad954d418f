// SPDX-License-Identifier: Apache-2.0
// Writes a float32 matrix as NumPy's .npy, version 1.0 (numpy.lib.format). Whole or not at all.
#pragma once

#include <span>
#include <string>

#include "base/result.h"

namespace fathom {
Status WriteNpy(const std::string& path, std::span<const float> values, size_t rows,
                size_t columns);  // row-major
}  // namespace fathom
