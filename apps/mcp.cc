// SPDX-License-Identifier: Apache-2.0
// fathom mcp: the servers of an mcpServers file, their tools, and which of them are approved.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/app.h"
#include "base/files.h"
#include "base/terminal_text.h"
#include "tools/mcp/client.h"
#include "tools/mcp/pins.h"
#include "tools/mcp/servers_file.h"

namespace fathom {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

struct McpOptions {
  std::string file;  // "": mcp.json of the user's configuration
  bool approve = false;
  std::string server, tool, arguments = "{}";
};

McpWait Patience() {
  return {std::chrono::steady_clock::now() + kPatience, Interrupted()};
}

struct Setup {
  std::vector<McpServer> servers;
  McpPins pins;
};

Result<Setup> Read(const McpOptions& options) {
  auto places = UserPlaces();
  if (!places) return places.error();
  auto servers = ReadMcpServers(options.file.empty() ? places->config + "/mcp.json" : options.file);
  if (!servers && servers.error().code == Code::kNotFound && options.file.empty()) {
    return Error{Code::kNotFound,
                 R"(no MCP servers are set up. Write {"mcpServers": {"NAME": {"command": "...", )"
                 R"("args": []}}} there, or name a file with --file)",
                 places->config + "/mcp.json"};
  }
  if (!servers) return servers.error();
  if (auto made = EnsurePrivateDir(places->state); !made) return made.error();
  auto pins = McpPins::Load(places->state + "/mcp-pins.json");
  if (!pins) return pins.error();
  return Setup{std::move(*servers), std::move(*pins)};
}

// The tools of one server, printed and, when asked, approved.
Status ListServer(const McpServer& server, bool approve, McpPins& pins, Json& json) {
  auto client = McpClient::Connect(server, Patience());
  if (!client) return client.error();
  auto tools = (*client)->ListTools(Patience());
  if (!tools) return tools.error();
  Json entries = Json::EmptyArray();
  for (const McpTool& tool : *tools) {
    if (approve) pins.Approve(server.name, tool);
    Json entry = Json::EmptyObject();
    entry.Set("name", tool.name);
    entry.Set("description", tool.description);
    entry.Set("state", McpPinName(pins.Of(server.name, tool)));
    entry.Set("sha256", tool.Hash());
    entries.Push(std::move(entry));
  }
  json.Set(server.name, std::move(entries));
  return {};
}

void Print(const Json& json) {
  for (const auto& [server, tools] : json.as_object()) {
    for (const Json& tool : tools.as_array()) {
      std::printf("%-8s %s__%s\n    %s\n", tool.Find("state")->as_string().c_str(), server.c_str(),
                  ForTerminal(tool.Find("name")->as_string()).c_str(),
                  ForTerminal(tool.Find("description")->as_string()).c_str());
    }
  }
}

int List(const Common& common, const McpOptions& options) {
  auto setup = Read(options);
  if (!setup) return Fail(setup.error());
  if (options.approve && options.server.empty())
    return Fail(Invalid("--approve needs the name of one server"));
  Json json = Json::EmptyObject();
  int code = kExitDone;
  bool found = options.server.empty();
  for (const McpServer& server : setup->servers) {
    if (!options.server.empty() && server.name != options.server) continue;
    found = true;
    if (auto status = ListServer(server, options.approve, setup->pins, json); !status)
      code = Fail(status.error());
  }
  if (!found) return Fail(Error{Code::kNotFound, "no such server in the file", options.server});
  if (common.json) {
    std::printf("%s\n", json.Dump().c_str());
  } else {
    Print(json);
  }
  if (options.approve && code == kExitDone) {
    if (auto saved = setup->pins.Save(); !saved) return Fail(saved.error());
  }
  return code;
}

Result<McpAnswer> CallApproved(const McpOptions& options) {
  auto setup = Read(options);
  if (!setup) return setup.error();
  auto arguments = Json::Parse(options.arguments);
  if (!arguments || !arguments->is_object()) return Invalid("arguments must be a JSON object");
  for (const McpServer& server : setup->servers) {
    if (server.name != options.server) continue;
    auto client = McpClient::Connect(server, Patience());
    if (!client) return client.error();
    auto tools = (*client)->ListTools(Patience());
    if (!tools) return tools.error();
    for (const McpTool& tool : *tools) {
      if (tool.name != options.tool) continue;
      const McpPin pin = setup->pins.Of(server.name, tool);
      if (pin == McpPin::kApproved) return (*client)->Call(tool.name, *arguments, Patience());
      return Error{Code::kPolicyDenied,
                   std::string("the tool is ") + McpPinName(pin) +
                       "; read it with `fathom mcp list " + server.name + "`, then add --approve",
                   tool.name};
    }
    return Error{Code::kNotFound, "the server has no such tool", ForTerminal(options.tool)};
  }
  return Error{Code::kNotFound, "no such server in the file", ForTerminal(options.server)};
}

int Call(const Common& common, const McpOptions& options) {
  auto answer = CallApproved(options);
  if (!answer) return Fail(answer.error());
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("text", answer->text);
    json.Set("is_error", answer->is_error);
    std::printf("%s\n", json.Dump().c_str());
  } else {
    std::printf("%s\n", ForTerminal(answer->text, {.keep_newlines = true}).c_str());
  }
  return answer->is_error ? kExitNegative : kExitDone;
}

}  // namespace

void AddMcp(CLI::App& app, Common& common, Run& run) {
  auto options = std::make_shared<McpOptions>();
  CLI::App* mcp = app.add_subcommand("mcp", "Tools of MCP servers: see, approve, call");
  mcp->require_subcommand(1);
  mcp->add_option("--file", options->file, "An mcpServers file (default: mcp.json of the user)");
  CLI::App* list = mcp->add_subcommand("list", "Start the servers and show their tools");
  list->add_option("server", options->server, "Only this one");
  list->add_flag("--approve", options->approve, "Approve its tools as they are shown");
  list->callback([=, &common, &run] { run = [=, &common] { return List(common, *options); }; });
  CLI::App* call = mcp->add_subcommand("call", "Call an approved tool");
  call->add_option("server", options->server, "Its server")->required();
  call->add_option("tool", options->tool, "Its name")->required();
  call->add_option("arguments", options->arguments, "A JSON object");
  call->callback([=, &common, &run] { run = [=, &common] { return Call(common, *options); }; });
}

}  // namespace fathom
