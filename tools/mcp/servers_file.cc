// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/servers_file.h"

#include <cstdlib>

#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr size_t kFileBytesMax = 1_MiB;
constexpr size_t kServerNameBytesMax = 32;

bool IsServerName(std::string_view name) {
  if (name.empty() || name.size() > kServerNameBytesMax) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') return false;
  }
  return name.find("__") == std::string_view::npos;
}

Result<std::string> Expand(std::string_view text, const std::string& place) {
  std::string out;
  for (;;) {
    const size_t dollar = text.find("${");
    out += text.substr(0, dollar);
    if (dollar == std::string_view::npos) return out;
    const size_t end = text.find('}', dollar);
    if (end == std::string_view::npos) return Invalid("\"${\" has no \"}\"", place);
    const std::string_view inside = text.substr(dollar + 2, end - dollar - 2);
    const size_t colon = inside.find(":-");
    const std::string name(inside.substr(0, colon));
    const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
    if (value && *value) {
      out += value;
    } else if (colon != std::string_view::npos) {
      out += inside.substr(colon + 2);
    } else {
      return Invalid("the environment variable \"" + ForTerminal(name) +
                         "\" is not set; set it, or write ${" + ForTerminal(name) + ":-default}",
                     place);
    }
    text.remove_prefix(end + 1);
  }
}

class Entry {
 public:
  Entry(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  Status Text(std::string_view key, std::string& out) const {
    const Json* value = json_.Find(key);
    if (!value) return {};
    if (!value->is_string()) return Wrong(key, "must be text");
    return Put(*value, out);
  }
  Status Texts(std::string_view key, std::vector<std::string>& out) const {
    const Json* value = json_.Find(key);
    if (!value) return {};
    if (!value->is_array()) return Wrong(key, "must be a list of texts");
    for (const Json& item : value->as_array()) {
      if (!item.is_string()) return Wrong(key, "must be a list of texts");
      out.emplace_back();
      if (auto status = Put(item, out.back()); !status) return status;
    }
    return {};
  }
  Status Map(const Json& json, std::string_view key,
             std::map<std::string, std::string>& out) const {
    const Json* value = json.Find(key);
    if (!value) return {};
    if (!value->is_object()) return Wrong(key, "must be an object of texts");
    for (const auto& [name, text] : value->as_object()) {
      if (!text.is_string()) return Wrong(key, "must be an object of texts");
      if (name.empty() || name.find_first_of(std::string_view("=\0\r\n:", 5)) != std::string::npos)
        return Wrong(key, "has a name that cannot be");
      if (auto status = Put(text, out[name]); !status) return status;
    }
    return {};
  }
  Error Wrong(std::string_view key, const std::string& what) const {
    return Invalid("\"" + std::string(key) + "\" " + what, place_);
  }

 private:
  Status Put(const Json& text, std::string& out) const {
    auto expanded = Expand(text.as_string(), place_);
    if (!expanded) return expanded.error();
    if (expanded->find('\0') != std::string::npos) return Invalid("a text has a zero byte", place_);
    out = std::move(*expanded);
    return {};
  }
  const Json& json_;
  std::string place_;
};

Result<McpServer> ReadServer(const std::string& name, const Json& json, const std::string& place) {
  if (!IsServerName(name))
    return Invalid("a server's name is 1 to 32 letters, digits, \"-\" and \"_\", not \"__\"",
                   place);
  if (!json.is_object()) return Invalid("must be an object", place);
  McpServer server{.name = name};
  const Entry entry(json, place);
  std::string type;
  for (const auto& [key, text] : {std::pair<const char*, std::string*>{"command", &server.command},
                                  {"cwd", &server.cwd},
                                  {"url", &server.url},
                                  {"type", &type}}) {
    if (auto status = entry.Text(key, *text); !status) return status.error();
  }
  if (auto status = entry.Texts("args", server.args); !status) return status.error();
  if (auto status = entry.Map(json, "env", server.env); !status) return status.error();
  if (auto status = entry.Map(json, "headers", server.headers); !status) return status.error();
  if (const Json* own = json.Find("fathom")) {
    if (auto status = entry.Map(*own, "effects", server.effects); !status) return status.error();
  }
  if (server.command.empty() == server.url.empty())
    return Invalid("needs either \"command\" or \"url\"", place);
  if (!type.empty() && type != "stdio" && type != "http" && type != "streamable-http")
    return entry.Wrong("type", "must be \"stdio\" or \"http\" (streamable HTTP)");
  if (!type.empty() && (type == "stdio") != server.url.empty())
    return entry.Wrong("type", "does not fit: \"stdio\" has a command, \"http\" a url");
  return server;
}

}  // namespace

Result<std::vector<McpServer>> ParseMcpServers(std::string_view text, const std::string& place) {
  auto json = Json::Parse(text, {.bytes_max = kFileBytesMax});
  if (!json) return Error{json.error().code, json.error().Text(), place};
  const Json* servers = json->Find("mcpServers");
  if (!servers || !servers->is_object()) return Invalid("needs an object \"mcpServers\"", place);
  std::vector<McpServer> out;
  for (const auto& [name, entry] : servers->as_object()) {
    auto server = ReadServer(name, entry, place + ": mcpServers." + ForTerminal(name));
    if (!server) return server.error();
    out.push_back(std::move(*server));
  }
  return out;
}

Result<std::vector<McpServer>> ReadMcpServers(const std::string& path) {
  auto text = ReadFile(path, kFileBytesMax);
  if (!text) return text.error();
  return ParseMcpServers(*text, path);
}

}  // namespace fathom
