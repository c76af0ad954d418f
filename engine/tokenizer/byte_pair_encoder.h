// SPDX-License-Identifier: Apache-2.0
// Byte-pair merging of one piece: of all adjacent pairs the one with the lowest rank merges first,
// the leftmost of equals, until no pair has a merge.
//
// A piece of n bytes costs O(n log n). Pieces that are themselves a token whose merging ends in
// that one token are answered by one lookup; which tokens these are is computed at load, so the
// shortcut changes nothing. Source: Sennrich et al. 2016.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace fathom {

class BytePairEncoder {
 public:
  // Borrows parts.pieces. Refuses, by name: a byte without token, two tokens of the same bytes, a
  // merge with a control token, twice, or without a token for its result.
  static Result<BytePairEncoder> Make(const TokenizerParts& parts);

  // The token whose merging is `piece` as a whole; -1 if there is none.
  Token WholePiece(std::string_view piece, uint64_t hash) const;
  // Appends the tokens of `piece`.
  void Merge(std::string_view piece, std::vector<Token>* out) const;

  static uint64_t Hash(std::string_view piece);

  // An ordinary token that merging never gives; -1 when every one is reachable.
  Token unreachable() const { return unreachable_; }

 private:
  struct MergeSlot {
    uint64_t pair = UINT64_MAX;
    uint32_t rank = UINT32_MAX;
    Token result = -1;
  };
  struct WholeSlot {
    uint32_t hash_high = 0;
    Token token = -1;
  };

  static size_t SlotOf(uint64_t pair) { return (pair * 0x9E3779B97F4A7C15u) >> 20; }
  const MergeSlot& FindMerge(Token left, Token right) const;
  void MergeShort(std::string_view piece, std::vector<Token>* out) const;
  void MergeLong(std::string_view piece, std::vector<Token>* out) const;
  Status AddMerges(const TokenizerParts& parts, const std::vector<bool>& is_control);
  void AddWholePieces(const TokenizerParts& parts, const std::vector<bool>& is_control);

  std::array<Token, 256> byte_token_{};
  std::vector<MergeSlot> merges_;  // open addressing, a power of two, at most half full
  std::vector<WholeSlot> whole_;
  const std::vector<std::string>* pieces_ = nullptr;
  Token unreachable_ = -1;
};

}  // namespace fathom
