# SPDX-License-Identifier: Apache-2.0
"""Puts odd text around the lines of a snippet: comments above, between and behind them, constants, logs and tables beside them.

The lines of the snippet stay and keep their labels; what is added is ordinary. Training only.
"""
import re

from items import OK, Snippet

from .odd import OddText

SHARE = 0.13                         # of all snippets
ALONE, RUN_MIN, RUN_MAX = 0.6, 3, 10  # odd snippets come alone or, as in a file full of it, many in a row
WIDTH_MAX = 155                      # of a line, indentation and text behind it included
BEHIND_WIDTH_MIN = 12
# By family: where an odd text ¶ stands in the text § of a sink, and how often.
IN_TEXTS, IN_TEXTS_SHARE = {2: "echo ¶ && §", 3: "/* ¶ */ §", 11: "<p>¶</p>§"}, 0.3

_SLASHES = ("javascript", "typescript", "php", "c", "cpp", "go", "rust", "java", "csharp")
# (before, behind) of a comment of one line; the first is the usual one
_COMMENTS = {name: [("// ", ""), ("// ", ""), ("//", ""), ("/* ", " */")] for name in _SLASHES}
_COMMENTS.update({name: [("# ", ""), ("# ", ""), ("#", ""), ("## ", "")] for name in ("python", "ruby", "perl", "shell", "yaml", "toml", "dockerfile", "env")})
_COMMENTS["php"] = _COMMENTS["php"] + [("# ", "")]
_COMMENTS["c"] = _COMMENTS["c"] + [("/* ", " */")] * 3
_COMMENTS["ini"] = [("; ", ""), ("# ", ""), (";", "")]
_COMMENTS["sql"] = [("-- ", ""), ("-- ", ""), ("/* ", " */")]
_COMMENTS["xml"] = _COMMENTS["html"] = [("<!-- ", " -->")]
_NOT_BEHIND = {"dockerfile", "env", "ini", "json", "markdown"}  # their comments stand alone, or they have none

# Statements that hold an odd text as a literal ¶ of the language; the ones of TOPS stand outside functions, too.
_TOPS = {
    "python": ["«C» = ¶", "«C» = [⏎⇥¶,⏎⇥¶,⏎]", "«C» = {⏎⇥\"«key»\": ¶,⏎⇥\"«key»\": ¶,⏎}", "CASES = [(¶, «n»), (¶, «n»)]"],
    "javascript typescript": ["const «C» = ¶;", "const «C» = [⏎⇥¶,⏎⇥¶,⏎];", "const «camel» = { «w»: ¶, «w»: ¶ };"],
    "php": ["$«w» = ¶;", "$«w» = [⏎⇥¶,⏎⇥¶,⏎];", "define('«C»', ¶);"],
    "ruby": ["«C» = ¶", "«C» = [¶, ¶].freeze"],
    "perl": ["my $«w» = ¶;", "my @«w» = (¶, ¶);"],
    "shell": ["«C»=¶", "readonly «C»=¶"],
    "c": ["static const char *«snake» = ¶;", "static const char *«snake»[] = {⏎⇥¶,⏎⇥¶,⏎};", "#define «C» ¶"],
    "cpp": ["static const char *k«P» = ¶;", "static const std::vector<std::string> «snake» = {⏎⇥¶,⏎⇥¶,⏎};"],
    "go": ["var «camel» = ¶", "const «camel» = ¶", "var «camel» = []string{⏎⇥¶,⏎⇥¶,⏎}"],
    "rust": ["const «C»: &str = ¶;", "static «C»: &[&str] = &[⏎⇥¶,⏎⇥¶,⏎];"],
    "java": ["private static final String «C» = ¶;", "static final String[] «C» = { ¶, ¶ };"],
    "csharp": ["private const string «C» = ¶;", "static readonly string[] «C» = { ¶, ¶ };"],
    "sql": ["INSERT INTO «tbl» («col», «col») VALUES («n», ¶);", "COMMENT ON TABLE «tbl» IS ¶;"],
    "yaml": ["«w»: ¶"], "toml": ["«snake» = ¶"], "env": ["«C»=¶"], "json": ["\"«key»\": ¶,"],
}
_STATEMENTS = {
    "python": ["logger.«info|debug|warning»(¶)", "«v» = ¶", "assert «f»(¶) == «n»", "«v».append(¶)", "if «v» == ¶:⏎⇥return None", "print(¶)", "\"«w»\" in ¶",
               "raise_for(«v», ¶)", "with pytest.raises(ValueError):⏎⇥«f»(¶)", "«v» = «v».replace(¶, \"\")", "self.assertEqual(«f»(¶), ¶)"],
    "javascript typescript": ["console.«log|warn|error»(¶);", "const «v» = ¶;", "expect(«f»(¶)).toBe(«n|null|¶»);", "«v».push(¶);", "if («v» === ¶) return;", "logger.info(¶);",
                              "assert.strictEqual(«f»(¶), ¶);"],
    "php": ["$«w» = ¶;", "$this->logger->info(¶);", "error_log(¶);", "$this->assertSame(¶, $«w»);", "if ($«w» === ¶) {⏎⇥return null;⏎}"],
    "ruby": ["logger.info(¶)", "«v» = ¶", "expect(«v»).to eq(¶)", "return if «v» == ¶"],
    "perl": ["my $«w» = ¶;", "is($«w», ¶);", "warn ¶;"],
    "shell": ["«v»=¶", "printf '%s\\n' ¶", "log ¶", "[ \"$«v»\" = ¶ ] && return"],
    "c": ["puts(¶);", "fputs(¶, stderr);", "const char *«v» = ¶;", "log_line(¶);", "assert(strcmp(«v», ¶) != 0);"],
    "cpp": ["std::cerr << ¶ << std::endl;", "const std::string «v» = ¶;", "EXPECT_EQ(«f»(¶), «n»);", "«v».push_back(¶);", "LOG(INFO) << ¶;"],
    "go": ["log.Print(¶)", "«v» = ¶", "«v» = append(«v», ¶)", "if «v» == ¶ {⏎⇥return nil⏎}", "t.Log(¶)"],
    "rust": ["let «v» = ¶;", "«v».push(¶);", "assert_ne!(«v», ¶);", "log::info!(\"{}\", ¶);"],
    "java": ["String «v» = ¶;", "log.info(¶);", "assertEquals(¶, «v»);", "«v».add(¶);", "assertThat(«f»(¶)).isFalse();"],
    "csharp": ["var «v» = ¶;", "_logger.LogInformation(«v», ¶);", "Assert.Equal(¶, «v»);", "«v».Add(¶);"],
}
_SAFE_OPENINGS = ("def ", "class ", "@", "async def", "function", "export ", "pub ", "fn ", "func ", "static ", "public ", "private ", "protected ", "sub ", "module",
                  "app.", "router.", "type ", "impl ", "«", "int ", "void ", "char ", "const ", "#")


