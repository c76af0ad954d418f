#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second audit and a second question, each in a new process, read nothing and say the same.

    tests/eval/second_run_test.py [--program build/release/fathom]

In a state folder of its own: the first run must read the whole corpus (or the test would prove nothing), the second
prefills no corpus token, and both outputs are equal but for the clock and the counters of what was read. An audit with
--no-keep, which restores nothing, must agree too. What is kept is verified, and a state that lies is refused.
Exit 77: the model is absent.
"""
import argparse
import hashlib
import json
import os
import pathlib
import sqlite3
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
    """What is kept equals a new reading: of everything, or of the last tokens from a checkpoint on."""
    command = ["corpus", "verify", str(CORPUS)]
    whole = run(program, home, command + ["--all"])
    assert whole["same"] and whole["recomputed"] == whole["tokens"] > 5000, whole
    last = run(program, home, command + ["--last", "100"])
    assert last["same"] and last["tokens"] == whole["tokens"], last
    assert 100 <= last["recomputed"] < whole["tokens"], last
    with sqlite3.connect(next(pathlib.Path(home).glob("**/catalog.db"))) as db:
        key, scores = db.execute("SELECT key, scores FROM readings").fetchone()
        lie = scores[:-4] + bytes([scores[-4] ^ 1]) + scores[-3:]  # the lowest bit of the last line's last score
        for kept, ends in ((lie, (1, 1)), (scores, (0, 0))):
            db.execute("UPDATE readings SET scores = ? WHERE key = ?", (kept, key))
            db.commit()
            found = [subprocess.run([program, "--quiet"] + command + ending, capture_output=True, text=True, check=False,
                                    env={**os.environ, "FATHOM_HOME": home})
                     for ending in (["--all"], ["--last", "100"])]
            assert tuple(done.returncode != 0 for done in found) == ends, [done.stderr for done in found]
            assert all("scores of its lines" in done.stderr for done in found if done.returncode), found
    db.close()


def rewritten(state, old, new):
    """With `old` replaced in its header, which gets the checksum that fits: another program's file, not a damaged one."""
    end = 16 + int.from_bytes(state[12:16], "little")
    head = state[:end].replace(old, new, 1)
    assert head != state[:end] and len(head) == end, f"no {old} in the header"
    return head + hashlib.sha256(head).hexdigest().encode() + state[end + 64:]


def damaged(state, _):
    at = len(state) // 2
    return state[:at] + bytes([state[at] ^ 4]) + state[at + 1:]


def of_another_build(state, manifest):
    build = manifest["build"].encode()
    return rewritten(state, build, bytes(reversed(build)))


def of_an_older_format(state, _):
    return rewritten(state, state[8:12], (1).to_bytes(4, "little"))


def refused_states(program, home):
    """A damaged state and a foreign one are refused, naming file and reason, and read anew: then what is kept is whole."""
    corpus = str(CORPUS / "web")
    read = run(program, home, ["corpus", "ingest", corpus])
    assert read["prefilled"] == read["tokens"] > 0 and not read["refused"], read
    path, = pathlib.Path(home).glob("**/states/*.state")
    whole = path.read_bytes()
    manifest = json.loads(whole[16:16 + int.from_bytes(whole[12:16], "little")])
    for lie, reason in ((damaged, "does not match its checksum"), (of_another_build, "was saved with another build"),
                        (of_an_older_format, "has state format 1, this build reads")):
        path.write_bytes(lie(whole, manifest))
        rebuilt = run(program, home, ["corpus", "ingest", corpus])
        assert rebuilt["prefilled"] == read["tokens"], rebuilt
        assert len(rebuilt["refused"]) == 1 and reason in rebuilt["refused"][0], rebuilt
        assert path.name in rebuilt["refused"][0] and path.read_bytes() == whole, rebuilt
    # The same of the blocks beside it, which hold its first keys and values.
    blocks = [path.parent / "blocks" / manifest["page_blocks"][at:at + 32] for at in range(0, len(manifest["page_blocks"]), 32)]
    assert blocks, "the corpus is too small for a block"
    for block, lie, reason in ((blocks[0], damaged, "does not match its name"), (blocks[-1], None, "is missing")):
        content = block.read_bytes()
        if lie:
            block.write_bytes(lie(content, None))
        else:
            block.unlink()
        rebuilt = run(program, home, ["corpus", "ingest", corpus])
        assert rebuilt["prefilled"] == read["tokens"] and len(rebuilt["refused"]) == 1, rebuilt
        assert reason in rebuilt["refused"][0] and block.name in rebuilt["refused"][0], rebuilt
        assert block.read_bytes() == content and path.read_bytes() == whole, rebuilt
    path.write_bytes(damaged(whole, manifest))
    done = subprocess.run([program, "--quiet", "corpus", "verify", corpus], capture_output=True, text=True, check=False,
                          env={**os.environ, "FATHOM_HOME": home})
    assert done.returncode != 0 and path.name in done.stderr and "checksum" in done.stderr, (done.returncode, done.stderr)


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
    for test in (second_audit, second_question, refused_states):
        with tempfile.TemporaryDirectory(prefix="fathom-second-") as home:
            test(args.program, home)
        print(f"{test.__name__}: ok")


if __name__ == "__main__":
    main()
