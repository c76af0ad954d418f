// SPDX-License-Identifier: Apache-2.0
#include "apps/http/listener.h"

#include <poll.h>

#include <algorithm>
#include <system_error>

#include "apps/http/beast.h"
#include "base/limits.h"
#include "base/log.h"

namespace fathom::http {
namespace {

constexpr int kTickMs = 100;
constexpr std::chrono::seconds kGrace{10};

// Best effort: a client that is turned away learns why, but nobody waits for it.
void TurnAway(const Accepted& accepted, const char* why) {
  Response response = ErrorResponse(
      {.status = 503, .message = why, .code = "no_room", .retry_after_s = 5}, RandomId());
  const std::string text =
      WriteHead(response, {.keep_alive = false, .content_length = response.body.size()}) +
      response.body;
  [[maybe_unused]] auto written = WriteSome(accepted.socket.get(), text);
}

}  // namespace

Listener::~Listener() {
  Stop();
}

Status Listener::Add(const ListenAddress& address, int* port) {
  auto listener = Listen(address, port);
  if (!listener) return listener.error();
  listeners_.push_back(std::move(*listener));
  return OkStatus();
}

void Listener::Run(const std::atomic<bool>& stop) {
  while (!stop) {
    std::vector<pollfd> waits;
    for (const FileDescriptor& listener : listeners_)
      waits.push_back({.fd = listener.get(), .events = POLLIN});
    poll(waits.data(), waits.size(), kTickMs);
    Reap();
    for (size_t i = 0; i < waits.size(); ++i) {
      if ((waits[i].revents & POLLIN) != 0) AcceptFrom(listeners_[i]);
    }
  }
  Stop();
}

void Listener::AcceptFrom(const FileDescriptor& listener) {
  if (slots_.size() >= kHttpConnectionsMax && EvictOldestIdle()) return;  // room after the reaping
  Accepted accepted = Accept(listener);
  if (!accepted.socket.valid()) return;
  if (slots_.size() >= kHttpConnectionsMax)
    return TurnAway(accepted, "all connections are busy; try again");
  const auto same = std::count_if(slots_.begin(), slots_.end(), [&](const Slot& slot) {
    return slot.peer.address == accepted.address;
  });
  if (!accepted.loopback && static_cast<size_t>(same) >= kHttpConnectionsPerAddressMax)
    return TurnAway(accepted, "too many connections from this address");
  Slot& slot = slots_.emplace_back();
  slot.socket = std::move(accepted.socket);
  slot.peer = {
      .socket = slot.socket.get(), .address = accepted.address, .loopback = accepted.loopback};
  try {
    slot.thread = std::thread([this, &slot] {
      ServeConnection(serving_, slot.peer, slot.waiting);
      ShutdownBoth(slot.socket.get());
      slot.done = true;
    });
  } catch (const std::system_error& error) {  // no more threads: this client is dropped
    LogError(std::string("no thread for a connection: ") + error.what());
    slots_.pop_back();
  }
  count_ = slots_.size();
}

void Listener::Reap() {
  for (auto slot = slots_.begin(); slot != slots_.end();) {
    if (!slot->done) {
      ++slot;
      continue;
    }
    slot->thread.join();
    slot = slots_.erase(slot);
  }
  count_ = slots_.size();
}

bool Listener::EvictOldestIdle() {
  for (const Slot& slot : slots_) {
    if (!slot.evicted) continue;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // it is about to be reaped
    return true;
  }
  for (Slot& slot : slots_) {
    if (!slot.waiting || slot.done) continue;
    slot.evicted = true;
    ShutdownBoth(slot.socket.get());
    return true;
  }
  return false;
}

void Listener::Stop() {
  listeners_.clear();
  serving_.stopping = true;
  const auto deadline = Clock::now() + kGrace;
  while (!slots_.empty()) {
    for (Slot& slot : slots_) {
      if (slot.waiting) ShutdownBoth(slot.socket.get());
    }
    if (Clock::now() >= deadline) serving_.stopping_now = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    Reap();
  }
}

}  // namespace fathom::http
