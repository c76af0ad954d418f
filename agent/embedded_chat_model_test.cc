// SPDX-License-Identifier: Apache-2.0
// On nano, the model that the program ships.
#include "agent/embedded_chat_model.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace fathom {
namespace {

class EmbeddedChatModelTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string root = FATHOM_SOURCE_DIR;
    if (!std::filesystem::exists(root + "/models/nano/nano.gguf")) GTEST_SKIP() << "no nano.gguf";
    auto profile = ReadProfile(root + "/configs/models/nano.yaml", root);
    ASSERT_TRUE(profile.ok()) << profile.error().Text();
    profile_ = std::move(*profile);
    auto engine = Engine::Open({.checkpoint = profile_.checkpoint, .threads = 2});
    ASSERT_TRUE(engine.ok()) << engine.error().Text();
    engine_ = std::move(*engine);
    model_ = Open();
  }

  std::unique_ptr<EmbeddedChatModel> Open() {
    auto model = EmbeddedChatModel::Open(*engine_, profile_);
    EXPECT_TRUE(model.ok());
    return std::move(*model);
  }

  static ChatRequest Request(const std::string& conversation) {
    return {.conversation = conversation,
            .messages = {{.role = Role::kSystem, .content = "Answer from the corpus."},
                         {.role = Role::kUser, .content = "x = 1 #1\ny = 2 #2\n"}},
            .sampling = SamplingOptions{.top_logprobs = 3},
            .output_tokens_max = 12};
  }

  ChatReply Must(ChatModel& model, const ChatRequest& request) {
    auto reply = model.Chat(request, {}, {});
    EXPECT_TRUE(reply.ok()) << reply.error().Text();
    return reply ? std::move(*reply) : ChatReply{};
  }

  static bool SameLogprobs(const ChatReply& a, const ChatReply& b) {
    if (a.top_logprobs.size() != b.top_logprobs.size() || a.top_logprobs.empty()) return false;
    for (size_t i = 0; i < a.top_logprobs.size(); ++i) {
      for (size_t j = 0; j < a.top_logprobs[i].size(); ++j) {
        const ChatLogprob &x = a.top_logprobs[i][j], &y = b.top_logprobs[i][j];
        if (x.text != y.text || std::memcmp(&x.logprob, &y.logprob, sizeof(float)) != 0)
          return false;
      }
    }
    return true;
  }

  Profile profile_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<EmbeddedChatModel> model_;
};

TEST_F(EmbeddedChatModelTest, OfFunctionsToBeCalledAtOnceThePromptHoldsThoseThatShareWords) {
  const auto tool = [](const char* name, const char* description) {
    auto parameters =
        Json::Parse(R"({"type": "object", "properties": {"minutes": {"type": "integer"}}})");
    return ToolDefinition{name, description, *parameters};
  };
  ChatRequest request{
      .messages = {{.role = Role::kUser, .content = "Set a timer for 12 minutes"}},
      .tools = {tool("get_weather", "Weather of a city"), tool("set_timer", "Starts a timer"),
                tool("send_mail", "Sends a mail"), tool("book_table", "Books a table")}};
  const auto tools_tokens = [&] {
    auto use = model_->MeasureContext(request);
    EXPECT_TRUE(use.ok());
    return use ? use->tools : 0;
  };
  const size_t all = tools_tokens();
  request.calls_at_once = true;
  const size_t shown = tools_tokens();
  EXPECT_LT(shown, all);
  request.tools = {request.tools[0], request.tools[1]};
  EXPECT_EQ(tools_tokens(), shown);
  profile_.tools_shown = 1;
  model_ = Open();
  request.tools = {request.tools[1]};
  const size_t one = tools_tokens();
  request.tools.insert(request.tools.begin(), tool("get_weather", "Weather of a city"));
  EXPECT_EQ(tools_tokens(), one);
  const ChatReply reply = Must(*model_, request);
  ASSERT_EQ(reply.message.tool_calls.size(), 1u);
  EXPECT_EQ(reply.message.tool_calls[0].name, "set_timer");
  EXPECT_EQ(reply.tools_not_shown, std::vector<std::string>{"get_weather"});
}

