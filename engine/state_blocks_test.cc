// SPDX-License-Identifier: Apache-2.0
#include "engine/state_blocks.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <sstream>

#include "base/sha256.h"
#include "engine/made_state.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

constexpr size_t kBlock = size_t{1} << 20;
constexpr size_t kCheckpoint = (kMadeHidden + 2 * 2 * 16 * 16) * sizeof(float);

size_t BytesBelow(const std::string& folder) {
  size_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    bytes += entry.is_regular_file() ? static_cast<size_t>(entry.file_size()) : 0;
  return bytes;
}

std::set<std::string> BlockFiles(const std::string& folder) {
  std::set<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/blocks", none))
    names.insert(entry.path().filename().string());
  return names;
}

class StateBlocksTest : public testing::Test {
 protected:
  void Damage(const std::string& name) const {
    std::string bytes = ReadText(folder_ / ("blocks/" + name));
    bytes[bytes.size() / 2] ^= 1;
    WriteText(folder_ / ("blocks/" + name), bytes);
  }

  TempFolder folder_;
  const std::string a_ = folder_ / "a.state", b_ = folder_ / "b.state";
};

// 3,250 tokens: three blocks of pages and six checkpoints each; two blocks and five checkpoints are
// the same.
TEST_F(StateBlocksTest, StatesThatBeginAlikeStoreWhatTheyShareOnceToTheByte) {
  const MadeState a = Make({.tokens = 3'250, .common = 2'600, .seed = 1}),
                  b = Make({.tokens = 3'250, .common = 2'600, .seed = 2});
  const size_t a_bytes = Must(a.Write(a_));
  EXPECT_EQ(BytesBelow(folder_.path()), a_bytes);
  EXPECT_EQ(a_bytes, std::filesystem::file_size(a_) + 3 * kBlock + 6 * kCheckpoint);
  const size_t b_bytes = Must(b.Write(b_));
  EXPECT_EQ(b_bytes, std::filesystem::file_size(b_) + 3 * kBlock + 6 * kCheckpoint);
  EXPECT_EQ(BytesBelow(folder_.path()), a_bytes + b_bytes - 2 * kBlock - 5 * kCheckpoint);
  EXPECT_EQ(Difference(a, a_), "");
  EXPECT_EQ(Difference(b, b_), "");
  for (const std::string& name : BlockFiles(folder_.path())) {
    struct stat info;
    ASSERT_EQ(::stat((folder_ / ("blocks/" + name)).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
  }
  // The same again writes nothing but the file that names the blocks.
  std::map<std::string, std::filesystem::file_time_type> written;
  for (const std::string& name : BlockFiles(folder_.path()))
    written[name] = std::filesystem::last_write_time(folder_ / ("blocks/" + name));
  EXPECT_EQ(Must(a.Write(a_)), a_bytes);
  for (const auto& [name, time] : written)
    EXPECT_EQ(std::filesystem::last_write_time(folder_ / ("blocks/" + name)), time);
}

TEST_F(StateBlocksTest, RemovingEitherLeavesTheOtherWhole) {
  const MadeState a = Make({.tokens = 2'200, .common = 1'100, .seed = 1}),
                  b = Make({.tokens = 2'200, .common = 1'100, .seed = 2});
  for (const bool first : {true, false}) {
    Must(a.Write(a_));
    Must(b.Write(b_));
    std::filesystem::remove(first ? a_ : b_);
    EXPECT_GT(RemoveBlocksBut(Must(BlocksOf(first ? b_ : a_)), folder_.path()), kBlock);
    EXPECT_EQ(Difference(first ? b : a, first ? b_ : a_), "");
  }
  std::filesystem::remove(a_);
  EXPECT_GT(RemoveBlocksBut(Must(BlocksOf(a_)), folder_.path()), 2 * kBlock);
  EXPECT_EQ(BytesBelow(folder_.path()), 0u);
}

// At any common length, inside blocks, pages and at their borders, down to nothing: the state up to
// the last checkpoint, with no need of the blocks behind it.
TEST_F(StateBlocksTest, APrefixNeedsTheBlocksUpToItAlone) {
  const MadeState whole = Make({.tokens = 3'250, .common = 3'250});
  Must(whole.Write(a_));
  for (const size_t common :
       std::initializer_list<size_t>{0, 511, 512, 1'023, 1'024, 1'540, 2'048, 3'072, 3'249}) {
    SCOPED_TRACE(common);
    std::vector<Token> other = whole.tokens;
    other[common] ^= 1;
    const auto saved = Must(ReadMade(a_, other));
    const size_t position = common / kMadeCheckpointTokens * kMadeCheckpointTokens;
    ASSERT_EQ(saved.tokens.size(), position);
    ASSERT_EQ(saved.state.tokens(), position);
    EXPECT_EQ(saved.checkpoints.size(), position / kMadeCheckpointTokens);
    for (size_t page = 0; page < position / 64; ++page) {
      for (size_t layer = 0; layer < 2; ++layer)
        EXPECT_EQ(std::memcmp(saved.state.Page(layer, page), whole.state.Page(layer, page),
                              KvPageBytes(MadeShape().kv)),
                  0);
    }
  }
  const MadeState half = Make({.tokens = 1'500, .common = 1'500});
  Must(half.Write(b_));
  RemoveBlocksBut(Must(BlocksOf(b_)), folder_.path());
  std::vector<Token> other = whole.tokens;
  other[1'030] ^= 1;
  EXPECT_EQ(Must(ReadMade(a_, other)).tokens.size(), 1'024u);
  EXPECT_EQ(ReadMade(a_).error().code, Code::kCorrupt);
}

// Each block missing, cut, longer, damaged, or another one in its place; refused by its path. The
// next state that has it writes it again, and the refused one is whole again.
TEST_F(StateBlocksTest, ADamagedBlockIsRefusedByNameAndHealsWithTheNextSave) {
  const MadeState made = Make({.tokens = 2'200, .common = 2'200});
  Must(made.Write(a_));
  const std::set<std::string> names = Must(BlocksOf(a_));
  ASSERT_EQ(names.size(), 2u + 4u);
  for (const std::string& name : names) {
    const std::string path = folder_ / ("blocks/" + name), whole = ReadText(path);
    const std::string& other = name == *names.begin() ? *names.rbegin() : *names.begin();
    const std::function<void()> lies[] = {
        [&] { std::filesystem::remove(path); },
        [&] { WriteText(path, whole.substr(0, whole.size() - 1)); },
        [&] { WriteText(path, whole + "x"); },
        [&] { Damage(name); },
        [&] { WriteText(path, ReadText(folder_ / ("blocks/" + other))); },
        [&] { std::filesystem::remove(path), std::filesystem::create_symlink("/dev/null", path); },
    };
    for (const auto& lie : lies) {
      lie();
      const auto refused = ReadMade(a_, made.tokens);
      ASSERT_FALSE(refused.ok());
      EXPECT_EQ(refused.error().code, Code::kCorrupt) << refused.error().Text();
      EXPECT_NE(refused.error().Text().find(path), std::string::npos) << refused.error().Text();
      EXPECT_NE(refused.error().Text().find(a_), std::string::npos) << refused.error().Text();
      Must(made.Write(b_));
      EXPECT_EQ(Difference(made, a_), "");
      EXPECT_EQ(Difference(made, b_), "");
    }
  }
}

// In the file and in every block of it. FATHOM_BIT_FLIPS sets how many; the slow suite flips
// 10,000.
TEST_F(StateBlocksTest, BitFlipsAnywhereAreFound) {
  size_t flips = 300;
  if (const char* wanted = std::getenv("FATHOM_BIT_FLIPS"))
    std::from_chars(wanted, wanted + std::strlen(wanted), flips);
  const MadeState made = Make({.tokens = 1'100, .common = 1'100});
  Must(made.Write(a_));
  std::vector<std::string> paths = {a_};
  for (const std::string& name : Must(BlocksOf(a_))) paths.push_back(folder_ / ("blocks/" + name));
  std::mt19937_64 random(11);
  for (size_t i = 0; i < flips; ++i) {
    const std::string& path = paths[random() % paths.size()];
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(file, 0);
    const auto at = static_cast<off_t>(random() % std::filesystem::file_size(path));
    char whole = 0;
    ASSERT_EQ(::pread(file, &whole, 1, at), 1);
    const char flipped = static_cast<char>(whole ^ (1 << (random() % 8)));
    ASSERT_EQ(::pwrite(file, &flipped, 1, at), 1);
    const auto result = ReadMade(a_, made.tokens);
    ASSERT_FALSE(result.ok()) << "byte " << at << " of " << path;
    ASSERT_EQ(result.error().code, Code::kCorrupt) << result.error().Text();
    ASSERT_EQ(::pwrite(file, &whole, 1, at), 1);
    ::close(file);
  }
  EXPECT_EQ(Difference(made, a_), "");
}

// A head whose checksum is right and whose manifest lies: about names that lead elsewhere, about
// more blocks than the state has, fewer, none.
TEST_F(StateBlocksTest, AManifestThatLiesIsRefused) {
  const MadeState made = Make({.tokens = 2'200, .common = 2'200});
  Must(made.Write(a_));
  const std::string whole = ReadText(a_);
  uint32_t manifest_bytes;
  std::memcpy(&manifest_bytes, &whole[12], sizeof(manifest_bytes));
  const Json manifest = Must(Json::Parse(std::string_view(whole).substr(16, manifest_bytes)));
  const std::string names = manifest.Find("page_blocks")->as_string(), name = names.substr(0, 32);
  const auto refused = [&](const char* key, const std::string& value) {
    Json lying = manifest;
    lying.Set(key, value);
    const std::string text = lying.Dump();
    std::string head = whole.substr(0, 12);
    const auto size = static_cast<uint32_t>(text.size());
    head.append(reinterpret_cast<const char*>(&size), sizeof(size)).append(text);
    WriteText(b_, head + Sha256Hex(head) + whole.substr(16 + manifest_bytes + 64));
    const auto result = ReadMade(b_, made.tokens);
    ASSERT_FALSE(result.ok()) << key << " " << value;
    EXPECT_EQ(result.error().code, Code::kCorrupt) << result.error().Text();
    EXPECT_NE(result.error().Text().find(b_), std::string::npos) << result.error().Text();
  };
  for (const char* key : {"page_blocks", "checkpoint_blocks"}) {
    const std::string honest = manifest.Find(key)->as_string();
    for (const std::string& value :
         {std::string(), honest + name, honest + "0", honest.substr(32), std::string("x"),
          "../../../../../../../etc/passwdxx" + honest.substr(33),
          std::string(32, '.') + honest.substr(32), std::string(32, 'A') + honest.substr(32),
          std::string(31, '0') + "/" + honest.substr(32), std::string(32, '0') + honest.substr(32),
          honest + honest + honest}) {
      refused(key, value);
    }
  }
  refused("page_blocks", names.substr(32) + names.substr(0, 32) + name);
  EXPECT_FALSE(IsBlockName("..") || IsBlockName("") || IsBlockName(name + "0"));
}

TEST_F(StateBlocksTest, AStateOfTheFormatBeforeIsRefusedAndNamesNoBlocks) {
  std::string head("FATHOMST");
  const std::string manifest = R"({"model":"model","build":"build","numerics":"numerics"})";
  const uint32_t numbers[] = {3, static_cast<uint32_t>(manifest.size())};
  head.append(reinterpret_cast<const char*>(numbers), sizeof(numbers)).append(manifest);
  WriteText(a_, head + Sha256Hex(head) + std::string(1'000, 'x'));
  const auto result = ReadMade(a_);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kInvalid);
  EXPECT_NE(result.error().Text().find(a_ + ": has state format 3, this build reads 4"),
            std::string::npos)
      << result.error().Text();
  EXPECT_TRUE(Must(BlocksOf(a_)).empty());
  const MadeState made = Make({.tokens = 1'100, .common = 1'100});
  Must(made.Write(a_));
  EXPECT_EQ(Difference(made, a_), "");
}

// What the test below kills.
TEST_F(StateBlocksTest, SavesWhereTheEnvironmentSays) {
  const char* folder = std::getenv("FATHOM_STATE_BLOCKS_TEST");
  if (folder == nullptr) GTEST_SKIP() << "runs inside the next test";
  Must(Make({.tokens = 2'200, .common = 1'100, .seed = 2}).Write(std::string(folder) + "/b.state"));
  RemoveBlocksBut(Must(BlocksOf(std::string(folder) + "/b.state")), folder);
}

// A process saves beside another state and then removes what only that one named, and is killed at
// each crash point on the way, at its first, a middle and its last time. There is no state or a
// whole one, and what it left behind goes with the next removal.
TEST_F(StateBlocksTest, AKillAnywhereLeavesNoStateOrAWholeOneAndNothingLeaksForLong) {
  const MadeState a = Make({.tokens = 2'200, .common = 1'100, .seed = 1}),
                  b = Make({.tokens = 2'200, .common = 1'100, .seed = 2});
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const auto run = [&](const std::string& at) {
    return std::system(("FATHOM_STATE_BLOCKS_TEST=" + folder_.path() + " TMPDIR=" + folder_.path() +
                        " FATHOM_CRASH_AT=" + at + " '" + self +
                        "' '--gtest_filter=*SavesWhere*' >/dev/null 2>" + (folder_ / "stderr"))
                           .c_str());
  };
  Must(a.Write(a_));
  ASSERT_EQ(run("trace"), 0);
  std::map<std::string, int> points;
  std::istringstream text(ReadText(folder_ / "stderr"));
  for (std::string word, point; text >> word;)
    if (word == "crash-point" && text >> point) ++points[point];
  ASSERT_EQ(points.size(), 11u);  // five of a block, five of the state, and the removal
  size_t kills = 0, whole = 0;
  for (const auto& [point, times] : points) {
    for (const int time : std::set<int>{1, (times + 1) / 2, times}) {
      SCOPED_TRACE(point + ":" + std::to_string(time));
      std::filesystem::remove(b_);
      Must(a.Write(a_));
      RemoveBlocksBut(Must(BlocksOf(a_)), folder_.path());
      const int status = run(point + ":" + std::to_string(time));
      ASSERT_EQ(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) - 128, SIGKILL);
      ++kills;
      if (std::filesystem::exists(b_)) {
        EXPECT_EQ(Difference(b, b_), "");
        ++whole;
      }
      if (!point.ends_with("removed")) {
        EXPECT_EQ(Difference(a, a_), "");
      }
      std::set<std::string> named = Must(BlocksOf(a_));
      named.merge(Must(BlocksOf(b_)));
      RemoveBlocksBut(named, folder_.path());
      for (const std::string& name : BlockFiles(folder_.path())) EXPECT_TRUE(named.contains(name));
    }
  }
  EXPECT_GE(kills, 20u);
  EXPECT_GE(whole, 3u);
}

}  // namespace
}  // namespace fathom::test
