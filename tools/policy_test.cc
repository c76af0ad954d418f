// SPDX-License-Identifier: Apache-2.0
#include "tools/policy.h"

#include "tools/test_support.h"

namespace fathom {
namespace {

// Examples of a rule that matches every call, and of one that matches none of these.
constexpr std::string_view kBoth =
    "    allows: [{tool: read_file, arguments: {path: a}}]\n"
    "    denies: [{tool: w, effect: write_workspace, arguments: {path: a}}]\n";

Policy AllowAll(const Registry& registry) {
  auto policy = ParsePolicy(
      "version: 1\nname: all\nrules:\n"
      "  - name: all\n    reason: r\n    decision: allow\n    tools: ['*']\n"
      "    tainted: false\n"
      "    allows: [{tool: x, effect: outward}]\n"
      "    denies: [{tool: x, effect: outward, tainted: true}]\n"
      "  - name: all-tainted\n    reason: r\n    decision: allow\n    tools: ['*']\n"
      "    tainted: true\n"
      "    allows: [{tool: x, effect: outward, tainted: true}]\n"
      "    denies: [{tool: x, effect: outward}]\n",
      "all.yaml", registry);
  CHECK_MESSAGE(policy.ok(), policy ? "" : policy.error().Text());
  return std::move(*policy);
}

struct Asked {
  Effect effect = Effect::kPure;
  ToolPaths paths;
  bool tainted = false;
  bool granted = false;
  std::vector<std::string> protected_paths;
};

Decision DecideIn(const Policy& policy, const Asked& asked) {
  ToolSpec spec{.name = "x", .effect = asked.effect};
  spec.paths = [&](const Json&) { return asked.paths; };
  Taint taint;
  Grants grants;
  if (asked.granted) {
    EXPECT_TRUE(grants.Add(CallPattern::ForTool("x"), taint).ok());
  }
  if (asked.tainted) taint.Add("test");
  return Decide(policy, {spec, Json::EmptyObject(), taint, grants, asked.protected_paths});
}

// The whole table, written out: no file can loosen it, for here the file allows everything.
TEST(Decide, TaintGovernsWhatAFileThatAllowsAllCannot) {
  const Registry registry = BuiltinRegistry();
  const Policy policy = AllowAll(registry);
  struct Row {
    Effect effect;
    bool tainted, granted;
    Verdict expected;
  };
  const Row rows[] = {
      {Effect::kPure, true, false, Verdict::kAllow},
      {Effect::kReadWorkspace, true, false, Verdict::kAllow},
      {Effect::kWriteWorkspace, false, false, Verdict::kAllow},
      {Effect::kWriteWorkspace, true, false, Verdict::kAsk},
      {Effect::kWriteWorkspace, true, true, Verdict::kAllow},
      {Effect::kRunSandboxed, false, false, Verdict::kAllow},
      {Effect::kRunSandboxed, true, false, Verdict::kAsk},
      {Effect::kRunSandboxed, true, true, Verdict::kAllow},
      {Effect::kOutward, false, false, Verdict::kAllow},
      {Effect::kOutward, true, false, Verdict::kDeny},
      {Effect::kOutward, true, true, Verdict::kDeny},
  };
  for (const Row& row : rows) {
    const Decision decision =
        DecideIn(policy, {.effect = row.effect, .tainted = row.tainted, .granted = row.granted});
    EXPECT_EQ(decision.verdict, row.expected)
        << EffectName(row.effect) << " tainted " << row.tainted << " granted " << row.granted
        << " by " << decision.rule;
  }
}

TEST(Decide, SettingsPolicyAndGitAreNeverWritten) {
  const Registry registry = BuiltinRegistry();
  const Policy policy = AllowAll(registry);
  const std::vector<std::string> places = {"conf/policy.yaml", "etc"};
  for (const std::string path : {".git",
                                 ".git/config",
                                 "sub/.git/hooks/pre-commit",
                                 ".GIT/config",
                                 ".fathom.yaml",
                                 ".fathomignore",
                                 "a/.Fathom/x",
                                 "conf/policy.yaml",
                                 "CONF/policy.yaml",
                                 "etc/x",
                                 "etc",
                                 "../x",
                                 "a/../.git/config",
                                 "a//b",
                                 "./a",
                                 "/etc/passwd",
                                 "",
                                 "a/",
                                 ".gi\xe2\x80\x8bt/x",
                                 "a\nb",
                                 "a\x1b[2J"}) {
    for (const bool granted : {false, true}) {
      const Decision decision = DecideIn(policy, {.effect = Effect::kWriteWorkspace,
                                                  .paths = {.writes = {"ok.txt", path}},
                                                  .granted = granted,
                                                  .protected_paths = places});
      EXPECT_EQ(decision.verdict, Verdict::kDeny) << path;
      EXPECT_EQ(decision.rule, "protected-path") << path;
    }
  }
  for (const std::string path : {"a", "a/b.txt", ".gitignore", "gita/x", "conf/other.yaml",
                                 "etcetera", "a.fathom", "..a/b"}) {
    EXPECT_EQ(DecideIn(policy, {.effect = Effect::kWriteWorkspace,
                                .paths = {.writes = {path}},
                                .protected_paths = places})
                  .verdict,
              Verdict::kAllow)
        << path;
  }
  EXPECT_EQ(DecideIn(policy, {.effect = Effect::kWriteWorkspace,
                              .paths = {.writes = {"a"}},
                              .protected_paths = {""}})
                .verdict,
            Verdict::kDeny);
}

TEST(Decide, AToolThatSaysItOnlyReadsCannotWrite) {
  const Registry registry = BuiltinRegistry();
  for (const Effect effect : {Effect::kPure, Effect::kReadWorkspace, Effect::kOutward}) {
    EXPECT_EQ(DecideIn(AllowAll(registry), {.effect = effect, .paths = {.writes = {"a"}}}).verdict,
              Verdict::kDeny);
  }
}

TEST(Decide, TheStrictestRuleWinsInAnyOrder) {
  const Registry registry = BuiltinRegistry();
  const std::string allow_rule =
      "  - {name: allow, reason: r, decision: allow, effects: [read_workspace], allows: [{tool: "
      "read_file, arguments: {path: a}}], denies: [{tool: calculate, arguments: {expression: "
      "'1'}}]}\n";
  const auto strict_rule = [](const std::string& name) {
    return "  - {name: " + name + ", reason: r, decision: " + name +
           ", effects: [read_workspace], denies: [{tool: read_file, arguments: {path: a}}], "
           "allows: [{tool: calculate, arguments: {expression: '1'}}]}\n";
  };
  std::vector<std::string> rules = {allow_rule, strict_rule("ask"), strict_rule("deny")};
  std::sort(rules.begin(), rules.end());
  do {
    auto policy = ParsePolicy("version: 1\nname: n\nrules:\n" + rules[0] + rules[1] + rules[2],
                              "p.yaml", registry);
    ASSERT_TRUE(policy.ok()) << policy.error().Text();
    EXPECT_EQ(DecideIn(*policy, {.effect = Effect::kReadWorkspace}).rule, "deny");
    policy = ParsePolicy("version: 1\nname: n\nrules:\n" + rules[0] + rules[1], "p.yaml", registry);
    const bool has_deny = rules[2] != strict_rule("deny");
    EXPECT_EQ(DecideIn(*policy, {.effect = Effect::kReadWorkspace}).verdict == Verdict::kDeny,
              has_deny);
  } while (std::next_permutation(rules.begin(), rules.end()));
}

TEST(Decide, WhatNoRuleMatchesIsDenied) {
  const Policy policy{.name = "empty"};
  const Decision decision = DecideIn(policy, {.effect = Effect::kPure});
  EXPECT_EQ(decision.verdict, Verdict::kDeny);
  EXPECT_EQ(decision.rule, "unmatched");
}

TEST(Decide, AGrantCoversOnlyWhatItNames) {
  const Registry registry = BuiltinRegistry();
  const auto document = ParseYaml(
      "tools: [edit]\npaths: ['docs/**']\narguments: {mode: 'append|insert'}\n", "grant.yaml");
  Taint taint;
  Grants grants;
  ASSERT_TRUE(grants.Add(*YamlMap::At(*document), taint).ok());
  taint.Add("a document");
  const auto decide = [&](const std::string& tool, const std::vector<std::string>& writes,
                          std::string_view arguments) {
    ToolSpec spec{.name = tool, .effect = Effect::kWriteWorkspace};
    spec.paths = [&](const Json&) { return ToolPaths{.writes = writes}; };
    return Decide(AllowAll(registry), {spec, ParsedJson(arguments), taint, grants, {}}).verdict;
  };
  EXPECT_EQ(decide("edit", {"docs/a.md"}, R"({"mode": "append"})"), Verdict::kAllow);
  EXPECT_EQ(decide("edit2", {"docs/a.md"}, R"({"mode": "append"})"), Verdict::kAsk);
  EXPECT_EQ(decide("edit", {"docs/a.md", "src/a.cc"}, R"({"mode": "append"})"), Verdict::kAsk);
  EXPECT_EQ(decide("edit", {}, R"({"mode": "append"})"), Verdict::kAsk);
  EXPECT_EQ(decide("edit", {"docs/a.md"}, R"({"mode": "appendix"})"), Verdict::kAsk);
  EXPECT_EQ(decide("edit", {"docs/a.md"}, R"({"mode": "replace\nappend"})"), Verdict::kAsk);
  EXPECT_EQ(decide("edit", {"docs/a.md"}, "{}"), Verdict::kAsk);
}

TEST(Grants, ComeBeforeTheFirstUntrustedByteOrNotAtAll) {
  Taint taint;
  Grants grants;
  EXPECT_TRUE(grants.Add(CallPattern::ForTool("write_file"), taint).ok());
  taint.Add("corpus");
  const Status late = grants.Add(CallPattern::ForTool("run_command"), taint);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, Code::kPolicyDenied);
}

TEST(PolicyFile, TheShippedPoliciesLoadAndTheirExamplesHold) {
  const Registry registry = BuiltinRegistry();
  for (const char* name : {"default", "strict", "trusted"}) {
    EXPECT_EQ(ShippedPolicy(name, registry).name, name);
  }
}

TEST(PolicyFile, EveryMistakeIsAnErrorAtItsPlace) {
  const Registry registry = BuiltinRegistry();
  struct Case {
    std::string rule, place, says;
  };
  const std::string head = "version: 1\nname: n\nrules:\n  - name: r\n    reason: r\n";
  const std::string both(kBoth);
  const Case cases[] = {
      {"    decision: allow\n    effects: [pure]\n" + both, "p.yaml:8:14", "does not match"},
      {"    decision: deny\n    effects: [read_workspace]\n" + both, "p.yaml:8:14", "matches"},
      {"    decision: alow\n" + both, "p.yaml:6:15", "did you mean \"allow\""},
      {"    decision: allow\n    efects: [pure]\n" + both, "p.yaml:7:5", "effects"},
      {"    decision: allow\n    effects: [reads]\n" + both, "p.yaml:7:14", "no effect"},
      {"    decision: allow\n    effects: []\n" + both, "p.yaml:7:14", "empty"},
      {"    decision: allow\n    arguments: {path: '('}\n" + both, "p.yaml:7:23", "RE2"},
      {"    decision: allow\n    effects: [read_workspace]\n    allows: [{tool: reed_file}]\n"
       "    denies: []\n",
       "p.yaml:8:21", "read_file"},
      {"    decision: allow\n    effects: [read_workspace]\n    allows: [{tool: read_file, "
       "arguments: {paht: a}}]\n    denies: []\n",
       "p.yaml:8:14", "path"},
      {"    decision: allow\n    effects: [read_workspace]\n    allows: []\n    denies: []\n",
       "p.yaml:8:13", "at least one"},
      {"    decision: allow\n", "p.yaml:4:5", "allows"},
  };
  for (const Case& test : cases) {
    const auto policy = ParsePolicy(head + test.rule, "p.yaml", registry);
    ASSERT_FALSE(policy.ok()) << test.rule;
    EXPECT_TRUE(policy.error().place.starts_with(test.place))
        << policy.error().Text() << "\nexpected at " << test.place << "\n"
        << test.rule;
    EXPECT_NE(policy.error().Text().find(test.says), std::string::npos) << policy.error().Text();
  }
}

TEST(PolicyFile, HiddenFilesAreHiddenFromEveryToolThatWalks) {
  TestWorkspace folder;
  folder.Write("src/a.txt", "needle\n");
  folder.Write("secret.pem", "needle\n");
  folder.Write("deploy/.env", "needle\n");
  TestSession session(folder, "strict");
  const Outcome listed = session.Call("list_files", "{}");
  EXPECT_NE(listed.result.text.find("src/a.txt"), std::string::npos);
  EXPECT_EQ(listed.result.text.find("secret.pem"), std::string::npos) << listed.result.text;
  EXPECT_EQ(listed.result.text.find(".env"), std::string::npos);
  EXPECT_NE(listed.result.text.find("2 files are hidden"), std::string::npos);
  EXPECT_EQ(session.Call("read_file", R"({"path": "secret.pem"})").end, CallEnd::kDenied);
  EXPECT_EQ(session.Call("read_file", R"({"path": "./secret.pem"})").end, CallEnd::kDenied);
  EXPECT_EQ(session.Call("read_file", R"({"path": "src/../secret.pem"})").end, CallEnd::kDenied);
  std::filesystem::create_symlink("secret.pem", folder.At("link.txt"));
  const Outcome link = session.Call("read_file", R"({"path": "link.txt"})");
  EXPECT_TRUE(link.result.is_error);
  EXPECT_EQ(link.result.text.find("needle"), std::string::npos);
}

}  // namespace
}  // namespace fathom
