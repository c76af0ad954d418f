#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`fathom chat` as a newcomer types it on a terminal, and as a script feeds it through a pipe."""
import json
import os
import re
import signal
import sqlite3
import termios

from program import ProgramTest, columns_of, main, write_profile

PROMPT = "› "
DONE = r"tokens read, ([\d,]+) already in the state"
# nano goes on and on about it.
LONG = "What is the capital of France? Always answer in French."


class ChatTest(ProgramTest):
    def messages(self, session=""):
        if not session:
            session = json.loads(self.run_program("sessions", "list", "--json").stdout)["sessions"][0]["id"]
        whole = json.loads(self.run_program("sessions", "show", session, "--json").stdout)
        return [(m["turn"], m["role"], m["content"]) for m in whole["message_list"]]

    def users(self, session=""):
        return [content for _, role, content in self.messages(session) if role == "user"]

    def chat(self, *words, columns=80):
        terminal = self.terminal("chat", *words, columns=columns)
        terminal.wait_for(PROMPT)
        return terminal

    def say(self, terminal, text):
        terminal.type(text + "\r")
        terminal.wait_for(DONE)
        terminal.wait_for(PROMPT)

    def leave(self, terminal):
        terminal.type("\x04")
        terminal.wait_for(r"go on with: fathom chat --resume (s-\w+)")
        self.assertEqual(terminal.finish(), 0, terminal.shown)

    def test_a_first_conversation_and_its_commands(self):
        terminal = self.chat()
        self.assertRegex(terminal.shown, r"does not converse.* fathom ask [\s\S]*fathom audit")
        self.say(terminal, "my naïve first question")
        for command, shows in (("/help", "/fork"), ("/context", r"[\d,]+ of 4,096 tokens used"),
                               ("/cost", "last turn"), ("/tools", "no tools"), ("/thinking", "thinking is shown"),
                               ("/sessions", "my naïve first question"), ("/contxt", r"did you mean /context\?"),
                               ("/thinking maybe", "expected on or off"), ("/fork 7", "a turn from 1 to 1"),
                               ("/further", "does not think"), ("/resume", "needs an id")):
            terminal.type(command + "\r")
            terminal.wait_for(shows)
            terminal.wait_for(PROMPT)
        self.say(terminal, " /this is no command")
        terminal.type("/quit\r")
        self.assertEqual(terminal.finish(), 0, terminal.shown)
        self.assertEqual(self.users(), ["my naïve first question", " /this is no command"])

    def test_the_gauge_adds_up_and_fits_its_terminal(self):
        terminal = self.chat("--system", "Answer in one word.", "--workspace", self.folder)
        terminal.type("hello\r")
        terminal.wait_for(DONE + r"|stuck \(")  # in eight tokens nano may get no further than to begin a call
        terminal.wait_for(PROMPT)
        start = len(terminal.shown)
        terminal.type("/context\r")
        terminal.wait_for(r"\. free +[\d,]+")
        terminal.wait_for(PROMPT)
        text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.shown[start:]).replace("\r", "")
        parts = {name: int(count.replace(",", "")) for name, count in
                 re.findall(r"(?m)^  [sthr.] (\w+) +([\d,]+)", text)}
        self.assertEqual(sum(parts.values()), 4_096, text)
        self.assertEqual(parts["reply"], 8)
        self.assertTrue(all(parts[name] > 0 for name in ("system", "tools", "history")), parts)
        used = int(re.search(r"([\d,]+) of 4,096", text)[1].replace(",", ""))
        self.assertEqual(used, parts["system"] + parts["tools"] + parts["history"])
        for line in text.splitlines():
            self.assertLessEqual(columns_of(line), 80, line)
        self.leave(terminal)

    def test_lines_are_edited_continued_pasted_and_remembered(self):
        terminal = self.chat()
        self.say(terminal, "helo\x1b[Dl wrld\x1b[Do\x01> \x05!")  # arrow, start and end of line
        terminal.type("never sent\x03")
        terminal.wait_for(PROMPT)
        terminal.type("one\\\r")
        terminal.wait_for("… ")
        self.say(terminal, "two")
        terminal.type("\x1b[200~paste 1\r\npaste 2\n日本\x1b[201~")
        self.say(terminal, " end")
        terminal.type("/co\t")  # /context and /cost: nothing more in common
        terminal.type("n\t\r")
        terminal.wait_for("tokens used")
        terminal.wait_for(PROMPT)
        self.leave(terminal)
        terminal = self.chat("--continue")
        terminal.type("\x1b[A\x1b[A")  # behind /context, which is in the history too
        self.say(terminal, "")
        self.leave(terminal)
        pasted = "paste 1\npaste 2\n日本 end"
        self.assertEqual(self.users(), ["> hell wrlodo!", "one\ntwo", pasted, pasted])
        history = os.path.join(self.environment["FATHOM_HOME"], "state/chat_history")
        self.assertEqual(os.stat(history).st_mode & 0o777, 0o600)

    def test_a_resumed_chat_reads_nothing_again_and_one_without_state_says_so(self):
        terminal = self.chat()
        self.say(terminal, "the first question")
        self.leave(terminal)
        session = re.search(r"session (s-\w+)", terminal.shown)[1]
        terminal = self.terminal("sessions", "resume", session[:10])
        found = terminal.wait_for(r"\((\d) turn\): ([\d,]+) tokens, of which ([\d,]+)\s+come from the saved state")
        self.assertIn("the first question", terminal.shown)
        tokens, restored = (int(count.replace(",", "")) for count in found.groups()[1:])
        self.assertLessEqual(tokens - restored, 4)  # what closes the reply was not computed yet
        terminal.wait_for(PROMPT)
        terminal.type("the second\r")
        self.assertEqual(int(terminal.wait_for(DONE)[1].replace(",", "")), restored)
        terminal.wait_for(PROMPT)
        self.leave(terminal)
        states = os.path.join(self.environment["FATHOM_HOME"], "cache/sessions")
        for name in os.listdir(states):
            os.remove(os.path.join(states, name))
        terminal = self.chat("--resume", session)
        self.assertIn("no saved state is used", terminal.shown)
        self.say(terminal, "the third")
        self.leave(terminal)
        self.assertEqual(self.users(session), ["the first question", "the second", "the third"])

    def test_ctrl_c_stops_the_reply_and_the_session_goes_on(self):
        # So hot that the reply does not end by itself within a hundred tokens.
        write_profile(self.arguments.root, self.profile, window_tokens=32_768, output_tokens=20_000, temperature=2)
        terminal = self.chat()
        terminal.type(LONG + "\r")
        terminal.wait_for(r"2004l[\s\S]{10,}")  # the reply has begun
        terminal.type("\x03")
        terminal.wait_for(r"cancelled \(stopped\)")
        terminal.wait_for(PROMPT)
        self.assertIsNone(terminal.process.poll())
        self.leave(terminal)
        self.assertEqual(self.messages(), [(1, "user", LONG)])
        write_profile(self.arguments.root, self.profile)
        terminal = self.chat("--continue")
        self.assertIn("/retry goes on with it", terminal.shown)
        self.say(terminal, "/retry")
        self.leave(terminal)
        self.assertEqual([role for _, role, _ in self.messages()], ["user", "assistant"])

    def test_what_is_typed_while_an_answer_streams_is_taken_by_the_next_prompt(self):
        write_profile(self.arguments.root, self.profile, window_tokens=32_768, output_tokens=100, temperature=2)
        terminal = self.chat()
        terminal.type(LONG + "\r")
        terminal.wait_for(r"2004l[\s\S]{10,}")  # the answer has begun
        terminal.type("the secn\x1b[Do\x05d\r\x04")
        terminal.wait_for(r"go on with: fathom chat --resume (s-\w+)")
        self.assertEqual(terminal.finish(), 0, terminal.shown)
        self.assertEqual(self.users(), [LONG, "the second"])

    def test_a_second_signal_ends_at_once_and_leaves_the_terminal_as_it_was(self):
        write_profile(self.arguments.root, self.profile, window_tokens=32_768, output_tokens=20_000, temperature=2)
        terminal = self.chat()
        at_start = terminal.modes_at_start
        self.assertNotEqual(termios.tcgetattr(terminal.master), at_start)
        terminal.type(LONG + "\r")
        terminal.wait_for(r"2004l[\s\S]{10,}")
        for number in (signal.SIGTERM, signal.SIGINT):
            os.kill(terminal.process.pid, number)
        terminal.process.wait(10)
        self.assertEqual(termios.tcgetattr(terminal.master), at_start)
        self.assertEqual(terminal.finish(), 4)

    def test_retry_asks_again_in_a_fork_and_fork_goes_back(self):
        terminal = self.chat()
        self.say(terminal, "first")
        self.say(terminal, "second")
        self.say(terminal, "/retry")
        terminal.type("/fork 1\r")
        terminal.wait_for("now in (s-.{8})")
        terminal.wait_for(PROMPT)
        self.say(terminal, "another second")
        self.leave(terminal)
        sessions = json.loads(self.run_program("sessions", "list", "--json").stdout)["sessions"]
        self.assertEqual(sorted(tuple(self.users(s["id"])) for s in sessions),
                         [("first", "another second"), ("first", "second"), ("first", "second")])

    def test_a_terminal_that_goes_away_keeps_the_state(self):
        terminal = self.chat()
        self.say(terminal, "hold the line")
        os.kill(terminal.process.pid, signal.SIGHUP)
        self.assertEqual(terminal.finish(), 4)
        self.assertEqual(len(os.listdir(os.path.join(self.environment["FATHOM_HOME"], "cache/sessions"))), 1)

    def test_a_pipe_gives_answers_alone_and_ends_with_its_first_failure(self):
        ended = self.run_program("chat", "-q", stdin="first line\n\nsecond line\n")
        self.assertEqual(ended.stderr, "")
        answers = [content for _, role, content in self.messages() if role == "assistant"]
        self.assertEqual(ended.stdout, "".join(answer + "\n" for answer in answers))
        self.assertEqual(self.users(), ["first line", "second line"])
        events = self.run_program("chat", "--continue", "--jsonl", stdin="third\n").stdout.splitlines()
        types = [json.loads(line)["type"] for line in events]
        self.assertEqual((types[0], types[-1]), ("run.started", "run.done"))
        self.assertEqual(len(self.users()), 3)
        failed = self.run_program("chat", stdin="/nonsense\nnever\n", status=2)
        self.assertIn("no such command", failed.stderr)
        self.run_program("chat", "--resume", "s-zzzz", status=2)
        self.run_program("chat", "--steps-max", "0", stdin="paused\nnever\n", status=3)
        self.assertEqual(self.users(), ["paused"])
        with sqlite3.connect(os.path.join(self.environment["FATHOM_HOME"], "data/sessions.db")) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        db.close()


if __name__ == "__main__":
    main()
