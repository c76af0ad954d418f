# SPDX-License-Identifier: Apache-2.0
"""The dashboard's own routes: a corpus is planned, read and asked; its run's events can be resumed at any id;
citations stand in the file that /api/files shows; nothing outside of the roots can be read.
"""
import json
import os
import sys

from server import Server


def parse(text):
    """[(id, event, data)] of a stream."""
    found = []
    for block in text.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if fields:
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def check_corpus(server):
    status, plan = server.json("POST", "/api/corpora/plan", {"path": "examples/handbook"})
    in_files = sum(f["tokens"] for f in plan["per_file"])  # the rest opens and closes the windows
    assert status == 200 and 0 < in_files <= plan["tokens"] < in_files + 100 * plan["windows"], plan
    status, _, text = server.ask("POST", "/api/corpora", {"path": "examples/handbook", "stream": True})
    events = parse(text)
    assert [e[0] for e in events] == list(range(1, len(events) + 1)), "ids without gaps"
    assert events[-1][1] == "done" and events[-1][2]["state"] == "done", events[-1]
    corpora = server.json("GET", "/api/corpora")[1]["corpora"]
    assert len(corpora) == 1 and corpora[0]["root"].endswith("examples/handbook")
    name = corpora[0]["name"]
    assert server.json("GET", f"/api/corpora/{name}")[1] == corpora[0]
    assert server.json("GET", "/api/corpora/handbook")[1] == corpora[0]
    assert server.json("GET", f"/api/corpora/{name}/tree")[1] == plan
    assert server.json("GET", "/api/corpora/none")[0] == 404
    return name


def check_ask(server, name):
    question = "What is the meal allowance on business trips?"
    status, _, text = server.ask("POST", "/api/ask", {"corpus": name, "question": question, "stream": True})
    events = parse(text)
    answer = next(e[2]["answer"] for e in events if e[1] == "answer")
    assert answer["question"] == question and answer["citations"], answer
    assert answer["usage"]["corpus_prefilled"] == 0, "the corpus was read again"
    for citation in answer["citations"]:
        shown = server.json("GET", f"/api/files?corpus={name}&path={citation['path']}&line={citation['start']}"
                                   "&context=2")[1]
        line = shown["lines"][citation["start"] - shown["first_line"]]
        assert citation["quote"] in line, (citation, line)
    run = server.json("GET", "/api/runs")[1]["runs"][0]
    assert run["state"] == "done" and run["last_event"] == len(events) and run["result"] == answer
    for last in (0, 1, len(events) - 1, len(events)):
        again = parse(server.ask("GET", f"/api/runs/{run['id']}/events", headers={"Last-Event-ID": str(last)})[2])
        assert again == events[last:], last
    assert parse(server.ask("GET", f"/api/runs/{run['id']}/events?after=2")[2]) == events[2:]
    assert server.json("GET", "/api/runs/run-none")[0] == 404
    status, started = server.json("POST", "/api/ask", {"corpus": name, "question": question})
    assert status == 202 and started["state"] in ("queued", "running", "done")
    assert server.wait_for(lambda: server.json("GET", f"/api/runs/{started['id']}")[1]["state"] == "done", 60)


def check_doors(server, name, root):
    outside = os.path.join(server.home.name, "secret")
    with open(outside, "w") as file:
        file.write("secret")
    link = os.path.join(server.home.name, "link")
    os.symlink("/etc", link)
    for path in ("/etc", "../..", "/etc/passwd", outside, server.home.name, root + "/../.."):
        for route in ("/api/corpora/plan", "/api/corpora"):
            status, answer = server.json("POST", route, {"path": path})
            assert status == 403, (route, path, status)
            assert path.strip("./") == "" or path not in answer["error"]["message"]
    for path in ("../../README.md", "/etc/passwd", "%2e%2e/%2e%2e/README.md", "", "a%00b", "none.md"):
        assert server.ask("GET", f"/api/files?corpus={name}&path={path}")[0] == 404, path


def main():
    fathom, root = sys.argv[1:3]
    with Server(fathom, root) as server:
        name = check_corpus(server)
        check_ask(server, name)
        check_doors(server, name, root)
        status = server.json("GET", "/api/status")[1]
        assert status["model"]["name"] == "nano" and status["totals"]["output_tokens"] > 0
        assert server.json("DELETE", f"/api/corpora/{name}")[1]["freed_bytes"] > 0
        assert server.json("GET", "/api/corpora")[1]["corpora"] == []
    print("corpora, questions, runs and files hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
