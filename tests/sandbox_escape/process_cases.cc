// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <thread>  // brings pthread_create, whose stacks can be small

#include "tests/sandbox_escape/cases.h"

namespace fathom::escape {
namespace {

constexpr int kBombChildren = 200;

int NumberOf(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// A child that waits to be killed.
pid_t Sleeper() {
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sleep(30);
    _exit(0);
  }
  return child;
}
void End(pid_t child) {
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

// Bounded bombs: as many at once as the sandbox must not allow.
bool ForkBomb(const Scene&) {
  pid_t children[kBombChildren];
  int count = 0;
  while (count < kBombChildren && (children[count] = Sleeper()) > 0) ++count;
  usleep(200'000);  // a watcher gets its chance
  const bool all = count == kBombChildren;
  while (count > 0) End(children[--count]);
  return all;
}
void* Wait(void*) {
  sleep(30);
  return nullptr;
}
bool ThreadBomb(const Scene&) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 64 << 10);
  for (int i = 0; i < kBombChildren; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, Wait, nullptr) != 0) return false;
  }
  usleep(200'000);
  return true;
}
bool MemoryBomb(const Scene&) {
  return mmap(nullptr, size_t{3} << 30, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}
// Four processes, each within its own limit; the driver allows 256 MiB together.
bool MemoryOfMany(const Scene&) {
  pid_t children[4];
  for (pid_t& child : children) {
    child = fork();
    if (child != 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto* bytes = static_cast<volatile char*>(malloc(100 << 20));  // volatile: really written
    for (size_t i = 0; bytes && i < size_t{100} << 20; i += 4096) bytes[i] = 1;
    sleep(2);
    _exit(bytes ? 0 : 1);
  }
  bool all = true;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    all = all && status == 0;
  }
  return all;
}
// The driver allows one second of CPU.
bool BurnCpu(const Scene&) {
  signal(SIGXCPU, SIG_IGN);
  while (clock() < 3 * CLOCKS_PER_SEC / 2) {
  }
  return true;
}
bool RaiseLimits(const Scene&) {
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = limit.rlim_max = RLIM_INFINITY;
  return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}
bool ManyDescriptors(const Scene&) {
  for (int i = 0; i < 200; ++i)
    if (open("/dev/null", O_RDONLY) < 0) return false;
  return true;
}

bool StopSelf(const Scene&) {
  raise(SIGSTOP);
  for (;;) pause();
}
bool IgnoreTerm(const Scene&) {
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  signal(SIGINT, SIG_IGN);
  for (;;) pause();
}
bool EndlessOutput(const Scene&) {
  static char block[1 << 16];
  memset(block, '\x1b', sizeof(block));
  for (;;)
    if (write(STDOUT_FILENO, block, sizeof(block)) < 0) pause();
}
// Lives three seconds at most, so that the control leaves nothing behind.
[[noreturn]] void Beat(const Scene& scene) {
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  for (int i = 0; i < 60; ++i) {
    const int fd =
        open((scene.workspace + "/heartbeat").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (fd >= 0 && write(fd, "x", 1) == 1) close(fd);
    usleep(50'000);
  }
  _exit(0);
}
bool Daemon(const Scene& scene) {
  if (fork() == 0) {
    setsid();
    if (fork() == 0) Beat(scene);
    _exit(0);
  }
  usleep(200'000);
  return true;
}
bool Background(const Scene& scene) {
  if (fork() == 0) Beat(scene);
  usleep(200'000);
  return true;
}

bool SignalDriver(const Scene& scene) {
  return kill(NumberOf(scene.driver), 0) == 0;
}
bool SignalEveryone(const Scene& scene) {
  // From outside this would end the whole machine; whether the driver could be hit is enough.
  return getsid(NumberOf(scene.driver)) >= 0;
}
bool Trace(const Scene&) {
  const pid_t child = Sleeper();
  const bool seized = ptrace(PTRACE_SEIZE, child, nullptr, nullptr) == 0;
  End(child);
  return seized;
}
bool ReadMemoryOfOther(const Scene&) {
  static char text[] = "memory";
  const pid_t child = Sleeper();
  char bytes[sizeof(text)];
  const iovec here{bytes, sizeof(bytes)}, there{text, sizeof(text)};
  const bool got = process_vm_readv(child, &here, 1, &there, 1, 0) == sizeof(text);
  End(child);
  return got;
}
bool WriteMemoryFile(const Scene&) {
  const pid_t child = Sleeper();
  const int fd = open(("/proc/" + std::to_string(child) + "/mem").c_str(), O_RDWR);
  End(child);
  return fd >= 0;
}
bool WriteOomScore(const Scene&) {
  const int fd = open("/proc/self/oom_score_adj", O_WRONLY);
  return fd >= 0 && write(fd, "500", 3) == 3;
}
// With it a set-user-id program gains nothing.
bool SetUserIdWorks(const Scene&) {
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0;
}

}  // namespace

const std::vector<Case>& ProcessCases() {
  static const std::vector<Case> cases = {
      {"fork_bomb", Kind::kActs, ForkBomb},
      {"thread_bomb", Kind::kActs, ThreadBomb},
      {"memory_bomb", Kind::kActs, MemoryBomb},
      {"memory_of_many", Kind::kActs, MemoryOfMany},
      {"burn_cpu", Kind::kActs, BurnCpu},
      {"raise_limits", Kind::kActs, RaiseLimits},
      {"many_descriptors", Kind::kActs, ManyDescriptors},
      {"stop_self", Kind::kHangs, StopSelf},
      {"ignore_sigterm", Kind::kHangs, IgnoreTerm},
      {"endless_output", Kind::kHangs, EndlessOutput},
      {"double_fork_daemon", Kind::kLives, Daemon},
      {"background_process", Kind::kLives, Background},
      {"signal_driver", Kind::kActs, SignalDriver},
      {"see_driver", Kind::kActs, SignalEveryone},
      {"ptrace", Kind::kActs, Trace},
      {"process_vm_readv", Kind::kActs, ReadMemoryOfOther},
      {"open_proc_mem", Kind::kActs, WriteMemoryFile},
      {"write_oom_score", Kind::kActs, WriteOomScore},
      {"set_user_id_works", Kind::kActs, SetUserIdWorks},
  };
  return cases;
}

}  // namespace fathom::escape
