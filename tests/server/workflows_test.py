# SPDX-License-Identifier: Apache-2.0
"""Runs of workflows over HTTP: bounded before they start, their steps' states as events that can be resumed, what they
ask answered at /api/approvals; one that was killed with its server or stopped goes on in another and does nothing twice;
no path leads out of the roots; `fathom workflow runs` sees the same.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile

from api_test import parse
from server import Server

# Asks a corpus, then a person, then computes and writes.
ASKING = """\
version: 1
name: asking
corpus: ${{ inputs.folder }}
inputs:
  folder: {type: path}
  question: {type: string, default: "What is the meal allowance on business trips?"}
tools:
  workspace: ${{ inputs.folder }}
  allow: [calculate, write_file]
steps:
  - id: answer
    ask: {question: "${{ inputs.question }}"}
  - id: agree
    needs: [answer]
    approve: {message: "Go on with ${{ steps.answer.output.text }}?"}
  - id: sum
    needs: [agree]
    tool: {name: calculate, arguments: {expression: 17 * 23}}
  - id: never
    needs: [sum]
    if: ${{ steps.sum.output.text != '391' }}
    report: {text: arithmetic is broken}
  - id: save
    needs: [sum]
    tool: {name: write_file, arguments: {path: sum.txt, content: "${{ steps.sum.output.text }}"}}
  - id: tell
    needs: [save]
    report: {text: "The sum is ${{ steps.sum.output.text }}.", file: "${{ inputs.folder }}/report.md"}
