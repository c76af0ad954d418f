// SPDX-License-Identifier: Apache-2.0
// FileBytes: the whole content of a regular file, read-only.
//
// Files up to kReadBytesMax are read into memory, so nothing done to the file afterwards matters.
// Larger ones are mapped: CheckUnchanged() says whether size and modification time are still those
// seen at opening, and is called after the last use. (A mapped file that shrinks in between raises
// SIGBUS; nothing in user space can prevent that.)
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"

namespace fathom {

class FileBytes {
 public:
  static constexpr size_t kReadBytesMax = size_t{1} << 30;

  // kNotFound, kIo, or kInvalid when it is no regular file or larger than bytes_max.
  static Result<FileBytes> Load(const std::string& path, size_t bytes_max = SIZE_MAX);
  // Reads into `memory`, which is the most that fits and outlives what is returned.
  static Result<FileBytes> LoadInto(const std::string& path, std::span<uint8_t> memory);
  ~FileBytes();
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&& other) noexcept;

  std::span<const uint8_t> bytes() const { return {data_, size_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }
  const std::string& path() const { return path_; }
  Status CheckUnchanged() const;

 private:
  FileBytes() = default;
  static Result<FileBytes> Open(const std::string& path, size_t bytes_max);

  std::string path_;
  int file_ = -1;
  uint8_t* data_ = nullptr;   // a mapping, of anonymous memory when the file was read
  bool is_borrowed_ = false;  // no mapping: the caller's memory
  size_t size_ = 0;
  int64_t modified_ns_ = 0;
};

}  // namespace fathom
