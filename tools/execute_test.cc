// SPDX-License-Identifier: Apache-2.0
#include "tools/execute.h"

#include <thread>

#include "base/utf8.h"
#include "tools/test_support.h"

namespace fathom {
namespace {

// A session with one tool of our own, which counts its runs.
struct OneTool {
  explicit OneTool(Effect effect) : session(folder) {
    Tool tool{.spec = {.name = "probe", .description = "d", .effect = effect}};
    tool.spec.parameters = ParsedJson(R"({"type": "object"})");
    tool.spec.output_bytes_max = 100;
    tool.spec.seconds_max = 7;
    tool.run = [this](const Json& arguments, const ToolContext& context) {
      ++runs;
      seen = arguments;
      deadline = context.deadline;
      return ToolResult{.text = text, .untrusted = untrusted};
    };
    CHECK(session.registry.Add(std::move(tool)).ok());
  }
  TestWorkspace folder;
  TestSession session;
  std::string text = "done";
  bool untrusted = true;
  int runs = 0;
  Json seen;
  std::chrono::steady_clock::time_point deadline;
};

TEST(Execute, WhatMustBeAskedIsDeniedWhenNobodyIsThere) {
  OneTool one(Effect::kWriteWorkspace);
  const Outcome outcome = one.session.Call("probe", "{}");
  EXPECT_EQ(outcome.end, CallEnd::kDenied);
  EXPECT_EQ(one.runs, 0);
  EXPECT_NE(outcome.result.text.find("rule changes"), std::string::npos) << outcome.result.text;
}

TEST(Execute, TheApprovedArgumentsAreThoseThatRun) {
  OneTool one(Effect::kWriteWorkspace);
  one.session.Approve();
  const Json arguments = ParsedJson(R"({"argv": ["a b", "c\"d"], "text": "x\u001b[2J\\\ny"})");
  const Outcome outcome = one.session.Call("probe", arguments);
  EXPECT_EQ(outcome.end, CallEnd::kRan);
  EXPECT_TRUE(outcome.was_asked);
  EXPECT_EQ(one.seen, arguments);
  ASSERT_EQ(one.session.asked.size(), 1u);
  EXPECT_EQ(one.session.asked[0],
            "probe (write_workspace)\n"
            "  \"argv\" = [\"a b\", \"c\\\"d\"]\n"
            "  \"text\":\n"
            "    | x\\x1b[2J\\\\\n"
            "    | y\n");
}

TEST(Execute, ARefusalIsNoRun) {
  OneTool one(Effect::kWriteWorkspace);
  one.session.approver = [](const ApprovalRequest&) { return false; };
  EXPECT_EQ(one.session.Call("probe", "{}").end, CallEnd::kRefused);
  EXPECT_EQ(one.runs, 0);
}

// Another call read untrusted text while the person looked at this one.
TEST(Execute, TaintThatComesWhileAPersonThinksCounts) {
  OneTool one(Effect::kOutward);
  one.session.approver = [&](const ApprovalRequest&) {
    one.session.taint.Add("another call");
    return true;
  };
  const Outcome outcome = one.session.Call("probe", "{}");
  EXPECT_EQ(outcome.end, CallEnd::kDenied);
  EXPECT_EQ(outcome.decision.rule, "tainted-outward");
  EXPECT_EQ(one.runs, 0);
}

TEST(Execute, UntrustedTextTaintsAndCalculatingDoesNot) {
  OneTool one(Effect::kReadWorkspace);
  EXPECT_EQ(one.session.Call("calculate", R"({"expression": "2^10"})").result.text, "1024");
  EXPECT_FALSE(one.session.taint.any());
  one.untrusted = false;
  (void)one.session.Call("probe", "{}");
  EXPECT_FALSE(one.session.taint.any());
  one.untrusted = true;
  (void)one.session.Call("probe", "{}");
  EXPECT_EQ(one.session.taint.sources(), std::vector<std::string>{"tool probe"});
}

TEST(Execute, LongOutputIsCutAtACharacterAndSaysHowMuchIsMissing) {
  OneTool one(Effect::kReadWorkspace);
  for (size_t shift = 0; shift < 4; ++shift) {
    one.text = std::string(shift, 'a');
    for (int i = 0; i < 100; ++i) one.text += "\xf0\x9f\x90\x8b";
    const Outcome outcome = one.session.Call("probe", "{}");
    EXPECT_TRUE(outcome.result.is_cut);
    EXPECT_TRUE(IsUtf8(outcome.result.text));
    const size_t kept = outcome.result.text.find("\n[cut here: ");
    ASSERT_NE(kept, std::string::npos);
    EXPECT_LE(kept, 100u);
    EXPECT_NE(outcome.result.text.find(std::to_string(one.text.size() - kept) + " more bytes"),
              std::string::npos);
  }
}

TEST(Execute, TheToolsOwnTimeLimitAndCancelHold) {
  OneTool one(Effect::kReadWorkspace);
  (void)one.session.Call("probe", "{}");
  EXPECT_LT(one.deadline, std::chrono::steady_clock::now() + std::chrono::seconds(8));
  std::atomic<bool> cancelled{true};
  one.session.context.cancelled = &cancelled;
  const Outcome outcome = one.session.Call("probe", "{}");
  EXPECT_TRUE(outcome.result.is_error);
  EXPECT_EQ(one.runs, 1);
}

TEST(Execute, WrongCallsAreAnsweredAndDoNotRun) {
  OneTool one(Effect::kPure);
  const Outcome unknown = one.session.Call("calculat", "{}");
  EXPECT_EQ(unknown.end, CallEnd::kUnknownTool);
  EXPECT_NE(unknown.result.text.find("\"calculate\""), std::string::npos);
  const Outcome bad = one.session.Call("calculate", R"({"expression": 3})");
  EXPECT_EQ(bad.end, CallEnd::kBadArguments);
  EXPECT_NE(bad.result.text.find("/expression"), std::string::npos) << bad.result.text;
  EXPECT_TRUE(bad.result.is_error);
}

// Two different calls never look the same to the person asked.
TEST(ApprovalText, IsInjective) {
  const ToolSpec spec{.name = "probe"};
  const char* arguments[] = {R"({"a": "x"})",
                             R"({"a": "x\n"})",
                             R"({"a": "\\x1b"})",
                             R"({"a": "\u001b"})",
                             R"({"a": "\\\\x1b"})",
                             R"({"a": "x\n  \"b\":\n    | y"})",
                             R"({"a": "x", "b": "y"})",
                             R"({"a": ["x"]})",
                             R"({"a": "[\"x\"]"})",
                             R"({"a": "\u202ex"})",
                             R"({"a": "\\u{202e}x"})",
                             R"({"a": ["\u202ex"]})",
                             R"({"a": ["\\u{202e}x"]})",
                             R"({"a": 1})",
                             R"({"a": "1"})",
                             R"({"a\n": 1})",
                             R"({"a": "\u200b"})",
                             R"({"a": ""})",
                             R"({})"};
  std::vector<std::string> texts;
  for (const char* text : arguments) texts.push_back(ApprovalText(spec, ParsedJson(text)));
  for (size_t i = 0; i < texts.size(); ++i) {
    for (size_t j = i + 1; j < texts.size(); ++j) {
      EXPECT_NE(texts[i], texts[j]) << arguments[i] << " and " << arguments[j];
    }
    EXPECT_EQ(texts[i].find_first_of("\x1b\r\x7f"), std::string::npos);
  }
}

}  // namespace
}  // namespace fathom
