#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Edits of a corpus that was read: what is read again, and that nothing else changes.

    edit_replay_test.py --program PROGRAM [--commits 50] [--repository TREE] [--paths PATH...] [--questions N]
    edit_replay_test.py --program PROGRAM --made

Replays commits of a git history (this repository's own, the last that touch the paths): a clone is set to each commit in
turn and read with `fathom corpus ingest`, as after an edit. Then
  * `fathom corpus verify --all` reads every window anew, each whole, and compares the kept states and the scores of all lines with
    that, bit for bit: tokens, lightning states, keys, values, the last hidden row;
  * N times on the way a question about a changed file is put to what was kept and to a fresh reading of the same packing (a
    home in which nothing but the packing is kept): question, answer, citations and refusal are equal.
The table has for each commit the tokens of the corpus, those computed, and their share. Its last line is the sum.

--made makes a small history of its own, of every kind of edit, and holds each kind to what it may cost.
Exit status: 0 promise kept, 1 broken, 77 skipped (no model, or a clone without so much history).
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATHS = ["README.md", "CONTRIBUTING.md", "AGENTS.md", "docs", "configs"]
CLOCK = {"seconds", "prefilled", "corpus_prefilled", "corpus_reused", "cached"}
SPACING = 1024  # of nano's checkpoints, in tokens


class Broken(Exception):
    """The promise does not hold."""


def check(condition, text):
    if not condition:
        raise Broken(text)


def git(folder, *arguments):
    identity = ["-c", "user.name=replay", "-c", "user.email=replay@example.invalid", "-c", "advice.detachedHead=false",
                "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout


class Fathom:
    def __init__(self, program, home):
        self.program, self.home = program, home

    def run(self, *arguments):
        done = subprocess.run([self.program, "--json", "--quiet", *map(str, arguments)], capture_output=True, text=True,
                              check=False, env={**os.environ, "FATHOM_HOME": str(self.home)})
        check(done.returncode == 0, f"{arguments[:2]} ended with {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def read(self, folder):
        """What reading it cost; the kept states equal those of reading everything."""
        read = self.run("corpus", "ingest", folder)
        check(read["prefilled"] + read["restored"] == read["tokens"] and read["reused"] <= read["restored"], f"{read}")
        verified = self.run("corpus", "verify", "--all", folder)
        check(verified["same"] and verified["tokens"] == read["tokens"], f"{verified} after {read}")
        return read

    def with_packing_only(self, home):
        """The same packing in a home without a state."""
        check(list(pathlib.Path(self.home).glob("**/*.state")), "no state was kept")
        shutil.copytree(self.home, home, ignore=shutil.ignore_patterns("*.state"))
        return Fathom(self.program, home)


def plain(answer):
    return {key: value for key, value in answer.items() if key != "usage"} | {
        "usage": {key: value for key, value in answer["usage"].items() if key not in CLOCK}}


def same_answer(fathom, folder, question):
    """True when the model answered; both answers are equal."""
    kept = fathom.run("ask", folder, question)
    check(kept["usage"]["corpus_prefilled"] == 0, f"the corpus was read for a question: {kept['usage']}")
    with tempfile.TemporaryDirectory(prefix="fathom-fresh-") as base:
        fresh = fathom.with_packing_only(os.path.join(base, "home")).run("ask", folder, question)
    check(fresh["usage"]["corpus_prefilled"] > 0, f"nothing was read anew: {fresh['usage']}")
    check(plain(kept) == plain(fresh), f"the answers differ:\n{kept}\n{fresh}")
    return not kept["refused"]


def question_about(text):
    """About a word that looks like a name, so that it is found in one place."""
    names = re.findall(r"\b(?:[a-z]+_[a-z_]+|k[A-Z]\w+|[A-Z][a-z]+[A-Z]\w+)\b", text)
    return f"Where is `{max(set(names), key=len)}` used?" if names else None


def replay(options, base):
    log = git(options.repository, "log", "--first-parent", "--reverse", "--format=%H", "--", *options.paths).split()
    if len(log) < options.commits + 1:
        print(f"skipped: {len(log)} commits of the history touch these paths, {options.commits + 1} are needed")
        return 77
    log = log[-options.commits - 1:]
    folder = base / "clone"
    git(base, "clone", "--quiet", "--no-checkout", str(options.repository), str(folder))
    git(folder, "sparse-checkout", "set", "--no-cone", *("/" + path for path in options.paths))
    fathom = Fathom(options.program, base / "home")
    print(f"{'commit':10} {'files':>5} {'tokens':>8} {'computed':>8} {'share':>7}  state and scores")
    totals = {"tokens": 0, "prefilled": 0, "reused": 0}
    shares, asked, answered = [], 0, 0
    for number, commit in enumerate(log):
        git(folder, "checkout", "--quiet", commit)
        read = fathom.read(folder)
        changed = git(folder, "show", "--first-parent", "--format=", "--name-only", commit, "--", *options.paths).split()
        share = read["prefilled"] / read["tokens"]
        print(f"{commit[:10]} {len(changed):>5} {read['tokens']:>8} {read['prefilled']:>8} {share:>6.1%}  equal"
              + ("" if number else ", the first reading"), flush=True)
        if number == 0:
            check(read["restored"] == 0, "the first reading restores something, so nothing would be shown")
            continue
        shares.append(share)
        totals = {key: value + read[key] for key, value in totals.items()}
        if options.questions and number * options.questions // options.commits > asked:
            texts = [folder / name for name in changed if (folder / name).is_file()]
            question = next(filter(None, (question_about(text.read_text(errors="replace")) for text in texts)), None)
            if question:
                asked += 1
                answered += same_answer(fathom, folder, question)
    shares.sort()
    print(f"all        {'':>5} {totals['tokens']:>8} {totals['prefilled']:>8} "
          f"{totals['prefilled'] / totals['tokens']:>6.1%}  of {len(shares)} commits; median {shares[len(shares) // 2]:.1%}; "
          f"{totals['reused']} tokens of changed windows not read again; {asked} questions answered alike "
          f"({answered} not refused)")
    check(totals["prefilled"] < totals["tokens"], "nothing was saved")
    return 0


class Made:
    """A folder of text files under git, edited step by step."""

    def __init__(self, base, fathom):
        self.folder, self.fathom = base / "made", fathom
        self.folder.mkdir()
        git(self.folder, "init", "--quiet")

    def write(self, name, lines):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines))

    def lines(self, name):
        return (self.folder / name).read_text().splitlines()

    def commit(self, text):
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", text)

    def read(self, what, most):
        read = self.fathom.read(self.folder)
        print(f"{what:45} {read['prefilled']:>6} of {read['tokens']} tokens, {read['reused']} reused", flush=True)
        check(read["prefilled"] <= most, f"{what}: {read['prefilled']} tokens were computed, at most {most} should be")
        return read


def made(options, base):
    corpus = Made(base, Fathom(options.program, base / "home"))
    for number in range(10):
        corpus.write(f"src/part{number}.py", [f"PART_{number}_LIMIT_{i} = {i * 7 + number}" for i in range(24)])
    corpus.commit("all")
    whole = corpus.read("everything", 10 ** 6)
    check(whole["restored"] == 0 and whole["tokens"] > 4 * SPACING, f"{whole}")
    per_file = whole["tokens"] // 10
    corpus.read("nothing changed", 0)
    near = 2 * SPACING  # the end of a file, up to a checkpoint before it, and the end of the text
    edited = corpus.lines("src/part9.py")
    corpus.write("src/part9.py", edited[:-1] + ["PART_9_LAST = 1"])
    corpus.read("the last line of the last file, uncommitted", near)
    corpus.commit("last")
    corpus.read("committed", 0)
    corpus.write("src/part5.py", [line.replace("= ", "= 1") for line in corpus.lines("src/part5.py")])
    corpus.read("a file in the middle", 6 * per_file + SPACING)
    corpus.commit("middle")
    corpus.write("src/part5.py", ["CACHE_SECONDS = 300"] + corpus.lines("src/part5.py"))
    again = corpus.read("the same file, which has moved to the end", 2 * per_file + SPACING)
    check(again["reused"] > 0, f"{again}")
    corpus.commit("again")
    corpus.write("src/new.py", ["NEW_NAME = 3"])
    corpus.read("a new file", near)
    (corpus.folder / "src/new.py").unlink()
    corpus.read("which goes again", near)
    (corpus.folder / "src/part0.py").rename(corpus.folder / "src/zero.py")
    corpus.read("the first file under another name", 2 * whole["tokens"])
    check(same_answer(corpus.fathom, corpus.folder, "What is the value of `CACHE_SECONDS`?"),
          "the model refuses, so there is nothing to compare")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    parser.add_argument("--repository", default=str(ROOT))
    parser.add_argument("--paths", nargs="+", default=PATHS)
    parser.add_argument("--commits", type=int, default=50)
    parser.add_argument("--questions", type=int, default=10)
    parser.add_argument("--made", action="store_true")
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    if not (ROOT / "models/nano/nano.gguf").exists():
        print("skipped: the model is absent")
        return 77
    try:
        with tempfile.TemporaryDirectory(prefix="fathom-replay-") as base:
            return (made if options.made else replay)(options, pathlib.Path(base).resolve())
    except Broken as broken:
        print(f"broken: {broken}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
