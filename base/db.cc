// SPDX-License-Identifier: Apache-2.0
#include "base/db.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <limits>
#include <thread>

#include "base/crash_point.h"
#include "base/file_descriptor.h"
#include "base/files.h"

namespace fathom {
namespace {

constexpr int kLockPollMs = 10;
// Lowered from SQLite's defaults: what our own statements never need.
constexpr int kSqlBytesMax = 100'000;
constexpr int kValueBytesMax = 256 << 20;  // a session export of a 1M-token corpus fits
constexpr int kExpressionDepthMax = 100;
constexpr int kColumnsMax = 100;
constexpr int kCompoundSelectMax = 10;

Error SqliteError(sqlite3* database, const std::string& path);
Result<FileDescriptor> Lock(const std::string& path, int wait_ms_max);
Status Secure(sqlite3* database, const std::string& path);

}  // namespace

struct Db::Impl {
  std::string path;
  FileDescriptor lock;
  sqlite3* database = nullptr;

  ~Impl() { sqlite3_close_v2(database); }
  Status Connect(const DbOptions& options);
  Status CheckIdentity(const DbOptions& options);
  Status Migrate(Db& db, const DbOptions& options);
  Status Run(const std::string& sql);
  Result<int64_t> Pragma(const std::string& name);
};

Result<std::unique_ptr<Db>> Db::Open(const std::string& path, const DbOptions& options) {
  CHECK(options.application_id != 0 && !path.empty() && path.front() == '/');
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  if (!options.read_only) {
    if (auto made = EnsurePrivateDir(path.substr(0, path.rfind('/'))); !made) return made.error();
    auto lock = Lock(path + ".lock", options.wait_ms_max);
    if (!lock) return lock.error();
    impl->lock = std::move(*lock);
  }
  if (auto connected = impl->Connect(options); !connected) return connected.error();
  std::unique_ptr<Db> db(new Db(std::move(impl)));
  if (auto migrated = db->impl_->Migrate(*db, options); !migrated) return migrated.error();
  return db;
}

Db::Db(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Db::~Db() = default;

Status Db::Impl::Connect(const DbOptions& options) {
  struct stat status;
  const bool absent = ::stat(path.c_str(), &status) != 0;
  if (absent && options.read_only) return Error{Code::kNotFound, std::strerror(errno), path};
  if (absent) {
    // Made here rather than by SQLite: 0600 from the first moment, and its name in the folder is
    // durable.
    const FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    const FileDescriptor folder(
        ::open(path.substr(0, path.rfind('/')).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!made.valid() || !folder.valid() || ::fsync(folder.get()) != 0) {
      return IoError(std::strerror(errno), path);
    }
  }
  const int flags =
      SQLITE_OPEN_NOFOLLOW | (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  if (sqlite3_open_v2(path.c_str(), &database, flags, nullptr) != SQLITE_OK) {
    return SqliteError(database, path);
  }
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, options.wait_ms_max);
  if (auto secured = Secure(database, path); !secured) return secured;
  if (auto checked = CheckIdentity(options); !checked) return checked;
  if (options.read_only) return Run("PRAGMA query_only = ON");
  return Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
}

// A new file has id 0 and no schema; anything else must carry our id.
Status Db::Impl::CheckIdentity(const DbOptions& options) {
  auto id = Pragma("application_id");
  if (!id) return id.error();
  auto version = Pragma("user_version");
  if (!version) return version.error();
  auto schema = Pragma("schema_version");
  if (!schema) return schema.error();
  const bool is_new = *id == 0 && *schema == 0 && *version == 0;
  if (!is_new && *id != options.application_id) {
    return Invalid("is a database of another program", path);
  }
  const auto newest = static_cast<int64_t>(options.migrations.size());
  if (*version < 0 || *version > newest) {
    return Invalid("has schema version " + std::to_string(*version) +
                       ", this program knows versions up to " + std::to_string(newest),
                   path);
  }
  if (options.read_only && *version != newest) {
    return Invalid(
        "has schema version " + std::to_string(*version) + ", needed is " + std::to_string(newest),
        path);
  }
  return OkStatus();
}

Status Db::Impl::Migrate(Db& db, const DbOptions& options) {
  if (options.read_only) return OkStatus();
  auto version = Pragma("user_version");
  if (!version) return version.error();
  for (auto at = static_cast<size_t>(*version); at < options.migrations.size(); ++at) {
    auto transaction = db.Begin();
    if (!transaction) return transaction.error();
    if (auto run = Run(std::string(options.migrations[at])); !run) return run;
    // Both numbers are part of the transaction: a killed migration leaves the old version whole.
    if (auto run = Run("PRAGMA user_version = " + std::to_string(at + 1) +
                       "; PRAGMA application_id = " + std::to_string(options.application_id));
        !run) {
      return run;
    }
    if (auto committed = transaction->Commit(); !committed) return committed;
  }
  return OkStatus();
}

Status Db::Impl::Run(const std::string& sql) {
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return SqliteError(database, path);
  }
  return OkStatus();
}

Result<int64_t> Db::Impl::Pragma(const std::string& name) {
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "PRAGMA " + name;
  int64_t value = 0;
  int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW) return SqliteError(database, path);
  return value;
}

Result<Statement> Db::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  CHECK(sql.size() < kSqlBytesMax);
  const int code = sqlite3_prepare_v2(impl_->database, sql.data(), static_cast<int>(sql.size()),
                                      &statement, &tail);
  if (code != SQLITE_OK) return SqliteError(impl_->database, impl_->path);
  CHECK_MESSAGE(statement != nullptr && tail == sql.data() + sql.size(), "one statement at a time");
  return Statement(impl_->database, statement, &impl_->path);
}

