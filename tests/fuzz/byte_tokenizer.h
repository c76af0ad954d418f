// SPDX-License-Identifier: Apache-2.0
// The smallest tokenizer in the format of nano: bytes, and the control tokens of a window.
#pragma once

#include "engine/tokenizer/tokenizer.h"

namespace fathom {

inline const Tokenizer& ByteTokenizer() {
  static const std::unique_ptr<Tokenizer> tokenizer = [] {
    TokenizerParts parts{.pretokenizer = Pretokenizer::kNano};
    for (int byte = 0; byte < 256; ++byte) parts.pieces.emplace_back(1, static_cast<char>(byte));
    for (const char* text : {"<begin_of_document>", "<end_of_document>", "<beginning_of_sentence>",
                             "<end_of_sentence>"}) {
      parts.control.push_back(static_cast<Token>(parts.pieces.size()));
      parts.pieces.emplace_back(text);
    }
    auto made = Tokenizer::FromParts(std::move(parts));
    CHECK(made.ok());
    return std::move(*made);
  }();
  return *tokenizer;
}

}  // namespace fathom
