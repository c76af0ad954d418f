#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the program on examples/ from its own free-running output.

    tests/eval/score_examples.py [--program build/release/fathom] [--model M] [--json FILE] [--check] [--control]
                                 [--example NAME] {audit,ask,all}

audit: a shown finding matches a site when file and family agree and the lines overlap; a finding that matches no real
site is false. ask: an answer is right when it contains one of `accept`; an unanswerable question is right when refused;
a citation is true when its bytes stand at its place in the file and its line is the asked one.
--example: the audit is of that example instead of orders-service; by_family has found, weak and false of each family.
--check ends with 1 when a figure misses its bar (the *_MIN below). --control scores the same shape with random weights
instead of the model, and ends with 1 when it finds or answers anything to speak of: that would not be the model's
doing. Random weights show some 150 findings on the 620 lines of the example, so a few hit by chance: the bar holds for
every one of CONTROL_SEEDS (or of the seeds up to --seeds), and each seed's figures are printed.
Everything is read anew, into a state folder of its own that is removed afterwards. Exit 77: the model is absent.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROFILE = ROOT / "configs/models/nano.yaml"
WEIGHTS = "models/nano/nano.gguf"
# Of the phrasings the program rewrites to; figures on free ones are stated, not promised.
PRECISION_MIN, RECALL_MIN, EXACT_MIN, CITED_MIN, REFUSED_MIN = 0.8, 0.5, 0.6, 0.8, 0.7
THREADS = "1"  # answers are short and tests run beside each other: threads would wait for one another
CONTROL_RECALL_MAX, CONTROL_EXACT_MAX = 0.1, 0.05
CONTROL_SEEDS = 5


def run(program, model, arguments, stdin=None):
    command = [program] + (["--model", model] if model else [])
    command += ["--json", "--quiet", "--threads", THREADS] + arguments
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def audit(program, model, name):
    answers = json.loads((EXAMPLES / f"{name}.answers.json").read_text())
    report = json.loads(run(program, model, ["audit", str(EXAMPLES / answers["root"]), "--no-files"]))
    shown = [f for f in report["findings"] if f["state"] == "shown"]
    real = [s for s in answers["sites"] if s["real"]]
    alike = [s for s in answers["sites"] if not s["real"]]

    def matches(finding, site):
        place = finding
        return (place["path"] == site["file"] and finding["family"] == site["family"]
                and place["start"] <= site["end"] and site["start"] <= place["end"])

    hit = {s["id"] for s in real if any(matches(f, s) for f in shown)}
    false = [f for f in shown if not any(matches(f, s) for s in real)]
    quotes = sum(quote_stands(EXAMPLES / answers["root"], f) for f in shown)
    return {
        "shown": len(shown), "true": len(shown) - len(false), "false": len(false),
        "precision": round((len(shown) - len(false)) / len(shown), 3) if shown else None,
        "recall": round(len(hit) / len(real), 3), "sites": len(real),
        "cross_file_found": sum(1 for s in real if s.get("source_file") and s["id"] in hit),
        "cross_file": sum(1 for s in real if s.get("source_file")),
        "look_alikes_flagged": sum(any(matches(f, s) for f in shown) for s in alike),
        "quotes_standing": quotes,
        "by_family": {family: {"found": sum(s["family"] == family for s in real if s["id"] in hit),
                               "weak": sum(s["family"] == family for s in real),
                               "false": sum(f["family"] == family for f in false)}
                      for family in sorted({s["family"] for s in real})},
        "missed": sorted(s["id"] for s in real if s["id"] not in hit),
        "false_findings": ["%s:%d %s %.2f" % (f["path"], f["start"], f["family"], f["confidence"]) for f in false],
    }


def quote_stands(root, place):
    """The lines of the finding are where it says (secrets are masked in reports: only the place can be compared)."""
    data = (root / place["path"]).read_bytes()
    before = data[:place["byte_start"]].count(b"\n") + 1
    text = data[place["byte_start"]:place["byte_end"]].decode(errors="replace")
    return before == place["start"] and (text == place["quote"] or "*" in place["quote"] or "…" in place["quote"])


def normal(text):
    return " ".join((text or "").split())


def ask(program, model, name):
    questions = json.loads((EXAMPLES / f"{name}.questions.json").read_text())["questions"]
    root = EXAMPLES / name
    stdin = "".join(q["question"] + "\n" for q in questions)
    answers = [json.loads(line) for line in run(program, model, ["ask", str(root), "--stdin"], stdin).splitlines()]
    assert len(answers) == len(questions), f"{len(answers)} answers to {len(questions)} questions"
    result = {}
    wrong = []
    for phrasing in ("canonical", "free"):
        pairs = [(q, a) for q, a in zip(questions, answers) if q["phrasing"] == phrasing]
        known = [(q, a) for q, a in pairs if q["file"]]
        absent = [(q, a) for q, a in pairs if not q["file"]]
        answered = [(q, a) for q, a in known if not a["refused"]]
        exact = [q["id"] for q, a in known if any(normal(s) in normal(a["answer"]) for s in q["accept"])]
        cited = [q["id"] for q, a in answered if any(true_citation(root, q, c) for c in a["citations"])]
        wrong += [f"{q['id']} {q['question']} -> {a['asked']} -> {'<none>' if a['refused'] else a['answer']}"
                  for q, a in known if q["id"] not in exact]
        wrong += [f"{q['id']} {q['question']} -> {a['asked']} -> {a['answer']}" for q, a in absent if not a["refused"]]
        result[phrasing] = {
            "questions": len(known), "exact": len(exact), "exact_share": round(len(exact) / len(known), 3),
            "answered": len(answered), "true_citation": len(cited),
            "true_citation_share": round(len(cited) / len(answered), 3) if answered else None,
            "unanswerable": len(absent), "refused": sum(a["refused"] for _, a in absent),
        }
    shown = sum(len(a["citations"]) for a in answers)
    dropped = sum(len(a["dropped_citations"]) for a in answers)
    result["citations_shown"], result["citations_dropped"] = shown, dropped
    result["drop_rate"] = round(dropped / (shown + dropped), 3) if shown + dropped else None
    result["wrong"] = wrong
    return result


