// SPDX-License-Identifier: Apache-2.0
// States that a session keeps on the way, to come back to: out of a dead end without reading again
// what led to it.
#pragma once

#include <vector>

#include "engine/engine.h"

namespace fathom {

inline constexpr size_t kSessionCheckpointsMax = 8;

// Remembers the state at the session's position, so that Rewind comes back to it without computing.
// Costs the lightning states; keys and values are shared until written. Beyond
// kSessionCheckpointsMax the one nearest to its neighbour before it goes, never the newest. Forks
// and saved states do not carry them.
Status MarkCheckpoint(Session& session);
std::vector<size_t> CheckpointsOf(const Session& session);  // positions, ascending

// Back to `position`, as if nothing had been appended after it: from the last checkpoint at or
// before it, the rest of the way recomputed from the token log (usage().prefilled counts that).
// Checkpoints after it are forgotten. kInvalid past the session's position; after kCancelled the
// session stands at the checkpoint or at a whole chunk after it.
Status Rewind(Session& session, size_t position, const CallControl& control = {});

}  // namespace fathom
