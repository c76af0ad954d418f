#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the tree against its own rules: includes, sizes, banned words, and documents that name what is not there.

    tidy.py includes|sizes|bans|docs [--root DIR]   findings as FILE:LINE: TEXT, exit status 1 if there are any
    tidy.py self-test                               every rule finds a planted violation and passes a clean tree

Only the Python standard library is needed.
"""
import argparse
import os
import re
import sys
import tempfile

LAYERS = ("base", "kernels", "engine", "rag", "tools", "agent", "apps")
FOLDERS = LAYERS + ("tests", "cmake", "configs", "models", ".ci")
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "build", "data"}
CODE = (".h", ".cc", ".cu", ".cuh")
TABLE = "tests/tidy/allowed_includes.txt"


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def files(root, endings, folders=FOLDERS):
    """Paths below the given folders, and those of the root itself, with one of the endings; sorted."""
    found = [name for name in os.listdir(root) if os.path.isfile(os.path.join(root, name))]
    for folder in folders:
        for at, below, names in os.walk(os.path.join(root, folder)):
            below[:] = sorted(set(below) - SKIPPED_FOLDERS)
            found += [os.path.relpath(os.path.join(at, name), root) for name in names]
    return sorted(path for path in found if path.endswith(endings))


def glob_regex(glob):
    pieces = re.split(r"(\*\*|\*)", glob)
    table = {"**": ".*", "*": "[^/]*"}
    return re.compile("".join(table.get(piece, re.escape(piece)) for piece in pieces) + r"\Z")


def any_match(globs, text):
    return any(glob_regex(glob).match(text) for glob in globs)


# ---- includes ----


def parse_table(text):
    layers, third_parties, everywhere = {}, [], []
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if " may include" in line:
            layer, globs = line.split(" may include", 1)
            layers.setdefault(layer.strip(), []).extend(globs.split())
        elif " only in " in line:
            header, places = line.split(" only in ", 1)
            third_parties.append((header.strip(), places.split()))
        elif line.startswith("everywhere "):
            everywhere += line.split()[1:]
        elif line:
            raise SystemExit(f"{TABLE}: not understood: {line}")
    return layers, third_parties, everywhere


def include_allowed(path, header, table):
    layers, third_parties, everywhere = table
    layer = path.split("/")[0]
    if header.startswith('"'):
        name = header.strip('"')
        return name.startswith(layer + "/") or any_match(layers.get(layer, []), name)
    if not re.search(r"[./]", header) or any_match(everywhere, header):
        return True
    return any(glob_regex(glob).match(header) and any_match(places, path) for glob, places in third_parties)


def check_includes(root):
    table = parse_table(read(root, TABLE))
    for path in files(root, CODE, LAYERS + ("tests",)):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*("[^"]*"|<[^>]*>)', line)
            if match and not include_allowed(path, match.group(1), table):
                yield f"{path}:{number}: must not include {match.group(1)} ({TABLE})"


# ---- sizes ----

LINE_COLUMNS_MAX = 100
FILE_LINES_MAX = 600
TEST_LINES_MAX = 900  # also _cuda.cu
FUNCTION_LINES_MAX = 70
KERNEL_LINES_MAX = 150  # a kernel's body; a test's too


def without_comments_and_strings(text):
    """The same lines with comments and literals blanked out."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'', re.S)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def functions(text):
    """(first line, number of lines) of every function body that stands in a namespace or class."""
    code = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  without_comments_and_strings(text), flags=re.M)
    stack, head_start, depth = [], 0, 0
    for match in re.finditer(r"[{};()]", code):
        sign, at = match.group(), match.start()
        depth += (sign == "(") - (sign == ")")
        if sign in "()" or (depth > 0 and not stack):
            continue
        if sign == "{":
            head = code[head_start:at]
            inside_function = any(kind == "function" for kind, _ in stack)
            kind = "function" if not inside_function and is_function_head(head) else "other"
            stack.append((kind, head_start + len(head) - len(head.lstrip())))
        elif sign == "}" and stack:
            kind, start = stack.pop()
            if kind == "function":
                first = code.count("\n", 0, start) + 1
                yield first, code.count("\n", 0, at) + 2 - first
        head_start = at + 1


def is_function_head(head):
    head = head.strip()
    if re.match(r"(namespace|enum|extern|union)\b", head) or ")" not in head:
        return False
    if re.search(r"\b(class|struct)\s+\w+[^()]*$", head):
        return False
    return not re.search(r"=\s*(\[[^\]]*\]\s*\([^()]*\)\s*)?$", head)


