# SPDX-License-Identifier: Apache-2.0
"""Gives composed code the variable names that people choose, so that a verdict cannot lean on how names look.

The names come from the real text. Only variables made of the generator's neutral words are renamed, the same in all
parts of a snippet; names of functions and types, and names that could matter for a verdict, stay.
"""
import re

from items import Snippet
from weakness import words

IDENTIFIER = re.compile(r"(?<![\w@])[a-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*\b(?!\s*[(:<]|_)")
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
NEUTRAL = frozenset(f"{words.NOUNS} {words.VERBS} {words.ADJECTIVES}".split() if isinstance(words.NOUNS, str)
                    else [*words.NOUNS, *words.VERBS, *words.ADJECTIVES])
KEPT = words.RESERVED | frozenset("""operator str bool type def any null number none true false nil undefined args self err
error result string object array value id name length size data path url key user cmd command query sql html""".split())
NEVER = words.RESERVED | frozenset("""operator str bool type def any null number none true false nil undefined self this int
not and or elif lambda pass raise except finally typeof instanceof sizeof auto goto volatile signed unsigned extern
readonly override virtual var val when then end begin do unless until rescue ensure echo print push pop shift unshift split
join keys values delete exists my our sub local foreach use no require puts loop server app router""".split())
# Names with such a part say what a line does: an option, a key, a part of a request, a word of a statement.
TELLING = frozenset("""verify check validate shell raw seed script host strict trust request session document location render seek
select insert update order limit group set install index image button style frame form input option property header content digest
format template random load module define run random hash permit allow skip disable enable ignore require accept test mode""".split())
GROUPS_RENAMED, NAMES_RENAMED = 0.55, 0.9  # shares
BORROWED = {"javascript": "js", "typescript": "js", "ts": "js", "csharp": "java", "cs": "java", "kotlin": "java",
            "ruby": "python", "perl": "php"}


class Renamer:
    def __init__(self, rng, names_of):
        self.rng = rng
        self.names = {language: [n for n in names if n not in NEVER] for language, names in names_of.items()}

    def group(self, snippets):
        """The snippets of one weakness, renamed alike or left as they are."""
        rng, language = self.rng, snippets[0].language
        names = self.names.get(BORROWED.get(language, language)) or self.names["python"]
        if rng.random() > GROUPS_RENAMED:
            return snippets
        text = "\n".join(line for snippet in snippets for line in snippet.lines)
        called = set(re.findall(r"(\w+)\s*\(", text))
        taken = set(re.findall(r"\w+", text))
        mapping = {}
        for name in sorted(set(IDENTIFIER.findall(text)) - called - KEPT - NEVER):
            parts = [part.lower() for part in PARTS.findall(name)]
            neutral = all(part in NEUTRAL for part in parts) and TELLING.isdisjoint(parts) and name not in words.COMMON
            if neutral and rng.random() < NAMES_RENAMED:
                new = names[int(len(names) * rng.random() ** 2)]  # frequent names more often
                if new not in taken:
                    taken.add(new)
                    mapping[name] = new
        if not mapping:
            return snippets
        pattern = re.compile(r"(?<![\w.@/-])(" + "|".join(sorted(mapping, key=len, reverse=True)) + r")(?![\w-])")
        return [Snippet(s.language, [pattern.sub(lambda m: mapping[m.group()], line) for line in s.lines], s.labels, s.kind,
                        s.family, s.form, s.held_out, []) for s in snippets]
