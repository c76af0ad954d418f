// SPDX-License-Identifier: Apache-2.0
#include "rag/citation.h"

#include <gtest/gtest.h>

namespace fathom {
namespace {

CorpusFile File(std::string path, std::string bytes) {
  CorpusFile file{.path = std::move(path), .language = "text", .bytes = std::move(bytes)};
  file.lines = SplitLines(file.bytes);
  return file;
}

Corpus Two() {
  Corpus corpus;
  corpus.files.push_back(
      File("a.py", "import os\nLIMIT = 30  \n\ndef go(x):\n    return x + LIMIT\n"));
  corpus.files.push_back(
      File("b.py", "first line of the other file\r\nLIMIT = 31\nlast line without newline"));
  return corpus;
}

TEST(SplitLines, TextHasNoLineEndAndNoTrailingBlanks) {
  const std::string bytes = "a  \r\n\n\tb\t\nlast";
  const auto lines = SplitLines(bytes);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(bytes.substr(lines[0].begin, lines[0].end - lines[0].begin), "a");
  EXPECT_EQ(lines[1].begin, lines[1].end);
  EXPECT_EQ(bytes.substr(lines[2].begin, lines[2].end - lines[2].begin), "\tb");
  EXPECT_EQ(bytes.substr(lines[3].begin, lines[3].end - lines[3].begin), "last");
  EXPECT_TRUE(SplitLines("").empty());
}

TEST(Citation, FoundMeansTheBytesStandAtTheClaimedLine) {
  const Corpus corpus = Two();
  const Citation c =
      CheckCitation(corpus, {.quote = "LIMIT = 30", .path = "a.py", .start = 2, .end = 2});
  EXPECT_EQ(c.verdict, CitationVerdict::kFound);
  EXPECT_EQ(corpus.files[0].bytes.substr(c.byte_start, c.byte_end - c.byte_start), "LIMIT = 30");
  EXPECT_TRUE(c.Stands());
}

TEST(Citation, ShiftedCarriesTheTrueLine) {
  const Citation c =
      CheckCitation(Two(), {.quote = "return x + LIMIT", .path = "a.py", .start = 2, .end = 2});
  EXPECT_EQ(c.verdict, CitationVerdict::kShifted);
  EXPECT_EQ(c.start, 5u);
  EXPECT_EQ(c.end, 5u);
}

TEST(Citation, MisattributedCarriesTheTrueFile) {
  const Citation c =
      CheckCitation(Two(), {.quote = "LIMIT = 31", .path = "a.py", .start = 2, .end = 2});
  EXPECT_EQ(c.verdict, CitationVerdict::kMisattributed);
  EXPECT_EQ(c.path, "b.py");
  EXPECT_EQ(c.start, 2u);
}

TEST(Citation, StitchedIsNeverShown) {
  const Citation c = CheckCitation(
      Two(),
      {.quote = "first line of the other last line without", .path = "b.py", .start = 1, .end = 1});
  EXPECT_EQ(c.verdict, CitationVerdict::kStitched);
  EXPECT_FALSE(c.Stands());
}

TEST(Citation, OneChangedByteIsAbsent) {
  for (const char* quote : {"LIMIT = 32", "return x - LIMIT", "", "nothing like it at all"}) {
    const Citation c = CheckCitation(Two(), {.quote = quote, .path = "a.py", .start = 2, .end = 2});
    EXPECT_EQ(c.verdict, CitationVerdict::kAbsent) << quote;
    EXPECT_FALSE(c.Stands());
  }
}

TEST(Citation, EveryLineOfACorpusIsFoundAndEveryMutationIsNot) {
  const Corpus corpus = Two();
  for (const CorpusFile& file : corpus.files) {
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string line(file.Line(i));
      if (line.empty()) continue;
      const Claim claim{.quote = line, .path = file.path, .start = i + 1, .end = i + 1};
      EXPECT_EQ(CheckCitation(corpus, claim).verdict, CitationVerdict::kFound) << line;
      Claim changed = claim;
      changed.quote[changed.quote.size() / 2] ^= 1;
      EXPECT_FALSE(CheckCitation(corpus, changed).Stands()) << changed.quote;
    }
  }
}

TEST(Citation, AShortQuoteIsOneOnlyWhereItIsMoreThanChance) {
  Corpus corpus;
  corpus.files.push_back(File("a.md",
                              "The limit of the card is high.\nNone\nA day off, The end\n"
                              "TTL = 5  \n  }\nsee The\n"));
  const auto verdict = [&](const char* quote, size_t line) {
    return CheckCitation(corpus, {.quote = quote, .path = "a.md", .start = line, .end = line})
        .verdict;
  };
  for (const char* quote : {"The ", "The", "a", " ", "\n", "limit", "card is", "igh.", "end", "e"})
    EXPECT_EQ(verdict(quote, 1), CitationVerdict::kAbsent) << quote;
  EXPECT_EQ(verdict("limit of", 1), CitationVerdict::kFound);
  EXPECT_EQ(verdict("high.", 1), CitationVerdict::kFound);  // to the end of the line
  EXPECT_EQ(verdict("None", 2), CitationVerdict::kFound);   // a whole line
  EXPECT_EQ(verdict("}", 5), CitationVerdict::kFound);
  EXPECT_EQ(verdict("TTL = 5", 4), CitationVerdict::kFound);  // trailing blanks are no text
  EXPECT_EQ(verdict("None", 1), CitationVerdict::kShifted);
}

TEST(Claims, TheSuffixNamesTheLineAndLeavesTheText) {
  const Corpus corpus = Two();
  Window window;
  window.lines = {{.file = 0, .line = 0}, {.file = 0, .line = 1}, {.file = 1, .line = 1}};
  const auto claims = ClaimsOf("LIMIT = 31 #3\nno number here\nx #99\ny #", corpus, window);
  ASSERT_EQ(claims.size(), 2u);
  EXPECT_EQ(claims[0].quote, "LIMIT = 31");
  EXPECT_EQ(claims[0].path, "b.py");
  EXPECT_EQ(claims[0].start, 2u);
  EXPECT_TRUE(claims[1].path.empty());  // the window has no line 99
  EXPECT_EQ(WithoutSuffixes("LIMIT = 31 #3\nplain"), "LIMIT = 31\nplain");
}

}  // namespace
}  // namespace fathom
