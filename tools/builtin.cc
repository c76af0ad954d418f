// SPDX-License-Identifier: Apache-2.0
#include "tools/builtin.h"

namespace fathom {

Status AddBuiltinTools(Registry* registry) {
  std::vector<Tool> tools;
  tools.push_back(ApplyPatchTool());
  tools.push_back(CalculateTool());
  tools.push_back(ListFilesTool());
  tools.push_back(ReadFileTool());
  tools.push_back(RunCommandTool());
  tools.push_back(SearchTool());
  tools.push_back(SqlQueryTool());
  tools.push_back(WriteFileTool());
  for (Tool& tool : tools) {
    if (Status added = registry->Add(std::move(tool)); !added) return added;
  }
  return OkStatus();
}

}  // namespace fathom
