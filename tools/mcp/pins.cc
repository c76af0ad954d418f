// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/pins.h"

#include "base/files.h"
#include "base/json.h"

namespace fathom {
namespace {

constexpr size_t kPinsBytesMax = 8 << 20;

}  // namespace

const char* McpPinName(McpPin pin) {
  if (pin == McpPin::kNew) return "new";
  return pin == McpPin::kApproved ? "approved" : "changed";
}

Result<McpPins> McpPins::Load(const std::string& path) {
  McpPins pins(path);
  auto text = ReadFile(path, kPinsBytesMax);
  if (!text && text.error().code == Code::kNotFound) return pins;
  if (!text) return text.error();
  auto json = Json::Parse(*text);
  if (!json) return Invalid(json.error().Text() + "; remove the file to approve anew", path);
  const Error damaged =
      Invalid("is no object of objects of texts; remove it to approve anew", path);
  if (!json->is_object()) return damaged;
  for (const auto& [server, tools] : json->as_object()) {
    if (!tools.is_object()) return damaged;
    for (const auto& [tool, hash] : tools.as_object()) {
      if (!hash.is_string()) return damaged;
      pins.hashes_[server][tool] = hash.as_string();
    }
  }
  return pins;
}

McpPin McpPins::Of(const std::string& server, const McpTool& tool) const {
  const auto tools = hashes_.find(server);
  if (tools == hashes_.end()) return McpPin::kNew;
  const auto hash = tools->second.find(tool.name);
  if (hash == tools->second.end()) return McpPin::kNew;
  return hash->second == tool.Hash() ? McpPin::kApproved : McpPin::kChanged;
}

void McpPins::Approve(const std::string& server, const McpTool& tool) {
  hashes_[server][tool.name] = tool.Hash();
}

Status McpPins::Save() const {
  Json json = Json::EmptyObject();
  for (const auto& [server, tools] : hashes_) {
    Json entry = Json::EmptyObject();
    for (const auto& [tool, hash] : tools) entry.Set(tool, hash);
    json.Set(server, std::move(entry));
  }
  return AtomicWriteFile(path_, json.Dump(2) + "\n");
}

}  // namespace fathom
