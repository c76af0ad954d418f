# SPDX-License-Identifier: Apache-2.0
"""The recipe's own laws, on a CPU in a minute: python3 recipe_test.py (needs the prepared text of .nano)"""
import argparse
import collections
import os
import random
import tempfile
import unittest

import numpy as np
import torch

import baselines
import held_sets
import model as m
import pack
import tokenizer as tok
import train

TINY = m.Shape(hidden_size=64, intermediate_size=64, head_dim=16, attn_type_list=[0, 1])


class PackTest(unittest.TestCase):
    def setUp(self):
        self.packer = pack.Packer(random.Random(3))

    def test_every_target_is_the_next_token_or_a_verdict_at_a_line_end(self):
        for stream in ("dense512", "joint1024", "joint4096", "tools1024", "tools8192"):
            ids, marks = self.packer.row(stream)
            tokens = pack.stream_tokens(stream)
            self.assertEqual(marks.shape, (int(tokens * pack.TARGET_SHARE), 3))
            for position, target, kind in marks.tolist():
                if kind in (pack.ORDINARY, pack.SOFT, pack.ALIKE, pack.WEAK):
                    self.assertEqual(ids[position], tok.NEWLINE)
                    self.assertEqual(kind == pack.WEAK, target != tok.OK)
                    self.assertTrue(tok.OK <= target <= tok.OK + 12)
                elif kind != pack.NOTHING:
                    self.assertEqual(ids[position + 1], target)

    def test_an_answer_quotes_its_line_and_ends_in_its_number(self):
        found = 0
        for _ in range(20):
            document = self.packer.document("joint1024")
            lines = {line.number: line.text for _, line in document.verdicts if line.text is not None}
            for start, term, length, question in document.answers:
                text = self.packer.tokenizer.decode(document.ids[start:start + length - 1]).decode("utf-8", "replace")
                self.assertTrue(text.startswith(question.term))
                if question.line is not None:
                    quote, number = text.rsplit(" #", 1)
                    self.assertTrue(lines[int(number)].endswith(quote), (quote, lines[int(number)]))
                    found += 1
        self.assertGreater(found, 40)

    def test_what_chooses_is_marked_apart_from_what_follows_from_it(self):
        two = '<tool_calls>\n{"name": "count_gulls", "arguments": {"bay": "north\\n{x"}}\n{"name": "feed", "arguments": {}}\n</tool_calls>'
        for text, chosen in ((two, ["<", "{", "count_gulls", "{", "feed", "<"]), ("None of the tools can do that.", ["None"])):
            document = pack.Document()
            self.packer.turn(document, pack.ROLES["ai"], text, True)
            marked, last = [], -2
            for index, (position, target, kind) in enumerate(document.marks):
                self.assertIn(kind, (pack.CHOICE, pack.TOOL))
                self.assertEqual(document.ids[position + 1], target)
                if kind == pack.CHOICE:
                    said = self.packer.tokenizer.decode([target]).decode()
                    marked[-1:] = [marked[-1] + said] if index == last + 1 else marked[-1:] + [said]
                    last = index
            self.assertEqual(len(marked), len(chosen), marked)
            for said, meant in zip(marked, chosen):
                self.assertIn(meant, said)

    def test_one_seed_gives_one_document(self):
        a, b = (pack.Packer(random.Random(9)).row("joint1024") for _ in range(2))
        self.assertTrue(np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1]))


class HeldSetsTest(unittest.TestCase):
    def test_what_an_item_expects_stands_in_its_files(self):
        packer, quoted = held_sets.held_packer(5, False), 0
        for _ in range(12):
            document = packer.document("joint1024")
            files, _ = held_sets.files_of(packer, document)
            lines = [line for file in files for line in file["text"].split("\n")[:-1]]
            for ask in (held_sets.ask_of(packer, document, *answer) for answer in document.answers):
                if "quote" in ask:
                    text, number = ask["quote"].rsplit(" #", 1)
                    self.assertTrue(lines[int(number) - 1].endswith(text), (ask, lines[int(number) - 1]))
                    quoted += 1
        self.assertGreater(quoted, 25)

    def test_intervals_are_wilson_s(self):
        low, high = held_sets.wilson(90, 100)
        self.assertAlmostEqual(low, 82.6, 1)
        self.assertAlmostEqual(high, 94.5, 1)


class TrainTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.shape, m.SMALL, self.shard, pack.SHARD_TOKENS = m.SMALL, TINY, pack.SHARD_TOKENS, 2048
        self.addCleanup(self.restore)

    def restore(self):
        m.SMALL, pack.SHARD_TOKENS = self.shape, self.shard

    def training(self):
        return train.Training(argparse.Namespace(folder=self.folder.name, seed=1, small=True, muon_lr=0.02, adam_lr=3e-3,
                                                 start="", seconds=100, ranks=1, rank=0, cosine=False))

    def test_steps_lower_the_loss_and_a_resumed_run_goes_on_the_same(self):
        packer, training, tally = pack.Packer(random.Random(5)), self.training(), train.Tally("cpu")
        feed = train.Feed(self.folder.name, "cpu", 1, training.phase)
        batch = feed.to_device(*packer.shard("dense512"))
        self.addCleanup(setattr, train, "WARM_UP_STEPS", train.WARM_UP_STEPS)
        train.WARM_UP_STEPS, losses = 1, []
        for _ in range(8):
            training.train_step(batch, tally)
            losses.append(tally.take()["rest"][0])
        self.assertLess(losses[-1], losses[0] - 0.2)
        training.save()
        resumed = self.training()
        self.assertEqual(resumed.step, 8)
        training.train_step(batch, tally)
        resumed.train_step(batch, tally)
        for a, b in zip(training.model.parameters(), resumed.model.parameters()):
            self.assertTrue(torch.equal(a, b))
        self.assertTrue(os.path.exists(training.checkpoint))


class BaselinesTest(unittest.TestCase):
    FILES = [{"path": "a.c", "text": "int size = 3;\nstrcpy(name, text);\ngets(line);\nmemcpy(name, text, size);\n"}]

    def test_a_weak_line_is_found_by_its_family_and_what_is_open_is_no_alarm(self):
        weak = [{"path": "a.c", "line": 2, "family": "buffer-overflow"}, {"path": "a.c", "line": 4, "family": "buffer-overflow"}]
        for opened, alarms in (([], 1), ([{"path": "a.c", "line": 3}], 0)):
            counts = collections.Counter()
            baselines.audit(baselines.Rules(), {"files": self.FILES, "weak": weak, "open": opened}, counts)
            self.assertEqual((counts["weak"], counts["found"], counts["false"]), (2, 1, alarms))

    def test_bm25_takes_the_likest_line_that_holds_the_term_or_refuses(self):
        asks = [{"question": "Which text is copied into the name?", "term": "name", "quote": "name, text); #2"},
                {"question": "Which size of text does memcpy take?", "term": "text", "quote": "text, size); #4"},
                {"question": "What is the depth?", "term": "depth"}, {"question": "What is the size?", "term": "size"}]
        counts = collections.Counter()
        baselines.quotes({"files": self.FILES, "asks": asks}, counts)
        self.assertEqual((counts["asked"], counts["right"]), (4, 3))

    def test_among_odd_text_every_item_is_an_audit(self):
        drawn = list(held_sets.odd(2))
        self.assertGreaterEqual(sum(len(item["weak"]) for item in drawn), 2)
        self.assertEqual({item["kind"] for item in drawn}, {"audit"})


if __name__ == "__main__":
    unittest.main()
