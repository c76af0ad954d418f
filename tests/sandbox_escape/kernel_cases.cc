// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "tests/sandbox_escape/cases.h"

namespace fathom::escape {
namespace {

// sockaddr_in and sockaddr_in6 as the kernel lays them out.
struct InternetAddress {
  uint16_t family;
  uint16_t port;  // network order
  uint32_t address_or_flow;
  uint8_t rest[20];
};

InternetAddress Loopback(int family, const std::string& port) {
  uint16_t number = 0;
  std::from_chars(port.data(), port.data() + port.size(), number);
  InternetAddress address{};
  address.family = static_cast<uint16_t>(family);
  address.port = static_cast<uint16_t>(number << 8 | number >> 8);
  if (family == AF_INET)
    address.address_or_flow = 0x0100007f;
  else
    address.rest[15] = 1;  // ::1
  return address;
}
socklen_t Size(int family) {
  return family == AF_INET ? 16 : 28;
}

// Connects and gets the driver's answer.
bool Answered(int fd, const void* address, socklen_t size) {
  char byte = 0;
  const bool good = fd >= 0 && connect(fd, static_cast<const sockaddr*>(address), size) == 0 &&
                    write(fd, "?", 1) == 1 && read(fd, &byte, 1) == 1 && byte == '!';
  if (fd >= 0) close(fd);
  return good;
}
bool Internet(int family, int type, const Scene& scene) {
  const InternetAddress address = Loopback(family, scene.port);
  const int fd = socket(family, type, 0);
  const timeval wait{2, 0};
  if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
  return Answered(fd, &address, Size(family));
}
bool Tcp4(const Scene& scene) {
  return Internet(AF_INET, SOCK_STREAM, scene);
}
bool Tcp6(const Scene& scene) {
  return Internet(AF_INET6, SOCK_STREAM, scene);
}
bool Udp(const Scene& scene) {
  return Internet(AF_INET, SOCK_DGRAM, scene);
}
bool Raw(const Scene&) {
  return socket(AF_INET, SOCK_RAW, 1) >= 0;
}
bool Packet(const Scene&) {
  return socket(AF_PACKET, SOCK_RAW, 0) >= 0;
}
bool Netlink(const Scene&) {
  return socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) >= 0;
}
bool Listen(const Scene&) {
  const InternetAddress address = Loopback(AF_INET, "0");
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  return fd >= 0 && bind(fd, reinterpret_cast<const sockaddr*>(&address), 16) == 0 &&
         listen(fd, 1) == 0;
}
bool UnixPath(const Scene& scene) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strncpy(address.sun_path, (scene.workspace + "/s").c_str(), sizeof(address.sun_path) - 1);
  return Answered(socket(AF_UNIX, SOCK_STREAM, 0), &address, sizeof(address));
}
bool UnixAbstract(const Scene& scene) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  memcpy(address.sun_path + 1, scene.abstract.data(), scene.abstract.size());
  return Answered(socket(AF_UNIX, SOCK_STREAM, 0), &address,
                  static_cast<socklen_t>(sizeof(sa_family_t) + 1 + scene.abstract.size()));
}