def _Spread(table):
    return {name: rows for names, rows in table.items() for name in names.split()}


_TOPS, _STATEMENTS = _Spread(_TOPS), _Spread(_STATEMENTS)
_CLOSED = re.compile(r"[;{}]\s*(?://.*|/\*.*\*/)?$")
_MEMBER = re.compile(r"\s*(?:private|public|protected|internal|static|const|readonly|@|#|extern|struct|typedef|import|from|use|using|export|func|fn|def|class|pub|attr_|case|default|when|else|elif|"
                     r"except|finally|catch|rescue|ensure|end|fi|done|esac|then|do\b|\}|\)|\]|\.|\?|:|\||&|\+|-|,)")


class Hostile:
    def __init__(self, rng, share):
        self.rng, self.odd, self.share, self.left = rng, OddText(rng), share, 0

    def Due(self):
        """Whether the next snippet is to have odd text."""
        rng = self.rng
        if self.left <= 0:
            mean = ALONE + (1 - ALONE) * (RUN_MIN + RUN_MAX) / 2
            if not self.share or rng.random() >= self.share / (self.share + (1 - self.share) * mean):
                return False
            self.left = 1 if rng.random() < ALONE else RUN_MIN + int(rng.random() * (RUN_MAX - RUN_MIN + 1))
        self.left -= 1
        return True

    def Around(self, snippet):
        """The snippet with odd text around its lines, itself where the language has no room for any."""
        rng, language = self.rng, snippet.language
        lines = [(text, label, False) for text, label in zip(snippet.lines, snippet.labels)]
        places = Places(language, snippet.lines)
        dense = self.odd.Pick((0.08, 0.08, 0.2, 0.5))  # how full of it the snippet is
        added = [[] for _ in range(len(lines) + 1)]  # what stands before each line
        for at in range(len(lines) + 1):
            if at not in places.boundaries:
                continue
            if rng.random() < (dense if 0 < at < len(lines) else 0.5):
                added[at] += self._Comment(language, self._Indent(snippet.lines, at))
            if at in places.statements and rng.random() < dense * 0.4:
                added[at] += self._Statement(language, _STATEMENTS, self._Indent(snippet.lines, at), places.unit)
        if places.top and rng.random() < 0.5:
            added[0] = self._Statement(language, _TOPS, self._Indent(snippet.lines, 0), places.unit) + added[0]
        if not any(added) and 0 in places.boundaries:
            added[0] = self._Comment(language, self._Indent(snippet.lines, 0))
        out, labels = [], []
        for at, (text, label, _) in enumerate(lines):
            out += added[at] + [self._Behind(language, text) if at in places.behind and rng.random() < (0.6 if label > 0 else dense * 0.6) else text]
            labels += [OK] * len(added[at]) + [label]
        out += added[-1]
        labels += [OK] * len(added[-1])
        return Snippet(language, out, labels, snippet.kind, snippet.family, snippet.form + "/odd", snippet.held_out, snippet.elsewhere)

    def Table(self, language):
        """Nothing but odd texts: a table of a test, notes, a list of settings."""
        rng, scene = self.rng, self.odd.scene
        language = language if language in _TOPS else self.odd.Pick(("markdown", "markdown", *_TOPS))
        if language == "markdown":
            lines = [scene.Fill(self.odd.Pick(["* ", "- ", "«d». ", "| «w» | ", "> ", "«C» = «n»  # ", "`«w»`: ", ""])) + self.odd.Text(110) for _ in range(2 + int(rng.random() * 6))]
            return Snippet(language, lines, [OK] * len(lines), "plain", 0, "plain/odd")
        lines = []
        for _ in range(1 + int(rng.random() * 3)):
            for text in [self.odd.Pick([None, None, ""])] + self._Statement(language, _TOPS, "", "    "):
                lines += self._Comment(language, "") if text is None else [text] if text or lines else []
        return Snippet(language, lines, [OK] * len(lines), "plain", 0, "plain/odd")

    def _Indent(self, lines, at):
        """The indentation of the line before which something stands; at the end that of the last line."""
        text = lines[at] if at < len(lines) else lines[-1]
        if at and text.lstrip().startswith(("}", ")", "]", "end")) or not text:
            text = lines[at - 1]
        return text[:len(text) - len(text.lstrip())]

    # ---- comments

    def _Comment(self, language, indent):
        if language not in _COMMENTS:
            return []
        rng = self.rng
        if rng.random() < 0.12 and language in _SLASHES:
            inner = [indent + " * " + self._Fit(language, "/* ", WIDTH_MAX - 20 - len(indent)) for _ in range(1 + int(rng.random() * 3))]
            return [indent + self.odd.Pick(["/*", "/**"])] + inner + [indent + " */"]
        before, behind = self.odd.Pick(_COMMENTS[language])
        count = 1 if rng.random() < 0.75 else 2 + int(rng.random() * 2)
        return [(indent + before + self._Fit(language, before, WIDTH_MAX - len(indent) - 10) + behind).rstrip() for _ in range(count)]

    def _Behind(self, language, text):
        before, behind = self.odd.Pick(_COMMENTS[language])
        room = WIDTH_MAX - len(text) - 12
        if room < BEHIND_WIDTH_MIN:
            return text
        return (text + self.odd.Pick(["  ", "  ", " "]) + before + self._Fit(language, before, min(room, self.odd.Pick([30, 60, 110]))) + behind).rstrip()

    def _Fit(self, language, before, width):
        """An odd text that ends no comment of its kind early and begins none."""
        text = self.odd.Text(max(8, width))
        return Commented(language, before, text)

    # ---- literals

    def _Statement(self, language, table, indent, unit):
        rows = table.get(language)
        if not rows:
            return []
        scene = self.odd.scene
        scene.used.clear()
        text = scene.Fill(self.odd.Pick(rows).replace("¶", "\x04"))
        while "\x04" in text:
            text = text.replace("\x04", Quoted(language, self.odd.Text(60 if text.count("\x04") > 1 else 90), self.rng), 1)
        lines = [indent + line.replace("⇥", unit) for line in text.split("⏎")]
        return lines if max(map(len, lines)) <= WIDTH_MAX else []


