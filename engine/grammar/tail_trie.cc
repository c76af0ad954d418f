// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/tail_trie.h"

#include <algorithm>
#include <map>

namespace fathom::grammar {
namespace {

constexpr uint32_t kNoBits = UINT32_MAX;

void Set(std::span<uint64_t> bits, Token token) {
  bits[static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
}

}  // namespace

TailTrie::TailTrie(const TokenTrie& trie, std::span<const Exit> exits)
    : words_((trie.vocabulary() + 63) / 64) {
  Build(trie, 0, {exits.begin(), exits.end()});
  firsts_.push_back(static_cast<uint32_t>(entries_.size()));
}

// `places` are reached over the same tail. As deep as a token is long.
void TailTrie::Build(const TokenTrie& trie, uint8_t byte, const std::vector<Exit>& places) {
  const auto node = static_cast<uint32_t>(bytes_.size());
  bytes_.push_back(byte);
  ends_.push_back(0);
  const size_t first = entries_.size();
  firsts_.push_back(static_cast<uint32_t>(first));
  std::map<uint8_t, std::vector<Exit>> children;
  for (const auto& [at, characters] : places) {
    for (const Token token : trie.tokens(at)) entries_.push_back({characters, token});
    for (uint32_t child = at + 1; child < trie.end(at); child = trie.end(child))
      children[trie.byte(child)].push_back({child, characters});
  }
  std::sort(entries_.begin() + static_cast<ptrdiff_t>(first), entries_.end(),
            [](const Entry& a, const Entry& b) {
              return std::pair(a.characters, a.token) < std::pair(b.characters, b.token);
            });
  // More single bits than words.
  wholes_.push_back(kNoBits);
  if (entries_.size() - first > words_ / 4) {
    wholes_.back() = static_cast<uint32_t>(bits_.size());
    Bits& whole = bits_.emplace_back(words_);
    for (size_t i = first; i < entries_.size(); ++i) Set(whole, entries_[i].token);
  }
  for (const auto& [next, reached] : children) Build(trie, next, reached);
  ends_[node] = static_cast<uint32_t>(bytes_.size());
}

void TailTrie::SetTokens(uint32_t node, Range range, std::span<uint64_t> bits) const {
  const Entry *from = entries_.data() + firsts_[node], *to = entries_.data() + firsts_[node + 1];
  if (from == to) return;
  if (wholes_[node] != kNoBits && range.least <= from->characters &&
      range.most >= to[-1].characters) {
    const Bits& whole = bits_[wholes_[node]];
    for (size_t i = 0; i < words_; ++i) bits[i] |= whole[i];
    return;
  }
  if (range.least > 0) {
    from = std::lower_bound(from, to, range.least, [](const Entry& entry, uint32_t least) {
      return entry.characters < least;
    });
  }
  for (; from != to && from->characters <= range.most; ++from) Set(bits, from->token);
}

size_t TailTrie::memory() const {
  return bytes_.size() * 13 + entries_.size() * sizeof(Entry) + bits_.size() * words_ * 8;
}

}  // namespace fathom::grammar
