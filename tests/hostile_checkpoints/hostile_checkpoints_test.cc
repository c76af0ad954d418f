// SPDX-License-Identifier: Apache-2.0
// Promise P1: a malformed checkpoint is refused with a message that names what is wrong; never a
// crash, a hang or more than 64 MiB beside the files. With --slow every position, size, length and
// bit is told; without it a sample.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "tests/hostile_checkpoints/judge.h"

namespace fathom::hostile {
namespace {

bool slow = false;

const Base& TheBase() {
  static const Base base = MakeBase(slow);
  return base;
}

std::vector<Lie> AllLies() {
  std::vector<Lie> all;
  for (const auto lies :
       {SafetensorsHeadersThatLie(), SafetensorsTensorsThatLie(), ShardIndexesThatLie(),
        ConfigsThatContradict(), GgufMetadataThatLies(), GgufTensorsThatLie(),
        VocabulariesThatDoNotMerge(), NumbersThatAreNotFinite(), FilesCutShortOrFlipped()}) {
    all.insert(all.end(), lies.begin(), lies.end());
  }
  return all;
}

// The truth is accepted: otherwise a loader that refuses everything would pass.
TEST(HostileCheckpoints, WhatDoesNotLieIsLoaded) {
  Trial trial(LoadWithEngine, "hostile-truth");
  const Base& base = TheBase();
  for (const Files* files : {&base.hf, &base.sharded, &base.gguf, &base.gguf_q8}) {
    const Outcome outcome = trial.Load(*files);
    EXPECT_TRUE(outcome.loaded) << outcome.error;
    EXPECT_FALSE(outcome.structure.empty());
  }
}

TEST(HostileCheckpoints, EveryLieIsRefusedByName) {
  Trial trial(LoadWithEngine, "hostile");
  const std::vector<Lie> lies = AllLies();
  std::set<std::string> names;
  for (const Lie& lie : lies) {
    EXPECT_TRUE(names.insert(lie.name).second) << lie.name;
    const size_t before = trial.told;
    trial.Tell(lie, TheBase());
    EXPECT_GT(trial.told, before) << lie.name << " was never told";
  }
  for (const std::string& wrong : trial.wrong) ADD_FAILURE() << wrong;
  EXPECT_EQ(trial.wrong_count, 0u);
  EXPECT_GE(lies.size(), 60u);
  EXPECT_GE(trial.told, slow ? 20'000u : 1'000u);
  std::sort(trial.microseconds.begin(), trial.microseconds.end());
  std::cout << "hostile checkpoints: " << lies.size() << " lies, " << trial.told
            << " files: " << trial.refused << " refused, " << trial.loaded
            << " loaded as valid as the base, " << trial.wrong_count << " wrong; median "
            << trial.microseconds[trial.microseconds.size() / 2] << " us to refuse, at most "
            << (trial.extra_bytes_most >> 20) << " MiB beside the files (" << trial.extra_bytes_by
            << ")\n";
}

// The trial can fail: loaders that are wrong in one way each are reported.
struct Stub {
  const char* name;
  Outcome outcome;
  friend void PrintTo(const Stub& stub, std::ostream* out) { *out << stub.name; }
};
class WrongLoader : public testing::TestWithParam<Stub> {};

TEST_P(WrongLoader, IsReportedForEveryLie) {
  const Base base = MakeBase(false);
  int calls = 0;
  const auto stub = [&](const std::string&) {
    Outcome outcome = GetParam().outcome;
    outcome.structure += std::to_string(++calls);
    return outcome;
  };
  for (const Lie& lie : AllLies()) {
    const std::string name = lie.name;
    // Too large to be told again, and no other than the rest.
    if (name.ends_with("are_huge") || name.ends_with("are_many")) continue;
    Trial trial(stub, "hostile-stub");
    trial.Tell(lie, base);
    EXPECT_EQ(trial.wrong_count, trial.told) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(
    HostileCheckpoints, WrongLoader,
    testing::Values(Stub{"AcceptsAll", {.loaded = true, .structure = "what I like"}},
                    Stub{"RefusesWithoutAPlace", {.error = "bad file"}},
                    Stub{"TakesMuchMemory", {.error = "no", .extra_bytes = kExtraBytesMax + 1}}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace fathom::hostile

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--slow") fathom::hostile::slow = true;
  }
  return RUN_ALL_TESTS();
}
