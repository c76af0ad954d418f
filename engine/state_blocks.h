// SPDX-License-Identifier: Apache-2.0
// Blocks: pieces of saved states in files that are named by their content, in `blocks/` beside the
// states. States that begin alike have blocks alike, and store them once.
//
// A block is written before the state that names it, whole or not at all, and never again while
// what stands under its name is what it should be: one that was damaged on disk heals with the next
// state that has it. A block that no state names is garbage of an interrupted run. Whoever removes
// garbage must know that no state is being saved (rag's Catalog: its lock). Reading believes
// nothing: size, then content against the name.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/checkpoint/file_bytes.h"
#include "engine/state_hash.h"

namespace fathom {

bool IsBlockName(std::string_view text);  // kStateHashDigits of 0-9a-f: leads out of no folder

class StateBlocks {
 public:
  explicit StateBlocks(const std::string& state_path);

  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }
  // There, and made of these parts, byte for byte.
  bool Holds(const std::string& name, std::span<const ByteSpan> parts) const;
  Status MakeFolder() const;
  // Crash points "state_block.*".
  Status Write(const std::string& name, std::span<const ByteSpan> parts) const;
  // What was written by this process or another survives a crash of the system.
  Status Sync() const;
  // Reads the block into `memory`, which is as long as it is. kCorrupt, with the block's path:
  // missing, of another size, or not what its name says.
  Result<FileBytes> Load(const std::string& name, std::span<uint8_t> memory) const;

 private:
  std::string state_path_, folder_;
};

// The blocks that the state names; none where it is no state that this build reads (it will be
// refused). kIo: nobody knows.
Result<std::set<std::string>> BlocksOf(const std::string& state_path);
size_t BlockBytes(const std::string& state_path, const std::string& name);  // 0: not there
// Removes all else from the folder of blocks in `states_folder`. Returns the bytes freed.
size_t RemoveBlocksBut(const std::set<std::string>& named, const std::string& states_folder);

}  // namespace fathom
