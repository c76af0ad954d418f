// SPDX-License-Identifier: Apache-2.0
#include "rag/overflow.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "base/sha256.h"
#include "rag/passage_rows.h"
#include "rag/vector_index.h"
#include "rag/word_vectors.h"
#include "rag/words.h"

namespace fathom {
namespace {

// How far down each ranking is read, and what the two scores weigh: a passage gets its BM25 as a
// share of the best one's, and this times the cosine of its vector with the question's.
// tests/retrieval measures what this finds.
constexpr size_t kRankedMax = 100;
constexpr double kCosineWeight = 0.5;

std::string NameOf(const Corpus& corpus, const WordVectors& vectors) {
  Sha256 hash;
  hash.Update("passages-2\n").Update(vectors.id() + "\n").Update(corpus.root);
  return hash.Hex().substr(0, 32) + ".index";
}

std::vector<FoundPassage> Merged(const std::vector<FoundPassage>& ranked) {
  std::vector<FoundPassage> merged;
  for (const FoundPassage& found : ranked) {
    const auto touching = std::find_if(merged.begin(), merged.end(), [&](const FoundPassage& m) {
      return m.passage.file == found.passage.file && found.passage.begin <= m.passage.end &&
             m.passage.begin <= found.passage.end;
    });
    if (touching == merged.end()) {
      merged.push_back(found);
      continue;
    }
    touching->passage.begin = std::min(touching->passage.begin, found.passage.begin);
    touching->passage.end = std::max(touching->passage.end, found.passage.end);
    touching->by_words |= found.by_words;
    touching->by_vectors |= found.by_vectors;
  }
  return merged;
}

}  // namespace

struct OverflowIndex::Impl {
  std::unique_ptr<PassageRows> rows;
  std::vector<Passage> passages;                     // by number
  std::unordered_map<int64_t, size_t> number_of_id;  // of a row
  VectorIndex vectors{WordVectors::Shipped().dimensions()};
  IndexUpdate update;

  Status Load(const Corpus& corpus) {
    return rows->ForEach(corpus,
                         [&](int64_t id, const Passage& passage, std::span<const float> vector) {
                           number_of_id.emplace(id, passages.size());
                           passages.push_back(passage);
                           return vectors.Add(vector);
                         });
  }

  // Numbers and BM25 scores, best first; scores are above 0.
  Result<std::vector<std::pair<size_t, double>>> ByWords(std::string_view query) const {
    std::string match;
    for (const Word& word : WordsOf(query)) {
      if (IsStopWord(word.normal)) continue;
      match += (match.empty() ? "\"" : " OR \"") + word.normal + "\"";
    }
    std::vector<std::pair<size_t, double>> ranked;
    if (match.empty()) return ranked;
    auto ids = rows->Match(match, kRankedMax);
    if (!ids) return ids.error();
    for (const auto& [id, score] : *ids) {
      if (const auto found = number_of_id.find(id); found != number_of_id.end())
        ranked.push_back({found->second, std::max(score, 1e-9)});
    }
    return ranked;
  }

  Result<std::vector<size_t>> ByVectors(const std::vector<float>& vector) const {
    const bool known = std::any_of(vector.begin(), vector.end(), [](float v) { return v != 0; });
    return known ? vectors.Nearest(vector, kRankedMax) : std::vector<size_t>{};
  }
};

OverflowIndex::OverflowIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OverflowIndex::~OverflowIndex() = default;

Result<std::unique_ptr<OverflowIndex>> OverflowIndex::Open(const Corpus& corpus,
                                                           const std::vector<uint32_t>& files,
                                                           const std::string& folder) {
  const std::string path = folder + "/" + NameOf(corpus, WordVectors::Shipped());
  const auto open = [&]() -> Result<std::unique_ptr<OverflowIndex>> {
    auto impl = std::make_unique<Impl>();
    auto update = PassageRows::BringUpToDate(path, corpus, files, WordVectors::Shipped());
    if (!update) return update.error();
    auto rows = PassageRows::Open(path);
    if (!rows) return rows.error();
    impl->rows = std::move(*rows);
    if (auto status = impl->Load(corpus); !status) return status.error();
    impl->update = *update;
    impl->update.passages = impl->passages.size();
    return std::unique_ptr<OverflowIndex>(new OverflowIndex(std::move(impl)));
  };
  auto index = open();
  if (index) return index;
  // A cache: what cannot be used is made again.
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
  return open();
}

Result<std::vector<FoundPassage>> OverflowIndex::Search(std::string_view query, size_t passages_max,
                                                        SearchWay way) const {
  std::unordered_map<size_t, double> scores;  // by number of the passage
  std::unordered_map<size_t, FoundPassage> found;
  const std::vector<float> vector = WordVectors::Shipped().Embed(query, TextRole::kQuestion);
  if (way != SearchWay::kVectors) {
    auto matches = impl_->ByWords(query);
    if (!matches) return matches.error();
    for (const auto& [number, score] : *matches) {
      scores[number] = score / matches->front().second;
      found[number].by_words = true;
    }
  }
  if (way != SearchWay::kWords) {
    auto nearest = impl_->ByVectors(vector);
    if (!nearest) return nearest.error();
    for (const size_t number : *nearest) {
      scores.try_emplace(number, 0.0);
      found[number].by_vectors = true;
    }
    for (auto& [number, score] : scores)
      score += kCosineWeight * impl_->vectors.Cosine(vector, number);
  }
  std::vector<size_t> order;
  for (const auto& [number, score] : scores) order.push_back(number);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
  if (order.size() > passages_max) order.resize(passages_max);
  std::vector<FoundPassage> ranked;
  for (const size_t number : order) {
    found[number].passage = impl_->passages[number];
    ranked.push_back(found[number]);
  }
  return Merged(ranked);
}

const IndexUpdate& OverflowIndex::update() const {
  return impl_->update;
}

}  // namespace fathom
