# SPDX-License-Identifier: Apache-2.0
"""No evaluation line reaches the training data: python3 leak_test.py"""
import os
import random
import tempfile
import unittest

import leak
import pack

DOCUMENTS = 40


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
