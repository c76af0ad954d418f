// SPDX-License-Identifier: Apache-2.0
#include "base/sql_reader.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/limits.h"

namespace fathom {
namespace {

constexpr int kStepsBetweenChecks = 5'000;
constexpr size_t kHeaderBytes = 100;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

using Database = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;
using Prepared = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

struct Watch {
  const SqlLimits* limits = nullptr;
  uint64_t steps = 0;
  Status ended;
};

int OnProgress(void* user) {
  auto& watch = *static_cast<Watch*>(user);
  watch.steps += kStepsBetweenChecks;
  if (watch.steps > watch.limits->steps_max) {
    watch.ended = Error{Code::kLimit, "the query takes more than " +
                                          std::to_string(watch.limits->steps_max) + " steps"};
  } else if (watch.limits->stopped) {
    watch.ended = watch.limits->stopped();
  }
  return watch.ended.ok() ? 0 : 1;
}

int Authorise(void*, int action, const char*, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return std::strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

Error Failed(sqlite3* database, const Watch& watch) {
  if (!watch.ended.ok()) return watch.ended.error();
  const bool is_denied = sqlite3_errcode(database) == SQLITE_AUTH;
  return {is_denied ? Code::kPolicyDenied : Code::kInvalid,
          is_denied ? "only SELECT is permitted" : sqlite3_errmsg(database)};
}

Result<Database> OpenCopy(std::string* bytes) {
  if (bytes->size() < kHeaderBytes || !bytes->starts_with(kMagic)) {
    return Invalid("is no SQLite database");
  }
  // A copy in memory has no WAL beside it; the format is the same but for these two bytes.
  (*bytes)[18] = (*bytes)[19] = 1;
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(
      ":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw, sqlite3_close);
  if (opened != SQLITE_OK) return Error{Code::kUnavailable, "SQLite gave no connection"};
  const auto size = static_cast<sqlite3_int64>(bytes->size());
  if (sqlite3_deserialize(raw, "main", reinterpret_cast<unsigned char*>(bytes->data()), size, size,
                          SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
    return Invalid("is no usable SQLite database");
  }
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_exec(raw, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY", nullptr, nullptr,
               nullptr);
  sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, static_cast<int>(kSqlValueBytesMax));
  sqlite3_limit(raw, SQLITE_LIMIT_SQL_LENGTH, static_cast<int>(kSqlTextBytesMax));
  sqlite3_limit(raw, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(raw, SQLITE_LIMIT_COMPOUND_SELECT, 50);
  sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(raw, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1'000);
  sqlite3_set_authorizer(raw, &Authorise, nullptr);
  return database;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text = "x'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text + "'";
}

std::optional<std::string> Value(sqlite3_stmt* statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  if (type == SQLITE_NULL) return std::nullopt;
  if (type == SQLITE_BLOB) {
    const auto* blob = static_cast<const char*>(sqlite3_column_blob(statement, column));
    return Hex({blob == nullptr ? "" : blob,
                static_cast<size_t>(sqlite3_column_bytes(statement, column))});
  }
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (text == nullptr) return std::nullopt;
  return std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement, column)));
}

}  // namespace

Result<SqlRows> SelectFrom(std::string bytes, const std::string& sql, const SqlLimits& limits) {
  auto database = OpenCopy(&bytes);
  if (!database) return database.error();
  Watch watch{.limits = &limits};
  sqlite3_progress_handler(database->get(), kStepsBetweenChecks, &OnProgress, &watch);
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int prepared =
      sqlite3_prepare_v2(database->get(), sql.c_str(),
                         static_cast<int>(std::min(sql.size(), kSqlTextBytesMax)), &raw, &tail);
  const Prepared statement(raw, sqlite3_finalize);
  if (prepared != SQLITE_OK) return Failed(database->get(), watch);
  if (raw == nullptr || sqlite3_column_count(raw) == 0 || sqlite3_stmt_readonly(raw) == 0)
    return Invalid("expected a SELECT");
  const std::string_view rest =
      std::string_view(sql).substr(static_cast<size_t>(tail - sql.c_str()));
  if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    return Invalid("expected one statement, found a second");
  }
  SqlRows result;
  const int columns = sqlite3_column_count(raw);
  for (int i = 0; i < columns; ++i) result.columns.emplace_back(sqlite3_column_name(raw, i));
  size_t bytes_shown = 0;
  int state = SQLITE_ROW;
  while ((state = sqlite3_step(raw)) == SQLITE_ROW) {
    if (result.rows.size() == limits.rows_max || bytes_shown >= limits.bytes_max) {
      result.is_cut = true;
      return result;
    }
    std::vector<std::optional<std::string>> row;
    for (int i = 0; i < columns; ++i) {
      row.push_back(Value(raw, i));
      bytes_shown += row.back() ? row.back()->size() : 4;
    }
    result.rows.push_back(std::move(row));
  }
  if (state != SQLITE_DONE) return Failed(database->get(), watch);
  return result;
}

}  // namespace fathom
