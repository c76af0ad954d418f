// SPDX-License-Identifier: Apache-2.0
// The four reference servers, unmodified, behind the agent's loop: a scripted model calls them, and
// what comes back is what those servers say.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "agent/agent.h"
#include "tools/builtin.h"
#include "tools/execute.h"
#include "tools/mcp/toolbox.h"

namespace fathom {
namespace {

class ScriptedModel final : public ChatModel {
 public:
  const Profile& profile() const override { return profile_; }
  ModelCan can() const override { return {}; }
  Result<ContextUse> MeasureContext(const ChatRequest&) const override { return ContextUse{}; }
  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink&, const CallControl&) override {
    offered = request.tools.size();
    if (script.empty()) return Invalid("the script is over");
    ChatReply reply = script.front();
    script.pop_front();
    return reply;
  }

  Profile profile_;
  std::deque<ChatReply> script;
  size_t offered = 0;
};

ChatReply Says(const std::string& text) {
  ChatReply reply;
  reply.message = {.role = Role::kAssistant, .content = text};
  return reply;
}

ChatReply Calls(const std::string& tool, const std::string& arguments) {
  static int number = 0;
  ChatReply reply = Says("");
  reply.finish = ChatFinish::kToolCalls;
  reply.message.tool_calls.push_back({"call-" + std::to_string(++number), tool, arguments});
  return reply;
}

McpWait Patience() {
  return {std::chrono::steady_clock::now() + std::chrono::seconds(60)};
}

class McpLoop : public testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("FATHOM_PEERS");
    packages_ = named ? named : std::string(FATHOM_SOURCE_DIR) + "/.peers/mcp";
    if (!std::filesystem::exists(packages_ + "/node_modules/@modelcontextprotocol")) {
      GTEST_SKIP() << "packages are missing in " << packages_
                   << "; copy tests/peers/mcp/package.json there and run npm install";
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-mcp-XXXXXX").string();
    folder_ = std::filesystem::canonical(::mkdtemp(pattern.data()));
    std::filesystem::create_directory(folder_ + "/files");
    auto workspace = Workspace::Open(folder_ + "/files", {});
    ASSERT_TRUE(workspace) << workspace.error().Text();
    workspace_ = std::make_unique<Workspace>(std::move(*workspace));
    state_.conversation = "s";
    state_.messages.push_back({.role = Role::kUser, .content = "do it"});
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  McpServer Server(const std::string& package, std::map<std::string, std::string> effects) const {
    return {.name = package,
            .command = "node",
            .args = {packages_ + "/node_modules/.bin/mcp-server-" + package},
            .env = {{"MEMORY_FILE_PATH", folder_ + "/memory.jsonl"}},
            .effects = std::move(effects)};
  }

  // All tools of the server are approved, but `unapproved`.
  void Offer(const McpServer& server, const std::string& unapproved = "") {
    auto pins = McpPins::Load(folder_ + "/pins.json");
    ASSERT_TRUE(pins) << pins.error().Text();
    auto client = McpClient::Connect(server, Patience());
    ASSERT_TRUE(client) << client.error().Text();
    auto tools = (*client)->ListTools(Patience());
    ASSERT_TRUE(tools) << tools.error().Text();
    for (const McpTool& tool : *tools) {
      if (tool.name != unapproved) pins->Approve(server.name, tool);
    }
    toolbox_ = std::make_unique<McpToolbox>(McpToolbox::Open({server}, *pins, Patience()));
    Registry all;
    ASSERT_TRUE(AddBuiltinTools(&all));
    toolbox_->AddTo(&all);
    for (const std::string& note : toolbox_->notes()) notes_ += note + "\n";
    auto policy =
        ReadPolicy(std::string(FATHOM_SOURCE_DIR) + "/configs/policies/default.yaml", all);
    ASSERT_TRUE(policy) << policy.error().Text();
    policy_ = std::move(*policy);
    for (const ToolSpec* spec : all.Specs()) {
      if (!spec->name.starts_with(server.name + "__")) continue;
      ASSERT_TRUE(registry_.Add(**all.Find(spec->name)));
    }
    EXPECT_EQ(registry_.Specs().size(), tools->size() - (unapproved.empty() ? 0 : 1)) << notes_;
  }

  // What each call was answered with.
  std::vector<std::string> Run(const std::vector<ChatReply>& calls, bool approve) {
    model_.script.assign(calls.begin(), calls.end());
    model_.script.push_back(Says("done"));
    AgentOptions options;
    options.tools = {&registry_, &policy_, &grants_, workspace_.get(), {}};
    if (approve) options.tools.approver = [](const ApprovalRequest&) { return true; };
    auto outcome = RunAgent(model_, state_, options);
    EXPECT_EQ(outcome ? outcome->answer : outcome.error().Text(), "done");
    EXPECT_EQ(model_.offered, registry_.Specs().size());
    std::vector<std::string> results;
    for (const Message& message : state_.messages) {
      if (message.role == Role::kTool) results.push_back(message.content);
    }
    EXPECT_EQ(results.size(), calls.size());
    results.resize(calls.size());
    return results;
  }

  std::string packages_, folder_, notes_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<McpToolbox> toolbox_;
  Registry registry_;
  Policy policy_;
  Grants grants_;
  ScriptedModel model_;
  AgentState state_;
};

TEST_F(McpLoop, FilesystemWritesWhatWasApprovedAndReadsItBack) {
  McpServer server = Server(
      "filesystem", {{"write_file", "write_workspace"}, {"read_text_file", "read_workspace"}});
  server.args.push_back(folder_ + "/files");
  Offer(server);
  const std::string path = folder_ + "/files/note.txt";
  const auto results = Run(
      {Calls("filesystem__write_file", R"({"path": ")" + path + R"(", "content": "teal\nonly"})"),
       Calls("filesystem__read_text_file", R"({"path": ")" + path + R"("})"),
       Calls("filesystem__read_text_file", R"({"path": "/etc/hostname"})")},
      true);
  std::ifstream file(path);
  std::stringstream written;
  written << file.rdbuf();
  EXPECT_EQ(written.str(), "teal\nonly");
  EXPECT_EQ(results[1], "teal\nonly");
  EXPECT_NE(results[2].find("outside allowed directories"), std::string::npos) << results[2];
  EXPECT_FALSE(state_.tainted_by.empty()) << "what a server says is untrusted";
}

TEST_F(McpLoop, MemoryRemembersAcrossCalls) {
  Offer(Server("memory", {{"create_entities", "pure"}, {"search_nodes", "pure"}}));
  const auto results = Run(
      {Calls("memory__create_entities", R"({"entities": [{"name": "kettle", "entityType": "thing",)"
                                        R"( "observations": ["its colour is teal"]}]})"),
       Calls("memory__search_nodes", R"({"query": "teal"})"),
       Calls("memory__search_nodes", R"({"question": "teal"})")},
      false);
  EXPECT_NE(results[1].find("kettle"), std::string::npos) << results[1];
  EXPECT_NE(results[2].find("do not fit"), std::string::npos) << "its own schema: " << results[2];
}

TEST_F(McpLoop, SequentialThinkingCountsItsThoughts) {
  Offer(Server("sequential-thinking", {{"sequentialthinking", "pure"}}));
  const auto thought = [](int number) {
    return Calls("sequential-thinking__sequentialthinking",
                 R"({"thought": "thought )" + std::to_string(number) +
                     R"(", "nextThoughtNeeded": true, "totalThoughts": 3, "thoughtNumber": )" +
                     std::to_string(number) + "}");
  };
  const auto results = Run({thought(1), thought(2)}, false);
  auto second = Json::Parse(results[1]);
  ASSERT_TRUE(second) << results[1];
  EXPECT_EQ(second->Find("thoughtHistoryLength")->as_int(), 2);
}

