// SPDX-License-Identifier: Apache-2.0
// The walk is compared with git itself, on generated trees with generated patterns.
#include "base/walk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>

#include "base/ignore_rules.h"

namespace fathom {
namespace {

namespace fs = std::filesystem;

class WalkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fathom_walk_XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    base_ = name;
    root_ = base_ + "/tree";
    fs::create_directories(root_);
    fs::create_directories(base_ + "/home");
    ::setenv("HOME", (base_ + "/home").c_str(), 1);
    ::unsetenv("XDG_CONFIG_HOME");
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    for (const char* role : {"AUTHOR", "COMMITTER"}) {
      ::setenv(("GIT_" + std::string(role) + "_NAME").c_str(), "t", 1);
      ::setenv(("GIT_" + std::string(role) + "_EMAIL").c_str(), "t@example.com", 1);
    }
  }
  void TearDown() override { fs::remove_all(base_); }

  void Put(const std::string& path, const std::string& text = "x\n") {
    fs::create_directories(fs::path(root_ + "/" + path).parent_path());
    std::ofstream(root_ + "/" + path, std::ios::binary) << text;
  }
  std::string Git(const std::string& arguments) {
    const std::string command = "git -C '" + root_ + "' " + arguments + " 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string output;
    std::array<char, 4096> block;
    while (const size_t got = std::fread(block.data(), 1, block.size(), pipe.get())) {
      output.append(block.data(), got);
    }
    return output;
  }
  // What git lists below `folder`, less what is no regular file on disk.
  std::vector<std::string> GitFiles(const std::string& folder = ".") {
    std::string text = Git("-C '" + folder + "' ls-files -coz --exclude-standard");
    std::vector<std::string> files;
    for (size_t at = 0, end; (end = text.find('\0', at)) != std::string::npos; at = end + 1) {
      const std::string path = text.substr(at, end - at);
      if (fs::symlink_status(root_ + "/" + folder + "/" + path).type() == fs::file_type::regular) {
        files.push_back(path);
      }
    }
    std::sort(files.begin(), files.end());
    return files;
  }
  std::vector<std::string> Walked(const std::string& folder = ".") {
    const auto walked = Walk(root_ + "/" + folder);
    EXPECT_TRUE(walked) << walked.error().Text();
    std::vector<std::string> files;
    for (const WalkedFile& file : walked->files) files.push_back(file.path);
    return files;
  }
  std::string base_, root_;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}
  size_t Below(size_t count) { return random_() % count; }
  bool Chance(size_t percent) { return Below(100) < percent; }
  template <size_t N>
  std::string Pick(const char* const (&words)[N]) {
    return words[Below(N)];
  }
  std::string Folder() {
    static constexpr const char* kFolders[] = {"a", "b", "build", "src", "x.d", "a b", "tmp"};
    std::string path;
    for (size_t depth = Below(4); depth > 0; --depth) path += Pick(kFolders) + "/";
    return path;
  }
  std::string Name() {
    static constexpr const char* kNames[] = {
        "a",     "b.o", "c.log",  "d.txt", "#e",    "!f",       "g h",   "i[1].c",
        "build", "tmp", "star*c", "k\\l",  "a.b.c", "Makefile", "ü.txt", "-"};
    return Pick(kNames);
  }
  std::string Pattern() {
    static constexpr const char* kPieces[] = {
        "a",      "b.o",   "*.o",   "*.log",      "build",    "tmp",      "src", "*",
        "**",     "?",     "[a-c]", "[!a]*",      "*.t?t",    "x.d",      "a*",  "[[:alpha:]]",
        "\\#e",   "\\!f",  "g h",   "i\\[1\\].c", "i[[]1].c", "star\\*c", "*.*", "[]-]",
        "k\\\\l", "[^-a]", "b*.o",  "a.**.c",     "*b*",      "[b-",      "ü*",  "a\\ b"};
    std::string pattern;
    if (Chance(20)) pattern += "!";
    if (Chance(20)) pattern += "/";
    const size_t pieces = 1 + (Chance(35) ? 1 + Below(2) : 0);
    for (size_t i = 0; i < pieces; ++i) pattern += (i > 0 ? "/" : "") + Pick(kPieces);
    if (Chance(25)) pattern += "/";
    if (Chance(8)) pattern += "  ";
    if (Chance(5)) pattern += "\r";
    return pattern;
  }
  std::string IgnoreFile() {
    std::string text = Chance(5) ? "\xEF\xBB\xBF" : "";
    for (size_t lines = 1 + Below(5); lines > 0; --lines) {
      text += Chance(5) ? "# comment\n" : Pattern() + "\n";
    }
    if (Chance(20)) text.pop_back();
    return text;
  }

 private:
  std::mt19937 random_;
};

