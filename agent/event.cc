// SPDX-License-Identifier: Apache-2.0
#include "agent/event.h"

#include <array>
#include <chrono>
#include <ctime>
#include <random>

namespace fathom {

Json EventJson(const Event& event) {
  Json json = Json::EmptyObject();
  json.Set("id", event.id);
  json.Set("type", event.type);
  json.Set("run", event.run);
  json.Set("time", TimeText(event.time_ms));
  json.Set("data", event.data);
  return json;
}

int64_t NowMs() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             system_clock::now().time_since_epoch())
      .count();
}

std::string TimeText(int64_t time_ms) {
  const time_t seconds = static_cast<time_t>(time_ms / 1'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.", &parts);
  const std::string digits = std::to_string(1'000 + time_ms % 1'000);
  return std::string(text.data(), length) + digits.substr(1) + "Z";
}

std::string NewId(std::string_view prefix) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::random_device random;
  std::string id(prefix);
  for (int word = 0; word < 4; ++word) {
    uint32_t bits = random();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += kHex[bits & 15];
  }
  return id;
}

}  // namespace fathom
