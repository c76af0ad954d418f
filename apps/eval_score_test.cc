// SPDX-License-Identifier: Apache-2.0
#include "apps/eval_score.h"

#include <gtest/gtest.h>

namespace fathom {
namespace {

size_t Times(const std::string& text, const std::string& part) {
  size_t times = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(EvalScore, IntervalsAreWilsons) {
  // Worked out from the formula by Python's decimal, with the quantile 1.959963984540054.
  EXPECT_NEAR(WilsonInterval(8, 10).low, 0.490162, 1e-6);
  EXPECT_NEAR(WilsonInterval(8, 10).high, 0.943318, 1e-6);
  EXPECT_NEAR(WilsonInterval(0, 10).high, 0.277533, 1e-6);
  EXPECT_EQ(WilsonInterval(0, 10).low, 0);
  EXPECT_EQ(WilsonInterval(0, 0).low, 0);
  EXPECT_EQ(WilsonInterval(0, 0).high, 1);
}

TEST(EvalScore, JsonHasVerdictsOfFamiliesAndThresholds) {
  SetScore score{.kind = "audit", .items = 1, .count = 100, .right = 97};
  score.families["xss"] = {.found = 3, .missed = 1, .false_alarms = 2};
  score.families["code-eval"] = {.found = 1};
  score.thresholds.resize(kThresholds, {.found = 4});
  const Json json = SetJson("s", score);
  EXPECT_EQ(json.Find("all")->Find("weak")->as_int(), 5);
  EXPECT_NEAR(json.Find("all")->Find("precision")->as_double(), 0.667, 1e-9);
  EXPECT_NEAR(json.Find("families")->Find("xss")->Find("f1")->as_double(), 0.667, 1e-9);
  ASSERT_EQ(json.Find("thresholds")->size(), kThresholds);
  EXPECT_NEAR(json.Find("thresholds")->as_array()[2].Find("threshold")->as_double(), 0.3, 1e-9);
  EXPECT_TRUE(json.Find("speed")->Find("answer_seconds")->is_null());
}

TEST(EvalScore, PictureHasEverySetAndEscapesNames) {
  SetScores sets;
  sets["quotes <4K> & more"] = {.kind = "quote", .items = 1, .count = 20, .right = 19};
  sets["nothing"] = {.kind = "text"};
  sets["verdicts"] = {.kind = "audit", .items = 1, .count = 50, .right = 49};
  sets["verdicts"].families["xss"] = {.found = 3, .missed = 1};
  const std::string svg = ScoresSvg(sets, "A <title>");
  EXPECT_NE(svg.find("quotes &lt;4K> &amp; more"), std::string::npos);
  EXPECT_NE(svg.find("95.0 % of 20"), std::string::npos);
  EXPECT_NE(svg.find("nothing to count"), std::string::npos);
  EXPECT_EQ(Times(svg, "<circle"), 3u);  // recall and precision of the verdicts
  EXPECT_EQ(svg.find("<title>A <title>"), std::string::npos);
}

}  // namespace
}  // namespace fathom
