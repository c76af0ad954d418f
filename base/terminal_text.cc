// SPDX-License-Identifier: Apache-2.0
#include "base/terminal_text.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "base/utf8.h"

namespace fathom {
namespace {

// What a terminal may obey, or a reader cannot see (Trojan Source, tag smuggling): Unicode 15,
// categories Cc and Cf.
bool IsUnsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

void AppendEscape(const char* format, char32_t value, std::string& text) {
  std::array<char, 16> escape;
  std::snprintf(escape.data(), escape.size(), format, static_cast<unsigned>(value));
  text += escape.data();
}

}  // namespace

std::string ForTerminal(std::string_view text, const TerminalText& options) {
  std::string safe;
  safe.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    const char32_t c = character.code_point;
    const bool kept_blank = options.keep_newlines && (c == '\n' || c == '\t');
    if (character.valid && (!IsUnsafe(c) || kept_blank)) {
      safe += text.substr(i, character.length);
    } else {
      AppendEscape(character.valid && c >= 0x80 ? "\\u{%x}" : "\\x%02x", c, safe);
    }
    i += character.length;
  }
  return safe;
}

}  // namespace fathom
