// SPDX-License-Identifier: Apache-2.0
// McpHttp: a server at an address, by MCP's streamable HTTP: each message of ours is a POST, and
// what the server says in return, one JSON object or a stream of events, is read to its end.
//
// Promises
//  * Nothing the server answers makes us crash, hang or grow: the body has a limit, the request a
//    deadline. No redirect is followed, so that keys in its headers go to that address alone.
//  * The session id that the server gives is sent back with each message.
// No stream is opened for what a server would say unasked; one that waits for an answer of ours in
// the middle of its own is not answered before that ends.
#pragma once

#include <deque>
#include <string>

#include "tools/mcp/servers_file.h"
#include "tools/mcp/transport.h"

namespace fathom {

class McpHttp final : public McpTransport {
 public:
  explicit McpHttp(const McpServer& server) : server_(server) {}

  Status Send(const Json& message, const McpWait& wait) override;
  Result<Json> Receive(const McpWait& wait) override;
  void SetVersion(const std::string& version) override { version_ = version; }

 private:
  Status TakeMessage(std::string_view text);
  std::string place() const { return "MCP server " + server_.name; }

  const McpServer server_;
  std::string session_, version_;
  std::deque<Json> received_;
};

}  // namespace fathom
