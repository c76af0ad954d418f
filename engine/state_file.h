// SPDX-License-Identifier: Apache-2.0
// State files: one session's whole memory on disk.
//
//   head (engine/state_manifest.h) | payload
//   payload: tokens i32 (position) | hidden f32 | lightning states f32 | KV pages, layer by layer
//
// A shared state keeps its KV pages, but the last, in blocks (engine/state_blocks.h), and so each
// checkpoint on the way, hidden f32 | lightning states f32: states that begin with the same tokens
// store them once. A block is a run of pages of kStateBlockBytes or little more, layer by layer;
// the payload then has the pages after the last whole run. Checkpoints are read only where a prefix
// is asked for.
//
// The payload's checksum is XXH3-128 over the XXH3-128 of its pieces of 4 MiB, which several
// threads compute. Blocks come first; then the file is written under a temporary name, synced,
// renamed, its folder synced, mode 0600 (crash points "state.*"). Nothing is begun where the disk
// has no room for all. Reading believes nothing: sizes and checksums first, then identity, then
// content.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/rewind.h"
#include "engine/sequence_state.h"
#include "engine/state_manifest.h"

namespace fathom {

inline constexpr size_t kStateBlockBytes = size_t{1} << 20;

// Pages of each layer in one block; 0: the shape has none.
size_t BlockPages(const StateShape& shape);

// What a state was on the way, less the keys and values, which are the first of the whole.
struct SavedCheckpoint {
  size_t position = 0;  // where a KV page begins, below the whole's
  std::vector<float> hidden;
  std::vector<float> lightning;
};

struct SavedState {
  std::vector<Token> tokens;
  std::vector<float> hidden;                 // of the last token; empty when there is none
  SequenceState state;                       // in `memory`
  std::vector<SavedCheckpoint> checkpoints;  // ascending; only with a prefix
};

// `state` is in the host's memory. Returns the bytes written.
Result<size_t> WriteStateFile(const std::string& path, const StateIdentity& identity,
                              std::span<const Token> tokens, std::span<const float> hidden,
                              const SequenceState& state);

// The same as a shared state with checkpoints, which ascend. Returns its bytes with those of its
// blocks, whoever wrote them.
Result<size_t> WriteSharedState(const std::string& path, const StateIdentity& identity,
                                std::span<const Token> tokens, std::span<const float> hidden,
                                const SequenceState& state,
                                std::span<const SavedCheckpoint> checkpoints);

// kCorrupt: damaged, cut or no state file, or a block of it is so or missing. kInvalid: another
// model, build, numerics or format, both named. `hidden_width` and `vocabulary` are the reader's
// own. With `prefix` the state is the one at the last position, the end or a checkpoint, up to
// which the tokens are those of the prefix (empty when there is none), and comes with the
// checkpoints up to there. `memory` is the host's.
Result<SavedState> ReadStateFile(const std::string& path, const StateIdentity& identity,
                                 const StateShape& shape, size_t hidden_width, size_t vocabulary,
                                 std::optional<std::span<const Token>> prefix = std::nullopt,
                                 Memory& memory = HostMemory());

}  // namespace fathom
