// SPDX-License-Identifier: Apache-2.0
// search: lines of the workspace's text files that match an RE2 pattern (linear time, whatever the
// pattern).
#include <re2/re2.h>

#include "base/utf8.h"
#include "tools/builtin.h"
#include "tools/workspace_files.h"

namespace fathom {
namespace {

constexpr int64_t kMatchesDefault = 100;
constexpr size_t kLineBytesShown = 300;
constexpr int64_t kPatternMemoryBytesMax = 8 << 20;

// At most kLineBytesShown bytes of the line, from its start, or around the match when it lies
// later.
std::string Excerpt(std::string_view line, size_t match_at) {
  if (line.size() <= kLineBytesShown) return std::string(line);
  size_t from = match_at > kLineBytesShown / 2 ? match_at - kLineBytesShown / 2 : 0;
  while (from > 0 && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80) --from;
  std::string_view kept = line.substr(from, kLineBytesShown);
  kept.remove_suffix(Utf8PartialTail(kept));
  return (from > 0 ? "..." : "") + std::string(kept) +
         (from + kept.size() < line.size() ? "..." : "");
}

struct Found {
  std::string text;
  size_t shown = 0, matches = 0, files = 0;
};

void SearchFile(const std::string& path, std::string_view text, const re2::RE2& pattern,
                size_t limit, Found* found) {
  size_t number = 0, matches_before = found->matches;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    ++number;
    re2::StringPiece match;
    if (pattern.Match(re2::StringPiece(line.data(), line.size()), 0, line.size(),
                      re2::RE2::UNANCHORED, &match, 1)) {
      ++found->matches;
      if (found->shown < limit &&
          found->text.size() < kToolOutputBytesMax - kPathBytesMax - 2 * kLineBytesShown) {
        const auto match_at = static_cast<size_t>(match.data() - line.data());
        found->text += path + ":" + std::to_string(number) + ":\t" + Excerpt(line, match_at) + "\n";
        ++found->shown;
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  found->files += found->matches > matches_before ? 1 : 0;
}

ToolResult Run(const Json& arguments, const ToolContext& context) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemoryBytesMax);
  const Json* ignore_case = arguments.Find("ignore_case");
  options.set_case_sensitive(ignore_case == nullptr || !ignore_case->as_bool());
  const re2::RE2 pattern(TextArgument(arguments, "pattern", ""), options);
  if (!pattern.ok()) {
    return ToolResult::Failed(Invalid(
        "is no RE2 pattern: " + pattern.error() + "; escape signs meant as they are with \\",
        "pattern"));
  }
  auto visible = ListVisibleFiles(PathArgument(arguments), context);
  if (!visible) return ToolResult::Failed(visible.error());
  const std::string glob = TextArgument(arguments, "files", "");
  const auto limit = static_cast<size_t>(IntArgument(arguments, "limit", kMatchesDefault));
  Found found;
  std::string stopped_by;
  for (const WalkedFile& file : visible->files) {
    if (!MatchesFilePattern(glob, file.path)) continue;
    if (Status stopped = context.Stopped(); !stopped) {
      stopped_by = "[stopped before the end: " + stopped.error().message + "]\n";
      break;
    }
    const auto text = context.workspace->files.Read(file.path, kCorpusFileBytesMax);
    if (!text || text->substr(0, 8'192).find('\0') != std::string::npos || !IsUtf8(*text)) continue;
    SearchFile(file.path, *text, pattern, limit, &found);
  }
  ToolResult result;
  result.text = found.matches == 0 ? "[no matches]\n" : std::move(found.text);
  if (found.shown < found.matches) {
    result.text += "[" + std::to_string(found.matches - found.shown) + " more of " +
                   std::to_string(found.matches) + " matches in " + std::to_string(found.files) +
                   " files; narrow with path or files, or raise limit]\n";
    result.is_cut = true;
  }
  result.text += stopped_by;
  result.touched.reads = {PathArgument(arguments)};
  return result;
}

}  // namespace

Tool SearchTool() {
  ToolSpec spec;
  spec.name = "search";
  spec.description =
      "Finds lines that match an RE2 regular expression in the text files of the workspace.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["pattern"],
    "properties": {
      "pattern": {"type": "string", "minLength": 1, "maxLength": 1000,
        "description": "RE2 syntax: no look-around, no back-references"},
      "path": {"type": "string", "maxLength": 4096,
        "description": "a folder or file relative to the workspace; all of it when absent"},
      "files": {"type": "string", "maxLength": 256, "description": "a glob, for example *.cc"},
      "ignore_case": {"type": "boolean"},
      "limit": {"type": "integer", "minimum": 1, "maximum": 2000,
        "description": "how many matches at most; 100 when absent"}}})");
  spec.effect = Effect::kReadWorkspace;
  spec.paths = ReadsPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
