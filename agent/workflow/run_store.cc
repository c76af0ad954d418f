// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/run_store.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/crash_point.h"
#include "base/db.h"
#include "base/files.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46545746;  // "FTWF"

constexpr std::string_view kSchema = R"(
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  workflow TEXT NOT NULL,
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  model TEXT NOT NULL,
  inputs TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_run TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  last_event INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_creation ON runs (created);
CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  instance INTEGER NOT NULL,
  state TEXT NOT NULL,
  matrix TEXT NOT NULL,
  output TEXT NOT NULL,
  error TEXT NOT NULL,
  tainted_by TEXT NOT NULL,
  session TEXT NOT NULL,
  kept_from TEXT NOT NULL,
  usage TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  UNIQUE (run, step, instance)
) STRICT;
CREATE TABLE events (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (run, id)
) STRICT;
)";

constexpr std::string_view kRunColumns =
    "SELECT id, workflow, file, hash, model, inputs, state, reason, from_run, created, updated, "
    "last_event, text FROM runs ";

Error Broken(const std::string& what) {
  return {Code::kCorrupt, "workflows.db holds " + what};
}

Json TextsJson(const std::vector<std::string>& texts) {
  Json list = Json::EmptyArray();
  for (const std::string& text : texts) list.Push(text);
  return list;
}

Result<std::unique_ptr<Db>> OpenDb(const std::string& folder, bool read_only) {
  return Db::Open(
      folder + "/workflows.db",
      {.application_id = kApplicationId, .migrations = {kSchema}, .read_only = read_only});
}

template <typename... Values>
Status RunSql(Db& db, std::string_view sql, const Values&... values) {
  auto statement = db.Prepare(sql);
  if (!statement) return statement.error();
  if (auto bound = statement->Bind(values...); !bound) return bound;
  return statement->Run();
}

Status PutStep(Db& db, const std::string& run, const WorkflowStepRecord& r) {
  return RunSql(db,
                "INSERT INTO steps (run, step, instance, state, matrix, output, error, tainted_by, "
                "session, kept_from, usage, started, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                "?, ?, ?) ON CONFLICT (run, step, instance) DO UPDATE SET state = excluded.state, "
                "matrix = excluded.matrix, output = excluded.output, error = excluded.error, "
                "tainted_by = excluded.tainted_by, session = excluded.session, kept_from = "
                "excluded.kept_from, usage = excluded.usage, started = excluded.started, ended = "
                "excluded.ended",
                run, r.step, r.instance, r.state, r.matrix.Dump(), r.output.Dump(), r.error,
                TextsJson(r.tainted_by).Dump(), r.session, r.kept_from, UsageJson(r.usage).Dump(),
                r.started_ms, r.ended_ms);
}

Status PutEvent(Db& db, const std::string& run, const Event& event) {
  return RunSql(db, "INSERT INTO events (run, id, time, type, data) VALUES (?, ?, ?, ?, ?)", run,
                event.id, event.time_ms, event.type, event.data.Dump());
}

Result<WorkflowRunInfo> ReadInfo(const Statement& row) {
  const auto text = [&](int column) { return std::string(row.Text(column)); };
  auto inputs = Json::Parse(row.Text(5));
  if (!inputs) return Broken("broken inputs");
  return WorkflowRunInfo{.id = text(0),
                         .workflow = text(1),
                         .file = text(2),
                         .hash = text(3),
                         .model = text(4),
                         .state = text(6),
                         .reason = text(7),
                         .from_run = text(8),
                         .inputs = std::move(*inputs),
                         .created_ms = row.Int(9),
                         .updated_ms = row.Int(10),
                         .last_event = row.Int(11)};
}

