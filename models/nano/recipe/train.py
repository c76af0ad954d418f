# SPDX-License-Identifier: Apache-2.0
"""Trains nano: reads shards that pack.py's workers write, keeps the clock, the curriculum, the log and the checkpoint.

    python3 train.py --folder F --seconds 300                                  one H200: the first run
    python3 train.py --folder G --seconds 760 --start F/weights                ... and a later one, from its weights
    python3 train.py --folder F --seconds 500 --ranks 2 --workers 28           two GPUs of one host
    python3 train.py --folder F --seconds 4800 --small --workers 1             two CPU cores, a smaller model

Everything is resumable: the checkpoint holds weights, optimiser, step, tokens and the seconds already trained. The
curriculum and the learning rate follow the seconds, so a run is as good as the time it is given.
"""
import argparse
import collections
import csv
import glob
import json
import math
import os
import queue
import random
import subprocess
import sys
import threading
import time
import traceback

import numpy as np
import torch
import torch.distributed as distributed
import torch.nn.functional as F

import model as m
import pack
from optimiser import Optimiser

WEIGHT = {pack.NOTHING: 0, pack.TEXT: 0.1, pack.ORDINARY: 1, pack.ALIKE: 2, pack.WEAK: 4, pack.TERM: 0.3, pack.FIRST: 2.5,
          pack.REST: 1, pack.CITATION: 1.5, pack.ABSENT: 2.5, pack.TOOL: 1.3, pack.SOFT: 0.3, pack.CHOICE: 3}
BALANCE_WEIGHT = 0.05
WARM_UP_STEPS = 200
DECAY_FROM = 0.4  # of the time; then linear to nearly nothing

# (until this share of the time, {stream: share of the steps}). The first phase ends early once copying works.
CURRICULUM = [
    (0.08, {"dense512": 0.85, "joint1024": 0.15}),
    (0.25, {"joint1024": 0.4, "joint2048": 0.3, "dense512": 0.18, "tools1024": 0.13}),
    (0.45, {"joint1024": 0.1, "joint2048": 0.3, "joint4096": 0.43, "tools1024": 0.1, "tools2048": 0.07}),
    (1.01, {"joint1024": 0.05, "joint2048": 0.12, "joint4096": 0.17, "joint8192": 0.22, "joint16384": 0.27,
            "tools1024": 0.07, "tools2048": 0.06, "tools8192": 0.04}),
]
CURRICULUM_AGAIN = [  # from weights that can do all of it; tools weigh more than they did from scratch, at the end long corpora
    (0.6, {"joint1024": 0.08, "joint2048": 0.1, "joint4096": 0.18, "joint16384": 0.12, "tools1024": 0.04, "tools2048": 0.18,
           "tools4096": 0.16, "tools8192": 0.08, "tools16384": 0.06}),
    (1.01, {"joint1024": 0.06, "joint2048": 0.09, "joint4096": 0.18, "joint16384": 0.22, "tools1024": 0.03, "tools2048": 0.15,
            "tools4096": 0.14, "tools8192": 0.07, "tools16384": 0.06}),
]
COPYING_WORKS = 0.93  # accuracy on the rest of answers
READY_SHARDS = 64     # shards the workers keep ready, over all streams of a phase
REPLAY_MAX = 400      # shards kept for the case that none is ready


