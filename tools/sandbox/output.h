// SPDX-License-Identifier: Apache-2.0
// Feeds a process and reads its streams until all of them end.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace fathom {

struct Capture {
  FileDescriptor fd;
  size_t bytes_max = 0;
  std::string bytes;
  bool truncated = false;
};

struct PumpInput {
  FileDescriptor stdin_fd;  // closed when all is written, or when nobody reads
  std::string_view stdin_text;
  Capture* captures = nullptr;
  size_t capture_count = 0;
  std::chrono::steady_clock::time_point deadline;
  const std::atomic<bool>* cancelled = nullptr;
  std::function<void()> kill;  // called once; what it kills closes its streams
};

enum class PumpEnd { kStreamsEnded, kDeadline, kCancelled };

// Returns once all captures have ended, or a moment after `kill` even when they have not.
PumpEnd Pump(PumpInput input);

}  // namespace fathom
