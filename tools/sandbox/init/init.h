// SPDX-License-Identifier: Apache-2.0
// The first process inside the sandbox. bubblewrap starts it as PID 1 of new namespaces; it forks,
// the child takes on Landlock, resource limits and seccomp and becomes the command, and PID 1
// watches: when the command ends or passes a limit of the whole sandbox, PID 1 ends, and with it
// the kernel ends everything else in there.
//
// It is a small static program of its own, so that it needs nothing of the file system it stands
// in; the program that starts it carries its bytes (tools/sandbox/init_image.cc).
//
//   init status=FD KEY=VALUE... -- COMMAND...      values as sandbox.cc writes them
//
// On descriptor FD it says, one line each: "ready", "failed LAYER: WHY", "exit N", "signal N",
// "stopped processes", "stopped memory".
#pragma once

#include <cstddef>
#include <cstdint>

namespace fathom::sandbox_init {

constexpr size_t kPathsMax = 512;

enum class Access { kReadExecute, kRead, kWrite, kDevice };

struct PathRule {
  Access access;
  const char* path;
};

struct Config {
  int status_fd = -1;
  uint64_t cpu_seconds = 0;
  uint64_t address_bytes = 0;
  uint64_t file_bytes = 0;
  uint64_t processes = 0;     // of the whole sandbox, threads counted
  uint64_t memory_bytes = 0;  // resident, of the whole sandbox
  uint64_t descriptors = 0;
  PathRule paths[kPathsMax];
  size_t path_count = 0;
  bool swapped = false;  // a "same=DEVICE:INODE:PATH" did not hold
};

// Each returns nullptr, or what failed; errno says why.
const char* ApplyLandlock(const Config& config);
const char* ApplyLimits(const Config& config);
const char* ApplySeccomp();

}  // namespace fathom::sandbox_init
