// SPDX-License-Identifier: Apache-2.0
// TailTrie: what stands behind the end of a leaf inside tokens, as one trie: tokens that end the
// leaf at different places and go on alike share a path, so that a matcher walks it once for all.
// Internal to engine/grammar.
#pragma once

#include <span>
#include <vector>

#include "engine/grammar/token_trie.h"

namespace fathom::grammar {

using Bits = std::vector<uint64_t>;

class TailTrie {
 public:
  // Where an automaton accepts inside or at the end of a token.
  struct Exit {
    uint32_t node;        // of the token trie
    uint32_t characters;  // finished on the way (strings)
    auto operator<=>(const Exit&) const = default;
  };
  // Tokens count that finish from least to most characters before their tail.
  struct Range {
    uint32_t least = 0, most = UINT32_MAX;
  };

  TailTrie(const TokenTrie& trie, std::span<const Exit> exits);

  // In preorder, as in a TokenTrie. Node 0 is the empty tail.
  size_t size() const { return bytes_.size(); }
  uint32_t end(uint32_t node) const { return ends_[node]; }
  uint8_t byte(uint32_t node) const { return bytes_[node]; }
  void SetTokens(uint32_t node, Range range, std::span<uint64_t> bits) const;

  size_t memory() const;

 private:
  struct Entry {
    uint32_t characters;
    Token token;
  };
  void Build(const TokenTrie& trie, uint8_t byte, const std::vector<Exit>& places);

  size_t words_ = 0;
  std::vector<uint8_t> bytes_;    // (nodes)
  std::vector<uint32_t> ends_;    // (nodes)
  std::vector<uint32_t> firsts_;  // (nodes + 1) into entries_
  std::vector<Entry> entries_;    // of a node: fewest characters first
  std::vector<uint32_t> wholes_;  // (nodes) into bits_, for those of many tokens
  std::vector<Bits> bits_;
};

}  // namespace fathom::grammar
