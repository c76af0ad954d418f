// SPDX-License-Identifier: Apache-2.0
#include "apps/http/channel.h"

#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr std::chrono::seconds kReaderPatience{10};

}  // namespace

bool Channel::Send(std::string_view bytes) {
  {
    std::unique_lock lock(mutex_);
    const bool has_room = room_.wait_for(lock, kReaderPatience, [&] {
      return cancelled_ || state_.bytes.size() < kHttpStreamBufferBytesMax;
    });
    if (!has_room) cancelled_ = true;
    if (cancelled_) return false;
    state_.bytes += bytes;
  }
  bell_.Ring();
  return true;
}

bool Channel::SendEvent(const Json& data) {
  return Send("data: " + data.Dump() + "\n\n");
}

bool Channel::SendEvent(std::string_view name, const Json& data) {
  return Send("event: " + std::string(name) + "\ndata: " + data.Dump() + "\n\n");
}

void Channel::Respond(Response response) {
  std::lock_guard lock(mutex_);
  state_.response = std::move(response);
}

void Channel::Fail(HttpError error) {
  std::lock_guard lock(mutex_);
  state_.error = std::move(error);
}

void Channel::Finish() {
  // Woken under the lock: the connection may end, and with it this object, as soon as it knows.
  std::lock_guard lock(mutex_);
  state_.finished = true;
  bell_.Ring();
}

void Channel::Cancel() {
  cancelled_ = true;
  room_.notify_all();
}

Channel::State Channel::Take() {
  bell_.Silence();
  std::lock_guard lock(mutex_);
  State taken{.bytes = std::exchange(state_.bytes, {}), .finished = state_.finished};
  if (taken.finished) {  // else the answer waits for the end of the work
    taken.response = std::exchange(state_.response, std::nullopt);
    taken.error = std::exchange(state_.error, std::nullopt);
  }
  room_.notify_all();
  return taken;
}

}  // namespace fathom::http
