// SPDX-License-Identifier: Apache-2.0
// SqlReader: SELECT on the bytes of a SQLite database that others made. The file itself is never
// opened by SQLite: it works on a copy in memory.
//
// Promises
//  * Nothing is written and nothing else is read: an authoriser denies all but SELECT, reading
//    columns, functions and recursion; no ATTACH, PRAGMA, extension or second statement.
//  * A hostile file or query makes an error, not a crash, a hang or much memory: trusted_schema
//  off,
//    DEFENSIVE, cell_size_check; limits on steps, rows, bytes and time.
// A database in WAL mode is read as of its last checkpoint.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

struct SqlLimits {
  size_t rows_max = 100;
  size_t bytes_max = 0;             // of all values shown
  uint64_t steps_max = 50'000'000;  // of SQLite's virtual machine: some seconds
  std::function<Status()> stopped;  // asked every few thousand steps; not OK ends the query
};

struct SqlRows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;  // none: NULL
  bool is_cut = false;  // there are more rows, or values had to be cut
};

// Blobs come as x'0AFF', numbers as SQLite writes them.
Result<SqlRows> SelectFrom(std::string database, const std::string& sql, const SqlLimits& limits);

}  // namespace fathom
