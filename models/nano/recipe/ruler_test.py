# SPDX-License-Identifier: Apache-2.0
"""What an item of ruler.py asks follows from its text: python3 ruler_test.py (needs no prepared text)"""
import collections
import random
import re
import unittest

import ruler
import tokenizer as tok

COUNT = 5
SAID = re.compile(r"^The number of (\w+) is (\d+)\.$", re.M)
SET = re.compile(r"^(\w+) = (\w+)$", re.M)


def filler():
    """Lines like those of prose, blank and short ones among them."""
    rng, words = random.Random(3), "the a keeper of lamps walks along this quay and counts every boat that comes back before dawn with 12 nets or none".split()
    return [" ".join(rng.choice(words) for _ in range(rng.choice([0, 2, 8, 12, 18]))) for _ in range(3_000)]


class RulerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.encode = staticmethod(tok.Tokenizer().encode)
        cls.lines = filler()
        cls.items = list(ruler.ruler_items(COUNT, cls.encode, cls.lines))

    def of(self, task):
        """(length, text, question, answers) of each item of a task."""
        for item in self.items:
            name, length = item["set"].removeprefix("ruler, ").split("/")
            if name == task:
                text, _, question = item["messages"][0]["content"].rpartition("\n\n")
                yield length, text, question, item["contains"]

    def depths(self, task, key):
        """For each length the share of characters that stands before the statement asked for."""
        found = collections.defaultdict(list)
        for length, text, question, answers in self.of(task):
            body = text.partition("\n\n")[2]
            at, end = re.search(key.format(answers[0]), body).span()
            found[length].append(at / (len(body) - (end - at)))
        return found

    def test_each_task_and_length_has_its_items(self):
        sets = collections.Counter(item["set"] for item in self.items)
        self.assertEqual(sets, {f"ruler, {task}/{length}": COUNT for length in ("1K", "4K", "16K")
                                for task in ("niah single", "niah multi-key", "variable tracking", "frequent words")})
        for item in self.items:
            self.assertEqual((item["kind"], item["tools"], item["all"], [m["role"] for m in item["messages"]]), ("text", [], True, ["user"]))

    def test_a_message_fills_its_length_and_goes_not_beyond(self):
        for item in self.items:
            tokens = 1024 * int(item["set"].rsplit("/", 1)[1].removesuffix("K"))
            count = len(self.encode(item["messages"][0]["content"]))
            self.assertTrue(0.9 * tokens <= count <= tokens, (item["set"], count))

    def test_what_stands_between_the_statements_are_the_given_lines(self):
        given = set(self.lines)
        for task, statement in (("niah single", SAID), ("niah multi-key", SAID), ("variable tracking", SET)):
            for _, text, _, _ in self.of(task):
                for line in text.split("\n")[2:]:
                    self.assertTrue(statement.match(line) or (line in given and len(line.split()) >= 5), line)

    def test_the_number_asked_for_is_said_once(self):
        for task, keys in (("niah single", 1), ("niah multi-key", 4)):
            for _, text, question, answers in self.of(task):
                said = SAID.findall(text)
                self.assertEqual((len(said), len(dict(said)), len({value for _, value in said})), (keys, keys, keys))
                asked = [value for name, value in said if name in re.findall(r"\w+", question)]
                self.assertEqual(asked, answers)
                self.assertEqual((text.count(answers[0]), answers[0] in question), (1, False))

    def test_the_variables_asked_for_hold_the_number(self):
        for _, text, question, answers in self.of("variable tracking"):
            holds, hops, settings = {}, {}, SET.findall(text)
            for name, value in settings:  # a variable is set before another takes what it holds
                self.assertNotIn(name, holds)
                holds[name] = value if value.isdigit() else holds[value]
                hops[name] = 0 if value.isdigit() else hops[value] + 1
            number = re.search(r"\d{5,}", question).group()
            self.assertEqual({name for name, value in holds.items() if value == number}, set(answers))
            self.assertEqual(collections.Counter(hops.values()), {hop: 3 for hop in range(5)})
            self.assertEqual((len(answers), len(holds), len(set(holds.values()))), (5, 15, 3))
            self.assertFalse([(a, b) for a in holds for b in holds if a != b and a in b])
            self.assertFalse([name for name in answers if name in question])

    def test_the_words_asked_for_are_the_most_frequent_in_their_order(self):
        for _, text, question, answers in self.of("frequent words"):
            counts = collections.Counter(text.partition("\n\n")[2].split())
            order = sorted(counts, key=lambda word: (-counts[word], word))
            first, second, third, fourth = (counts[word] for word in order[:4])
            self.assertEqual(order[:3], answers)
            self.assertTrue(first > second > third >= 1.25 * fourth and third >= fourth + 3, (first, second, third, fourth))
            self.assertFalse([(a, b) for a in answers for b in counts if a != b and (a in b or b in a)])
            self.assertFalse([word for word in answers if word in question])

    def test_depths_are_spread_evenly(self):
        for task in ("niah single", "niah multi-key"):
            for length, found in self.depths(task, r"The number of \w+ is {}\.\n?").items():
                tolerance = 0.12 if length == "1K" else 0.05
                for index, depth in enumerate(found):
                    self.assertAlmostEqual(depth, index / (COUNT - 1), delta=tolerance, msg=(task, length))
        for _, text, _, _ in self.of("variable tracking"):
            places = [match.start() / len(text) for match in SET.finditer(text)]
            self.assertTrue(places[0] < 0.35 and places[-1] > 0.8 and max(b - a for a, b in zip(places, places[1:])) < 0.25, places)

    def test_nothing_that_is_asked_comes_twice_in_a_set(self):
        seen = collections.defaultdict(list)
        for item in self.items:
            text = item["messages"][0]["content"]
            seen[item["set"]] += item["contains"] if "frequent" in item["set"] else [word for pair in SAID.findall(text) for word in pair]
            seen[item["set"]] += [name for name, _ in SET.findall(text)] + [value for _, value in SET.findall(text) if value.isdigit()]
        for name, words in seen.items():
            self.assertEqual(len(words), len(set(words)), name)
            self.assertGreaterEqual(len(words), COUNT)

    def test_a_second_run_gives_the_same(self):
        self.assertEqual(list(ruler.ruler_items(COUNT, self.encode, self.lines)), self.items)

    def test_lines_of_programs_are_no_prose(self):
        lines = ["int size = the number of boats at dawn;", "every boat comes back before dawn", "== from here on other words stand ==", "two words"]
        self.assertEqual(ruler.prose(lines), [lines[1]])

    def test_too_few_lines_are_an_error(self):
        with self.assertRaises(ValueError):
            list(ruler.ruler_items(1, self.encode, self.lines[:20]))


if __name__ == "__main__":
    unittest.main()
