# SPDX-License-Identifier: Apache-2.0
"""Laws of the weakness generator. Run: python3 models/nano/recipe/weakness_test.py"""
import ast
import os
import random
import re
import sys
import textwrap
import unittest
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from items import FAMILIES, NO_LOSS, OK  # noqa: E402
from weakness import WeaknessGen, frameworks, hostile, rows  # noqa: E402
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
        trained = {s.form.removesuffix("/odd") for _, _, s in Draw(False)}
        held = {s.form for _, _, s in Draw(True)}
        self.assertEqual(trained & held, set())
        self.assertGreater(len(held), 1000)

    def test_each_family_has_many_forms(self):
        forms = {}
        for family, weak, snippet in Draw(False, 1500):
            forms.setdefault((FAMILIES[family - 1], weak), set()).add(snippet.form.removesuffix("/odd"))
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


def Parses(lines):
    """Whether Python reads the lines, at the top of a file or in a function."""
    text = textwrap.dedent("\n".join(lines))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for whole in (text, "async def f():\n" + textwrap.indent(text, "    ")):
            try:
                ast.parse(whole)
                return True
            except (SyntaxError, ValueError):
                continue
    return False


class HostileTest(unittest.TestCase):
    def Pairs(self, count, language=None):
        """Snippets as they are and with odd text, of every family, weak, alike and plain."""
        rng = random.Random(12)
        generator, odd = WeaknessGen(rng, False, 0), hostile.Hostile(rng, 1)
        for i in range(count):
            plain = generator.plain(language) if i % 4 == 3 else generator.sample(None, None, language)
            yield plain, odd.Around(plain)

    def test_the_lines_stay_in_order_with_their_labels_and_what_is_added_is_ordinary(self):
        for plain, odd in self.Pairs(6000):
            at = 0
            for text, label in zip(odd.lines, odd.labels):
                same = at < len(plain.lines) and text.startswith(plain.lines[at].rstrip()) and label == plain.labels[at]
                if same and (text == plain.lines[at] or plain.lines[at].strip()):
                    at += 1
                else:
                    self.assertEqual(label, OK, text)
            self.assertEqual(at, len(plain.lines), "\n".join(odd.lines))
            self.assertEqual([x for x in odd.labels if x != OK], [x for x in plain.labels if x != OK])
            self.assertEqual((odd.kind, odd.family), (plain.kind, plain.family))

    def test_weak_harmless_and_plain_code_get_odd_text_in_every_language(self):
        dressed, seen = set(), set()
        for plain, odd in self.Pairs(12000):
            seen.add((plain.language, plain.kind))
            if len(odd.lines) > len(plain.lines) or odd.lines != plain.lines:
                dressed.add((plain.language, plain.kind))
        self.assertEqual({key for key in seen if key[0] in hostile._COMMENTS}, {key for key in dressed if key[0] in hostile._COMMENTS})

    def test_python_with_odd_text_is_still_python(self):
        for plain, odd in self.Pairs(1500, "python"):
            if Parses(plain.lines):
                self.assertTrue(Parses(odd.lines), "\n".join(odd.lines))

    def test_a_comment_holds_nothing_that_ends_it(self):
        odd = hostile.Hostile(random.Random(13), 1)
        for language, forms in hostile._COMMENTS.items():
            signs = tuple({before.strip() for before, _ in forms} | {"/*", "*", "*/"} if language in hostile._SLASHES else {before.strip() for before, _ in forms})
            for _ in range(1500):
                lines = odd._Comment(language, "  ")
                for line in lines:
                    self.assertTrue(line.startswith("  ") and line.strip().startswith(signs), (language, line))
                    self.assertFalse(language in ("c", "cpp") and line.endswith("\\"), line)
                    self.assertFalse(language == "php" and "?>" in line, line)
                    if line.strip().startswith("<!--"):
                        self.assertTrue(line.endswith("-->"), line)
                        self.assertNotIn("--", line.strip()[4:-3])
                if lines[0].strip().startswith("/*"):
                    text = "\n".join(lines)
                    self.assertEqual(re.sub(r"/\*.*?\*/", "", text, flags=re.S).strip(), "", text)

    def test_a_literal_has_the_value_that_was_put_in(self):
        odd = hostile.Hostile(random.Random(14), 1)
        for _ in range(3000):
            text = odd.odd.Text(90)
            if "??/" not in text:
                self.assertEqual(ast.literal_eval(hostile.Quoted("python", text, odd.rng)), text)

    def test_so_many_snippets_have_odd_text_and_none_of_those_held_out(self):
        generator = WeaknessGen(random.Random(15))
        share = sum(generator.sample().form.endswith("/odd") for _ in range(12000)) / 12000
        self.assertAlmostEqual(share, hostile.SHARE, delta=0.025)
        generator = WeaknessGen(random.Random(15), True)
        self.assertFalse(any(generator.sample().form.endswith("/odd") or generator.plain().form.endswith("/odd") for _ in range(1000)))

    def test_no_odd_text_is_said_often(self):
        odd = hostile.Hostile(random.Random(16), 1).odd
        texts = [odd.Text(100) for _ in range(5000)]
        self.assertGreater(len(set(texts)), 4700)
        self.assertGreater(sum(bool(re.search("[^\x00-\x7f]", text)) for text in texts), 500)


if __name__ == "__main__":
    unittest.main()
