# SPDX-License-Identifier: Apache-2.0
"""Laws of definitions in real code: python3 definitions_test.py (the first needs universal-ctags)"""
import random
import unittest
from array import array

import definitions
from asking.code import CodeFactGen
from code_quotes import CodeQuotes
from document import Document, Line

SOURCE = """#define RING_SLOTS 64
int ring_push (struct ring *r, int value);

static unsigned long long
ring_hash (const char *text, size_t length)
{
  return mix_words (text, length);
}

int
ring_push (struct ring *r, int value)
{
  if (ring_full (r) || !slot_free(value))
    return log_lost (value);
  return ring_hash ("x", RING_SLOTS);
}
"""


class Bytes:
    """A tokenizer of bytes."""

    def encode(self, text):
        return list(text.encode())

    def decode(self, ids):
        return bytes(list(ids))


def asked(seed, count=4):
    quotes, document = CodeQuotes(random.Random(seed), Bytes(), CodeFactGen(random.Random(seed))), Document()
    defined = {1: [("RING_SLOTS", definitions.VALUE)], 5: [("ring_hash", definitions.FUNCTION)], 11: [("ring_push", definitions.FUNCTION)]}
    for number, text in enumerate(SOURCE.split("\n"), 1):
        line = Line(array("H", list(text.encode())), 0, 0)
        line.number = number
        document.add(text.encode() + b"\n")
        quotes.remember(line, defined.get(number))
    return quotes.questions(document, count)


class Definitions(unittest.TestCase):
    @unittest.skipUnless(definitions.available(), "universal-ctags is absent")
    def test_heads_at_the_margin_and_macros_are_found_and_prototypes_are_not(self):
        found = definitions.definitions([{"path": "a/ring.c", "text": SOURCE}])[0]
        self.assertEqual({name: line for line, names in found.items() for name, _ in names},
                         {"RING_SLOTS": 0, "ring_hash": 4, "ring_push": 10})

    def test_an_answer_is_the_line_that_defines_the_name_not_its_prototype_or_a_call(self):
        seen = set()
        for seed in range(40):
            for lines, question in asked(seed):
                if question.line is not None:
                    seen.add(question.term)
                    self.assertEqual({"RING_SLOTS": 1, "ring_hash": 5, "ring_push": 11}[question.term], lines[0].number)
                    self.assertIn(question.term, lines[0].text)
        self.assertEqual(seen, {"RING_SLOTS", "ring_hash", "ring_push"})

    def test_what_is_called_and_defined_nowhere_has_no_answer(self):
        absent = {question.term for seed in range(40) for _, question in asked(seed) if question.line is None}
        self.assertEqual(absent, {"mix_words", "ring_full", "slot_free", "log_lost"})


if __name__ == "__main__":
    unittest.main()
