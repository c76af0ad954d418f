# SPDX-License-Identifier: Apache-2.0
"""A weakness family as tables: sinks, payloads, what makes them harmless; and which of it training never sees."""
from dataclasses import dataclass, field

from .languages import LANGUAGES
from .template import Rows

EVERY = 8  # one sink, source, context or builder of eight is held out
_COMMON = {"stmt", "assign", "return", "concat", "fstring", "template", "interp", "const", "let", "pair", "param"}


def _EveryEighth(names):
    held = set(names[EVERY - 1::EVERY])
    return held or ({names[-1]} if len(names) >= EVERY // 2 else set())


@dataclass
class Family:
    number: int
    name: str
    held_out_language: str = ""
    tags: frozenset = frozenset(("web", "io", "data", "field", "cli", "env"))
    param_share: float = 0.35        # how often the value is a plain parameter
    param_languages: tuple = ()      # where not empty: only in these, and only with the function in sight
    payloads: dict = field(default_factory=dict)     # language or "*": texts with «X»; "" is the bare value
    constants: dict = field(default_factory=dict)    # harmless texts in the place of a payload
    sinks: dict = field(default_factory=dict)        # language: (callee, kind, template with «E»)
    bound: dict = field(default_factory=dict)        # ... harmless with «X», the unchecked value
    sanitizers: dict = field(default_factory=dict)   # language: expressions that disarm «X»
    casts: bool = True
    guards: bool = True
    literals: bool = True
    texts_when_checked: bool = False  # the bare value is no text even when checked
    value_names: tuple = ()          # what the value from outside is often called
    text_names: tuple = ()           # ... and the text built of it
    fits_escaped: object = None      # payload -> whether an escaped value is harmless in it
    prepare: object = None           # (scene, language, weak) -> block before, names bound in the scene
    weak: dict = field(default_factory=dict)         # whole statements: (callee, kind, template)
    alike: dict = field(default_factory=dict)
    flow_share: float = 0.75         # the rest are whole statements

    def __post_init__(self):
        for name in ("sinks", "bound", "weak", "alike"):
            parsed = {}
            for languages, text in getattr(self, name).items():
                for language in languages.split():
                    parsed.setdefault(language, []).extend(Rows(text, 3))
            setattr(self, name, parsed)
        for name in ("sanitizers", "payloads", "constants"):
            spread = {}
            for languages, texts in getattr(self, name).items():
                for language in languages.split():
                    spread.setdefault(language, []).extend(texts)
            setattr(self, name, spread)
        self.languages = sorted(set(self.sinks) | set(self.weak))
        self.alike_languages = sorted(set(self.sinks) | set(self.bound) | set(self.alike))
        self.held_callees = {lang: self._HeldCallees(lang) for lang in set(self.languages) | set(self.alike_languages)}
        self._cache = {}

    def _HeldCallees(self, language):
        """Callees that training never sees; their harmless uses go with them. Tables begin with the usual callees."""
        def Names(*tables):
            return list(dict.fromkeys(row[0] for name in tables for row in getattr(self, name).get(language, ())))

        weak = Names("sinks", "weak")
        others = [name for name in Names("bound", "alike") if name not in weak]
        return _EveryEighth(weak) | _EveryEighth(others)

    def Rows(self, table, language, held):
        """Rows of a table, the held-out ones or the others."""
        key = (table, language, held)
        if key not in self._cache:
            callees = self.held_callees.get(language, ())
            self._cache[key] = [row for row in getattr(self, table).get(language, ()) if (row[0] in callees) == held]
        return self._cache[key]

    def Part(self, part, language, rows, held):
        """Sources, contexts or builders by name, the held-out ones or the others."""
        key = (part, language, held)
        if key not in self._cache:
            names = []
            for row in rows:
                if row[0] not in names and row[0] not in _COMMON:
                    names.append(row[0])
            out = {name for i, name in enumerate(names) if i % EVERY == self.number % EVERY}
            self._cache[key] = [row for row in rows if (row[0] in out) == held]
        return self._cache[key]

    def Language(self, rng, weak):
        """A language, the ones with many forms more often."""
        key = ("weights", weak)
        if key not in self._cache:
            tables = (self.sinks, self.weak) if weak else (self.sinks, self.bound, self.alike)
            names = [n for n in (self.languages if weak else self.alike_languages) if n != self.held_out_language]
            self._cache[key] = [n for n in names for _ in range(2 + min(10, sum(len(t.get(n, ())) for t in tables)))]
        names = self._cache[key]
        return names[int(rng.random() * len(names))]

    def Tagged(self, sources, language):
        """Rows of another table of sources that this family may use."""
        key = ("other sources", language)
        if key not in self._cache:
            self._cache[key] = [row for row in sources.get(language, ()) if row[1] in self.tags]
        return self._cache[key]

    def Sources(self, language, held):
        rows = LANGUAGES[language].sources
        key = ("tagged", language)
        if key not in self._cache:
            self._cache[key] = [row for row in rows if row[1] in self.tags]
        return self.Part("sources", language, self._cache[key], held)
