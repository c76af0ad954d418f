# SPDX-License-Identifier: Apache-2.0
"""The mean of two models' weights, of runs that continue each other.

    python3 average.py NEWER OLDER SHARE FACTOR OUT.gguf     SHARE of NEWER, the rest of OLDER; the last norm times FACTOR
"""
import sys

import torch

import gguf
import model as m


def main():
    newer, older, share, factor, out = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), sys.argv[5]
    model, _ = m.load(newer)
    other = dict(m.load(older)[0].named_parameters())
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.copy_(share * weight + (1 - share) * other[name])
        model.norm.mul_(factor)
    gguf.write(model, out)


if __name__ == "__main__":
    main()
