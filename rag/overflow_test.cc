// SPDX-License-Identifier: Apache-2.0
#include "rag/overflow.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "rag/vector_index.h"
#include "rag/word_vectors.h"

namespace fathom {
namespace {

CorpusFile File(const std::string& path, const std::string& text) {
  CorpusFile file{.path = path, .language = "text", .bytes = text};
  file.lines = SplitLines(file.bytes);
  return file;
}

class OverflowTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "overflow_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    corpus_.root = "/somewhere";
    corpus_.files.push_back(File("alarm.py", "def ring(bell):\n    bell.strike(times=3)\n"));
    corpus_.files.push_back(File("mail.py", "def send(letter):\n    smtp.deliver(letter)\n"));
    corpus_.files.push_back(File("store.py", "def remove(key):\n    del table[key]\n"));
    std::string many;
    for (int i = 0; i < 100; ++i) many += "filler line " + std::to_string(i) + "\n";
    corpus_.files.push_back(File("long.txt", many + "the lighthouse keeper sleeps\n"));
  }

  std::unique_ptr<OverflowIndex> Open(std::vector<uint32_t> files = {0, 1, 2, 3}) {
    auto index = OverflowIndex::Open(corpus_, files, folder_);
    EXPECT_TRUE(index.ok()) << (index.ok() ? "" : index.error().message);
    return index ? std::move(*index) : nullptr;
  }

  std::string FirstFile(const OverflowIndex& index, const std::string& query,
                        SearchWay way = SearchWay::kFused) {
    const auto found = index.Search(query, 5, way);
    if (!found || found->empty()) return "";
    return corpus_.files[(*found)[0].passage.file].path;
  }

  std::string IndexFile() const {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.path().extension() == ".index") return entry.path();
    }
    return "";
  }

  std::string folder_;
  Corpus corpus_;
};

TEST_F(OverflowTest, FindsByWordsAndSaysSo) {
  const auto index = Open();
  ASSERT_TRUE(index);
  EXPECT_EQ(FirstFile(*index, "where is the letter delivered?"), "mail.py");
  const auto found = index->Search("lighthouse keeper", 3);
  ASSERT_TRUE(found.ok());
  ASSERT_FALSE(found->empty());
  EXPECT_TRUE((*found)[0].by_words);
  const Passage& passage = (*found)[0].passage;
  EXPECT_LE(passage.begin, 100u);
  EXPECT_EQ(passage.end, 101u);
}

TEST_F(OverflowTest, FindsByMeaningWhereNoWordAgrees) {
  const auto index = Open({0, 1, 2});
  ASSERT_TRUE(index);
  EXPECT_EQ(FirstFile(*index, "delete an entry of the dictionary", SearchWay::kWords), "");
  const auto found = index->Search("delete an entry of the dictionary", 5);
  ASSERT_TRUE(found.ok());
  ASSERT_FALSE(found->empty());
  EXPECT_EQ(corpus_.files[(*found)[0].passage.file].path, "store.py");
  EXPECT_TRUE((*found)[0].by_vectors);
  EXPECT_FALSE((*found)[0].by_words);
}

TEST_F(OverflowTest, OnlyChangedFilesAreIndexedAgain) {
  EXPECT_EQ(Open()->update().files_indexed, 4u);
  EXPECT_EQ(Open()->update().files_kept, 4u);
  corpus_.files[1] = File("mail.py", "def post(parcel):\n    courier.take(parcel)\n");
  const auto index = Open({0, 1, 3});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->update().files_kept, 2u);
  EXPECT_EQ(index->update().files_indexed, 1u);
  EXPECT_EQ(index->update().files_removed, 2u);
  EXPECT_EQ(FirstFile(*index, "parcel courier"), "mail.py");
  EXPECT_EQ(FirstFile(*index, "smtp deliver", SearchWay::kWords), "");
}

TEST_F(OverflowTest, UpdatedEqualsMadeAnew) {
  std::mt19937 random(7);
  const char* const words[] = {"queue", "lock", "parse", "token", "socket", "page", "write", "sum"};
  const auto text = [&] {
    std::string lines;
    for (int i = static_cast<int>(random() % 40) + 1; i > 0; --i) {
      for (int w = 0; w < 5; ++w) lines += std::string(words[random() % 8]) + " ";
      lines += "\n";
    }
    return lines;
  };
  corpus_.files.clear();
  for (int i = 0; i < 12; ++i) corpus_.files.push_back(File("f" + std::to_string(i), text()));
  for (int round = 0; round < 10; ++round) {
    corpus_.files[random() % 12] = File("g" + std::to_string(round), text());
    std::vector<uint32_t> files;
    for (uint32_t i = 0; i < 12; ++i) {
      if (random() % 4) files.push_back(i);
    }
    const auto updated = Open(files);
    const std::string fresh_folder = folder_ + "/fresh" + std::to_string(round);
    std::filesystem::create_directories(fresh_folder);
    const auto fresh = OverflowIndex::Open(corpus_, files, fresh_folder);
    ASSERT_TRUE(updated && fresh.ok());
    EXPECT_EQ(updated->update().passages, (*fresh)->update().passages);
    for (const char* const query : {"parse token", "write page lock"}) {
      const auto a = updated->Search(query, 1000, SearchWay::kVectors);
      const auto b = (*fresh)->Search(query, 1000, SearchWay::kVectors);
      ASSERT_TRUE(a.ok() && b.ok());
      // Equal scores may come in another order.
      const auto places = [](const std::vector<FoundPassage>& found) {
        std::vector<std::tuple<uint32_t, uint32_t, uint32_t>> all;
        for (const auto& f : found) all.push_back({f.passage.file, f.passage.begin, f.passage.end});
        std::sort(all.begin(), all.end());
        return all;
      };
      EXPECT_EQ(places(*a), places(*b));
    }
  }
}

