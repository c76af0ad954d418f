# SPDX-License-Identifier: Apache-2.0
"""`fathom model eval` of a model that a server runs: calls, texts, questions and audits, and what is not an answer."""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import recorded_server

PROGRAM = None
TOOL = {"name": "get_weather", "description": "Returns the weather of a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}
FILES = [{"path": "code/run.py", "text": "import os\n\ndef ping(request):\n    name = request.args['name']\n    os.system('ping ' + name)\n"},
         {"path": "notes/meals.md", "text": "# Meals\nThe allowance is 42 euros a day.\n"}]
SINK, ALLOWANCE = 5, 7  # numbers of the lines in the pack


def dialog(text, **more):
    return {"kind": "text", "set": "text", "messages": [{"role": "user", "content": text}], "tools": [], **more}


def call(text, city):
    return {"kind": "call", "set": "call", "messages": [{"role": "user", "content": text}], "tools": [TOOL],
            "calls": [{"name": "get_weather", "arguments": {"city": [city]}}]}


def asks(*asked):
    return {"kind": "quote", "set": "quote", "files": FILES, "asks": list(asked)}


def said(text, **reply):
    return {"expect": {"last_contains": text}, "reply": reply}


def found(line, quote, path="notes/meals.md"):
    return {"json": {"found": True, "answer": "It is.", "citations": [{"path": path, "line": line, "quote": quote}]}}


class RemoteEval(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def scored(self, items, turns, *arguments, status=0):
        (self.folder / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
        path = self.folder / "recording.json"
        path.write_text(json.dumps({"turns": turns}))
        with recorded_server.playing(path) as server:
            run = subprocess.run([PROGRAM, "--model", server.url + "#recorded", "--json", "--quiet", "model", "eval",
                                  str(self.folder / "items.jsonl"), "--failures", "9", *arguments],
                                 capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
                                 env={**os.environ, "FATHOM_HOME": str(self.folder / "home")})
        self.assertEqual(run.returncode, status, run.stderr)
        return json.loads(run.stdout), run.stderr, server.report

    def one(self, items, turns):
        result, _, report = self.scored(items, turns)
        self.assertEqual((report["unmatched"], report["unused"]), ([], []))
        (score,) = result["sets"]
        return score

    def test_calls_are_compared_and_texts_searched(self):
        turns = [said("Oslo", calls=[{"name": "get_weather", "arguments": {"city": "Oslo"}}]),
                 said("Lima", calls=[{"name": "get_weather", "arguments": {"city": "Quito"}}])]
        score = self.one([call("Weather in Oslo?", "Oslo"), call("Weather in Lima?", "Lima")], turns)
        self.assertEqual((score["count"], score["right"]), (2, 1))
        self.assertIn("Quito", score["failures"][0]["wrote"])
        several = [dialog("First: which hold it?", contains=["ka", "ro"], all=True), dialog("Second: which hold it?", contains=["ka", "ro"], all=True),
                   dialog("Third: which hold it?", contains=["ka", "ro"])]
        score = self.one(several, [said("First", content="ka and ro"), said("Second", content="only ka"), said("Third", content="only ka")])
        self.assertEqual([score["right"], score["failures"][0]["wrote"]], [2, "only ka"])

    def test_a_quote_is_right_when_a_citation_stands_on_its_line(self):
        allowance = "The allowance is 42 euros a day."
        asked = [{"question": f"{word} allowance?", "term": "allowance", "quote": "allowance is 42 euros a day. #2"} for word in ("First", "Second", "Third")]
        asked.append({"question": "Fourth: the colour?", "term": "colour"})
        asked.append({"question": "Fifth: the size?", "term": "size"})
        nothing = {"json": {"found": False, "answer": "", "citations": []}}
        score = self.one([asks(*asked)], [said("First", **found(ALLOWANCE, allowance)), said("Second", **found(1, "import os", "code/run.py")),
                                          said("Third", **found(ALLOWANCE, "The allowance is 99 euros a day.")), said("Fourth", **nothing),
                                          said("Fifth", **found(ALLOWANCE, allowance))])
        self.assertEqual((score["count"], score["right"]), (5, 2), score)

    def test_an_audit_counts_shown_findings(self):
        sink = {"path": "code/run.py", "line": SINK, "quote": "os.system('ping ' + name)", "confidence": 0.95}
        turns = [{"expect": {"last_contains": "(CWE-78)", "schema_has": ["verdicts"]}, "reply": {"json": {"verdicts": {str(SINK): "yes"}, "findings": [sink]}}},
                 {"name": "nothing", "repeat": True, "reply": {"json": {"findings": []}}}]
        for weak, counts in (([{"path": "code/run.py", "line": 5, "family": "command-injection"}], (1, 1, 0)), ([], (0, 0, 1))):
            result, _, _ = self.scored([{"kind": "audit", "set": "audit", "files": FILES, "weak": weak, "open": []}], turns)
            (score,) = result["sets"]
            self.assertEqual(tuple(score["all"][key] for key in ("weak", "found", "false_alarms")), counts)
            self.assertEqual((score["count"], score["right"], score["thresholds"]), (7, 7 - counts[2], []))

    def test_no_answer_is_wrong_and_many_in_a_row_end_it(self):
        asked = {"question": "The allowance?", "term": "allowance", "quote": "allowance is 42 euros a day. #2"}
        bad = {"repeat": True, "reply": {"content": "I cannot help with that."}}
        result, _, _ = self.scored([asks(*[asked] * 3)], [bad])
        (score,) = result["sets"]
        self.assertEqual((score["count"], score["right"], score["unanswered"]), (3, 0, 3))
        result, errors, _ = self.scored([asks(*[asked] * 9)], [bad], status=5)
        self.assertEqual(result["sets"][0]["unanswered"], 5)
        self.assertIn("no JSON", errors)

    def test_an_audit_without_an_answer_has_missed_what_is_weak(self):
        weak = [{"path": "code/run.py", "line": 5, "family": "command-injection"}]
        bad = {"repeat": True, "reply": {"content": "I cannot help with that."}}
        result, _, _ = self.scored([{"kind": "audit", "set": "audit", "files": FILES, "weak": weak, "open": []}], [bad])
        (score,) = result["sets"]
        self.assertEqual([score["all"]["weak"], score["all"]["found"], score["unanswered"]], [1, 0, 1])

    def test_a_server_that_never_answers_ends_it_at_once(self):
        (self.folder / "items.jsonl").write_text(json.dumps(dialog("1?", contains=["ka"])) + "\n")
        refused = {"repeat": True, "reply": {"status": 401, "body": {"error": {"message": "no such key"}}}}
        (self.folder / "recording.json").write_text(json.dumps({"turns": [refused]}))
        with recorded_server.playing(self.folder / "recording.json") as server:
            run = subprocess.run([PROGRAM, "--model", server.url + "#recorded", "model", "eval", str(self.folder / "items.jsonl")],
                                 capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
                                 env={**os.environ, "FATHOM_HOME": str(self.folder / "home")})
        self.assertNotEqual(run.returncode, 0)
        self.assertEqual((run.stdout, server.report["served"]), ("", 1))
        self.assertIn("no such key", run.stderr)

    def test_a_limit_ends_it_with_what_was_scored(self):
        usage = {"prompt": 400, "cached": 0, "output": 100}
        turns = [{"repeat": True, "reply": {"content": "ka", "usage": usage}}]
        items = [dialog(f"{n}?", contains=["ka"]) for n in range(9)]
        result, errors, report = self.scored(items, turns, "--tokens-max", "1000", status=3)
        self.assertEqual((result["sets"][0]["count"], result["tokens_computed"], report["served"]), (2, 1000, 2))
        self.assertIn("1000", result["stopped_by"])
        self.assertIn("1000", errors)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    options, rest = parser.parse_known_args()
    PROGRAM = options.program
    unittest.main(argv=["eval_test.py", *rest])
