// SPDX-License-Identifier: Apache-2.0
// What holds replies while they are decoded, on nano at temperatures at which it says anything.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "agent/embedded_chat_model.h"
#include "base/json_schema.h"
#include "base/utf8.h"
#include "engine/chat/chat.h"

namespace fathom {
namespace {

Json Parsed(std::string_view text) {
  auto json = Json::Parse(text);
  EXPECT_TRUE(json.ok()) << text << "\n" << (json ? "" : json.error().Text());
  return json ? *json : Json();
}

class ConstrainedReplyTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string root = FATHOM_SOURCE_DIR;
    if (!std::filesystem::exists(root + "/models/nano/nano.gguf")) GTEST_SKIP() << "no nano.gguf";
    auto profile = ReadProfile(root + "/configs/models/nano.yaml", root);
    ASSERT_TRUE(profile.ok()) << profile.error().Text();
    profile_ = std::move(*profile);
    auto engine = Engine::Open({.checkpoint = profile_.checkpoint, .threads = 1});
    ASSERT_TRUE(engine.ok()) << engine.error().Text();
    engine_ = std::move(*engine);
    Open();
    tools_ = {{"read_file", "Reads a file.", Parsed(R"({"type": "object", "properties": {
            "path": {"type": "string", "maxLength": 12},
            "lines": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 99},
                      "maxItems": 2}}, "required": ["path"]})")},
              {"set_mode", "Sets the mode.", Parsed(R"({"type": "object", "properties": {
            "mode": {"enum": ["fast", "slow </tool_calls>"]}, "deep": {"type": "boolean"}},
            "required": ["mode", "deep"], "additionalProperties": false})")}};
  }

  void Open() {
    auto model = EmbeddedChatModel::Open(*engine_, profile_);
    ASSERT_TRUE(model.ok());
    model_ = std::move(*model);
  }

  ChatRequest Request(double temperature, uint64_t seed) const {
    // The prompt is read once; each seed begins behind it.
    return {.conversation = "c",
            .messages = {{.role = Role::kUser, .content = "Read the file notes.txt, please."}},
            .tools = tools_,
            .sampling = SamplingOptions{.temperature = temperature, .seed = seed},
            .output_tokens_max = 200};
  }

  ChatReply Must(const ChatRequest& request, const ChatSink& sink = {}) {
    auto reply = model_->Chat(request, sink, {});
    EXPECT_TRUE(reply.ok()) << reply.error().Text();
    return reply ? std::move(*reply) : ChatReply{};
  }

  // Every call is of a tool offered, with arguments that its schema accepts.
  void ExpectGood(const std::vector<ToolCall>& calls) const {
    for (const ToolCall& call : calls) {
      const auto tool = std::find_if(tools_.begin(), tools_.end(),
                                     [&](const auto& tool) { return tool.name == call.name; });
      ASSERT_NE(tool, tools_.end()) << call.name;
      auto schema = JsonSchema::Compile(tool->parameters);
      ASSERT_TRUE(schema.ok());
      const Status fits = schema->Check(Parsed(call.arguments));
      EXPECT_TRUE(fits.ok()) << call.name << " " << call.arguments;
    }
  }

  Profile profile_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<EmbeddedChatModel> model_;
  std::vector<ToolDefinition> tools_;
};

TEST_F(ConstrainedReplyTest, ARequiredCallIsAlwaysAWholeCallOfAToolThatIsOffered) {
  EXPECT_TRUE(model_->can().constrain);
  size_t whole = 0, of_each[2] = {0, 0};
  for (uint64_t seed = 1; seed <= 16; ++seed) {
    ChatRequest request = Request(1 + static_cast<double>(seed % 3), seed);
    request.tool_choice = CallChoice::kRequired;
    request.parallel_calls = seed % 2 == 0;
    if (seed % 4 < 2) request.messages[0].content = "Set the mode to fast.";
    const ChatReply reply = Must(request);
    if (!request.parallel_calls) {
      EXPECT_EQ(reply.message.tool_calls.size(), 1u);
    }
    EXPECT_EQ(reply.message.content, "");
    ExpectGood(reply.message.tool_calls);
    for (const ToolCall& call : reply.message.tool_calls) ++of_each[call.name == "set_mode"];
    if (reply.finish == ChatFinish::kLength) continue;  // it went on calling: as said
    EXPECT_EQ(reply.finish, ChatFinish::kToolCalls);
    EXPECT_GT(reply.message.tool_calls.size(), 0u);
    EXPECT_EQ(reply.rejected_calls, 0u);
    ++whole;
  }
  EXPECT_GE(whole, 8u);
  EXPECT_GT(of_each[0], 0u);
  EXPECT_GT(of_each[1], 0u);
}

