// SPDX-License-Identifier: Apache-2.0
#include "rag/nearest_lines.h"

#include <gtest/gtest.h>

namespace fathom {
namespace {

CorpusFile File(std::string path, std::vector<std::string> lines) {
  CorpusFile file{.path = std::move(path), .language = "text", .bytes = {}, .lines = {}};
  for (const std::string& line : lines) {
    const auto begin = static_cast<uint32_t>(file.bytes.size());
    file.bytes += line;
    file.lines.push_back({begin, static_cast<uint32_t>(file.bytes.size())});
    file.bytes += "\n";
  }
  return file;
}

Corpus Made() {
  Corpus corpus;
  corpus.files.push_back(File("leave.md", {"# Leave", "", "Annual leave is 28 days.",
                                           "Compassionate leave is five paid days."}));
  corpus.files.push_back(
      File("shop.py", {"MAX_RETRIES = 4", "def pay(order):", "    return days"}));
  return corpus;
}

TEST(NearestLines, TheLineWithTheRareWordsComesFirst) {
  const Corpus corpus = Made();
  const auto near = NearestLines(corpus, "How many days of compassionate leave are there?", 3);
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near[0].file, 0u);
  EXPECT_EQ(near[0].line, 3u);
  EXPECT_GT(near[0].coverage, 0.99);
  for (size_t i = 1; i < near.size(); ++i) EXPECT_GE(near[i].coverage, 1.0 / 3);
}

TEST(NearestLines, IdentifiersAreWords) {
  const auto near = NearestLines(Made(), "what is the maximum number of retries", 1);
  ASSERT_EQ(near.size(), 1u);
  EXPECT_EQ(near[0].file, 1u);
  EXPECT_EQ(near[0].line, 0u);
}

TEST(NearestLines, WhatSharesLittleIsNotNear) {
  EXPECT_TRUE(NearestLines(Made(), "Which colour has the parking garage of the days?", 3).empty());
  EXPECT_TRUE(NearestLines(Made(), "", 3).empty());
  EXPECT_TRUE(NearestLines(Made(), "the of is", 3).empty());
  EXPECT_TRUE(NearestLines(Corpus(), "leave", 3).empty());
}

}  // namespace
}  // namespace fathom
