#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`fathom model eval` scores what the model wrote: expected as written it is right, expected otherwise it is wrong. Calls fit their tools.

    tests/eval/model_eval_test.py --program build/release/fathom

What the model says does not matter here, only that the score follows it. Exit 77: the model is absent.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = {"name": "get_weather", "description": "Returns the weather of a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}
CITIES = ["Quito", "Lima"]
CLOSED = {**TOOL, "parameters": {"type": "object", "properties": {"city": {"type": "string", "enum": CITIES}}, "required": ["city"]}}
FILES = [{"path": "app/limits.py", "text": "import os\n\nRETRY_LIMIT = 7\n\nprint(os.name)\n"}]


def scored(program, items):
    with tempfile.TemporaryDirectory(prefix="fathom-eval-") as folder:
        path = pathlib.Path(folder) / "items.jsonl"
        path.write_text("".join(json.dumps(item) + "\n" for item in items))
        done = subprocess.run([program, "model", "eval", str(path), "--json", "--quiet", "--threads", "1", "--failures", "9"],
                              capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {s["set"]: s for s in json.loads(done.stdout)["sets"]}


def items(quote, contains, weak):
    messages = [{"role": "user", "content": "Good morning!"}]
    ask = {"question": "What is the value of `RETRY_LIMIT`?", "term": "RETRY_LIMIT", "quote": quote}
    return [{"kind": "quote", "set": "quote", "files": FILES, "asks": [ask]},
            {"kind": "text", "set": "text", "messages": messages, "tools": [TOOL], "contains": contains},
            {"kind": "call", "set": "call", "messages": messages, "tools": [TOOL], "calls": [{"name": "no_such_tool", "arguments": {}}]},
            {"kind": "audit", "set": "audit", "files": FILES, "weak": weak, "open": []}]


def held(program):
    """What is written of a tool whose schema does not allow what the request says."""
    asked = ("What is the weather in Oslo?", "Get the weather of Bergen.", "weather in Paris")
    found = scored(program, [{"kind": "call", "set": text, "messages": [{"role": "user", "content": text}], "tools": [CLOSED],
                              "calls": [{"name": "no_such_tool", "arguments": {}}]} for text in asked])
    return [found[text]["failures"][0]["wrote"] for text in asked]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    args = parser.parse_args()
    if not (ROOT / "models/nano/nano.gguf").exists():
        sys.exit(77)
    weak = [{"path": "app/limits.py", "line": 5, "family": "xss"}]
    wrong = scored(args.program, items("nobody writes this", ["nobody writes this"], weak))
    assert [wrong[name]["right"] for name in ("quote", "text", "call")] == [0, 0, 0], wrong
    assert wrong["audit"]["count"] == 5 and wrong["audit"]["all"]["weak"] == 1, wrong["audit"]
    wrote = {name: wrong[name]["failures"][0]["wrote"] for name in ("quote", "text")}
    print(wrote)
    right = scored(args.program, items(wrote["quote"], [wrote["text"] or " "], []))
    assert right["quote"]["right"] == 1, right
    assert right["text"]["right"] == ("<tool_calls>" not in wrote["text"] and wrote["text"] != ""), right
    assert right["audit"]["all"]["weak"] == 0, right["audit"]
    assert [at["threshold"] for at in right["audit"]["thresholds"]] == [n / 10 for n in range(1, 10)], right["audit"]
    assert right["quote"]["speed"]["tokens_read_per_second"] > 0, right["quote"]
    long = {"kind": "text", "set": "long", "messages": [{"role": "user", "content": "word " * 20_000}], "tools": [], "contains": ["word"]}
    found = scored(args.program, [long, {**long, "messages": [{"role": "user", "content": "word"}]}])["long"]
    assert (found["count"], found["unanswered"]) == (2, 1), found
    calls = [text.removeprefix("get_weather ") for text in held(args.program) if text.startswith("get_weather ")]
    print(calls)
    assert all(json.loads(call)["city"] in CITIES for call in calls), calls
    assert calls, "nothing was called: choose other requests"
    print("scores follow the output, calls are held to their schemas")


if __name__ == "__main__":
    main()
