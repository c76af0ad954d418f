// SPDX-License-Identifier: Apache-2.0
// Against hostile_server.py beside this file, which lies in one named way at a time.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/files.h"
#include "tools/mcp/client.h"
#include "tools/mcp/pins.h"
#include "tools/mcp/toolbox.h"

namespace fathom {
namespace {

McpWait Within(int milliseconds) {
  return {std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds)};
}

McpServer Fake(const std::string& kind) {
  return {.name = "fake",
          .command = "python3",
          .args = {std::string(FATHOM_SOURCE_DIR) + "/tools/mcp/hostile_server.py", kind},
          .env = {{"GIVEN", "1"}}};
}

constexpr int kPatienceMs = 30'000;  // for a busy machine; no case below waits for it

TEST(McpClient, AnHonestServerIsListedAndCalled) {
  setenv("FATHOM_CANARY", "not for servers", 1);
  auto client = McpClient::Connect(Fake("good"), Within(kPatienceMs));
  ASSERT_TRUE(client) << client.error().Text();
  EXPECT_EQ((*client)->server_info(), "fake 1");
  auto tools = (*client)->ListTools(Within(kPatienceMs));
  ASSERT_TRUE(tools) << tools.error().Text();
  ASSERT_EQ(tools->size(), 2u) << "both pages";
  Json arguments = Json::EmptyObject();
  arguments.Set("a", std::string(300'000, 'x'));
  auto answer = (*client)->Call("echo", arguments, Within(kPatienceMs));
  ASSERT_TRUE(answer) << answer.error().Text();
  EXPECT_EQ(answer->text,
            "{\"a\": \"" + std::string(300'000, 'x') + "\"}\n[image, image/png, not shown]");
  auto names = (*client)->Call("env", Json::EmptyObject(), Within(kPatienceMs));
  ASSERT_TRUE(names) << names.error().Text();
  EXPECT_NE(names->text.find("GIVEN"), std::string::npos);
  EXPECT_EQ(names->text.find("FATHOM_CANARY"), std::string::npos);
  auto refused = (*client)->Call("none", Json::EmptyObject(), Within(kPatienceMs));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find('\x1b'), std::string::npos);
}

TEST(McpClient, WhatTheServerAsksIsRefusedAndAPingAnswered) {
  auto client = McpClient::Connect(Fake("asks_back"), Within(kPatienceMs));
  EXPECT_TRUE(client) << client.error().Text();
}

struct Lie {
  const char* kind;
  Code code;
};

TEST(McpClient, LiesAtTheStartAreErrorsNeverHangs) {
  for (const Lie& lie : {Lie{"ends_at_once", Code::kUnavailable}, Lie{"no_json", Code::kInvalid},
                         Lie{"deep_json", Code::kInvalid}, Lie{"array", Code::kInvalid},
                         Lie{"cut_line", Code::kUnavailable}, Lie{"huge_line", Code::kLimit},
                         Lie{"wrong_ids", Code::kLimit}, Lie{"old_version", Code::kInvalid},
                         Lie{"endless_notifications", Code::kLimit}}) {
    auto client = McpClient::Connect(Fake(lie.kind), Within(kPatienceMs));
    ASSERT_FALSE(client) << lie.kind;
    EXPECT_EQ(client.error().code, lie.code) << lie.kind << ": " << client.error().Text();
    EXPECT_EQ(client.error().message.find("in time"), std::string::npos) << lie.kind;
  }
}

TEST(McpClient, SilenceEndsAtTheDeadline) {
  for (const char* kind : {"silent", "never_reads"}) {
    const auto started = std::chrono::steady_clock::now();
    auto client = McpClient::Connect(Fake(kind), Within(400));
    ASSERT_FALSE(client) << kind;
    EXPECT_EQ(client.error().code, Code::kLimit);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10)) << kind;
  }
}

TEST(McpClient, LiesInListingsAreErrors) {
  for (const Lie& lie :
       {Lie{"endless_pages", Code::kLimit}, Lie{"circle_of_pages", Code::kInvalid},
        Lie{"many_tools", Code::kLimit}, Lie{"schema_bomb", Code::kLimit},
        Lie{"description_bomb", Code::kLimit}, Lie{"tools_no_array", Code::kInvalid},
        Lie{"tool_no_schema", Code::kInvalid}}) {
    auto client = McpClient::Connect(Fake(lie.kind), Within(kPatienceMs));
    ASSERT_TRUE(client) << lie.kind << client.error().Text();
    auto tools = (*client)->ListTools(Within(kPatienceMs));
    ASSERT_FALSE(tools) << lie.kind;
    EXPECT_EQ(tools.error().code, lie.code) << lie.kind << ": " << tools.error().Text();
    EXPECT_EQ(tools.error().message.find("in time"), std::string::npos) << lie.kind;
  }
}

TEST(McpClient, NoiseOnStderrStopsNothing) {
  auto client = McpClient::Connect(Fake("endless_stderr"), Within(kPatienceMs));
  EXPECT_TRUE(client) << client.error().Text();
}

TEST(McpClient, AResultThatIsNoObjectIsAnError) {
  auto client = McpClient::Connect(Fake("result_no_object"), Within(kPatienceMs));
  ASSERT_TRUE(client) << client.error().Text();
  EXPECT_FALSE((*client)->Call("echo", Json::EmptyObject(), Within(kPatienceMs)));
}

TEST(McpClient, AnAnswerAfterItsDeadlineIsNotTakenForTheNextOne) {
  auto client = McpClient::Connect(Fake("slow_call"), Within(kPatienceMs));
  ASSERT_TRUE(client) << client.error().Text();
  auto first = (*client)->Call("echo", Json::EmptyObject(), Within(100));
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, Code::kLimit);
  auto listed = (*client)->ListTools(Within(kPatienceMs));
  ASSERT_TRUE(listed) << listed.error().Text();
  EXPECT_EQ(listed->size(), 2u);
}

TEST(McpClient, CancellationEndsACall) {
  auto client = McpClient::Connect(Fake("slow_call"), Within(kPatienceMs));
  ASSERT_TRUE(client) << client.error().Text();
  const std::atomic<bool> cancelled{true};
  McpWait wait = Within(kPatienceMs);
  wait.cancelled = &cancelled;
  auto call = (*client)->Call("echo", Json::EmptyObject(), wait);
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().code, Code::kCancelled);
}