def Commented(language, before, text):
    """The text as it may stand in a comment of the language that begins with `before`."""
    before = before.strip()
    if before == "/*":
        text = text.replace("*/", "* /").replace("/*", "/ *")
    if before == "<!--":
        text = re.sub("-(?=-)", "- ", text).replace(">", "&gt;", 1) if text.startswith((">", "->")) else re.sub("-(?=-)", "- ", text)
        text = text.rstrip("-")
    if language == "php":
        text = text.replace("?>", "? >")
        text = text.lstrip("[") if before == "#" else text
    if language in ("java", "csharp"):
        text = text.replace("\\u", "/u")
    if language in ("c", "cpp"):
        text = text.rstrip("\\ ").replace("??/", "?? /")
    if language in ("c", "cpp", "go", "rust", "java", "csharp", "javascript", "typescript") and before == "//":
        text = text.lstrip("/!")
    return text.strip() or "-"


def Quoted(language, text, rng):
    """The text as a literal of the language, with the value that it has."""
    if language == "json":
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
    if language in ("sql", "yaml"):
        return "'" + text.replace("'", "''").replace("\t", " ") + "'"
    if language == "shell":
        return "'" + text.replace("'", "'\\''") + "'"
    if language == "env":
        return "'" + text.replace("'", "") + "'"
    quote = '"'
    if language in ("php", "ruby", "perl") or language in ("python", "javascript", "typescript") and rng.random() < 0.5:
        quote = "'"
    if language == "python" and quote == '"' and rng.random() < 0.2 and quote not in text and not text.endswith("\\"):
        return 'r"' + text + '"'
    if language == "go" and rng.random() < 0.3 and "`" not in text:
        return "`" + text + "`"
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("??/", "?? /") + quote


