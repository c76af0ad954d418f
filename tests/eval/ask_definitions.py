#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks whole released packages where their own names are defined; universal-ctags is the judge.

    tests/eval/ask_definitions.py [--program P] [--model M] [--folder build/eval] [--only NAME ...] [--questions N]
                                  [--seed N] [--json FILE] [--check]

The packages are those of debian_alarms.py: none is in the data of models/nano. Of each, N names are drawn that ctags knows
from exactly one place of its code (functions, macros, types, constants, classes, methods; tests and examples are not asked
about, but are read like everything else), and N/4 names that stand nowhere, put together from two that do. A question is
right when the first citation is the line that ctags names; a name that stands nowhere is to be refused. --check ends with 1
below RIGHT_MIN or REFUSED_MIN.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys

import debian_alarms

RIGHT_MIN, REFUSED_MIN = 0.65, 0.95
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{3,47}")
# What ctags calls a definition somebody would ask for.
KINDS = {"function", "macro", "struct", "union", "enum", "typedef", "class", "method", "enumerator", "constant", "variable"}


def tags(place):
    """name -> [(path, line, kind)] of everything ctags finds in the package's code."""
    found = collections.defaultdict(list)
    command = ["ctags", "-R", "--output-format=json", "--fields=+nK", "--kinds-C=+d", "--exclude=*.json", "-f", "-", "."]
    for line in subprocess.run(command, cwd=place, check=True, capture_output=True, text=True).stdout.splitlines():
        tag = json.loads(line)
        path = pathlib.PurePosixPath(tag["path"])
        if path.suffix.lower() in debian_alarms.EXTENSIONS:
            found[tag["name"]].append((str(path), tag["line"], tag["kind"]))
    return found


def asked(place, count, chance):
    """`count` names that are defined once, outside of tests and examples."""
    names = []
    for name, places in sorted(tags(place).items()):
        path, _, kind = places[0]
        if len(places) == 1 and NAME.fullmatch(name) and kind in KINDS and not name.startswith(("AnonymousFunction", "__anon")) \
                and not debian_alarms.SKIPPED & set(pathlib.PurePosixPath(path).parts[:-1]):
            names.append((name, *places[0]))
    return chance.sample(names, min(count, len(names)))


def absent(place, known, count, chance):
    """Names in the package's own manner that stand nowhere in it."""
    text = b"\n".join(p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file() and not p.is_symlink()).lower()
    names = []
    while len(names) < count:
        head, tail = chance.sample(known, 2)
        name = head[0][:len(head[0]) // 2].rstrip("_") + "_" + tail[0][len(tail[0]) // 2:].lstrip("_")
        if NAME.fullmatch(name) and name.lower().encode() not in text:
            names.append(name)
    return names


def answers(program, model, place, questions):
    command = [program] + (["--model", model] if model else []) + ["ask", str(place), "--stdin", "--json", "-q"]
    done = subprocess.run(command, input="".join(f"{q}\n" for q in questions), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def outcome(answer, path, line):
    if answer["refused"]:
        return "refused"
    first = answer["citations"][0] if answer["citations"] else None
    return "right" if first and (first["path"], first["start"]) == (path, line) else "wrong"


def measure(args, name):
    place, version = debian_alarms.fetched(args.folder, name)
    chance = random.Random(f"{args.seed} {name}")
    known = asked(place, args.questions, chance)
    strange = absent(place, known, len(known) // 4, chance)
    said = answers(args.program, args.model, place, [f"Where is {n} defined?" for n in [k[0] for k in known] + strange])
    rows = []
    for (term, path, line, kind), answer in zip(known, said):
        cited = [f"{c['path']}:{c['start']}" for c in answer["citations"]]
        rows.append({"package": version, "name": term, "kind": kind, "place": f"{path}:{line}",
                     "outcome": outcome(answer, path, line), "cited": cited})
    for term, answer in zip(strange, said[len(known):]):
        rows.append({"package": version, "name": term, "kind": "absent",
                     "outcome": "refused" if answer["refused"] else "wrong"})
    return rows


def table(rows):
    lines = [("package", "asked", "right", "wrong", "refused", "absent", "refused")]
    packages = sorted({row["package"] for row in rows})
    for package in [*packages, "all"]:
        mine = [row for row in rows if package in (row["package"], "all")]
        there = collections.Counter(row["outcome"] for row in mine if row["kind"] != "absent")
        not_there = collections.Counter(row["outcome"] for row in mine if row["kind"] == "absent")
        lines.append((package, sum(there.values()), there["right"], there["wrong"], there["refused"],
                      sum(not_there.values()), not_there["refused"]))
    width = max(len(line[0]) for line in lines)
    return "\n".join(line[0].ljust(width) + "".join(f"{cell!s:>9}" for cell in line[1:]) for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = debian_alarms.ROOT
    parser.add_argument("--program", default=str(root / "build/release/fathom"))
    parser.add_argument("--model", default="")
    parser.add_argument("--folder", type=pathlib.Path, default=root / "build/eval")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for name in args.only or [*debian_alarms.SOURCES, *debian_alarms.BINARIES, *debian_alarms.NPM]:
        rows += measure(args, name)
        print(f"{name}: {len(rows)} questions so far", file=sys.stderr)
    print(table(rows))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n")
    there = [row["outcome"] == "right" for row in rows if row["kind"] != "absent"]
    not_there = [row["outcome"] == "refused" for row in rows if row["kind"] == "absent"]
    below = sum(there) < RIGHT_MIN * len(there) or sum(not_there) < REFUSED_MIN * len(not_there)
    return 1 if args.check and below else 0


if __name__ == "__main__":
    sys.exit(main())
