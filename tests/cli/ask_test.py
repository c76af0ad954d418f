#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Questions about names in code: what is only called has no definition, and one use is not all of them."""
import json
import os
import re
import subprocess
import sys

from program import ProgramTest, main, write_profile


NAMES = ["lift", "weigh", "rotate", "paint", "collect", "divide", "measure", "stretch", "answer", "polish", "borrow", "deliver"]


class AskTest(ProgramTest):
    def setUp(self):
        super().setUp()
        write_profile(self.arguments.root, self.profile, window_tokens=4_096, output_tokens=128)
        self.corpus = os.path.join(self.folder, "corpus")
        os.mkdir(self.corpus)

    def write(self, name, text):
        with open(os.path.join(self.corpus, name), "w", encoding="utf-8") as file:
            file.write(text)

    def ask(self, *questions):
        ended = self.run_program("ask", self.corpus, "--stdin", "--json", "-q", stdin="".join(f"{q}\n" for q in questions))
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def test_what_is_only_called_is_defined_nowhere(self):
        self.write("clear.c", "void clear(struct page *page)\n{\n  memset(page->bytes, 0, page->size);\n}\n")
        answer, = self.ask("Where is `memset` defined?")
        self.assertTrue(answer["refused"])
        self.assertEqual(answer["citations"], [])
        self.assertTrue(answer["only_called"])
        self.assertEqual(answer["usage"]["output"], 0)
        self.assertEqual([(near["path"], near["line"]) for near in answer["nearest"]], [("clear.c", 3)])
        shown = self.run_program("ask", self.corpus, "Where is `memset` defined?", "-q").stdout
        self.assertIn("memset is called here, and defined nowhere", shown)

    def test_the_uses_beside_the_quoted_one_are_listed(self):
        self.write("queue.c", "int push_item(struct queue *queue, int item)\n{\n  queue->items[queue->count++] = item;\n"
                              "  return queue->count;\n}\n")
        self.write("fill.c", "void fill(struct queue *queue)\n{\n" + "".join(f"  push_item(queue, {i});\n" for i in range(12)) + "}\n")
        answer, = self.ask("Where is `push_item` used?")
        self.assertFalse(answer["refused"])
        self.assertEqual(answer["citations"][0]["path"], "fill.c")
        self.assertEqual(answer["also_count"], 11)
        self.assertEqual(len(answer["also"]), 8)
        self.assertNotIn(answer["citations"][0]["start"], [line["line"] for line in answer["also"]])
        self.assertEqual({line["path"] for line in answer["also"]}, {"fill.c"})

    def test_where_a_line_may_well_answer_a_refusal_needs_its_share(self):
        # Random weights would refuse every second time: whichever of two tokens they happen to like more.
        weights = os.path.join(self.folder, "random.gguf")
        root = self.arguments.root
        subprocess.run([sys.executable, os.path.join(root, "tests/eval/randomize_gguf.py"), os.path.join(root, "models/nano/nano.gguf"), weights,
                        "--seed", "1"], check=True)
        self.write("steps.c", "".join(f"int {name}_item(int item)\n{{\n  return item;\n}}\n" for name in NAMES))
        self.write("steps.md", "".join(f"The {name} number of each room is {n + 3}.\n" for n, name in enumerate(NAMES)))
        with open(self.profile, encoding="utf-8") as file:
            profile = re.sub(r"(?m)^checkpoint:.*$", f"checkpoint: {weights}", file.read())

        def refused(refusal_min):
            with open(self.profile, "w", encoding="utf-8") as file:
                file.write(re.sub(r"(?m)^refusal_min:.*$", f"refusal_min: {refusal_min}", profile))
            in_code = self.ask(*(f"Where is `{name}_item` defined?" for name in NAMES))
            in_prose = self.ask(*(f"What is the {name} number of each room?" for name in NAMES))
            of_phrases = self.ask(*(f"What is said about `{name} number`?" for name in NAMES))
            # A quote that the model would not have written is withheld, which is another refusal.
            return [sum(a["refused"] and not a["withheld"] for a in answers) for answers in (in_code, in_prose, of_phrases)]
        self.assertEqual(refused(0.5), [0, 0, 0])
        of_code, of_prose, of_phrases = refused(1)
        self.assertGreater(of_code, 0)
        self.assertGreater(of_prose, 0)
        self.assertGreater(of_phrases, 0)


if __name__ == "__main__":
    main()
