// SPDX-License-Identifier: Apache-2.0
// The token mask of a matcher's state: known masks of the leaves, and a walk over the trie for the
// tokens that reach beyond a leaf.
#include <algorithm>

#include "base/limits.h"
#include "engine/grammar/matcher.h"

namespace fathom::grammar {
namespace {

void SetAll(std::span<uint64_t> allowed, const Bits& bits) {
  const size_t words = std::min(allowed.size(), bits.size());
  for (size_t i = 0; i < words; ++i) allowed[i] |= bits[i];
}

void Clear(Bits& bits, Token token) {
  bits[static_cast<size_t>(token) / 64] &= ~(uint64_t{1} << (token % 64));
}

// The automaton of a leaf that is no literal.
uint32_t DfaOf(const Expr& leaf) {
  return leaf.kind == ExprKind::kString ? uint32_t{kStringDfa}
         : leaf.kind == ExprKind::kKey  ? uint32_t{kKeyDfa}
                                        : leaf.dfa;
}

}  // namespace

Status Matcher::Mask(std::span<uint64_t> allowed) {
  CHECK(tokens_.trie != nullptr && allowed.size() * 64 >= tokens_.trie->vocabulary());
  std::fill(allowed.begin(), allowed.end(), 0);
  if (const auto known = cache_.find(now_.leaves); known != cache_.end()) {
    SetAll(allowed, known->second);
    return OkStatus();
  }
  if (stacks_.bytes() + keys_.bytes() > kGrammarStackBytesMax) {
    return Error{Code::kLimit, "the constrained text needs more than " +
                                   std::to_string(kGrammarStackBytesMax) + " bytes of memory"};
  }
  const size_t before = stacks_.size();
  for (const uint32_t leaf : now_.leaves) MaskLeaf(leaf, allowed);
  stacks_.CutTo(before);
  if (met_.size() >= kGrammarMaskCacheMax * 4) met_.clear();
  if (met_.insert(now_.leaves).second) return OkStatus();
  if (cache_.size() >= kGrammarMaskCacheMax) cache_.clear();
  cache_.emplace(now_.leaves, Bits(allowed.begin(), allowed.end()));
  return OkStatus();
}

void Matcher::MaskLeaf(uint32_t id, std::span<uint64_t> allowed) {
  const StackNode leaf = stacks_[id];
  switch (expr(leaf.expr).kind) {
    case ExprKind::kLiteral:
      return MaskLiteral(leaf, allowed);
    case ExprKind::kDfa:
      return MaskDfa(leaf, allowed);
    case ExprKind::kString:
      return MaskString(leaf, allowed);
    case ExprKind::kKey:
      return MaskKey(leaf, allowed);
    default:
      CHECK(false);
  }
}

const LeafMask& Matcher::MaskOf(const StackNode& leaf) {
  const Expr& leaf_expr = expr(leaf.expr);
  const uint32_t dfa = DfaOf(leaf_expr);
  return MasksOf(dfa).Get(*tokens_.trie, program_.dfa(dfa), dfa, static_cast<uint16_t>(leaf.a),
                          leaf_expr.kind == ExprKind::kString);
}

const TailTrie& Matcher::TailsOf(const StackNode& leaf) {
  const uint32_t dfa = DfaOf(expr(leaf.expr));
  return MasksOf(dfa).Tails(*tokens_.trie, dfa, static_cast<uint16_t>(leaf.a));
}

void Matcher::MaskLiteral(const StackNode& leaf, std::span<uint64_t> allowed) {
  const TokenTrie& trie = *tokens_.trie;
  const std::string& text = expr(leaf.expr).text;
  uint32_t node = 0;
  for (size_t i = leaf.a; i < text.size(); ++i) {
    node = trie.Child(node, static_cast<uint8_t>(text[i]));
    if (node == 0) return;
    trie.SetTokens(node, allowed);
  }
  if (trie.end(node) == node + 1) return;
  Set& after = AfterSet();
  After(leaf, 0, after);
  Walk(trie, node, after, 1, [&](uint32_t at) { trie.SetTokens(at, allowed); });
}

void Matcher::MaskDfa(const StackNode& leaf, std::span<uint64_t> allowed) {
  const LeafMask& mask = MaskOf(leaf);
  SetAll(allowed, mask.inside);
  SetAll(allowed, mask.ending);
  if (mask.exits.empty()) return;
  Set& after = AfterSet();
  After(leaf, 0, after);
  if (after.leaves.empty()) return;
  const TailTrie& tails = TailsOf(leaf);
  Walk(tails, 0, after, 1, [&](uint32_t at) { tails.SetTokens(at, {}, allowed); });
}

void Matcher::MaskString(const StackNode& leaf, std::span<uint64_t> allowed) {
  const Expr& string = expr(leaf.expr);
  const LeafMask& mask = MaskOf(leaf);
  const uint32_t left = string.most == kUnbounded ? kUnbounded : string.most - leaf.b;
  if (left < LeafMask::kExactNeeds) {
    SetAll(allowed, mask.inside_by_need[left]);
  } else if (mask.needy.empty() || mask.needy.front().need <= left) {
    SetAll(allowed, mask.inside);
  } else {
    scratch_ = mask.inside;
    for (const auto& [need, token] : mask.needy) {
      if (need <= left) break;
      Clear(scratch_, token);
    }
    SetAll(allowed, scratch_);
  }
  if (mask.exits.empty()) return;
  const TailTrie::Range range{string.least - std::min(string.least, leaf.b), left};
  const TailTrie& tails = TailsOf(leaf);
  tails.SetTokens(0, range, allowed);
  Set& after = AfterSet();
  After(leaf, 0, after);
  Walk(tails, 0, after, 1, [&](uint32_t at) { tails.SetTokens(at, range, allowed); });
}

void Matcher::MaskKey(const StackNode& leaf, std::span<uint64_t> allowed) {
  const TokenTrie& trie = *tokens_.trie;
  const LeafMask& mask = MaskOf(leaf);
  scratch_.resize(mask.inside.size());
  for (size_t i = 0; i < scratch_.size(); ++i) scratch_[i] = mask.inside[i] | mask.ending[i];
  // What comes behind a key is the same for all keys, unless a token holds a second one.
  Set& after = AfterSet();
  After(leaf, KeyBook::kUnknown, after);
  unsure_ = false;
  const TailTrie& tails = TailsOf(leaf);
  Walk(tails, 0, after, 1, [&](uint32_t at) { tails.SetTokens(at, {}, scratch_); });
  if (unsure_) MaskBehindKeys(leaf, mask, scratch_);
  // Nothing goes on from a key that may not be.
  for (const uint32_t node : TakenExits(leaf)) {
    for (uint32_t at = node; at < trie.end(node); ++at) {
      for (const Token token : trie.tokens(at)) Clear(scratch_, token);
    }
  }
  SetAll(allowed, scratch_);
}

// As the walk over the tails, for each key that a token can end.
void Matcher::MaskBehindKeys(const StackNode& leaf, const LeafMask& mask, Bits& allowed) {
  const TokenTrie& trie = *tokens_.trie;
  for (const TailTrie::Exit& exit : mask.exits) {
    // Behind a key comes a colon, else nothing.
    if (trie.Child(exit.node, ':') == 0) continue;
    uint32_t key = leaf.c;
    const std::string path = trie.Path(exit.node);
    const size_t quotes = leaf.a == kStringStart ? 1 : 0;
    for (size_t i = quotes; i + 1 < path.size(); ++i)
      key = keys_.Longer(key, static_cast<uint8_t>(path[i]));
    Set& after = AfterSet();
    After(leaf, key, after);
    Walk(trie, exit.node, after, 1, [&](uint32_t at) { trie.SetTokens(at, allowed); });
  }
}

// The nodes of the trie at which a declared or repeated key would end.
std::vector<uint32_t> Matcher::TakenExits(const StackNode& leaf) const {
  std::vector<std::string> taken = keys_.Texts(leaf.b);
  const auto& names = expr(expr(leaf.expr).object).names;
  const std::string begun = keys_.Text(leaf.c);
  for (auto at = names.lower_bound(begun); at != names.end() && at->starts_with(begun); ++at)
    taken.push_back(*at);
  std::vector<uint32_t> nodes;
  for (const std::string& text : taken) {
    if (!text.starts_with(begun)) continue;
    const std::string rest = (leaf.a == kStringStart ? "\"" : "") + text.substr(begun.size()) + '"';
    uint32_t node = 0;
    size_t i = 0;
    for (; i < rest.size(); ++i) {
      node = tokens_.trie->Child(node, static_cast<uint8_t>(rest[i]));
      if (node == 0) break;
    }
    if (i == rest.size()) nodes.push_back(node);
  }
  return nodes;
}

// What may come once the leaf is finished.
void Matcher::After(const StackNode& leaf, uint32_t key, Set& out) {
  Begin(out);
  Finished(leaf.parent, key);
  RunTasks(out);
}

bool Matcher::AnyCanStep(const Set& set, uint8_t byte) const {
  return std::any_of(set.leaves.begin(), set.leaves.end(),
                     [&](uint32_t leaf) { return CanStep(stacks_[leaf], byte); });
}

// Takes the nodes below `node` that are reached from `set`, which stands at `node`.
template <typename Trie, typename Take>
void Matcher::Walk(const Trie& trie, uint32_t node, const Set& set, size_t level,
                   const Take& take) {
  if (set.leaves.empty()) return;
  while (levels_.size() <= level) levels_.emplace_back();
  Set& here = levels_[level];
  for (uint32_t child = node + 1; child < trie.end(node); child = trie.end(child)) {
    if (!AnyCanStep(set, trie.byte(child))) continue;
    Step(set, trie.byte(child), here);
    if (here.leaves.empty() && !here.complete) continue;
    take(child);
    Walk(trie, child, here, level + 1, take);
  }
}

}  // namespace fathom::grammar
