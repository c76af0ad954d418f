// SPDX-License-Identifier: Apache-2.0
// Against tests/remote/hostile_server.py: each way a server can misbehave, and what exactly comes
// of it. Nothing may hang: a request has two seconds here.
#include "agent/remote_chat_model.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "agent/remote_call.h"
#include "base/net.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

class RemoteChatModelTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    int to_child[2], from_child[2];
    ASSERT_EQ(pipe(to_child), 0);
    ASSERT_EQ(pipe(from_child), 0);
    child_ = fork();
    if (child_ == 0) {
      dup2(to_child[0], 0);
      dup2(from_child[1], 1);
      for (int fd = 3; fd < 64; ++fd) close(fd);
      execlp("python3", "python3", FATHOM_SOURCE_DIR "/tests/remote/hostile_server.py", nullptr);
      _exit(127);
    }
    close(to_child[0]);
    close(from_child[1]);
    FILE* lines = fdopen(from_child[0], "r");
    ASSERT_EQ(std::fscanf(lines, "%d", &port_), 1);
  }
  static void TearDownTestSuite() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }

  static std::string Base(const std::string& name) {
    return "http://127.0.0.1:" + std::to_string(port_) + "/" + name + "/v1";
  }
  static Json Asked(const std::string& name, const std::string& what) {
    std::string body;
    EXPECT_TRUE(SendHttp({.url = Base(name) + "/" + what}, &body).ok());
    auto json = Json::Parse(body);
    EXPECT_TRUE(json.ok()) << body;
    return json ? *json : Json();
  }

  RemoteChatModelTest() {
    profile_.name = "test";
    profile_.endpoint_model = "m";
    profile_.window_accepted_tokens = profile_.window_reliable_tokens = 1'000;
    profile_.remote.total_seconds = 2;
    profile_.remote.idle_seconds = 1;
    profile_.remote.attempts_max = 3;
    profile_.prices = {.input = 1, .input_cached = 0.5, .output = 2};
    options_ = {.key = "sk-secret-1234", .backoff = milliseconds(20)};
    request_.messages = {{.role = Role::kSystem, .content = "Be brief."},
                         {.role = Role::kUser, .content = "Say hello."}};
    auto schema = Json::Parse(R"({"type": "object"})");
    request_.tools = {{"look", "Looks.", *schema}, {"list", "Lists.", *schema}};
  }

  // What came of it, in one line: "finish|content|thinking|name id arguments;...|rejected", or
  // "error CODE: text". The deltas, applied in order, must give the same.
  std::string Chat(const std::string& name, const CallControl& control = {}) {
    profile_.endpoint = Base(name);
    auto model = RemoteChatModel::Open(profile_, options_);
    if (!model) return "not opened: " + model.error().Text();
    Deltas deltas;
    const auto start = Clock::now();
    auto reply = (*model)->Chat(
        request_, [&](const ParseDelta& delta) { return deltas.Take(delta); }, control);
    seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
    EXPECT_LT(seconds_, 4) << name;
    if (!reply) {
      const std::string text = reply.error().Text();
      EXPECT_EQ(text.find("sk-secret"), std::string::npos) << text;
      EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
      EXPECT_LT(text.size(), 700u) << text;
      return "error " + std::string(CodeName(reply.error().code)) + ": " + text;
    }
    usage_ = reply->usage;
    std::string calls;
    for (const ToolCall& call : reply->message.tool_calls)
      calls +=
          call.name + " " + (call.id.size() > 20 ? "new" : call.id) + " " + call.arguments + ";";
    EXPECT_EQ(deltas.thinking, reply->thinking) << name;
    EXPECT_EQ(deltas.Calls(), calls) << name;
    if (!profile_.remote.reads_tags) {
      EXPECT_EQ(deltas.content, reply->message.content) << name;
    }
    return std::string(ChatFinishName(reply->finish)) + "|" + reply->message.content + "|" +
           reply->thinking + "|" + calls + "|" + std::to_string(reply->rejected_calls);
  }

  struct Deltas {
    std::string content, thinking;
    std::map<size_t, ToolCall> calls;
    bool Take(const ParseDelta& delta) {
      switch (delta.kind) {
        case ParseDelta::Kind::kContent:
          content += delta.text;
          break;
        case ParseDelta::Kind::kThinking:
          thinking += delta.text;
          break;
        case ParseDelta::Kind::kCallBegin:
          calls[delta.index] = {delta.id, delta.text, ""};
          break;
        case ParseDelta::Kind::kArguments:
          calls[delta.index].arguments += delta.text;
          break;
        case ParseDelta::Kind::kCallDropped:
          calls.erase(delta.index);
          break;
        case ParseDelta::Kind::kWasThinking:
          thinking += std::exchange(content, "");
          break;
      }
      return true;
    }
    std::string Calls() const {
      std::string text;
      for (const auto& [index, call] : calls)
        text +=
            call.name + " " + (call.id.size() > 20 ? "new" : call.id) + " " + call.arguments + ";";
      return text;
    }
  };

  // `got` begins with "error CODE: ", and `words` stand in it.
  static void ExpectError(const std::string& got, const std::string& code,
                          const std::string& words) {
    EXPECT_EQ(got.substr(0, code.size() + 8), "error " + code + ": ") << got;
    EXPECT_NE(got.find(words), std::string::npos) << got;
  }

  static inline pid_t child_ = -1;
  static inline int port_ = 0;
  Profile profile_;
  RemoteOptions options_;
  ChatRequest request_;
  ChatUsage usage_;
  double seconds_ = 0;
};

