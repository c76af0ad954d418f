// SPDX-License-Identifier: Apache-2.0
// McpTransport: JSON-RPC messages to a server and back, over a pipe (stdio.h) or HTTP (http.h).
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

inline constexpr size_t kMcpMessageBytesMax = 8 << 20;

struct McpWait {
  std::chrono::steady_clock::time_point deadline;
  const std::atomic<bool>* cancelled = nullptr;
};

class McpTransport {
 public:
  virtual ~McpTransport() = default;
  virtual Status Send(const Json& message, const McpWait& wait) = 0;
  // The next message. kLimit: the deadline; kCancelled; kInvalid: not MCP; kUnavailable: ended.
  virtual Result<Json> Receive(const McpWait& wait) = 0;
  // What both sides speak, once that is settled.
  virtual void SetVersion(const std::string&) {}
};

}  // namespace fathom