class Places:
    """Where a snippet has room: before which lines, behind which lines, before which lines another statement may stand."""

    def __init__(self, language, lines):
        self.boundaries, self.behind, self.statements = set(), set(), set()
        self.unit = next((line[:len(line) - len(line.lstrip())] for line in lines if line[:1] in (" ", "\t")), "    ")
        if self.unit[0] == " " and len(self.unit) > 4:
            self.unit = "    "
        self.top = not lines[0][:1].isspace() and (lines[0].startswith(_SAFE_OPENINGS) or language in ("yaml", "toml", "env", "sql"))
        if language in _TOPS and language not in _COMMENTS:  # json: a member before a member
            self.top = lines[0].lstrip().startswith('"') and lines[0].rstrip().endswith(",")
            return
        text = "\n".join(lines)
        if language not in _COMMENTS or language == "php" and ("<?" in text or "?>" in text):
            self.top = False
            return
        if re.search(r"<<[-~<]?['\"]?[A-Za-z_]", text) and language in ("shell", "ruby", "perl", "php") or language == "yaml" and re.search(r"[|>][-+]?$", text, re.M) \
                or re.search(r"^\s*<", text, re.M) and language in ("javascript", "typescript"):
            self.boundaries = {0}
            return
        inside, depth = False, 0
        for at, line in enumerate(lines + [""]):
            before = lines[at - 1].rstrip() if at else ""
            if not inside and not before.endswith("\\") and self._Fits(language, before, line, at, len(lines)):
                self.boundaries.add(at)
                if 0 < at < len(lines) and depth == 0 and self._Statement(language, before, line):
                    self.statements.add(at)
            if at == len(lines):
                break
            inside = self._Inside(language, line, inside)
            depth += line.count("(") + line.count("[") - line.count(")") - line.count("]")
            if not inside and line.strip() and not line.rstrip().endswith("\\") and language not in _NOT_BEHIND:
                self.behind.add(at)
        if language in ("xml", "html"):
            self.behind = {at for at in self.behind if lines[at].rstrip().endswith(">")}

    def _Fits(self, language, before, line, at, count):
        if language in ("xml", "html"):
            return at == 0 and line.lstrip().startswith("<") or before.endswith(">") and (at == count or line.lstrip().startswith("<"))
        return True

    def _Inside(self, language, line, inside):
        """Whether the end of the line stands in a text or comment of several lines."""
        if language == "python":
            marks = line.count('"""') + line.count("'''")
            return inside ^ (marks % 2 == 1)
        if language in ("javascript", "typescript", "go"):
            inside = inside ^ (line.count("`") % 2 == 1)
        if language in ("sql", "shell", "perl", "ruby", "php", "yaml", "toml", "rust", "csharp"):
            bare = line.replace("\\'", "").replace('\\"', "")
            marks = bare.count('"') if language != "sql" else bare.count("'")
            inside = inside ^ (marks % 2 == 1)
            if language in ("shell", "perl", "php") and not inside and bare.count("'") % 2 == 1 and "#" not in bare and "//" not in bare:
                inside = True
        if language in _SLASHES or language == "sql":
            if "/*" in line and "*/" not in line.split("/*")[-1]:
                return True
            if inside and "*/" in line:
                return False
        return inside

    def _Statement(self, language, before, line):
        if not line.strip() or len(before) - len(before.lstrip()) != len(line) - len(line.lstrip()) or not line[0].isspace():
            return False
        if _MEMBER.match(line) or _MEMBER.match(before) or before.endswith((",", "(", "[", "+", ".", "|", "&", ":", "{", "=", "?", "->")) or line.rstrip().endswith(","):
            return False
        if language in ("python", "ruby", "shell", "go"):
            return not before.lstrip().startswith(("\"\"\"", "'''", "return", "raise"))
        return before.endswith(";")
