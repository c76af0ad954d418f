// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "tests/sandbox_escape/cases.h"

namespace fathom::escape {
namespace {

bool Holds(const std::string& path, const char* text) {
  const int fd = open(path.c_str(), O_RDONLY);
  if (fd < 0) return false;
  char bytes[256] = {};
  const ssize_t got = read(fd, bytes, sizeof(bytes) - 1);
  close(fd);
  return got > 0 && strstr(bytes, text) != nullptr;
}
bool Secret(const std::string& path) {
  return Holds(path, "secret of the driver");
}
bool Writes(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (fd < 0) return false;
  const bool good = write(fd, "planted", 7) == 7;
  close(fd);
  return good;
}

bool ReadPasswd(const Scene&) {
  return Holds("/etc/passwd", "root:");
}
bool ReadSshKey(const Scene& scene) {
  return Secret(scene.outside + "/home/.ssh/id");
}
bool ReadToken(const Scene& scene) {
  return Secret(scene.outside + "/state/token");
}
bool ReadOtherWorkspace(const Scene& scene) {
  return Secret(scene.outside + "/other/file");
}
bool ReadHidden(const Scene& scene) {
  return Secret(scene.workspace + "/hidden/sessions.db");
}
bool ReadByDotDot(const Scene& scene) {
  return Secret("../outside/secret") || Secret(scene.workspace + "/../outside/secret");
}
bool ReadProcSelfRoot(const Scene& scene) {
  return Secret("/proc/self/root" + scene.outside + "/secret");
}
bool ReadProcCwd(const Scene&) {
  return Secret("/proc/self/cwd/../outside/secret");
}
// Every process's root, working folder and descriptors, as /proc shows them.
bool ReadThroughProcesses(const Scene& scene) {
  DIR* processes = opendir("/proc");
  bool found = false;
  while (const dirent* entry = processes ? readdir(processes) : nullptr) {
    const std::string at = std::string("/proc/") + entry->d_name;
    if (strcmp(entry->d_name, "self") == 0 || std::to_string(getpid()) == entry->d_name) continue;
    found = found || Secret(at + "/root" + scene.outside + "/secret");
  }
  if (processes) closedir(processes);
  return found;
}
bool ReadEnvironmentOfDriver(const Scene& scene) {
  const int fd = open(("/proc/" + scene.driver + "/environ").c_str(), O_RDONLY);
  char byte;
  return fd >= 0 && read(fd, &byte, 1) == 1;
}
bool EnvironmentInherited(const Scene&) {
  return getenv("FATHOM_CANARY") != nullptr;
}
bool DescriptorInherited(const Scene&) {
  for (int fd = 3; fd < 1024; ++fd) {
    const int secret = openat(fd, "secret", O_RDONLY);
    if (secret >= 0) return true;
  }
  return false;
}
bool DescriptorReopened(const Scene&) {
  for (int fd = 3; fd < 1024; ++fd)
    if (Secret("/proc/self/fd/" + std::to_string(fd) + "/secret")) return true;
  return false;
}
bool WriteOutside(const Scene& scene) {
  return Writes(scene.outside + "/planted");
}
bool WriteTmp(const Scene& scene) {
  return Writes("/tmp/fathom-escape-" + scene.driver);
}
bool WriteShm(const Scene& scene) {
  return Writes("/dev/shm/fathom-escape-" + scene.driver);
}
bool WriteReadOnlyFolder(const Scene& scene) {
  return Writes(scene.workspace + "/read-only/file");
}
bool WriteHook(const Scene& scene) {
  return Writes(scene.workspace + "/.git/hooks/pre-commit");
}
bool WriteNestedHook(const Scene& scene) {
  return Writes(scene.workspace + "/sub/.git/hooks/pre-commit");
}
bool WriteSettings(const Scene& scene) {
  return Writes(scene.workspace + "/.fathom.yaml");
}
bool ReplaceSettings(const Scene& scene) {
  return Writes(scene.workspace + "/evil") &&
         rename((scene.workspace + "/evil").c_str(), (scene.workspace + "/.fathom.yaml").c_str()) ==
             0;
}
bool WritePolicy(const Scene& scene) {
  return Writes(scene.workspace + "/policy.yaml");
}
bool CreateSettingsFolder(const Scene& scene) {
  return Writes(scene.workspace + "/.fathom/policy.yaml") ||
         (rename((scene.workspace + "/.fathom").c_str(), (scene.workspace + "/x").c_str()) == 0 &&
          mkdir((scene.workspace + "/.fathom").c_str(), 0777) == 0) ||
         (mkdir((scene.workspace + "/.fathom").c_str(), 0777) == 0 &&
          Writes(scene.workspace + "/.fathom/policy.yaml"));
}
bool MoveGitAway(const Scene& scene) {
  return rename((scene.workspace + "/.git").c_str(), (scene.workspace + "/gone").c_str()) == 0;
}
bool SwapGit(const Scene& scene) {
  const std::string mine = scene.workspace + "/mine";
  return mkdir(mine.c_str(), 0777) == 0 &&
         syscall(SYS_renameat2, AT_FDCWD, mine.c_str(), AT_FDCWD,
                 (scene.workspace + "/.git").c_str(), RENAME_EXCHANGE) == 0;
}
bool SymlinkRead(const Scene& scene) {
  const std::string link = scene.workspace + "/link";
  return symlink((scene.outside + "/secret").c_str(), link.c_str()) == 0 && Secret(link);
}
bool SymlinkWrite(const Scene& scene) {
  const std::string link = scene.workspace + "/link";
  return symlink((scene.outside + "/planted").c_str(), link.c_str()) == 0 && Writes(link);
}
bool HardLinkOut(const Scene& scene) {
  const std::string mine = scene.workspace + "/mine";
  return link((scene.outside + "/secret").c_str(), mine.c_str()) == 0 && Secret(mine);
}
bool HardLinkSettings(const Scene& scene) {
  const std::string mine = scene.workspace + "/mine";
  return link((scene.workspace + "/.git/config").c_str(), mine.c_str()) == 0 && Writes(mine);
}
// Names that some file systems take for ".git".
bool NameTwins(const Scene& scene) {
  for (const char* name : {".GIT", ".Git", ".git ", ".git.", ".g\xe2\x80\x8cit", "./.git/../.git"})
    Writes(scene.workspace + "/" + name + "/hooks/planted");
  return access((scene.workspace + "/.git/hooks/planted").c_str(), F_OK) == 0;
}
// One thread swaps a folder with a symlink that leads out, another writes into the folder.
bool RenameRace(const Scene& scene) {
  const std::string folder = scene.workspace + "/folder", link = scene.workspace + "/swap";
  if (mkdir(folder.c_str(), 0777) != 0 || symlink(scene.outside.c_str(), link.c_str()) != 0)
    return false;
  std::atomic<bool> done{false};
  std::thread swapper([&] {
    while (!done)
      syscall(SYS_renameat2, AT_FDCWD, folder.c_str(), AT_FDCWD, link.c_str(), RENAME_EXCHANGE);
  });
  const std::string planted = scene.outside + "/planted";
  bool escaped = false;
  for (int i = 0; i < 20'000 && !escaped; ++i) {
    Writes(folder + "/planted");
    escaped = access(planted.c_str(), F_OK) == 0;
  }
  done = true;
  swapper.join();
  return escaped;
}
bool MakeFifo(const Scene& scene) {
  return mkfifo((scene.workspace + "/fifo").c_str(), 0666) == 0;
}
bool MakeDevice(const Scene& scene) {
  return mknod((scene.workspace + "/null").c_str(), S_IFCHR | 0666, (1 << 8) | 3) == 0;
}
bool SparseFile(const Scene& scene) {
  const int fd = open((scene.workspace + "/big").c_str(), O_WRONLY | O_CREAT, 0666);
  return fd >= 0 && ftruncate(fd, 10LL << 30) == 0;
}
bool RealFile(const Scene& scene) {
  const int fd = open((scene.workspace + "/big").c_str(), O_WRONLY | O_CREAT, 0666);
  return fd >= 0 && posix_fallocate(fd, 0, 300LL << 20) == 0;
}
bool ListSys(const Scene&) {
  return access("/sys/kernel", F_OK) == 0;
}

}  // namespace

const std::vector<Case>& FileCases() {
  static const std::vector<Case> cases = {
      {"read_passwd", Kind::kActs, ReadPasswd},
      {"read_ssh_key", Kind::kActs, ReadSshKey},
      {"read_token", Kind::kActs, ReadToken},
      {"read_other_workspace", Kind::kActs, ReadOtherWorkspace},
      {"read_hidden_database", Kind::kActs, ReadHidden},
      {"read_by_dot_dot", Kind::kActs, ReadByDotDot},
      {"read_proc_self_root", Kind::kActs, ReadProcSelfRoot},
      {"read_proc_self_cwd", Kind::kActs, ReadProcCwd},
      {"read_through_processes", Kind::kActs, ReadThroughProcesses},
      {"read_environment_of_driver", Kind::kActs, ReadEnvironmentOfDriver},
      {"environment_inherited", Kind::kActs, EnvironmentInherited},
      {"descriptor_inherited", Kind::kActs, DescriptorInherited},
      {"descriptor_reopened", Kind::kActs, DescriptorReopened},
      {"write_outside", Kind::kActs, WriteOutside},
      {"write_tmp", Kind::kLeaves, WriteTmp, false, "/tmp/fathom-escape-"},
      {"write_shm", Kind::kLeaves, WriteShm, false, "/dev/shm/fathom-escape-"},
      {"write_read_only_folder", Kind::kActs, WriteReadOnlyFolder},
      {"write_git_hook", Kind::kActs, WriteHook},
      {"write_nested_git_hook", Kind::kActs, WriteNestedHook},
      {"write_settings", Kind::kActs, WriteSettings},
      {"replace_settings", Kind::kActs, ReplaceSettings},
      {"write_policy", Kind::kActs, WritePolicy},
      {"create_settings_folder", Kind::kActs, CreateSettingsFolder},
      {"move_git_away", Kind::kActs, MoveGitAway},
      {"swap_git", Kind::kActs, SwapGit},
      {"symlink_read", Kind::kActs, SymlinkRead},
      {"symlink_write", Kind::kActs, SymlinkWrite},
      {"hard_link_out", Kind::kActs, HardLinkOut},
      {"hard_link_settings", Kind::kActs, HardLinkSettings},
      {"name_twins", Kind::kActs, NameTwins},
      {"rename_race", Kind::kActs, RenameRace},
      {"make_fifo", Kind::kActs, MakeFifo},
      {"make_device", Kind::kActs, MakeDevice, true},
      {"sparse_file_10_gb", Kind::kActs, SparseFile},
      {"real_file_300_mib", Kind::kActs, RealFile},
      {"list_sys", Kind::kActs, ListSys},
  };
  return cases;
}

}  // namespace fathom::escape