TEST_F(ConstrainedReplyTest, ANamedToolIsTheOneThatIsCalled) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    ChatRequest request = Request(1, seed);
    request.tool_choice = CallChoice::kRequired;
    request.tool_name = "set_mode";
    const ChatReply reply = Must(request);
    ExpectGood(reply.message.tool_calls);
    ASSERT_GT(reply.message.tool_calls.size(), 0u);
    for (const ToolCall& call : reply.message.tool_calls) EXPECT_EQ(call.name, "set_mode");
  }
}

TEST_F(ConstrainedReplyTest, ABlockThatTheModelOpensItselfHoldsOnlyGoodCalls) {
  size_t with_calls = 0, without = 0;
  for (uint64_t seed = 1; seed <= 16; ++seed) {
    ChatRequest request = Request(seed % 2 == 0 ? 1 : 1.6, seed);
    if (seed % 4 == 3) request.messages[0].content = "What is a file?";
    const ChatReply reply = Must(request);
    ExpectGood(reply.message.tool_calls);
    if (reply.finish != ChatFinish::kLength) {
      EXPECT_EQ(reply.rejected_calls, 0u) << seed;
    }
    ++(reply.message.tool_calls.empty() ? without : with_calls);
  }
  EXPECT_GT(with_calls, 3u);
  EXPECT_GT(without, 0u);
}

TEST_F(ConstrainedReplyTest, NoCallsAreMadeWhereNoneAreWanted) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    ChatRequest request = Request(seed % 2 == 0 ? 0 : 1, seed);
    request.tool_choice = CallChoice::kNone;
    request.output_tokens_max = 40;
    const ChatReply reply = Must(request);
    EXPECT_TRUE(reply.message.tool_calls.empty());
    EXPECT_EQ(reply.rejected_calls, 0u);
  }
}

TEST_F(ConstrainedReplyTest, AnAnswerFitsItsSchemaAndIsStreamedAsItIs) {
  const Json schema = Parsed(R"({"type": "object", "properties": {
      "verdict": {"enum": ["yes", "no", "<tool_calls>"]}, "line": {"type": ["integer", "null"]},
      "why": {"type": "string", "minLength": 3, "maxLength": 20},
      "more": {"type": "array", "items": {"type": "number"}, "maxItems": 3}},
      "required": ["verdict", "line", "why"]})");
  auto compiled = JsonSchema::Compile(schema);
  ASSERT_TRUE(compiled.ok());
  for (uint64_t seed = 1; seed <= 16; ++seed) {
    ChatRequest request = Request(1 + static_cast<double>(seed % 3), seed);
    request.response_schema = schema;
    if (seed % 2 == 0) request.tools.clear();
    if (seed % 4 == 1) request.tool_choice = CallChoice::kNone;
    std::string streamed;
    const ChatReply reply = Must(request, [&](const ParseDelta& delta) {
      if (delta.kind == ParseDelta::Kind::kContent) streamed += delta.text;
      return true;
    });
    ExpectGood(reply.message.tool_calls);
    if (!reply.message.tool_calls.empty()) {
      EXPECT_EQ(seed % 4, 3u) << "only where calls were allowed";
      continue;
    }
    ASSERT_EQ(reply.finish, ChatFinish::kStop) << reply.message.content;
    EXPECT_EQ(streamed, reply.message.content);
    const Status fits = compiled->Check(Parsed(reply.message.content));
    EXPECT_TRUE(fits.ok()) << reply.message.content;
  }
}

