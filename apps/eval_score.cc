// SPDX-License-Identifier: Apache-2.0
#include "apps/eval_score.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace fathom {
namespace {

Json Rounded(double value, double per_one) { return std::round(value * per_one) / per_one; }

Json Share(size_t part, size_t whole) {
  if (whole == 0) return nullptr;
  return Rounded(static_cast<double>(part) / static_cast<double>(whole), 1000);
}

Json Mean(double sum, size_t count, double per_one) {
  if (count == 0 || sum <= 0) return nullptr;
  return Rounded(sum / static_cast<double>(count), per_one);
}

Json FamilyJson(const FamilyCount& count) {
  const size_t flagged = count.found + count.false_alarms, weak = count.found + count.missed;
  Json json = Json::EmptyObject();
  json.Set("weak", weak);
  json.Set("found", count.found);
  json.Set("false_alarms", count.false_alarms);
  json.Set("precision", Share(count.found, flagged));
  json.Set("recall", Share(count.found, weak));
  json.Set("f1", Share(2 * count.found, flagged + weak));
  return json;
}

FamilyCount AllFamilies(const SetScore& score) {
  FamilyCount all;
  for (const auto& [name, count] : score.families) {
    all.found += count.found;
    all.missed += count.missed;
    all.false_alarms += count.false_alarms;
  }
  return all;
}

Json SpeedJson(const SpeedCount& speed) {
  const double read = static_cast<double>(speed.read);
  Json json = Json::EmptyObject();
  json.Set("tokens_read", speed.read);
  json.Set("tokens_read_per_second",
           speed.read_seconds > 0 ? Rounded(read / speed.read_seconds, 1) : Json());
  json.Set("answers", speed.answers);
  json.Set("tokens_written", speed.written);
  json.Set("first_token_seconds", Mean(speed.first_token_seconds, speed.answers, 10000));
  json.Set("answer_seconds", Mean(speed.answer_seconds, speed.answers, 10000));
  return json;
}

std::string Cell(const Json* value) {
  if (value == nullptr || value->is_null()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value->as_double());
  return text;
}

void PrintFamily(const std::string& name, const FamilyCount& count) {
  const Json json = FamilyJson(count);
  std::printf("%-34s %6zu %6zu %6zu %9s %6s %6s\n", ("  " + name).c_str(),
              count.found + count.missed, count.found, count.false_alarms,
              Cell(json.Find("precision")).c_str(), Cell(json.Find("recall")).c_str(),
              Cell(json.Find("f1")).c_str());
}

void PrintVerdicts(const std::string& name, const SetScore& score) {
  std::printf("\n%-34s %6s %6s %6s %9s %6s %6s\n",
              (name + ", lines " + std::to_string(score.count)).c_str(), "weak", "found", "false",
              "precision", "recall", "f1");
  for (const auto& [family, count] : score.families) PrintFamily(family, count);
  PrintFamily("all", AllFamilies(score));
  for (size_t tenth = 0; tenth < score.thresholds.size(); ++tenth)
    PrintFamily("all, shown from 0." + std::to_string(tenth + 1), score.thresholds[tenth]);
}

}  // namespace

Interval WilsonInterval(size_t part, size_t whole) {
  if (whole == 0) return {};
  constexpr double kZ = 1.959964;
  const double n = static_cast<double>(whole), p = static_cast<double>(part) / n;
  const double middle = (p + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Json SetJson(const std::string& name, const SetScore& score) {
  Json json = Json::EmptyObject();
  json.Set("set", name);
  json.Set("kind", score.kind);
  json.Set("items", score.items);
  json.Set("count", score.count);
  json.Set("right", score.right);
  json.Set("share", Share(score.right, score.count));
  if (score.unanswered > 0) json.Set("unanswered", score.unanswered);
  if (score.kind == "audit") {
    json.Set("all", FamilyJson(AllFamilies(score)));
    Json families = Json::EmptyObject();
    for (const auto& [family, count] : score.families) families.Set(family, FamilyJson(count));
    json.Set("families", std::move(families));
    Json thresholds = Json::EmptyArray();
    for (size_t tenth = 0; tenth < score.thresholds.size(); ++tenth) {
      Json at = FamilyJson(score.thresholds[tenth]);
      at.Set("threshold", static_cast<double>(tenth + 1) / 10);
      thresholds.Push(std::move(at));
    }
    json.Set("thresholds", std::move(thresholds));
  }
  json.Set("speed", SpeedJson(score.speed));
  if (!score.failures.empty()) json.Set("failures", Json(Json::Array(score.failures)));
  return json;
}

void PrintScores(const SetScores& sets) {
  std::printf("%-34s %6s %6s %6s %14s %10s %9s\n", "set", "count", "right", "share", "95 %",
              "first, ms", "each, ms");
  for (const auto& [name, score] : sets) {
    if (score.kind == "audit" || score.count == 0) continue;
    const Json share = Share(score.right, score.count);
    const Interval interval = WilsonInterval(score.right, score.count);
    const Json speed = SpeedJson(score.speed);
    const auto milliseconds = [&](const char* key) {
      const Json* seconds = speed.Find(key);
      char text[32] = "-";
      if (!seconds->is_null())
        std::snprintf(text, sizeof text, "%.1f", 1000 * seconds->as_double());
      return std::string(text);
    };
    std::printf("%-34s %6zu %6zu %6s  %.3f to %.3f %9s %9s\n", name.c_str(), score.count,
                score.right, Cell(&share).c_str(), interval.low, interval.high,
                milliseconds("first_token_seconds").c_str(),
                milliseconds("answer_seconds").c_str());
    if (score.unanswered > 0)
      std::printf("  %zu of them without a usable answer\n", score.unanswered);
  }
  for (const auto& [name, score] : sets) {
    if (score.kind == "audit") PrintVerdicts(name, score);
  }
  for (const auto& [name, score] : sets) {
    for (const Json& failure : score.failures) {
      std::printf("\n%s\n  asked %s\n  wrote %s\n", name.c_str(),
                  failure.Find("asked")->Dump().c_str(), failure.Find("wrote")->Dump().c_str());
    }
  }
}

}  // namespace fathom
