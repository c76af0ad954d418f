#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Questions about names in code: what defines, uses and only calls them, also beyond one window."""
import json
import os
import re

from program import ProgramTest, main, write_profile

HEADS = ("static struct {0} *\n{0}_open (struct {0} *from, int flags)",
         "static const unsigned char *{0}_open(const unsigned char *input, size_t *length,",
         "{0}_open (from, flags)\n     struct {0} *from;\n     int flags;",
         "INTERNAL(int) {0}_open(struct {0} *from)")
NAMES = ("ferry", "lantern", "orchard", "pebble", "saddle", "thicket", "walnut", "quarry")


def source_of(name, head):
    """A file of some 600 tokens that calls NAME_open, and at its end the definition."""
    calls = "".join(f"int {name}_step_{i}(struct {name} *from)\n{{\n  return {name}_open(from, {i}) != 0 ? from->size : {i};\n}}\n\n"
                    for i in range(8))
    return f"{calls}{head.format(name)}\n{{\n  from->size = 0;\n  return from;\n}}\n"


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

    def test_a_definition_beyond_the_window_is_quoted_where_the_refusal_is_weak(self):
        for i, name in enumerate(NAMES):
            self.write(f"{name}.c", source_of(name, HEADS[i % len(HEADS)]))
        questions = [f"Where is `{name}_open` defined?" for name in NAMES]
        right = {}
        for refusal_min in (0.0, 0.5, 0.999):
            with open(self.profile, encoding="utf-8") as file:
                text = re.sub(r"(?m)^refusal_min: \S+", f"refusal_min: {refusal_min}", file.read())
            with open(self.profile, "w", encoding="utf-8") as file:
                file.write(text)
            answers = self.ask(*questions)
            for answer in answers:
                for citation in answer["citations"]:
                    self.assertNotIn("return", citation["quote"], answer["question"])
            right[refusal_min] = sum(not answer["refused"] for answer in answers)
        print("answered:", right)


if __name__ == "__main__":
    main()
