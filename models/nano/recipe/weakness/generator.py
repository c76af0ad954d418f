# SPDX-License-Identifier: Apache-2.0
"""WeaknessGen draws snippets with a weakness, with a look-alike of one, and ordinary ones with risky words."""
import random

from items import FAMILIES, Snippet

from .compose import HELD_AXES, Composer, Retry
from . import hostile, rows
from .families import ALL
from .plain import PlainGen


# Families that are found least in code that the recipe did not think of: training sees them twice as often.
MORE_OFTEN = frozenset((1, 3, 5, 7, 9, 10, 11, 12))
TABLES_SHARE = 0.35  # of the ordinary snippets with odd text: nothing but such texts


class WeaknessGen:
    """Samples are a function of the seed of `rng`. held_out draws only forms that training never draws.

    `odd` is the share of snippets with odd text around them: of training's as hostile.py says, of the held-out ones none.
    """

    def __init__(self, rng: random.Random, held_out: bool = False, odd: float | None = None):
        self.rng = rng
        self.held_out = held_out
        self._plain = PlainGen(rng)
        self._hostile = hostile.Hostile(rng, odd if odd is not None else 0 if held_out else hostile.SHARE)

    def plain(self, language=None) -> Snippet:
        """Ordinary lines with risky words; no line is weak."""
        if not self._hostile.Due():
            return self._plain.Sample(language)
        if self.rng.random() < TABLES_SHARE:
            return self._hostile.Table(language)
        return self._hostile.Around(self._plain.Sample(language))

    def sample(self, family=None, weak=None, language=None) -> Snippet:
        odd = self._hostile.Due()
        snippet = self._Sample(family, weak, language, self._hostile.odd if odd else None)
        return self._hostile.Around(snippet) if odd else snippet

    def _Sample(self, family, weak, language, odd):
        rng = self.rng
        number = family
        is_weak = weak if weak is not None else rng.random() < 0.5
        for _ in range(400):
            if family is None:
                candidates = [f for f in ALL.values() if language is None or language in f.languages]
                candidates += [] if self.held_out else [f for f in candidates if f.number in MORE_OFTEN]
                number = candidates[int(rng.random() * len(candidates))].number
            try:
                return self._Draw(ALL[number], is_weak, language, odd)
            except Retry:
                continue
        raise ValueError("no form of %s in %s" % (FAMILIES[number - 1] if number else "any family", language))

    def _Draw(self, family, weak, language, odd):
        rng = self.rng
        axis = None
        languages = family.languages if weak else family.alike_languages
        if self.held_out:
            axis = "language" if rng.random() < 0.2 and family.held_out_language in languages else \
                HELD_AXES[int(rng.random() * len(HELD_AXES))]
        if axis == "language":
            chosen = family.held_out_language
            if language not in (None, chosen):
                raise Retry
        else:
            chosen = language or family.Language(rng, weak)
            if chosen == family.held_out_language:
                raise Retry
        if axis is None:
            table = (rows.WEAK if weak else rows.ALIKE).get(family.number, {})
            if language is None and table and rng.random() < rows.OTHERS_SHARE:
                chosen = list(table)[int(rng.random() * len(table))]
                return Composer(rng, family, chosen, weak, axis).Pattern(self._Any(table[chosen]))
            if chosen in table and rng.random() < rows.SHARE:
                return Composer(rng, family, chosen, weak, axis).Pattern(self._Any(table[chosen]))
        composer = Composer(rng, family, chosen, weak, axis)
        composer.odd = odd
        has_flow = chosen in family.sinks
        has_pattern = chosen in (family.weak if weak else family.alike)
        if not weak and not has_pattern:
            has_flow = True
        if weak:
            flow = has_flow and (not has_pattern or rng.random() < family.flow_share)
        else:
            flow = has_flow
        if axis in ("source", "builder") and not flow:
            raise Retry
        snippet = composer.Flow() if flow else composer.Pattern()
        if axis == "source" and not composer.took_source or axis == "builder" and not composer.took_builder or \
                axis == "context" and not composer.took_context:
            raise Retry
        return snippet

    def _Any(self, table):
        return table[int(self.rng.random() * len(table))]
