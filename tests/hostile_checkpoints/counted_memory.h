// SPDX-License-Identifier: Apache-2.0
// Every `new` of a program that links counted_memory.cc is counted.
#pragma once

#include <cstddef>

namespace fathom::hostile {

size_t LiveBytes();
size_t PeakBytes();     // the most that was live since ResetPeakBytes
void ResetPeakBytes();  // to what is live now

}  // namespace fathom::hostile
