# SPDX-License-Identifier: Apache-2.0
"""`fathom ask` and `fathom audit` with a model that a server runs: what it says is compared with the bytes, as ever."""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import recorded_server

PROGRAM = None
FILES = {
    "code/run.py": "import os\n\ndef ping(request):\n    name = request.args['name']\n    os.system('ping ' + name)\n"
                   "    return 'sent'\n",
    "notes/meals.md": "# Meals\nThe allowance is 42 euros a day.\nReceipts are kept for ten years.\n",
}
# Numbers of the lines in the pack: the files in order of their paths, without history.
SINK = 5
ALLOWANCE = 8
SINK_QUOTE = "os.system('ping ' + name)"
ALLOWANCE_QUOTE = "The allowance is 42 euros a day."


def cited(path="notes/meals.md", line=ALLOWANCE, quote=ALLOWANCE_QUOTE):
    return {"path": path, "line": line, "quote": quote}


def answered(*citations, found=True, answer="42 euros a day"):
    return {"found": found, "citations": list(citations), "answer": answer}


def judged(*findings, **verdicts):
    """Of the question about commands: the line that calls one is judged too."""
    return {"verdicts": {str(SINK): "no", **verdicts}, "findings": list(findings)}


def finding(path="code/run.py", line=SINK, quote=SINK_QUOTE, confidence=0.9):
    return {"path": path, "line": line, "quote": quote, "confidence": confidence}


# The question about commands has a line to judge; the others have none.
NOTHING_COMMAND = {"name": "no command", "repeat": True, "expect": {"last_contains": "(CWE-78)", "schema_has": ["verdicts"]},
                   "reply": {"json": judged()}}
NOTHING = {"name": "nothing", "repeat": True, "reply": {"json": {"findings": []}}}


