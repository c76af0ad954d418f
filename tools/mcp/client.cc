// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/client.h"

#include <algorithm>

#include "base/log.h"
#include "base/sha256.h"
#include "base/terminal_text.h"
#include "tools/mcp/http.h"
#include "tools/mcp/stdio.h"

namespace fathom {
namespace {

constexpr std::string_view kVersion = "2025-06-18";
constexpr std::string_view kVersions[] = {"2025-06-18", "2025-03-26", "2024-11-05"};
constexpr auto kCancelGrace = std::chrono::milliseconds(200);

Json Message(const std::string& method, Json parameters) {
  Json message = Json::EmptyObject();
  message.Set("jsonrpc", "2.0");
  message.Set("method", method);
  if (!parameters.is_null()) message.Set("params", std::move(parameters));
  return message;
}

std::string TextOf(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value && value->is_string() ? value->as_string() : "";
}

// What a content block says to a model that reads text only.
std::string BlockText(const Json& block) {
  const std::string type = TextOf(block, "type");
  if (type == "text") return TextOf(block, "text");
  if (type == "resource_link") return "[resource " + TextOf(block, "uri") + "]";
  if (const Json* resource = block.Find("resource"); resource && type == "resource") {
    const std::string text = TextOf(*resource, "text");
    return text.empty() ? "[resource " + TextOf(*resource, "uri") + "]" : text;
  }
  if (type == "image" || type == "audio")
    return "[" + type + ", " + TextOf(block, "mimeType") + ", not shown]";
  return "[content of an unknown kind, not shown]";
}

}  // namespace

std::string McpTool::Hash() const {
  // Lengths keep two different tools from giving the same bytes.
  std::string all;
  for (const std::string& part : {name, description, parameters.Dump()})
    all += std::to_string(part.size()) + ":" + part;
  return Sha256Hex(all);
}

Result<std::unique_ptr<McpClient>> McpClient::Connect(const McpServer& server,
                                                      const McpWait& wait) {
  std::unique_ptr<McpTransport> transport;
  if (!server.url.empty()) {
    transport = std::make_unique<McpHttp>(server);
  } else {
    auto stdio = McpStdio::Start(server);
    if (!stdio) return stdio.error();
    transport = std::move(*stdio);
  }
  std::unique_ptr<McpClient> client(new McpClient(server.name, std::move(transport)));
  if (auto status = client->Initialize(wait); !status) return status.error();
  return client;
}

Status McpClient::Initialize(const McpWait& wait) {
  Json about = Json::EmptyObject();
  about.Set("name", "fathom");
  about.Set("version", "0.1.0");
  Json parameters = Json::EmptyObject();
  parameters.Set("protocolVersion", kVersion);
  parameters.Set("capabilities", Json::EmptyObject());
  parameters.Set("clientInfo", std::move(about));
  auto result = Request("initialize", std::move(parameters), wait);
  if (!result) return result.error();
  const std::string version = TextOf(*result, "protocolVersion");
  if (std::find(std::begin(kVersions), std::end(kVersions), version) == std::end(kVersions))
    return Bad("speaks protocol \"" + ForTerminal(version.substr(0, 40)) + "\", we " +
               std::string(kVersion) + " and older");
  if (const Json* info = result->Find("serverInfo"))
    server_info_ =
        TextOf(*info, "name").substr(0, 100) + " " + TextOf(*info, "version").substr(0, 40);
  transport_->SetVersion(version);
  return Notify("notifications/initialized", Json(), wait);
}

Status McpClient::Notify(const std::string& method, Json parameters, const McpWait& wait) {
  return transport_->Send(Message(method, std::move(parameters)), wait);
}

// A request of the server: a ping is answered, all else refused.
Status McpClient::Answer(const Json& request, const McpWait& wait) {
  Json answer = Json::EmptyObject();
  answer.Set("jsonrpc", "2.0");
  answer.Set("id", *request.Find("id"));
  if (TextOf(request, "method") == "ping") {
    answer.Set("result", Json::EmptyObject());
  } else {
    Json error = Json::EmptyObject();
    error.Set("code", -32601);
    error.Set("message", "not offered by this client");
    answer.Set("error", std::move(error));
  }
  return transport_->Send(answer, wait);
}

Result<Json> McpClient::Request(const std::string& method, Json parameters, const McpWait& wait) {
  const int64_t id = next_id_++;
  Json request = Message(method, std::move(parameters));
  request.Set("id", id);
  if (auto status = transport_->Send(request, wait); !status) return status.error();
  for (size_t stray = 0; stray < kMcpStrayMessagesMax; ++stray) {
    auto message = transport_->Receive(wait);
    if (!message) {
      const Code code = message.error().code;
      if ((code == Code::kCancelled || code == Code::kLimit) && method != "initialize") {
        Json which = Json::EmptyObject();
        which.Set("requestId", id);
        // As good as can be: the error that led here is what is reported.
        (void)Notify("notifications/cancelled", std::move(which),
                     {std::chrono::steady_clock::now() + kCancelGrace});
      }
      return message.error();
    }
    const Json* their_id = message->Find("id");
    if (message->Find("method")) {
      if (their_id && !their_id->is_null()) {
        if (auto status = Answer(*message, wait); !status) return status.error();
      }
      continue;
    }
    if (!their_id || !(*their_id == Json(id))) continue;  // an answer to what we gave up on
    if (const Json* error = message->Find("error"))
      return Bad("refuses " + method + ": " +
                 ForTerminal(TextOf(*error, "message").substr(0, 500)));
    const Json* result = message->Find("result");
    if (!result || !result->is_object())
      return Bad("answers " + method + " with neither a result object nor an error");
    return *result;
  }
  return Error{Code::kLimit, "sends messages without end but no answer to " + method,
               "MCP server " + name_};
}

Result<std::vector<McpTool>> McpClient::ListTools(const McpWait& wait) {
  const std::lock_guard lock(mutex_);
  std::vector<McpTool> tools;
  std::vector<std::string> cursors;
  for (size_t page = 0; page < kMcpPagesMax; ++page) {
    Json parameters = Json::EmptyObject();
    if (!cursors.empty()) parameters.Set("cursor", cursors.back());
    auto result = Request("tools/list", std::move(parameters), wait);
    if (!result) return result.error();
    const Json* list = result->Find("tools");
    if (!list || !list->is_array()) return Bad("lists no array \"tools\"");
    for (const Json& entry : list->as_array()) {
      const Json* schema = entry.Find("inputSchema");
      McpTool tool{TextOf(entry, "name"), TextOf(entry, "description"), schema ? *schema : Json()};
      if (tool.name.empty() || !tool.parameters.is_object())
        return Bad("lists a tool without \"name\" or \"inputSchema\"");
      if (tool.description.size() > kMcpDescriptionBytesMax || tool.name.size() > 256 ||
          tool.parameters.Dump().size() > kMcpSchemaBytesMax || tools.size() == kMcpToolsMax)
        return Error{Code::kLimit,
                     "lists more than 1,000 tools, a description above 16 KiB or a schema above "
                     "64 KiB (tool \"" +
                         ForTerminal(tool.name.substr(0, 64)) + "\")",
                     "MCP server " + name_};
      tools.push_back(std::move(tool));
    }
    const std::string next = TextOf(*result, "nextCursor");
    if (next.empty()) return tools;
    if (std::find(cursors.begin(), cursors.end(), next) != cursors.end())
      return Bad("lists pages in a circle");
    cursors.push_back(next);
  }
  return Error{Code::kLimit, "lists tools on more than 100 pages", "MCP server " + name_};
}

Result<McpAnswer> McpClient::Call(const std::string& tool, const Json& arguments,
                                  const McpWait& wait) {
  const std::lock_guard lock(mutex_);
  Json parameters = Json::EmptyObject();
  parameters.Set("name", tool);
  parameters.Set("arguments", arguments);
  auto result = Request("tools/call", std::move(parameters), wait);
  if (!result) return result.error();
  McpAnswer answer;
  if (const Json* is_error = result->Find("isError"))
    answer.is_error = is_error->is_bool() && is_error->as_bool();
  if (const Json* content = result->Find("content"); content && content->is_array()) {
    for (const Json& block : content->as_array())
      answer.text += (answer.text.empty() ? "" : "\n") + BlockText(block);
  }
  const Json* structured = result->Find("structuredContent");
  if (answer.text.empty() && structured) answer.text = structured->Dump();
  return answer;
}

}  // namespace fathom
