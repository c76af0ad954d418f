# SPDX-License-Identifier: Apache-2.0
"""Trains the word vectors on the pairs and writes words.bin (format: rag/word_vectors.h).

    python3 models/words/recipe/train.py [--pairs .nano/pairs.tsv] [--out models/words/words.bin]

A text is the weighted sum of its words' vectors at unit length; a word weighs (1 + ln n) times a learned weight, one for
questions and one for passages. Of a batch of pairs each question has to find its own passage and each passage its
question (softmax over the batch). Batches are made of runs of neighbouring pairs, whose passages come from the same
files and are hard to tell apart. Words of the question are dropped at random, so that no single word carries it. torch
1.13 or newer; 14 s on a GPU.
"""
import argparse
import collections
import math
import struct
import time

import numpy as np
import torch
import torch.nn.functional as F

RUN = 16  # neighbouring pairs in a batch


def bags(texts, index, words_max):
    ids = np.full((len(texts), words_max), len(index), np.int64)
    counts = np.zeros((len(texts), words_max), np.float32)
    for row, text in enumerate(texts):
        found = collections.Counter(index[word] for word in text if word in index)
        for column, (word, count) in enumerate(list(found.items())[:words_max]):
            ids[row, column], counts[row, column] = word, count
    return torch.tensor(ids), torch.tensor(counts)


def embed(table, weight_of_word, ids, counts, drop=0.0):
    padding = table.shape[0] - 1
    weights = torch.where(counts > 0, 1 + counts.clamp(min=1).log(), counts)
    weights = weights * F.embedding(ids, weight_of_word[:, None], padding_idx=padding)[..., 0]
    if drop:
        weights = weights * (torch.rand_like(weights) > drop)
    total = F.embedding_bag(ids, table, per_sample_weights=weights, mode="sum", padding_idx=padding)
    return F.normalize(total, dim=1, eps=1e-6)


def write(path, words, table, question, passage):
    with open(path, "wb") as file:
        file.write(b"FTWV" + struct.pack("<III", 1, len(words), table.shape[1]))
        for row, word in enumerate(words):
            scale = max(float(np.abs(table[row]).max()) / 127, 1e-12)
            values = np.clip(np.round(table[row] / scale), -127, 127).astype(np.int8)
            text = word.encode()
            file.write(struct.pack("<B", len(text)) + text)
            file.write(struct.pack("<ff", question[row] * scale, passage[row] * scale) + values.tobytes())


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", default=".nano/pairs.tsv")
    parser.add_argument("--out", default="models/words/words.bin")
    parser.add_argument("--dimensions", type=int, default=64)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--texts-min", type=int, default=8, help="a word stands in at least so many texts")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


class Pairs:
    def __init__(self, path, texts_min):
        with open(path, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        asked, said = [row[0].split() for row in rows], [row[1].split() for row in rows]
        texts = collections.Counter()
        for text in asked + said:
            texts.update(set(text))
        usable = [word for word in texts if len(word.encode()) <= 24 and "\ufffd" not in word]
        self.words = sorted(word for word in usable if texts[word] >= texts_min and not word.isdigit())
        index = {word: row for row, word in enumerate(self.words)}
        self.rarity = torch.tensor([math.log(1 + 2 * len(rows) / texts[word]) for word in self.words] + [0.0])
        self.index = index
        self.questions, self.passages = self.bags(asked, 40), self.bags(said, 120)
        self.usable = (((self.questions[1] > 0).sum(1) >= 3) & ((self.passages[1] > 0).sum(1) >= 5)).nonzero()[:, 0]

    def bags(self, texts, words_max):
        return bags(texts, self.index, words_max)


def train(pairs, options, device):
    torch.manual_seed(options.seed)
    rarity = pairs.rarity.to(device)
    questions = [part.to(device) for part in pairs.questions]
    passages = [part.to(device) for part in pairs.passages]
    usable = pairs.usable.to(device)
    table = torch.nn.Parameter(torch.randn(len(rarity), options.dimensions, device=device) / math.sqrt(options.dimensions))
    weight_q, weight_p = (torch.nn.Parameter(rarity.clone() / 4) for _ in range(2))
    sharpness = torch.nn.Parameter(torch.tensor(2.5, device=device))
    optimiser = torch.optim.Adam([table, weight_q, weight_p, sharpness], lr=0.005)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 100) * (1 - step / (options.steps + 1)))
    target, start = torch.arange(options.batch, device=device), time.time()
    for step in range(options.steps):
        first = torch.randint(len(usable) - RUN, (options.batch // RUN, 1), device=device)
        rows = usable[(first + torch.arange(RUN, device=device)).flatten()]
        question, passage = [part[rows] for part in questions], [part[rows] for part in passages]
        q = embed(table, weight_q, *question, options.drop)
        p = embed(table, weight_p, *passage)
        scores = q @ p.T * sharpness.exp()
        loss = (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 0 or step + 1 == options.steps:
            print(f"step {step}, loss {loss.item():.3f}, {time.time() - start:.0f} s", flush=True)
    return table, weight_q, weight_p


def main():
    options = arguments()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pairs = Pairs(options.pairs, options.texts_min)
    values = [part.detach().cpu().numpy() for part in train(pairs, options, device)]
    write(options.out, pairs.words, *values)
    print(f"{len(pairs.words)} words of {options.dimensions} numbers from {len(pairs.usable)} pairs -> {options.out}")


if __name__ == "__main__":
    main()
