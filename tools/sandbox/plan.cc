// SPDX-License-Identifier: Apache-2.0
#include "tools/sandbox/plan.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/rooted_dir.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr const char* kInitPath = "/run/fathom-init";
constexpr size_t kArgumentBytesMax = 128 * 1024 - 1;  // the kernel's own, for one string
constexpr size_t kArgumentsBytesMax = 1_MiB;
// A stand-in is empty and bears this time, which no file of a user does.
constexpr time_t kStandInTime = 1;
constexpr struct {
  const char* name;
  bool is_folder;
} kStandIns[] = {{".git", true}, {".fathom", true}, {".fathom.yaml", false}};

bool IsProtectedName(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower == ".git" || lower.starts_with(".fathom");
}

// `inner` is `outer` or lies beneath it. Both are absolute and resolved; this decides what is
// mounted over, never what may be opened.
bool LiesIn(const std::string& inner, const std::string& outer) {
  return inner == outer || outer == "/" || inner.starts_with(outer + "/");
}

Status CheckWorkspace(const std::string& path) {
  if (path.empty() || path.front() != '/') return Invalid("must be an absolute path", path);
  std::error_code error;
  const auto resolved = std::filesystem::canonical(path, error);
  if (error) return Invalid("cannot be resolved: " + error.message(), path);
  if (resolved != path) return Invalid("must be resolved: it is " + resolved.string(), path);
  for (const char* system : {"/usr", "/etc", "/proc", "/sys", "/dev", "/run", "/bin", "/lib",
                             "/lib64", "/sbin", "/boot"}) {
    if (LiesIn(path, system) || path == "/")
      return Invalid("a folder of the system cannot be a workspace for commands", path);
  }
  const char* home = std::getenv("HOME");
  const std::string own = home && *home ? std::filesystem::weakly_canonical(home, error) : "";
  if (path == "/tmp" || (own.size() > 1 && LiesIn(own, path))) {
    return Error{Code::kPolicyDenied,
                 "holds the home folder or everyone's temporary files, and a command would read "
                 "all of it; work in a folder beneath it",
                 path};
  }
  return {};
}

Status CheckCommand(const SandboxRequest& request) {
  if (request.argv.empty() || request.argv[0].empty()) return Invalid("no command: argv is empty");
  size_t bytes = 0;
  for (const std::string& argument : request.argv) {
    bytes += argument.size() + 1;
    if (argument.find('\0') != std::string::npos) return Invalid("an argument holds a zero byte");
    if (argument.size() > kArgumentBytesMax || bytes > kArgumentsBytesMax)
      return Error{Code::kLimit, "the arguments are longer than 1 MiB, or one than 128 KiB"};
  }
  for (const auto& [name, value] : request.environment) {
    if (name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string::npos ||
        value.find('\0') != std::string::npos)
      return Invalid("an environment variable cannot have this name or value", ForTerminal(name));
  }
  return {};
}

class Builder {
 public:
  explicit Builder(const SandboxRequest& request) : request_(request) {}

  Result<SandboxPlan> Build();

 private:
  void Bubblewrap(std::initializer_list<std::string> words) {
    plan_.argv.insert(plan_.argv.end(), words);
  }
  void System();
  void Environment();
  Status Writable(const RootedDir& workspace, const std::string& folder);
  Status Protected(const RootedDir& workspace, const std::string& path, bool may_miss);
  Status ProtectedBeneath(const RootedDir& workspace, const std::string& folder);
  void Hidden();
  // The init compares what is mounted with what was meant: a folder swapped in between ends it.
  void Expect(const std::string& path, const FileInfo& info) {
    init_.push_back("same=" + std::to_string(info.device) + ":" + std::to_string(info.inode) + ":" +
                    path);
  }
  std::string At(const std::string& relative) const {
    return relative.empty() ? request_.workspace : request_.workspace + "/" + relative;
  }

  const SandboxRequest& request_;
  SandboxPlan plan_;
  std::vector<std::string> init_;
  size_t mounts_ = 0;
};

