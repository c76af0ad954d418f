// SPDX-License-Identifier: Apache-2.0
#include "apps/terminal_width.h"

#include <cwchar>

#include "apps/utf8_locale.h"
#include "base/utf8.h"

namespace fathom {
namespace {

// Under a Utf8Locale.
size_t WidthOf(const Utf8Character& character) {
  const int width = wcwidth(static_cast<wchar_t>(character.code_point));
  return width < 0 ? 1 : static_cast<size_t>(width);
}

}  // namespace

size_t ColumnsOf(std::string_view text) {
  const Utf8Locale locale;
  size_t columns = 0;
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    columns += WidthOf(character);
    i += character.length;
  }
  return columns;
}

std::string FitTo(std::string_view text, size_t columns, bool pad) {
  const size_t whole = ColumnsOf(text);
  if (whole <= columns) {
    return std::string(text) + std::string(pad ? columns - whole : 0, ' ');
  }
  if (columns == 0) return "";
  const Utf8Locale locale;
  size_t taken = 0, bytes = 0;
  while (bytes < text.size()) {
    const Utf8Character character = DecodeUtf8(text, bytes);
    const size_t width = WidthOf(character);
    if (taken + width > columns - 1) break;
    taken += width;
    bytes += character.length;
  }
  return std::string(text.substr(0, bytes)) + "…" + std::string(pad ? columns - 1 - taken : 0, ' ');
}

}  // namespace fathom
