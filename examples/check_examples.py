#!/usr/bin/env python3
"""Checks that the example sets are complete and agree with their files."""
import collections
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FAMILIES = {
    "buffer-overflow": "CWE-120", "command-injection": "CWE-78", "sql-injection": "CWE-89",
    "code-eval": "CWE-95", "hardcoded-secret": "CWE-798", "weak-hash": "CWE-328",
    "path-traversal": "CWE-22", "format-string": "CWE-134", "weak-random": "CWE-338",
    "unsafe-deserialize": "CWE-502", "xss": "CWE-79", "insecure-tls": "CWE-295",
}
# root: (most bytes, most lines, most characters in a line)
LIMITS = {"orders-service": (21000, 620, 100), "clinic-portal": (145000, 4600, 100),
          "handbook": (24000, 360, 100)}
# root: (weaknesses, look-alikes, least of each family and kind, weaknesses across files)
SITES = {"orders-service": (30, 30, 2, 6), "clinic-portal": (106, 162, 5, 33)}
QUESTIONS = ("orders-service", "handbook")
CANONICAL = re.compile(r"What is the value of `(.+)`\?|Where is `(.+)` defined\?|"
                       r"What is said about `(.+)`\?")
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def load_tree(root):
    tree = {}
    for folder, _, names in os.walk(os.path.join(HERE, root)):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as handle:
                tree[os.path.relpath(path, os.path.join(HERE, root))] = handle.read()
    return tree


def load_json(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as handle:
        return json.load(handle)


def plain(text):
    return " ".join(text.split())


def check_files(root, tree):
    most_bytes, most_lines, width = LIMITS[root]
    size = sum(len(text.encode()) for text in tree.values())
    lines = sum(text.count("\n") for text in tree.values())
    expect(size <= most_bytes, f"{root}: {size} bytes")
    expect(lines <= most_lines, f"{root}: {lines} lines")
    for name, text in tree.items():
        expect(text.endswith("\n"), f"{name}: no newline at the end")
        for number, line in enumerate(text.split("\n"), 1):
            expect(len(line) <= width, f"{name}:{number}: longer than {width}")
            expect(line == line.rstrip(), f"{name}:{number}: trailing blanks")
    print(f"{root}: {len(tree)} files, {lines} lines, {size} bytes")


def check_sites(root, tree):
    answers = load_json(root + ".answers.json")
    expect(answers["root"] == root, f"{root}: root of the answers")
    sites = answers["sites"]
    expect(len({site["id"] for site in sites}) == len(sites), f"{root}: ids repeat")
    real_count, alike_count, family_min, crossing_count = SITES[root]
    taken = set()
    for site in sites:
        name = site["id"]
        expect(FAMILIES.get(site["family"]) == site["cwe"], f"{name}: family and CWE")
        expect(name[0] == ("W" if site["real"] else "S"), f"{name}: id and kind")
        lines = tree.get(site["file"], "").splitlines()
        expect(1 <= site["start"] <= site["end"] <= len(lines), f"{name}: lines")
        for number in range(site["start"], site["end"] + 1):
            expect((site["file"], number) not in taken, f"{name}: overlaps another site")
            taken.add((site["file"], number))
            expect(lines[number - 1:number] and lines[number - 1].strip(), f"{name}: empty line")
        source = site.get("source_file")
        expect(source is None or source in tree and source != site["file"], f"{name}: source")
    for real in (True, False):
        kind = [site for site in sites if site["real"] == real]
        count = collections.Counter(site["family"] for site in kind)
        expect(len(kind) == (real_count if real else alike_count),
               f"{root}: {len(kind)} sites with real={real}")
        for family in FAMILIES:
            expect(count[family] >= family_min, f"{root}: {count[family]} of {family}, real={real}")
    crossing = [site for site in sites if "source_file" in site]
    expect(len(crossing) == crossing_count, f"{root}: {len(crossing)} sites across files")
    expect(all(site["real"] for site in crossing), f"{root}: look-alike with a source file")
    print(f"{root}: {len(sites)} sites, {len(crossing)} across files")


def check_questions(root, tree):
    questions = load_json(root + ".questions.json")
    expect(questions["root"] == root, f"{root}: root of the questions")
    rows = questions["questions"]
    expect(len(rows) == 60, f"{root}: {len(rows)} questions")
    expect(len({row["id"] for row in rows}) == len(rows), f"{root}: ids repeat")
    expect(len({row["question"] for row in rows}) == len(rows), f"{root}: questions repeat")
    everything = "\n".join(tree.values())
    for phrasing in ("canonical", "free"):
        part = [row for row in rows if row["phrasing"] == phrasing]
        absent = [row for row in part if row["file"] is None]
        expect(len(part) == 30, f"{root}: {len(part)} {phrasing} questions")
        expect(len(absent) == 5, f"{root}: {len(absent)} {phrasing} questions without answer")
    for row in rows:
        name = row["id"]
        match = CANONICAL.fullmatch(row["question"])
        term = next(filter(None, match.groups())) if match else None
        expect((row["phrasing"] == "canonical") == bool(match), f"{name}: phrasing")
        if row["file"] is None:
            expect(row["line"] is None and row["accept"] == [], f"{name}: has an answer")
            expect(not term or term.lower() not in everything.lower(), f"{name}: {term} occurs")
            continue
        lines = tree.get(row["file"], "").splitlines()
        line = plain(lines[row["line"] - 1]) if 0 < row["line"] <= len(lines) else ""
        expect(row["accept"], f"{name}: nothing to accept")
        for text in row["accept"]:
            expect(plain(text) in line, f"{name}: {text!r} is not in {line!r}")
        if term:
            expect(term in line, f"{name}: {term} is not in {line!r}")
            tail = line[line.find(term):]
            expect(any(plain(text) in tail for text in row["accept"]), f"{name}: before the term")
        full = plain(row["accept"][0])
        places = sum(full in plain(text) for text in everything.split("\n"))
        expect(places == 1, f"{name}: {full!r} stands on {places} lines")
    print(f"{root}: {len(rows)} questions")


def main():
    for root in LIMITS:
        tree = load_tree(root)
        check_files(root, tree)
        if root in SITES:
            check_sites(root, tree)
        if root in QUESTIONS:
            check_questions(root, tree)
    for text in problems:
        print("problem:", text)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
