// SPDX-License-Identifier: Apache-2.0
// States that share blocks, as the catalog keeps them: removed, counted against the budget, and
// saved by several processes while others remove garbage.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "engine/made_state.h"
#include "engine/state_blocks.h"
#include "engine/test_support.h"
#include "rag/catalog.h"

namespace fathom::test {
namespace {

constexpr size_t kTokens = 2'200;  // two blocks of pages and four checkpoints

class SharedStates : public testing::Test {
 protected:
  static std::unique_ptr<Catalog> Open(const std::string& folder, size_t states_bytes_max) {
    return Must(Catalog::Open(folder, {.states_bytes_max = states_bytes_max}));
  }
  // As a reading does: under a lock, the row when the state is there. Returns its bytes.
  static size_t Keep(Catalog& catalog, const std::string& key, const MadeState& made) {
    const auto in_use = Must(catalog.Use());
    const size_t bytes = Must(made.Write(catalog.StatePath(key + ".state")));
    Must(catalog.Put({.key = key,
                      .root = "/root of " + key,
                      .state_file = key + ".state",
                      .state_bytes = bytes,
                      .created = "2026-01-01T00:00:00Z"}));
    return bytes;
  }
  static size_t OnDisk(const std::string& folder) {
    size_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder + "/states"))
      bytes += entry.is_regular_file() ? static_cast<size_t>(entry.file_size()) : 0;
    return bytes;
  }
  static std::set<std::string> Keys(const Catalog& catalog) {
    std::set<std::string> keys;
    for (const ReadingRecord& record : Must(catalog.List())) keys.insert(record.key);
    return keys;
  }

  TempFolder folder_;
  const MadeState a_ = Make({.tokens = kTokens, .common = 1'100, .seed = 1}),
                  b_ = Make({.tokens = kTokens, .common = 1'100, .seed = 2}),
                  c_ = Make({.tokens = kTokens, .common = 1'100, .seed = 3});
};

using KeySet = std::set<std::string>;

// To the byte: with a budget of exactly what three states need on disk all stay, with a byte less
// the one used longest ago goes, and of its blocks those that were its own.
TEST_F(SharedStates, ASharedBlockCountsOnceInTheBudget) {
  auto catalog = Open(folder_.path(), SIZE_MAX);
  const size_t sum = Keep(*catalog, "a", a_) + Keep(*catalog, "b", b_) + Keep(*catalog, "c", c_);
  const size_t disk = OnDisk(folder_.path());
  EXPECT_GT(sum, disk + 2 * kStateBlockBytes);
  Must(Open(folder_.path(), disk)->MakeRoom({}));
  EXPECT_EQ(Keys(*catalog), (KeySet{"a", "b", "c"}));
  EXPECT_EQ(OnDisk(folder_.path()), disk);
  const auto tight = Open(folder_.path(), disk - 1);
  Must(tight->MakeRoom({}));
  EXPECT_EQ(Keys(*tight), (KeySet{"b", "c"}));
  EXPECT_EQ(Difference(b_, tight->StatePath("b.state")), "");
  EXPECT_EQ(Difference(c_, tight->StatePath("c.state")), "");
  const size_t two = OnDisk(folder_.path());
  EXPECT_LT(two, disk - kStateBlockBytes);
  // The last one that shares them: now its blocks are all its own.
  Must(Open(folder_.path(), two - 1)->MakeRoom({"c"}));
  EXPECT_EQ(Keys(*tight), KeySet{"c"});
  EXPECT_EQ(Difference(c_, tight->StatePath("c.state")), "");
  EXPECT_EQ(Must(catalog->List()).front().state_bytes, OnDisk(folder_.path()));
}

TEST_F(SharedStates, PurgingOneLeavesTheOtherWholeAndPurgingAllLeavesNothing) {
  const auto catalog = Open(folder_.path(), SIZE_MAX);
  Keep(*catalog, "a", a_);
  Keep(*catalog, "b", b_);
  const size_t before = OnDisk(folder_.path());
  const size_t freed = Must(catalog->Purge("/root of a"));
  EXPECT_EQ(before - OnDisk(folder_.path()), freed);
  EXPECT_GT(freed, kStateBlockBytes);
  EXPECT_EQ(Difference(b_, catalog->StatePath("b.state")), "");
  // While another process saves, a purge takes the state and leaves its blocks to the next.
  {
    const auto in_use = Must(catalog->Use());
    Must(catalog->Purge("/root of b"));
    EXPECT_GT(OnDisk(folder_.path()), 2 * kStateBlockBytes);
  }
  Must(catalog->MakeRoom({}));
  EXPECT_EQ(OnDisk(folder_.path()), 0u);
}

// Four processes save states that share blocks, forget what they saved and make room, all the time.
// Whatever has a row is whole at each moment, and in the end nothing lies there that no row needs.
TEST_F(SharedStates, ProcessesThatSaveAndRemoveAtOnceLoseNothing) {
  constexpr int kProcesses = 4, kRounds = 12;
  const auto catalog = Open(folder_.path(), SIZE_MAX);
  Keep(*catalog, "a", a_);
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child > 0) {
      children.push_back(child);
      continue;
    }
    const auto own = Open(folder_.path(), SIZE_MAX);
    const std::string key = "process " + std::to_string(p);
    for (int round = 0; round < kRounds; ++round) {
      const MadeState& made = (p + round) % 2 == 0 ? b_ : c_;
      Keep(*own, key, made);
      EXPECT_EQ(Difference(made, own->StatePath(key + ".state")), "");
      EXPECT_EQ(Difference(a_, own->StatePath("a.state")), "");
      if (round + 1 < kRounds) Must(own->Forget(key));
      Must(own->MakeRoom({}));
      if (!std::filesystem::exists(own->StatePath(key + ".state")))
        WriteText(folder_ / "removed", "");
    }
    ::_exit(HasFailure() ? 1 : 0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_TRUE(std::filesystem::exists(folder_ / "removed")) << "nothing was removed on the way";
  EXPECT_EQ(Keys(*catalog).size(), 1u + kProcesses);
  Must(catalog->MakeRoom({}));
  EXPECT_EQ(Difference(a_, catalog->StatePath("a.state")), "");
  std::set<std::string> needed;
  for (const ReadingRecord& record : Must(catalog->List()))
    needed.merge(Must(BlocksOf(catalog->StatePath(record.state_file))));
  size_t blocks = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "states/blocks")) {
    EXPECT_TRUE(needed.contains(entry.path().filename().string()));
    ++blocks;
  }
  EXPECT_EQ(blocks, needed.size());
}

}  // namespace
}  // namespace fathom::test
