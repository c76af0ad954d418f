// SPDX-License-Identifier: Apache-2.0
#include "agent/checks.h"

#include <gtest/gtest.h>

#include "agent/audit_test_data.h"
#include "agent/checks_source.h"

namespace fathom {
namespace {

constexpr auto kAgrees = CheckOutcome::kAgrees;
constexpr auto kSilent = CheckOutcome::kSilent;
constexpr auto kContradicts = CheckOutcome::kContradicts;

struct Case {
  const char* family;
  const char* language;
  const char* text;  // the last line is asked about
  CheckOutcome expected;
};

void Expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const CorpusFile file = MakeFile({"x", c.language, c.text});
    const CheckAnswer answer = Checker(file).Check(c.family, file.lines.size());
    EXPECT_EQ(CheckOutcomeName(answer.outcome), CheckOutcomeName(c.expected))
        << c.family << " (" << c.language << "): " << c.text << "\n  said: " << answer.said;
  }
}

TEST(Lexer, BlanksLiteralsAndCommentsAndKeepsTheLength) {
  const std::string text = "a = \"x\\\"y\"  # \"note\"\nb = f'{c} d'\n";
  const std::string blank = BlankLiterals(text, "python");
  EXPECT_EQ(blank.size(), text.size());
  EXPECT_EQ(blank.substr(0, 5), "a = \"");
  EXPECT_EQ(blank.find("note"), std::string::npos);
  EXPECT_NE(blank.find(kInsertedByte), std::string::npos);
  EXPECT_EQ(blank.find('d'), std::string::npos);
}

TEST(Lexer, TakesAnyBytesInAnyLanguage) {
  std::mt19937_64 random(7);
  const std::string alphabet = "\"'`\\{}()[]$#/*-\n<?>%x \xff";
  for (const char* language : {"python", "c", "php", "ruby", "shell", "javascript", "csharp",
                               "swift", "rust", "text", ""}) {
    for (int round = 0; round < 60; ++round) {
      std::string text;
      for (int i = 0; i < 80; ++i) text += alphabet[random() % alphabet.size()];
      const CorpusFile file = MakeFile({"x", language, text});
      ASSERT_EQ(BlankLiterals(text, language).size(), text.size());
      const Checker checker(file);
      for (const RuleInfo& rule : KnownFamilies()) {
        for (size_t line = 1; line <= file.lines.size(); ++line)
          (void)checker.Check(rule.family, line);
      }
    }
  }
}

TEST(Statement, JoinsLinesOfOneCall) {
  const CorpusFile file = MakeFile({"x", "python", "a = 1\nrun(\n    b,\n    c)\nd = 2\n"});
  const Checker checker(file);
  for (size_t line : {2u, 3u, 4u}) {
    EXPECT_EQ(checker.StatementAt(line).first, 2u) << line;
    EXPECT_EQ(checker.StatementAt(line).last, 4u) << line;
  }
  EXPECT_EQ(checker.StatementAt(1).last, 1u);
  EXPECT_EQ(checker.StatementAt(5).first, 5u);
}

TEST(Statement, ACallbackBodyIsNotPartOfItsCall) {
  const CorpusFile file = MakeFile(
      {"x", "javascript", "app.get('/x', (req, res) => {\n  const a = 1;\n  run(a);\n});\n"});
  EXPECT_EQ(Checker(file).StatementAt(3).first, 3u);
  EXPECT_EQ(Checker(file).StatementAt(3).last, 3u);
}

