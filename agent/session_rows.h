// SPDX-License-Identifier: Apache-2.0
// Rows of sessions.db to values and back; for session_store.cc alone.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agent/session_store.h"
#include "base/db.h"

namespace fathom {

std::string CallsText(const std::vector<ToolCall>& calls);
std::span<const uint8_t> BytesOf(const std::vector<Token>& tokens);
Result<std::vector<std::string>> ReadStrings(std::string_view json);

// SELECT of the columns that ReadHits reads, with `rest` behind FROM sessions; `excerpt` is an SQL
// expression.
std::string SessionsSql(std::string_view rest, std::string_view excerpt = "''");
Result<std::vector<SessionHit>> ReadHits(Statement& rows);

Result<std::vector<SessionMessage>> ReadMessages(Db& db, const std::string& session);
Result<std::vector<SessionTurn>> ReadTurns(Db& db, const std::string& session);
Result<std::vector<Event>> ReadEvents(Db& db, const std::string& session, const std::string& run,
                                      int64_t after);
Result<std::string> StateFileOf(Db& db, const std::string& session);
Status CopyTurns(Db& db, const std::string& from, const std::string& to, size_t turns);

// Words as an FTS5 query: each quoted, so that none is an operator. Empty for no words.
std::string SearchText(std::string_view words);

}  // namespace fathom
