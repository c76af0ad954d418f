// SPDX-License-Identifier: Apache-2.0
// The loop with a scripted model and the real registry, policy and seam.
#include "agent/agent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "agent/tool_calls.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

// Says what it was told to say, and remembers what it was asked.
class ScriptedModel final : public ChatModel {
 public:
  ScriptedModel() { profile_.name = "scripted"; }
  const Profile& profile() const override { return profile_; }
  ModelCan can() const override { return {}; }
  Result<ContextUse> MeasureContext(const ChatRequest&) const override { return ContextUse{}; }
  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                         const CallControl&) override {
    requests.push_back(request);
    ChatReply reply = always ? *always : ChatReply{};
    if (!always) {
      EXPECT_FALSE(script.empty()) << "asked more often than the script says";
      if (script.empty()) return Invalid("the script is over");
      reply = script.front();
      script.pop_front();
    }
    if (sink && !reply.message.content.empty())
      sink({.kind = ParseDelta::Kind::kContent, .text = reply.message.content});
    for (size_t i = 0; sink && i < reply.message.tool_calls.size(); ++i) {
      const ToolCall& call = reply.message.tool_calls[i];
      sink({.kind = ParseDelta::Kind::kCallBegin, .text = call.name, .index = i, .id = call.id});
      sink({.kind = ParseDelta::Kind::kArguments, .text = call.arguments, .index = i});
    }
    return reply;
  }

  Profile profile_;
  std::deque<ChatReply> script;
  std::optional<ChatReply> always;
  std::vector<ChatRequest> requests;
};

ChatReply Says(const std::string& text) {
  ChatReply reply;
  reply.message = {.role = Role::kAssistant, .content = text};
  reply.usage = {.prompt = 10, .cached = 4, .prefilled = 6, .thinking = 1, .output = 5};
  return reply;
}

ChatReply Calls(const std::vector<std::pair<std::string, std::string>>& calls) {
  ChatReply reply = Says("");
  reply.finish = ChatFinish::kToolCalls;
  for (size_t i = 0; i < calls.size(); ++i) {
    reply.message.tool_calls.push_back(
        {"call-" + std::to_string(i), calls[i].first, calls[i].second});
  }
  return reply;
}

class AgentTest : public testing::Test {
 protected:
  AgentTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-agent-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    auto workspace = Workspace::Open(folder_, {});
    EXPECT_TRUE(workspace.ok());
    workspace_ = std::make_unique<Workspace>(std::move(*workspace));
    Add("look", Effect::kReadWorkspace, &ReadsPathArgument);
    Add("change", Effect::kWriteWorkspace, &WritesPathArgument);
    Add("send", Effect::kOutward, {});
    // The policy's examples name built-in tools.
    Registry builtin;
    EXPECT_TRUE(AddBuiltinTools(&builtin).ok());
    auto policy =
        ReadPolicy(std::string(FATHOM_SOURCE_DIR) + "/configs/policies/default.yaml", builtin);
    EXPECT_TRUE(policy.ok()) << policy.error().Text();
    policy_ = std::move(*policy);
    state_.conversation = "s";
    state_.messages.push_back({.role = Role::kUser, .content = "do it"});
    options_.tools = {&registry_, &policy_, &grants_, workspace_.get(), {}};
    options_.events = [this](const Event& event) { events_.push_back(event); };
  }
  ~AgentTest() override { std::filesystem::remove_all(folder_); }

  void Add(const std::string& name, Effect effect, std::function<ToolPaths(const Json&)> paths) {
    auto schema = Json::Parse(
        R"({"type":"object","properties":{"path":{"type":"string"}},"required":["path"],)"
        R"("additionalProperties":false})");
    Tool tool;
    tool.spec = {.name = name,
                 .description = name,
                 .parameters = *schema,
                 .effect = effect,
                 .paths = std::move(paths)};
    tool.run = [this, name](const Json& arguments, const ToolContext&) {
      {
        std::lock_guard lock(mutex_);
        ++running_;
        most_running_ = std::max(most_running_, running_);
        if (name == "change") {
          EXPECT_EQ(running_, 1) << "a writer runs alone on its path";
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms_));
      std::lock_guard lock(mutex_);
      --running_;
      order_.push_back(name);
      return ToolResult{.text = name + " " + arguments.Find("path")->as_string() + " " +
                                (counts_ ? std::to_string(++count_) : std::string("same")),
                        .untrusted = name == "look"};
    };
    ASSERT_TRUE(registry_.Add(std::move(tool)).ok());
  }

  AgentOutcome Run() {
    auto outcome = RunAgent(model_, state_, options_);
    EXPECT_TRUE(outcome.ok()) << outcome.error().Text();
    return outcome ? *outcome : AgentOutcome{};
  }

  std::string folder_;
  std::unique_ptr<Workspace> workspace_;
  Registry registry_;
  Policy policy_;
  Grants grants_;
  ScriptedModel model_;
  AgentState state_;
  AgentOptions options_;
  std::vector<Event> events_;
  std::mutex mutex_;
  int running_ = 0, most_running_ = 0, count_ = 0, pause_ms_ = 0;
  bool counts_ = false;
  std::vector<std::string> order_;
};