class Feed(threading.Thread):
    """Next batches on the device. Takes each new shard once; repeats old ones only rather than let the GPU wait."""

    def __init__(self, folder, device, seed, phase, leads=True):
        super().__init__(daemon=True)
        self.folder, self.device, self.phase, self.leads = folder, device, phase, leads
        self.random = random.Random(seed)
        self.seen = collections.defaultdict(lambda: collections.deque(maxlen=REPLAY_MAX))
        self.batches, self.fresh, self.repeated = queue.Queue(4), 0, 0
        self.wanted = None

    def run(self):
        try:
            self.feed()
        except Exception:  # without batches the training would wait for ever
            traceback.print_exc()
            os._exit(3)

    def feed(self):
        if self.device != "cpu":
            torch.cuda.set_device(self.device)
        while True:
            streams = self.phase()
            if streams is not self.wanted:
                self.wanted = streams
                if self.leads:  # of several ranks one tells the workers
                    write_wanted(self.folder, streams)
            stream = self.random.choices(list(streams), list(streams.values()))[0]
            shard = self.shard(stream)
            self.batches.put((stream, self.to_device(*shard)))

    def shard(self, stream):
        while True:
            taken = self.take(stream)
            if taken:
                with np.load(taken) as data:
                    shard = data["ids"], data["marks"]
                os.remove(taken)
                self.seen[stream].append(shard)
                self.fresh += 1
                return shard
            if len(self.seen[stream]) >= 8:
                self.repeated += 1
                return self.random.choice(self.seen[stream])
            time.sleep(0.02)

    def take(self, stream):
        """The oldest shard that no other rank has taken, renamed; None if there is none."""
        for path in sorted(glob.glob(f"{self.folder}/{stream}-*.npz")):
            try:
                os.rename(path, path + ".taken")
                return path + ".taken"
            except FileNotFoundError:
                continue
        return None

    def to_device(self, ids, marks):
        """(ids (B, T), flat positions, targets, kinds)."""
        rows, tokens = ids.shape
        marks = torch.from_numpy(marks.astype(np.int64))
        sel = (marks[..., 0] + torch.arange(rows).view(-1, 1) * tokens).flatten()
        parts = torch.from_numpy(ids.astype(np.int64)), sel, marks[..., 1].flatten(), marks[..., 2].flatten()
        if self.device == "cpu":
            return parts
        return tuple(p.pin_memory().to(self.device, non_blocking=True) for p in parts)


def write_wanted(folder, streams):
    total = sum(streams.values())
    want = {stream: max(2, round(READY_SHARDS * share / total)) for stream, share in streams.items()}
    with open(f"{folder}/want.json.tmp", "w") as file:
        json.dump(want, file)
    os.replace(f"{folder}/want.json.tmp", f"{folder}/want.json")


class Tally:
    """Loss and accuracy by kind of target, kept on the device until asked for."""

    def __init__(self, device):
        self.sums = torch.zeros(3, len(pack.TARGET_NAMES), device=device)

    def add(self, kinds, losses, right):
        ones = torch.stack([torch.ones_like(losses), losses, right.float()])
        self.sums += torch.zeros_like(self.sums).index_add_(1, kinds, ones)

    def take(self):
        count, loss, right = self.sums.tolist()
        self.sums.zero_()
        names = enumerate(pack.TARGET_NAMES)
        return {name: (loss[i] / count[i], right[i] / count[i]) for i, name in names if count[i]}


