#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Promise P4 for readings: what was acknowledged survives kill -9, and no half state is ever restored.

    kill_test.py --fathom PROGRAM [--root TREE] [--model CHECKPOINT] [--kills N] [--seed S]
    kill_test.py --root TREE --mutants BUILD_FOLDER [...]

The real program audits and asks a small corpus of several windows, and is killed at every labelled
point that such a run passes (FATHOM_CRASH_AT, base/crash_point.h) and at random times. After each
kill an oracle outside the process looks at what is left, without changing it:
  * catalog.db passes SQLite's integrity_check; its rows are the reference run's, scores bit for bit;
  * every file in states/ that does not call itself temporary is the reference's, byte for byte, and
    every row that names a state has one;
  * each `fathom: kept window N` that reached stderr has its row; all windows have one when the process ended by itself;
  * report files are whole or absent.
Then a run that is not killed must give the reference's answers, restore exactly the windows that
have a row, and compute the others. With --mutants, builds with a known fault are made in
BUILD_FOLDER, and the test must fail on each.
Exit status: 0 promise kept, 1 broken, 77 skipped (no model).
"""
import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

WINDOW_TOKENS = 2_048  # of which 512 stay free: of the rest a block of keys and a checkpoint come to lie beside the state
QUESTION = "Where is `step_1_3` defined?"
MUTANTS = ("ack_before_commit", "rename_before_data")
BLOCKS = "blocks"  # beside the states: what they share
VOLATILE = {"started", "seconds", "read_seconds", "restore_seconds", "audit_seconds", "prefilled",
            "restored", "corpus_prefilled", "cached", "state_saved", "state_bytes"}


class Broken(Exception):
    """The promise does not hold."""


def check(condition, text):
    if not condition:
        raise Broken(text)


def write_corpus(folder):
    os.makedirs(folder)
    for part in range(4):
        with open(os.path.join(folder, f"part{part}.py"), "w", encoding="utf-8") as file:
            file.write("import hashlib\n\n")
            for step in range(24):
                file.write(f"def step_{part}_{step}(value):\n"
                           f"    return hashlib.md5(value + \"{part * 31 + step * 7}\").hexdigest()\n\n")


def write_profile(root, model, path):
    """The shipped profile with a small window and the model given."""
    with open(os.path.join(root, "configs/models/nano.yaml"), encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"(?m)^checkpoint:.*$", f"checkpoint: {os.path.abspath(model)}", text)
    text = re.sub(r"(?m)^(window_\w+_tokens):.*$", rf"\1: {WINDOW_TOKENS}", text)
    text = re.sub(r"(?m)^output_tokens_max:.*$", "output_tokens_max: 24", text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def without_volatile(value):
    if isinstance(value, dict):
        return {key: without_volatile(item) for key, item in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return [without_volatile(item) for item in value]
    return value


def named_blocks(state):
    """The names of the blocks that hold the rest of this state."""
    manifest = json.loads(state[16:16 + int.from_bytes(state[12:16], "little")])
    names = manifest["page_blocks"] + manifest["checkpoint_blocks"]
    return {names[at:at + 32] for at in range(0, len(names), 32)}


class Ended:
    """How one run of the program ended."""

    def __init__(self, status, stdout, stderr):
        self.status = status
        self.killed = status == -signal.SIGKILL
        self.stdout = stdout
        self.stderr = stderr
        self.kept = {int(number) - 1 for number in re.findall(r"kept window (\d+)", stderr)}
        self.points = re.findall(r"crash-point (\S+)", stderr)

    def report(self):
        check(self.status == 0, f"the program ended with {self.status}: {self.stderr[-500:]}")
        return json.loads(self.stdout)


class Home:
    """A FATHOM_HOME of its own, the corpus and the folder of the reports."""

    def __init__(self, arguments, base, name):
        self.arguments = arguments
        self.base = base
        self.folder = os.path.join(base, name)
        self.out = os.path.join(self.folder, "out")
        self.catalog = os.path.join(self.folder, "home/cache/catalog.db")
        self.states = os.path.join(self.folder, "home/cache/states")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.out)

    def run(self, command, crash_at="", kill_after=None):
        corpus = os.path.join(self.base, "corpus")
        what = {"audit": ["audit", corpus, "--format", "json", "-o", self.out],
                "ask": ["ask", corpus, QUESTION, "--json"]}[command]
        environment = dict(os.environ, FATHOM_HOME=os.path.join(self.folder, "home"),
                           FATHOM_ROOT=self.arguments.root)
        environment.pop("FATHOM_CRASH_AT", None)
        if crash_at:
            environment["FATHOM_CRASH_AT"] = crash_at
        process = subprocess.Popen(
            [self.arguments.fathom, "--model", os.path.join(self.base, "profile.yaml"),
             "--threads", "1"] + what,
            env=environment, cwd=self.base, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            stdout, stderr = process.communicate(timeout=kill_after if kill_after is not None else 300)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            stdout, stderr = process.communicate()
            if kill_after is None:
                raise Broken("the program hangs") from None
        return Ended(process.returncode, stdout.decode(errors="replace"),
                     stderr.decode(errors="replace"))

    def rows(self):
        """(key, window, tokens, state_file, scores) of each reading.

        Looked at in a copy, so that SQLite repairs nothing here.
        """
        if not os.path.exists(self.catalog):
            return []
        with tempfile.TemporaryDirectory(dir=self.base) as copies:
            for ending in ("", "-wal"):
                if os.path.exists(self.catalog + ending):
                    shutil.copy(self.catalog + ending, os.path.join(copies, "catalog.db" + ending))
            db = sqlite3.connect(os.path.join(copies, "catalog.db"))
            try:
                found = db.execute("PRAGMA integrity_check").fetchall()
                check(found == [("ok",)], f"catalog.db is damaged: {found}")
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'readings'").fetchall():
                    return []
                return db.execute("SELECT key, window, tokens, state_file, scores FROM readings "
                                  "ORDER BY window").fetchall()
            except sqlite3.DatabaseError as error:
                raise Broken(f"catalog.db is damaged: {error}") from None
            finally:
                db.close()

    def state_files(self):
        if not os.path.isdir(self.states):
            return {}
        files = {}
        for name in os.listdir(self.states):
            if name != BLOCKS:
                with open(os.path.join(self.states, name), "rb") as file:
                    files[name] = file.read()
        return files

    def blocks(self):
        folder = os.path.join(self.states, BLOCKS)
        if not os.path.isdir(folder):
            return {}
        blocks = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                blocks[name] = file.read()
        return blocks


class Trial:
    def __init__(self, arguments, base):
        self.arguments = arguments
        self.base = base
        self.random = random.Random(arguments.seed)
        self.kills = self.at_points = self.temporaries = self.kept = 0
        write_corpus(os.path.join(base, "corpus"))
        write_profile(arguments.root, arguments.model, os.path.join(base, "profile.yaml"))
        self.reference = Home(arguments, base, "reference")
        start = time.monotonic()
        traced = self.reference.run("audit", crash_at="trace")
        self.seconds = time.monotonic() - start
        self.audit = traced.report()
        self.answer = self.reference.run("ask").report()
        self.rows = {row[0]: row for row in self.reference.rows()}
        self.states = self.reference.state_files()
        self.blocks = self.reference.blocks()
        check(self.blocks and set(self.blocks) == set().union(*map(named_blocks, self.states.values())),
              "the reference run kept other blocks than its states name")
        self.windows = self.audit["numbers"]["windows"]
        check(self.windows >= 3, f"the corpus has {self.windows} windows, 3 are needed")
        check(traced.kept == set(range(self.windows)), f"acknowledged: {traced.kept}")
        check(len(self.rows) == self.windows and {row[3] for row in self.rows.values()} == set(self.states)
              and len(self.states) == self.windows, "the reference run kept something else than a state for each window")
        asked = Home(arguments, base, "asked").run("ask", crash_at="trace")
        check(without_volatile(asked.report()) == without_volatile(self.answer),
              "a fresh answer differs from a restored one")
        self.points = {"audit": traced.points, "ask": asked.points}

    def labelled(self):
        """Every occurrence of every point that the runs pass; when there are fewer kills, the first ones first."""
        found = []
        for command, points in self.points.items():
            counts = {}
            for point in points:
                counts[point] = counts.get(point, 0) + 1
                found.append((command, point, counts[point]))
        self.random.shuffle(found)
        found.sort(key=lambda item: item[2] if self.arguments.kills < len(found) else 0)
        return found[:self.arguments.kills]

    def kill(self, home, kept, command=None, point=None, occurrence=0):
        """One run that is killed, and what the oracle says of it; returns the windows that are kept now."""
        command = command or self.random.choice(("audit", "audit", "ask"))
        if point:
            what = f"{command} killed at {point}:{occurrence}"
            ended = home.run(command, crash_at=f"{point}:{occurrence}")
        else:
            what = f"{command} killed at a random time"
            ended = home.run(command, kill_after=self.random.uniform(0.0, self.seconds))
        try:
            check(ended.killed or not point, "this point was passed in the reference run, but not now")
            now = self.look(home, ended)
            check(kept <= now, f"windows {sorted(kept - now)} were kept before and are gone")
        except Broken as error:
            raise Broken(f"{what}: {error}") from None
        self.kills += ended.killed
        self.at_points += ended.killed and point is not None
        self.kept += len(ended.kept)
        return now

    def look(self, home, ended):
        """The oracle; returns the windows that are kept."""
        rows = home.rows()
        states = home.state_files()
        for row in rows:
            check(self.rows.get(row[0]) == row, f"window {row[1]} has another row than the reference's")
            check(not row[3] or row[3] in states, f"window {row[1]} has a row, but no state {row[3]}")
        for name, content in states.items():
            if name.startswith("."):
                self.temporaries += 1
                continue
            check(content == self.states.get(name),
                  f"{name} is there with {len(content)} bytes, not whole")
            check(named_blocks(content) <= set(home.blocks()), f"{name} is there without a block")
        for name, content in home.blocks().items():
            if name.startswith("."):
                self.temporaries += 1
                continue
            check(content == self.blocks.get(name),
                  f"block {name} is there with {len(content)} bytes, not whole")
        kept = {row[1] for row in rows}
        check(ended.kept <= kept, f"acknowledged windows {sorted(ended.kept - kept)} have no row")
        if not ended.killed:
            check(ended.status == 0, f"ended with {ended.status}: {ended.stderr[-300:]}")
            check(0 in kept, "ended by itself without keeping what it read")
        for name in os.listdir(home.out):
            if name.startswith("."):
                continue
            with open(os.path.join(home.out, name), encoding="utf-8") as file:
                text = file.read()
            end = "</html>" if name.endswith(".html") else "}"
            check(text.rstrip().endswith(end), f"{name} is not whole")
        return kept

    def recover(self, home, kept):
        """A run that is not killed restores what was kept, computes the rest, and says what the reference says."""
        tokens = {row[1]: row[2] for row in self.rows.values()}
        report = home.run("audit").report()
        numbers = report["numbers"]
        check(numbers["restored"] == sum(tokens[window] for window in kept),
              f"restored {numbers['restored']} tokens, windows {sorted(kept)} were kept")
        check(numbers["prefilled"] == sum(tokens.values()) - numbers["restored"],
              f"computed {numbers['prefilled']} tokens")
        check(without_volatile(report) == without_volatile(self.audit),
              "the audit differs from the reference's")
        check({row[0]: row for row in home.rows()} == self.rows,
              "the rows differ from the reference's")
        answer = home.run("ask").report()
        check(answer["usage"]["corpus_prefilled"] == 0, "the corpus was read again for a question")
        check(without_volatile(answer) == without_volatile(self.answer),
              "the answer differs from the reference's")

    def kill_all(self):
        labelled = self.labelled()
        attempts = 0
        while labelled or self.kills < self.arguments.kills:
            attempts += 1
            check(attempts <= 10 * self.arguments.kills, "the runs end before they can be killed")
            home = Home(self.arguments, self.base, "killed")
            kept = self.kill(home, set(), *(labelled.pop(0) if labelled else ()))
            # Then up to two more on the same home: the next run starts from what the last one left.
            for _ in range(self.random.choice((0, 0, 1, 2))):
                kept = self.kill(home, kept)
            try:
                self.recover(home, kept)
            except Broken as error:
                raise Broken(f"after kill {self.kills}: {error}") from None

    def distrust(self):
        """A state without a row, a temporary in its place and a damaged state are not restored (P3)."""
        whole = sum(row[2] for row in self.rows.values())
        state = next(row[3] for row in self.rows.values() if row[1] == 0)
        for lie in ("orphan", "temporary", "flipped", "cut"):
            home = Home(self.arguments, self.base, "distrusted")
            shutil.copytree(os.path.join(self.reference.folder, "home"),
                            os.path.join(home.folder, "home"))
            path = os.path.join(home.states, state)
            if lie in ("orphan", "temporary"):
                with sqlite3.connect(home.catalog) as db:
                    db.execute("DELETE FROM readings WHERE window = 0")
                db.close()
            if lie == "temporary":
                os.rename(path, os.path.join(home.states, f".{state}.tmp-1-0"))
            if lie in ("flipped", "cut"):
                content = bytearray(self.states[state])
                content[len(content) // 2] ^= 16
                with open(path, "wb") as file:
                    file.write(content if lie == "flipped" else content[:len(content) // 2])
            report = home.run("audit").report()
            first = next(row[2] for row in self.rows.values() if row[1] == 0)
            restored = report["numbers"]["restored"]
            check(restored == whole - first, f"{lie}: restored {restored} tokens")
            check(without_volatile(report) == without_volatile(self.audit),
                  f"{lie}: the audit differs")
            check(home.state_files()[state] == self.states[state],
                  f"{lie}: the state was not written again")


def run_trial(arguments):
    with tempfile.TemporaryDirectory(prefix="fathom-crash-") as base:
        trial = Trial(arguments, base)
        passed = len(set(trial.points["audit"] + trial.points["ask"]))
        trial.kill_all()
        trial.distrust()
        print(f"kill -9: {trial.kills} kills, {trial.at_points} of them at labelled points "
              f"({passed} labels), {trial.windows} windows, {trial.kept} acknowledgements seen, "
              f"{trial.temporaries} temporary files left; 0 lost, 0 half states restored; "
              f"seed {arguments.seed}")


def run_mutants(arguments):
    """Builds each mutant and runs the trial on it; all of them must be found out."""
    missed = []
    for mutant in MUTANTS:
        build = os.path.join(arguments.mutants, mutant)
        jobs = [f"-j{arguments.jobs}"] if arguments.jobs else []
        for command in (["cmake", "-S", arguments.root, "-B", build, "-G", "Ninja",
                         "-DFATHOM_TESTS=OFF", f"-DFATHOM_MUTANT={mutant}"],
                        ["ninja", "-C", build] + jobs + ["fathom"]):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        arguments.fathom = os.path.join(build, "fathom")
        try:
            run_trial(arguments)
        except Broken as error:
            print(f"mutant {mutant}: found out: {error}")
            continue
        missed.append(mutant)
        print(f"mutant {mutant}: NOT found out")
    return 1 if missed else 0


def main():
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--fathom", help="the program")
    parser.add_argument("--root", default=here, help="the source tree, for configs/")
    parser.add_argument("--model",
                        help="a small checkpoint with verdict tokens (models/nano/nano.gguf)")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", metavar="BUILD_FOLDER",
                        help="build the mutants there and show that the test fails on them")
    parser.add_argument("--jobs", type=int, default=0, help="of the mutants' builds")
    arguments = parser.parse_args()
    arguments.model = (arguments.model or os.environ.get("FATHOM_TEST_MODEL") or
                       os.path.join(arguments.root, "models/nano/nano.gguf"))
    if not os.path.exists(arguments.model):
        print(f"skipped: no model at {arguments.model} (--model or FATHOM_TEST_MODEL names another)")
        return 77
    if arguments.mutants:
        return run_mutants(arguments)
    if not arguments.fathom:
        parser.error("--fathom is needed")
    arguments.fathom = os.path.abspath(arguments.fathom)
    try:
        run_trial(arguments)
    except Broken as error:
        print(f"BROKEN: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
