# SPDX-License-Identifier: Apache-2.0
"""The mean of two models' weights, of runs that continue each other.

    python3 average.py NEWER OLDER SHARE FACTOR OUT     SHARE of NEWER, the rest of OLDER; the last norm times FACTOR

OUT.gguf is written in Q8_0; any other name is a folder of files as Hugging Face has them, in bf16.
"""
import sys

import torch

import export
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
    if out.endswith(".gguf"):
        gguf.write(model, out)
    else:
        export.write_hf(model, out)


if __name__ == "__main__":
    main()
