// SPDX-License-Identifier: Apache-2.0
// Policy files and the patterns in them: reading, matching, and the examples that every rule
// carries.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/files.h"
#include "base/ignore_rules.h"
#include "tools/policy.h"

namespace fathom {
namespace {

constexpr int64_t kPatternMemoryBytesMax = 1 << 20;  // a compiled RE2 pattern
constexpr std::array<std::string_view, 3> kVerdictNames = {"allow", "ask", "deny"};

struct Example {
  ToolSpec spec;
  Json arguments = Json::EmptyObject();
  bool tainted = false;
};

Result<PolicyRule> ReadRule(const YamlMap& map, const Registry& registry);
Status CheckExamples(const YamlMap& map, std::string_view key, const PolicyRule& rule,
                     const Registry& registry);
Result<Example> ReadExample(const YamlMap& map, const Registry& registry);
bool MatchesAnyGlob(const std::vector<std::string>& globs, std::string_view text);

}  // namespace

struct CallPattern::Impl {
  std::map<std::string, std::unique_ptr<re2::RE2>> arguments;
};

CallPattern::CallPattern() : impl_(std::make_unique<Impl>()) {}
CallPattern::CallPattern(CallPattern&&) noexcept = default;
CallPattern& CallPattern::operator=(CallPattern&&) noexcept = default;
CallPattern::~CallPattern() = default;

Result<CallPattern> CallPattern::Read(const YamlMap& map) {
  CallPattern pattern;
  if (auto read = map.Read("tools", &pattern.tools_); !read) return read.error();
  if (auto read = map.Read("paths", &pattern.paths_); !read) return read.error();
  for (const auto& [key, list] :
       {std::pair{"tools", &pattern.tools_}, {"paths", &pattern.paths_}}) {
    if (map.Has(key) && list->empty()) return map.ErrorAt(key, "an empty list matches nothing");
  }
  std::vector<std::string> effects;
  if (auto read = map.Read("effects", &effects); !read) return read.error();
  if (map.Has("effects") && effects.empty()) {
    return map.ErrorAt("effects", "an empty list matches nothing");
  }
  for (const std::string& name : effects) {
    auto effect = EffectFromName(name);
    if (!effect) return map.ErrorAt("effects", effect.error().message);
    pattern.effects_.push_back(*effect);
  }
  if (map.Has("tainted")) {
    bool tainted = false;
    if (auto read = map.Read("tainted", &tainted); !read) return read.error();
    pattern.tainted_ = tainted;
  }
  if (map.Has("arguments")) {
    auto arguments = map.Map("arguments");
    if (!arguments) return arguments.error();
    for (const auto& [name, unused] : map.Find("arguments")->as_object()) {
      std::string text;
      if (auto read = arguments->Read(name, &text); !read) return read.error();
      re2::RE2::Options options;
      options.set_log_errors(false);
      options.set_max_mem(kPatternMemoryBytesMax);
      options.set_dot_nl(true);
      auto compiled = std::make_unique<re2::RE2>(text, options);
      if (!compiled->ok()) {
        return arguments->ErrorAt(name, "is no RE2 pattern: " + compiled->error());
      }
      pattern.impl_->arguments.emplace(name, std::move(compiled));
    }
  }
  return pattern;
}

CallPattern CallPattern::ForTool(std::string name) {
  CallPattern pattern;
  pattern.tools_.push_back(std::move(name));
  return pattern;
}

bool CallPattern::Matches(const Question& question, PathsMatch paths_match) const {
  const ToolSpec& spec = *question.spec;
  if (!tools_.empty() && !MatchesAnyGlob(tools_, spec.name)) return false;
  if (!effects_.empty() &&
      std::find(effects_.begin(), effects_.end(), spec.effect) == effects_.end()) {
    return false;
  }
  if (tainted_ && *tainted_ != question.tainted) return false;
  if (!paths_.empty()) {
    size_t count = 0, matching = 0;
    for (const auto* list : {&question.paths->reads, &question.paths->writes}) {
      for (const std::string& path : *list) {
        ++count;
        matching += MatchesAnyGlob(paths_, path) ? 1 : 0;
      }
    }
    if (matching == 0 || (paths_match == PathsMatch::kAll && matching < count)) return false;
  }
  for (const auto& [name, pattern] : impl_->arguments) {
    const Json* value = question.arguments->Find(name);
    if (value == nullptr) return false;
    const std::string text = value->is_string() ? value->as_string() : value->Dump(-1, true);
    if (!re2::RE2::FullMatch(text, *pattern)) return false;
  }
  return true;
}

Result<Policy> ParsePolicy(std::string_view text, const std::string& name,
                           const Registry& registry) {
  auto document = ParseYaml(text, name);
  if (!document) return document.error();
  auto map = YamlMap::At(*document);
  if (!map) return map.error();
  if (auto known = map->OnlyKeys({"version", "name", "rules"}); !known) return known.error();
  if (auto has = map->Require({"version", "name", "rules"}); !has) return has.error();
  int64_t version = 0;
  if (auto read = map->Read("version", &version, {1, 1}); !read) return read.error();
  Policy policy;
  if (auto read = map->Read("name", &policy.name); !read) return read.error();
  auto rules = map->Maps("rules");
  if (!rules) return rules.error();
  if (rules->size() > kPolicyRulesMax) {
    return map->ErrorAt("rules", "has " + std::to_string(rules->size()) + " rules, at most " +
                                     std::to_string(kPolicyRulesMax));
  }
  for (const YamlMap& rule_map : *rules) {
    auto rule = ReadRule(rule_map, registry);
    if (!rule) return rule.error();
    for (const PolicyRule& other : policy.rules) {
      if (other.name == rule->name) {
        return rule_map.ErrorAt("name", "a rule named \"" + rule->name + "\" is there already");
      }
    }
    policy.rules.push_back(std::move(*rule));
  }
  return policy;
}

Result<Policy> ReadPolicy(const std::string& path, const Registry& registry) {
  auto text = ReadFile(path, kYamlBytesMax);
  if (!text) return text.error();
  return ParsePolicy(*text, path, registry);
}

namespace {

Result<PolicyRule> ReadRule(const YamlMap& map, const Registry& registry) {
  std::vector<std::string_view> keys = {"name", "reason", "decision", "allows", "denies"};
  keys.insert(keys.end(), std::begin(CallPattern::kKeys), std::end(CallPattern::kKeys));
  if (auto known = map.OnlyKeys(keys); !known) return known.error();
  if (auto has = map.Require({"name", "reason", "decision", "allows", "denies"}); !has) {
    return has.error();
  }
  PolicyRule rule;
  if (auto read = map.Read("name", &rule.name); !read) return read.error();
  if (auto read = map.Read("reason", &rule.reason); !read) return read.error();
  std::string verdict;
  if (auto read = map.ReadOneOf("decision", kVerdictNames, &verdict); !read) return read.error();
  rule.verdict = verdict == "allow" ? Verdict::kAllow
                 : verdict == "ask" ? Verdict::kAsk
                                    : Verdict::kDeny;
  auto pattern = CallPattern::Read(map);
  if (!pattern) return pattern.error();
  rule.pattern = std::move(*pattern);
  for (const std::string_view key : {"allows", "denies"}) {
    if (auto good = CheckExamples(map, key, rule, registry); !good) return good.error();
  }
  return rule;
}

Status CheckExamples(const YamlMap& map, std::string_view key, const PolicyRule& rule,
                     const Registry& registry) {
  auto examples = map.Maps(key);
  if (!examples) return examples.error();
  if (examples->empty()) return map.ErrorAt(key, "needs at least one example");
  const bool is_allow_rule = rule.verdict == Verdict::kAllow;
  for (const YamlMap& example_map : *examples) {
    auto example = ReadExample(example_map, registry);
    if (!example) return example.error();
    const ToolPaths paths =
        example->spec.paths ? example->spec.paths(example->arguments) : ToolPaths{};
    const bool matches = rule.pattern.Matches(
        {&example->spec, &example->arguments, &paths, example->tainted},
        is_allow_rule ? CallPattern::PathsMatch::kAll : CallPattern::PathsMatch::kAny);
    // An allow rule lets through what it matches; any other rule lets through what it does not.
    const bool is_let_through = matches == is_allow_rule;
    if (is_let_through != (key == "allows")) {
      return Invalid("rule \"" + rule.name + "\" (" + std::string(VerdictName(rule.verdict)) +
                         ") " + (matches ? "matches" : "does not match") +
                         " this example, which stands under \"" + std::string(key) + "\"",
                     example_map.place());
    }
  }
  return OkStatus();
}

Result<Example> ReadExample(const YamlMap& map, const Registry& registry) {
  if (auto known = map.OnlyKeys({"tool", "effect", "arguments", "tainted"}); !known) {
    return known.error();
  }
  if (auto has = map.Require({"tool"}); !has) return has.error();
  std::string name, effect_name;
  if (auto read = map.Read("tool", &name); !read) return read.error();
  if (auto read = map.Read("effect", &effect_name); !read) return read.error();
  Example example;
  if (auto read = map.Read("tainted", &example.tainted); !read) return read.error();
  if (map.Has("arguments")) {
    if (auto arguments = map.Map("arguments"); !arguments) return arguments.error();
    example.arguments = *map.Find("arguments");
  }
  auto tool = registry.Find(name);
  if (!tool) {
    if (effect_name.empty()) {
      return map.ErrorAt(
          "tool", tool.error().message + " If it may be absent, state its \"effect\" beside it");
    }
    auto effect = EffectFromName(effect_name);
    if (!effect) return map.ErrorAt("effect", effect.error().message);
    example.spec = {.name = name, .effect = *effect, .paths = ReadsPathArgument};
    if (*effect == Effect::kWriteWorkspace) example.spec.paths = WritesPathArgument;
    return example;
  }
  example.spec = (*tool)->spec;
  if (!effect_name.empty() && effect_name != EffectName(example.spec.effect)) {
    return map.ErrorAt("effect", "the tool's effect is " +
                                     std::string(EffectName(example.spec.effect)) + ", found " +
                                     effect_name);
  }
  if (auto good = registry.CheckArguments(**tool, example.arguments); !good) {
    return Invalid("the example's arguments: " + good.error().Text(), map.place());
  }
  return example;
}

bool MatchesAnyGlob(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return GlobMatches(glob, text); });
}

}  // namespace
}  // namespace fathom
