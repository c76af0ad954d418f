// SPDX-License-Identifier: Apache-2.0
// ShortestEnds: how many tokens the parts of a program take at least, so that a text can be
// finished within a budget. Never too low: literals are spelled by the best tokens they have, all
// else by single bytes. Internal to engine/grammar.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "engine/grammar/program.h"
#include "engine/grammar/token_trie.h"

namespace fathom::grammar {

// Sums that stay at kNone, which is no end at all.
inline uint32_t Sum(uint32_t a, uint32_t b) {
  return a > kNone - 1 - std::min(b, kNone - 1) ? kNone : a + b;
}
inline uint32_t Times(uint32_t count, uint32_t tokens) {
  const uint64_t all = uint64_t{count} * tokens;
  return all >= kNone ? kNone : static_cast<uint32_t>(all);
}

// Bytes to an accepting state, from each state.
std::vector<uint32_t> Distances(const ByteDfa& dfa);

class ShortestEnds {
 public:
  ShortestEnds(const Program& program, const TokenTrie& trie);

  // A whole value.
  uint32_t Of(ExprId id) const { return tokens_[id]; }
  // What is left of a literal whose first `done` bytes stand.
  uint32_t OfLiteral(ExprId id, size_t done) const { return literals_.at(id)[done].tokens; }
  // The node of the trie whose tokens go on from there.
  uint32_t LiteralStep(ExprId id, size_t done) const { return literals_.at(id)[done].node; }
  // Bytes to an accepting state.
  uint32_t OfState(uint32_t dfa, uint16_t state) const { return distances_[dfa][state]; }

  // Array: after `items` items, of which the last is finished. Object: after `count` members, when
  // the next may be `property`. Both with the closing bracket.
  uint32_t OfItems(const Expr& array, uint32_t items) const;
  uint32_t OfMembers(const Expr& object, uint32_t property, uint32_t count) const;
  // A member, its key included, and what comes after it.
  uint32_t OfMember(const Expr& object, uint32_t property, uint32_t count) const;
  // From behind the key's quote, or from behind the colon.
  uint32_t OfValue(const Expr& object, uint32_t property, uint32_t count) const;

 private:
  struct Spelling {
    uint32_t tokens, node;
  };
  void Spell(ExprId id, const TokenTrie& trie);
  uint32_t Least(const Expr& expr) const;
  uint32_t Value(const Expr& object, uint32_t property) const;

  const Program& program_;
  std::vector<uint32_t> tokens_;                      // (exprs)
  std::map<ExprId, std::vector<Spelling>> literals_;  // (bytes + 1) each
  std::vector<std::vector<uint32_t>> distances_;      // by automaton, then by state
};

}  // namespace fathom::grammar
