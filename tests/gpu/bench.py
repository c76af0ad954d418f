# SPDX-License-Identifier: Apache-2.0
"""Measures the device's fast operators: error and speed on one line, floors and peers beside them.

    python3 tests/gpu/bench.py --library build/.../libfathom_kernels_c.so [--only TEXT]

Every row checks its output against a reference in higher precision on the same random inputs before it is timed; a
row that is wrong prints its error and no speed. Times are medians of CUDA events around one call, or of a graph's
replay divided by its calls. A floor is bytes over the copy rate, or operations over the matrix rate, both measured
in the same process on the same card. The matrix rate falls when a card multiplies for longer than some milliseconds, so
the experts' rows take that of products that ran in turn with them, each as long as the other; their note says what share
of the short run's rate they are. Peers are torch's own kernels.
"""
import argparse
import ctypes
import hashlib
import math
import os
import statistics

import torch

C = ctypes
DIM = 128


class Kernels:
    """libfathom_kernels_c.so; see kernels/cuda/c_api.h."""

    def __init__(self, path):
        self.library = C.CDLL(path)
        self.library.fathom_open.restype = C.c_void_p
        self.library.fathom_error.restype = C.c_char_p
        self.library.fathom_stream.restype = C.c_void_p
        self.library.fathom_stream.argtypes = [C.c_void_p]
        self.handle = self.library.fathom_open(0)
        if not self.handle:
            raise SystemExit("fathom_open: " + self.library.fathom_error().decode())
        self.stream = torch.cuda.ExternalStream(self.library.fathom_stream(self.handle))

    def __call__(self, name, *arguments):
        values = [C.c_void_p(self.handle)]
        for value in arguments:
            if isinstance(value, torch.Tensor):
                values.append(C.c_void_p(value.data_ptr()))
            elif isinstance(value, float):
                values.append(C.c_float(value))
            else:
                values.append(C.c_size_t(value))
        if getattr(self.library, "fathom_" + name)(*values) != 0:
            raise RuntimeError(self.library.fathom_error().decode())


def seconds_once(run, stream):
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    begin.record(stream)
    run()
    end.record(stream)
    end.synchronize()
    return begin.elapsed_time(end) * 1e-3


def median_seconds(run, stream, repeats=15):
    for _ in range(3):
        run()
    return statistics.median(seconds_once(run, stream) for _ in range(repeats))


def graph_seconds(run, stream, repeats=15):
    torch.cuda.synchronize()
    with torch.cuda.stream(stream):
        run()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=stream):
            run()

        def replay():
            with torch.cuda.stream(stream):
                graph.replay()

        return median_seconds(replay, stream, repeats)


def seconds_in_turn(works, repeats=9):
    """The median of each of some (run, stream), one after the other, again and again."""
    times = [[] for _ in works]
    for _ in range(repeats + 1):
        for work, all_of_it in zip(works, times):
            all_of_it.append(seconds_once(*work))
    return [statistics.median(all_of_it[1:]) for all_of_it in times]


def relative(actual, expected):
    actual, expected = actual.double(), expected.double()
    return ((actual - expected).norm() / expected.norm()).item()


