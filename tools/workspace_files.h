// SPDX-License-Identifier: Apache-2.0
// The files of a workspace that a call may see: what git would list, less what policy hides.
#pragma once

#include <string>
#include <vector>

#include "base/walk.h"
#include "tools/registry.h"

namespace fathom {

// Those at or beneath `path` ("" is all), sorted. `hidden_count` counts what policy hides.
// kNotFound when nothing is there.
struct VisibleFiles {
  std::vector<WalkedFile> files;
  size_t hidden_count = 0;
};
Result<VisibleFiles> ListVisibleFiles(const std::string& path, const ToolContext& context);

// "name", "*.cc" match in any folder; a pattern with "/" is compared with the whole path.
bool MatchesFilePattern(const std::string& pattern, std::string_view path);

}  // namespace fathom
