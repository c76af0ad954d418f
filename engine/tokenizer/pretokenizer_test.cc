// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/pretokenizer.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <gtest/gtest.h>
#include <pcre2.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"
#include "engine/tokenizer/character_class.h"

namespace fathom {
namespace {

// PCRE2's \s also takes U+180E, which lost White_Space in Unicode 6.3: the reference spells
// White_Space out.
constexpr std::string_view kWhiteSpace =
    R"(\x09-\x0d\x20\x85\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

std::string ReferencePattern(Pretokenizer pretokenizer) {
  const std::string text(PatternText(pretokenizer));
  std::string out;
  bool in_class = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\\s") == 0 || text.compare(i, 2, "\\S") == 0) {
      const std::string white(kWhiteSpace);
      out += in_class ? white : (text[i + 1] == 'S' ? "[^" : "[") + white + "]";
      ++i;
      continue;
    }
    if (text[i] == '\\') out += text[i++];
    if (text[i] == '[') in_class = true;
    if (text[i] == ']') in_class = false;
    out += text[i];
  }
  return out;
}

class Reference {
 public:
  explicit Reference(Pretokenizer pretokenizer) {
    const std::string pattern = ReferencePattern(pretokenizer);
    int code = 0;
    PCRE2_SIZE offset = 0;
    regex_ = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                           PCRE2_UTF | PCRE2_UCP, &code, &offset, nullptr);
    CHECK_MESSAGE(regex_ != nullptr, pattern);
    pcre2_jit_compile(regex_, PCRE2_JIT_COMPLETE);
    match_ = pcre2_match_data_create(4, nullptr);
  }
  ~Reference() {
    pcre2_match_data_free(match_);
    pcre2_code_free(regex_);
  }

  // Ends of the pieces of `text`. Each invalid byte is shown to PCRE2 as a private-use character.
  std::vector<size_t> Ends(std::string_view text) const {
    std::string shown;
    std::vector<size_t> origin;  // by byte of `shown`: the offset in `text`
    for (size_t i = 0; i < text.size();) {
      const Utf8Character character = DecodeUtf8(text, i);
      const size_t before = shown.size();
      AppendUtf8(character.valid ? character.code_point : 0x10FF00 + character.code_point, &shown);
      origin.resize(shown.size(), i);
      (void)before;
      i += character.length;
    }
    origin.push_back(text.size());
    std::vector<size_t> ends;
    for (size_t at = 0; at < shown.size();) {
      const int count =
          pcre2_match(regex_, reinterpret_cast<PCRE2_SPTR>(shown.data()), shown.size(), at,
                      PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK, match_, nullptr);
      CHECK(count > 0);
      at = pcre2_get_ovector_pointer(match_)[1];
      ends.push_back(origin[at]);
    }
    return ends;
  }

 private:
  pcre2_code* regex_;
  pcre2_match_data* match_;
};

std::vector<size_t> Ends(Pretokenizer pretokenizer, std::string_view text) {
  std::vector<size_t> ends;
  for (size_t at = 0; at < text.size();) ends.push_back(at = PieceEnd(pretokenizer, text, at));
  return ends;
}

constexpr Pretokenizer kBoth[] = {Pretokenizer::kM1, Pretokenizer::kNano};

void ExpectSame(const std::string& text) {
  static const Reference references[] = {Reference(kBoth[0]), Reference(kBoth[1])};
  for (const int i : {0, 1}) {
    ASSERT_EQ(Ends(kBoth[i], text), references[i].Ends(text))
        << "pattern " << i << ", text " << Json(text).Dump();
  }
}

// Every code point, alone and between neighbours that make its class matter.
TEST(Pretokenizer, EveryCodePointIsClassedAsPcre2ClassesIt) {
  std::string text;
  for (char32_t point = 0; point < 0x110000; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    AppendUtf8(point, &text);
    text += "a ";
    AppendUtf8(point, &text);
    text += "A1";
    AppendUtf8(point, &text);
    text += "!";
    if (text.size() > 20'000) {
      ExpectSame(text);
      if (HasFatalFailure()) return;
      text.clear();
    }
  }
  ExpectSame(text);
}

