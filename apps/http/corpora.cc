// SPDX-License-Identifier: Apache-2.0
#include "apps/http/corpora.h"

#include <fcntl.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "apps/http/message.h"
#include "base/rooted_dir.h"
#include "base/sha256.h"
#include "rag/corpus.h"

namespace fathom::http {
namespace {

constexpr size_t kSlugBytesMax = 48;
constexpr std::chrono::seconds kPathsHoldFor{10};

std::string Slug(const std::string& root) {
  std::string slug;
  for (const char c : LowerCase(std::filesystem::path(root).filename().string())) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    slug += plain ? c : '-';
  }
  return slug.empty() ? "corpus" : slug.substr(0, kSlugBytesMax);
}

}  // namespace

Result<std::vector<CorpusEntry>> ListCorpora(const Catalog& catalog) {
  auto records = catalog.List();
  if (!records) return records.error();
  std::vector<CorpusEntry> entries;
  std::map<std::string, size_t> by_root;
  std::set<std::pair<std::string, size_t>> seen;  // of several readings of a window, the newest
  for (const ReadingRecord& record : *records) {
    if (!seen.insert({record.root, record.window}).second) continue;
    const auto [at, is_new] = by_root.emplace(record.root, entries.size());
    if (is_new) {
      entries.push_back({.name = Slug(record.root) + "-" + Sha256Hex(record.root).substr(0, 8),
                         .root = record.root,
                         .model = record.model,
                         .created = record.created});
    }
    CorpusEntry& entry = entries[at->second];
    entry.tokens += record.tokens;
    entry.lines += record.lines;
    entry.state_bytes += record.state_bytes;
    ++entry.windows;
  }
  return entries;
}

Result<CorpusEntry> FindCorpus(const Catalog& catalog, std::string_view name) {
  auto entries = ListCorpora(catalog);
  if (!entries) return entries.error();
  const CorpusEntry* found = nullptr;
  size_t by_slug = 0;
  for (const CorpusEntry& entry : *entries) {
    if (entry.name == name) return entry;
    if (Slug(entry.root) != name) continue;
    found = &entry;
    ++by_slug;
  }
  if (by_slug == 1) return *found;
  return Error{Code::kNotFound,
               by_slug > 1 ? "several corpora have this name; use the whole one of /api/corpora"
                           : "there is no such corpus; /api/corpora lists them"};
}

Json CorpusJson(const CorpusEntry& entry) {
  Json json = Json::EmptyObject();
  json.Set("name", entry.name);
  json.Set("root", entry.root);
  json.Set("tokens", entry.tokens);
  json.Set("lines", entry.lines);
  json.Set("windows", entry.windows);
  json.Set("state_bytes", entry.state_bytes);
  json.Set("model", entry.model);
  json.Set("created", entry.created);
  return json;
}

Result<bool> CorpusPaths::Has(const CorpusEntry& entry, const std::string& path) {
  std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(by_root_, [&](const auto& each) { return now - each.second.at > kPathsHoldFor; });
  auto at = by_root_.find(entry.root);
  if (at == by_root_.end()) {
    auto corpus = ReadCorpus(entry.root);
    if (!corpus) return corpus.error();
    Seen seen{.at = now};
    for (const CorpusFile& file : corpus->files) seen.paths.insert(file.path);
    at = by_root_.emplace(entry.root, std::move(seen)).first;
  }
  return at->second.paths.contains(path);
}

Result<std::string> PathBeneath(const std::vector<std::string>& roots, const std::string& path) {
  for (const std::string& root : roots) {
    std::string inside = path;
    if (!path.empty() && path[0] == '/') {
      // Only to find the root to ask; the kernel decides.
      if (path.compare(0, root.size(), root) != 0) continue;
      inside = path.substr(root.size());
      inside.erase(0, inside.find_first_not_of('/'));
    }
    auto dir = RootedDir::Open(root);
    if (!dir) return dir.error();
    auto opened = dir->OpenFile(inside.empty() ? "." : inside, O_PATH);
    if (!opened) continue;
    std::error_code error;
    auto real =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(opened->get()), error);
    if (!error) return real.string();
  }
  return Error{Code::kPolicyDenied,
               "this path is not there, or not beneath a folder the server may read; "
               "fathom serve --root names others"};
}

}  // namespace fathom::http
