#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`fathom bench operators`: the form of what it prints, that the operators make up the whole, and what grows."""
import json
import os
import statistics
import time
import xml.etree.ElementTree

from program import ProgramTest, main

TOKENS = int(os.environ.get("FATHOM_GROWTH_TOKENS", "16384"))  # --slow reads a million
PART = max(512, TOKENS // 32)
SECONDS_MAX = 120 + TOKENS // 150
OPERATORS = {"embed", "rms_norm", "matmul", "rope", "kv_write", "softmax_attention", "lightning_attention",
             "gated_norm", "moe_route", "moe_experts", "head", "rest"}
REST_MAX = 0.1  # of the middle part: what no operator took
# Of the last quarter of the parts over the first; its keys are seven times as many.
SOFTMAX_GROWTH_MIN = 4
LIGHTNING_GROWTH_MAX = 2


class OperatorGrowthTest(ProgramTest):
    def measured(self):
        start = time.monotonic()
        ended = self.run_program("bench", "operators", "--tokens", str(TOKENS), "--svg", "growth.svg", "--json",
                                 seconds=SECONDS_MAX)
        return json.loads(ended.stdout), time.monotonic() - start

    def check_form(self, report):
        self.assertEqual(set(report), {"model", "dtype", "device", "threads", "tokens", "seconds", "rows", "fit"})
        self.assertEqual((report["dtype"], report["threads"], report["tokens"]), ("q8_0", 1, TOKENS))
        self.assertEqual([row["end"] for row in report["rows"]], list(range(PART, TOKENS + 1, PART)))
        self.assertEqual([row["begin"] for row in report["rows"]], list(range(0, TOKENS, PART)))
        for row in report["rows"]:
            self.assertEqual(set(row), {"begin", "end", "seconds", "us_per_token", "operators"})
            self.assertEqual(set(row["operators"]), OPERATORS)
        fit = report["fit"]
        self.assertEqual(set(fit), {"form", "operators", "million_tokens", "million_tokens_seconds"})
        self.assertEqual(set(fit["operators"]), OPERATORS)
        for line in fit["operators"].values():
            self.assertEqual(set(line), {"constant", "linear"})

    def check_sums(self, report, wall_seconds):
        self.assertLess(report["seconds"], wall_seconds)
        self.assertAlmostEqual(sum(row["seconds"] for row in report["rows"]), report["seconds"], places=6)
        for row in report["rows"]:
            whole = row["us_per_token"]
            self.assertAlmostEqual(whole * PART * 1e-6, row["seconds"], places=6)
            known = sum(us for name, us in row["operators"].items() if name != "rest")
            self.assertLess(known, whole)
            for name in OPERATORS - {"rest", "head"}:
                self.assertGreater(row["operators"][name], 0, name)
        # Of one part alone another process may have taken a tenth between two operators.
        self.assertLess(statistics.median(row["operators"]["rest"] / row["us_per_token"] for row in report["rows"]), REST_MAX)

    def check_fit(self, report):
        fit, million = report["fit"], report["fit"]["million_tokens"]
        us = sum(million * (line["constant"] + line["linear"] * million / 2) for line in fit["operators"].values())
        self.assertAlmostEqual(fit["million_tokens_seconds"] / (us * 1e-6), 1, places=6)

    def check_growth(self, report):
        def grown(name):
            halves = len(report["rows"]) // 4
            first = sorted(row["operators"][name] for row in report["rows"][:halves])
            last = sorted(row["operators"][name] for row in report["rows"][-halves:])
            return last[len(last) // 2] / first[len(first) // 2]
        self.assertGreater(grown("softmax_attention"), SOFTMAX_GROWTH_MIN)
        self.assertLess(grown("lightning_attention"), LIGHTNING_GROWTH_MAX)

    def test_operators_make_up_the_whole_and_softmax_alone_grows(self):
        report, wall_seconds = self.measured()
        self.check_form(report)
        self.check_sums(report, wall_seconds)
        self.check_fit(report)
        self.check_growth(report)
        print(f"{TOKENS} tokens: {report['seconds']:.1f} s; a million by the fit: {report['fit']['million_tokens_seconds']:.0f} s")
        plot = xml.etree.ElementTree.parse(os.path.join(self.folder, "growth.svg"))
        names = {text.text for text in plot.iter("{http://www.w3.org/2000/svg}text")}
        self.assertLessEqual({"lightning attention", "softmax attention", "router, experts", "projections"}, names)

    def test_for_people_the_million_is_named(self):
        shown = self.run_program("bench", "operators", "--tokens", "1024").stdout
        self.assertIn("fitted: constant + linear", shown)
        self.assertIn("1,048,576 tokens by that fit", shown)


if __name__ == "__main__":
    main()
