// SPDX-License-Identifier: Apache-2.0
// Quotes: generations held to what stands in the lines of a text, so that no quote and no citation
// in the packed layout (` #n` at the end of a line) can be invented.
//
// The lines are indexed once: their suffixes in order, 4 bytes for each byte of text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/grammar/grammar.h"

namespace fathom {

// Immutable once made; thread-safe.
class QuoteIndex {
 public:
  // Lines without their newlines, below 4 GiB in all.
  explicit QuoteIndex(const std::vector<std::string>& lines);

  // Where what was written so far stands: the suffixes [from, to) begin with it.
  struct Place {
    uint32_t from = 0, to = 0;
    uint32_t depth = 0;  // bytes written
    bool empty() const { return from == to; }
  };
  Place Anywhere() const { return {0, static_cast<uint32_t>(order_.size()), 0}; }
  // A newline is the end of a line; nothing follows it.
  Place Step(const Place& place, uint8_t byte) const;
  // Whether a line ends here.
  bool EndsLine(const Place& place) const { return !Step(place, '\n').empty(); }
  // The least byte that follows from `from` on.
  uint8_t FirstByte(const Place& place) const { return At(place.from, place.depth); }

  size_t bytes() const { return text_.capacity() + order_.capacity() * sizeof(uint32_t); }

 private:
  uint8_t At(uint32_t suffix, uint32_t depth) const {
    return static_cast<uint8_t>(text_[size_t{order_[suffix]} + depth]);
  }
  std::string_view Rest(uint32_t at) const;

  std::string text_;             // lines, each with a newline
  std::vector<uint32_t> order_;  // where characters begin, sorted by what follows up to the newline
};

// The text goes on from `begun` as some line does, to the end of that line. Unless it is `needed`,
// it may also be left empty, which is how a model says that there is none.
std::unique_ptr<Constraint> NewQuote(const GrammarVocabulary& vocabulary, const QuoteIndex& index,
                                     std::string_view begun, bool needed = false);

// Free text, in which a line ends in ` #` and a number only when all of it stands so at the end of
// a line of the index: `index` was made of lines with their numbers. What is thought is not held.
std::unique_ptr<Constraint> NewCitations(const GrammarVocabulary& vocabulary,
                                         const QuoteIndex& index,
                                         ThinkingPart thinking = ThinkingPart::kNone);

}  // namespace fathom
