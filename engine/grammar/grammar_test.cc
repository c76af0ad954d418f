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

// Bytes, and tokens that hold the ends of several parts.
const Tokenizer& LongTokens() {
  static const auto tokenizer = [] {
    TokenizerParts parts{.pretokenizer = Pretokenizer::kNano};
    for (int byte = 0; byte < 256; ++byte) parts.pieces.emplace_back(1, static_cast<char>(byte));
    for (const char* text :
         {R"({"a":)", R"(":1,"b":)", R"("a":1,"a":)", R"(a":1,"a":)", R"(a":1,"b":2})", R"(":"")",
          R"("b": 1})", R"(","b":")", R"(1,2)", R"(}],[{"a":)", R"(x","y)", R"(é")",
          R"(ab":{"ab":)", R"([[[[)", R"(]]})", R"(12.5e3,)", R"("a":1,"ab":1,"a":)", R"(":null,")",
          R"(true})"})
      parts.pieces.emplace_back(text);
    return Must(Tokenizer::FromParts(std::move(parts)));
  }();
  return *tokenizer;
}

TEST_F(GrammarTest, TokensThatReachOverManyPartsAreMaskedAsTheirBytes) {
  const Tokenizer& tokenizer = LongTokens();
  const GrammarVocabulary vocabulary(tokenizer);
  for (const char* text :
       {"true", R"({"type": "object", "additionalProperties": {"type": ["integer", "string"]}})",
        R"({"type": "object", "properties": {"a": {"type": "number"}}, "minProperties": 2})",
        R"({"type": "array", "items": {"type": "array", "items": {"type": "object",
            "properties": {"a": true}, "additionalProperties": false}}})",
        R"({"type": "object", "properties": {"a": {"pattern": "^[a-zé]+$"}, "b": {"maxLength": 2}},
            "additionalProperties": {"type": "string", "maxLength": 1}})"}) {
    const Grammar grammar = Must(Grammar::FromSchema(vocabulary, Must(Json::Parse(text))));
    for (uint64_t seed = 0; seed < 12; ++seed) {
      auto constraint = grammar.NewConstraint();
      std::vector<uint64_t> allowed((vocabulary.vocabulary() + 63) / 64);
      std::string before;
      for (size_t i = 0; i < 40; ++i) {
        Must(constraint->Mask(allowed));
        std::vector<Token> tokens;
        for (size_t t = 0; t < vocabulary.vocabulary(); ++t) {
          const auto token = static_cast<Token>(t);
          const bool set = allowed[t / 64] >> (t % 64) & 1;
          if (set) tokens.push_back(token);
          auto other = grammar.NewConstraint();
          for (const char c : before) ASSERT_TRUE(other->Accept(static_cast<uint8_t>(c)));
          ASSERT_EQ(other->Accept(token), set) << text << "\n"
                                               << before << " + " << tokenizer.Piece(token);
        }
        if (tokens.empty()) break;
        // Long tokens often.
        const double u = SampleUniform(seed, i);
        const size_t from = seed % 2 == 0 && tokens.back() >= 256 ? tokens.size() - 1 : 0;
        const auto at = from + static_cast<size_t>(u * static_cast<double>(tokens.size() - from));
        ASSERT_TRUE(constraint->Accept(tokens[at]));
        before += tokenizer.Piece(tokens[at]);
      }
    }
  }
}