class Training:
    def __init__(self, options):
        self.options, self.ranks = options, options.ranks
        self.device = f"cuda:{options.rank}" if torch.cuda.is_available() else "cpu"
        if self.device != "cpu":
            torch.cuda.set_device(self.device)
        if self.ranks > 1:
            distributed.init_process_group("gloo" if self.device == "cpu" else "nccl", init_method=f"file://{os.path.abspath(options.folder)}/ranks",
                                           rank=options.rank, world_size=self.ranks)
        torch.manual_seed(options.seed)
        torch.backends.cuda.matmul.allow_tf32 = True
        shape = m.SMALL if options.small else m.Shape()
        self.model = m.Nano(shape).to(self.device)
        if self.device != "cpu":
            self.model.experts = {"dense": m.experts_dense, "grouped": m.experts_grouped}[options.experts]
            if options.compile:
                torch._dynamo.config.recompile_limit = 64  # the attention cores compile for each length
                self.model.compile()
        if options.start:
            self.model.load_state_dict(m.load(options.start, self.device)[0].state_dict())
            with torch.no_grad():
                self.model.norm.div_(options.calibrated)
        self.optimiser = Optimiser(self.model, options.muon_lr, options.adam_lr)
        self.step, self.tokens, self.seconds, self.copying = 0, 0, 0.0, False
        self.checkpoint = f"{options.folder}/checkpoint.pt"
        if os.path.exists(self.checkpoint):
            self.resume()
        self.weight = torch.tensor([float(WEIGHT[i]) for i in range(len(pack.TARGET_NAMES))], device=self.device)

    def phase(self):
        """{stream: share of the steps} at this point of the run."""
        share = min(1, self.seconds / self.options.seconds)
        if self.options.start:
            return next(streams for end, streams in CURRICULUM_AGAIN if share < end)
        return next(streams for end, streams in CURRICULUM[1 if self.copying else 0:] if share < end)

    def rate(self):
        share = min(1, self.seconds / self.options.seconds)
        warm = min(1, (self.step + 1) / WARM_UP_STEPS)
        if self.options.cosine:
            return warm * (0.5 + 0.5 * math.cos(math.pi * share))
        return warm * min(1, max(0, 1 - share) / (1 - DECAY_FROM) + 0.01)

    def train_step(self, batch, tally):
        ids, sel, targets, kinds = batch
        logits, balance = self.model(ids, sel)
        losses = F.cross_entropy(logits, targets, reduction="none")
        weight = self.weight[kinds]
        loss = (losses * weight).sum() / weight.sum()
        (loss + BALANCE_WEIGHT * balance).backward()
        if self.ranks > 1:
            self.average_gradients()
        with torch.no_grad():
            tally.add(kinds, losses.detach(), logits.argmax(-1) == targets)
        self.optimiser.step(self.rate())
        self.step += 1
        self.tokens += ids.numel() * self.ranks
        return balance.detach()

    def average_gradients(self):
        """Of all ranks; their weights stay equal, since they began so and take the same steps."""
        gradients = [p.grad for p in self.model.parameters() if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        distributed.all_reduce(flat)
        flat /= self.ranks
        for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients])):
            gradient.copy_(part.view_as(gradient))

    def agree(self):
        """All ranks take the clock of the first, so that they stop and change phase together."""
        if self.ranks > 1:
            clock = torch.tensor([self.seconds], dtype=torch.float64, device=self.device)
            distributed.broadcast(clock, 0)
            self.seconds = clock.item()

    def run(self):
        options, tally = self.options, Tally(self.device)
        feed = Feed(options.folder, self.device, options.seed + self.step + 7919 * options.rank, self.phase, options.rank == 0)
        feed.start()
        log = open(f"{options.folder}/log.csv" if options.rank == 0 else os.devnull, "a", newline="")
        writer = csv.writer(log, lineterminator="\n")
        if self.step == 0:
            writer.writerow(["seconds", "step", "tokens", "tokens_per_s", "longest", "rate", "balance", "fresh", "repeated"]
                            + [f"{n}_{x}" for n in pack.TARGET_NAMES[1:] for x in ("loss", "right")])
        last = started = time.time()
        options.seconds = min(options.seconds, options.deadline - started)
        last_tokens, logged, saved = self.tokens, time.time(), time.time()
        counted = collections.Counter()
        while not (self.step % 10 == 0 and self.over(started)):
            stream, batch = feed.batches.get()
            counted[stream] += 1
            if counted[stream] == 1 and not options.all_on_clock:  # a length not seen in this process compiles
                self.synchronize()
                last = time.time()
            balance = self.train_step(batch, tally)
            if counted[stream] == 1:
                self.synchronize()
                print(f"first {stream}: {time.time() - last:.1f} s", flush=True)
                last = last if options.all_on_clock else time.time()
            elif self.step % 10 == 0:
                self.synchronize()
            now = time.time()
            self.seconds += now - last
            last = now
            if options.rank == 0 and now - logged > options.log_seconds:
                shown = tally.take()
                speed = (self.tokens - last_tokens) / (now - logged)
                self.copying = self.copying or shown.get("rest", (0, 0))[1] > COPYING_WORKS
                writer.writerow([f"{self.seconds:.1f}", self.step, self.tokens, f"{speed:.0f}", max(map(pack.stream_tokens, self.phase())),
                                 f"{self.rate():.4f}", f"{float(balance):.3f}", feed.fresh, feed.repeated]
                                + [f"{x:.4f}" for n in pack.TARGET_NAMES[1:] for x in shown.get(n, (0, 0))])
                log.flush()
                print(f"{self.seconds:.0f}s step {self.step} {self.tokens / 1e6:.1f}M {speed / 1e3:.0f}k/s"
                      f" bal {float(balance):.2f} rep {feed.repeated}/{feed.fresh + feed.repeated} | "
                      + " ".join(f"{n} {l:.3f}/{r:.3f}" for n, (l, r) in shown.items()), flush=True)
                logged, last_tokens = now, self.tokens
            if options.rank == 0 and now - saved > options.save_seconds:
                self.save()
                saved = time.time()
                last = last if options.all_on_clock else saved
        if options.rank == 0:
            self.save()
            m.pack(self.model, f"{options.folder}/weights")
            open(f"{options.folder}/weights.done", "w").close()
        log.close()

    def over(self, started):
        self.agree()
        return self.seconds >= min(self.options.until, self.options.seconds) or time.time() - started >= self.options.wall

    def synchronize(self):
        if self.device != "cpu":
            torch.cuda.synchronize()

    def save(self):
        m.save(self.model, self.checkpoint + ".tmp", optimiser=self.optimiser.state(), step=self.step,
               tokens=self.tokens, seconds=self.seconds, copying=self.copying)
        os.replace(self.checkpoint + ".tmp", self.checkpoint)
        m.pack(self.model, f"{self.options.folder}/small", small=True)

    def resume(self):
        saved = torch.load(self.checkpoint, map_location=self.device)
        self.model.load_state_dict(saved["model"])
        self.optimiser.load(saved["optimiser"])
        for name in ("step", "tokens", "seconds", "copying"):
            setattr(self, name, saved[name])
        print("resumed at step", self.step, "second", round(self.seconds), flush=True)


