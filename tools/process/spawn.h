// SPDX-License-Identifier: Apache-2.0
// Spawn: starts a program that gets exactly what is named here and nothing else of ours: these
// descriptors, this environment, default signals, a process group of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

struct SpawnRequest {
  std::vector<std::string> argv;         // argv[0] is a path, or a name on the PATH of ours
  std::vector<std::string> environment;  // NAME=VALUE
  std::vector<int> descriptors;          // descriptor i of the child is descriptors[i] of ours
  std::string folder;                    // where it starts; "" is here
};
// The process's id, which is its group's too. kUnavailable when it cannot be started.
Result<pid_t> Spawn(const SpawnRequest& request);

struct Pipe {
  FileDescriptor read_end, write_end;
};
// Ours: closed on exec; our end of it does not block.
enum class OurEnd { kRead, kWrite };
Result<Pipe> MakePipe(OurEnd ours);

// Anonymous file in memory with these bytes, at its start. `name` is for people.
Result<FileDescriptor> MemoryFile(const char* name, std::string_view bytes);

// SIGPIPE is off for this thread while this lives, also what was sent in the meantime.
class NoSigpipe {
 public:
  NoSigpipe();
  ~NoSigpipe();

 private:
  bool was_pending_ = false;
  bool was_blocked_ = false;
};

}  // namespace fathom
