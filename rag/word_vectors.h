// SPDX-License-Identifier: Apache-2.0
// WordVectors: a text as one vector, so that a question finds a passage that says it in other
// words.
//
// Shipped in the program (models/words/words.bin, made by models/words/recipe). A text's vector is
// the sum of its known words' vectors, each times (1 + ln n) and the word's weight (questions and
// passages weigh words differently), at unit length; words are the normal forms of rag/words.h.
// Equal text gives equal bytes.
//
// File: "FTWV", u32 version 1, u32 words, u32 dimensions; per word u8 length, the word, f32 weight
// in a question, f32 weight in a passage, dimensions x i8. Little-endian.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace fathom {

enum class TextRole { kQuestion, kPassage };

class WordVectors {
 public:
  static Result<WordVectors> Parse(std::span<const uint8_t> file, const std::string& place);
  static const WordVectors& Shipped();

  size_t dimensions() const { return dimensions_; }
  size_t words() const { return rows_.size(); }
  const std::string& id() const { return id_; }  // of the file's bytes

  // Unit length; all zero when no word is known.
  std::vector<float> Embed(std::string_view text, TextRole role) const;

 private:
  struct Row {
    float question = 0, passage = 0;
    size_t offset = 0;  // into values_
  };
  size_t dimensions_ = 0;
  std::string id_;
  std::unordered_map<std::string, Row> rows_;
  std::vector<int8_t> values_;
};

}  // namespace fathom
