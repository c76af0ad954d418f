// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/grammar.h"

#include "base/json_schema.h"
#include "engine/test_support.h"
#include "kernels/sample/sample.h"

namespace fathom {
namespace {

using test::Must;

class GrammarTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    tokenizer_ = Must(Tokenizer::Load(FATHOM_SOURCE_DIR "/models/nano")).release();
    vocabulary_ = new GrammarVocabulary(*tokenizer_);
  }

  static Grammar Of(const std::string& schema) {
    return Must(Grammar::FromSchema(*vocabulary_, Must(Json::Parse(schema))));
  }

  // A text drawn from uniform logits, or nothing past tokens_max.
  static std::optional<std::string> Draw(const Grammar& grammar, uint64_t seed, size_t tokens_max) {
    auto constraint = grammar.NewConstraint();
    std::vector<uint64_t> allowed((tokenizer_->vocabulary() + 63) / 64);
    std::string text;
    for (size_t i = 0; i < tokens_max; ++i) {
      Must(constraint->Mask(allowed));
      std::vector<Token> tokens;
      for (size_t t = 0; t < tokenizer_->vocabulary(); ++t) {
        if (allowed[t / 64] >> (t % 64) & 1) tokens.push_back(static_cast<Token>(t));
      }
      if (constraint->IsComplete()) tokens.push_back(-1);
      if (tokens.empty()) {
        ADD_FAILURE() << "dead end after " << text;
        return std::nullopt;
      }
      const double u = SampleUniform(seed, i);
      const Token token = tokens[static_cast<size_t>(u * static_cast<double>(tokens.size()))];
      if (token < 0) return text;
      EXPECT_TRUE(constraint->Accept(token)) << text << " + " << tokenizer_->Piece(token);
      text += tokenizer_->Piece(token);
    }
    return std::nullopt;
  }

  static inline Tokenizer* tokenizer_ = nullptr;
  static inline GrammarVocabulary* vocabulary_ = nullptr;
};

TEST_F(GrammarTest, AcceptsExactlyTheCanonicalTexts) {
  const Grammar grammar = Of(R"({"type": "object", "properties": {
      "name": {"type": "string", "maxLength": 5}, "age": {"type": "integer", "minimum": 0},
      "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1, "maxItems": 2}},
      "required": ["name"], "additionalProperties": false})");
  for (const char* good : {R"({"name":"Ada"})", R"({"name": "Ada", "age": 36})",
                           R"({"name":"\u00e9\n","tags":["a","b"]})", R"({"name":"été"})"}) {
    EXPECT_TRUE(grammar.Accepts(good)) << good;
  }
  for (const char* bad :
       {R"({})", R"({"age":1,"name":"x"})", R"({"name":"abcdef"})", R"({"name":"a","age":-1})",
        R"({"name":"a","age":01})", R"({"name":"a","tags":[]})",
        R"({"name":"a","tags":["a","b","a"]})", R"({"name":"a","x":1})", R"({"name":"a"}})",
        R"({"name":"a")", "{\"name\":\"a\xff\"}", R"({"name":"\ud800"})", R"( {"name":"a"})"}) {
    EXPECT_FALSE(grammar.Accepts(bad)) << bad;
  }
}

TEST_F(GrammarTest, EveryDrawIsWhatTheSchemaAccepts) {
  size_t finished = 0;
  for (const char* text :
       {R"({"type": "object", "properties": {"a": {"type": "number", "minimum": -2.5,
            "exclusiveMaximum": 7.25}, "b": {"type": "string", "minLength": 2, "maxLength": 9}}})",
        R"({"type": "array", "items": {"type": "integer", "multipleOf": 7}, "maxItems": 3})",
        R"({"anyOf": [{"type": "null"}, {"type": "object", "additionalProperties":
            {"type": "boolean"}, "minProperties": 2, "maxProperties": 4}]})",
        R"({"$ref": "#/$defs/t", "$defs": {"t": {"type": "object", "properties": {
            "l": {"$ref": "#/$defs/t"}, "v": {"const": {"x": [1, "\"", null]}}},
            "required": ["v"], "additionalProperties": false}}})"}) {
    const Json json = Must(Json::Parse(text));
    const JsonSchema schema = Must(JsonSchema::Compile(json));
    const Grammar grammar = Must(Grammar::FromSchema(*vocabulary_, json));
    for (uint64_t seed = 0; seed < 25; ++seed) {
      const auto drawn = Draw(grammar, seed, 3'000);
      if (!drawn) continue;
      ++finished;
      const auto value = Json::Parse(*drawn);
      ASSERT_TRUE(value) << *drawn << "\n" << value.error().Text();
      const Status status = schema.Check(*value);
      EXPECT_TRUE(status) << *drawn << "\n" << status.error().Text();
    }
  }
  EXPECT_GT(finished, 80u);
}

