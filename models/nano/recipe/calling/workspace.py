# SPDX-License-Identifier: Apache-2.0
"""An agent in a folder: search, read_file and answer; list_files, calculate and the other tools of a workspace.

The tools are those of the product, line by line as it defines them and with results as it writes them, or with other
wordings, so that what counts is what the schema says.
"""
import json
import os
import re

from asking.phrasing import MARK, finish, frame, quoted
from asking.rules import Unanswered
from asking.tool_values import single
from asking.tools import NO_TOOL, ToolDialog, Turn
from .agent import DEFAULT_KINDS, pattern_of
from .chains import FAILED, tool_turn
from .requests import Request, calls_text
from .tools import definition

NOT_SAID = "The files do not say."
PRODUCT_SHARE = .55
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "product_tools.jsonl")) as _file:
    PRODUCT = {json.loads(line)["name"]: line.rstrip("\n") for line in _file}  # as tools/*.cc define them
PRODUCT_KEYS = {
    "list": ("list_files", {"path": "path", "pattern": "pattern", "limit": "limit"}),
    "read": ("read_file", {"path": "path", "start": "start_line", "count": "line_count"}),
    "search": ("search", {"query": "pattern", "path": "path", "any_case": "ignore_case", "limit": "limit"}),
    "calculate": ("calculate", {"expression": "expression"}),
    "write": ("write_file", {"path": "path", "content": "content"}),
    "run": ("run_command", {"argv": "argv"}),
    "http": ("http_get", {"url": "url"}),
    "sql": ("sql_query", {"path": "path", "query": "query"}),
    "patch": ("apply_patch", {"patch": "patch"}),
}
BEFORE = ["", "", "", "", "Look into the files: ", "Search the workspace: ", "In this folder: ", "Use the tools. ", "Task: "]
BEHIND = ["", "", "", "", " Name the file and the line.", " Say where it stands.", " Look it up in the files.", " Search the files, read the place and answer.", " Cite the line."]

# name variants; descriptions; parameters: (key, name variants, type, descriptions, required)
TOOLS = {
    "list": ("list_files list_files list_files ls list_dir list_directory files get_files dir",
             ["Lists files of the workspace with their sizes, without those that git ignores.", "Lists the files of a folder.", "Shows what a directory holds.",
              "Returns the names of the files below a folder."],
             [("path", "path path path folder directory dir", "string", ["a folder relative to the workspace; all of it when absent", "The folder", "Directory to list", ""], False),
              ("pattern", "pattern glob filter name", "string", ["a glob: *.cc in any folder, src/**/*.cc for whole paths", "Glob of the names wanted", "e.g. *.py"], False),
              ("limit", "limit max_results max", "integer", ["how many at most; 200 when absent", "Maximum number of entries"], False)]),
    "read": ("read_file read_file read_file open_file cat get_file view_file file_read show_file read",
             ["Reads lines of a UTF-8 text file of the workspace. Each line comes with its number and a tab before it, which are not part of the file.",
              "Reads a text file.", "Returns the contents of a file.", "Shows the lines of one file with their numbers."],
             [("path", "path path path file filename file_path name", "string", ["relative to the workspace", "The file to read", "Path of the file", ""], True),
              ("start", "start_line start_line offset from_line first_line line", "integer", ["the first line wanted, from 1", "Line to begin with", ""], False),
              ("count", "line_count line_count limit count max_lines lines", "integer", ["how many lines; 400 when absent", "Number of lines", ""], False)]),
    "search": ("search search search grep find_text search_files find_in_files code_search lookup_text",
               ["Searches the text of the workspace's files and returns the lines that match.", "Finds lines that contain a text.", "Full-text search over the files.",
                "Looks for a text or pattern in all files.", "Returns matching lines with file and line number."],
               [("query", "query query pattern text q needle regex term", "string", ["what to look for", "The text to find", "Text or regular expression", ""], True),
                ("path", "path path folder directory in_folder", "string", ["a folder or file to search; all of the workspace when absent", "Where to search", ""], False),
                ("limit", "limit max_results max_matches", "integer", ["how many at most; 50 when absent", "Maximum number of matches"], False)]),
    "calculate": ("calculate calculate calculator calc evaluate math",
                  ["Evaluates an arithmetic expression exactly. Operators: + - * / % ^ and parentheses; comparisons < <= > >= == !=; functions abs ceil floor max min round sqrt.",
                   "Computes an arithmetic expression.", "A calculator.", "Evaluates a formula and returns the number."],
                  [("expression", "expression expression formula expr input", "string", ["for example (17.5 + 3) * 2^10", "Arithmetic expression", ""], True)]),
    "write": ("write_file write_file create_file save_file file_write put_file",
              ["Writes a text file of the workspace; what it held before is replaced.", "Creates a file with the given content.", "Saves text to a file."],
              [("path", "path path file filename", "string", ["relative to the workspace", "The file to write", ""], True),
               ("content", "content content text data body", "string", ["the whole text of the file", "What to write", ""], True)]),
    "run": ("run_command run_command shell execute_command run exec bash",
            ["Runs a command in the sandbox and returns its output.", "Executes a shell command.", "Runs a program without network."],
            [("command", "command command cmd command_line", "string", ["the command line", "What to run", ""], True)]),
    "http": ("http_get http_get fetch_url get_url download_page fetch", ["Fetches a web page.", "Gets the text behind an address.", "Downloads a page as text."],
             [("url", "url url address link", "string", ["https:// address", "The page", ""], True)]),
    "sql": ("sql_query sql_query query_database run_sql db_query", ["Runs a read-only SQL query on a database of the workspace.", "Queries a database.", "Executes a SELECT."],
            [("path", "path database file db", "string", ["the database file", "SQLite file", ""], True), ("query", "query query sql statement", "string", ["one SELECT", "The SQL", ""], True)]),
    "patch": ("apply_patch apply_patch patch edit_file", ["Applies a unified diff to files of the workspace.", "Changes files by a patch."],
              [("patch", "patch patch diff", "string", ["a unified diff", "The changes", ""], True)]),
}
SPOKEN_MATH = {"+": ["plus", "+", "and"], "-": ["minus", "-"], "*": ["times", "multiplied by", "x", "*"], "/": ["divided by", "/", "over"], "^": ["to the power of", "^"]}
FILE_ASKS = ["In {p}, ", "in the file {p}: ", "Look into {p}. ", "Read {p} and tell me: ", "From {p}: ", "According to {p}, ", "Open {p}. "]