TEST_F(McpLoop, EverythingIsHeldToApprovalAndTaint) {
  Offer(Server("everything", {{"echo", "pure"}}), "get-env");
  EXPECT_NE(notes_.find("1 tools of MCP server everything are new"), std::string::npos) << notes_;
  const auto results =
      Run({Calls("everything__get-sum", R"({"a": 40, "b": 2})"),
           Calls("everything__echo", R"({"message": "colour teal"})"),
           Calls("everything__get-env", "{}"), Calls("everything__get-sum", R"({"a": 1, "b": 2})")},
          true);
  EXPECT_NE(results[0].find("42"), std::string::npos) << "outward, and approved: " << results[0];
  EXPECT_NE(results[1].find("colour teal"), std::string::npos) << results[1];
  EXPECT_NE(results[2].find("get-env"), std::string::npos) << results[2];
  EXPECT_EQ(results[2].find("PATH"), std::string::npos) << "it was not approved: " << results[2];
  EXPECT_NE(results[3].find("denied"), std::string::npos)
      << "outward after untrusted text: " << results[3];
}

// Ends its process when it goes.
class HttpServer {
 public:
  HttpServer(const std::string& program, int port) : process_(fork()) {
    if (process_ != 0) return;
    setenv("PORT", std::to_string(port).c_str(), 1);
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) dup2(nowhere, fd);
    execlp("node", "node", program.c_str(), "streamableHttp", nullptr);
    _exit(127);
  }
  ~HttpServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }

 private:
  pid_t process_;
};

TEST_F(McpLoop, EverythingSpeaksStreamableHttpToo) {
  const int port = 20'000 + getpid() % 20'000;
  const HttpServer process(packages_ + "/node_modules/.bin/mcp-server-everything", port);
  const McpServer server{.name = "everything",
                         .url = "http://127.0.0.1:" + std::to_string(port) + "/mcp",
                         .effects = {{"get-sum", "pure"}, {"echo", "pure"}}};
  for (int i = 0; i < 300 && !McpClient::Connect(server, Patience()); ++i) usleep(100'000);
  Offer(server);
  const auto results = Run({Calls("everything__get-sum", R"({"a": 40, "b": 2})"),
                            Calls("everything__echo", R"({"message": "colour teal"})"),
                            Calls("everything__get-sum", R"({"a": "forty", "b": 2})")},
                           false);
  EXPECT_NE(results[0].find("42"), std::string::npos) << results[0];
  EXPECT_NE(results[1].find("colour teal"), std::string::npos) << results[1];
  EXPECT_NE(results[2].find("do not fit"), std::string::npos) << results[2];
}

}  // namespace
}  // namespace fathom
