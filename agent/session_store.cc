// SPDX-License-Identifier: Apache-2.0
#include "agent/session_store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include "agent/session_rows.h"
#include "base/crash_point.h"
#include "base/db.h"
#include "base/did_you_mean.h"
#include "base/files.h"
#include "engine/chat/openai_json.h"

namespace fathom {
namespace {

constexpr uint32_t kApplicationId = 0x46544d53;  // "FTMS"
constexpr size_t kTitleBytesMax = 80;
constexpr size_t kSessionsComparedMax = 10'000;  // when an id is not found
// Between writing a state and naming it a process needs milliseconds.
constexpr auto kUnnamedStateAge = std::chrono::minutes(10);

constexpr std::string_view kSchema = R"(
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  model TEXT NOT NULL,
  workspace TEXT NOT NULL,
  tools TEXT NOT NULL,
  parent TEXT NOT NULL,
  parent_turn INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  tainted_by TEXT NOT NULL,
  state_file TEXT NOT NULL,
  state_turn INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_update ON sessions (updated);
CREATE TABLE turns (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  turn INTEGER NOT NULL,
  state TEXT NOT NULL,
  run TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  steps INTEGER NOT NULL, calls INTEGER NOT NULL, rewinds INTEGER NOT NULL,
  prompt INTEGER NOT NULL, cached INTEGER NOT NULL, prefilled INTEGER NOT NULL,
  thinking INTEGER NOT NULL, output INTEGER NOT NULL,
  dollars REAL NOT NULL, seconds REAL NOT NULL, context INTEGER NOT NULL,
  last_event INTEGER NOT NULL,
  PRIMARY KEY (session, turn)
) STRICT;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  role TEXT NOT NULL,
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  name TEXT NOT NULL,
  call_id TEXT NOT NULL,
  calls TEXT NOT NULL,
  tokens BLOB NOT NULL,
  UNIQUE (session, seq)
) STRICT;
CREATE TABLE events (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  run TEXT NOT NULL,
  id INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  time INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (session, run, id)
) STRICT;
CREATE VIRTUAL TABLE message_text USING fts5 (content);
)";

std::string TitleOf(std::string_view text) {
  std::string title(text.substr(0, text.find('\n')));
  if (title.size() <= kTitleBytesMax) return title;
  title.resize(kTitleBytesMax);
  while (!title.empty() && (static_cast<unsigned char>(title.back()) & 0xC0) == 0x80)
    title.pop_back();
  if (!title.empty() && static_cast<unsigned char>(title.back()) >= 0xC0) title.pop_back();
  return title + "…";
}

// Runs one statement with values.
template <typename... Values>
Status Run(Db& db, std::string_view sql, const Values&... values) {
  auto statement = db.Prepare(sql);
  if (!statement) return statement.error();
  if (auto bound = statement->Bind(values...); !bound) return bound;
  return statement->Run();
}

// The first column of the first row, 0 without one.
template <typename... Values>
Result<int64_t> Number(Db& db, std::string_view sql, const Values&... values) {
  auto statement = db.Prepare(sql);
  if (!statement) return statement.error();
  if (auto bound = statement->Bind(values...); !bound) return bound.error();
  auto row = statement->Step();
  if (!row) return row.error();
  return *row ? statement->Int(0) : 0;
}

