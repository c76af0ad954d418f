// SPDX-License-Identifier: Apache-2.0
// RootedDir: a directory that nothing opened through it can leave. The one door for paths that come
// from outside.
//
// Promises
//  * Every path is resolved by the kernel (openat2, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS) from
//  an open descriptor:
//    "..", absolute paths, symlinks that point out and races with renames fail; no string is ever
//    compared.
//  * Only regular files are read; a FIFO or device neither blocks nor is consumed. Reads have a
//  size limit.
//  * Write is atomic and durable: temporary name, fsync, rename, fsync of the directory.
// A path is relative, "" is the directory itself. Needs Linux 5.6; without openat2 every call is
// kUnavailable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

enum class FileKind { kFile, kDirectory, kSymlink, kOther };

struct FileInfo {
  FileKind kind = FileKind::kOther;
  uint64_t size_bytes = 0;
  int64_t modified_ns = 0;  // since 1970
  uint32_t mode = 0;        // permission bits
  uint64_t device = 0;
  uint64_t inode = 0;
};

struct DirEntry {
  std::string name;
  FileKind kind = FileKind::kOther;  // of a symlink itself
  uint64_t size_bytes = 0;
  int64_t modified_ns = 0;
};

class RootedDir {
 public:
  enum class Symlinks {
    kInside,  // followed as long as they stay beneath the root
    kRefuse,  // any symlink on the way, or at the end, is an error
  };

  // `path` itself comes from the user and may be anything that names a directory.
  static Result<RootedDir> Open(const std::string& path, Symlinks symlinks = Symlinks::kInside);

  RootedDir(RootedDir&&) = default;
  RootedDir& operator=(RootedDir&&) = default;

  const std::string& path() const { return path_; }  // as given to Open; for messages only

  // A directory beneath this one as a root of its own.
  Result<RootedDir> OpenDir(const std::string& path) const;

  // Entries sorted by bytes, without "." and "..".
  Result<std::vector<DirEntry>> List(const std::string& path) const;

  // Of a final symlink itself, never its target. kNotFound when nothing is there.
  Result<FileInfo> Stat(const std::string& path) const;

  // The whole file. kLimit when it is larger than bytes_max, kInvalid when it is no regular file.
  Result<std::string> Read(const std::string& path, size_t bytes_max) const;

  struct WriteOptions {
    uint32_t mode = 0600;  // of a new file, less the umask
  };
  Status Write(const std::string& path, std::string_view bytes, const WriteOptions& options) const;
  Status Write(const std::string& path, std::string_view bytes) const {
    return Write(path, bytes, WriteOptions{});
  }

  // Creates the directory and missing parents with 0700; one that exists is fine.
  Status MakeDirs(const std::string& path) const;

  // Removes a file (or the symlink itself); kNotFound when absent.
  Status Remove(const std::string& path) const;

  // For calls that need more than the above: open(2) flags; O_CLOEXEC | O_NOCTTY | O_NONBLOCK are
  // added.
  Result<FileDescriptor> OpenFile(const std::string& path, int flags, uint32_t mode = 0) const;

 private:
  RootedDir(FileDescriptor directory, std::string path, Symlinks symlinks)
      : directory_(std::move(directory)), path_(std::move(path)), symlinks_(symlinks) {}
  Error Failure(const std::string& path, int error_number) const;

  FileDescriptor directory_;
  std::string path_;
  Symlinks symlinks_;
};

}  // namespace fathom
