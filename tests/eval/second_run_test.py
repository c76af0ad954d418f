#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second audit and a second question, each in a new process, read nothing and say the same.

    tests/eval/second_run_test.py [--program build/release/fathom]

In a state folder of its own: the first run must read the whole corpus (or the test would prove nothing), the second
prefills no corpus token, and both outputs are equal but for the clock and the counters of what was read. An audit with
--no-keep, which restores nothing, must agree too. Exit 77: the model is absent.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "examples/orders-service"
QUESTIONS = ROOT / "examples/orders-service.questions.json"
CLOCK = {"started", "seconds", "read_seconds", "restore_seconds", "audit_seconds"}
COUNTERS = {"prefilled", "restored", "windows_read", "corpus_prefilled", "cached", "state_saved", "state_bytes"}


def run(program, home, arguments):
    done = subprocess.run([program, "--json", "--quiet", "--threads", "1"] + arguments, capture_output=True, text=True,
                          check=False, env={**os.environ, "FATHOM_HOME": home})
    assert done.returncode == 0, f"{arguments[0]} ended with {done.returncode}:\n{done.stderr}"
    return json.loads(done.stdout)


def without(value, keys):
    if isinstance(value, dict):
        return {k: without(v, keys) for k, v in value.items() if k not in keys}
    return [without(v, keys) for v in value] if isinstance(value, list) else value


def expect_same(first, second, what):
    assert without(first, CLOCK | COUNTERS) == without(second, CLOCK | COUNTERS), f"{what} differs:\n{first}\n{second}"


def second_audit(program, home):
    command = ["audit", str(CORPUS), "--no-files"]
    first, second = run(program, home, command), run(program, home, command)
    assert first["numbers"]["prefilled"] == first["numbers"]["tokens"] > 5000, first["numbers"]
    assert second["numbers"]["prefilled"] == 0, second["numbers"]
    assert second["numbers"]["restored"] == first["numbers"]["tokens"], second["numbers"]
    assert first["findings"], "the first audit finds nothing, so there is nothing to compare"
    expect_same(first, second, "the second audit")
    verify(program, home)
    with tempfile.TemporaryDirectory(prefix="fathom-second-") as empty:
        expect_same(first, run(program, empty, ["--no-keep"] + command), "an audit that keeps nothing")


def verify(program, home):
    """What is kept equals a new reading; a damaged state is not believed."""
    command = ["corpus", "verify", str(CORPUS)]
    verified = run(program, home, command)
    assert verified["same"] and verified["tokens"] > 5000, verified
    states = list(pathlib.Path(home).glob("**/states/*"))
    assert states, "no state was kept"
    for state in states:
        damaged = bytearray(state.read_bytes())
        damaged[len(damaged) // 2] ^= 4
        state.write_bytes(damaged)
    done = subprocess.run([program, "--quiet"] + command, capture_output=True, text=True, check=False,
                          env={**os.environ, "FATHOM_HOME": home})
    assert done.returncode != 0 and "nothing is kept" in done.stderr, (done.returncode, done.stderr)


def second_question(program, home):
    asked = next(q["question"] for q in json.loads(QUESTIONS.read_text())["questions"]
                 if q["phrasing"] == "canonical" and q["file"])
    command = ["ask", str(CORPUS), asked]
    first, second = run(program, home, command), run(program, home, command)
    assert first["usage"]["corpus_prefilled"] > 5000, first["usage"]
    assert second["usage"]["corpus_prefilled"] == 0, second["usage"]
    assert second["usage"]["cached"] >= first["usage"]["corpus_prefilled"], second["usage"]
    assert first["answer"], "the first run does not answer, so there is nothing to compare"
    expect_same(first, second, "the second answer")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    args = parser.parse_args()
    if not (ROOT / "models/nano/nano.gguf").exists():
        print("the model is absent", file=sys.stderr)
        sys.exit(77)
    for test in (second_audit, second_question):
        with tempfile.TemporaryDirectory(prefix="fathom-second-") as home:
            test(args.program, home)
        print(f"{test.__name__}: ok")


if __name__ == "__main__":
    main()
