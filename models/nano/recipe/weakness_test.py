# SPDX-License-Identifier: Apache-2.0
"""Laws of the weakness generator. Run: python3 models/nano/recipe/weakness_test.py"""
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from items import FAMILIES, NO_LOSS, OK  # noqa: E402
from weakness import WeaknessGen, frameworks, rows  # noqa: E402
from weakness.compose import Composer, Retry  # noqa: E402
from weakness.families import ALL  # noqa: E402

DRAWS = 400  # per family and kind


def Draw(held_out, count=DRAWS, seed=5):
    generator = WeaknessGen(random.Random(seed), held_out)
    for family in range(1, len(FAMILIES) + 1):
        for weak in (True, False):
            for _ in range(count):
                yield family, weak, generator.sample(family, weak)


class WeaknessGenTest(unittest.TestCase):
    def test_every_line_has_a_label_and_a_reasonable_length(self):
        for held_out in (False, True):
            for _, _, snippet in Draw(held_out):
                for part in [snippet] + snippet.elsewhere:
                    self.assertEqual(len(part.lines), len(part.labels))
                    self.assertTrue(part.lines)
                    for line in part.lines:
                        self.assertLessEqual(len(line), 160, line)
                        self.assertNotRegex(line, "[\\x00-\\x08\n«»⟦⟧⏎⇥↵¤]", snippet.form)

    def test_a_weak_snippet_has_its_family_on_one_line_and_an_alike_one_has_none(self):
        for held_out in (False, True):
            for family, weak, snippet in Draw(held_out):
                found = [label for label in snippet.labels if label > 0]
                self.assertEqual(found, [family] if weak else [], "\n".join(snippet.lines))
                self.assertEqual((snippet.kind, snippet.family), ("weak" if weak else "alike", family))
                if weak:
                    sink = snippet.lines[snippet.labels.index(family)].strip()
                    self.assertNotRegex(sink, r"^(return( -?\w+)?;?|[{}]|end|else|break;)$", snippet.form)
                for other in snippet.elsewhere:
                    self.assertLessEqual(set(other.labels), {OK, NO_LOSS})

    def test_the_seed_decides_the_samples(self):
        one, two = ([s.lines for _, _, s in Draw(False, 5, seed)] for seed in (9, 9))
        self.assertEqual(one, two)
        self.assertNotEqual(one, [s.lines for _, _, s in Draw(False, 5, 10)])

    def test_held_out_forms_are_never_trained(self):
        trained = {s.form for _, _, s in Draw(False)}
        held = {s.form for _, _, s in Draw(True)}
        self.assertEqual(trained & held, set())
        self.assertGreater(len(held), 1000)

    def test_each_family_has_many_forms(self):
        forms = {}
        for family, weak, snippet in Draw(False, 1500):
            forms.setdefault((FAMILIES[family - 1], weak), set()).add(snippet.form)
        for key, names in forms.items():
            self.assertGreaterEqual(len(names), 300, key)

    def test_every_whole_statement_makes_a_snippet(self):
        rng = random.Random(6)
        for weak, tables in ((True, rows.WEAK), (False, rows.ALIKE)):
            for number, table in tables.items():
                for language, some in table.items():
                    for row in some:
                        self.assertTrue(any(self.made(rng, number, language, weak, row) for _ in range(20)), (number, language, row))

    def made(self, rng, number, language, weak, row):
        try:
            snippet = Composer(rng, ALL[number], language, weak, None).Pattern(row)
        except Retry:
            return False
        self.assertEqual([label for label in snippet.labels if label > 0], [number] if weak else [], row)
        return True

    def test_the_held_out_language_of_a_family_is_in_no_table_of_training_alone(self):
        for number, family in ALL.items():
            for tables in (rows.WEAK, rows.ALIKE, frameworks.SINKS):
                self.assertNotIn(family.held_out_language, tables.get(number, {}))

    def test_a_weak_line_of_shell_hands_on_a_value(self):
        generator = WeaknessGen(random.Random(8))
        for _ in range(300):
            snippet = generator.sample(3, True, "shell")
            self.assertIn("$", "\n".join(snippet.lines), snippet.form)

    def test_a_language_can_be_asked_for(self):
        generator = WeaknessGen(random.Random(3))
        for language in ("python", "c", "javascript", "php", "go"):
            self.assertEqual(generator.sample(3, True, language).language, language)

    def test_plain_lines_are_never_weak(self):
        generator = WeaknessGen(random.Random(4))
        for _ in range(1000):
            snippet = generator.plain()
            self.assertEqual(snippet.labels, [OK] * len(snippet.lines))
            self.assertLessEqual(max(map(len, snippet.lines)), 160)


if __name__ == "__main__":
    unittest.main()
