# SPDX-License-Identifier: Apache-2.0
"""What the generators hand to the packer: pieces of a corpus with their labels, and questions about them."""
from dataclasses import dataclass, field

FAMILIES = [
    "buffer-overflow", "command-injection", "sql-injection", "code-eval", "hardcoded-secret", "weak-hash",
    "path-traversal", "format-string", "weak-random", "unsafe-deserialize", "xss", "insecure-tls",
]  # <r01> ... <r12>

NO_LOSS, OK = -1, 0  # labels; 1..12 is the family


@dataclass
class Snippet:
    """Consecutive lines of one file. labels[i] is the verdict of lines[i]: NO_LOSS, OK or 1..12."""
    language: str
    lines: list[str]
    labels: list[int]
    kind: str                      # "weak", "alike" (looks weak, is safe), "plain", "fact"
    family: int = 0                # 1..12 for weak and alike
    form: str = ""                 # name of the composed form, for held-out splits and error tables
    held_out: bool = False         # made from forms that training never sees
    elsewhere: list["Snippet"] = field(default_factory=list)  # must stand in other files, before this one


@dataclass
class Question:
    """One question about a snippet. The answer runs from `term` to the end of snippet.lines[line]."""
    text: str                      # the request as asked
    term: str                      # "" is never allowed; for absent ones the term that is not in the corpus
    line: int | None               # index into the snippet's lines, None: the corpus does not say
    intent: str                    # "value", "definition", "use", "statement"
    canonical: bool                # one of FORMAT.md's phrasings
    held_out: bool = False


@dataclass
class Fact:
    """A snippet (code definition, config key, prose statement) with questions about it and about near misses."""
    snippet: Snippet
    questions: list[Question]
    decoys: list[Snippet] = field(default_factory=list)  # uses, near-miss names: placed anywhere in the corpus
