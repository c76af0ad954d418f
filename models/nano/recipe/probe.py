# SPDX-License-Identifier: Apache-2.0
"""Verdicts on five small files written by hand, which no generator made: python3 probe.py CHECKPOINT

probe.txt marks its weak lines with the number of their family. It tells whether the verdicts carry over from composed
code to code as people write it; it is never trained on.
"""
import os
import re
import sys

import torch

import model as m
import pack
import tokenizer as tok

MARK = re.compile(r"\s*«(\d+)»$")


def main():
    model, _ = m.load(sys.argv[1])
    tokenizer, ids, lines = tok.Tokenizer(), [], []
    ids += [tok.DOCUMENT, tok.TURN] + tokenizer.encode(pack.SYSTEM)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "probe.txt"), encoding="utf-8") as file:
        for text in file.read().split("\n"):
            if text.startswith("== "):
                ids += tokenizer.encode(text + "\n")
                continue
            mark = MARK.search(text)
            text = MARK.sub("", text).rstrip()
            ids += tokenizer.encode(f"{text} #{len(lines) + 1}\n")
            lines.append((len(ids) - 1, int(mark.group(1)) if mark else 0, text))
    with torch.no_grad():
        logits, _ = model(torch.tensor([ids]), torch.tensor([position for position, _, _ in lines]))
    p = logits[:, tok.OK:tok.OK + 13].softmax(-1)
    weak = [i for i, (_, label, _) in enumerate(lines) if label]
    for threshold in (0.3, 0.5, 0.7, 0.8, 0.9):
        flagged = [i for i in range(len(lines)) if 1 - p[i, 0] > threshold]
        right = [i for i in flagged if lines[i][1] and p[i, 1:].argmax() + 1 == lines[i][1]]
        print(f"p > {threshold}: {len(right)} of {len(weak)} with the right family,"
              f" {sum(lines[i][1] == 0 for i in flagged)} false of {len(lines) - len(weak)}")
    for i, (_, label, text) in enumerate(lines):
        best = int(p[i, 1:].argmax()) + 1
        if label or 1 - p[i, 0] > 0.3:
            verdict = "found " if label and 1 - p[i, 0] > 0.5 and best == label else "MISSED" if label else "FALSE "
            print(f"{verdict} {label:2d} as {best:2d} p {1 - p[i, 0]:.2f} {text.strip()[:90]}")


if __name__ == "__main__":
    main()