class Table:
    def __init__(self):
        self.copy_rate = self.matrix_rate = 0.0
        print(f"{'operator':34} {'shape':30} {'us':>10} {'floor us':>9} {'x floor':>7} {'rate':>12} {'error':>8}  note")

    def measure_ceilings(self):
        source = torch.empty(1 << 30, dtype=torch.bfloat16, device="cuda").normal_()
        target = torch.empty_like(source)
        stream = torch.cuda.current_stream()
        seconds = median_seconds(lambda: target.copy_(source), stream)
        self.copy_rate = 2 * source.numel() * 2 / seconds
        del source, target
        a, b = (torch.randn(8192, 8192, dtype=torch.bfloat16, device="cuda") for _ in range(2))
        seconds = median_seconds(lambda: a @ b, stream)
        self.matrix_rate = 2 * 8192**3 / seconds
        print(f"{torch.cuda.get_device_name()}: copy {self.copy_rate / 1e12:.2f} TB/s (read and written), "
              f"8192^3 bf16 {self.matrix_rate / 1e12:.0f} TFLOP/s", flush=True)

    def row(self, name, shape, seconds, error, limit, bytes_moved=0.0, operations=0.0, note="", matrix_rate=None):
        matrix_rate = matrix_rate or self.matrix_rate
        floor = max(bytes_moved / self.copy_rate, operations / matrix_rate)
        if not error <= limit:
            print(f"{name:34} {shape:30} {'WRONG':>10} {'':9} {'':7} {'':12} {error:8.1e}  limit {limit:.1e} {note}",
                  flush=True)
            return
        rate = f"{operations / seconds / 1e12:.0f} TFLOP/s" if operations / matrix_rate >= floor and operations \
            else f"{bytes_moved / seconds / 1e12:.2f} TB/s"
        ratio = f"{seconds / floor:.2f}" if floor else "-"
        print(f"{name:34} {shape:30} {seconds * 1e6:10.1f} {floor * 1e6:9.1f} {ratio:>7} {rate:>12} {error:8.1e}  {note}",
              flush=True)

    def peer(self, name, shape, seconds, note=""):
        print(f"  peer {name:29} {shape:30} {seconds * 1e6:10.1f} {'':9} {'':7} {'':12} {'':8}  {note}", flush=True)


def slopes(heads, layer, layers):
    return [2 ** (-8 * (i + 1) / heads) * (1 - layer / (layers - 1) + 1e-5) for i in range(heads)]


def lightning_reference(qkv, decay_rates, state, tokens):
    """The recurrence in f64, by chunks of 64 tokens."""
    heads = qkv.shape[1]
    q, k, v = (x.double() for x in qkv[:tokens].split(DIM, dim=2))
    s = state.double().clone()
    rate = torch.tensor(decay_rates, dtype=torch.float64, device="cuda").view(heads, 1, 1)
    out = torch.empty(tokens, heads, DIM, dtype=torch.float64, device="cuda")
    for begin in range(0, tokens, 64):
        n = min(64, tokens - begin)
        i = torch.arange(n, dtype=torch.float64, device="cuda")
        mask = torch.exp(-rate * (i[:, None] - i[None, :]).clamp(min=0)) * (i[:, None] >= i[None, :])
        qc, kc, vc = (x[begin:begin + n].transpose(0, 1) for x in (q, k, v))
        o = torch.exp(-rate * (i + 1).view(1, n, 1)) * (qc @ s) + (qc @ kc.transpose(1, 2) * mask) @ vc
        s = torch.exp(-rate * n) * s + (kc * torch.exp(-rate * (n - 1 - i).view(1, n, 1))).transpose(1, 2) @ vc
        out[begin:begin + n] = o.transpose(0, 1)
    return out, s


def lightning_prefill(kernels, table, tokens, heads=64):
    decay_rates = slopes(heads, 40, 80)
    host = (C.c_float * heads)(*decay_rates)
    qkv = torch.nn.functional.silu(torch.randn(tokens, heads, 3 * DIM, device="cuda").bfloat16())
    state = torch.randn(heads, DIM, DIM, device="cuda")
    o = torch.full((tokens, heads, DIM), float("nan"), dtype=torch.bfloat16, device="cuda")
    checked = min(tokens, 2048)
    expected, _ = lightning_reference(qkv, decay_rates, state, checked)
    kept = state.clone()
    torch.cuda.synchronize()

    def run():
        kernels.library.fathom_lightning_prefill(
            C.c_void_p(kernels.handle), C.c_size_t(tokens), C.c_size_t(heads), C.c_void_p(qkv.data_ptr()), host,
            C.c_void_p(state.data_ptr()), C.c_void_p(o.data_ptr()))

    run()
    torch.cuda.synchronize()
    error = relative(o[:checked], expected) if not o.isnan().any() else math.nan
    seconds = median_seconds(run, kernels.stream)
    del kept
    table.row("lightning prefill", f"T {tokens} H {heads} D {DIM}", seconds, error, 2**-8,
              bytes_moved=8.0 * tokens * heads * DIM, note="q k v in, o out, bf16; state f32")