constexpr const char* kPath = R"({"path":"a"})";

TEST_F(AgentTest, CallsAreAnsweredInOrderAndTheAnswerEndsTheRun) {
  model_.script = {Calls({{"look", kPath}, {"look", R"({"path":"b"})"}}), Says("done")};
  const AgentOutcome outcome = Run();
  EXPECT_EQ(outcome.stop, AgentStop::kDone);
  EXPECT_EQ(outcome.answer, "done");
  ASSERT_EQ(state_.messages.size(), 5u);
  EXPECT_EQ(state_.messages[2].content, "look a same");
  EXPECT_EQ(state_.messages[2].tool_call_id, "call-0");
  EXPECT_EQ(state_.messages[3].content, "look b same");
  const auto begun = std::find_if(events_.begin(), events_.end(),
                                  [](const Event& e) { return e.type == "delta.call"; });
  ASSERT_NE(begun, events_.end());
  EXPECT_EQ(begun->data.Dump(), R"({"index":0,"call_id":"call-0","name":"look"})");
  EXPECT_EQ((begun + 1)->data.Dump(), R"({"index":0,"text":"{\"path\":\"a\"}"})");
  EXPECT_EQ(state_.usage.steps, 2u);
  EXPECT_EQ(state_.usage.calls, 2u);
  EXPECT_EQ(state_.usage.prefilled, 12u);
  EXPECT_FALSE(state_.tainted_by.empty());
}

TEST_F(AgentTest, MalformedUnknownUnfitAndDeniedCallsAreAnsweredToTheModel) {
  model_.script = {Calls({{"look", "[1]"},
                          {"lok", kPath},
                          {"look", R"({"pth":"a"})"},
                          {"change", kPath},
                          {"send", kPath}}),
                   Says("done")};
  Run();
  ASSERT_EQ(state_.messages.size(), 8u);
  EXPECT_NE(state_.messages[2].content.find("JSON object"), std::string::npos);
  EXPECT_NE(state_.messages[3].content.find("look"), std::string::npos);
  EXPECT_NE(state_.messages[4].content.find("path"), std::string::npos);
  EXPECT_NE(state_.messages[5].content.find("denied"), std::string::npos);
  EXPECT_NE(state_.messages[6].content.find("denied"), std::string::npos);
  EXPECT_TRUE(order_.empty());
}

TEST_F(AgentTest, CallBlocksThatCannotBeReadAreToldAndCounted) {
  ChatReply unreadable = Says("");
  unreadable.rejected_calls = 1;
  model_.script = {unreadable, Says("done")};
  Run();
  ASSERT_EQ(model_.requests.size(), 2u);
  EXPECT_NE(model_.requests[1].messages.back().content.find("could not be read"),
            std::string::npos);
}

