// SPDX-License-Identifier: Apache-2.0
// PassageRows: the overflow index's file (rag/overflow.h): which passages stand where, their words
// and their vectors. SQLite; a cache.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/result.h"
#include "rag/corpus.h"
#include "rag/overflow.h"
#include "rag/pack.h"
#include "rag/word_vectors.h"

namespace fathom {

class PassageRows {
 public:
  // Makes the file where it is missing and leaves in it exactly `files` of the corpus as they are
  // now. One transaction: a crash leaves what was there before.
  static Result<IndexUpdate> BringUpToDate(const std::string& path, const Corpus& corpus,
                                           const std::vector<uint32_t>& files,
                                           const WordVectors& vectors);

  // For reading; any number of processes at a time.
  static Result<std::unique_ptr<PassageRows>> Open(const std::string& path);

  // Every passage whose file stands in `corpus` with the bytes it was indexed with. kCorrupt when a
  // row cannot be of such a file.
  using Visit = std::function<Status(int64_t id, const Passage&, std::span<const float> vector)>;
  Status ForEach(const Corpus& corpus, const Visit& visit) const;

  // Ids and BM25 scores of the passages that match an FTS5 expression, best first.
  Result<std::vector<std::pair<int64_t, double>>> Match(const std::string& expression,
                                                        size_t count) const;

 private:
  explicit PassageRows(std::unique_ptr<Db> db) : db_(std::move(db)) {}
  std::unique_ptr<Db> db_;
};

}  // namespace fathom
