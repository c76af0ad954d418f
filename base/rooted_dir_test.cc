// SPDX-License-Identifier: Apache-2.0
// RootedDir, AtomicFile and the places: nothing leaves the root, nothing half written appears.
#include "base/rooted_dir.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/atomic_file.h"
#include "base/files.h"

namespace fathom {
namespace {

namespace fs = std::filesystem;

class RootedDirTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fathom_rooted_XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    base_ = name;
    fs::create_directories(base_ / "root/sub");
    Put("root/in.txt", "inside");
    Put("secret.txt", "outside");
    Put("rootless.txt", "a sibling whose name starts with the root's name");
  }
  void TearDown() override { fs::remove_all(base_); }

  void Put(const std::string& path, const std::string& text) {
    std::ofstream(base_ / path) << text;
  }
  RootedDir Root(RootedDir::Symlinks symlinks = RootedDir::Symlinks::kInside) {
    return std::move(*RootedDir::Open((base_ / "root").string(), symlinks));
  }

  fs::path base_;
};

TEST_F(RootedDirTest, NoPathLeavesTheRoot) {
  fs::create_symlink("../secret.txt", base_ / "root/out_link");
  fs::create_symlink(base_, base_ / "root/out_dir");
  fs::create_symlink("/proc/self/root", base_ / "root/magic");
  const RootedDir root = Root();
  const std::string absolute = (base_ / "root/in.txt").string();
  for (const std::string& path : std::vector<std::string>{
           "../secret.txt", "../rootless.txt", "sub/../../secret.txt", absolute, "/etc/passwd",
           "out_link", "out_dir/secret.txt", "magic/etc/passwd", "/proc/self/cwd/x",
           std::string("in.txt\0x", 8)}) {
    const auto read = root.Read(path, 100);
    EXPECT_FALSE(read) << path;
    // A symlink at the end is not followed by a write either: the link itself is replaced.
    if (path == "out_link") continue;
    EXPECT_FALSE(root.Write(path, "x")) << path;
  }
  EXPECT_TRUE(root.Write("out_link", "x"));
  EXPECT_EQ(*root.Read("out_link", 100), "x");
  EXPECT_FALSE(root.Stat("../secret.txt"));
  EXPECT_FALSE(root.Stat(".."));
  EXPECT_FALSE(root.Remove("../secret.txt"));
  EXPECT_FALSE(root.MakeDirs("../made"));
  EXPECT_FALSE(root.List("out_dir"));
  EXPECT_FALSE(root.OpenDir("out_dir"));
  EXPECT_EQ(*ReadFile((base_ / "secret.txt").string(), 100), "outside");
  EXPECT_FALSE(fs::exists(base_ / "made"));
  EXPECT_EQ(*root.Read("sub/../in.txt", 100), "inside");  // ".." that stays inside is fine
}

TEST_F(RootedDirTest, SymlinksInsideAreFollowedUnlessRefused) {
  fs::create_symlink("in.txt", base_ / "root/link");
  EXPECT_EQ(*Root().Read("link", 100), "inside");
  const auto refused = Root(RootedDir::Symlinks::kRefuse).Read("link", 100);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kPolicyDenied);
  EXPECT_EQ(Root().Stat("link")->kind, FileKind::kSymlink);
}

// A directory and a symlink to the outside are exchanged while another thread reads: never an
// outside byte.
TEST_F(RootedDirTest, ARaceOfRenamesNeverReadsOutside) {
  fs::create_directories(base_ / "root/swap");
  Put("root/swap/secret.txt", "mine");
  fs::create_symlink("..", base_ / "root/evil");
  const RootedDir root = Root();
  std::atomic<bool> stop = false;
  std::thread swapper([&] {
    const std::string a = base_ / "root/swap", b = base_ / "root/evil";
    while (!stop) ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE);
  });
  int inside = 0;
  for (int i = 0; i < 5'000; ++i) {
    const auto read = root.Read("swap/secret.txt", 100);
    if (read) {
      ASSERT_EQ(*read, "mine");
    }
    inside += read.ok();
  }
  stop = true;
  swapper.join();
  EXPECT_GT(inside, 0);
}

