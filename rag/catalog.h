// SPDX-License-Identifier: Apache-2.0
// Catalog: which corpora were read, where their saved states lie, and what the model said at each
// line (catalog.db).
//
// A reading is acknowledged by one commit, after its state file is complete on disk. A state file
// without a row is garbage of an interrupted run: it is never restored, and MakeRoom and Purge
// remove it. Beside the readings stands how each corpus was packed last (rag/layout.h).
//
// States that begin alike share blocks (engine/state_blocks.h). A block that no state names any
// more is garbage as well; none goes while states are in use (Use), so none that a state being
// saved is about to name.
//
// All states together have one budget, in which a shared block counts once. Where it is passed,
// those go whose last use is longest ago; never one in use, nor one that the caller needs.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "engine/engine.h"

namespace fathom {

inline constexpr size_t kStatesBytesMax = size_t{4} << 30;

struct CatalogOptions {
  size_t states_bytes_max = kStatesBytesMax;
};

struct ReadingRecord {
  std::string key;    // content address, see ReadingKey
  std::string root;   // where the corpus was when it was read
  size_t window = 0;  // index of the window in its pack
  size_t tokens = 0;
  size_t lines = 0;
  std::string model;       // the model's name, for people
  std::string state_file;  // file name inside the state folder; empty: no state was kept
  size_t state_bytes = 0;  // with its blocks, also those that others share
  std::string created;  // UTC, ISO 8601
  std::optional<Scores> scores;
};

class Catalog {
 public:
  // `folder` holds catalog.db and states/; made with mode 0700.
  static Result<std::unique_ptr<Catalog>> Open(const std::string& folder,
                                               const CatalogOptions& options = {});
  ~Catalog();

  Result<std::optional<ReadingRecord>> Find(const std::string& key) const;
  Status Put(const ReadingRecord& record);
  Result<std::vector<ReadingRecord>> List() const;  // newest first, without scores
  // Removes readings of this root (all when empty) with their states, and orphaned state files.
  // Returns bytes freed.
  Result<size_t> Purge(const std::string& root);
  Status Forget(const std::string& key);  // a row whose state turned out damaged

  size_t states_bytes_max() const;
  // While one is held, by whatever process, no state is removed to make room, and none that has no
  // row yet is taken for garbage. Waits for a MakeRoom that has begun.
  class InUse {
   private:
    friend class Catalog;
    explicit InUse(FileDescriptor lock) : lock_(std::move(lock)) {}
    FileDescriptor lock_;
  };
  Result<InUse> Use() const;
  // These readings were used last. Writes nothing where that is known.
  Status Touch(const std::set<std::string>& keys);
  // Removes garbage, then the readings whose last use is longest ago until the states fit the
  // budget, but none of `needed`. Does nothing while states are in use.
  Status MakeRoom(const std::set<std::string>& needed);

  Result<std::optional<std::string>> FindLayout(const std::string& key) const;
  Status PutLayout(const std::string& key, const std::string& root, const std::string& layout);

  std::string StatePath(const std::string& state_file) const;
  std::string IndexFolder() const;

 private:
  struct Impl;
  Result<bool> UsedLast(const std::set<std::string>& keys) const;
  explicit Catalog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
