// SPDX-License-Identifier: Apache-2.0
// The built-in tools. One file each; adding one is that file and one line in builtin.cc.
#pragma once

#include "tools/registry.h"

namespace fathom {

Status AddBuiltinTools(Registry* registry);

Tool ApplyPatchTool();
Tool CalculateTool();
Tool ListFilesTool();
Tool ReadFileTool();
Tool RunCommandTool();
Tool SearchTool();
Tool WriteFileTool();

}  // namespace fathom