class WorkTool:
    """One tool with the names it has in this dialog: key -> name."""

    def __init__(self, rng, kind):
        names, descriptions, parameters = TOOLS[kind]
        usual = rng.random() < .4  # the product's own wording
        pick = (lambda options: options[0]) if usual else rng.choice
        self.product = False
        self.kind, self.name, self.layout = kind, pick(names.split()), 2 if usual else rng.choice([0, 1, 2, 3])
        self.keys, properties, required = {}, {}, []
        for key, options, of_type, texts, is_required in parameters:
            if not is_required and not usual and rng.random() < .35:
                continue
            name = pick(options.split())
            if name in properties:
                continue
            schema = {"type": of_type}
            if usual or rng.random() < .3:
                schema.update({"minLength": 1, "maxLength": rng.choice([256, 4096])} if of_type == "string" else {"minimum": 1, "maximum": rng.choice([5000, 10000, 100000000])})
            text = pick(texts)
            if text:
                schema["description"] = text
            properties[name] = schema
            self.keys[key] = name
            if is_required:
                required.append(name)
        self.line = definition(self.name, pick(descriptions), properties, required, self.layout)

    def call(self, **arguments):
        return {self.keys[key]: value for key, value in arguments.items() if key in self.keys}


class ProductTool:
    """One tool exactly as the product offers it."""

    def __init__(self, kind):
        self.product, self.kind = True, kind
        self.name, self.keys = PRODUCT_KEYS[kind]
        self.line = PRODUCT[self.name]

    def call(self, **arguments):
        if "command" in arguments:
            arguments = {"argv": arguments["command"].split()}
        return {self.keys[key]: value for key, value in arguments.items() if key in self.keys}


