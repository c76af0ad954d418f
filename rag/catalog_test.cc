// SPDX-License-Identifier: Apache-2.0
#include "rag/catalog.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace fathom {
namespace {

constexpr size_t kStateBytes = 1'000;

class CatalogTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    catalog_ = std::move(*Catalog::Open(folder_, {.states_bytes_max = 3 * kStateBytes}));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void WriteState(const std::string& name) const {
    std::ofstream(catalog_->StatePath(name)) << std::string(kStateBytes, 'x');
  }
  // A state and its row, as a reading leaves them.
  void Keep(const std::string& key) {
    WriteState(key + ".state");
    ASSERT_TRUE(catalog_->Put({.key = key,
                               .root = "/root of " + key,
                               .state_file = key + ".state",
                               .state_bytes = kStateBytes,
                               .created = "2026-01-01T00:00:00Z"}));
  }
  // The keys that have a row, each of which must have its state, and no other state may be there.
  std::set<std::string> Kept() const {
    std::set<std::string> keys, files;
    const auto records = catalog_->List();
    EXPECT_TRUE(records.ok());
    for (const ReadingRecord& record : *records) keys.insert(record.key);
    for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/states"))
      files.insert(entry.path().filename().string());
    EXPECT_EQ(files.size(), keys.size());
    for (const std::string& key : keys) EXPECT_TRUE(files.contains(key + ".state")) << key;
    return keys;
  }

  std::string folder_;
  std::unique_ptr<Catalog> catalog_;
};

using Keys = std::set<std::string>;

TEST_F(CatalogTest, WhatWasUsedLongestAgoMakesRoomWhateverItsRoot) {
  for (const char* key : {"a", "b", "c", "d"}) Keep(key);
  ASSERT_TRUE(catalog_->Touch({"a"}));
  ASSERT_TRUE(catalog_->MakeRoom({"d"}));
  EXPECT_EQ(Kept(), (Keys{"a", "c", "d"}));
  ASSERT_TRUE(catalog_->MakeRoom({"d"}));
  EXPECT_EQ(Kept(), (Keys{"a", "c", "d"}));
  Keep("e");
  // Another process: the order of use is on disk.
  catalog_ = std::move(*Catalog::Open(folder_, {.states_bytes_max = 2 * kStateBytes}));
  ASSERT_TRUE(catalog_->MakeRoom({"e"}));
  EXPECT_EQ(Kept(), (Keys{"a", "e"}));
}

TEST_F(CatalogTest, WhatIsNeededStaysEvenPastTheBudget) {
  for (const char* key : {"a", "b", "c", "d", "e"}) Keep(key);
  ASSERT_TRUE(catalog_->MakeRoom({"a", "b", "c", "d"}));
  EXPECT_EQ(Kept(), (Keys{"a", "b", "c", "d"}));
}

TEST_F(CatalogTest, NothingGoesWhileStatesAreInUse) {
  for (const char* key : {"a", "b", "c", "d"}) Keep(key);
  {
    const auto in_use = catalog_->Use(), also = catalog_->Use();
    ASSERT_TRUE(in_use && also);
    ASSERT_TRUE(catalog_->MakeRoom({}));
    EXPECT_EQ(Kept(), (Keys{"a", "b", "c", "d"}));
  }
  ASSERT_TRUE(catalog_->MakeRoom({}));
  EXPECT_EQ(Kept(), (Keys{"b", "c", "d"}));
}

// What a killed run leaves: a state before its row, and a temporary. While another run is on its
// way they may be its own.
TEST_F(CatalogTest, StatesWithoutARowAreRemovedUnlessOneIsBeingWritten) {
  Keep("a");
  const auto leave = [&] { WriteState("z.state"), WriteState(".y.state.tmp-1-0"); };
  leave();
  {
    const auto in_use = catalog_->Use();
    ASSERT_TRUE(in_use);
    ASSERT_TRUE(catalog_->MakeRoom({}));
    EXPECT_EQ(*catalog_->Purge("/root of b"), 0u);
    EXPECT_TRUE(std::filesystem::exists(catalog_->StatePath("z.state")));
    EXPECT_TRUE(std::filesystem::exists(catalog_->StatePath(".y.state.tmp-1-0")));
  }
  ASSERT_TRUE(catalog_->MakeRoom({}));
  EXPECT_EQ(Kept(), Keys{"a"});
  leave();
  EXPECT_EQ(*catalog_->Purge("/root of a"), 3 * kStateBytes);
  EXPECT_EQ(Kept(), Keys{});
}

}  // namespace
}  // namespace fathom
