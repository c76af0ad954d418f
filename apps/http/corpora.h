// SPDX-License-Identifier: Apache-2.0
// Corpora by name, and the folders below which the server may read.
#pragma once

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

// The absolute path of what lies beneath one of `roots` by the kernel's own resolution; a relative
// path is counted from the first. kPolicyDenied otherwise.
Result<std::string> PathBeneath(const std::vector<std::string>& roots, const std::string& path);

}  // namespace fathom::http
