# SPDX-License-Identifier: Apache-2.0
"""Sessions over HTTP: a turn runs with its events and is kept; it is searched, shown, forked, resumed, exported and
removed, as `fathom sessions` sees it too; nothing outside of the roots becomes a workspace. Workflows are listed,
shown, checked and bounded. What the status says is there, is.
"""
import fcntl
import json
import os
import subprocess
import sys

from api_test import parse
from server import Server


def first_turn(server):
    status, _, text = server.ask("POST", "/api/sessions", {
        "message": "What is 17 times 23? <img src=x> zanzibar", "workspace": "examples/handbook",
        "tools": ["calculate", "read_file"], "steps_max": 2, "stream": True})
    assert status == 200, text
    events = parse(text)
    assert [e[0] for e in events] == list(range(1, len(events) + 1))
    names = [e[1] for e in events]
    assert "model.started" in names and "model.done" in names and names[-1] == "done", names
    run = server.json("GET", "/api/runs")[1]["runs"][0]
    assert run["kind"] == "agent" and run["session"] and run["result"]["usage"]["output"] > 0, run
    return run["session"]


def check_kept(server, fathom, root, session):
    listed = server.json("GET", "/api/sessions?q=zanzibar")[1]["sessions"]
    assert [one["id"] for one in listed] == [session] and "zanzibar" in listed[0]["excerpt"]
    assert server.json("GET", "/api/sessions?q=nowhere")[1]["sessions"] == []
    one = server.json("GET", f"/api/sessions/{session}")[1]
    assert one["turns"] == 1 and one["tools"] == "calculate,read_file" and one["workspace"].endswith("handbook")
    assert [m["role"] for m in one["message_list"]][:2] == ["user", "assistant"], one
    assert server.json("GET", f"/api/sessions/{session}/export?format=json")[1] == one
    status, headers, text = server.ask("GET", f"/api/sessions/{session}/export?format=markdown")
    assert status == 200 and headers["content-type"].startswith("text/markdown") and b"zanzibar" in text
    assert server.json("GET", f"/api/sessions/{session}/export?format=pdf")[0] == 400
    env = {k: v for k, v in os.environ.items() if not k.startswith("FATHOM_")}
    env.update(FATHOM_HOME=server.home.name, FATHOM_ROOT=root)
    said = subprocess.run([fathom, "--json", "sessions", "list"], env=env, stdout=subprocess.PIPE, check=True).stdout
    assert session in said.decode(), said
    return one


def finished(server, run):
    assert server.wait_for(lambda: server.json("GET", f"/api/runs/{run}")[1]["state"] in ("done", "failed"), 60)
    return server.json("GET", f"/api/runs/{run}")[1]


def check_forks(server, session):
    status, fork = server.json("POST", f"/api/sessions/{session}/fork", {"turn": 1})
    assert status == 200 and fork["parent"] == session and fork["turns"] == 1, fork
    assert server.json("POST", f"/api/sessions/{session}/fork", {"turn": 2})[0] == 400
    open_turn = server.json("GET", f"/api/sessions/{session}")[1]["turn_state"] != "done"
    status, _ = server.json("POST", f"/api/sessions/{session}/resume", {})
    assert status == (202 if open_turn else 400)
    if open_turn:
        finished(server, server.json("GET", "/api/runs")[1]["runs"][0]["id"])
    status, run = server.json("POST", f"/api/sessions/{fork['id']}/resume", {"message": "and 2 more?", "steps_max": 1})
    assert status == 202 and run["session"] == fork["id"], run
    usage = finished(server, run["id"])["result"]["usage"]
    assert usage["cached"] > 0, "a fork goes on from the state of what it was forked from"
    assert server.json("GET", f"/api/sessions/{fork['id']}")[1]["turns"] == 2
    assert server.json("DELETE", f"/api/sessions/{session}")[1]["deleted"]
    assert server.json("GET", f"/api/sessions/{session}")[0] == 404
    assert server.json("GET", f"/api/sessions/{fork['id']}")[0] == 200
    return fork["id"]


