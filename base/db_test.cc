// SPDX-License-Identifier: Apache-2.0
// Db: committed means kept, one process writes, a hostile or foreign file is an error.
#include "base/db.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/files.h"

namespace fathom {
namespace {

namespace fs = std::filesystem;
constexpr uint32_t kId = 0x46544831;

DbOptions Options() {
  return {.application_id = kId,
          .migrations = {"CREATE TABLE t (k INTEGER PRIMARY KEY, v ANY) STRICT;"
                         "CREATE TABLE child (k INTEGER REFERENCES t(k)) STRICT"},
          .wait_ms_max = 0};
}

class DbTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fathom_db_XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
    path_ = folder_ + "/private/x.db";
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::unique_ptr<Db> Open() {
    auto db = Db::Open(path_, Options());
    EXPECT_TRUE(db) << db.error().Text();
    return std::move(*db);
  }
  int64_t Count(Db& db) {
    auto statement = db.Prepare("SELECT count(*) FROM t");
    EXPECT_TRUE(*statement->Step());
    return statement->Int(0);
  }
  std::string folder_, path_;
};

TEST_F(DbTest, ValuesOfEveryKindComeBack) {
  auto db = Open();
  auto insert = db->Prepare("INSERT INTO t (v) VALUES (?)");
  ASSERT_TRUE(insert);
  const std::string text("a\0'; DROP TABLE t; --", 21);
  const uint8_t blob[] = {0, 255, 7};
  EXPECT_TRUE(insert->Bind(int64_t{-5}) && insert->Run());
  EXPECT_TRUE(insert->Bind(2.5) && insert->Run());
  EXPECT_TRUE(insert->Bind(text) && insert->Run());
  EXPECT_TRUE(insert->Bind(std::span(blob)) && insert->Run());
  EXPECT_TRUE(insert->Bind(nullptr) && insert->Run());
  EXPECT_TRUE(insert->Bind(std::string_view()) && insert->Run());
  EXPECT_FALSE(insert->Bind(~size_t{0}));
  EXPECT_EQ(db->last_row_id(), 6);
  auto select = db->Prepare("SELECT v FROM t WHERE k >= ? ORDER BY k");
  ASSERT_TRUE(select->Bind(1));
  ASSERT_TRUE(*select->Step());
  EXPECT_EQ(select->Int(0), -5);
  ASSERT_TRUE(*select->Step());
  EXPECT_EQ(select->Real(0), 2.5);
  ASSERT_TRUE(*select->Step());
  EXPECT_EQ(select->Text(0), text);
  ASSERT_TRUE(*select->Step());
  EXPECT_EQ(select->Blob(0)[1], 255);
  ASSERT_TRUE(*select->Step());
  EXPECT_TRUE(select->IsNull(0));
  ASSERT_TRUE(*select->Step());
  EXPECT_FALSE(select->IsNull(0));
  EXPECT_EQ(select->Text(0), "");
  EXPECT_FALSE(*select->Step());
}

TEST_F(DbTest, SettingsOfThePromiseHold) {
  auto db = Open();
  const std::pair<const char*, const char*> expected[] = {{"journal_mode", "wal"},
                                                          {"synchronous", "2"},
                                                          {"foreign_keys", "1"},
                                                          {"trusted_schema", "0"},
                                                          {"cell_size_check", "1"}};
  for (const auto& [name, value] : expected) {
    auto pragma = db->Prepare(std::string("PRAGMA ") + name);
    ASSERT_TRUE(*pragma->Step()) << name;
    EXPECT_EQ(pragma->Text(0), value) << name;
  }
  auto mmap = db->Prepare("PRAGMA mmap_size");
  EXPECT_TRUE(!*mmap->Step() || mmap->Int(0) == 0);
  EXPECT_FALSE(db->Execute("INSERT INTO child VALUES (99)"));    // foreign keys
  EXPECT_FALSE(db->Execute("ATTACH '/tmp/other.db' AS other"));  // nothing else is opened
  EXPECT_FALSE(
      db->Execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''"));  // defensive
  EXPECT_FALSE(db->Execute("SELECT load_extension('x')"));
  EXPECT_EQ(fs::status(folder_ + "/private").permissions(), fs::perms(0700));
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms(0600));
  EXPECT_EQ(*db->IntegrityCheck(), "ok");
}

TEST_F(DbTest, FullTextSearchWorksUnderTheseSettings) {
  auto db = Open();
  ASSERT_TRUE(db->Execute("CREATE VIRTUAL TABLE f USING fts5(body, path UNINDEXED)"));
  auto insert = db->Prepare("INSERT INTO f VALUES (?, ?)");
  ASSERT_TRUE(insert->Bind("the timeout is ten seconds", "a") && insert->Run());
  ASSERT_TRUE(insert->Bind("nothing here", "b") && insert->Run());
  auto select = db->Prepare("SELECT path, bm25(f) FROM f WHERE f MATCH ? ORDER BY bm25(f)");
  ASSERT_TRUE(select->Bind("\"timeout\""));
  ASSERT_TRUE(*select->Step());
  EXPECT_EQ(select->Text(0), "a");
  EXPECT_FALSE(*select->Step());
  ASSERT_TRUE(select->Bind("\"unclosed"));
  EXPECT_FALSE(select->Step());  // an error, no crash
  EXPECT_TRUE(db->Execute("DELETE FROM f WHERE path = 'a'"));
  EXPECT_EQ(*db->IntegrityCheck(), "ok");
}

TEST_F(DbTest, AnUncommittedTransactionLeavesNothing) {
  auto db = Open();
  {
    auto transaction = db->Begin();
    ASSERT_TRUE(db->Execute("INSERT INTO t (v) VALUES (1)"));
  }
  EXPECT_EQ(Count(*db), 0);
  {
    auto transaction = db->Begin();
    ASSERT_TRUE(db->Execute("INSERT INTO t (v) VALUES (1)"));
    ASSERT_TRUE(transaction->Commit());
  }
  EXPECT_EQ(Count(*db), 1);
}

TEST_F(DbTest, OneProcessWritesAndOthersMayRead) {
  auto writer = Open();
  ASSERT_TRUE(writer->Execute("INSERT INTO t (v) VALUES (1)"));
  const auto second = Db::Open(path_, Options());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kUnavailable);
  DbOptions options = Options();
  options.read_only = true;
  auto reader = Db::Open(path_, options);
  ASSERT_TRUE(reader) << reader.error().Text();
  EXPECT_EQ(Count(**reader), 1);
  EXPECT_FALSE((*reader)->Execute("INSERT INTO t (v) VALUES (2)"));
  writer.reset();
  EXPECT_TRUE(Db::Open(path_, Options()));
}

