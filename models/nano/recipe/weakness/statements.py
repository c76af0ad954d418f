# SPDX-License-Identifier: Apache-2.0
"""Statements for a database or a shell that are put together in pieces or elsewhere, and digests by what they are for. Training only.

Rows as in natural.py. The harmless twins bind what comes from outside, choose columns from a list or cast to a number.
"""

_SQL = {
    "python": """
parts | lines:«v2» | sql = "SELECT «*|«col»» FROM «tbl» WHERE 1=1"⏎if «v2».«fld»:⏎⇥sql += " AND «col» = '" + «v2».«fld» + "'"«?»⏎«cur.execute(sql)|rows = conn.execute(sql).fetchall()»«!»
conds | lines:«v2», «v3» | «v1» = []⏎«v1».append("«col» = '%s'" % «v2»)⏎«v1».append(f"«col» LIKE '%{«v3»}%'")⏎«cur|cursor|db».execute("SELECT * FROM «tbl» WHERE " + " AND ".join(«v1»))«!»
order | lines:«v2» | «v1» = request.args.get("sort", "«col»")⏎«cur|cursor|conn».execute("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY " + «v1», («v2»,))«!»
method | top | def _«verb1»_sql(self, «snake1»):⏎⇥return "«SELECT * FROM «tbl»|DELETE FROM «tbl»» WHERE «col» = '" + «snake1» + "'"⏎⏎def «f»(self, «snake1»):⏎⇥return self.«db|conn|cursor».execute(self._«verb1»_sql(«snake1»))«!»
inlist | lines:«v2» | «v1» = ",".join(«v2»)⏎«cur|cursor|conn».execute(f"«SELECT * FROM|DELETE FROM» «tbl» WHERE id IN ({«v1»})")«!»
column | lines:«v2», «v3» | «cur|cursor».execute(f"UPDATE «tbl» SET {«v2»} = %s WHERE id = %s", («v3», «v1»))
limit | lines | «cur|cursor|conn».execute("SELECT * FROM «tbl» ORDER BY «col» LIMIT " + request.args["«key»"])
template | lines:«v2» | «v1» = «C»_SQL«.format(«w»=«v2»)|.replace(":«w»", «v2»)| % «v2»»«?»⏎«cur|cursor|db|session».execute(«v1»)«!»
""",
    "javascript typescript": """
parts | lines:«v2» | let sql = 'SELECT * FROM «tbl» WHERE 1 = 1';⏎if («v2».«fld1») sql += ` AND «col» = '${«v2».«fld1»}'`;⏎«return db.query(sql);|const [rows] = await pool.query(sql);|db.all(sql, callback);»«!»
conds | lines:req | const «v1» = Object.entries(req.«query|body»).map(([k, v]) => `${k} = '${v}'`).join(' AND ');⏎«const rows = await |await |return »«db|pool|client».query('SELECT * FROM «tbl» WHERE ' + «v1»);«!»
order | lines:req, «v2» | «const rows = await |return »«db|pool|client».query(`SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY ${req.query.«w»}`, [«v2»]);
method | top | buildQuery(«camel1») {⏎⇥return "SELECT * FROM «tbl» WHERE «col» = '" + «camel1» + "'";⏎}⏎⏎async «f»(«camel1») {⏎⇥return this.«db|pool|conn».query(this.buildQuery(«camel1»));«!»⏎}
inlist | lines:«v2» | «const rows = await |return »«db|pool|conn».query(`SELECT * FROM «tbl» WHERE id IN (${«v2».join(',')})`);
column | lines:«v2», «v3» | await «db|pool|client».query(`UPDATE «tbl» SET ${«v2»} = $1 WHERE id = $2`, [«v3», id]);
""",
    "php": """
parts | lines | $sql = "SELECT * FROM «tbl» WHERE 1=1";⏎if (!empty($_GET['«key1»'])) {⏎⇥$sql .= " AND «col» = '" . $_GET['«key1»'] . "'";«?»⏎}⏎«$rows = $pdo->query($sql)->fetchAll()|$result = mysqli_query($conn, $sql)|$this->db->query($sql)»;«!»
method | top | private function «camel1»Sql($«camel2»)⏎{⏎⇥return "SELECT * FROM «tbl» WHERE «col» = '$«camel2»'";⏎}⏎⏎public function «f»($«camel2»)⏎{⏎⇥return $this->«pdo|db»->query($this->«camel1»Sql($«camel2»));«!»⏎}
order | lines | $stmt = $pdo->prepare("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY " . $_GET['«sort|order|column»']);«!»⏎$stmt->execute([$«v1»]);
inlist | lines | $rows = $«pdo|db»->query('SELECT * FROM «tbl» WHERE id IN (' . implode(',', $_POST['«key»']) . ')');
wherearray | lines:$«v2» | $where = [];⏎foreach ($«v2» as $k => $v) {⏎⇥$where[] = "$k = '$v'";«?»⏎}⏎$«pdo|db|conn»->«query|exec»('DELETE FROM «tbl» WHERE ' . implode(' AND ', $where));«!»
""",
    "java": """
parts | lines:String «v2» | StringBuilder sql = new StringBuilder("SELECT * FROM «tbl» WHERE 1 = 1");⏎if («v2» != null) {⏎⇥sql.append(" AND «col» = '").append(«v2»).append("'");«?»⏎}⏎ResultSet rs = «stmt|statement».executeQuery(sql.toString());«!»
method | top | private String «camel1»Query(String «camel2») {⏎⇥return "SELECT * FROM «tbl» WHERE «col» = '" + «camel2» + "'";⏎}⏎⏎public List<«P»> «f»(String «camel2») {⏎⇥return «jdbcTemplate.query(«camel1»Query(«camel2»), mapper)|em.createNativeQuery(«camel1»Query(«camel2»)).getResultList()»;«!»⏎}
order | lines:String «v2» | PreparedStatement ps = «conn|connection».prepareStatement("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY " + «v2»);«!»⏎ps.setString(1, «v3»);
inlist | lines:List<String> «v2» | String «v1» = String.join(",", «v2»);⏎«jdbcTemplate.update|stmt.executeUpdate»("DELETE FROM «tbl» WHERE id IN (" + «v1» + ")");«!»
""",
    "go": """
parts | lines:«v2» string | query := "SELECT * FROM «tbl» WHERE 1=1"⏎if «v2» != "" {⏎⇥query += " AND «col» = '" + «v2» + "'"«?»⏎}⏎rows, err := «db|s.db|r.db».«Query(query)|QueryContext(ctx, query)»«!»
order | lines:w http.ResponseWriter, r *http.Request | rows, err := «db|s.db».Query("SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY "+r.FormValue("«key»"), «v1»)
method | top | func «camel1»Query(«camel2» string) string {⏎⇥return fmt.Sprintf("SELECT * FROM «tbl» WHERE «col» = '%s'", «camel2»)⏎}⏎⏎func (s *«T») «F»(«camel2» string) error {⏎⇥_, err := s.db.Exec(«camel1»Query(«camel2»))«!»⏎⇥return err⏎}
inlist | lines:«v2» []string | rows, err := «db|tx».Query("SELECT * FROM «tbl» WHERE id IN (" + strings.Join(«v2», ",") + ")")
builder | lines:«v2» map[string]string | var sb strings.Builder⏎sb.WriteString("DELETE FROM «tbl» WHERE 1=1")⏎for k, v := range «v2» {⏎⇥fmt.Fprintf(&sb, " AND %s = '%s'", k, v)«?»⏎}⏎_, err := «db|tx|s.db».Exec(sb.String())«!»
""",
    "rust": """
parts | lines:«v2»: &str | let mut sql = String::from("SELECT * FROM «tbl» WHERE 1=1");⏎sql.push_str(&format!(" AND «col» = '{}'", «v2»));«?»⏎let rows = «client.query(&sql, &[])|sqlx::query(&sql).fetch_all(&pool).await|conn.prepare(&sql)»?;«!»
method | top | fn «snake1»_sql(«snake2»: &str) -> String {⏎⇥format!("SELECT * FROM «tbl» WHERE «col» = '{}'", «snake2»)⏎}⏎⏎pub fn «f»(&self, «snake2»: &str) -> Result<()> {⏎⇥self.conn.execute(&«snake1»_sql(«snake2»), [])?;«!»⏎⇥Ok(())⏎}
""",
    "c": """
parts | lines:const char *«v2» | char sql[«256|512|1024»] = "SELECT * FROM «tbl» WHERE «col» = '";⏎strncat(sql, «v2», sizeof(sql) - strlen(sql) - 1);⏎strncat(sql, "'", sizeof(sql) - strlen(sql) - 1);⏎«mysql_query(conn, sql);|sqlite3_exec(db, sql, NULL, NULL, NULL);|res = PQexec(conn, sql);»«!»
method | top | static void «snake1»_sql(char *out, size_t len, const char *«snake2»)⏎{⏎⇥snprintf(out, len, "SELECT * FROM «tbl» WHERE «col» = '%s'", «snake2»);⏎}⏎⏎int «f»(sqlite3 *db, const char *«snake2»)⏎{⏎⇥char sql[«256|512»];⏎⇥«snake1»_sql(sql, sizeof(sql), «snake2»);⏎⇥return sqlite3_exec(db, sql, NULL, NULL, NULL);«!»⏎}
""",
    "cpp": """
parts | lines:const std::string &«v2» | std::string sql = "SELECT * FROM «tbl» WHERE 1=1";⏎if (!«v2».empty()) sql += " AND «col» = '" + «v2» + "'";«?»⏎«sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr)|txn.exec(sql)|stmt->executeQuery(sql)|mysql_query(conn_, sql.c_str())»;«!»
method | top | std::string «T1»::«F1»Sql(const std::string &«snake2») const {⏎⇥return "SELECT * FROM «tbl» WHERE «col» = '" + «snake2» + "'";⏎}⏎⏎void «T1»::«verb»(const std::string &«snake2») {⏎⇥txn_.exec(«F1»Sql(«snake2»));«!»⏎}
""",
    "sql": """
variable | top | v_sql := 'SELECT «col» FROM «tbl» WHERE «col» = ''' || p_«snake1» || '''';«?»⏎EXECUTE v_sql«| INTO v_«w»»;«!»
cursor | top | OPEN «snake» FOR 'SELECT * FROM «tbl» WHERE «col» = ''' || p_«snake» || '''';
concat | top | SET @sql = CONCAT('DELETE FROM «tbl» WHERE «col» = ''', p_«snake», '''');«?»⏎PREPARE stmt FROM @sql;«!»
mssql | top | SET @sql = N'SELECT * FROM «tbl» WHERE «col» LIKE ''%' + @«snake» + '%''';«?»⏎«EXEC(@sql);|EXEC sp_executesql @sql;|EXECUTE(@sql);»«!»
order | top | EXECUTE 'SELECT * FROM «tbl» ORDER BY ' || p_«snake» || ' LIMIT 10';
dbms | top | DBMS_SQL.PARSE(c, 'UPDATE «tbl» SET «col» = ''' || p_«snake» || '''', DBMS_SQL.NATIVE);
table | top | EXECUTE 'TRUNCATE TABLE ' || p_«snake» || '_archive';
""",
    "shell": """
mysql | lines | «mysql|mariadb» "$«C»" -e "«SELECT * FROM «tbl» WHERE «col» = '$1'|DELETE FROM «tbl» WHERE id = $2|UPDATE «tbl» SET «col» = '$1'»"
psql | lines | «v1»="«SELECT «col» FROM «tbl»|DELETE FROM «tbl»» WHERE «col» = '$«1|2|QUERY_STRING»'"⏎psql "$DATABASE_URL" -c "$«v1»"«!»
here | lines | sqlite3 "$«C»" <<EOF⏎INSERT INTO «tbl» («col») VALUES ('$1');«!»⏎EOF
""",
}
_SQL_ALIKE = {
    "python": """
parts | lines:«v2» | sql = "SELECT «*|«col»» FROM «tbl» WHERE 1=1"⏎params = []⏎if «v2»:⏎⇥sql += " AND «col» = «?|%s»"⏎⇥params.append(«v2»)⏎sql += " ORDER BY «col»«| DESC| LIMIT 50»"⏎«cur.execute(sql, params)|rows = conn.execute(sql, params).fetchall()»
conds | lines:«v2», «v3» | «v1» = ["«col» = ?"]⏎if «v3»:⏎⇥«v1».append("«col» >= ?")⏎«cur|cursor|db».execute("SELECT * FROM «tbl» WHERE " + " AND ".join(«v1») + " ORDER BY «col»", («v2», «v3»))
order | lines:«v2», «v3» | «v1» = "DESC" if «v3» else "ASC"⏎«cur|cursor|conn».execute("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY «col» " + «v1», («v2»,))
ordered | lines:«v2» | «cur|cursor|conn|self.db».execute("SELECT «col», «col» FROM «tbl» WHERE «col» = «?|%s» ORDER BY «col» «DESC|ASC|» LIMIT «?|%s»", («v2», «n»))
orderlist | lines:«v2» | «v1» = {"«w1»": "«col»", "«w2»": "«col»"}.get(request.args.get("sort"), "id")⏎«cur|conn».execute(f"SELECT * FROM «tbl» WHERE «col» = ? ORDER BY {«v1»}", («v2»,))
method | top | def _«verb1»_sql(self):⏎⇥return "«SELECT * FROM «tbl»|DELETE FROM «tbl»» WHERE «col» = «?|%s» ORDER BY id"⏎⏎def «f»(self, «snake1»):⏎⇥return self.«db|conn|cursor».execute(self._«verb1»_sql(), («snake1»,))
inlist | lines:«v2» | «v1» = ",".join("?" for _ in «v2»)⏎«cur|cursor|conn».execute(f"SELECT * FROM «tbl» WHERE id IN ({«v1»}) ORDER BY id", «v2»)
limit | lines | «cur|cursor|conn».execute("SELECT * FROM «tbl» ORDER BY «col» LIMIT ?", (int(request.args["«key»"]),))
template | lines:«v2» | «cur|cursor|db|session».execute(«C»_SQL, «(«v2»,)|{"«w»": «v2»}|[«v2»]»)
""",
    "javascript typescript": """
parts | lines:«v2» | let sql = 'SELECT * FROM «tbl» WHERE 1 = 1';⏎const params = [];⏎if («v2».«fld1») {⏎⇥params.push(«v2».«fld1»);⏎⇥sql += ` AND «col» = $${params.length}`;⏎}⏎sql += ' ORDER BY «col»';⏎«return db.query(sql, params);|const { rows } = await pool.query(sql, params);»
order | lines:«v2», «v3» | const «v1» = «v3» ? 'DESC' : 'ASC';⏎«const rows = await |return »«db|pool|client».query(`SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY «col» ${«v1»}`, [«v2»]);
ordered | lines:«v2» | «const rows = await |return »«db|pool|client».query('SELECT «col», «col» FROM «tbl» WHERE «col» = «$1|?» ORDER BY «col» «DESC|ASC|» LIMIT «n»', [«v2»]);
orderlist | lines:req, «v2» | const «v1» = { «w1»: '«col»', «w2»: '«col»' }[req.query.sort] || 'id';⏎const rows = await db.query(`SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY ${«v1»}`, [«v2»]);
method | top | buildQuery() {⏎⇥return 'SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY «col»';⏎}⏎⏎async «f»(«camel1») {⏎⇥return this.«db|pool|conn».query(this.buildQuery(), [«camel1»]);⏎}
inlist | lines:«v2» | const «v1» = «v2».map((_, i) => `$${i + 1}`).join(', ');⏎«const rows = await |return »«db|pool».query(`SELECT * FROM «tbl» WHERE id IN (${«v1»})`, «v2»);
""",
    "php": """
parts | lines | $sql = "SELECT * FROM «tbl» WHERE 1=1";⏎$params = [];⏎if (!empty($_GET['«key1»'])) {⏎⇥$sql .= ' AND «col» = ?';⏎⇥$params[] = $_GET['«key1»'];⏎}⏎$stmt = $pdo->prepare($sql . ' ORDER BY «col»');⏎$stmt->execute($params);
ordered | lines | $stmt = $«pdo|this->db»->prepare('SELECT «col» FROM «tbl» WHERE «col» = ? ORDER BY «col» «DESC|ASC»');⏎$stmt->execute([$_«GET|POST»['«key»']]);
order | lines | $dir = $_GET['dir'] === 'desc' ? 'DESC' : 'ASC';⏎$stmt = $pdo->prepare("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY «col» $dir");⏎$stmt->execute([$«v1»]);
inlist | lines | $marks = implode(',', array_fill(0, count($«v1»), '?'));⏎$stmt = $pdo->prepare("SELECT * FROM «tbl» WHERE id IN ($marks)");⏎$stmt->execute($«v1»);
""",
    "java": """
parts | lines:String «v2» | StringBuilder sql = new StringBuilder("SELECT * FROM «tbl» WHERE 1 = 1");⏎List<Object> args = new ArrayList<>();⏎if («v2» != null) {⏎⇥sql.append(" AND «col» = ?");⏎⇥args.add(«v2»);⏎}⏎sql.append(" ORDER BY «col»");⏎return jdbcTemplate.query(sql.toString(), mapper, args.toArray());
ordered | lines:String «v2» | PreparedStatement ps = «conn|connection».prepareStatement("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY «col» «DESC|ASC|»");⏎ps.setString(1, «v2»);⏎ResultSet rs = ps.executeQuery();
order | lines:boolean «v2», String «v3» | String dir = «v2» ? "DESC" : "ASC";⏎return jdbcTemplate.queryForList("SELECT * FROM «tbl» WHERE «col» = ? ORDER BY «col» " + dir, «v3»);
""",
    "go": """
parts | lines:«v2» string | query := "SELECT * FROM «tbl» WHERE 1=1"⏎var args []any⏎if «v2» != "" {⏎⇥args = append(args, «v2»)⏎⇥query += fmt.Sprintf(" AND «col» = $%d", len(args))⏎}⏎rows, err := «db|s.db».Query(query+" ORDER BY «col»", args...)
ordered | lines:«v2» string | rows, err := «db|s.db|r.db».«Query(|QueryContext(ctx, »"SELECT «col», «col» FROM «tbl» WHERE «col» = «$1|?» ORDER BY «col» «DESC|ASC|» LIMIT «n»", «v2»)
order | lines:«v2» string, desc bool | dir := "ASC"⏎if desc {⏎⇥dir = "DESC"⏎}⏎rows, err := «db|s.db».Query("SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY «col» "+dir, «v2»)
""",
    "rust": """
ordered | lines:«v2»: &str | let rows = «client.query("SELECT * FROM «tbl» WHERE «col» = $1 ORDER BY «col»", &[&«v2»])|sqlx::query("SELECT «col» FROM «tbl» WHERE «col» = $1 ORDER BY «col» DESC").bind(«v2»).fetch_all(&pool).await»?;
""",
    "c": """
ordered | lines:const char *«v2» | sqlite3_prepare_v2(db, "SELECT «col», «col» FROM «tbl» WHERE «col» = ? ORDER BY «col»", -1, &stmt, NULL);⏎sqlite3_bind_text(stmt, 1, «v2», -1, SQLITE_TRANSIENT);⏎while (sqlite3_step(stmt) == SQLITE_ROW)⏎⇥«f»(sqlite3_column_text(stmt, 0));
number | lines:int «v2» | char sql[128];⏎snprintf(sql, sizeof(sql), "SELECT * FROM «tbl» WHERE id = %d ORDER BY «col»", «v2»);⏎«mysql_query(conn, sql);|sqlite3_exec(db, sql, NULL, NULL, NULL);|res = PQexec(conn, sql);»
""",
    "cpp": """
ordered | lines:const std::string &«v2» | «auto rows = txn.exec_params("SELECT «col» FROM «tbl» WHERE «col» = $1 ORDER BY «col» DESC", «v2»);|SQLite::Statement query(db_, "SELECT * FROM «tbl» WHERE «col» = ? ORDER BY «col»");⏎query.bind(1, «v2»);»
number | lines:int «v2» | const std::string sql = "SELECT * FROM «tbl» WHERE id = " + std::to_string(«v2»);⏎«txn.exec(sql)|stmt->executeQuery(sql)»;
""",
    "sql": """
variable | top | v_sql := 'SELECT «col» FROM «tbl» WHERE «col» = $1 ORDER BY «col»';⏎EXECUTE v_sql USING p_«snake»;
cursor | top | OPEN «snake» FOR SELECT * FROM «tbl» WHERE «col» = p_«snake» ORDER BY «col»;
concat | top | SET @sql = 'DELETE FROM «tbl» WHERE «col» = ?';⏎PREPARE stmt FROM @sql;⏎EXECUTE stmt USING @«snake»;
order | top | SELECT «col», «col» FROM «tbl» WHERE «col» = p_«snake» ORDER BY «col» «DESC|ASC» LIMIT p_limit;
ident | top | EXECUTE 'TRUNCATE TABLE ' || quote_ident(p_«snake»);
""",
    "shell": """
const | lines | «mysql|psql» "$«C»" «-e|-c» "SELECT COUNT(*) FROM «tbl» WHERE «col» = '«w»' ORDER BY 1"
variable | lines | psql "$DATABASE_URL" -v «w1»="$1" -c "SELECT * FROM «tbl» WHERE «col» = :'«w1»'"
file | lines | «mysql|psql|sqlite3» "$«C»" < "«w»/«snake».sql"
""",
}

