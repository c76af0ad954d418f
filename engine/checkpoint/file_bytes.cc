// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fathom {
namespace {

int64_t ModifiedNs(const struct stat& info) {
  return int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

Status ReadAll(int file, uint8_t* data, size_t size, const std::string& path) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(file, data + done, size - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return IoError(std::string("cannot read: ") + std::strerror(errno), path);
    if (got == 0) {
      return Invalid("ended after " + std::to_string(done) + " bytes, expected " +
                         std::to_string(size) + ": it changed while it was read",
                     path);
    }
    done += static_cast<size_t>(got);
  }
  return OkStatus();
}

}  // namespace

// With size_ set and nothing read.
Result<FileBytes> FileBytes::Open(const std::string& path, size_t bytes_max) {
  FileBytes file;
  file.path_ = path;
  // Not blocking: a FIFO in place of a checkpoint must not hang the program.
  file.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file.file_ < 0) {
    const Code code = errno == ENOENT || errno == ENOTDIR ? Code::kNotFound : Code::kIo;
    return Error{code, std::string("cannot open: ") + std::strerror(errno), path};
  }
  struct stat info;
  if (::fstat(file.file_, &info) != 0)
    return IoError(std::string("cannot stat: ") + std::strerror(errno), path);
  if (!S_ISREG(info.st_mode)) return Invalid("is not a regular file", path);
  const auto size = static_cast<size_t>(info.st_size);
  if (size > bytes_max) {
    return Invalid("has " + std::to_string(size) + " bytes, more than the limit of " +
                       std::to_string(bytes_max),
                   path);
  }
  file.modified_ns_ = ModifiedNs(info);
  file.size_ = size;
  return file;
}

Result<FileBytes> FileBytes::LoadInto(const std::string& path, std::span<uint8_t> memory) {
  auto file = Open(path, memory.size());
  if (!file || file->size_ == 0) return file;
  file->data_ = memory.data();
  file->is_borrowed_ = true;
  if (auto status = ReadAll(file->file_, file->data_, file->size_, path); !status)
    return status.error();
  ::close(std::exchange(file->file_, -1));
  return file;
}

Result<FileBytes> FileBytes::Load(const std::string& path, size_t bytes_max) {
  auto opened = Open(path, bytes_max);
  if (!opened || opened->size_ == 0) return opened;
  FileBytes file = std::move(*opened);
  const size_t size = file.size_;
  const bool read = size <= kReadBytesMax;
  void* data =
      read ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
           : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.file_, 0);
  if (data == MAP_FAILED) return IoError(std::string("cannot map: ") + std::strerror(errno), path);
  file.data_ = static_cast<uint8_t*>(data);
  if (read) {
    if (auto status = ReadAll(file.file_, file.data_, size, path); !status) return status.error();
    ::close(std::exchange(file.file_, -1));
  }
  return file;
}

FileBytes::~FileBytes() {
  if (data_ != nullptr && !is_borrowed_) ::munmap(data_, size_);
  if (file_ >= 0) ::close(file_);
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      data_(std::exchange(other.data_, nullptr)),
      is_borrowed_(other.is_borrowed_),
      size_(std::exchange(other.size_, 0)),
      modified_ns_(other.modified_ns_) {}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(data_, other.data_);
  std::swap(is_borrowed_, other.is_borrowed_);
  std::swap(size_, other.size_);
  std::swap(modified_ns_, other.modified_ns_);
  return *this;
}

Status FileBytes::CheckUnchanged() const {
  if (file_ < 0) return OkStatus();
  struct stat info;
  if (::fstat(file_, &info) != 0)
    return IoError(std::string("cannot stat: ") + std::strerror(errno), path_);
  if (static_cast<size_t>(info.st_size) == size_ && ModifiedNs(info) == modified_ns_)
    return OkStatus();
  return Invalid("changed while it was loaded: expected " + std::to_string(size_) +
                     " bytes, found " + std::to_string(info.st_size),
                 path_);
}

}  // namespace fathom
