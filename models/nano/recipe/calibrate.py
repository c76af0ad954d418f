# SPDX-License-Identifier: Apache-2.0
"""Scales a model's logits so that the probabilities of its verdicts are worth what they say, on held-out lines.

    python3 calibrate.py nano.gguf OUT.gguf             fits one factor, multiplies the last norm by it
    python3 calibrate.py nano.gguf OUT.gguf FACTOR      with a factor that was fitted before

The factor is the one at which the verdicts of held-out lines (held-out packages, half of the corpora with held-out forms)
are likeliest. The order of the tokens stays, so what the model writes at temperature 0 stays; what changes is how many
verdicts pass a threshold.
"""
import random
import sys

import numpy as np
import torch

import evaluate
import gguf
import items
import model as m
import pack
import tokenizer as tok

SEED = 88_000
CORPORA = {"joint1024": 16, "joint4096": 4}  # of each side


def verdicts_of(model, device):
    """(log-probabilities over <ok> and the families, the right one) of each line that is judged."""
    rows, labels = [], []
    for held_out in (False, True):
        packer = pack.Packer(random.Random(SEED + held_out), "held", held_out)
        for stream in (stream for stream, count in CORPORA.items() for _ in range(count)):
            document = packer.document(stream)
            logits = evaluate.logits_of(model, list(document.ids), device)[:, tok.OK:tok.OK + 13].log_softmax(-1).cpu().numpy()
            for position, line in document.verdicts:
                if line.label != items.NO_LOSS and line.kind != pack.NOTHING:
                    rows.append(logits[position])
                    labels.append(max(line.label, 0))
    return np.array(rows), np.array(labels)


def loss(rows, labels, factor):
    scaled = rows * factor
    scaled -= np.log(np.exp(scaled).sum(1, keepdims=True))
    return -scaled[np.arange(len(labels)), labels].mean()


def fitted(rows, labels):
    factors = [round(0.02 * i, 2) for i in range(10, 76)]
    best = min(factors, key=lambda factor: loss(rows, labels, factor))
    print(f"{len(labels)} lines, {int((labels > 0).sum())} weak: factor {best}, loss {loss(rows, labels, best):.4f} (was {loss(rows, labels, 1):.4f})")
    return best


def main():
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, _ = m.load(sys.argv[1], device)
    best = float(sys.argv[3]) if len(sys.argv) > 3 else fitted(*verdicts_of(model, device))
    with torch.no_grad():
        model.norm.mul_(best)
    gguf.write(model.cpu(), sys.argv[2])


if __name__ == "__main__":
    main()
