// SPDX-License-Identifier: Apache-2.0
#include "engine/output_text.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace fathom {
namespace {

struct Seen {
  std::string answer, thinking;
  std::vector<std::string> deltas;
  bool stopped = false;
};

// Feeds `text` in pieces of `piece` bytes.
Seen Split(std::string_view text, size_t piece, std::vector<std::string> stop = {},
           bool thinking = true) {
  Seen seen;
  std::string streamed_answer, streamed_thinking;
  OutputText output(std::move(stop), thinking, [&](const TextDelta& delta) {
    seen.deltas.emplace_back(delta.text);
    (delta.thinking ? streamed_thinking : streamed_answer) += delta.text;
    return true;
  });
  for (size_t at = 0; at < text.size(); at += piece) output.Feed(text.substr(at, piece));
  output.Finish();
  seen.stopped = output.stopped();
  seen.answer = output.TakeAnswer();
  seen.thinking = output.TakeThinking();
  EXPECT_EQ(seen.answer, streamed_answer);
  EXPECT_EQ(seen.thinking, streamed_thinking);
  return seen;
}

// However the bytes are cut, the same thinking and answer come out.
TEST(OutputText, AnyCuttingGivesTheSameSplit) {
  struct Case {
    std::string text, thinking, answer;
  };
  const std::vector<Case> cases = {
      {"<think>\nWhy?\n</think>\n\nBecause.\n", "Why?", "Because.\n"},
      {" \n<think>a</think>b", "a", "b"},
      {"no tags at all", "", "no tags at all"},
      {"  <thin> is no tag", "", "  <thin> is no tag"},
      {"<think>never closed <b> </thin", "never closed <b> </thin", ""},
      {"<think></think>", "", ""},
      {"<think>\n\n</think>\n", "", ""},
      {"<think>x</think>y<think>z</think>", "x", "y<think>z</think>"},
      {"answer </think> stays", "", "answer </think> stays"},
      {"<think>é\n</think>ü\xff\xc3", "é", "ü\xff\xc3"},
      {"", "", ""},
      {"<thi", "", "<thi"},
  };
  for (const Case& one : cases) {
    for (size_t piece = 1; piece <= one.text.size() + 1; ++piece) {
      const Seen seen = Split(one.text, piece);
      EXPECT_EQ(seen.thinking, one.thinking) << one.text << " in pieces of " << piece;
      EXPECT_EQ(seen.answer, one.answer) << one.text << " in pieces of " << piece;
    }
  }
}

TEST(OutputText, StopStringIsCutHoweverItArrives) {
  for (size_t piece = 1; piece < 20; ++piece) {
    const Seen seen = Split("one END two ENDING", piece, {"ENDING", "ENDI", "two"}, false);
    EXPECT_EQ(seen.answer, "one END ") << piece;
    EXPECT_TRUE(seen.stopped);
  }
  EXPECT_EQ(Split("aaab", 1, {"aab"}, false).answer, "a");
  EXPECT_EQ(Split("ab", 1, {"abc", ""}, false).answer, "ab");
  // Not in thinking.
  EXPECT_EQ(Split("<think>stop</think>go stop", 1, {"stop"}).answer, "go ");
}

TEST(OutputText, DeltasAreWholeCharacters) {
  const std::string text = "naïve 文字 \xF0\x9F\x98\x80!";
  const Seen seen = Split(text, 1, {}, false);
  EXPECT_EQ(seen.answer, text);
  for (const std::string& delta : seen.deltas) EXPECT_TRUE(IsUtf8(delta)) << delta;
}

}  // namespace
}  // namespace fathom
