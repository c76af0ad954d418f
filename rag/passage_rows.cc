// SPDX-License-Identifier: Apache-2.0
#include "rag/passage_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/sha256.h"
#include "rag/words.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46544d4a;  // "FTMJ"
constexpr uint32_t kPassageLines = 12;
constexpr uint32_t kPassageStep = 8;

constexpr std::string_view kSchema = R"(
CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL) STRICT;
CREATE TABLE passages (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, first INTEGER NOT NULL,
                       past INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE INDEX passages_of_file ON passages (file);
CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'ascii');
)";

DbOptions Options(bool read_only) {
  return {.application_id = kApplicationId, .migrations = {kSchema}, .read_only = read_only};
}

// The normal forms of all words, so that index and query agree on inflections and identifier parts.
std::string NormalText(std::string_view text) {
  std::string normal;
  for (const Word& word : WordsOf(text)) normal += word.normal + " ";
  return normal;
}

class Writer {
 public:
  Writer(Db& db, const Corpus& corpus, const WordVectors& vectors)
      : db_(db), corpus_(corpus), vectors_(vectors) {}

  Result<IndexUpdate> Sync(const std::vector<uint32_t>& files) {
    std::map<std::string, uint32_t> wanted;
    for (const uint32_t index : files) wanted.emplace(corpus_.files[index].path, index);
    IndexUpdate update;
    auto transaction = db_.Begin();
    if (!transaction) return transaction.error();
    auto stale = KeepCurrent(wanted, update);
    if (!stale) return stale.error();
    for (const int64_t file : *stale) {
      if (auto status = Remove(file); !status) return status.error();
    }
    for (const auto& [path, index] : wanted) {
      if (auto status = Insert(corpus_.files[index]); !status) return status.error();
    }
    update.files_indexed = wanted.size();
    update.files_removed = stale->size();
    if (auto status = transaction->Commit(); !status) return status.error();
    return update;
  }

 private:
  // Takes what is current out of `wanted`; returns the rows of other files.
  Result<std::vector<int64_t>> KeepCurrent(std::map<std::string, uint32_t>& wanted,
                                           IndexUpdate& update) {
    auto select = db_.Prepare("SELECT id, path, sha256 FROM files");
    if (!select) return select.error();
    if (auto status = select->Bind(); !status) return status.error();
    std::vector<int64_t> stale;
    while (true) {
      auto row = select->Step();
      if (!row) return row.error();
      if (!*row) return stale;
      const auto found = wanted.find(std::string(select->Text(1)));
      if (found != wanted.end() &&
          select->Text(2) == Sha256Hex(corpus_.files[found->second].bytes)) {
        wanted.erase(found);
        ++update.files_kept;
      } else {
        stale.push_back(select->Int(0));
      }
    }
  }

  Status Remove(int64_t file) {
    for (const std::string_view sql :
         {"DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE file = ?)",
          "DELETE FROM passages WHERE file = ?", "DELETE FROM files WHERE id = ?"}) {
      auto statement = db_.Prepare(sql);
      if (!statement) return statement.error();
      if (auto status = statement->Bind(file); !status) return status;
      if (auto status = statement->Run(); !status) return status;
    }
    return Status();
  }

  Status Insert(const CorpusFile& file) {
    if (auto status =
            Run("INSERT INTO files (path, sha256) VALUES (?, ?)", file.path, Sha256Hex(file.bytes));
        !status)
      return status;
    const int64_t id = db_.last_row_id();
    const auto lines = static_cast<uint32_t>(file.lines.size());
    for (uint32_t first = 0; first < lines; first += kPassageStep) {
      const uint32_t past = std::min(lines, first + kPassageLines);
      const std::string_view text =
          std::string_view(file.bytes)
              .substr(file.lines[first].begin, file.lines[past - 1].end - file.lines[first].begin);
      const std::string whole = file.path + " " + std::string(text);
      const std::vector<float> vector = vectors_.Embed(whole, TextRole::kPassage);
      const std::span<const uint8_t> blob(reinterpret_cast<const uint8_t*>(vector.data()),
                                          vector.size() * sizeof(float));
      if (auto status = Run("INSERT INTO passages (file, first, past, vector) VALUES (?, ?, ?, ?)",
                            id, int64_t{first}, int64_t{past}, blob);
          !status)
        return status;
      const int64_t passage = db_.last_row_id();
      if (auto status =
              Run("INSERT INTO words (rowid, text) VALUES (?, ?)", passage, NormalText(whole));
          !status)
        return status;
      if (past == lines) break;
    }
    return Status();
  }