Status Db::Execute(const std::string& sql) {
  return impl_->Run(sql);
}

Result<Db::Transaction> Db::Begin() {
  if (auto begun = impl_->Run("BEGIN IMMEDIATE"); !begun) return begun.error();
  return Transaction(this);
}

Db::Transaction::Transaction(Transaction&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)) {}

Db::Transaction::~Transaction() {
  // A failing ROLLBACK (disk error) has rolled back already or does so at the next open.
  if (db_ != nullptr) (void)db_->impl_->Run("ROLLBACK").ok();
}

Status Db::Transaction::Commit() {
  CHECK(db_ != nullptr);
  CrashPoint("db.before_commit");
  if (auto committed = db_->impl_->Run("COMMIT"); !committed) return committed;
  db_ = nullptr;
  CrashPoint("db.after_commit");
  return OkStatus();
}

int64_t Db::last_row_id() const {
  return sqlite3_last_insert_rowid(impl_->database);
}
int64_t Db::changes() const {
  return sqlite3_changes64(impl_->database);
}

Result<std::string> Db::IntegrityCheck() {
  auto statement = Prepare("PRAGMA integrity_check(10)");
  if (!statement) return statement.error();
  std::string found;
  for (;;) {
    auto row = statement->Step();
    if (!row) return row.error();
    if (!*row) return found;
    if (!found.empty()) found += "; ";
    found += statement->Text(0);
  }
}

Statement::Statement(sqlite3* database, sqlite3_stmt* statement, const std::string* path)
    : database_(database), statement_(statement), path_(path) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      path_(other.path_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(statement_, other.statement_);
  std::swap(path_, other.path_);
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Result<bool> Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return SqliteError(database_, *path_);
}

Status Statement::Run() {
  for (;;) {
    auto row = Step();
    if (!row) return row.error();
    if (!*row) return OkStatus();
  }
}