"""


def start(server, body, status=202):
    got, run = server.json("POST", "/api/workflow-runs", body)
    assert got == status, (got, run)
    return run


def kept(server, workflow_run):
    status, record = server.json("GET", f"/api/workflow-runs/{workflow_run}")
    assert status == 200, record
    return record


def states(record):
    return {step["step"]: step["state"] for step in record["steps"]}


def events_of(server, run, last=0):
    return parse(server.ask("GET", f"/api/runs/{run}/events", headers={"Last-Event-ID": str(last)})[2])


def waits(server, kind):
    assert server.wait_for(lambda: server.json("GET", "/api/approvals")[1]["approvals"], 60), "nothing is asked"
    (approval,) = server.json("GET", "/api/approvals")[1]["approvals"]
    assert approval["kind"] == kind, approval
    return approval


def decide(server, approval, decision="allow"):
    status, decided = server.json("POST", f"/api/approvals/{approval['id']}", {"decision": decision})
    assert status == 200 and decided["state"] != "waiting", decided


def ended(server, run):
    state = lambda: server.json("GET", f"/api/runs/{run}")[1]["state"]
    assert server.wait_for(lambda: state() in ("done", "failed", "cancelled"), 60), state()
    return server.json("GET", f"/api/runs/{run}")[1]


def check_bounds(server):
    check = lambda body: server.json("POST", "/api/workflows/check", body)[1]
    free, given = check({"yaml": ASKING}), check({"yaml": ASKING, "inputs": {"folder": "handbook"}})
    longer = check({"yaml": ASKING, "inputs": {"folder": "handbook", "question": "why? " * 100}})
    assert free["ok"] and "inputs_problem" not in free and given["inputs_problem"] is None, given
    bound = given["bound"]["tokens_max"]
    assert 0 < bound <= free["bound"]["tokens_max"] and longer["bound"]["tokens_max"] > bound, (free, given, longer)
    assert "folder" in check({"yaml": ASKING, "inputs": {}})["inputs_problem"]
    assert check({"workflow": "doc-qa", "inputs": {"path": "handbook", "questions": ["a?", "b?"]}})["inputs_problem"] is None
    assert check({"workflow": "doc-qa", "inputs": {"path": "/etc", "questions": ["a?"]}})["inputs_problem"]
    refused = start(server, {"yaml": ASKING, "inputs": {"folder": "handbook"}, "bound_tokens": bound - 1}, 400)
    assert refused["error"]["code"] == "limit_exceeded" and str(bound) in refused["error"]["message"], refused
    return bound


def check_doors(server, outside):
    good = {"yaml": ASKING, "inputs": {"folder": "handbook"}}
    for folder in ("/etc", "../..", outside, "handbook/../../.."):
        assert start(server, {**good, "inputs": {"folder": folder}}, 403)["error"]["code"] == "denied", folder
    report = ("version: 1\nname: r\nsteps:\n  - id: tell\n    report: {text: x, file: FILE}\n")
    for file in ("/tmp/fathom-report.md", "../x.md", "handbook/.git/hooks/post-commit", ".fathom.yaml", "handbook/..",
                 os.path.join(outside, "x.md")):
        start(server, {"yaml": report.replace("FILE", file)}, 403 if file != "handbook/.." else 400)
    for body in ({}, {"workflow": "doc-qa", "yaml": ASKING}, {"workflow": "doc-qa", "inputs": []},
                 {**good, "inputs": {"foldr": "x"}}, {**good, "tokens": 1}, {**good, "tokens_max": -1},
                 {**good, "from": "sum"}, {**good, "model": "other"}, {"yaml": "version: 1\nname: x\nsteps: []\n"}):
        start(server, body, 400)
    other = start(server, {"workflow": "maths", "inputs": {"problem": "1 + 1"}}, 400)
    assert other["error"]["code"] == "other_model", other
    start(server, {"workflow": "none"}, 404)
    start(server, {"workflow": "../../configs/workflows/doc-qa.yaml"}, 404)
    start(server, {**good, "with": "w-00", "from": "sum"}, 404)
    assert server.json("GET", "/api/workflow-runs/w-none")[0] == 404
    assert server.json("POST", "/api/workflow-runs/w-none/resume", {})[0] == 404
    assert server.json("GET", "/api/workflow-runs")[1] == {"workflow_runs": []}, "what is refused leaves nothing"


def check_killed(server, bound, folder):
    """Killed while it waits for a person: listed as resumable, and goes on without asking the model again."""
    run = start(server, {"yaml": ASKING, "inputs": {"folder": "handbook"}, "bound_tokens": bound})
    assert run["kind"] == "workflow" and run["bound"]["tokens_max"] == bound, run
    workflow_run = run["workflow_run"]
    approval = waits(server, "approve")
    assert approval["run"] == run["id"] and approval["step"] == "agree" and approval["arguments"].startswith("Go on with")
    record = kept(server, workflow_run)
    assert states(record) == {"answer": "done", "agree": "running"} and not record["resumable"], record
    assert record["run"]["state"] == "waiting" and record["run"]["id"] == run["id"]
    assert record["steps"][0]["usage"]["prompt"] > 0 and record["steps"][0]["output"]["citations"]
    assert [node["id"] for node in record["graph"]["nodes"]] == ["answer", "agree", "sum", "never", "save", "tell"]
    for body, path in (({}, f"/api/workflow-runs/{workflow_run}/resume"),):
        assert server.json("POST", path, body)[0] == 409, "it runs already"
    assert server.json("DELETE", f"/api/workflow-runs/{workflow_run}")[0] == 409
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server.process.stdout.close()
    server.open()
    (listed,) = server.json("GET", "/api/workflow-runs")[1]["workflow_runs"]
    assert listed["id"] == workflow_run and listed["resumable"] and listed["run"] is None, listed
    assert listed["state"] == "open" and listed["workflow"] == "asking"
    status, again = server.json("POST", f"/api/workflow-runs/{workflow_run}/resume", {})
    assert status == 202 and again["workflow_run"] == workflow_run and again["id"] != run["id"], again
    decide(server, waits(server, "approve"))
    write = waits(server, "tool")
    assert write["tool"] == "write_file" and write["effect"] == "write_workspace" and write["step"] == "save", write
    assert "sum.txt" in write["arguments"] and not os.path.exists(os.path.join(folder, "sum.txt"))
    decide(server, write)
    done = ended(server, again["id"])
    assert done["state"] == "done" and done["result"]["state"] == "done", done
    assert done["result"]["reports"] == ["The sum is 391."]
    finished = kept(server, workflow_run)
    assert states(finished) == {"answer": "done", "agree": "done", "sum": "done", "never": "skipped", "save": "done",
                                "tell": "done"}
    assert finished["steps"][0] == record["steps"][0], "what was done was done again"
    assert not finished["resumable"] and finished["run"] is None
    for name, text in (("sum.txt", "391"), ("report.md", "The sum is 391.")):
        with open(os.path.join(folder, name)) as file:
            assert file.read() == text, name
        os.remove(os.path.join(folder, name))
    assert server.json("POST", f"/api/workflow-runs/{workflow_run}/resume", {})[0] == 400
    return workflow_run, again["id"]


def check_events(server, run):
    events = events_of(server, run)
    assert [number for number, _, _ in events] == list(range(1, len(events) + 1))
    told = [(name, data["data"].get("step")) for _, name, data in events if name.startswith("step.")]
    assert told == [("step.started", "agree"), ("step.asked", "agree"), ("step.answered", "agree"),
                    ("step.done", "agree"), ("step.started", "sum"), ("step.done", "sum"), ("step.skipped", "never"),
                    ("step.started", "save"), ("step.asked", "save"), ("step.answered", "save"), ("step.done", "save"),
                    ("step.started", "tell"), ("step.done", "tell")], told
    first = next(data["data"] for _, name, data in events if name == "workflow.started")
    assert first["resumed"] and events[-2][1] == "workflow.done" and events[-1][1] == "done"
    for last in (3, len(events) - 1):
        assert events_of(server, run, last) == events[last:]


def check_stopped(server):
    """Stopped while it waits, then refused by a person, then taken up from a later step of an earlier run."""
    run = start(server, {"yaml": ASKING, "inputs": {"folder": "handbook"}})
    waits(server, "approve")
    server.json("POST", f"/api/runs/{run['id']}/cancel")
    assert ended(server, run["id"])["state"] == "cancelled"
    assert server.json("GET", "/api/approvals")[1]["approvals"] == []
    record = kept(server, run["workflow_run"])
    assert record["state"] == "paused" and record["resumable"] and states(record)["agree"] == "waiting", record
    answered = [data["data"] for _, name, data in events_of(server, run["id"]) if name == "step.answered"]
    assert answered == [{"step": "agree", "instance": 0, "allowed": None}], answered
    again = server.json("POST", f"/api/workflow-runs/{run['workflow_run']}/resume", {})[1]
    decide(server, waits(server, "approve"), "deny")
    assert ended(server, again["id"])["result"]["state"] == "negative"
    record = kept(server, run["workflow_run"])
    assert record["state"] == "negative" and not record["resumable"] and states(record)["agree"] == "failed"
    return run["workflow_run"]


def check_from(server, earlier, bound):
    run = start(server, {"yaml": ASKING, "with": earlier, "from": "sum"})
    decide(server, waits(server, "tool"), "deny")
    assert ended(server, run["id"])["state"] == "failed"
    record = kept(server, run["workflow_run"])
    by_id = {step["step"]: step for step in record["steps"]}
    assert by_id["answer"]["kept_from"] == by_id["agree"]["kept_from"] == earlier and record["from_run"] == earlier
    assert by_id["sum"]["kept_from"] == "" and by_id["save"]["state"] == "failed" and record["resumable"], by_id
    assert record["usage"]["prompt"] == 0, "steps that are kept cost nothing"
    assert server.json("DELETE", f"/api/workflow-runs/{run['workflow_run']}")[1] == {"deleted": True}
    assert server.json("GET", f"/api/workflow-runs/{run['workflow_run']}")[0] == 404


def check_budget(server):
    """A budget pauses; with more it goes on. The matrix' instances are steps of their own."""
    inputs = {"path": "handbook", "questions": ["What is the meal allowance on business trips?", "Who is the chief?"]}
    body = {"workflow": "doc-qa", "inputs": inputs}
    run = start(server, {**body, "tokens_max": 1})
    assert ended(server, run["id"])["result"]["state"] == "paused"
    record = kept(server, run["workflow_run"])
    assert record["state"] == "paused" and "tokens" in record["reason"] and len(record["steps"]) == 1, record
    status, _, text = server.ask("POST", f"/api/workflow-runs/{run['workflow_run']}/resume", {"stream": True})
    events = parse(text)
    assert status == 200 and events[-1][2]["state"] == "done", events[-1]
    record = kept(server, run["workflow_run"])
    assert [(s["step"], s["instance"]) for s in record["steps"]] == [("answers", 0), ("answers", 1), ("report", 0),
                                                                     ("report", 1)]
    assert record["state"] == "done" and record["usage"]["output"] > 0


