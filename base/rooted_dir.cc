// SPDX-License-Identifier: Apache-2.0
#include "base/rooted_dir.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/atomic_file.h"
#include "base/files.h"

namespace fathom {
namespace {

constexpr int kRaceRetriesMax = 100;  // openat2 answers EAGAIN when a rename crosses its resolution

struct ParentAndName {
  std::string parent;
  std::string name;  // empty for the root itself

  // What a call that works on `name` in its parent may touch: a real name, and no byte that the
  // kernel stops at.
  bool usable() const {
    return !name.empty() && name != "." && name != ".." && name.find('\0') == std::string::npos;
  }
};

int OpenAt2(int directory, const std::string& path, int flags, uint32_t mode, uint64_t resolve);
ParentAndName SplitPath(const std::string& path);
FileKind KindOfMode(mode_t mode);
FileInfo InfoOf(const struct stat& status);

}  // namespace

Result<RootedDir> RootedDir::Open(const std::string& path, Symlinks symlinks) {
  FileDescriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  RootedDir root(std::move(directory), path, symlinks);
  if (!root.directory_.valid()) return root.Failure("", errno);
  return root;
}

Result<RootedDir> RootedDir::OpenDir(const std::string& path) const {
  auto directory = OpenFile(path, O_RDONLY | O_DIRECTORY);
  if (!directory) return directory.error();
  return RootedDir(std::move(*directory), path_ + "/" + path, symlinks_);
}

Result<std::vector<DirEntry>> RootedDir::List(const std::string& path) const {
  auto opened = OpenFile(path, O_RDONLY | O_DIRECTORY);
  if (!opened) return opened.error();
  const int fd = ::fcntl(opened->get(), F_DUPFD_CLOEXEC, 0);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fd < 0 ? nullptr : ::fdopendir(fd), ::closedir);
  if (!stream) {
    const int error_number = errno;
    if (fd >= 0) ::close(fd);
    return Failure(path, error_number);
  }
  std::vector<DirEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat status;
    // Not every file system fills d_type, so the kind comes from fstatat. A file removed meanwhile
    // is left out.
    if (::fstatat(opened->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    const FileInfo info = InfoOf(status);
    entries.push_back({name, info.kind, info.size_bytes, info.modified_ns});
  }
  if (errno != 0) return Failure(path, errno);
  std::sort(entries.begin(), entries.end(),
            [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  return entries;
}

Result<FileInfo> RootedDir::Stat(const std::string& path) const {
  uint64_t resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  if (symlinks_ == Symlinks::kRefuse) resolve |= RESOLVE_NO_SYMLINKS;
  const ParentAndName split = SplitPath(path);
  const auto& [parent, name] = split;
  // The parent is resolved under the rules; the last component is then looked at without following
  // it.
  FileDescriptor directory(
      OpenAt2(directory_.get(), parent, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, resolve));
  if (!directory.valid()) return Failure(path, errno);
  if (!name.empty() && !split.usable()) return Failure(path, EINVAL);
  struct stat status;
  const int flags = AT_SYMLINK_NOFOLLOW | (name.empty() ? AT_EMPTY_PATH : 0);
  if (::fstatat(directory.get(), name.c_str(), &status, flags) != 0) return Failure(path, errno);
  return InfoOf(status);
}

Result<std::string> RootedDir::Read(const std::string& path, size_t bytes_max) const {
  auto file = OpenFile(path, O_RDONLY);
  if (!file) return file.error();
  return ReadAll(file->get(), bytes_max, path_ + "/" + path);
}

Status RootedDir::Write(const std::string& path, std::string_view bytes,
                        const WriteOptions& options) const {
  const ParentAndName split = SplitPath(path);
  const auto& [parent, name] = split;
  if (!split.usable()) return Failure(path, EINVAL);
  auto directory = OpenFile(parent, O_RDONLY | O_DIRECTORY);
  if (!directory) return directory.error();
  auto file = AtomicFile::CreateIn(std::move(*directory), name, "file", options.mode);
  if (!file) return file.error();
  if (auto status = file->Write(bytes); !status) return status;
  return file->Commit();
}

Status RootedDir::MakeDirs(const std::string& path) const {
  if (path.empty()) return OkStatus();
  const ParentAndName split = SplitPath(path);
  const auto& [parent, name] = split;
  if (!split.usable()) return Failure(path, EINVAL);
  if (auto status = MakeDirs(parent); !status) return status;
  auto directory = OpenFile(parent, O_RDONLY | O_DIRECTORY);
  if (!directory) return directory.error();
  if (::mkdirat(directory->get(), name.c_str(), 0700) != 0 && errno != EEXIST) {
    return Failure(path, errno);
  }
  auto made = OpenFile(path, O_PATH | O_DIRECTORY);
  return made ? OkStatus() : Status(made.error());
}

Status RootedDir::Remove(const std::string& path) const {
  const ParentAndName split = SplitPath(path);
  const auto& [parent, name] = split;
  if (!split.usable()) return Failure(path, EINVAL);
  auto directory = OpenFile(parent, O_RDONLY | O_DIRECTORY);
  if (!directory) return directory.error();
  if (::unlinkat(directory->get(), name.c_str(), 0) != 0) return Failure(path, errno);
  return OkStatus();
}

Result<FileDescriptor> RootedDir::OpenFile(const std::string& path, int flags,
                                           uint32_t mode) const {
  uint64_t resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  if (symlinks_ == Symlinks::kRefuse) resolve |= RESOLVE_NO_SYMLINKS;
  flags |= O_CLOEXEC;
  if ((flags & O_PATH) == 0) flags |= O_NOCTTY | O_NONBLOCK;
  FileDescriptor opened(OpenAt2(directory_.get(), path, flags, mode, resolve));
  if (!opened.valid()) return Failure(path, errno);
  return opened;
}

Error RootedDir::Failure(const std::string& path, int error_number) const {
  const std::string place = path.empty() ? path_ : path_ + "/" + path;
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return {Code::kNotFound, std::strerror(error_number), place};
    case EXDEV:
      return {Code::kPolicyDenied, "the path leaves its folder", place};
    case ELOOP:
      return {Code::kPolicyDenied, "a symbolic link stands on the path", place};
    case EINVAL:
      return {Code::kInvalid, "the path is not usable", place};
    case ENOSYS:
      return {Code::kUnavailable, "this kernel has no openat2 (Linux 5.6)", place};
    default:
      return {Code::kIo, std::strerror(error_number), place};
  }
}

namespace {

int OpenAt2(int directory, const std::string& path, int flags, uint32_t mode, uint64_t resolve) {
  if (path.find('\0') != std::string::npos) {
    errno = EINVAL;
    return -1;
  }
  open_how how = {};
  how.flags = static_cast<uint64_t>(flags);
  how.mode = (flags & O_CREAT) != 0 ? mode : 0;
  how.resolve = resolve;
  const char* name = path.empty() ? "." : path.c_str();
  for (int attempt = 0;; ++attempt) {
    const long fd = ::syscall(SYS_openat2, directory, name, &how, sizeof(how));
    const bool again = fd < 0 && (errno == EAGAIN || errno == EINTR);
    if (!again || attempt == kRaceRetriesMax) return static_cast<int>(fd);
  }
}

ParentAndName SplitPath(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {"", path};
  // "/x" keeps "/" as its parent, which RESOLVE_BENEATH refuses.
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

FileKind KindOfMode(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kFile;
  if (S_ISDIR(mode)) return FileKind::kDirectory;
  if (S_ISLNK(mode)) return FileKind::kSymlink;
  return FileKind::kOther;
}

FileInfo InfoOf(const struct stat& status) {
  return {.kind = KindOfMode(status.st_mode),
          .size_bytes = static_cast<uint64_t>(status.st_size),
          .modified_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
          .mode = status.st_mode & 07777,
          .device = status.st_dev,
          .inode = status.st_ino};
}

}  // namespace
}  // namespace fathom
