// SPDX-License-Identifier: Apache-2.0
// run_command: one program with its arguments, in the sandbox.
#include <algorithm>

#include "base/files.h"
#include "base/limits.h"
#include "base/terminal_text.h"
#include "tools/builtin.h"
#include "tools/sandbox/sandbox.h"

namespace fathom {
namespace {

// The start of a long output names the first error, its end the outcome.
std::string HeadAndTail(const std::string& text, size_t bytes_max, bool& is_cut) {
  if (text.size() <= bytes_max) return text;
  is_cut = true;
  const size_t half = bytes_max / 2;
  return text.substr(0, half) + "\n[" + std::to_string(text.size() - 2 * half) +
         " bytes left out]\n" + text.substr(text.size() - half);
}

std::string HowItEnded(const SandboxResult& result, int64_t seconds) {
  if (result.stopped == "time")
    return "stopped after " + std::to_string(seconds) + " s, its time limit";
  if (result.stopped == "processes") return "stopped: too many processes and threads";
  if (result.stopped == "memory") return "stopped: its processes used too much memory together";
  if (!result.stopped.empty()) return "stopped: " + result.stopped;
  if (result.signal != 0) return "ended by signal " + std::to_string(result.signal);
  return "exit status " + std::to_string(result.exit_code);
}

std::vector<std::string> Texts(const Json& arguments, std::string_view name) {
  std::vector<std::string> texts;
  if (const Json* array = arguments.Find(name)) {
    for (const Json& text : array->as_array()) texts.push_back(text.as_string());
  }
  return texts;
}

ToolPaths Paths(const Json& arguments) {
  ToolPaths paths{.reads = {""}, .writes = {}};
  for (const std::string& folder : Texts(arguments, "writable")) {
    Json one = Json::EmptyObject();
    one.Set("path", folder);
    paths.writes.push_back(PathArgument(one));
  }
  return paths;
}

ToolResult Run(const Json& arguments, const ToolContext& context) {
  SandboxRequest request{.argv = Texts(arguments, "argv"),
                         .workspace = context.workspace->path,
                         .writable = Paths(arguments).writes,
                         .protected_paths = context.workspace->protected_paths,
                         .stdin_text = TextArgument(arguments, "stdin", "")};
  const auto seconds_max = static_cast<int64_t>(kSandboxWallMs / 1000);
  const int64_t seconds = IntArgument(arguments, "timeout_s", seconds_max);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      context.deadline - std::chrono::steady_clock::now());
  request.limits.wall_ms =
      static_cast<size_t>(std::clamp<int64_t>(left.count(), 1, seconds * 1000));
  if (auto places = UserPlaces())
    request.hidden = {places->config, places->data, places->state, places->cache};
  auto ran = RunSandboxed(request, context.cancelled);
  if (!ran) return ToolResult::Failed(ran.error());
  ToolResult result;
  result.touched = Paths(arguments);
  result.is_error = ran->exit_code != 0;
  result.is_cut = ran->truncated;
  result.text = "[" + HowItEnded(*ran, seconds) + "]\n";
  const size_t each = kToolOutputBytesMax / 2 - 1_KiB;
  for (const auto& [name, text] : {std::pair{"stdout", &ran->out}, {"stderr", &ran->err}}) {
    if (text->empty()) continue;
    result.text +=
        std::string("[") + name + "]\n" +
        ForTerminal(HeadAndTail(*text, each / 4, result.is_cut), {.keep_newlines = true});
    if (!result.text.ends_with('\n')) result.text += '\n';
  }
  return result;
}

}  // namespace

Tool RunCommandTool() {
  ToolSpec spec;
  spec.name = "run_command";
  spec.description =
      "Runs one program without a shell, in a sandbox: no network, a read-only workspace, an empty "
      "/tmp. Returns its exit status, stdout and stderr.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["argv"],
    "properties": {
      "argv": {"type": "array", "minItems": 1, "maxItems": 1024,
        "items": {"type": "string", "maxLength": 65536},
        "description": "the program and its arguments, each an item; no shell reads them"},
      "stdin": {"type": "string", "maxLength": 1048576,
        "description": "what the program reads from its input"},
      "writable": {"type": "array", "maxItems": 16,
        "items": {"type": "string", "minLength": 1, "maxLength": 4096},
        "description": "folders of the workspace that it may write, \".\" for all"},
      "timeout_s": {"type": "integer", "minimum": 1, "maximum": 60,
        "description": "seconds after which it is stopped; 60 when absent"}}})");
  spec.effect = Effect::kRunSandboxed;
  spec.seconds_max = static_cast<int>(kSandboxWallMs / 1000) + 5;
  spec.paths = Paths;
  return {.spec = std::move(spec), .run = Run};
}

}  // namespace fathom
