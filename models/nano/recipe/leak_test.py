# SPDX-License-Identifier: Apache-2.0
"""No evaluation line reaches the training data: python3 leak_test.py"""
import json
import os
import random
import tempfile
import unittest

import leak
import pack

DOCUMENTS = 40
DIALOGS = 2_000
BFCL = os.path.join(os.environ.get("FATHOM_TEST_DATA", os.path.join(leak.HERE, "..", "..", "..", "..", "shared", "data")), "bfcl")


def public_texts():
    """Requests and tools of BFCL's public sets."""
    for name in sorted(n for n in os.listdir(BFCL) if n.endswith(".json")):
        with open(os.path.join(BFCL, name)) as file:
            for entry in map(json.loads, file):
                yield from (m["content"] for m in entry["question"][0])
                for tool in entry["function"]:
                    yield from (tool["name"] + " " + tool["description"], tool["description"])


class LeakTest(unittest.TestCase):
    def test_generated_corpora_hold_no_evaluation_line(self):
        packer, guard, lines = pack.Packer(random.Random(4_711)), leak.Guard(), 0
        self.assertGreater(len(guard.known), 500)
        for i in range(DOCUMENTS):
            document = packer.document("joint4096")
            for line in packer.tokenizer.decode(document.ids).split(b"\n"):
                text = line.rsplit(b" #", 1)[0]
                self.assertFalse(guard.hit(text), text)
                lines += 1
        print(lines, "lines clean")

    @unittest.skipUnless(os.path.isdir(BFCL), "BFCL's public sets are absent")
    def test_generated_dialogs_hold_no_public_request_or_tool(self):
        known, packer, texts = {text.strip().lower() for text in public_texts()}, pack.Packer(random.Random(4_712)), 0
        self.assertGreater(len(known), 2_000)
        for i in range(DIALOGS):
            makers = packer.tools, packer.calls, packer.workspace, packer.agent, packer.everyday
            dialog = makers[i % 5].sample(*[2048][:i % 5])
            made = [turn.text for turn in dialog.turns]
            for tool in map(json.loads, dialog.tools):
                made += [tool["name"] + " " + tool["description"], tool["description"]]
            for text in made:
                self.assertNotIn(text.strip().lower(), known)
                texts += 1
        print(texts, "texts clean")

    def test_a_planted_line_is_caught_whole_and_in_part(self):
        planted = "    snprintf(path, sizeof path, \"%s/%s\", kReportFolder, request->QueryValue(\"name\"));"
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "hashes")
            with open(path, "w") as file:
                file.write("\n".join(leak.digest(key) for key in leak.keys(planted)))
            guard = leak.Guard(path)
        self.assertTrue(guard.hit(planted))
        self.assertTrue(guard.hit("\t" + planted.strip() + "   "))
        self.assertTrue(guard.hit("   " + planted.strip() + "  // of last year"), "the risky call alone is caught")
        self.assertFalse(guard.hit(planted.replace("request", "answer").replace("path", "name")))


if __name__ == "__main__":
    unittest.main()
