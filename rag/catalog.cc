// SPDX-License-Identifier: Apache-2.0
#include "rag/catalog.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "base/db.h"
#include "base/files.h"
#include "engine/state_blocks.h"

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

// Counts uses: the reading with the largest was used last.
constexpr std::string_view kUses =
    "ALTER TABLE readings ADD COLUMN used INTEGER NOT NULL DEFAULT 0;";
constexpr std::string_view kNextUse = "(SELECT COALESCE(MAX(used), 0) + 1 FROM readings)";

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

// What the database says could lead anywhere.
bool IsFileName(const std::string& name) {
  return !name.empty() && std::filesystem::path(name).filename() == name;
}

// How many states name each block.
class BlockUses {
 public:
  // Returns the bytes of its blocks that others named before.
  Result<size_t> Add(const std::string& state_path) {
    auto named = BlocksOf(state_path);
    if (!named) return named.error();
    size_t shared = 0;
    for (const std::string& name : *named) {
      if (uses_[name]++ > 0) shared += BlockBytes(state_path, name);
    }
    states_[state_path] = std::move(*named);
    return shared;
  }
  // Returns the bytes of its blocks that others still name.
  size_t Remove(const std::string& state_path) {
    size_t shared = 0;
    for (const std::string& name : states_[state_path]) {
      if (--uses_[name] > 0)
        shared += BlockBytes(state_path, name);
      else
        uses_.erase(name);
    }
    states_.erase(state_path);
    return shared;
  }
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& [name, count] : uses_) names.insert(name);
    return names;
  }

 private:
  std::map<std::string, size_t> uses_;
  std::map<std::string, std::set<std::string>> states_;
};

}  // namespace

// The database is opened for each operation: its writer lock is then held for milliseconds, and two
// runs of the program do not wait for each other.
struct Catalog::Impl {
  std::string folder;
  CatalogOptions options;

  std::string StatesFolder() const { return folder + "/states"; }
  std::string DbPath() const { return folder + "/catalog.db"; }

  Result<std::unique_ptr<Db>> Open(bool read_only) const {
    return Db::Open(DbPath(), {.application_id = kApplicationId,
                               .migrations = {kSchema, kLayouts, kUses},
                               .read_only = read_only});
  }

