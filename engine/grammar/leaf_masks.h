// SPDX-License-Identifier: Apache-2.0
// LeafMask: what the tokens of a vocabulary do in one state of one automaton, whatever stands
// below it on the stack. Internal to engine/grammar.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/grammar/byte_dfa.h"
#include "engine/grammar/ground.h"
#include "engine/grammar/tail_trie.h"

namespace fathom::grammar {

struct LeafMask {
  // A token that needs many characters of a string.
  struct Needy {
    uint32_t need;
    Token token;
  };
  static constexpr size_t kExactNeeds = 16;

  Bits inside;                        // tokens that stay in the automaton and do not end it
  Bits ending;                        // tokens at whose last byte it accepts and can not go on
  std::vector<TailTrie::Exit> exits;  // in order of nodes
  // Strings: inside_by_need[r] holds the tokens of `inside` that need at most r characters, for
  // r < kExactNeeds; `needy` lists those that need more, largest need first.
  std::vector<Bits> inside_by_need;
  std::vector<Needy> needy;
};

// Makes the masks of one automaton, which must outlive it together with the trie; what they have in
// common is found once.
class LeafMaskMaker {
 public:
  // counts_characters: the automaton is kStringDfa.
  LeafMaskMaker(const TokenTrie& trie, const ByteDfa& dfa, bool counts_characters)
      : trie_(trie), dfa_(dfa), counts_characters_(counts_characters), grounds_(dfa) {}
  LeafMask Make(uint16_t state);

 private:
  const Bits& TokensOf(Kinds kinds);

  const TokenTrie& trie_;
  const ByteDfa& dfa_;
  const bool counts_characters_;
  GroundFinder grounds_;
  std::map<Kinds, Bits> of_kinds_;
};

// Masks made when first asked for; they stay where they are. Trie and automata must outlive them.
// Thread-safe.
class LeafMasks {
 public:
  const LeafMask& Get(const TokenTrie& trie, const ByteDfa& dfa, uint32_t dfa_index, uint16_t state,
                      bool counts_characters);
  // What stands behind the exits of a mask that Get() has given.
  const TailTrie& Tails(const TokenTrie& trie, uint32_t dfa_index, uint16_t state);
  size_t bytes() const;

 private:
  struct Known {
    std::unique_ptr<const LeafMask> mask;
    const TailTrie* tails = nullptr;
  };
  mutable std::mutex mutex_;
  std::map<uint32_t, LeafMaskMaker> makers_;               // by automaton
  std::map<std::vector<TailTrie::Exit>, TailTrie> tails_;  // states with equal exits share them
  std::map<std::pair<uint32_t, uint16_t>, Known> known_;
};

}  // namespace fathom::grammar
