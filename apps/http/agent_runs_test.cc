// SPDX-License-Identifier: Apache-2.0
// Runs of sessions with a scripted model, the real store, tools and policy: a run waits for a
// person, and what the person said holds.
#include "apps/http/agent_runs.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <thread>

#include "base/files.h"

namespace fathom::http {
namespace {

class ScriptedModel final : public ChatModel {
 public:
  const Profile& profile() const override { return profile_; }
  ModelCan can() const override { return {}; }
  Result<ContextUse> MeasureContext(const ChatRequest&) const override { return ContextUse{}; }
  Result<ChatReply> Chat(const ChatRequest&, const ChatSink&, const CallControl&) override {
    ChatReply reply;
    reply.message.role = Role::kAssistant;
    reply.usage = {.prompt = 10, .cached = 4, .prefilled = 6, .output = 5};
    if (calls.empty()) {
      reply.message.content = "done";
      return reply;
    }
    reply.finish = ChatFinish::kToolCalls;
    reply.message.tool_calls.push_back({"call-0", "write_file", calls.front()});
    calls.pop_front();
    return reply;
  }
  std::deque<std::string> calls;  // arguments of write_file

 private:
  Profile profile_;
};

class AgentRunsTest : public testing::Test {
 protected:
  AgentRunsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-runs-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    ::setenv("FATHOM_HOME", (folder_ + "/home").c_str(), 1);
    ::setenv("FATHOM_ROOT", FATHOM_SOURCE_DIR, 1);
    std::filesystem::create_directories(folder_ + "/files");
    auto sessions = SessionStore::Open(folder_ + "/home/data", folder_ + "/home/cache");
    EXPECT_TRUE(sessions.ok());
    sessions_ = std::move(*sessions);
    agents_ = std::make_unique<AgentRuns>(AgentRuns::Parts{.sessions = *sessions_,
                                                           .chat = model_,
                                                           .runs = runs_,
                                                           .approvals = approvals_,
                                                           .metrics = metrics_});
    auto session = sessions_->Create({.model = "m", .workspace = folder_ + "/files"});
    EXPECT_TRUE(session.ok());
    session_ = *session;
  }
  ~AgentRunsTest() override {
    runs_.Stop();
    std::filesystem::remove_all(folder_);
  }