constexpr const char* kHello = "stop|Hello, world|||0";

TEST_F(RemoteChatModelTest, StreamsOfEverySpellingGiveTheSameReply) {
  for (const char* name : {"plain", "crlf", "cr", "bom", "comments", "no-done", "no-finish",
                           "after-done", "odd-finish", "slow", "whole", "whole-charset"}) {
    EXPECT_EQ(Chat(name), kHello) << name;
  }
  EXPECT_EQ(Chat("length"), "length|Hello, world|||0");
  EXPECT_EQ(Chat("thinking"), "stop|Hello, world|hmm||0");
  EXPECT_EQ(Chat("reasoning"), "stop|Hello, world|hmm||0");
  EXPECT_EQ(Chat("second-choice"), "stop|me|||0");
  EXPECT_EQ(Chat("parts"), "stop|ab|||0");
  EXPECT_EQ(Chat("half-character"), "stop|a\uFFFD\uFFFD|||0");
  EXPECT_EQ(Chat("nul"), std::string("stop|a\0b|||0", 12));
}

TEST_F(RemoteChatModelTest, UsageIsTheServersOrSaysThatItIsAnEstimate) {
  Chat("plain");
  EXPECT_FALSE(usage_.is_estimate);
  EXPECT_EQ(usage_.prompt, 20u);
  EXPECT_EQ(usage_.cached, 8u);
  EXPECT_EQ(usage_.prefilled, 12u);
  EXPECT_EQ(usage_.output, 4u);
  EXPECT_EQ(usage_.thinking, 1u);
  EXPECT_GT(usage_.first_token_seconds, 0);
  EXPECT_DOUBLE_EQ(DollarsOf(usage_, profile_.prices), (12 * 1 + 8 * 0.5 + 4 * 2) * 1e-6);
  Chat("cached-more");
  EXPECT_EQ(usage_.prompt, usage_.cached);
  EXPECT_EQ(usage_.prefilled, 0u);
  EXPECT_EQ(usage_.thinking, usage_.output);
  for (const char* name : {"no-usage", "null-usage", "odd-usage"}) {
    EXPECT_EQ(Chat(name), kHello);
    EXPECT_TRUE(usage_.is_estimate) << name;
    EXPECT_GT(usage_.prompt, 50u);
    EXPECT_EQ(usage_.output, 3u);
  }
}

