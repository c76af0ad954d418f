// SPDX-License-Identifier: Apache-2.0
// Pieces of SVG text that the plots share.
#pragma once

#include <cstdio>
#include <string>

namespace fathom {

// As an element's text: `<` and `&` written out, control characters left out.
std::string SvgEscaped(const std::string& text);

template <typename... Values>
std::string SvgFormat(const char* format, Values... values) {
  char line[512];
  std::snprintf(line, sizeof(line), format, values...);
  return line;
}

// `attributes` begin with a blank; the text is escaped.
std::string SvgText(double x, double y, const char* attributes, const std::string& text);

}  // namespace fathom
