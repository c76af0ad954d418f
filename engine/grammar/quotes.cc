// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/quotes.h"

#include <algorithm>

#include "base/check.h"
#include "engine/grammar/grammar_impl.h"

namespace fathom {
namespace {

using grammar::TokenTrie;

bool IsDigit(uint8_t byte) {
  return byte >= '0' && byte <= '9';
}

class Quote final : public Constraint {
 public:
  Quote(const GrammarVocabulary& vocabulary, const QuoteIndex& index, std::string_view begun,
        bool needed)
      : vocabulary_(vocabulary.impl()), index_(index), needed_(needed), begin_(index.Anywhere()) {
    for (const char c : begun) begin_ = index.Step(begin_, static_cast<uint8_t>(c));
    now_ = begin_;
  }

  Status Mask(std::span<uint64_t> allowed) override {
    CHECK(allowed.size() * 64 >= vocabulary_.trie.vocabulary());
    std::fill(allowed.begin(), allowed.end(), 0);
    Walk(0, now_, allowed);
    return OkStatus();
  }

  bool Accept(int32_t token) override {
    const auto piece = PieceOf(vocabulary_, token);
    if (piece.empty()) return false;
    QuoteIndex::Place place = now_;
    for (const char c : piece) {
      if (c == '\n') return false;
      place = index_.Step(place, static_cast<uint8_t>(c));
      if (place.empty()) return false;
    }
    now_ = place;
    return true;
  }

  bool IsComplete() const override {
    return (!needed_ && now_.depth == begin_.depth) || index_.EndsLine(now_);
  }
  void Reset() override { now_ = begin_; }

  static std::string_view PieceOf(const GrammarVocabulary::Impl& vocabulary, int32_t token) {
    if (token < 0 || static_cast<size_t>(token) >= vocabulary.trie.vocabulary()) return {};
    if (vocabulary.tokenizer.IsControl(token)) return {};
    return vocabulary.tokenizer.Piece(token);
  }

 private:
  // By the bytes that come next in the text: few, as soon as something is written.
  void Walk(uint32_t node, const QuoteIndex::Place& place, std::span<uint64_t> allowed) const {
    QuoteIndex::Place rest = place;
    while (!rest.empty()) {
      const uint8_t byte = index_.FirstByte(rest);
      const QuoteIndex::Place next = index_.Step(rest, byte);
      if (next.empty()) return;
      rest.from = next.to;
      const uint32_t child = byte == '\n' ? 0 : vocabulary_.trie.Child(node, byte);
      if (child == 0) continue;
      vocabulary_.trie.SetTokens(child, allowed);
      if (vocabulary_.trie.end(child) > child + 1) Walk(child, next, allowed);
    }
  }

  const GrammarVocabulary::Impl& vocabulary_;
  const QuoteIndex& index_;
  const bool needed_;
  QuoteIndex::Place begin_, now_;
};

class Citations final : public Constraint {
 public:
  Citations(const GrammarVocabulary& vocabulary, const QuoteIndex& index, ThinkingPart thinking)
      : vocabulary_(vocabulary.impl()), index_(index), thinking_(thinking) {
    Reset();
    free_.resize((vocabulary.vocabulary() + 63) / 64);
    for (uint32_t node = 0; node < vocabulary_.trie.size(); ++node)
      vocabulary_.trie.SetTokens(node, free_);
    for (size_t i = 0; i < vocabulary.vocabulary(); ++i) {
      const auto token = static_cast<int32_t>(i);
      const std::string_view piece = Quote::PieceOf(vocabulary_, token);
      if (HoldsNumber(piece)) numbered_.push_back(token);
      if (!piece.empty() && (piece[0] == '\n' || IsDigit(static_cast<uint8_t>(piece[0]))))
        behind_.push_back(token);
    }
  }

  Status Mask(std::span<uint64_t> allowed) override {
    CHECK(allowed.size() >= free_.size());
    std::fill(std::copy(free_.begin(), free_.end(), allowed.begin()), allowed.end(), 0);
    const auto check = [&](const std::vector<int32_t>& tokens) {
      for (const int32_t token : tokens) {
        State state = now_;
        if (!Take(state, Quote::PieceOf(vocabulary_, token)))
          allowed[static_cast<size_t>(token) / 64] &= ~(uint64_t{1} << (token % 64));
      }
    };
    check(numbered_);
    if (now_.tail == Tail::kHash || now_.tail == Tail::kNumber) check(behind_);
    return OkStatus();
  }

