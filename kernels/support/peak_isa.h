// SPDX-License-Identifier: Apache-2.0
// What one core of this machine can do at most, measured beside the benchmarks.
#pragma once

#include <stddef.h>

#include "kernels/support/isa.h"

namespace fathom {

FATHOM_DECLARE_ISA(
    // Multiply-adds on registers; returns the operations done (2 per multiply-add) and keeps the
    // result alive in *sink.
    double PeakF32(size_t rounds, float* sink);
    // The same on pairs of 16-bit values where the instruction set has them, else as PeakF32.
    double PeakPairs(size_t rounds, float* sink);
    // The same on four bytes each.
    double PeakQuads(size_t rounds, float* sink);
    // Reads bytes (a multiple of 512).
    float ReadAll(const void* data, size_t bytes);)

}  // namespace fathom
