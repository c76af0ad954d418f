// SPDX-License-Identifier: Apache-2.0
// State files: one session's whole memory on disk.
//
//   "FATHOMST" | version u32 | manifest bytes u32 | manifest JSON | sha256 of all before, 64 hex
//   digits | payload payload: tokens i32 (position) | hidden f32 | lightning states f32 | KV pages,
//   layer by layer
//
// The manifest names the model, the build and the numerics that wrote it, the shapes, and the
// payload's size and checksum: XXH3-128 over the XXH3-128 of its pieces of 4 MiB, which several
// threads compute. A file is written under a temporary name, synced, renamed, its folder synced,
// mode 0600 (crash points "state.*"), and not begun where the disk has no room. Reading believes
// nothing: sizes and checksums first, then identity, then content.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/sequence_state.h"

namespace fathom {

// Who may exchange states. Two equal identities compute the same bits.
struct StateIdentity {
  std::string model;     // sha256 of the weights
  std::string build;     // of kernels, engine and compiler
  std::string numerics;  // shapes, scales, instruction set

  std::string Fingerprint() const;  // 64 hex digits
};

struct SavedState {
  std::vector<Token> tokens;
  std::vector<float> hidden;  // of the last token; empty when there is none
  SequenceState state;        // in the host's memory
};

// `state` is in the host's memory. Returns the bytes written.
Result<size_t> WriteStateFile(const std::string& path, const StateIdentity& identity,
                              std::span<const Token> tokens, std::span<const float> hidden,
                              const SequenceState& state);

// kCorrupt: damaged, cut or no state file. kInvalid: another model, build, numerics or format, both
// named. `hidden_width` and `vocabulary` are the reader's own.
Result<SavedState> ReadStateFile(const std::string& path, const StateIdentity& identity,
                                 const StateShape& shape, size_t hidden_width, size_t vocabulary);

}  // namespace fathom
