// SPDX-License-Identifier: Apache-2.0
#include "rag/overflow.h"

#include <algorithm>
#include <filesystem>

#include "base/db.h"
#include "base/sha256.h"
#include "rag/words.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46544d49;  // "FTMI"
constexpr uint32_t kPassageLines = 12;
constexpr uint32_t kPassageStep = 8;

constexpr std::string_view kSchema = R"(
CREATE VIRTUAL TABLE passages USING fts5(
  words, file UNINDEXED, first UNINDEXED, past UNINDEXED, tokenize = 'ascii');
CREATE TABLE complete (passages INTEGER NOT NULL) STRICT;
)";

// The normal forms of all words, so that index and query agree on inflections and identifier parts.
std::string NormalText(std::string_view text) {
  std::string normal;
  for (const Word& word : WordsOf(text)) normal += word.normal + " ";
  return normal;
}

std::string NameOf(const Corpus& corpus, const std::vector<uint32_t>& files) {
  Sha256 hash;
  hash.Update("passages-1\n");
  for (const uint32_t index : files) {
    const CorpusFile& file = corpus.files[index];
    hash.Update(std::to_string(index) + " " + file.path + "\n").Update(Sha256Hex(file.bytes));
  }
  return hash.Hex().substr(0, 32) + ".index";
}

std::vector<Passage> Merged(std::vector<Passage> passages) {
  std::vector<Passage> merged;
  for (const Passage& passage : passages) {
    const auto overlapping = std::find_if(merged.begin(), merged.end(), [&](const Passage& other) {
      return other.file == passage.file && passage.begin <= other.end && other.begin <= passage.end;
    });
    if (overlapping == merged.end()) {
      merged.push_back(passage);
    } else {
      overlapping->begin = std::min(overlapping->begin, passage.begin);
      overlapping->end = std::max(overlapping->end, passage.end);
    }
  }
  return merged;
}

}  // namespace

struct OverflowIndex::Impl {
  const Corpus& corpus;
  std::unique_ptr<Db> db;

  // An index that was not finished (a crash, a full disk) counts as missing.
  Result<bool> Complete() {
    auto select = db->Prepare("SELECT count(*) FROM complete");
    if (!select) return select.error();
    if (auto status = select->Bind(); !status) return status.error();
    auto row = select->Step();
    if (!row) return row.error();
    return select->Int(0) > 0;
  }

  Status Build(const std::vector<uint32_t>& files) {
    auto transaction = db->Begin();
    if (!transaction) return transaction.error();
    auto insert = db->Prepare("INSERT INTO passages (words, file, first, past) VALUES (?,?,?,?)");
    if (!insert) return insert.error();
    size_t count = 0;
    for (const uint32_t index : files) {
      const CorpusFile& file = corpus.files[index];
      const auto lines = static_cast<uint32_t>(file.lines.size());
      for (uint32_t begin = 0; begin < lines; begin += kPassageStep) {
        const uint32_t end = std::min(lines, begin + kPassageLines);
        const std::string_view text =
            std::string_view(file.bytes)
                .substr(file.lines[begin].begin, file.lines[end - 1].end - file.lines[begin].begin);
        if (auto status = insert->Bind(NormalText(file.path) + NormalText(text), int64_t{index},
                                       int64_t{begin}, int64_t{end});
            !status)
          return status;
        if (auto status = insert->Run(); !status) return status;
        ++count;
        if (end == lines) break;
      }
    }
    auto mark = db->Prepare("INSERT INTO complete (passages) VALUES (?)");
    if (!mark) return mark.error();
    if (auto status = mark->Bind(count); !status) return status;
    if (auto status = mark->Run(); !status) return status;
    return transaction->Commit();
  }
};

OverflowIndex::OverflowIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OverflowIndex::~OverflowIndex() = default;

Result<std::unique_ptr<OverflowIndex>> OverflowIndex::Open(const Corpus& corpus,
                                                           const std::vector<uint32_t>& files,
                                                           const std::string& folder) {
  const std::string path = folder + "/" + NameOf(corpus, files);
  const DbOptions options{.application_id = kApplicationId, .migrations = {kSchema}};
  auto db = Db::Open(path, options);
  if (!db) {
    // A cache: what cannot be opened is made again.
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
    db = Db::Open(path, options);
    if (!db) return db.error();
  }
  auto impl = std::make_unique<Impl>(Impl{.corpus = corpus, .db = std::move(*db)});
  auto complete = impl->Complete();
  if (!complete) return complete.error();
  if (!*complete) {
    if (auto status = impl->Build(files); !status) return status.error();
  }
  return std::unique_ptr<OverflowIndex>(new OverflowIndex(std::move(impl)));
}

Result<std::vector<Passage>> OverflowIndex::Search(std::string_view query,
                                                   size_t passages_max) const {
  std::string match;
  for (const Word& word : WordsOf(query)) {
    if (IsStopWord(word.normal)) continue;
    match += (match.empty() ? "\"" : " OR \"") + word.normal + "\"";
  }
  if (match.empty()) return std::vector<Passage>{};
  auto select = impl_->db->Prepare(
      "SELECT file, first, past FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?");
  if (!select) return select.error();
  if (auto status = select->Bind(match, passages_max); !status) return status.error();
  std::vector<Passage> passages;
  while (true) {
    auto row = select->Step();
    if (!row) return row.error();
    if (!*row) break;
    const Passage passage{.file = static_cast<uint32_t>(select->Int(0)),
                          .begin = static_cast<uint32_t>(select->Int(1)),
                          .end = static_cast<uint32_t>(select->Int(2))};
    // The index is a cache that anyone could have edited.
    const bool valid = passage.file < impl_->corpus.files.size() && passage.begin < passage.end &&
                       passage.end <= impl_->corpus.files[passage.file].lines.size();
    if (valid) passages.push_back(passage);
  }
  return Merged(std::move(passages));
}

}  // namespace fathom