TEST_F(GrammarTest, PatternsHoldWhatTheySay) {
  struct Case {
    const char* schema;
    std::vector<const char*> good, bad;
  };
  for (const auto& [schema, good, bad] :
       {Case{R"({"type": "string", "pattern": "^[a-z]+-\\d{2,3}$"})",
             {"\"a-12\"", "\"zz-123\""},
             {"\"a-1\"", "\"a-1234\"", "\"A-12\"", "\"a-12 \"", "\"\""}},
        Case{R"({"type": "string", "pattern": "b+"})",
             {"\"abc\"", "\"b\"", "\"\\nbé\""},
             {"\"ac\""}},
        Case{R"({"type": "string", "pattern": "^(yes|no)$|^maybe", "maxLength": 7})",
             {"\"yes\"", "\"no\"", "\"maybe ?\""},
             {"\"yes \"", "\"a yes\"", "\"maybe ??\""}},
        Case{R"({"type": "string", "pattern": "^[^\"\\\\ab]?\\.x*?\\S$"})",
             {"\".c\"", "\"é.xé\"", "\"c.xxx\""},
             {"\"a.c\"", "\"\\\".c\"", "\".x \"", "\"..\\u00a0\""}},
        Case{R"({"type": "string", "pattern": "^.{3}$", "minLength": 2})",
             {"\"abc\"", "\"aéb\"", "\"\\\"\\\\\\t\""},
             {"\"ab\"", "\"abcd\"", "\"a\\nb\""}}}) {
    const Grammar grammar = Of(schema);
    for (const char* text : good) EXPECT_TRUE(grammar.Accepts(text)) << schema << "\n" << text;
    for (const char* text : bad) EXPECT_FALSE(grammar.Accepts(text)) << schema << "\n" << text;
    const JsonSchema check = Must(JsonSchema::Compile(Must(Json::Parse(schema))));
    for (uint64_t seed = 0; seed < 30; ++seed) {
      const auto drawn = Draw(grammar, seed, 500);
      if (!drawn) continue;
      EXPECT_TRUE(check.Check(Must(Json::Parse(*drawn)))) << schema << "\n" << *drawn;
    }
  }
}

TEST_F(GrammarTest, SchemasThatHoldTogetherAreOne) {
  struct Case {
    const char* schema;
    std::vector<const char*> good, bad;
  };
  for (const auto& [schema, good, bad] :
       {Case{R"({"allOf": [{"type": ["integer", "string"], "minimum": 3}, {"type": "number",
                 "maximum": 5}, {"multipleOf": 2}]})",
             {"4"},
             {"3", "5", "2", "\"4\"", "4.5"}},
        Case{R"({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"],
                 "allOf": [{"properties": {"a": {"minimum": 1}, "b": {"const": 2}},
                            "additionalProperties": false}]})",
             {R"({"a":1})", R"({"a":7,"b":2})"},
             {R"({"a":0})", R"({"b":2})", R"({"a":1,"c":1})", R"({"a":1,"b":3})"}},
        Case{R"({"anyOf": [{"type": "string"}, {"type": "integer"}], "enum": ["a", 1, null]})",
             {"\"a\"", "1"},
             {"null", "2"}},
        Case{R"({"$ref": "#/$defs/t", "maxItems": 1, "$defs": {"t": {"type": "array", "items":
                 {"$ref": "#/$defs/t"}}}})",
             {"[]", "[[]]", "[[[],[]]]"},
             {"[[],[]]", "{}", "[1]"}},
        Case{R"({"type": "object", "required": ["k"], "oneOf": [
                 {"properties": {"k": {"const": "a"}}}, {"properties": {"k": {"const": "b"},
                  "n": {"type": "null"}}}], "additionalProperties": true})",
             {},
             {}},
        Case{R"({"allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/y"}], "$defs": {
                 "x": {"type": "object", "properties": {"p": {"$ref": "#/$defs/x"}}},
                 "y": {"additionalProperties": {"$ref": "#/$defs/y"}, "maxProperties": 1}}})",
             {"{}", R"({"p":{"p":{}}})", R"({"q":{"r":{}}})"},
             {R"({"p":1})", R"({"p":{},"q":{}})", R"({"p":{"p":{},"q":{}}})"}},
        Case{R"({"allOf": [{"anyOf": [{"minLength": 2}, {"maxLength": 0}]}, {"anyOf":
                 [{"maxLength": 3}, false]}], "type": "string"})",
             {"\"\"", "\"ab\"", "\"abc\""},
             {"\"a\"", "\"abcd\"", "1"}}}) {
    auto grammar = Grammar::FromSchema(*vocabulary_, Must(Json::Parse(schema)));
    if (good.empty()) {
      EXPECT_FALSE(grammar) << schema;
      continue;
    }
    ASSERT_TRUE(grammar) << grammar.error().Text();
    for (const char* text : good) EXPECT_TRUE(grammar->Accepts(text)) << schema << "\n" << text;
    for (const char* text : bad) EXPECT_FALSE(grammar->Accepts(text)) << schema << "\n" << text;
  }
}

