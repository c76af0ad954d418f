// SPDX-License-Identifier: Apache-2.0
// Policy: whether a call may run, must be asked about, or is denied. A pure function.
//
// Promises
//  * Decide() depends on its arguments alone. Of all rules that match, the strictest decides; a
//  call
//    that no rule matches is denied.
//  * No file can loosen these built-in rules:
//      protected-path      never a write to .git, .fathom*, settings or policy, or to a path that
//                          has "..", ".", empty components or characters that hide
//      tainted-outward     a session that has read untrusted text sends nothing out
//      tainted-change      such a session writes and runs commands only with a grant that the
//                          user gave before; otherwise a person is asked
//  * A grant turns `ask` into `allow`, never `deny`; it is refused once the session is tainted.
//  * Every rule of a policy file carries examples. They run when it is loaded, and one that fails
//    is an error at its line.
//
// A rule matches when all it names match: `tools` (names, "*" as wildcard), `effects`, `tainted`,
// `paths` (globs as git's; of an allow rule or a grant all paths of the call must match, of others
// one), `arguments` (RE2 on the whole text; what is no string is matched as JSON, `["git",
// "log"]`).
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "tools/registry.h"

namespace fathom {

// In order of strictness.
enum class Verdict { kAllow, kAsk, kDeny };
std::string_view VerdictName(Verdict verdict);  // "allow", "ask", "deny"

struct Decision {
  Verdict verdict = Verdict::kDeny;
  std::string rule;    // its name; "unmatched" when none
  std::string reason;  // for people and for the model
};

// Which untrusted texts a session has read. Only grows. Safe from any thread.
class Taint {
 public:
  void Add(std::string_view source);
  bool any() const { return any_.load(); }
  std::vector<std::string> sources() const;  // the first kTaintSourcesMax different ones

 private:
  std::atomic<bool> any_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> sources_;
};

// Part of the calls there can be; of a rule and of a grant.
class CallPattern {
 public:
  static constexpr std::string_view kKeys[] = {"tools", "effects", "tainted", "paths", "arguments"};

  // Reads the keys above; the caller has refused unknown ones.
  static Result<CallPattern> Read(const YamlMap& map);
  // One tool, any arguments.
  static CallPattern ForTool(std::string name);
  CallPattern();
  CallPattern(CallPattern&&) noexcept;
  CallPattern& operator=(CallPattern&&) noexcept;
  ~CallPattern();

  struct Question {
    const ToolSpec* spec;
    const Json* arguments;
    const ToolPaths* paths;
    bool tainted;
  };
  enum class PathsMatch { kAny, kAll };
  bool Matches(const Question& question, PathsMatch paths_match) const;
  bool names_tools() const { return !tools_.empty(); }

 private:
  struct Impl;  // compiled patterns of `arguments`
  std::vector<std::string> tools_;
  std::vector<Effect> effects_;
  std::optional<bool> tainted_;
  std::vector<std::string> paths_;
  std::unique_ptr<Impl> impl_;
};

// What the user's workflow permits beforehand.
class Grants {
 public:
  // A grant names its tools. kPolicyDenied when the session is tainted already.
  Status Add(CallPattern pattern, const Taint& taint);
  // Reads a grant of a workflow: the keys of CallPattern and no others.
  Status Add(const YamlMap& map, const Taint& taint);

  bool Cover(const CallPattern::Question& question) const;

 private:
  std::vector<CallPattern> patterns_;
};

struct PolicyRule {
  std::string name;
  std::string reason;
  Verdict verdict = Verdict::kDeny;
  CallPattern pattern;
};

struct Policy {
  std::string name;
  std::vector<PolicyRule> rules;
};

// The registry says what tools the examples name; an example of a tool that may be absent states
// its `effect`. `name` appears in messages.
Result<Policy> ParsePolicy(std::string_view text, const std::string& name,
                           const Registry& registry);
Result<Policy> ReadPolicy(const std::string& path, const Registry& registry);

struct DecideInput {
  const ToolSpec& spec;
  const Json& arguments;  // valid for the spec
  const Taint& taint;
  const Grants& grants;
  const std::vector<std::string>& protected_paths;  // of the workspace
};
Decision Decide(const Policy& policy, const DecideInput& input);
// The same for one file that a call comes across; `path` stands for the paths of the call.
Decision DecideRead(const Policy& policy, const DecideInput& input, std::string_view path);

}  // namespace fathom
