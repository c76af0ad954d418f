#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a GGUF of the same shape with random weights: the control for every quality figure.

    tests/eval/randomize_gguf.py IN.gguf OUT.gguf [--seed N]

Q8_0 blocks keep their scale and get random integers that are distributed as the tensor's own; f32, f16 and bf16 matrices
are shuffled; vectors (norms) stay.
"""
import argparse
import random
import struct

SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # GGUF value types of fixed size
F32, F16, Q8_0, BF16 = 0, 1, 8, 30


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0]

    def text(self):
        size = self.take("Q")
        self.at += size
        return self.data[self.at - size:self.at].decode()

    def value(self, kind):
        if kind == 8:
            return self.text()
        if kind == 9:
            inner, count = self.take("I"), self.take("Q")
            for _ in range(count):
                self.value(inner)
            return None
        self.at += SIZES[kind]
        return struct.unpack_from("<I", self.data, self.at - 4)[0] if kind == 4 else None


def tensors(data):
    """(dimensions, type, absolute offset) of every tensor."""
    reader = Reader(data)
    assert reader.take("I") == 0x46554747, "no GGUF"
    reader.take("I")
    tensor_count, key_count = reader.take("Q"), reader.take("Q")
    alignment = 32
    for _ in range(key_count):
        key = reader.text()
        value = reader.value(reader.take("I"))
        if key == "general.alignment":
            alignment = value
    found = []
    for _ in range(tensor_count):
        reader.text()
        dimensions = [reader.take("Q") for _ in range(reader.take("I"))]
        found.append((dimensions, reader.take("I"), reader.take("Q")))
    start = (reader.at + alignment - 1) // alignment * alignment
    return [(dimensions, kind, start + offset) for dimensions, kind, offset in found]


def quantiles(data, offset, blocks):
    """A table that turns uniform bytes into bytes distributed as the integers of the tensor (to 1/256)."""
    counts = [0] * 256
    for block in range(0, blocks, max(1, blocks // 4096)):
        for value in data[offset + block * 34 + 2:offset + block * 34 + 34]:
            counts[value] += 1
    ordered = [v for v in sorted(range(256), key=lambda v: v - 256 if v > 127 else v) for _ in range(counts[v])]
    return bytes(ordered[(2 * b + 1) * len(ordered) // 512] for b in range(256))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    with open(args.source, "rb") as file:
        data = bytearray(file.read())
    for dimensions, kind, offset in tensors(bytes(data)):
        if len(dimensions) < 2:
            continue
        count = 1
        for dimension in dimensions:
            count *= dimension
        if kind == Q8_0:
            table = quantiles(data, offset, count // 32)
            for block in range(count // 32):
                begin = offset + block * 34 + 2
                data[begin:begin + 32] = rng.randbytes(32).translate(table)
        else:
            width = {F32: 4, F16: 2, BF16: 2}[kind]
            order = list(range(count))
            rng.shuffle(order)
            old = bytes(data[offset:offset + count * width])
            data[offset:offset + count * width] = b"".join(old[i * width:(i + 1) * width] for i in order)
    with open(args.target, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main()
