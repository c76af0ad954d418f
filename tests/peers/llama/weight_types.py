#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fathom's stored weight types beside ggml's, which defines them.

    weight_types.py --tool weight_types_tool --root SOURCE_TREE

Exit status 1: they differ; 77: node-llama-cpp's library is not there. For each quantised type:

    the bytes mean what ggml says: blocks that ggml made of random values, and blocks of random bytes,
        dequantise to the same floats bit for bit
    ggml reads what fathom writes, and it is no worse: the error of fathom's own quantisation is at
        most 1.05 times ggml's on the same values
    products: largest error against float64 on the dequantised weights at most 1.1 times that of ggml's
        own product (it is far below but for Q4_K, of which both round activations to 8 bits, 256 with one
        scale: of the other types ggml does, and fathom rounds to 16 or not at all)

and, so that the comparison is known to bite, blocks with one bit flipped must differ.
"""
import argparse
import array
import ctypes
import glob
import math
import os
import random
import struct
import subprocess
import sys

ABSENT = 77
TYPES = {  # name: (ggml's number, columns and bytes of a block, ggml's spelling, type of its rows)
    "q8_0": (8, 32, 34, "q8_0", "q8_0"),
    "q4_0": (2, 32, 18, "q4_0", "q8_0"),
    "q6_k": (14, 256, 210, "q6_K", "q8_K"),
    "q4_k": (12, 256, 144, "q4_K", "q8_K"),
    "iq4_xs": (23, 256, 136, "iq4_xs", "q8_K"),
    "q3_k": (11, 256, 110, "q3_K", "q8_K"),
}
ROW_BYTES = {"q8_0": (32, 34), "q8_K": (256, 292)}
COLUMNS, OUT, ROWS = 1024, 64, 6
SCALE_AT = {"q8_0": [0], "q4_0": [0], "q6_k": [208], "q4_k": [0, 2], "iq4_xs": [0], "q3_k": [108]}
failures = []


def check(condition, text):
    print(("ok      " if condition else "FAILED  ") + text)
    if not condition:
        failures.append(text)


class Ggml:
    def __init__(self, root):
        folders = [os.environ.get("FATHOM_PEERS", ""), os.path.join(root, "tests/peers/llama")]
        found = [path for folder in folders if folder for path in glob.glob(
            folder + "/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libggml-base.so")]
        if not found:
            print("skipped: node-llama-cpp is not installed (npm install --prefix tests/peers/llama, or FATHOM_PEERS)")
            sys.exit(ABSENT)
        self.base = ctypes.CDLL(found[0], mode=ctypes.RTLD_GLOBAL)
        with open("/proc/cpuinfo", encoding="ascii") as info:
            cpu = "haswell" if " avx2 " in info.read() else "x64"
        self.cpu = ctypes.CDLL(os.path.join(os.path.dirname(found[0]), f"libggml-cpu-{cpu}.so"))
        self.cpu.ggml_cpu_init()
        self.base.ggml_quantize_chunk.argtypes = [
            ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64,
            ctypes.c_void_p]
        self.base.ggml_quantize_chunk.restype = ctypes.c_size_t

    def quantize(self, name, values):
        number, columns, block, _, _ = TYPES[name]
        source = (ctypes.c_float * len(values)).from_buffer(values)
        out = ctypes.create_string_buffer(len(values) // columns * block)
        self.base.ggml_quantize_chunk(number, source, out, 0, len(values) // COLUMNS, COLUMNS, None)
        return out.raw

    def dequantize(self, name, stored):
        _, columns, block, spelling, _ = TYPES[name]
        values = array.array("f", bytes(4 * (len(stored) // block * columns)))
        function = getattr(self.base, "dequantize_row_" + spelling)
        function.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int64]
        function(stored, (ctypes.c_float * len(values)).from_buffer(values), len(values))
        return values

    def product(self, name, stored, x):
        """(rows, OUT), each as llama.cpp's CPU code multiplies."""
        _, columns, block, spelling, rows_as = TYPES[name]
        dot = getattr(self.cpu, f"ggml_vec_dot_{spelling}_{rows_as}")
        dot.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t,
                        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
        quantize = getattr(self.cpu, "quantize_row_" + rows_as)
        quantize.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
        row_bytes, y = COLUMNS // columns * block, []
        for begin in range(0, len(x), COLUMNS):
            row = x[begin:begin + COLUMNS]
            small = ctypes.create_string_buffer(COLUMNS // ROW_BYTES[rows_as][0] * ROW_BYTES[rows_as][1])
            quantize((ctypes.c_float * COLUMNS).from_buffer(row), small, COLUMNS)
            for n in range(OUT):
                one = ctypes.c_float()
                dot(COLUMNS, ctypes.byref(one), 0, stored[n * row_bytes:(n + 1) * row_bytes], 0, small.raw, 0, 1)
                y.append(one.value)
        return y


def ours(tool, mode, name, data, *more):
    ended = subprocess.run([tool, mode, name, str(COLUMNS), *more], input=data, capture_output=True, check=True)
    return ended.stdout


def floats(data):
    return array.array("f", data)


def random_blocks(name, generator):
    """Any bits, with scales that are finite."""
    _, columns, block, _, _ = TYPES[name]
    data = bytearray(generator.randbytes(OUT * COLUMNS // columns * block))
    for begin in range(0, len(data), block):
        for at in SCALE_AT[name]:
            struct.pack_into("<e", data, begin + at, generator.uniform(-0.1, 0.1))
    return bytes(data)


def relative_error(values, again):
    lost = math.fsum((a - b) ** 2 for a, b in zip(values, again))
    return math.sqrt(lost / math.fsum(a * a for a in values))


def compare(ggml, tool, name):
    generator = random.Random(7)
    values = floats(array.array("f", (generator.gauss(0, 0.02) for _ in range(OUT * COLUMNS))).tobytes())
    stored = ggml.quantize(name, values)
    for what, data in [("ggml's blocks", stored), ("random bits", random_blocks(name, generator))]:
        theirs, mine = ggml.dequantize(name, data), floats(ours(tool, "dequantize", name, data))
        check(theirs.tobytes() == mine.tobytes(), f"{name}: {what} mean the same floats")
    flipped = bytearray(stored)
    flipped[TYPES[name][2] // 2] ^= 4
    check(ggml.dequantize(name, bytes(flipped)).tobytes() != floats(ours(tool, "dequantize", name, stored)).tobytes(),
          f"{name}: one flipped bit is told apart")

    own = ours(tool, "quantize", name, values.tobytes())
    theirs = relative_error(values, ggml.dequantize(name, stored))
    mine = relative_error(values, ggml.dequantize(name, own))
    check(mine <= 1.05 * theirs, f"{name}: quantisation error {mine:.4f}, ggml {theirs:.4f}")

    x = array.array("f", (generator.gauss(0, 1) for _ in range(ROWS * COLUMNS)))
    weights = ggml.dequantize(name, stored)
    exact = [math.fsum(weights[n * COLUMNS + k] * x[row * COLUMNS + k] for k in range(COLUMNS))
             for row in range(ROWS) for n in range(OUT)]
    theirs = max(abs(a - b) for a, b in zip(exact, ggml.product(name, stored, x)))
    mine = max(abs(a - b) for a, b in zip(exact, floats(ours(tool, "product", name, stored + x.tobytes(), str(OUT)))))
    check(mine <= 1.1 * theirs, f"{name}: largest product error {mine:.2e}, ggml {theirs:.2e}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--root", required=True)
    arguments = parser.parse_args()
    ggml = Ggml(arguments.root)
    for name in TYPES:
        compare(ggml, arguments.tool, name)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
