# SPDX-License-Identifier: Apache-2.0
"""What pack.py makes: tokens with targets, and the lines that a corpus is made of."""
from array import array

# What a target is; train.py weighs them, evaluate.py tells them apart.
NOTHING, TEXT, ORDINARY, ALIKE, WEAK, TERM, FIRST, REST, CITATION, ABSENT, TOOL, SOFT, CHOICE = range(13)
TARGET_NAMES = ["nothing", "text", "ordinary", "alike", "weak", "term", "first", "rest", "citation", "absent", "tool",
                "soft", "choice"]


class Line:
    __slots__ = ("ids", "label", "kind", "origin", "text", "number", "path")

    def __init__(self, ids, label, kind, origin=None, text=None):
        self.ids, self.label, self.kind, self.origin, self.text, self.number = ids, label, kind, origin, text, 0
        self.path = ""


class Document:
    """Tokens with targets: marks are (position, token that should follow, what kind of target it is)."""

    def __init__(self):
        self.ids, self.marks, self.verdicts, self.answers = array("H"), [], [], []

    def add(self, ids):
        self.ids.extend(ids)

    def answer(self, parts):
        """parts: (ids, kind) to be predicted."""
        for ids, kind in parts:
            for token in ids:
                self.marks.append((len(self.ids) - 1, token, kind))
                self.ids.append(token)


def token_count(group):
    return sum(len(line.ids) + 5 for part in group for line in part)


def find_term(line, term):
    """Where the term stands in the line as a whole word, -1 if nowhere."""
    start = line.find(term)
    while start >= 0:
        end = start + len(term)
        before = line[start - 1] if start else " "
        after = line[end] if end < len(line) else " "
        if not (is_word(before) and is_word(term[0])) and not (is_word(after) and is_word(term[-1])):
            return start
        start = line.find(term, start + 1)
    return -1


def is_word(c):
    return c.isalnum() or c == "_"
