// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string_view>

#include "tools/sandbox/init/init.h"

namespace fathom::sandbox_init {
namespace {

constexpr int kFailed = 125;
constexpr long kLookNanoseconds = 20'000'000;  // between two looks at the whole sandbox

void Say(int fd, const char* text) {
  // When nobody listens, nobody needs to know.
  [[maybe_unused]] const ssize_t put = write(fd, text, strlen(text));
}

[[noreturn]] void Fail(int fd, const char* what) {
  char line[256];
  snprintf(line, sizeof(line), "failed %s: %s\n", what, strerror(errno));
  Say(fd, line);
  _exit(kFailed);
}

bool Number(std::string_view text, uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool TakePath(const char* text, std::string_view key, Config& config) {
  constexpr struct {
    std::string_view key;
    Access access;
  } kKinds[] = {{"rx", Access::kReadExecute},
                {"ro", Access::kRead},
                {"rw", Access::kWrite},
                {"dev", Access::kDevice}};
  for (const auto& kind : kKinds) {
    if (kind.key != key || config.path_count == kPathsMax) continue;
    config.paths[config.path_count++] = {kind.access, text + key.size() + 1};
    return true;
  }
  return false;
}

// "DEVICE:INODE:PATH": false when another thing stands there than the caller meant.
bool IsSame(std::string_view expected, const char* text_end) {
  uint64_t device = 0, inode = 0;
  const size_t first = expected.find(':');
  const size_t second = expected.find(':', first + 1);
  if (second == std::string_view::npos || !Number(expected.substr(0, first), device) ||
      !Number(expected.substr(first + 1, second - first - 1), inode))
    return false;
  struct stat status;
  const char* path = text_end - (expected.size() - second - 1);
  return lstat(path, &status) == 0 && status.st_dev == device && status.st_ino == inode;
}

bool Take(const char* text, Config& config) {
  const std::string_view argument = text;
  const size_t equals = argument.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = argument.substr(0, equals);
  if (TakePath(text, key, config)) return true;
  if (key == "same") {
    config.swapped = config.swapped || !IsSame(argument.substr(equals + 1), text + argument.size());
    return true;
  }
  uint64_t number = 0;
  if (!Number(argument.substr(equals + 1), number)) return false;
  if (key == "status")
    config.status_fd = static_cast<int>(number);
  else if (key == "cpu")
    config.cpu_seconds = number;
  else if (key == "address")
    config.address_bytes = number;
  else if (key == "file")
    config.file_bytes = number;
  else if (key == "processes")
    config.processes = number;
  else if (key == "memory")
    config.memory_bytes = number;
  else if (key == "descriptors")
    config.descriptors = number;
  else
    return false;
  return true;
}

// Becomes the command. Landlock comes before seccomp, whose list has no Landlock calls.
[[noreturn]] void RunCommand(const Config& config, char** command) {
  const int status = config.status_fd;
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (const char* what = ApplyLimits(config)) Fail(status, what);
  if (const char* what = ApplyLandlock(config)) Fail(status, what);
  if (const char* what = ApplySeccomp()) Fail(status, what);
  Say(status, "ready\n");
  execvp(command[0], command);
  Fail(status, "command");
}

struct Usage {
  uint64_t threads = 0;
  uint64_t resident_bytes = 0;
};

// Adds the process's threads and resident pages: fields 20 and 24 of /proc/PID/stat, which begin
// after the last ")" with field 3.
bool AddProcess(const char* pid, Usage& usage) {
  char path[64], text[1024];
  snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT;  // it just ended
  const ssize_t got = read(fd, text, sizeof(text) - 1);
  close(fd);
  if (got <= 0) return got == 0 || errno == ESRCH;
  text[got] = '\0';
  const char* field = strrchr(text, ')');
  for (int number = 2; field && number < 24; ++number) {
    field = strchr(field + 1, ' ');
    if (!field || (number != 19 && number != 23)) continue;
    uint64_t value = 0;
    const char* begin = field + 1;
    const char* end = begin + strcspn(begin, " \n");
    if (!Number({begin, static_cast<size_t>(end - begin)}, value)) return false;
    if (number == 19)
      usage.threads += value;
    else
      usage.resident_bytes += value * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  }
  return true;
}

// False when it cannot be counted, which counts as too much.
bool Measure(Usage& usage) {
  DIR* processes = opendir("/proc");
  if (!processes) return false;
  bool good = true;
  while (const dirent* entry = readdir(processes)) {
    const char first = entry->d_name[0];
    if (first < '0' || first > '9' || strcmp(entry->d_name, "1") == 0) continue;
    good = good && AddProcess(entry->d_name, usage);
  }
  closedir(processes);
  return good;
}

// Reaps until the command has ended, and looks at the whole in between.
int Watch(const Config& config, pid_t command) {
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  const timespec pause{0, kLookNanoseconds};
  timespec looked{0, 0};
  for (;;) {
    int status = 0;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
      if (ended != command) continue;
      char line[32];
      snprintf(line, sizeof(line), WIFEXITED(status) ? "exit %d\n" : "signal %d\n",
               WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
      Say(config.status_fd, line);
      return 0;
    }
    sigtimedwait(&child, nullptr, &pause);
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const long passed =
        (now.tv_sec - looked.tv_sec) * 1'000'000'000L + (now.tv_nsec - looked.tv_nsec);
    if (passed < kLookNanoseconds) continue;
    looked = now;
    Usage usage;
    const bool counted = Measure(usage);
    if (!counted || usage.threads > config.processes) {
      Say(config.status_fd, "stopped processes\n");
      return kFailed;
    }
    if (usage.resident_bytes > config.memory_bytes) {
      Say(config.status_fd, "stopped memory\n");
      return kFailed;
    }
  }
}

int Main(int argc, char** argv) {
  static Config config;
  int at = 1;
  for (; at < argc && strcmp(argv[at], "--") != 0; ++at) {
    if (!Take(argv[at], config)) return kFailed;
  }
  if (config.status_fd < 3 || at + 1 >= argc) return kFailed;
  char** command = argv + at + 1;
  // The command gets its three streams and nothing else; PID 1 keeps the status pipe only.
  const auto status_fd = static_cast<unsigned>(config.status_fd);
  if ((status_fd > 3 && close_range(3, status_fd - 1, 0) != 0) ||
      close_range(status_fd + 1, ~0U, 0) != 0 || fcntl(config.status_fd, F_SETFD, FD_CLOEXEC) != 0)
    Fail(config.status_fd, "descriptors");
  if (getpid() != 1) {
    errno = EPERM;
    Fail(config.status_fd, "namespaces: this is not the first process of its own");
  }
  if (config.swapped) {
    errno = ESTALE;
    Fail(config.status_fd, "namespaces: a folder of the workspace was replaced meanwhile");
  }
  // Nothing in here may look into PID 1, which stays unrestricted.
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) Fail(config.status_fd, "namespaces");
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, nullptr);
  const pid_t pid = fork();
  if (pid < 0) Fail(config.status_fd, "fork");
  if (pid == 0) RunCommand(config, command);
  close_range(0, 2, 0);
  return Watch(config, pid);
}

}  // namespace

const char* ApplyLimits(const Config& config) {
  const struct {
    int resource;
    uint64_t value;
  } limits[] = {
      {RLIMIT_CPU, config.cpu_seconds},
      {RLIMIT_AS, config.address_bytes},
      {RLIMIT_FSIZE, config.file_bytes},
      {RLIMIT_NPROC, config.processes},
      {RLIMIT_NOFILE, config.descriptors},
      {RLIMIT_CORE, 0},
      {RLIMIT_MSGQUEUE, 0},
  };
  for (const auto& limit : limits) {
    const rlimit value{limit.value, limit.value};
    if (setrlimit(static_cast<__rlimit_resource>(limit.resource), &value) != 0)
      return "limits: one is refused";
  }
  return nullptr;
}

}  // namespace fathom::sandbox_init

int main(int argc, char** argv) {
  return fathom::sandbox_init::Main(argc, argv);
}