TEST_F(OverflowTest, DamagedFileIsMadeAnew) {
  Open();
  const std::string path = IndexFile();
  ASSERT_FALSE(path.empty());
  const auto size = std::filesystem::file_size(path);
  std::mt19937 random(3);
  for (int round = 0; round < 40; ++round) {
    {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      for (int i = 0; i < 64; ++i) {
        file.seekp(static_cast<std::streamoff>(random() % size));
        file.put(static_cast<char>(random()));
      }
    }
    const auto index = Open();
    ASSERT_TRUE(index);
    const auto found = index->Search("lighthouse keeper letter", 5);
    if (!found) continue;  // damage that opening cannot see is an error, never a wrong place
    for (const FoundPassage& f : *found) {
      ASSERT_LT(f.passage.file, corpus_.files.size());
      ASSERT_LE(f.passage.end, corpus_.files[f.passage.file].lines.size());
    }
  }
}

TEST_F(OverflowTest, SeveralReadAtATime) {
  const auto one = Open();
  const auto two = Open();
  ASSERT_TRUE(one && two);
  EXPECT_EQ(FirstFile(*one, "ring the bell"), FirstFile(*two, "ring the bell"));
}

TEST(WordVectorsTest, ShippedOnesRelateWords) {
  const WordVectors& vectors = WordVectors::Shipped();
  const auto cosine = [&](const char* a, const char* b) {
    const auto x = vectors.Embed(a, TextRole::kQuestion), y = vectors.Embed(b, TextRole::kPassage);
    float sum = 0;
    for (size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
    return sum;
  };
  EXPECT_GT(vectors.words(), 5'000u);
  EXPECT_GT(cosine("delete", "remove"), cosine("delete", "socket"));
  EXPECT_GT(cosine("directory", "mkdir path"), cosine("directory", "float multiply"));
  EXPECT_EQ(vectors.Embed("qqqxyzzy", TextRole::kQuestion), std::vector<float>(64, 0.0f));
}

TEST(WordVectorsTest, EveryCutAndManyFlipsAreRefusedOrRead) {
  std::vector<uint8_t> file = {'F', 'T', 'W', 'V', 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 'a'};
  for (int i = 0; i < 8; ++i) file.push_back(0);
  file.push_back(1);
  file.push_back(2);
  ASSERT_TRUE(WordVectors::Parse(file, "test").ok());
  for (size_t cut = 0; cut < file.size(); ++cut)
    EXPECT_FALSE(WordVectors::Parse(std::span(file).first(cut), "test").ok()) << cut;
  for (size_t at = 0; at < file.size(); ++at) {
    auto flipped = file;
    flipped[at] ^= 0xff;
    (void)WordVectors::Parse(flipped, "test");
  }
  file.push_back(0);
  EXPECT_FALSE(WordVectors::Parse(file, "test").ok());
}

TEST(VectorIndexTest, NearestAreThoseOfAScan) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal;
  constexpr size_t kCount = 500, kDimensions = 64;
  std::vector<float> values(kCount * kDimensions);
  for (float& value : values) value = normal(random);
  VectorIndex index(kDimensions);
  ASSERT_TRUE(index.Add(values).ok());
  for (int round = 0; round < 20; ++round) {
    std::vector<float> query(kDimensions);
    for (float& value : query) value = normal(random);
    std::vector<std::pair<double, size_t>> scan;
    for (size_t i = 0; i < kCount; ++i) {
      double sum = 0;
      for (size_t d = 0; d < kDimensions; ++d)
        sum += double{query[d]} * values[i * kDimensions + d];
      scan.push_back({-sum, i});
    }
    std::sort(scan.begin(), scan.end());
    const auto nearest = index.Nearest(query, 10);
    ASSERT_TRUE(nearest.ok());
    ASSERT_EQ(nearest->size(), 10u);
    for (size_t i = 0; i < 10; ++i) EXPECT_EQ((*nearest)[i], scan[i].second);
  }
}

}  // namespace
}  // namespace fathom
