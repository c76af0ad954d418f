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
