# SPDX-License-Identifier: Apache-2.0
"""SQL injection: a statement built from a value, against one whose values are bound."""
from .family import Family

_PAYLOADS = [
    "«SELECT|SELECT|select» «*|«col»|«col», «col»|COUNT(*)» «FROM|FROM|from» «tbl» «WHERE|WHERE|where» «col» = '«X»'",
    "SELECT «*|«col», «col»» FROM «tbl» WHERE «col» = «X»",
    "SELECT «col» FROM «tbl» WHERE «col» = '«X»' AND «col» = «n»",
    "SELECT * FROM «tbl» WHERE «col» = '«w»' AND «col» = '«X»'",
    "SELECT «col», «col» FROM «tbl» WHERE «col» «>|<|>=» «X» ORDER BY «col»",
    "SELECT * FROM «tbl» ORDER BY «X»",
    "SELECT * FROM «tbl» WHERE «col» IN («X»)",
    "SELECT «col» FROM «tbl» WHERE «X»",
    "SELECT «*|«col»» FROM «X»",
    "SELECT * FROM «tbl» WHERE «col» LIKE '%«X»%'",
    "SELECT * FROM «tbl» LIMIT «X»",
    "INSERT INTO «tbl» («col», «col») VALUES ('«X»', «n»)",
    "INSERT INTO «tbl» («col») VALUES ('«X»')",
    "insert into «tbl» values («n», '«X»')",
    "UPDATE «tbl» SET «col» = '«X»' WHERE id = «n»",
    "UPDATE «tbl» SET «col» = «n» WHERE «col» = '«X»'",
    "DELETE FROM «tbl» WHERE «col» = '«X»'",
    "DELETE FROM «tbl» WHERE «col» = «X»",
    "delete from «X» where «col» < «n»",
    "DROP TABLE «|IF EXISTS »«X»",
    "ALTER TABLE «X» ADD COLUMN «col» TEXT",
    "SELECT a.«col», b.«col» FROM «tbl» a JOIN «tbl» b ON a.id = b.«col» WHERE a.«col» = '«X»'",
    "CALL «snake»('«X»')",
    "GRANT SELECT ON «tbl» TO «X»",
    "SELECT 1 FROM «tbl» WHERE «col»='«X»'",
    "SELECT * FROM «tbl» WHERE «col» BETWEEN «n» AND «X»",
    "REPLACE INTO «tbl» («col», «col») VALUES («n», '«X»')",
]
_CONSTANTS = [
    "SELECT «*|COUNT(*)|«col»» FROM «tbl»", "SELECT «col» FROM «tbl» WHERE «col» = '«w»'", "DELETE FROM «tbl» WHERE «col» < «n»",
    "CREATE TABLE IF NOT EXISTS «tbl» (id INTEGER PRIMARY KEY, «col» TEXT)", "PRAGMA foreign_keys = ON", "BEGIN", "SELECT 1",
    "UPDATE «tbl» SET «col» = «col» + 1", "INSERT INTO «tbl» («col») VALUES ('«w»')", "COMMIT", "VACUUM",
    "CREATE INDEX «snake»_idx ON «tbl» («col»)", "SELECT MAX(«col») FROM «tbl» GROUP BY «col»", "SET NAMES utf8mb4",
]
_Q = "«SELECT * FROM «tbl» WHERE «col» = §|SELECT «col», «col» FROM «tbl» WHERE «col» = § AND «col» = '«w»'|DELETE FROM «tbl» " \
     "WHERE «col» = §|UPDATE «tbl» SET «col» = § WHERE id = «n»|INSERT INTO «tbl» («col») VALUES (§)|SELECT «col» FROM «tbl» " \
     "WHERE «col» > § ORDER BY «col»|SELECT COUNT(*) FROM «tbl» WHERE «col» = §|SELECT * FROM «tbl» WHERE «col» LIKE §»"


def _Query(mark):
    return _Q.replace("§", mark)


def _Bind(text):
    """Writes {?}, {%s}, {:p}, {$1}, {@p} for a statement with that placeholder."""
    for mark in ("?", "%s", ":«w1»", "$1", "@«w1»", "%(«w1»)s", "?1"):
        text = text.replace("{" + mark + "}", _Query(mark))
    return text


