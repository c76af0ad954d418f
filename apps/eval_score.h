// SPDX-License-Identifier: Apache-2.0
// What `fathom model eval` counts of each set, and how it is told: a table, JSON, a picture.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"

namespace fathom {

struct FamilyCount {
  size_t found = 0, missed = 0, false_alarms = 0;
};

// Of what a model read and wrote in a set.
struct SpeedCount {
  size_t read = 0, written = 0;     // tokens; read: those computed
  size_t answers = 0;               // replies, or answers to questions
  double read_seconds = 0;          // corpora alone, where they are read apart from the answers
  double first_token_seconds = 0;   // sum over answers, 0 where it is not known
  double answer_seconds = 0;        // sum over answers, whole
};

struct SetScore {
  std::string kind;
  size_t items = 0, count = 0, right = 0;  // count: of calls, answers or corpus lines
  size_t unanswered = 0;                   // of them, a server gave no usable answer: wrong
  std::map<std::string, FamilyCount> families;
  // All families, at a threshold of 0.1, 0.2 and so on; empty where a model gives no scores.
  std::vector<FamilyCount> thresholds;
  SpeedCount speed;
  std::vector<Json> failures;
};

using SetScores = std::map<std::string, SetScore>;

inline constexpr size_t kThresholds = 9;

// The 95 % interval of Wilson (1927) of a share; {0, 1} of nothing.
struct Interval {
  double low = 0, high = 1;
};
Interval WilsonInterval(size_t part, size_t whole);

Json SetJson(const std::string& name, const SetScore& score);
void PrintScores(const SetScores& sets);
// Shares with their intervals, recall and precision of verdicts, as one SVG image.
std::string ScoresSvg(const SetScores& sets, const std::string& title);

}  // namespace fathom
