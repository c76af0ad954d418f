# SPDX-License-Identifier: Apache-2.0
"""Continues the training of nano on text and rules of one's own; FINE_TUNING.md has a worked example.

    python3 tune.py nano.gguf OUT.gguf --text FOLDER --rules RULES.jsonl [--steps 60] [--rows 2] [--threads N]
    python3 tune.py nano.gguf --measure --text FOLDER --rules RULES.jsonl

FOLDER's files (those that sources.py takes) stand in half of the corpora as ordinary lines. RULES.jsonl holds one snippet a
line: {"language": "python", "lines": [...], "labels": [...], "held_out": false}; a label is null (teaches nothing), "ok" or a
family. Snippets that are held out are only measured. The rest of every batch is what the recipe composes from its own prepared
text, so that what the model can do is not forgotten. On a CPU or one GPU, by AdamW at a small rate that rises and falls.
"""
import argparse
import collections
import json
import math
import os
import random
import tempfile
import time

import numpy as np
import torch
import torch.nn.functional as F

import gguf
import items
import model as m
import pack
import real
import sources
import tokenizer as tok
import train

OWN_SHARE = 0.5          # of the rows, of their weak room and of their files
STREAMS = {True: ["joint1024"], False: ["joint1024", "tools1024", "tools1024"]}  # of rows with and without one's own
WARM_UP = 0.1            # of the steps
MEASURE_CORPORA = 24


def own_text(folder):
    """The files of a folder as real.py keeps them, in a folder of their own."""
    target = tempfile.mkdtemp(prefix="nano-own-")
    with open(f"{target}/source_own.jsonl", "w") as out:
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in ("node_modules", "build"))
            for name in sorted(names):
                path, language = os.path.join(place, name), sources.LANGUAGES.get(os.path.splitext(name)[1].lower())
                if not language or not 200 < os.path.getsize(path) < 200_000:
                    continue
                with open(path, encoding="utf-8", errors="replace") as file:
                    text = file.read()
                if not sources.unreadable(text):
                    json.dump({"package": "own", "language": language, "path": os.path.relpath(path, folder), "text": text}, out)
                    out.write("\n")
    work, real.WORK = real.WORK, target
    real.build("own")
    real.WORK = work
    return target


def joined(first, own):
    """Both texts as one; a file of one's own is drawn as often as all others of its language together."""
    tokens, lines = len(first.tokens), len(first.teaches)
    files = len(first.language)
    first.tokens = np.concatenate([first.tokens, own.tokens])
    first.raw = memoryview(first.tokens)
    first.line_start += [tokens + start for start in own.line_start[1:]]
    first.teaches += own.teaches
    first.file_line += [lines + line for line in own.file_line[1:]]
    first.language, first.path, first.package = first.language + own.language, first.path + own.path, first.package + own.package
    for language, indices in own.files_of.items():
        theirs = first.files_of.setdefault(language, [])
        again = max(1, round(len(theirs) / len(indices)))
        theirs += [files + index for index in indices] * again


def read_rules(path):
    """(snippets to train on, snippets to measure)."""
    sides = [], []
    with open(path) as file:
        for number, entry in enumerate(map(json.loads, file), 1):
            labels = [items.NO_LOSS if label is None else items.OK if label == "ok" else 1 + items.FAMILIES.index(label) for label in entry["labels"]]
            if len(labels) != len(entry["lines"]):
                raise ValueError(f"{path}:{number}: {len(entry['lines'])} lines, {len(labels)} labels")
            family = max(labels)
            snippet = items.Snippet(entry["language"], entry["lines"], labels, "weak" if family > 0 else "alike", max(family, 0), f"own {number}")
            sides[bool(entry.get("held_out"))].append(snippet)
    return sides


