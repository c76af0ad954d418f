// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/quotes.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "engine/test_support.h"
#include "kernels/sample/sample.h"

namespace fathom {
namespace {

using test::Must;

const Tokenizer& Nano() {
  static const auto tokenizer = Must(Tokenizer::Load(FATHOM_SOURCE_DIR "/models/nano"));
  return *tokenizer;
}

const GrammarVocabulary& Vocabulary() {
  static const GrammarVocabulary vocabulary(Nano());
  return vocabulary;
}

std::vector<std::string> Lines(const std::string& path) {
  std::vector<std::string> lines;
  std::istringstream text(test::ReadText(FATHOM_SOURCE_DIR "/" + path));
  for (std::string line; std::getline(text, line);)
    lines.push_back(line + " #" + std::to_string(lines.size() + 1));
  return lines;
}

std::vector<Token> Allowed(Constraint& constraint) {
  std::vector<uint64_t> allowed((Nano().vocabulary() + 63) / 64);
  Must(constraint.Mask(allowed));
  std::vector<Token> tokens;
  for (size_t t = 0; t < Nano().vocabulary(); ++t) {
    if (allowed[t / 64] >> (t % 64) & 1) tokens.push_back(static_cast<Token>(t));
  }
  return tokens;
}

bool AcceptsText(Constraint& constraint, std::string_view text) {
  for (const char c : text) {
    if (!constraint.Accept(Nano().Encode({&c, 1})[0])) return false;
  }
  return true;
}

TEST(QuoteIndex, KnowsExactlyTheSubstringsOfLines) {
  std::vector<std::string> lines = {"", "abab", "a\tb", "ab", std::string(2'000, 'x') + "y", "é"};
  for (int i = 0; i < 40; ++i)
    lines.push_back("        return value[" + std::to_string(i % 7) + "]");
  const QuoteIndex index(lines);
  const auto stands = [&](std::string_view text, bool to_end) {
    QuoteIndex::Place place = index.Anywhere();
    for (const char c : text) place = index.Step(place, static_cast<uint8_t>(c));
    return !place.empty() && (!to_end || index.EndsLine(place));
  };
  std::set<std::string> inside;
  for (const std::string& line : lines) {
    for (size_t i = 0; i < std::min<size_t>(line.size(), 60); ++i) {
      for (size_t size = 1; i + size <= std::min<size_t>(line.size(), 60); ++size) {
        const std::string part = line.substr(i, size);
        if ((static_cast<uint8_t>(part[0]) & 0xC0) == 0x80) continue;
        inside.insert(part);
        EXPECT_TRUE(stands(part, i + size == line.size())) << part;
        const std::string changed = part.substr(0, part.size() - 1) + '~';
        EXPECT_FALSE(stands(changed, false)) << changed;
      }
    }
  }
  // Put together from two lines, or past a line's end.
  for (const char* text : {"abab ", "bb", "baba", "value[8", "]r", "yx", "abab\na", "y\n\n"}) {
    ASSERT_FALSE(inside.contains(text));
    EXPECT_FALSE(stands(text, false)) << text;
  }
  EXPECT_TRUE(stands(std::string(2'000, 'x') + "y", true));
  EXPECT_FALSE(stands(std::string(2'001, 'x'), false));
  EXPECT_FALSE(stands("aba", true));
}

TEST(Quotes, WhateverIsDrawnIsTheRestOfALineThatHoldsTheTerm) {
  const std::vector<std::string> lines = Lines("engine/grammar/quotes.h");
  const QuoteIndex index(lines);
  for (const char* term : {"QuoteIndex", "the", "(const", ""}) {
    const auto constraint = NewQuote(Vocabulary(), index, term);
    std::set<std::string> drawn;
    for (uint64_t seed = 0; seed < 40; ++seed) {
      constraint->Reset();
      EXPECT_TRUE(constraint->IsComplete());  // nothing, as yet
      std::string text = term;
      for (size_t i = 0;; ++i) {
        const std::vector<Token> tokens = Allowed(*constraint);
        if (tokens.empty()) break;
        const double u = SampleUniform(seed, i);
        const Token token = tokens[static_cast<size_t>(u * static_cast<double>(tokens.size()))];
        for (Token other = 0; other < 4'000; other += 37) {
          const bool may = std::find(tokens.begin(), tokens.end(), other) != tokens.end();
          const bool stands = std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
            return line.find(text + std::string(Nano().Piece(other))) != std::string::npos;
          });
          EXPECT_EQ(may, stands) << text << " + " << Nano().Piece(other);
        }
        ASSERT_TRUE(constraint->Accept(token));
        text += Nano().Piece(token);
        if (constraint->IsComplete()) break;
      }
      EXPECT_TRUE(constraint->IsComplete()) << text;
      EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.ends_with(text);
      })) << text;
      drawn.insert(text);
    }
    EXPECT_GT(drawn.size(), 3u) << term;
  }
  const auto needed = NewQuote(Vocabulary(), index, "QuoteIndex", true);
  EXPECT_FALSE(needed->IsComplete());
  EXPECT_EQ(Allowed(*needed), Allowed(*NewQuote(Vocabulary(), index, "QuoteIndex")));
  const auto absent = NewQuote(Vocabulary(), index, "no such term");
  EXPECT_TRUE(Allowed(*absent).empty());
  EXPECT_TRUE(absent->IsComplete());
}

TEST(Citations, ALineEndsInANumberOnlyWhereItStandsSo) {
  const std::vector<std::string> lines = {"LIMIT = 30 #1", "", "LIMIT = 31 #12",
                                          "see #4 there #13"};
  const QuoteIndex index(lines);
  for (const char* good :
       {"The limit is 30.", "LIMIT = 30 #1", "= 31 #12\nand LIMIT is one\n 30 #1\n", "a # b #\n#5",
        "see #4 there", "see #4 there #13", "x#9", "LIMIT = 31 #1 "}) {
    const auto constraint = NewCitations(Vocabulary(), index);
    EXPECT_TRUE(AcceptsText(*constraint, good) && constraint->IsComplete()) << good;
  }
  for (const char* bad : {"LIMIT = 32 #1", "LIMIT = 30 #12", "LIMIT = 31 #1", "LIMIT = 31 #1\n",
                          "invented #1", "see #4", "a\nLIMIT = 30 #2"}) {
    const auto constraint = NewCitations(Vocabulary(), index);
    EXPECT_FALSE(AcceptsText(*constraint, bad) && constraint->IsComplete()) << bad;
  }
}

TEST(Citations, WhatIsThoughtIsFreeAndTheAnswerBehindItIsHeld) {
  const QuoteIndex index({"LIMIT = 30 #1", "", "LIMIT = 31 #12"});
  const auto stands = [&](ThinkingPart thinking, const char* text) {
    const auto constraint = NewCitations(Vocabulary(), index, thinking);
    return AcceptsText(*constraint, text) && constraint->IsComplete();
  };
  for (const char* good :
       {"<think>made up #1\n<</think>LIMIT = 30 #1", "<think>made up #1", "LIMIT = 30 #1",
        "<think>a</think>\n\n= 31 #12\n", "<thing> is no tag", "<<think>no tag either"})
    EXPECT_TRUE(stands(ThinkingPart::kOptional, good)) << good;
  for (const char* bad : {"<think>a</think>made up #1", "made up #1\n<think>", "<thinmade up #1",
                          "<think>a</think><think>b #1", "a<think>made up #1"})
    EXPECT_FALSE(stands(ThinkingPart::kOptional, bad)) << bad;
  EXPECT_TRUE(stands(ThinkingPart::kOpen, "made up #1\n</think>LIMIT = 31 #12"));
  EXPECT_FALSE(stands(ThinkingPart::kOpen, "made up #1\n</think>LIMIT = 31 #1"));
  EXPECT_FALSE(stands(ThinkingPart::kNone, "<think>made up #1"));
}

TEST(Citations, MasksAreWhatTheBytesSay) {
  const QuoteIndex index(Lines("engine/grammar/constraint.h"));
  for (const char* text : {"", "class Constraint {", "class Constraint { ", "class Constraint { #",
                           "class Constraint { #2", "made up #", "made up "}) {
    const auto constraint = NewCitations(Vocabulary(), index);
    ASSERT_TRUE(AcceptsText(*constraint, text)) << text;
    const std::vector<Token> tokens = Allowed(*constraint);
    for (size_t t = 0; t < Nano().vocabulary(); ++t) {
      const auto token = static_cast<Token>(t);
      const auto other = NewCitations(Vocabulary(), index);
      AcceptsText(*other, text);
      EXPECT_EQ(other->Accept(token), std::binary_search(tokens.begin(), tokens.end(), token))
          << text << " + " << Nano().Piece(token);
    }
  }
}

}  // namespace
}  // namespace fathom