TEST_F(RootedDirTest, OnlyRegularFilesWithinTheLimitAreRead) {
  ASSERT_EQ(::mkfifo((base_ / "root/fifo").c_str(), 0600), 0);
  const RootedDir root = Root();
  EXPECT_FALSE(root.Read("fifo", 100));  // and does not block
  EXPECT_FALSE(root.Read("sub", 100));
  EXPECT_EQ(*root.Read("in.txt", 6), "inside");
  EXPECT_EQ(root.Read("in.txt", 5).error().code, Code::kLimit);
  EXPECT_EQ(root.Read("none", 5).error().code, Code::kNotFound);
  EXPECT_EQ(ReadFile("/proc/self/status", 10).error().code,
            Code::kLimit);  // says size 0, holds more
}

TEST_F(RootedDirTest, ListIsSortedAndNamesKinds) {
  fs::create_symlink("in.txt", base_ / "root/link");
  const auto entries = Root().List("");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 3u);
  EXPECT_EQ((*entries)[0].name, "in.txt");
  EXPECT_EQ((*entries)[0].kind, FileKind::kFile);
  EXPECT_EQ((*entries)[1].kind, FileKind::kSymlink);
  EXPECT_EQ((*entries)[2].kind, FileKind::kDirectory);
  EXPECT_FALSE(Root().OpenDir("sub")->Read("../in.txt", 9));  // a root of its own
}

TEST_F(RootedDirTest, WriteReplacesWholeFilesAndLeavesNoTemporary) {
  const RootedDir root = Root();
  ASSERT_TRUE(root.MakeDirs("a/b"));
  ASSERT_TRUE(root.Write("a/b/file", "one"));
  ASSERT_TRUE(root.Write("a/b/file", "two", {.mode = 0644}));
  EXPECT_EQ(*root.Read("a/b/file", 100), "two");
  EXPECT_EQ(root.List("a/b")->size(), 1u);
  ASSERT_TRUE(root.Remove("a/b/file"));
  EXPECT_EQ(root.Remove("a/b/file").error().code, Code::kNotFound);
  {
    auto dropped = AtomicFile::Create((base_ / "root/dropped").string(), "test");
    ASSERT_TRUE(dropped->Write("half"));
    EXPECT_TRUE(dropped->HasRoomFor(1));
    const Status room = dropped->HasRoomFor(uint64_t{1} << 62);  // no disk has that
    ASSERT_FALSE(room);
    EXPECT_EQ(room.error().code, Code::kLimit);
    EXPECT_NE(room.error().message.find("fathom corpus purge"), std::string::npos);
  }
  EXPECT_EQ(Root().List("")->size(), 3u);  // a, in.txt, sub
}

// SIGKILL at each point of a replacement: the old or the new content is there, whole.
TEST_F(RootedDirTest, KillAtAnyPointLeavesOldOrNew) {
  const std::string path = base_ / "root/in.txt";
  const std::string large(100'000, 'n');
  for (const char* point :
       {"file.before_sync", "file.before_rename", "file.after_rename", "file.after_sync"}) {
    ASSERT_TRUE(AtomicWriteFile(path, "old"));
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("FATHOM_CRASH_AT", point, 1);
      ::execl("/proc/self/exe", "rooted_dir_test", "--write-and-die", path.c_str(), nullptr);
      ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << point;
    const std::string found = *ReadFile(path, 1'000'000);
    const bool renamed = std::string(point).find("after") != std::string::npos;
    EXPECT_EQ(found, renamed ? large : "old") << point;
  }
}

TEST_F(RootedDirTest, PrivatePlacesArePrivate) {
  ::setenv("FATHOM_HOME", (base_ / "home").c_str(), 1);
  const auto places = UserPlaces();
  ASSERT_TRUE(places);
  EXPECT_EQ(places->cache, (base_ / "home/cache").string());
  ASSERT_TRUE(EnsurePrivateDir(places->data));
  fs::permissions(places->data, fs::perms(0755));
  ASSERT_TRUE(EnsurePrivateDir(places->data));
  EXPECT_EQ(fs::status(places->data).permissions(), fs::perms(0700));
  EXPECT_FALSE(EnsurePrivateDir((base_ / "secret.txt").string()));
  ::unsetenv("FATHOM_HOME");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  ::setenv("XDG_DATA_HOME", "/data", 1);
  ::setenv("HOME", "/home/x", 1);
  EXPECT_EQ(UserPlaces()->cache, "/home/x/.cache/fathom");
  EXPECT_EQ(UserPlaces()->data, "/data/fathom");
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--write-and-die") {
    return fathom::AtomicWriteFile(argv[2], std::string(100'000, 'n')) ? 0 : 1;
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