TEST_F(RemoteChatModelTest, CallsComeInAnyPiecesAndKeepTheirOwnIds) {
  EXPECT_EQ(Chat("call"), R"(tool_calls|||look call-1 {"path": "a"};|0)");
  const std::string two = R"(tool_calls|||look c-1 {"path": "a"};list c-2 {};|0)";
  EXPECT_EQ(Chat("two-calls"), two);
  EXPECT_EQ(Chat("same-index"), two);
  EXPECT_EQ(Chat("no-index"), two);
  EXPECT_EQ(Chat("mixed-pieces"), R"(tool_calls|||look c-1 {"path":"a"};list c-2 {};|0)");
  EXPECT_EQ(Chat("same-id"), R"(tool_calls|||look same {"path": "a"};list new {};|0)");
  EXPECT_EQ(Chat("no-id"), R"(tool_calls|||look new {"path": "a"};|0)");
  EXPECT_EQ(Chat("bad-id"), R"(tool_calls|||look new {"path": "a"};|0)");
  EXPECT_EQ(Chat("no-arguments"), "tool_calls|||list c-1 {};|0");
  EXPECT_EQ(Chat("object-arguments"), R"(tool_calls|||look c-1 {"path":"a"};|0)");
}

TEST_F(RemoteChatModelTest, WhatIsNoCallIsDroppedAndCounted) {
  EXPECT_EQ(Chat("no-name"), "tool_calls|||list c-2 {};|1");
  EXPECT_EQ(Chat("not-json"), "tool_calls|||list c-2 {};|1");
  EXPECT_EQ(Chat("not-object"), "stop||||1");
  EXPECT_EQ(Chat("half-arguments"), "stop||||1");
  EXPECT_EQ(Chat("cut-arguments"), "length||||1");
  EXPECT_EQ(Chat("odd-calls"), "stop||||1");
}

TEST_F(RemoteChatModelTest, TagsInTheContentAreReadWhereTheProfileSaysSo) {
  profile_.remote.reads_tags = true;
  EXPECT_EQ(Chat("tags"), R"(tool_calls|Good.|hm|look new {"path": "a"};|0)");
  EXPECT_EQ(Chat("plain"), kHello);
  profile_.remote.reads_tags = false;
  EXPECT_NE(Chat("tags").find("<think>"), std::string::npos);
}

TEST_F(RemoteChatModelTest, AStreamThatEndsEarlyIsNoReply) {
  ExpectError(Chat("cut"), "unavailable", "ended before the reply did");
  EXPECT_EQ(Asked("cut", "hits").as_int(), 1) << "what was told is not told again";
  ExpectError(Chat("cut-event"), "unavailable", "ended before the reply did");
  ExpectError(Chat("short-body"), "unavailable", "");
  ExpectError(Chat("nothing"), "unavailable", "after 3 attempts");
  EXPECT_EQ(Asked("nothing", "hits").as_int(), 3);
  ExpectError(Chat("gzip"), "unavailable", "ended before the reply did");
  ExpectError(Chat("no-http"), "unavailable", "");
}

TEST_F(RemoteChatModelTest, WhatIsNoProtocolIsNamed) {
  ExpectError(Chat("bad-json"), "invalid", "no JSON");
  ExpectError(Chat("no-object"), "invalid", "no object");
  ExpectError(Chat("deep-json"), "invalid", "no JSON");
  ExpectError(Chat("lone-surrogate"), "invalid", "no JSON");
  ExpectError(Chat("html"), "invalid",
              "expected text/event-stream from the server, found text/html");
  ExpectError(Chat("whole-no-choices"), "invalid", "choices");
  ExpectError(Chat("error-inside"), "unavailable", "the GPU is\\x1b[31m on fire");
  ExpectError(Chat("filtered"), "policy-denied", "content_filter");
}

