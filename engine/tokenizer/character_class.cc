// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/character_class.h"

namespace fathom {
namespace {

constexpr CharacterClass U = CharacterClass::kUpper;
constexpr CharacterClass L = CharacterClass::kLower;
constexpr CharacterClass O = CharacterClass::kLetter;
constexpr CharacterClass M = CharacterClass::kMark;
constexpr CharacterClass N = CharacterClass::kNumber;
constexpr CharacterClass S = CharacterClass::kSpace;
constexpr CharacterClass B = CharacterClass::kNewline;

struct ClassRange {
  uint32_t first, last;
  CharacterClass character_class;
};

#include "engine/tokenizer/unicode_classes.inc"

constexpr std::array<CharacterClass, 128> AsciiClasses() {
  std::array<CharacterClass, 128> classes{};
  for (const ClassRange& range : kClassRanges) {
    for (uint32_t point = range.first; point <= range.last && point < 128; ++point) {
      classes[point] = range.character_class;
    }
  }
  return classes;
}

}  // namespace

constexpr std::array<CharacterClass, 128> kAsciiClasses = AsciiClasses();

const std::vector<CharacterClass>& UnicodeClasses() {
  // One byte a code point, expanded once: 1.1 MB, of which text touches a few pages.
  static const std::vector<CharacterClass> classes = [] {
    std::vector<CharacterClass> all(0x110000, CharacterClass::kOther);
    for (const ClassRange& range : kClassRanges) {
      for (uint32_t point = range.first; point <= range.last; ++point) {
        all[point] = range.character_class;
      }
    }
    return all;
  }();
  return classes;
}

}  // namespace fathom
