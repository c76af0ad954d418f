// SPDX-License-Identifier: Apache-2.0
// The built-in tools. One file each; adding one is that file and one line in builtin.cc.
#pragma once

#include "tools/registry.h"

namespace fathom {

Status AddBuiltinTools(Registry* registry);
// Not among them: there only where a user names it (fathom agent --tools http_get,...).
Tool HttpGetTool();

Tool ApplyPatchTool();
Tool CalculateTool();
Tool ListFilesTool();
Tool ReadFileTool();
Tool RunCommandTool();
Tool SearchTool();
Tool SqlQueryTool();
Tool WriteFileTool();

}  // namespace fathom
