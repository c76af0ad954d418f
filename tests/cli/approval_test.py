#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Approvals at the terminal of `fathom chat`: the bytes are shown, and only an answer to the question counts."""
import json
import os
import pathlib
import sys

from program import ProgramTest, Terminal, main

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "remote"))
import recorded_server

PROMPT = "› "
QUESTION = r"Run it\? \[y/N\] "


def writes(name, delay_ms=0):
    return {"expect": {"last_role": "user", "last_contains": name},
            "reply": {"calls": [{"name": "write_file", "arguments": {"path": name, "content": "kept"}}],
                      "delay_ms": delay_ms}}


DONE = {"expect": {"last_role": "tool"}, "reply": {"content": "So be it."}, "repeat": True}


class ApprovalTest(ProgramTest):
    def command(self, *words):
        return [self.arguments.fathom, "--model", self.server.url + "#recorded", *words]

    def chat(self, turns):
        recording = os.path.join(self.folder, "recording.json")
        with open(recording, "w", encoding="utf-8") as file:
            json.dump({"turns": [*turns, DONE]}, file)
        self.server = recorded_server.Playing(recording)
        self.addCleanup(self.server.end)
        self.workspace = os.path.join(self.folder, "workspace")
        os.mkdir(self.workspace)
        terminal = Terminal(self.command("chat", "--workspace", self.workspace), self.environment)
        terminal.wait_for(PROMPT)
        self.assertNotIn("does not converse", terminal.shown)
        return terminal

    def written(self):
        return sorted(os.listdir(self.workspace))

    def leave(self, terminal):
        terminal.type("\x04")
        self.assertEqual(terminal.finish(), 0, terminal.shown)

    def test_what_was_typed_before_the_question_does_not_answer_it(self):
        terminal = self.chat([writes("a.txt", delay_ms=700), writes("b.txt")])
        terminal.type("write a.txt\r")
        terminal.wait_for("2004l")  # the line is taken, the model is asked
        terminal.type("y\r")
        terminal.wait_for(QUESTION)
        self.assertEqual(self.written(), [])
        terminal.type("n\r")
        terminal.wait_for("So be it.")
        terminal.wait_for(PROMPT)
        self.assertEqual(self.written(), [])
        terminal.type("write b.txt\r")
        terminal.wait_for(QUESTION)
        terminal.type("yex\x7fs\r")  # the line can be corrected
        terminal.wait_for("So be it.")
        terminal.wait_for(PROMPT)
        self.assertEqual(self.written(), ["b.txt"])
        self.leave(terminal)

    def test_neither_the_end_of_input_nor_ctrl_c_approves(self):
        terminal = self.chat([writes("a.txt"), writes("b.txt"), writes("c.txt")])
        for name, key in (("a.txt", "\x04"), ("b.txt", "\x03")):
            terminal.type(f"write {name}\r")
            terminal.wait_for(QUESTION)
            terminal.type(key)
            terminal.wait_for(PROMPT)
        terminal.type("write c.txt\r")
        terminal.wait_for(QUESTION)
        terminal.type("y\r")
        terminal.wait_for("So be it.")
        terminal.wait_for(PROMPT)
        self.assertEqual(self.written(), ["c.txt"])
        self.leave(terminal)


if __name__ == "__main__":
    main()