_COMMAND = {
    "python": """
parts | lines:«v2» | cmd = "«ffmpeg -i|convert|tar czf|pg_dump|rsync -a»"⏎cmd += " " + «v2».«fld»⏎«os.system(cmd)|subprocess.check_output(cmd, shell=True)|subprocess.run(cmd, shell=True, check=True)»«!»
method | top | def _command(self, «snake1»):⏎⇥return "«git clone|ping -c 1|unzip» %s" % «snake1»⏎⏎def «f»(self, «snake1»):⏎⇥return subprocess.run(self._command(«snake1»), shell=True)«!»
joined | lines:«v2» | «os.system|subprocess.getoutput|os.popen»(" ".join(["«convert|gs|zip»", «v2», "«w».«ext»"]))
""",
    "javascript typescript": """
parts | lines:req, res | let cmd = '«convert|ffmpeg -i|zip -r»';⏎cmd += ' ' + req.body.«fld»;⏎«exec(cmd, (err, out) => res.send(out));|const out = execSync(cmd);|child_process.exec(cmd);»«!»
joined | lines:«v2» | «execSync|exec»(['«git clone|tar xf|convert»', «v2», '«w»'].join(' '));
""",
    "go": """
parts | lines:«v2» string | line := "«convert|tar czf|pg_dump»"⏎line += " " + «v2»⏎out, err := exec.Command("sh", "-c", line).CombinedOutput()«!»
""",
    "c": """
method | top | static void «snake1»_command(char *out, size_t len, const char *«snake2»)⏎{⏎⇥snprintf(out, len, "«convert|ping -c 1|tar xf» %s", «snake2»);⏎}⏎⏎int «f»(const char *«snake2»)⏎{⏎⇥char cmd[«256|512»];⏎⇥«snake1»_command(cmd, sizeof(cmd), «snake2»);⏎⇥return system(cmd);«!»⏎}
parts | lines:const char *«v2» | char cmd[«256|512»] = "«convert|tar xf|mail -s «w»» ";⏎strncat(cmd, «v2», sizeof(cmd) - strlen(cmd) - 1);⏎«system(cmd);|FILE *p = popen(cmd, "r");»«!»
""",
    "php": """
parts | lines | $cmd = '«convert|ffmpeg -i|zip -r»';⏎$cmd .= ' ' . $_«GET|POST»['«key»'];⏎«exec($cmd, $out)|shell_exec($cmd)|system($cmd)»;«!»
""",
    "java": """
parts | lines:String «v2» | String cmd = "«convert|tar xf|nslookup» ";⏎cmd += «v2»;⏎Process p = Runtime.getRuntime().exec(new String[] {"sh", "-c", cmd});«!»
""",
    "yaml": """
workflow | top | - run: «echo|git checkout|./«w».sh|deploy --title» "${{ github.event.«pull_request.title|issue.title|comment.body|head_commit.message|pull_request.head.ref» }}"
workflow2 | top | run: «echo|./«dash»|npm run «w» --» ${{ github.event.«issue.body|comment.body|pull_request.body|review.body» }}
""",
}
_COMMAND_ALIKE = {
    "python": """
parts | lines:«v2» | cmd = ["«ffmpeg|convert|tar»", "-«w»"]⏎cmd.append(«v2».«fld»)⏎«subprocess.run(cmd, check=True)|subprocess.check_output(cmd)»
method | top | def _command(self, «snake1»):⏎⇥return ["«git|ping|unzip»", "--", «snake1»]⏎⏎def «f»(self, «snake1»):⏎⇥return subprocess.run(self._command(«snake1»))
quoted | lines:«v2» | «os.system|subprocess.getoutput»("«convert|gs|zip» " + shlex.quote(«v2») + " «w».«ext»")
""",
    "javascript typescript": """
parts | lines:req, res | const args = ['-«w»'];⏎args.push(req.body.«fld»);⏎«execFile('«convert|ffmpeg|zip»', args, (err, out) => res.send(out));|const out = spawnSync('«w»', args);»
""",
    "go": """
parts | lines:«v2» string | args := []string{"-«w»"}⏎args = append(args, «v2»)⏎out, err := exec.Command("«convert|tar|pg_dump»", args...).CombinedOutput()
""",
    "c": """
method | top | static void «snake1»_command(char *out, size_t len, int «snake2»)⏎{⏎⇥snprintf(out, len, "«kill|renice|taskset -p» %d", «snake2»);⏎}⏎⏎int «f»(int «snake2»)⏎{⏎⇥char cmd[64];⏎⇥«snake1»_command(cmd, sizeof(cmd), «snake2»);⏎⇥return system(cmd);⏎}
parts | lines:const char *«v2» | char *args[] = {"«convert|tar»", "-«w»", (char *)«v2», NULL};⏎execvp(args[0], args);
""",
    "php": """
parts | lines | $cmd = '«convert|zip -r»';⏎$cmd .= ' ' . escapeshellarg($_GET['«key»']);⏎«exec($cmd, $out)|system($cmd)»;
""",
    "java": """
parts | lines:String «v2» | List<String> cmd = new ArrayList<>(List.of("«convert|tar»"));⏎cmd.add(«v2»);⏎Process p = new ProcessBuilder(cmd).start();
""",
    "yaml": """
workflow | top | - run: «echo "${{ github.sha }}"|./«w».sh --«w» ${{ matrix.«w» }}|npm ci|make «w»|git checkout "$BRANCH"»
env | top | env:⏎⇥TITLE: ${{ github.event.pull_request.title }}
""",
}

