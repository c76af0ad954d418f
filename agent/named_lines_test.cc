// SPDX-License-Identifier: Apache-2.0
#include "agent/named_lines.h"

#include <gtest/gtest.h>

#include "rag/test_support.h"

namespace fathom {
namespace {

using test::MadeFile;

Corpus Made() {
  Corpus corpus;
  corpus.files.push_back(MadeFile("buffer.h", "c", "int push(struct buffer *b, int byte);\n"));
  corpus.files.push_back(
      MadeFile("buffer.c", "c", "API(int) push(struct buffer *b, int byte)\n{\n  return 0;\n}\n"));
  corpus.files.push_back(MadeFile("main.c", "c", "int main(void) {\n  return push(b, 1);\n}\n"));
  return corpus;
}

Term Named(const char* text, Intent intent, bool present = true) {
  return {.text = text, .present = present, .named = true, .intent = intent, .coverage = 1};
}

PackedLine At(uint32_t file, uint32_t line) {
  return {.file = file, .line = line};
}

TEST(NamedLines, WhereAFunctionStandsItsPrototypeAndItsCallsAreNoneOfThem) {
  const Corpus corpus = Made();
  const NamedLines named(corpus, Named("push", Intent::kDefinition));
  EXPECT_TRUE(named.may_answer());
  EXPECT_TRUE(named.Has(At(1, 0)));
  EXPECT_FALSE(named.Has(At(0, 0)));
  EXPECT_FALSE(named.Has(At(2, 1)));
  ASSERT_EQ(named.Passages().size(), 1u);
  EXPECT_EQ(named.Passages()[0].passage.file, 1u);
}

TEST(NamedLines, APrototypeAloneIsOneAndACallAloneIsNone) {
  Corpus corpus = Made();
  corpus.files[1] = MadeFile("buffer.c", "c", "int other;\n");
  EXPECT_TRUE(NamedLines(corpus, Named("push", Intent::kDefinition)).Has(At(0, 0)));
  corpus.files[0] = MadeFile("buffer.h", "c", "int other;\n");
  const NamedLines called(corpus, Named("push", Intent::kDefinition));
  EXPECT_FALSE(called.may_answer());
  EXPECT_TRUE(called.only_called());
  EXPECT_TRUE(called.Has(At(2, 1)));
  EXPECT_FALSE(NamedLines(corpus, Named("push", Intent::kUse)).only_called());
}

// What no form of a definition is seen in, though nobody calls it, is the model's to judge.
TEST(NamedLines, AColumnOrAFieldIsLeftToTheModel) {
  Corpus corpus;
  corpus.files.push_back(
      MadeFile("a.sql", "sql", "CREATE TABLE orders (\n  placed_at TIMESTAMP NOT NULL\n);\n"));
  corpus.files.push_back(MadeFile("a.go", "go", "type Order struct {\n\tTotal int64\n}\n"));
  for (const char* name : {"placed_at", "Total"}) {
    const NamedLines named(corpus, Named(name, Intent::kDefinition));
    EXPECT_FALSE(named.empty()) << name;
    EXPECT_FALSE(named.only_called()) << name;
  }
}

TEST(NamedLines, ForItsUsesAllAreThereAndTheCallComesFirst) {
  const Corpus corpus = Made();
  const NamedLines named(corpus, Named("push", Intent::kUse));
  EXPECT_TRUE(named.may_answer());
  EXPECT_TRUE(named.Has(At(2, 1)));
  EXPECT_FALSE(named.Has(At(0, 0)));
  EXPECT_FALSE(named.Has(At(1, 0)));
  ASSERT_EQ(named.Passages().size(), 3u);
  EXPECT_EQ(named.Passages()[0].passage.file, 2u);
}

TEST(NamedLines, WhatIsDefinedAndNotUsedIsLeftToTheModel) {
  Corpus corpus = Made();
  corpus.files[2] = MadeFile("main.c", "c", "int other;\n");
  const NamedLines named(corpus, Named("push", Intent::kUse));
  EXPECT_FALSE(named.empty());
  EXPECT_FALSE(named.may_answer());
}

TEST(NamedLines, AWindowHasReadThemAllOrNot) {
  const Corpus corpus = Made();
  const NamedLines named(corpus, Named("push", Intent::kDefinition));
  Window window;
  window.lines = {At(1, 0), At(2, 0), At(2, 1)};
  EXPECT_FALSE(named.AllStandIn(window));
  window.lines.push_back(At(0, 0));
  EXPECT_TRUE(named.AllStandIn(window));
}

TEST(NamedLines, OfProseAndOfWhatStandsNowhereThereAreNone) {
  const Corpus corpus = Made();
  EXPECT_TRUE(NamedLines(corpus, Named("push", Intent::kStatement)).empty());
  EXPECT_TRUE(NamedLines(corpus, Named("push", Intent::kDefinition, false)).empty());
}

TEST(NamedLines, LinesThatTouchAreOnePassage) {
  Corpus corpus;
  std::string bytes;
  for (int i = 0; i < 40; ++i) bytes += i == 5 || i == 10 ? "#define LIMIT 4\n" : "\n";
  corpus.files.push_back(MadeFile("a.h", "c", bytes));
  const auto passages = NamedLines(corpus, Named("LIMIT", Intent::kValue)).Passages();
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_LE(passages[0].passage.begin, 5u);
  EXPECT_GT(passages[0].passage.end, 10u);
}

}  // namespace
}  // namespace fathom
