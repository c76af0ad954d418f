// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/crash_point.h"

namespace fathom {

Result<AtomicFile> AtomicFile::Create(const std::string& path, std::string crash_label) {
  AtomicFile file;
  file.path_ = path;
  file.label_ = std::move(crash_label);
  const size_t slash = path.rfind('/');
  file.folder_ = slash == std::string::npos ? "." : path.substr(0, std::max<size_t>(slash, 1));
  file.temporary_ = path + ".XXXXXX";
  // mkostemp creates with mode 0600 and fails rather than follow a link.
  file.file_ = ::mkostemp(file.temporary_.data(), O_CLOEXEC);
  if (file.file_ < 0) {
    file.temporary_.clear();
    return file.Failed("cannot create a temporary file beside it");
  }
  return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      folder_(std::move(other.folder_)),
      temporary_(std::move(other.temporary_)),
      label_(std::move(other.label_)),
      file_(std::exchange(other.file_, -1)),
      size_(other.size_) {
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (file_ >= 0) ::close(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status AtomicFile::Write(std::span<const uint8_t> bytes) {
  CHECK(file_ >= 0);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot write");
    size_ += static_cast<size_t>(written);
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return OkStatus();
}

Status AtomicFile::WriteZeros(size_t count) {
  static constexpr uint8_t kZeros[256] = {};
  while (count > 0) {
    const size_t step = std::min(count, sizeof(kZeros));
    if (auto status = Write({kZeros, step}); !status) return status;
    count -= step;
  }
  return OkStatus();
}

Status AtomicFile::Commit() {
  CHECK(file_ >= 0);
  CrashPoint(label_ + ".before_sync");
  if (::fsync(file_) != 0) return Failed("cannot sync");
  if (::close(std::exchange(file_, -1)) != 0) return Failed("cannot close");
  CrashPoint(label_ + ".before_rename");
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return Failed("cannot rename over it");
  temporary_.clear();
  CrashPoint(label_ + ".after_rename");
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return Failed("cannot open its folder");
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  if (!synced) return Failed("cannot sync its folder");
  CrashPoint(label_ + ".after_sync");
  return OkStatus();
}

Error AtomicFile::Failed(const char* what) const {
  return IoError(std::string(what) + ": " + std::strerror(errno), path_);
}

}  // namespace fathom
