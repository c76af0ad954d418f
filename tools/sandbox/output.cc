// SPDX-License-Identifier: Apache-2.0
#include "tools/sandbox/output.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/limits.h"
#include "tools/process/spawn.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kLookMs = 50;  // between two looks at the clock and at cancellation
constexpr auto kAfterKill = std::chrono::seconds(5);

// What does not fit is read all the same: a writer must not stand still before a full pipe.
void ReadSome(Capture& capture) {
  char block[64_KiB];
  const ssize_t got = read(capture.fd.get(), block, sizeof(block));
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) {
    capture.fd = FileDescriptor();
    return;
  }
  const auto count = static_cast<size_t>(got);
  const size_t kept = std::min(count, capture.bytes_max - capture.bytes.size());
  capture.bytes.append(block, kept);
  capture.truncated = capture.truncated || kept < count;
}

void WriteSome(PumpInput& input) {
  if (!input.stdin_text.empty()) {
    const size_t count = std::min(input.stdin_text.size(), size_t{64_KiB});
    const ssize_t put = write(input.stdin_fd.get(), input.stdin_text.data(), count);
    if (put < 0 && (errno == EINTR || errno == EAGAIN)) return;
    input.stdin_text.remove_prefix(put < 0 ? input.stdin_text.size() : static_cast<size_t>(put));
  }
  if (input.stdin_text.empty()) input.stdin_fd = FileDescriptor();
}

}  // namespace

PumpEnd Pump(PumpInput input) {
  const NoSigpipe no_sigpipe;
  PumpEnd end = PumpEnd::kStreamsEnded;
  Clock::time_point give_up = Clock::time_point::max();
  for (;;) {
    std::vector<pollfd> waiting;
    std::vector<Capture*> owners;
    for (size_t i = 0; i < input.capture_count; ++i) {
      if (!input.captures[i].fd.valid()) continue;
      waiting.push_back({input.captures[i].fd.get(), POLLIN, 0});
      owners.push_back(&input.captures[i]);
    }
    if (waiting.empty()) return end;
    if (input.stdin_fd.valid()) waiting.push_back({input.stdin_fd.get(), POLLOUT, 0});
    poll(waiting.data(), waiting.size(), kLookMs);
    for (size_t i = 0; i < owners.size(); ++i) {
      if (waiting[i].revents != 0) ReadSome(*owners[i]);
    }
    if (waiting.size() > owners.size() && waiting.back().revents != 0) WriteSome(input);
    const auto now = Clock::now();
    if (now > give_up) return end;
    if (end != PumpEnd::kStreamsEnded) continue;
    if (input.cancelled && input.cancelled->load()) end = PumpEnd::kCancelled;
    if (now >= input.deadline) end = PumpEnd::kDeadline;
    if (end == PumpEnd::kStreamsEnded) continue;
    input.kill();
    give_up = now + kAfterKill;
  }
}

}  // namespace fathom
