// SPDX-License-Identifier: Apache-2.0
// What stands at the head of a state file (engine/state_file.h):
//
//   "FATHOMST" | version u32 | manifest bytes u32 | manifest JSON | sha256 of all before, 64 hex
//   digits
//
// The manifest names the model, the build and the numerics that wrote the state, its counts, its
// payload's checksum, and the blocks (engine/state_blocks.h) that hold the rest. Nothing of it is
// believed before its checksum was found right.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/state_hash.h"

namespace fathom {

// Who may exchange states. Two equal identities compute the same bits.
struct StateIdentity {
  std::string model;     // sha256 of the weights
  std::string build;     // of kernels, engine and compiler
  std::string numerics;  // shapes, scales, instruction set

  std::string Fingerprint() const;  // 64 hex digits
};

struct StateManifest {
  size_t position = 0, hidden = 0;
  size_t payload_bytes = 0;
  std::string payload_hash;                    // TreeHash
  std::vector<std::string> page_blocks;        // of the first pages, in order
  std::vector<size_t> checkpoints;             // positions, ascending, below `position`
  std::vector<std::string> checkpoint_blocks;  // one for each
};

// The head of a state file.
std::string StateHead(const StateIdentity& identity, const StateManifest& manifest);

struct OpenedState {
  Json json;
  ByteSpan payload;  // all that follows the head
};
// Frame, checksum, version. kCorrupt, or kInvalid for another version.
Result<OpenedState> OpenState(ByteSpan file, const std::string& path);
// kInvalid: another model, build or numerics, both named.
Status CheckIdentity(const Json& json, const StateIdentity& identity, const std::string& path);
// kCorrupt where it makes no sense by itself: names that are none, positions that do not ascend.
Result<StateManifest> ReadManifest(const Json& json, const std::string& path);

// The file's first bytes, as many as its head has (fewer where it ends before that).
Result<std::string> ReadStateHead(const std::string& path);

}  // namespace fathom
