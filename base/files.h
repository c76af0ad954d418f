// SPDX-License-Identifier: Apache-2.0
// Files of our own: whole reads, atomic writes, and the places where the program keeps things.
// Paths here come from the user or from us. Paths found in data go through RootedDir.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

// The whole regular file. kNotFound, kLimit (larger than bytes_max), kInvalid (no regular file),
// kIo.
Result<std::string> ReadFile(const std::string& path, size_t bytes_max);

// Through AtomicFile, crash label "file". mode: of a new file, less the umask.
Status AtomicWriteFile(const std::string& path, std::string_view bytes, uint32_t mode = 0600);

// Reads from `fd` to its end; more than bytes_max is kLimit. `place` names it in messages.
Result<std::string> ReadAll(int fd, size_t bytes_max, const std::string& place);

// Where things live: $XDG_*_HOME/fathom, or below $HOME; all four inside $FATHOM_HOME when that is
// set.
struct Places {
  std::string config;  // written by the user
  std::string data;    // sessions, catalog: losing them loses work
  std::string state;   // logs
  std::string cache;   // saved model states, indexes: can be made again
};
Result<Places> UserPlaces();

// Creates the directory and its missing parents with 0700, and takes group's and others' rights
// from one that exists and is ours. An existing directory of another user is kPolicyDenied.
Status EnsurePrivateDir(const std::string& path);

// The lock `name`, one of any number that the file at `path` keeps (made when missing, always
// empty). Held until the descriptor goes or the process ends, however it ends. kBusy while another
// descriptor holds it, of this process or another.
Result<FileDescriptor> TakeLock(const std::string& path, std::string_view name);

// The folder with configs/ and models/: the source tree of a build inside it, or share/fathom
// beside an installed bin/. $FATHOM_ROOT overrides both. kNotFound when none of them has
// configs/models.
Result<std::string> InstallRoot();

}  // namespace fathom
