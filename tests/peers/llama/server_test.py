#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`fathom ask`, `fathom audit` and an agent's tool loop over llama.cpp's server with nano as its model.

    server_test.py --fathom PROGRAM --root SOURCE_TREE

The server is what build_server.sh has built; exit status 77 when it is not there. It renders with
configs/templates/m1.jinja and is asked through the shipped profile llama-server, address and window replaced. nano was
not trained on answers in JSON: what it says there is noise in the right form, and the more is to be seen that nothing
of it is believed. Lists it leaves empty; the lines that an audit names it must judge. Its tool calls are real.
"""
import argparse
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

ABSENT = 77
ARGUMENTS = None
FAMILIES = 12
FILES = {
    "limits.py": "PAYMENT_TIMEOUT_S = 30\nRETRY_COUNT = 4\n",
    "meals.md": "# Meals\nThe meal allowance is 42 euros a day.\nReceipts are kept for ten years.\n",
    "code/run.py": "import os\n\ndef ping(request):\n    name = request.args['name']\n    os.system('ping ' + name)\n"
                   "    return 'sent'\n",
    "code/keep.py": "import hashlib, pickle, random\n\ndef load(data, text):\n    eval(text)\n    return pickle.loads(data)\n\n"
                    "def mark(text):\n    return hashlib.md5(text.encode()).hexdigest() + str(random.random())\n",
}
CERTAIN, UNSURE = 0.9, 0.5  # what `yes` and `unsure` of a named line are worth


def absent(text):
    print("skipped: " + text)
    sys.exit(ABSENT)


def server_program():
    script = pathlib.Path(__file__).parent / "build_server.sh"
    found = subprocess.run([script, "--check"], capture_output=True, text=True, check=False)
    if found.returncode == ABSENT:
        absent(found.stderr.strip())
    return found.stdout.strip()


def golden_chats(root):
    """[(name, request, text)]: what engine/chat's own test holds the program to."""
    chats = []
    for line in (root / "engine/chat/testdata/rendered_chats.txt").read_text().splitlines(keepends=True):
        if line.startswith("=== "):
            chats.append([line[4:].strip(), None, ""])
        elif chats and chats[-1][1] is None:
            chats[-1][1] = json.loads(line)
        elif chats:
            chats[-1][2] += line
    return chats


class LlamaServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(ARGUMENTS.root).resolve()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            cls.port = free.getsockname()[1]
        log = open(cls.folder / "server.log", "w")
        cls.addClassCleanup(log.close)
        cls.server = subprocess.Popen(
            [ARGUMENTS.server, "--model", cls.root / "models/nano/nano.gguf", "--alias", "nano", "--jinja",
             "--chat-template-file", cls.root / "configs/templates/m1.jinja", "--host", "127.0.0.1",
             "--port", str(cls.port), "--ctx-size", "16384", "--parallel", "1", "--seed", "1"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        cls.addClassCleanup(cls.server.wait)
        cls.addClassCleanup(cls.server.terminate)
        end = time.monotonic() + 120
        while not cls.is_up():
            if cls.server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("llama-server is not up: " + (cls.folder / "server.log").read_text()[-2000:])
            time.sleep(0.2)
        cls.corpus = cls.folder / "corpus"
        for name, text in FILES.items():
            path = cls.corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for temperature in (0, 1):
            cls.write_profile(temperature)

    @classmethod
    def is_up(cls):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{cls.port}/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    @classmethod
    def write_profile(cls, temperature):
        """The shipped profile, at this server's address."""
        text = (cls.root / "configs/models/llama-server.yaml").read_text()
        for key, value in (("name", f"llama-{temperature}"), ("endpoint", f"http://127.0.0.1:{cls.port}/v1"),
                           ("window_accepted_tokens", 16384), ("output_tokens_max", 400),
                           ("  temperature", temperature)):
            text, count = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
            assert count == 1, key
        models = cls.folder / "home/config/models"
        models.mkdir(parents=True, exist_ok=True)
        (models / f"llama-{temperature}.yaml").write_text(text)

    def post(self, path, body):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def fathom(self, *words, temperature=0):
        environment = {**os.environ, "FATHOM_HOME": str(self.folder / "home"), "FATHOM_ROOT": str(self.root)}
        return subprocess.run([ARGUMENTS.fathom, "--model", f"llama-{temperature}", "--json", *map(str, words)],
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
                              cwd=self.folder, check=False)

    def test_its_template_renders_what_the_program_renders(self):
        compared = 0
        for name, request, text in golden_chats(self.root):
            for message in request["messages"]:
                if isinstance(message["content"], list):  # their server puts a line end between parts
                    message["content"] = "".join(part["text"] for part in message["content"])
            tools = request.get("tools") or []
            request["tools"] = [tool if "function" in tool else {"type": "function", "function": tool} for tool in tools]
            if "no JSON" in name:
                continue  # their server refuses such arguments
            self.assertEqual(self.post("/apply-template", request)["prompt"], text, name)
            compared += 1
        self.assertGreaterEqual(compared, 5)

    def loop(self, task, tools):
        workspace = self.folder / "workspace"
        workspace.mkdir(exist_ok=True)
        run = self.fathom("agent", task, "--workspace", workspace, "--tools", tools, "--yes-read")
        self.assertEqual(run.returncode, 0, run.stderr)
        result = json.loads(run.stdout)
        self.assertEqual(result["stop"], "done")
        return result

    def test_a_tool_loop_uses_the_results_of_its_calls(self):
        for task, expression, value in (("What is 17 times 23?", "17 * 23", "391"), ("What is 48 times 52?", "48 * 52", "2496")):
            result = self.loop(task, "calculate")
            (call,) = result["calls"]
            self.assertEqual((call["name"], call["end"], call["text"]), ("calculate", "ran", value))
            self.assertIn(value, result["answer"])
            self.assertNotIn(value, task + expression)
            usage = result["usage"]
            self.assertEqual(usage["steps"], 2)
            self.assertGreater(usage["cached"], 0)  # the second query goes on from the first
            self.assertEqual(usage["prompt"], usage["cached"] + usage["prefilled"])

    def check_citations(self, answer):
        for citation in answer["citations"]:
            text = (self.corpus / citation["path"]).read_bytes()
            self.assertEqual(text[citation["byte_start"]:citation["byte_end"]].decode().strip(), citation["quote"].strip())
        return len(answer["citations"]), len(answer["dropped_citations"])

    def test_answers_about_a_corpus_are_of_the_form_asked_for_and_their_quotes_are_compared(self):
        questions = ("What is the value of `PAYMENT_TIMEOUT_S`?", "What is said about `meal allowance`?",
                     "Where is `RETRY_COUNT` defined?", "Who approves a day off?")
        ended = 0
        for temperature in (0, 1):
            for question in questions:
                run = self.fathom("ask", self.corpus, question, temperature=temperature)
                if run.returncode == 5:  # told in so many words, and nothing is shown as an answer
                    self.assertIn("cut off at 400 tokens", run.stderr)
                    self.assertEqual(run.stdout, "")
                    continue
                self.assertEqual(run.returncode, 0, run.stderr)
                answer = json.loads(run.stdout)
                self.check_citations(answer)
                self.assertTrue(answer["refused"] or answer["answer"] or answer["citations"], answer)
                self.assertFalse(answer["usage_is_estimate"])
                self.assertGreater(answer["usage"]["prompt"], 100)
                ended += 1
        self.assertGreaterEqual(ended, 4)

    def test_an_audit_asks_every_family_and_believes_no_quote(self):
        seen = 0
        for temperature in (0, 1):
            run = self.fathom("audit", self.corpus, "--no-files", temperature=temperature)
            self.assertEqual(run.returncode, 0, run.stderr)
            report = json.loads(run.stdout)
            numbers = report["numbers"]
            self.assertEqual(numbers["questions"], FAMILIES)
            self.assertFalse(report["partial"])
            # At most what is said to be cut off: the server holds each answer to the schema.
            unusable = [note["text"] for note in report["notes"]]
            self.assertTrue(all("cut off at 400 tokens" in text for text in unusable), unusable)
            named = 0
            for found in report["findings"]:
                line = FILES[found["path"]].splitlines()[found["start"] - 1]
                if found["state"] == "shown":
                    self.assertIn(found["quote"].strip(), line)
                    self.assertGreaterEqual(found["confidence"], 0.8)
                if found["quote"] == line.strip() and found["confidence"] in (CERTAIN, UNSURE):
                    named += 1
                    self.assertNotEqual(found["evidence"], "E3", found)  # a check that named it confirms nothing
                    self.assertEqual(found["state"] == "low_confidence", found["confidence"] == UNSURE, found)
            seen += named
            self.assertGreater(numbers["asked_prompt"], FAMILIES * 100)
            self.assertGreater(numbers["asked_cached"], 0)
            print(f"temperature {temperature}: {numbers['candidates']} candidates, {numbers['rejected_by_quote']} quotes "
                  f"invented, {numbers['answers_dropped']} answers dropped, {numbers['asked_cached']} of "
                  f"{numbers['asked_prompt']} tokens cached by the server; {named} named lines held against the model's word")
        self.assertGreater(seen, 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--fathom", required=True)
    parser.add_argument("--root", required=True)
    ARGUMENTS, rest = parser.parse_known_args()
    ARGUMENTS.fathom = os.path.abspath(ARGUMENTS.fathom)
    ARGUMENTS.server = server_program()
    unittest.main(argv=[__file__, *rest], verbosity=2)
