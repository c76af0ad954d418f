# SPDX-License-Identifier: Apache-2.0
"""Held-out figures of each job at several lengths.

    python3 evaluate.py --make FOLDER               documents with fixed seeds
    python3 evaluate.py MODEL FOLDER                prints the tables, writes FOLDER/evaluation.json; MODEL is a GGUF, a
                                                    checkpoint or its pieces

Held out are: real packages, the identifiers' words, phrasings, forms of weaknesses. An answer counts when every token
behind the given term is the model's own first choice, which is what greedy decoding would write.
"""
import collections
import json
import multiprocessing
import os
import pickle
import random
import sys

import numpy as np
import torch

import items
import model as m
import pack

SETS = {"joint1024": 64, "joint4096": 32, "joint16384": 16, "joint32768": 4, "tools2048": 160}
MIXED = 0.5  # share of documents whose generators also use held-out forms
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    jobs = [(stream, seed, folder) for stream, count in SETS.items() for seed in range(0, count, 4)]
    with multiprocessing.Pool() as pool:
        pool.map(make_some, sorted(jobs, key=lambda j: -pack.stream_tokens(j[0])), chunksize=1)


def make_some(job):
    stream, seed, folder = job
    made = []
    for i in range(seed, min(seed + 4, SETS[stream])):
        packer = pack.Packer(random.Random(77_000 + i), "held", held_out=i % 2 == 0)
        while True:
            document = packer.document(stream)
            if len(document.ids) <= pack.stream_tokens(stream):
                break
        lines = [(position, line.label, *origin_of(line), f"{i}:{id(line.origin)}")
                 for position, line in document.verdicts]
        answers = [(start, term, length, tool_turn(packer, document.ids[start:start + length]) if q is None else
                    ("absent" if q.line is None else "present", q.intent, q.canonical, q.held_out))
                   for start, term, length, q in document.answers]
        made.append({"ids": list(document.ids), "lines": lines, "answers": answers, "marks": document.marks})
    with open(f"{folder}/{stream}-{seed}.pickle", "wb") as file:
        pickle.dump(made, file)


def tool_turn(packer, ids):
    """What a turn of a tool dialog is, with the generators it comes from."""
    text = packer.tokenizer.decode(ids[:20])
    starts = {b"<tool_calls>": "tool call", b"None of": "no tool fits"}
    kind = next((name for start, name in starts.items() if text.startswith(start)), "tool answer")
    return kind + (", held-out" if packer.held_out else "")


def origin_of(line):
    """(kind, family, form, held out) of a corpus line."""
    if line.origin is None:
        return "real", 0, "", False
    kind = line.origin.kind if line.label > 0 or line.origin.kind != "weak" else "plain"
    return kind, line.origin.family, line.origin.form, line.origin.held_out


@torch.no_grad()
def logits_of(model, ids, device):
    tokens = torch.tensor(ids, device=device).view(1, -1)
    wanted = torch.arange(tokens.shape[1], device=device)
    return model(tokens, wanted)[0]


