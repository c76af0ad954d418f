# SPDX-License-Identifier: Apache-2.0
"""What simpler means reach on held_sets.py's large sets, scored as `fathom model eval` scores the model.

    python3 baselines.py SETS/corpora.N.jsonl...

rules    an expression a family, of the calls and settings that people search code for
tokens   a linear classifier of a line's tokens, pairs and triples of them, trained on the lines that train.py reads; its threshold is the one that
         is best (F1) on lines of training's forms with another seed
BM25     of the lines that hold the term, the one whose words are most like the question's; refused where none holds it. It is given the term, as the model is
"""
import collections
import json
import math
import random
import re
import sys

import torch

import items
import pack
import tokenizer as tok

RULES = {family: re.compile(text, re.X) for family, text in {
    "buffer-overflow": r"\b(strcpy|strcat|stpcpy|gets|v?sprintf|wcscpy|lstrcpy\w*)\s*\( | scanf\s*\(.*%s",
    "command-injection": r"\b(system|popen|passthru|shell_exec|proc_open|execSync)\s*\( | os\.system | shell\s*[=:]\s*[Tt]rue | Runtime.*\.exec\s*\(",
    "sql-injection": r"(?i:\b(SELECT|INSERT|UPDATE|DELETE)\b).*(['\"`]\s*[+.%]|\$\{|%s|\{\w+\})",
    "code-eval": r"\b(eval|exec|create_function|load_?string|Function)\s*\(",
    "hardcoded-secret": r"(?i:(passw\w*|passphrase|secret|token|api_?key|private_?key|pwd|credential)\w*[\"'\]]*\s*(:|=|=>)\s*[\"'][^\"']+[\"'])",
    "weak-hash": r"(?i:\b(md5|sha1|md4)\b) | [mM]d5 | MD5 | [sS]ha1 | SHA1",
    "path-traversal": r"\b(open|fopen|readFile\w*|sendFile|send_file|file_get_contents|readfile|unlink)\s*\(.*(\+|\$|\{|request|req\.|params|argv)",
    "format-string": r"printf\s*\(\s*\w+\s*\) | \b(fprintf|syslog|snprintf)\s*\([^\",]+,\s*\w+\s*\)",
    "weak-random": r"\bs?rand\s*\( | mt_rand | Math\.random | \brandom\.(random|randint|choice)\s*\(",
    "unsafe-deserialize": r"pickle\.loads? | marshal\.loads? | unserialize\s*\( | readObject\s*\( | yaml\.load\s*\( | Marshal\.load",
    "xss": r"(inner|outer)HTML\s*\+?= | document\.write | dangerouslySet | mark_safe | \|\s*safe\b | \becho\b.*\$",
    "insecure-tls": r"verify\w*[\"']?\s*[=:,]\s*(0|False|false) | rejectUnauthorized\W+false | InsecureSkipVerify | CERT_NONE | VERIFY_NONE | check_hostname\s*=\s*False"}.items()}
BUCKETS = 1 << 19
DOCUMENTS, HELD_DOCUMENTS, SEED = 60_000, 1_500, 510_000
ORDINARY_KEPT = 0.35          # of the ordinary lines
EPOCHS, BATCH, RATE = 3, 2_048, 0.01
WEAK_WEIGHT = 3.0
K1, B = 1.2, 0.75


# ---- tokens

def features(ids):
    """Buckets of a line's tokens, pairs and triples."""
    ids = [0, *ids, 0]
    return [hash(tuple(ids[i:i + n])) % BUCKETS for n in (1, 2, 3) for i in range(len(ids) - n + 1)]


def lines_of_training(seed, count):
    """(features, label) of the lines of `count` documents."""
    rng = random.Random(seed)
    packer, found = pack.Packer(rng), []
    for _ in range(count):
        for _, line in packer.document("joint1024").verdicts:
            label = max(line.label, 0)
            if line.label != items.NO_LOSS and line.kind != pack.NOTHING and (label or line.kind == pack.ALIKE or rng.random() < ORDINARY_KEPT):
                found.append((features(line.ids), label))
    return found


def bagged(rows):
    offsets, flat = [], []
    for row, _ in rows:
        offsets.append(len(flat))
        flat += row
    return torch.tensor(flat), torch.tensor(offsets), torch.tensor([label for _, label in rows])


