// SPDX-License-Identifier: Apache-2.0
// Catalog: which corpora were read, where their saved states lie, and what the model said at each
// line (catalog.db).
//
// A reading is acknowledged by one commit, after its state file is complete on disk. A state file
// without a row is garbage of an interrupted run: it is never restored, and Purge removes it.
// Beside the readings stands how each corpus was packed last (rag/layout.h).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace fathom {

struct ReadingRecord {
  std::string key;    // content address, see ReadingKey
  std::string root;   // where the corpus was when it was read
  size_t window = 0;  // index of the window in its pack
  size_t tokens = 0;
  size_t lines = 0;
  std::string model;       // the model's name, for people
  std::string state_file;  // file name inside the state folder; empty: no state was kept
  size_t state_bytes = 0;
  std::string created;  // UTC, ISO 8601
  std::optional<Scores> scores;
};

class Catalog {
 public:
  // `folder` holds catalog.db and states/; made with mode 0700.
  static Result<std::unique_ptr<Catalog>> Open(const std::string& folder);
  ~Catalog();

  Result<std::optional<ReadingRecord>> Find(const std::string& key) const;
  Status Put(const ReadingRecord& record);
  Result<std::vector<ReadingRecord>> List() const;  // newest first, without scores
  // Removes readings of this root (all when empty) with their states, and orphaned state files.
  // Returns bytes freed.
  Result<size_t> Purge(const std::string& root);
  Status Forget(const std::string& key);  // a row whose state turned out damaged
  // Removes the oldest readings of a root until its states fit `bytes_max`, but none of `needed`.
  Status KeepWithin(const std::string& root, size_t bytes_max, const std::set<std::string>& needed);

  Result<std::optional<std::string>> FindLayout(const std::string& key) const;
  Status PutLayout(const std::string& key, const std::string& root, const std::string& layout);

  std::string StatePath(const std::string& state_file) const;
  std::string IndexFolder() const;

 private:
  struct Impl;
  explicit Catalog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