def lightning_decode(kernels, table, sequences, heads=64, layers=70):
    decay_rates = slopes(heads, 40, 80)
    decays = torch.exp(-torch.tensor(decay_rates, device="cuda"))
    layers = min(layers, int(40e9 / (sequences * heads * DIM * DIM * 4)))
    qkv = torch.randn(layers, sequences, heads, 3 * DIM, device="cuda").bfloat16()
    gate = torch.randn(sequences, heads, DIM, device="cuda").bfloat16()
    weight = torch.randn(heads, DIM, device="cuda")
    state = torch.randn(layers, sequences, heads, DIM, DIM, device="cuda")
    o = torch.full((layers, sequences, heads, DIM), float("nan"), dtype=torch.bfloat16, device="cuda")
    squares = torch.full((layers, sequences, heads), float("nan"), device="cuda")
    q, k, v = torch.nn.functional.silu(qkv[-1].double()).split(DIM, dim=2)
    s = decays.double().view(1, heads, 1, 1) * state[-1].double() + k[..., None] * v[..., None, :]
    expected = torch.einsum("bhk,bhkv->bhv", q, s)
    gated = weight.double() * expected * torch.sigmoid(gate.double())
    torch.cuda.synchronize()

    def run():
        for layer in range(layers):
            kernels("lightning_decode", sequences, heads, qkv[layer], decays, gate, weight, state[layer], o[layer],
                    squares[layer])

    run()
    torch.cuda.synchronize()
    error = max(relative(o[-1], gated), relative(state[-1], s) * 100, relative(squares[-1], (expected**2).sum(-1)) * 100)
    seconds = graph_seconds(run, kernels.stream) / layers
    table.row("lightning decode (graph)", f"B {sequences} H {heads} D {DIM}", seconds, error, 2**-8,
              bytes_moved=8.0 * sequences * heads * DIM * DIM,
              note=f"{layers} distinct states; SiLU, gate and squares inside")


class Pages:
    """Keys and values of one layer, written by our own kernel, and the same as tensors."""

    def __init__(self, kernels, tokens, kv_heads=8):
        self.tokens, self.kv_heads, self.kernels = tokens, kv_heads, kernels
        kernels.library.fathom_kv_page_bytes.restype = C.c_size_t
        size = kernels.library.fathom_kv_page_bytes(C.c_size_t(kv_heads), C.c_size_t(DIM))
        count = (tokens + 63) // 64
        self.memory = torch.zeros(count, size, dtype=torch.uint8, device="cuda")
        order = torch.randperm(count)  # pages stand anywhere
        self.table = (C.c_void_p * count)(*(self.memory.data_ptr() + int(i) * size for i in order))
        self.count = count
        addresses = [self.memory.data_ptr() + int(i) * size for i in order]
        self.table_on_device = torch.tensor(addresses, dtype=torch.int64, device="cuda")
        self.k, self.v = (torch.randn(tokens, kv_heads, DIM, device="cuda").bfloat16() for _ in range(2))
        for begin in range(0, tokens, 8192):
            k, v = (x[begin:begin + 8192].float().contiguous() for x in (self.k, self.v))
            torch.cuda.synchronize()
            self.call("kv_write", C.c_size_t(kv_heads), begin, k.shape[0], k, v)
            torch.cuda.synchronize()

    def call(self, name, heads, begin, rows, *tensors):
        write = name == "kv_write"
        first = [C.c_void_p(self.kernels.handle), heads] + ([] if write else [C.c_size_t(self.kv_heads)])
        tables = [self.table] + ([] if write else [C.c_void_p(self.table_on_device.data_ptr())])
        result = getattr(self.kernels.library, "fathom_" + name)(
            *first, C.c_size_t(DIM), *tables, C.c_size_t(self.count), C.c_size_t(begin), C.c_size_t(rows),
            *(C.c_void_p(t.data_ptr()) for t in tensors))
        if result != 0:
            raise RuntimeError(self.kernels.library.fathom_error().decode())


