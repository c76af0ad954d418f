// SPDX-License-Identifier: Apache-2.0
#include "rag/terms.h"

#include <gtest/gtest.h>

#include "rag/words.h"

namespace fathom {
namespace {

Corpus Sample() {
  Corpus corpus;
  const auto add = [&](std::string path, std::string language, std::string bytes) {
    CorpusFile file{
        .path = std::move(path), .language = std::move(language), .bytes = std::move(bytes)};
    file.lines = SplitLines(file.bytes);
    corpus.files.push_back(std::move(file));
  };
  add("ship.py", "python",
      "MAX_PARCEL_WEIGHT_KG = 30\nCARRIER_TIMEOUT_SECONDS = 12\n\ndef quoteShipping(parcel):\n    "
      "return carrier_client(parcel)\n");
  add("guide.md", "markdown",
      "# Travel\nThe meal allowance on business trips is 45 euro per day.\nHotels are booked by "
      "the office team.\n");
  return corpus;
}

std::vector<std::string> Normals(std::string_view text) {
  std::vector<std::string> normals;
  for (const Word& word : WordsOf(text)) normals.push_back(word.normal);
  return normals;
}

TEST(Words, IdentifiersFallIntoTheirParts) {
  EXPECT_EQ(Normals("MAX_RETRIES"), Normals("maximum retry"));
  EXPECT_EQ(Normals("parseHTTPHeader"), Normals("parse http headers"));
  EXPECT_EQ(Normals("shipping_rate2"), (std::vector<std::string>{"ship", "rat", "2"}));
}

TEST(Terms, AQuotedTermIsTakenAsItIs) {
  const Corpus corpus = Sample();
  const Term term = TermFinder(corpus).Find("What is the value of `CARRIER_TIMEOUT_SECONDS`?");
  EXPECT_EQ(term.text, "CARRIER_TIMEOUT_SECONDS");
  EXPECT_TRUE(term.present);
  EXPECT_EQ(term.intent, Intent::kValue);
}

TEST(Terms, ADescribedIdentifierIsFound) {
  const Corpus corpus = Sample();
  const TermFinder finder(corpus);
  EXPECT_EQ(finder.Find("how heavy may a parcel be at most? (max weight)").text,
            "MAX_PARCEL_WEIGHT_KG");
  EXPECT_EQ(finder.Find("after how many seconds does the carrier time out, i.e. its timeout").text,
            "CARRIER_TIMEOUT_SECONDS");
  EXPECT_EQ(finder.Find("Which function quotes the shipping?").text, "quoteShipping");
}

TEST(Terms, OfTwoFormsOfAWordTheOneThatWasWrittenIsTaken) {
  Corpus corpus = Sample();
  CorpusFile file{.path = "form.js",
                  .language = "javascript",
                  .bytes = "function compile (form) {\n  var compiled = form\n"
                           "  return compiled\n}\n"};
  file.lines = SplitLines(file.bytes);
  corpus.files.push_back(std::move(file));
  const TermFinder finder(corpus);
  EXPECT_EQ(finder.Find("Where is compile defined?").text, "compile");
  EXPECT_EQ(finder.Find("Where is compiled defined?").text, "compiled");
}

TEST(Terms, AProsePhraseIsFoundInTheCorpusSpelling) {
  const Corpus corpus = Sample();
  const Term term =
      TermFinder(corpus).Find("what is our Meal Allowance when travelling on business trips?");
  EXPECT_EQ(term.intent, Intent::kStatement);
  EXPECT_NE(term.text.find("meal allowance"), std::string::npos) << term.text;
}

TEST(Terms, AQuotedOrSpelledTermIsNamedAndComparedWordsAreNot) {
  const Corpus corpus = Sample();
  const TermFinder finder(corpus);
  EXPECT_TRUE(finder.Find("What is said about `meal allowance`?").named);
  EXPECT_TRUE(finder.Find("what is CARRIER_TIMEOUT_SECONDS set to").named);
  EXPECT_FALSE(finder.Find("what is our Meal Allowance when travelling on business trips?").named);
}

TEST(Terms, StopWordsInsideACompoundCount) {
  Corpus corpus;
  CorpusFile file{.path = "duty.md",
                  .language = "markdown",
                  .bytes = "The on-call bonus is 320 euro per week.\nBonuses are paid in May.\n"};
  file.lines = SplitLines(file.bytes);
  corpus.files.push_back(std::move(file));
  EXPECT_EQ(TermFinder(corpus).Find("How much is the on-call bonus?").text, "on-call bonus");
}

TEST(Terms, WhatTheCorpusDoesNotKnowIsNamedAsAbsent) {
  const Corpus corpus = Sample();
  const TermFinder finder(corpus);
  EXPECT_FALSE(finder.Find("Do we get a gym membership?").present);
  EXPECT_EQ(finder.Find("Do we get a gym membership?").text, "gym membership");
  EXPECT_FALSE(finder.Find("Where is `quoteInsurance` defined?").present);
}

}  // namespace
}  // namespace fathom