int64_t Statement::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::Real(int column) const {
  return sqlite3_column_double(statement_, column);
}
bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const uint8_t> Statement::Blob(int column) const {
  const auto* bytes = static_cast<const uint8_t*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

Status Statement::Restart(size_t value_count) {
  CHECK(value_count == static_cast<size_t>(sqlite3_bind_parameter_count(statement_)));
  sqlite3_reset(statement_);  // repeats the error of the last Step, which was reported there
  sqlite3_clear_bindings(statement_);
  return OkStatus();
}

Status Statement::BindOne(int index, int64_t value) {
  return sqlite3_bind_int64(statement_, index, value) == SQLITE_OK
             ? OkStatus()
             : Status(SqliteError(database_, *path_));
}

Status Statement::BindOne(int index, size_t value) {
  if (value > static_cast<size_t>(std::numeric_limits<int64_t>::max())) {
    return Invalid("does not fit into a database integer", std::to_string(value));
  }
  return BindOne(index, static_cast<int64_t>(value));
}

Status Statement::BindOne(int index, double value) {
  return sqlite3_bind_double(statement_, index, value) == SQLITE_OK
             ? OkStatus()
             : Status(SqliteError(database_, *path_));
}

Status Statement::BindOne(int index, std::string_view value) {
  const char* text = value.data() == nullptr ? "" : value.data();
  return sqlite3_bind_text64(statement_, index, text, value.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8) == SQLITE_OK
             ? OkStatus()
             : Status(SqliteError(database_, *path_));
}

Status Statement::BindOne(int index, std::span<const uint8_t> value) {
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  return sqlite3_bind_blob64(statement_, index, bytes, value.size(), SQLITE_TRANSIENT) == SQLITE_OK
             ? OkStatus()
             : Status(SqliteError(database_, *path_));
}

Status Statement::BindOne(int index, std::nullptr_t) {
  return sqlite3_bind_null(statement_, index) == SQLITE_OK ? OkStatus()
                                                           : Status(SqliteError(database_, *path_));
}

namespace {

Error SqliteError(sqlite3* database, const std::string& path) {
  if (database == nullptr) return {Code::kLimit, "out of memory", path};
  const int code = sqlite3_errcode(database) & 0xFF;
  const std::string message = sqlite3_errmsg(database);
  switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {Code::kCorrupt, message, path};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::kUnavailable, message, path};
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return {Code::kLimit, message, path};
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return {Code::kInvalid, message, path};
    default:
      return {Code::kIo, message, path};
  }
}

Result<FileDescriptor> Lock(const std::string& path, int wait_ms_max) {
  FileDescriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!lock.valid()) return IoError(std::strerror(errno), path);
  for (int waited_ms = 0;; waited_ms += kLockPollMs) {
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK && errno != EINTR) return IoError(std::strerror(errno), path);
    if (waited_ms >= wait_ms_max) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(kLockPollMs));
  }
  return Error{Code::kUnavailable,
               "another fathom process is writing this database and did not finish within " +
                   std::to_string(wait_ms_max) + " ms",
               path};
}

Status Secure(sqlite3* database, const std::string& path) {
  sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, kSqlBytesMax);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kValueBytesMax);
  sqlite3_limit(database, SQLITE_LIMIT_EXPR_DEPTH, kExpressionDepthMax);
  sqlite3_limit(database, SQLITE_LIMIT_COLUMN, kColumnsMax);
  sqlite3_limit(database, SQLITE_LIMIT_COMPOUND_SELECT, kCompoundSelectMax);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
  const struct {
    int option;
    int value;
  } settings[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                  {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                  {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                  {SQLITE_DBCONFIG_DQS_DML, 0},
                  {SQLITE_DBCONFIG_DQS_DDL, 0}};
  for (const auto& [option, value] : settings) {
    int now = -1;
    if (sqlite3_db_config(database, option, value, &now) != SQLITE_OK || now != value) {
      return Error{Code::kUnavailable, "this SQLite lacks a safety setting we need", path};
    }
  }
  const char* pragmas = "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0";
  if (sqlite3_exec(database, pragmas, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return SqliteError(database, path);
  }
  return OkStatus();
}

}  // namespace
}  // namespace fathom