TEST(Pretokenizer, RandomTextGivesThePiecesOfPcre2) {
  // Characters at which the alternatives meet, as often as any.
  const std::vector<std::string> alphabet = {"a",
                                             "b",
                                             "s",
                                             "t",
                                             "re",
                                             "ve",
                                             "LL",
                                             "D",
                                             "A",
                                             "Z",
                                             "'",
                                             "'s",
                                             "'S",
                                             "'\xC5\xBF",
                                             "1",
                                             "23",
                                             " ",
                                             "  ",
                                             "\t",
                                             "\n",
                                             "\r",
                                             "\r\n",
                                             "/",
                                             "#",
                                             " #",
                                             "!",
                                             "(",
                                             "_",
                                             "\xC3\xA9",
                                             "\xC3\x89",
                                             "\xC7\x85",
                                             "\xCA\xB0",
                                             "\xE4\xB8\xAD",
                                             "\xCC\x81",
                                             "\xD9\xA3",
                                             "\xE2\x85\xA7",
                                             "\xC2\xA0",
                                             "\xC2\x85",
                                             "\xE2\x80\xA8",
                                             "\xE1\xA0\x8E",
                                             "\xE3\x80\x80",
                                             "\xF0\x9F\x98\x80",
                                             "\xFF",
                                             "\xC3",
                                             "\xE2\x80",
                                             "\xED\xA0\x80",
                                             "\xF4\x90\x80\x80",
                                             std::string(1, '\0')};
  std::mt19937 random(11);
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    for (size_t count = random() % 14; count > 0; --count)
      text += alphabet[random() % alphabet.size()];
    ExpectSame(text);
    if (HasFatalFailure()) return;
  }
  for (int round = 0; round < 3'000; ++round) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = static_cast<char>(random());
    ExpectSame(text);
    if (HasFatalFailure()) return;
  }
}

TEST(Pretokenizer, SourceFilesGiveThePiecesOfPcre2) {
  namespace fs = std::filesystem;
  for (const char* folder : {"base", "engine/tokenizer", "cmake"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(FATHOM_SOURCE_DIR) / folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      ExpectSame(std::string(std::istreambuf_iterator<char>(file), {}));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Pretokenizer, NaughtyStringsGiveThePiecesOfPcre2) {
  const char* data = std::getenv("FATHOM_DATA");
  std::ifstream file(std::string(data ? data : "") + "/naughty-strings/blns.json",
                     std::ios::binary);
  if (data == nullptr || !file) GTEST_SKIP() << "set FATHOM_DATA to a folder with naughty-strings";
  const auto strings = Json::Parse(std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(strings.ok());
  EXPECT_GT(strings->size(), 400u);
  for (const Json& string : strings->as_array()) {
    ExpectSame(string.as_string());
    ExpectSame("x " + string.as_string() + "\n");
  }
}

TEST(Pretokenizer, PiecesOfKnownTextsAreTheExpectedOnes) {
  const auto pieces = [](Pretokenizer pretokenizer, std::string_view text) {
    std::string shown;
    for (size_t at = 0; at < text.size();) {
      const size_t end = PieceEnd(pretokenizer, text, at);
      shown += std::string(text.substr(at, end - at)) + "|";
      at = end;
    }
    return shown;
  };
  EXPECT_EQ(pieces(Pretokenizer::kM1, "Don't getHTTPResponse 12345  x"),
            "Don't| get|HTTPResponse| |123|45| | x|");
  EXPECT_EQ(pieces(Pretokenizer::kM1, "a  \n\n b//\n"), "a|  \n\n| b|//\n|");
  EXPECT_EQ(pieces(Pretokenizer::kNano, "x = 12; #7\n  #é"), "x| |=| |1|2|;| #|7|\n|  |#é|");
}

TEST(Pretokenizer, PatternsAreRecognisedHoweverTheyAreSpelledAndOthersAreNot) {
  const std::string m1(PatternText(Pretokenizer::kM1));
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = m1;
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
    return text;
  };
  EXPECT_EQ(RecognisePattern(m1), Pretokenizer::kM1);
  EXPECT_EQ(RecognisePattern(PatternText(Pretokenizer::kNano)), Pretokenizer::kNano);
  EXPECT_EQ(RecognisePattern(replaced("\\r", "\r")), Pretokenizer::kM1);
  EXPECT_EQ(RecognisePattern(replaced("\\n/", "\\n\\/")), Pretokenizer::kM1);
  EXPECT_EQ(
      RecognisePattern(replaced("(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
                                "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?")),
      Pretokenizer::kM1);
  EXPECT_EQ(RecognisePattern(replaced("{1,3}", "{1,2}")), std::nullopt);
  EXPECT_EQ(RecognisePattern(replaced("\\p{M}", "")), std::nullopt);
  EXPECT_EQ(RecognisePattern("(a+)+$"), std::nullopt);
  EXPECT_EQ(RecognisePattern(""), std::nullopt);
}

}  // namespace
}  // namespace fathom