TEST_F(ConstrainedReplyTest, TagsInsideAnAnswersStringsAreText) {
  ChatRequest request = Request(0, 0);
  request.tools.clear();
  request.response_schema =
      Parsed(R"({"const": {"a": "</think><tool_calls>\n{\"name\": \"x\"}"}})");
  const ChatReply reply = Must(request);
  EXPECT_EQ(Parsed(reply.message.content), *request.response_schema->Find("const"));
  EXPECT_TRUE(reply.message.tool_calls.empty());
  EXPECT_EQ(reply.thinking, "");
}

TEST_F(ConstrainedReplyTest, WhatTheLimitCutsIsSaidAndIsNoCall) {
  for (const size_t most : {1u, 3u, 8u, 14u}) {
    ChatRequest request = Request(1, most);
    request.tool_choice = CallChoice::kRequired;
    request.tool_name = "set_mode";
    request.output_tokens_max = most;
    const ChatReply reply = Must(request);
    EXPECT_EQ(reply.finish, ChatFinish::kLength);
    EXPECT_TRUE(reply.message.tool_calls.empty());
    EXPECT_EQ(reply.usage.output, most);
    request.tool_choice = CallChoice::kAuto;
    request.response_schema = Parsed(R"({"type": "string", "minLength": 100})");
    EXPECT_EQ(Must(request).finish, ChatFinish::kLength);
  }
}

TEST_F(ConstrainedReplyTest, AnAnswerThatTheLimitCutsIsJsonAllTheSame) {
  for (const size_t most : {12u, 20u, 40u}) {
    ChatRequest request = Request(1.5, most);
    request.tools.clear();
    request.response_schema = Parsed(R"({"type": "array", "items": {"type": "string",
        "minLength": 2}, "minItems": 1})");
    request.output_tokens_max = most;
    const ChatReply reply = Must(request);
    EXPECT_LE(reply.usage.output, most);
    EXPECT_TRUE(Parsed(reply.message.content).is_array()) << reply.message.content;
  }
}

TEST_F(ConstrainedReplyTest, ThinkingComesBeforeWhatIsHeldAndIsFree) {
  profile_.thinking = {.supported = true, .tokens_default = 12, .tokens_max = 12};
  Open();
  size_t thought = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    ChatRequest request = Request(2.5, seed);
    request.tool_choice = CallChoice::kRequired;
    if (seed % 2 == 0) {
      request.tool_choice = CallChoice::kNone;
      request.response_schema = Parsed(R"({"enum": ["a", "<b"]})");
    }
    const ChatReply reply = Must(request);
    if (!reply.thinking.empty()) ++thought;
    ExpectGood(reply.message.tool_calls);
    if (reply.finish == ChatFinish::kLength) continue;
    if (request.response_schema) {
      EXPECT_TRUE(reply.message.content == "\"a\"" || reply.message.content == "\"<b\"")
          << reply.message.content;
    } else {
      EXPECT_GT(reply.message.tool_calls.size(), 0u) << reply.thinking;
    }
  }
  EXPECT_GT(thought, 0u);
}

TEST_F(ConstrainedReplyTest, ThinkingGoesOnAsIfItsBudgetHadBeenLargerAtOnce) {
  profile_.thinking = {.supported = true, .tokens_default = 12, .tokens_max = 80};
  Open();
  size_t closed = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    ChatRequest request = Request(2.5, seed);
    request.tool_choice = CallChoice::kNone;
    request.response_schema = Parsed(R"({"enum": ["a", "<b"]})");
    request.conversation = "short" + std::to_string(seed);
    if (!Must(request).thinking_was_closed) continue;
    ++closed;
    request.thinks_further_of = request.conversation;
    request.conversation = "further" + std::to_string(seed);
    request.thinking_tokens_max = 60;
    const ChatReply further = Must(request);
    EXPECT_EQ(further.usage.prefilled, 0u);
    EXPECT_EQ(further.usage.cached, further.usage.prompt);
    request.thinks_further_of = "";
    request.conversation = "whole" + std::to_string(seed);
    const ChatReply whole = Must(request);
    EXPECT_EQ(further.thinking, whole.thinking);
    EXPECT_EQ(further.message.content, whole.message.content);
    EXPECT_EQ(further.usage.output, whole.usage.output);
    // What is no longer kept is thought anew.
    request.thinks_further_of = "nobody's";
    request.conversation = "again" + std::to_string(seed);
    EXPECT_EQ(Must(request).thinking, whole.thinking);
  }
  EXPECT_GT(closed, 2u);
}