  template <typename... Values>
  Status Run(std::string_view sql, const Values&... values) {
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
      auto prepared = db_.Prepare(sql);
      if (!prepared) return prepared.error();
      known = statements_.emplace(sql, std::move(*prepared)).first;
    }
    if (auto status = known->second.Bind(values...); !status) return status;
    return known->second.Run();
  }

  Db& db_;
  const Corpus& corpus_;
  const WordVectors& vectors_;
  std::map<std::string_view, Statement> statements_;
};

}  // namespace

Result<IndexUpdate> PassageRows::BringUpToDate(const std::string& path, const Corpus& corpus,
                                               const std::vector<uint32_t>& files,
                                               const WordVectors& vectors) {
  auto db = Db::Open(path, Options(false));
  if (!db) return db.error();
  return Writer(**db, corpus, vectors).Sync(files);
}

Result<std::unique_ptr<PassageRows>> PassageRows::Open(const std::string& path) {
  auto db = Db::Open(path, Options(true));
  if (!db) return db.error();
  return std::unique_ptr<PassageRows>(new PassageRows(std::move(*db)));
}

Status PassageRows::ForEach(const Corpus& corpus, const Visit& visit) const {
  std::unordered_map<std::string_view, uint32_t> index_of_path;
  for (uint32_t i = 0; i < corpus.files.size(); ++i) index_of_path.emplace(corpus.files[i].path, i);
  auto select = db_->Prepare(
      "SELECT p.id, f.path, f.sha256, p.first, p.past, p.vector FROM passages p "
      "JOIN files f ON f.id = p.file ORDER BY p.id");
  if (!select) return select.error();
  if (auto status = select->Bind(); !status) return status;
  std::unordered_map<uint32_t, std::string> hashes;
  std::vector<float> vector(WordVectors::Shipped().dimensions());
  while (true) {
    auto row = select->Step();
    if (!row) return row.error();
    if (!*row) return Status();
    const auto found = index_of_path.find(select->Text(1));
    if (found == index_of_path.end()) continue;  // another process has another version of the root
    const CorpusFile& file = corpus.files[found->second];
    auto hash = hashes.find(found->second);
    if (hash == hashes.end()) hash = hashes.emplace(found->second, Sha256Hex(file.bytes)).first;
    if (select->Text(2) != hash->second) continue;
    const int64_t first = select->Int(3), past = select->Int(4);
    const std::span<const uint8_t> blob = select->Blob(5);
    if (first < 0 || past <= first || static_cast<size_t>(past) > file.lines.size() ||
        blob.size() != vector.size() * sizeof(float))
      return Error{Code::kCorrupt, "a passage of " + file.path + " lies outside the file"};
    std::memcpy(vector.data(), blob.data(), blob.size());
    if (!std::all_of(vector.begin(), vector.end(), [](float v) { return std::isfinite(v); }))
      return Error{Code::kCorrupt, "a passage of " + file.path + " has a vector that is no number"};
    const Passage passage{.file = found->second,
                          .begin = static_cast<uint32_t>(first),
                          .end = static_cast<uint32_t>(past)};
    if (auto status = visit(select->Int(0), passage, vector); !status) return status;
  }
}

Result<std::vector<std::pair<int64_t, double>>> PassageRows::Match(const std::string& expression,
                                                                   size_t count) const {
  auto select = db_->Prepare(
      "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?");
  if (!select) return select.error();
  if (auto status = select->Bind(expression, count); !status) return status.error();
  std::vector<std::pair<int64_t, double>> ids;
  while (true) {
    auto row = select->Step();
    if (!row) return row.error();
    if (!*row) return ids;
    ids.push_back({select->Int(0), select->Real(1)});
  }
}

}  // namespace fathom
