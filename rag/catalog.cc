// SPDX-License-Identifier: Apache-2.0
#include "rag/catalog.h"

#include <cstring>
#include <filesystem>
#include <set>

#include "base/db.h"
#include "base/files.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46544d43;  // "FTMC"

constexpr std::string_view kSchema = R"(
CREATE TABLE readings (
  key TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  window INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  model TEXT NOT NULL,
  state_file TEXT NOT NULL,
  state_bytes INTEGER NOT NULL,
  created TEXT NOT NULL,
  score_candidates INTEGER NOT NULL,
  scores BLOB
) STRICT;
CREATE INDEX readings_by_root ON readings (root, window);
)";

constexpr std::string_view kLayouts = R"(
CREATE TABLE layouts (
  key TEXT PRIMARY KEY,
  root TEXT NOT NULL,
  layout TEXT NOT NULL
) STRICT;
CREATE INDEX layouts_by_root ON layouts (root);
)";

std::span<const uint8_t> BytesOf(const std::vector<float>& values) {
  return {reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(float)};
}

Scores ScoresOf(std::span<const uint8_t> blob, size_t candidates) {
  Scores scores{.candidates = candidates,
                .values = std::vector<float>(blob.size() / sizeof(float))};
  std::memcpy(scores.values.data(), blob.data(), scores.values.size() * sizeof(float));
  return scores;
}

ReadingRecord RecordOf(const Statement& row) {
  return {.key = std::string(row.Text(0)),
          .root = std::string(row.Text(1)),
          .window = static_cast<size_t>(row.Int(2)),
          .tokens = static_cast<size_t>(row.Int(3)),
          .lines = static_cast<size_t>(row.Int(4)),
          .model = std::string(row.Text(5)),
          .state_file = std::string(row.Text(6)),
          .state_bytes = static_cast<size_t>(row.Int(7)),
          .created = std::string(row.Text(8))};
}

constexpr std::string_view kColumns =
    "key, root, window, tokens, lines, model, state_file, state_bytes, created";

}  // namespace

// The database is opened for each operation: its writer lock is then held for milliseconds, and two
// runs of the program do not wait for each other.
struct Catalog::Impl {
  std::string folder;

  std::string StatesFolder() const { return folder + "/states"; }
  std::string DbPath() const { return folder + "/catalog.db"; }

  Result<std::unique_ptr<Db>> Open(bool read_only) const {
    return Db::Open(DbPath(), {.application_id = kApplicationId,
                               .migrations = {kSchema, kLayouts},
                               .read_only = read_only});
  }

  template <typename... Values>
  Status Change(std::string_view sql, const Values&... values) const {
    auto db = Open(false);
    if (!db) return db.error();
    auto statement = (*db)->Prepare(sql);
    if (!statement) return statement.error();
    if (auto status = statement->Bind(values...); !status) return status;
    return statement->Run();
  }
};

Catalog::Catalog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::~Catalog() = default;

Result<std::unique_ptr<Catalog>> Catalog::Open(const std::string& folder) {
  auto impl = std::make_unique<Impl>();
  impl->folder = folder;
  for (const std::string& part : {folder, impl->StatesFolder(), folder + "/index"}) {
    if (auto status = EnsurePrivateDir(part); !status) return status.error();
  }
  if (auto db = impl->Open(false); !db) return db.error();
  return std::unique_ptr<Catalog>(new Catalog(std::move(impl)));
}

Result<std::optional<ReadingRecord>> Catalog::Find(const std::string& key) const {
  auto db = impl_->Open(true);
  if (!db) return db.error();
  auto select = (*db)->Prepare("SELECT " + std::string(kColumns) +
                               ", score_candidates, scores FROM readings WHERE key = ?");
  if (!select) return select.error();
  if (auto status = select->Bind(key); !status) return status.error();
  auto row = select->Step();
  if (!row) return row.error();
  if (!*row) return std::optional<ReadingRecord>();
  ReadingRecord record = RecordOf(*select);
  if (!select->IsNull(10))
    record.scores = ScoresOf(select->Blob(10), static_cast<size_t>(select->Int(9)));
  return std::optional<ReadingRecord>(std::move(record));
}