Result<WorkflowStepRecord> ReadStep(const Statement& row) {
  auto matrix = Json::Parse(row.Text(3)), output = Json::Parse(row.Text(4)),
       taint = Json::Parse(row.Text(6)), usage = Json::Parse(row.Text(9));
  if (!matrix || !output || !taint || !taint->is_array()) return Broken("a broken step");
  if (!usage || !usage->is_object()) return Broken("a broken usage");
  WorkflowStepRecord record{.step = std::string(row.Text(0)),
                            .instance = static_cast<size_t>(row.Int(1)),
                            .state = std::string(row.Text(2)),
                            .matrix = std::move(*matrix),
                            .output = std::move(*output),
                            .error = std::string(row.Text(5)),
                            .session = std::string(row.Text(7)),
                            .kept_from = std::string(row.Text(8)),
                            .usage = UsageFromJson(*usage),
                            .started_ms = row.Int(10),
                            .ended_ms = row.Int(11)};
  for (const Json& source : taint->as_array()) {
    if (!source.is_string()) return Broken("a broken step");
    record.tainted_by.push_back(source.as_string());
  }
  return record;
}

Result<std::vector<WorkflowStepRecord>> ReadSteps(Db& db, const std::string& run) {
  auto rows = db.Prepare(
      "SELECT step, instance, state, matrix, output, error, tainted_by, session, kept_from, usage, "
      "started, ended FROM steps WHERE run = ? ORDER BY id");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(run); !s) return s.error();
  std::vector<WorkflowStepRecord> steps;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return steps;
    auto step = ReadStep(*rows);
    if (!step) return step.error();
    steps.push_back(std::move(*step));
  }
}

AgentUsage SumOf(const std::vector<WorkflowStepRecord>& steps) {
  AgentUsage sum;
  for (const WorkflowStepRecord& step : steps) {
    if (step.kept_from.empty()) sum = sum + step.usage;
  }
  return sum;
}

}  // namespace

Json WorkflowStepRecordJson(const WorkflowStepRecord& record) {
  return Json(
      Json::Object{{"step", record.step},
                   {"instance", record.instance},
                   {"state", record.state},
                   {"matrix", record.matrix},
                   {"output", record.output},
                   {"error", record.error},
                   {"tainted_by", TextsJson(record.tainted_by)},
                   {"session", record.session},
                   {"kept_from", record.kept_from},
                   {"usage", UsageJson(record.usage)},
                   {"started", TimeText(record.started_ms)},
                   {"ended", record.ended_ms == 0 ? Json() : Json(TimeText(record.ended_ms))}});
}

Json WorkflowRunJson(const WorkflowRunInfo& info) {
  return Json(Json::Object{{"run", info.id},
                           {"workflow", info.workflow},
                           {"file", info.file},
                           {"hash", info.hash},
                           {"model", info.model},
                           {"state", info.state},
                           {"reason", info.reason},
                           {"from_run", info.from_run},
                           {"inputs", info.inputs},
                           {"usage", UsageJson(info.usage)},
                           {"created", TimeText(info.created_ms)},
                           {"updated", TimeText(info.updated_ms)}});
}

const WorkflowStepRecord* WorkflowRunRecord::Find(std::string_view step, size_t instance) const {
  for (const WorkflowStepRecord& record : steps) {
    if (record.step == step && record.instance == instance) return &record;
  }
  return nullptr;
}

Result<std::unique_ptr<WorkflowRunStore>> WorkflowRunStore::Open(const std::string& data_folder) {
  // Made and brought to the current schema now, so that reading needs no writer later.
  auto db = OpenDb(data_folder, false);
  if (!db) return db.error();
  return std::unique_ptr<WorkflowRunStore>(new WorkflowRunStore(data_folder));
}

Result<std::string> WorkflowRunStore::Create(WorkflowRunRecord record) {
  WorkflowRunInfo& info = record.info;
  info.id = NewId("w-");
  auto db = OpenDb(folder_, false);
  if (!db) return db.error();
  auto transaction = (*db)->Begin();
  if (!transaction) return transaction.error();
  if (auto s = RunSql(**db, "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, 'open', '', ?, ?, ?, 0)",
                      info.id, info.workflow, info.file, record.text, info.hash, info.model,
                      info.inputs.Dump(), info.from_run, NowMs(), NowMs());
      !s) {
    return s.error();
  }
  for (const WorkflowStepRecord& step : record.steps) {
    if (auto s = PutStep(**db, info.id, step); !s) return s.error();
  }
  if (auto committed = transaction->Commit(); !committed) return committed.error();
  CrashPoint("run.created");
  return info.id;
}