TEST(Checks, CommandInjection) {
  Expect({
      {"command-injection", "python", "def f(h):\n    os.system('ping ' + h)", kAgrees},
      {"command-injection", "python", "def f(h):\n    os.system('uptime')", kContradicts},
      {"command-injection", "python", "def f(h):\n    subprocess.run(f'ping {h}', shell=True)",
       kAgrees},
      {"command-injection", "python",
       "def f(h):\n    subprocess.run(\n        'ping ' + h,\n        shell=True)", kAgrees},
      {"command-injection", "python", "def f(h):\n    subprocess.run(['ping', h])", kContradicts},
      {"command-injection", "python", "def f(h):\n    subprocess.run(['sh', '-c', h])", kAgrees},
      {"command-injection", "python", "def f(h):\n    os.system('ping ' + shlex.quote(h))",
       kContradicts},
      {"command-injection", "python", "def f(h):\n    h = 'a'\n    os.system(h)", kContradicts},
      {"command-injection", "python", "def f(h):\n    if h:\n        c = 'a'\n    os.system(c)",
       kAgrees},
      {"command-injection", "python", "def f(h):\n    # os.system(h)\n    log(h)", kSilent},
      {"command-injection", "javascript", "exec(`convert ${name} out.png`, done);", kAgrees},
      {"command-injection", "javascript", "exec('git status', done);", kContradicts},
      {"command-injection", "javascript", "execFile('convert', [name], done);", kSilent},
      {"command-injection", "javascript", "const m = pattern.exec(text);", kSilent},
      {"command-injection", "php", "<?php\n$o = shell_exec(\"ls \" . $dir);", kAgrees},
      {"command-injection", "php", "<?php\n$o = shell_exec(\"ls \" . escapeshellarg($dir));",
       kContradicts},
      {"command-injection", "php", "<?php\n$o = `ls $dir`;", kAgrees},
      {"command-injection", "c", "int f(char *p) {\n  return system(p);", kAgrees},
      {"command-injection", "c", "int f(char *p) {\n  return system(\"sync\");", kContradicts},
      {"command-injection", "java", "Runtime.getRuntime().exec(\"sh -c \" + name);", kAgrees},
      {"command-injection", "java", "new ProcessBuilder(\"ls\", dir).start();", kContradicts},
      {"command-injection", "go", "out := exec.Command(\"sh\", \"-c\", line)", kAgrees},
      {"command-injection", "go", "out := exec.Command(\"ls\", dir)", kContradicts},
  });
}

TEST(Checks, SqlInjection) {
  Expect({
      {"sql-injection", "python",
       "def f(n):\n    cur.execute(\"SELECT * FROM t WHERE n = '\" + n + \"'\")", kAgrees},
      {"sql-injection", "python",
       "def f(n):\n    cur.execute(f\"SELECT * FROM t WHERE n = '{n}'\")", kAgrees},
      {"sql-injection", "python",
       "def f(n):\n    cur.execute(\"SELECT * FROM t WHERE n = '%s'\" % n)", kAgrees},
      {"sql-injection", "python",
       "def f(n):\n    cur.execute(\"SELECT * FROM t WHERE n = {}\".format(n))", kAgrees},
      {"sql-injection", "python",
       "def f(n):\n    cur.execute(\"SELECT * FROM t WHERE n = %s\", (n,))", kContradicts},
      {"sql-injection", "python", "def f(n):\n    cur.execute(\"SELECT * FROM t\")", kContradicts},
      {"sql-injection", "python",
       "def f(n):\n    q = \"SELECT a FROM t WHERE n = \" + n\n    cur.execute(q)", kAgrees},
      {"sql-injection", "python",
       "def f(n):\n    n = int(n)\n    cur.execute(f\"SELECT a FROM t WHERE n = {n}\")",
       kContradicts},
      {"sql-injection", "python", "def f(n):\n    cur.execute(q)", kSilent},
      {"sql-injection", "javascript", "db.query(`SELECT * FROM t WHERE id = ${id}`);", kAgrees},
      {"sql-injection", "javascript", "db.query('SELECT * FROM t WHERE id = ?', [id]);",
       kContradicts},
      {"sql-injection", "php", "<?php\n$r = $db->query(\"SELECT * FROM t WHERE id = $id\");",
       kAgrees},
      {"sql-injection", "php",
       "<?php\n$r = $db->query('SELECT * FROM t WHERE id = ' . intval($id));", kContradicts},
      {"sql-injection", "java", "st.executeQuery(\"SELECT * FROM t WHERE n = '\" + n + \"'\");",
       kAgrees},
      {"sql-injection", "c",
       "void f(char *n) {\n  snprintf(q, sizeof q, \"SELECT a FROM t WHERE n = '%s'\", n);",
       kAgrees},
      {"sql-injection", "c",
       "void f(int n) {\n  snprintf(q, sizeof q, \"SELECT a FROM t WHERE n = %d\", n);",
       kContradicts},
      {"sql-injection", "go",
       "rows, err := db.Query(fmt.Sprintf(\"SELECT a FROM t WHERE n = '%s'\", n))", kAgrees},
  });
}

