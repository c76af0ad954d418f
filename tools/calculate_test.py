#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""calculate against Python's own exact arithmetic: calculate_test.py PROGRAM [COUNT]

PROGRAM (calculate_lines) reads one expression a line and answers one line each. Expressions are made at
random with their value as a Fraction, or as a float where nothing exact exists.
"""
import math
import random
import subprocess
import sys
from fractions import Fraction


def literal(rng):
    kind = rng.randrange(4)
    if kind == 0:
        text = str(rng.randrange(10 ** rng.randrange(1, 40)))
    elif kind == 1:
        text = f"{rng.randrange(1000)}.{rng.randrange(10 ** 6):06d}"
    elif kind == 2:
        text = f".{rng.randrange(1, 10 ** 4)}"
    else:
        text = f"{rng.randrange(1, 100)}e{rng.randrange(-9, 10)}"
    return text, Fraction(text)


def expression(rng, depth):
    """(text, exact value); every sub-expression in parentheses where precedence would matter is chosen at random."""
    if depth == 0 or rng.random() < 0.15:
        return literal(rng)
    kind = rng.randrange(9)
    if kind < 4:
        left, right = expression(rng, depth - 1), expression(rng, depth - 1)
        sign = "+-*%"[kind]
        if sign == "%" and right[1] == 0:
            return left
        value = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
                 "%": lambda a, b: a - (a / b).__floor__() * b}[sign](left[1], right[1])
        return f"({left[0]}) {sign} ({right[0]})", value
    inner = expression(rng, depth - 1)
    if kind == 4:
        power = rng.randrange(0, 4)
        return f"({inner[0]})^{power}", inner[1] ** power
    if kind == 5:
        return f"-({inner[0]})", -inner[1]
    if kind == 6:
        name = rng.choice(["floor", "ceil", "abs"])
        value = {"floor": math.floor, "ceil": math.ceil, "abs": abs}[name](inner[1])
        return f"{name}({inner[0]})", Fraction(value)
    if kind == 7:
        other = expression(rng, depth - 1)
        name = rng.choice(["min", "max"])
        return f"{name}({inner[0]}, {other[0]})", (min if name == "min" else max)(inner[1], other[1])
    divisor = rng.choice([2, 4, 5, 8, 10, 16, 25, 125])
    return f"({inner[0]}) / {divisor}", inner[1] / divisor


PRECEDENCE = {  # written out by hand from the grammar, evaluated here by Python where it means the same
    "2+3*4": 14, "-2^2": -4, "2^3^2": 512, "2*-3": -6, "2^-1": Fraction(1, 2), "7%3": 1, "-7%3": 2, "7%-3": -2,
    "10-4-3": 3, "100/10/5": 2, "2(3)": None, "1+": None, "": None, "1..2": None, "(1": None, "1)": None,
    "1/0": None, "5%0": None, "0^-1": None, "foo(1)": None, "sqrt(-1)": None, "1 2": None, "round(2.5)": 3,
    "round(-2.5)": -3, "round(3.14159, 2)": Fraction("3.14"), "round(1234,-2)": 1200, "sqrt(144)": 12,
    "0.1+0.2": Fraction("0.3"), "1<2": "true", "2<=1": "false", "0.1+0.2==0.3": "true", "1!=1": "false",
    "9^9^9": None, "1e999999": None, "x": None, "min()": None, "((((1))))": 1, "1/2/2": Fraction("0.25"),
}


def near(text, value):
    return text.endswith(" (rounded)") and math.isclose(float(text.split()[0]), float(value), rel_tol=1e-12)


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    rng = random.Random(20261125)
    cases = [expression(rng, rng.randrange(1, 5)) for _ in range(count)] + list(PRECEDENCE.items())
    cases += [(f"{a} / {b}", Fraction(a, b)) for a, b in
              ((rng.randrange(10 ** 30), rng.randrange(1, 10 ** 12)) for _ in range(300))]
    answers = subprocess.run([program], input="".join(text + "\n" for text, _ in cases), capture_output=True,
                             text=True, check=True).stdout.splitlines()
    assert len(answers) == len(cases), (len(answers), len(cases))
    wrong, exact = 0, 0
    for (text, value), answer in zip(cases, answers):
        if value is None:
            good = answer.startswith("error: ")
        elif isinstance(value, str):
            good = answer == value
        elif answer.endswith(" (rounded)"):
            good = near(answer, value)
        else:
            good = not answer.startswith("error: ") and Fraction(answer) == value
            exact += good
        if not good:
            wrong += 1
            print(f"wrong: {text[:200]} -> {answer[:200]}, expected {str(value)[:200]}")
    print(f"calculate: {len(cases)} expressions, {exact} exact, {wrong} wrong")
    return 1 if wrong or exact < count * 0.8 else 0


if __name__ == "__main__":
    sys.exit(main())