TEST_F(WalkTest, ListsWhatGitListsOnGeneratedTrees) {
  size_t kept = 0, left_out = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    fs::remove_all(root_);
    fs::create_directories(root_);
    Generator make(seed);
    size_t count = 0;
    for (int i = 0; i < 40; ++i) {
      const std::string path = make.Folder() + make.Name();
      std::error_code error;
      fs::create_directories(fs::path(root_ + "/" + path).parent_path(), error);
      if (!error && !fs::exists(root_ + "/" + path)) Put(path), ++count;
    }
    Git("init -q --template=");
    for (int i = 0; i < 3; ++i) {
      std::error_code error;
      const std::string folder = i == 0 ? "" : make.Folder();
      fs::create_directories(root_ + "/" + folder, error);
      if (!error) Put(folder + ".gitignore", make.IgnoreFile());
    }
    if (make.Chance(30)) Put(".git/info/exclude", make.IgnoreFile());
    fs::create_directories(base_ + "/home/.config/git");
    std::ofstream(base_ + "/home/.config/git/ignore") << (make.Chance(30) ? make.IgnoreFile() : "");
    if (make.Chance(40)) Git("add -f -- a build 'x.d' src");
    if (make.Chance(40)) fs::create_symlink("..", root_ + "/a_link");
    const auto expected = GitFiles();
    ASSERT_EQ(Walked(), expected) << "seed " << seed << "\n"
                                  << Git("status --ignored -s; cat .gitignore");
    kept += expected.size();
    left_out += count - std::min(count, expected.size());
  }
  EXPECT_GT(kept, 300u);
  EXPECT_GT(left_out, 300u);
}

TEST_F(WalkTest, ASubfolderObeysTheFoldersAboveIt) {
  Git("init -q --template=");
  Put(".gitignore", "*.o\n/sub/deep/*.txt\n");
  Put("sub/.gitignore", "!keep.o\n");
  for (const char* name : {"sub/a.c", "sub/b.o", "sub/keep.o", "sub/deep/x.txt", "sub/deep/y.c"})
    Put(name);
  EXPECT_EQ(Walked("sub"), GitFiles("sub"));
  EXPECT_EQ(Walked("sub/deep"), GitFiles("sub/deep"));
  EXPECT_EQ(Walked("sub/deep"), std::vector<std::string>{"y.c"});
}

TEST_F(WalkTest, OutsideARepositoryGitignoreHoldsToo) {
  Put(".gitignore", "*.o\n");
  Put("a.o");
  Put("a.c");
  Put("sub/.gitignore", "!b.o\n");
  Put("sub/b.o");
  EXPECT_EQ(Walked(), (std::vector<std::string>{".gitignore", "a.c", "sub/.gitignore", "sub/b.o"}));
}

TEST_F(WalkTest, OwnIgnoreFilesStandAboveGits) {
  Git("init -q --template=");
  Put(".gitignore", "*.gen\n");
  Put(".fathomignore", "!kept.gen\ntracked.c\n/old/\n");
  Put(".ignore", "noise.c\nkept.gen\n");
  for (const char* name : {"kept.gen", "other.gen", "tracked.c", "noise.c", "a.c", "old/x.c"})
    Put(name);
  Git("add -f tracked.c old");
  const auto files = Walked();
  EXPECT_EQ(files, (std::vector<std::string>{".fathomignore", ".gitignore", ".ignore", "a.c",
                                             "kept.gen"}));
}

TEST_F(WalkTest, WhatIsLeftOutIsListedWithItsReason) {
  Git("init -q --template=");
  Put(".gitignore", "# generated\nout/\n");
  Put("out/x.c");
  Put("nested/y.c");
  Git("init -q nested");
  Put("bad\nname.c");
  Put("bad\xff.c");
  fs::create_symlink("/etc", root_ + "/etc_link");
  ASSERT_EQ(::mkfifo((root_ + "/fifo").c_str(), 0600), 0);
  const auto walked = Walk(root_);
  ASSERT_TRUE(walked);
  ASSERT_EQ(walked->files.size(), 1u);
  std::string text;
  for (const SkippedEntry& entry : walked->skipped) {
    text +=
        entry.path + "|" + std::string(SkipReasonText(entry.reason)) + "|" + entry.detail + "\n";
  }
  EXPECT_EQ(text,
            "bad\nname.c|name is not printable UTF-8|\nbad\xff.c|name is not printable UTF-8|\n"
            "etc_link|symbolic link|\nfifo|not a regular file|\n"
            "nested/|another git repository|\nout/|ignored|.gitignore:2\n");
}

