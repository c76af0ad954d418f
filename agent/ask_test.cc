// SPDX-License-Identifier: Apache-2.0
// Where a reader is pointed to beside an answer, or without one.
#include "agent/ask.h"

#include <gtest/gtest.h>

#include "rag/test_support.h"

namespace fathom {
namespace {

Corpus Made() {
  std::string calls = "void fill(void) {\n";
  for (int i = 0; i < 12; ++i) calls += "  push(" + std::to_string(i) + ");\n";
  Corpus corpus;
  corpus.files.push_back(test::MadeFile("queue.c", "c", "int push(int item) {\n}\n"));
  corpus.files.push_back(test::MadeFile("fill.c", "c", calls + "}\n"));
  return corpus;
}

Answer Asked(Intent intent, bool refused) {
  Answer answer;
  answer.refused = refused;
  answer.term = {.text = "push", .present = true, .named = true, .intent = intent, .coverage = 1};
  return answer;
}

TEST(PointToNearest, UsesAreListedBesideTheQuotedOneAndWithout) {
  const Corpus corpus = Made();
  for (const bool refused : {false, true}) {
    Answer answer = Asked(Intent::kUse, refused);
    if (!refused) answer.citations.push_back({.path = "fill.c", .start = 3, .end = 3});
    PointToNearest(corpus, "Where is `push` used?", answer);
    EXPECT_EQ(answer.also_count, refused ? 12u : 11u);
    ASSERT_EQ(answer.also.size(), kAlsoMax);
    EXPECT_TRUE(answer.nearest.empty());
    EXPECT_EQ(answer.also[0].line, 1u);
    EXPECT_EQ(answer.also[1].line, refused ? 2u : 3u);
    for (const NearLine& line : answer.also)
      EXPECT_EQ(line.file, 1u);  // its definition uses nothing
  }
}

TEST(PointToNearest, WithoutADefinitionTheLikeliestLinesAndWithOneNone) {
  const Corpus corpus = Made();
  Answer refused = Asked(Intent::kDefinition, true), given = Asked(Intent::kDefinition, false);
  PointToNearest(corpus, "Where is `push` defined?", refused);
  ASSERT_EQ(refused.nearest.size(), 3u);
  EXPECT_EQ(refused.nearest[0].file, 0u);
  EXPECT_TRUE(refused.also.empty());
  PointToNearest(corpus, "Where is `push` defined?", given);
  EXPECT_TRUE(given.nearest.empty() && given.also.empty());
}

}  // namespace
}  // namespace fathom
