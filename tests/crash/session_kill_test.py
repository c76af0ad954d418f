#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Promise P4 for sessions: a long conversation, killed again and again, loses nothing acknowledged.

    session_kill_test.py --fathom PROGRAM [--root TREE] [--turns N] [--seed S]

One chat of N turns through a pipe. It is killed (kill -9) in the middle of turns, at each labelled
point of the session store and at random times, and resumed each time. After each kill an oracle
outside the process looks at a copy of sessions.db: every acknowledged turn (its turn.done was read)
stands there byte for byte, in order, and behind them at most the one turn that was being made. At
the end
  * the token log of the saved state begins with the constraint of the first turn and holds the
    words of every turn, once and in order: what the last turn was conditioned on;
  * the memory of the process that made the most turns has stayed flat: RSS is printed;
  * a session removed with a kill between its rows and its state is gone, its state with the next
    removal, and the other session is whole;
  * a session whose window is full is refused by name, keeps all turns, and goes on in a fork.
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
import struct
import subprocess
import sys
import tempfile
import threading
import time

CONSTRAINT = "Constraint 7f3a: name no colour but teal, whatever I ask later."
LABELS = ("session.recorded", "db.before_commit", "db.after_commit", "session.recorded")
END_LABELS = ("session.state_written", "session.state_named")
RSS_SETTLED_TURNS = 20  # the states of 16 turns are all kept (kPrefixStatesUnthinned)
RSS_GROWTH_MAX = 16 << 20  # keys and values of the longer context, and what the allocator keeps
SECONDS_MAX = 300


class Broken(Exception):
    """The promise does not hold."""


def check(condition, text):
    if not condition:
        raise Broken(text)


