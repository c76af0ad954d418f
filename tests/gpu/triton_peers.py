# SPDX-License-Identifier: Apache-2.0
"""Lightning attention beside Triton kernels, equal work on equal inputs, in one process.

    FATHOM_PEERS=FOLDER python3 tests/gpu/triton_peers.py --library build/.../libfathom_kernels_c.so

FOLDER holds a checkout of flash-linear-attention (its package `fla`). Without it, or where it cannot run, a line says
"peer absent" and why; nothing is measured in its place. Prefill is our plain form (bf16 q, k, v in, o out, f32 state
carried) against each form of the peer's simple_gla, the fastest of which counts; q, k and v are contiguous for the peer
and one tensor for ours. Decode is one token of each sequence over 70 distinct states in a CUDA graph; ours also applies
SiLU, the gate, and sums the squares, which the peer leaves to other kernels. Every row is checked against the recurrence
in f64 first.
"""
import argparse
import hashlib
import importlib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bench  # noqa: E402
import torch  # noqa: E402

DIM = bench.DIM
ERROR_MAX = 2**-6  # of a peer: bf16 states between chunks are its own choice


def load_peer():
    folder = os.environ.get("FATHOM_PEERS", "")
    if not folder:
        return None, "FATHOM_PEERS is not set"
    for place in (folder, os.path.join(folder, "flash-linear-attention")):
        if os.path.isdir(os.path.join(place, "fla")):
            sys.path.insert(0, place)
            try:
                return importlib.import_module("fla.ops.simple_gla"), ""
            except Exception as problem:  # whatever a foreign package does at import
                return None, f"{type(problem).__name__}: {str(problem).splitlines()[0][:120]}"
    return None, f"no fla in {folder}"


def prefill(kernels, table, peer, tokens, heads=64):
    bench.lightning_prefill(kernels, table, tokens, heads)
    shape = f"T {tokens} H {heads} D {DIM}"
    if peer is None:
        return
    rates = bench.slopes(heads, 40, 80)
    gamma = -torch.tensor(rates, device="cuda")
    qkv = torch.nn.functional.silu(torch.randn(tokens, heads, 3 * DIM, device="cuda").bfloat16())
    state = torch.randn(heads, DIM, DIM, device="cuda")
    checked = min(tokens, 2048)
    expected, _ = bench.lightning_reference(qkv, rates, state, checked)
    q, k, v = (x.contiguous()[None] for x in qkv.split(DIM, dim=2))
    del qkv
    forms = [("chunk_simple_gla", lambda: peer.chunk_simple_gla(
        q, k, v, g_gamma=gamma, scale=1.0, initial_state=state[None], output_final_state=True))]
    forms.append(("fused_chunk_simple_gla", lambda: peer.fused_chunk_simple_gla(
        q, k, v, g_gamma=gamma, scale=1.0, initial_state=state[None], output_final_state=True)))
    for name, form in forms:
        try:
            with torch.no_grad():
                error = bench.relative(form()[0][0, :checked], expected)
                seconds = bench.median_seconds(form, torch.cuda.current_stream())
            note = f"error {error:.1e}" + ("" if error < ERROR_MAX else ", WRONG")
            table.peer(name, shape, seconds, note)
        except Exception as problem:  # a form may refuse the shape or the card
            print(f"  peer {name}: absent ({type(problem).__name__}: {str(problem).splitlines()[0][:100]})", flush=True)
        torch.cuda.empty_cache()


def decode(kernels, table, peer, sequences, heads=64, layers=70):
    bench.lightning_decode(kernels, table, sequences, heads, layers)
    if peer is None:
        return
    layers = min(layers, int(20e9 / (sequences * heads * DIM * DIM * 4)))
    rates = bench.slopes(heads, 40, 80)
    gamma = -torch.tensor(rates, device="cuda")
    q, k, v = (torch.nn.functional.silu(torch.randn(sequences, 1, heads, DIM, device="cuda").bfloat16())
               for _ in range(3))
    states = [torch.randn(sequences, heads, DIM, DIM, device="cuda") for _ in range(layers)]

    def step(state):
        return peer.fused_recurrent_simple_gla(q, k, v, g_gamma=gamma, scale=1.0, initial_state=state,
                                               output_final_state=True)

    def run():
        for state in states:
            step(state)

    try:
        with torch.no_grad():
            out, _ = step(states[-1])
            next_state = torch.exp(gamma.double()).view(1, heads, 1, 1) * states[-1].double() \
                + k[:, 0, :, :, None].double() * v[:, 0, :, None, :].double()
            error = bench.relative(out[:, 0], torch.einsum("bhk,bhkv->bhv", q[:, 0].double(), next_state))
            seconds = bench.graph_seconds(run, torch.cuda.Stream()) / layers
        note = f"error {error:.1e}" + ("" if error < ERROR_MAX else ", WRONG") + f"; {layers} states; no SiLU, no gate"
        table.peer("fused_recurrent_simple_gla", f"B {sequences} H {heads} D {DIM}", seconds, note)
    except Exception as problem:
        print(f"  peer fused_recurrent_simple_gla: absent ({type(problem).__name__}: {str(problem)[:100]})", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--revision", default="unknown")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    digest = hashlib.sha256(open(arguments.library, "rb").read()).hexdigest()[:16]
    peer, why = load_peer()
    print(f"revision {arguments.revision}, library sha256 {digest}, seed {arguments.seed}, torch {torch.__version__}")
    print(f"flash-linear-attention: peer absent ({why})" if peer is None else
          f"flash-linear-attention {importlib.import_module('fla').__version__}")
    table, kernels = bench.Table(), bench.Kernels(os.path.abspath(arguments.library))
    table.measure_ceilings()
    for sequences in (1, 16, 64):
        decode(kernels, table, peer, sequences)
        torch.cuda.empty_cache()
    for tokens in (32768, 131072):
        prefill(kernels, table, peer, tokens)
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
