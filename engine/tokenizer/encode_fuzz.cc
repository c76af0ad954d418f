// SPDX-License-Identifier: Apache-2.0
// Any bytes as content, in both patterns: the ids decode to the same bytes and none is a control
// token.
#include <cstddef>
#include <cstdint>

#include "engine/tokenizer/tokenizer.h"

namespace {

std::unique_ptr<fathom::Tokenizer> Make(fathom::Pretokenizer pretokenizer) {
  fathom::TokenizerParts parts{.pretokenizer = pretokenizer};
  for (int byte = 0; byte < 256; ++byte) parts.pieces.emplace_back(1, static_cast<char>(byte));
  for (const char* pair : {"ab", "cd", "  ", "<e", "en", "d>"}) {
    parts.merges.emplace_back(pair[0], pair[1]);
    parts.pieces.emplace_back(pair);
  }
  parts.control.push_back(static_cast<fathom::Token>(parts.pieces.size()));
  parts.pieces.emplace_back("<end>");
  return std::move(*fathom::Tokenizer::FromParts(std::move(parts)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto m1 = Make(fathom::Pretokenizer::kM1);
  static const auto nano = Make(fathom::Pretokenizer::kNano);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto* tokenizer : {m1.get(), nano.get()}) {
    const auto tokens = tokenizer->Encode(text);
    for (const fathom::Token token : tokens) CHECK(!tokenizer->IsControl(token));
    CHECK(tokenizer->Decode(tokens) == text);
    CHECK(tokenizer->Decode(tokenizer->EncodeTrusted(text), true) == text);
  }
  return 0;
}
