# SPDX-License-Identifier: Apache-2.0
"""`fathom agent` with a model that a server runs: a tool loop, prices, consent, and what is never shown."""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import recorded_server

PROGRAM = None
KEY = "sk-very-secret-5678"
LOOP = {"turns": [
    {"name": "ask", "expect": {"last_role": "user", "last_contains": "colour", "tools": ["read_file"], "model": "recorded"},
     "reply": {"thinking": "I should look.", "calls": [{"name": "read_file", "arguments": {"path": "notes.txt"}}],
               "usage": {"prompt": 1000, "output": 100}}},
    {"name": "answer", "expect": {"last_role": "tool", "last_contains": "The colour is teal."},
     "reply": {"content": "It is teal.", "usage": {"prompt": 1200, "cached": 1000, "output": 10}}},
]}


class RemoteAgent(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.workspace = self.folder / "workspace"
        self.workspace.mkdir()
        (self.workspace / "notes.txt").write_text("The colour is teal.\n")

    def play(self, recording):
        path = self.folder / "recording.json"
        path.write_text(json.dumps(recording))
        return recorded_server.playing(path)

    def agent(self, model, *flags, task="Which colour is it?", **environment):
        arguments = [PROGRAM, "--model", model, "--json", "agent", task, "--workspace", str(self.workspace), "--yes-read",
                     *flags]
        if not task:
            arguments.remove("")
        settings = {**os.environ, "FATHOM_HOME": str(self.folder / "home"), "OPENAI_API_KEY": KEY, **environment}
        run = subprocess.run(arguments, capture_output=True, text=True, env=settings, stdin=subprocess.DEVNULL, timeout=60,
                             check=False)
        self.assertNotIn(KEY, run.stdout + run.stderr)
        return run

    def test_a_tool_loop_ends_in_the_answer_and_counts_what_the_server_counted(self):
        with self.play(LOOP) as server:
            run = self.agent(server.url + "#recorded")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual((server.report["unused"], server.report["unmatched"]), ([], []))
        result = json.loads(run.stdout)
        self.assertEqual(result["answer"], "It is teal.")
        self.assertEqual([call["name"] for call in result["calls"]], ["read_file"])
        usage = result["usage"]
        self.assertEqual((usage["prompt"], usage["cached"], usage["output"]), (2200, 1000, 110))

    def test_the_environment_names_server_and_key(self):
        with self.play(LOOP) as server:
            run = self.agent("remote:recorded", OPENAI_BASE_URL=server.url)
        self.assertEqual(json.loads(run.stdout)["answer"], "It is teal.", run.stderr)
        run = self.agent("remote:recorded", OPENAI_BASE_URL="")
        self.assertEqual(run.returncode, 2)
        self.assertIn("OPENAI_BASE_URL", run.stderr)

    def test_a_limit_in_dollars_pauses_and_the_session_goes_on(self):
        with self.play(LOOP) as server:
            models = self.folder / "home" / "config" / "models"
            models.mkdir(parents=True)
            (models / "priced.yaml").write_text(
                f"version: 1\nname: priced\nendpoint: {server.url}\nendpoint_model: recorded\nformat: m1\n"
                "window_accepted_tokens: 10000\nwindow_reliable_tokens: 10000\n"
                "prices: {input: 100, input_cached: 10, output: 1000}\n")
            run = self.agent("priced", "--dollars-max", "0.15")
            self.assertEqual(run.returncode, 3, run.stderr)
            paused = json.loads(run.stdout)
            self.assertAlmostEqual(paused["usage"]["dollars"], 0.2)
            self.assertIn("dollars", paused["reason"])
            run = self.agent("nano", "--session", paused["session"], task="")
        self.assertEqual(run.returncode, 0, run.stderr)
        result = json.loads(run.stdout)
        self.assertEqual(result["answer"], "It is teal.")
        self.assertAlmostEqual(result["usage"]["dollars"], 0.2 + 0.02 + 0.01 + 0.01)

    def test_nothing_is_sent_elsewhere_without_consent(self):
        run = self.agent("http://198.51.100.7:8000/v1#m")
        self.assertEqual(run.returncode, 5)
        self.assertIn("nothing is sent to http://198.51.100.7:8000 without consent", run.stderr)
        # A repository's own file may name a model; it consents to nothing.
        (self.workspace / ".fathom.yaml").write_text("model: http://198.51.100.7:8000/v1#m\n")
        settings = {**os.environ, "FATHOM_HOME": str(self.folder / "home")}
        run = subprocess.run([PROGRAM, "agent", "x"], capture_output=True, text=True, env=settings, cwd=self.workspace,
                             stdin=subprocess.DEVNULL, timeout=60, check=False)
        self.assertIn("without consent", run.stderr)

    def test_a_server_that_refuses_is_quoted_and_the_session_is_kept(self):
        turns = {"turns": [{"reply": {"status": 401, "body": {"error": {"message": f"who is {KEY}?"}}}}]}
        with self.play(turns) as server:
            run = self.agent(server.url + "#recorded")
        self.assertEqual(run.returncode, 5, run.stderr)
        self.assertIn("refused the key", run.stderr)

    def test_an_overloaded_server_is_asked_again(self):
        busy = {"reply": {"status": 503, "headers": {"Retry-After": "0"}, "body": {}}}
        with self.play({"turns": [busy, *LOOP["turns"]]}) as server:
            run = self.agent(server.url + "#recorded")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(server.report["served"], 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    known, rest = parser.parse_known_args()
    PROGRAM = known.program
    unittest.main(argv=[__file__, *rest])