TEST_F(GrammarTest, EveryTextCanBeFinishedInTheBudgetItBeganWith) {
  size_t cut = 0;
  for (const char* text :
       {"true", R"({"type": "object", "properties": {"a": {"type": "string", "minLength": 12},
            "b": {"type": "array", "items": {"type": "number", "minimum": 10.5}, "minItems": 4},
            "long name of a property": {"enum": ["one of some words", "another", false]}},
            "required": ["a", "long name of a property"], "minProperties": 4})",
        R"({"$ref": "#/$defs/t", "$defs": {"t": {"type": "object", "required": ["l", "r"],
            "properties": {"l": {"anyOf": [{"$ref": "#/$defs/t"}, {"type": "null"}]},
            "r": {"type": "string", "pattern": "^[ab]{4}(cd)*$"}}}}})",
        R"({"type": "array", "prefixItems": [{"type": "integer"}, {"const": {"x": [1, 2]}}],
            "items": {"type": "object", "minProperties": 2}, "minItems": 3})"}) {
    const Grammar grammar = Of(text);
    const JsonSchema schema = Must(JsonSchema::Compile(Must(Json::Parse(text))));
    for (uint64_t seed = 0; seed < 40; ++seed) {
      auto constraint = grammar.NewConstraint();
      const size_t least = constraint->TokensToEnd();
      ASSERT_LT(least, 200u) << text;
      const size_t budget = least + seed;
      std::vector<uint64_t> allowed((tokenizer_->vocabulary() + 63) / 64);
      std::string drawn;
      const auto pick = [&](size_t i) {
        std::vector<Token> tokens;
        for (size_t t = 0; t < tokenizer_->vocabulary(); ++t) {
          if (allowed[t / 64] >> (t % 64) & 1) tokens.push_back(static_cast<Token>(t));
        }
        if (tokens.empty()) return Token{-1};
        return tokens[static_cast<size_t>(SampleUniform(seed, i) *
                                          static_cast<double>(tokens.size()))];
      };
      for (size_t i = 0; i < budget; ++i) {
        Must(constraint->Mask(allowed));
        Token token = pick(i);
        if (token < 0) break;
        if (!constraint->AcceptWithin(token, budget - i - 1)) {
          if (constraint->IsComplete()) break;
          ++cut;
          Must(constraint->MaskToEnd(allowed));
          token = pick(i);
          ASSERT_GE(token, 0) << drawn;
          ASSERT_TRUE(constraint->AcceptWithin(token, budget - i - 1))
              << text << "\n"
              << drawn << " + " << tokenizer_->Piece(token);
        }
        drawn += tokenizer_->Piece(token);
      }
      ASSERT_TRUE(constraint->IsComplete()) << text << "\n" << drawn;
      const Status status = schema.Check(Must(Json::Parse(drawn)));
      EXPECT_TRUE(status) << drawn << "\n" << status.error().Text();
    }
  }
  EXPECT_GT(cut, 400u);
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
  EXPECT_EQ(error(R"({"pattern": "^(a|\\bb)$"})"),
            "#/pattern: keyword \"pattern\" is not supported in a grammar: the escape \\b");
  EXPECT_EQ(error(R"({"pattern": "a^b"})"),
            "#/pattern: keyword \"pattern\" is not supported in a grammar: an anchor inside the "
            "pattern");
  EXPECT_EQ(error(R"({"allOf": [{"pattern": "a"}, {"pattern": "b"}]})"),
            "#/allOf: keyword \"allOf\" is not supported in a grammar with two of pattern");
  EXPECT_EQ(error(R"({"allOf": [{"not": {"type": "null"}}]})"),
            "#/not: keyword \"not\" is not supported in a grammar");
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
