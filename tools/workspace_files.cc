// SPDX-License-Identifier: Apache-2.0
#include "tools/workspace_files.h"

#include "base/ignore_rules.h"
#include "base/terminal_text.h"

namespace fathom {

Result<VisibleFiles> ListVisibleFiles(const std::string& path, const ToolContext& context) {
  const Workspace& workspace = *context.workspace;
  if (!path.empty()) {
    const auto info = workspace.files.Stat(path);
    if (!info) return Error{info.error().code, info.error().message, ForTerminal(path)};
  }
  auto walk = Walk(workspace.path, {.history = false});
  if (!walk) return walk.error();
  VisibleFiles visible;
  for (WalkedFile& file : walk->files) {
    const bool is_beneath = path.empty() || file.path == path ||
                            (file.path.starts_with(path) && file.path[path.size()] == '/');
    if (!is_beneath) continue;
    if (!context.MayRead(file.path)) {
      ++visible.hidden_count;
      continue;
    }
    visible.files.push_back(std::move(file));
  }
  return visible;
}

bool MatchesFilePattern(const std::string& pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern.find('/') != std::string::npos) return GlobMatches(pattern, path);
  const size_t slash = path.rfind('/');
  return GlobMatches(pattern, slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace fathom
