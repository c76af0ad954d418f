// SPDX-License-Identifier: Apache-2.0
// What the engine's tests share: folders that vanish, golden cases, an engine over synthetic
// weights.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/synthetic_checkpoint.h"
#include "engine/engine.h"

namespace fathom::test {

// Reads a result, failing the program with its message: only for what the test does not ask about.
template <typename T>
T Must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().Text().c_str());
    std::abort();
  }
  return std::move(*result);
}
inline void Must(const Status& status) {
  if (!status) {
    std::fprintf(stderr, "%s\n", status.error().Text().c_str());
    std::abort();
  }
}

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void WriteText(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// One case of tests/golden: made by m1_reference.py.
struct Golden {
  Json config;
  uint64_t seed = 0;
  std::vector<Token> ids;
  std::vector<size_t> positions;
  std::vector<float> logits;  // (positions, vocabulary)

  size_t vocabulary() const { return static_cast<size_t>(config.Find("vocab_size")->as_int()); }
};

inline Golden LoadGolden(const std::string& name) {
  const std::string base = std::string(FATHOM_SOURCE_DIR) + "/tests/golden/" + name;
  const Json json = Must(Json::Parse(ReadText(base + ".json")));
  Golden golden{*json.Find("config"), static_cast<uint64_t>(json.Find("seed")->as_int())};
  for (const Json& id : json.Find("ids")->as_array())
    golden.ids.push_back(static_cast<Token>(id.as_int()));
  for (const Json& position : json.Find("positions")->as_array()) {
    golden.positions.push_back(static_cast<size_t>(position.as_int()));
  }
  const std::string bytes = ReadText(base + ".logits.f32");
  golden.logits.resize(bytes.size() / sizeof(float));
  std::memcpy(golden.logits.data(), bytes.data(), bytes.size());
  return golden;
}

// An engine over a golden case's weights, written to `folder` as one file.
inline std::unique_ptr<Engine> OpenGolden(const Golden& golden, const TempFolder& folder,
                                          int threads = 1, const std::string& device = "cpu") {
  Must(WriteSyntheticCheckpoint(folder.path(), golden.config, {.seed = golden.seed}));
  return Must(Engine::Open({.checkpoint = folder.path(), .threads = threads, .device = device}));
}

// The largest difference between golden rows and the same rows of `all` (every position,
// vocabulary).
inline float WorstDifference(const Golden& golden, const std::vector<float>& all) {
  const size_t width = golden.vocabulary();
  if (all.size() != golden.ids.size() * width) return HUGE_VALF;
  float worst = 0;
  for (size_t i = 0; i < golden.positions.size(); ++i) {
    for (size_t j = 0; j < width; ++j) {
      const float difference =
          std::fabs(golden.logits[i * width + j] - all[golden.positions[i] * width + j]);
      worst = difference <= worst ? worst : difference;  // NaN counts as worst
    }
  }
  return worst;
}

}  // namespace fathom::test
