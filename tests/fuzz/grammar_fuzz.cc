// SPDX-License-Identifier: Apache-2.0
// Any JSON as a schema: it is refused by name or compiled, and a text drawn from it is JSON that
// fits it.
#include <cstddef>
#include <cstdint>

#include "base/json_schema.h"
#include "engine/grammar/grammar.h"
#include "tests/fuzz/byte_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  static const GrammarVocabulary vocabulary(ByteTokenizer());
  const auto schema = Json::Parse({reinterpret_cast<const char*>(data), size});
  if (!schema) return 0;
  const auto grammar = Grammar::FromSchema(vocabulary, *schema);
  if (!grammar) return 0;
  const auto constraint = grammar->NewConstraint();
  std::vector<uint64_t> allowed((vocabulary.vocabulary() + 63) / 64);
  std::string text;
  uint64_t dice = size;
  for (size_t i = 0; i < 300; ++i) {
    CHECK(constraint->Mask(allowed).ok());
    std::vector<int32_t> tokens;
    for (int32_t t = 0; t < 256; ++t) {
      if (allowed[static_cast<size_t>(t) / 64] >> (t % 64) & 1) tokens.push_back(t);
    }
    dice = dice * 6364136223846793005u + 1442695040888963407u + data[i % size];
    if (constraint->IsComplete() && (tokens.empty() || dice >> 62 == 0)) {
      const auto value = Json::Parse(text);
      CHECK(value.ok());
      CHECK(JsonSchema::Compile(*schema)->Check(*value).ok());
      return 0;
    }
    CHECK(!tokens.empty());
    const int32_t token = tokens[(dice >> 33) % tokens.size()];
    CHECK(constraint->Accept(token));
    text += static_cast<char>(token);
  }
  return 0;
}