class TokenClassifier:
    def __init__(self):
        torch.manual_seed(SEED)
        rows = lines_of_training(SEED, DOCUMENTS)
        self.weights = torch.nn.EmbeddingBag(BUCKETS, 1 + len(items.FAMILIES), mode="sum", sparse=True)
        torch.nn.init.zeros_(self.weights.weight)
        optimiser = torch.optim.SparseAdam(list(self.weights.parameters()), lr=RATE)
        weight = torch.tensor([1.0] + [WEAK_WEIGHT] * len(items.FAMILIES))
        for _ in range(EPOCHS):
            random.Random(SEED).shuffle(rows)
            for start in range(0, len(rows), BATCH):
                flat, offsets, labels = bagged(rows[start:start + BATCH])
                loss = torch.nn.functional.cross_entropy(self.weights(flat, offsets), labels, weight=weight)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        self.threshold = self.best_threshold(lines_of_training(SEED + 1, HELD_DOCUMENTS))
        print("tokens: %d lines, %d of them weak; threshold %.2f" % (len(rows), sum(label > 0 for _, label in rows), self.threshold))

    @torch.no_grad()
    def judged(self, rows):
        flat, offsets, _ = bagged(rows)
        p = self.weights(flat, offsets).softmax(-1)
        return (1 - p[:, 0]).tolist(), (p[:, 1:].argmax(-1) + 1).tolist()

    def best_threshold(self, rows):
        p, said = self.judged(rows)

        def f1(threshold):
            shown = [(s, label) for x, s, (_, label) in zip(p, said, rows) if x > threshold]
            return 2 * sum(s == label for s, label in shown) / max(1, len(shown) + sum(label > 0 for _, label in rows))
        return max([i / 50 for i in range(5, 50)], key=f1)

    def families(self, lines):
        p, said = self.judged([(features(TOKENIZER.encode(line)), 0) for line in lines])
        return [items.FAMILIES[s - 1] if x > self.threshold else "" for x, s in zip(p, said)]


class Rules:
    @staticmethod
    def families(lines):
        return [next((family for family, rule in RULES.items() if rule.search(line)), "") for line in lines]


def audit(judge, item, counts):
    """Adds (shown and right, shown and wrong, weak) as `fathom model eval` counts them."""
    weak = {(line["path"], line["line"]): line["family"] for line in item["weak"]}
    opened = {(line["path"], line["line"]) for line in item["open"]}
    counts["weak"] += len(weak)
    for file in item["files"]:
        for number, said in enumerate(judge.families(file["text"].split("\n")[:-1]), 1):
            place = file["path"], number
            if said and place in weak:
                counts["found"] += said == weak[place]
            elif said and place not in opened:
                counts["false"] += 1


# ---- BM25

def words(text):
    return [word.lower() for word in re.findall(r"[A-Za-z][a-z]+|[A-Z]+|\d+", text)]


def quotes(item, counts):
    lines = [line for file in item["files"] for line in file["text"].split("\n")[:-1]]
    bags = [collections.Counter(words(line)) for line in lines]
    mean = sum(sum(bag.values()) for bag in bags) / len(bags)
    holding = collections.Counter(word for bag in bags for word in bag)

    def likeness(bag, asked):
        size = sum(bag.values())
        return sum(math.log(1 + (len(bags) - holding[word] + .5) / (holding[word] + .5)) * bag[word] * (K1 + 1) / (bag[word] + K1 * (1 - B + B * size / mean))
                   for word in asked if bag[word])
    for ask in item["asks"]:
        at = [n for n, line in enumerate(lines) if pack.find_term(line, ask["term"]) >= 0]
        answer = None
        if at:
            best = max(at, key=lambda n: likeness(bags[n], words(ask["question"])))
            line = lines[best].rstrip()
            answer = "%s #%d" % (line[pack.find_term(line, ask["term"]):], best + 1)
        counts["asked"] += 1
        counts["right"] += answer == ask.get("quote")


TOKENIZER = tok.Tokenizer()


def main():
    judges = {"rules": Rules(), "tokens": TokenClassifier()}
    counts = collections.defaultdict(collections.Counter)
    for path in sys.argv[1:]:
        with open(path) as file:
            for item in map(json.loads, file):
                name = item["set"].split("/")[0]
                if item["kind"] == "audit":
                    for judge in judges:
                        audit(judges[judge], item, counts["%s: %s" % (judge, name)])
                else:
                    quotes(item, counts["BM25: " + name])
    for name, of in sorted(counts.items()):
        if "asked" in of:
            print("%-44s %5d of %5d  %5.1f" % (name, of["right"], of["asked"], 100 * of["right"] / of["asked"]))
            continue
        shown = of["found"] + of["false"]
        print("%-44s weak %d, found %d, false %d: precision %.1f, recall %.1f, F1 %.1f" % (
            name, of["weak"], of["found"], of["false"], 100 * of["found"] / max(1, shown), 100 * of["found"] / of["weak"], 200 * of["found"] / (shown + of["weak"])))


if __name__ == "__main__":
    main()