def check_sizes(root):
    for path in files(root, CODE, LAYERS + ("tests",)):
        text = read(root, path)
        lines = text.splitlines()
        is_test = re.search(r"_(test|fuzz|bench)\.(cc|cu)$", path) or path.startswith("tests/")
        limit = TEST_LINES_MAX if is_test or path.endswith("_cuda.cu") else FILE_LINES_MAX
        if len(lines) > limit:
            yield f"{path}:{limit}: has {len(lines)} lines, at most {limit}"
        for number, line in enumerate(lines, 1):
            if len(line) > LINE_COLUMNS_MAX and 'R"' not in line:  # a pattern reads better whole
                yield f"{path}:{number}: has {len(line)} columns, at most {LINE_COLUMNS_MAX}"
        body_limit = KERNEL_LINES_MAX if is_test or path.startswith("kernels/") else FUNCTION_LINES_MAX
        for first, count in functions(text):
            if count > body_limit:
                yield f"{path}:{first}: a function of {count} lines, at most {body_limit}"


def size_table(root):
    """The numbers behind the rules, for people."""
    rows = []
    for layer in LAYERS:
        texts = [read(root, path) for path in files(root, CODE, (layer,)) if path.startswith(layer + "/")]
        lines = sorted(len(text.splitlines()) for text in texts)
        bodies = sorted(count for text in texts for _, count in functions(text))
        if lines:
            rows.append((layer, len(lines), sum(lines), lines[len(lines) * 9 // 10], lines[-1],
                         len(bodies), bodies[len(bodies) * 9 // 10] if bodies else 0, bodies[-1] if bodies else 0))
    print(f"{'layer':8} {'files':>5} {'lines':>6} {'p90':>5} {'max':>5} {'functions':>9} {'p90':>4} {'max':>4}")
    for row in rows:
        print("{:8} {:5} {:6} {:5} {:5} {:9} {:4} {:4}".format(*row))


# ---- bans ----

SHARED = r"\b(std::)?(shared_ptr|make_shared)\b"
USING = r"\busing\s+namespace\b"
SHELL = r"\b(system|popen)\s*\("
BANS = (
    (CODE, r"\b(std::)?(stoi|stol|stoll|stoul|stoull|stof|stod|stold|atoi|atol|atoll|atof)\s*\(",
     "reads numbers without errors; use std::from_chars"),
    (CODE, r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok)\s*\(", "has no bound"),
    (CODE, USING, "hides where names come from"),
    (CODE, SHARED, "hides who owns; use values or std::unique_ptr"),
    (CODE, SHELL, "runs a shell"),
)
UNDONE = r"\b(TODO|FIXME|XXX)\b"  # in models/ such words are data: real code is full of them
TEXT_BANS = (
    (UNDONE, "do it or leave it out"),
    (r"(?<![\w.])/(work|workspace|root)/[\w.]", "a path of one machine"),
)
TEXT = CODE + (".py", ".txt", ".md", ".yaml", ".json", ".cmake", "fathom", ".ci/run")
SPDX = CODE + (".py", ".cmake", "CMakeLists.txt", ".yaml")
TESTS_MAY = {SHELL, SHARED, USING}  # a test drives other programs
APPS_MAY = {SHARED}  # flags live as long as the callbacks that CLI11 copies
OWN_FILES = {"tests/tidy/tidy.py", "LICENSE"}


def check_bans(root):
    for path in files(root, TEXT):
        if path in OWN_FILES:
            continue
        text = read(root, path)
        code = without_comments_and_strings(text).splitlines() if path.endswith(CODE) else []
        is_test = re.search(r"_(test|fuzz)\.(cc|cu)$", path)
        for endings, pattern, why in BANS:
            allowed = TESTS_MAY if is_test else APPS_MAY if path.startswith("apps/") else set()
            if not path.endswith(endings) or pattern in allowed:
                continue
            for number, line in enumerate(code, 1):
                match = re.search(pattern, line)
                if match:
                    yield f"{path}:{number}: {match.group().strip()} {why}"
        for pattern, why in TEXT_BANS:
            if pattern == UNDONE and path.startswith("models/"):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                match = re.search(pattern, line)
                if match:
                    yield f"{path}:{number}: \"{match.group()}\": {why}"
        if path.endswith(SPDX) and "SPDX-License-Identifier: Apache-2.0" not in "\n".join(text.splitlines()[:2]):
            yield f"{path}:1: the first line is not the licence identifier"


# ---- documents ----


def known_commands(root):
    """The launcher's own words, and the names given to CLI11."""
    launcher = read(root, "fathom")
    words = set(re.findall(r"^  (\w+)\)", launcher, re.M))
    for path in files(root, (".cc",), ("apps",)):
        words.update(re.findall(r'add_subcommand\(\s*"([\w-]+)"', read(root, path)))
    return words, set(re.findall(r"^ +(--\w+)(?=[)| ])", launcher, re.M)) | set(re.findall(r"\| (--\w+)", launcher))


def check_docs(root):
    commands, test_kinds = known_commands(root)
    for path in files(root, (".md",)):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            for span in re.findall(r"`([^`]+)`", line):
                problem = document_problem(root, path, span, commands, test_kinds)
                if problem:
                    yield f"{path}:{number}: {problem}"


def document_problem(root, path, span, commands, test_kinds):
    command = re.match(r"(?:\./)?fathom ([a-z][\w-]*)((?: +\S+)*)", span)
    if command:
        if command.group(1) not in commands:
            return f"`{span}` names a command that does not exist"
        kind = re.match(r" +(--\w+)", command.group(2))
        if command.group(1) == "test" and kind and kind.group(1) not in test_kinds:
            return f"`{span}` names a kind of test that does not exist"
        return None
    if not re.fullmatch(r"[\w.][\w./*-]*", span) or span.split("/")[0] not in FOLDERS + ("examples",):
        return None
    if "/" not in span:
        return None
    if "*" in span:
        folder = os.path.join(root, span.split("*")[0].rpartition("/")[0])
        return None if os.path.isdir(folder) else f"`{span}`: there is no such folder"
    return None if os.path.exists(os.path.join(root, span)) else f"`{span}` does not exist"


# ---- the checks themselves ----

CHECKS = {"includes": check_includes, "sizes": check_sizes, "bans": check_bans, "docs": check_docs}
SPDX_LINE = "// SPDX-License-Identifier: Apache-2.0\n"
CLEAN = {
    TABLE: "base may include\nrag may include base/*.h\n<sqlite3.h> only in base/db.cc\neverywhere <sys/*.h>\n",
    "fathom": "  test)\n    --asan) x ;;\n",
    "apps/ask.cc": SPDX_LINE + 'auto* ask = app.add_subcommand("ask");\n',
    "base/db.cc": SPDX_LINE + '#include <sqlite3.h>\n#include <sys/stat.h>\n#include <vector>\n#include "base/db.h"\n',
    "rag/x.cc": SPDX_LINE + '#include "base/db.h"\nint F() {\n' + "  G();\n" * 68 + "}\n",
    "rag/y.cc": SPDX_LINE + 'const char* kText = "atoi(x) strcpy(";  // sprintf(\nstruct S {\n' + "  int a;\n" * 90 + "};\n",
    "README.md": "`./fathom ask PATH`, `./fathom test --asan`, `base/db.cc`, `base/*.cc`, `a/b`\n",
}
PLANTED = (
    ("includes", "base/up.cc", SPDX_LINE + '#include "rag/x.h"\n'),
    ("includes", "rag/third.cc", SPDX_LINE + "#include <sqlite3.h>\n"),
    ("includes", "rag/unknown.cc", SPDX_LINE + "#include <boost/asio.hpp>\n"),
    ("sizes", "rag/wide.cc", SPDX_LINE + "// " + "x" * 98 + "\n"),
    ("sizes", "rag/long.cc", SPDX_LINE + "// x\n" * 600),
    ("sizes", "rag/body.cc", SPDX_LINE + "namespace a {\nint F(int a,\n      int b) const {\n" + "  G();\n" * 68 + "}\n}\n"),
    ("sizes", "rag/method.h", SPDX_LINE + "class A {\n  int F() { if (x) {\n" + "  G();\n" * 70 + "} }\n};\n"),
    ("bans", "rag/ban.cc", SPDX_LINE + "int a = std::stoi(text);\n"),
    ("bans", "rag/owner.cc", SPDX_LINE + "std::shared_ptr<int> a;\n"),
    ("bans", "rag/shell.cc", SPDX_LINE + 'int a = system("ls");\n'),
    ("bans", "rag/todo.cc", SPDX_LINE + "// TO" + "DO: later\n"),
    ("bans", "rag/path.cc", SPDX_LINE + 'auto a = "/wo' + 'rk/main";\n'),
    ("bans", "rag/licence.cc", "int a;\n"),
    ("docs", "AGENTS.md", "`fathom dance`\n"),
    ("docs", "AGENTS.md", "`./fathom test --fast`\n"),
    ("docs", "AGENTS.md", "`base/none.h`\n"),
)


def self_test():
    failures = []
    for name, path, text in ((None, "rag/z.cc", SPDX_LINE),) + PLANTED:
        with tempfile.TemporaryDirectory() as root:
            for at, content in {**CLEAN, path: text}.items():
                os.makedirs(os.path.dirname(os.path.join(root, at)) or root, exist_ok=True)
                with open(os.path.join(root, at), "w", encoding="utf-8") as file:
                    file.write(content)
            for check, run in CHECKS.items():
                findings = list(run(root))
                if bool(findings) != (check == name):
                    failures.append(f"{check} on {path}: {findings or 'found nothing'}")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", choices=[*CHECKS, "self-test"])
    parser.add_argument("--root", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    arguments = parser.parse_args()
    if arguments.check == "self-test":
        findings = self_test()
    else:
        findings = list(CHECKS[arguments.check](arguments.root))
    if arguments.check == "sizes":
        size_table(arguments.root)
    for finding in findings:
        print(finding)
    print(f"{arguments.check}: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