def true_citation(root, question, citation):
    data = (root / citation["path"]).read_bytes()
    stands = data[citation["byte_start"]:citation["byte_end"]].decode(errors="replace") == citation["quote"]
    return stands and citation["path"] == question["file"] and citation["start"] <= question["line"] <= citation["end"]


def missed_bars(result):
    """Every promise of the product that the figures break."""
    missed = []

    def need(name, value, least):
        if value is None or value < least:
            missed.append(f"{name} is {value}, at least {least} is promised")

    for name, part in result.items():
        if name == "audit":
            need("audit precision", part["precision"], PRECISION_MIN)
            need("audit recall", part["recall"], RECALL_MIN)
            need("audit quotes standing", part["quotes_standing"], part["shown"])
            continue
        need(f"{name} exact", part["canonical"]["exact_share"], EXACT_MIN)
        need(f"{name} true citations", part["canonical"]["true_citation_share"], CITED_MIN)
        need(f"{name} refused", round(part["canonical"]["refused"] / part["canonical"]["unanswerable"], 3), REFUSED_MIN)
    return missed


def control_successes(result):
    """What random weights must not achieve, and did."""
    found = []
    for name, part in result.items():
        if name == "audit":
            worst = part["recall_max"]
            if worst > CONTROL_RECALL_MAX:
                found.append(f"random weights find {worst} of the sites, at most {CONTROL_RECALL_MAX} expected")
            continue
        for phrasing in ("canonical", "free"):
            share = part[phrasing]["exact_share"]
            if share > CONTROL_EXACT_MAX:
                found.append(f"{name}: random weights answer {share} of {phrasing}, "
                             f"at most {CONTROL_EXACT_MAX} expected")
    return found


def random_profile(folder, seed):
    """Profile of a model of nano's shape whose weights are random."""
    weights, profile = pathlib.Path(folder) / "random.gguf", pathlib.Path(folder) / "random.yaml"
    subprocess.run([sys.executable, str(ROOT / "tests/eval/randomize_gguf.py"), str(ROOT / WEIGHTS), str(weights),
                    "--seed", str(seed)], check=True)
    for file in ("tokenizer.json", "tokenizer_config.json", "config.json"):
        (weights.parent / file).write_bytes(((ROOT / WEIGHTS).parent / file).read_bytes())
    text = PROFILE.read_text()
    changes = {f"checkpoint: {WEIGHTS} ": f"checkpoint: {weights} ", "\nname: nano\n": "\nname: random\n",
               # Random weights end no answer by themselves; what is right in one is short.
               "\noutput_tokens_max: 256 ": "\noutput_tokens_max: 24 "}
    for old, new in changes.items():
        assert text.count(old) == 1, f"{PROFILE} has no {old!r}"
        text = text.replace(old, new)
    profile.write_text(text)
    return str(profile)


def score(what, program, model, example):
    result = {}
    if what in ("audit", "all"):
        result["audit"] = audit(program, model, example)
    if what in ("ask", "all"):
        for name in ("orders-service", "handbook"):
            result[f"ask {name}"] = ask(program, model, name)
    return result


def score_control(what, program, folder, seeds, example):
    """As score, of random weights: audits by the seeds from 1, questions by the first."""
    result = {}
    for seed in range(1, (seeds if what != "ask" else 1) + 1):
        profile = random_profile(folder, seed)
        part = score(what if seed == 1 else "audit", program, profile, example)
        if "audit" in part:
            figures = {key: part["audit"][key] for key in ("shown", "true", "precision", "recall")}
            result.setdefault("audit", {"recall_max": 0, "seeds": {}})["seeds"][seed] = figures
        result.update({name: value for name, value in part.items() if name != "audit"})
    if "audit" in result:
        recalls = [figures["recall"] for figures in result["audit"]["seeds"].values()]
        result["audit"]["recall_max"], result["audit"]["recall_mean"] = max(recalls), round(sum(recalls) / len(recalls), 3)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["audit", "ask", "all"])
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    parser.add_argument("--model")
    parser.add_argument("--example", default="orders-service", help="example to audit (%(default)s)")
    parser.add_argument("--json", help="also write the result there")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--seeds", type=int, default=CONTROL_SEEDS, help="seeds of --control (%(default)s)")
    args = parser.parse_args()
    if args.control and (args.model or args.check):
        parser.error("--control has a model and bars of its own")
    if not args.model and not (ROOT / WEIGHTS).exists():
        print(f"{WEIGHTS} is absent", file=sys.stderr)
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="fathom-score-") as folder:
        os.environ["FATHOM_HOME"] = folder
        result = (score_control(args.what, args.program, folder, args.seeds, args.example) if args.control else
                  score(args.what, args.program, args.model, args.example))
    text = json.dumps(result, indent=1)
    print(text)
    if args.json:
        pathlib.Path(args.json).write_text(text + "\n")
    problems = control_successes(result) if args.control else missed_bars(result) if args.check else []
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
