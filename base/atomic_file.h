// SPDX-License-Identifier: Apache-2.0
// AtomicFile: a file that is there whole or not at all.
//
// Bytes go to a temporary name in the same folder (mode 0600). Commit() syncs them, renames over the target and syncs
// the folder; a file dropped without Commit() removes its temporary. After Commit() returns, the new content survives a
// crash of the process and of the system; before, the old content does.
// Crash points: <label>.before_sync, <label>.before_rename, <label>.after_rename, <label>.after_sync.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace fathom {

class AtomicFile {
 public:
  static Result<AtomicFile> Create(const std::string& path, std::string crash_label);
  ~AtomicFile();
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  Status Write(std::span<const uint8_t> bytes);
  Status WriteZeros(size_t count);
  size_t size() const { return size_; }
  Status Commit();

 private:
  AtomicFile() = default;
  Error Failed(const char* what) const;

  std::string path_, folder_, temporary_, label_;
  int file_ = -1;
  size_t size_ = 0;
};

}  // namespace fathom