Status Catalog::Put(const ReadingRecord& record) {
  auto db = impl_->Open(false);
  if (!db) return db.error();
  auto transaction = (*db)->Begin();
  if (!transaction) return transaction.error();
  auto insert = (*db)->Prepare("INSERT OR REPLACE INTO readings (" + std::string(kColumns) +
                               ", score_candidates, scores) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
  if (!insert) return insert.error();
  const auto bind = [&](const auto& scores, size_t candidates) {
    return insert->Bind(record.key, record.root, record.window, record.tokens, record.lines,
                        record.model, record.state_file, record.state_bytes, record.created,
                        candidates, scores);
  };
  const Status bound = record.scores
                           ? bind(BytesOf(record.scores->values), record.scores->candidates)
                           : bind(nullptr, 0);
  if (!bound) return bound;
  if (auto status = insert->Run(); !status) return status;
  return transaction->Commit();
}

Result<std::vector<ReadingRecord>> Catalog::List() const {
  auto db = impl_->Open(true);
  if (!db) return db.error();
  auto select = (*db)->Prepare("SELECT " + std::string(kColumns) +
                               " FROM readings ORDER BY created DESC, root, window");
  if (!select) return select.error();
  if (auto status = select->Bind(); !status) return status.error();
  std::vector<ReadingRecord> records;
  while (true) {
    auto row = select->Step();
    if (!row) return row.error();
    if (!*row) return records;
    records.push_back(RecordOf(*select));
  }
}

Status Catalog::Forget(const std::string& key) {
  return impl_->Change("DELETE FROM readings WHERE key = ?", key);
}

Status Catalog::KeepWithin(const std::string& root, size_t bytes_max,
                           const std::set<std::string>& needed) {
  auto records = List();  // newest first
  if (!records) return records.error();
  size_t kept = 0;
  for (const ReadingRecord& record : *records) {
    if (record.root != root || record.state_file.empty()) continue;
    kept += record.state_bytes;
    if (kept <= bytes_max || needed.contains(record.key)) continue;
    kept -= record.state_bytes;
    // The row first: a crash in between leaves an orphan, which a purge finds.
    if (auto status = Forget(record.key); !status) return status;
    std::error_code ignored;
    std::filesystem::remove(StatePath(std::filesystem::path(record.state_file).filename()),
                            ignored);
  }
  return OkStatus();
}

Result<std::optional<std::string>> Catalog::FindLayout(const std::string& key) const {
  auto db = impl_->Open(true);
  if (!db) return db.error();
  auto select = (*db)->Prepare("SELECT layout FROM layouts WHERE key = ?");
  if (!select) return select.error();
  if (auto status = select->Bind(key); !status) return status.error();
  auto row = select->Step();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>(select->Text(0));
}

Status Catalog::PutLayout(const std::string& key, const std::string& root,
                          const std::string& layout) {
  return impl_->Change("INSERT OR REPLACE INTO layouts (key, root, layout) VALUES (?,?,?)", key,
                       root, layout);
}

Result<size_t> Catalog::Purge(const std::string& root) {
  auto records = List();
  if (!records) return records.error();
  std::set<std::string> kept;
  for (const ReadingRecord& record : *records) {
    if (root.empty() || record.root == root) {
      if (auto status = Forget(record.key); !status) return status.error();
    } else if (!record.state_file.empty()) {
      kept.insert(record.state_file);
    }
  }
  const Status layouts = root.empty() ? impl_->Change("DELETE FROM layouts")
                                      : impl_->Change("DELETE FROM layouts WHERE root = ?", root);
  if (!layouts) return layouts.error();
  // Rows first, then files: a crash in between leaves orphans, which the next purge finds.
  size_t freed = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(impl_->StatesFolder(), error)) {
    if (kept.contains(entry.path().filename().string())) continue;
    const auto bytes = entry.file_size(error);
    if (std::filesystem::remove(entry.path(), error)) freed += bytes;
  }
  if (root.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(IndexFolder(), error)) {
      const auto bytes = entry.file_size(error);
      if (std::filesystem::remove(entry.path(), error)) freed += bytes;
    }
  }
  if (error) return IoError(error.message(), impl_->StatesFolder());
  return freed;
}

std::string Catalog::StatePath(const std::string& state_file) const {
  return impl_->StatesFolder() + "/" + state_file;
}
std::string Catalog::IndexFolder() const {
  return impl_->folder + "/index";
}

}  // namespace fathom
