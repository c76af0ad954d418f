// SPDX-License-Identifier: Apache-2.0
#include "agent/session_rows.h"

#include <cstring>

#include "engine/chat/openai_json.h"

namespace fathom {
namespace {

Result<Role> RoleFromName(std::string_view name) {
  for (const Role role : {Role::kSystem, Role::kUser, Role::kAssistant, Role::kTool}) {
    if (RoleName(role) == name) return role;
  }
  return Error{Code::kCorrupt, "sessions.db holds a message of role " + std::string(name)};
}

Result<std::vector<ToolCall>> ReadCalls(std::string_view text) {
  auto json = Json::Parse(text);
  if (!json || !json->is_array()) return Error{Code::kCorrupt, "sessions.db holds broken calls"};
  std::vector<ToolCall> calls;
  for (const Json& call : json->as_array()) {
    const Json *id = call.Find("id"), *name = call.Find("name"),
               *arguments = call.Find("arguments");
    if (!id || !name || !arguments || !id->is_string() || !name->is_string() ||
        !arguments->is_string()) {
      return Error{Code::kCorrupt, "sessions.db holds a broken call"};
    }
    calls.push_back({id->as_string(), name->as_string(), arguments->as_string()});
  }
  return calls;
}

// Eleven columns from `first` on, in the order of AgentUsage.
AgentUsage ReadUsage(const Statement& row, int first) {
  const auto count = [&](int offset) { return static_cast<size_t>(row.Int(first + offset)); };
  return {.steps = count(0),
          .calls = count(1),
          .rewinds = count(2),
          .prompt = count(3),
          .cached = count(4),
          .prefilled = count(5),
          .thinking = count(6),
          .output = count(7),
          .dollars = row.Real(first + 8),
          .seconds = row.Real(first + 9),
          .context = count(10)};
}

}  // namespace

std::string CallsText(const std::vector<ToolCall>& calls) {
  Json json = Json::EmptyArray();
  for (const ToolCall& call : calls) {
    json.Push(
        Json(Json::Object{{"id", call.id}, {"name", call.name}, {"arguments", call.arguments}}));
  }
  return json.Dump();
}

std::span<const uint8_t> BytesOf(const std::vector<Token>& tokens) {
  return {reinterpret_cast<const uint8_t*>(tokens.data()), tokens.size() * sizeof(Token)};
}

Result<std::vector<std::string>> ReadStrings(std::string_view json) {
  auto parsed = Json::Parse(json);
  if (!parsed || !parsed->is_array()) return Error{Code::kCorrupt, "sessions.db: no list of texts"};
  std::vector<std::string> texts;
  for (const Json& text : parsed->as_array()) {
    if (!text.is_string()) return Error{Code::kCorrupt, "sessions.db: no list of texts"};
    texts.push_back(text.as_string());
  }
  return texts;
}

std::string SessionsSql(std::string_view rest, std::string_view excerpt) {
  return "SELECT sessions.id, title, model, workspace, tools, parent, parent_turn, created, "
         "updated, (SELECT count(*) FROM turns WHERE session = sessions.id), (SELECT count(*) FROM "
         "messages WHERE session = sessions.id), coalesce(last.state, ''), spent.steps, "
         "spent.calls, spent.rewinds, spent.prompt, spent.cached, spent.prefilled, spent.thinking, "
         "spent.output, spent.dollars, spent.seconds, coalesce(last.context, 0), state_file, "
         "state_turn, " +
         std::string(excerpt) +
         " FROM sessions LEFT JOIN (SELECT session, max(turn) AS turn, sum(steps) AS steps, "
         "sum(calls) AS calls, sum(rewinds) AS rewinds, sum(prompt) AS prompt, sum(cached) AS "
         "cached, sum(prefilled) AS prefilled, sum(thinking) AS thinking, sum(output) AS output, "
         "sum(dollars) AS dollars, sum(seconds) AS seconds FROM turns GROUP BY session) AS spent "
         "ON spent.session = sessions.id LEFT JOIN turns AS last ON last.session = sessions.id AND "
         "last.turn = spent.turn " +
         std::string(rest);
}

Result<std::vector<SessionHit>> ReadHits(Statement& rows) {
  std::vector<SessionHit> hits;
  for (;;) {
    auto row = rows.Step();
    if (!row) return row.error();
    if (!*row) return hits;
    const auto text = [&](int column) { return std::string(rows.Text(column)); };
    hits.push_back({.info = {.id = text(0),
                             .title = text(1),
                             .model = text(2),
                             .workspace = text(3),
                             .tools = text(4),
                             .parent = text(5),
                             .parent_turn = static_cast<size_t>(rows.Int(6)),
                             .created_ms = rows.Int(7),
                             .updated_ms = rows.Int(8),
                             .turns = static_cast<size_t>(rows.Int(9)),
                             .messages = static_cast<size_t>(rows.Int(10)),
                             .turn_state = text(11),
                             .usage = ReadUsage(rows, 12),
                             .state_file = text(23),
                             .state_turn = static_cast<size_t>(rows.Int(24))},
                    .excerpt = text(25)});
  }
}

Result<std::vector<SessionMessage>> ReadMessages(Db& db, const std::string& session) {
  auto rows = db.Prepare(
      "SELECT turn, role, content, thinking, name, call_id, calls, tokens FROM messages WHERE "
      "session = ? ORDER BY seq");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(session); !s) return s.error();
  std::vector<SessionMessage> messages;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return messages;
    auto role = RoleFromName(rows->Text(1));
    if (!role) return role.error();
    auto calls = ReadCalls(rows->Text(6));
    if (!calls) return calls.error();
    SessionMessage read{.turn = static_cast<size_t>(rows->Int(0)),
                        .message = {.role = *role,
                                    .content = std::string(rows->Text(2)),
                                    .name = std::string(rows->Text(4)),
                                    .tool_call_id = std::string(rows->Text(5)),
                                    .tool_calls = std::move(*calls)},
                        .thinking = std::string(rows->Text(3))};
    const auto tokens = rows->Blob(7);
    read.message.tokens.resize(tokens.size() / sizeof(Token));
    if (!read.message.tokens.empty())
      std::memcpy(read.message.tokens.data(), tokens.data(),
                  read.message.tokens.size() * sizeof(Token));
    messages.push_back(std::move(read));
  }
}