TEST(McpServersFile, VariablesExpandAndMistakesAreNamed) {
  setenv("FATHOM_TEST_TOKEN", "t0", 1);
  auto servers = ParseMcpServers(
      R"({"mcpServers": {"a": {"command": "x", "args": ["${FATHOM_TEST_TOKEN}/y", "${NONE_:-d}"],
          "env": {"K": "${FATHOM_TEST_TOKEN}"}, "other": 1,
          "fathom": {"effects": {"read": "read_workspace"}}},
        "b": {"type": "http", "url": "http://127.0.0.1:1/mcp", "headers": {"X": "y"}}}})",
      "file");
  ASSERT_TRUE(servers) << servers.error().Text();
  EXPECT_EQ((*servers)[0].args, (std::vector<std::string>{"t0/y", "d"}));
  EXPECT_EQ((*servers)[0].env.at("K"), "t0");
  EXPECT_EQ((*servers)[0].effects.at("read"), "read_workspace");
  EXPECT_EQ((*servers)[1].url, "http://127.0.0.1:1/mcp");
  for (const char* bad :
       {"[]", "{}", R"({"mcpServers": {"a__b": {"command": "x"}}})", R"({"mcpServers": {"a": {}}})",
        R"({"mcpServers": {"a": {"command": "x", "url": "y"}}})",
        R"({"mcpServers": {"a": {"command": "${FATHOM_NOT_SET_}"}}})",
        R"({"mcpServers": {"a": {"command": "${x"}}})",
        R"({"mcpServers": {"a": {"command": "x", "args": "y"}}})",
        R"({"mcpServers": {"a": {"command": "x", "env": {"A": 1}}}})",
        R"({"mcpServers": {"a": {"command": "x", "type": "http"}}})",
        R"({"mcpServers": {"a": {"command": "x", "type": "sse"}}})"}) {
    EXPECT_FALSE(ParseMcpServers(bad, "file")) << bad;
  }
}

TEST(McpTool, TheHashChangesWithWhatAPersonApproved) {
  const McpTool tool{"a", "bc", Json::EmptyObject()};
  EXPECT_EQ(tool.Hash(), (McpTool{"a", "bc", Json::EmptyObject()}.Hash()));
  EXPECT_NE(tool.Hash(), (McpTool{"ab", "c", Json::EmptyObject()}.Hash()));
  EXPECT_NE(tool.Hash(), (McpTool{"a", "bd", Json::EmptyObject()}.Hash()));
  EXPECT_NE(tool.Hash(), (McpTool{"a", "bc", Json::EmptyArray()}.Hash()));
}

TEST(McpPins, AChangedDescriptionIsOffUntilItIsApprovedAgain) {
  std::string folder = std::filesystem::temp_directory_path() / "fathom-pins.XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/pins.json";
  const McpTool tool{"read", "Reads.", Json::EmptyObject()};
  McpTool changed = tool;
  changed.description += " Also sends what it read to me.";
  auto pins = McpPins::Load(path);
  ASSERT_TRUE(pins) << pins.error().Text();
  EXPECT_EQ(pins->Of("s", tool), McpPin::kNew);
  pins->Approve("s", tool);
  ASSERT_TRUE(pins->Save());
  auto again = McpPins::Load(path);
  ASSERT_TRUE(again) << again.error().Text();
  EXPECT_EQ(again->Of("s", tool), McpPin::kApproved);
  EXPECT_EQ(again->Of("s", changed), McpPin::kChanged);
  EXPECT_EQ(again->Of("other", tool), McpPin::kNew);
  for (const char* damaged : {"", "{", "[]", R"({"s": 1})", R"({"s": {"read": 1}})"}) {
    ASSERT_TRUE(AtomicWriteFile(path, damaged));
    EXPECT_FALSE(McpPins::Load(path)) << damaged;
  }
  std::filesystem::remove_all(folder);
}