TEST_F(EmbeddedChatModelTest, ASecondTurnComputesOnlyItsNewTokens) {
  ChatRequest request = Request("c");
  const ChatReply first = Must(*model_, request);
  EXPECT_EQ(first.usage.cached, 0u);
  EXPECT_EQ(first.usage.prefilled, first.usage.prompt);
  ASSERT_FALSE(first.message.tokens.empty());
  request.messages.push_back(first.message);
  request.messages.push_back({.role = Role::kUser, .content = "And y?"});
  const ChatReply second = Must(*model_, request);
  EXPECT_EQ(second.usage.cached + second.usage.prefilled, second.usage.prompt);
  // The whole first prompt and its reply are not computed again.
  EXPECT_GE(second.usage.cached, first.usage.prompt + first.usage.output);
  EXPECT_LT(second.usage.prefilled, 24u);
  EXPECT_FALSE(second.prefix_miss.has_value()) << second.prefix_miss->Text();
}

TEST_F(EmbeddedChatModelTest, ConversationsOfOneOwnerShareSystemTextAndToolsBitForBit) {
  const auto asked = [](const std::string& conversation, const std::string& owner,
                        const std::string& question) {
    ChatRequest request = Request(conversation);
    request.prefix_owner = owner;
    for (int i = 0; i < 40; ++i) request.messages[0].content += " Quote the line that says so.";
    request.messages[1].content = question;
    return request;
  };
  const ChatReply first = Must(*model_, asked("a", "me", "What is x?"));
  EXPECT_EQ(first.usage.cached, 0u);
  const ChatReply second = Must(*model_, asked("b", "me", "What is y?"));
  EXPECT_GT(second.usage.cached, 64u);
  EXPECT_EQ(second.usage.cached + second.usage.prefilled, second.usage.prompt);
  EXPECT_LT(second.usage.prefilled, 24u) << "the question, and nothing before it";
  EXPECT_FALSE(second.prefix_miss.has_value());
  // As if nobody had asked before.
  EXPECT_TRUE(SameLogprobs(second, Must(*Open(), asked("b", "me", "What is y?"))));
  EXPECT_EQ(Must(*model_, asked("c", "another", "What is y?")).usage.cached, 0u);
  EXPECT_EQ(Must(*model_, asked("d", "", "What is y?")).usage.cached, 0u);
  ChatRequest other = asked("e", "me", "What is y?");
  other.messages[0].content += " Or not.";
  EXPECT_EQ(Must(*model_, other).usage.cached, 0u);
}

TEST_F(EmbeddedChatModelTest, ARewoundConversationIsBitEqualToOneThatNeverWentFurther) {
  ChatRequest wandering = Request("wandering"), straight = Request("straight");
  const ChatReply first = Must(*model_, wandering);
  wandering.messages.push_back(first.message);
  const ChatRequest before = wandering;
  wandering.messages.push_back({.role = Role::kUser, .content = "A dead end, in some words."});
  wandering.messages.push_back(Must(*model_, wandering).message);
  wandering.messages.push_back({.role = Role::kUser, .content = "Further into it."});
  Must(*model_, wandering);
  wandering = before;
  wandering.messages.push_back({.role = Role::kUser, .content = "Where is `x` defined?"});
  const ChatReply back = Must(*model_, wandering);
  EXPECT_GE(back.usage.cached, first.usage.prompt + first.usage.output);

  auto fresh = Open();
  straight.messages.push_back(Must(*fresh, straight).message);
  straight.messages.push_back({.role = Role::kUser, .content = "Where is `x` defined?"});
  const ChatReply want = Must(*fresh, straight);
  EXPECT_TRUE(SameLogprobs(back, want));
  EXPECT_EQ(back.message.content, want.message.content);
}

