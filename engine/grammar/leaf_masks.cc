// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/leaf_masks.h"

#include <algorithm>

#include "engine/grammar/program.h"

namespace fathom::grammar {
namespace {

bool CanGoOn(const ByteDfa& dfa, uint16_t state) {
  const auto row = dfa.next.begin() + static_cast<ptrdiff_t>(state) * 256;
  return std::any_of(row, row + 256, [](uint16_t to) { return to != ByteDfa::kDead; });
}

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

LeafMask MakeLeafMask(const TokenTrie& trie, const ByteDfa& dfa, uint16_t state,
                      bool counts_characters) {
  struct At {
    uint16_t state;
    uint32_t characters;
  };
  LeafMask mask;
  mask.inside.assign((trie.vocabulary() + 63) / 64, 0);
  mask.ending = mask.inside;
  std::vector<uint8_t> goes_on(dfa.states());
  for (size_t i = 0; i < dfa.states(); ++i) goes_on[i] = CanGoOn(dfa, static_cast<uint16_t>(i));
  std::vector<At> path(trie.depth_max() + 1);  // by depth
  std::vector<LeafMask::Needy> needs;
  path[0] = {state, 0};
  for (uint32_t node = 1; node < trie.size();) {
    const uint32_t depth = trie.depth(node);
    At at = path[depth - 1];
    const uint16_t to = dfa.Step(at.state, trie.byte(node));
    if (to == ByteDfa::kDead) {
      node = trie.end(node);
      continue;
    }
    if (counts_characters && to == kStringBody && at.state != kStringStart) ++at.characters;
    at.state = to;
    path[depth] = at;
    if (dfa.accepting[to] != 0) mask.exits.push_back({node, at.characters});
    trie.SetTokens(node, goes_on[to] != 0 ? mask.inside : mask.ending);
    if (counts_characters && goes_on[to] != 0) {
      const bool begun = to != kStringBody;
      for (const Token token : trie.tokens(node)) needs.push_back({at.characters + begun, token});
    }
    node = goes_on[to] != 0 ? node + 1 : trie.end(node);
  }
  if (counts_characters) SortByNeed(mask, std::move(needs));
  return mask;
}

const LeafMask& LeafMasks::Get(const TokenTrie& trie, const ByteDfa& dfa, uint32_t dfa_index,
                               uint16_t state, bool counts_characters) {
  std::lock_guard lock(mutex_);
  auto& mask = known_[{dfa_index, state}].mask;
  if (!mask)
    mask = std::make_unique<const LeafMask>(MakeLeafMask(trie, dfa, state, counts_characters));
  return *mask;
}

const TailTrie& LeafMasks::Tails(const TokenTrie& trie, uint32_t dfa_index, uint16_t state) {
  std::lock_guard lock(mutex_);
  Known& known = known_.at({dfa_index, state});
  if (!known.tails) known.tails = std::make_unique<const TailTrie>(trie, known.mask->exits);
  return *known.tails;
}

size_t LeafMasks::bytes() const {
  std::lock_guard lock(mutex_);
  size_t bytes = 0;
  for (const auto& [key, known] : known_) {
    bytes += known.mask->inside.size() * (2 + known.mask->inside_by_need.size()) * 8 +
             (known.mask->exits.size() + known.mask->needy.size()) * 8;
    if (known.tails) bytes += known.tails->memory();
  }
  return bytes;
}

}  // namespace fathom::grammar
