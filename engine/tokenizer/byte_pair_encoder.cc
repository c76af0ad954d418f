// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/byte_pair_encoder.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <queue>
#include <unordered_map>

namespace fathom {
namespace {

// Up to here scanning an array beats a heap; code has few longer pieces.
constexpr size_t kShortPieceBytes = 40;

uint64_t PairOf(Token left, Token right) {
  return (static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32) | static_cast<uint32_t>(right);
}

size_t TableSize(size_t count) {
  return std::bit_ceil(2 * std::max<size_t>(count, 8));
}

std::string Quoted(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes.substr(0, 40)) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view kHex = "0123456789abcdef";
    if (byte >= 0x20 && byte < 0x7F) {
      out.push_back(c);
    } else {
      out.append({'\\', 'x', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return out + "\"";
}

}  // namespace

uint64_t BytePairEncoder::Hash(std::string_view piece) {
  return XXH3_64bits(piece.data(), piece.size());
}

Result<BytePairEncoder> BytePairEncoder::Make(const TokenizerParts& parts) {
  std::vector<bool> is_control(parts.pieces.size());
  for (const Token token : parts.control) is_control[token] = true;
  BytePairEncoder encoder;
  encoder.pieces_ = &parts.pieces;
  encoder.byte_token_.fill(-1);
  for (size_t id = 0; id < parts.pieces.size(); ++id) {
    const std::string& piece = parts.pieces[id];
    if (is_control[id] || piece.size() != 1) continue;
    Token& token = encoder.byte_token_[static_cast<unsigned char>(piece[0])];
    if (token >= 0) return Invalid("two tokens for the byte " + Quoted(piece));
    token = static_cast<Token>(id);
  }
  for (int byte = 0; byte < 256; ++byte) {
    if (encoder.byte_token_[byte] < 0) {
      return Invalid("no token for the byte " + Quoted(std::string(1, static_cast<char>(byte))));
    }
  }
  if (Status status = encoder.AddMerges(parts, is_control); !status) return status.error();
  encoder.AddWholePieces(parts, is_control);
  return encoder;
}

Status BytePairEncoder::AddMerges(const TokenizerParts& parts,
                                  const std::vector<bool>& is_control) {
  std::unordered_map<std::string_view, Token> token_of;
  token_of.reserve(parts.pieces.size());
  for (size_t id = 0; id < parts.pieces.size(); ++id) {
    const std::string& piece = parts.pieces[id];
    if (is_control[id] || piece.empty()) continue;
    const auto [known, added] = token_of.emplace(piece, static_cast<Token>(id));
    if (!added) {
      return Invalid("tokens " + std::to_string(known->second) + " and " + std::to_string(id) +
                     " are both " + Quoted(piece));
    }
  }
  merges_.resize(TableSize(parts.merges.size()));
  const size_t mask = merges_.size() - 1;
  std::string joined;
  for (size_t rank = 0; rank < parts.merges.size(); ++rank) {
    const auto [left, right] = parts.merges[rank];
    const std::string place = "merge " + std::to_string(rank);
    for (const Token part : {left, right}) {
      if (part < 0 || static_cast<size_t>(part) >= parts.pieces.size() || is_control[part] ||
          parts.pieces[part].empty()) {
        return Invalid("token " + std::to_string(part) + " cannot be merged", place);
      }
    }
    joined.assign(parts.pieces[left]).append(parts.pieces[right]);
    const auto result = token_of.find(joined);
    if (result == token_of.end())
      return Invalid("its result " + Quoted(joined) + " is no token", place);
    const uint64_t pair = PairOf(left, right);
    size_t slot = SlotOf(pair) & mask;
    while (merges_[slot].pair != UINT64_MAX && merges_[slot].pair != pair) slot = (slot + 1) & mask;
    if (merges_[slot].pair == pair)
      return Invalid("the pair of " + Quoted(joined) + " is listed twice", place);
    merges_[slot] = {pair, static_cast<uint32_t>(rank), result->second};
  }
  return OkStatus();
}

void BytePairEncoder::AddWholePieces(const TokenizerParts& parts,
                                     const std::vector<bool>& is_control) {
  whole_.resize(TableSize(parts.pieces.size()));
  const size_t mask = whole_.size() - 1;
  std::vector<Token> merged;
  for (size_t id = 0; id < parts.pieces.size(); ++id) {
    const std::string& piece = parts.pieces[id];
    if (is_control[id] || piece.empty()) continue;
    merged.clear();
    Merge(piece, &merged);
    if (merged.size() != 1) {
      unreachable_ = static_cast<Token>(id);
      continue;
    }
    const uint64_t hash = Hash(piece);
    size_t slot = hash & mask;
    while (whole_[slot].token >= 0) slot = (slot + 1) & mask;
    whole_[slot] = {static_cast<uint32_t>(hash >> 32), static_cast<Token>(id)};
  }
}

Token BytePairEncoder::WholePiece(std::string_view piece, uint64_t hash) const {
  const size_t mask = whole_.size() - 1;
  const auto high = static_cast<uint32_t>(hash >> 32);
  for (size_t slot = hash & mask; whole_[slot].token >= 0; slot = (slot + 1) & mask) {
    if (whole_[slot].hash_high == high && (*pieces_)[whole_[slot].token] == piece) {
      return whole_[slot].token;
    }
  }
  return -1;
}

const BytePairEncoder::MergeSlot& BytePairEncoder::FindMerge(Token left, Token right) const {
  static const MergeSlot kNone;
  const uint64_t pair = PairOf(left, right);
  const size_t mask = merges_.size() - 1;
  for (size_t slot = SlotOf(pair) & mask;; slot = (slot + 1) & mask) {
    if (merges_[slot].pair == pair) return merges_[slot];
    if (merges_[slot].pair == UINT64_MAX) return kNone;
  }
}

void BytePairEncoder::Merge(std::string_view piece, std::vector<Token>* out) const {
  if (piece.size() <= kShortPieceBytes) {
    MergeShort(piece, out);
  } else {
    MergeLong(piece, out);
  }
}

void BytePairEncoder::MergeShort(std::string_view piece, std::vector<Token>* out) const {
  Token tokens[kShortPieceBytes];
  const MergeSlot* merge[kShortPieceBytes];  // of tokens[i] and tokens[i + 1]
  size_t count = piece.size();
  for (size_t i = 0; i < count; ++i) tokens[i] = byte_token_[static_cast<unsigned char>(piece[i])];
  for (size_t i = 0; i + 1 < count; ++i) merge[i] = &FindMerge(tokens[i], tokens[i + 1]);
  while (count > 1) {
    size_t best = 0;
    for (size_t i = 1; i + 1 < count; ++i) {
      if (merge[i]->rank < merge[best]->rank) best = i;
    }
    if (merge[best]->rank == UINT32_MAX) break;
    tokens[best] = merge[best]->result;
    for (size_t i = best + 1; i + 1 < count; ++i) {
      tokens[i] = tokens[i + 1];
      merge[i] = merge[i + 1];
    }
    --count;
    if (best > 0) merge[best - 1] = &FindMerge(tokens[best - 1], tokens[best]);
    if (best + 1 < count) merge[best] = &FindMerge(tokens[best], tokens[best + 1]);
  }
  out->insert(out->end(), tokens, tokens + count);
}

void BytePairEncoder::MergeLong(std::string_view piece, std::vector<Token>* out) const {
  constexpr size_t kNone = SIZE_MAX;
  struct Node {
    Token token;  // -1: merged away
    size_t previous, next;
  };
  struct Candidate {
    uint32_t rank;
    size_t left;  // position of the first byte: the leftmost of equals wins
    Token left_token, right_token, result;
    bool operator<(const Candidate& other) const {  // a max-heap that yields the lowest rank
      return rank != other.rank ? rank > other.rank : left > other.left;
    }
  };
  std::vector<Node> nodes(piece.size());
  std::vector<Candidate> heap;
  const auto push = [&](size_t left) {
    if (left == kNone || nodes[left].next == kNone) return;
    const Token a = nodes[left].token, b = nodes[nodes[left].next].token;
    const MergeSlot& merge = FindMerge(a, b);
    if (merge.rank == UINT32_MAX) return;
    heap.push_back({merge.rank, left, a, b, merge.result});
    std::push_heap(heap.begin(), heap.end());
  };
  for (size_t i = 0; i < nodes.size(); ++i) {
    nodes[i] = {byte_token_[static_cast<unsigned char>(piece[i])], i == 0 ? kNone : i - 1,
                i + 1 == nodes.size() ? kNone : i + 1};
  }
  for (size_t i = 0; i < nodes.size(); ++i) push(i);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    const Candidate candidate = heap.back();
    heap.pop_back();
    Node& left = nodes[candidate.left];
    if (left.token != candidate.left_token || left.next == kNone) continue;  // stale
    Node& right = nodes[left.next];
    if (right.token != candidate.right_token) continue;
    left.token = candidate.result;
    right.token = -1;
    left.next = right.next;
    if (left.next != kNone) nodes[left.next].previous = candidate.left;
    push(left.previous);
    push(candidate.left);
  }
  for (size_t i = 0; i != kNone; i = nodes[i].next) out->push_back(nodes[i].token);
}

}  // namespace fathom