Status AddMessages(Db& db, const std::string& session, int64_t turn, const AgentState& state,
                   size_t from, const std::string& thinking) {
  size_t last_reply = state.messages.size();
  for (size_t i = from; i < state.messages.size(); ++i) {
    if (state.messages[i].role == Role::kAssistant) last_reply = i;
  }
  auto insert = db.Prepare(
      "INSERT INTO messages (session, seq, turn, role, content, thinking, name, call_id, calls, "
      "tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  auto text = db.Prepare("INSERT INTO message_text (rowid, content) VALUES (?, ?)");
  if (!text) return text.error();
  for (size_t i = from; i < state.messages.size(); ++i) {
    const Message& message = state.messages[i];
    const std::string calls = CallsText(message.tool_calls);
    if (auto s = insert->Bind(session, i, turn, RoleName(message.role), message.content,
                              i == last_reply ? std::string_view(thinking) : std::string_view(),
                              message.name, message.tool_call_id, calls, BytesOf(message.tokens));
        !s) {
      return s;
    }
    if (auto s = insert->Run(); !s) return s;
    if (auto s = text->Bind(db.last_row_id(), message.tool_calls.empty()
                                                  ? message.content
                                                  : message.content + "\n" + calls);
        !s)
      return s;
    if (auto s = text->Run(); !s) return s;
  }
  return OkStatus();
}

Status DropMessages(Db& db, const std::string& session, size_t from) {
  if (auto s = Run(db,
                   "DELETE FROM message_text WHERE rowid IN "
                   "(SELECT id FROM messages WHERE session = ? AND seq >= ?)",
                   session, from);
      !s) {
    return s;
  }
  return Run(db, "DELETE FROM messages WHERE session = ? AND seq >= ?", session, from);
}

Status AddEvents(Db& db, const std::string& session, int64_t turn,
                 const std::vector<Event>& events) {
  auto insert = db.Prepare(
      "INSERT INTO events (session, run, id, turn, time, type, data) VALUES (?, ?, ?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  for (const Event& event : events) {
    if (auto s = insert->Bind(session, event.run, event.id, turn, event.time_ms, event.type,
                              event.data.Dump());
        !s) {
      return s;
    }
    if (auto s = insert->Run(); !s) return s;
  }
  return OkStatus();
}

Status UpdateTurn(Db& db, const std::string& session, int64_t turn, const AgentRecord& record) {
  const AgentUsage& u = record.state.usage;
  const std::string state(record.outcome ? AgentStopName(record.outcome->stop) : "open");
  return Run(db,
             "UPDATE turns SET state = ?, ended = ?, steps = ?, calls = ?, rewinds = ?, prompt = "
             "?, cached = ?, prefilled = ?, thinking = ?, output = ?, dollars = ?, seconds = ?, "
             "context = ?, last_event = ? WHERE session = ? AND turn = ?",
             state, NowMs(), u.steps, u.calls, u.rewinds, u.prompt, u.cached, u.prefilled,
             u.thinking, u.output, u.dollars, u.seconds, u.context, record.state.last_event,
             session, turn);
}

Status Touch(Db& db, const std::string& session, const AgentState& state) {
  Json sources = Json::EmptyArray();
  for (const std::string& source : state.tainted_by) sources.Push(source);
  return Run(db, "UPDATE sessions SET updated = ?, tainted_by = ? WHERE id = ?", NowMs(),
             sources.Dump(), session);
}

constexpr std::string_view kLastTurn = "SELECT max(turn) FROM turns WHERE session = ?";
constexpr std::string_view kMessageCount = "SELECT count(*) FROM messages WHERE session = ?";

}  // namespace

// The database is opened for each operation: its writer lock is then held for milliseconds, and
// several runs of the program do not wait for each other.
struct SessionStore::Impl {
  std::string data_folder, cache_folder;

  std::string StatesFolder() const { return cache_folder + "/sessions"; }

  Result<std::unique_ptr<Db>> OpenDb(bool read_only) const {
    return Db::Open(
        data_folder + "/sessions.db",
        {.application_id = kApplicationId, .migrations = {kSchema}, .read_only = read_only});
  }

  // Runs `change` in one transaction.
  template <typename Change>
  Status Write(const Change& change) const {
    auto db = OpenDb(false);
    if (!db) return db.error();
    auto transaction = (*db)->Begin();
    if (!transaction) return transaction.error();
    if (Status status = change(**db); !status) return status;
    if (auto committed = transaction->Commit(); !committed) return committed;
    CrashPoint("session.recorded");
    return OkStatus();
  }

