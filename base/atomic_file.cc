// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/crash_point.h"
#include "base/limits.h"

namespace fathom {
namespace {

constexpr int kNameAttemptsMax = 1'000;

}  // namespace

Result<AtomicFile> AtomicFile::Create(const std::string& path, std::string crash_label,
                                      uint32_t mode) {
  const size_t slash = path.rfind('/');
  const std::string folder_path = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  FileDescriptor folder(::open(folder_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) {
    return IoError(std::string("cannot open its folder: ") + std::strerror(errno), path);
  }
  return CreateIn(std::move(folder), path.substr(slash + 1), std::move(crash_label), mode);
}

Result<AtomicFile> AtomicFile::CreateIn(FileDescriptor folder, std::string name,
                                        std::string crash_label, uint32_t mode) {
  static std::atomic<unsigned> counter = 0;
  const bool has_separator = name.find_first_of(std::string_view("/\0", 2)) != std::string::npos;
  if (name.empty() || name == "." || name == ".." || has_separator) {
    return Invalid("is not a file name", name);
  }
  AtomicFile file;
  file.folder_ = std::move(folder);
  file.name_ = std::move(name);
  file.label_ = std::move(crash_label);
  // A name may be left by a killed process of the same id: O_EXCL finds it, and the next one is
  // taken.
  for (int attempt = 0; attempt < kNameAttemptsMax && !file.file_.valid(); ++attempt) {
    file.temporary_ = "." + file.name_ + ".tmp-" + std::to_string(::getpid()) + "-" +
                      std::to_string(counter.fetch_add(1));
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    file.file_ = FileDescriptor(::openat(file.folder_.get(), file.temporary_.c_str(), flags, mode));
    if (!file.file_.valid() && errno != EEXIST) break;
  }
  if (!file.file_.valid()) return file.Failed("cannot create a temporary file beside it");
#ifdef FATHOM_MUTANT  // rename_before_data: a build that tests/crash must find out.
  (void)::renameat(file.folder_.get(), file.temporary_.c_str(), file.folder_.get(),
                   file.name_.c_str());
  file.temporary_ = file.name_;
#endif
  CrashPoint(file.label_ + ".created");
  return file;
}

AtomicFile::~AtomicFile() {
  if (file_.valid()) ::unlinkat(folder_.get(), temporary_.c_str(), 0);
}

Status AtomicFile::HasRoomFor(uint64_t bytes) const {
  struct statvfs disk;
  if (::fstatvfs(file_.get(), &disk) != 0) return Failed("cannot ask for its disk's free space");
  const uint64_t free = uint64_t{disk.f_bavail} * disk.f_frsize,
                 usable = free - std::min<uint64_t>(free, kDiskBytesKeptFree);
  if (bytes <= usable) return OkStatus();
  return Error{Code::kLimit,
               "needs " + std::to_string(bytes) + " bytes, its disk has " + std::to_string(free) +
                   " free, of which " + std::to_string(kDiskBytesKeptFree) +
                   " are left alone; free some there, "
                   "`fathom corpus purge` and `fathom sessions rm` remove what is kept",
               name_};
}

Status AtomicFile::Write(std::span<const uint8_t> bytes) {
  CHECK(file_.valid());
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot write");
    size_ += static_cast<size_t>(written);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return OkStatus();
}

Status AtomicFile::Write(std::string_view text) {
  return Write(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

Status AtomicFile::WriteZeros(size_t count) {
  static constexpr uint8_t kZeros[256] = {};
  while (count > 0) {
    const size_t step = std::min(count, sizeof(kZeros));
    if (auto status = Write(std::span(kZeros, step)); !status) return status;
    count -= step;
  }
  return OkStatus();
}

Status AtomicFile::Commit() {
  CHECK(file_.valid());
  CrashPoint(label_ + ".before_sync");
  if (::fsync(file_.get()) != 0) return Failed("cannot sync");
  CrashPoint(label_ + ".before_rename");
  const int folder = folder_.get();
  if (::renameat(folder, temporary_.c_str(), folder, name_.c_str()) != 0) {
    return Failed("cannot rename over it");
  }
  file_ = FileDescriptor();  // no temporary is left to remove
  CrashPoint(label_ + ".after_rename");
  // Some file systems have no sync of folders (EINVAL); their rename is as durable as they make it.
  if (::fsync(folder) != 0 && errno != EINVAL) return Failed("cannot sync its folder");
  CrashPoint(label_ + ".after_sync");
  return OkStatus();
}

Error AtomicFile::Failed(const char* what) const {
  return IoError(std::string(what) + ": " + std::strerror(errno), name_);
}

}  // namespace fathom
