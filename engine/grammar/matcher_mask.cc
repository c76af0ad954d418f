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

const LeafMask& Matcher::MaskOf(const StackNode& leaf, const Expr& leaf_expr) {
  const bool counts = leaf_expr.kind != ExprKind::kDfa;
  const uint32_t index = leaf_expr.kind == ExprKind::kString ? uint32_t{kStringDfa}
                         : leaf_expr.kind == ExprKind::kKey  ? uint32_t{kKeyDfa}
                                                             : leaf_expr.dfa;
  LeafMasks& masks = index < kSharedDfaCount ? *tokens_.shared : *tokens_.own;
  return masks.Get(*tokens_.trie, program_.dfa(index), index, static_cast<uint16_t>(leaf.a),
                   counts);
}

void Matcher::MaskLiteral(const StackNode& leaf, std::span<uint64_t> allowed) {
  const std::string& text = expr(leaf.expr).text;
  uint32_t node = 0;
  for (size_t i = leaf.a; i < text.size(); ++i) {
    node = tokens_.trie->Child(node, static_cast<uint8_t>(text[i]));
    if (node == 0) return;
    tokens_.trie->SetTokens(node, allowed);
  }
  if (tokens_.trie->end(node) == node + 1) return;
  Set& after = AfterSet();
  After(leaf, 0, after);
  const LeafMask::Exit exit{node, 0};
  WalkFrom({&exit, 1}, after, allowed);
}

void Matcher::MaskDfa(const StackNode& leaf, std::span<uint64_t> allowed) {
  const LeafMask& mask = MaskOf(leaf, expr(leaf.expr));
  SetAll(allowed, mask.inside);
  SetAll(allowed, mask.ending);
  if (mask.crossed.empty()) return;
  Set& after = AfterSet();
  After(leaf, 0, after);
  WalkFrom(mask.crossed, after, allowed);
}

void Matcher::MaskString(const StackNode& leaf, std::span<uint64_t> allowed) {
  const Expr& string = expr(leaf.expr);
  const LeafMask& mask = MaskOf(leaf, string);
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
  Set& after = AfterSet();
  After(leaf, 0, after);
  if (left == kUnbounded && leaf.b >= string.least) {
    SetAll(allowed, mask.ending);
    return WalkFrom(mask.crossed, after, allowed);
  }
  const auto fits = [&](const LeafMask::Exit& exit) {
    return leaf.b + exit.characters >= string.least && exit.characters <= left;
  };
  for (const LeafMask::Exit& exit : mask.exits) {
    if (fits(exit)) tokens_.trie->SetTokens(exit.node, allowed);
  }
  crossed_.clear();
  std::copy_if(mask.crossed.begin(), mask.crossed.end(), std::back_inserter(crossed_), fits);
  WalkFrom(crossed_, after, allowed);
}

void Matcher::MaskKey(const StackNode& leaf, std::span<uint64_t> allowed) {
  const TokenTrie& trie = *tokens_.trie;
  const LeafMask& mask = MaskOf(leaf, expr(leaf.expr));
  scratch_ = mask.inside;
  for (size_t i = 0; i < scratch_.size(); ++i) scratch_[i] |= mask.ending[i];
  const std::vector<uint32_t> taken = TakenExits(leaf);
  for (const uint32_t node : taken) {
    for (const Token token : trie.tokens(node)) Clear(scratch_, token);
  }
  SetAll(allowed, scratch_);
  for (const LeafMask::Exit& exit : mask.crossed) {
    // Behind a key comes a colon, else nothing.
    if (trie.Child(exit.node, ':') == 0) continue;
    if (std::find(taken.begin(), taken.end(), exit.node) != taken.end()) continue;
    uint32_t key = leaf.c;
    const std::string path = trie.Path(exit.node);
    const size_t quotes = leaf.a == kStringStart ? 1 : 0;
    for (size_t i = quotes; i + 1 < path.size(); ++i)
      key = keys_.Longer(key, static_cast<uint8_t>(path[i]));
    Set& after = AfterSet();
    After(leaf, key, after);
    WalkFrom({&exit, 1}, after, allowed);
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

void Matcher::WalkFrom(std::span<const LeafMask::Exit> exits, const Set& set,
                       std::span<uint64_t> allowed) {
  if (set.leaves.empty()) return;
  std::bitset<256> first;
  for (const uint32_t leaf : set.leaves) {
    const StackNode& node = stacks_[leaf];
    for (size_t byte = 0; byte < 256; ++byte) {
      if (CanStep(node, static_cast<uint8_t>(byte))) first.set(byte);
    }
  }
  const TokenTrie& trie = *tokens_.trie;
  for (const LeafMask::Exit& exit : exits) {
    for (uint32_t child = exit.node + 1; child < trie.end(exit.node); child = trie.end(child)) {
      if (first[trie.byte(child)]) Walk(child, set, 1, allowed);
    }
  }
}

// `node` is reached from `set` over its byte.
void Matcher::Walk(uint32_t node, const Set& set, size_t level, std::span<uint64_t> allowed) {
  const TokenTrie& trie = *tokens_.trie;
  while (levels_.size() <= level) levels_.emplace_back();
  Set& here = levels_[level];
  Step(set, trie.byte(node), here);
  if (here.leaves.empty() && !here.complete) return;
  trie.SetTokens(node, allowed);
  for (uint32_t child = node + 1; child < trie.end(node); child = trie.end(child)) {
    const uint8_t byte = trie.byte(child);
    for (const uint32_t leaf : here.leaves) {
      if (!CanStep(stacks_[leaf], byte)) continue;
      Walk(child, here, level + 1, allowed);
      break;
    }
  }
}

}  // namespace fathom::grammar
