// SPDX-License-Identifier: Apache-2.0
// McpToolbox: the approved tools of MCP servers as tools of a registry, named server__tool.
//
// Promises
//  * Only tools that are approved as they are now (tools/mcp/pins.h) get in; the others, and
//    servers that do not answer, are named in notes().
//  * A call goes the way of every other (tools/execute.h): schema, policy, approval, taint. What a
//    server says is untrusted; its effect is `outward` unless the servers file says that it does
//    less. A server is a program of the user's and not in the sandbox: rules about paths do not
//    reach what it does.
// The toolbox must outlive the registry, and be opened by a thread that outlives both.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "tools/mcp/client.h"
#include "tools/mcp/pins.h"
#include "tools/registry.h"

namespace fathom {

class McpToolbox {
 public:
  // Starts the servers and asks them for their tools.
  static McpToolbox Open(const std::vector<McpServer>& servers, const McpPins& pins,
                         const McpWait& wait);

  // What does not fit a registry (a long name, a schema of another dialect) becomes a note.
  void AddTo(Registry* registry);
  const std::vector<std::string>& notes() const { return notes_; }
  bool empty() const { return tools_.empty(); }

 private:
  void AddServer(const McpServer& server, const McpPins& pins, const McpWait& wait);

  std::vector<std::unique_ptr<McpClient>> clients_;
  std::vector<Tool> tools_;
  std::vector<std::string> notes_;
};

}  // namespace fathom
