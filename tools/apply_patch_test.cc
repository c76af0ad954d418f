// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <random>

#include "tools/patch.h"
#include "tools/test_support.h"

namespace fathom {
namespace {

std::string PatchJson(const std::string& patch) {
  Json arguments = Json::EmptyObject();
  arguments.Set("patch", patch);
  return arguments.Dump();
}

std::string AnyFile(std::mt19937* random) {
  std::string text;
  const size_t count = (*random)() % 60;
  for (size_t i = 0; i < count; ++i)
    text += std::string((*random)() % 3, ' ') + "line " + std::to_string((*random)() % 12) + "\n";
  if (!text.empty() && (*random)() % 4 == 0) text.pop_back();
  return text;
}

std::string Edited(const std::string& text, std::mt19937* random) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t what = (*random)() % 12;
    if (what == 0) continue;
    if (what == 1) out += "-- added\n";
    out += (what == 2 ? "++ changed" : line) + "\n";
  }
  if (!out.empty() && (*random)() % 4 == 0) out.pop_back();
  return out;
}

// The oracle is diff(1): what it says about two files turns the one into the other.
TEST(Patch, WhatDiffWritesIsAppliedExactly) {
  TestWorkspace folder;
  std::mt19937 random(1);
  size_t applied = 0;
  for (int i = 0; i < 400; ++i) {
    const std::string before = AnyFile(&random), after = Edited(before, &random);
    if (before == after || before.empty() || after.empty()) continue;
    folder.Write("a", before);
    folder.Write("b", after);
    const std::string context = std::to_string(random() % 4);
    const std::string command = "cd " + folder.path() + " && diff -U" + context +
                                " --label a/x --label b/x a b > p; test $? = 1";
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto patches = ParsePatch(folder.Read("p"));
    ASSERT_TRUE(patches.ok()) << patches.error().Text() << "\n" << folder.Read("p");
    ASSERT_EQ(patches->size(), 1u);
    const auto result = ApplyFilePatch(patches->at(0), before);
    ASSERT_TRUE(result.ok()) << result.error().Text() << "\n" << folder.Read("p");
    EXPECT_EQ(*result, after) << folder.Read("p");
    ++applied;
  }
  EXPECT_GT(applied, 300u);
}

TEST(Patch, AHunkThatMovedIsFoundWhereItStandsOnce) {
  const auto patches = ParsePatch("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n");
  ASSERT_TRUE(patches.ok());
  EXPECT_EQ(*ApplyFilePatch(patches->at(0), "zero\nhalf\none\ntwo\n"), "zero\nhalf\none\nTWO\n");
  const auto twice = ApplyFilePatch(patches->at(0), "zero\none\ntwo\none\ntwo\n");
  ASSERT_FALSE(twice.ok());
  EXPECT_NE(twice.error().message.find("several others: 2 4"), std::string::npos)
      << twice.error().Text();
}

TEST(Patch, AFailedHunkSaysWhichAndWhatStandsThere) {
  const auto patches = ParsePatch(
      "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-one\n+ONE\n@@ -3,2 +3,2 @@\n three\n-four\n+FOUR\n");
  ASSERT_TRUE(patches.ok());
  const auto result = ApplyFilePatch(patches->at(0), "one\ntwo\nthree\nfive\n");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().place, "hunk 2 of 2 of x");
  EXPECT_NE(result.error().message.find("At line 4 expected \"four\", found \"five\""),
            std::string::npos)
      << result.error().message;
  const auto no_newline = ApplyFilePatch(patches->at(0), "one\ntwo\nthree\nfour");
  EXPECT_NE(no_newline.error().message.find("newline at the end"), std::string::npos);
}

