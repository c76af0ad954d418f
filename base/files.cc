// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/atomic_file.h"
#include "base/file_descriptor.h"

namespace fathom {
namespace {

constexpr size_t kReadBlockBytes = size_t{1} << 16;

Error SystemError(const std::string& place);
std::string Environment(const char* name);
bool IsDirectory(const std::string& path);

}  // namespace

Result<std::string> ReadFile(const std::string& path, size_t bytes_max) {
  // O_NONBLOCK: a FIFO of this name must not hang us; ReadAll then refuses it.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file.valid()) return SystemError(path);
  return ReadAll(file.get(), bytes_max, path);
}

Result<std::string> ReadAll(int fd, size_t bytes_max, const std::string& place) {
  struct stat status;
  if (::fstat(fd, &status) != 0) return SystemError(place);
  if (!S_ISREG(status.st_mode)) return Invalid("is not a regular file", place);
  const auto too_large = [&] {
    return Error{Code::kLimit, "is larger than " + std::to_string(bytes_max) + " bytes", place};
  };
  if (static_cast<uint64_t>(status.st_size) > bytes_max) return too_large();
  std::string bytes;
  size_t size = 0;
  for (;;) {
    // One byte more than it should hold finds the end without a second round.
    const size_t want = size == 0 ? static_cast<size_t>(status.st_size) + 1 : kReadBlockBytes;
    bytes.resize(size + want);
    const ssize_t got = ::read(fd, bytes.data() + size, want);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(place);
    size += static_cast<size_t>(got);
    if (size > bytes_max) return too_large();
    if (got == 0) break;
  }
  bytes.resize(size);
  return bytes;
}

Status AtomicWriteFile(const std::string& path, std::string_view bytes, uint32_t mode) {
  auto file = AtomicFile::Create(path, "file", mode);
  if (!file) return file.error();
  if (auto status = file->Write(bytes); !status) return status;
  return file->Commit();
}

Result<Places> UserPlaces() {
  std::string home = Environment("FATHOM_HOME");
  if (!home.empty()) {
    if (home.front() != '/') {
      char here[4096];
      if (::getcwd(here, sizeof(here)) == nullptr) return SystemError(home);
      home = std::string(here) + "/" + home;
    }
    return Places{home + "/config", home + "/data", home + "/state", home + "/cache"};
  }
  home = Environment("HOME");
  if (home.empty()) {
    const passwd* user = ::getpwuid(::getuid());
    if (user != nullptr) home = user->pw_dir;
  }
  // The XDG base directory specification: a relative path in these variables is ignored.
  const auto place = [&](const char* variable, const char* below_home) {
    const std::string base = Environment(variable);
    const bool usable = !base.empty() && base.front() == '/';
    return (usable ? base : home + "/" + below_home) + "/fathom";
  };
  Places places{place("XDG_CONFIG_HOME", ".config"), place("XDG_DATA_HOME", ".local/share"),
                place("XDG_STATE_HOME", ".local/state"), place("XDG_CACHE_HOME", ".cache")};
  if (home.empty() || home.front() != '/') {
    return Error{Code::kNotFound, "no home directory: set HOME or FATHOM_HOME", ""};
  }
  return places;
}

Status EnsurePrivateDir(const std::string& path) {
  if (path.empty() || path.front() != '/') return Invalid("must be an absolute path", path);
  for (size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string parent = path.substr(0, slash);
    if (::mkdir(parent.c_str(), 0700) != 0 && errno != EEXIST) return SystemError(parent);
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return SystemError(path);
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return SystemError(path);
  if (!S_ISDIR(status.st_mode)) return Invalid("is not a directory", path);
  if (status.st_uid != ::geteuid()) {
    return Error{Code::kPolicyDenied, "belongs to another user", path};
  }
  if ((status.st_mode & 077) != 0 && ::chmod(path.c_str(), 0700) != 0) return SystemError(path);
  return OkStatus();
}

// A byte of the file stands for the name: FNV-1a of it. Two names whose hashes agree exclude each
// other, which is rare and harms nothing.
Result<FileDescriptor> TakeLock(const std::string& path, std::string_view name) {
  FileDescriptor file(::open(path.c_str(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.valid()) return SystemError(path);
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(hash >> 2);
  range.l_len = 1;
  if (::fcntl(file.get(), F_OFD_SETLK, &range) == 0) return file;
  if (errno == EAGAIN || errno == EACCES)
    return Error{Code::kBusy, "is held by another", std::string(name)};
  return SystemError(path);
}

Result<std::string> InstallRoot() {
  const auto is_root = [](const std::string& path) {
    return IsDirectory(path + "/configs/models");
  };
  if (const std::string root = Environment("FATHOM_ROOT"); !root.empty()) {
    if (is_root(root)) return root;
    return Error{Code::kNotFound, "FATHOM_ROOT has no configs/models", root};
  }
  char program[4096];
  const ssize_t length = ::readlink("/proc/self/exe", program, sizeof(program));
  if (length <= 0) return SystemError("/proc/self/exe");
  std::string folder(program, static_cast<size_t>(length));
  while (folder.size() > 1) {
    folder.resize(std::max<size_t>(folder.rfind('/'), 1));
    if (is_root(folder + "/lib/fathom")) return folder + "/lib/fathom";
    if (is_root(folder)) return folder;
  }
  return Error{Code::kNotFound, "no configs/models above the program: set FATHOM_ROOT",
               std::string(program, static_cast<size_t>(length))};
}

namespace {

Error SystemError(const std::string& place) {
  const int error_number = errno;
  const bool absent = error_number == ENOENT || error_number == ENOTDIR;
  return {absent ? Code::kNotFound : Code::kIo, std::strerror(error_number), place};
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool IsDirectory(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace
}  // namespace fathom
