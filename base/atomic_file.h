// SPDX-License-Identifier: Apache-2.0
// AtomicFile: a file that is there whole or not at all.
//
// Bytes go to a temporary name in the same folder (mode 0600 unless said otherwise). Commit() syncs
// them, renames over the target and syncs the folder; a file dropped without Commit() removes its
// temporary. After Commit() returns, the new content survives a crash of the process and of the
// system; before, the old content does. Crash points: <label>.created, <label>.before_sync,
// <label>.before_rename, <label>.after_rename, <label>.after_sync.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

class AtomicFile {
 public:
  static constexpr uint32_t kPrivateMode = 0600;

  // mode: of a new file, less the umask.
  static Result<AtomicFile> Create(const std::string& path, std::string crash_label,
                                   uint32_t mode = kPrivateMode);
  // The same in an open folder; `name` has no separator.
  static Result<AtomicFile> CreateIn(FileDescriptor folder, std::string name,
                                     std::string crash_label, uint32_t mode = kPrivateMode);
  ~AtomicFile();
  AtomicFile(AtomicFile&&) noexcept = default;
  AtomicFile& operator=(AtomicFile&&) = delete;

  // kLimit where so many bytes would leave less than kDiskBytesKeptFree of the disk, and what to
  // do: to be asked before something large is written.
  Status HasRoomFor(uint64_t bytes) const;
  Status Write(std::span<const uint8_t> bytes);
  Status Write(std::string_view text);
  Status WriteZeros(size_t count);
  size_t size() const { return size_; }
  Status Commit();

 private:
  AtomicFile() = default;
  Error Failed(const char* what) const;

  FileDescriptor folder_, file_;
  std::string name_, temporary_, label_;
  size_t size_ = 0;
};

}  // namespace fathom