_CUR = "«cursor|cur|c|self.cursor|db.cursor()|conn.cursor()|«v»»"
_CON = "«conn|db|self.conn|self.db|connection|get_db()|«v»»"
_JDB = "«db|pool|client|connection|conn|this.db|this.pool|«v»»"

SQL = Family(
    3, "sql-injection", held_out_language="ruby",
    payloads={"*": _PAYLOADS}, constants={"*": _CONSTANTS},
    value_names=tuple(
        "user_id name email username id term search order_by status keyword login column uid customer".split()),
    text_names=tuple("query sql stmt q statement select cmd sql_text where".split()),
    casts=True, fits_escaped=lambda text: "'«X»'" in text or "= «X»" in text and "'" not in text,
    sinks={
        "python": f"""
cursor.execute | expr | {_CUR}.execute⟦«E»⟧
cursor.execute | stmt | {_CUR}.execute⟦«E»⟧
conn.execute | expr | {_CON}.execute⟦«E»⟧«||.fetchall()|.fetchone()»
session.execute | expr | «session|db.session|self.session».execute⟦text(«E»)⟧«||.scalar()|.all()»
cursor.executemany | expr | {_CUR}.executemany⟦«E»¦«v»⟧
objects.raw | expr | «T».objects.raw⟦«E»⟧
read_sql | expr | «pd|pandas».read_sql«|_query»⟦«E»¦«engine|conn|«v»»⟧
executescript | expr | {_CUR}.executescript⟦«E»⟧
engine.execute | expr | «engine|self.engine|db.engine».execute⟦«E»⟧
asyncpg.fetch | expr | «conn|pool|self.pool».«fetch|fetchrow|fetchval»⟦«E»⟧
db.query | expr | «db|self.db|database».query⟦«E»⟧
extra | expr | «T».objects.extra⟦where=[«E»]⟧
connection.cursor | expr | connection.cursor().execute⟦«E»⟧
RawSQL | expr | «v».annotate⟦«w»=RawSQL(«E», [])⟧
fetch_all | expr | «database|db».«fetch_all|fetch_one»⟦«E»⟧
spark.sql | expr | spark.sql⟦«E»⟧
db.session.query | expr | session.query(«T»).filter⟦text(«E»)⟧
client.query | expr | «client|bigquery_client».query⟦«E»⟧
exec_driver_sql | expr | «conn|connection».exec_driver_sql⟦«E»⟧
""",
        "javascript typescript": f"""
db.query | expr | {_JDB}.query⟦«E»⟧
db.query | stmt | {_JDB}.query⟦«E»¦(err, rows) => «f»(err, rows)⟧
db.all | expr | db.all⟦«E»«||¦«v»»⟧
knex.raw | expr | «knex|db|trx».raw⟦«E»⟧
sequelize.query | expr | «sequelize|models.sequelize|this.sequelize».query⟦«E»«||¦{{ type: QueryTypes.SELECT }}»⟧
db.run | expr | db.«run|exec|get»⟦«E»⟧
pool.execute | expr | «pool|connection».execute⟦«E»⟧
db.prepare | expr | db.prepare⟦«E»⟧.«all|get|run»()
prisma.raw | expr | prisma.$«queryRawUnsafe|executeRawUnsafe»⟦«E»⟧
manager.query | expr | «entityManager|manager|this.repo|dataSource».query⟦«E»⟧
whereRaw | expr | «knex('«tbl»')|query|qb».«whereRaw|orderByRaw|havingRaw»⟦«E»⟧
createQueryBuilder | expr | «repo|qb».where⟦«E»⟧
client.query | expr | «await |»client.query⟦«E»⟧
mysql.query | expr | mysql.createConnection(«v»).query⟦«E»⟧
request.query | expr | new sql.Request().query⟦«E»⟧
sql.unsafe | expr | sql.unsafe⟦«E»⟧
literal | expr | «T».findAll⟦{{ where: sequelize.literal(«E») }}⟧
""",
        "php": """
pdo.query | expr | $«pdo|db|dbh|conn|this->pdo|this->db»->query⟦«E»⟧
mysqli_query | expr | mysqli_query⟦$«conn|link|db|mysqli»¦«E»⟧
pdo.exec | expr | $«pdo|dbh|this->db»->exec⟦«E»⟧
mysqli.query | expr | $«mysqli|conn|this->mysqli»->query⟦«E»⟧
pg_query | expr | pg_query⟦«$«conn|db»¦|»«E»⟧
DB.select | expr | DB::«select|statement|unprepared»⟦«E»⟧
DB.raw | expr | DB::table('«tbl»')->«whereRaw|orderByRaw|selectRaw»⟦«E»⟧
wpdb.query | expr | $wpdb->«query|get_results|get_var|get_row»⟦«E»⟧
mysql_query | expr | mysql_query⟦«E»⟧
sqlite.query | expr | $«sqlite|db»->«querySingle|query»⟦«E»⟧
multi_query | expr | $mysqli->multi_query⟦«E»⟧
executeQuery | expr | $«conn|connection|this->connection»->«executeQuery|fetchAll|fetchAssoc»⟦«E»⟧
createQuery | expr | $«em|this->em|entityManager»->createQuery⟦«E»⟧
odbc_exec | expr | odbc_exec⟦$conn¦«E»⟧
prepare | expr | $«pdo|dbh»->prepare⟦«E»⟧
""",
        "java": """
executeQuery | expr | «stmt|statement|st|s».executeQuery⟦«E»⟧
executeUpdate | expr | «stmt|statement|st».executeUpdate⟦«E»⟧
createQuery | expr | «em|entityManager|session».createQuery⟦«E»⟧«||.getResultList()|.list()»
jdbcTemplate.query | expr | «jdbcTemplate|jdbc|template».«query|queryForList|queryForObject|update»⟦«E»¦«v»⟧
createNativeQuery | expr | «em|entityManager».createNativeQuery⟦«E»⟧«||.getResultList()|.executeUpdate()»
execute | expr | «stmt|statement|jdbcTemplate».execute⟦«E»⟧
prepareStatement | expr | «conn|connection|con».prepareStatement⟦«E»⟧
createSQLQuery | expr | session.createSQLQuery⟦«E»⟧
addBatch | stmt | «stmt|statement».addBatch⟦«E»⟧
createStatement | expr | «conn|connection|con|getConnection()».createStatement().executeQuery⟦«E»⟧
rawQuery | expr | «db|getReadableDatabase()|mDb».rawQuery⟦«E»¦null⟧
execSQL | stmt | «db|database|mDb».execSQL⟦«E»⟧
jooq.fetch | expr | «dsl|ctx|create».fetch⟦«E»⟧
""",
        "go": """
db.Query | expr | «db|tx|conn|s.db|r.db|store.DB».Query⟦«E»⟧
db.Exec | expr | «db|tx|s.db|r.DB|h.db».Exec⟦«E»⟧
db.QueryRow | expr | «db|tx|s.db».QueryRow⟦«E»⟧«|.Scan(&«v»)»
db.QueryContext | expr | «db|tx|s.db».«Query|Exec|QueryRow»Context⟦«ctx|r.Context()»¦«E»⟧
gorm.Raw | expr | «db|s.db|tx».Raw⟦«E»⟧.Scan(&«v»)
gorm.Where | expr | «db|tx».Where⟦«E»⟧.Find(&«v»)
sqlx.Select | expr | «db|sqlxDB».«Select|Get»⟦&«v»¦«E»⟧
pgx.Query | expr | «pool|conn».«Query|Exec»⟦ctx¦«E»⟧
gorm.Exec | expr | «gdb|gormDB|h.orm».Exec⟦«E»⟧.Error
db.Prepare | expr | «db|tx».Prepare⟦«E»⟧
order | expr | «db|tx».Order⟦«E»⟧.Find(&«v»)
MustExec | expr | «db|tx».MustExec⟦«E»⟧
""",
        "rust": """
sqlx.query | expr | sqlx::query⟦&«E»⟧.«execute|fetch_all|fetch_one»(«pool|&pool|&self.pool»)
conn.execute | expr | «conn|self.conn|tx|db».execute⟦&«E»¦[]⟧
client.query | expr | «client|self.client|conn».query⟦&«E»¦&[]⟧
batch_execute | expr | «client|conn».batch_execute⟦&«E»⟧
execute_batch | expr | «conn|self.conn».execute_batch⟦&«E»⟧
sql_query | expr | «diesel::|»sql_query⟦«E»⟧.«load::<«P»>(conn)|execute(&mut conn)»
prepare | expr | «conn|self.conn|db».prepare⟦&«E»⟧
query_row | expr | «conn|self.db».query_row⟦&«E»¦[]¦|row| row.get(0)⟧
query_as | expr | sqlx::query_as::<_, «P»>⟦&«E»⟧.fetch_all(&pool)
simple_query | expr | client.simple_query⟦&«E»⟧
from_string | expr | Statement::from_string⟦DbBackend::Postgres¦«E»⟧
""",
        "c": """
sqlite3_exec | expr | sqlite3_exec⟦«db|ctx->db|«v»»¦«E»¦«NULL|callback|0|«f»»¦«NULL|0»¦«&err|NULL|&errmsg|0»⟧
mysql_query | expr | mysql_query⟦«conn|&mysql|mysql|db|ctx->conn»¦«E»⟧
PQexec | expr | PQexec⟦«conn|db->conn|pg»¦«E»⟧
mysql_real_query | expr | mysql_real_query⟦«conn|&mysql|db»¦«E»¦strlen(«E»)⟧
sqlite3_prepare_v2 | expr | sqlite3_prepare_v2⟦«db|ctx->db»¦«E»¦-1¦&stmt¦NULL⟧
SQLExecDirect | expr | SQLExecDirect⟦«hstmt|stmt»¦(SQLCHAR *)«E»¦SQL_NTS⟧
PQsendQuery | expr | PQsendQuery⟦«conn|pg»¦«E»⟧
sqlite3_get_table | expr | sqlite3_get_table⟦db¦«E»¦&rows¦&nrow¦&ncol¦&err⟧
""",
        "cpp": """
sqlite3_exec | expr | sqlite3_exec⟦«db|db_|m_db»¦«Ec»¦nullptr¦nullptr¦«&err|nullptr»⟧
pqxx.exec | expr | «txn|tx|w|work».exec⟦«E»⟧
executeQuery | expr | «stmt|statement»->«executeQuery|execute|executeUpdate»⟦«E»⟧
QSqlQuery.exec | expr | «query|q».exec⟦QString::fromStdString(«E»)⟧
mysql_query | expr | mysql_query⟦«conn|conn_|&mysql»¦«Ec»⟧
PQexec | expr | PQexec⟦«conn|conn_»¦«Ec»⟧
db.exec | expr | «db|db_|database».«exec|execute»⟦«E»⟧
soci | stmt | «sql|session» << «E»
sqlite3_prepare_v2 | expr | sqlite3_prepare_v2⟦db_¦«Ec»¦-1¦&stmt¦nullptr⟧
execSqlSync | expr | client->execSqlSync⟦«E»⟧
""",
        "ruby": """
connection.execute | expr | «ActiveRecord::Base.connection|connection|«T».connection».execute⟦«E»⟧
where | expr | «T».where⟦«E»⟧«||.first|.order(:id)»
find_by_sql | expr | «T».find_by_sql⟦«E»⟧
db.execute | expr | «db|@db|DB».execute⟦«E»⟧
exec_query | expr | «T».connection.«exec_query|select_all|select_value»⟦«E»⟧
client.query | expr | «client|@client|conn».query⟦«E»⟧
conn.exec | expr | «conn|@conn|PG.connect».exec⟦«E»⟧
order | expr | «T».«order|group|having|joins|pluck»⟦Arel.sql(«E»)⟧
DB.fetch | expr | DB«.fetch|.run»⟦«E»⟧
delete_all | expr | «T».«delete_by|exists?|find_by»⟦«E»⟧
""",
        "csharp": """
SqlCommand | expr | new SqlCommand⟦«E»¦«conn|connection|_connection»⟧
FromSqlRaw | expr | «_context|context|db».«P».FromSqlRaw⟦«E»⟧«|.ToList()»
ExecuteSqlRaw | expr | «_context|context|db».Database.ExecuteSqlRaw⟦«E»⟧
Query | expr | «connection|conn|_db».«Query<«P»>|Execute|QueryAsync<«P»>|ExecuteScalar»⟦«E»⟧
SqlDataAdapter | expr | new SqlDataAdapter⟦«E»¦conn⟧
CommandText | stmt | «cmd|command».CommandText = «E»
SqliteCommand | expr | new «Sqlite|MySql|Npgsql|OleDb»Command⟦«E»¦conn⟧
""",
        "perl": """
dbh.do | expr | $«dbh|self->{dbh}|db»->do⟦«E»⟧
dbh.prepare | expr | $«dbh|self->{dbh}|db»->prepare⟦«E»⟧
selectall | expr | $«dbh|self->{dbh}»->«selectall_arrayref|selectrow_array|selectcol_arrayref»⟦«E»⟧
execute | expr | $schema->storage->dbh->do⟦«E»⟧
query | expr | $«db|self->db»->query⟦«E»⟧
""",
        "shell": """
mysql | expr | mysql -u «w» «w» -e «E»
psql | expr | psql -«t|A|q» -c «E»
sqlite3 | expr | sqlite3 «w».db «E»
psql2 | expr | echo «E» ¦ psql «w»
""".replace("¦", "|"),
    },
    bound={
        "python": _Bind(f"""
cursor.execute | expr | {_CUR}.execute⟦"{{?}}"¦(«X»,)⟧
cursor.execute | expr | {_CUR}.execute⟦"{{%s}}"¦«(«X»,)|[«X»]»⟧
cursor.execute | stmt | {_CUR}.execute⟦"{{%(«w1»)s}}"¦{{"«w1»": «X»}}⟧
conn.execute | expr | {_CON}.execute⟦"{{?}}"¦«(«X»,)|[«X»]»⟧«||.fetchall()|.fetchone()»
session.execute | expr | «session|db.session».execute⟦text("{{:«w1»}}")¦{{"«w1»": «X»}}⟧
cursor.executemany | expr | {_CUR}.executemany⟦"{{?}}"¦[(«X»,)]⟧
objects.raw | expr | «T».objects.raw⟦"{{%s}}"¦[«X»]⟧
objects.filter | expr | «T».objects.filter⟦«snake»=«X»⟧
read_sql | expr | pd.read_sql⟦"{{%s}}"¦engine¦params=[«X»]⟧
asyncpg.fetch | expr | «conn|pool».«fetch|fetchrow»⟦"{{$1}}"¦«X»⟧
filter_by | expr | session.query(«T»).filter_by⟦«snake»=«X»⟧
select | expr | session.execute⟦select(«T»).where(«T».«snake» == «X»)⟧
cursor.execute | lines | marks = ", ".join(["«?|%s»"] * len(«X»))⏎{_CUR}.execute(f"SELECT * FROM «tbl» WHERE id IN ({{marks}})", «X»)
cursor.execute | expr | {_CUR}.execute⟦\"\"\"↵⇥SELECT «col», «col»↵⇥FROM «tbl»↵⇥WHERE «col» = «%s|?|:«w1»»↵\"\"\"¦«(«X»,)|[«X»]|{{"«w1»": «X»}}»⟧
conn.execute | expr | {_CON}.execute⟦"SELECT «col» FROM «tbl» "↵⇥"WHERE «col» = ?"¦(«X»,)⟧
conn.execute | expr | {_CON}.execute⟦f"SELECT * FROM {{«C»}} WHERE id = ?"¦(«X»,)⟧
conn.execute | expr | {_CON}.execute⟦"INSERT INTO «tbl» VALUES (" + ",".join("?" * «d») + ")"¦(«X», «v»)⟧
psycopg.sql | expr | {_CUR}.execute⟦sql.SQL("SELECT * FROM {{}}").format(sql.Identifier(«X»))⟧
"""),
        "javascript typescript": _Bind(f"""
db.query | expr | {_JDB}.query⟦'{{?}}'¦[«X»]⟧
db.query | expr | {_JDB}.query⟦'{{$1}}'¦[«X»]⟧
db.all | expr | db.all⟦"{{?}}"¦[«X»]⟧
knex.raw | expr | knex.raw⟦'{{?}}'¦[«X»]⟧
knex.where | expr | knex('«tbl»').where⟦'«col»'¦«X»⟧
sequelize.query | expr | sequelize.query⟦'{{:«w1»}}'¦{{ replacements: {{ «w1»: «X» }} }}⟧
db.run | expr | db.«run|get»⟦'{{?}}'¦«X»⟧
pool.execute | expr | «pool|connection».execute⟦"{{?}}"¦[«X»]⟧
db.prepare | expr | db.prepare⟦'{{?}}'⟧.«all|get|run»(«X»)
findOne | expr | «T».«findOne|findAll»⟦{{ where: {{ «camel»: «X» }} }}⟧
prisma.find | expr | prisma.«w».findMany⟦{{ where: {{ «camel»: «X» }} }}⟧
prisma.raw | expr | prisma.$queryRaw`SELECT * FROM «tbl» WHERE «col» = ${{«X»}}`
db.query | expr | {_JDB}.query⟦`↵⇥SELECT «col», «col»↵⇥FROM «tbl»↵⇥WHERE «col» = $1↵`¦[«X»]⟧
db.query | expr | {_JDB}.query⟦`SELECT * FROM «tbl» WHERE id IN (${{«v1».map(() => '?').join(',')}})`¦«v1»⟧
db.query | expr | {_JDB}.query⟦'SELECT * FROM ' + «C» + ' WHERE id = ?'¦[«X»]⟧
sql.tag | expr | sql`SELECT «col» FROM «tbl» WHERE «col» = ${{«X»}}`
manager.query | expr | manager.query⟦'{{$1}}'¦[«X»]⟧
"""),
        "php": _Bind("""
pdo.prepare | expr | $«pdo|db|dbh»->prepare⟦'{?}'⟧->execute([«X»])
execute | lines | $stmt = $«pdo|db»->prepare("{:«w1»}");⏎$stmt->execute(['«w1»' => «X»]);«!»
bindValue | lines | $stmt = $«pdo|dbh»->prepare('{?}');⏎$stmt->bindValue(1, «X»);«!»⏎$stmt->execute();
bind_param | lines | $stmt = mysqli_prepare($conn, "{?}");⏎mysqli_stmt_bind_param($stmt, 's', «X»);«!»
pg_query_params | expr | pg_query_params⟦$conn¦'{$1}'¦[«X»]⟧
DB.select | expr | DB::select⟦'{?}'¦[«X»]⟧
DB.where | expr | DB::table('«tbl»')->where⟦'«col»'¦«X»⟧->get()
wpdb.query | expr | $wpdb->get_results⟦$wpdb->prepare("{%s}", «X»)⟧
executeQuery | expr | $«conn|connection»->executeQuery⟦'{?}'¦[«X»]⟧
"""),
        "java": _Bind("""
prepareStatement | lines | PreparedStatement «v1» = «conn|connection».prepareStatement("{?}");⏎«v1».setString(1, «X»);«!»⏎«v1».executeQuery();
prepareStatement | lines | try (PreparedStatement «v1» = conn.prepareStatement("{?}")) {⏎⇥«v1».setString(1, «X»);⏎⇥«v1».executeUpdate();«!»⏎}
createQuery | expr | em.createQuery⟦"{:«w1»}"⟧.setParameter("«w1»", «X»)
jdbcTemplate.query | expr | jdbcTemplate.«queryForList|update|queryForObject»⟦"{?}"¦«X»⟧
createNativeQuery | expr | em.createNativeQuery⟦"{:«w1»}"⟧.setParameter("«w1»", «X»).getResultList()
rawQuery | expr | db.rawQuery⟦"{?}"¦new String[] {«X»}⟧
repository | expr | «camel»Repository.findBy«P»⟦«X»⟧
"""),
        "go": _Bind("""
db.Query | expr | «db|tx|s.db».Query⟦"{?}"¦«X»⟧
db.Query | expr | «db|tx|s.db».Query⟦"{$1}"¦«X»⟧
db.Exec | expr | «db|tx|s.db».Exec⟦"{$1}"¦«X»⟧
db.QueryRow | expr | «db|s.db».QueryRow⟦"{?}"¦«X»⟧«|.Scan(&«v»)»
db.QueryContext | expr | «db|tx».QueryContext⟦ctx¦"{$1}"¦«X»⟧
gorm.Raw | expr | db.Raw⟦"{?}"¦«X»⟧.Scan(&«v»)
gorm.Where | expr | db.Where⟦"«col» = ?"¦«X»⟧.Find(&«v»)
sqlx.Select | expr | db.Select⟦&«v»¦"{?}"¦«X»⟧
pgx.Query | expr | pool.Query⟦ctx¦"{$1}"¦«X»⟧
"""),
        "rust": _Bind("""
sqlx.query | expr | sqlx::query⟦"{$1}"⟧.bind(«X»).«execute|fetch_all»(&pool)
sqlx.macro | expr | sqlx::query!⟦"{$1}"¦«X»⟧.fetch_one(&pool)
conn.execute | expr | «conn|tx|db».execute⟦"{?1}"¦«params![«X»]|[&«X»]»⟧
client.query | expr | client.query⟦"{$1}"¦&[&«X»]⟧
query_row | expr | conn.query_row⟦"{?1}"¦[&«X»]¦|row| row.get(0)⟧
filter | expr | «tbl»::table.filter⟦«w».eq(«X»)⟧.load::<«P»>(conn)
"""),
        "c": _Bind("""
sqlite3_bind_text | expr | sqlite3_bind_text⟦stmt¦1¦«X»¦-1¦SQLITE_TRANSIENT⟧
PQexecParams | lines | const char *params[1] = { «X» };⏎res = PQexecParams(conn, "{$1}", 1, NULL, params, NULL, NULL, 0);«!»
sqlite3_prepare_v2 | lines | sqlite3_prepare_v2(db, "{?}", -1, &stmt, NULL);«!»⏎sqlite3_bind_text(stmt, 1, «X», -1, SQLITE_STATIC);
sqlite3_mprintf | lines | char *sql = sqlite3_mprintf("SELECT * FROM «tbl» WHERE «col» = %Q", «X»);⏎sqlite3_exec(db, sql, NULL, NULL, NULL);«!»
"""),
        "cpp": _Bind("""
pqxx.exec | expr | «txn|tx|w».exec_params⟦"{$1}"¦«X»⟧
QSqlQuery.bind | lines | query.prepare("{:«w1»}");⏎query.bindValue(":«w1»", QString::fromStdString(«X»));«!»⏎query.exec();
sqlite3_bind_text | expr | sqlite3_bind_text⟦stmt¦1¦«X».c_str()¦-1¦SQLITE_TRANSIENT⟧
pstmt | expr | pstmt->setString⟦1¦«X»⟧
"""),
        "ruby": _Bind("""
where | expr | «T».where⟦«snake»: «X»⟧
where | expr | «T».where⟦"«col» = ?"¦«X»⟧
find_by | expr | «T».find_by⟦«snake»: «X»⟧
db.execute | expr | db.execute⟦"{?}"¦[«X»]⟧
exec_params | expr | conn.exec_params⟦"{$1}"¦[«X»]⟧
find_by_sql | expr | «T».find_by_sql⟦["{?}", «X»]⟧
"""),
        "csharp": _Bind("""
AddWithValue | lines | «cmd|command».CommandText = "{@«w1»}";⏎«cmd|command».Parameters.AddWithValue("@«w1»", «X»);«!»
Query | expr | «connection|conn».Query<«P»>⟦"{@«w1»}"¦new { «w1» = «X» }⟧
FromSqlInterpolated | expr | _context.«P».FromSqlInterpolated⟦$"SELECT * FROM «tbl» WHERE «col» = {«X»}"⟧
Where | expr | _context.«P».Where⟦«v1» => «v1».«P» == «X»⟧
"""),
        "perl": _Bind("""
dbh.do | expr | $dbh->do⟦'{?}'¦undef¦«X»⟧
selectall | expr | $dbh->selectall_arrayref⟦'{?}'¦{ Slice => {} }¦«X»⟧
dbh.prepare | lines | my $sth = $dbh->prepare('{?}');⏎$sth->execute(«X»);«!»
"""),
    },
    sanitizers={
        "php": ["$«pdo|db»->quote(«X»)", "mysqli_real_escape_string($conn, «X»)"],
        "javascript typescript": ["mysql.escape(«X»)", "connection.escape(«X»)"],
        "go": ["pq.QuoteLiteral(«X»)"], "perl": ["$dbh->quote(«X»)"], "ruby": ["connection.quote(«X»)"],
    },
    alike={
        "python": """
name | expr | «f»_query(«v»)
order | expr | execute_«w»(«v», «v»)
log | stmt | logger.debug⟦"SELECT «col» FROM «tbl» took %s"¦«v»⟧
string | lines | «C» = "SELECT * FROM «tbl» WHERE «col» = %s"
print | expr | print⟦f"inserted {«v»} rows into «tbl»"⟧
message | lines | raise ValueError(f"cannot delete {«v»} from «tbl»")
filter | expr | «v».filter⟦«snake»=«v»⟧.update(«snake»=«v»)
dict | lines | «v» = "update " + «v» + " from " + «v»
""",
        "javascript typescript": """
log | stmt | console.log⟦`select ${«v»} from ${«v»}`⟧
string | lines | const «v» = 'SELECT * FROM «tbl» WHERE «col» = ?';
selector | expr | document.querySelector⟦`#${«v»}`⟧
graphql | expr | client.query⟦{ query: «C»_QUERY, variables: { «w»: «v» } }⟧
message | lines | throw new Error(`could not insert ${«v»} into «tbl»`);
""",
        "java": """
log | stmt | log.info⟦"delete from «tbl» where " + «v»⟧
string | lines | private static final String «C» = "SELECT * FROM «tbl» WHERE «col» = ?";
execute | stmt | «executor|pool».execute⟦«v»⟧
""",
        "go": """
log | stmt | log.Printf⟦"select %s from «tbl»"¦«v»⟧
const | lines | const «camel»Query = "SELECT «col» FROM «tbl» WHERE «col» = $1"
url | expr | r.URL.Query⟦⟧.Get("«key»")
""",
        "php": """
log | stmt | error_log⟦"update of «tbl» failed: " . $«v»⟧
string | lines | $«v» = 'SELECT * FROM «tbl» WHERE id = ?';
""",
        "c": """
log | stmt | printf⟦"select %s from «tbl»\\n"¦«v»⟧
select | expr | select⟦«v» + 1¦&«v»¦NULL¦NULL¦&«v»⟧
""",
        "sql": """
select | top | SELECT «col», «col» FROM «tbl» WHERE «col» = «:«w»|?|$1|'«w»'»;
update | top | UPDATE «tbl» SET «col» = «n» WHERE id = «n»;
prepare | top | PREPARE «snake» AS SELECT * FROM «tbl» WHERE «col» = $1;
using | top | EXECUTE 'SELECT * FROM «tbl» WHERE «col» = $1' USING p_«snake»;
formatq | top | EXECUTE format('SELECT * FROM %I WHERE «col» = %L', p_«snake», p_«snake»);
quote | top | EXECUTE 'DROP TABLE ' || quote_ident(p_«snake»);
spparam | top | EXEC sp_executesql @sql, N'@«w1» INT', @«w1» = @«w»;
""",
    },
    weak={
        "sql": """
execute | top | EXECUTE 'SELECT * FROM «tbl» WHERE «col» = ''' || p_«snake» || '''';
execute2 | top | EXECUTE 'DROP TABLE ' || p_«snake»;
exec | top | EXEC('SELECT * FROM «tbl» WHERE «col» = ' + @«snake»);
immediate | top | EXECUTE IMMEDIATE 'DELETE FROM «tbl» WHERE «col» = ''' || p_«snake» || '''';
spexec | top | EXEC sp_executesql N'SELECT * FROM «tbl» WHERE «col» = ' + @«snake»;
return | top | RETURN QUERY EXECUTE 'SELECT * FROM ' || p_«snake»;
prepare | top | PREPARE stmt FROM CONCAT('SELECT * FROM «tbl» WHERE «col» = ', @«snake»);
formats | top | EXECUTE format('SELECT * FROM «tbl» WHERE «col» = ''%s''', p_«snake»);
""",
    },
    flow_share=0.97,
)
