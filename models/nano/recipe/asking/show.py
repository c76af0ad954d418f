# SPDX-License-Identifier: Apache-2.0
"""Prints samples, or the speed and the number of phrasings.   python3 -m asking.show --kind code --n 10"""
import argparse
import random
import time


def show_fact(fact):
    snippet = fact.snippet
    print("=== %s | %s" % (snippet.language, snippet.form))
    for at, line in enumerate(snippet.lines):
        print("%4d | %s" % (at, line))
    for question in fact.questions:
        line = snippet.lines[question.line]
        print("  %s %-10s Q: %s\n%17s A: %s" % ("C" if question.canonical else " ", question.intent, question.text, "", line[line.index(question.term):]))
    for decoy in fact.decoys:
        print("  ~ (%s) %s" % (decoy.form, " / ".join(decoy.lines)))


def show_dialog(dialog):
    print("===")
    for line in dialog.tools:
        print(line)
    for turn in dialog.turns:
        print("[%s%s] %s" % (turn.role, "*" if turn.trained else "", turn.text))


def generator(kind, held_out, seed=0):
    from asking.code import CodeFactGen
    if kind == "code":
        return CodeFactGen(random.Random(seed), held_out)
    if kind == "prose":
        from asking.prose import ProseFactGen
        return ProseFactGen(random.Random(seed), held_out)
    from asking.tools import ToolGen
    return ToolGen(random.Random(seed), held_out)


def show_phrasings():
    """Patterns with their alternatives chosen, and these in all frames."""
    print("%-24s %20s %20s" % ("", "training", "held out"))
    for kind in ("code", "prose"):
        sides = [generator(kind, held_out) for held_out in (False, True)]
        tables = [dict(side.phrasings) for side in sides]
        if kind == "code":
            for side, table in zip(sides, tables):
                table.update(function_in_words=side.function_words, type_in_words=side.type_words)
                table.update(("value in words, " + family, phrasings) for family, phrasings in side.described.items())
        for name in tables[0]:
            print("%-24s %9d %10d %9d %10d" % ((kind + " " + name)[:24], *tables[0][name].count(), *tables[1][name].count()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", choices=["code", "prose", "tools"], default="code")
    parser.add_argument("--n", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--phrasings", action="store_true")
    arguments = parser.parse_args()
    if arguments.phrasings:
        return show_phrasings()
    source = generator(arguments.kind, arguments.held_out, arguments.seed)
    if arguments.speed:
        count, start = 3000, time.perf_counter()
        for _ in range(count):
            source.sample()
        print("%s: %.0f samples/s" % (arguments.kind, count / (time.perf_counter() - start)))
        return
    for _ in range(arguments.n):
        sample = source.sample()
        show_dialog(sample) if arguments.kind == "tools" else show_fact(sample)
    if arguments.kind != "tools":
        terms = [question.term for _ in range(3) for question in source.sample().questions]
        for _ in range(5):
            print("absent:", source.absent(terms))
        print("filler:", *source.filler(6).lines, sep="\n  ")


if __name__ == "__main__":
    main()
