// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <random>

#include "tools/test_support.h"

namespace fathom {
namespace {

// Databases are made by Python's sqlite3, not by us.
void MakeDatabase(const TestWorkspace& folder, const std::string& name, const std::string& script) {
  folder.Write("make.py", "import sqlite3\nd = sqlite3.connect('" + folder.At(name) + "')\n" +
                              script + "\nd.commit()\n");
  CHECK(std::system(("python3 " + folder.At("make.py")).c_str()) == 0);
}

std::string Ask(TestSession& session, const std::string& query, const std::string& path = "a.db") {
  Json arguments = Json::EmptyObject();
  arguments.Set("path", path);
  arguments.Set("query", query);
  const Outcome outcome = session.Call("sql_query", arguments);
  EXPECT_EQ(outcome.end, CallEnd::kRan);
  return (outcome.result.is_error ? "error: " : "") + outcome.result.text;
}

constexpr const char* kScript =
    "d.execute('create table t(id integer, name text, data blob)')\n"
    "d.executemany('insert into t values(?,?,?)', [(i, 'n%d' % i, b'\\x00\\xff') for i in "
    "range(500)])\n";

TEST(SqlQuery, SelectsAndSaysWhenThereIsMore) {
  TestWorkspace folder;
  MakeDatabase(folder, "a.db", kScript);
  TestSession session(folder);
  EXPECT_EQ(Ask(session, "select count(*) as n, sum(id) from t"),
            "n\tsum(id)\n500\t124750\n[1 rows]\n");
  EXPECT_EQ(Ask(session, "select name, data, null from t where id = 3;"),
            "name\tdata\tnull\nn3\tx'00FF'\tNULL\n[1 rows]\n");
  EXPECT_NE(Ask(session, "select * from t").find("[100 rows; there are more"), std::string::npos);
  EXPECT_EQ(Ask(session, "select 'a' || char(10) || char(27) || 'b' as x"),
            "x\na\\x0a\\x1bb\n[1 rows]\n");
  EXPECT_NE(Ask(session, "select name from sqlite_master").find("\nt\n"), std::string::npos);
}

TEST(SqlQuery, NothingButOneSelectRuns) {
  TestWorkspace folder;
  MakeDatabase(folder, "a.db", kScript);
  TestSession session(folder);
  const std::string before = folder.Read("a.db");
  for (const std::string query : {"insert into t values(1,2,3)",
                                  "update t set id = 1",
                                  "delete from t",
                                  "drop table t",
                                  "create table u(x)",
                                  "create temp table u(x)",
                                  "create view v as select 1",
                                  "attach database '/tmp/fathom_attached.db' as x",
                                  "attach '/etc/passwd' as x",
                                  "pragma user_version",
                                  "pragma writable_schema=on",
                                  "vacuum",
                                  "vacuum into '/tmp/x.db'",
                                  "select load_extension('x')",
                                  "select 1; select 2",
                                  "select 1; drop table t",
                                  "begin",
                                  "select * from pragma_database_list",
                                  "explain select 1 union select",
                                  "reindex",
                                  "with x as (select 1) insert into t select 1,2,3",
                                  "select",
                                  "",
                                  " ",
                                  "-- nothing",
                                  "select * from absent"}) {
    if (query.empty()) continue;
    EXPECT_TRUE(Ask(session, query).starts_with("error: ")) << query;
  }
  EXPECT_EQ(folder.Read("a.db"), before);
  EXPECT_FALSE(std::filesystem::exists("/tmp/fathom_attached.db"));
  EXPECT_FALSE(folder.Has("a.db-journal"));
}

TEST(SqlQuery, EndlessAndHugeQueriesMeetALimit) {
  TestWorkspace folder;
  MakeDatabase(folder, "a.db", kScript);
  TestSession session(folder);
  const std::string endless = Ask(session,
                                  "with recursive n(x) as (select 1 union all select x + 1 from n) "
                                  "select count(*) from n");
  EXPECT_TRUE(endless.starts_with("error: ")) << endless;
  EXPECT_TRUE(Ask(session, "select zeroblob(1000000000)").starts_with("error: "));
  EXPECT_TRUE(Ask(session, "select replace(hex(zeroblob(500000)), '0', '0123456789')")
                  .starts_with("error: "));
  EXPECT_LE(Ask(session, "select hex(zeroblob(400000)) from t").size(), kToolOutputBytesMax + 200);
}

TEST(SqlQuery, ADatabaseInWalModeIsReadAndItsLogIsNamed) {
  TestWorkspace folder;
  MakeDatabase(folder, "a.db", std::string("d.execute('pragma journal_mode=wal')\n") + kScript);
  folder.Write("a.db-wal", "something");
  TestSession session(folder);
  const std::string answer = Ask(session, "select count(*) from t");
  EXPECT_NE(answer.find("\n500\n"), std::string::npos) << answer;
  EXPECT_NE(answer.find("write-ahead log"), std::string::npos);
}

// Damaged and foreign files are errors or rows, never a crash.
TEST(SqlQuery, DamagedFilesAreRefusedOrRead) {
  TestWorkspace folder;
  MakeDatabase(folder, "good.db", kScript);
  const std::string good = folder.Read("good.db");
  std::mt19937 random(3);
  TestSession session(folder);
  size_t errors = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bad = good;
    if (i % 3 == 0) bad.resize(random() % bad.size());
    for (size_t k = 0; k < 1 + random() % 20 && !bad.empty(); ++k) {
      const size_t at = random() % (i % 2 == 0 ? std::min<size_t>(bad.size(), 200) : bad.size());
      bad[at] = static_cast<char>(random());
    }
    folder.Write("a.db", bad);
    errors += Ask(session, "select * from t order by name").starts_with("error: ") ? 1 : 0;
  }
  EXPECT_GT(errors, 50u);
  folder.Write("a.db", "no database");
  EXPECT_TRUE(Ask(session, "select 1").starts_with("error: "));
}

}  // namespace
}  // namespace fathom
