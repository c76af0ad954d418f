// SPDX-License-Identifier: Apache-2.0
// Checks of the families where a value becomes part of a text that something interprets: a command
// line, an SQL statement, source code, a path, HTML.
#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "agent/checks_source.h"

namespace fathom {
namespace {

re2::StringPiece Text(std::string_view text) {
  return {text.data(), text.size()};
}
bool Says(std::string_view text, const re2::RE2& pattern) {
  return re2::RE2::PartialMatch(Text(text), pattern);
}

struct Sink {
  std::string_view languages;
  const re2::RE2* pattern;  // group 1 is the callee
};

// Calls of all sinks that hold for the file's language.
template <size_t N>
std::vector<Call> CallsOf(const SourceText& source, const Piece& statement,
                          const Sink (&sinks)[N]) {
  std::vector<Call> calls;
  for (const Sink& sink : sinks) {
    if (!source.Is(sink.languages)) continue;
    for (Call& call : source.Calls(statement, *sink.pattern)) calls.push_back(std::move(call));
  }
  return calls;
}

// The line where an argument that is a plain name gets its value, for the report.
std::optional<size_t> SourceLine(const SourceText& source, const Piece& argument,
                                 StatementLines lines) {
  if (!IsIdentifier(argument.blank)) return std::nullopt;
  const auto assignment = source.PossibleAssignmentOf(argument.blank, lines);
  return assignment ? std::optional(assignment->lines.first) : std::nullopt;
}

// What most of these families come to: harmless argument -> contradicts, anything else -> agrees.
CheckAnswer JudgeArgument(const SourceText& source, const Call& call, size_t index,
                          StatementLines lines, const re2::RE2& safe_calls) {
  if (index >= call.arguments.size()) {
    if (call.complete) return {};
    return Agrees("sink", "calls " + call.name);
  }
  const Piece& argument = call.arguments[index];
  const std::string why = source.WhyHarmless(argument, lines, safe_calls);
  if (!why.empty()) return Contradicts("argument", why);
  return Agrees("sink", "calls " + call.name + " with a value that is not constant",
                SourceLine(source, argument, lines));
}

// One contradicting call does not excuse another that agrees.
CheckAnswer Strongest(const std::vector<CheckAnswer>& answers) {
  CheckAnswer best;
  for (const CheckAnswer& answer : answers) {
    if (answer.outcome == CheckOutcome::kAgrees) return answer;
    if (answer.outcome == CheckOutcome::kContradicts && best.outcome == CheckOutcome::kSilent)
      best = answer;
  }
  return best;
}

const re2::RE2& NoSafeCalls() {
  static const re2::RE2 kNever(R"([^\x00-\x{10FFFF}])");
  return kNever;
}

// Raw text of the string literals of a statement, with where they stand.
struct Literal {
  size_t open = 0, close = 0;  // offsets of the quotes in the statement
  std::string_view raw, blank;
};

std::vector<Literal> LiteralsOf(const Piece& statement) {
  std::vector<Literal> literals;
  const std::string_view blank = statement.blank;
  for (size_t i = 0; i < blank.size(); ++i) {
    const char quote = blank[i];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const bool triple = blank.substr(i, 3) == std::string(3, quote);
    const size_t size = triple ? 3 : 1;
    size_t close = blank.find(triple ? std::string(3, quote) : std::string(1, quote), i + size);
    if (close == std::string_view::npos) close = blank.size();
    const size_t begin = i + size;
    if (close > begin) {
      literals.push_back({.open = i,
                          .close = std::min(close + size, blank.size()),
                          .raw = statement.raw.substr(begin, close - begin),
                          .blank = blank.substr(begin, close - begin)});
    }
    i = close + size - 1;
  }
  return literals;
}

bool IsInserted(const Literal& literal) {
  return literal.blank.find(kInsertedByte) != std::string_view::npos;
}

const re2::RE2& ShellNames() {
  static const re2::RE2 kNames(
      R"re(["'](?:/(?:usr/)?bin/)?(?:sh|bash|zsh|dash|cmd|cmd\.exe|powershell)["']\s*,\s*["'](?:-c|-lc|/c|/C|-Command)["'])re");
  return kNames;
}

const re2::RE2& ShellEscapes() {
  static const re2::RE2 kEscapes(
      R"((?:^|[.:\\])(?:quote|escapeshellarg|escapeshellcmd|shellescape|Shellwords\.escape|shell_quote|list2cmdline)$)");
  return kEscapes;
}

// Calls that start a program from a list of arguments: dangerous only through a shell.
std::optional<CheckAnswer> JudgeProgramList(const SourceText& source, const Piece& statement,
                                            const Call& call) {
  static const re2::RE2 kShellOn(R"(\bshell\s*[=:]\s*(?:True|true|1)\b)");
  static const re2::RE2 kShellMaybe(R"(\bshell\b|\*\*\w)");
  static const re2::RE2 kAlwaysShell(R"((?:getoutput|getstatusoutput|create_subprocess_shell)$)");
  if (Says(call.name, kAlwaysShell) || Says(statement.blank, kShellOn)) return std::nullopt;
  if (Says(statement.raw, ShellNames()))
    return Agrees("sink", "calls " + call.name + " with a shell and a command line");
  const bool list = !call.arguments.empty() && !call.arguments[0].blank.empty() &&
                    call.arguments[0].blank[0] == '[';
  const bool several = call.arguments.size() >= 2 && source.Is("java kotlin go ruby perl");
  if (list || several) return Contradicts("argument", "argument list without a shell");
  if (source.Is("python") && !Says(statement.blank, kShellMaybe))
    return Contradicts("argument", "runs without a shell");
  return CheckAnswer{};
}

}  // namespace

CheckAnswer CheckCommand(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kPython(
      R"(\b(os\.(?:system|popen)|commands\.\w+|pexpect\.(?:run|spawn))\s*\()");
  static const re2::RE2 kScript(
      R"(\b((?:child_process|childProcess|cp|shell|shelljs)\s*\.\s*exec(?:Sync)?)\s*\()");
  static const re2::RE2 kBare(R"((?:^|[^\w.])(exec|execSync)\s*\()");
  static const re2::RE2 kPhp(
      R"((?:^|[^\w>:$])(shell_exec|exec|system|passthru|popen|proc_open|pcntl_exec)\s*\()");
  static const re2::RE2 kC(R"((?:^|[^\w.>])((?:std::)?system|popen|_popen|wordexp)\s*\()");
  static const re2::RE2 kJava(
      R"((\b[rR]untime\.getRuntime\(\)\s*\.\s*exec|\b(?:runtime|rt|r)\s*\.\s*exec|getRuntime\(\)\s*\.exec)\s*\()");
  static const re2::RE2 kSharp(R"(\b(Process\.Start)\s*\()");
  static const re2::RE2 kRuby(
      R"((?:^|[^\w.])(system|exec|spawn|IO\.popen|Open3\.\w+|qx)\s*[\(\s])");
  static const Sink kDirect[] = {{"python", &kPython},
                                 {"javascript typescript html", &kScript},
                                 {"javascript typescript", &kBare},
                                 {"php", &kPhp},
                                 {"c cpp objc", &kC},
                                 {"java kotlin scala", &kJava},
                                 {"csharp", &kSharp}};
  static const re2::RE2 kPythonList(
      R"(\b(subprocess\.\w+|asyncio\.create_subprocess_\w+|check_output|Popen|getoutput)\s*\()");
  static const re2::RE2 kScriptList(R"((?:^|[^\w])(spawn|spawnSync|execFile|execFileSync)\s*\()");
  static const re2::RE2 kJavaList(R"(\b(ProcessBuilder|builder\.command)\s*\()");
  static const re2::RE2 kGoList(R"(\b(exec\.Command(?:Context)?)\s*\()");
  static const re2::RE2 kRustList(R"(\b(Command::new)\s*\()");
  static const Sink kLists[] = {{"python", &kPythonList},
                                {"javascript typescript", &kScriptList},
                                {"java kotlin scala", &kJavaList},
                                {"go", &kGoList},
                                {"rust", &kRustList},
                                {"ruby perl", &kRuby}};
  const Piece statement = source.Lines(lines);
  std::vector<CheckAnswer> answers;
  for (const Call& call : CallsOf(source, statement, kDirect)) {
    answers.push_back(JudgeArgument(source, call, 0, lines, ShellEscapes()));
  }
  for (const Call& call : CallsOf(source, statement, kLists)) {
    const auto listed = JudgeProgramList(source, statement, call);
    answers.push_back(listed ? *listed : JudgeArgument(source, call, 0, lines, ShellEscapes()));
  }
  if (source.Is("php ruby perl")) {
    for (const Literal& literal : LiteralsOf(statement)) {
      if (statement.blank[literal.open] != '`') continue;
      answers.push_back(IsInserted(literal)
                            ? Agrees("sink", "runs a command in backticks with a value in it")
                            : Contradicts("argument", "constant argument only"));
    }
  }
  return Strongest(answers);
}

namespace {

const re2::RE2& SqlWords() {
  static const re2::RE2 kWords(
      R"((?is)^\s*(?:select\b.*(?:\bfrom\b|$)|insert\s+into\b|update\s+\S+|delete\s+from\b|replace\s+into\b|drop\s+\w+|)"
      R"(alter\s+\w+|create\s+\w+|with\s+\w+|union\s+select|merge\s+into|exec(?:ute)?\s+\w+|call\s+\w+|truncate\s+\w+)|)"
      R"(\b(?:where|order\s+by|group\s+by|limit|and|or|values|set|from|join)\b\s*[\w.(]*\s*(?:=|like\b|in\b|'|"|\(|%|$))");
  return kWords;
}

const re2::RE2& SqlEscapes() {
  static const re2::RE2 kEscapes(
      R"((?:^|[.:>\\])(?:mysqli?_real_escape_string|real_escape_string|pg_escape_\w+|quote|quote_ident|quoteIdentifier|)"
      R"(quote_literal|escape|escapeId|escape_string|QuoteIdentifier|QuoteLiteral|Identifier|Literal|placeholder)$)");
  return kEscapes;
}

// Which printf or format directives a literal holds that are no numbers. `bound` tells drivers' %s
// from formatting.
bool HasTextDirective(std::string_view literal) {
  static const re2::RE2 kDirective(R"(%(?:\(\w+\))?[-0-9.*]*(?:s|v|q|r|@)|\{[\w.!:]*\})");
  return Says(literal, kDirective);
}
bool HasQuotingDirective(std::string_view literal) {
  static const re2::RE2 kQuoting(R"(%[qQw])");
  static const re2::RE2 kText(R"(%[-0-9.*]*s)");
  return Says(literal, kQuoting) && !Says(literal, kText);
}
bool HasNumberDirective(std::string_view literal) {
  static const re2::RE2 kNumber(R"(%[-0-9.]*(?:l|ll|z|h)?[diufxX])");
  return Says(literal, kNumber);
}

// How the literal at `literal` is put together with values in its statement.
CheckAnswer JudgeSqlLiteral(const SourceText& source, const Piece& statement,
                            const Literal& literal) {
  static const re2::RE2 kFormatCall(
      R"((?:\b(?:String\.format|fmt\.Sprintf|Sprintf|sprintf|snprintf|asprintf|vsprintf|g_strdup_printf)|format!)\s*\()");
  static const re2::RE2 kSqlite(R"(\bsqlite3_\w*printf\s*\()");
  static const re2::RE2 kHolder(R"(\?|:\w+|\$\d|@\w+|%s|%\(\w+\)s)");
  const std::string_view after = Trim(statement.blank.substr(literal.close));
  const std::string_view before = Trim(statement.blank.substr(0, literal.open));
  if (Says(statement.blank, kSqlite) && HasQuotingDirective(literal.raw))
    return Contradicts("argument", "values are quoted by %q");
  const bool percent = after.substr(0, 1) == "%" && source.Is("python ruby");
  const bool method = after.substr(0, 7) == ".format" || after.substr(0, 10) == ".formatted";
  const bool call = Says(statement.blank.substr(0, literal.open), kFormatCall);
  if (percent || method || call) {
    if (HasTextDirective(literal.raw))
      return Agrees("sink", "formats values into the text of an SQL statement");
    if (HasNumberDirective(literal.raw))
      return Contradicts("argument", "only numbers are formatted");
    return {};
  }
  const bool joined_after = (after.substr(0, 1) == "+" && after.substr(0, 2) != "++") ||
                            after.substr(0, 2) == "||" ||
                            (after.substr(0, 1) == "." && source.Is("php perl")) ||
                            after.substr(0, 2) == "<<" || after.substr(0, 2) == "..";
  const bool joined_before =
      !before.empty() && (before.back() == '+' || (before.back() == '.' && source.Is("php perl")) ||
                          (before.size() > 1 && before.substr(before.size() - 2) == "<<"));
  if (IsInserted(literal) || joined_after || joined_before)
    return Agrees("sink", "puts a value into the text of an SQL statement");
  if (after.substr(0, 1) == "," && Says(literal.raw, kHolder))
    return Contradicts("argument", "bound parameters");
  return Contradicts("argument", "constant statement");
}

// The argument (or assigned value) that holds the statement's text, as one expression.
std::optional<Piece> ExpressionAround(const SourceText& source, const Piece& statement,
                                      size_t offset) {
  int depth = 0;
  size_t begin = 0;
  for (size_t i = offset; i > 0; --i) {
    const char c = statement.blank[i - 1];
    if (c == ')' || c == ']') ++depth;
    const bool opens = c == '(' || c == '[';
    if (opens && depth > 0)
      --depth;
    else if (depth == 0 && (opens || c == ',' || c == '=' || c == ';')) {
      begin = i;
      break;
    }
  }
  static const re2::RE2 kKeyword(R"(\s*(?:return|yield|echo|print|raise|throw)\b)");
  re2::StringPiece keyword;
  if (kKeyword.Match(Text(statement.blank), begin, statement.blank.size(), re2::RE2::ANCHOR_START,
                     &keyword, 1))
    begin += keyword.size();
  size_t end = statement.blank.size();
  depth = 0;
  for (size_t i = begin; i < statement.blank.size(); ++i) {
    const char c = statement.blank[i];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (depth < 0 || (depth == 0 && (c == ',' || c == ';'))) {
      end = i;
      break;
    }
  }
  return source.Sub(statement, begin, end - begin);
}

CheckAnswer JudgeSqlText(const SourceText& source, StatementLines lines) {
  const Piece statement = source.Lines(lines);
  std::vector<CheckAnswer> answers;
  for (const Literal& literal : LiteralsOf(statement)) {
    if (!Says(literal.raw, SqlWords())) continue;
    CheckAnswer answer = JudgeSqlLiteral(source, statement, literal);
    if (answer.outcome == CheckOutcome::kAgrees && answer.said.starts_with("puts")) {
      const auto whole = ExpressionAround(source, statement, literal.open);
      const std::string why = whole ? source.WhyHarmless(*whole, lines, SqlEscapes()) : "";
      if (!why.empty()) answer = Contradicts("argument", why);
    }
    answers.push_back(std::move(answer));
  }
  return Strongest(answers);
}

}  // namespace

CheckAnswer CheckSql(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kRun(
      R"((\b\w*(?:execute|executemany|executescript|executeQuery|executeUpdate|query|queryForObject|queryForList|raw|rawQuery|execSQL|)"
      R"(prepare|prepareStatement|createQuery|createNativeQuery|createStatement|Query|QueryRow|Exec|ExecContext|QueryContext|)"
      R"(sqlite3_exec|mysql_query|mysqli_query|pg_query|PQexec|run|all|get|exec|sqlite3_prepare_v2))\s*\()");
  CheckAnswer direct = JudgeSqlText(source, lines);
  if (direct.outcome != CheckOutcome::kSilent) return direct;
  for (const Call& call : source.Calls(source.Lines(lines), kRun)) {
    for (const Piece& argument : call.arguments) {
      if (!IsIdentifier(argument.blank)) continue;
      const auto assignment = source.PossibleAssignmentOf(argument.blank, lines);
      if (!assignment) continue;
      CheckAnswer answer = JudgeSqlText(source, assignment->lines);
      if (answer.outcome == CheckOutcome::kAgrees) {
        return Agrees(
            "sink",
            "the statement is built from values at line " + std::to_string(assignment->lines.first),
            assignment->lines.first);
      }
      // A constant text must also be the last one assigned.
      if (answer.outcome == CheckOutcome::kContradicts &&
          source.AssignmentOf(argument.blank, lines))
        return answer;
    }
  }
  return {};
}

CheckAnswer CheckEval(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kPython(R"((?:^|[^\w.])(eval|exec|execfile|compile|__import__)\s*\()");
  static const re2::RE2 kScript(
      R"((?:^|[^\w.])((?:window\.|global\.|globalThis\.)?eval|Function|vm\.\w+|vm2?\.run|new\s+vm\.Script)\s*\()");
  static const re2::RE2 kTimer(R"(\b(setTimeout|setInterval|execScript)\s*\()");
  static const re2::RE2 kPhp(R"((?:^|[^\w>:$])(eval|assert|create_function)\s*\()");
  static const re2::RE2 kRuby(R"((?:^|\W)(eval|instance_eval|class_eval|module_eval)\s*[\(\s])");
  static const re2::RE2 kPerl(R"((?:^|\W)(eval)\s*[\($"'])");
  static const re2::RE2 kJava(
      R"(\b(\w*[eE]ngine\s*\.\s*eval|\w*[sS]hell\s*\.\s*evaluate|\w*[pP]arser\s*\.\s*parseExpression)\s*\()");
  static const re2::RE2 kLua(R"((?:^|[^\w.])(load|loadstring|dofile)\s*\()");
  static const Sink kSinks[] = {{"python", &kPython}, {"javascript typescript html", &kScript},
                                {"php", &kPhp},       {"ruby", &kRuby},
                                {"perl", &kPerl},     {"java kotlin scala", &kJava},
                                {"lua", &kLua}};
  static const re2::RE2 kData(R"(\b(?:literal_eval|JSON\.parse|json\.loads|json_decode)\s*\()");
  static const re2::RE2 kShell(R"((?:^|[;&|]\s*|\s)eval\s+["']?\$)");
  const Piece statement = source.Lines(lines);
  std::vector<CheckAnswer> answers;
  for (const Call& call : CallsOf(source, statement, kSinks)) {
    answers.push_back(JudgeArgument(
        source, call,
        call.name.ends_with("Function") && !call.arguments.empty() ? call.arguments.size() - 1 : 0,
        lines, NoSafeCalls()));
  }
  if (source.Is("javascript typescript")) {
    for (const Call& call : source.Calls(statement, kTimer)) {
      const bool text =
          !call.arguments.empty() && call.arguments[0].blank.find_first_of("\"'`") == 0;
      if (text) answers.push_back(JudgeArgument(source, call, 0, lines, NoSafeCalls()));
    }
  }
  if (source.Is("shell") && Says(statement.raw, kShell))
    answers.push_back(Agrees("sink", "eval of a variable"));
  if (answers.empty() && Says(statement.blank, kData))
    return Contradicts("sink", "a parser for data only");
  return Strongest(answers);
}

namespace {

const re2::RE2& PathEscapes() {
  static const re2::RE2 kEscapes(
      R"((?:^|[.:\\])(?:basename|secure_filename|safe_join|getFileName|GetFileName|filepath\.Base|file_name|sanitize_filename)$)");
  return kEscapes;
}

// A path is as harmless as its last part that is not constant: what stands before it is the folder.
std::string WhyPathHarmless(const SourceText& source, const Piece& path, StatementLines lines,
                            int depth = 0) {
  static const re2::RE2 kJoins(
      R"(^((?:new\s+)?(?:os\.path\.join|path\.(?:join|resolve)|filepath\.Join|Paths\.get|Path\.of|File\.join|File|Path))\s*\()");
  if (depth > 3) return "";
  std::string why = source.WhyHarmless(path, lines, PathEscapes());
  if (!why.empty()) return why;
  for (const Call& join : source.Calls(path, kJoins)) {
    for (size_t i = join.arguments.size(); i > 0; --i) {
      const std::string part = WhyPathHarmless(source, join.arguments[i - 1], lines, depth + 1);
      if (part != "constant argument only") return part;
    }
  }
  if (IsIdentifier(path.blank)) {
    const auto assignment = source.AssignmentOf(path.blank, lines);
    return assignment ? WhyPathHarmless(source, assignment->value, assignment->lines, depth + 1)
                      : "";
  }
  const auto parts = source.DynamicParts(path);
  if (parts.empty() || parts.back().blank.size() == path.blank.size() ||
      parts.back().blank.data() == parts.back().raw.data())
    return "";
  return WhyPathHarmless(source, parts.back(), lines, depth + 1);
}

// The argument of a call that names a file; all of them where the call joins its arguments.
CheckAnswer JudgePath(const SourceText& source, const Call& call, StatementLines lines) {
  static const re2::RE2 kJoining(R"((?:^|\W)(?:File|Paths\.get|Path\.of|Path)$)");
  const size_t index = call.name == "http.ServeFile"                                ? 2
                       : call.name == "move_uploaded_file" || call.name == "openat" ? 1
                                                                                    : 0;
  if (index >= call.arguments.size())
    return call.complete ? CheckAnswer{} : Agrees("sink", "calls " + call.name);
  std::string why;
  bool unknown_folder = false;
  const size_t last = Says(call.name, kJoining) ? call.arguments.size() - 1 : index;
  for (size_t i = index; i <= last; ++i) {
    unknown_folder |= i > index && why.empty();
    why = WhyPathHarmless(source, call.arguments[i], lines);
  }
  // A constant name behind a folder that is not: the folder is what is open.
  if (unknown_folder && why == "constant argument only") why.clear();
  if (!why.empty()) return Contradicts("argument", why);
  return Agrees("sink", "calls " + call.name + " with a path that is not constant",
                SourceLine(source, call.arguments[index], lines));
}

// The lines above resolve a path and compare its beginning.
std::optional<size_t> PathGuardLine(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kResolves(
      R"(\b(?:realpath|abspath|resolve|normalize|normpath|getCanonicalPath|getCanonicalFile|toRealPath|Clean|canonicalize|expand_path|GetFullPath)\b)");
  static const re2::RE2 kCompares(
      R"(\b(?:startswith|startsWith|commonpath|commonprefix|is_relative_to|relative_to|strncmp|HasPrefix|str_starts_with|strpos|start_with|starts_with|StartsWith|indexOf)\b)");
  const Piece above = source.Before(lines);
  re2::StringPiece match;
  if (above.blank.empty() || !Says(above.blank, kResolves)) return std::nullopt;
  if (!kCompares.Match(Text(above.blank), 0, above.blank.size(), re2::RE2::UNANCHORED, &match, 1))
    return std::nullopt;
  return source.LineOf(above.begin + static_cast<size_t>(match.data() - above.blank.data()));
}

}  // namespace

CheckAnswer CheckPath(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kPython(
      R"((?:^|[^\w.])(open|io\.open|codecs\.open|os\.(?:open|remove|unlink|rename|rmdir|listdir|mkdir|makedirs)|shutil\.\w+|send_file|FileResponse|Path)\s*\()");
  static const re2::RE2 kExtract(R"(\b(\w+\.extractall|shutil\.unpack_archive)\s*\()");
  static const re2::RE2 kScript(
      R"((\bfsp?(?:\.promises)?\.\w+|(?:^|[^\w.])(?:readFile|readFileSync|createReadStream|writeFile|writeFileSync)|\b\w+\.(?:sendFile|download))\s*\()");
  static const re2::RE2 kPhp(
      R"((?:^|[^\w>:$])(fopen|file_get_contents|readfile|file_put_contents|unlink|file|copy|rename|opendir|scandir|move_uploaded_file|include|include_once|require|require_once)\s*\()");
  static const re2::RE2 kPhpInclude(R"((?:^|[^\w>:$])(?:include|require)(?:_once)?\s+([^;]+))");
  static const re2::RE2 kJava(
      R"(\b(File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile|Files\.\w+|Paths\.get|Path\.of)\s*\()");
  static const re2::RE2 kC(
      R"((?:^|[^\w.>])(fopen|open|openat|freopen|unlink|remove|opendir|rename|stat|(?:std::)?[io]?fstream\s+\w+)\s*\()");
  static const re2::RE2 kGo(
      R"(\b(os\.(?:Open|OpenFile|ReadFile|Create|Remove|RemoveAll|WriteFile|Mkdir|MkdirAll)|ioutil\.\w+|http\.ServeFile)\s*\()");
  static const re2::RE2 kRuby(
      R"(\b(File\.(?:open|read|new|delete|write|readlines)|IO\.read|send_file|Dir\.\w+)\s*[\(\s])");
  static const re2::RE2 kRust(R"(\b(File::(?:open|create)|fs::\w+)\s*\()");
  static const re2::RE2 kSharp(R"(\b(File\.\w+|FileStream|StreamReader|StreamWriter)\s*\()");
  static const Sink kSinks[] = {{"python", &kPython},
                                {"python", &kExtract},
                                {"javascript typescript", &kScript},
                                {"php", &kPhp},
                                {"java kotlin scala", &kJava},
                                {"c cpp objc", &kC},
                                {"go", &kGo},
                                {"ruby", &kRuby},
                                {"rust", &kRust},
                                {"csharp", &kSharp}};
  const Piece statement = source.Lines(lines);
  std::vector<CheckAnswer> answers;
  for (const Call& call : CallsOf(source, statement, kSinks))
    answers.push_back(JudgePath(source, call, lines));
  re2::StringPiece included;
  if (source.Is("php") && re2::RE2::PartialMatch(Text(statement.blank), kPhpInclude, &included)) {
    const size_t begin = static_cast<size_t>(included.data() - statement.blank.data());
    const Piece path = source.Sub(statement, begin, included.size());
    const std::string why = WhyPathHarmless(source, path, lines);
    const bool local = path.blank.find('$') == std::string_view::npos &&
                       path.blank.find(kInsertedByte) == std::string_view::npos;
    answers.push_back(!why.empty() ? Contradicts("argument", why)
                      : local      ? Contradicts("argument", "constant argument only")
                                   : Agrees("sink", "includes a file whose name is not constant"));
  }
  CheckAnswer answer = Strongest(answers);
  if (answer.outcome != CheckOutcome::kAgrees) return answer;
  if (const auto guard = PathGuardLine(source, lines)) {
    return Contradicts("argument",
                       "the path is compared with its folder at line " + std::to_string(*guard));
  }
  return answer;
}

CheckAnswer CheckXss(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kEscapes(
      R"((?:^|[.:\\])(?:escape|escapeHtml|escapeHTML|escape_html|html_escape|htmlspecialchars|htmlentities|strip_tags|encodeURIComponent|urlencode|)"
      R"(sanitize|forHtml\w*|escapeHtml4|htmlEscape|HTMLEscapeString|EscapeString|HtmlEncode|esc_html|esc_attr|h|e|bleach\.clean|clean|json_encode|number_format|quote)$)");
  static const re2::RE2 kAssign(R"(\.(?:innerHTML|outerHTML|srcdoc)\s*\+?=\s*([^=][^;]*))");
  static const re2::RE2 kText(
      R"(\.(?:textContent|innerText|value)\s*=|\.(?:text|json)\s*\(|createTextNode\s*\()");
  static const re2::RE2 kWrite(R"(\b(document\.write(?:ln)?)\s*\()");
  static const re2::RE2 kSend(
      R"(\b(\w+\.(?:send|end|write|html|append|prepend|insertAdjacentHTML))\s*\()");
  static const re2::RE2 kPython(
      R"(\b(Markup|mark_safe|render_template_string|format_html_raw)\s*\()");
  static const re2::RE2 kJava(
      R"(\b((?:\w+\.)*(?:getWriter\(\)|out|writer|w|response)\.(?:print|println|write|append|printf))\s*\()");
  static const re2::RE2 kGo(R"(\b(template\.(?:HTML|JS|URL))\s*\()");
  static const Sink kSinks[] = {{"javascript typescript html", &kWrite},
                                {"python", &kPython},
                                {"java kotlin scala", &kJava},
                                {"go", &kGo}};
  static const re2::RE2 kEcho(R"((?:^|[^\w>$])(?:echo|print)\b\s*\(?([^;?]+)|<\?=([^;?]+))");
  static const re2::RE2 kTag(R"(<\s*/?\s*[a-zA-Z!])");
  const Piece statement = source.Lines(lines);
  std::vector<CheckAnswer> answers;
  const auto judge = [&](const Piece& value, const std::string& sink) {
    const std::string why = source.WhyHarmless(value, lines, kEscapes);
    answers.push_back(why.empty() ? Agrees("sink", sink, SourceLine(source, value, lines))
                                  : Contradicts("argument", why));
  };
  re2::StringPiece value, other;
  if (source.Is("javascript typescript html") &&
      re2::RE2::PartialMatch(Text(statement.blank), kAssign, &value)) {
    judge(source.Sub(statement, static_cast<size_t>(value.data() - statement.blank.data()),
                     value.size()),
          "assigns HTML that is not constant");
  }
  if (source.Is("php") && re2::RE2::PartialMatch(Text(statement.blank), kEcho, &value, &other)) {
    const re2::StringPiece shown = value.data() != nullptr && !value.empty() ? value : other;
    Piece piece = source.Sub(statement, static_cast<size_t>(shown.data() - statement.blank.data()),
                             shown.size());
    judge(piece, "writes a value into the page");
  }
  for (const Call& call : CallsOf(source, statement, kSinks))
    answers.push_back(JudgeArgument(source, call, 0, lines, kEscapes));
  if (source.Is("javascript typescript")) {
    for (const Call& call : source.Calls(statement, kSend)) {
      const size_t index = call.name.ends_with("insertAdjacentHTML") ? 1 : 0;
      if (index < call.arguments.size())
        judge(call.arguments[index], "calls " + call.name + " with a value that is not constant");
    }
  }
  if (answers.empty()) {
    if (Says(statement.blank, kText)) return Contradicts("sink", "written as text, not as HTML");
    for (const Literal& literal : LiteralsOf(statement)) {
      if (!Says(literal.raw, kTag)) continue;
      const auto whole = ExpressionAround(source, statement, literal.open);
      if (whole && (IsInserted(literal) || whole->blank.size() > literal.close - literal.open + 2))
        judge(*whole, "puts a value into HTML text");
    }
  }
  return Strongest(answers);
}

}  // namespace fathom