Status WorkflowRunStore::Change(const std::string& run, const Transition& transition) {
  {
    auto db = OpenDb(folder_, false);
    if (!db) return db.error();
    auto begun = (*db)->Begin();
    if (!begun) return begun.error();
    for (const WorkflowStepRecord& step : transition.steps) {
      if (auto s = PutStep(**db, run, step); !s) return s;
    }
    for (const Event& event : transition.events) {
      if (auto s = PutEvent(**db, run, event); !s) return s;
    }
    if (!transition.state.empty()) {
      if (auto s = RunSql(**db, "UPDATE runs SET state = ?, reason = ? WHERE id = ?",
                          transition.state, transition.reason, run);
          !s) {
        return s;
      }
    }
    const int64_t last = transition.events.empty() ? 0 : transition.events.back().id;
    if (auto s = RunSql(**db,
                        "UPDATE runs SET updated = ?, last_event = max(last_event, ?) WHERE id = ?",
                        NowMs(), last, run);
        !s) {
      return s;
    }
    if (auto committed = begun->Commit(); !committed) return committed;
  }
  if (!transition.crash_point.empty()) CrashPoint(transition.crash_point);
  return OkStatus();
}

Status WorkflowRunStore::Remove(const std::string& run) {
  auto db = OpenDb(folder_, false);
  if (!db) return db.error();
  auto begun = (*db)->Begin();
  if (!begun) return begun.error();
  if (auto s = RunSql(**db, "DELETE FROM runs WHERE id = ?", run); !s) return s;
  return begun->Commit();
}

Result<std::vector<WorkflowRunInfo>> WorkflowRunStore::List(size_t count_max) const {
  auto db = OpenDb(folder_, true);
  if (!db) return db.error();
  auto rows = (*db)->Prepare(std::string(kRunColumns) + "ORDER BY created DESC, id LIMIT ?");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(count_max); !s) return s.error();
  std::vector<WorkflowRunInfo> runs;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) break;
    auto info = ReadInfo(*rows);
    if (!info) return info.error();
    runs.push_back(std::move(*info));
  }
  for (WorkflowRunInfo& info : runs) {
    auto steps = ReadSteps(**db, info.id);
    if (!steps) return steps.error();
    info.usage = SumOf(*steps);
  }
  return runs;
}

Result<WorkflowRunRecord> WorkflowRunStore::Load(const std::string& id) const {
  auto db = OpenDb(folder_, true);
  if (!db) return db.error();
  const bool has_prefix = id.starts_with("w-") || std::string_view("w-").starts_with(id);
  const std::string beginning = has_prefix ? id : "w-" + id;
  auto rows =
      (*db)->Prepare(std::string(kRunColumns) + "WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(beginning); !s) return s.error();
  auto row = rows->Step();
  if (!row) return row.error();
  if (!*row || id.empty()) return Error{Code::kNotFound, "there is no such run", id};
  auto info = ReadInfo(*rows);
  if (!info) return info.error();
  WorkflowRunRecord record{.info = std::move(*info), .text = std::string(rows->Text(12))};
  auto second = rows->Step();
  if (!second) return second.error();
  if (*second) return Invalid("names more than one run; give more of the id", id);
  auto steps = ReadSteps(**db, record.info.id);
  if (!steps) return steps.error();
  record.steps = std::move(*steps);
  record.info.usage = SumOf(record.steps);
  return record;
}

Result<std::vector<Event>> WorkflowRunStore::Events(const std::string& run, int64_t after) const {
  auto db = OpenDb(folder_, true);
  if (!db) return db.error();
  auto rows = (*db)->Prepare(
      "SELECT id, type, time, data FROM events WHERE run = ? AND id > ? ORDER BY id");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(run, after); !s) return s.error();
  std::vector<Event> events;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return events;
    auto data = Json::Parse(rows->Text(3));
    if (!data) return Broken("a broken event");
    events.push_back({.id = rows->Int(0),
                      .type = std::string(rows->Text(1)),
                      .run = run,
                      .time_ms = rows->Int(2),
                      .data = std::move(*data)});
  }
}

Result<FileDescriptor> WorkflowRunStore::Lock(const std::string& run) const {
  auto lock = TakeLock(folder_ + "/locks", run);
  if (!lock && lock.error().code == Code::kBusy)
    return Error{Code::kBusy, "this run is being carried out already", run};
  return lock;
}

}  // namespace fathom