TEST_F(RemoteChatModelTest, NothingGrowsWithoutBound) {
  ExpectError(Chat("many-calls"), "limit", "more than 256 calls");
  ExpectError(Chat("huge-arguments"), "limit", "longer than 4194304 bytes");
  ExpectError(Chat("huge-event"), "limit", "event of more than 4194304 bytes");
  ExpectError(Chat("huge-line"), "limit", "event of more than 4194304 bytes");
  ExpectError(Chat("endless-text"), "limit", "longer than 8388608 bytes");
  ExpectError(Chat("endless-empty"), "limit", "");
  ExpectError(Chat("huge-error"), "unavailable", "answered 500");
  ExpectError(Chat("many-headers"), "limit", "headers");
  struct rusage usage;
  ASSERT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
#ifndef __SANITIZE_ADDRESS__
  EXPECT_LT(usage.ru_maxrss, 160 * 1024) << "KiB";
#endif
}

TEST_F(RemoteChatModelTest, NothingHangs) {
  ExpectError(Chat("silent"), "limit", "took too long");
  EXPECT_LT(seconds_, 2.5);
  ExpectError(Chat("stalls"), "limit", "took too long");
  ExpectError(Chat("endless-comments"), "limit", "took too long");
  EXPECT_EQ(Chat("stays-open"), kHello);
  EXPECT_LT(seconds_, 0.9) << "nothing is awaited after [DONE]";
  EXPECT_EQ(Chat("stays-open-undone"), kHello);
}

TEST_F(RemoteChatModelTest, AnotherAttemptIsMadeWhereItHelpsAndNowhereElse) {
  const auto hits = [&](const std::string& name) { return Asked(name, "hits").as_int(); };
  for (const char* name :
       {"429-once", "429-after-ms", "429-date", "408-once", "hangs-up-once", "nothing-once"}) {
    EXPECT_EQ(Chat(name), kHello) << name;
    EXPECT_EQ(hits(name), 2) << name;
  }
  EXPECT_EQ(Chat("500-twice"), kHello);
  EXPECT_EQ(hits("500-twice"), 3);
  EXPECT_EQ(Chat("429-after"), kHello);
  EXPECT_GE(seconds_, 1.0) << "not before Retry-After";
  ExpectError(Chat("empty-500"), "unavailable", "answered 500 (after 3 attempts)");
  EXPECT_EQ(hits("empty-500"), 3);
  ExpectError(Chat("too-long-after"), "unavailable", "asked again in 86400 s");
  EXPECT_EQ(hits("too-long-after"), 1);
  ExpectError(Chat("400"), "invalid", "answered 400: messages: \\x1b[2J too odd");
  ExpectError(Chat("400-context"), "limit", "too long");
  ExpectError(Chat("401"), "policy-denied", "refused the key: bad key [key] given");
  ExpectError(Chat("403"), "policy-denied", "refused the key");
  ExpectError(Chat("404"), "invalid", "no such model");
  ExpectError(Chat("413"), "limit", "answered 413");
  ExpectError(Chat("422"), "invalid", "unprocessable");
  for (const char* name : {"400", "401", "403", "404", "413", "422"}) EXPECT_EQ(hits(name), 1);
  const int64_t plain = hits("plain");
  ExpectError(Chat("redirect"), "unavailable", "redirect, which is not followed");
  EXPECT_EQ(hits("plain"), plain);
}

TEST_F(RemoteChatModelTest, AServerThatIsNotThereIsSaid) {
  profile_.endpoint = "http://127.0.0.1:1/v1";
  auto model = RemoteChatModel::Open(profile_, options_);
  ASSERT_TRUE(model.ok());
  auto reply = (*model)->Chat(request_, {}, {});
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().code, Code::kUnavailable);
  EXPECT_NE(reply.error().Text().find("127.0.0.1:1"), std::string::npos) << reply.error().Text();
}