TEST(Checks, EvalPathAndXss) {
  Expect({
      {"code-eval", "python", "def f(x):\n    return eval(x)", kAgrees},
      {"code-eval", "python", "def f(x):\n    return eval('1 + 1')", kContradicts},
      {"code-eval", "python", "def f(x):\n    return ast.literal_eval(x)", kContradicts},
      {"code-eval", "python", "def f(x):\n    return model.eval(x)", kSilent},
      {"code-eval", "javascript", "const f = new Function('a', body);", kAgrees},
      {"code-eval", "javascript", "setTimeout(() => tick(), 10);", kSilent},
      {"code-eval", "php", "<?php\neval($code);", kAgrees},
      {"path-traversal", "python", "def f(n):\n    return open(os.path.join(ROOT, n)).read()",
       kAgrees},
      {"path-traversal", "python", "def f(n):\n    return open('/etc/motd').read()", kContradicts},
      {"path-traversal", "python",
       "def f(n):\n    p = os.path.realpath(os.path.join(R, n))\n    if not p.startswith(R):\n     "
       "   raise E\n    return open(p)",
       kContradicts},
      {"path-traversal", "javascript", "fs.readFile(base + name, done);", kAgrees},
      {"path-traversal", "javascript", "fs.readFile(base + path.basename(name), done);",
       kContradicts},
      {"path-traversal", "javascript", "fs.readFile(base + '/a.txt', done);", kAgrees},
      {"path-traversal", "python", "def f(n):\n    return open(os.path.join(ROOT, n))", kAgrees},
      {"path-traversal", "python",
       "def f(n):\n    return open(os.path.join(ROOT, secure_filename(n)))", kContradicts},
      {"path-traversal", "python",
       "def f(n):\n    n = os.path.basename(n)\n    p = os.path.join(ROOT, n)\n    return open(p)",
       kContradicts},
      {"path-traversal", "java", "File f = new File(\"/data\", name);", kAgrees},
      {"path-traversal", "java", "File f = new File(\"/data\", \"a\");", kContradicts},
      {"path-traversal", "php", "<?php\ninclude $_GET['page'];", kAgrees},
      {"path-traversal", "php", "<?php\ninclude 'header.php';", kContradicts},
      {"path-traversal", "java", "File f = new File(dir, name);", kAgrees},
      {"path-traversal", "c", "void f(char *n) {\n  FILE *x = fopen(n, \"r\");", kAgrees},
      {"xss", "javascript", "el.innerHTML = '<b>' + name + '</b>';", kAgrees},
      {"xss", "javascript", "el.innerHTML = '<b>ready</b>';", kContradicts},
      {"xss", "javascript", "el.textContent = name;", kContradicts},
      {"xss", "javascript", "res.send(`<h1>${req.query.q}</h1>`);", kAgrees},
      {"xss", "javascript", "res.send(`<h1>${escapeHtml(req.query.q)}</h1>`);", kContradicts},
      {"xss", "php", "<p><?php echo $_GET['q']; ?></p>", kAgrees},
      {"xss", "php", "<p><?php echo htmlspecialchars($_GET['q']); ?></p>", kContradicts},
      {"xss", "php", "<p><?= $q ?></p>", kAgrees},
      {"xss", "python", "def f(q):\n    return '<h1>' + q + '</h1>'", kAgrees},
      {"xss", "python", "def f(q):\n    return '<h1>' + html.escape(q) + '</h1>'", kContradicts},
      {"xss", "java", "out.println(\"<b>\" + name + \"</b>\");", kAgrees},
  });
}

