// SPDX-License-Identifier: Apache-2.0
#include "base/json_schema.h"
#include "engine/grammar/grammar.h"
#include "engine/rewind.h"
#include "engine/test_support.h"
#include "engine/tokenizer/tokenizer_parts.h"

namespace fathom::test {
namespace {

class GenerateTest : public testing::Test {
 protected:
  Session New() {
    Session session = Must(engine_->NewSession({}));
    Must(session.Append(std::span<const Token>(golden_.ids).first(20)));
    return session;
  }

  const Golden golden_ = LoadGolden("m1");
  TempFolder folder_;
  const std::unique_ptr<Engine> engine_ = OpenGolden(golden_, folder_);
};

TEST_F(GenerateTest, GreedyTakesTheLargestLogitAndItsLogprob) {
  Session session = New(), by_hand = New();
  const Generated generated =
      Must(session.Generate({.sampling = {.top_logprobs = 3}, .output_tokens_max = 15}));
  ASSERT_EQ(generated.tokens.size(), 15u);
  EXPECT_EQ(generated.finish, FinishReason::kLength);
  EXPECT_EQ(session.usage().generated, 15u);
  EXPECT_EQ(session.usage().prefilled, 20u);
  EXPECT_EQ(session.position(), 35u);
  for (size_t i = 0; i < 15; ++i) {
    const auto logits = Must(by_hand.Logits());
    const auto best =
        static_cast<Token>(std::max_element(logits.begin(), logits.end()) - logits.begin());
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit);
    EXPECT_EQ(generated.tokens[i], best);
    EXPECT_NEAR(generated.logprobs[i].logprob, logits[static_cast<size_t>(best)] - std::log(sum),
                1e-4);
    ASSERT_EQ(generated.top_logprobs[i].size(), 3u);
    EXPECT_EQ(generated.top_logprobs[i][0].token, best);
    Must(by_hand.Append({&best, 1}));
  }
}

TEST_F(GenerateTest, SeedDecidesTheDraw) {
  Session a = New(), b = New(), c = New();
  const auto options = [](uint64_t seed) {
    return GenerateOptions{.sampling = {.temperature = 1, .seed = seed}, .output_tokens_max = 30};
  };
  const auto first = Must(a.Generate(options(5))).tokens;
  EXPECT_EQ(first, Must(b.Generate(options(5))).tokens);
  EXPECT_NE(first, Must(c.Generate(options(6))).tokens);
  // Two halves are one whole: the draw depends on seed and position alone.
  Session d = New();
  auto half = options(5);
  half.output_tokens_max = 15;
  auto both = Must(d.Generate(half)).tokens;
  const auto second = Must(d.Generate(half)).tokens;
  both.insert(both.end(), second.begin(), second.end());
  EXPECT_EQ(both, first);
}

TEST_F(GenerateTest, StopTokenEndsAndIsNotPartOfTheOutput) {
  Session probe = New(), session = New();
  const auto tokens = Must(probe.Generate({.output_tokens_max = 4})).tokens;
  const Generated generated = Must(session.Generate({.stop_tokens = {tokens[3]}}));
  EXPECT_EQ(generated.finish, FinishReason::kStop);
  EXPECT_EQ(generated.tokens, std::vector<Token>(tokens.begin(), tokens.begin() + 3));
  EXPECT_EQ(session.tokens().back(), tokens[3]);
}

TEST_F(GenerateTest, StopStringsWithoutATokenizerAreRefused) {
  Session session = New();
  EXPECT_EQ(session.Generate({.stop = {"x"}}).error().code, Code::kInvalid);
  EXPECT_EQ(session.Generate({.sampling = {.top_logprobs = 21}}).error().code, Code::kInvalid);
}

TEST_F(GenerateTest, ZeroRowsAreNeverSampled) {
  auto tensors = MakeSyntheticTensors(golden_.config, golden_.seed);
  const auto zero_row = [&](SyntheticTensor& tensor, size_t row) {
    std::fill_n(tensor.values.begin() + static_cast<long>(row * tensor.shape[1]), tensor.shape[1],
                0.0f);
  };
  zero_row(tensors.front(), 300);
  zero_row(tensors.back(), 301);
  TempFolder folder;
  WriteText(folder / "config.json", golden_.config.Dump());
  WriteText(folder / "model.safetensors", SafetensorsBytes(tensors));
  const auto engine =
      Must(Engine::Open({.checkpoint = folder.path(), .threads = 1, .device = "cpu"}));
  EXPECT_EQ(engine->info().banned, (std::vector<Token>{300, 301}));
  // Draws at a high temperature reach every row but those.
  Session session = Must(engine->NewSession({}));
  Must(session.Append(std::span<const Token>(golden_.ids).first(2)));
  const auto tokens =
      Must(session.Generate({.sampling = {.temperature = 50}, .output_tokens_max = 1'500})).tokens;
  EXPECT_EQ(
      std::count(tokens.begin(), tokens.end(), 300) + std::count(tokens.begin(), tokens.end(), 301),
      0);
  EXPECT_GT(std::count(tokens.begin(), tokens.end(), 299), 0);
}

// A model that says what a script wants: all blocks write zero, so the next token depends on the
// last one alone, and the head's row of a token's successor is the token's own embedding.
class ScriptedModel {
 public:
  // The vocabulary: 256 bytes and one control token.
  ScriptedModel() {
    vocabulary_.pretokenizer = Pretokenizer::kNano;
    for (int byte = 0; byte < 256; ++byte) {
      vocabulary_.tokens.push_back(SymbolsOfBytes(std::string(1, static_cast<char>(byte))));
    }
    eos_ = static_cast<Token>(vocabulary_.tokens.size());
    vocabulary_.tokens.push_back("<end>");
    vocabulary_.control = {eos_};
    vocabulary_.eos = eos_;
    config_ = LoadGolden("m1").config;
    config_.Set("vocab_size", vocabulary_.tokens.size());
  }

  Token eos() const { return eos_; }

  // After `from` comes `to`.
  void Then(Token from, Token to) { next_.emplace_back(from, to); }
  void Script(std::string_view text) {
    for (size_t i = 0; i + 1 < text.size(); ++i) Then(Byte(text[i]), Byte(text[i + 1]));
  }
  static Token Byte(char c) { return static_cast<uint8_t>(c); }

  std::unique_ptr<Engine> Open(const TempFolder& folder) {
    auto tensors = MakeSyntheticTensors(config_, 1);
    const size_t hidden = tensors[0].shape[1];
    SyntheticTensor& head = tensors.back();
    for (SyntheticTensor& tensor : tensors) {
      const bool writes = tensor.name.ends_with("out_proj.weight") ||
                          tensor.name.ends_with("o_proj.weight") ||
                          tensor.name.ends_with("w2.weight");
      if (writes) std::fill(tensor.values.begin(), tensor.values.end(), 0.0f);
    }
    for (float& value : head.values) value *= 0.01f;
    for (const auto& [from, to] : next_) {
      for (size_t i = 0; i < hidden; ++i) {
        head.values[static_cast<size_t>(to) * hidden + i] +=
            tensors[0].values[static_cast<size_t>(from) * hidden + i];
      }
    }
    WriteText(folder / "config.json", config_.Dump());
    WriteText(folder / "model.safetensors", SafetensorsBytes(tensors));
    const Checkpoint checkpoint = Must(LoadCheckpoint(folder.path()));
    const TokenizerParts parts = Must(PartsFromSpelling(vocabulary_));
    Must(WriteGguf(checkpoint, parts, folder / "script.gguf", DType::kF32, "script"));
    return Must(
        Engine::Open({.checkpoint = folder / "script.gguf", .threads = 1, .device = "cpu"}));
  }

 private:
  SpelledVocabulary vocabulary_;
  Json config_;
  Token eos_ = 0;
  std::vector<std::pair<Token, Token>> next_;
};

Session Prompt(Engine& engine, char last) {
  Session session = Must(engine.NewSession({}));
  const Token token = ScriptedModel::Byte(last);
  Must(session.Append({&token, 1}));
  return session;
}

TEST(Generate, EosEndsTheTextAndStaysInTheLog) {
  TempFolder folder;
  ScriptedModel model;
  model.Script(">abcd");
  model.Then('d', model.eos());
  const auto engine = model.Open(folder);
  Session session = Prompt(*engine, '>');
  std::string streamed;
  const Generated generated = Must(session.Generate({}, [&](const TextDelta& delta) {
    streamed += delta.text;
    return true;
  }));
  EXPECT_EQ(generated.text, "abcd");
  EXPECT_EQ(streamed, "abcd");
  EXPECT_EQ(generated.finish, FinishReason::kEos);
  EXPECT_EQ(generated.tokens.size(), 4u);
  EXPECT_EQ(session.tokens().back(), model.eos());
}

TEST(Generate, AConstrainedTextFitsItsSchemaAndEosComesWhenItIsWhole) {
  TempFolder folder;
  ScriptedModel model;  // without a script: its weights are random
  const auto engine = model.Open(folder);
  const GrammarVocabulary vocabulary(*engine->tokenizer());
  const Json json = Must(Json::Parse(R"({"type": "object", "properties": {
      "name": {"type": "string", "maxLength": 8}, "sizes": {"type": "array", "items":
      {"type": "integer", "minimum": 3, "maximum": 900}, "maxItems": 3},
      "is": {"enum": [true, "x"]}},
      "required": ["name", "is"], "additionalProperties": false})"));
  const JsonSchema schema = Must(JsonSchema::Compile(json));
  const Grammar grammar = Must(Grammar::FromSchema(vocabulary, json));
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Session session = Prompt(*engine, '>');
    const auto constraint = grammar.NewConstraint();
    const Generated generated = Must(session.Generate({.sampling = {.temperature = 1, .seed = seed},
                                                       .output_tokens_max = 300,
                                                       .constraint = constraint.get()}));
    ASSERT_EQ(generated.finish, FinishReason::kEos) << generated.text;
    EXPECT_EQ(session.tokens().back(), model.eos());
    const Status status = schema.Check(Must(Json::Parse(generated.text)));
    EXPECT_TRUE(status) << generated.text << "\n" << status.error().Text();
  }
}

TEST(Generate, AConstrainedTextIsFinishedWithinItsBudget) {
  TempFolder folder;
  ScriptedModel model;
  const auto engine = model.Open(folder);
  const GrammarVocabulary vocabulary(*engine->tokenizer());
  const Json json = Must(Json::Parse(R"({"type": "array", "minItems": 2, "items": {
      "type": "object", "properties": {"name": {"type": "string", "minLength": 2}},
      "required": ["name"]}})"));
  const JsonSchema schema = Must(JsonSchema::Compile(json));
  const Grammar grammar = Must(Grammar::FromSchema(vocabulary, json));
  size_t cut = 0;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    Session session = Prompt(*engine, '>');
    const auto constraint = grammar.NewConstraint();
    const size_t budget = constraint->TokensToEnd() + seed;
    GenerateOptions options{.sampling = {.temperature = 1, .seed = seed},
                            .output_tokens_max = budget,
                            .constraint = constraint.get(),
                            .finish_in_budget = true};
    const Generated generated = Must(session.Generate(options));
    EXPECT_LE(generated.tokens.size(), budget);
    cut += generated.finish == FinishReason::kLength;
    const Status status = schema.Check(Must(Json::Parse(generated.text)));
    EXPECT_TRUE(status) << generated.text << "\n" << status.error().Text();
    // Less than any text takes: cut where it stands.
    Session other = Prompt(*engine, '>');
    constraint->Reset();
    options.output_tokens_max = 5;
    const Generated part = Must(other.Generate(options));
    EXPECT_EQ(part.tokens.size(), 5u);
    EXPECT_EQ(part.finish, FinishReason::kLength);
  }
  EXPECT_GT(cut, 10u);
}

