// SPDX-License-Identifier: Apache-2.0
// Db: one SQLite database, with one writing connection.
//
// Promises
//  * What Commit() acknowledged survives a crash of process and machine: WAL, synchronous FULL, the
//  folder synced when
//    the file is made. Crash points: db.before_commit, db.after_commit.
//  * One process writes: a lock beside the file (flock, gone with the process). Waiting for it has
//  a limit.
//  * A hostile file can make calls fail, not misbehave: trusted_schema off, DEFENSIVE,
//  cell_size_check, no extensions,
//    no mmap, lowered limits. A file of another program or of a newer version is refused by name.
//  * The file lies in a folder of 0700 and is 0600.
// SQL text is always ours; values are always bound. Not thread safe: one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fathom {

struct DbOptions {
  uint32_t application_id = 0;  // written into a new file, demanded of an existing one; not 0
  // migrations[i] brings the schema from version i to i + 1; several statements, run in one
  // transaction.
  std::vector<std::string_view> migrations;
  bool read_only = false;   // no lock, no migration; the file must be there and current
  int wait_ms_max = 5'000;  // for the lock of another process
};

class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Binds all parameters in order and starts over. Their number must be that of the statement
  // (CHECK).
  template <typename... Values>
  Status Bind(const Values&... values) {
    if (auto reset = Restart(sizeof...(values)); !reset) return reset;
    int index = 0;
    Status status;
    ((status = status.ok() ? BindOne(++index, values) : status), ...);
    return status;
  }

  // True: a row stands ready. False: done.
  Result<bool> Step();
  // Step until done; rows are dropped. For statements that return none.
  Status Run();

  // Columns of the row, from 0. Views live until the next Step or Bind.
  int64_t Int(int column) const;
  double Real(int column) const;
  std::string_view Text(int column) const;
  std::span<const uint8_t> Blob(int column) const;
  bool IsNull(int column) const;

 private:
  friend class Db;
  Statement(sqlite3* database, sqlite3_stmt* statement, const std::string* path);
  Status Restart(size_t value_count);
  Status BindOne(int index, int64_t value);
  Status BindOne(int index, int value) { return BindOne(index, int64_t{value}); }
  Status BindOne(int index, size_t value);
  Status BindOne(int index, double value);
  Status BindOne(int index, std::string_view value);
  Status BindOne(int index, const std::string& value) {
    return BindOne(index, std::string_view(value));
  }
  Status BindOne(int index, const char* value) { return BindOne(index, std::string_view(value)); }
  Status BindOne(int index, std::span<const uint8_t> value);
  Status BindOne(int index, std::nullptr_t);

  sqlite3* database_;
  sqlite3_stmt* statement_;
  const std::string* path_;  // of the Db, which lives longer
};

class Db {
 public:
  static Result<std::unique_ptr<Db>> Open(const std::string& path, const DbOptions& options);
  ~Db();
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;

  Result<Statement> Prepare(std::string_view sql);
  // Statements without parameters and results.
  Status Execute(const std::string& sql);

  // A transaction that is not committed is rolled back when it goes.
  class Transaction {
   public:
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Status Commit();

   private:
    friend class Db;
    explicit Transaction(Db* db) : db_(db) {}
    Db* db_;
  };
  Result<Transaction> Begin();

  int64_t last_row_id() const;
  int64_t changes() const;  // rows of the last statement
  // "ok", or what PRAGMA integrity_check found.
  Result<std::string> IntegrityCheck();

 private:
  struct Impl;
  explicit Db(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
