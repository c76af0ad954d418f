// SPDX-License-Identifier: Apache-2.0
// McpClient: a session with one MCP server (protocol 2025-06-18; older ones it answers with are
// spoken too): initialize, tools/list in pages, tools/call with timeout and cancellation.
//
// The server is not trusted: what it says is data. It offers no more than kMcpToolsMax tools, each
// with bounded texts; it gets no capability of ours, so that what it asks for (sampling, roots,
// elicitation) is refused; a ping is answered. Messages that fit no request are passed over, up to
// a limit. Calls are made one after the other.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "tools/mcp/servers_file.h"
#include "tools/mcp/transport.h"

namespace fathom {

inline constexpr size_t kMcpToolsMax = 1'000;
inline constexpr size_t kMcpPagesMax = 100;
inline constexpr size_t kMcpDescriptionBytesMax = 16 << 10;
inline constexpr size_t kMcpSchemaBytesMax = 64 << 10;
inline constexpr size_t kMcpStrayMessagesMax = 10'000;  // during one request

struct McpTool {
  std::string name;
  std::string description;
  Json parameters;
  // SHA-256 of name, description and schema: what a person approved.
  std::string Hash() const;
};

struct McpAnswer {
  std::string text;
  bool is_error = false;
};

class McpClient {
 public:
  static Result<std::unique_ptr<McpClient>> Connect(const McpServer& server, const McpWait& wait);

  Result<std::vector<McpTool>> ListTools(const McpWait& wait);
  Result<McpAnswer> Call(const std::string& tool, const Json& arguments, const McpWait& wait);
  const std::string& server_info() const { return server_info_; }  // its name and version, as said

 private:
  McpClient(std::string name, std::unique_ptr<McpTransport> transport)
      : name_(std::move(name)), transport_(std::move(transport)) {}
  Result<Json> Request(const std::string& method, Json parameters, const McpWait& wait);
  Status Notify(const std::string& method, Json parameters, const McpWait& wait);
  Status Answer(const Json& request, const McpWait& wait);
  Status Initialize(const McpWait& wait);
  Error Bad(const std::string& what) const { return Invalid(what, "MCP server " + name_); }

  std::string name_;
  std::unique_ptr<McpTransport> transport_;
  std::mutex mutex_;
  int64_t next_id_ = 1;
  std::string server_info_;
};

}  // namespace fathom
