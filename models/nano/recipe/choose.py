# SPDX-License-Identifier: Apache-2.0
"""Which share of a run's weights to keep: every share's answers, on held-out documents that are none of held_sets.py's.

    python3 choose.py --make FOLDER                        documents with fixed seeds
    python3 choose.py FOLDER NEWER OLDER SHARE [SHARE ...] a row for each share: NEWER times it, and the rest of OLDER;
                                                           last the share whose rows, known and unseen, are best in the mean

An answer counts when every token behind the term is the model's own first choice, which is what greedy decoding writes.
Matrices are rounded to 8 bits first, as in the shipped file. Verdicts are shown too, as a file shows them whose last norm holds
CALIBRATED, at p > THRESHOLD; the best share is chosen without them.
"""
import collections
import multiprocessing
import os
import pickle
import random
import sys

import torch

import evaluate
import gguf
import model as m
import pack

SEED = 66_000
CALIBRATED, THRESHOLD = 0.42, 0.8
CORPORA = {"joint1024": 24, "joint4096": 40, "joint16384": 4}  # of each side
DIALOGS = {"listed": 20, "open": 90, "workspace": 30, "agent": 50, "everyday": 110}


def make(folder):
    os.makedirs(folder, exist_ok=True)
    jobs = [(folder, held_out, part) for held_out in (False, True) for part in range(8)]
    with multiprocessing.Pool() as pool:
        pool.map(make_some, jobs, chunksize=1)


def make_some(job):
    folder, held_out, part = job
    packer = pack.Packer(random.Random(SEED + 100 * held_out + part), "held", held_out)
    packer.everyday.plain = True
    side, made = "unseen" if held_out else "known", []
    for stream, count in CORPORA.items():
        for _ in range(part, count, 8):
            document = packer.document(stream)
            answers = [(start, term, length, "%s quotes %s" % (side, "absent" if q.line is None else "free" if not q.canonical else "canonical"))
                       for start, term, length, q in document.answers]
            lines = [(position, line.label) for position, line in document.verdicts if line.kind != pack.NOTHING]
            made.append((list(document.ids), answers, (side, lines)))
    makers = {"listed": lambda: packer.tools.sample(), "open": lambda: packer.calls.sample(2048), "workspace": lambda: packer.workspace.sample(2048),
              "agent": lambda: packer.agent.sample(2048), "everyday": lambda: packer.everyday.sample(2048)}
    for source, count in DIALOGS.items():
        for _ in range(part, count, 8):
            document = packer.dialog_document(makers[source]())
            answers = []
            for start, term, length, _ in document.answers:
                text = packer.tokenizer.decode(document.ids[start:start + length]).decode("utf-8", "replace")
                calls = text.count('\n{"name"')
                kind = "several" if calls > 1 else "one call" if calls else "none fits" if text.startswith("None of") else "answers"
                answers.append((start, term, length, "%s %s %s" % (side, source, kind)))
            made.append((list(document.ids), answers, (side, [])))
    with open(f"{folder}/{side}-{part}.pickle", "wb") as file:
        pickle.dump(made, file)


@torch.no_grad()
def score(model, documents, device):
    found, verdicts = collections.defaultdict(list), {"known": [0, 0, 0], "unseen": [0, 0, 0]}  # shown, right, weak
    for ids, answers, (side, lines) in documents:
        logits = evaluate.logits_of(model, ids, device)
        best = logits.argmax(-1).tolist()
        p = (CALIBRATED * logits[:, pack.tok.OK:pack.tok.OK + 13].float()).softmax(-1)
        shown, family = (1 - p[:, 0] > THRESHOLD).tolist(), (p[:, 1:].argmax(-1) + 1).tolist()
        for position, label in lines:
            right = shown[position] and label > 0 and family[position] == label
            verdicts[side] = [n + more for n, more in zip(verdicts[side], (shown[position], right, label > 0))]
        for start, term, length, name in answers:
            found[name].append(all(best[i - 1] == ids[i] for i in range(start + term, start + length)))
    return found, verdicts


@torch.no_grad()
def averaged(newer, older, share, device):
    """The mean of two models, its matrices rounded to 8 bits in blocks of 32."""
    model = m.Nano(newer.shape).to(device)
    other = dict(older.named_parameters())
    for (name, weight), (_, mine) in zip(model.named_parameters(), newer.named_parameters()):
        value = share * mine + (1 - share) * other[name]
        if value.dim() >= 2 and not name.endswith("gate"):
            blocks = value.reshape(-1, 32)
            scale = (blocks.abs().amax(1, keepdim=True) / 127).half().float().clamp(min=1e-12)
            value = ((blocks / scale).round() * scale).view_as(value)
        weight.copy_(value)
    if device != "cpu":
        model.experts = m.experts_dense
    return model


def main():
    if sys.argv[1] == "--make":
        make(sys.argv[2])
        return
    folder, device = sys.argv[1], "cuda" if torch.cuda.is_available() else "cpu"
    documents = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".pickle"):
            with open(f"{folder}/{name}", "rb") as file:
                documents += pickle.load(file)
    newer, older = m.load(sys.argv[2], device)[0], m.load(sys.argv[3], device)[0]
    shares = [float(text) for text in sys.argv[4:]]
    scores = {share: score(averaged(newer, older, share, device), documents, device) for share in shares}
    rows = {share: found for share, (found, _) in scores.items()}
    print(f"{len(documents)} documents; %-38s cases  " % "share" + "  ".join("%6s" % share for share in shares))
    for name in sorted(rows[shares[0]]):
        right = [sum(rows[share][name]) / len(rows[share][name]) for share in shares]
        print("%-56s %5d  " % (name, len(rows[shares[0]][name])) + "  ".join("%6.1f" % (100 * r) for r in right))
    means = {share: 0.0 for share in shares}
    for side in ("known", "unseen"):
        for kind in ("one call", "several", "none fits", "answers", "quotes"):
            some = [name for name in rows[shares[0]] if name.startswith(side) and kind in name]
            right = [sum(sum(rows[share][name]) for name in some) / sum(len(rows[share][name]) for name in some) for share in shares]
            print("%-56s %5d  " % ("all %s %s" % (side, kind), sum(len(rows[shares[0]][name]) for name in some)) + "  ".join("%6.1f" % (100 * r) for r in right))
            means = {share: means[share] + r / 10 for share, r in zip(shares, right)}
    for side in ("known", "unseen"):
        for share in shares:
            shown, right, weak = scores[share][1][side]
            print("weak lines %s, share %s: precision %.1f recall %.1f F1 %.1f of %d" % (
                side, share, 100 * right / max(1, shown), 100 * right / max(1, weak), 200 * right / max(1, shown + weak), weak))
    print("mean " + "  ".join("%s: %.4f" % pair for pair in means.items()))
    print("best", max(means, key=means.get))


if __name__ == "__main__":
    main()
