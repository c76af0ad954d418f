// SPDX-License-Identifier: Apache-2.0
// run_command through the seam: what the sandbox promises is tested in tools/sandbox.
#include "tools/sandbox/sandbox.h"
#include "tools/test_support.h"

namespace fathom {
namespace {

class RunCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    if (auto usable = Sandbox::Probe().Usable(); !usable) GTEST_SKIP() << usable.error().Text();
  }
  TestWorkspace folder_;
};

TEST_F(RunCommand, TellsHowItEndedAndWhatItWrote) {
  folder_.Write("note.txt", "seven\n");
  TestSession session(folder_);
  session.Approve();
  const Outcome read = session.Call("run_command", R"({"argv": ["cat", "note.txt"]})");
  EXPECT_FALSE(read.result.is_error) << read.result.text;
  EXPECT_NE(read.result.text.find("[exit status 0]\n[stdout]\nseven\n"), std::string::npos)
      << read.result.text;
  const Outcome failed =
      session.Call("run_command", R"({"argv": ["sh", "-c", "echo no >&2; exit 3"]})");
  EXPECT_TRUE(failed.result.is_error);
  EXPECT_NE(failed.result.text.find("[exit status 3]\n[stderr]\nno\n"), std::string::npos)
      << failed.result.text;
}

TEST_F(RunCommand, AsksFirstAndWritesOnlyWhereItWasAllowed) {
  std::filesystem::create_directory(folder_.At("out"));
  TestSession session(folder_);
  const char* touch = R"({"argv": ["touch", "out/made", "made"], "writable": ["out"]})";
  EXPECT_TRUE(session.Call("run_command", touch).result.is_error);  // nobody approved
  EXPECT_FALSE(folder_.Has("out/made"));
  session.Approve();
  const Outcome outcome = session.Call("run_command", touch);
  EXPECT_TRUE(outcome.result.is_error);  // "made" is outside
  EXPECT_TRUE(folder_.Has("out/made")) << outcome.result.text;
  EXPECT_FALSE(folder_.Has("made"));
  ASSERT_EQ(session.asked.size(), 1u);
  EXPECT_NE(session.asked[0].find("touch"), std::string::npos) << session.asked[0];
}

TEST_F(RunCommand, StopsAtItsTime) {
  TestSession session(folder_);
  session.Approve();
  const Outcome outcome =
      session.Call("run_command", R"({"argv": ["sleep", "30"], "timeout_s": 1})");
  EXPECT_TRUE(outcome.result.is_error);
  EXPECT_NE(outcome.result.text.find("stopped after 1 s"), std::string::npos)
      << outcome.result.text;
}

}  // namespace
}  // namespace fathom