bool NewUserNamespace(const Scene&) {
  return unshare(CLONE_NEWUSER) == 0;
}
bool NewNamespaceByClone3(const Scene&) {
  clone_args arguments{};
  arguments.flags = CLONE_NEWUSER;
  arguments.exit_signal = SIGCHLD;
  const long child = syscall(SYS_clone3, &arguments, sizeof(arguments));
  if (child == 0) _exit(0);
  return child > 0;
}
bool NewNamespaceByClone(const Scene&) {
  const long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  return child > 0;
}
bool NamespaceThenMount(const Scene& scene) {
  return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
         mount("none", scene.workspace.c_str(), "tmpfs", 0, nullptr) == 0;
}
bool BindMount(const Scene& scene) {
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount(scene.workspace.c_str(), "/mnt", nullptr, MS_BIND, nullptr) == 0;
}
bool Unmount(const Scene& scene) {
  // In a namespace of its own, the control does not touch the machine's.
  const std::string git = scene.workspace + "/.git";
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("none", git.c_str(), "tmpfs", 0, nullptr) == 0 && umount2(git.c_str(), 0) == 0;
}
bool ChangeRoot(const Scene& scene) {
  return chroot(scene.workspace.c_str()) == 0;
}
bool JoinNamespace(const Scene& scene) {
  const int fd = open(("/proc/" + scene.driver + "/ns/net").c_str(), O_RDONLY);
  return fd >= 0 && setns(fd, CLONE_NEWNET) == 0;
}
bool IoUring(const Scene&) {
  char parameters[120] = {};
  return syscall(SYS_io_uring_setup, 4, parameters) >= 0;
}
bool MemoryFileRuns(const Scene&) {
  const int fd = static_cast<int>(syscall(SYS_memfd_create, "x", 0));
  const char script[] = "#!/bin/sh\nexit 7\n";
  if (fd < 0 || write(fd, script, sizeof(script) - 1) < 0) return false;
  const pid_t child = fork();
  if (child == 0) {
    const std::string path = "/proc/self/fd/" + std::to_string(fd);
    execl(path.c_str(), "x", nullptr);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}
bool Bpf(const Scene&) {
  uint32_t attributes[32] = {1, 4, 4, 1};  // BPF_MAP_TYPE_HASH, key, value, entries
  return syscall(SYS_bpf, 0, attributes, sizeof(attributes)) >= 0;
}
bool Userfaultfd(const Scene&) {
  return syscall(SYS_userfaultfd, 1 /* UFFD_USER_MODE_ONLY */) >= 0;
}
bool Keyring(const Scene&) {
  return syscall(SYS_add_key, "user", "fathom-escape", "x", 1, KEY_SPEC_PROCESS_KEYRING) >= 0;
}
bool SharedMemory(const Scene&) {
  const int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  if (id >= 0) shmctl(id, IPC_RMID, nullptr);
  return id >= 0;
}
bool CorePattern(const Scene&) {
  return open("/proc/sys/kernel/core_pattern", O_WRONLY) >= 0;
}
bool SysRq(const Scene&) {
  return open("/proc/sysrq-trigger", O_WRONLY) >= 0;
}
bool TypeIntoTerminal(const Scene&) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return false;
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  return slave >= 0 && ioctl(slave, TIOCSTI, "x") == 0;
}
bool HostName(const Scene&) {
  return unshare(CLONE_NEWUTS) == 0 && sethostname("escaped", 7) == 0;
}
bool ReadDisk(const Scene&) {
  return open("/dev/mem", O_RDONLY) >= 0 || open("/dev/kmsg", O_RDONLY) >= 0 ||
         open("/dev/vda", O_RDONLY) >= 0 || open("/dev/sda", O_RDONLY) >= 0;
}

}  // namespace

const std::vector<Case>& KernelCases() {
  static const std::vector<Case> cases = {
      {"tcp_v4", Kind::kActs, Tcp4},
      {"tcp_v6", Kind::kActs, Tcp6},
      {"udp", Kind::kActs, Udp},
      {"listen", Kind::kActs, Listen},
      {"raw_socket", Kind::kActs, Raw, true},
      {"packet_socket", Kind::kActs, Packet, true},
      {"netlink", Kind::kActs, Netlink},
      {"unix_path_socket", Kind::kActs, UnixPath},
      {"unix_abstract_socket", Kind::kActs, UnixAbstract},
      {"new_user_namespace", Kind::kActs, NewUserNamespace},
      {"new_namespace_by_clone", Kind::kActs, NewNamespaceByClone},
      {"new_namespace_by_clone3", Kind::kActs, NewNamespaceByClone3},
      {"namespace_then_mount", Kind::kActs, NamespaceThenMount},
      {"bind_mount", Kind::kActs, BindMount, true},
      {"unmount", Kind::kActs, Unmount, true},
      {"chroot", Kind::kActs, ChangeRoot, true},
      {"join_namespace", Kind::kActs, JoinNamespace, true},
      {"io_uring", Kind::kActs, IoUring},
      {"memory_file_runs", Kind::kActs, MemoryFileRuns},
      {"bpf", Kind::kActs, Bpf, true},
      {"userfaultfd", Kind::kActs, Userfaultfd},
      {"keyring", Kind::kActs, Keyring},
      {"shared_memory", Kind::kActs, SharedMemory},
      {"core_pattern", Kind::kActs, CorePattern, true},
      {"sysrq_trigger", Kind::kActs, SysRq, true},
      {"type_into_terminal", Kind::kActs, TypeIntoTerminal, true},
      {"host_name", Kind::kActs, HostName, true},
      {"read_disk", Kind::kActs, ReadDisk, true},
  };
  return cases;
}

std::vector<Case> AllCases() {
  std::vector<Case> all = FileCases();
  for (const auto* more : {&ProcessCases(), &KernelCases()})
    all.insert(all.end(), more->begin(), more->end());
  return all;
}

}  // namespace fathom::escape