TEST_F(DbTest, MigrationsRunOnceAndNewerFilesAreRefused) {
  Open()->Execute("INSERT INTO t (v) VALUES (1)").ok();
  DbOptions two = Options();
  two.migrations.push_back("ALTER TABLE t ADD COLUMN w INTEGER");
  {
    auto db = Db::Open(path_, two);
    ASSERT_TRUE(db) << db.error().Text();
    EXPECT_TRUE((*db)->Execute("UPDATE t SET w = 3"));
  }
  const auto old = Db::Open(path_, Options());
  ASSERT_FALSE(old);
  EXPECT_NE(old.error().Text().find("version 2"), std::string::npos);
  DbOptions broken = two;
  broken.migrations.push_back("CREATE TABLE u (k INTEGER); CREATE TABLE u (k INTEGER)");
  EXPECT_FALSE(Db::Open(path_, broken));
  auto db = Db::Open(path_, two);  // the failed step left version 2 whole
  ASSERT_TRUE(db) << db.error().Text();
  EXPECT_FALSE((*db)->Execute("SELECT * FROM u"));
}

TEST_F(DbTest, ForeignAndDamagedFilesAreErrors) {
  { Open(); }
  DbOptions other = Options();
  other.application_id = 7;
  EXPECT_FALSE(Db::Open(path_, other));
  std::ofstream(path_) << "this is no database, however long it may be " << std::string(5'000, 'x');
  EXPECT_FALSE(Db::Open(path_, Options()));
  fs::remove(path_);
  fs::create_symlink("/etc/passwd", path_);
  EXPECT_FALSE(Db::Open(path_, Options()));
  DbOptions reader = Options();
  reader.read_only = true;
  EXPECT_EQ(Db::Open(folder_ + "/none.db", reader).error().code, Code::kNotFound);
}

// Random bytes of a filled database are changed: calls fail or answer, nothing crashes.
TEST_F(DbTest, FlippedBytesNeverCrash) {
  {
    auto db = Open();
    auto transaction = db->Begin();
    auto insert = db->Prepare("INSERT INTO t (v) VALUES (?)");
    for (int i = 0; i < 300; ++i) ASSERT_TRUE(insert->Bind(std::string(100, 'a')) && insert->Run());
    ASSERT_TRUE(transaction->Commit());
  }
  const std::string good = *ReadFile(path_, 10'000'000);
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 40; ++round) {
    std::string bad = good;
    for (int flip = 0; flip < 20; ++flip) bad[random() % bad.size()] = static_cast<char>(random());
    std::ofstream(path_, std::ios::binary) << bad;
    auto db = Db::Open(path_, Options());
    if (!db) {
      ++refused;
      continue;
    }
    auto select = (*db)->Prepare("SELECT k, v FROM t");
    if (!select) continue;
    for (auto row = select->Step(); row && *row; row = select->Step()) select->Text(1);
  }
  EXPECT_GT(refused, 0);
}

// SIGKILL around COMMIT: before it nothing is there, after it everything.
TEST_F(DbTest, KillBeforeCommitLosesAllAndAfterItNothing) {
  { Open(); }
  for (const char* point : {"db.before_commit", "db.after_commit"}) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("FATHOM_CRASH_AT", point, 1);
      ::execl("/proc/self/exe", "db_test", "--commit-and-die", path_.c_str(), nullptr);
      ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << point;
    auto db = Open();
    EXPECT_EQ(Count(*db), std::string(point) == "db.after_commit" ? 50 : 0) << point;
    EXPECT_EQ(*db->IntegrityCheck(), "ok");
  }
}

int CommitAndDie(const char* path) {
  auto db = Db::Open(path, Options());
  if (!db) return 1;
  auto transaction = (*db)->Begin();
  for (int i = 0; i < 50; ++i) {
    if (!(*db)->Execute("INSERT INTO t (v) VALUES (1)")) return 2;
  }
  return transaction->Commit() ? 0 : 3;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--commit-and-die") {
    return fathom::CommitAndDie(argv[2]);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