TEST_F(RemoteChatModelTest, ACancelIsSeenInEveryWait) {
  for (const char* name : {"silent", "endless-comments", "empty-500", "stalls"}) {
    std::atomic<bool> cancel = false;
    if (std::string(name) == "empty-500") options_.backoff = milliseconds(5'000);
    profile_.remote.total_seconds = 20;
    profile_.remote.idle_seconds = 20;
    std::thread canceller([&] {
      std::this_thread::sleep_for(milliseconds(300));
      cancel = true;
    });
    const std::string got = Chat(name, {.cancel = &cancel});
    canceller.join();
    EXPECT_LT(seconds_, 1.0) << name;
    if (std::string(name) == "stalls") {
      EXPECT_EQ(got, "cancelled|Hello, world|||0");
    } else {
      ExpectError(got, "cancelled", "");
    }
  }
}

TEST_F(RemoteChatModelTest, ASinkThatHasEnoughEndsTheTransfer) {
  profile_.endpoint = Base("stalls");
  auto model = RemoteChatModel::Open(profile_, options_);
  ASSERT_TRUE(model.ok());
  auto reply = (*model)->Chat(request_, [](const ParseDelta&) { return false; }, {});
  ASSERT_TRUE(reply.ok()) << reply.error().Text();
  EXPECT_EQ(reply->finish, ChatFinish::kCancelled);
  EXPECT_EQ(reply->message.content, "Hello");
}

TEST_F(RemoteChatModelTest, WhatWasAskedForIsCheckedHere) {
  request_.tool_choice = CallChoice::kRequired;
  EXPECT_EQ(Chat("call"), R"(tool_calls|||look call-1 {"path": "a"};|0)");
  ExpectError(Chat("plain"), "invalid", "without the call that was required");
  EXPECT_EQ(Chat("cut-arguments"), "length||||1") << "cut off is said, not an error";
  request_.tool_name = "list";
  ExpectError(Chat("call"), "invalid", "another tool than the one required");
  request_.tool_choice = CallChoice::kNone;
  request_.response_schema = *Json::Parse(
      R"({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})");
  EXPECT_EQ(Chat("schema-good"), "stop|{\"a\": 1}|||0");
  ExpectError(Chat("schema-bad"), "invalid", "does not fit its schema");
  ExpectError(Chat("schema-prose"), "invalid", "is no JSON though a schema was given");
  EXPECT_EQ(Chat("length"), "length|Hello, world|||0");
}

TEST_F(RemoteChatModelTest, TheRequestIsOpenAisAndItsBeginningStaysTheSame) {
  profile_.thinking = {.supported = true, .tokens_default = 100, .tokens_max = 200};
  request_.output_tokens_max = 50;
  request_.stop = {"END"};
  Chat("plain");
  const Json last = Asked("plain", "last");
  const Json& body = *last.Find("body");
  EXPECT_EQ(last.Find("headers")->Find("authorization")->as_string(), "Bearer sk-secret-1234");
  EXPECT_EQ(body.Find("model")->as_string(), "m");
  EXPECT_EQ(body.Find("max_tokens")->as_int(), 150);
  EXPECT_EQ(body.Find("stop")->Dump(), R"(["END"])");
  EXPECT_EQ(body.Find("tool_choice")->as_string(), "auto");
  EXPECT_EQ(body.Find("tools")->size(), 2u);
  EXPECT_TRUE(body.Find("stream")->as_bool());
  EXPECT_TRUE(body.Find("stream_options")->Find("include_usage")->as_bool());
  EXPECT_EQ(body.Find("messages")->Dump(),
            R"([{"role":"system","content":"Be brief."},{"role":"user","content":"Say hello."}])");
  const std::string before = body.Dump().substr(0, body.Dump().find("Say hello."));
  request_.messages.push_back(
      {.role = Role::kAssistant, .tool_calls = {{"c-1", "look", R"({"path": "a"})"}}});
  request_.messages.push_back(
      {.role = Role::kTool, .content = "found", .name = "look", .tool_call_id = "c-1"});
  request_.tool_choice = CallChoice::kRequired;
  request_.tool_name = "look";
  request_.parallel_calls = false;
  Chat("call");
  const Json next = *Asked("call", "last").Find("body");
  EXPECT_EQ(next.Dump().substr(0, before.size()), before);
  EXPECT_EQ(next.Find("messages")->as_array()[2].Dump(),
            R"({"role":"assistant","content":null,"tool_calls":[{"id":"c-1","type":"function",)"
            R"("function":{"name":"look","arguments":"{\"path\": \"a\"}"}}]})");
  EXPECT_EQ(next.Find("messages")->as_array()[3].Dump(),
            R"({"role":"tool","tool_call_id":"c-1","content":"found"})");
  EXPECT_EQ(next.Find("tool_choice")->Dump(), R"({"type":"function","function":{"name":"look"}})");
  EXPECT_FALSE(next.Find("parallel_tool_calls")->as_bool());
}

