# SPDX-License-Identifier: Apache-2.0
"""Makes the training pairs of the word vectors: a sentence that says what a piece of text does, and that text.

    python3 models/nano/recipe/sources.py             fetches the sources (packages and licences: its sources.csv)
    ninja -C build/test words_of
    python3 models/words/recipe/pairs.py build/test/tests/retrieval/words_of

Writes .nano/pairs.tsv: two columns of words in the normal forms of rag/words.h, as the program computes them. Pairs
are a docstring and its function, a comment and the code below it, a sentence of a paragraph and the rest. python3.11 is
left out: its library is what retrieval is measured on (tests/retrieval).
"""
import ast
import json
import os
import random
import re
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
WORK = os.path.join(ROOT, ".nano")
COMMENT = re.compile(r"^\s*(//+!?|#+|\*|/\*+|--|;;+)\s?(.*?)(\*/)?\s*$")
LEGAL = re.compile(r"copyright|licen[sc]e|warrant|redistribut", re.I)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
PROSE = ("markdown", "text", "rst", "prose", "md")
LINES = 12  # of a passage, as in rag/overflow.cc


def docstrings(text, draw):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    lines = text.split("\n")
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        documentation = ast.get_docstring(node)
        if documentation is None:
            continue
        first = node.body[0]
        body = lines[node.lineno - 1:first.lineno - 1] + lines[first.end_lineno:node.end_lineno]
        begin = 0
        if len(body) > LINES and draw.random() < 0.35:
            begin = draw.randrange(0, len(body) - LINES + 1)
        yield SENTENCE.split(documentation.strip())[0].split("\n\n")[0], body[begin:begin + LINES]


def comments(text, draw):
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not COMMENT.match(lines[at]):
            at += 1
            continue
        begin, said = at, []
        while at < len(lines) and (match := COMMENT.match(lines[at])):
            said.append(match.group(2))
            at += 1
        comment = " ".join(said)
        if LEGAL.search(comment) or len(re.findall(r"[A-Za-z]{3,}", comment)) < 4:
            continue
        code = [line for line in lines[at:at + 16] if not COMMENT.match(line)][:LINES]
        if draw.random() < 0.3:
            code = [line for line in lines[max(0, begin - 4):begin] if not COMMENT.match(line)] + code[:9]
        yield SENTENCE.split(comment)[0] if draw.random() < 0.6 else comment, code


def sentences(text, draw):
    for paragraph in re.split(r"\n\s*\n", text):
        parts = [part for part in SENTENCE.split(" ".join(paragraph.split())) if len(part) > 25]
        if len(parts) < 2 or LEGAL.search(paragraph):
            continue
        chosen = draw.randrange(len(parts))
        yield parts[chosen], [" ".join(parts[:chosen] + parts[chosen + 1:])[:900]]


def pairs():
    draw = random.Random(5)
    with open(os.path.join(WORK, "source_train.jsonl"), encoding="utf-8") as file:
        for line in file:
            source = json.loads(line)
            if source["package"].startswith("python3.11"):
                continue
            text = source["text"][:400_000]
            path = source["path"].split("/", 1)[-1]
            kinds = [sentences] if source["language"] in PROSE else [comments]
            if source["language"] == "python":
                kinds.append(docstrings)
            for kind in kinds:
                for said, lines in kind(text, draw):
                    said, passage = " ".join(said.split())[:400], " ".join(" ".join(lines).split())[:1500]
                    if len(said.split()) >= 4 and len(passage) >= 40:
                        yield said, path + " " + passage


def main(words_of):
    both = list(pairs())
    text = "".join(f"{said}\n{passage}\n" for said, passage in both)
    normal = subprocess.run([words_of], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode(errors="replace")
    lines = normal.split("\n")
    with open(os.path.join(WORK, "pairs.tsv"), "w", encoding="utf-8") as file:
        for index in range(len(both)):
            file.write(f"{lines[2 * index]}\t{lines[2 * index + 1]}\n")
    print(f"{len(both)} pairs")


if __name__ == "__main__":
    main(sys.argv[1])
