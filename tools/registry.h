// SPDX-License-Identifier: Apache-2.0
// Registry: the tools a model may call, each with what it is allowed to cost.
//
// Promises
//  * A tool is found by its exact name; an unknown name is answered with the nearest known one.
//  * Arguments are checked against the tool's JSON Schema before anything else sees them; the
//    answer says which argument is wrong, how, and what was expected.
//  * What a call reads and writes (`paths`) is a pure function of its arguments, so that policy and
//    locks are settled before it runs.
// A registry is built once and then only read, from any thread. Calls run through tools/execute.h
// and nowhere else.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/json_schema.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/rooted_dir.h"

namespace fathom {

// What a call can do to the world, from nothing to everything; policy speaks about these.
enum class Effect { kPure, kReadWorkspace, kWriteWorkspace, kRunSandboxed, kOutward };
std::string_view EffectName(Effect effect);  // "pure", "read_workspace", ...
Result<Effect> EffectFromName(std::string_view name);

// Paths relative to the workspace, "/" between components; "" is the whole workspace. A folder
// stands for everything beneath it.
struct ToolPaths {
  std::vector<std::string> reads;
  std::vector<std::string> writes;
};

// The folder a session works in.
struct Workspace {
  std::string path;  // absolute, resolved
  RootedDir files;   // any symlink on a path is an error, so that a path names one place
  // What no tool may change, besides what IsProtectedPath() says: settings and policy, where they
  // lie inside. "" is everything. A sandbox must mount all of these read-only.
  std::vector<std::string> protected_paths;

  // `settings`: files and folders that decide what the agent may do, as absolute paths (places of
  // the user's configuration, the policy and workflow in use). Those outside `path` do not matter.
  static Result<Workspace> Open(const std::string& path, const std::vector<std::string>& settings);
};

// True for a path that no tool may write: one with a component ".git" or one that starts with
// ".fathom", and what lies at or beneath one of `places`; in any case of letters.
bool IsProtectedPath(std::string_view path, const std::vector<std::string>& places);

struct ToolContext {
  const Workspace* workspace = nullptr;
  const std::atomic<bool>* cancelled = nullptr;  // null: never
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  // For tools that read many files of one folder: whether policy lets this call read that file.
  // Set by Execute.
  std::function<bool(std::string_view path)> may_read;

  // OK, kCancelled or kLimit. To be asked at least every 50 ms.
  Status Stopped() const;
  bool MayRead(std::string_view path) const { return !may_read || may_read(path); }
};

struct ToolResult {
  std::string text;       // for the model
  bool is_error = false;  // the text says what went wrong and what to do
  // The text holds bytes that the user did not write: the session is tainted from here on. True
  // unless a tool is sure.
  bool untrusted = true;
  ToolPaths touched;    // what it really read and wrote
  bool is_cut = false;  // a limit cut the text

  static ToolResult Failed(const Error& error) { return {.text = error.Text(), .is_error = true}; }
};

struct ToolSpec {
  std::string name;         // [A-Za-z0-9_-]{1,64}
  std::string description;  // for the model
  Json parameters;          // JSON Schema of an object
  Effect effect = Effect::kOutward;
  size_t output_bytes_max = kToolOutputBytesMax;
  int seconds_max = kToolSecondsMax;
  // What a schema cannot say about arguments that fit it. Unset: nothing.
  std::function<Status(const Json& arguments)> check;
  // Arguments are valid when this is asked. Unset: touches no file.
  std::function<ToolPaths(const Json& arguments)> paths;
};

struct Tool {
  ToolSpec spec;
  std::function<ToolResult(const Json& arguments, const ToolContext& context)> run;
};

class Registry {
 public:
  // Refuses a second tool of one name, a bad name, a schema that does not compile.
  Status Add(Tool tool);

  // kNotFound names the nearest tool.
  Result<const Tool*> Find(std::string_view name) const;
  // In the order they were added.
  std::vector<const ToolSpec*> Specs() const;
  // kInvalid in words a model can act on. `tool` comes from Find.
  Status CheckArguments(const Tool& tool, const Json& arguments) const;

 private:
  struct Entry {
    Tool tool;
    JsonSchema schema;
  };
  std::vector<std::unique_ptr<Entry>> entries_;
};

// The argument `path` without a leading "./" and trailing "/"; "" when absent or ".". What else is
// not plain ("..", "//") stays and is denied by policy.
std::string PathArgument(const Json& arguments);
// The usual ToolSpec::paths.
ToolPaths ReadsPathArgument(const Json& arguments);
ToolPaths WritesPathArgument(const Json& arguments);

// A string or whole number among valid arguments, or what the schema says is meant without it.
std::string TextArgument(const Json& arguments, std::string_view name, std::string_view absent);
int64_t IntArgument(const Json& arguments, std::string_view name, int64_t absent);

}  // namespace fathom
