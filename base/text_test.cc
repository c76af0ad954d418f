// SPDX-License-Identifier: Apache-2.0
// Text made safe for a terminal, and suggestions for misspelt names.
#include <gtest/gtest.h>

#include "base/did_you_mean.h"
#include "base/terminal_text.h"
#include "base/utf8.h"

namespace fathom {
namespace {

TEST(ForTerminal, NoControlOrHiddenCharacterSurvives) {
  EXPECT_EQ(ForTerminal("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
  EXPECT_EQ(ForTerminal("a\u202Eb\u200B\U000E0041"), "a\\u{202e}b\\u{200b}\\u{e0041}");
  EXPECT_EQ(ForTerminal("\xc2\x9b"
                        "2J"),
            "\\u{9b}2J");  // C1 control sequence introducer
  EXPECT_EQ(ForTerminal("\xff\xc0\xaf"), "\\xff\\xc0\\xaf");
  EXPECT_EQ(ForTerminal("a\nb\tc"), "a\\x0ab\\x09c");
  EXPECT_EQ(ForTerminal("a\nb\tc\r", {.keep_newlines = true}), "a\nb\tc\\x0d");
  EXPECT_EQ(ForTerminal("grün 日本 🙂"), "grün 日本 🙂");
}

// Every byte pair: the result is UTF-8, has no C0 and no DEL.
TEST(ForTerminal, AnyBytesBecomeHarmlessUtf8) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      const std::string safe = ForTerminal(text);
      ASSERT_TRUE(IsUtf8(safe)) << a << " " << b;
      for (const unsigned char c : safe) ASSERT_TRUE(c >= 0x20 && c != 0x7F) << a << " " << b;
    }
  }
}

TEST(DidYouMean, FindsTheNearNameAndOnlyThat) {
  const std::string_view known[] = {"checkpoint", "endpoint", "threshold", "format"};
  EXPECT_EQ(DidYouMean("chekpoint", known), "checkpoint");
  EXPECT_EQ(DidYouMean("treshhold", known), "threshold");
  EXPECT_EQ(DidYouMean("fromat", known), "format");
  EXPECT_EQ(DidYouMean("prices", known), "");
  EXPECT_EQ(DidYouMean(std::string(10'000, 'a'), known), "");
}

}  // namespace
}  // namespace fathom