  Result<std::vector<ReadingRecord>> Select(const std::string& order) const {
    auto db = Open(true);
    if (!db) return db.error();
    auto select =
        (*db)->Prepare("SELECT " + std::string(kColumns) + " FROM readings ORDER BY " + order);
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

  // On the folder of the states, gone with the process. kLimit: LOCK_NB, and another holds it.
  Result<FileDescriptor> Lock(int how) const {
    FileDescriptor folder(::open(StatesFolder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.valid()) return IoError(std::strerror(errno), StatesFolder());
    while (::flock(folder.get(), how) != 0) {
      if (errno == EINTR) continue;
      if (errno == EWOULDBLOCK) return Error{Code::kLimit, "states are in use", StatesFolder()};
      return IoError(std::string("cannot be locked: ") + std::strerror(errno), StatesFolder());
    }
    return folder;
  }

  // Returns the bytes freed.
  size_t RemoveStates(const std::function<bool(const std::string& name)>& goes) const {
    size_t freed = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(StatesFolder(), error)) {
      std::error_code gone;
      if (entry.is_directory(gone) || !goes(entry.path().filename().string())) continue;
      const auto bytes = entry.file_size(gone);
      if (std::filesystem::remove(entry.path(), gone)) freed += bytes;
    }
    return freed;
  }

  // The blocks that no state names; under the exclusive lock. Returns the bytes freed.
  Result<size_t> RemoveUnnamedBlocks(const std::set<std::string>& state_files) const {
    BlockUses uses;
    for (const std::string& name : state_files) {
      if (!IsFileName(name)) continue;
      if (auto shared = uses.Add(StatesFolder() + "/" + name); !shared) return shared.error();
    }
    return RemoveBlocksBut(uses.Names(), StatesFolder());
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

Result<std::unique_ptr<Catalog>> Catalog::Open(const std::string& folder,
                                               const CatalogOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->folder = folder;
  impl->options = options;
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
                               ", score_candidates, scores, used) VALUES (?,?,?,?,?,?,?,?,?,?,?," +
                               std::string(kNextUse) + ")");
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
  return impl_->Select("created DESC, root, window");
}

Status Catalog::Forget(const std::string& key) {
  return impl_->Change("DELETE FROM readings WHERE key = ?", key);
}

size_t Catalog::states_bytes_max() const {
  return impl_->options.states_bytes_max;
}

Result<Catalog::InUse> Catalog::Use() const {
  auto lock = impl_->Lock(LOCK_SH);
  if (!lock) return lock.error();
  return InUse(std::move(*lock));
}

Status Catalog::Touch(const std::set<std::string>& keys) {
  // Usually the reading used last is used again: nothing is written then.
  const auto known = UsedLast(keys);
  if (!known) return known.error();
  if (*known) return OkStatus();
  auto db = impl_->Open(false);
  if (!db) return db.error();
  auto transaction = (*db)->Begin();
  if (!transaction) return transaction.error();
  auto next = (*db)->Prepare("SELECT " + std::string(kNextUse));
  if (!next) return next.error();
  if (auto status = next->Bind(); !status) return status;
  if (auto row = next->Step(); !row) return row.error();
  const int64_t use = next->Int(0);
  auto update = (*db)->Prepare("UPDATE readings SET used = ? WHERE key = ?");
  if (!update) return update.error();
  for (const std::string& key : keys) {
    if (auto status = update->Bind(use, key); !status) return status;
    if (auto status = update->Run(); !status) return status;
  }
  return transaction->Commit();
}

Result<bool> Catalog::UsedLast(const std::set<std::string>& keys) const {
  auto db = impl_->Open(true);
  if (!db) return db.error();
  auto older = (*db)->Prepare(
      "SELECT 1 FROM readings WHERE key = ? AND used < (SELECT MAX(used) FROM readings)");
  if (!older) return older.error();
  for (const std::string& key : keys) {
    if (auto status = older->Bind(key); !status) return status.error();
    auto row = older->Step();
    if (!row) return row.error();
    if (*row) return false;
  }
  return true;
}

Status Catalog::MakeRoom(const std::set<std::string>& needed) {
  auto lock = impl_->Lock(LOCK_EX | LOCK_NB);
  if (!lock) return lock.error().code == Code::kLimit ? OkStatus() : lock.error();
  auto records = impl_->Select("used, created, key");
  if (!records) return records.error();
  std::set<std::string> named;
  size_t kept = 0;
  for (const ReadingRecord& record : *records) {
    named.insert(record.state_file);
    kept += record.state_bytes;
  }
  impl_->RemoveStates([&](const std::string& name) { return !named.contains(name); });
  BlockUses uses;
  for (const std::string& name : named) {
    if (!IsFileName(name)) continue;
    const auto shared = uses.Add(StatePath(name));
    if (!shared) return shared.error();
    kept -= std::min(kept, *shared);
  }
  std::set<std::string> removed;
  for (const ReadingRecord& record : *records) {
    if (kept <= states_bytes_max()) break;
    if (record.state_file.empty() || needed.contains(record.key)) continue;
    // The row first: a crash in between leaves garbage, which the next call finds.
    if (auto status = Forget(record.key); !status) return status;
    kept -= std::min(kept, record.state_bytes);
    kept += uses.Remove(StatePath(record.state_file));
    removed.insert(record.state_file);
  }
  impl_->RemoveStates([&](const std::string& name) { return removed.contains(name); });
  RemoveBlocksBut(uses.Names(), impl_->StatesFolder());
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
  // While states are in use, what has no row may be one that is being written.
  const auto lock = impl_->Lock(LOCK_EX | LOCK_NB);
  auto records = List();
  if (!records) return records.error();
  std::set<std::string> kept, removed;
  for (const ReadingRecord& record : *records) {
    if (root.empty() || record.root == root) {
      removed.insert(record.state_file);
      if (auto status = Forget(record.key); !status) return status.error();
    } else if (!record.state_file.empty()) {
      kept.insert(record.state_file);
    }
  }
  const Status layouts = root.empty() ? impl_->Change("DELETE FROM layouts")
                                      : impl_->Change("DELETE FROM layouts WHERE root = ?", root);
  if (!layouts) return layouts.error();
  // Rows first, then files: a crash in between leaves garbage, which the next purge finds.
  std::error_code error;
  size_t freed = impl_->RemoveStates([&](const std::string& name) {
    return lock.ok() ? !kept.contains(name) : removed.contains(name);
  });
  if (lock.ok()) {
    const auto blocks = impl_->RemoveUnnamedBlocks(kept);
    if (!blocks) return blocks.error();
    freed += *blocks;
  }
  if (root.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(IndexFolder(), error)) {
      const auto bytes = entry.file_size(error);
      if (std::filesystem::remove(entry.path(), error)) freed += bytes;
    }
  }
  if (error) return IoError(error.message(), IndexFolder());
  return freed;
}

std::string Catalog::StatePath(const std::string& state_file) const {
  return impl_->StatesFolder() + "/" + state_file;
}
std::string Catalog::IndexFolder() const {
  return impl_->folder + "/index";
}

}  // namespace fathom
