// SPDX-License-Identifier: Apache-2.0
// OverflowIndex: search over the files that did not fit into the context, and only those.
//
// Files are indexed in passages of 12 lines, 4 of them shared with the next. A passage is found by
// its words (SQLite FTS5, BM25 over the normal forms of rag/words.h) and by its vector
// (rag/word_vectors.h, FAISS); the scores are added with the weight at the top of overflow.cc.
// Reciprocal ranks, the usual way, found less: they forget how much better the first is.
//
// The index is a cache, one file a corpus root. Opening brings it up to date: only files whose
// bytes changed are indexed again. Other word vectors are another index; a damaged file is made
// anew. It is never trusted: what is found is a place in the corpus, read from the corpus.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

enum class SearchWay { kWords, kVectors, kFused };

struct FoundPassage {
  Passage passage;
  bool by_words = false;
  bool by_vectors = false;
};

struct IndexUpdate {
  size_t files_kept = 0;     // unchanged since the index was last open
  size_t files_indexed = 0;  // new or changed
  size_t files_removed = 0;  // gone, changed, or in the context now
  size_t passages = 0;       // in the index
};

class OverflowIndex {
 public:
  // `files`: indexes into corpus.files. `folder`: where index files live. `corpus` must outlive it.
  static Result<std::unique_ptr<OverflowIndex>> Open(const Corpus& corpus,
                                                     const std::vector<uint32_t>& files,
                                                     const std::string& folder);
  ~OverflowIndex();

  // The best passages for `query`, best first. Those that touch are merged into one.
  Result<std::vector<FoundPassage>> Search(std::string_view query, size_t passages_max,
                                           SearchWay way = SearchWay::kFused) const;

  const IndexUpdate& update() const;

 private:
  struct Impl;
  explicit OverflowIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