TEST_F(AgentTest, EveryLimitPausesAndARaisedOneGoesOn) {
  const auto with = [](auto member, auto value) {
    AgentLimits limits;
    limits.*member = value;
    return limits;
  };
  counts_ = true;
  model_.profile_.prices = {.input = 1e6, .output = 1e6};
  const std::vector<AgentLimits> all = {
      with(&AgentLimits::steps, size_t{2}), with(&AgentLimits::tokens, size_t{20}),
      with(&AgentLimits::dollars, 20.0), with(&AgentLimits::seconds, 0.0),
      with(&AgentLimits::steps, size_t{0})};
  for (const AgentLimits& limits : all) {
    state_ = {.conversation = "s", .messages = {{.role = Role::kUser, .content = "do it"}}};
    model_.always = Calls({{"look", kPath}});
    options_.limits = limits;
    const AgentOutcome paused = Run();
    ASSERT_EQ(paused.stop, AgentStop::kLimit);
    EXPECT_FALSE(paused.reason.empty());
    const size_t messages = state_.messages.size();
    const size_t steps = state_.usage.steps;
    if (limits.seconds || limits.steps == 0u)
      EXPECT_EQ(steps, 0u);
    else
      EXPECT_EQ(steps, 2u);
    model_.always.reset();
    model_.script = {Says("done")};
    options_.limits = {};
    EXPECT_EQ(Run().stop, AgentStop::kDone);
    EXPECT_EQ(state_.messages.size(), messages + 1);
    EXPECT_EQ(state_.usage.steps, steps + 1);
  }
}

TEST_F(AgentTest, AThinkingLimitBoundsTheNextQueryAndPauses) {
  model_.profile_.thinking = {.supported = true, .tokens_default = 100, .tokens_max = 100};
  counts_ = true;
  model_.always = Calls({{"look", kPath}});
  options_.limits.thinking_tokens = 3;
  EXPECT_EQ(Run().stop, AgentStop::kLimit);
  ASSERT_EQ(model_.requests.size(), 3u);
  EXPECT_EQ(model_.requests[0].thinking_tokens_max, 3u);
  EXPECT_EQ(model_.requests[2].thinking_tokens_max, 1u);
}

TEST_F(AgentTest, CallsRunSideBySideUnlessTheyTouchWhatIsWritten) {
  pause_ms_ = 50;
  model_.script = {Calls({{"look", kPath}, {"look", R"({"path":"b"})"}, {"look", kPath}}),
                   Says("done")};
  Run();
  EXPECT_GT(most_running_, 1);
  order_.clear();
  state_ = {.conversation = "s", .messages = {{.role = Role::kUser, .content = "again"}}};
  options_.tools.approver = [](const ApprovalRequest&) { return true; };
  model_.script = {Calls({{"change", kPath}, {"look", R"({"path":"a/b"})"}, {"change", kPath}}),
                   Says("done")};
  Run();
  EXPECT_EQ(order_, (std::vector<std::string>{"change", "look", "change"}));
}

TEST_F(AgentTest, FoldersAndTheirFilesConflictOthersDoNot) {
  const ToolPaths reads_ab{.reads = {"a/b"}}, writes_a{.writes = {"a"}}, writes_all{.writes = {""}},
      writes_abc{.writes = {"a/bc"}}, reads_a{.reads = {"a"}};
  EXPECT_TRUE(PathsConflict(reads_ab, writes_a));
  EXPECT_TRUE(PathsConflict(writes_all, reads_ab));
  EXPECT_FALSE(PathsConflict(writes_abc, reads_ab));
  EXPECT_FALSE(PathsConflict(reads_a, reads_ab));
  EXPECT_FALSE(PathsConflict({}, writes_all));
}

TEST_F(AgentTest, ARepeatedCallIsRewoundToItsFirstResultWithANote) {
  const ChatReply same = Calls({{"look", kPath}});
  model_.script = {same, same, same, Says("done")};
  EXPECT_EQ(Run().stop, AgentStop::kDone);
  EXPECT_EQ(state_.usage.rewinds, 1u);
  const auto& messages = model_.requests.back().messages;
  ASSERT_EQ(messages.size(), 4u);  // question, call, result, note
  EXPECT_EQ(messages[2].content, "look a same");
  EXPECT_NE(messages[3].content.find("same result"), std::string::npos);
}

TEST_F(AgentTest, PingPongIsRewoundAndASecondLoopIsCountedUntilItEndsTheRun) {
  const ChatReply a = Calls({{"look", kPath}}), b = Calls({{"look", R"({"path":"b"})"}});
  model_.script = {a, b, a, b, Says("done")};
  EXPECT_EQ(Run().stop, AgentStop::kDone);
  EXPECT_EQ(state_.usage.rewinds, 1u);
  EXPECT_EQ(model_.requests.back().messages.size(), 6u);

  state_ = {.conversation = "s", .messages = {{.role = Role::kUser, .content = "again"}}};
  model_.always = a;
  const AgentOutcome outcome = Run();
  EXPECT_EQ(outcome.stop, AgentStop::kStuck);
  EXPECT_EQ(state_.usage.rewinds, options_.rewinds_max);
}

