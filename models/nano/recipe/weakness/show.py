# SPDX-License-Identifier: Apache-2.0
"""Prints samples with their labels, so that a person can read them: python3 -m weakness.show --n 20 --family xss"""
import argparse
import random
import time
from collections import Counter

from items import FAMILIES

from . import WeaknessGen


def Print(snippet):
    print("-- %s  %s%s" % (snippet.kind, snippet.form, "  HELD OUT" if snippet.held_out else ""))
    for other in snippet.elsewhere:
        for line in other.lines:
            print("  | " + line)
    for line, label in zip(snippet.lines, snippet.labels):
        mark = "??" if label < 0 else "  " if label == 0 else "%02d" % label
        print("%s| %s" % (mark, line))


def Forms(count):
    """How many forms each family shows in so many draws."""
    generator = WeaknessGen(random.Random(1))
    for number, name in enumerate(FAMILIES, 1):
        forms = {}
        for weak in (True, False):
            forms[weak] = len({generator.sample(number, weak).form for _ in range(count)})
        print("%-20s weak %6d  alike %6d" % (name, forms[True], forms[False]))


def Main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--language")
    parser.add_argument("--weak", choices=["yes", "no"])
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--forms", type=int, default=0, help="count the forms in so many draws")
    parser.add_argument("--speed", action="store_true")
    args = parser.parse_args()
    generator = WeaknessGen(random.Random(args.seed), args.held_out)
    family = FAMILIES.index(args.family) + 1 if args.family else None
    if args.forms:
        return Forms(args.forms)
    if args.speed:
        start, languages = time.time(), Counter()
        for _ in range(args.n):
            languages[generator.sample(family).language] += 1
        print("%.0f samples/s" % (args.n / (time.time() - start)), dict(languages))
        return None
    for _ in range(args.n):
        weak = {"yes": True, "no": False, None: None}[args.weak]
        Print(generator.plain() if args.plain else generator.sample(family, weak, args.language))
    return None


if __name__ == "__main__":
    Main()
