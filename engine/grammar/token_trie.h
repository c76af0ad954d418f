// SPDX-License-Identifier: Apache-2.0
// TokenTrie: a vocabulary's tokens as a trie over their bytes, in preorder: the children of node n
// begin at n + 1, what follows its subtree is end(n). Node 0 is the root. Tokens of equal bytes
// share a node; control tokens and empty ones are in none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/grammar/byte_kinds.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom::grammar {

class TokenTrie {
 public:
  explicit TokenTrie(const Tokenizer& tokenizer);

  size_t vocabulary() const { return vocabulary_; }
  size_t size() const { return nodes_.size(); }
  uint32_t end(uint32_t node) const { return nodes_[node].end; }
  uint8_t byte(uint32_t node) const { return static_cast<uint8_t>(nodes_[node].byte); }
  uint32_t depth(uint32_t node) const { return nodes_[node].depth; }
  size_t depth_max() const { return depth_max_; }
  std::span<const Token> tokens(uint32_t node) const {
    return std::span(tokens_).subspan(firsts_[node], firsts_[node + 1] - firsts_[node]);
  }
  // The child over `byte`, 0 when there is none.
  uint32_t Child(uint32_t node, uint8_t byte) const;

  std::string Path(uint32_t node) const;

  // Of the bytes of a node and of all below it.
  Kinds kinds(uint32_t node) const { return nodes_[node].kinds; }
  // The bytes of the longest token that goes through it.
  uint32_t longest(uint32_t node) const { return nodes_[node].longest; }
  // (words) the tokens that are of these kinds and no other.
  std::vector<uint64_t> TokensOf(Kinds kinds) const;
  // Takes those of more bytes out.
  void ClearLonger(uint32_t bytes_max, std::span<uint64_t> bits) const;

  void SetTokens(uint32_t node, std::span<uint64_t> bits) const {
    for (const Token token : tokens(node))
      bits[static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
  }

  size_t memory() const;

 private:
  static constexpr size_t kLengths = 32;    // told apart by bits
  static constexpr size_t kBlockKinds = 8;  // taken together when all of them are left out
  static constexpr size_t kBlocks = (kKindCount + kBlockKinds - 1) / kBlockKinds;

  // What a walk looks at, 16 bytes side by side.
  struct Node {
    Kinds kinds : 48;
    Kinds byte : 8;
    uint32_t end;
    uint16_t depth, longest;
  };
  static_assert(kKindCount <= 48);

  void FindKinds();
  std::span<const uint64_t> Row(const std::vector<uint64_t>& rows, size_t row) const {
    return std::span(rows).subspan(row * words_, words_);
  }
  void SetInRow(std::vector<uint64_t>& rows, size_t row, uint32_t node) {
    SetTokens(node, std::span(rows).subspan(row * words_, words_));
  }

  size_t vocabulary_ = 0;
  size_t words_ = 0;  // of a set of tokens
  size_t depth_max_ = 0;
  std::vector<Node> nodes_;
  std::vector<uint32_t> parents_;  // (nodes)
  std::vector<uint32_t> firsts_;   // (nodes + 1) into tokens_
  std::vector<Token> tokens_;
  std::vector<uint32_t> root_children_;  // (256), 0: none
  std::vector<uint64_t> all_;            // (words) of a set: all tokens that are in the trie
  std::vector<uint64_t> holding_;        // (kKindCount, words) tokens with a byte of the kind
  std::vector<uint64_t> block_holding_;  // (kBlocks, words) ... of one of the block's kinds
  std::vector<uint64_t> longer_;         // (kLengths, words) tokens of more bytes than that
};

}  // namespace fathom::grammar