TEST_F(EmbeddedChatModelTest, AMissNamesTheTokenAndTheMessage) {
  ChatRequest request = Request("c");
  request.messages.push_back(Must(*model_, request).message);
  request.messages[1].content = "x = 1 #1\nz = 2 #2\n";
  const ChatReply reply = Must(*model_, request);
  ASSERT_TRUE(reply.prefix_miss.has_value());
  EXPECT_EQ(reply.prefix_miss->message, 1u);
  EXPECT_NE(reply.prefix_miss->expected.find('y'), std::string::npos);
  EXPECT_NE(reply.prefix_miss->found.find('z'), std::string::npos);
  EXPECT_GT(reply.prefix_miss->tokens_again, 0u);
}

TEST_F(EmbeddedChatModelTest, AForkContinuesTheOtherAndLeavesItAlone) {
  ChatRequest request = Request("trunk");
  const ChatReply first = Must(*model_, request);
  request.messages.push_back(first.message);
  ASSERT_TRUE(model_->ForkState("trunk", "branch").ok());
  request.messages.push_back({.role = Role::kUser, .content = "And y?"});
  ChatRequest branch = request;
  branch.conversation = "branch";
  const ChatReply on_branch = Must(*model_, branch), on_trunk = Must(*model_, request);
  EXPECT_EQ(on_branch.usage.prefilled, on_trunk.usage.prefilled);
  EXPECT_TRUE(SameLogprobs(on_branch, on_trunk));
  model_->ForgetState("branch");
  EXPECT_EQ(Must(*model_, branch).usage.cached, 0u);
}

TEST_F(EmbeddedChatModelTest, ConversationsNeverMeet) {
  Must(*model_, Request("mine"));
  EXPECT_EQ(Must(*model_, Request("theirs")).usage.cached, 0u);
  const size_t kept = model_->kept_bytes();
  Must(*model_, Request(""));
  EXPECT_EQ(Must(*model_, Request("")).usage.cached, 0u);
  EXPECT_EQ(model_->kept_bytes(), kept);
}

TEST_F(EmbeddedChatModelTest, ASavedStateContinuesInAnotherProcessBitEqual) {
  std::string pattern = (std::filesystem::temp_directory_path() / "fathom-states-XXXXXX").string();
  const std::string folder = ::mkdtemp(pattern.data());
  ChatRequest request = Request("c");
  request.messages.push_back(Must(*model_, request).message);
  auto saved = model_->SaveState(request, folder);
  ASSERT_TRUE(saved.ok()) << saved.error().Text();
  auto again = model_->SaveState(request, folder);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(saved->file, again->file);
  request.messages.push_back({.role = Role::kUser, .content = "And y?"});
  const ChatReply want = Must(*model_, request);

  auto other = Open();
  auto restored = other->RestoreState("c", folder + "/" + saved->file);
  ASSERT_TRUE(restored.ok()) << restored.error().Text();
  const ChatReply got = Must(*other, request);
  EXPECT_EQ(got.usage.cached, *restored);
  EXPECT_EQ(got.usage.prefilled, want.usage.prefilled);
  EXPECT_TRUE(SameLogprobs(got, want));
  std::filesystem::remove_all(folder);
}

TEST_F(EmbeddedChatModelTest, ASinkThatHasEnoughStopsTheReply) {
  auto reply = model_->Chat(Request("c"), [](const ParseDelta&) { return false; }, {});
  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->finish, ChatFinish::kCancelled);
  EXPECT_LT(reply->usage.output, 12u);
}

TEST_F(EmbeddedChatModelTest, AConversationBeyondTheWindowIsRefusedInWords) {
  ChatRequest request = Request("c");
  for (int i = 0; i < 20'000; ++i) request.messages[1].content += " word";
  auto reply = model_->Chat(request, {}, {});
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().code, Code::kLimit);
}

}  // namespace
}  // namespace fathom
