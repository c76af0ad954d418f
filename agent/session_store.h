// SPDX-License-Identifier: Apache-2.0
// SessionStore: conversations in sessions.db, and where their model states lie.
//
// Promises
//  * Begin() and Record() have committed (base/db.h) when they return: kill -9 after that loses
//    nothing. What was streamed but not recorded is gone whole; no half of a record is ever seen.
//  * Several processes may use one store; they take turns for the milliseconds of a commit. A
//  session
//    is carried on by one at a time (Hold).
//  * A state file is complete before a row names it, and is removed when no row does; what a killed
//    process left is removed with the next state. A state is a copy of the conversation: 0600, in a
//    folder of 0700.
// Crash points: session.recorded, session.state_written, session.state_named, session.rows_removed,
// and those of base/db.h.
// Safe from any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "base/file_descriptor.h"
#include "base/result.h"

namespace fathom {

struct NewSession {
  std::string title;      // empty: the first line of the first user message
  std::string model;      // as --model was given
  std::string workspace;  // absolute; empty: none
  std::string tools;      // the names offered, comma separated
};

struct SessionInfo {
  std::string id;
  std::string title, model, workspace, tools;
  std::string parent;      // forked from; empty: from none
  size_t parent_turn = 0;  // its last turn that this one has too
  int64_t created_ms = 0, updated_ms = 0;
  size_t turns = 0, messages = 0;
  std::string turn_state;  // of the last turn: "open", or an AgentStopName
  AgentUsage usage;        // of all turns
  std::string state_file;  // the kept model state, inside states_folder(); empty: none is kept
  size_t state_turn = 0;   // the turn after which it was kept
  size_t state_bytes = 0;  // on disk; 0 when the file is gone
};

struct SessionTurn {
  size_t turn = 0;  // from 1
  std::string state;
  std::string run;
  int64_t started_ms = 0, ended_ms = 0;
  AgentUsage usage;
};

struct SessionMessage {
  size_t turn = 0;
  Message message;
  std::string thinking;
};

// A session to be continued: `state` is what RunAgent takes. Its usage is that of the last turn
// when that one is open or paused, else zero.
struct LoadedSession {
  SessionInfo info;
  AgentState state;
  std::string run;                        // of the open or paused turn
  std::optional<std::string> state_path;  // a saved model state of it
};

struct SessionHit {
  SessionInfo info;
  std::string excerpt;  // of the best match, when there was a query
};

class SessionStore {
 public:
  // sessions.db in `data_folder`, states in `cache_folder`/sessions. Made when first written.
  static Result<std::unique_ptr<SessionStore>> Open(const std::string& data_folder,
                                                    const std::string& cache_folder);
  ~SessionStore();

  Result<std::string> Create(const NewSession& session);
  // For whoever carries a session on: from before it is loaded to the end of its last turn. kBusy
  // while another does, in whatever process.
  Result<FileDescriptor> Hold(const std::string& session) const;
  // A new turn, with the messages of `state` that are not stored yet (the user's). Returns its
  // number.
  Result<size_t> Begin(const std::string& session, const AgentState& state, const std::string& run);
  // What AgentOptions::record is given, for the latest turn.
  Status Record(const std::string& session, const AgentRecord& record);

  // Newest first. `query`: words that all must stand in one message.
  Result<std::vector<SessionHit>> List(const std::string& query, size_t count_max) const;
  // An id, or the beginning of one when it is the only one; "s-" may be left out. kNotFound names
  // the nearest id, kInvalid the several that begin so.
  Result<SessionInfo> Find(const std::string& id) const;
  Result<LoadedSession> Load(const std::string& id) const;
  Result<std::vector<SessionMessage>> Messages(const std::string& id) const;
  Result<std::vector<SessionTurn>> Turns(const std::string& id) const;
  // Events of a run (of all runs when empty) with an id above `after`.
  Result<std::vector<Event>> Events(const std::string& id, const std::string& run,
                                    int64_t after) const;

  // A new session that has turns 1 to `turn` of this one. Returns its id.
  Result<std::string> Fork(const std::string& id, size_t turn);
  // Rows and states. kBusy while somebody holds it.
  Status Remove(const std::string& id);

  // Saves the model state of the session's messages, in place of its earlier one.
  Result<SavedState> KeepState(const std::string& id, ChatModel& model, const ChatRequest& request);

  std::string states_folder() const;

 private:
  struct Impl;
  explicit SessionStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

Json SessionJson(const SessionInfo& info);
// Everything of a session but its events, as one object; and for people to read.
Result<Json> ExportSession(const SessionStore& store, const std::string& id);
Result<std::string> ExportSessionMarkdown(const SessionStore& store, const std::string& id);

}  // namespace fathom
