#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`fathom sessions` on sessions that `fathom agent` recorded, some with hostile text."""
import json
import os
import re

from program import ProgramTest, columns_of, main

HOSTILE = "\x1b]0;owned\x07 \u202egpj.exe \x9b31m tail"
WIDE = "漢字" * 40
STYLES = re.compile(r"\x1b\[[0-9;]*m")


class SessionsTest(ProgramTest):
    def record(self, words, *more):
        return json.loads(self.run_program("agent", words, "--json", *more).stdout)["session"]

    def listed(self, *words):
        return json.loads(self.run_program("sessions", "list", "--json", *words).stdout)["sessions"]

    def shown(self, *words):
        terminal = self.terminal("sessions", *words)
        self.assertEqual(terminal.finish(), 0, terminal.shown)
        return STYLES.sub("", terminal.shown.replace("\r\n", "\n"))

    def test_tables_fit_and_stored_text_is_inert(self):
        hostile, wide = self.record(HOSTILE), self.record(WIDE)
        for words in (["list"], ["list", "--search", "tail"], ["show", hostile], ["show", hostile, "--full"],
                      ["show", wide], ["export", hostile, "--format", "markdown"]):
            text = self.shown(*words)
            unsafe = [c for c in text if c != "\n" and (ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or c == "\u202e")]
            self.assertEqual(unsafe, [], words)
        for line in self.shown("list").splitlines():
            self.assertLessEqual(columns_of(line), 80, line)
        self.assertIn("\\x1b]0;owned\\x07 \\u{202e}gpj.exe", self.shown("show", hostile))
        # Bytes are kept where a program reads them.
        messages = json.loads(self.run_program("sessions", "show", hostile, "--json").stdout)["message_list"]
        self.assertEqual(messages[0]["content"], HOSTILE)

    def test_search_finds_words_of_questions_and_answers(self):
        first, second = self.record("the apple is red"), self.record("the pear is green")
        self.assertEqual([s["id"] for s in self.listed()], [second, first])
        found = self.listed("--search", "apple the")
        self.assertEqual([s["id"] for s in found], [first])
        self.assertEqual(found[0]["excerpt"], "the apple is red")
        self.assertEqual(self.listed("--search", "apple pear"), [])
        self.assertEqual(self.listed("--search", '" OR ('), [])
        nothing = self.run_program("sessions", "list", "--search", "plum")
        self.assertEqual((nothing.stdout, nothing.stderr), ("", "no session has all these words in one message\n"))
        one = json.loads(self.run_program("sessions", "list", "-n", "1", "--json").stdout)
        self.assertEqual(([s["id"] for s in one["sessions"]], one["more"]), ([second], True))

    def test_ids_may_be_short_and_a_mistyped_one_is_answered_with_the_nearest(self):
        session = self.record("which id")
        self.run_program("sessions", "show", session[:8])
        self.run_program("sessions", "show", session[2:10])
        swapped = session[:4] + session[5] + session[4] + session[6:12]
        if swapped == session[:12]:
            swapped = session[:4] + ("0" if session[4] != "0" else "1") + session[5:12]
        error = self.run_program("sessions", "show", swapped, status=2).stderr
        self.assertIn(f"did you mean {session[:10]}", error)
        self.assertIn("(which id)", error)
        self.record("another one")
        error = self.run_program("sessions", "rm", "s-", status=2).stderr
        self.assertIn("begins 2 session ids", error)
        self.assertEqual(len(self.listed()), 2)

    def test_rm_says_what_it_removes_and_a_fork_outlives_its_parent(self):
        session = self.record("to be forked")
        self.run_program("agent", "once more", "--session", session)
        fork = self.run_program("sessions", "fork", session, "--turn", "1").stdout.strip()
        last = self.run_program("sessions", "fork", session).stdout.strip()
        turns = {s["id"]: (s["turns"], s["parent"]) for s in self.listed()}
        self.assertEqual(turns, {session: (2, None), fork: (1, session), last: (2, session)})
        self.run_program("sessions", "fork", session, "--turn", "3", status=2)
        # Nothing goes when one of the ids is none.
        self.run_program("sessions", "rm", session, "s-zzzzzzzz", status=2)
        said = self.run_program("sessions", "rm", "--dry-run", session).stdout
        self.assertRegex(said, r"^would remove s-\w+ \(to be forked\): 2 turns, 4 messages; state of [\d.]+ MB\n$")
        self.assertEqual(len(self.listed()), 3)
        said = self.run_program("sessions", "rm", session).stdout
        self.assertIn("its state stays: a fork uses it", said)
        self.assertEqual({s["id"] for s in self.listed()}, {fork, last})
        states = os.path.join(self.environment["FATHOM_HOME"], "cache/sessions")
        self.assertEqual(len(os.listdir(states)), 1)
        self.run_program("sessions", "rm", fork, last)
        self.assertEqual(os.listdir(states), [])

    def test_exports_are_whole(self):
        session = self.record("export me")
        whole = json.loads(self.run_program("sessions", "export", session).stdout)
        self.assertEqual([m["role"] for m in whole["message_list"]], ["user", "assistant"])
        events = [json.loads(line) for line in
                  self.run_program("sessions", "export", session, "--format", "jsonl").stdout.splitlines()]
        self.assertEqual((events[0]["type"], events[-1]["type"]), ("run.started", "run.done"))
        self.assertEqual([e["id"] for e in events], sorted({e["id"] for e in events}))
        path = os.path.join(self.folder, "session.md")
        self.run_program("sessions", "export", session, "--format", "markdown", "-o", path)
        with open(path, encoding="utf-8") as file:
            self.assertIn("export me", file.read())


if __name__ == "__main__":
    main()
