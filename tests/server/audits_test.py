# SPDX-License-Identifier: Apache-2.0
"""Audits over HTTP: one run reads, questions candidates and reports what `fathom audit` reports; reports come in every
format and outlive the server; an earlier audit is a baseline; a suppression stands in .fathom.yaml and holds; a stopped
audit says that it is partial; nothing outside of the roots is read or written.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from api_test import parse
from server import Server


def audit(server, body):
    status, _, text = server.ask("POST", "/api/audits", {**body, "stream": True})
    assert status == 200, (status, text)
    return parse(text)


def report_of(server, audit_id):
    status, report = server.json("GET", f"/api/audits/{audit_id}/report")
    assert status == 200, report
    return report


def of_state(report, state):
    return {one["fingerprint"] for one in report["findings"] if one["state"] == state}


def check_events(events):
    names = [name for _, name, _ in events]
    assert [number for number, _, _ in events] == list(range(1, len(events) + 1))
    stages = [data["stage"] for _, name, data in events if name == "progress"]
    assert stages.index("read") < stages.index("candidates"), stages
    candidates = [data for _, name, data in events if name == "candidate"]
    assert {one["outcome"] for one in candidates} >= {"stands", "rejected"}
    assert all(one["reason"] for one in candidates if one["outcome"] == "rejected")
    assert names[-2:] == ["report", "done"] and events[-1][2]["state"] == "done"
    return events[-2][2]["audit"], candidates


def check_as_command_line(fathom, root, server, folder, report):
    env = {k: v for k, v in os.environ.items() if not k.startswith("FATHOM_")}
    env.update(FATHOM_HOME=server.home.name, FATHOM_ROOT=root)
    said = subprocess.run([fathom, "--quiet", "audit", "--no-files", "--format", "json", folder], env=env,
                          stdout=subprocess.PIPE, check=True).stdout
    mine = json.loads(said)
    for each in ("findings", "counts", "rules", "notes", "skipped"):
        assert mine[each] == report[each], each


def check_formats(server, audit_id, report):
    shown = len(of_state(report, "shown"))
    sarif = json.loads(server.ask("GET", f"/api/audits/{audit_id}/report?format=sarif")[2])
    fails = [one for one in sarif["runs"][0]["results"] if one["kind"] == "fail" and not one.get("suppressions")]
    assert len(fails) == shown
    for name, mark in (("html", b"<!doctype html"), ("text", b"findings"), ("github", b"::")):
        status, headers, text = server.ask("GET", f"/api/audits/{audit_id}/report?format={name}")
        assert status == 200 and mark in text.lower(), (name, text[:200])
        assert headers["content-disposition"].startswith("attachment"), headers
    assert server.json("GET", f"/api/audits/{audit_id}/report?format=pdf")[0] == 400


def check_suppression(server, folder, audit_id, report):
    finding = next(one for one in report["findings"] if one["state"] == "shown")
    before = report["counts"]["shown"]
    where = f"/api/audits/{audit_id}/suppress"
    body = {"fingerprint": finding["fingerprint"], "reason": "an enum, says \"the test\" # not a comment"}
    assert server.json("POST", where, {**body, "reason": "no"})[0] == 400
    assert server.json("POST", where, {**body, "fingerprint": "0" * 32})[0] == 404
    status, told = server.json("POST", where, body)
    assert status == 200 and told["state"] == "suppressed" and told["reason_place"].startswith(".fathom.yaml:"), told
    with open(os.path.join(folder, ".fathom.yaml")) as file:
        assert "an enum" in file.read()
    stored = report_of(server, audit_id)
    assert stored["counts"]["shown"] == before - 1 and stored["counts"]["suppressed"] == 1
    again = report_of(server, check_events(audit(server, {"path": folder}))[0]["id"])
    same = next(one for one in again["findings"] if one["fingerprint"] == finding["fingerprint"])
    assert same["state"] == "suppressed" and same["reason"] == body["reason"], same
    return again


def check_baseline(server, folder, first):
    added = os.path.join(folder, "added.py")
    with open(added, "w") as file:
        file.write("import hashlib\n\n\ndef token_of(password):\n    return hashlib.md5(password.encode()).hexdigest()\n")
    status, problem = server.json("POST", "/api/audits", {"path": folder, "baseline": "run-none"})
    assert status == 404, problem
    events = audit(server, {"path": folder, "baseline": first["id"]})
    report = report_of(server, events[-2][2]["audit"]["id"])
    new = [one for one in report["findings"] if one["state"] == "shown"]
    assert report["compared"]["baseline"] and report["counts"]["baseline"] > 10, report["counts"]
    assert new and all(one["path"] == "added.py" for one in new), new
    os.remove(added)


def check_doors(server, outside):
    for body in ({"path": outside}, {"path": "/etc"}, {"path": "../.."}):
        assert server.json("POST", "/api/audits", body)[0] == 403, body
    for body in ({}, {"path": "x", "corpus": "y"}, {"path": "x", "rulez": []}):
        assert server.json("POST", "/api/audits", body)[0] == 400, body
    assert server.json("GET", "/api/audits/run-none")[0] == 404
    assert server.json("GET", "/api/audits/run-none/report")[0] == 404
    assert server.json("POST", "/api/audits/run-none/suppress", {"fingerprint": "x", "reason": "because"})[0] == 404


class Files:
    """Only the corpus' files are shown, not whatever lies in its folder: neither before nor after the corpus' list is
    renewed, which it is every ten seconds. Other checks fill them."""

    def __init__(self, server, folder):
        self.server = server
        self.name = server.json("GET", "/api/corpora")[1]["corpora"][0]["name"]
        self.some = server.json("GET", f"/api/corpora/{self.name}/tree")[1]["per_file"][0]["path"]
        for hidden, text in (("secret.bin", b"\0\1 secret"), (".gitignore", b"private.txt\n"), ("private.txt", b"secret\n")):
            with open(os.path.join(folder, hidden), "wb") as file:
                file.write(text)
        self.check()
        self.listed = time.monotonic()

    def check(self):
        shown = lambda path: self.server.ask("GET", f"/api/files?corpus={self.name}&path={path}")[0]
        assert shown(self.some) == 200
        for path in ("secret.bin", "private.txt", ".git/config"):
            assert shown(path) == 404, path

    def check_renewed(self):
        time.sleep(max(0, self.listed + 11 - time.monotonic()))
        self.check()


def check_stopped(server, folder):
    """Stopped while it reads: the report says how far it came, or there is none; it never says that all is well."""
    for number in range(40):
        with open(os.path.join(folder, f"more{number}.py"), "w") as file:
            file.writelines(f"def f{number}_{line}(a, b):\n    return a * {line} + b\n" for line in range(200))
    status, run = server.json("POST", "/api/audits", {"path": folder})
    assert status == 202
    state = lambda: server.json("GET", f"/api/runs/{run['id']}")[1]
    assert server.wait_for(lambda: state()["last_event"] > 6, 30)
    assert server.json("GET", f"/api/audits/{run['id']}")[1]["state"] in ("queued", "running")
    server.json("POST", f"/api/runs/{run['id']}/cancel")
    assert server.wait_for(lambda: state()["state"] not in ("queued", "running"), 10)
    assert state()["state"] == "cancelled", state()
    status, report = server.json("GET", f"/api/audits/{run['id']}/report")
    assert status == 404 or report["partial"], report


def main():
    fathom, root = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as work:
        work = os.path.realpath(work)
        folder = os.path.join(work, "in", "orders-service")
        shutil.copytree(os.path.join(root, "examples/orders-service"), folder)
        for more in ("ops/migrations", "vitals-agent/src", "records-api/patients"):  # with what a check rejects
            shutil.copytree(os.path.join(root, "examples/clinic-portal", more), os.path.join(folder, os.path.basename(more)))
        with Server(fathom, root, "--root", os.path.join(work, "in")) as server:
            first, candidates = check_events(audit(server, {"path": "orders-service"}))
            report = report_of(server, first["id"])
            assert first["findings"] == report["counts"]["shown"] >= 20
            assert len(candidates) == report["numbers"]["candidates"] == len(report["findings"])
            assert all(one["context"] and any(line["marked"] for line in one["context"])
                       for one in report["findings"] if one["state"] == "shown")
            check_as_command_line(fathom, root, server, folder, report)
            check_formats(server, first["id"], report)
            files = Files(server, folder)
            check_baseline(server, folder, first)
            again = check_suppression(server, folder, first["id"], report)
            check_doors(server, work)
            files.check_renewed()
            listed = server.json("GET", "/api/audits")[1]["audits"]
            server.restart()
            assert server.json("GET", "/api/audits")[1]["audits"] == listed and len(listed) == 3
            newest = listed[0]["id"]
            assert report_of(server, newest) == again
            check_stopped(server, folder)
            assert server.json("DELETE", f"/api/audits/{newest}")[0] == 200
            assert server.json("GET", f"/api/audits/{newest}")[0] in (404,)
    print("audits start, report, compare, suppress and last")
    return 0


if __name__ == "__main__":
    sys.exit(main())
