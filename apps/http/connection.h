// SPDX-License-Identifier: Apache-2.0
// Connection: reads one request after the other from a socket, each through the same door: framing,
// then the gate, then the body, then Beast, then the router. After anything it does not accept, the
// connection is closed.
#pragma once

#include <atomic>
#include <string>

#include "apps/http/gate.h"
#include "apps/http/metrics.h"
#include "apps/http/router.h"

namespace fathom::http {

struct Timeouts {
  std::chrono::milliseconds idle{60'000};    // between requests
  std::chrono::milliseconds header{10'000};  // from its first byte
  std::chrono::milliseconds body{60'000};    // after that, only at kHttpBodyRateMin or faster
};

// What all connections share.
struct Serving {
  GatePolicy gate;
  Timeouts timeouts;
  Router router;
  Admission* admission = nullptr;
  Metrics* metrics = nullptr;
  std::chrono::seconds request_seconds_max{0};  // of work on the model; 0: no end
  std::atomic<size_t> body_bytes{0};            // of all bodies now in memory
  std::atomic<bool> stopping{false};            // no new requests
  std::atomic<bool> stopping_now{false};        // the grace is over: cancel what runs
};

struct Peer {
  int socket = -1;
  std::string address;
  bool loopback = false;
};

// Until the connection ends. `waiting` is true while no request is being answered.
void ServeConnection(Serving& serving, const Peer& peer, std::atomic<bool>& waiting);

}  // namespace fathom::http
