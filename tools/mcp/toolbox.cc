// SPDX-License-Identifier: Apache-2.0
#include "tools/mcp/toolbox.h"

#include "base/terminal_text.h"

namespace fathom {
namespace {

// A server that dies is not started again in the middle of a conversation: what it knew is lost.
Tool ToolOf(const std::string& server, const McpTool& described, Effect effect, McpClient* client) {
  Tool tool;
  tool.spec = {.name = server + "__" + described.name,
               .description = described.description,
               .parameters = described.parameters,
               .effect = effect};
  // Which paths it writes only the server knows; rules about paths do not reach it.
  if (effect == Effect::kReadWorkspace || effect == Effect::kWriteWorkspace)
    tool.spec.paths = [](const Json&) { return ToolPaths{.reads = {""}}; };
  tool.run = [client, name = described.name](const Json& arguments, const ToolContext& context) {
    auto answer = client->Call(name, arguments, {context.deadline, context.cancelled});
    if (!answer) return ToolResult::Failed(answer.error());
    return ToolResult{.text = std::move(answer->text), .is_error = answer->is_error};
  };
  return tool;
}

}  // namespace

McpToolbox McpToolbox::Open(const std::vector<McpServer>& servers, const McpPins& pins,
                            const McpWait& wait) {
  McpToolbox toolbox;
  for (const McpServer& server : servers) toolbox.AddServer(server, pins, wait);
  return toolbox;
}

void McpToolbox::AddServer(const McpServer& server, const McpPins& pins, const McpWait& wait) {
  auto client = McpClient::Connect(server, wait);
  if (!client) {
    notes_.push_back("MCP server " + server.name + " is left out: " + client.error().Text());
    return;
  }
  auto described = (*client)->ListTools(wait);
  if (!described) {
    notes_.push_back("MCP server " + server.name + " is left out: " + described.error().Text());
    return;
  }
  size_t not_approved = 0;
  for (const McpTool& tool : *described) {
    if (pins.Of(server.name, tool) != McpPin::kApproved) {
      ++not_approved;
      continue;
    }
    Effect effect = Effect::kOutward;
    if (const auto named = server.effects.find(tool.name); named != server.effects.end()) {
      auto parsed = EffectFromName(named->second);
      if (!parsed) {
        notes_.push_back(server.name + "__" + tool.name + ": " + parsed.error().Text());
        continue;
      }
      effect = *parsed;
    }
    tools_.push_back(ToolOf(server.name, tool, effect, client->get()));
  }
  if (not_approved > 0) {
    notes_.push_back(std::to_string(not_approved) + " tools of MCP server " + server.name +
                     " are new or have changed and are not offered; see fathom mcp list " +
                     server.name + ", then add --approve");
  }
  clients_.push_back(std::move(*client));
}

void McpToolbox::AddTo(Registry* registry) {
  for (Tool& tool : tools_) {
    const std::string name = tool.spec.name;
    // One bad description must not take the good ones with it.
    if (auto added = registry->Add(std::move(tool)); !added)
      notes_.push_back(ForTerminal(name) + " is left out: " + added.error().Text());
  }
  tools_.clear();
}

}  // namespace fathom
