// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/leaf_masks.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/grammar/ground.h"
#include "engine/grammar/pattern.h"
#include "engine/grammar/text_automaton.h"
#include "engine/test_support.h"
#include "kernels/sample/sample.h"

namespace fathom::grammar {
namespace {

using test::Must;

// Bytes, and pieces of what patterns are about: runs, borders of kinds, characters cut anywhere.
const Tokenizer& Pieces() {
  static const auto tokenizer = [] {
    const std::vector<std::string> parts = {
        "a",        "f", "g",    "z",    "A",  "Q",    "0",    "9",        "_",   "-",
        ".",        "@", " ",    "\"",   "\\", "\\n",  "/",    "<",        "foo", "</think>",
        "]",        ",", "\n",   "\x7F", "é",  "\xC3", "\xA9", "\xE4\xB8", "中",  "\xED\xA0\x80",
        "\xF4\x90", "😀", "\xFF", "ab01", "zz-"};
    TokenizerParts made{.pretokenizer = Pretokenizer::kNano};
    for (int byte = 0; byte < 256; ++byte) made.pieces.emplace_back(1, static_cast<char>(byte));
    std::set<std::string> known;
    for (uint64_t seed = 0; seed < 1'500; ++seed) {
      const auto draw = [&](uint64_t position, size_t most) {
        return static_cast<size_t>(SampleUniform(seed, position) * static_cast<double>(most));
      };
      std::string piece;
      // Of few parts, so that many are of one kind; of up to 50.
      const size_t kinds = 1 + draw(0, 3);
      const size_t count = 1 + draw(1, seed % 4 == 0 ? 50 : 6);
      for (size_t i = 0; i < count; ++i)
        piece += parts[draw(2 + draw(10 + i, kinds), parts.size())];
      if (piece.size() > 1 && known.insert(piece).second) made.pieces.push_back(piece);
    }
    made.control.push_back(static_cast<Token>(made.pieces.size()));
    made.pieces.emplace_back("<end_of_sentence>");
    return Must(Tokenizer::FromParts(std::move(made)));
  }();
  return *tokenizer;
}

std::vector<ByteDfa> Automata() {
  std::vector<ByteDfa> automata;
  for (const char* pattern :
       {"^[A-Za-z0-9._-]{1,32}@[a-z0-9-]+(\\.[a-z]{2,10}){1,3}$", "^[a-f0-9]{8}$", "^.{1,40}$",
        "foo", "^[^,]*$", "^\\S+$", "^[a-z]{0,3}[0-9]{2,60}$", "^(ab|cd)+[^a]{0,5}$", "^a$",
        "^[\\u0100-\\u9FFF]{1,20}$", "^[a-zA-Z_][a-zA-Z0-9_]*$", "^[ -~]{3,9}$", ""}) {
    auto made = PatternAutomaton(pattern, 0, UINT32_MAX);
    if (made) automata.push_back(std::move(*made));
  }
  EXPECT_GE(automata.size(), 12u);
  automata.push_back(TextThrough("</think>"));
  automata.push_back(TextWithout("foo"));
  return automata;
}

TEST(LeafMasks, EachTokenIsWhereItsBytesLead) {
  const TokenTrie trie(Pieces());
  std::vector<std::string> paths;  // by node
  for (uint32_t node = 0; node < trie.size(); ++node) paths.push_back(trie.Path(node));
  const std::vector<ByteDfa> automata = Automata();
  size_t found = 0, unbounded = 0, ending = 0;
  for (const ByteDfa& dfa : automata) {
    GroundFinder grounds(dfa);
    LeafMaskMaker maker(trie, dfa, false);
    for (uint16_t state = 0; state < dfa.states(); ++state) {
      const Ground ground = grounds.Find(state);
      found += ground.kinds != 0;
      unbounded += ground.bytes_max == Ground::kAnyLength;
      ending += ground.ends;
      const LeafMask mask = maker.Make(state);
      std::vector<uint32_t> exits;
      for (const TailTrie::Exit& exit : mask.exits) exits.push_back(exit.node);
      std::vector<uint32_t> expected_exits;
      for (uint32_t node = 1; node < trie.size(); ++node) {
        uint16_t at = state;
        bool over = false;  // it accepted and could not go on before the last byte
        for (const char byte : paths[node]) {
          over = over || at == ByteDfa::kDead || !grounds.GoesOn(at);
          if (!over) at = dfa.Step(at, static_cast<uint8_t>(byte));
          over = over || at == ByteDfa::kDead;
        }
        if (!over && dfa.accepting[at] != 0) expected_exits.push_back(node);
        for (const Token token : trie.tokens(node)) {
          const auto holds = [&](const Bits& bits) {
            return (bits[static_cast<size_t>(token) / 64] >> (token % 64) & 1) != 0;
          };
          ASSERT_EQ(holds(mask.inside), !over && grounds.GoesOn(at)) << state << ' ' << paths[node];
          ASSERT_EQ(holds(mask.ending), !over && !grounds.GoesOn(at))
              << state << ' ' << paths[node];
        }
      }
      ASSERT_EQ(exits, expected_exits) << state;
    }
  }
  // The short way was taken, in each of its forms.
  EXPECT_GT(found, 100u);
  EXPECT_GT(unbounded, 10u);
  EXPECT_GT(ending, 30u);
}

}  // namespace
}  // namespace fathom::grammar