TEST_F(WalkTest, AnIgnoredFolderThatIsNamedIsWalked) {
  Git("init -q --template=");
  Put(".gitignore", "out/\n*.o\n");
  Put("out/x.c");
  Put("out/y.o");
  EXPECT_EQ(Walked("out"), (std::vector<std::string>{"x.c", "y.o"}));
}

TEST_F(WalkTest, HistoryCountsFirstParentCommits) {
  Git("init -q -b main");
  Put("sub/often.c");
  Put("sub/rare.c");
  Put("top.c");
  Git("add . && git -C '" + root_ + "' commit -qm 1");
  for (int i = 0; i < 3; ++i) {
    Put("sub/often.c", std::to_string(i));
    Git("commit -qam change");
  }
  Put("sub/new.c");
  const auto walked = Walk(root_ + "/sub");
  ASSERT_TRUE(walked);
  ASSERT_EQ(walked->files.size(), 3u);
  EXPECT_EQ(walked->commits_counted, 4u);
  EXPECT_EQ(walked->files[0].path, "new.c");
  EXPECT_FALSE(walked->files[0].tracked);
  EXPECT_EQ(walked->files[0].commit_count, 0);
  EXPECT_EQ(walked->files[1].commit_count, 4);
  EXPECT_EQ(walked->files[1].last_commit, 0);
  EXPECT_EQ(walked->files[2].commit_count, 1);
  EXPECT_EQ(walked->files[2].last_commit, 3);
  EXPECT_EQ(walked->head + "\n", Git("rev-parse HEAD"));
  WalkOptions bounded;
  bounded.history_commits_max = 2;
  EXPECT_EQ(Walk(root_ + "/sub", bounded)->files[2].last_commit, -1);
}

TEST_F(WalkTest, ChangedLinesAreThoseOfTheMergeBaseDiff) {
  Git("init -q -b main");
  std::string text;
  for (int i = 1; i <= 30; ++i) text += "line " + std::to_string(i) + "\n";
  Put("sub/a.c", text);
  Put("sub/moved.c", text);
  Put("sub/gone.c", text);
  Put("top.c", text);
  Git("add . && git -C '" + root_ + "' commit -qm 1 && git -C '" + root_ + "' checkout -qb work");
  std::string edited = text;
  edited.replace(edited.find("line 3\n"), 7, "three\n");
  edited.replace(edited.find("line 20\n"), 8, "");
  edited += "end\nend\n";
  Put("sub/a.c", edited);
  fs::rename(root_ + "/sub/moved.c", root_ + "/sub/renamed.c");
  fs::remove(root_ + "/sub/gone.c");
  Put("sub/renamed.c", text + "more\n");
  Git("add -A . && git -C '" + root_ + "' commit -qm 2 && git -C '" + root_ + "' checkout -q main");
  Put("top.c", "main moved on\n");
  Git("commit -qam 3 && git -C '" + root_ + "' checkout -q work");
  Put("sub/untracked.c");
  Put("sub/.gitignore", "*.o\n");
  Put("sub/z.o");
  const auto changed = ChangedSince(root_ + "/sub", "main");
  ASSERT_TRUE(changed) << changed.error().Text();
  std::string found;
  for (const ChangedFile& file : *changed) {
    found += file.path + (file.added ? "+" : "");
    for (const LineRange& range : file.ranges) {
      found += " " + std::to_string(range.start) + "-" + std::to_string(range.end);
    }
    found += "\n";
  }
  EXPECT_EQ(
      found,
      ".gitignore+ 1-4294967295\na.c 3-3 30-31\nrenamed.c 31-31\nuntracked.c+ 1-4294967295\n");
  EXPECT_EQ(ChangedSince(root_, "no-such").error().code, Code::kInvalid);
}

TEST(GlobMatches, TimeStaysBoundedOnHostilePatterns) {
  std::string glob, path(2'000, 'a');
  for (int i = 0; i < 100; ++i) glob += "*a";
  EXPECT_FALSE(GlobMatches(glob + "b", path));
  glob.clear();
  for (int i = 0; i < 300; ++i) glob += "**/";
  EXPECT_FALSE(GlobMatches(glob + "b", std::string("a/") + path));
}

}  // namespace
}  // namespace fathom
