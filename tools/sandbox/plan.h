// SPDX-License-Identifier: Apache-2.0
// A request made into the command line of bubblewrap and of the init inside it.
#pragma once

#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "tools/sandbox/sandbox.h"

namespace fathom {

inline constexpr int kInitStatusFd = 3;  // what descriptor is what, in the process started
inline constexpr int kInitImageFd = 4;

// The path of bubblewrap; kUnavailable says how to get it.
Result<std::string> FindBubblewrap();

// Names that must not appear in a writable workspace and are not there yet. An empty stand-in is
// mounted read-only in their place while a command runs, and removed after the last one.
class StandIns {
 public:
  static Result<StandIns> Make(const std::string& workspace);
  StandIns(StandIns&&) = default;
  StandIns& operator=(StandIns&&) = delete;
  ~StandIns();

 private:
  explicit StandIns(FileDescriptor folder) : folder_(std::move(folder)) {}
  FileDescriptor folder_;  // holds a shared lock
};

struct SandboxPlan {
  std::vector<std::string> argv;
  std::vector<StandIns> stand_ins;  // none or one
};
Result<SandboxPlan> MakeSandboxPlan(const SandboxRequest& request);

}  // namespace fathom
