// SPDX-License-Identifier: Apache-2.0
// Corpora by name, and the folders below which the server may read.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "rag/catalog.h"

namespace fathom::http {

struct CorpusEntry {
  std::string name;  // the folder's name and eight digits of its path's hash
  std::string root, model, created;
  size_t tokens = 0, lines = 0, windows = 0, state_bytes = 0;
};

// Of the newest reading of each folder; newest first.
Result<std::vector<CorpusEntry>> ListCorpora(const Catalog& catalog);
// By its name, or by the folder's name alone where only one has it.
Result<CorpusEntry> FindCorpus(const Catalog& catalog, std::string_view name);
Json CorpusJson(const CorpusEntry& entry);

// Which paths a corpus has, as a reading would find them now. Looking takes a walk, so that an
// answer holds for some seconds. Safe from any thread.
class CorpusPaths {
 public:
  Result<bool> Has(const CorpusEntry& entry, const std::string& path);

 private:
  struct Seen {
    std::chrono::steady_clock::time_point at;
    std::set<std::string> paths;
  };
  std::mutex mutex_;
  std::map<std::string, Seen> by_root_;
};

// The absolute path of what lies beneath one of `roots` by the kernel's own resolution; a relative
// path is counted from the first. kPolicyDenied otherwise.
Result<std::string> PathBeneath(const std::vector<std::string>& roots, const std::string& path);

}  // namespace fathom::http
