// SPDX-License-Identifier: Apache-2.0
// OverflowIndex: full-text search (SQLite FTS5, BM25) over the files that did not fit into the
// context, and only those.
//
// Lines are indexed in passages of 12 with 4 lines of overlap, identifiers also by their parts. The
// index is a cache: its file is named by the hash of what it covers, and a damaged or missing one
// is built again.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

class OverflowIndex {
 public:
  // `files`: indexes into corpus.files. `folder`: where index files live.
  static Result<std::unique_ptr<OverflowIndex>> Open(const Corpus& corpus,
                                                     const std::vector<uint32_t>& files,
                                                     const std::string& folder);
  ~OverflowIndex();

  // The best passages for the words of `query`, best first; overlapping ones merged.
  Result<std::vector<Passage>> Search(std::string_view query, size_t passages_max) const;

 private:
  struct Impl;
  explicit OverflowIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
