// SPDX-License-Identifier: Apache-2.0
// word_count: how many lines, words and bytes a file has.
#include "base/limits.h"
#include "tools/registry.h"

namespace fathom {
namespace {

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const std::string path = PathArgument(arguments);
  const auto text = context.workspace->files.Read(path, kToolFileBytesMax);
  if (!text) return ToolResult::Failed(text.error());
  size_t lines = 0, words = 0;
  bool in_word = false;
  for (const char c : *text) {
    const bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');
    words += !is_blank && !in_word ? 1 : 0;
    in_word = !is_blank;
    lines += c == '\n' ? 1 : 0;
  }
  return {.text = std::to_string(lines) + " lines, " + std::to_string(words) + " words, " +
                  std::to_string(text->size()) + " bytes",
          .untrusted = false,  // three numbers
          .touched = {.reads = {path}}};
}

}  // namespace

Tool WordCountTool() {
  ToolSpec spec;
  spec.name = "word_count";
  spec.description = "Counts lines, words and bytes of a file of the workspace.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["path"],
    "properties": {"path": {"type": "string", "minLength": 1, "maxLength": 4096}}})");
  spec.effect = Effect::kReadWorkspace;
  spec.paths = ReadsPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
