// SPDX-License-Identifier: Apache-2.0
// Toolbox: the tools of one session, the folder they work in, and the policy over them.
#pragma once

#include <memory>
#include <string>

#include "tools/mcp/toolbox.h"
#include "tools/policy.h"
#include "tools/registry.h"

namespace fathom {

struct ToolboxChoice {
  std::string workspace;           // a folder
  std::string tools;               // names, comma separated; empty: all built-in ones
  std::string policy = "default";  // a name in configs/policies, or a file
  bool grant_reading = false;      // calls that only read are approved beforehand
  McpToolbox* mcp = nullptr;       // its tools are offered too; must outlive the toolbox
  bool of_session = false;  // `tools` are a stored session's: MCP tools absent now are left out
};

struct Toolbox {
  Registry registry;
  Policy policy;
  Grants grants;
  std::unique_ptr<Workspace> workspace;

  std::string names() const;  // comma separated
};

// Every tool that a workflow may name.
Status AddWorkflowTools(Registry& registry);

Result<std::unique_ptr<Toolbox>> OpenToolbox(const ToolboxChoice& choice);

}  // namespace fathom
