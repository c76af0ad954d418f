// SPDX-License-Identifier: Apache-2.0
#include "tools/process/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

namespace fathom {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// posix_spawn's two objects, which must be destroyed.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace

Result<pid_t> Spawn(const SpawnRequest& request) {
  CHECK(!request.argv.empty());
  const auto failure = [&](int number) {
    return Error{Code::kUnavailable, std::string("cannot be started: ") + std::strerror(number),
                 request.argv[0]};
  };
  const int count = static_cast<int>(request.descriptors.size());
  // Copies above the numbers wanted, so that no dup2 below closes one that is still needed.
  std::vector<FileDescriptor> copies;
  for (const int fd : request.descriptors) {
    copies.emplace_back(fcntl(fd, F_DUPFD_CLOEXEC, count));
    if (!copies.back().valid()) return failure(errno);
  }
  SpawnPlan plan;
  for (int i = 0; i < count; ++i)
    posix_spawn_file_actions_adddup2(&plan.actions, copies[static_cast<size_t>(i)].get(), i);
  posix_spawn_file_actions_addclosefrom_np(&plan.actions, count);
  if (!request.folder.empty())
    posix_spawn_file_actions_addchdir_np(&plan.actions, request.folder.c_str());
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, request.argv[0].c_str(), &plan.actions, &plan.attributes,
                   Pointers(request.argv).data(), Pointers(request.environment).data());
  if (failed != 0) return failure(failed);
  return child;
}

Result<Pipe> MakePipe(OurEnd ours) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return IoError(std::strerror(errno), "pipe");
  Pipe made{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  const int fd = ours == OurEnd::kRead ? ends[0] : ends[1];
  if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0) return IoError(std::strerror(errno), "pipe");
  return made;
}

Result<FileDescriptor> MemoryFile(const char* name, std::string_view bytes) {
  FileDescriptor file(memfd_create(name, MFD_CLOEXEC));
  if (!file.valid()) return IoError(std::strerror(errno), "memfd_create");
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t put = write(file.get(), bytes.data() + written, bytes.size() - written);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return IoError(std::strerror(errno), name);
    written += static_cast<size_t>(put);
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) return IoError(std::strerror(errno), name);
  return file;
}

NoSigpipe::NoSigpipe() {
  sigset_t pending, pipe_only, old;
  sigpending(&pending);
  was_pending_ = sigismember(&pending, SIGPIPE) == 1;
  sigemptyset(&pipe_only);
  sigaddset(&pipe_only, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_only, &old);
  was_blocked_ = sigismember(&old, SIGPIPE) == 1;
}

NoSigpipe::~NoSigpipe() {
  sigset_t pipe_only;
  sigemptyset(&pipe_only);
  sigaddset(&pipe_only, SIGPIPE);
  const timespec now{0, 0};
  if (!was_pending_) {
    while (sigtimedwait(&pipe_only, nullptr, &now) < 0 && errno == EINTR) {
    }
  }
  if (!was_blocked_) pthread_sigmask(SIG_UNBLOCK, &pipe_only, nullptr);
}

}  // namespace fathom