TEST(Patch, WrongPatchesAreRefusedAtTheirLine) {
  struct Case {
    const char *patch, *place, *says;
  };
  const Case cases[] = {
      {"hello", "", "unified diff"},
      {"--- a/x\n", "line 2", "+++"},
      {"--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n", "line 3", "rename"},
      {"--- a/x\n+++ b/x\n", "line 3", "no hunk"},
      {"--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n+b\n", "line 6", "counts 2 old"},
      {"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+c\n", "line 6", "goes on"},
      {"--- a/x\n+++ b/x\n@@ -1 +1\n-a\n+b\n", "line 3", "@@ -START"},
      {"--- a/x\n+++ b/x\n@@ -99999999999 +1 @@\n-a\n+b\n", "line 3", "@@ -START"},
      {"--- \"a/x\"\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "line 1", "plain file name"},
      {"rename from a\n", "line 1", "not supported"},
      {"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-b\n+c\n", "line 11",
       "twice"},
      {"@@ -1 +1 @@\n-a\n+b\n", "line 1", "before any"},
      {"--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n", "line 3", "both"},
  };
  for (const Case& test : cases) {
    const auto patches = ParsePatch(test.patch);
    ASSERT_FALSE(patches.ok()) << test.patch;
    EXPECT_TRUE(patches.error().place.starts_with(test.place)) << patches.error().Text();
    EXPECT_NE(patches.error().message.find(test.says), std::string::npos) << patches.error().Text();
  }
}

TEST(ApplyPatch, SeveralFilesChangeTogetherOrNotAtAll) {
  TestWorkspace folder;
  folder.Write("a", "1\n");
  folder.Write("b", "2\n");
  folder.Write("gone", "3\n");
  TestSession session(folder);
  session.Approve();
  const std::string good =
      "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+one\n--- /dev/null\n+++ b/new/c\n@@ -0,0 +1 @@\n+c\n"
      "--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-3\n";
  const std::string bad = good + "--- a/b\n+++ b/b\n@@ -1 +1 @@\n-two\n+x\n";
  const Outcome failed = session.Call("apply_patch", PatchJson(bad).c_str());
  EXPECT_TRUE(failed.result.is_error);
  EXPECT_NE(failed.result.text.find("Nothing was changed"), std::string::npos);
  EXPECT_EQ(folder.Read("a"), "1\n");
  EXPECT_FALSE(folder.Has("new/c"));
  const Outcome done = session.Call("apply_patch", PatchJson(good).c_str());
  EXPECT_FALSE(done.result.is_error) << done.result.text;
  EXPECT_EQ(folder.Read("a"), "one\n");
  EXPECT_EQ(folder.Read("new/c"), "c\n");
  EXPECT_FALSE(folder.Has("gone"));
}

// The second file cannot be written (its folder's name is a file): the first is put back.
TEST(ApplyPatch, AFailedWritePutsTheOthersBack) {
  TestWorkspace folder;
  folder.Write("a", "1\n");
  folder.Write("file", "x\n");
  TestSession session(folder);
  session.Approve();
  const Outcome failed =
      session.Call("apply_patch", PatchJson("--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+one\n"
                                            "--- /dev/null\n+++ b/file/c\n@@ -0,0 +1 @@\n+c\n")
                                      .c_str());
  EXPECT_TRUE(failed.result.is_error);
  EXPECT_EQ(folder.Read("a"), "1\n");
}

TEST(ApplyPatch, WhatIsNoPatchDoesNotRun) {
  TestWorkspace folder;
  TestSession session(folder, "trusted");
  const Outcome outcome = session.Call("apply_patch", R"({"patch": "@@ -1 +1 @@"})");
  EXPECT_EQ(outcome.end, CallEnd::kBadArguments);
  EXPECT_NE(outcome.result.text.find("line 1 of the patch"), std::string::npos);
}

TEST(ApplyPatch, OneProtectedFileDeniesTheWholePatch) {
  TestWorkspace folder;
  folder.Write("a", "1\n");
  TestSession session(folder);
  session.Approve();
  const Outcome outcome = session.Call(
      "apply_patch", PatchJson("--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+one\n"
                               "--- /dev/null\n+++ b/.git/hooks/x\n@@ -0,0 +1 @@\n+c\n")
                         .c_str());
  EXPECT_EQ(outcome.end, CallEnd::kDenied);
  EXPECT_EQ(outcome.decision.rule, "protected-path");
  EXPECT_EQ(folder.Read("a"), "1\n");
}

}  // namespace
}  // namespace fathom