// Bytes that are no UTF-8 as U+FFFD, as replies have them.
std::string AsUtf8(std::string_view text) {
  std::string valid;
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    AppendUtf8(character.valid ? character.code_point : U'\uFFFD', &valid);
    i += character.length;
  }
  return valid;
}

TEST_F(ConstrainedReplyTest, WithoutToolsAndSchemaNothingChangesABit) {
  ChatRequest request = Request(1, 11);
  request.tools.clear();
  request.sampling->top_logprobs = 5;
  request.output_tokens_max = 40;
  const ChatReply reply = Must(request);
  auto prompt = RenderChatParts(*engine_->tokenizer(), request.messages, {});
  ASSERT_TRUE(prompt.ok());
  const std::span<const Token> tokens = prompt->tokens;
  auto session = engine_->NewSession({.context_tokens_max = profile_.window_tokens()});
  ASSERT_TRUE(session.ok());
  ASSERT_TRUE(session->Append(tokens.first(prompt->generation_start)).ok());
  ASSERT_TRUE(session->Append(tokens.subspan(prompt->generation_start)).ok());
  auto plain = session->Generate({.sampling = *request.sampling, .output_tokens_max = 40});
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(reply.message.content, AsUtf8(plain->text));
  ASSERT_EQ(reply.logprobs.size(), plain->logprobs.size());
  ASSERT_GT(reply.logprobs.size(), 0u);
  for (size_t i = 0; i < plain->logprobs.size(); ++i) {
    const float a = reply.logprobs[i].logprob, b = plain->logprobs[i].logprob;
    EXPECT_EQ(std::memcmp(&a, &b, sizeof(a)), 0) << i;
  }
}

TEST_F(ConstrainedReplyTest, ASchemaBeyondTheGrammarIsCheckedLaterAndItsNeighboursAreHeld) {
  tools_.push_back({"odd", "Has a pattern that no grammar holds.",
                    Parsed(R"({"type": "object", "properties": {"a": {"type": "string",
                        "not": {"const": "x"}}}})")});
  ChatRequest request = Request(1, 5);
  request.tool_choice = CallChoice::kRequired;
  request.tool_name = "odd";
  const ChatReply odd = Must(request);
  for (const ToolCall& call : odd.message.tool_calls)
    EXPECT_TRUE(Parsed(call.arguments).is_object());
  request.tool_name = "set_mode";
  ExpectGood(Must(request).message.tool_calls);
  request.tools.clear();
  request.tool_choice = CallChoice::kAuto;
  request.response_schema = Parsed(R"({"not": {"const": "x"}})");
  auto refused = model_->Chat(request, {}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().Text().find("not"), std::string::npos) << refused.error().Text();
}

TEST_F(ConstrainedReplyTest, WhatCannotBeAskedForIsRefusedInWords) {
  ChatRequest request = Request(0, 0);
  request.tool_choice = CallChoice::kRequired;
  request.tool_name = "unknown";
  auto reply = model_->Chat(request, {}, {});
  ASSERT_FALSE(reply.ok());
  EXPECT_NE(reply.error().Text().find("unknown"), std::string::npos);
  request.tool_name.clear();
  request.tools.clear();
  EXPECT_FALSE(model_->Chat(request, {}, {}).ok());
  request.tools = tools_;
  request.response_schema = Parsed("{}");
  EXPECT_FALSE(model_->Chat(request, {}, {}).ok());
}

}  // namespace
}  // namespace fathom