class RemoteCorpus(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.corpus = self.folder / "corpus"
        for name, text in FILES.items():
            path = self.corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def fathom(self, model, *arguments, **environment):
        settings = {**os.environ, "FATHOM_HOME": str(self.folder / "home"), **environment}
        return subprocess.run([PROGRAM, "--model", model, "--json", *arguments], capture_output=True, text=True, env=settings,
                              stdin=subprocess.DEVNULL, timeout=60, cwd=self.folder, check=False)

    def played(self, turns, *arguments, log=False, model="#recorded"):
        """The program's run and the server's report."""
        path = self.folder / "recording.json"
        path.write_text(json.dumps({"turns": turns, "log": log}))
        with recorded_server.playing(path) as server:
            self.own_profile(server.url)
            run = self.fathom(model if model == "mine" else server.url + model, *arguments)
        return run, server.report

    def ask(self, reply, *more):
        run, report = self.played([{"reply": reply}], "ask", str(self.corpus), "What is the allowance?", *more)
        self.assertEqual(report["unmatched"], [])
        return run

    def audit(self, turns, *more, log=False, model="#recorded"):
        return self.played(turns, "audit", str(self.corpus), "--no-files", *more, log=log, model=model)

    def test_a_true_quote_is_cited_with_path_line_and_bytes(self):
        turn = {"expect": {"last_role": "user", "schema": True, "schema_has": ["found", "answer", "citations"], "no_tools": True,
                           "contains": [f"{ALLOWANCE_QUOTE} #{ALLOWANCE}\n", "== code/run.py\n"]},
                "reply": {"json": answered(cited()), "usage": {"prompt": 500, "cached": 300, "output": 40}}}
        run, report = self.played([turn], "ask", str(self.corpus), "What is the allowance?")
        self.assertEqual((run.returncode, report["unmatched"], report["unused"]), (0, [], []), run.stderr)
        answer = json.loads(run.stdout)
        self.assertEqual(answer["answer"], "42 euros a day")
        (citation,) = answer["citations"]
        self.assertEqual((citation["path"], citation["start"], citation["verdict"]), ("notes/meals.md", 2, "found"))
        text = (self.corpus / "notes/meals.md").read_bytes()
        self.assertEqual(text[citation["byte_start"]:citation["byte_end"]].decode(), ALLOWANCE_QUOTE)
        usage = answer["usage"]
        self.assertEqual((usage["prompt"], usage["cached"], usage["prefilled"], usage["output"]), (500, 300, 200, 40))
        self.assertFalse(answer["usage_is_estimate"])

    def test_invented_quotes_are_dropped_and_wrong_lines_repaired(self):
        run = self.ask({"json": answered(cited(quote="The allowance is 99 euros a day."))})
        answer = json.loads(run.stdout)
        self.assertEqual((answer["citations"], len(answer["dropped_citations"])), ([], 1))
        for wrong in ({"line": ALLOWANCE + 1}, {"line": 1}, {"line": 999}, {"line": -1}, {"path": "code/run.py"},
                      {"path": "../../etc/passwd", "line": 1}):
            run = self.ask({"json": answered(cited(**wrong))})
            (citation,) = json.loads(run.stdout)["citations"]
            self.assertEqual((citation["path"], citation["start"]), ("notes/meals.md", 2), wrong)
            self.assertIn(citation["verdict"], ("shifted", "misattributed"), wrong)

    def test_what_the_corpus_does_not_say_is_refused(self):
        answer = json.loads(self.ask({"json": answered(found=False, answer="")}).stdout)
        self.assertEqual((answer["refused"], answer["answer"]), (True, None))
        self.assertEqual((answer["nearest"][0]["path"], answer["nearest"][0]["line"]), ("notes/meals.md", 2))

    def test_an_answer_out_of_form_is_an_error_that_says_so(self):
        for reply, said in (({"content": "42 euros"}, "no JSON"), ({"content": "I cannot help with that."}, "no JSON"),
                            ({"content": '{"found": true'}, "no JSON"), ({"json": {"found": True}}, "does not fit"),
                            ({"json": answered({"path": "a", "line": "8", "quote": "x"})}, "does not fit"),
                            ({"json": answered(cited()), "finish": "length"}, "cut off"),
                            ({"json": answered(cited()), "cut": True}, "end"),
                            ({"status": 400, "body": {"error": {"message": "context is too long"}}}, "context is too long")):
            run, _ = self.played([{"repeat": True, "reply": reply}], "ask", str(self.corpus), "What?", model="mine")
            self.assertEqual((run.returncode, run.stdout), (5, ""), reply)
            self.assertIn(said, run.stderr, reply)

    def test_an_audit_reports_what_the_model_proposed_and_the_bytes_confirm(self):
        turns = [{"name": "command", "expect": {"last_contains": "(CWE-78)", "schema_has": ["findings"]},
                  "reply": {"json": judged(
                      finding(), finding(quote="os.system('rm ' + name)", line=2), finding(path="notes/meals.md"),
                      finding(line=4, quote="os.system"))}}, NOTHING]
        run, report = self.audit(turns, "--fail-on", "high", log=True)
        self.assertEqual((run.returncode, report["unmatched"], report["unused"]), (1, [], []), run.stderr)
        audit = json.loads(run.stdout)
        shown = [found for found in audit["findings"] if found["state"] == "shown"]
        self.assertEqual([(found["path"], found["start"], found["family"]) for found in shown],
                         [("code/run.py", SINK, "command-injection")])
        numbers = audit["numbers"]
        self.assertEqual((numbers["questions"], numbers["answers_dropped"]), (12, 1))
        self.assertGreaterEqual(numbers["rejected_by_quote"], 1)
        self.assertGreater(numbers["asked_prompt"], 0)
        # One prefix: everything before the question is the same in all requests.
        texts = [[message["content"] for message in request["messages"]] for request in report["requests"]]
        common = os.path.commonprefix([text[-1] for text in texts])
        self.assertIn(f"Receipts are kept for ten years. #{ALLOWANCE + 1}\n", common)
        self.assertEqual({text[0] for text in texts}, {texts[0][0]})

    def test_the_model_alone_proposes(self):
        run, _ = self.audit([NOTHING_COMMAND, NOTHING], "--fail-on", "low")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["findings"], [])

    def test_lines_that_call_what_a_family_is_about_are_judged_one_by_one(self):
        for verdict, shown, state in (("yes", 1, "shown"), ("unsure", 0, "low_confidence"), ("no", 0, None)):
            turn = {"name": "command", "expect": {"last_contains": ["(CWE-78)", f"yes, unsure or no: #{SINK}."],
                                                  "schema_has": ["verdicts", "findings"]},
                    "reply": {"json": judged(**{str(SINK): verdict})}}
            run, report = self.audit([turn, NOTHING])
            self.assertEqual((run.returncode, report["unused"]), (0, []), run.stderr)
            audit = json.loads(run.stdout)
            self.assertEqual(audit["counts"]["shown"], shown, verdict)
            states = [found["state"] for found in audit["findings"]]
            self.assertEqual(states, [state] if state else [], verdict)
            for found in audit["findings"]:
                self.assertEqual((found["start"], found["quote"]), (SINK, SINK_QUOTE))
                # The check named the line, so that it agrees confirms nothing.
                self.assertNotEqual(found["evidence"], "E3", found)
        # Without a verdict on it the answer is not of the form asked for; an unknown word is none.
        for reply in ({"findings": []}, judged(**{str(SINK): "maybe"}), {"verdicts": {}, "findings": []}):
            run, _ = self.audit([{"expect": {"last_contains": "(CWE-78)"}, "reply": {"json": reply}}, NOTHING])
            self.assertIn("1 of 12 answers were not of the form", json.loads(run.stdout)["notes"][0]["text"], reply)

    def test_answers_out_of_form_are_counted_and_an_audit_without_any_answer_is_none(self):
        broken = {"name": "broken", "expect": {"last_contains": "(CWE-89)"}, "reply": {"content": "I would rather not."}}
        run, _ = self.audit([broken, NOTHING_COMMAND, NOTHING])
        self.assertEqual(run.returncode, 0, run.stderr)
        audit = json.loads(run.stdout)
        self.assertEqual(audit["numbers"]["answers_dropped"], 1)
        self.assertIn("1 of 12 answers were not of the form", audit["notes"][0]["text"])
        run, _ = self.audit([{"repeat": True, "reply": {"content": "no"}}])
        self.assertEqual((run.returncode, run.stdout), (5, ""), run.stderr)
        run, _ = self.audit([{"repeat": True, "reply": {"json": {"findings": []}, "cut": True}}], model="mine")
        self.assertEqual((run.returncode, run.stdout), (5, ""), run.stderr)

    def own_profile(self, url, window=3000):
        models = self.folder / "home" / "config" / "models"
        models.mkdir(parents=True, exist_ok=True)
        (models / "mine.yaml").write_text(
            f"version: 1\nname: mine\nendpoint: {url}\nendpoint_model: recorded\nformat: m1\n"
            f"window_accepted_tokens: {window}\nwindow_reliable_tokens: {window}\noutput_tokens_max: 500\n"
            "prices: {input: 100, input_cached: 10, output: 1000}\nremote: {attempts_max: 1}\n")

    def test_a_corpus_beyond_the_window_is_asked_about_window_by_window(self):
        for index in range(3):
            (self.corpus / f"long{index}.txt").write_text("A line that says nothing of interest here.\n" * 60)
        turns = [{"name": "command", "expect": {"last_contains": ["(CWE-78)", SINK_QUOTE]},
                  "reply": {"json": judged(finding())}}, NOTHING]
        run, report = self.audit(turns, log=True, model="mine")
        self.assertEqual(run.returncode, 0, run.stderr)
        audit = json.loads(run.stdout)
        windows = audit["numbers"]["windows"]
        self.assertGreater(windows, 2)
        self.assertEqual(audit["numbers"]["questions"], 12 * windows)
        self.assertEqual(audit["counts"]["shown"], 1)
        for request in report["requests"]:
            self.assertLess(len(json.dumps(request["messages"])) / 3, 2500)

    def test_limits_stop_before_they_are_passed(self):
        usage = {"prompt": 600, "output": 10}
        turn = {"repeat": True, "reply": {"json": {"findings": []}, "usage": usage}}
        command = {**NOTHING_COMMAND, "reply": {"json": judged(), "usage": usage}}
        run, report = self.audit([command, turn], "--tokens-max", "2500", model="mine")
        self.assertEqual(run.returncode, 3, run.stderr)
        audit = json.loads(run.stdout)
        self.assertTrue(audit["partial"])
        self.assertIn("stopped by a limit", audit["notes"][0]["text"])
        self.assertEqual(audit["numbers"]["questions"], report["served"])
        self.assertLessEqual(audit["numbers"]["asked_prompt"] + audit["numbers"]["asked_output"], 2500)
        self.assertAlmostEqual(audit["numbers"]["asked_dollars"], report["served"] * (600 * 100 + 10 * 1000) / 1e6)
        run, report = self.played([turn], "ask", str(self.corpus), "What?", "--dollars-max", "0.01", model="mine")
        self.assertEqual((run.returncode, report["served"], run.stdout), (3, 0, ""), run.stderr)
        self.assertIn("$0.0100", run.stderr)

    def test_a_workflow_costs_no_more_than_its_check_says_where_a_server_keeps_nothing(self):
        for index in range(3):
            (self.corpus / f"long{index}.txt").write_text("A line that says nothing of interest here.\n" * 60)
        workflow = self.folder / "both.yaml"
        workflow.write_text(f"version: 1\nname: both\nmodel: mine\ncorpus: {self.corpus}\nsteps:\n"
                            "  - id: ask\n    ask: {question: Which allowance}\n  - id: audit\n    audit: {}\n")
        asked = {"expect": {"schema_has": ["found"]}, "repeat": True, "reply": {"json": answered(cited())}}
        run, report = self.played([asked, NOTHING_COMMAND, NOTHING], "workflow", "run", str(workflow), log=True, model="mine")
        self.assertEqual((run.returncode, report["unmatched"]), (0, []), run.stdout + run.stderr)
        # As a server counts that has a token for each byte, of the form asked for too.
        spent = sum(len(message["content"].encode()) for request in report["requests"] for message in request["messages"])
        spent += sum(len(json.dumps(request["response_format"])) + 500 for request in report["requests"])
        check = self.fathom("mine", "workflow", "check", str(workflow))
        bound = json.loads(check.stdout)["bound"]
        self.assertLessEqual(spent, bound["tokens_max"])
        self.assertLess(bound["tokens_max"], 2 * spent)
        self.assertAlmostEqual(bound["dollars_max"], bound["tokens_max"] * 1000 / 1e6)  # as if all were output

    def test_nothing_is_sent_elsewhere_without_consent(self):
        for command in (("ask", str(self.corpus), "What?"), ("audit", str(self.corpus), "--no-files")):
            run = self.fathom("http://198.51.100.7:8000/v1#m", *command)
            self.assertEqual(run.returncode, 5)
            self.assertIn("nothing is sent to http://198.51.100.7:8000 without consent", run.stderr)

    def test_limits_of_a_server_are_refused_for_a_model_that_runs_here(self):
        run = self.fathom("nano", "ask", str(self.corpus), "What?", "--tokens-max", "5")
        self.assertEqual(run.returncode, 2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    known, rest = parser.parse_known_args()
    PROGRAM = known.program
    unittest.main(argv=[__file__, *rest])
