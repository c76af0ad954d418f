// SPDX-License-Identifier: Apache-2.0
// UTF-8, strictly (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fathom {

struct Utf8Character {
  char32_t code_point = 0;  // the byte itself when not valid
  uint32_t length = 1;      // bytes taken; 1 when not valid
  bool valid = false;
};

// The character at text[offset]; offset < text.size(). A byte that starts no valid character stands
// alone.
inline Utf8Character DecodeUtf8(std::string_view text, size_t offset) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data()) + offset;
  const size_t left = text.size() - offset;
  const unsigned char lead = bytes[0];
  if (lead < 0x80) return {lead, 1, true};
  const Utf8Character broken{lead, 1, false};
  const uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || left < length) return broken;
  char32_t point = lead & (0x7F >> length);
  for (uint32_t i = 1; i < length; ++i) {
    if ((bytes[i] & 0xC0) != 0x80) return broken;
    point = (point << 6) | (bytes[i] & 0x3F);
  }
  const char32_t lowest = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  if (point < lowest || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return broken;
  return {point, length, true};
}

// Appends a code point that is no surrogate and at most U+10FFFF.
inline void AppendUtf8(char32_t point, std::string* out) {
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
    return;
  }
  const int continuation = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  const int lead = continuation == 1 ? 0xC0 : continuation == 2 ? 0xE0 : 0xF0;
  out->push_back(static_cast<char>(lead | static_cast<int>(point >> (6 * continuation))));
  for (int i = continuation - 1; i >= 0; --i) {
    out->push_back(static_cast<char>(0x80 | ((point >> (6 * i)) & 0x3F)));
  }
}

inline bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    if (!character.valid) return false;
    i += character.length;
  }
  return true;
}

// How many bytes at the end are the start of a character that later bytes may complete: 0 to 3.
inline size_t Utf8PartialTail(std::string_view text) {
  for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0) == 0x80) continue;
    const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return length > back && byte <= 0xF4 ? back : 0;
  }
  return 0;
}

}  // namespace fathom
