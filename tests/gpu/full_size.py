# SPDX-License-Identifier: Apache-2.0
"""Full-size MiniMax-M1 with generated weights, each figure beside its floor from rates measured in the same run.

    python3 tests/gpu/full_size.py --library build/.../libfathom_kernels_c.so --bench build/.../shape_bench [--only TEXT]

    experts  The experts of one layer (32 of 6144 x 9216) in pinned host memory, read layer by layer. While a layer is
             computed, the next one's blocks cross the bus; a layer's blocks are widened to bf16 once and all rows go
             through them in chunks. The result of the last layer is compared with float64 first. Floor: the larger of
             its bytes over the bus's rate and its operations over the matrix rate.
    model    All 80 layers by shape_bench's m1: bf16 but for the experts, all of which cross the bus once a chunk; 128K
             tokens go in chunks of 32K. Floor of prefill: the larger of the experts' bytes over the bus's rate and all
             operations over the matrix rate; of a decoded token: the chosen experts' bytes over the bus's rate, and
             all else it reads over the copy rate.
    layers   A lightning and a softmax layer with bf16 experts on the device, at 1M tokens, and 70 and 10 times that.
"""
import argparse
import ctypes
import os
import re
import subprocess
import time

import torch

import bench

HIDDEN, WIDTH, EXPERTS, TOP_K, CHUNK, LAYERS = 6144, 9216, 32, 2, 32768, 4
KINDS = {4: ("IQ4_XS", bench.iq4xs_blocks), 5: ("Q3_K", bench.q3k_blocks)}


class Layer:
    """Blocks of all experts: (w1, w3) of each, then w2 of each; a pinned copy on the host."""

    def __init__(self, kind):
        make = KINDS[kind][1]
        self.up_rows, self.down_rows = EXPERTS * 2 * WIDTH, EXPERTS * HIDDEN
        up = [make(2 * WIDTH, HIDDEN, HIDDEN**-0.5) for _ in range(EXPERTS)]
        down = [make(HIDDEN, WIDTH, WIDTH**-0.5) for _ in range(EXPERTS)]
        self.values = list(zip([values for _, values in up], [values for _, values in down]))
        blocks = torch.cat([blocks for blocks, _ in up + down])
        self.up_bytes = sum(blocks.numel() for blocks, _ in up)
        self.host = torch.empty(blocks.numel(), dtype=torch.uint8, pin_memory=True)
        self.host.copy_(blocks)


def reference(layer, x, chosen, probabilities, rows):
    out = torch.zeros(len(rows), HIDDEN, dtype=torch.float64, device="cuda")
    for i, row in enumerate(rows):
        for c in range(TOP_K):
            up, down = layer.values[int(chosen[row, c])]
            gate, value = (up() @ x[row].double()).split(WIDTH)
            out[i] += probabilities[row, c].double() * (down() @ (torch.nn.functional.silu(gate) * value))
    return out