def check_command_line(server, fathom, root, workflow_run):
    env = {k: v for k, v in os.environ.items() if not k.startswith("FATHOM_")}
    env.update(FATHOM_HOME=server.home.name, FATHOM_ROOT=root)
    said = subprocess.run([fathom, "--json", "workflow", "runs", workflow_run], env=env, stdout=subprocess.PIPE, check=True)
    mine = json.loads(said.stdout)
    assert mine["steps"] == kept(server, workflow_run)["steps"] and mine["state"] == "done"


def main():
    fathom, root = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as work:
        work = os.path.realpath(work)
        folder = os.path.join(work, "in", "handbook")
        os.mkdir(os.path.join(work, "in"))
        subprocess.run(["cp", "-r", os.path.join(root, "examples/handbook"), folder], check=True)
        os.makedirs(os.path.join(folder, ".git", "hooks"))
        with Server(fathom, root, "--root", os.path.join(work, "in")) as server:
            bound = check_bounds(server)
            check_doors(server, work)
            workflow_run, run = check_killed(server, bound, folder)
            check_events(server, run)
            check_command_line(server, fathom, root, workflow_run)
            check_from(server, workflow_run, bound)
            check_stopped(server)
            check_budget(server)
            assert server.json("GET", "/api/status")[1]["parts"]["workflow_runs"]
    print("workflows are bounded, run, ask, stop, survive and go on")
    return 0


if __name__ == "__main__":
    sys.exit(main())
