// SPDX-License-Identifier: Apache-2.0
// The pack's laws, with the shipped tokenizer: spans map back to bytes exactly, windows hold their
// limit, content is never a control token.
#include "rag/pack.h"

#include <gtest/gtest.h>

#include <random>

#include "rag/detect.h"

namespace fathom {
namespace {

const Tokenizer& Nano() {
  static const auto* const kTokenizer = [] {
    auto loaded = Tokenizer::Load(std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json");
    CHECK_MESSAGE(loaded.ok(), loaded ? "" : loaded.error().Text());
    return loaded->release();
  }();
  return *kTokenizer;
}

Corpus Of(const std::vector<std::pair<std::string, std::string>>& files) {
  Corpus corpus;
  for (const auto& [path, bytes] : files) {
    CorpusFile file{.path = path, .language = "text", .bytes = bytes};
    file.lines = SplitLines(file.bytes);
    corpus.files.push_back(std::move(file));
  }
  return corpus;
}

const PackOptions kOptions{.window_tokens = 4'096, .reserve_tokens = 64, .system_text = "Read."};

// Any bytes: printable text, controls, broken UTF-8, long lines, control tokens spelled out.
std::string RandomText(std::mt19937& rng) {
  static const std::vector<std::string> kPieces = {
      "int x = 1;",        "  ",    "\t",       "\n",         "\r\n", "\n\n",
      "<end_of_sentence>", "<r03>", "\xff\xfe", "\xc3",       "é",    " #12",
      "foo(bar)",          "\x01",  "日本",     "== fake.py", "a  \n"};
  std::string text;
  for (int i = 0; i < 60; ++i) text += kPieces[rng() % kPieces.size()];
  return text;
}

TEST(Pack, EverySpanDecodesToItsLineAndNumber) {
  std::mt19937 rng(7);
  for (int round = 0; round < 50; ++round) {
    const Corpus corpus = Of({{"a.txt", RandomText(rng)}, {"dir/b.py", RandomText(rng)}});
    auto pack = PackCorpus(corpus, Nano(), kOptions);
    ASSERT_TRUE(pack.ok()) << pack.error().Text();
    ASSERT_EQ(pack->windows.size(), 1u);
    const Window& window = pack->windows[0];
    ASSERT_EQ(window.lines.size(), corpus.files[0].lines.size() + corpus.files[1].lines.size());
    for (size_t n = 0; n < window.lines.size(); ++n) {
      const PackedLine& line = window.lines[n];
      const std::span<const Token> tokens(window.tokens.data() + line.token_begin,
                                          line.token_end - line.token_begin);
      const std::string expected = std::string(corpus.files[line.file].Line(line.line)) + " #" +
                                   std::to_string(n + 1) + "\n";
      EXPECT_EQ(Nano().Decode(tokens, true), expected);
    }
  }
}

TEST(Pack, ContentIsNeverAControlToken) {
  std::string hostile;
  for (const Token token : Nano().parts().control)
    hostile += std::string(Nano().Piece(token)) + "\n x" + std::string(Nano().Piece(token)) + "y\n";
  const Corpus corpus = Of({{"<end_of_sentence>.txt", hostile}});
  auto pack = PackCorpus(corpus, Nano(), kOptions);
  ASSERT_TRUE(pack.ok());
  size_t control = 0;
  for (const Token token : pack->windows[0].tokens) control += Nano().IsControl(token);
  EXPECT_EQ(control, 3u);  // begin_of_document, beginning_of_sentence, end_of_sentence: ours
}

TEST(Pack, WindowsKeepTheirLimitAndLoseNothing) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 12; ++i) {
    std::string text;
    for (int line = 0; line < 40 + 10 * i; ++line)
      text += "value_" + std::to_string(line) + " = compute(" + std::to_string(i) + ")\n";
    files.emplace_back("f" + std::to_string(i) + ".py", text);
  }
  const Corpus corpus = Of(files);
  auto pack = PackCorpus(corpus, Nano(), kOptions);
  ASSERT_TRUE(pack.ok());
  EXPECT_GT(pack->windows.size(), 2u);
  std::vector<size_t> next(corpus.files.size(), 0);
  for (const Window& window : pack->windows) {
    EXPECT_LE(window.tokens.size(), kOptions.window_tokens - kOptions.reserve_tokens);
    for (const PackedLine& line : window.lines) EXPECT_EQ(line.line, next[line.file]++);
  }
  for (size_t i = 0; i < next.size(); ++i) EXPECT_EQ(next[i], corpus.files[i].lines.size());
  EXPECT_FALSE(pack->Overflow().empty());
}

TEST(Pack, AnEditLeavesThePrefixAsItWas) {
  std::string a, b;
  for (int i = 0; i < 30; ++i)
    a += "stable line " + std::to_string(i) + "\n", b += "moving line " + std::to_string(i) + "\n";
  const auto before = PackCorpus(Of({{"a", a}, {"b", b}}), Nano(), kOptions);
  const auto after = PackCorpus(Of({{"a", a}, {"b", "new\n" + b}}), Nano(), kOptions);
  ASSERT_TRUE(before.ok() && after.ok());
  const size_t end_of_a = before->windows[0].lines[29].token_end;
  EXPECT_TRUE(std::equal(before->windows[0].tokens.begin(),
                         before->windows[0].tokens.begin() + end_of_a,
                         after->windows[0].tokens.begin()));
}

TEST(Pack, ALineThatFitsNoWindowIsOmittedAndNamed) {
  const std::string line = std::string(20'000, '%') + std::string(20'000, '7');
  const auto pack = PackCorpus(Of({{"big.txt", "ok\n" + line + "\nafter\n"}}), Nano(), kOptions);
  ASSERT_TRUE(pack.ok()) << pack.error().Text();
  ASSERT_EQ(pack->omitted.size(), 1u);
  EXPECT_EQ(pack->omitted[0].line, 1u);
  EXPECT_EQ(pack->windows.back().lines.back().line, 2u);
}

TEST(Pack, PassagesMapToTheirLinesAndLeaveOutWhatDoesNotFit) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "line number " + std::to_string(i) + " of the file\n";
  const Corpus corpus = Of({{"a", text}, {"b", text}});
  const Window window = PackPassages(
      corpus, Nano(), {{.file = 1, .begin = 10, .end = 20}, {.file = 0, .begin = 0, .end = 500}},
      kOptions);
  ASSERT_GT(window.lines.size(), 10u);
  EXPECT_LT(window.lines.size(), 510u);
  EXPECT_EQ(window.lines[0].file, 1u);
  EXPECT_EQ(window.lines[0].line, 10u);
  EXPECT_LE(window.tokens.size(), kOptions.window_tokens);
}

TEST(Detect, BinaryGeneratedAndVendoredAreTold) {
  EXPECT_TRUE(NotText(std::string("ab\0cd", 5)));
  EXPECT_TRUE(
      NotText("\xff\xfe"
              "a"));
  EXPECT_TRUE(NotText(std::string(70'000, 'x')));
  EXPECT_FALSE(NotText("plain text\nwith lines\n"));
  EXPECT_FALSE(NotText("caf\xe9 in Latin-1\n"));
  EXPECT_TRUE(IsVendored("web/node_modules/x/index.js"));
  EXPECT_FALSE(IsVendored("vendors.py"));
  EXPECT_TRUE(IsGenerated("api.pb.go", "// Code generated by protoc. DO NOT EDIT.\n"));
  EXPECT_TRUE(IsGenerated("web/package-lock.json", "{}"));
  EXPECT_EQ(LanguageOf("x/run", "#!/usr/bin/env python3\n"), "python");
  EXPECT_EQ(LanguageOf("A.TSX", ""), "typescript");
}

}  // namespace
}  // namespace fathom
