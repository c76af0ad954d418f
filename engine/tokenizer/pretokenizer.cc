// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/pretokenizer.h"

#include <string>

#include "engine/tokenizer/character_class.h"

namespace fathom {
namespace {

using Class = CharacterClass;

constexpr std::string_view kContractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
constexpr std::string_view kM1Pattern =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+)"
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)?)"
    R"(|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*)"
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)?)"
    R"(|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kNanoPattern = R"( #|[A-Za-z]+|[0-9]|\n| +|[^A-Za-z0-9 \n]+)";

constexpr std::string_view kSpellings[][2] = {
    {"\r", "\\r"},
    {"\n", "\\n"},
    {"\\/", "/"},
    {"\\'", "'"},
    {"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?", kContractions},
    {"(?:'(?i:[sdmt]|ll|ve|re))?", kContractions},
    {"(?:'(?i:s|t|re|ve|m|ll|d))?", kContractions},
};

bool IsUpperSet(Class c) {
  return c == Class::kUpper || c == Class::kLetter || c == Class::kMark;
}
bool IsLowerSet(Class c) {
  return c == Class::kLower || c == Class::kLetter || c == Class::kMark;
}
bool IsLetter(Class c) {
  return c == Class::kUpper || c == Class::kLower || c == Class::kLetter;
}
bool IsSpace(Class c) {
  return c == Class::kSpace || c == Class::kNewline;
}
bool IsSymbol(Class c) {
  return c == Class::kOther || c == Class::kMark;
}

template <typename Predicate>
size_t Run(std::string_view text, size_t at, Predicate predicate) {
  while (at < text.size()) {
    const ClassedCharacter character = CharacterAt(text, at);
    if (!predicate(character.character_class)) break;
    at += character.length;
  }
  return at;
}

// (?i:'s|'t|'re|'ve|'m|'ll|'d)? behind a word. U+017F is an s without regard to case.
size_t AfterContraction(std::string_view text, size_t at) {
  if (at + 1 >= text.size() || text[at] != '\'') return at;
  const auto lower = [&](size_t i) {
    return i < text.size() && static_cast<unsigned char>(text[i]) < 0x80 ? text[i] | 0x20 : 0;
  };
  const int first = lower(at + 1);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  const int second = lower(at + 2);
  if ((first == 'r' || first == 'v') && second == 'e') return at + 3;
  if (first == 'l' && second == 'l') return at + 3;
  if (text.substr(at + 1, 2) == "\xC5\xBF") return at + 3;
  return at;
}

struct WordEnds {
  size_t lower = 0;  // of [upper set]*[lower set]+ after backtracking; 0: no match
  size_t upper = 0;  // of [upper set]+[lower set]*; 0: no match
};

// Both word alternatives from `at`, without prefix and contraction.
WordEnds MatchWord(std::string_view text, size_t at) {
  size_t end = at, both_end = 0;
  Class stopper = Class::kOther;
  while (end < text.size()) {
    const ClassedCharacter character = CharacterAt(text, end);
    stopper = character.character_class;
    if (!IsUpperSet(stopper)) break;
    end += character.length;
    if (stopper != Class::kUpper) both_end = end;
  }
  WordEnds ends;
  if (end < text.size() && stopper == Class::kLower) {
    ends.lower = Run(text, end, IsLowerSet);
  } else {
    // The greedy upper run gives characters back until the last one can be the lower part.
    ends.lower = both_end;
  }
  if (end > at) ends.upper = Run(text, end, IsLowerSet);
  return ends;
}

// The first two alternatives; 0: neither matches.
size_t WordEnd(std::string_view text, size_t offset, ClassedCharacter first) {
  const bool can_prefix = !IsLetter(first.character_class) &&
                          first.character_class != Class::kNumber &&
                          first.character_class != Class::kNewline;
  WordEnds prefixed, bare;
  if (can_prefix && offset + first.length < text.size()) {
    prefixed = MatchWord(text, offset + first.length);
    if (prefixed.lower != 0) return AfterContraction(text, prefixed.lower);
  }
  if (IsLetter(first.character_class) || first.character_class == Class::kMark) {
    bare = MatchWord(text, offset);
    if (bare.lower != 0) return AfterContraction(text, bare.lower);
  }
  if (prefixed.upper != 0) return AfterContraction(text, prefixed.upper);
  return bare.upper != 0 ? AfterContraction(text, bare.upper) : 0;
}

// \s*[\r\n]+|\s+(?!\S)|\s+ ; text[offset] is a space.
size_t SpaceEnd(std::string_view text, size_t offset) {
  size_t end = offset, newline_end = 0, last_start = offset;
  while (end < text.size()) {
    const ClassedCharacter character = CharacterAt(text, end);
    if (!IsSpace(character.character_class)) break;
    last_start = end;
    end += character.length;
    if (character.character_class == Class::kNewline) newline_end = end;
  }
  if (newline_end != 0) return newline_end;
  // The last space goes with the word that follows, unless it is the only one.
  return end == text.size() || last_start == offset ? end : last_start;
}

size_t M1PieceEnd(std::string_view text, size_t offset) {
  const ClassedCharacter first = CharacterAt(text, offset);
  if (const size_t end = WordEnd(text, offset, first); end != 0) return end;
  if (first.character_class == Class::kNumber) {
    size_t end = offset + first.length;
    for (int i = 1; i < 3 && end < text.size(); ++i) {
      const ClassedCharacter next = CharacterAt(text, end);
      if (next.character_class != Class::kNumber) break;
      end += next.length;
    }
    return end;
  }
  const size_t symbols = text[offset] == ' ' ? offset + 1 : offset;
  size_t end = Run(text, symbols, IsSymbol);
  if (end > symbols) {
    while (end < text.size() && (text[end] == '\r' || text[end] == '\n' || text[end] == '/')) ++end;
    return end;
  }
  return SpaceEnd(text, offset);
}

size_t NanoPieceEnd(std::string_view text, size_t offset) {
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto run = [&](auto predicate) {
    size_t end = offset;
    while (end < text.size() && predicate(text[end])) ++end;
    return end;
  };
  const char first = text[offset];
  if (is_letter(first)) return run(is_letter);
  if (is_digit(first) || first == '\n') return offset + 1;
  if (first == ' ') {
    if (offset + 1 < text.size() && text[offset + 1] == '#') return offset + 2;
    return run([](char c) { return c == ' '; });
  }
  return run([&](char c) { return !is_letter(c) && !is_digit(c) && c != ' ' && c != '\n'; });
}

}  // namespace

std::string_view PatternText(Pretokenizer pretokenizer) {
  return pretokenizer == Pretokenizer::kM1 ? kM1Pattern : kNanoPattern;
}

std::optional<Pretokenizer> RecognisePattern(std::string_view regex) {
  std::string text(regex);
  for (const auto& [spelling, normal] : kSpellings) {
    for (size_t at = 0; (at = text.find(spelling, at)) != std::string::npos; at += normal.size()) {
      text.replace(at, spelling.size(), normal);
    }
  }
  for (const Pretokenizer known : {Pretokenizer::kM1, Pretokenizer::kNano}) {
    if (text == PatternText(known)) return known;
  }
  return std::nullopt;
}

size_t PieceEnd(Pretokenizer pretokenizer, std::string_view text, size_t offset) {
  return pretokenizer == Pretokenizer::kM1 ? M1PieceEnd(text, offset) : NanoPieceEnd(text, offset);
}

}  // namespace fathom
