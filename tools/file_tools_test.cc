// SPDX-License-Identifier: Apache-2.0
// list_files, search, read_file, write_file: through the seam, on real folders.
#include "tools/test_support.h"

namespace fathom {
namespace {

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ListFiles, ListsWhatGitWouldAndCountsTheRest) {
  TestWorkspace folder;
  for (int i = 0; i < 30; ++i) folder.Write("src/f" + std::to_string(i) + ".cc", "x");
  folder.Write("src/note.md", "xyz");
  folder.Write("build/out.o", "x");
  folder.Write(".gitignore", "build/\n");
  TestSession session(folder);
  const std::string all = session.Call("list_files", "{}").result.text;
  EXPECT_TRUE(Contains(all, "src/note.md\t3 bytes"));
  EXPECT_FALSE(Contains(all, "build/out.o"));
  const Outcome few = session.Call("list_files", R"({"pattern": "*.cc", "limit": 10})");
  EXPECT_TRUE(Contains(few.result.text, "[20 more;")) << few.result.text;
  EXPECT_FALSE(Contains(few.result.text, "note.md"));
  EXPECT_TRUE(few.result.is_cut);
  EXPECT_TRUE(
      Contains(session.Call("list_files", R"({"path": "nothing"})").result.text, "nothing"));
  EXPECT_TRUE(session.Call("list_files", R"({"path": "nothing"})").result.is_error);
  EXPECT_FALSE(Contains(session.Call("list_files", R"({"path": "sr"})").result.text, "src"));
}

TEST(Search, FindsLinesWithTheirPlacesAndSaysHowManyMore) {
  TestWorkspace folder;
  folder.Write("a.txt", "one\nneedle 1\nthree\nNEEDLE 2");
  folder.Write("b.cc", "needle 3\n");
  folder.Write("long.txt", std::string(5'000, 'x') + "needle" + std::string(5'000, 'y') + "\n");
  folder.Write("bin", std::string("needle\0", 7));
  TestSession session(folder);
  const std::string some = session.Call("search", R"({"pattern": "needle \\d"})").result.text;
  EXPECT_EQ(some, "a.txt:2:\tneedle 1\nb.cc:1:\tneedle 3\n");
  const std::string any =
      session.Call("search", R"({"pattern": "needle", "ignore_case": true, "limit": 2})")
          .result.text;
  EXPECT_TRUE(Contains(any, "a.txt:4:\tNEEDLE 2")) << any;
  EXPECT_TRUE(Contains(any, "[2 more of 4 matches in 3 files;")) << any;
  const std::string cut =
      session.Call("search", R"({"pattern": "needle", "files": "long.txt"})").result.text;
  EXPECT_TRUE(Contains(cut, "needle"));
  EXPECT_LT(cut.size(), 400u);
  const Outcome bad = session.Call("search", "{\"pattern\": \"(?=x)\"}");
  EXPECT_TRUE(bad.result.is_error);
  EXPECT_TRUE(Contains(bad.result.text, "RE2"));
}

TEST(ReadFile, GivesNumberedLinesAndSaysWhatIsLeft) {
  TestWorkspace folder;
  std::string text;
  for (int i = 1; i <= 1'000; ++i) text += "line " + std::to_string(i) + "\n";
  folder.Write("a.txt", text);
  folder.Write("empty", "");
  folder.Write("bin", std::string("\0\1", 2));
  TestSession session(folder);
  const std::string part =
      session.Call("read_file", R"({"path": "a.txt", "start_line": 998, "line_count": 2})")
          .result.text;
  EXPECT_EQ(part, "998\tline 998\n999\tline 999\n[lines 998 to 999 of 1000]\n");
  const std::string first = session.Call("read_file", R"({"path": "a.txt"})").result.text;
  EXPECT_TRUE(Contains(first, "[lines 1 to 400 of 1000]"));
  const Outcome past = session.Call("read_file", R"({"path": "a.txt", "start_line": 1001})");
  EXPECT_TRUE(past.result.is_error);
  EXPECT_TRUE(Contains(past.result.text, "1000 lines"));
  EXPECT_TRUE(Contains(session.Call("read_file", R"({"path": "empty"})").result.text, "empty"));
  EXPECT_TRUE(session.Call("read_file", R"({"path": "bin"})").result.is_error);
  EXPECT_TRUE(session.Call("read_file", R"({"path": "none"})").result.is_error);
}

// Pages follow each other without a gap, however long the lines are.
TEST(ReadFile, PagesJoinToTheWholeFile) {
  TestWorkspace folder;
  std::string text;
  for (int i = 1; i <= 3'000; ++i) text += std::string(static_cast<size_t>(i % 97), 'x') + "\n";
  folder.Write("a.txt", text);
  TestSession session(folder);
  std::string joined;
  for (int64_t next = 1; next <= 3'000;) {
    Json arguments = Json::EmptyObject();
    arguments.Set("path", "a.txt");
    arguments.Set("start_line", next);
    arguments.Set("line_count", 10'000);
    std::istringstream lines(session.Call("read_file", arguments).result.text);
    const int64_t before = next;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("[lines")) continue;
      ASSERT_EQ(line.substr(0, line.find('\t')), std::to_string(next));
      joined += line.substr(line.find('\t') + 1) + "\n";
      ++next;
    }
    ASSERT_GT(next, before);
  }
  EXPECT_EQ(joined, text);
}

TEST(WriteFile, WritesWholeFilesInsideOnly) {
  TestWorkspace folder, outside;
  outside.Write("target", "original");
  folder.Write("old.sh", "old");
  std::filesystem::permissions(folder.At("old.sh"), std::filesystem::perms(0755));
  std::filesystem::create_symlink(outside.At("target"), folder.At("link"));
  std::filesystem::create_directory_symlink(outside.path(), folder.At("linkdir"));
  TestSession session(folder);
  session.Approve();
  EXPECT_FALSE(
      session.Call("write_file", R"({"path": "a/b/new.txt", "content": "x\n"})").result.is_error);
  EXPECT_EQ(folder.Read("a/b/new.txt"), "x\n");
  EXPECT_FALSE(session.Call("write_file", R"({"path": "old.sh", "content": "y"})").result.is_error);
  EXPECT_EQ(std::filesystem::status(folder.At("old.sh")).permissions(),
            std::filesystem::perms(0755));
  for (const char* path : {"link", "linkdir/target", "linkdir/new", "a", "a/b/new.txt/x"}) {
    Json arguments = Json::EmptyObject();
    arguments.Set("path", path);
    arguments.Set("content", "owned");
    EXPECT_TRUE(session.Call("write_file", arguments).result.is_error) << path;
  }
  EXPECT_EQ(outside.Read("target"), "original");
  EXPECT_FALSE(outside.Has("new"));
  EXPECT_TRUE(std::filesystem::is_symlink(folder.At("link")));
}

}  // namespace
}  // namespace fathom