def start_workers(folder, count, streams, seed, shard_tokens):
    """Data makers, at lower priority than the trainer."""
    os.makedirs(folder, exist_ok=True)
    if os.path.exists(f"{folder}/stop"):
        os.remove(f"{folder}/stop")
    write_wanted(folder, streams)
    here = os.path.dirname(os.path.abspath(__file__))
    return [subprocess.Popen(["nice", "-n", "5", sys.executable, os.path.join(here, "pack.py"), "--work", folder,
                              str(seed + i), str(shard_tokens)]) for i in range(count)]


def watch(workers, stop):
    """Ends the program when no worker makes data any more: waiting for a shard would use up a lent machine."""
    while any(worker.poll() is None for worker in workers):
        time.sleep(1)
    if not os.path.exists(stop):
        print("every data worker has ended; see their errors above", flush=True)
        os._exit(3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True, help="checkpoint, log and shards")
    parser.add_argument("--seconds", type=float, default=300, help="training seconds the whole run has")
    parser.add_argument("--until", type=float, default=1e9, help="stop at this training second")
    parser.add_argument("--wall", type=float, default=1e9, help="stop after these seconds of this process")
    parser.add_argument("--all_on_clock", action="store_true", help="compiling counts too: for a machine lent by the minute")
    parser.add_argument("--workers", type=int, default=14)
    parser.add_argument("--start", default="", help="packed weights to begin with")
    parser.add_argument("--calibrated", type=float, default=1, help="what calibrate.py multiplied into the start's last norm")
    parser.add_argument("--cosine", action="store_true", help="the rates fall as a cosine; else they fall after a while, linearly")
    parser.add_argument("--deadline", type=float, default=1e12, help="time (seconds since 1970) at which training ends")
    parser.add_argument("--small", action="store_true", help="the two-core shape")
    parser.add_argument("--experts", default="dense")
    parser.add_argument("--compile", type=int, default=1)
    parser.add_argument("--muon_lr", type=float, default=0.02)
    parser.add_argument("--adam_lr", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ranks", type=int, default=1, help="GPUs of one host, each with batches of its own")
    parser.add_argument("--rank", type=int, default=0, help="set by the first rank for the others")
    parser.add_argument("--log_seconds", type=float, default=15)
    parser.add_argument("--save_seconds", type=float, default=120)
    options = parser.parse_args()
    if options.rank > 0:
        Training(options).run()
        return
    os.makedirs(options.folder, exist_ok=True)
    if os.path.exists(f"{options.folder}/ranks"):
        os.remove(f"{options.folder}/ranks")
    others = [subprocess.Popen([sys.executable, *sys.argv, "--rank", str(rank)]) for rank in range(1, options.ranks)]
    workers = []
    try:
        training = Training(options)
        shard_tokens = pack.SHARD_TOKENS_SMALL if options.small else pack.SHARD_TOKENS
        workers = start_workers(options.folder, options.workers, training.phase(), options.seed * 1000 + training.step,
                                shard_tokens)
        threading.Thread(target=watch, args=(workers, f"{options.folder}/stop"), daemon=True).start()
        training.run()
    finally:
        open(f"{options.folder}/stop", "w").close()
        for process in workers + others:
            process.wait()


if __name__ == "__main__":
    main()
