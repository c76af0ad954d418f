// SPDX-License-Identifier: Apache-2.0
// LeafMask: what the tokens of a vocabulary do in one state of one automaton, whatever stands
// below it on the stack. Internal to engine/grammar.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/grammar/byte_dfa.h"
#include "engine/grammar/token_trie.h"

namespace fathom::grammar {

using Bits = std::vector<uint64_t>;

struct LeafMask {
  // Where the automaton accepts inside or at the end of a token.
  struct Exit {
    uint32_t node;        // of the trie
    uint32_t characters;  // finished on the way (strings)
  };
  // A token that needs many characters of a string.
  struct Needy {
    uint32_t need;
    Token token;
  };
  static constexpr size_t kExactNeeds = 16;

  Bits inside;                // tokens that stay in the automaton and do not end it
  Bits ending;                // tokens at whose last byte it accepts and can not go on
  std::vector<Exit> exits;    // in order of nodes
  std::vector<Exit> crossed;  // exits with something behind them in the trie
  // Strings: inside_by_need[r] holds the tokens of `inside` that need at most r characters, for
  // r < kExactNeeds; `needy` lists those that need more, largest need first.
  std::vector<Bits> inside_by_need;
  std::vector<Needy> needy;
};

// counts_characters: the automaton is kStringDfa or kKeyDfa.
LeafMask MakeLeafMask(const TokenTrie& trie, const ByteDfa& dfa, uint16_t state,
                      bool counts_characters);

// Masks made when first asked for; they stay where they are. Thread-safe.
class LeafMasks {
 public:
  const LeafMask& Get(const TokenTrie& trie, const ByteDfa& dfa, uint32_t dfa_index, uint16_t state,
                      bool counts_characters);
  size_t bytes() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<uint32_t, uint16_t>, std::unique_ptr<const LeafMask>> masks_;
};

}  // namespace fathom::grammar
