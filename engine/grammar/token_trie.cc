// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/token_trie.h"

#include <algorithm>

#include "base/limits.h"

namespace fathom::grammar {

TokenTrie::TokenTrie(const Tokenizer& tokenizer) : vocabulary_(tokenizer.vocabulary()) {
  std::vector<std::pair<std::string_view, Token>> sorted;
  for (size_t i = 0; i < vocabulary_; ++i) {
    const auto token = static_cast<Token>(i);
    const std::string_view piece = tokenizer.Piece(token);
    // What is longer can be spelled by its parts.
    if (piece.empty() || piece.size() > kGrammarTokenBytesMax || tokenizer.IsControl(token))
      continue;
    sorted.emplace_back(piece, token);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<uint32_t> path;  // node at each depth of the piece before
  const auto add_node = [&](uint8_t byte) {
    bytes_.push_back(byte);
    depths_.push_back(static_cast<uint16_t>(path.size()));
    parents_.push_back(path.empty() ? 0 : path.back());
    ends_.push_back(0);
    firsts_.push_back(static_cast<uint32_t>(tokens_.size()));
    path.push_back(static_cast<uint32_t>(bytes_.size() - 1));
  };
  const auto close_to = [&](size_t depth) {
    for (; path.size() > depth; path.pop_back())
      ends_[path.back()] = static_cast<uint32_t>(bytes_.size());
  };
  add_node(0);
  std::string_view before;
  for (const auto& [piece, token] : sorted) {
    const auto differs = std::mismatch(before.begin(), before.end(), piece.begin(), piece.end());
    const auto shared = static_cast<size_t>(differs.second - piece.begin());
    close_to(shared + 1);
    for (size_t i = shared; i < piece.size(); ++i) add_node(static_cast<uint8_t>(piece[i]));
    tokens_.push_back(token);
    depth_max_ = std::max(depth_max_, piece.size());
    before = piece;
  }
  close_to(0);
  firsts_.push_back(static_cast<uint32_t>(tokens_.size()));
  root_children_.assign(256, 0);
  for (uint32_t node = 1; node < size(); node = end(node)) root_children_[byte(node)] = node;
}

uint32_t TokenTrie::Child(uint32_t node, uint8_t wanted) const {
  if (node == 0) return root_children_[wanted];
  for (uint32_t child = node + 1; child < end(node); child = end(child)) {
    if (byte(child) >= wanted) return byte(child) == wanted ? child : 0;
  }
  return 0;
}

std::string TokenTrie::Path(uint32_t node) const {
  std::string path;
  for (; node != 0; node = parents_[node]) path += static_cast<char>(byte(node));
  std::reverse(path.begin(), path.end());
  return path;
}

size_t TokenTrie::memory() const {
  return bytes_.size() + depths_.size() * 2 +
         (ends_.size() + parents_.size() + firsts_.size() + tokens_.size()) * 4;
}

}  // namespace fathom::grammar
