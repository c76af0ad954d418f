# SPDX-License-Identifier: Apache-2.0
"""What published_holes.py counts: which files are audited, which findings are a hole's, and that its table is whole."""
import argparse
import pathlib
import re
import tempfile
import unittest

import published_holes as holes

ROOT = pathlib.Path(__file__).resolve().parents[2]


def finding(line, state="shown", family="code-eval", path="lib/run.js", last=None):
    return {"path": path, "family": family, "start": line, "end": last or line, "state": state, "confidence": 0.5}


def hole(first, last=None, family="code-eval", path="lib/run.js"):
    return {"path": path, "family": family, "families": family.split("|"), "first_line": first, "last_line": last or first}


class PublishedHoles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        package = self.folder / "packages" / "made-1.0.0"  # as if it had been fetched
        for name, text in {"lib/run.js": "x\n" * 30, "lib/other.js": "y\n" * 5, "lib/old.min.js": "z\n", "lib/long.js": "w" * 5000 + "\n",
                           "test/run.js": "t\n", "node_modules/a/b.js": "u\n", "README.md": "v\n"}.items():
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_text(text)
        self.args = argparse.Namespace(program="", model=None, folder=self.folder, lines=0)

    def measured(self, rows, findings):
        before, holes.audit = holes.audit, lambda *_: {"numbers": {"lines": 35}, "findings": findings}
        try:
            return holes.measure(self.args, "made", "1.0.0", rows)
        finally:
            holes.audit = before

    def outcome(self, row, *findings):
        self.measured([row], list(findings))
        return row["outcome"]

    def test_a_hole_is_found_by_a_shown_finding_of_its_family_on_its_lines(self):
        self.assertEqual(self.outcome(hole(10), finding(10)), "found")
        self.assertEqual(self.outcome(hole(10, 12), finding(13)), "found")  # one line more
        self.assertEqual(self.outcome(hole(10, 12), finding(5, last=9)), "found")
        self.assertEqual(self.outcome(hole(10, 12), finding(14)), "missed")
        self.assertEqual(self.outcome(hole(10), finding(8)), "missed")
        self.assertEqual(self.outcome(hole(10), finding(10, family="xss")), "missed")
        self.assertEqual(self.outcome(hole(10, family="code-eval|xss"), finding(10, family="xss")), "found")
        self.assertEqual(self.outcome(hole(10), finding(10, path="lib/other.js")), "missed")
        self.assertEqual(self.outcome(hole(10), finding(10, state="low_confidence")), "low_confidence")
        self.assertEqual(self.outcome(hole(10), finding(10, state="rejected"), finding(11)), "found")

    def test_what_is_shown_elsewhere_is_counted(self):
        package, elsewhere = self.measured([hole(10), hole(20)], [finding(10), finding(25), finding(3, path="lib/other.js"), finding(4, state="rejected")])
        self.assertEqual((package["lines"], package["shown_elsewhere"]), (35, 2))
        self.assertEqual([(one["path"], one["start"]) for one in elsewhere], [("lib/run.js", 25), ("lib/other.js", 3)])

    def test_own_code_alone_is_audited(self):
        place = self.folder / "packages" / "made-1.0.0"
        target = holes.cut(self.folder, place, {pathlib.Path("lib/run.js")}, 0)
        self.assertEqual({str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()}, {"lib/run.js", "lib/other.js"})
        target = holes.cut(self.folder, place, {pathlib.Path("lib/run.js")}, 32)
        self.assertEqual({str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()}, {"lib/run.js"})

    def test_a_line_that_a_package_lacks_ends_it(self):
        with self.assertRaises(SystemExit):
            self.measured([hole(99)], [])

    def test_the_table_names_known_families_and_each_hole_once(self):
        known = set(re.findall(r"family: ([a-z-]+)", (ROOT / "configs/models/nano.yaml").read_text()))
        rows = holes.holes(None)
        self.assertEqual((len(rows), len({row["package"] for row in rows})), (100, 91))
        self.assertEqual(len({(row["package"], row["path"], row["first_line"]) for row in rows}), 100)
        for row in rows:
            self.assertLessEqual(set(row["families"]), known, row)
            self.assertTrue(0 < row["first_line"] <= row["last_line"], row)


if __name__ == "__main__":
    unittest.main()
