// SPDX-License-Identifier: Apache-2.0
// read_file: numbered lines of one text file.
#include "base/terminal_text.h"
#include "base/utf8.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

constexpr size_t kLineBytesShown = 4_KiB;
constexpr size_t kNoteBytesMax = 200;  // what is said after the lines
constexpr int64_t kLinesDefault = 400;

// The line as it is; a very long one is cut at a character's border.
std::string Shown(std::string_view line) {
  if (line.size() <= kLineBytesShown) return std::string(line);
  const size_t kept = kLineBytesShown - Utf8PartialTail(line.substr(0, kLineBytesShown));
  return std::string(line.substr(0, kept)) + " [" + std::to_string(line.size() - kept) +
         " more bytes]";
}

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const std::string path = PathArgument(arguments);
  const int64_t first = IntArgument(arguments, "start_line", 1);
  const int64_t count_max = IntArgument(arguments, "line_count", kLinesDefault);
  auto text = context.workspace->files.Read(path, kToolFileBytesMax);
  if (!text) return ToolResult::Failed(text.error());
  if (text->find('\0') != std::string::npos || !IsUtf8(*text)) {
    return ToolResult::Failed(Invalid(
        "is no UTF-8 text (" + std::to_string(text->size()) + " bytes)", ForTerminal(path)));
  }
  ToolResult result;
  result.touched.reads = {path};
  int64_t number = 0, shown_last = 0;
  bool is_full = false;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    ++number;
    is_full |= number >= first + count_max ||
               result.text.size() > kToolOutputBytesMax - kLineBytesShown - kNoteBytesMax;
    if (number >= first && !is_full) {
      result.text += std::to_string(number) + "\t" + Shown(rest.substr(0, end)) + "\n";
      shown_last = number;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (number == 0) return {.text = "[the file is empty]\n", .touched = {.reads = {path}}};
  if (shown_last == 0) {
    return ToolResult::Failed(Invalid("start_line " + std::to_string(first) +
                                          " is past the end; the file has " +
                                          std::to_string(number) + " lines",
                                      ForTerminal(path)));
  }
  if (first > 1 || shown_last < number) {
    result.text += "[lines " + std::to_string(first) + " to " + std::to_string(shown_last) +
                   " of " + std::to_string(number) + "]\n";
    result.is_cut = shown_last < number;
  }
  return result;
}

}  // namespace

Tool ReadFileTool() {
  ToolSpec spec;
  spec.name = "read_file";
  spec.description =
      "Reads lines of a UTF-8 text file of the workspace. Each line comes with its number and a "
      "tab "
      "before it, which are not part of the file.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["path"],
    "properties": {
      "path": {"type": "string", "minLength": 1, "maxLength": 4096,
        "description": "relative to the workspace"},
      "start_line": {"type": "integer", "minimum": 1, "maximum": 100000000,
        "description": "the first line wanted, from 1"},
      "line_count": {"type": "integer", "minimum": 1, "maximum": 10000,
        "description": "how many lines; 400 when absent"}}})");
  spec.effect = Effect::kReadWorkspace;
  spec.paths = ReadsPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