def attention_rows(q, k, v, positions):
    """Causal attention of some positions in f64: (rows, heads, D)."""
    heads, kv_heads = q.shape[1], k.shape[1]
    out = torch.empty(len(positions), heads, DIM, dtype=torch.float64, device="cuda")
    for i, position in enumerate(positions):
        group = q[i].double().view(kv_heads, heads // kv_heads, DIM)
        scores = torch.einsum("ghd,tgd->ght", group, k[:position + 1].double()) / math.sqrt(DIM)
        out[i] = torch.einsum("ght,tgd->ghd", scores.softmax(-1), v[:position + 1].double()).reshape(heads, DIM)
    return out


def attention_prefill(kernels, table, tokens, heads=64):
    pages = Pages(kernels, tokens)
    q = torch.randn(tokens, heads, DIM, device="cuda")
    o = torch.full_like(q, float("nan"))
    torch.cuda.synchronize()

    def run():
        pages.call("attention", C.c_size_t(heads), 0, tokens, q, o)

    run()
    torch.cuda.synchronize()
    positions = [0, 1, 63, 64, 127, 128, 1000, tokens // 2 + 1, tokens - 2, tokens - 1]
    expected = attention_rows(q[positions], pages.k, pages.v, positions)
    error = relative(o[positions], expected) if not o.isnan().any() else math.nan
    repeats = 15 if tokens <= 32768 else 3
    seconds = median_seconds(run, kernels.stream, repeats)
    operations = 2.0 * tokens * tokens * DIM * heads
    shape = f"T {tokens} H {heads}/8 D {DIM} causal"
    table.row("attention prefill", shape, seconds, error, 2**-8, operations=operations, note="bf16 pages, q and o f32")
    del o
    q16 = q.bfloat16().transpose(0, 1)[None]
    del q
    k16, v16 = (x.transpose(0, 1)[None] for x in (pages.k, pages.v))
    from torch.nn.attention import SDPBackend, sdpa_kernel
    for name, backend in (("torch SDPA flash", SDPBackend.FLASH_ATTENTION), ("torch SDPA cuDNN", SDPBackend.CUDNN_ATTENTION)):
        try:
            with sdpa_kernel(backend):
                def peer():
                    return torch.nn.functional.scaled_dot_product_attention(q16, k16, v16, is_causal=True,
                                                                            enable_gqa=True)
                seconds = median_seconds(peer, torch.cuda.current_stream(), repeats)
            table.peer(name, shape, seconds, f"{operations / seconds / 1e12:.0f} TFLOP/s")
        except RuntimeError as error:
            print(f"  peer {name}: absent ({str(error).splitlines()[0][:80]})")


def attention_decode(kernels, table, tokens, heads=64):
    pages = Pages(kernels, tokens)
    q = torch.randn(1, heads, DIM, device="cuda")
    o = torch.full_like(q, float("nan"))
    torch.cuda.synchronize()

    def run():
        pages.call("attention", C.c_size_t(heads), tokens - 1, 1, q, o)

    run()
    torch.cuda.synchronize()
    error = relative(o, attention_rows(q, pages.k, pages.v, [tokens - 1]))
    calls = 4

    def several():
        for _ in range(calls):
            run()

    seconds = graph_seconds(several, kernels.stream) / calls
    table.row("attention decode (graph)", f"T {tokens} H {heads}/8 D {DIM}", seconds, error, 2**-7,
              bytes_moved=4.0 * tokens * 8 * DIM, note="one row; bf16 pages that stand anywhere")
    q16, k16, v16 = (x.transpose(0, 1)[None] for x in (q.bfloat16(), pages.k, pages.v))
    stream = torch.cuda.Stream()

    def peer():
        for _ in range(calls):
            torch.nn.functional.scaled_dot_product_attention(q16, k16, v16, enable_gqa=True)

    table.peer("torch SDPA (graph)", f"T {tokens}", graph_seconds(peer, stream) / calls)


def experts(kernels, table, rows, hidden=6144, width=9216, count=8, top_k=2):
    """Eight of M1's experts at the rows an expert gets of 32K tokens and more."""
    w13 = torch.empty(count, 2 * width, hidden, dtype=torch.bfloat16, device="cuda").normal_(0, hidden**-0.5)
    w2 = torch.empty(count, hidden, width, dtype=torch.bfloat16, device="cuda").normal_(0, width**-0.5)
    x = torch.randn(rows, hidden, device="cuda")
    scores = torch.rand(rows, count, device="cuda")
    probabilities, chosen = scores.softmax(-1).topk(top_k, dim=-1)
    probabilities = (probabilities / probabilities.sum(-1, keepdim=True)).contiguous()
    chosen = chosen.int().contiguous()
    out = torch.full((rows, hidden), float("nan"), device="cuda")
    torch.cuda.synchronize()

    def run():
        kernels("moe_experts", rows, hidden, width, count, top_k, x, chosen, probabilities, w13, w2, out)

    run()
    torch.cuda.synchronize()
    some = list(range(0, rows, rows // 16))[:16] + [rows - 1]
    expected = torch.zeros(len(some), hidden, dtype=torch.float64, device="cuda")
    for i, row in enumerate(some):
        for c in range(top_k):
            e = int(chosen[row, c])
            gate_up = w13[e].double() @ x[row].bfloat16().double()
            h = torch.nn.functional.silu(gate_up[:width]) * gate_up[width:]
            expected[i] += probabilities[row, c].double() * (w2[e].double() @ h)
    error = relative(out[some], expected) if not out.isnan().any() else math.nan
    operations = 6.0 * rows * top_k * hidden * width
    shape = f"{rows} rows top {top_k} of {count}, {hidden}x{width}"
    a, b = (torch.randn(8192, 8192, dtype=torch.bfloat16, device="cuda") for _ in range(2))
    products = round(operations / (2 * 8192**3))

    def multiply():
        for _ in range(products):
            a @ b

    seconds, in_turn = seconds_in_turn([(run, kernels.stream), (multiply, torch.cuda.current_stream())])
    rate = products * 2 * 8192**3 / in_turn
    table.row("experts bf16", shape, seconds, error, 2**-7, operations=operations, matrix_rate=rate,
              note=f"gather, products, sum; x and out f32; 8192^3 in turn {rate / 1e12:.0f} TFLOP/s; "
                   f"{operations / seconds / table.matrix_rate:.0%} of the short run's")
    del a, b
    order = chosen.flatten().argsort(stable=True)
    ends = torch.bincount(chosen.flatten(), minlength=count).cumsum(0).int()
    gathered = x.bfloat16()[order // top_k]
    starts = [0] + ends.tolist()

    def loop():
        for e in range(count):
            rows_of = gathered[starts[e]:starts[e + 1]]
            gate, up = (rows_of @ w13[e].t()).split(width, dim=1)
            torch.nn.functional.silu(gate) * up @ w2[e].t()

    seconds = median_seconds(loop, torch.cuda.current_stream(), 7)
    table.peer("cuBLAS, an expert at a time", shape, seconds,
               f"{operations / seconds / 1e12:.0f} TFLOP/s; without gather and sum")
    try:
        up, down = w13.transpose(1, 2), w2.transpose(1, 2)
        grouped = getattr(torch.nn.functional, "grouped_mm", None) or torch._grouped_mm

        def peer():
            y = grouped(gathered, up, offs=ends)
            h = torch.nn.functional.silu(y[:, :width]) * y[:, width:]
            return grouped(h, down, offs=ends)

        seconds = median_seconds(peer, torch.cuda.current_stream(), 7)
        table.peer("torch grouped_mm", shape, seconds, f"{operations / seconds / 1e12:.0f} TFLOP/s; without gather and sum")
    except (RuntimeError, AttributeError) as problem:
        print(f"  peer torch grouped_mm: absent ({str(problem).splitlines()[0][:80]})")


def q4k_blocks(rows, columns, scale):
    """Random blocks of GGUF's Q4_K, values about `scale` large: (rows, columns / 256, 144) bytes."""
    blocks = torch.randint(0, 256, (rows, columns // 256, 144), dtype=torch.uint8, device="cuda")
    halves = torch.empty(rows, columns // 256, 2, dtype=torch.float16, device="cuda")
    halves[..., 0].uniform_(0.5 * scale / 300, 1.5 * scale / 300)
    halves[..., 1].uniform_(3.5 * scale / 300, 11 * scale / 300)
    blocks[..., :4] = halves.view(torch.uint8)
    return blocks


def q4k_values(blocks):
    """In f64, from the format's description: d * scale * code - d_min * min, both of six bits."""
    rows, count, _ = blocks.shape
    d = blocks[..., :4].contiguous().view(torch.float16).double()
    s = blocks[..., 4:16].int()
    low, high = s[..., :4], s[..., 4:8]
    last = s[..., 8:12]
    scales = torch.cat([low & 63, last & 15 | low >> 6 << 4], -1).double()
    mins = torch.cat([high & 63, last >> 4 | high >> 6 << 4], -1).double()
    codes = blocks[..., 16:].reshape(rows, count, 4, 1, 32)
    codes = torch.cat([codes & 15, codes >> 4], 3).reshape(rows, count, 8, 32).double()
    values = d[..., :1, None] * scales[..., None] * codes - d[..., 1:, None] * mins[..., None]
    return values.reshape(rows, count * 256)


def iq4xs_blocks(rows, columns, scale):
    """Random blocks of IQ4_XS and their values in f64: d * (six-bit scale - 32) * table[code]."""
    blocks = torch.randint(0, 256, (rows, columns // 256, 136), dtype=torch.uint8, device="cuda")
    d = torch.empty(rows, columns // 256, 1, dtype=torch.float16, device="cuda").uniform_(scale / 2000, scale / 800)
    blocks[..., :2] = d.view(torch.uint8)
    table = torch.tensor([-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113], device="cuda").double()

    def values():
        head = blocks[..., 2:8].int()
        high = head[..., 0] | head[..., 1] << 8
        scales = torch.stack([(head[..., 2 + i // 2] >> 4 * (i % 2) & 15) | (high >> 2 * i & 3) << 4 for i in range(8)], -1)
        codes = blocks[..., 8:].reshape(rows, columns // 256, 8, 16)
        codes = torch.cat([codes & 15, codes >> 4], -1).long()
        return (d.double()[..., None] * (scales - 32)[..., None] * table[codes]).reshape(rows, columns)
    return blocks.flatten(), values


def q3k_blocks(rows, columns, scale):
    """Random blocks of Q3_K in few_experts.h's order, and their values in f64: d * (six-bit scale - 32) * (code - 4)."""
    blocks = torch.randint(0, 256, (rows, columns // 256, 112), dtype=torch.uint8, device="cuda")
    d = torch.empty(rows, columns // 256, 1, dtype=torch.float16, device="cuda").uniform_(scale / 60, scale / 30)
    blocks[..., 12:14] = d.view(torch.uint8)

    def values():
        head = blocks[..., :12].int()
        scales = torch.stack([(head[..., j % 8] >> (0 if j < 8 else 4) & 15) | (head[..., 8 + j % 4] >> j // 4 * 2 & 3) << 4
                              for j in range(16)], -1)
        high, low = blocks[..., 16:48].int(), blocks[..., 48:].int().reshape(rows, columns // 256, 2, 32)
        codes = torch.stack([(low[..., run // 4, :] >> run % 4 * 2 & 3) | (high >> run & 1) << 2 for run in range(8)], -2)
        codes = codes.reshape(rows, columns // 256, 16, 16)
        return (d.double()[..., None] * (scales - 32)[..., None] * (codes - 4)).reshape(rows, columns)
    return blocks.flatten(), values


def few_weights(kind, rows, columns):
    """Stored weights of one matrix and their values in f64, the latter on demand."""
    scale = columns**-0.5
    if kind > 3:
        return (iq4xs_blocks if kind == 4 else q3k_blocks)(rows, columns, scale)
    if kind == 3:
        blocks = q4k_blocks(rows, columns, scale)
        return blocks.flatten(), lambda: q4k_values(blocks)
    if kind == 2:
        codes = torch.randint(-127, 128, (rows, columns), dtype=torch.int8, device="cuda")
        scales = torch.empty(rows, columns // 32, device="cuda").uniform_(0.5 * scale / 73, 1.5 * scale / 73)
        stored = torch.cat([codes.flatten().view(torch.uint8), scales.flatten().view(torch.uint8)])
        return stored, lambda: codes.double() * scales.double().repeat_interleave(32, dim=1)
    values = torch.empty(rows, columns, dtype=torch.bfloat16, device="cuda").normal_(0, scale)
    return values.flatten().view(torch.uint8), values.double


def experts_decode(kernels, table, kind, rows, hidden=6144, width=9216, count=8, top_k=2):
    """Few rows: what is chosen is read once, where it stands; the choices of a step differ from the last one's."""
    up = [few_weights(kind, 2 * width, hidden) for _ in range(count)]
    down = [few_weights(kind, hidden, width) for _ in range(count)]
    gate_up, downs = torch.cat([stored for stored, _ in up]), torch.cat([stored for stored, _ in down])
    x = torch.randn(rows, hidden, device="cuda")
    steps = 4
    choices = torch.stack([torch.stack([torch.randperm(count)[:top_k] for _ in range(rows)])
                           for _ in range(steps)]).int().cuda()
    probabilities = torch.full((rows, top_k), 1.0 / top_k, device="cuda")
    out = torch.full((steps, rows, hidden), float("nan"), device="cuda")
    torch.cuda.synchronize()

    def run():
        for step in range(steps):
            kernels("moe_few", kind, rows, hidden, width, count, top_k, x, choices[step], probabilities, gate_up, downs,
                    out[step])

    run()
    torch.cuda.synchronize()
    expected = torch.zeros(rows, hidden, dtype=torch.float64, device="cuda")
    for row in range(rows):
        for e in choices[-1, row].tolist():
            gate, value = (up[e][1]() @ x[row].double()).split(width)
            expected[row] += down[e][1]() @ (torch.nn.functional.silu(gate) * value) / top_k
    error = relative(out[-1], expected) if not out.isnan().any() else math.nan
    seconds = graph_seconds(run, kernels.stream) / steps
    distinct = sum(len(set(choices[step].flatten().tolist())) for step in range(steps)) / steps
    name = {1: "bf16", 2: "Q8_0", 3: "Q4_K", 4: "IQ4_XS", 5: "Q3_K"}[kind]
    table.row(f"experts decode {name} (graph)", f"{rows} rows top {top_k}, {hidden}x{width}", seconds, error, 2**-12,
              bytes_moved=distinct * (gate_up.numel() + downs.numel()) / count,
              note="weights as stored; x and out f32")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--revision", default="unknown")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    digest = hashlib.sha256(open(arguments.library, "rb").read()).hexdigest()[:16]
    print(f"revision {arguments.revision}, library sha256 {digest}, seed {arguments.seed}, torch {torch.__version__}")
    table, kernels = Table(), Kernels(os.path.abspath(arguments.library))
    table.measure_ceilings()
    benches = [("lightning prefill", lambda t=t: lightning_prefill(kernels, table, t)) for t in (8192, 32768, 131072)]
    benches += [("lightning decode", lambda b=b: lightning_decode(kernels, table, b)) for b in (1, 16, 64)]
    benches += [("attention prefill", lambda t=t: attention_prefill(kernels, table, t)) for t in (4096, 32768, 131072)]
    benches += [("attention decode", lambda t=t: attention_decode(kernels, table, t)) for t in (32768, 131072, 1048576)]
    benches += [("experts", lambda r=r: experts(kernels, table, r)) for r in (8192, 32768)]
    benches += [("experts decode", lambda k=k, r=r: experts_decode(kernels, table, k, r))
                for k, r in ((3, 1), (4, 1), (5, 1), (2, 1), (1, 1), (3, 4))]
    for name, bench in benches:
        if arguments.only in name:
            bench()
            torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
