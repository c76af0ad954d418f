// SPDX-License-Identifier: Apache-2.0
// One POST to a model's server: the reply, or why there is none and whether to ask again.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "agent/remote_reply.h"
#include "base/net.h"

namespace fathom {

using SteadyTime = std::chrono::steady_clock::time_point;

struct RemoteCall {
  std::string url;
  std::string key;
  const std::string& body;
  int idle_ms_max = 0;
  SteadyTime deadline;
  const std::atomic<bool>* cancel = nullptr;
};

struct RemoteFailure {
  Error error;
  bool may_ask_again = false;
  std::optional<std::chrono::milliseconds> retry_after;  // as the server asks
};

// nullopt: the reply is whole, or its sink has closed it, or it was cancelled after it had begun.
std::optional<RemoteFailure> SendRemoteCall(const RemoteCall& call, RemoteReply& reply);

// GET, for small answers. The key goes along.
Result<std::string> FetchFromRemote(const RemoteCall& call);

// Retry-After: seconds or an HTTP date (RFC 9110, 10.2.3); also retry-after-ms. `now` in seconds
// since 1970.
std::optional<std::chrono::milliseconds> RetryAfter(const HttpResponse& response, int64_t now);

// Sleeps; false when the deadline does not allow it or `cancel` ended it.
bool WaitUnlessCancelled(std::chrono::milliseconds time, SteadyTime deadline,
                         const std::atomic<bool>* cancel);

}  // namespace fathom
