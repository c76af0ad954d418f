// SPDX-License-Identifier: Apache-2.0
// The two pre-tokenizer patterns, matched by hand: text to the pieces inside which byte pairs are
// merged.
//
// Every byte of any text belongs to exactly one piece. Each byte that is not part of valid UTF-8 is
// a character of its own, neither letter, number nor space. Linear in the length of the text.
// Equality with PCRE2 running the pattern text is tested; Unicode is 14.0.0 (a letter added later
// counts as a symbol until the table is written anew).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/tokenizer/tokenizer.h"

namespace fathom {

// The patterns as text. `\s` is Unicode White_Space.
std::string_view PatternText(Pretokenizer pretokenizer);

// Which of the two `regex` is, after normalising how escapes and the contractions are spelled.
std::optional<Pretokenizer> RecognisePattern(std::string_view regex);

// Where the piece that starts at `offset` ends; offset < text.size().
size_t PieceEnd(Pretokenizer pretokenizer, std::string_view text, size_t offset);

}  // namespace fathom
