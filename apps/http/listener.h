// SPDX-License-Identifier: Apache-2.0
// Listener: accepts connections, one thread each, never more than kHttpConnectionsMax. When all are
// taken, the connection that has waited longest without a request makes room: idle sockets cannot
// keep anybody out.
#pragma once

#include <atomic>
#include <list>
#include <string>
#include <thread>
#include <vector>

#include "apps/http/connection.h"
#include "apps/http/socket.h"

namespace fathom::http {

class Listener {
 public:
  explicit Listener(Serving& serving) : serving_(serving) {}
  ~Listener();

  Status Add(const ListenAddress& address, int* port);
  // Accepts until *stop is true, then lets running requests end (10 s), cancels the rest, and
  // returns when every connection is closed.
  void Run(const std::atomic<bool>& stop);
  size_t connections() const { return count_; }

 private:
  struct Slot {
    FileDescriptor socket;
    Peer peer;
    std::atomic<bool> waiting{true}, done{false};
    bool evicted = false;
    std::thread thread;
  };
  void AcceptFrom(const FileDescriptor& listener);
  void Reap();
  bool EvictOldestIdle();
  void Stop();

  Serving& serving_;
  std::vector<FileDescriptor> listeners_;
  std::list<Slot> slots_;  // oldest first
  std::atomic<size_t> count_{0};
};

}  // namespace fathom::http
