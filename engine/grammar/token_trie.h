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

#include "engine/tokenizer/tokenizer.h"

namespace fathom::grammar {

class TokenTrie {
 public:
  explicit TokenTrie(const Tokenizer& tokenizer);

  size_t vocabulary() const { return vocabulary_; }
  size_t size() const { return bytes_.size(); }
  uint32_t end(uint32_t node) const { return ends_[node]; }
  uint8_t byte(uint32_t node) const { return bytes_[node]; }
  uint32_t depth(uint32_t node) const { return depths_[node]; }
  size_t depth_max() const { return depth_max_; }
  std::span<const Token> tokens(uint32_t node) const {
    return std::span(tokens_).subspan(firsts_[node], firsts_[node + 1] - firsts_[node]);
  }
  // The child over `byte`, 0 when there is none.
  uint32_t Child(uint32_t node, uint8_t byte) const;

  std::string Path(uint32_t node) const;

  void SetTokens(uint32_t node, std::span<uint64_t> bits) const {
    for (const Token token : tokens(node))
      bits[static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
  }

  size_t memory() const;

 private:
  size_t vocabulary_ = 0;
  size_t depth_max_ = 0;
  std::vector<uint8_t> bytes_;     // (nodes)
  std::vector<uint16_t> depths_;   // (nodes)
  std::vector<uint32_t> ends_;     // (nodes)
  std::vector<uint32_t> parents_;  // (nodes)
  std::vector<uint32_t> firsts_;   // (nodes + 1) into tokens_
  std::vector<Token> tokens_;
  std::vector<uint32_t> root_children_;  // (256), 0: none
};

}  // namespace fathom::grammar