TEST_F(RemoteChatModelTest, StrictIsAskedForWhereTheSchemaAllowsIt) {
  request_.tools.clear();
  for (const bool closed : {false, true}) {
    request_.response_schema = *Json::Parse(
        std::string(R"({"type": "object", "properties": {"a": {"type": "integer"}},)") +
        (closed ? R"("additionalProperties": false,)" : "") + R"("required": ["a"]})");
    Chat("schema-good");
    const Json format = *Asked("schema-good", "last").Find("body")->Find("response_format");
    EXPECT_EQ(format.Find("type")->as_string(), "json_schema");
    EXPECT_EQ(format.Find("json_schema")->Find("strict")->as_bool(), closed);
    EXPECT_EQ(*format.Find("json_schema")->Find("schema"), *request_.response_schema);
  }
}

TEST_F(RemoteChatModelTest, AModelWithoutANameIsTheOnlyOneThatTheServerLists) {
  profile_.endpoint_model.clear();
  EXPECT_EQ(Chat("plain"), kHello);
  EXPECT_EQ(Asked("plain", "last").Find("body")->Find("model")->as_string(), "only");
  ExpectError(Chat("two-models"), "invalid", "lists 2 models: a, b\\x1b");
  ExpectError(Chat("models-html"), "invalid", "lists 0 models");
}

TEST_F(RemoteChatModelTest, RequestsAreSpreadAsTheProfileSays) {
  profile_.remote.requests_per_minute = 120;
  profile_.endpoint = Base("plain");
  auto model = RemoteChatModel::Open(profile_, options_);
  ASSERT_TRUE(model.ok());
  const auto start = Clock::now();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE((*model)->Chat(request_, {}, {}).ok());
  EXPECT_GE(Clock::now() - start, milliseconds(1'000));
}

TEST_F(RemoteChatModelTest, TheKeyComesFromTheEnvironmentOrItsAbsenceIsSaid) {
  profile_.remote.key_env = "FATHOM_TEST_KEY";
  ::unsetenv("FATHOM_TEST_KEY");
  auto missing = RemoteOptionsFor(profile_);
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().Text().find("FATHOM_TEST_KEY"), std::string::npos);
  profile_.remote.key_optional = true;
  EXPECT_EQ(RemoteOptionsFor(profile_)->key, "");
  ::setenv("FATHOM_TEST_KEY", "abc", 1);
  EXPECT_EQ(RemoteOptionsFor(profile_)->key, "abc");
  // A line break in a key would be a header of its own.
  options_.key = "abc\r\nX-Evil: 1";
  ExpectError(Chat("plain"), "invalid", "Authorization");
}

TEST(RetryAfter, IsSecondsOrADate) {
  const auto after = [](const std::string& name, const std::string& value) {
    const auto time = RetryAfter({.headers = {{name, value}}}, 1'445'412'480);
    return time ? time->count() : -1;
  };
  EXPECT_EQ(after("retry-after", "7"), 7'000);
  EXPECT_EQ(after("retry-after-ms", "250"), 250);
  EXPECT_EQ(after("retry-after", "Wed, 21 Oct 2015 07:28:20 GMT"), 20'000);
  EXPECT_EQ(after("retry-after", "Wed, 21 Oct 2015 07:00:00 GMT"), 0);
  for (const char* odd : {"", "soon", "-1", "1.5", "99999999999999", "Wed, 21 Oct 2015 07:28:20"})
    EXPECT_EQ(after("retry-after", odd), -1) << odd;
}

}  // namespace
}  // namespace fathom