TEST(Generate, WhatHasNoChoiceIsTakenWhateverTheModelWants) {
  TempFolder folder;
  ScriptedModel model;
  model.Script(">zzz");
  const auto engine = model.Open(folder);
  const GrammarVocabulary vocabulary(*engine->tokenizer());
  const Grammar grammar =
      Must(Grammar::FromSchema(vocabulary, Must(Json::Parse(R"({"const": "abc"})"))));
  Session session = Prompt(*engine, '>');
  const auto constraint = grammar.NewConstraint();
  const Generated generated =
      Must(session.Generate({.sampling = {.top_logprobs = 2}, .constraint = constraint.get()}));
  EXPECT_EQ(generated.text, "\"abc\"");
  EXPECT_EQ(generated.finish, FinishReason::kEos);
  for (size_t i = 0; i < generated.tokens.size(); ++i) {
    EXPECT_EQ(generated.logprobs[i].logprob, 0);
    ASSERT_EQ(generated.top_logprobs[i].size(), 1u);
    EXPECT_EQ(generated.top_logprobs[i][0].token, generated.tokens[i]);
  }
}

// By hand: the largest logit at each place, whether or not there was a choice.
TEST(Generate, WhereTheConstraintOverrulesTheModelIsCounted) {
  TempFolder folder;
  ScriptedModel model;
  model.Script(">\"ab");
  const auto engine = model.Open(folder);
  const GrammarVocabulary vocabulary(*engine->tokenizer());
  const Grammar grammar =
      Must(Grammar::FromSchema(vocabulary, Must(Json::Parse(R"({"enum": ["abc", "abd"]})"))));
  Session session = Prompt(*engine, '>'), by_hand = Prompt(*engine, '>');
  const auto constraint = grammar.NewConstraint();
  const Generated generated =
      Must(session.Generate({.constraint = constraint.get(), .note_overruled = true}));
  constraint->Reset();
  std::vector<uint64_t> allowed((engine->tokenizer()->vocabulary() + 63) / 64);
  std::vector<size_t> overruled;
  const std::vector<Token> tokens(session.tokens().begin() + 1, session.tokens().end());
  for (size_t i = 0; i < tokens.size(); ++i) {
    const auto logits = Must(by_hand.Logits());
    const auto best =
        static_cast<size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
    Must(constraint->Mask(allowed));
    const bool ends = constraint->IsComplete() && static_cast<Token>(best) == model.eos();
    if ((allowed[best / 64] >> (best % 64) & 1) == 0 && !ends) overruled.push_back(i);
    constraint->Accept(tokens[i]);
    Must(by_hand.Append({&tokens[i], 1}));
  }
  EXPECT_EQ(generated.overruled, overruled);
  ASSERT_FALSE(overruled.empty());
  EXPECT_GE(overruled.front(), 3u);                // the quote, "a" and "b" are the model's own
  EXPECT_EQ(overruled.back(), tokens.size() - 1);  // it would have begun anew
  constraint->Reset();
  Session plain = Prompt(*engine, '>');
  const Generated uncounted = Must(plain.Generate({.constraint = constraint.get()}));
  EXPECT_EQ(uncounted.tokens, generated.tokens);
  EXPECT_TRUE(uncounted.overruled.empty());
}

