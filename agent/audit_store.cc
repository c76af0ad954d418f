// SPDX-License-Identifier: Apache-2.0
#include "agent/audit_store.h"

#include "base/db.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46544d41;  // "FTMA"
constexpr std::string_view kSchema = R"(
CREATE TABLE audits (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT UNIQUE NOT NULL,
  root TEXT NOT NULL,
  model TEXT NOT NULL,
  created TEXT NOT NULL,
  partial INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,
  baseline INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
)";
constexpr std::string_view kInfo =
    "SELECT id, root, model, created, partial, shown, rejected, suppressed, baseline FROM audits ";

// Opened for each operation: the writer's lock is then held for milliseconds.
Result<std::unique_ptr<Db>> OpenDb(const std::string& path, bool read_only) {
  return Db::Open(
      path, {.application_id = kApplicationId, .migrations = {kSchema}, .read_only = read_only});
}

template <typename... Values>
Status Change(const std::string& path, std::string_view sql, const Values&... values) {
  auto db = OpenDb(path, false);
  if (!db) return db.error();
  auto transaction = (*db)->Begin();
  if (!transaction) return transaction.error();
  {
    auto statement = (*db)->Prepare(sql);
    if (!statement) return statement.error();
    if (auto bound = statement->Bind(values...); !bound) return bound;
    if (auto run = statement->Run(); !run) return run;
  }
  const bool changed = (*db)->changes() > 0;
  if (auto committed = transaction->Commit(); !committed) return committed;
  if (changed) return OkStatus();
  return Error{Code::kNotFound, "there is no such audit"};
}

AuditInfo ReadInfo(const Statement& row) {
  return {.id = std::string(row.Text(0)),
          .root = std::string(row.Text(1)),
          .model = std::string(row.Text(2)),
          .created = std::string(row.Text(3)),
          .partial = row.Int(4) != 0,
          .shown = static_cast<size_t>(row.Int(5)),
          .rejected = static_cast<size_t>(row.Int(6)),
          .suppressed = static_cast<size_t>(row.Int(7)),
          .baseline = static_cast<size_t>(row.Int(8))};
}

}  // namespace

Result<std::unique_ptr<AuditStore>> AuditStore::Open(const std::string& data_folder) {
  std::unique_ptr<AuditStore> store(new AuditStore(data_folder + "/audits.db"));
  // Made now, so that reading needs no writer later.
  if (auto db = OpenDb(store->path_, false); !db) return db.error();
  return store;
}

Status AuditStore::Put(const std::string& id, const AuditReport& report) const {
  auto put = Change(path_,
                    "INSERT INTO audits (id, root, model, created, partial, shown, rejected, "
                    "suppressed, baseline, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id, report.root, report.model, report.started, report.partial ? 1 : 0,
                    report.Count(FindingState::kShown), report.Count(FindingState::kRejected),
                    report.Count(FindingState::kSuppressed), report.Count(FindingState::kBaseline),
                    RenderJson(report, {}));
  if (!put) return put;
  auto trimmed = Change(path_,
                        "DELETE FROM audits WHERE number NOT IN "
                        "(SELECT number FROM audits ORDER BY number DESC LIMIT ?)",
                        kAuditsMax);
  return trimmed || trimmed.error().code == Code::kNotFound ? OkStatus() : trimmed;
}

Status AuditStore::Update(const std::string& id, const AuditReport& report) const {
  return Change(path_, "UPDATE audits SET shown = ?, suppressed = ?, report = ? WHERE id = ?",
                report.Count(FindingState::kShown), report.Count(FindingState::kSuppressed),
                RenderJson(report, {}), id);
}

Result<std::vector<AuditInfo>> AuditStore::List() const {
  auto db = OpenDb(path_, true);
  if (!db) return db.error();
  auto rows = (*db)->Prepare(std::string(kInfo) + "ORDER BY number DESC");
  if (!rows) return rows.error();
  if (auto bound = rows->Bind(); !bound) return bound.error();
  std::vector<AuditInfo> list;
  while (true) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return list;
    list.push_back(ReadInfo(*rows));
  }
}

Result<AuditInfo> AuditStore::Find(const std::string& id) const {
  auto db = OpenDb(path_, true);
  if (!db) return db.error();
  auto rows = (*db)->Prepare(std::string(kInfo) + "WHERE id = ?");
  if (!rows) return rows.error();
  if (auto bound = rows->Bind(id); !bound) return bound.error();
  auto row = rows->Step();
  if (!row) return row.error();
  if (!*row) return Error{Code::kNotFound, "there is no such audit"};
  return ReadInfo(*rows);
}

Result<AuditReport> AuditStore::Report(const std::string& id) const {
  auto db = OpenDb(path_, true);
  if (!db) return db.error();
  auto rows = (*db)->Prepare("SELECT report FROM audits WHERE id = ?");
  if (!rows) return rows.error();
  if (auto bound = rows->Bind(id); !bound) return bound.error();
  auto row = rows->Step();
  if (!row) return row.error();
  if (!*row) return Error{Code::kNotFound, "there is no such audit"};
  return ReadReport(rows->Text(0));
}

Status AuditStore::Remove(const std::string& id) const {
  return Change(path_, "DELETE FROM audits WHERE id = ?", id);
}

}  // namespace fathom