TEST(Checks, MemoryAndFormat) {
  Expect({
      {"buffer-overflow", "c", "void f(char *s) {\n  char b[8];\n  strcpy(b, s);", kAgrees},
      {"buffer-overflow", "c", "void f(char *s) {\n  char b[8];\n  strcpy(b, \"short\");",
       kContradicts},
      {"buffer-overflow", "c", "void f(char *s) {\n  char b[4];\n  strcpy(b, \"too long\");",
       kAgrees},
      {"buffer-overflow", "c", "#define MARK \"ab\"\nvoid f(T *t) {\n  strcpy(t->id, MARK);",
       kContradicts},
      {"buffer-overflow", "c",
       "#define MARK \"ab\"\nvoid f(void) {\n  char b[2];\n  strcpy(b, MARK);", kSilent},
      {"buffer-overflow", "c", "#define MARK \"ab\"\nvoid f(T *t) {\n  strcat(t->id, MARK);",
       kSilent},
      {"buffer-overflow", "c", "#define MARK source()\nvoid f(T *t) {\n  strcpy(t->id, MARK);",
       kAgrees},
      {"buffer-overflow", "c", "void f(char *s) {\n  if (strlen(s) < 8)\n    strcpy(b, s);",
       kSilent},
      {"buffer-overflow", "c", "void f(char *s) {\n  gets(s);", kAgrees},
      {"buffer-overflow", "c", "void f(char *s) {\n  sprintf(b, \"%s-%d\", s, 1);", kAgrees},
      {"buffer-overflow", "c", "void f(char *s) {\n  sprintf(b, \"%d\", n);", kContradicts},
      {"buffer-overflow", "c", "void f(char *s) {\n  snprintf(b, sizeof(b), \"%s\", s);",
       kContradicts},
      {"buffer-overflow", "c", "void f(char *s) {\n  scanf(\"%s\", b);", kAgrees},
      {"buffer-overflow", "c", "void f(char *s) {\n  sscanf(s, \"%15s\", b);", kContradicts},
      {"buffer-overflow", "c", "void f(char *s, int n) {\n  memcpy(b, s, n);", kAgrees},
      {"buffer-overflow", "c", "void f(char *s, int n) {\n  memcpy(b, s, sizeof(b));",
       kContradicts},
      {"buffer-overflow", "c", "void f(char *s, int n) {\n  if (n > 8) return;\n  memcpy(b, s, n);",
       kSilent},
      {"buffer-overflow", "python", "strcpy(b, s)", kSilent},
      {"format-string", "c", "void f(char *s) {\n  printf(s);", kAgrees},
      {"format-string", "c", "void f(char *s) {\n  printf(\"%s\", s);", kContradicts},
      {"format-string", "c", "void f(char *s) {\n  fprintf(stderr, s);", kAgrees},
      {"format-string", "c", "void f(char *s) {\n  syslog(LOG_ERR, \"%s\", s);", kContradicts},
      {"format-string", "c", "void f(char *s) {\n  printf(_(\"hello\"));", kContradicts},
      {"format-string", "c", "void f(char *s) {\n  printf(\"%\" PRIu64 \"\\n\", n);", kContradicts},
      {"format-string", "php", "<?php\nprintf($_GET['f']);", kAgrees},
  });
}