  bool Accept(int32_t token) override {
    const std::string_view piece = Quote::PieceOf(vocabulary_, token);
    State state = now_;
    if (piece.empty() || !Take(state, piece)) return false;
    now_ = state;
    return true;
  }

  bool IsComplete() const override { return MayEndLine(now_); }
  void Reset() override {
    now_ = {.place = index_.Anywhere(),
            .phase = thinking_ == ThinkingPart::kNone   ? Phase::kAnswer
                     : thinking_ == ThinkingPart::kOpen ? Phase::kThinking
                                                        : Phase::kBegin};
  }

 private:
  static constexpr std::string_view kOpenTag = "<think>", kCloseTag = "</think>";
  enum class Tail : uint8_t { kText, kBlank, kHash, kNumber };
  enum class Phase : uint8_t { kBegin, kThinking, kAnswer };
  // Of the line that is being written: where it stands, if it does.
  struct State {
    QuoteIndex::Place place;
    Tail tail = Tail::kText;
    Phase phase = Phase::kAnswer;
    uint8_t tag_bytes = 0;  // of the tag that ends the phase
  };

  // A number behind a hash, or the end of one.
  static bool HoldsNumber(std::string_view piece) {
    for (size_t i = 0; i + 1 < piece.size(); ++i) {
      if (piece[i] == '#' && IsDigit(static_cast<uint8_t>(piece[i + 1]))) return true;
    }
    return false;
  }

  bool MayEndLine(const State& state) const {
    return state.tail != Tail::kNumber || index_.EndsLine(state.place);
  }

  bool Take(State& state, std::string_view piece) const {
    for (const char c : piece) {
      if (!Step(state, static_cast<uint8_t>(c))) return false;
    }
    return true;
  }

  // Whether the byte belongs to thinking. What begins like a tag and is none is part of the answer.
  bool Thinks(State& state, uint8_t byte) const {
    if (state.phase == Phase::kAnswer) return false;
    const bool begins = state.phase == Phase::kBegin;
    const std::string_view tag = begins ? kOpenTag : kCloseTag;
    if (byte == static_cast<uint8_t>(tag[state.tag_bytes])) {
      if (++state.tag_bytes < tag.size()) return !begins;
      state = {.place = index_.Anywhere(), .phase = begins ? Phase::kThinking : Phase::kAnswer};
      return true;
    }
    state.tag_bytes = !begins && byte == '<' ? 1 : 0;
    if (begins) state.phase = Phase::kAnswer;
    return !begins;
  }

  bool Step(State& state, uint8_t byte) const {
    if (Thinks(state, byte)) return true;
    if (byte == '\n') {
      if (!MayEndLine(state)) return false;
      state = {.place = index_.Anywhere()};
      return true;
    }
    state.place = index_.Step(state.place, byte);
    const bool behind_hash = state.tail == Tail::kHash || state.tail == Tail::kNumber;
    if (behind_hash && IsDigit(byte)) {
      state.tail = Tail::kNumber;
      return !state.place.empty();
    }
    state.tail = byte == ' '                                 ? Tail::kBlank
                 : byte == '#' && state.tail == Tail::kBlank ? Tail::kHash
                                                             : Tail::kText;
    return true;
  }

  const GrammarVocabulary::Impl& vocabulary_;
  const QuoteIndex& index_;
  const ThinkingPart thinking_;
  std::vector<uint64_t> free_;     // all tokens of text
  std::vector<int32_t> numbered_;  // tokens that hold `#` and a digit behind it
  std::vector<int32_t> behind_;    // tokens that begin with a digit or a newline
  State now_;
};

}  // namespace

std::unique_ptr<Constraint> NewQuote(const GrammarVocabulary& vocabulary, const QuoteIndex& index,
                                     std::string_view begun, bool needed) {
  return std::make_unique<Quote>(vocabulary, index, begun, needed);
}

std::unique_ptr<Constraint> NewCitations(const GrammarVocabulary& vocabulary,
                                         const QuoteIndex& index, ThinkingPart thinking) {
  return std::make_unique<Citations>(vocabulary, index, thinking);
}

}  // namespace fathom
