// SPDX-License-Identifier: Apache-2.0
// The servers of a standard `mcpServers` file: {"mcpServers": {NAME: {"command", "args", "env",
// "cwd"} or {"type": "http", "url", "headers"}}}. ${VAR} and ${VAR:-default} stand for variables
// of our environment; an unset one without a default is an error. Unknown keys are ignored, as
// other programs have keys of their own there; ours is
//   "fathom": {"effects": {TOOL: "pure" | "read_workspace" | "write_workspace" | ...}}
// which says that a tool does less than `outward`, what every other one is taken for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

struct McpServer {
  std::string name;  // [A-Za-z0-9-]{1,32}: part of its tools' names, before "__"
  // One of: a program that speaks on its stdin and stdout, or an address.
  std::string command;
  std::vector<std::string> args;
  std::map<std::string, std::string> env;
  std::string cwd;
  std::string url;
  std::map<std::string, std::string> headers;
  std::map<std::string, std::string> effects;  // tool to effect class
};

Result<std::vector<McpServer>> ParseMcpServers(std::string_view text, const std::string& place);
Result<std::vector<McpServer>> ReadMcpServers(const std::string& path);

}  // namespace fathom
