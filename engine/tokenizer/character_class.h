// SPDX-License-Identifier: Apache-2.0
// The character classes the pre-tokenizer patterns speak of, exactly as Unicode 14.0.0 assigns them
// (the table is written by make_unicode_classes.py). A byte that belongs to no valid UTF-8
// character counts as one character of class kOther.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace fathom {

enum class CharacterClass : uint8_t {
  kOther,    // punctuation, symbols, controls, unassigned, invalid bytes
  kUpper,    // Lu, Lt
  kLower,    // Ll
  kLetter,   // Lm, Lo: both upper and lower for the pattern
  kMark,     // Mn, Mc, Me: both too, but no letter
  kNumber,   // Nd, Nl, No
  kSpace,    // White_Space except the next
  kNewline,  // CR, LF
};

struct ClassedCharacter {
  CharacterClass character_class;
  uint32_t length;  // bytes
};

// The classes of all code points, 0 to 0x10FFFF.
const std::vector<CharacterClass>& UnicodeClasses();
// Of the first 128, without a call.
extern const std::array<CharacterClass, 128> kAsciiClasses;

// offset < text.size().
inline ClassedCharacter CharacterAt(std::string_view text, size_t offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte < 0x80) return {kAsciiClasses[byte], 1};
  const Utf8Character character = DecodeUtf8(text, offset);
  if (!character.valid) return {CharacterClass::kOther, 1};
  return {UnicodeClasses()[character.code_point], character.length};
}

}  // namespace fathom
