# SPDX-License-Identifier: Apache-2.0
"""Training speed by document length and kind of expert product: python3 bench.py [seconds a setting]"""
import sys
import time

import torch
import torch.nn.functional as F

import model as m
import pack
from optimiser import Optimiser

STEP_TOKENS = pack.SHARD_TOKENS


def measure(experts, compiled, length, seconds, state={}):
    key = experts.__name__, compiled
    if key not in state:
        state.clear()
        torch._dynamo.reset()
        model = m.Nano(m.Shape()).cuda()
        model.experts = experts
        if compiled:
            model.compile()
        state[key] = model, Optimiser(model)
    model, optimiser = state[key]
    ids = torch.randint(4000, (STEP_TOKENS // length, length), device="cuda")
    sel = torch.randperm(STEP_TOKENS, device="cuda")[:int(STEP_TOKENS * pack.TARGET_SHARE)].sort().values
    targets = torch.randint(4000, sel.shape, device="cuda")
    times = []
    begun = time.time()
    while len(times) < 4 or (time.time() - begun - times[0] < seconds and len(times) < 40):
        start = time.time()
        logits, balance = model(ids, sel)
        loss = F.cross_entropy(logits, targets) + 0.05 * balance
        loss.backward()
        optimiser.step(0.1)
        torch.cuda.synchronize()
        times.append(time.time() - start)
    middle = sorted(times[2:])[len(times[2:]) // 2]
    print(f"{experts.__name__} {'compiled' if compiled else 'eager'} T {length}: first {times[0]:.1f} s, step"
          f" {1000 * middle:.1f} ms, {STEP_TOKENS / middle / 1000:.0f}k tokens/s, loss {float(loss):.3f},"
          f" {torch.cuda.max_memory_allocated() / 2**30:.1f} GiB", flush=True)


def main():
    torch.backends.cuda.matmul.allow_tf32 = True
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2
    for experts, compiled, lengths in ((m.experts_dense, False, (512,)), (m.experts_dense, True, (512, 4096, 16384)),
                                       (m.experts_grouped, True, (512, 4096))):
        for length in lengths:
            try:
                measure(experts, compiled, length, seconds)
            except Exception as error:  # one setting that fails must not cost the others
                print(experts.__name__, compiled, length, "failed:", str(error)[:1500], flush=True)


if __name__ == "__main__":
    main()