TEST_F(AgentTest, AttemptsThatAllFailAreRewoundAsAWhole) {
  for (int i = 0; i < 5; ++i)
    model_.script.push_back(Calls({{"nothing" + std::to_string(i), kPath}}));
  model_.script.push_back(Says("done"));
  EXPECT_EQ(Run().stop, AgentStop::kDone);
  EXPECT_EQ(model_.requests.back().messages.size(), 2u);
}

TEST_F(AgentTest, WaitingIsNoLoop) {
  pause_ms_ = 1'050;
  const ChatReply same = Calls({{"look", kPath}});
  model_.script = {same, same, same, same, Says("done")};
  EXPECT_EQ(Run().stop, AgentStop::kDone);
  EXPECT_EQ(state_.usage.rewinds, 0u);
}

TEST_F(AgentTest, WhatIsRecordedIsWhatStands) {
  std::vector<Message> stored = state_.messages;
  std::vector<int64_t> ids;
  bool ended = false;
  options_.record = [&](const AgentRecord& record) -> Status {
    EXPECT_LE(record.messages_kept, stored.size());
    stored.resize(record.messages_kept);
    for (size_t i = stored.size(); i < record.state.messages.size(); ++i)
      stored.push_back(record.state.messages[i]);
    for (const Event& event : record.events) ids.push_back(event.id);
    ended = record.outcome != nullptr;
    // Nothing says that it is done before it is recorded.
    if (!events_.empty()) {
      EXPECT_NE(events_.back().type, "run.done");
    }
    return OkStatus();
  };
  const ChatReply same = Calls({{"look", kPath}});
  model_.script = {same, same, same, Says("done")};
  Run();
  EXPECT_TRUE(ended);
  ASSERT_EQ(stored.size(), state_.messages.size());
  for (size_t i = 0; i < stored.size(); ++i)
    EXPECT_EQ(stored[i].content, state_.messages[i].content);
  std::vector<int64_t> told;
  for (const Event& event : events_) {
    if (!event.provisional()) told.push_back(event.id);
  }
  EXPECT_EQ(ids, told);
  EXPECT_EQ(events_.back().type, "run.done");
}

TEST_F(AgentTest, EventsRiseAndCarryTheRunningUsage) {
  model_.script = {Calls({{"look", kPath}}), Says("done")};
  Run();
  int64_t last = 0;
  std::vector<std::string> types;
  for (const Event& event : events_) {
    EXPECT_EQ(event.id, last + 1);
    last = event.id;
    if (event.provisional()) continue;
    EXPECT_TRUE(event.data.Find("usage")) << event.type;
    types.push_back(event.type);
  }
  EXPECT_EQ(types, (std::vector<std::string>{"run.started", "model.started", "model.done",
                                             "call.started", "call.done", "model.started",
                                             "model.done", "turn.done", "run.done"}));
}

TEST_F(AgentTest, ACallThatACrashInterruptedIsToldAndNotRunAgain) {
  state_.messages.push_back(Calls({{"look", kPath}, {"look", kPath}}).message);
  state_.messages.push_back(
      {.role = Role::kTool, .content = "r", .name = "look", .tool_call_id = "call-0"});
  model_.script = {Says("done")};
  Run();
  EXPECT_TRUE(order_.empty());
  ASSERT_EQ(state_.messages.size(), 5u);
  EXPECT_NE(state_.messages[3].content.find("not known"), std::string::npos);
}

TEST_F(AgentTest, CancelledRunsKeepTheQuestionAndGoOn) {
  std::atomic<bool> cancel{true};
  options_.cancel = &cancel;
  EXPECT_EQ(Run().stop, AgentStop::kCancelled);
  cancel = false;
  model_.script = {Says("done")};
  EXPECT_EQ(Run().answer, "done");
}

}  // namespace
}  // namespace fathom
