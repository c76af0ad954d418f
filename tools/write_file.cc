// SPDX-License-Identifier: Apache-2.0
// write_file: one whole file, atomically; missing folders are made.
#include "base/terminal_text.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const RootedDir& files = context.workspace->files;
  const std::string path = PathArgument(arguments);
  const std::string content = TextArgument(arguments, "content", "");
  if (content.size() > kToolFileBytesMax) {
    return ToolResult::Failed({Code::kLimit, "the content is too large", ForTerminal(path)});
  }
  RootedDir::WriteOptions options{.mode = 0644};
  std::string was = "a new file";
  const auto info = files.Stat(path);
  if (info) {
    if (info->kind != FileKind::kFile) {
      return ToolResult::Failed(Invalid("is there already and no regular file", ForTerminal(path)));
    }
    options.mode = info->mode;
    was = "before: " + std::to_string(info->size_bytes) + " bytes";
  } else if (info.error().code != Code::kNotFound) {
    return ToolResult::Failed(info.error());
  }
  const size_t slash = path.rfind('/');
  if (slash != std::string::npos) {
    if (auto made = files.MakeDirs(path.substr(0, slash)); !made) {
      return ToolResult::Failed(made.error());
    }
  }
  if (auto written = files.Write(path, content, options); !written) {
    return ToolResult::Failed(written.error());
  }
  return {.text = "wrote " + std::to_string(content.size()) + " bytes to " + ForTerminal(path) +
                  " (" + was + ")",
          .untrusted = false,
          .touched = {.writes = {path}}};
}

}  // namespace

Tool WriteFileTool() {
  ToolSpec spec;
  spec.name = "write_file";
  spec.description = "Writes a whole file of the workspace, replacing what was there.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["path", "content"],
    "properties": {
      "path": {"type": "string", "minLength": 1, "maxLength": 4096,
        "description": "relative to the workspace"},
      "content": {"type": "string", "maxLength": 4194304}}})");
  spec.effect = Effect::kWriteWorkspace;
  spec.paths = WritesPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
