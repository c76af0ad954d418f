// SPDX-License-Identifier: Apache-2.0
#include "agent/session_store.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace fathom {
namespace {

class SessionStoreTest : public testing::Test {
 protected:
  SessionStoreTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "fathom-sessions-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    store_ = Open();
  }
  ~SessionStoreTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<SessionStore> Open() const {
    auto store = SessionStore::Open(folder_ + "/data", folder_ + "/cache");
    EXPECT_TRUE(store.ok()) << store.error().Text();
    return std::move(*store);
  }

  // One whole turn: question, call, result, answer.
  void AddTurn(const std::string& id, AgentState& state, const std::string& words) {
    const std::string run = "r-" + words;
    state.usage = {};
    state.last_event = 0;
    state.messages.push_back({.role = Role::kUser, .content = "question " + words});
    ASSERT_TRUE(store_->Begin(id, state, run).ok());
    const size_t kept = state.messages.size();
    state.messages.push_back({.role = Role::kAssistant,
                              .tool_calls = {{"call-" + words, "search", "{\"q\":\"x\"}"}},
                              .tokens = {5, 6, 70'000}});
    state.messages.push_back({.role = Role::kTool,
                              .content = "result " + words,
                              .name = "search",
                              .tool_call_id = "call-" + words});
    state.usage.steps = 1;
    state.usage.dollars = 0.25;
    state.last_event = 3;
    std::vector<Event> events = {{2, "call.done", run, NowMs()}, {3, "turn.done", run, NowMs()}};
    ASSERT_TRUE(store_->Record(id, {state, kept, events, "thought"}).ok());
    state.messages.push_back({.role = Role::kAssistant, .content = "answer " + words});
    state.usage.steps = 2;
    state.last_event = 4;
    events = {{4, "run.done", run, NowMs()}};
    const AgentOutcome outcome{.answer = "answer " + words};
    ASSERT_TRUE(store_->Record(id, {state, state.messages.size() - 1, events, "", &outcome}).ok());
  }

  std::string NewSessionId() {
    auto id = store_->Create({.model = "nano", .workspace = "/w", .tools = "search"});
    EXPECT_TRUE(id.ok());
    return *id;
  }

  std::string folder_;
  std::unique_ptr<SessionStore> store_;
};

TEST_F(SessionStoreTest, AnotherProcessLoadsEveryByteThatWasRecorded) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "alpha");
  state.tainted_by = {"web", "quo\"te"};
  AddTurn(id, state, "beta");
  auto loaded = Open()->Load(id.substr(0, 12));
  ASSERT_TRUE(loaded.ok()) << loaded.error().Text();
  ASSERT_EQ(loaded->state.messages.size(), state.messages.size());
  for (size_t i = 0; i < state.messages.size(); ++i) {
    const Message &want = state.messages[i], &got = loaded->state.messages[i];
    EXPECT_EQ(got.role, want.role) << i;
    EXPECT_EQ(got.content, want.content) << i;
    EXPECT_EQ(got.name, want.name) << i;
    EXPECT_EQ(got.tool_call_id, want.tool_call_id) << i;
    EXPECT_EQ(got.tokens, want.tokens) << i;
    ASSERT_EQ(got.tool_calls.size(), want.tool_calls.size()) << i;
    for (size_t c = 0; c < want.tool_calls.size(); ++c)
      EXPECT_EQ(got.tool_calls[c].arguments, want.tool_calls[c].arguments);
  }
  EXPECT_EQ(loaded->state.tainted_by, state.tainted_by);
  EXPECT_EQ(loaded->info.title, "question alpha");
  EXPECT_EQ(loaded->info.turns, 2u);
  EXPECT_EQ(loaded->info.usage.steps, 4u);
  EXPECT_DOUBLE_EQ(loaded->info.usage.dollars, 0.5);
  EXPECT_EQ(loaded->state.usage.steps, 0u);  // the last turn is done: a new one starts from zero
}

TEST_F(SessionStoreTest, ARewindTakesMessagesBackAndOutOfTheSearch) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "alpha");
  state.messages.resize(1);
  state.messages.push_back({.role = Role::kAssistant, .content = "other words"});
  const std::vector<Event> events;
  ASSERT_TRUE(store_->Record(id, {state, 1, events, ""}).ok());
  auto messages = store_->Messages(id);
  ASSERT_TRUE(messages.ok());
  ASSERT_EQ(messages->size(), 2u);
  EXPECT_EQ((*messages)[1].message.content, "other words");
  EXPECT_EQ(store_->List("result", 10)->size(), 0u);
  EXPECT_EQ(store_->List("other", 10)->size(), 1u);
}

TEST_F(SessionStoreTest, SearchFindsWordsOfOneMessageAndTakesOperatorsAsText) {
  const std::string first = NewSessionId(), second = NewSessionId();
  AgentState a{.conversation = first}, b{.conversation = second};
  AddTurn(first, a, "alpha");
  AddTurn(second, b, "beta");
  auto hits = store_->List("question beta", 10);
  ASSERT_TRUE(hits.ok()) << hits.error().Text();
  ASSERT_EQ(hits->size(), 1u);
  EXPECT_EQ((*hits)[0].info.id, second);
  EXPECT_EQ((*hits)[0].excerpt, "question beta");
  for (const char* hostile : {"\"", "AND", "NEAR(", "a* OR", "content:x", "^", "-", "(()"}) {
    EXPECT_TRUE(store_->List(hostile, 10).ok()) << hostile;
  }
  EXPECT_EQ(store_->List("", 1)->size(), 1u);
  EXPECT_EQ(store_->List("", 10)->size(), 2u);
}

