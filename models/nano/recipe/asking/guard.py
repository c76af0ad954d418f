# SPDX-License-Identifier: Apache-2.0
"""Keeps a corpus unambiguous: what one fact asks for must not stand in another one."""
from asking.names import stands_at


class TermGuard:
    """Of one corpus. A bare subject such as `rent` would else be stated by the line of a `rent deposit` as well."""

    def __init__(self):
        self.terms, self.text = {"code": set(), "prose": set()}, {"code": "", "prose": ""}

    def accepts(self, fact):
        """Whether fact goes with all accepted before; if so it is remembered."""
        side = "prose" if fact.snippet.language == "prose" else "code"
        lines = [line for snippet in [fact.snippet] + fact.decoys for line in snippet.lines]
        text, terms = "\n".join(lines), {question.term.lstrip("-") for question in fact.questions}
        if side == "prose":
            text, terms = text.lower(), {term.lower() for term in terms}
        if any(stands_at(term, self.text[side]) >= 0 for term in terms) or any(stands_at(term, text) >= 0 for term in self.terms[side]):
            return False
        self.terms[side] |= terms
        self.text[side] += "\n" + text
        return True
