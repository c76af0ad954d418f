// SPDX-License-Identifier: Apache-2.0
#include "rag/word_vectors.h"

#include <cmath>
#include <map>

#include "base/byte_reader.h"
#include "base/check.h"
#include "base/sha256.h"
#include "rag/words.h"

asm(".section .rodata\n"
    ".balign 16\n"
    "fathom_word_vectors_begin:\n"
    ".incbin \"" FATHOM_WORD_VECTORS
    "\"\n"
    "fathom_word_vectors_end:\n"
    ".byte 0\n"
    ".text\n");

extern const uint8_t shipped_begin[] asm("fathom_word_vectors_begin");
extern const uint8_t shipped_end[] asm("fathom_word_vectors_end");

namespace fathom {
namespace {

constexpr std::string_view kMagic = "FTWV";
constexpr uint32_t kVersion = 1;
constexpr uint32_t kDimensionsMax = 1'024;
constexpr size_t kRowBytesMin = 1 + 2 * sizeof(float);

}  // namespace

Result<WordVectors> WordVectors::Parse(std::span<const uint8_t> file, const std::string& place) {
  ByteReader reader(file);
  const auto magic = reader.ReadSpan("magic", kMagic.size());
  if (!magic) return magic.error();
  if (std::string_view(reinterpret_cast<const char*>(magic->data()), magic->size()) != kMagic)
    return Invalid("these are no word vectors: the file does not start with FTWV", place);
  const auto version = reader.Read<uint32_t>("version");
  if (!version) return version.error();
  if (*version != kVersion)
    return Invalid("word vectors of version " + std::to_string(*version) + ", known is 1", place);
  const auto count = reader.Read<uint32_t>("number of words");
  if (!count) return count.error();
  const auto dimensions = reader.Read<uint32_t>("dimensions");
  if (!dimensions) return dimensions.error();
  if (*dimensions == 0 || *dimensions > kDimensionsMax)
    return Invalid(std::to_string(*dimensions) + " dimensions, expected 1 to 1024", place);
  if (*count > reader.remaining() / (kRowBytesMin + *dimensions))
    return Invalid(std::to_string(*count) + " words do not fit into the file", place);

  WordVectors vectors;
  vectors.dimensions_ = *dimensions;
  vectors.id_ = Sha256Hex(file);
  vectors.values_.reserve(size_t{*count} * *dimensions);
  for (uint32_t i = 0; i < *count; ++i) {
    const auto length = reader.Read<uint8_t>("length of a word");
    if (!length) return length.error();
    const auto text = reader.ReadSpan("word", *length);
    if (!text) return text.error();
    const auto question = reader.Read<float>("weight in a question");
    if (!question) return question.error();
    const auto passage = reader.Read<float>("weight in a passage");
    if (!passage) return passage.error();
    const auto values = reader.ReadSpan("vector", *dimensions);
    if (!values) return values.error();
    if (!std::isfinite(*question) || !std::isfinite(*passage))
      return Invalid("word " + std::to_string(i) + " has a weight that is no number", place);
    const std::string word(text->begin(), text->end());
    const Row row{.question = *question, .passage = *passage, .offset = vectors.values_.size()};
    if (!vectors.rows_.emplace(word, row).second)
      return Invalid("word " + std::to_string(i) + " stands in the file twice", place);
    for (const uint8_t value : *values) vectors.values_.push_back(static_cast<int8_t>(value));
  }
  if (reader.remaining() > 0)
    return Invalid(std::to_string(reader.remaining()) + " bytes after the last word", place);
  return vectors;
}

const WordVectors& WordVectors::Shipped() {
  static const auto* const kShipped = [] {
    auto parsed = Parse({shipped_begin, shipped_end}, "words.bin");
    CHECK(parsed.ok());
    return new WordVectors(std::move(*parsed));
  }();
  return *kShipped;
}

std::vector<float> WordVectors::Embed(std::string_view text, TextRole role) const {
  std::map<std::string, size_t> counts;  // ordered, so that sums round equally everywhere
  for (Word& word : WordsOf(text)) ++counts[std::move(word.normal)];
  std::vector<float> sum(dimensions_, 0.0f);
  for (const auto& [word, count] : counts) {
    const auto found = rows_.find(word);
    if (found == rows_.end()) continue;
    const Row& row = found->second;
    const float own = role == TextRole::kQuestion ? row.question : row.passage;
    const float weight = own * (1.0f + std::log(static_cast<float>(count)));
    for (size_t i = 0; i < dimensions_; ++i)
      sum[i] += weight * static_cast<float>(values_[row.offset + i]);
  }
  double square = 0;
  for (const float value : sum) square += double{value} * value;
  const auto scale = square > 0 ? static_cast<float>(1 / std::sqrt(square)) : 0.0f;
  for (float& value : sum) value *= scale;
  return sum;
}

}  // namespace fathom
