// SPDX-License-Identifier: Apache-2.0
// Kinds of bytes, few enough that a set of them is one word: what tokens are made of and what an
// automaton takes are compared by them. Internal to engine/grammar.
#pragma once

#include <array>
#include <cstdint>

namespace fathom::grammar {

using Kinds = uint64_t;  // a set: bit k stands for kind k

// The kinds of what names are made of are the first eight; then each further printable character is
// one of its own.
inline constexpr uint32_t kControlKind = 40, kScalarKind = 41, kMalformedKind = 42;
inline constexpr uint32_t kKindCount = 43;
// Bytes beyond ASCII: of a text that is UTF-8 up to here, and of another. Every byte of the latter
// is also of the former.
inline constexpr Kinds kScalars = Kinds{1} << kScalarKind;
inline constexpr Kinds kMalformed = Kinds{1} << kMalformedKind;
inline constexpr Kinds kAscii = (Kinds{1} << kScalarKind) - 1;

// Of each byte; kScalarKind from 0x80 on.
inline constexpr std::array<uint8_t, 256> kKindOfByte = [] {
  std::array<uint8_t, 256> kinds{};
  uint8_t next = 8;
  for (uint32_t byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    kinds[byte] = c >= '0' && c <= '9'         ? 0
                  : c >= 'a' && c <= 'f'       ? 1
                  : c >= 'g' && c <= 'z'       ? 2
                  : c >= 'A' && c <= 'F'       ? 3
                  : c >= 'G' && c <= 'Z'       ? 4
                  : c == '_'                   ? 5
                  : c == '-'                   ? 6
                  : c == '.'                   ? 7
                  : byte >= 0x80               ? uint8_t{kScalarKind}
                  : byte < 0x20 || c == '\x7F' ? uint8_t{kControlKind}
                                               : next++;
  }
  return kinds;
}();
static_assert(kKindOfByte['~'] < kControlKind && kKindOfByte['\n'] == kControlKind);

inline constexpr Kinds KindsOf(uint8_t byte) {
  return Kinds{1} << kKindOfByte[byte];
}

// Where a text stands in UTF-8: what the next byte may be.
class Utf8Place {
 public:
  bool at_border() const { return left_ == 0; }
  // False when the text is no UTF-8 with this byte; then it never is again.
  bool Take(uint8_t byte) {
    if (left_ == 0) return byte < 0x80 || Lead(byte);
    if (byte < least_ || byte > most_) return false;
    --left_;
    least_ = 0x80;
    most_ = 0xBF;
    return true;
  }
  uint8_t least() const { return least_; }  // inside a character
  uint8_t most() const { return most_; }
  auto operator<=>(const Utf8Place&) const = default;

 private:
  bool Lead(uint8_t byte) {
    if (byte < 0xC2 || byte > 0xF4) return false;
    left_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    least_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    most_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    return true;
  }
  uint8_t left_ = 0, least_ = 0x80, most_ = 0xBF;
};

}  // namespace fathom::grammar
