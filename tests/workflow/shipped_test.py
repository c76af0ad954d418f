#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every shipped workflow does what it says, judged by an oracle that does not ask Fathom.

    shipped_test.py --player PROGRAM --fathom PROGRAM --root TREE

codebase-audit and doc-qa run with the embedded model in the real program. The others need a larger
one: the player gives its replies, everything else (policy, sandbox, sessions, store) is real; each
also has scenes in which the model is wrong, and the run must say so. Those that end well also run in the
program itself against a server that plays recorded conversations.
Exit status: 0 promise kept, 1 broken.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../remote"))
import recorded_server  # noqa: E402
from scenes import scenes  # noqa: E402

QUESTIONS = ["What is the meal allowance on business trips?", "What is the name of the king of Norway?"]


class Broken(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Broken(text)


def environment(arguments, home):
    return dict(os.environ, FATHOM_HOME=home, FATHOM_ROOT=arguments.root)


def play(arguments, scene, base):
    folder = os.path.join(base, scene.name)
    inputs = scene.make(folder)
    script = scene.script_file(folder + ".json")
    done = subprocess.run([arguments.player, "run", scene.workflow, script, json.dumps(inputs)],
                          env=environment(arguments, folder + ".home"), capture_output=True, check=False, text=True)
    check(done.returncode == 0, f"{scene.name}: {done.stderr[-600:]}")
    run = json.loads(done.stdout)
    check(run["state"] == scene.expected,
          f"{scene.name}: {run['state']} ({run['reason']}), expected {scene.expected}\n{run['reports']}")
    wrong = scene.oracle(folder, run)
    check(wrong is None, f"{scene.name}: {wrong}")


def recording_of(scene):
    """The scene's replies as turns of tests/remote/recorded_server.py: which one comes follows from the results so far."""
    turns = []
    for part in scene.script:
        for results, reply in enumerate(part["replies"]):
            content = reply.get("content")
            said = {"calls": reply["calls"]} if "calls" in reply else (
                {"content": content} if isinstance(content, str) else {"json": content})
            turns.append({"expect": {"contains": part["when"], "results": results}, "reply": said})
    return {"turns": turns}


def over_the_wire(arguments, scene, base):
    """The same with the program itself and a server that runs the model."""
    folder = os.path.join(base, scene.name + ".remote")
    inputs = scene.make(folder)
    words = [word for name, value in inputs.items() for word in ("--input", f"{name}={value}")]
    status = {"done": 0, "negative": 1, "failed": 5}[scene.expected]
    recording = folder + ".recording.json"
    with open(recording, "w", encoding="utf-8") as file:
        json.dump(recording_of(scene), file)
    with recorded_server.playing(recording) as server:
        run = json.loads(fathom(arguments, folder + ".home", "--json", "--model", server.url + "#recorded", "workflow",
                                "run", scene.workflow, *words, status=status))
    check(run["state"] == scene.expected, f"{scene.name} remote: {run['state']} ({run['reason']})")
    check(not server.report["unmatched"] and not server.report["unused"], f"{scene.name} remote: {server.report}")
    wrong = scene.oracle(folder, run)
    check(wrong is None, f"{scene.name} remote: {wrong}")


def fathom(arguments, home, *words, status=0):
    done = subprocess.run([arguments.fathom, *words], env=environment(arguments, home), capture_output=True,
                          check=False, text=True)
    check(done.returncode == status, f"{words} ended with {done.returncode}: {done.stderr[-600:]}")
    return done.stdout


def audit(arguments, base):
    """The workflow finds what the audit finds, and every quote stands where it says."""
    home = os.path.join(base, "audit.home")
    corpus = os.path.join(arguments.root, "examples/orders-service")
    run = json.loads(fathom(arguments, home, "--json", "workflow", "run", "codebase-audit", "--input",
                            f"path={corpus}", status=1))  # it has critical findings
    check(run["state"] == "negative", f"codebase-audit: {run['state']}")
    found = next(step for step in run["steps"] if step["step"] == "audit")["output"]["findings"]
    direct = json.loads(fathom(arguments, home, "--json", "audit", corpus, "--no-files"))
    shown = [f for f in direct["findings"] if f["state"] == "shown"]
    check(len(found) == len(shown) > 10, f"{len(found)} findings, the audit shows {len(shown)}")
    for finding in found:
        with open(os.path.join(corpus, finding["path"]), encoding="utf-8") as file:
            line = file.read().splitlines()[finding["line"] - 1]
        # Secrets are masked from their third character on.
        quote = re.sub(r"(\\\*)+", ".*", re.escape(finding["quote"].splitlines()[0]))
        check(re.search(quote, line), f"{finding['path']}:{finding['line']} does not say so")


def questions(arguments, base):
    """A citation's bytes stand in the document; what it does not say is refused; the folder is read once."""
    home = os.path.join(base, "qa.home")
    corpus = os.path.join(arguments.root, "examples/handbook")
    words = ["--json", "workflow", "run", "doc-qa", "--input", f"path={corpus}"]
    for question in QUESTIONS:
        words += ["--input", f"questions={question}"]
    run = json.loads(fathom(arguments, home, *words))
    answers = [step for step in run["steps"] if step["step"] == "answers"]
    check(len(answers) == 2 and len(run["reports"]) == 2, f"{len(answers)} answers, {len(run['reports'])} reports")
    citation = answers[0]["output"]["citations"][0]
    with open(os.path.join(corpus, citation["path"]), encoding="utf-8") as file:
        line = file.read().splitlines()[citation["start"] - 1]
    check(citation["quote"] in line and "meal allowance" in line, f"cited {citation}")
    check(answers[1]["output"]["refused"], "a question without an answer was answered")
    check(answers[1]["usage"]["prefilled"] < 200, f"the corpus was read again: {answers[1]['usage']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--player", required=True)
    parser.add_argument("--fathom", required=True)
    parser.add_argument("--root", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        try:
            audit(arguments, base)
            questions(arguments, base)
            for scene in scenes():
                play(arguments, scene, base)
                if scene.expected == "done":
                    over_the_wire(arguments, scene, base)
        except Broken as error:
            print(f"broken: {error}")
            return 1
    print(f"codebase-audit and doc-qa with the embedded model, {len(scenes())} scenes of the others: as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
