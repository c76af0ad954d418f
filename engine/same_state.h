// SPDX-License-Identifier: Apache-2.0
// Whether two sessions stand at the same state: what was kept beside what a new reading gives.
#pragma once

#include "engine/engine.h"

namespace fathom {

// Tokens, the last hidden row, every lightning state and every key and value that positions below
// the end hold, bit for bit. kCorrupt names the first difference. Both of one engine.
Status ExpectSameState(const Session& kept, const Session& fresh);

}  // namespace fathom
