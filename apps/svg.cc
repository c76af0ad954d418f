// SPDX-License-Identifier: Apache-2.0
#include "apps/svg.h"

namespace fathom {

std::string SvgEscaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

std::string SvgText(double x, double y, const char* attributes, const std::string& text) {
  return SvgFormat("<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes) + SvgEscaped(text) +
         "</text>\n";
}

}  // namespace fathom