TEST_F(SessionStoreTest, AForkHasTheTurnsUpToItsPointAndSurvivesItsParent) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "alpha");
  AddTurn(id, state, "beta");
  auto fork = store_->Fork(id, 1);
  ASSERT_TRUE(fork.ok()) << fork.error().Text();
  EXPECT_FALSE(store_->Fork(id, 3).ok());
  ASSERT_TRUE(store_->Remove(id).ok());
  EXPECT_EQ(store_->Find(id).error().code, Code::kNotFound);
  auto loaded = store_->Load(*fork);
  ASSERT_TRUE(loaded.ok()) << loaded.error().Text();
  EXPECT_EQ(loaded->info.parent, id);
  EXPECT_EQ(loaded->info.parent_turn, 1u);
  ASSERT_EQ(loaded->state.messages.size(), 4u);
  EXPECT_EQ(loaded->state.messages[3].content, "answer alpha");
  EXPECT_EQ(store_->List("alpha", 10)->size(), 1u);
  EXPECT_EQ(store_->List("beta", 10)->size(), 0u);
}

TEST_F(SessionStoreTest, AnOpenTurnIsLoadedWithWhatItHasSpent) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  state.messages.push_back({.role = Role::kUser, .content = "q"});
  ASSERT_TRUE(store_->Begin(id, state, "r-1").ok());
  state.usage.steps = 7;
  state.last_event = 9;
  const std::vector<Event> events;
  const AgentOutcome paused{.stop = AgentStop::kLimit};
  ASSERT_TRUE(store_->Record(id, {state, 1, events, "", &paused}).ok());
  auto loaded = store_->Load(id);
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(loaded->info.turn_state, "limit");
  EXPECT_EQ(loaded->run, "r-1");
  EXPECT_EQ(loaded->state.usage.steps, 7u);
  EXPECT_EQ(loaded->state.last_event, 9);
}

TEST_F(SessionStoreTest, AnIdIsFoundByItsBeginningAndAMistypedOneIsAnsweredWithTheNearest) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "alpha");
  EXPECT_EQ(store_->Find(id.substr(0, 6))->id, id);
  EXPECT_EQ(store_->Find(id.substr(2, 8))->id, id);
  std::string mistyped = id.substr(0, 10);
  std::swap(mistyped[4], mistyped[5]);
  mistyped[7] = mistyped[7] == 'a' ? 'b' : 'a';
  const Error near = store_->Find(mistyped).error();
  EXPECT_EQ(near.code, Code::kNotFound);
  EXPECT_NE(near.Text().find(id.substr(0, 10)), std::string::npos) << near.Text();
  EXPECT_EQ(store_->Find("").error().code, Code::kNotFound);
  NewSessionId();
  const Error several = store_->Find("s-").error();
  EXPECT_EQ(several.code, Code::kInvalid);
  EXPECT_NE(several.Text().find(id.substr(0, 10) + " (question alpha)"), std::string::npos)
      << several.Text();
}

TEST_F(SessionStoreTest, WhatAKilledProcessLeftIsRemovedAndWhatAnotherWritesIsNot) {
  const std::string id = NewSessionId();
  std::filesystem::create_directories(store_->states_folder());
  const std::string left = store_->states_folder() + "/left.state";
  const std::string fresh = store_->states_folder() + "/fresh.state";
  for (const std::string& path : {left, fresh}) std::ofstream(path) << "state";
  std::filesystem::last_write_time(
      left, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  ASSERT_TRUE(store_->Remove(id).ok());
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(fresh));
}

TEST_F(SessionStoreTest, ASessionIsCarriedOnByOneAtATime) {
  const std::string one = NewSessionId(), other = NewSessionId();
  const auto second = Open();
  {
    auto held = store_->Hold(one);
    ASSERT_TRUE(held.ok()) << held.error().Text();
    EXPECT_EQ(second->Hold(one).error().code, Code::kBusy);
    EXPECT_EQ(second->Remove(one).error().code, Code::kBusy);
    EXPECT_TRUE(second->Hold(other).ok());
    EXPECT_TRUE(second->Find(one).ok());  // reading waits for nobody
    const pid_t child = fork();
    if (child == 0) _exit(Open()->Hold(one).ok() ? 1 : 0);
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);  // not even another process
  }
  EXPECT_TRUE(second->Hold(one).ok());
  EXPECT_TRUE(second->Remove(one).ok());
}

TEST_F(SessionStoreTest, EventsAreReadFromWhereAReaderWas) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "alpha");
  auto events = store_->Events(id, "r-alpha", 2);
  ASSERT_TRUE(events.ok()) << events.error().Text();
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[0].type, "turn.done");
  EXPECT_EQ((*events)[1].type, "run.done");
}

TEST_F(SessionStoreTest, ExportsHoldAllMessagesAndFencesHold) {
  const std::string id = NewSessionId();
  AgentState state{.conversation = id};
  AddTurn(id, state, "```alpha");
  auto json = ExportSession(*store_, id);
  ASSERT_TRUE(json.ok()) << json.error().Text();
  EXPECT_EQ(json->Find("message_list")->size(), 4u);
  EXPECT_EQ(json->Find("turn_list")->size(), 1u);
  auto text = ExportSessionMarkdown(*store_, id);
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text->find("````\nanswer ```alpha\n````"), std::string::npos) << *text;
}

}  // namespace
}  // namespace fathom
