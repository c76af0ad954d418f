// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/shortest_ends.h"

#include <algorithm>

#include "base/limits.h"

namespace fathom::grammar {
namespace {

// A key that is not taken: quotes, and one character where the empty key is taken.
constexpr uint32_t kKeyTokens = 3;

}  // namespace

std::vector<uint32_t> Distances(const ByteDfa& dfa) {
  std::vector<std::vector<uint16_t>> before(dfa.states());
  std::vector<uint16_t> open;
  std::vector<uint32_t> distances(dfa.states(), kNone);
  for (size_t state = 0; state < dfa.states(); ++state) {
    uint16_t last = ByteDfa::kDead;
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint16_t to = dfa.next[state * 256 + byte];
      if (to != ByteDfa::kDead && to != last) before[to].push_back(static_cast<uint16_t>(state));
      last = to;
    }
    if (dfa.accepting[state] == 0) continue;
    distances[state] = 0;
    open.push_back(static_cast<uint16_t>(state));
  }
  for (size_t i = 0; i < open.size(); ++i) {
    for (const uint16_t from : before[open[i]]) {
      if (distances[from] != kNone) continue;
      distances[from] = distances[open[i]] + 1;
      open.push_back(from);
    }
  }
  return distances;
}

ShortestEnds::ShortestEnds(const Program& program, const TokenTrie& trie)
    : program_(program), tokens_(program.exprs.size(), kNone) {
  for (uint32_t dfa = 0; dfa < kSharedDfaCount + program.own_dfas.size(); ++dfa)
    distances_.push_back(Distances(program.dfa(dfa)));
  for (ExprId id = 0; id < program.exprs.size(); ++id) {
    if (program.exprs[id].kind == ExprKind::kLiteral) Spell(id, trie);
  }
  // Counts only fall, and each is an upper bound from the first round on.
  size_t parts = program.exprs.size(), work = 0;
  for (const Expr& expr : program.exprs) parts += expr.children.size() + expr.properties.size();
  for (bool changed = true, forward = true; changed && work < kGrammarWorkMax;
       forward = !forward, work += parts) {
    changed = false;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      const size_t id = forward ? i : tokens_.size() - 1 - i;
      const Expr& expr = program.exprs[id];
      if (expr.kind == ExprKind::kLiteral || expr.height == kNone) continue;
      const uint32_t least = Least(expr);
      changed |= least < tokens_[id];
      tokens_[id] = std::min(tokens_[id], least);
    }
  }
}

// From the end backwards: the best token at each byte.
void ShortestEnds::Spell(ExprId id, const TokenTrie& trie) {
  const std::string& text = program_.exprs[id].text;
  std::vector<Spelling>& best = literals_[id];
  best.assign(text.size() + 1, {kNone, 0});
  best.back().tokens = 0;
  for (size_t from = text.size(); from-- > 0;) {
    uint32_t node = 0;
    for (size_t i = from; i < text.size(); ++i) {
      node = trie.Child(node, static_cast<uint8_t>(text[i]));
      if (node == 0) break;
      const uint32_t tokens = Sum(best[i + 1].tokens, 1);
      if (!trie.tokens(node).empty() && tokens < best[from].tokens) best[from] = {tokens, node};
    }
  }
  tokens_[id] = best.front().tokens;
}

uint32_t ShortestEnds::Least(const Expr& expr) const {
  uint32_t sum = 0;
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return 0;  // see Spell
    case ExprKind::kDfa:
      return distances_[expr.dfa][program_.dfa(expr.dfa).start];
    case ExprKind::kString:
      return Sum(2, expr.least);
    case ExprKind::kKey:
      return kKeyTokens;
    case ExprKind::kSequence:
      for (const ExprId child : expr.children) sum = Sum(sum, Of(child));
      return sum;
    case ExprKind::kChoice:
      // Among those of the least height, which fit wherever any does.
      sum = kNone;
      for (const ExprId child : expr.children) {
        if (program_.exprs[child].height == expr.height) sum = std::min(sum, Of(child));
      }
      return sum;
    case ExprKind::kRepeat:
      return Times(expr.least, Of(expr.children[0]));
    case ExprKind::kArray:
      return Sum(1, OfItems(expr, 0));
    case ExprKind::kObject:
      return Sum(1, OfMembers(expr, 0, 0));
  }
  return kNone;
}

uint32_t ShortestEnds::OfItems(const Expr& array, uint32_t items) const {
  uint32_t sum = 1;
  for (; items < array.least && items < array.children.size(); ++items)
    sum = Sum(sum, Sum(1, Of(array.children[items])));
  if (items >= array.least) return sum;
  return Sum(sum, Times(array.least - items, Sum(1, Of(array.rest))));
}

uint32_t ShortestEnds::Value(const Expr& object, uint32_t property) const {
  return Of(property < object.properties.size() ? object.properties[property].value : object.rest);
}

uint32_t ShortestEnds::OfMembers(const Expr& object, uint32_t property, uint32_t count) const {
  const auto declared = static_cast<uint32_t>(object.properties.size());
  const auto member = [&](uint32_t i) {
    return Sum(Sum(2, Of(i < declared ? object.properties[i].key : object.key)), Value(object, i));
  };
  uint32_t sum = 1, optional = 0, dearest = 0;
  for (uint32_t i = property; i < declared; ++i) {
    if (object.properties[i].required) {
      sum = Sum(sum, member(i));
      ++count;
    } else if (Value(object, i) != kNone) {
      ++optional;
      dearest = std::max(dearest, member(i));
    }
  }
  if (count >= object.least) return sum;
  const uint32_t missing = object.least - count;
  if (missing > optional)
    dearest = object.rest == kNone ? kNone : std::max(dearest, member(declared));
  return Sum(sum, Times(missing, dearest));
}

uint32_t ShortestEnds::OfMember(const Expr& object, uint32_t property, uint32_t count) const {
  const bool declared = property < object.properties.size();
  const uint32_t key = Of(declared ? object.properties[property].key : object.key);
  return Sum(Sum(key, 1), OfValue(object, property, count));
}

uint32_t ShortestEnds::OfValue(const Expr& object, uint32_t property, uint32_t count) const {
  const auto declared = static_cast<uint32_t>(object.properties.size());
  return Sum(Value(object, property),
             OfMembers(object, std::min(property + 1, declared), count + 1));
}

}  // namespace fathom::grammar
