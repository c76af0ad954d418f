// SPDX-License-Identifier: Apache-2.0
// Landlock by raw system calls: glibc has no wrappers, and the headers of Debian 12 are older than
// the kernels this runs on, so the structures stand here with what ABI 4 to 6 added.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "tools/sandbox/init/init.h"

namespace fathom::sandbox_init {
namespace {

struct RulesetAttributes {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;  // since ABI 4
  uint64_t scoped;              // since ABI 6
};

constexpr uint64_t kTruncate = 1ULL << 14;     // since ABI 3
constexpr uint64_t kIoctlDevice = 1ULL << 15;  // since ABI 5
constexpr uint64_t kNetBindConnectTcp = 3;     // since ABI 4
constexpr uint64_t kScopeAbstractSocketAndSignal = 3;

constexpr uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr uint64_t kRead = kReadFile | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr uint64_t kReadExecute = kRead | LANDLOCK_ACCESS_FS_EXECUTE;
// No sockets, FIFOs or devices: a FIFO left in a workspace stops the next program that reads it.
constexpr uint64_t kWrite = kReadExecute | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate |
                            LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                            LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                            LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;
constexpr uint64_t kDevice = kReadFile | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kIoctlDevice;
// What a rule on a file, not a folder, may name.
constexpr uint64_t kOnFiles = kReadFile | LANDLOCK_ACCESS_FS_EXECUTE |
                              LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kIoctlDevice;

uint64_t Rights(Access access) {
  switch (access) {
    case Access::kReadExecute:
      return kReadExecute;
    case Access::kRead:
      return kRead;
    case Access::kWrite:
      return kWrite;
    case Access::kDevice:
      return kDevice;
  }
  return 0;
}

bool AddPath(int ruleset, const PathRule& rule, uint64_t handled) {
  const int fd = open(rule.path, O_PATH | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT;  // what is not there needs no rule
  struct stat status;
  uint64_t rights = Rights(rule.access) & handled;
  if (fstat(fd, &status) == 0 && !S_ISDIR(status.st_mode)) rights &= kOnFiles;
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = rights;
  beneath.parent_fd = fd;
  const long added =
      syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  close(fd);
  return added == 0;
}

}  // namespace

const char* ApplyLandlock(const Config& config) {
  const long abi =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return "landlock: the kernel does not offer it";
  RulesetAttributes attributes{};
  attributes.handled_access_fs = (1ULL << 13) - 1;  // the thirteen rights of ABI 1
  if (abi >= 2) attributes.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) attributes.handled_access_fs |= kTruncate;
  if (abi >= 5) attributes.handled_access_fs |= kIoctlDevice;
  size_t size = sizeof(uint64_t);
  if (abi >= 4) {
    attributes.handled_access_net = kNetBindConnectTcp;
    size = 2 * sizeof(uint64_t);
  }
  if (abi >= 6) {
    attributes.scoped = kScopeAbstractSocketAndSignal;
    size = sizeof(attributes);
  }
  const long ruleset = syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
  if (ruleset < 0) return "landlock: the rule set is refused";
  const int fd = static_cast<int>(ruleset);
  for (size_t i = 0; i < config.path_count; ++i) {
    if (!AddPath(fd, config.paths[i], attributes.handled_access_fs))
      return "landlock: a rule is refused";
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "landlock: no_new_privs is refused";
  if (syscall(SYS_landlock_restrict_self, fd, 0) != 0) return "landlock: it cannot be entered";
  close(fd);
  return nullptr;
}

}  // namespace fathom::sandbox_init
