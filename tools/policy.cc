// SPDX-License-Identifier: Apache-2.0
// Decide() and the rules that no file can loosen. Reading policy files is policy_file.cc.
#include "tools/policy.h"

#include <algorithm>
#include <array>

#include "base/ignore_rules.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

bool Changes(Effect effect) {
  return effect == Effect::kWriteWorkspace || effect == Effect::kRunSandboxed;
}

// One spelling for each place, and nothing that hides: no "..", ".", empty component, leading "/".
bool IsPlainPath(std::string_view path) {
  if (path.size() > kPathBytesMax || ForTerminal(path) != path) return false;
  size_t start = 0;
  while (start <= path.size()) {
    const size_t end = std::min(path.find('/', start), path.size());
    const std::string_view component = path.substr(start, end - start);
    if (component.empty() || component == "." || component == "..") return false;
    start = end + 1;
  }
  return true;
}

std::string Quoted(std::string_view path) {
  return "\"" + ForTerminal(path) + "\"";
}

// Where one of the built-in rules on paths is broken.
std::optional<Decision> DecidePaths(const DecideInput& input, const ToolPaths& paths) {
  const auto deny = [](std::string reason) {
    return Decision{Verdict::kDeny, "protected-path", std::move(reason)};
  };
  for (const auto* list : {&paths.reads, &paths.writes}) {
    for (const std::string& path : *list) {
      // The whole workspace: what a walk reads, and what a command may write.
      const bool is_whole =
          path.empty() && (list == &paths.reads || input.spec.effect == Effect::kRunSandboxed);
      if (!is_whole && !IsPlainPath(path)) {
        return deny("the path " + Quoted(path) +
                    " is not plain: write it relative to the workspace, without \".\", \"..\", "
                    "double \"/\" or invisible characters");
      }
    }
  }
  for (const std::string& path : paths.writes) {
    if (!Changes(input.spec.effect)) {
      return deny("the tool's effect is " + std::string(EffectName(input.spec.effect)) +
                  ", yet the call writes " + Quoted(path));
    }
    if (!path.empty() && IsProtectedPath(path, input.protected_paths)) {
      return deny(Quoted(path) + " holds settings, policy or history, which no tool may change");
    }
  }
  return std::nullopt;
}

Decision DecideTaint(const DecideInput& input) {
#ifdef FATHOM_MUTANT  // taint is ignored: tests/policy must find it
  return {Verdict::kAllow, "", ""};
#endif
  if (!input.taint.any()) return {Verdict::kAllow, "", ""};
  if (input.spec.effect == Effect::kOutward) {
    return {Verdict::kDeny, "tainted-outward",
            "this session has read text that nobody vouches for, so nothing may leave the machine"};
  }
  if (Changes(input.spec.effect)) {
    return {Verdict::kAsk, "tainted-change",
            "this session has read text that nobody vouches for, and no grant of the workflow "
            "covers this call"};
  }
  return {Verdict::kAllow, "", ""};
}

Decision DecideByRules(const Policy& policy, const CallPattern::Question& question) {
  Decision strictest{Verdict::kDeny, "unmatched", "no rule of the policy speaks about this call"};
  bool is_matched = false;
  for (const PolicyRule& rule : policy.rules) {
    const auto paths_match = rule.verdict == Verdict::kAllow ? CallPattern::PathsMatch::kAll
                                                             : CallPattern::PathsMatch::kAny;
    if (!rule.pattern.Matches(question, paths_match)) continue;
    if (!is_matched || rule.verdict > strictest.verdict) {
      strictest = {rule.verdict, rule.name, rule.reason};
    }
    is_matched = true;
  }
  return strictest;
}

Decision DecideWithPaths(const Policy& policy, const DecideInput& input, const ToolPaths& paths) {
  if (auto denied = DecidePaths(input, paths)) return *denied;
  const CallPattern::Question question{&input.spec, &input.arguments, &paths, input.taint.any()};
  Decision decision = DecideTaint(input);
  const Decision by_rules = DecideByRules(policy, question);
  if (decision.rule.empty() || by_rules.verdict > decision.verdict) decision = by_rules;
  if (decision.verdict == Verdict::kAsk && input.grants.Cover(question)) {
    return {Verdict::kAllow, "granted", "a grant of the user's workflow covers this call"};
  }
  return decision;
}

}  // namespace

std::string_view VerdictName(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"allow", "ask", "deny"};
  return kNames[static_cast<size_t>(verdict)];
}

Decision Decide(const Policy& policy, const DecideInput& input) {
  const ToolPaths paths = input.spec.paths ? input.spec.paths(input.arguments) : ToolPaths{};
  return DecideWithPaths(policy, input, paths);
}

Decision DecideRead(const Policy& policy, const DecideInput& input, std::string_view path) {
  return DecideWithPaths(policy, input, {.reads = {std::string(path)}});
}

void Taint::Add(std::string_view source) {
  const std::lock_guard lock(mutex_);
  any_.store(true);
  if (sources_.size() < kTaintSourcesMax &&
      std::find(sources_.begin(), sources_.end(), source) == sources_.end()) {
    sources_.emplace_back(source);
  }
}

std::vector<std::string> Taint::sources() const {
  const std::lock_guard lock(mutex_);
  return sources_;
}

Status Grants::Add(CallPattern pattern, const Taint& taint) {
  if (taint.any()) {
    return Error{Code::kPolicyDenied,
                 "a grant must be given before the session reads text that nobody vouches for"};
  }
  if (!pattern.names_tools()) return Invalid("a grant names its tools");
  patterns_.push_back(std::move(pattern));
  return OkStatus();
}

Status Grants::Add(const YamlMap& map, const Taint& taint) {
  if (auto known = map.OnlyKeys(CallPattern::kKeys); !known) return known;
  if (auto has = map.Require({"tools"}); !has) return has;
  auto pattern = CallPattern::Read(map);
  if (!pattern) return pattern.error();
  return Add(std::move(*pattern), taint);
}

bool Grants::Cover(const CallPattern::Question& question) const {
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const CallPattern& pattern) {
    return pattern.Matches(question, CallPattern::PathsMatch::kAll);
  });
}

}  // namespace fathom
