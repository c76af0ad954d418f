// SPDX-License-Identifier: Apache-2.0
#include "tools/sandbox/sandbox.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace fathom {
namespace {

class SandboxTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (auto usable = Sandbox::Probe().Usable(); !usable) GTEST_SKIP() << usable.error().Text();
    std::string name = std::filesystem::temp_directory_path() / "fathom-sandbox.XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = std::filesystem::canonical(name);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  SandboxResult Shell(const std::string& script, std::vector<std::string> writable = {},
                      SandboxLimits limits = {}) {
    auto result = RunSandboxed({.argv = {"/bin/sh", "-c", script},
                                .workspace = folder_,
                                .writable = std::move(writable),
                                .limits = limits});
    EXPECT_TRUE(result) << result.error().Text();
    return result ? *result : SandboxResult{};
  }
  void Write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(folder_ + "/" + path).parent_path());
    std::ofstream(folder_ + "/" + path) << text;
  }
  std::string Read(const std::string& path) {
    std::ifstream file(folder_ + "/" + path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_;
};

TEST_F(SandboxTest, EveryExitCodeComesBackAsItIs) {
  for (const int code : {0, 1, 2, 77, 124, 125, 126, 127, 128, 137, 143, 254, 255})
    EXPECT_EQ(Shell("exit " + std::to_string(code)).exit_code, code);
}

TEST_F(SandboxTest, EverySignalComesBackAsItIs) {
  for (const int number : {SIGTERM, SIGKILL, SIGSEGV, SIGABRT, SIGXCPU}) {
    const SandboxResult result = Shell("kill -" + std::to_string(number) + " $$");
    EXPECT_EQ(result.signal, number);
    EXPECT_EQ(result.exit_code, -1);
  }
}

TEST_F(SandboxTest, StreamsStayApartAndStdinArrives) {
  std::string text(300'000, 'x');
  auto result = RunSandboxed({.argv = {"/bin/sh", "-c", "wc -c; echo second >&2"},
                              .workspace = folder_,
                              .stdin_text = text});
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->out, "300000\n");
  EXPECT_EQ(result->err, "second\n");
  EXPECT_FALSE(result->truncated);
}

TEST_F(SandboxTest, ACommandThatReadsNothingEndsAllTheSame) {
  auto result = RunSandboxed(
      {.argv = {"true"}, .workspace = folder_, .stdin_text = std::string(3'000'000, 'x')});
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->exit_code, 0);
}

TEST_F(SandboxTest, ArgumentsAreNotWordsOfAShell) {
  auto result = RunSandboxed(
      {.argv = {"printf", "%s|", "$HOME", "a b", "`id`", "*", "--", "rw=/"}, .workspace = folder_});
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->out, "$HOME|a b|`id`|*|--|rw=/|");
}

TEST_F(SandboxTest, TheEnvironmentIsTheNamedFew) {
  setenv("FATHOM_CANARY", "leaked", 1);
  auto result =
      RunSandboxed({.argv = {"env"}, .workspace = folder_, .environment = {{"CC", "gcc"}}});
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->out.find("leaked"), std::string::npos);
  EXPECT_NE(result->out.find("CC=gcc\n"), std::string::npos);
  EXPECT_EQ(std::count(result->out.begin(), result->out.end(), '\n'), 6) << result->out;
}

TEST_F(SandboxTest, OutputIsKeptToItsLimitAndTheWriterGoesOn) {
  const SandboxResult result = Shell("head -c 20000000 /dev/zero; echo end >&2");
  EXPECT_EQ(result.out.size(), kSandboxOutputBytes);
  EXPECT_TRUE(result.truncated);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "end\n");
}

TEST_F(SandboxTest, TheClockStopsDaemonsToo) {
  const SandboxResult result =
      Shell("trap '' TERM; (setsid sleep 1000 &) ; sleep 1000", {}, {.wall_ms = 300});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.stopped, "time");
  EXPECT_LT(result.seconds, 5);
}

TEST_F(SandboxTest, CancelStopsWithinHalfASecond) {
  std::atomic<bool> cancelled{false};
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancelled = true;
  });
  auto result = RunSandboxed({.argv = {"sleep", "100"}, .workspace = folder_}, &cancelled);
  canceller.join();
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->stopped, "cancelled");
  EXPECT_LT(result->seconds, 0.7);
}