class Scores:
    def __init__(self):
        self.answers = collections.defaultdict(list)   # name -> right or wrong
        self.lines = []  # (label, kind, family, form, held out, snippet, p of ok and of each family)
        self.tokens = collections.defaultdict(list)    # kind of target -> right or wrong, token by token

    def add(self, document, logits):
        best = logits.argmax(-1).tolist()
        first, last = pack.tok.OK, pack.tok.OK + 12
        p = logits[:, first:last + 1].softmax(-1)
        ids = document["ids"]
        for position, target, kind in document["marks"]:
            self.tokens[f"tokens: {pack.TARGET_NAMES[kind]}"].append(best[position] == target)
        for start, term, length, about in document["answers"]:
            right = all(best[i - 1] == ids[i] for i in range(start + term, start + length))
            if isinstance(about, str):
                self.answers[about].append(right)
                continue
            presence, intent, canonical, held_out = about
            name = "absent refused" if presence == "absent" else f"{intent}{', held-out' if held_out else ''}"
            self.answers[name].append(right)
            refused = best[start + term - 1] == pack.tok.NONE
            if presence == "present":
                self.answers["present exact"].append(right)
                self.answers["false refusal"].append(refused)
                self.answers["canonical exact" if canonical else "free phrasing exact"].append(right)
        chosen = p[[position for position, *_ in document["lines"]]].cpu().numpy() if document["lines"] else []
        self.lines += [(*line[1:], q) for line, q in zip(document["lines"], chosen)]

    def table(self):
        everything = sorted({**self.answers, **self.tokens}.items())
        result = {name: [round(100 * float(np.mean(v)), 1), len(v)] for name, v in everything}
        if not self.lines:
            return result
        for threshold in THRESHOLDS:
            result[f"verdicts p>{threshold}"] = self.verdicts(threshold)
        return result

    def verdicts(self, threshold):
        flagged = [(line, int(line[6].argmax())) for line in self.lines if 1 - line[6][0] > threshold]
        weak = [line for line in self.lines if line[0] > 0]
        right = [line for line, family in flagged if line[0] > 0]
        judged = [line for line, _ in flagged if line[0] != items.NO_LOSS]
        share = lambda part, whole: round(100 * len(part) / max(1, len(whole)), 1)
        real = [line for line in self.lines if line[1] == "real"]
        alike = {}  # snippet -> most certain of its verdicts
        for line in self.lines:
            if line[1] == "alike":
                alike[line[5]] = max(alike.get(line[5], 0), 1 - line[6][0])
        row = {"precision": share(right, judged), "recall": share(right, weak), "weak lines": len(weak),
               "right family": share([1 for line, family in flagged if line[0] > 0 and family == line[0]], right)}
        for name, held in (("known forms", False), ("held-out forms", True)):
            some = [line for line in weak if line[4] == held]
            row[f"recall {name}"] = [share([x for x in some if 1 - x[6][0] > threshold], some), len(some)]
        row["look-alikes flagged"] = [share([p for p in alike.values() if p > threshold], alike), len(alike)]
        row["alarms per 1000 real lines"] = [
            round(1000 * sum(1 - x[6][0] > threshold for x in real) / max(1, len(real)), 2), len(real)]
        return row

    def by_family(self, threshold=0.8):
        rows = {}
        for family in range(1, 13):
            weak = [x for x in self.lines if x[0] == family]
            false = sum(x[6][1:].argmax() + 1 == family for x in self.lines
                        if x[0] == items.OK and 1 - x[6][0] > threshold)
            for held in (False, True):
                some = [1 - x[6][0] > threshold for x in weak if x[4] == held]
                rows[f"{items.FAMILIES[family - 1]}{' (held-out)' if held else ''}"] = [
                    round(100 * float(np.mean(some)), 0) if some else None, len(some), int(false)]
        return rows


def evaluate(model, folder, device, sets=SETS):
    experts, before, core, after = model.experts, model.before, model.core, model.after
    model.before, model.core, model.after = m.Layer.before, m.Layer.core, m.Layer.after  # lengths vary: no compiling
    result, whole = {}, Scores()
    for stream in sets:
        scores = Scores()
        for name in sorted(f for f in os.listdir(folder) if f.startswith(stream + "-")):
            with open(f"{folder}/{name}", "rb") as file:
                for document in pickle.load(file):
                    logits = logits_of(model, document["ids"], device)
                    scores.add(document, logits)
        whole.lines += scores.lines
        result[stream] = scores.table()
    result["families, p>0.8 (recall, lines, false alarms)"] = whole.by_family()
    model.experts, model.before, model.core, model.after = experts, before, core, after
    return result


def show(result):
    for stream, rows in result.items():
        print("==", stream)
        for name, row in rows.items():
            print("  ", name, json.dumps(row) if not isinstance(row, list) else row)


def main():
    if sys.argv[1] == "--make":
        make(sys.argv[2])
        return
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, checkpoint = m.load(sys.argv[1], device)
    if device == "cuda":
        model.experts = m.experts_dense
    result = evaluate(model, sys.argv[2], device)
    result["checkpoint"] = {"step": checkpoint.get("step"), "tokens": checkpoint.get("tokens")}
    show(result)
    with open(f"{sys.argv[2]}/evaluation.json", "w") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
