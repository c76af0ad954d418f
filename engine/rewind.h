// SPDX-License-Identifier: Apache-2.0
// States that a session keeps on the way, to come back to: out of a dead end without reading again
// what led to it.
#pragma once

#include <vector>

#include "engine/engine.h"

namespace fathom {

inline constexpr size_t kSessionCheckpointsMax = 8;
inline constexpr size_t kSavedCheckpointsMax = 4'096;

// Remembers the state at the session's position, so that Rewind comes back to it without computing.
// Costs the lightning states; keys and values are shared until written. Beyond `checkpoints_max`
// the one nearest to its neighbour before it goes, never the newest. Forks do not carry them, and
// Session::Save leaves them out.
Status MarkCheckpoint(Session& session, size_t checkpoints_max = kSessionCheckpointsMax);
std::vector<size_t> CheckpointsOf(const Session& session);  // positions, ascending
void ForgetCheckpoints(Session& session);

// How many tokens apart checkpoints weigh no more than the keys and values between them; a multiple
// of the session's chunk_tokens. At such multiples a session stands where one that reads on stood,
// bit for bit: appending the rest of any text gives the state that reading it whole gives.
size_t CheckpointSpacing(const Session& session);

// Session::Save with the checkpoints below the session's position that stand where a page of keys
// begins: Engine::RestorePrefix can come back to them. They and the pages of keys go to `blocks/`
// beside `path`, where states that begin alike store them once (engine/state_blocks.h). Returns the
// state's bytes, shared ones too.
Result<size_t> SaveWithCheckpoints(const Session& session, const std::string& path);

// Back to `position`, as if nothing had been appended after it: from the last checkpoint at or
// before it, the rest of the way recomputed from the token log (usage().prefilled counts that).
// Checkpoints after it are forgotten. kInvalid past the session's position; after kCancelled the
// session stands at the checkpoint or at a whole chunk after it.
Status Rewind(Session& session, size_t position, const CallControl& control = {});

}  // namespace fathom
