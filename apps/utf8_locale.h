// SPDX-License-Identifier: Apache-2.0
// Utf8Locale: while one lives, the C library takes this thread's text for UTF-8. The program itself
// runs in the locale "C".
#pragma once

#include <clocale>

namespace fathom {

class Utf8Locale {
 public:
  Utf8Locale() {
    static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    before_ = utf8 ? uselocale(utf8) : nullptr;
  }
  ~Utf8Locale() {
    if (before_) uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t before_;
};

}  // namespace fathom
