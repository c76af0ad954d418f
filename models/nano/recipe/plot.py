# SPDX-License-Identifier: Apache-2.0
"""Draws ../training.csv as ../training.svg (Debian's python3-matplotlib): the loss by kind of target over the tokens of all runs."""
import csv
import os

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {"choice": "which tool", "tool": "calls", "weak": "weak lines", "first": "first token of a quote", "rest": "the rest of it", "text": "text"}


def points():
    """[(run, tokens before it and in it, row)] in the order of the file."""
    before, last, run = 0, 0, None
    with open(os.path.join(HERE, "../training.csv")) as file:
        for row in csv.DictReader(file):
            if row["run"] != run:
                before, run = before + last, row["run"]
            last = int(row["tokens"])
            yield run, before + last, row


def main():
    plt.rcParams.update({"svg.hashsalt": "nano", "svg.fonttype": "none", "font.size": 9})
    rows = list(points())
    figure, axes = plt.subplots(figsize=(9, 4.2), layout="constrained")
    for kind, label in KINDS.items():
        told = [(tokens / 1e9, float(row[kind + "_loss"])) for _, tokens, row in rows if row[kind + "_loss"] and float(row[kind + "_loss"]) > 0]
        axes.plot(*zip(*told), label=label, linewidth=1)
    starts = [tokens / 1e9 for (before, _, _), (run, tokens, _) in zip(rows, rows[1:]) if before != run]
    for start in starts:
        axes.axvline(start, color="#999999", linewidth=.5, linestyle=":")
    axes.set(yscale="log", ylim=(5e-4, 10), xlabel="tokens of all runs in the file, billions (dotted: a run begins)", ylabel="loss")
    axes.legend(ncols=3, loc="upper right", frameon=False)
    figure.savefig(os.path.join(HERE, "../training.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