def write_profile(root, path, window):
    with open(os.path.join(root, "configs/models/nano.yaml"), encoding="utf-8") as file:
        text = file.read()
    model = os.path.join(os.path.abspath(root), "models/nano/nano.gguf")
    text = re.sub(r"(?m)^checkpoint:.*$", f"checkpoint: {model}", text)
    text = re.sub(r"(?m)^(window_\w+_tokens):.*$", rf"\1: {window}", text)
    text = re.sub(r"(?m)^output_tokens_max:.*$", "output_tokens_max: 8", text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def words_of(turn):
    return CONSTRAINT if turn == 1 else f"Turn {turn}: what colour has thing number {turn * 37 % 1000}?"


class Chat:
    """One process of `fathom chat`, fed turn by turn."""

    def __init__(self, trial, session, crash_at="", profile="profile.yaml"):
        environment = dict(os.environ, FATHOM_HOME=trial.home, FATHOM_ROOT=trial.arguments.root)
        environment.pop("FATHOM_CRASH_AT", None)
        if crash_at:
            environment["FATHOM_CRASH_AT"] = crash_at
        command = [trial.arguments.fathom, "--model", os.path.join(trial.base, profile), "--threads", "1",
                   "chat", "--jsonl"] + (["--resume", session] if session else [])
        self.errors = open(os.path.join(trial.base, "stderr"), "w+b")
        self.process = subprocess.Popen(command, env=environment, cwd=trial.base, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors)

    def say(self, words, kill_after=None):
        """The answer, or None when the process ended before it acknowledged the turn."""
        try:
            self.process.stdin.write(words.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        if kill_after is not None:
            threading.Timer(kill_after, self.process.send_signal, [signal.SIGKILL]).start()
        acknowledged = False
        for line in self.process.stdout:
            try:
                event = json.loads(line)
            except ValueError:
                return None  # the end of a killed process
            acknowledged = acknowledged or event["type"] == "turn.done"
            if event["type"] == "run.done":
                return event["data"]["answer"] if acknowledged else None
        return None

    def rss(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) << 10

    def end(self):
        """Closes its input; the exit status and what it said on stderr."""
        if not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        self.process.stdout.read()
        status = self.process.wait(SECONDS_MAX)
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace")
        self.errors.close()
        return status, said


class Trial:
    def __init__(self, arguments, base):
        self.arguments = arguments
        self.base = base
        self.home = os.path.join(base, "home")
        self.random = random.Random(arguments.seed)
        self.acknowledged = []  # (words, answer) of each turn
        self.session = ""
        self.kills = 0
        self.at_points = 0
        self.while_leaving = 0  # kills of a process that had made its turns: it was writing its state, or was about to
        self.restored = []
        self.rss = []
        write_profile(arguments.root, os.path.join(base, "profile.yaml"), 16_384)
        write_profile(arguments.root, os.path.join(base, "small.yaml"), 512)

    def program(self, *words, crash_at="", status=0, stdin=None):
        environment = dict(os.environ, FATHOM_HOME=self.home, FATHOM_ROOT=self.arguments.root)
        environment.pop("FATHOM_CRASH_AT", None)
        if crash_at:
            environment["FATHOM_CRASH_AT"] = crash_at
        ended = subprocess.run([self.arguments.fathom, *words], env=environment, input=stdin, cwd=self.base,
                               capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
        check(ended.returncode == status,
              f"{words} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")
        return ended

    def messages(self, session):
        """[(turn, role, content)] of a session, from a copy of the database, so that nothing is repaired."""
        path = os.path.join(self.home, "data/sessions.db")
        with tempfile.TemporaryDirectory(dir=self.base) as copies:
            for ending in ("", "-wal"):
                if os.path.exists(path + ending):
                    shutil.copy(path + ending, os.path.join(copies, "sessions.db" + ending))
            db = sqlite3.connect(os.path.join(copies, "sessions.db"))
            try:
                found = db.execute("PRAGMA integrity_check").fetchall()
                check(found == [("ok",)], f"sessions.db is damaged: {found}")
                if not session:
                    rows = db.execute("SELECT id FROM sessions").fetchall()
                    check(len(rows) <= 1, "there are two sessions")
                    self.session = session = rows[0][0] if rows else ""
                return db.execute("SELECT turn, role, content FROM messages WHERE session = ? ORDER BY seq",
                                  (session,)).fetchall()
            finally:
                db.close()

    def look(self):
        """The oracle. Returns "" when the next turn is not there, "open" when it waits for its answer.

        A turn that was committed and not acknowledged counts from here on.
        """
        expected = []
        for number, (words, answer) in enumerate(self.acknowledged, 1):
            expected += [(number, "user", words), (number, "assistant", answer)]
        found = self.messages(self.session)
        check(found[:len(expected)] == expected, f"acknowledged turns are gone or changed: {found[-4:]}")
        rest = found[len(expected):]
        turn = len(self.acknowledged) + 1
        if not rest:
            return ""
        check(rest[0] == (turn, "user", words_of(turn)), f"what follows is not the turn at hand: {rest}")
        if len(rest) == 1:
            return "open"
        check(len(rest) == 2 and rest[1][:2] == (turn, "assistant"), f"more than one turn follows: {rest}")
        self.acknowledged.append((words_of(turn), rest[1][2]))
        return ""

    def part(self, turns, crash_at="", kill_after=None):
        """One process: up to `turns` turns; at the end of them it is killed, or leaves by itself."""
        waiting = self.look() if os.path.exists(os.path.join(self.home, "data/sessions.db")) else ""
        chat = Chat(self, self.session, crash_at)
        made = 0
        rss = []
        while made < turns:
            turn = len(self.acknowledged) + 1
            last = made + 1 == turns
            answer = chat.say("/retry" if waiting else words_of(turn), kill_after if last else None)
            waiting = ""
            if answer is None:
                break
            self.acknowledged.append((words_of(turn), answer))
            made += 1
            rss.append(chat.rss() if chat.process.poll() is None else 0)
        status, said = chat.end()
        if status == -signal.SIGKILL:
            self.kills += 1
            self.at_points += bool(crash_at)
            self.while_leaving += made == turns or crash_at in END_LABELS
        else:
            check(status == 0, f"ended with {status}: {said[-500:]}")
            check(not crash_at, f"{crash_at} was not passed")
        self.look()
        if len(rss) > len(self.rss):
            self.rss = rss
        return said

    def converse(self):
        turns = self.arguments.turns
        step = max(2, turns // 10)
        self.part(step)  # ends by itself: a state is there
        for label in LABELS:
            # Each turn passes these points twice: when it begins and when it ends.
            self.part(turns, crash_at=f"{label}:{2 * step - self.random.randrange(2)}")
        for label in END_LABELS:
            self.part(2, crash_at=label)
        for _ in range(3 if turns < 100 else 20):
            self.part(self.random.randint(1, 2), kill_after=self.random.uniform(0.0, 0.03))
        check(len(self.acknowledged) < turns, "no turn is left for the last process")
        self.part(turns - len(self.acknowledged))
        check(len(self.acknowledged) == turns, "a turn is missing")

    def state_tokens(self):
        """The token log of the session's state file (engine/state_file.h)."""
        info = json.loads(self.program("sessions", "show", self.session, "--json").stdout)
        check(info["state"] and info["state"]["turn"] == self.arguments.turns, "no state of the last turn is kept")
        states = os.path.join(self.home, "cache/sessions")
        with sqlite3.connect(os.path.join(self.home, "data/sessions.db")) as db:
            name = db.execute("SELECT state_file FROM sessions WHERE id = ?", (self.session,)).fetchone()[0]
        db.close()
        check(len(os.listdir(states)) <= 1 + self.while_leaving, "a kill left more than one state behind")
        with open(os.path.join(states, name), "rb") as file:
            content = file.read()
        size = struct.unpack_from("<I", content, 12)[0]
        position = json.loads(content[16:16 + size])["position"]
        return struct.unpack_from(f"<{position}i", content, 16 + size + 64)

    def prompt_holds_everything(self):
        tokens = self.state_tokens()
        model = os.path.join(self.arguments.root, "models/nano/nano.gguf")
        texts = [text for turn in self.acknowledged for text in turn]
        lines = self.program("model", "tokenize", model, stdin="".join(json.dumps(t) + "\n" for t in texts))
        at = 0
        for text, line in zip(texts, lines.stdout.splitlines()):
            inner = tuple(json.loads(line)[1:-1])  # the ends may join what stands beside them
            found = next((i for i in range(at, len(tokens) - len(inner) + 1)
                          if tokens[i:i + len(inner)] == inner), None)
            check(found is not None, f"not in what the last turn was conditioned on: {text!r}")
            check(text != CONSTRAINT or found < 64, f"the constraint stands at token {found}")
            at = found + len(inner)
        return len(tokens)

    def remove(self):
        fork = self.program("sessions", "fork", self.session, "--turn", "1").stdout.strip()
        self.program("--model", "profile.yaml", "chat", "--resume", fork, "and now?")  # with a state of its own
        states = os.path.join(self.home, "cache/sessions")
        before = os.listdir(states)
        self.program("sessions", "rm", fork, crash_at="session.rows_removed", status=-signal.SIGKILL)
        self.program("sessions", "show", fork, status=2)
        left = os.listdir(states)
        check(left == before, "the kill came too late")
        for name in left:  # an hour later
            os.utime(os.path.join(states, name), (time.time() - 3600,) * 2)
        other = self.program("sessions", "fork", self.session, "--turn", "1").stdout.strip()
        self.program("sessions", "rm", other)
        check(len(os.listdir(states)) == 1, "states of killed processes were left behind")
        self.look()

    def fill(self):
        """A window of 512 tokens is refused once it is full; a fork goes on."""
        self.home = os.path.join(self.base, "full")
        said = self.program("--model", "small.yaml", "chat", status=2,
                            stdin="".join(words_of(turn) + "\n" for turn in range(1, 60))).stderr
        check("the window of nano holds 512" in said, f"refused without saying why: {said[-300:]}")
        found = self.messages("")
        turns = found[-1][0]
        check([m[2] for m in found if m[1] == "user"] == [words_of(t) for t in range(1, turns + 1)],
              "a full session lost a turn")
        check(sum(m[1] == "assistant" for m in found) == turns - 1, "an answered turn lost its answer")
        fork = self.program("sessions", "fork", self.session, "--turn", str(turns // 2)).stdout.strip()
        self.program("--model", "small.yaml", "chat", "--resume", fork, "go on")
        return turns


def run_trial(arguments):
    with tempfile.TemporaryDirectory(prefix="fathom-sessions-") as base:
        trial = Trial(arguments, base)
        start = time.monotonic()
        trial.converse()
        seconds = time.monotonic() - start
        tokens = trial.prompt_holds_everything()
        trial.remove()
        settled = trial.rss[min(RSS_SETTLED_TURNS, len(trial.rss)) - 1]
        growth = max(trial.rss) - settled
        check(growth <= RSS_GROWTH_MAX, f"memory grew by {growth >> 20} MiB in {len(trial.rss)} turns")
        refused = trial.fill()
        print(f"session: {arguments.turns} turns, {trial.kills} kills, {trial.at_points} of them at labelled "
              f"points; 0 acknowledged turns lost; the last turn was conditioned on {tokens} tokens, the "
              f"constraint first; RSS of the longest process, {len(trial.rss)} turns: {settled >> 20} MiB after "
              f"{min(RSS_SETTLED_TURNS, len(trial.rss))}, {trial.rss[-1] >> 20} MiB at its end, {max(trial.rss) >> 20} MiB at most; "
              f"a window of 512 tokens was refused at turn {refused}; {seconds:.0f} s; seed {arguments.seed}")


def main():
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--fathom", required=True, help="the program")
    parser.add_argument("--root", default=here, help="the source tree, for configs/ and models/")
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.fathom = os.path.abspath(arguments.fathom)
    arguments.root = os.path.abspath(arguments.root)
    if not os.path.exists(os.path.join(arguments.root, "models/nano/nano.gguf")):
        print("skipped: no model at models/nano/nano.gguf")
        return 77
    try:
        run_trial(arguments)
    except Broken as error:
        print(f"BROKEN: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
