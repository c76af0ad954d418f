// SPDX-License-Identifier: Apache-2.0
// list_files: the files of the workspace that git would list, with their sizes.
#include "tools/builtin.h"
#include "tools/workspace_files.h"

namespace fathom {
namespace {

constexpr int64_t kFilesDefault = 200;

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const std::string path = PathArgument(arguments);
  const std::string pattern = TextArgument(arguments, "pattern", "");
  const auto limit = static_cast<size_t>(IntArgument(arguments, "limit", kFilesDefault));
  auto visible = ListVisibleFiles(path, context);
  if (!visible) return ToolResult::Failed(visible.error());
  ToolResult result;
  result.touched.reads = {path};
  size_t shown = 0, matching = 0;
  for (const WalkedFile& file : visible->files) {
    if (!MatchesFilePattern(pattern, file.path)) continue;
    ++matching;
    if (shown == limit || result.text.size() > kToolOutputBytesMax - kPathBytesMax - 200) continue;
    result.text += file.path + "\t" + std::to_string(file.size_bytes) + " bytes\n";
    ++shown;
  }
  if (matching == 0) result.text = "[no files]\n";
  if (shown < matching) {
    result.text += "[" + std::to_string(matching - shown) +
                   " more; narrow with path or pattern, or raise limit]\n";
    result.is_cut = true;
  }
  if (visible->hidden_count > 0) {
    result.text += "[" + std::to_string(visible->hidden_count) + " files are hidden by policy]\n";
  }
  return result;
}

}  // namespace

Tool ListFilesTool() {
  ToolSpec spec;
  spec.name = "list_files";
  spec.description =
      "Lists files of the workspace with their sizes, without those that git ignores.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false,
    "properties": {
      "path": {"type": "string", "maxLength": 4096,
        "description": "a folder relative to the workspace; all of it when absent"},
      "pattern": {"type": "string", "maxLength": 256,
        "description": "a glob: *.cc in any folder, src/**/*.cc for whole paths"},
      "limit": {"type": "integer", "minimum": 1, "maximum": 5000,
        "description": "how many at most; 200 when absent"}}})");
  spec.effect = Effect::kReadWorkspace;
  spec.paths = ReadsPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