Result<std::vector<SessionTurn>> ReadTurns(Db& db, const std::string& session) {
  auto rows = db.Prepare(
      "SELECT turn, state, run, started, ended, steps, calls, rewinds, prompt, cached, prefilled, "
      "thinking, output, dollars, seconds, context FROM turns WHERE session = ? ORDER BY turn");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(session); !s) return s.error();
  std::vector<SessionTurn> turns;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return turns;
    turns.push_back({.turn = static_cast<size_t>(rows->Int(0)),
                     .state = std::string(rows->Text(1)),
                     .run = std::string(rows->Text(2)),
                     .started_ms = rows->Int(3),
                     .ended_ms = rows->Int(4),
                     .usage = ReadUsage(*rows, 5)});
  }
}

Result<std::vector<Event>> ReadEvents(Db& db, const std::string& session, const std::string& run,
                                      int64_t after) {
  auto rows = db.Prepare(
      "SELECT id, type, run, time, data FROM events WHERE session = ? AND (?2 = '' OR run = ?2) "
      "AND id > ? ORDER BY turn, id");
  if (!rows) return rows.error();
  if (auto s = rows->Bind(session, run, after); !s) return s.error();
  std::vector<Event> events;
  for (;;) {
    auto row = rows->Step();
    if (!row) return row.error();
    if (!*row) return events;
    auto data = Json::Parse(rows->Text(4));
    if (!data) return Error{Code::kCorrupt, "sessions.db holds a broken event"};
    events.push_back({rows->Int(0), std::string(rows->Text(1)), std::string(rows->Text(2)),
                      rows->Int(3), std::move(*data)});
  }
}

Result<std::string> StateFileOf(Db& db, const std::string& session) {
  auto row = db.Prepare("SELECT state_file FROM sessions WHERE id = ?");
  if (!row) return row.error();
  if (auto s = row->Bind(session); !s) return s.error();
  auto stands = row->Step();
  if (!stands) return stands.error();
  if (!*stands) return Error{Code::kNotFound, "no session of this id", session};
  return std::string(row->Text(0));
}

Status CopyTurns(Db& db, const std::string& from, const std::string& to, size_t turns) {
  for (const std::string_view sql :
       {"INSERT INTO turns SELECT ?, turn, state, run, started, ended, steps, calls, rewinds, "
        "prompt, cached, prefilled, thinking, output, dollars, seconds, context, last_event FROM "
        "turns WHERE session = ? AND turn <= ?",
        "INSERT INTO messages (session, seq, turn, role, content, thinking, name, call_id, calls, "
        "tokens) SELECT ?, seq, turn, role, content, thinking, name, call_id, calls, tokens FROM "
        "messages WHERE session = ? AND turn <= ? ORDER BY seq"}) {
    auto copy = db.Prepare(sql);
    if (!copy) return copy.error();
    if (auto s = copy->Bind(to, from, turns); !s) return s;
    if (auto s = copy->Run(); !s) return s;
  }
  auto text = db.Prepare(
      "INSERT INTO message_text (rowid, content) SELECT id, content || iif(calls = '[]', '', "
      "char(10) || calls) FROM messages WHERE session = ?");
  if (!text) return text.error();
  if (auto s = text->Bind(to); !s) return s;
  return text->Run();
}

std::string SearchText(std::string_view words) {
  std::string query;
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find_first_of(" \t\n", at), words.size());
    if (end > at) {
      query += query.empty() ? "\"" : " \"";
      for (const char c : words.substr(at, end - at))
        query += c == '"' ? "\"\"" : std::string(1, c);
      query += '"';
    }
    at = end + 1;
  }
  return query;
}

}  // namespace fathom
