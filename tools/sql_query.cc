// SPDX-License-Identifier: Apache-2.0
// sql_query: SELECT on a SQLite file of the workspace.
#include "base/limits.h"
#include "base/sql_reader.h"
#include "base/terminal_text.h"
#include "base/utf8.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

constexpr int64_t kRowsDefault = 100;
constexpr size_t kValueBytesShown = 1'000;

// One line for each row: tabs and line breaks inside a value are escaped.
std::string Shown(const std::optional<std::string>& value) {
  if (!value) return "NULL";
  if (value->size() <= kValueBytesShown) return ForTerminal(*value);
  const std::string_view all = *value;
  const size_t kept = kValueBytesShown - Utf8PartialTail(all.substr(0, kValueBytesShown));
  return ForTerminal(all.substr(0, kept)) + "[" + std::to_string(all.size() - kept) +
         " more bytes]";
}

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const std::string path = PathArgument(arguments);
  auto bytes = context.workspace->files.Read(path, kSqlFileBytesMax);
  if (!bytes) return ToolResult::Failed(bytes.error());
  const auto wal = context.workspace->files.Stat(path + "-wal");
  const SqlLimits limits{
      .rows_max = static_cast<size_t>(IntArgument(arguments, "rows", kRowsDefault)),
      .bytes_max = kToolOutputBytesMax / 2,
      .stopped = [&context] { return context.Stopped(); }};
  const auto found = SelectFrom(std::move(*bytes), TextArgument(arguments, "query", ""), limits);
  if (!found) {
    return ToolResult::Failed({found.error().code, found.error().message, ForTerminal(path)});
  }
  ToolResult result;
  result.touched.reads = {path};
  result.is_cut = found->is_cut;
  for (size_t i = 0; i < found->columns.size(); ++i) {
    result.text += (i > 0 ? "\t" : "") + ForTerminal(found->columns[i]);
  }
  for (const auto& row : found->rows) {
    result.text += "\n";
    for (size_t i = 0; i < row.size(); ++i) result.text += (i > 0 ? "\t" : "") + Shown(row[i]);
  }
  result.text += "\n[" + std::to_string(found->rows.size()) + " rows" +
                 (found->is_cut ? "; there are more: use LIMIT, WHERE or fewer columns]\n" : "]\n");
  if (wal && wal->size_bytes > 0) {
    result.text += "[a write-ahead log lies beside the file: its changes are not seen]\n";
  }
  return result;
}

}  // namespace

Tool SqlQueryTool() {
  ToolSpec spec;
  spec.name = "sql_query";
  spec.description =
      "Runs one SELECT on a SQLite database file of the workspace. The table sqlite_master tells "
      "what "
      "is in it.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["path", "query"],
    "properties": {
      "path": {"type": "string", "minLength": 1, "maxLength": 4096,
        "description": "the database file, relative to the workspace"},
      "query": {"type": "string", "minLength": 1, "maxLength": 16384},
      "rows": {"type": "integer", "minimum": 1, "maximum": 5000,
        "description": "how many at most; 100 when absent"}}})");
  spec.effect = Effect::kReadWorkspace;
  spec.seconds_max = 20;
  spec.paths = ReadsPathArgument;
  return {std::move(spec), Run};
}

}  // namespace fathom
