#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scenes of the shipped workflows: a workspace, inputs, what a model says, and an oracle that does not ask Fathom.

Each scene is run by shipped_test.py, and killed at every point by tests/crash/workflow_kill_test.py.
"""
import json
import os
import shutil
import subprocess
import sys

SOURCE = """def clamp(value, low, high):
    if value < low:
        return low
    if value > high:
        return high
    return value
"""
GOOD_TEST = """import unittest
from clamp import clamp


class ClampTest(unittest.TestCase):
    def test_borders(self):
        self.assertEqual(clamp(5, 1, 3), 3)
        self.assertEqual(clamp(0, 1, 3), 1)
        self.assertEqual(clamp(2, 1, 3), 2)
"""
WEAK_TEST = """import unittest
from clamp import clamp


class ClampTest(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(clamp(2, 1, 3), 2)
"""
MUTATION = "s/return high/return low/"
COMMAND = "python3 -B -m unittest -q"
PATCH = """--- a/clamp.py
+++ b/clamp.py
@@ -2,5 +2,5 @@
     if value < low:
         return low
     if value > high:
-        return low
+        return high
     return value
"""
REFACTORING = """--- a/clamp.py
+++ b/clamp.py
@@ -1,6 +1,2 @@
 def clamp(value, low, high):
-    if value < low:
-        return low
-    if value > high:
-        return high
-    return value
+    return max(low, min(value, high))
"""
OLD = """LEASE
1. The rent is 900 euros a month.
2. Notice is three months.
3. The tenant may keep one cat.
4. Repairs up to 100 euros are the tenant's.
"""
NEW = """LEASE
1. The rent is 950 euros a month.
2. Notice is three months.
3. The tenant keeps no animals.
4. Repairs up to 100 euros are the tenant's.
5. "Quiet hours" begin at 22:00.
"""
RENT = {"clause": "1", "meaning": "The rent rises by 50 euros.",
        "old_lines": ["1. The rent is 900 euros a month."], "new_lines": ["1. The rent is 950 euros a month."]}
ANIMALS = {"clause": "3", "meaning": "The cat goes.", "old_lines": ["3. The tenant may keep one cat."],
           "new_lines": ["3. The tenant keeps no animals."]}
QUIET = {"clause": "5", "meaning": "Quiet hours are new.", "old_lines": [],
         "new_lines": ["5. \"Quiet hours\" begin at 22:00."]}


def call(name, **arguments):
    return {"calls": [{"name": name, "arguments": arguments}]}


def tests_pass(folder):
    return subprocess.run(COMMAND.split(), cwd=folder, capture_output=True, check=False).returncode == 0


def kills_mutant(folder):
    mutant = folder + ".mutant"
    shutil.rmtree(mutant, ignore_errors=True)
    shutil.copytree(folder, mutant)
    subprocess.run(["sed", "-i", "-e", MUTATION, os.path.join(mutant, "clamp.py")], check=True)
    return not tests_pass(mutant)


def text_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


class Scene:
    """`expected` is the state of the run; `oracle(folder, run)` gives what is wrong, or None."""

    def __init__(self, name, workflow, files, inputs, script, expected, oracle, folder_input="workspace"):
        self.folder_input = folder_input
        self.name, self.workflow, self.files, self.inputs = name, workflow, files, inputs
        self.script, self.expected, self.oracle = script, expected, oracle

    def make(self, folder):
        """The workspace and the script's file; the inputs."""
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name, text in self.files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        inputs = dict(self.inputs)
        if self.files:
            inputs[self.folder_input] = folder
        return inputs

    def script_file(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.script, file)
        return path


def broken(condition, text):
    return None if condition else text


def unit_tests(test, expected, oracle):
    return dict(workflow="unit-tests", files={"clamp.py": SOURCE},
                inputs={"source": "clamp.py", "test": "test_clamp.py", "command": COMMAND, "mutation": MUTATION},
                script=[{"when": "Write the file test_clamp.py", "replies": [{"content": {"test": test}}]}],
                expected=expected, oracle=oracle)


def debug(replies, expected, oracle):
    return dict(workflow="debug",
                files={"clamp.py": SOURCE.replace("return high", "return low"), "test_clamp.py": GOOD_TEST},
                inputs={"command": COMMAND, "tests": "test_clamp.py"},
                script=[{"when": "fails. Find the fault", "replies": replies}], expected=expected, oracle=oracle)


def refactor(replies, expected, oracle):
    return dict(workflow="refactor", files={"clamp.py": SOURCE, "test_clamp.py": GOOD_TEST},
                inputs={"command": COMMAND, "tests": "test_clamp.py", "goal": "Say it in one line."},
                script=[{"when": "Goal: Say it in one line.", "replies": replies}], expected=expected, oracle=oracle)


def contract(differences, expected):
    quoted = {line for one in differences for line in one["old_lines"] + one["new_lines"]}
    old, new = OLD.splitlines(), NEW.splitlines()
    whole = quoted == (set(old) ^ set(new))
    return dict(workflow="contract-review", files={"old.txt": OLD, "new.txt": NEW},
                inputs={"old": "old.txt", "new": "new.txt"},
                script=[{"when": "Compare two versions", "replies": [{"content": {"differences": differences}}]}],
                expected=expected,
                oracle=lambda folder, run: broken(whole == (run["state"] == "done"), "set difference disagrees"))


def maths(value, expected):
    problem = "A crate holds 37 boxes of 1.25 kg; how heavy are 19 crates?"
    return dict(workflow="maths", files={}, inputs={"problem": problem},
                script=[{"when": "A crate holds", "replies": [
                    call("calculate", expression="19 * 37 * 1.25"),
                    {"content": {"expression": "19 * 37 * 1.25", "value": value}}]}],
                expected=expected,
                oracle=lambda folder, run: broken(("878.75" == value) == (run["state"] == "done"), "wrong value taken"))


def scenes():
    made_up = dict(RENT, old_lines=["1. The rent is 800 euros a month."])
    patch_test = call("apply_patch", patch="--- a/test_clamp.py\n+++ b/test_clamp.py\n@@ -6,4 +6,3 @@\n"
                      "     def test_borders(self):\n-        self.assertEqual(clamp(5, 1, 3), 3)\n"
                      "         self.assertEqual(clamp(0, 1, 3), 1)\n         self.assertEqual(clamp(2, 1, 3), 2)\n")
    all_of = {
        "unit-tests": unit_tests(GOOD_TEST, "done", lambda f, r: broken(
            tests_pass(f) and kills_mutant(f) and text_of(f, "clamp.py") == SOURCE, "the test kills no mutant")),
        "unit-tests-weak": unit_tests(WEAK_TEST, "negative", lambda f, r: broken(
            tests_pass(f) and not kills_mutant(f), "the weak test kills the mutant")),
        "unit-tests-failing": unit_tests(GOOD_TEST.replace(", 3), 3)", ", 3), 4)"), "failed",
                                         lambda f, r: broken(not tests_pass(f), "the test passes")),
        "debug": debug([call("read_file", path="clamp.py"), call("apply_patch", patch=PATCH),
                        {"content": "The upper border was the lower."}], "done",
                       lambda f, r: broken(tests_pass(f) and text_of(f, "test_clamp.py") == GOOD_TEST, "not mended")),
        "debug-changes-the-test": debug([patch_test, {"content": "The test was wrong."}], "negative",
                                        lambda f, r: broken(tests_pass(f), "the patch did not apply")),
        "debug-does-nothing": debug([{"content": "All is well."}], "negative",
                                    lambda f, r: broken(not tests_pass(f), "mended by nobody")),
        "refactor": refactor([call("apply_patch", patch=REFACTORING), {"content": "One line now."}], "done",
                             lambda f, r: broken(tests_pass(f) and "min(" in text_of(f, "clamp.py"), "not changed")),
        "refactor-nothing": refactor([{"content": "It is fine."}], "negative",
                                     lambda f, r: broken(text_of(f, "clamp.py") == SOURCE, "changed")),
        "contract-review": contract([RENT, ANIMALS, QUIET], "done"),
        "contract-review-passes-over": contract([RENT, QUIET], "negative"),
        "contract-review-makes-up": contract([made_up, ANIMALS, QUIET], "negative"),
        "maths": maths("878.75", "done"),
        "maths-wrong": maths("880", "negative"),
    }
    return [Scene(name, **scene) for name, scene in all_of.items()]


if __name__ == "__main__":
    sys.exit("scenes are run by shipped_test.py")