  // Removes files that no row names: those of `files`, and what killed processes left behind. The
  // writer's lock is held meanwhile, so that no other process names one of them.
  Status RemoveUnnamedStates(const std::set<std::string>& files) const {
    auto db = OpenDb(false);
    if (!db) return db.error();
    std::error_code error;
    std::vector<std::filesystem::path> unnamed;
    const auto old = std::filesystem::file_time_type::clock::now() - kUnnamedStateAge;
    std::filesystem::directory_iterator entry(StatesFolder(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      const std::string name = entry->path().filename();
      std::error_code gone;
      if (!files.contains(name) && !(entry->last_write_time(gone) < old)) continue;
      auto uses = Number(**db, "SELECT count(*) FROM sessions WHERE state_file = ?", name);
      if (!uses) return uses.error();
      if (*uses == 0) unnamed.push_back(entry->path());
    }
    for (const auto& path : unnamed) {
      std::filesystem::remove(path, error);
      if (error) return IoError(error.message(), path);
    }
    return OkStatus();
  }

  std::vector<SessionHit> WithStateBytes(std::vector<SessionHit> hits) const {
    for (SessionHit& hit : hits) {
      std::error_code error;
      if (hit.info.state_file.empty()) continue;
      const auto bytes =
          std::filesystem::file_size(StatesFolder() + "/" + hit.info.state_file, error);
      if (!error) hit.info.state_bytes = bytes;
    }
    return hits;
  }

  // So much of an id that it tells more than the `typed` bytes, with its title.
  static std::string Named(const std::string& id, const std::string& title, size_t typed) {
    return id.substr(0, std::max<size_t>(10, typed + 6)) + " (" + title + ")";
  }

  // Why `id` names no session or several: with the nearest ids.
  static Error NotOne(Db& db, const std::string& id) {
    auto rows = db.Prepare("SELECT id, title FROM sessions ORDER BY updated DESC LIMIT ?");
    if (!rows) return rows.error();
    if (auto s = rows->Bind(kSessionsComparedMax); !s) return s.error();
    std::vector<std::string> ids, titles, same;
    for (;;) {
      auto row = rows->Step();
      if (!row) return row.error();
      if (!*row) break;
      ids.emplace_back(rows->Text(0));
      titles.emplace_back(rows->Text(1));
      if (ids.back().starts_with(id)) same.push_back(Named(ids.back(), titles.back(), id.size()));
    }
    if (!id.empty() && same.size() > 1) {
      std::string list;
      for (size_t i = 0; i < std::min<size_t>(same.size(), 4); ++i) list += "\n  " + same[i];
      return Invalid("begins " + std::to_string(same.size()) +
                         " session ids; give more of the one that is meant:" + list,
                     id);
    }
    // A mistyped beginning is compared with beginnings.
    std::vector<std::string_view> beginnings;
    for (const std::string& known : ids)
      beginnings.push_back(std::string_view(known).substr(0, std::max<size_t>(id.size(), 3)));
    const std::string near = DidYouMean(id, beginnings);
    std::string hint = "fathom sessions list shows all";
    for (size_t i = 0; i < ids.size() && !near.empty(); ++i) {
      if (!ids[i].starts_with(near)) continue;
      hint = "did you mean " + Named(ids[i], titles[i], id.size()) + "?";
      break;
    }
    return Error{Code::kNotFound, "no session of this id; " + hint, id};
  }
};

SessionStore::SessionStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SessionStore::~SessionStore() = default;

Result<std::unique_ptr<SessionStore>> SessionStore::Open(const std::string& data_folder,
                                                         const std::string& cache_folder) {
  std::unique_ptr<SessionStore> store(
      new SessionStore(std::unique_ptr<Impl>(new Impl{data_folder, cache_folder})));
  // Made and brought to the current schema now, so that reading needs no writer later.
  auto db = store->impl_->OpenDb(false);
  if (!db) return db.error();
  return store;
}

Result<std::string> SessionStore::Create(const NewSession& session) {
  const std::string id = NewId("s-");
  auto status = impl_->Write([&](Db& db) {
    return Run(db, "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, '', 0, ?, ?, '[]', '', 0)", id,
               session.title, session.model, session.workspace, session.tools, NowMs(), NowMs());
  });
  if (!status) return status.error();
  return id;
}

Result<size_t> SessionStore::Begin(const std::string& session, const AgentState& state,
                                   const std::string& run) {
  int64_t turn = 0;
  auto status = impl_->Write([&](Db& db) -> Status {
    auto last = Number(db, kLastTurn, session);
    if (!last) return last.error();
    auto count = Number(db, kMessageCount, session);
    if (!count) return count.error();
    turn = *last + 1;
    if (auto s = Run(db,
                     "INSERT INTO turns VALUES (?, ?, 'open', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
                     "0, 0, 0, 0)",
                     session, turn, run, NowMs());
        !s) {
      return s;
    }
    const auto from = std::min(static_cast<size_t>(*count), state.messages.size());
    if (auto s = AddMessages(db, session, turn, state, from, ""); !s) return s;
    if (!state.messages.empty() && turn == 1) {
      if (auto s = Run(db, "UPDATE sessions SET title = ? WHERE id = ? AND title = ''",
                       TitleOf(state.messages.back().content), session);
          !s) {
        return s;
      }
    }
    return Touch(db, session, state);
  });
  if (!status) return status.error();
  return static_cast<size_t>(turn);
}

Status SessionStore::Record(const std::string& session, const AgentRecord& record) {
  return impl_->Write([&](Db& db) -> Status {
    auto turn = Number(db, kLastTurn, session);
    if (!turn) return turn.error();
    if (*turn == 0) return Invalid("has no turn to record into", session);
    if (auto s = DropMessages(db, session, record.messages_kept); !s) return s;
    auto count = Number(db, kMessageCount, session);
    if (!count) return count.error();
    if (auto s = AddMessages(db, session, *turn, record.state, static_cast<size_t>(*count),
                             record.thinking);
        !s) {
      return s;
    }
    if (auto s = AddEvents(db, session, *turn, record.events); !s) return s;
    if (auto s = UpdateTurn(db, session, *turn, record); !s) return s;
    return Touch(db, session, record.state);
  });
}

Result<std::vector<SessionHit>> SessionStore::List(const std::string& query,
                                                   size_t count_max) const {
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  const std::string match = SearchText(query);
  std::vector<SessionHit> hits;
  if (match.empty()) {
    auto rows = (*db)->Prepare(SessionsSql("ORDER BY updated DESC, sessions.id LIMIT ?"));
    if (!rows) return rows.error();
    if (auto s = rows->Bind(count_max); !s) return s.error();
    auto all = ReadHits(*rows);
    if (!all) return all.error();
    return impl_->WithStateBytes(std::move(*all));
  }
  auto rows = (*db)->Prepare(
      SessionsSql("JOIN messages ON messages.session = sessions.id JOIN message_text ON "
                  "message_text.rowid = messages.id WHERE message_text MATCH ? ORDER BY rank",
                  "snippet(message_text, 0, '', '', '…', 12)"));
  if (!rows) return rows.error();
  if (auto s = rows->Bind(match); !s) return s.error();
  auto matches = ReadHits(*rows);
  if (!matches) return matches.error();
  std::set<std::string> seen;  // a session counts by its best message
  for (SessionHit& hit : *matches) {
    if (hits.size() < count_max && seen.insert(hit.info.id).second) hits.push_back(std::move(hit));
  }
  return impl_->WithStateBytes(std::move(hits));
}

Result<SessionInfo> SessionStore::Find(const std::string& id) const {
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  const bool has_prefix = id.starts_with("s-") || std::string_view("s-").starts_with(id);
  const std::string beginning = has_prefix ? id : "s-" + id;
  auto rows = (*db)->Prepare(SessionsSql("WHERE substr(sessions.id, 1, length(?1)) = ?1 LIMIT 2"));
  if (!rows) return rows.error();
  if (auto s = rows->Bind(beginning); !s) return s.error();
  auto hits = ReadHits(*rows);
  if (!hits) return hits.error();
  if (hits->size() != 1 || id.empty()) return Impl::NotOne(**db, beginning);
  return impl_->WithStateBytes(std::move(*hits))[0].info;
}

Result<std::vector<SessionMessage>> SessionStore::Messages(const std::string& id) const {
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  return ReadMessages(**db, id);
}

Result<std::vector<SessionTurn>> SessionStore::Turns(const std::string& id) const {
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  return ReadTurns(**db, id);
}

Result<std::vector<Event>> SessionStore::Events(const std::string& id, const std::string& run,
                                                int64_t after) const {
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  return ReadEvents(**db, id, run, after);
}

Result<LoadedSession> SessionStore::Load(const std::string& id) const {
  auto info = Find(id);
  if (!info) return info.error();
  auto db = impl_->OpenDb(true);
  if (!db) return db.error();
  auto messages = ReadMessages(**db, info->id);
  if (!messages) return messages.error();
  auto turns = ReadTurns(**db, info->id);
  if (!turns) return turns.error();
  LoadedSession loaded{.info = *info};
  loaded.state.conversation = info->id;
  for (SessionMessage& message : *messages)
    loaded.state.messages.push_back(std::move(message.message));
  if (!turns->empty() && turns->back().state != AgentStopName(AgentStop::kDone)) {
    loaded.state.usage = turns->back().usage;
    loaded.run = turns->back().run;
    auto last = Number(**db, "SELECT max(last_event) FROM turns WHERE session = ? AND run = ?",
                       info->id, loaded.run);
    if (!last) return last.error();
    loaded.state.last_event = *last;
  }
  auto row = (*db)->Prepare("SELECT tainted_by, state_file FROM sessions WHERE id = ?");
  if (!row) return row.error();
  if (auto s = row->Bind(info->id); !s) return s.error();
  auto stands = row->Step();
  if (!stands) return stands.error();
  if (!*stands) return Error{Code::kNotFound, "was removed meanwhile", info->id};
  auto sources = ReadStrings(row->Text(0));
  if (!sources) return sources.error();
  loaded.state.tainted_by = std::move(*sources);
  if (!row->Text(1).empty())
    loaded.state_path = impl_->StatesFolder() + "/" + std::string(row->Text(1));
  return loaded;
}

Result<std::string> SessionStore::Fork(const std::string& id, size_t turn) {
  auto info = Find(id);
  if (!info) return info.error();
  if (turn > info->turns) {
    return Invalid("has " + std::to_string(info->turns) + " turns, no turn " + std::to_string(turn),
                   info->id);
  }
  const std::string fork = NewId("s-");
  auto status = impl_->Write([&](Db& db) -> Status {
    if (auto s = Run(db,
                     "INSERT INTO sessions SELECT ?, title, model, workspace, tools, id, ?2, ?3, "
                     "?3, tainted_by, iif(state_turn <= ?2, state_file, ''), "
                     "iif(state_turn <= ?2, state_turn, 0) FROM sessions WHERE id = ?4",
                     fork, turn, NowMs(), info->id);
        !s) {
      return s;
    }
    if (auto s = CopyTurns(db, info->id, fork, turn); !s) return s;
    return OkStatus();
  });
  if (!status) return status.error();
  return fork;
}

Result<FileDescriptor> SessionStore::Hold(const std::string& session) const {
  auto lock = TakeLock(impl_->data_folder + "/locks", session);
  if (!lock && lock.error().code == Code::kBusy) {
    return Error{Code::kBusy,
                 "is in use: a run of the server, a workflow or a terminal carries it on", session};
  }
  return lock;
}

Status SessionStore::Remove(const std::string& id) {
  auto info = Find(id);
  if (!info) return info.error();
  const auto hold = Hold(info->id);
  if (!hold) return hold.error();
  std::string file;
  auto status = impl_->Write([&](Db& db) -> Status {
    auto named = StateFileOf(db, info->id);
    if (!named) return named.error();
    file = *named;
    if (auto s = DropMessages(db, info->id, 0); !s) return s;
    return Run(db, "DELETE FROM sessions WHERE id = ?", info->id);
  });
  if (!status) return status;
  CrashPoint("session.rows_removed");
  return impl_->RemoveUnnamedStates({file});
}

Result<SavedState> SessionStore::KeepState(const std::string& id, ChatModel& model,
                                           const ChatRequest& request) {
  auto saved = model.SaveState(request, impl_->StatesFolder());
  if (!saved) return saved.error();
  CrashPoint("session.state_written");
  std::string earlier;
  auto status = impl_->Write([&](Db& db) -> Status {
    auto named = StateFileOf(db, id);
    if (!named) return named.error();
    earlier = *named;
    std::error_code error;
    if (!std::filesystem::exists(states_folder() + "/" + saved->file, error))
      return Error{Code::kUnavailable, "the state was removed while it was being kept", id};
    auto turn = Number(db, kLastTurn, id);
    if (!turn) return turn.error();
    return Run(db, "UPDATE sessions SET state_file = ?, state_turn = ? WHERE id = ?", saved->file,
               *turn, id);
  });
  if (!status) return status.error();
  CrashPoint("session.state_named");
  if (earlier != saved->file) {
    if (auto removed = impl_->RemoveUnnamedStates({earlier}); !removed) return removed.error();
  }
  return saved;
}

std::string SessionStore::states_folder() const {
  return impl_->StatesFolder();
}

}  // namespace fathom
