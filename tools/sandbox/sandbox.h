// SPDX-License-Identifier: Apache-2.0
// The sandbox: runs one command that nobody trusts.
//
// Promises
//  * Four layers together, or nothing runs: namespaces of bubblewrap (no network, no process of
//    ours, a file system of /usr, an empty /tmp and the workspace), Landlock, an allow-list of
//    system calls (seccomp), resource limits. A layer that is missing is named with what to do.
//  * The command sees the workspace at its own path, read-only. Folders named in `writable` can be
//    written, but never `.git` and `.fathom*` in them, nor what `protected_paths` names.
//  * execve with these arguments; no shell. Environment: PATH, HOME, TMPDIR, LANG and what
//    `environment` adds. Descriptors: three pipes.
//  * Whatever it does, the call ends: at the wall clock, at cancellation, when the whole sandbox
//    passes its processes or its memory. Then everything in it is killed, daemons too.
//  * Output is kept up to a limit for each stream and then thrown away, so that a writer goes on.
// Not promised: what a kernel fault opens; a total for what is written to a writable folder (each
// file has its limit); that a new `.git` deeper in a writable folder is refused.
// Every call may be made from any thread.
#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace fathom {

// What a command may use, and what the sandbox looks at for it.
inline constexpr size_t kSandboxWallMs = 60'000;
inline constexpr size_t kSandboxCpuSeconds = 30;
inline constexpr size_t kSandboxAddressBytes = 2_GiB;
inline constexpr size_t kSandboxFileBytes = 256_MiB;
inline constexpr size_t kSandboxProcesses = 64;
inline constexpr size_t kSandboxDescriptors = 128;
inline constexpr size_t kSandboxOutputBytes = 1_MiB;  // kept of each stream; the rest is read away
inline constexpr size_t kSandboxTmpBytes = 256_MiB;   // its /tmp lives in memory
inline constexpr size_t kSandboxScanEntriesMax = 200'000;  // looked at for .git and .fathom*
inline constexpr size_t kSandboxMountsMax = 256;           // paths made writable, read-only, hidden

struct SandboxLimits {
  size_t wall_ms = kSandboxWallMs;
  size_t cpu_seconds = kSandboxCpuSeconds;      // of one process
  size_t address_bytes = kSandboxAddressBytes;  // of one process
  size_t memory_bytes = kSandboxAddressBytes;   // resident, all processes together
  size_t file_bytes = kSandboxFileBytes;        // of one file that it writes
  size_t processes = kSandboxProcesses;         // and threads, all together
  size_t descriptors = kSandboxDescriptors;
  size_t output_bytes = kSandboxOutputBytes;  // kept of each stream
};

struct SandboxRequest {
  std::vector<std::string> argv;             // argv[0]: a path, or a name in PATH of the sandbox
  std::string workspace;                     // absolute, resolved
  std::vector<std::string> writable;         // folders beneath it; "" is all of it
  std::vector<std::string> protected_paths;  // beneath it, stay read-only; "" makes all of it so
  std::vector<std::string> hidden;  // absolute; an empty folder where they lie in the workspace
  std::string stdin_text;
  SandboxLimits limits;
  std::vector<std::pair<std::string, std::string>> environment;
};

struct SandboxResult {
  int exit_code = -1;  // -1 when it did not exit
  int signal = 0;      // that ended it; 0 when it exited or was stopped
  // "" or why it was stopped: "time", "cancelled", "processes", "memory".
  std::string stopped;
  std::string out, err;
  bool truncated = false;  // a stream had more than is kept
  bool timed_out = false;  // stopped == "time"
  double seconds = 0;
};

struct SandboxLayer {
  std::string name;  // "namespaces", "landlock", "seccomp", "rlimits"
  bool holds = false;
  std::string detail;  // a version, or why not and what to do
};

class Sandbox {
 public:
  // Tries each layer once in the life of the process, with a real command.
  static const Sandbox& Probe();

  const std::vector<SandboxLayer>& layers() const { return layers_; }
  // OK, or kUnavailable naming every layer that is missing and what to do.
  Status Usable() const;

 private:
  Sandbox();
  std::vector<SandboxLayer> layers_;
};

// kUnavailable when a layer is missing or fails to start, kInvalid for a request that cannot be
// (an argv[0] that is not there too), kCancelled. A command that fails is a result, not an error.
Result<SandboxResult> RunSandboxed(const SandboxRequest& request,
                                   const std::atomic<bool>* cancelled = nullptr);

}  // namespace fathom
