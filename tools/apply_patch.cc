// SPDX-License-Identifier: Apache-2.0
// apply_patch: a unified diff over one or several files; all of it is applied or nothing.
#include <optional>

#include "base/terminal_text.h"
#include "tools/builtin.h"
#include "tools/patch.h"

namespace fathom {
namespace {

struct Change {
  std::string path;
  std::optional<std::string> before;  // none: the file was not there
  std::optional<std::string> after;   // none: the file goes
  uint32_t mode = 0644;
};

Result<Change> Plan(const FilePatch& patch, const RootedDir& files) {
  Change change{.path = patch.path};
  const auto info = files.Stat(patch.path);
  if (info) {
    if (info->kind != FileKind::kFile) return Invalid("is no regular file", patch.path);
    auto text = files.Read(patch.path, kToolFileBytesMax);
    if (!text) return text.error();
    change.before = std::move(*text);
    change.mode = info->mode;
  } else if (info.error().code != Code::kNotFound) {
    return info.error();
  }
  if (patch.is_new && change.before) {
    return Invalid("the patch creates this file, but it is there already", patch.path);
  }
  if (!patch.is_new && !change.before) {
    return Error{Code::kNotFound, "there is no such file to change", patch.path};
  }
  auto after = ApplyFilePatch(patch, change.before.value_or(""));
  if (!after) return after.error();
  if (patch.is_deleted && !after->empty()) {
    return Invalid("the patch deletes this file, but does not remove all its lines", patch.path);
  }
  if (after->size() > kToolFileBytesMax) {
    return Error{Code::kLimit, "the file would be too large", patch.path};
  }
  if (!patch.is_deleted) change.after = std::move(*after);
  return change;
}

Status Put(const Change& change, const std::optional<std::string>& text, const RootedDir& files) {
  if (!text) return files.Remove(change.path);
  const size_t slash = change.path.rfind('/');
  if (slash != std::string::npos) {
    if (auto made = files.MakeDirs(change.path.substr(0, slash)); !made) return made;
  }
  return files.Write(change.path, *text, {.mode = change.mode});
}

ToolResult Run(const Json& arguments, const ToolContext& context) {
  const auto patches = ParsePatch(TextArgument(arguments, "patch", ""));
  if (!patches) return ToolResult::Failed(patches.error());
  const RootedDir& files = context.workspace->files;
  std::vector<Change> changes;
  for (const FilePatch& patch : *patches) {
    auto change = Plan(patch, files);
    if (!change) {
      Error error = change.error();
      error.message += "\nNothing was changed.";
      return ToolResult::Failed(error);
    }
    changes.push_back(std::move(*change));
  }
  if (Status stopped = context.Stopped(); !stopped) return ToolResult::Failed(stopped.error());
  ToolResult result;
  result.untrusted = false;  // names that the model wrote, and numbers
  for (size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    if (Status put = Put(change, change.after, files); !put) {
      std::string text = put.error().Text() + "\n";
      for (size_t back = i; back-- > 0;) {
        const Status restored = Put(changes[back], changes[back].before, files);
        if (!restored) text += "could not be restored: " + restored.error().Text() + "\n";
      }
      return {.text = text + "The files written before this one were put back.", .is_error = true};
    }
    const char* what = !change.before ? "created " : !change.after ? "deleted " : "changed ";
    result.text += what + ForTerminal(change.path) + " (" +
                   std::to_string((*patches)[i].hunks.size()) + " hunks)\n";
    result.touched.writes.push_back(change.path);
  }
  return result;
}

// A text that is no patch never comes to a run.
Status Check(const Json& arguments) {
  const auto patches = ParsePatch(TextArgument(arguments, "patch", ""));
  return patches ? OkStatus() : Status(patches.error());
}

ToolPaths Paths(const Json& arguments) {
  const auto patches = ParsePatch(TextArgument(arguments, "patch", ""));
  if (!patches) return {.writes = {""}};  // anything, which policy denies
  ToolPaths paths;
  for (const FilePatch& patch : *patches) paths.writes.push_back(patch.path);
  return paths;
}

}  // namespace

Tool ApplyPatchTool() {
  ToolSpec spec;
  spec.name = "apply_patch";
  spec.description =
      "Applies a unified diff (as of diff -u or git diff) to files of the workspace: all of it or "
      "nothing. Context lines must be exactly those of the file. New files have \"--- /dev/null\", "
      "deleted ones \"+++ /dev/null\".";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["patch"],
    "properties": {"patch": {"type": "string", "minLength": 1, "maxLength": 4194304}}})");
  spec.effect = Effect::kWriteWorkspace;
  spec.check = Check;
  spec.paths = Paths;
  return {std::move(spec), Run};
}

}  // namespace fathom
