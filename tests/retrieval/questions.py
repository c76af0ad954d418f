# SPDX-License-Identifier: Apache-2.0
"""Makes the question set of tests/retrieval from the Python library of this machine.

    python3 questions.py FOLDER [COUNT]

The library's modules go to FOLDER/corpus without their docstrings; COUNT (1,000) of those docstrings' first sentences
are the questions. FOLDER/questions.tsv: question, file, first line (from 0), past the last line of the function it
described. The word vectors' training text leaves this library out (models/words/recipe/pairs.py).
"""
import ast
import os
import random
import re
import sys
import sysconfig

LEFT_OUT = {"test", "tests", "__pycache__", "dist-packages", "site-packages", "pydoc_data", "idlelib", "lib2to3"}


def modules(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted(files):
            if name.endswith(".py"):
                yield os.path.join(folder, name)


def without_docstrings(text):
    """The lines that stay, and (sentence, first, past) of each documented function among them."""
    tree, lines = ast.parse(text), text.split("\n")
    dropped, functions = set(), []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
            continue
        documentation = ast.get_docstring(node)
        if documentation is None:
            continue
        first = node.body[0]
        dropped.update(range(first.lineno - 1, first.end_lineno))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - first.end_lineno >= 3:
            sentence = " ".join(re.split(r"(?<=[.!?])\s|\n\n", documentation.strip())[0].split())
            if 5 <= len(re.findall(r"\w+", sentence)) <= 30:
                functions.append((sentence, node.lineno - 1, node.end_lineno))
    kept = [number for number in range(len(lines)) if number not in dropped]
    place = {number: index for index, number in enumerate(kept)}
    spans = []
    for sentence, begin, end in functions:
        rows = [place[number] for number in range(begin, end) if number in place]
        spans.append((sentence, rows[0], rows[-1] + 1))
    return [lines[number] for number in kept], spans


def main(folder, count):
    root, questions, size, files = sysconfig.get_path("stdlib"), [], 0, 0
    for module in modules(root):
        try:
            with open(module, encoding="utf-8") as file:
                lines, spans = without_docstrings(file.read())
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        path = os.path.relpath(module, root)
        target = os.path.join(folder, "corpus", path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        text = "\n".join(lines)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
        size, files = size + len(text.encode()), files + 1
        questions += [(sentence, path, begin, past) for sentence, begin, past in spans]
    random.Random(1).shuffle(questions)
    with open(os.path.join(folder, "questions.tsv"), "w", encoding="utf-8") as file:
        for question in questions[:count]:
            file.write("\t".join(str(part).replace("\t", " ") for part in question) + "\n")
    print(f"{min(count, len(questions))} questions about {files} files of {size} bytes")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