TEST(Checks, WrongTools) {
  Expect({
      {"hardcoded-secret", "python", "DB_PASSWORD = \"c0rrect-h0rse\"", kAgrees},
      {"hardcoded-secret", "python", "DB_PASSWORD = os.environ[\"DB_PASSWORD\"]", kContradicts},
      {"hardcoded-secret", "python", "password = \"\"", kContradicts},
      {"hardcoded-secret", "python", "password = \"changeme\"", kContradicts},
      {"hardcoded-secret", "python", "password_hint = \"it must have eight letters\"",
       kContradicts},
      {"hardcoded-secret", "javascript", "const config = { apiKey: 'f81d4fae7dec11d0' };", kAgrees},
      {"hardcoded-secret", "c", "#define API_TOKEN \"f81d4fae7dec11d0\"", kAgrees},
      {"hardcoded-secret", "php", "<?php\ndefine('DB_PASSWORD', 'f81d4fae7dec');", kAgrees},
      {"hardcoded-secret", "java", "private static final String SECRET = \"f81d4fae7dec\";",
       kAgrees},
      {"hardcoded-secret", "yaml", "password: f81d4fae7dec", kAgrees},
      {"hardcoded-secret", "python", "url = \"postgres://app:s3cr3tpw@db/x\"", kAgrees},
      {"weak-hash", "python", "h = hashlib.md5(p).hexdigest()", kAgrees},
      {"weak-hash", "python", "h = hashlib.sha256(p).hexdigest()", kContradicts},
      {"weak-hash", "python", "h = hashlib.md5(p, usedforsecurity=False)", kContradicts},
      {"weak-hash", "javascript", "crypto.createHash('sha1').update(p)", kAgrees},
      {"weak-hash", "java", "MessageDigest.getInstance(\"MD5\")", kAgrees},
      {"weak-hash", "php", "<?php\n$h = md5($p);", kAgrees},
      {"weak-random", "python", "t = random.randint(0, 9)", kAgrees},
      {"weak-random", "python", "t = secrets.token_hex(16)", kContradicts},
      {"weak-random", "javascript", "const t = Math.random().toString(36);", kAgrees},
      {"weak-random", "javascript", "const t = crypto.randomBytes(16);", kContradicts},
      {"weak-random", "c", "int t = rand() % 100;", kAgrees},
      {"weak-random", "c", "int t = my_rand();", kSilent},
      {"weak-random", "java", "Random r = new Random();", kAgrees},
      {"weak-random", "java", "SecureRandom r = new SecureRandom();", kContradicts},
      {"unsafe-deserialize", "python", "o = pickle.loads(body)", kAgrees},
      {"unsafe-deserialize", "python", "o = yaml.load(body, Loader=yaml.SafeLoader)", kContradicts},
      {"unsafe-deserialize", "python", "o = json.loads(body)", kContradicts},
      {"unsafe-deserialize", "php", "<?php\n$o = unserialize($body);", kAgrees},
      {"unsafe-deserialize", "php", "<?php\n$o = unserialize($body, ['allowed_classes' => false]);",
       kContradicts},
      {"unsafe-deserialize", "java", "Object o = in.readObject();", kAgrees},
      {"insecure-tls", "python", "requests.get(u, verify=False)", kAgrees},
      {"insecure-tls", "python", "requests.get(u, verify=True)", kContradicts},
      {"insecure-tls", "python", "requests.get(u)", kSilent},
      {"insecure-tls", "javascript", "const a = new https.Agent({ rejectUnauthorized: false });",
       kAgrees},
      {"insecure-tls", "php", "<?php\ncurl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);", kAgrees},
      {"insecure-tls", "c", "curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);", kContradicts},
      {"insecure-tls", "go", "c := &tls.Config{InsecureSkipVerify: true}", kAgrees},
      {"no-such-family", "c", "gets(b);", kSilent},
  });
}

TEST(Checks, NameWhereTheValueIsMade) {
  const CorpusFile file = MakeFile(
      {"x", "python",
       "def f(n):\n    q = 'SELECT a FROM t WHERE n = ' + n\n    log(q)\n    cur.execute(q)\n"});
  const CheckAnswer answer = Checker(file).Check("sql-injection", 4);
  EXPECT_EQ(answer.outcome, kAgrees);
  ASSERT_TRUE(answer.source_line);
  EXPECT_EQ(*answer.source_line, 2u);
}

}  // namespace
}  // namespace fathom