void Builder::System() {
  Bubblewrap({"--unshare-user", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1",
              "--cap-drop", "ALL", "--hostname", "sandbox", "--ro-bind", "/usr", "/usr"});
  for (const std::string name : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    std::error_code error;
    if (std::filesystem::is_symlink(name, error)) {
      Bubblewrap({"--symlink", std::filesystem::read_symlink(name, error).string(), name});
    } else {
      Bubblewrap({"--ro-bind-try", name, name});
    }
    init_.push_back("rx=" + name);
  }
  for (const std::string name : {"/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"})
    Bubblewrap({"--ro-bind-try", name, name});
  Bubblewrap({"--proc", "/proc", "--dev", "/dev"});
  for (const std::string name : {"/dev/shm", "/tmp"})
    Bubblewrap({"--size", std::to_string(kSandboxTmpBytes), "--tmpfs", name});
  init_.insert(init_.end(), {"rx=/usr", "ro=/etc", "ro=/proc", "ro=/dev", "rw=/tmp", "rw=/dev/shm",
                             "dev=/dev/null", "dev=/dev/zero", "dev=/dev/full", "dev=/dev/random",
                             "dev=/dev/urandom"});
}

void Builder::Environment() {
  Bubblewrap({"--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME",
              "/tmp", "--setenv", "TMPDIR", "/tmp", "--setenv", "LANG", "C.UTF-8"});
  for (const auto& [name, value] : request_.environment) Bubblewrap({"--setenv", name, value});
}

Status Builder::Writable(const RootedDir& workspace, const std::string& folder) {
  auto info = workspace.Stat(folder);
  if (!info) return info.error();
  if (info->kind != FileKind::kDirectory)
    return Invalid("must be a folder of the workspace to be writable", ForTerminal(folder));
  Bubblewrap({"--bind", At(folder), At(folder)});
  Expect(At(folder), *info);
  init_.push_back("rw=" + At(folder));
  ++mounts_;
  return {};
}

Status Builder::Protected(const RootedDir& workspace, const std::string& path, bool may_miss) {
  auto info = workspace.Stat(path);
  if (!info && info.error().code == Code::kNotFound && may_miss) return {};
  if (!info) return info.error();
  if (info->kind != FileKind::kDirectory && info->kind != FileKind::kFile) {
    return Error{Code::kPolicyDenied,
                 "is a symbolic link or no file, so it cannot be kept from being replaced; grant a "
                 "writable folder without it",
                 ForTerminal(path)};
  }
  Bubblewrap({"--ro-bind", At(path), At(path)});
  Expect(At(path), *info);
  ++mounts_;
  return {};
}

Status Builder::ProtectedBeneath(const RootedDir& workspace, const std::string& folder) {
  std::error_code error;
  size_t seen = 0;
  std::filesystem::recursive_directory_iterator at(At(folder), error), end;
  if (error) return IoError(error.message(), At(folder));
  while (at != end) {
    if (++seen > kSandboxScanEntriesMax || mounts_ > kSandboxMountsMax) {
      return Error{Code::kLimit,
                   "has too many files, or too many repositories, to be made writable as a whole; "
                   "name the folders that are needed",
                   ForTerminal(At(folder))};
    }
    if (IsProtectedName(at->path().filename().native())) {
      const std::string path = at->path().native().substr(request_.workspace.size() + 1);
      if (auto status = Protected(workspace, path, true); !status) return status;
      at.disable_recursion_pending();
    }
    at.increment(error);
    if (error) return IoError(error.message(), At(folder));
  }
  return {};
}

void Builder::Hidden() {
  for (const std::string& path : request_.hidden) {
    std::error_code error;
    const std::string resolved = std::filesystem::weakly_canonical(path, error);
    if (error || !LiesIn(resolved, request_.workspace)) continue;
    if (std::filesystem::is_directory(resolved, error)) Bubblewrap({"--tmpfs", resolved});
  }
}