TEST_F(SandboxTest, TheWorkspaceIsReadOnlyUnlessGranted) {
  Write("src/a.c", "old");
  std::filesystem::create_directory(folder_ + "/build");
  EXPECT_NE(Shell("echo new > src/a.c").exit_code, 0);
  const SandboxResult result = Shell("cp src/a.c build/b && ! echo new > src/a.c", {"build"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Read("build/b"), "old");
  EXPECT_EQ(Read("src/a.c"), "old");
}

TEST_F(SandboxTest, GitAndSettingsStayAsTheyAreInAWritableWorkspace) {
  Write(".git/config", "old");
  Write("sub/.git/config", "old");
  Write(".fathom.yaml", "old");
  Write("policy.yaml", "old");
  auto result = RunSandboxed(
      {.argv = {"/bin/sh", "-c",
                "for f in .git/config sub/.git/config .fathom.yaml policy.yaml .fathom/x; do"
                " rm -rf $f; echo new > $f; mv $f gone; done;"
                " mv .git gone; rm -rf .git .fathom; mkdir .fathom/y; echo ok > free"},
       .workspace = folder_,
       .writable = {""},
       .protected_paths = {"policy.yaml"}});
  ASSERT_TRUE(result) << result.error().Text();
  for (const char* path : {".git/config", "sub/.git/config", ".fathom.yaml", "policy.yaml"})
    EXPECT_EQ(Read(path), "old") << path << result->err;
  EXPECT_EQ(Read("free"), "ok\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/.fathom"));
}

TEST_F(SandboxTest, ARepositoryCannotBeStartedWhereNoneWas) {
  const SandboxResult result = Shell(
      "mkdir -p .git/hooks; echo x > .git/config; mv .git g; echo x > .fathom.yaml; ls -A", {""});
  EXPECT_EQ(result.out, ".fathom\n.fathom.yaml\n.git\n") << result.err;
  EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "stand-ins are left";
}

TEST_F(SandboxTest, AProtectedNameThatIsASymlinkIsRefused) {
  std::filesystem::create_symlink("/tmp", folder_ + "/.git");
  auto result = RunSandboxed({.argv = {"true"}, .workspace = folder_, .writable = {""}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::kPolicyDenied);
}

TEST_F(SandboxTest, WhatIsHiddenIsEmpty) {
  Write("state/token", "secret");
  auto result = RunSandboxed({.argv = {"/bin/sh", "-c", "ls -A state; cat state/token"},
                              .workspace = folder_,
                              .hidden = {folder_ + "/state", "/elsewhere"}});
  ASSERT_TRUE(result) << result.error().Text();
  EXPECT_EQ(result->out, "");
}

TEST_F(SandboxTest, RequestsThatCannotBeAreRefused) {
  EXPECT_EQ(RunSandboxed({.argv = {}, .workspace = folder_}).error().code, Code::kInvalid);
  EXPECT_EQ(RunSandboxed({.argv = {"no-such-program"}, .workspace = folder_}).error().code,
            Code::kInvalid);
  for (const char* path : {"/", "/etc", "/usr/lib", "relative", "/tmp", "/no/such/folder"})
    EXPECT_FALSE(RunSandboxed({.argv = {"true"}, .workspace = path})) << path;
  for (const char* path : {"../x", "/tmp", "absent", "build/.."})
    EXPECT_FALSE(RunSandboxed({.argv = {"true"}, .workspace = folder_, .writable = {path}}))
        << path;
  setenv("HOME", (folder_ + "/home/me").c_str(), 1);
  EXPECT_EQ(RunSandboxed({.argv = {"true"}, .workspace = folder_}).error().code,
            Code::kPolicyDenied);
}

TEST_F(SandboxTest, ProcessesAndMemoryAreCountedTogether) {
  const SandboxResult forks =
      Shell("i=0; while [ $i -lt 200 ]; do sleep 100 & i=$((i+1)); done; wait");
  EXPECT_TRUE(forks.stopped == "processes" || forks.exit_code > 0) << forks.exit_code;
  // Each of the processes stays below its own limit.
  const SandboxResult memory = Shell(
      "for i in 1 2 3 4 5 6; do head -c 60000000 /dev/zero | tail -c 60000000 >/dev/null"
      " && sleep 1 & done; "
      "for i in 1 2 3 4; do python3 -c 'b=bytearray(90000000); import time; time.sleep(20)' &"
      " done; wait",
      {}, {.memory_bytes = 256_MiB});
  EXPECT_EQ(memory.stopped, "memory") << memory.exit_code << memory.err;
  EXPECT_LT(memory.seconds, 15);
}

}  // namespace
}  // namespace fathom
