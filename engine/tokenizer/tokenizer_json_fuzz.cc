// SPDX-License-Identifier: Apache-2.0
// Any bytes as tokenizer.json: refused, or a tokenizer whose encoding decodes to the same bytes.
#include <cstddef>
#include <cstdint>

#include "engine/tokenizer/tokenizer_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fathom;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto parts = PartsFromTokenizerJson(text, text.substr(text.size() / 2));
  if (!parts) parts = PartsFromTokenizerJson(text, "");
  if (!parts) return 0;
  const auto tokenizer = Tokenizer::FromParts(std::move(*parts));
  if (!tokenizer) return 0;
  CHECK((*tokenizer)->Decode((*tokenizer)->Encode(text)) == text);
  return 0;
}