Result<SandboxPlan> Builder::Build() {
  auto bubblewrap = FindBubblewrap();
  if (!bubblewrap) return bubblewrap.error();
  if (auto status = CheckCommand(request_); !status) return status.error();
  if (auto status = CheckWorkspace(request_.workspace); !status) return status.error();
  auto workspace = RootedDir::Open(request_.workspace, RootedDir::Symlinks::kRefuse);
  if (!workspace) return workspace.error();
  auto info = workspace->Stat("");
  if (!info) return info.error();
  plan_.argv = {*bubblewrap};
  System();
  Environment();
  Bubblewrap({"--ro-bind", request_.workspace, request_.workspace});
  Expect(request_.workspace, *info);
  init_.push_back("rx=" + request_.workspace);
  for (const std::string& folder : request_.writable) {
    if (auto status = Writable(*workspace, folder); !status) return status.error();
    if (!folder.empty()) continue;
    auto stand_ins = StandIns::Make(request_.workspace);
    if (!stand_ins) return stand_ins.error();
    plan_.stand_ins.push_back(std::move(*stand_ins));
  }
  for (const std::string& folder : request_.writable) {
    if (auto status = ProtectedBeneath(*workspace, folder); !status) return status.error();
  }
  for (const std::string& path : request_.protected_paths) {
    if (request_.writable.empty()) break;
    if (auto status = Protected(*workspace, path, true); !status) return status.error();
  }
  Hidden();
  Bubblewrap({"--perms", "0555", "--ro-bind-data", std::to_string(kInitImageFd), kInitPath,
              "--remount-ro", "/", "--chdir", request_.workspace, "--", kInitPath,
              "status=" + std::to_string(kInitStatusFd)});
  const SandboxLimits& limits = request_.limits;
  init_.insert(init_.end(), {"cpu=" + std::to_string(limits.cpu_seconds),
                             "address=" + std::to_string(limits.address_bytes),
                             "memory=" + std::to_string(limits.memory_bytes),
                             "file=" + std::to_string(limits.file_bytes),
                             "processes=" + std::to_string(limits.processes),
                             "descriptors=" + std::to_string(limits.descriptors), "--"});
  plan_.argv.insert(plan_.argv.end(), init_.begin(), init_.end());
  plan_.argv.insert(plan_.argv.end(), request_.argv.begin(), request_.argv.end());
  return std::move(plan_);
}

bool IsStandIn(int folder, const char* name) {
  struct stat status;
  return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         status.st_mtim.tv_sec == kStandInTime && (S_ISDIR(status.st_mode) || status.st_size == 0);
}

}  // namespace

Result<std::string> FindBubblewrap() {
  for (const char* path : {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"}) {
    if (access(path, X_OK) == 0) return std::string(path);
  }
  return Error{Code::kUnavailable,
               "bubblewrap is not installed; install it with `apt-get install bubblewrap`"};
}

Result<StandIns> StandIns::Make(const std::string& workspace) {
  FileDescriptor folder(open(workspace.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!folder.valid()) return IoError(std::strerror(errno), workspace);
  while (flock(folder.get(), LOCK_SH) != 0) {
    if (errno != EINTR) return IoError(std::strerror(errno), workspace);
  }
  StandIns made(std::move(folder));
  const int at = made.folder_.get();
  for (const auto& stand_in : kStandIns) {
    if (stand_in.is_folder) {
      if (mkdirat(at, stand_in.name, 0555) != 0) {
        if (errno == EEXIST) continue;
        return IoError(std::strerror(errno), workspace + "/" + stand_in.name);
      }
    } else {
      const FileDescriptor file(
          openat(at, stand_in.name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444));
      if (!file.valid() && errno == EEXIST) continue;
      if (!file.valid()) return IoError(std::strerror(errno), workspace + "/" + stand_in.name);
    }
    const timespec times[2] = {{kStandInTime, 0}, {kStandInTime, 0}};
    utimensat(at, stand_in.name, times, AT_SYMLINK_NOFOLLOW);
  }
  return made;
}

StandIns::~StandIns() {
  // Somebody else's command still stands on them: the last one removes them.
  if (!folder_.valid() || flock(folder_.get(), LOCK_EX | LOCK_NB) != 0) return;
  for (const auto& stand_in : kStandIns) {
    if (IsStandIn(folder_.get(), stand_in.name))
      unlinkat(folder_.get(), stand_in.name, stand_in.is_folder ? AT_REMOVEDIR : 0);
  }
}

Result<SandboxPlan> MakeSandboxPlan(const SandboxRequest& request) {
  return Builder(request).Build();
}

}  // namespace fathom
