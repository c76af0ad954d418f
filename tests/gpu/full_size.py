# SPDX-License-Identifier: Apache-2.0
"""The experts of one layer of full-size MiniMax-M1 (32 of 6144 x 9216), kept in pinned host memory and read layer by layer.

    python3 tests/gpu/full_size.py --library build/.../libfathom_kernels_c.so [--rows 32768,131072]

Generated weights. While a layer is computed, the next one's blocks cross the bus; a layer's blocks are widened to bf16
once and all rows go through them in chunks. Prints the bus's rate alone, a layer alone, and a layer in the stream of
layers, beside the floor: the larger of its bytes over the bus's rate and its operations over the matrix rate, both
measured here. The result of the last layer is compared with float64 first.
"""
import argparse
import ctypes
import os
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", required=True)
    parser.add_argument("--rows", default="32768,131072")
    parser.add_argument("--kinds", default="4,5")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    table, kernels = bench.Table(), bench.Kernels(os.path.abspath(arguments.library))
    kernels.library.fathom_widen_blocks.restype = ctypes.c_int
    table.measure_ceilings()
    for kind in arguments.kinds.split(","):
        for rows in arguments.rows.split(","):
            run(kernels, table, int(kind), int(rows))
            torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