class Workspace:
    """`real` gives (path, lines) of real files, `facts` facts with their questions."""

    def __init__(self, rng, held_out, values, maker, requester, facts, real, clean):
        self.rng, self.held_out, self.values, self.maker, self.requester = rng, held_out, values, maker, requester
        self.facts, self.real, self.clean = facts, real, clean

    def sample(self, tokens):
        rng = self.rng
        if rng.random() < PRODUCT_SHARE:
            return self.product(tokens)
        tools = {}
        for kind in ["list", "read", "search", "calculate"] + rng.sample(["write", "run", "http", "sql", "patch"], rng.choice([0, 1, 2, 5])):
            tool = WorkTool(rng, kind)
            if all(tool.name != other.name for other in tools.values()):
                tools[kind] = tool
        if rng.random() < .2:
            for kind in rng.sample(sorted(tools), rng.randint(1, 2)):
                if kind not in ("read", "search"):
                    del tools[kind]
        lines = [tool.line for tool in tools.values()]
        if rng.random() < .3:
            lines += [tool.definition() for tool in self.maker.tools(rng.choice([1, 2, 3]))]
        if rng.random() < .6:
            rng.shuffle(lines)
        self.files = self.folder(tokens)
        turns = self.look_up(tools) if rng.random() < .7 else self.small_step(tools)
        if rng.random() < .35:
            turns += self.small_step(tools)
        return ToolDialog(lines, turns, self.held_out)

    def product(self, tokens):
        """A dialog with the product's tools: all that it offers by itself, or some of them in any order."""
        rng = self.rng
        kinds = DEFAULT_KINDS
        if tokens < 1800 or rng.random() < .5:
            kinds = ["search", "read"] + [k for k in ("list", "calculate", "write", "run", "sql", "http") if rng.random() < (.15 if tokens < 1200 else .35)]
            rng.shuffle(kinds)
        tools = {kind: ProductTool(kind) for kind in kinds}
        self.files = self.folder(tokens)
        turns = self.look_up(tools) if rng.random() < .75 else self.small_step(tools)
        if rng.random() < .3:
            turns += self.small_step(tools)
        return ToolDialog([tool.line for tool in tools.values()], turns, self.held_out)

    # ---- files

    def folder(self, tokens):
        """{path: lines}; some hold a fact."""
        rng, files, self.known = self.rng, {}, []
        for _ in range(rng.choice([1, 2, 3, 4] if tokens < 4000 else [2, 4, 6, 8])):
            path, lines = self.real(rng.randint(3, 10 if tokens < 2000 else 40))
            lines = list(lines)
            if rng.random() < .85:
                fact = self.facts()
                if self.clean(fact.snippet) and all(self.clean(decoy) for decoy in fact.decoys):
                    at = rng.randint(0, len(lines))
                    lines[at:at] = fact.snippet.lines
                    self.known.append((path, at, fact))
                    for decoy in fact.decoys:
                        where, more = self.real(rng.randint(1, 5))
                        files.setdefault(where, []).extend(list(more) + decoy.lines)
            if path not in files:
                files[path] = lines
            else:
                self.known = [k for k in self.known if k[0] != path]
        return files

    def hits(self, term, limit=20):
        pattern, any_case = pattern_of(term)
        found = re.compile(pattern, re.I if any_case else 0)
        return [(path, n + 1, line) for path, lines in sorted(self.files.items()) for n, line in enumerate(lines) if found.search(line)][:limit]

    def search_call(self, search, term):
        """A search for the term: a product's pattern has its signs escaped, and words are found in any case."""
        if not search.product:
            return self.call(search, query=term)
        pattern, any_case = pattern_of(term)
        return self.call(search, query=pattern, **({"any_case": True} if any_case else {}))

    def searchable(self, question):
        """Whether the question spells what to search for; a few do not."""
        return hasattr(question, "thing") or question.term.lower() in question.text.lower() or self.rng.random() < .1

    def asked(self, question):
        """(the user's words, the term as they write it)."""
        rng, text = self.rng, question.text
        wanted = getattr(question, "thing", "") or question.term
        at = text.lower().find(wanted.lower())
        term = text[at:at + len(wanted)] if at >= 0 else wanted
        if rng.random() < .4:
            text = rng.choice(BEFORE) + text + rng.choice(BEHIND)
        return text, term

    # ---- search, read, answer

    def look_up(self, tools):
        rng = self.rng
        questions = [(path, at + q.line, q) for path, at, fact in self.known for q in fact.questions
                     if q.line is not None and q.term in fact.snippet.lines[q.line] and self.searchable(q)]
        unanswered = [q for _, _, fact in self.known for q in fact.questions if isinstance(q, Unanswered)]
        if unanswered and rng.random() < .12:
            return self.unanswered(tools, rng.choice(unanswered))
        if not questions or rng.random() < .12:
            return self.absent(tools)
        path, index, question = rng.choice(questions)
        if (path, index + 1) not in [hit[:2] for hit in self.hits(self.asked(question)[1])]:
            return self.absent(tools)
        line, read, search = self.files[path][index].rstrip(), tools["read"], tools["search"]
        said = line.strip() if read.product else line[line.index(question.term):].strip()
        answer = "%s (%s:%d)" % (said, path, index + 1)
        window = 0, len(self.files[path])
        arguments = read.call(path=path)
        if rng.random() < .2:
            steps = [Turn("user", rng.choice(FILE_ASKS).replace("{p}", path) + question.text, False)]
        else:
            names_only = rng.random() < .12
            names_only = names_only and not search.product
            text, term = self.asked(question)
            found = self.shown_hits(search, term, names_only)
            steps = [Turn("user", text, False), self.search_call(search, term), *tool_turn([(search.name, found)])]
            if "start" in read.keys and "count" in read.keys and not names_only:  # only the lines from the match on
                arguments = read.call(path=path, start=index + 1, count=20)
                window = index, index + 20
        steps.append(Turn("ai", calls_text([Request(read, "", "", arguments)]), True))
        if rng.random() < .06:
            said = rng.choice(["error: permission denied: ", "denied: hidden by policy: ", "error: is no UTF-8 text: "]) + path
            return steps + [*tool_turn([(read.name, said)]), Turn("ai", FAILED % said.split(": ", 1)[1], True)]
        return steps + [*tool_turn([(read.name, self.shown_lines(read, path, *window))]), Turn("ai", answer, True)]

    def unanswered(self, tools, question):
        """The search finds the word, but no line says what was asked."""
        search = tools["search"]
        text, term = self.asked(question)
        steps, hits = [], self.hits(term)
        if search.product and hits:
            path, line, _ = hits[0]
            steps = [self.call(tools["read"], path=path, start=line, count=20), *tool_turn([(tools["read"].name, self.shown_lines(tools["read"], path, line - 1, line + 19))])]
        return [Turn("user", text, False), self.search_call(search, term), *tool_turn([(search.name, self.shown_hits(search, term, False))]), *steps, Turn("ai", NOT_SAID, True)]

    def absent(self, tools):
        rng, search = self.rng, tools["search"]
        for _ in range(20):
            fact = self.facts()
            if not fact.questions:
                continue
            question = rng.choice(fact.questions)
            text, term = self.asked(question)
            if not self.hits(term) and self.clean(fact.snippet):
                said = "[no matches]\n" if search.product else rng.choice(["no matches", "[no matches]", "0 results", "[]", "nothing found for " + question.term])
                return [Turn("user", text, False), self.search_call(search, term), *tool_turn([(search.name, said)]), Turn("ai", NOT_SAID, True)]
        return self.small_step(tools)

    def shown_hits(self, search, term, names_only):
        rng = self.rng
        if search.product:
            return "".join("%s:%d:\t%s\n" % hit for hit in self.hits(term)) or "[no matches]\n"
        if names_only:
            return "\n".join(dict.fromkeys(path for path, _, _ in self.hits(term)))
        shape = rng.choice(["%s:%d: %s", "%s:%d: %s", "%s:%d:%s", "%s:%d\t%s", "%s line %d: %s"])
        lines = [shape % (path, n, line if shape == "%s:%d:%s" else line.strip()) for path, n, line in self.hits(term)]
        return "\n".join(lines) + rng.choice(["", "\n", "\n[%d matches]\n" % len(lines)])

    def shown_lines(self, read, path, first, last):
        rng, lines = self.rng, self.files[path]
        if read.product:
            text = "".join("%d\t%s\n" % (n + 1, line) for n, line in enumerate(lines) if first <= n < last)
            return text + ("[lines %d to %d of %d]\n" % (first + 1, min(last, len(lines)), len(lines)) if first > 0 or last < len(lines) else "")
        shape = rng.choice(["%d\t%s", "%d\t%s", "%d\t%s", "%d: %s", "%4d | %s", "%d %s"])
        text = "\n".join(shape % (n + 1, line) for n, line in enumerate(lines) if first <= n < last) + "\n"
        return text + ("[lines %d to %d of %d]\n" % (first + 1, min(last, len(lines)), len(lines)) if last - first < len(lines) else "")

    def call(self, tool, **arguments):
        return Turn("ai", calls_text([Request(tool, "", "", tool.call(**arguments))]), True)

    # ---- one call

    def small_step(self, tools):
        rng = self.rng
        steps = {"list": self.list_step, "read": self.read_step, "search": self.search_step, "calculate": self.calculate_step, "write": self.write_step,
                 "run": self.run_step, "http": self.http_step, "sql": self.sql_step}
        kinds = [kind for kind in steps if kind in tools]
        if rng.random() < .15:
            missing = [kind for kind in ("calculate", "write", "run", "http", "sql") if kind not in tools]
            if not missing:
                return [Turn("user", self.requester.chat(), False), Turn("ai", NO_TOOL, True)]
            text, _, _ = steps[rng.choice(missing)]({kind: WorkTool(rng, kind) for kind in missing})
            return [Turn("user", text, False), Turn("ai", NO_TOOL, True)]
        kind = rng.choice(kinds + ["calculate"] if "calculate" in kinds else kinds)
        text, call, after = steps[kind](tools)
        turns = [Turn("user", text, False), call]
        if after and rng.random() < .6:
            result, answer = after
            turns += [*tool_turn([(tools[kind].name, result)]), Turn("ai", answer, True)]
        return turns

    def say(self, kind, text):
        return finish(self.rng, frame(self.rng, self.requester.frames, kind, text))

    def list_step(self, tools):
        rng, tool = self.rng, tools["list"]
        folder = sorted({path.rsplit("/", 1)[0] for path in self.files if "/" in path} | {single(rng, "path", self.values.nouns).strip("/")})
        folder = rng.choice(folder)
        paths = [path for path in self.files if path.startswith(folder + "/")]
        arguments = {}
        text = rng.choice(["list the files", "which files are there", "show me the files", "what files do we have", "list everything"])
        if "path" in tool.keys and rng.random() < .75:
            text += rng.choice([" in ", " under ", " of "]) + MARK + folder + MARK
            arguments["path"] = folder
        else:
            paths = list(self.files)
        if "pattern" in tool.keys and rng.random() < .4:
            pattern = rng.choice(["*.py", "*.md", "*.c", "*.js", "*.json", "*.txt", "src/**/*.h", "*test*"])
            text += rng.choice([" that match ", " matching ", " like "]) + MARK + pattern + MARK
            arguments["pattern"] = pattern
            paths = []
        shown = "".join("%s\t%d bytes\n" % (p, rng.randint(20, 90000)) for p in paths) if tool.product or rng.random() < .6 else "\n".join(paths)
        answer = "Found %d: %s." % (len(paths), ", ".join(paths)) if paths else "Nothing was found."
        ordered = {key: arguments[key] for key in ("path", "pattern") if key in arguments}
        return self.say("question" if text[0] == "w" else "command", text), self.call(tool, **ordered), (shown or "[no files]\n", answer)

    def read_step(self, tools):
        rng, tool = self.rng, tools["read"]
        path = rng.choice(list(self.files)) if rng.random() < .6 else single(rng, "file", self.values.nouns)
        text = rng.choice(["read {p}", "show me {p}", "open {p}", "what is in {p}", "print {p}", "show the file {p}", "display {p}"]).replace("{p}", MARK + path + MARK)
        arguments = {"path": path}
        if "start" in tool.keys and "count" in tool.keys and rng.random() < .4:
            start, count = rng.randint(1, 900), rng.choice([5, 10, 20, 50, rng.randint(2, 400)])
            text += rng.choice([" from line {s}, {c} lines", ", {c} lines from line {s}", " starting at line {s} for {c} lines"]).replace(
                "{s}", MARK + str(start) + MARK).replace("{c}", MARK + str(count) + MARK)
            arguments.update(start=start, count=count)
        return self.say("question" if text.startswith("what") else "command", text), self.call(tool, **arguments), None

    def search_step(self, tools):
        rng, tool = self.rng, tools["search"]
        term = rng.choice([self.values.make_words(None)[0], single(rng, "slug", self.values.nouns), single(rng, "code", self.values.nouns), "TODO", "FIXME"])
        text = rng.choice(["search for {q}", "find {q}", "where does {q} occur", "look for {q}", "grep {q}", "which files mention {q}", "find all lines with {q}"]).replace(
            "{q}", quoted(rng, term))
        pattern, any_case = pattern_of(term) if tool.product else (term, False)
        arguments = {"query": pattern}
        if "path" in tool.keys and rng.random() < .4:
            arguments["path"] = single(rng, "path", self.values.nouns).strip("/")
            text += rng.choice([" in ", " under ", " below "]) + MARK + arguments["path"] + MARK
        if any_case:
            arguments["any_case"] = True
        return self.say("question" if text[0] == "w" else "command", text), self.call(tool, **arguments), None

    def calculate_step(self, tools):
        rng = self.rng
        count = rng.choice([2, 2, 2, 3])
        numbers = [rng.choice([rng.randint(2, 99), rng.randint(100, 9999), round(rng.uniform(.1, 99), rng.choice([1, 2]))]) for _ in range(count)]
        marks = [rng.choice("++--***//^") for _ in numbers[1:]]
        draw = rng.random()
        if draw < .15:
            a, b = rng.randint(1, 99), rng.randint(10, 9000)
            written, spoken = "%d * %d / 100" % (b, a), rng.choice(["%d %% of %d", "%d percent of %d"]) % (a, b)
        elif draw < .3:
            written = "(%s %s %s) * %s" % (numbers[0], marks[0], numbers[1], numbers[-1])
            spoken = written
        elif draw < .4:
            written, spoken = "sqrt(%s)" % numbers[0], "the square root of %s" % numbers[0]
        else:
            written = spoken = str(numbers[0])
            for mark, number in zip(marks, numbers[1:]):
                written += " %s %s" % (mark, number)
                spoken += " %s %s" % (rng.choice(SPOKEN_MATH[mark][:2] if mark == "+" else SPOKEN_MATH[mark]), number)
        text = rng.choice(["what is {x}", "calculate {x}", "compute {x}", "how much is {x}", "work out {x}", "what's {x}"]).replace("{x}", MARK + spoken + MARK)
        value = rng.choice([rng.randint(1, 999999), round(rng.uniform(.01, 9999), rng.randint(1, 6))])
        return (self.say("question" if text[0] in "wh" and not text.startswith("work") else "command", text),
                self.call(tools["calculate"], expression=written) if "calculate" in tools else None, (str(value), "The result is %s." % value))

    def write_step(self, tools):
        rng = self.rng
        path, content = single(rng, "file", self.values.nouns), self.values.make_text(None)[0].replace('"', "")
        text = rng.choice(['write "{c}" to {p}', 'create {p} with the text "{c}"', 'save "{c}" in {p}', 'put "{c}" into the file {p}', 'make a file {p} that says "{c}"'])
        text = text.replace("{c}", MARK + content + MARK).replace("{p}", MARK + path + MARK)
        return self.say("command", text), self.call(tools["write"], path=path, content=content), ("ok", "Done.")

    def run_step(self, tools):
        rng = self.rng
        command = rng.choice(["make {a}", "git log --oneline -{n}", "python3 {a}.py --{b}", "ls -l {a}", "npm run {a}", "cargo test {a}", "wc -l {a}.{b}", "ctest -R {a}", "./{a} {b} {n}"])
        command = command.format(a=self.values.word(), b=self.values.word(), n=rng.randint(1, 99))
        text = rng.choice(["run {c}", "execute {c}", "run the command {c}", "please start {c}", "run {c} and show the output"]).replace("{c}", quoted(rng, command))
        return self.say("command", text), self.call(tools["run"], command=command), None

    def http_step(self, tools):
        rng, url = self.rng, single(self.rng, "url", self.values.nouns)
        text = rng.choice(["fetch {u}", "get the page {u}", "download {u}", "what does {u} say", "open the page {u}"]).replace("{u}", MARK + url + MARK)
        return self.say("question" if text[0] == "w" else "command", text), self.call(tools["http"], url=url), None

    def sql_step(self, tools):
        rng = self.rng
        path = self.values.word() + rng.choice([".db", ".sqlite", ".sqlite3"])
        query = rng.choice(["SELECT COUNT(*) FROM {a}", "SELECT {b} FROM {a}", "SELECT * FROM {a} WHERE {b} = {n}", "SELECT {b} FROM {a} ORDER BY {b} LIMIT {n}"]).format(
            a=self.values.word(), b=self.values.word(), n=rng.randint(1, 99))
        text = rng.choice(["run {q} on {p}", "query {p} with {q}", "execute {q} in {p}"]).replace("{q}", quoted(rng, query)).replace("{p}", MARK + path + MARK)
        return self.say("command", text), self.call(tools["sql"], path=path, query=query), None

