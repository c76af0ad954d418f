#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tasks for `fathom agent` that take three steps (search, read, answer), made by a seed, and what they cost.

    agent_tasks.py --program build/release/fathom [--tasks 20] [--seed 1] [--model nano | --checkpoint FILE.gguf]
                   [--json FILE] [--least SHARE]

Each task is a folder of small files of which one states a value, and a question whose answer is that value. The agent has
search, read_file and list_files and nothing else; it runs as users run it, free-running, with the profile's sampling. An
answer is right when the value stands in it as a word of its own. The table has for each task: right, whether it searched
and read, calls, queries, prompt tokens (and of those cached), output tokens, seconds. Its last line is the sum.
--checkpoint takes nano's profile with other weights. --least SHARE: exit status 1 when fewer are right.
"""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

THINGS = ("queue depth|retry limit|cache size|session timeout|upload limit|page size|worker count|batch size|poll interval|"
          "grace period|lease time|buffer length|price margin|stock threshold|login attempts|token lifetime").split("|")
AREAS = ("billing shipping catalog search orders mailer importer gateway reports accounts inventory scheduler").split()
FORMS = {
    ".py": ("# Settings of the {area}.\n", "{key} = {value}\n", str.upper),
    ".ini": ("[{area}]\n", "{key} = {value}\n", str),
    ".yaml": ("# {area}\n", "{key}: {value}\n", str),
    ".md": ("# The {area}\n\n", "The {words} of the {area} is {value}.\n", str),
}
ASKS = ["What is the {words} of the {area}?", "Find the {words} of the {area} in the workspace.",
        "Which value does the {area} use as its {words}?", "Look up the {area}'s {words} and tell me the value."]


def make_task(rng, folder):
    """(question, value, path of the file that states it)."""
    areas = rng.sample(AREAS, rng.randint(3, 5))
    wanted_area, wanted = areas[0], rng.choice(THINGS)
    value = None
    for area in areas:
        suffix = rng.choice(list(FORMS))
        head, line, style = FORMS[suffix]
        things = rng.sample([thing for thing in THINGS if thing != wanted], rng.randint(3, 7))
        if area == wanted_area:
            things.insert(rng.randrange(len(things) + 1), wanted)
        text = head.format(area=area)
        for thing in things:
            number = rng.randint(2, 900)
            if (area, thing) == (wanted_area, wanted):
                value, path = number, f"{rng.choice(['', 'src/', 'config/'])}{area}{suffix}"
            text += line.format(key=style(thing.replace(" ", "_")), words=thing, area=area, value=number)
        target = folder / (path if area == wanted_area else f"{area}{suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return rng.choice(ASKS).format(words=wanted, area=wanted_area), str(value), path


def profile_for(checkpoint, root, folder):
    """nano's profile with other weights."""
    text = (root / "configs/models/nano.yaml").read_text()
    text = re.sub(r"(?m)^checkpoint:.*$", "checkpoint: " + str(pathlib.Path(checkpoint).resolve()), text)
    path = folder / "profile.yaml"
    path.write_text(text)
    return str(path)


def run_task(options, model, home, folder, question):
    command = [options.program, "--model", model, "--json", "agent", question, "--workspace", str(folder), "--yes-read",
               "--tools", "search,read_file,list_files", "--steps-max", "8", "--seconds-max", str(options.seconds)]
    environment = {**os.environ, "FATHOM_HOME": str(home)}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"agent_tasks: exit status {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)


def judged(result, value, path, question):
    calls = [call["name"] for call in result["calls"]]
    answer = result["answer"] or ""
    said = re.sub(r"\([^()\s]+:\d+\)", "", answer)  # the number of a cited line is not the value
    usage = result["usage"]
    return {"question": question, "value": value, "file": path, "stop": result["stop"], "answer": answer,
            "right": re.search(rf"(?<![\w.]){value}(?!\w|\.\d)", said) is not None,
            "searched": "search" in calls, "read": "read_file" in calls, "calls": len(calls), "steps": usage["steps"],
            "prompt": usage["prompt"], "cached": usage["cached"], "output": usage["output"],
            "seconds": round(usage["seconds"], 2)}


def print_table(rows):
    columns = ["calls", "steps", "prompt", "cached", "output", "seconds"]
    print(f"{'task':>4}  {'right':5}  {'search':6}  {'read':4}" + "".join(f"  {name:>8}" for name in columns) + "  stop")
    for number, row in enumerate(rows, 1):
        print(f"{number:>4}  {str(row['right']):5}  {str(row['searched']):6}  {str(row['read']):4}"
              + "".join(f"  {row[name]:>8}" for name in columns) + f"  {row['stop']}")
    total = {name: sum(row[name] for row in rows) for name in columns}
    right, searched, read = (sum(row[name] for row in rows) for name in ("right", "searched", "read"))
    print(f" all  {right:>5}  {searched:>6}  {read:>4}" + "".join(f"  {round(total[name], 1):>8}" for name in columns)
          + f"  of {len(rows)}")


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(root / "build/release/fathom"))
    parser.add_argument("--tasks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="nano")
    parser.add_argument("--checkpoint")
    parser.add_argument("--seconds", type=int, default=120, help="a task's time at most")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        model = profile_for(options.checkpoint, root, folder) if options.checkpoint else options.model
        for number in range(options.tasks):
            rng = random.Random(options.seed * 100_003 + number)
            workspace = folder / f"task-{number}"
            workspace.mkdir()
            question, value, path = make_task(rng, workspace)
            rows.append(judged(run_task(options, model, folder / "home", workspace, question), value, path, question))
    print_table(rows)
    right = sum(row["right"] for row in rows)
    if options.json:
        summary = {"model": options.checkpoint or options.model, "seed": options.seed, "tasks": len(rows), "right": right}
        pathlib.Path(options.json).write_text(json.dumps({**summary, "rows": rows}, indent=1) + "\n")
    return 1 if right < options.least * len(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