def check_in_use(server, fathom, root, session):
    """Another process carries the session on: nobody resumes or removes it meanwhile."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("FATHOM_")}
    env.update(FATHOM_HOME=server.home.name, FATHOM_ROOT=root)
    with open(os.path.join(server.home.name, "data/locks"), "r+b") as locks:
        fcntl.lockf(locks, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for method, path in (("POST", f"/api/sessions/{session}/resume"), ("DELETE", f"/api/sessions/{session}")):
            status, said = server.json(method, path, {"message": "go on"} if method == "POST" else None)
            assert status == 409 and said["error"]["code"] == "busy" and "in use" in said["error"]["message"], said
        for words in (["chat", "--resume", session, "hello"], ["sessions", "rm", session]):
            ended = subprocess.run([fathom, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                   check=False)
            assert ended.returncode == 5 and "is in use" in ended.stderr, ended
    assert server.json("GET", f"/api/sessions/{session}")[0] == 200


def check_doors(server):
    for body in ({"message": "x", "workspace": "/etc"}, {"message": "x", "workspace": "../.."}):
        assert server.json("POST", "/api/sessions", body)[0] == 403, body
    for body in ({}, {"message": "x", "policy": "../x"}, {"message": "x", "steps_max": -1}, {"message": "x", "tool": 1},
                 {"message": "x", "workspace": "examples/handbook", "tools": ["none"]}):
        assert server.json("POST", "/api/sessions", body)[0] in (400, 404), body
    assert server.json("GET", "/api/approvals")[1] == {"approvals": []}
    assert server.json("POST", "/api/approvals/approval-none", {"decision": "allow"})[0] == 404
    assert server.json("POST", "/api/approvals/approval-none", {"decision": "maybe"})[0] == 400


def check_workflows(server):
    good = ("version: 1\nname: one\ninputs:\n  folder: {type: path}\ncorpus: ${{ inputs.folder }}\nsteps:\n"
            "  - id: find\n    audit: {}\n  - id: tell\n    needs: [find]\n    report: {text: \"all done\"}\n")
    status, checked = server.json("POST", "/api/workflows/check", {"yaml": good})
    assert status == 200 and checked["ok"], checked
    assert [node["id"] for node in checked["graph"]["nodes"]] == ["find", "tell"]
    assert checked["graph"]["edges"][0]["from"] == "find" and "tokens_max" in checked["bound"]
    wrong = server.json("POST", "/api/workflows/check", {"yaml": good.replace("needs: [find]", "needs: [fnd]")})[1]
    problem = wrong["problems"][0]
    assert not wrong["ok"] and problem["line"] == 10 and "find" in problem["suggestion"], wrong
    assert not server.json("POST", "/api/workflows/check", {"yaml": "a: [" * 50})[1]["ok"]
    assert "properties" in server.json("GET", "/api/workflows/schema")[1]
    for one in server.json("GET", "/api/workflows")[1]["workflows"]:
        whole = server.json("GET", f"/api/workflows/{one['name']}")[1]
        assert whole["checked"]["ok"] == one["ok"] and whole["yaml"], one
    assert server.json("GET", "/api/workflows/none")[0] == 404


def main():
    fathom, root = sys.argv[1:3]
    with Server(fathom, root) as server:
        session = first_turn(server)
        check_kept(server, fathom, root, session)
        fork = check_forks(server, session)
        check_in_use(server, fathom, root, fork)
        server.restart()
        one = server.json("GET", f"/api/sessions/{fork}")[1]
        assert one["turns"] == 2 and one["state"]["bytes"] > 0, one["state"]
        run = server.json("POST", f"/api/sessions/{fork}/resume", {"message": "go on", "steps_max": 1})[1]
        assert finished(server, run["id"])["result"]["usage"]["cached"] > 0, "the saved state was not used"
        check_doors(server)
        check_workflows(server)
        status = server.json("GET", "/api/status")[1]
        assert status["parts"]["sessions"] and status["memory"]["resident_bytes"] > status["memory"]["weights_bytes"] > 0
        assert status["prefix"]["hits"] > 0 and status["memory"]["kept_state_bytes"] > 0, status
    print("sessions run, fork, last and go; workflows are checked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