TEST(Generate, StopStringSpansTokensAndIsCutOff) {
  TempFolder folder;
  ScriptedModel model;
  model.Script(">abcdefgh");
  const auto engine = model.Open(folder);
  Session session = Prompt(*engine, '>');
  const Generated generated = Must(session.Generate({.stop = {"def", "zz"}}));
  EXPECT_EQ(generated.text, "abc");
  EXPECT_EQ(generated.finish, FinishReason::kStop);
  EXPECT_EQ(generated.tokens.size(), 6u);
}

TEST(Generate, SinkCanStop) {
  TempFolder folder;
  ScriptedModel model;
  model.Script(">abcdefgha");
  const auto engine = model.Open(folder);
  Session session = Prompt(*engine, '>');
  const Generated generated =
      Must(session.Generate({}, [](const TextDelta& delta) { return delta.text != "c"; }));
  EXPECT_EQ(generated.finish, FinishReason::kCancelled);
  EXPECT_EQ(generated.text, "abc");
}

TEST(Generate, ThinkingThatNeverClosesIsThinking) {
  TempFolder folder;
  ScriptedModel model;
  // Each character names its successor once, so the tags' own letters are spelled by distinct
  // neighbours.
  model.Script("*<think>ab\n");
  model.Then('\n', model.eos());
  const auto engine = model.Open(folder);
  Session session = Prompt(*engine, '*');
  const Generated generated = Must(session.Generate({.expects_thinking = true}));
  EXPECT_EQ(generated.thinking, "ab\n");
  EXPECT_EQ(generated.text, "");
}

