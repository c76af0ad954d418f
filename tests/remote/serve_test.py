# SPDX-License-Identifier: Apache-2.0
"""Fathom's agent with Fathom's own server as its model: does what each says of the protocol agree with the other? (Both
are ours: tests/server has clients that are not, hostile_server.py what no server of ours would send.)"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "server"))
from server import TOKEN, Server  # noqa: E402

PROGRAM = ROOT = None


class AgentOnServe(unittest.TestCase):
    def test_the_same_calls_and_the_same_answer_as_with_the_engine_inside(self):
        with tempfile.TemporaryDirectory() as folder, Server(PROGRAM, ROOT) as server:
            workspace = pathlib.Path(folder) / "workspace"
            workspace.mkdir()
            (workspace / "README.md").write_text("The port is 8417.\n")
            settings = {**os.environ, "FATHOM_HOME": folder + "/home", "OPENAI_API_KEY": TOKEN}
            profile = pathlib.Path(folder) / "served.yaml"
            profile.write_text(
                f"version: 1\nname: served\nendpoint: http://127.0.0.1:{server.port}/v1\nendpoint_model: nano\nformat: nano\n"
                "window_accepted_tokens: 32768\nwindow_reliable_tokens: 16384\noutput_tokens_max: 256\n"
                "remote: {key_env: OPENAI_API_KEY, constrains: true}\n")
            seen = []
            for model in ("nano", str(profile)):
                run = subprocess.run([PROGRAM, "--model", model, "--json", "agent", "Read the file README.md",
                                      "--workspace", str(workspace), "--yes-read", "--tools", "read_file,calculate",
                                      "--steps-max", "4"],
                                     capture_output=True, text=True, env=settings, stdin=subprocess.DEVNULL, timeout=120,
                                     check=False)
                self.assertIn(run.returncode, (0, 1, 3), run.stderr)
                self.assertNotIn(TOKEN, run.stdout + run.stderr)
                result = json.loads(run.stdout)
                seen.append((result["stop"], result["answer"],
                             [(call["name"], call["end"], call["text"]) for call in result["calls"]],
                             result["usage"]["steps"], result["usage"]["prompt"]))
            self.assertEqual(seen[0], seen[1])
            self.assertEqual(seen[0][2][0][0], "read_file")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--root", required=True)
    known, rest = parser.parse_known_args()
    PROGRAM, ROOT = known.program, known.root
    unittest.main(argv=[__file__, *rest])
