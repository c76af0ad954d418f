// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/token_trie.h"

#include <algorithm>

#include "base/limits.h"

namespace fathom::grammar {

TokenTrie::TokenTrie(const Tokenizer& tokenizer)
    : vocabulary_(tokenizer.vocabulary()), words_((vocabulary_ + 63) / 64) {
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
    const auto depth = static_cast<uint16_t>(path.size());
    parents_.push_back(path.empty() ? 0 : path.back());
    firsts_.push_back(static_cast<uint32_t>(tokens_.size()));
    path.push_back(static_cast<uint32_t>(nodes_.size()));
    nodes_.push_back({.kinds = 0, .byte = byte, .end = 0, .depth = depth, .longest = depth});
  };
  const auto close_to = [&](size_t depth) {
    for (; path.size() > depth; path.pop_back())
      nodes_[path.back()].end = static_cast<uint32_t>(nodes_.size());
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
  FindKinds();
}

void TokenTrie::FindKinds() {
  struct Path {
    Kinds kinds = 0;
    Utf8Place place;
  };
  all_.assign(words_, 0);
  holding_.assign(kKindCount * words_, 0);
  block_holding_.assign(kBlocks * words_, 0);
  longer_.assign(kLengths * words_, 0);
  std::vector<Path> paths(depth_max_ + 1);  // by depth
  for (uint32_t node = 1; node < size(); ++node) {
    const uint32_t length = depth(node);
    Path path = paths[length - 1];
    path.kinds |= KindsOf(byte(node));
    const bool is_text = (path.kinds & kMalformed) == 0 && path.place.Take(byte(node));
    if (!is_text) path.kinds |= kMalformed;
    paths[length] = path;
    nodes_[node].kinds = KindsOf(byte(node)) | (path.kinds & kMalformed);
    if (tokens(node).empty()) continue;
    SetTokens(node, all_);
    for (size_t kind = 0; kind < kKindCount; ++kind) {
      if ((path.kinds >> kind & 1) != 0) SetInRow(holding_, kind, node);
    }
    for (size_t block = 0; block < kBlocks; ++block) {
      const Kinds of_block = ((Kinds{1} << kBlockKinds) - 1) << (block * kBlockKinds);
      if ((path.kinds & of_block) != 0) SetInRow(block_holding_, block, node);
    }
    for (size_t most = 0; most < std::min<size_t>(kLengths, length); ++most)
      SetInRow(longer_, most, node);
  }
  for (auto node = static_cast<uint32_t>(size()); --node > 0;) {
    Node& parent = nodes_[parents_[node]];
    parent.kinds |= nodes_[node].kinds;
    parent.longest = std::max(parent.longest, nodes_[node].longest);
  }
}

std::vector<uint64_t> TokenTrie::TokensOf(Kinds kinds) const {
  std::vector<uint64_t> tokens = all_;
  const auto leave_out = [&](std::span<const uint64_t> row) {
    for (size_t i = 0; i < words_; ++i) tokens[i] &= ~row[i];
  };
  for (size_t block = 0; block < kBlocks; ++block) {
    const size_t first = block * kBlockKinds;
    if ((kinds >> first & ((Kinds{1} << kBlockKinds) - 1)) == 0) {
      leave_out(Row(block_holding_, block));
      continue;
    }
    for (size_t kind = first; kind < std::min<size_t>(first + kBlockKinds, kKindCount); ++kind) {
      if ((kinds >> kind & 1) == 0) leave_out(Row(holding_, kind));
    }
  }
  return tokens;
}

void TokenTrie::ClearLonger(uint32_t bytes_max, std::span<uint64_t> bits) const {
  if (bytes_max >= depth_max_) return;
  const auto longer = Row(longer_, std::min<size_t>(bytes_max, kLengths - 1));
  for (size_t i = 0; i < words_; ++i) bits[i] &= ~longer[i];
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
  return nodes_.size() * sizeof(Node) + (parents_.size() + firsts_.size() + tokens_.size()) * 4 +
         (1 + kKindCount + kBlocks + kLengths) * words_ * 8;
}

}  // namespace fathom::grammar