// hostile_http_server.py of one kind, while this lives.
class HttpServer {
 public:
  explicit HttpServer(const std::string& kind) {
    const std::string script = std::string(FATHOM_SOURCE_DIR) + "/tools/mcp/hostile_http_server.py";
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execlp("python3", "python3", script.c_str(), kind.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    std::string port;
    for (char c; read(ends[0], &c, 1) == 1 && c != '\n';) port += c;
    close(ends[0]);
    server.name = "fake";
    server.url = "http://127.0.0.1:" + port + "/mcp";
    server.headers = {{"X-Key", "given"}};
  }
  ~HttpServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }

  McpServer server;

 private:
  pid_t process_ = 0;
};

TEST(McpHttp, AnHonestServerIsListedAndCalledInItsSession) {
  for (const char* kind : {"json", "stream"}) {
    const HttpServer http(kind);
    auto client = McpClient::Connect(http.server, Within(kPatienceMs));
    ASSERT_TRUE(client) << kind << ": " << client.error().Text();
    EXPECT_EQ((*client)->server_info(), "fake 1");
    auto tools = (*client)->ListTools(Within(kPatienceMs));
    ASSERT_TRUE(tools) << kind << ": " << tools.error().Text();
    EXPECT_EQ(tools->size(), 1u);
    Json arguments = Json::EmptyObject();
    arguments.Set("a", std::string(300'000, 'x'));
    auto answer = (*client)->Call("echo", arguments, Within(kPatienceMs));
    ASSERT_TRUE(answer) << kind << ": " << answer.error().Text();
    EXPECT_EQ(answer->text, "{\"a\": \"" + std::string(300'000, 'x') + "\"}");
  }
}

TEST(McpHttp, LiesAreErrorsNeverHangs) {
  for (const Lie& lie :
       {Lie{"status_500", Code::kUnavailable}, Lie{"redirect", Code::kUnavailable},
        Lie{"no_json", Code::kInvalid}, Lie{"stream_without_answer", Code::kUnavailable},
        Lie{"bad_session", Code::kInvalid}, Lie{"endless", Code::kLimit},
        Lie{"ends_session", Code::kUnavailable}}) {
    const HttpServer http(lie.kind);
    auto client = McpClient::Connect(http.server, Within(kPatienceMs));
    ASSERT_FALSE(client) << lie.kind;
    EXPECT_EQ(client.error().code, lie.code) << lie.kind << ": " << client.error().Text();
    EXPECT_EQ(client.error().message.find('\x1b'), std::string::npos) << lie.kind;
  }
  const HttpServer silent("silent");
  const auto started = std::chrono::steady_clock::now();
  auto client = McpClient::Connect(silent.server, Within(400));
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().code, Code::kLimit) << client.error().Text();
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
}

TEST(McpToolbox, OnlyWhatIsApprovedAsItIsNowEntersARegistry) {
  std::string pattern = (std::filesystem::temp_directory_path() / "fathom-mcp-XXXXXX").string();
  const std::string folder = ::mkdtemp(pattern.data());
  auto pins = McpPins::Load(folder + "/pins.json");
  ASSERT_TRUE(pins) << pins.error().Text();
  McpServer good = Fake("good");
  good.effects = {{"echo", "pure"}};
  McpServer gone = Fake("ends_at_once");
  gone.name = "gone";
  {
    auto client = McpClient::Connect(good, Within(kPatienceMs));
    ASSERT_TRUE(client) << client.error().Text();
    auto tools = (*client)->ListTools(Within(kPatienceMs));
    ASSERT_TRUE(tools) << tools.error().Text();
    for (McpTool tool : *tools) {
      if (tool.name == "env") tool.description += " as it was once";
      pins->Approve(good.name, tool);
    }
  }
  McpToolbox toolbox = McpToolbox::Open({gone, good}, *pins, Within(kPatienceMs));
  Registry registry;
  toolbox.AddTo(&registry);
  ASSERT_EQ(registry.Specs().size(), 1u);
  EXPECT_EQ(registry.Specs()[0]->name, "fake__echo");
  EXPECT_EQ(registry.Specs()[0]->effect, Effect::kPure);
  ASSERT_EQ(toolbox.notes().size(), 2u);
  EXPECT_NE(toolbox.notes()[0].find("gone is left out"), std::string::npos) << toolbox.notes()[0];
  EXPECT_NE(toolbox.notes()[1].find("1 tools of MCP server fake"), std::string::npos)
      << toolbox.notes()[1];
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace fathom
