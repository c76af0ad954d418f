// SPDX-License-Identifier: Apache-2.0
// State files: one session's whole memory on disk.
//
//   "FATHOMST" | version u32 | manifest bytes u32 | manifest JSON | sha256 of all before, 64 hex
//   digits | payload | checkpoints
//   payload: tokens i32 (position) | hidden f32 | lightning states f32 | KV pages, layer by layer
//   checkpoints: hidden f32 | lightning states f32 of each position on the way that the manifest
//   lists, with a checksum of their own; they are read only where a prefix is asked for
//
// The manifest names the model, the build and the numerics that wrote it, the shapes, and the
// payload's size and checksum: XXH3-128 over the XXH3-128 of its pieces of 4 MiB, which several
// threads compute. A file is written under a temporary name, synced, renamed, its folder synced,
// mode 0600 (crash points "state.*"), and not begun where the disk has no room. Reading believes
// nothing: sizes and checksums first, then identity, then content.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/rewind.h"
#include "engine/sequence_state.h"

namespace fathom {

// Who may exchange states. Two equal identities compute the same bits.
struct StateIdentity {
  std::string model;     // sha256 of the weights
  std::string build;     // of kernels, engine and compiler
  std::string numerics;  // shapes, scales, instruction set

  std::string Fingerprint() const;  // 64 hex digits
};

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

// `state` is in the host's memory, `checkpoints` ascend. Returns the bytes written.
Result<size_t> WriteStateFile(const std::string& path, const StateIdentity& identity,
                              std::span<const Token> tokens, std::span<const float> hidden,
                              const SequenceState& state,
                              std::span<const SavedCheckpoint> checkpoints = {});

// kCorrupt: damaged, cut or no state file. kInvalid: another model, build, numerics or format, both
// named. `hidden_width` and `vocabulary` are the reader's own. With `prefix` the state is the one
// at the last position, the end or a checkpoint, up to which the tokens are those of the prefix
// (empty when there is none), and comes with the checkpoints up to there. `memory` is the host's.
Result<SavedState> ReadStateFile(const std::string& path, const StateIdentity& identity,
                                 const StateShape& shape, size_t hidden_width, size_t vocabulary,
                                 std::optional<std::span<const Token>> prefix = std::nullopt,
                                 Memory& memory = HostMemory());

}  // namespace fathom
