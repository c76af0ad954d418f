# SPDX-License-Identifier: Apache-2.0
"""Questions about real code: where a name is defined that stands on other lines too, and names that are called but defined nowhere."""
import collections
import re

from asking.rules import Unanswered
from definitions import FUNCTION, TYPE, VALUE
from document import find_term

ABSENT_SHARE = 0.35   # of the questions; of names that the corpus uses and does not define
ELSEWHERE_SHARE = 0.75  # of the others; of names that stand on other lines too, which is harder
VALUE_SHARE = 0.4     # of the names that are given a value
KIND_NAMES = {FUNCTION: "func", TYPE: "type", VALUE: "const"}
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CALLED = re.compile(r"(?<![\w$#])([A-Za-z_][A-Za-z0-9_]{3,40}) ?\(")
KEYWORDS = frozenset("""while switch return sizeof catch super assert typeof instanceof function import require defined elif elseif foreach print
echo array list isset unset empty exit include lambda yield await async match with throw using else static_cast const_cast
dynamic_cast reinterpret_cast alignof decltype noexcept __attribute__ defer select range func self this""".split())
# What stands before a name that is called, not declared: an operator, the start of a statement that goes on, a word of flow.
BEFORE_A_CALL = re.compile(r"(?:[=(,!&|?{;+\-*/<>:\[.]|\b(?:return|await|else|and|or|not|in|go|defer|throw|new|yield|case))\s*$|^\s+$")
DECLARES = re.compile(r"\b(?:def|function|func|fn|class|struct|interface|trait|type|macro|define|typedef|extern|declare)\b|^#")


class CodeQuotes:
    """Remembers the lines of real code of a corpus and the names that they define, and asks about them."""

    def __init__(self, rng, tokenizer, facts):
        self.rng, self.tokenizer, self.facts = rng, tokenizer, facts
        self.begin()

    def begin(self):
        self.lines = []      # (line, [(name, kind)]) of lines that define something
        self.everything = []  # every line of real code

    def remember(self, line, names):
        self.everything.append(line)
        if names:
            self.lines.append((line, names))

    def text_of(self, line):
        if line.text is None:
            line.text = self.tokenizer.decode(line.ids).decode("utf-8", "replace")
        return line.text

    def questions(self, document, count):
        """[([line], question)]; a name is asked about when exactly one line defines it and the term's place on it is clear."""
        rng = self.rng
        if not self.lines:
            return []
        words = collections.Counter(WORD.findall(self.tokenizer.decode(document.ids).decode("utf-8", "replace")))
        defined = collections.Counter(name for _, names in self.lines for name, _ in names)
        absent = sum(rng.random() < ABSENT_SHARE for _ in range(count))
        found = self.unanswered(absent, defined, words) if absent else []
        often = [(line, name, kind) for line, names in self.lines for name, kind in names if defined[name] == 1 and words[name] > 1]
        once = [(line, name, kind) for line, names in self.lines for name, kind in names if defined[name] == 1 and words[name] == 1]
        rng.shuffle(often)
        rng.shuffle(once)
        while len(found) < count and (often or once):
            line, name, kind = (often if often and (not once or rng.random() < ELSEWHERE_SHARE) else once).pop()
            text = self.text_of(line)
            at = find_term(text, name)
            if at < 0 or "\ufffd" in text or not text[at + len(name):].strip() or not line.number:
                continue
            rest = text[at + len(name):].lstrip()
            valued = kind == VALUE and (text.lstrip().startswith("#define") or rest[:1] in "=:" and rest[:2] != "==")
            intent = "value" if valued and rng.random() < VALUE_SHARE else "definition"
            found.append(([line], self.question(name, 0, intent, KIND_NAMES[kind])))
        return found

    def question(self, name, line, intent, kind):
        if self.rng.random() < 0.7:
            return self.facts.canonical(name, line, intent)
        return self.facts.free(name, line, intent, kind, "")

    def unanswered(self, count, defined, words):
        """Names that are called on every line of the corpus that holds them, so that none of them can be a definition."""
        rng, calls, found = self.rng, collections.Counter(), []
        picked = rng.sample(self.everything, min(len(self.everything), 60 * count))
        candidates = []
        for line in picked:
            for match in CALLED.finditer(self.text_of(line)):
                name = match.group(1)
                if name not in defined and name not in KEYWORDS and 1 <= words[name] <= 6:
                    candidates.append(name)
        rng.shuffle(candidates)
        wanted = set(candidates[:4 * count])
        if not wanted:
            return found
        declared = set()
        for line in self.everything:
            text = self.text_of(line)
            for match in CALLED.finditer(text):
                name = match.group(1)
                if name in wanted:
                    calls[name] += 1
                    if not BEFORE_A_CALL.search(text[:match.start()]) or DECLARES.search(text[:match.start()]) or text.rstrip().endswith(("{", ":")) and \
                            not re.match(r"\s*(?:\}\s*)?(?:if|while|for|switch|else|elif|return|with|case|try)\b", text):
                        declared.add(name)
        for name in dict.fromkeys(candidates):
            if len(found) == count:
                break
            if name in wanted and name not in declared and calls[name] == words[name]:
                asked = self.question(name, None, "definition", "func")
                found.append(([], Unanswered(asked.text, name, None, "definition", asked.canonical)))
        return found