// The script thinks in circles; past the budget the block is closed for it and it goes on with the
// answer.
TEST(Generate, ThinkingBudgetClosesTheBlockByForce) {
  TempFolder folder;
  ScriptedModel model;
  model.Script("*<think>ab");
  model.Then('b', 'a');
  model.Script("\nAB");
  model.Then('B', model.eos());
  const auto engine = model.Open(folder);
  Session session = Prompt(*engine, '*');
  const Generated generated =
      Must(session.Generate({.thinking_tokens_max = 20, .expects_thinking = true}));
  EXPECT_EQ(generated.finish, FinishReason::kEos);
  EXPECT_EQ(generated.text, "AB");
  EXPECT_EQ(generated.thinking,
            "abababababab"
            "a");  // 20 tokens, 7 of them the opening tag
  EXPECT_EQ(generated.tokens.size(), generated.logprobs.size());
}

// The close waits for the end of a line in the budget's last eighth, 20 of 160 tokens.
TEST(Generate, ThinkingIsClosedSoftlyWhereALineEnds) {
  TempFolder folder;
  ScriptedModel model;
  model.Script("*<think>abcdefg\nA");
  model.Then('A', model.eos());
  const auto engine = model.Open(folder);
  const auto end_with = [&](size_t budget) {
    Session session = Prompt(*engine, '*');
    const Generated generated =
        Must(session.Generate({.thinking_tokens_max = budget, .expects_thinking = true}));
    EXPECT_EQ(session.thinks_further_from(), generated.thinking_end == ThinkingEnd::kOwn
                                                 ? std::nullopt
                                                 : std::optional<size_t>(1));
    return generated;
  };
  // <think>abcdefg\n are 15 tokens; a budget of 16 has a window of its last 2.
  EXPECT_EQ(end_with(16).thinking_end, ThinkingEnd::kSoft);
  EXPECT_EQ(end_with(16).thinking, "abcdefg");
  EXPECT_EQ(end_with(14).thinking_end, ThinkingEnd::kHard);
  EXPECT_EQ(end_with(14).thinking, "abcdefg");
  EXPECT_EQ(end_with(24).thinking_end, ThinkingEnd::kOwn);
}

