// SPDX-License-Identifier: Apache-2.0
#include "agent/suppress.h"

#include <gtest/gtest.h>

#include "agent/audit_test_data.h"

namespace fathom {
namespace {

const std::vector<std::string> kFamilies = {"xss", "weak-hash", "sql-injection"};

Finding At(const std::string& path, size_t line, const std::string& family = "xss") {
  return {
      .family = family, .place = {.path = path, .start = line, .end = line}, .fingerprint = "f1"};
}

Corpus One(const std::string& bytes) {
  Corpus corpus;
  corpus.files.push_back(MakeFile({"a.py", "python", bytes}));
  return corpus;
}

// Whatever the file looks like, the entry is read back as given, and every other byte stays.
TEST(WithSuppression, AddsOneEntryAndKeepsTheText) {
  const Suppression entry{.path_glob = "src/a \"b\".py",
                          .rules = {"xss"},
                          .reason = "checked: # it's \u201cfine\u201d",
                          .fingerprint = "00ff"};
  for (const std::string before :
       {"", "# ours\n", "fail_on: high",
        "suppress:\n  # old ones\n  - path: b.py\n    rule: xss\n    reason: because\n# end",
        "fail_on: low\nsuppress:\n- {path: b.py, rule: '*', reason: because}\nquiet: true\n"}) {
    const auto after = WithSuppression(before, entry, kFamilies);
    ASSERT_TRUE(after.ok()) << before << after.error().Text();
    Suppressions read;
    ASSERT_TRUE(ReadSuppressionFile(*after, ".fathom.yaml", kFamilies, read));
    Finding finding = At("src/a \"b\".py", 7);
    finding.fingerprint = "00ff";
    const Suppression* found = FindSuppression(read, finding);
    ASSERT_NE(found, nullptr) << *after;
    EXPECT_EQ(found->reason, entry.reason);
    std::string rest = *after;
    const size_t at = rest.find("- path: \"src/a");
    ASSERT_NE(at, std::string::npos);
    const size_t begin = rest.rfind('\n', at) + 1;
    const size_t line = rest.find('\n', rest.find("fingerprint:", at)) + 1;
    rest.erase(begin, line - begin);
    if (!before.starts_with("suppress") && before.find("suppress") == std::string::npos)
      rest.erase(rest.find("suppress:\n"), 10);
    EXPECT_EQ(rest, before + (before.empty() || before.back() == '\n' ? "" : "\n"));
  }
}

TEST(WithSuppression, RefusesWhatWouldNotHold) {
  const Suppression good{.path_glob = "a.py", .rules = {"xss"}, .reason = "because"};
  EXPECT_TRUE(WithSuppression("", good, kFamilies));
  Suppression bad = good;
  bad.reason = "no";
  EXPECT_FALSE(WithSuppression("", bad, kFamilies));
  bad = good;
  bad.rules = {"none"};
  EXPECT_FALSE(WithSuppression("", bad, kFamilies));
  EXPECT_FALSE(WithSuppression("suppress: []\n", good, kFamilies));
  EXPECT_FALSE(
      WithSuppression("suppress: [{path: b, rule: xss, reason: because}]\n", good, kFamilies));
  EXPECT_FALSE(WithSuppression("suppress: 3\n", good, kFamilies));
  EXPECT_FALSE(WithSuppression("suppress:\n", good, kFamilies));
  EXPECT_FALSE(WithSuppression("a: [\n", good, kFamilies));
}

TEST(Inline, HoldsForItsLineOrTheNext) {
  const auto s =
      ReadInlineSuppressions(One("x()  # fathom: ignore[xss] trusted template\n"
                                 "# fathom: ignore[weak-hash,xss] a cache key\ny()\nz()\n"),
                             kFamilies);
  EXPECT_TRUE(s.notes.empty());
  EXPECT_NE(FindSuppression(s, At("a.py", 1)), nullptr);
  EXPECT_EQ(FindSuppression(s, At("a.py", 2)), nullptr);
  ASSERT_NE(FindSuppression(s, At("a.py", 3)), nullptr);
  EXPECT_EQ(FindSuppression(s, At("a.py", 3))->reason, "a cache key");
  EXPECT_EQ(FindSuppression(s, At("a.py", 3))->place, "a.py:2");
  EXPECT_EQ(FindSuppression(s, At("a.py", 4)), nullptr);
  EXPECT_EQ(FindSuppression(s, At("a.py", 1, "sql-injection")), nullptr);
  EXPECT_EQ(FindSuppression(s, At("b.py", 1)), nullptr);
}

TEST(Inline, WholeFileAndCommentEnds) {
  const auto s = ReadInlineSuppressions(
      One("/* fathom: ignore-file[fathom/xss] generated pages */\na\nb\n"), kFamilies);
  ASSERT_NE(FindSuppression(s, At("a.py", 3)), nullptr);
  EXPECT_EQ(FindSuppression(s, At("a.py", 3))->reason, "generated pages");
}

TEST(Inline, WithoutReasonOrRuleItDoesNotHoldAndIsNoted) {
  for (const char* text : {"x() # fathom: ignore[xss]", "x() # fathom: ignore",
                           "x() # fathom: ignore[xzz] why not", "x() /* fathom: ignore[xss] */"}) {
    const auto s = ReadInlineSuppressions(One(std::string(text) + "\n"), kFamilies);
    EXPECT_EQ(FindSuppression(s, At("a.py", 1)), nullptr) << text;
    EXPECT_EQ(s.notes.size(), 1u) << text;
  }
}

TEST(Inline, TextThatIsNoCommentIsNone) {
  const auto s = ReadInlineSuppressions(One("say(\"fathom: ignore[xss] please\")\n"), kFamilies);
  EXPECT_EQ(FindSuppression(s, At("a.py", 1)), nullptr);
}

TEST(File, ReadsEntriesAndRefusesUnknownKeys) {
  Suppressions s;
  ASSERT_TRUE(ReadSuppressionFile(
      "suppress:\n  - path: \"legacy/**\"\n    rule: xss\n    reason: going away\n"
      "  - {path: \"*.py\", rule: \"*\", reason: one only, fingerprint: f2}\n"
      "  - {path: \"b/*.py\", rule: weak-hash}\n",
      ".fathom.yaml", kFamilies, s));
  EXPECT_EQ(s.list.size(), 2u);
  EXPECT_EQ(s.notes.size(), 1u);  // no reason
  EXPECT_NE(FindSuppression(s, At("legacy/deep/a.py", 9)), nullptr);
  EXPECT_EQ(FindSuppression(s, At("a.py", 9)), nullptr);  // another fingerprint
  Finding marked = At("a.py", 9);
  marked.fingerprint = "f2";
  EXPECT_NE(FindSuppression(s, marked), nullptr);
  const Status bad = ReadSuppressionFile("suppress:\n  - {path: x, rule: xss, why: y}\n",
                                         ".fathom.yaml", kFamilies, s);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().Text().find(".fathom.yaml:2"), std::string::npos) << bad.error().Text();
  EXPECT_TRUE(ReadSuppressionFile("", ".fathom.yaml", kFamilies, s));
}

TEST(Glob, StarStaysInAFolderAndTwoStarsDoNot) {
  EXPECT_TRUE(MatchesGlob("src/*.py", "src/a.py"));
  EXPECT_FALSE(MatchesGlob("src/*.py", "src/x/a.py"));
  EXPECT_TRUE(MatchesGlob("src/**", "src/x/a.py"));
  EXPECT_TRUE(MatchesGlob("**/a.py", "a.py"));
  EXPECT_TRUE(MatchesGlob("**/a.py", "x/y/a.py"));
  EXPECT_FALSE(MatchesGlob("**/a.py", "x/ba.py"));
  EXPECT_TRUE(MatchesGlob("a?c", "abc"));
  EXPECT_FALSE(MatchesGlob("a?c", "a/c"));
  EXPECT_TRUE(MatchesGlob("**/*.c", "x/y/z.c"));
  EXPECT_FALSE(MatchesGlob("*", "x/y"));
  // Backtracking must not explode.
  EXPECT_FALSE(MatchesGlob(std::string(200, '*') + "b", std::string(5'000, 'a')));
}

TEST(Baseline, ReadsOurJsonAndSarif) {
  const auto ours = ReadBaseline(
      R"({"findings": [{"fingerprint": "a", "state": "shown"}, {"fingerprint": "b", "state": "rejected"}]})");
  ASSERT_TRUE(ours);
  EXPECT_EQ(*ours, (std::set<std::string>{"a"}));
  const auto sarif = ReadBaseline(
      R"({"runs": [{"results": [{"partialFingerprints": {"x/v1": "c"}, "fingerprints": {"y": "d"}},
      {"kind": "pass", "partialFingerprints": {"x/v1": "e"}}]}]})");
  ASSERT_TRUE(sarif);
  EXPECT_EQ(*sarif, (std::set<std::string>{"c", "d"}));
  EXPECT_FALSE(ReadBaseline("{}"));
  EXPECT_FALSE(ReadBaseline("not json"));
}

TEST(Diff, TouchesOnlyChangedLines) {
  const std::vector<ChangedFile> changed = {
      {.path = "a", .ranges = {{3, 5}}}, {.path = "new", .added = true}, {.path = "cut"}};
  EXPECT_TRUE(Touches(changed, {.path = "a", .start = 5, .end = 7}));
  EXPECT_FALSE(Touches(changed, {.path = "a", .start = 6, .end = 7}));
  EXPECT_TRUE(Touches(changed, {.path = "new", .start = 1, .end = 1}));
  EXPECT_FALSE(Touches(changed, {.path = "cut", .start = 1, .end = 1}));
}

}  // namespace
}  // namespace fathom
