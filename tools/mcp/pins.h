// SPDX-License-Identifier: Apache-2.0
// McpPins: which tools of which servers a person approved, by the hash of what they read. A tool
// whose name, description or schema has changed since is off until it is approved again.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "tools/mcp/client.h"

namespace fathom {

enum class McpPin { kNew, kApproved, kChanged };
const char* McpPinName(McpPin pin);  // "new", "approved", "changed"

class McpPins {
 public:
  // A file that is not there holds none; one that is damaged is an error, never a consent.
  static Result<McpPins> Load(const std::string& path);

  McpPin Of(const std::string& server, const McpTool& tool) const;
  void Approve(const std::string& server, const McpTool& tool);
  Status Save() const;

 private:
  explicit McpPins(std::string path) : path_(std::move(path)) {}
  std::string path_;
  std::map<std::string, std::map<std::string, std::string>> hashes_;  // server, tool
};

}  // namespace fathom
