#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Settings from files, environment and flags: which one holds, where it came from, and what a wrong one is told."""
import json
import os

from program import ProgramTest, main


class SettingsTest(ProgramTest):
    def shown(self, *flags):
        return json.loads(self.run_program(*flags, "config", "show", "--json").stdout)

    def test_flag_before_environment_before_file(self):
        with open(os.path.join(self.folder, ".fathom.yaml"), "w", encoding="utf-8") as file:
            file.write("device: cpu\nstate_memory: 3GiB\n")
        self.assertEqual(self.shown()["state_memory"],
                         {"value": "3GiB", "origin": ".fathom.yaml:2:15"})
        self.environment["FATHOM_STATE_MEMORY"] = "2GiB"
        self.assertEqual(self.shown()["state_memory"], {"value": "2GiB", "origin": "FATHOM_STATE_MEMORY"})
        self.assertEqual(self.shown("--state-memory", "1GiB")["state_memory"],
                         {"value": str(1 << 30), "origin": "command line (--state-memory)"})

    def test_what_is_no_number_is_named_with_its_place(self):
        for name, key, value in (("FATHOM_THREADS", "threads", "many"), ("FATHOM_THREADS", "threads", "4000"),
                                 ("FATHOM_STATE_MEMORY", "state_memory", "4 parsecs"),
                                 ("FATHOM_KV_TYPE", "kv_type", "q7")):
            with self.subTest(value):
                self.environment[name] = value
                ended = self.run_program("config", "show", status=2)
                for word in (name, key, value.split()[-1]):
                    self.assertIn(word, ended.stderr)
                del self.environment[name]

    def test_a_device_that_cannot_be_had_is_told_what_can(self):
        ended = self.run_program("--device", "cuda:99", "bench", "--context", "16", "--decode", "1", status=5)
        self.assertIn("CUDA", ended.stderr)
        self.assertIn("the device cpu is always there", ended.stderr)

    def test_keys_and_values_are_kept_as_asked(self):
        ids = os.path.join(self.folder, "ids.json")
        with open(ids, "w", encoding="utf-8") as file:
            json.dump([(i * 37 + 11) % 3000 for i in range(300)], file)
        checkpoint = os.path.join(os.path.abspath(self.arguments.root), "models/nano/nano.gguf")
        logits = {}
        for kind in ("auto", "bf16", "q8"):
            self.environment["FATHOM_KV_TYPE"] = kind
            self.assertEqual(self.shown()["kv_type"], {"value": kind, "origin": "FATHOM_KV_TYPE"})
            logits[kind] = self.run_program("model", "logits", checkpoint, "--ids", ids).stdout
        self.assertEqual(logits["auto"], logits["bf16"])
        self.assertNotEqual(logits["bf16"], logits["q8"])
        self.assertEqual(self.shown("--kv-type", "f32")["kv_type"],
                         {"value": "f32", "origin": "command line (--kv-type)"})

    def test_states_keep_to_their_memory(self):
        with open(os.path.join(self.folder, "a.md"), "w", encoding="utf-8") as file:
            file.write("The retry limit is 5.\n" * 200)
        ended = self.run_program("--state-memory", "1MiB", "ask", ".", "What is the retry limit?", status=2)
        self.assertIn(str(1 << 20), ended.stderr)
        self.assertIn("--state-memory", ended.stderr)
        self.run_program("--state-memory", "512MiB", "ask", ".", "What is the retry limit?")


if __name__ == "__main__":
    main()