TEST_F(GrammarTest, MasksAreWhatTheBytesSay) {
  // Each token by itself against the mask, along drawn texts.
  for (const char* text :
       {R"({"type": "object", "properties": {"k": {"type": "string", "maxLength": 20},
            "n": {"type": "number"}}})",
        R"({"type": "array", "items": {"type": "string", "minLength": 3}})"}) {
    const Grammar grammar = Of(text);
    for (uint64_t seed = 0; seed < 3; ++seed) {
      auto constraint = grammar.NewConstraint();
      std::vector<uint64_t> allowed((tokenizer_->vocabulary() + 63) / 64);
      std::string before;
      for (size_t i = 0; i < 25; ++i) {
        Must(constraint->Mask(allowed));
        std::vector<Token> tokens;
        for (size_t t = 0; t < tokenizer_->vocabulary(); ++t) {
          const auto token = static_cast<Token>(t);
          const bool set = allowed[t / 64] >> (t % 64) & 1;
          if (set) tokens.push_back(token);
          if ((t + i) % 7 != 0) continue;
          auto other = grammar.NewConstraint();
          for (const char c : before) ASSERT_TRUE(other->Accept(tokenizer_->Encode({&c, 1})[0]));
          ASSERT_EQ(other->Accept(token), set) << before << " + " << tokenizer_->Piece(token);
        }
        if (tokens.empty()) break;
        const double u = SampleUniform(seed, i);
        const Token token = tokens[static_cast<size_t>(u * static_cast<double>(tokens.size()))];
        ASSERT_TRUE(constraint->Accept(token));
        before += tokenizer_->Piece(token);
      }
    }
  }
}

TEST_F(GrammarTest, WhatItCannotHoldIsNamed) {
  const auto error = [](const char* text) {
    auto grammar = Grammar::FromSchema(*vocabulary_, Must(Json::Parse(text)));
    return grammar ? "accepted" : grammar.error().Text();
  };
  EXPECT_EQ(error(R"({"properties": {"a": {"uniqueItems": true}}})"),
            "#/properties/a/uniqueItems: keyword \"uniqueItems\" is not supported in a grammar");
  EXPECT_EQ(error(R"({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}})"),
            "no finite value fits the schema");
  EXPECT_EQ(error(R"({"type": "integer", "minimum": 3, "maximum": 2})"),
            "no finite value fits the schema");
}

TEST_F(GrammarTest, ToolCallsFollowTheChoice) {
  const std::vector<ToolDefinition> tools = {
      {.name = "add", .parameters = Must(Json::Parse(R"({"type": "object", "properties":
          {"a": {"type": "integer"}}, "required": ["a"]})"))},
      {.name = "now", .parameters = Json()}};
  const std::string add = "{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n";
  const std::string now = "{\"name\": \"now\", \"arguments\": {}}\n";
  const std::string one = "<tool_calls>\n" + add + "</tool_calls>";
  const std::string two = "<tool_calls>\n" + add + now + "</tool_calls>\n";
  const std::string thought = "<think>\na <tool_calls> b\n</think>\n\n";
  const auto accepts = [&](const ToolGrammarOptions& options, const std::string& text) {
    return Must(Grammar::FromTools(*vocabulary_, tools, options)).Accepts(text);
  };
  for (const std::string& text :
       {std::string("Hello."), "Hi. " + one, two, thought + "x", thought + two})
    EXPECT_TRUE(accepts({}, text)) << text;
  EXPECT_FALSE(
      accepts({}, "<tool_calls>\n{\"name\": \"other\", \"arguments\": {}}\n</tool_calls>"));
  EXPECT_FALSE(accepts({}, "<tool_calls>\n{\"name\": \"add\", \"arguments\": {}}\n</tool_calls>"));
  EXPECT_FALSE(accepts({}, one + " and more"));
  EXPECT_FALSE(accepts({.parallel = false}, two));
  EXPECT_TRUE(accepts({.parallel = false}, one));
  EXPECT_TRUE(accepts({.choice = ToolChoice::kNone}, thought + "x < y"));
  EXPECT_FALSE(accepts({.choice = ToolChoice::kNone}, one));
  EXPECT_TRUE(accepts({.choice = ToolChoice::kRequired}, thought + one));
  EXPECT_FALSE(accepts({.choice = ToolChoice::kRequired}, "Hello."));
  EXPECT_TRUE(accepts({.choice = ToolChoice::kRequired, .name = "add"}, one));
  EXPECT_FALSE(accepts({.choice = ToolChoice::kRequired, .name = "now"}, one));
  EXPECT_FALSE(
      Grammar::FromTools(*vocabulary_, tools, {.choice = ToolChoice::kRequired, .name = "no"}));
}

}  // namespace
}  // namespace fathom