class OwnPacker(pack.Packer):
    """The recipe's packer; while `own` is set, part of the weak snippets are the user's, with variables renamed."""

    def __init__(self, rng, split, text, snippets):
        super().__init__(rng, split)
        joined(self.real, text)
        self.snippets, self.own = snippets, False

    def weak_groups(self, room):
        if not self.own:
            return super().weak_groups(room)
        groups = super().weak_groups(room * (1 - OWN_SHARE))
        room *= OWN_SHARE
        while room > 0:
            snippet = self.rng.choice(self.snippets)
            if self.rng.random() < 0.6:
                snippet, = self.renamer.group([snippet])
            groups.append([self.lines_of(snippet)])
            room -= pack.token_count(groups[-1])
        return groups


def batch_of(packer, rng, rows, device):
    made = []
    for _ in range(rows):
        packer.own = rng.random() < OWN_SHARE
        made.append(packer.row(rng.choice(STREAMS[packer.own])))
    ids = torch.from_numpy(np.stack([row[0] for row in made]).astype(np.int64))
    marks = torch.from_numpy(np.stack([row[1] for row in made]).astype(np.int64))
    sel = (marks[..., 0] + torch.arange(rows).view(-1, 1) * ids.shape[1]).flatten()
    return tuple(part.to(device) for part in (ids, sel, marks[..., 1].flatten(), marks[..., 2].flatten()))


def tune(model, packer, options, device):
    rng, began = random.Random(options.seed), time.time()
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.95), weight_decay=0.0)
    weight = torch.tensor([float(train.WEIGHT[i]) for i in range(len(pack.TARGET_NAMES))], device=device)
    tally = train.Tally(device)
    for step in range(options.steps):
        share = (step + 1) / options.steps
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, share / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * share))
        ids, sel, targets, kinds = batch_of(packer, rng, options.rows, device)
        logits, balance = model(ids, sel)
        losses = F.cross_entropy(logits, targets, reduction="none")
        loss = (losses * weight[kinds]).sum() / weight[kinds].sum() + train.BALANCE_WEIGHT * balance
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        tally.add(kinds, losses.detach(), logits.argmax(-1) == targets)
        if (step + 1) % 10 == 0 or step + 1 == options.steps:
            shown = " ".join(f"{name} {value:.3f}/{right:.3f}" for name, (value, right) in tally.take().items())
            print(f"step {step + 1} of {options.steps}, {time.time() - began:.0f} s | {shown}", flush=True)


@torch.no_grad()
def measure(model, snippets, text, device, threshold=0.8):
    """How many of the snippets' weak lines are found with their family, how many of their other lines are called weak."""
    packer = OwnPacker(random.Random(4242), "held", text, snippets)
    counts, at = collections.Counter(), 0
    for _ in range(MEASURE_CORPORA):
        document = pack.Document()
        groups = [[packer.lines_of(snippets[(at + i) % len(snippets)])] for i in range(4)]
        at += 4
        packer.prose_lines = []
        packer.corpus(document, groups, 1000, 0.0)
        ids = torch.tensor([list(document.ids)], device=device)
        verdicts = model(ids, torch.arange(ids.shape[1], device=device))[0][:, tok.OK:tok.OK + 13].softmax(-1)
        for position, line in document.verdicts:
            if line.label == items.NO_LOSS:
                continue
            found, family = float(1 - verdicts[position, 0]) > threshold, int(verdicts[position, 1:].argmax()) + 1
            own = line.origin is not None
            if line.label > 0:
                counts["weak"] += 1
                counts["weak, found with the right family"] += found and family == line.label
            else:
                counts["own lines that are ok" if own else "other lines"] += 1
                counts["own lines that are ok, flagged" if own else "other lines, flagged"] += found
    return dict(counts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--text", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--rows", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, text = m.load(options.model, device)[0], real.RealLines("own", own_text(options.text))
    train_on, held = read_rules(options.rules)
    print("held-out snippets before:", json.dumps(measure(model, held, text, device)), flush=True)
    if options.measure:
        return
    tune(model, OwnPacker(random.Random(options.seed), "train", text, train_on), options, device)
    print("held-out snippets after:", json.dumps(measure(model, held, text, device)), flush=True)
    gguf.write(model.cpu(), options.out)


if __name__ == "__main__":
    main()
