// SPDX-License-Identifier: Apache-2.0
// A text drawn under a schema, byte by byte: what a grammar takes must be JSON that fits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/json_schema.h"
#include "engine/grammar/grammar.h"
#include "tests/fuzz/byte_tokenizer.h"

namespace fathom {

inline void DrawUnder(const Json& schema, const uint8_t* data, size_t size) {
  static const GrammarVocabulary vocabulary(ByteTokenizer());
  const auto grammar = Grammar::FromSchema(vocabulary, schema);
  if (!grammar) return;
  const auto constraint = grammar->NewConstraint();
  std::vector<uint64_t> allowed((vocabulary.vocabulary() + 63) / 64);
  std::string text;
  uint64_t dice = size;
  for (size_t i = 0; i < 300; ++i) {
    // Towards the end, what ends the text soonest.
    const bool ends = i >= 200;
    CHECK((ends ? constraint->MaskToEnd(allowed) : constraint->Mask(allowed)).ok());
    std::vector<int32_t> tokens;
    for (int32_t t = 0; t < 256; ++t) {
      if (allowed[static_cast<size_t>(t) / 64] >> (t % 64) & 1) tokens.push_back(t);
    }
    dice = dice * 6364136223846793005u + 1442695040888963407u + data[i % size];
    if (constraint->IsComplete() && (tokens.empty() || dice >> 62 == 0)) {
      const auto value = Json::Parse(text);
      CHECK(value.ok());
      const Status fits = JsonSchema::Compile(schema)->Check(*value);
      CHECK(fits.ok() || fits.error().code == Code::kLimit);
      return;
    }
    CHECK(!tokens.empty() || ends);
    if (tokens.empty()) return;
    const int32_t token = tokens[(dice >> 33) % tokens.size()];
    CHECK(constraint->Accept(token));
    text += static_cast<char>(token);
  }
}

}  // namespace fathom