_HASH = {
    "python": """
password | lines:password | «stored|digest|hashed|pw_hash» = hashlib.«md5|sha1»(«password.encode()|(salt + password).encode()|password.encode("utf-8")»).hexdigest()
sign | lines:«v2» | «signature|sig|mac» = hashlib.«md5|sha1»((secret + «v2»).encode()).hexdigest()
token | lines:user | «token|reset_token|session_id» = hashlib.«md5|sha1»(f"{user.id}{time.time()}".encode()).hexdigest()
""",
    "javascript typescript": """
password | lines:password | const «hashed|passwordHash|digest» = crypto.createHash('«md5|sha1»').update(«password|salt + password»).digest('hex');
sign | lines:«v2» | const «signature|mac» = crypto.createHash('«md5|sha1»').update(secret + «v2»).digest('hex');
""",
    "php": """
password | lines:$password | $«hash|hashed|stored» = «md5($password)|sha1($salt . $password)|md5($password . self::SALT)»;
sign | lines:$«v2» | $signature = «md5|sha1»($secret . $«v2»);
""",
    "java": """
password | lines:String password | MessageDigest md = MessageDigest.getInstance("«MD5|SHA-1»");«!»⏎byte[] hashed = md.digest(password.getBytes(StandardCharsets.UTF_8));«?»
""",
    "go": """
password | lines:password string | «hashed|sum» := «md5|sha1».Sum([]byte(«password|salt + password»))
""",
    "c": """
password | lines:const char *password | «MD5|SHA1»((const unsigned char *)password, strlen(password), digest);
""",
}
_HASH_ALIKE = {
    "python": """
cachekey | lines:«v2» | «cache_key|key_for_cache|etag|fingerprint|bucket|shard» = hashlib.«md5|sha1»(«url.encode()|repr(«v2»).encode()|json.dumps(«v2», sort_keys=True).encode()|path.encode()»).hexdigest()
cacheget | lines:«v2» | return cache.get("«w»:" + hashlib.md5(«v2».encode()).hexdigest())
etag | lines:«v2» | response.headers["ETag"] = hashlib.«md5|sha1»(«v2»).hexdigest()
filename | lines:url | «cached|cache_path|thumb» = CACHE_DIR / (hashlib.md5(url.encode()).hexdigest() + ".«ext»")
dedupe | lines:«v2» | if hashlib.«md5|sha1»(«v2».encode(), usedforsecurity=False).hexdigest() in seen:⏎⇥return
shard | lines:«v2» | shard = int(hashlib.md5(«v2».encode()).hexdigest(), 16) % «n»
gravatar | lines:email | avatar_url = "https://«host»/avatar/" + hashlib.md5(email.lower().encode()).hexdigest()
""",
    "javascript typescript": """
cachekey | lines:«v2» | const «cacheKey|etag|fingerprint|shardKey|cacheFile» = crypto.createHash('«md5|sha1»').update(«JSON.stringify(«v2»)|url|«v2»|content»).digest('hex');
etag | lines:body | res.setHeader('ETag', crypto.createHash('«md5|sha1»').update(body).digest('base64'));
cacheget | lines:«v2» | return cache.get(md5(«v2»));
""",
    "php": """
cachekey | lines:$«v2» | $«cacheKey|etag|cacheFile» = «md5($url)|'«w»_' . md5(serialize($«v2»))|sha1(json_encode($«v2»))»;
cacheget | lines:$«v2» | return $this->cache->get(md5($«v2»));
""",
    "java": """
etag | lines:byte[] body | String «etag|cacheKey|contentKey» = DigestUtils.«md5Hex|md5DigestAsHex»(body);
""",
    "go": """
cachekey | lines:url string | «cacheKey|etag|shardKey» := hex.EncodeToString(md5.New().Sum([]byte(url)))
""",
    "rust": """
cachekey | lines:url: &str | let «cache_key|etag|bucket» = format!("{:x}", md5::compute(url));
""",
    "c": """
bucket | lines:const char *«v2» | MD5((const unsigned char *)«v2», strlen(«v2»), «cache_key|etag|bucket_key»);
""",
    "shell": """
checksum | lines | «checksum|cache_key|etag»=$(md5sum "$«file|path|archive»" «bar» cut -d' ' -f1)
cachefile | lines | cache="/tmp/«w»-$(echo "$url" «bar» md5sum «bar» cut -c1-8)"
""",
}

WEAK = {3: _SQL, 2: _COMMAND, 6: _HASH}
ALIKE = {3: _SQL_ALIKE, 2: _COMMAND_ALIKE, 6: _HASH_ALIKE}