def run(kernels, table, kind, rows):
    name = KINDS[kind][0]
    layers = [Layer(kind) for _ in range(2)]
    packed = [torch.empty_like(layers[0].host, device="cuda") for _ in range(2)]
    w13 = torch.empty(EXPERTS, 2 * WIDTH, HIDDEN, dtype=torch.bfloat16, device="cuda")
    w2 = torch.empty(EXPERTS, HIDDEN, WIDTH, dtype=torch.bfloat16, device="cuda")
    x = torch.randn(CHUNK, HIDDEN, device="cuda")
    probabilities, chosen = torch.rand(CHUNK, EXPERTS, device="cuda").softmax(-1).topk(TOP_K, dim=-1)
    probabilities = (probabilities / probabilities.sum(-1, keepdim=True)).contiguous()
    chosen = chosen.int().contiguous()
    out = torch.full((CHUNK, HIDDEN), float("nan"), device="cuda")
    copies, compute = torch.cuda.Stream(), kernels.stream
    size = layers[0].host.numel()

    def copy(index):  # in parts, so that the small uploads of a product need not wait for a whole layer
        for to, part in zip(packed[index % 2].split(1 << 24), layers[index % 2].host.split(1 << 24)):
            to.copy_(part, non_blocking=True)

    def layer(index, after_widening=None):
        blocks, up_bytes = packed[index % 2], layers[0].up_bytes
        kernels("widen_blocks", kind, layers[0].up_rows * HIDDEN // 256, blocks, w13)
        kernels("widen_blocks", kind, layers[0].down_rows * WIDTH // 256, blocks[up_bytes:], w2)
        if after_widening is not None:
            after_widening.record(compute)
        for _ in range(rows // CHUNK):
            kernels("moe_experts", CHUNK, HIDDEN, WIDTH, EXPERTS, TOP_K, x, chosen, probabilities, w13, w2, out)

    def stream_layers():
        free = [torch.cuda.Event(), torch.cuda.Event()]
        for index in range(LAYERS):
            there = torch.cuda.Event()
            with torch.cuda.stream(copies):
                if index >= 2:
                    copies.wait_event(free[index % 2])
                copy(index)
                there.record(copies)
            compute.wait_event(there)
            layer(index, free[index % 2])

    def seconds(work, stream):
        torch.cuda.synchronize()
        times = []
        for _ in range(2):
            start = time.perf_counter()
            with torch.cuda.stream(stream):
                work()
            torch.cuda.synchronize()
            times.append(time.perf_counter() - start)
        return min(times)

    bus = size / seconds(lambda: copy(0), copies)
    stream_layers()
    torch.cuda.synchronize()
    some = [0, 12345, CHUNK - 1]
    error = bench.relative(out[some], reference(layers[(LAYERS - 1) % 2], x, chosen, probabilities, some))
    alone = seconds(lambda: layer(0), compute)
    together = seconds(stream_layers, compute) / LAYERS
    operations = 6.0 * rows * TOP_K * HIDDEN * WIDTH
    floor = max(size / bus, operations / table.matrix_rate)
    print(f"full-size experts {name}, {rows} rows: {size / 1e9:.2f} GB a layer, bus {bus / 1e9:.1f} GB/s ({size / bus * 1e3:.1f} ms), "
          f"a layer alone {alone * 1e3:.1f} ms, of {LAYERS} streamed {together * 1e3:.1f} ms each, {together / floor:.2f} of the "
          f"floor {floor * 1e3:.1f} ms, error {error:.1e}", flush=True)
    if not error < 2**-6:
        raise SystemExit("WRONG")


def shape_bench(program, *arguments):
    """Its lines, printed, and from them {tokens: seconds} of prefill and the microseconds of a decoded token."""
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(done.stdout, end="", flush=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: status {done.returncode}")
    prefill = {int(t): float(s) for t, s in re.findall(r"prefill +(\d+) tokens +([\d.]+) s", done.stdout)}
    decode = re.search(r"decode at \d+: ([\d.]+) us", done.stdout)
    return prefill, float(decode.group(1)) if decode else None


DENSE = 70 * 251.66e6 + 10 * 113.25e6  # weights of attention
EXPERT = 3 * HIDDEN * WIDTH


def operations(tokens, lightning_layers=70, softmax_layers=10):
    layers = lightning_layers + softmax_layers
    linear = 2 * (lightning_layers * 251.66e6 + softmax_layers * 113.25e6 + layers * TOP_K * EXPERT)
    return linear * tokens + softmax_layers * 2 * tokens**2 * 64 * 128


def model(table, program, bus, kind, counts, decode):
    name, bits = KINDS[kind][0], {4: 4.25, 5: 3.5}[kind]
    most = max(counts)
    prefill, each = shape_bench(program, "m1", name.lower(), "cuda:0", most, min(most, CHUNK), decode)
    for tokens in counts:
        crossing = (tokens + CHUNK - 1) // CHUNK * 80 * EXPERTS * EXPERT * bits / 8 / bus
        computing = operations(tokens) / table.matrix_rate
        floor = max(crossing, computing)
        print(f"full-size model {name}, prefill of {tokens} tokens: {prefill[tokens]:.2f} s, {prefill[tokens] / floor:.2f} of the "
              f"floor (bus {crossing:.2f} s, operations {computing:.2f} s)")
    if each is not None:
        states, keys = 70 * 64 * 128 * 128 * 4 * 2, 10 * most * 8 * 128 * 4
        over_bus = 80 * TOP_K * EXPERT * bits / 8 / bus
        read = ((DENSE + 200064 * HIDDEN) * 2 + states + keys) / table.copy_rate
        print(f"full-size model {name}, a token after {most}: {each / 1e3:.1f} ms, {each / 1e6 / (over_bus + read):.2f} of the "
              f"floor (bus {over_bus * 1e3:.1f} ms, memory {read * 1e3:.1f} ms)", flush=True)


def layers_at(table, program, tokens):
    seconds = {shape: shape_bench(program, shape, "bf16", "cuda:0", tokens, CHUNK, 0)[0][tokens]
               for shape in ("m1-last", "m1-lightning", "m1-softmax")}
    lightning, softmax = (seconds[shape] - seconds["m1-last"] for shape in ("m1-lightning", "m1-softmax"))
    for name, value, count in (("lightning", lightning, (1, 0)), ("softmax", softmax, (0, 1))):
        floor = operations(tokens, *count) / table.matrix_rate
        print(f"full-size {name} layer at {tokens} tokens: {value:.2f} s, {value / floor:.2f} of the floor {floor:.2f} s")
    composed, floor = 70 * lightning + 10 * softmax, operations(tokens) / table.matrix_rate
    print(f"full-size prefill of {tokens} tokens, composed of 70 and 10 such layers: {composed:.0f} s, {composed / floor:.2f} of "
          f"the floor {floor:.0f} s", flush=True)


def bus_rate():
    host, device = torch.empty(1 << 30, dtype=torch.uint8, pin_memory=True), torch.empty(1 << 30, dtype=torch.uint8, device="cuda")
    seconds = bench.median_seconds(lambda: device.copy_(host, non_blocking=True), torch.cuda.current_stream(), 5)
    return host.numel() / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", required=True)
    parser.add_argument("--bench")
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", default="32768,131072")
    parser.add_argument("--kinds", default="4,5")
    parser.add_argument("--tokens", default="32768,131072")
    parser.add_argument("--decode", type=int, default=16)
    parser.add_argument("--long", type=int, default=1 << 20)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    table = bench.Table()
    table.measure_ceilings()
    numbers = [[int(x) for x in text.split(",")] for text in (arguments.kinds, arguments.rows, arguments.tokens)]
    if arguments.only in "experts":
        kernels = bench.Kernels(os.path.abspath(arguments.library))
        kernels.library.fathom_widen_blocks.restype = ctypes.c_int
        for kind in numbers[0]:
            for rows in numbers[1]:
                run(kernels, table, kind, rows)
                torch.cuda.empty_cache()
    bus = bus_rate()
    print(f"bus {bus / 1e9:.1f} GB/s to the device", flush=True)
    torch.cuda.empty_cache()
    if arguments.bench and arguments.only in "model":
        model(table, arguments.bench, bus, numbers[0][0], numbers[2], arguments.decode)
    if arguments.bench and arguments.only in "layers":
        layers_at(table, arguments.bench, arguments.long)


if __name__ == "__main__":
    main()