  std::shared_ptr<http::Run> Start(const std::string& message) {
    auto run =
        agents_->Start({.session = session_, .message = message, .workspace = folder_ + "/files"});
    EXPECT_TRUE(run.ok()) << run.error().Text();
    return run.ok() ? *run : nullptr;
  }
  template <typename Holds>
  static bool Within(const Holds& holds) {
    for (int i = 0; i < 1'000 && !holds(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return holds();
  }
  Json Waits() {
    EXPECT_TRUE(Within([&] { return approvals_.List().size() > 0; }));
    const Json list = approvals_.List();
    return list.size() > 0 ? list.as_array()[0] : Json();
  }
  static std::string StateOf(const http::Run& run) {
    return run.Describe().Find("state")->as_string();
  }
  bool Wrote() const { return std::filesystem::exists(folder_ + "/files/a.txt"); }

  std::string folder_, session_;
  ScriptedModel model_;
  Admission admission_{{}};
  Runs runs_{admission_};
  Approvals approvals_;
  Metrics metrics_;
  std::unique_ptr<SessionStore> sessions_;
  std::unique_ptr<AgentRuns> agents_;
};

const char* const kWrite = R"({"path":"a.txt","content":"\u001b[2Jevil \u202e text"})";

TEST_F(AgentRunsTest, WaitsUntilAPersonAllowsAndShowsEveryByte) {
  model_.calls = {kWrite};
  const auto run = Start("write it");
  const Json waits = Waits();
  EXPECT_EQ(waits.Find("tool")->as_string(), "write_file");
  EXPECT_EQ(waits.Find("run")->as_string(), run->id());
  const std::string& shown = waits.Find("arguments")->as_string();
  EXPECT_NE(shown.find("a.txt"), std::string::npos);
  EXPECT_EQ(shown.find('\x1b'), std::string::npos) << "what a terminal obeys is escaped";
  EXPECT_EQ(shown.find("\u202e"), std::string::npos) << "what hides is escaped";
  EXPECT_EQ(StateOf(*run), "waiting");
  EXPECT_FALSE(Wrote());
  // Asked again, the same one waits: nobody has to have seen it.
  EXPECT_EQ(*approvals_.List().as_array()[0].Find("id"), *waits.Find("id"));
  const std::string id = waits.Find("id")->as_string();
  EXPECT_FALSE(approvals_.Decide("approval-none", true));
  ASSERT_TRUE(approvals_.Decide(id, true));
  EXPECT_FALSE(approvals_.Decide(id, false)) << "decided once";
  ASSERT_TRUE(Within([&] { return run->ended(); }));
  EXPECT_EQ(StateOf(*run), "done");
  EXPECT_TRUE(Wrote());
}

TEST_F(AgentRunsTest, WhatIsDeniedDoesNotRun) {
  model_.calls = {kWrite};
  const auto run = Start("write it");
  ASSERT_TRUE(approvals_.Decide(Waits().Find("id")->as_string(), false));
  ASSERT_TRUE(Within([&] { return run->ended(); }));
  EXPECT_EQ(StateOf(*run), "done");
  EXPECT_FALSE(Wrote());
  auto messages = sessions_->Messages(session_);
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->back().message.content, "done") << "the model was told, and went on";
}

TEST_F(AgentRunsTest, CancelledWhileItWaitsDoesNotRunAndCanGoOn) {
  model_.calls = {kWrite};
  const auto run = Start("write it");
  Waits();
  *run->cancel() = true;
  ASSERT_TRUE(Within([&] { return run->ended(); }));
  EXPECT_EQ(StateOf(*run), "cancelled");
  EXPECT_FALSE(Wrote());
  EXPECT_EQ(approvals_.List().size(), 0u);
  const auto again = Start("");  // the open turn
  ASSERT_TRUE(again && Within([&] { return again->ended(); }));
  EXPECT_EQ(StateOf(*again), "done");
}

TEST_F(AgentRunsTest, OneRunOfASessionAtATimeAndNoneIsRemovedMeanwhile) {
  model_.calls = {kWrite};
  const auto run = Start("write it");
  Waits();
  EXPECT_FALSE(agents_->Start({.session = session_, .message = "again"}).ok());
  EXPECT_FALSE(agents_->Remove(session_).ok());
  ASSERT_TRUE(approvals_.Decide(Waits().Find("id")->as_string(), true));
  ASSERT_TRUE(Within([&] { return run->ended(); }));
  const auto next = Start("more");
  ASSERT_TRUE(next && Within([&] { return next->ended(); }));
  auto fork = agents_->Fork(session_, 1);
  ASSERT_TRUE(fork.ok()) << fork.error().Text();
  EXPECT_EQ(sessions_->Find(*fork)->turns, 1u);
  EXPECT_TRUE(agents_->Remove(session_).ok());
  EXPECT_FALSE(sessions_->Find(session_).ok());
  EXPECT_TRUE(sessions_->Find(*fork).ok());
}

// Sixteen that wait take no place from what only computes.
TEST_F(AgentRunsTest, ThoseThatWaitKeepNobodyOut) {
  model_.calls = std::deque<std::string>(16, kWrite);
  std::vector<std::shared_ptr<http::Run>> runs;
  for (int i = 0; i < 16; ++i) {
    auto session = sessions_->Create({.model = "m", .workspace = folder_ + "/files"});
    session_ = *session;
    runs.push_back(Start("write it"));
    EXPECT_TRUE(Within([&] { return approvals_.List().size() == runs.size(); }));
  }
  auto session = sessions_->Create({.model = "m"});
  auto more = agents_->Start({.session = *session, .message = "too many"});
  ASSERT_TRUE(more.ok());
  EXPECT_EQ(*more, nullptr);
  const auto other = runs_.Start(
      {.kind = "ask", .title = "x", .work = [](http::Run&) -> Result<Json> { return Json(1); }});
  EXPECT_TRUE(other && Within([&] { return other->ended(); }));
}

// A reader learns of an event when it happens, not when it next looks.
TEST(RunReader, IsWokenByEachEventAndReadsWhatFollowsTheLast) {
  http::Run run("ask", "x");  // its first event is "queued"
  http::Run::Reader reader(run, 1), late(run, 0);
  const auto is_woken = [](const http::Run::Reader& one) {
    pollfd wanted{.fd = one.wake(), .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, 0) == 1;
  };
  std::string text;
  EXPECT_FALSE(is_woken(reader));
  run.Emit("delta");
  EXPECT_TRUE(is_woken(reader));
  EXPECT_TRUE(reader.Read(&text));
  EXPECT_EQ(text.find("queued"), std::string::npos);
  EXPECT_TRUE(text.starts_with("id: 2\nevent: delta\n")) << text;
  EXPECT_FALSE(is_woken(reader)) << "what was read wakes nobody again";
  run.End("done", Json());
  EXPECT_TRUE(is_woken(reader));
  text.clear();
  EXPECT_FALSE(reader.Read(&text)) << "none will follow";
  EXPECT_TRUE(text.starts_with("id: 3\nevent: done\n")) << text;
  text.clear();
  EXPECT_FALSE(late.Read(&text));
  EXPECT_TRUE(text.starts_with("id: 1\nevent: queued\n")) << text;
}

}  // namespace
}  // namespace fathom::http
