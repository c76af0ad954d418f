#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Promise P4 for workflows: a run that is killed anywhere goes on, and repeats no side effect silently.

    workflow_kill_test.py --player PROGRAM --fathom PROGRAM --root TREE [--all] [--scene NAME...]

A run is traced for the points it passes (FATHOM_CRASH_AT, base/crash_point.h), then killed at each
occurrence of each, and resumed. An oracle outside the process then says:
  * workflows.db passes SQLite's integrity_check, and holds every event that was told before the kill;
  * a step with effects that was cut is not run again by itself: the run pauses and names it; said
    `again`, its step.started says again;
  * the run ends in the state and with the reports of one that was not killed.
effects.yaml leaves a mark for each run of its commands, so that a repeated one is seen.
With --all every shipped workflow is killed at every point; without, some are at the steps' own points. --scene runs the
scenes named only; --list prints the names.
Exit status: 0 promise kept, 1 broken.
"""
import argparse
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../workflow"))
from scenes import Scene, scenes  # noqa: E402

OURS = ("run.created", "step.started", "step.ran", "step.recorded", "run.ended")
ENDED = ("done", "negative")


class Broken(Exception):
    """The promise does not hold."""


def check(condition, text):
    if not condition:
        raise Broken(text)


class Program:
    """One way to start and to resume a run; both give (status, run as JSON or None, stderr)."""

    def __init__(self, arguments, home):
        self.arguments, self.home = arguments, home

    def run(self, command, crash_at=""):
        environment = dict(os.environ, FATHOM_HOME=self.home, FATHOM_ROOT=self.arguments.root)
        environment.pop("FATHOM_CRASH_AT", None)
        if crash_at:
            environment["FATHOM_CRASH_AT"] = crash_at
        done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True, timeout=300)
        killed = done.returncode == -signal.SIGKILL
        try:
            result = None if killed else json.loads(done.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            raise Broken(f"{command[1:4]} ended with {done.returncode}: {done.stderr[-800:]}") from None
        return killed, result, done.stderr


class Player(Program):
    def start(self, scene, inputs, script, crash_at=""):
        return self.run([self.arguments.player, "run", scene.workflow, script, json.dumps(inputs)], crash_at)

    def resume(self, run, script, decisions):
        return self.run([self.arguments.player, "resume", run, script, json.dumps(decisions)])


class Fathom(Program):
    def start(self, scene, inputs, script, crash_at=""):
        del script
        words = [f"{name}={one}" for name, value in inputs.items()
                 for one in (value if isinstance(value, list) else [value])]
        return self.run([self.arguments.fathom, "--json", "--threads", "1", "workflow", "run", scene.workflow] +
                        [word for one in words for word in ("--input", one)], crash_at)

    def resume(self, run, script, decisions):
        del script
        words = [word for step, decision in decisions.items() for word in (f"--{decision}", step)]
        return self.run([self.arguments.fathom, "--json", "--threads", "1", "workflow", "resume", run] + words)


def rows(home, query):
    """Looked at in a copy, so that SQLite repairs nothing here."""
    found = glob.glob(os.path.join(home, "**/workflows.db"), recursive=True)
    if not found:
        return []
    with tempfile.TemporaryDirectory() as copies:
        for ending in ("", "-wal"):
            if os.path.exists(found[0] + ending):
                shutil.copy(found[0] + ending, os.path.join(copies, "workflows.db" + ending))
        db = sqlite3.connect(os.path.join(copies, "workflows.db"))
        try:
            check(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "workflows.db is damaged")
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchall():
                return []
            return db.execute(query).fetchall()
        finally:
            db.close()


def told(stderr):
    """Events that the player told before it was killed."""
    events = []
    for line in stderr.splitlines():
        if line.startswith("{"):
            try:
                events.append(json.loads(line))
            except ValueError:
                pass  # the last line may be cut
    return events


def timeless(reports):
    """Without what says how long it took and what of the corpus was kept: another run has other figures."""
    return [re.sub(r"(?m)^(Ran \d+ tests? in )\d+\.\d+s$|^(read once|state) .*$", r"\1\2", report)
            for report in reports]


class Trial:
    def __init__(self, arguments, base, scene, driver, approvals):
        self.arguments, self.scene, self.driver, self.approvals = arguments, scene, driver, approvals
        self.folder = os.path.join(base, scene.name)
        self.kills = self.repeated = 0

    def fresh(self):
        """A workspace and a home in which nothing happened yet."""
        inputs = self.scene.make(self.folder)
        home = self.folder + ".home"
        shutil.rmtree(home, ignore_errors=True)
        return inputs, self.scene.script_file(self.folder + ".json"), self.driver(self.arguments, home)

    def marks(self):
        path = os.path.join(self.folder, "marks.txt")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return file.read().split()

    def finish(self, program, result, run, script):
        """Resumed until it has ended; what was said on the way."""
        decided = {}
        for _ in range(12):
            if result is not None and result["state"] in ENDED + ("failed",):
                return result, decided
            before = self.marks()
            cut = [step["step"] for step in (result or {"steps": []})["steps"] if step["state"] == "cut"]
            waiting = [step["step"] for step in (result or {"steps": []})["steps"] if step["state"] == "waiting"]
            decisions = {**{step: "again" for step in cut}, **{step: "approve" for step in waiting}}
            decided.update(decisions)
            killed, result, stderr = program.resume(run, script, decisions)
            check(not killed, f"killed without being asked to: {stderr[-300:]}")
            new = self.marks()[len(before):]
            check(len([mark for mark in new if mark in before]) <= len(cut),
                  f"a command ran again silently: {before} became {self.marks()}")
        raise Broken(f"the run does not end: {result}")

    def reference(self):
        inputs, script, program = self.fresh()
        killed, result, stderr = program.start(self.scene, inputs, script, "trace")
        points = [line.split()[1] for line in stderr.splitlines() if line.startswith("crash-point")]
        check(not killed and result is not None, f"the reference run fails: {stderr[-800:]}")
        result, decided = self.finish(program, result, result["run"], script)
        check(result["state"] == self.scene.expected, f"ended as {result['state']}: {result['reason']}")
        check(decided == self.approvals, f"decided {decided} in a run that was not killed")
        return result["reports"], points

    def kill(self, point, occurrence, reports):
        inputs, script, program = self.fresh()
        killed, _, stderr = program.start(self.scene, inputs, script, f"{point}:{occurrence}")
        check(killed, "this point was passed in the reference run, but not now")
        self.kills += 1
        kept = {(run, number): kind for run, number, kind in rows(program.home, "SELECT run, id, type FROM events")}
        for event in told(stderr):
            check(kept.get((event["run"], event["id"])) == event["type"],
                  f"{event['type']} was told and is not kept")
        runs = rows(program.home, "SELECT id FROM runs")
        if not runs:
            check(point.startswith("db.") or point.startswith("session."), "no run is kept")
            return
        (state,), = rows(program.home, "SELECT state FROM runs")
        if state in ENDED + ("failed",):  # killed after its end was kept: there is nothing to go on with
            check(state == self.scene.expected, f"ended as {state}")
            return
        result, decided = self.finish(program, None, runs[0][0], script)
        check(result["state"] == self.scene.expected, f"ended as {result['state']}: {result['reason']}")
        check(timeless(result["reports"]) == timeless(reports), f"reports differ: {result['reports']} and {reports}")
        wrong = self.scene.oracle(self.folder, result)
        check(wrong is None, f"{wrong}")
        again = {json.loads(data)["step"] for data, in rows(
            program.home, "SELECT data FROM events WHERE type = 'step.started'") if json.loads(data)["again"]}
        for step, decision in decided.items():
            if decision == "again":
                self.repeated += 1
                check(step in again, f"{step} ran again and does not say so")

    def all(self, points):
        reports, passed = self.reference()
        counts = {}
        for point in passed:
            if points is not None and point not in points:
                continue
            counts[point] = counts.get(point, 0) + 1
            try:
                self.kill(point, counts[point], reports)
            except Broken as error:
                raise Broken(f"{self.scene.name} killed at {point}:{counts[point]}: {error}") from None
        check(self.kills > 0, "no point was passed")
        print(f"{self.scene.name}: {self.kills} kills, {self.repeated} steps run again after being asked for",
              flush=True)
        return self.kills


def effects(root):
    return Scene("effects", os.path.join(root, "tests/workflow/effects.yaml"), {"notes.txt": "x\n"}, {},
                 [{"when": "Is two the second word?", "replies": [{"content": "true"}]}], "done",
                 lambda folder, run: None)


def questions():
    """doc-qa with the embedded model, in the real program."""
    return Scene("doc-qa", "doc-qa", {"limits.md": "# Limits\n\nThe retry limit is 5 attempts.\nThe size limit is 3 MB.\n"},
                 {"questions": ["What is the retry limit?", "What is the size limit?"]}, [], "done",
                 lambda folder, run: None if len(run["reports"]) == 2 else "a report is missing", "path")


def audited(root):
    """codebase-audit with the embedded model, in the real program: a file of weaknesses that it finds."""
    with open(os.path.join(root, "examples/orders-service/label/spool.c"), encoding="utf-8") as file:
        source = file.read()
    return Scene("codebase-audit", "codebase-audit", {"spool.c": source}, {}, [], "negative",
                 lambda folder, run: None if "spool.c:" in run["reports"][0] else "nothing was found", "path")


def interrupt(arguments, base):
    """The first Ctrl-C ends a run cleanly with exit status 4, and it goes on."""
    scene = questions()
    scene.name = "interrupted"
    folder = os.path.join(base, scene.name)
    inputs = scene.make(folder)
    # Enough questions that there is something left to stop.
    inputs["questions"] = inputs["questions"] * 40
    program = Fathom(arguments, folder + ".home")
    words = [word for name, value in inputs.items() for one in (value if isinstance(value, list) else [value])
             for word in ("--input", f"{name}={one}")]
    process = subprocess.Popen(
        [arguments.fathom, "--threads", "1", "workflow", "run", "doc-qa", "--jsonl"] + words, text=True,
        env=dict(os.environ, FATHOM_HOME=program.home, FATHOM_ROOT=arguments.root), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    lines = []
    for line in process.stdout:
        lines.append(json.loads(line))
        if lines[-1]["type"] == "step.done":
            process.send_signal(signal.SIGINT)
            break
    rest, stderr = process.communicate(timeout=120)
    lines += [json.loads(line) for line in rest.splitlines()]
    check(process.returncode == 4, f"Ctrl-C ended with {process.returncode}: {stderr[-300:]}")
    check(lines[-1]["type"] == "workflow.paused" and lines[-1]["data"]["state"] == "cancelled", f"{lines[-1]}")
    done = [line["data"]["instance"] for line in lines if line["type"] == "step.done"]
    _, result, _ = program.resume(lines[0]["run"], None, {})
    check(result["state"] == "done" and len(result["reports"]) == 80, f"{result['state']}: {result['reason']}")
    again = [json.loads(data)["instance"] for data, in rows(
        program.home, "SELECT data FROM events WHERE type = 'step.done'") if json.loads(data)["step"] == "answers"]
    check(sorted(again) == list(range(80)) and len(done) < 80, f"{done} were done, then {again}")
    print(f"stopped after {len(done)} of 80 answers: went on with the next", flush=True)
    return 0


def trials(arguments):
    """Name and what to do; in the order in which they run."""
    every = None if arguments.all else OURS
    yield "effects", lambda base: Trial(arguments, base, effects(arguments.root), Player,
                                        {"go": "approve"}).all(every)
    yield "doc-qa", lambda base: Trial(arguments, base, questions(), Fathom, {}).all(every)
    yield "interrupted", lambda base: interrupt(arguments, base)
    if arguments.all:
        yield "codebase-audit", lambda base: Trial(arguments, base, audited(arguments.root), Fathom, {}).all(every)
    for scene in scenes():
        if scene.expected == "done" and (arguments.all or scene.name == "maths"):
            yield scene.name, lambda base, scene=scene: Trial(arguments, base, scene, Player, {}).all(every)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--player")
    parser.add_argument("--fathom")
    parser.add_argument("--root", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--scene", nargs="+")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    chosen = [(name, run) for name, run in trials(arguments) if not arguments.scene or name in arguments.scene]
    shipped = {os.path.basename(path)[:-5] for path in glob.glob(os.path.join(arguments.root, "configs/workflows/*.yaml"))}
    if arguments.all and not arguments.scene and not shipped <= {name for name, _ in chosen}:
        parser.error(f"no scene for {shipped - {name for name, _ in chosen}}")
    if arguments.list:
        print("\n".join(name for name, _ in chosen))
        return 0
    if len(chosen) < len(arguments.scene or []) or not arguments.player or not arguments.fathom:
        parser.error("--player and --fathom are needed, and scenes of --list")
    kills = 0
    with tempfile.TemporaryDirectory() as base:
        try:
            for _, run in chosen:
                kills += run(base)
        except Broken as error:
            print(f"broken: {error}")
            return 1
    print(f"{kills} kills: every run went on, and no side effect was repeated silently")
    return 0


if __name__ == "__main__":
    sys.exit(main())
