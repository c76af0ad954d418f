// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/leaf_masks.h"

#include <algorithm>

#include "engine/grammar/program.h"

namespace fathom::grammar {
namespace {

// Sets of tokens of one automaton's grounds.
constexpr size_t kGroundsKeptMax = 16;

void SortByNeed(LeafMask& mask, std::vector<LeafMask::Needy> needs) {
  mask.inside_by_need.assign(LeafMask::kExactNeeds, Bits(mask.inside.size()));
  for (const auto& [need, token] : needs) {
    for (size_t r = need; r < LeafMask::kExactNeeds; ++r)
      mask.inside_by_need[r][static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
  }
  std::erase_if(needs, [](const auto& needy) { return needy.need < LeafMask::kExactNeeds; });
  std::sort(needs.begin(), needs.end(),
            [](const auto& a, const auto& b) { return a.need > b.need; });
  mask.needy = std::move(needs);
}

}  // namespace

const Bits& LeafMaskMaker::TokensOf(Kinds kinds) {
  if (of_kinds_.size() > kGroundsKeptMax) of_kinds_.clear();
  const auto [at, fresh] = of_kinds_.try_emplace(kinds);
  if (fresh) at->second = trie_.TokensOf(kinds);
  return at->second;
}

LeafMask LeafMaskMaker::Make(uint16_t state) {
  struct At {
    uint16_t state;
    uint32_t characters;
    bool grounded;  // all bytes so far are of the ground's kinds
  };
  LeafMask mask;
  // Who counts characters looks at each token.
  const Ground ground = counts_characters_ ? Ground{} : grounds_.Find(state);
  mask.ending.assign((trie_.vocabulary() + 63) / 64, 0);
  mask.inside = mask.ending;
  if (ground.kinds != 0) {
    mask.inside = TokensOf(ground.kinds);
    trie_.ClearLonger(ground.bytes_max, mask.inside);
  }
  std::vector<At> path(trie_.depth_max() + 1);  // by depth
  std::vector<LeafMask::Needy> needs;
  path[0] = {state, 0, ground.kinds != 0};
  for (uint32_t node = 1; node < trie_.size();) {
    const uint32_t depth = trie_.depth(node);
    At at = path[depth - 1];
    if (at.grounded && ground.Covers(trie_.kinds(node), trie_.longest(node))) {
      node = trie_.end(node);
      continue;
    }
    const uint16_t to = dfa_.Step(at.state, trie_.byte(node));
    if (to == ByteDfa::kDead) {
      node = trie_.end(node);
      continue;
    }
    if (counts_characters_ && to == kStringBody && at.state != kStringStart) ++at.characters;
    at.state = to;
    const bool goes_on = grounds_.GoesOn(to);
    at.grounded = at.grounded && (KindsOf(trie_.byte(node)) & ~ground.kinds) == 0;
    path[depth] = at;
    if (dfa_.accepting[to] != 0) mask.exits.push_back({node, at.characters});
    trie_.SetTokens(node, goes_on ? mask.inside : mask.ending);
    if (counts_characters_ && goes_on) {
      const bool begun = to != kStringBody;
      for (const Token token : trie_.tokens(node)) needs.push_back({at.characters + begun, token});
    }
    node = goes_on ? node + 1 : trie_.end(node);
  }
  if (counts_characters_) SortByNeed(mask, std::move(needs));
  return mask;
}

const LeafMask& LeafMasks::Get(const TokenTrie& trie, const ByteDfa& dfa, uint32_t dfa_index,
                               uint16_t state, bool counts_characters) {
  std::lock_guard lock(mutex_);
  auto& mask = known_[{dfa_index, state}].mask;
  if (!mask) {
    const auto maker = makers_.try_emplace(dfa_index, trie, dfa, counts_characters).first;
    mask = std::make_unique<const LeafMask>(maker->second.Make(state));
  }
  return *mask;
}

const TailTrie& LeafMasks::Tails(const TokenTrie& trie, uint32_t dfa_index, uint16_t state) {
  std::lock_guard lock(mutex_);
  Known& known = known_.at({dfa_index, state});
  if (known.tails == nullptr)
    known.tails = &tails_.try_emplace(known.mask->exits, trie, known.mask->exits).first->second;
  return *known.tails;
}

size_t LeafMasks::bytes() const {
  std::lock_guard lock(mutex_);
  size_t bytes = 0;
  for (const auto& [key, known] : known_) {
    bytes += known.mask->inside.size() * (2 + known.mask->inside_by_need.size()) * 8 +
             (known.mask->exits.size() + known.mask->needy.size()) * 8;
  }
  for (const auto& [exits, tails] : tails_) bytes += tails.memory() + exits.size() * 8;
  return bytes;
}

}  // namespace fathom::grammar