// In circles of lines, which are closed softly, or in random draws, which are closed wherever they
// stand.
TEST(Generate, ThinkingFurtherIsAsIfTheBudgetHadBeenLargerAtOnce) {
  TempFolder folder, other;
  ScriptedModel random, circling;
  random.Script("*<think>");
  circling.Script("*<think>ab\na");
  const auto in_random = random.Open(folder), in_circles = circling.Open(other);
  size_t cut_short = 0, soft = 0;
  for (uint64_t seed = 0; seed < 30; ++seed) {
    const auto& engine = seed < 5 ? in_circles : in_random;
    const auto options = [&](size_t budget, bool further) {
      return GenerateOptions{.sampling = {.temperature = 1, .seed = seed, .top_logprobs = 2},
                             .output_tokens_max = 260,
                             .thinking_tokens_max = budget,
                             .think_further = further,
                             .expects_thinking = true};
    };
    std::string told, told_at_once;
    const auto tell = [](std::string& to) {
      return [&to](const TextDelta& delta) {
        to += delta.text;
        return true;
      };
    };
    Session session = Prompt(*engine, '*'), at_once = Prompt(*engine, '*');
    const Generated first = Must(session.Generate(options(64, false), tell(told)));
    if (!session.thinks_further_from()) continue;
    ++cut_short;
    soft += first.thinking_end == ThinkingEnd::kSoft;
    const std::string before = first.thinking;
    ASSERT_TRUE(MarkCheckpoint(session));
    told.clear();
    const Generated further = Must(session.Generate(options(160, true), tell(told)));
    const Generated whole = Must(at_once.Generate(options(160, false), tell(told_at_once)));
    EXPECT_EQ(further.tokens, whole.tokens);
    EXPECT_EQ(further.text, whole.text);
    EXPECT_EQ(further.thinking, whole.thinking);
    EXPECT_EQ(further.thinking_tokens, whole.thinking_tokens);
    EXPECT_EQ(further.thinking_end, whole.thinking_end);
    EXPECT_TRUE(std::ranges::equal(session.tokens(), at_once.tokens()));
    EXPECT_EQ(Must(session.Logits()), Must(at_once.Logits()));
    EXPECT_TRUE(CheckpointsOf(session).empty());
    ASSERT_EQ(further.logprobs.size(), whole.logprobs.size());
    for (size_t i = 0; i < whole.logprobs.size(); ++i)
      EXPECT_EQ(further.logprobs[i].logprob, whole.logprobs[i].logprob);
    EXPECT_TRUE(told_at_once.ends_with(told));
    EXPECT_TRUE(further.thinking.starts_with(before));
  }
  EXPECT_GT(cut_short, 10u);
  EXPECT_GE(soft, 3u);
}

TEST(Generate, ThinkingGoesOnOnlyWhereItWasClosedByItsBudget) {
  TempFolder folder;
  ScriptedModel model;
  model.Script("*<think>ab");
  model.Then('b', 'a');
  model.Script("\nAB");
  model.Then('B', model.eos());
  const auto engine = model.Open(folder);
  const GenerateOptions options{.thinking_tokens_max = 20, .expects_thinking = true};
  GenerateOptions further = options;
  further.think_further = true;
  Session session = Prompt(*engine, '*');
  EXPECT_EQ(session.Generate(further).error().code, Code::kInvalid);
  Must(session.Generate(options));
  EXPECT_EQ(session.thinks_further_from(), 1u);
  EXPECT_FALSE(Must(session.Fork()).thinks_further_from());
  const Token more = ScriptedModel::Byte('x');
  Must(session.Append({&more, 1}));
  EXPECT_FALSE(session.thinks_further_from());
  EXPECT_EQ(session.Generate(further).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace fathom::test
