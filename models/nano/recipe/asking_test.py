# SPDX-License-Identifier: Apache-2.0
"""What holds for every sample of asking/, proven over a few thousand of them."""
import json
import os
import random
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from asking.code import LANGUAGES, CodeFactGen, is_defining
from asking.code_questions import CANONICAL
from asking.guard import TermGuard
from asking.names import stands_at
from asking.phrasing import FRAMES, HELD_OUT_PHRASINGS, Pattern
from asking import rules
from asking.prose import ProseFactGen
from asking.rules import RuleGen
from asking.tools import NO_TOOL, ToolGen
from asking.words import Vocabulary, all_words
from items import OK

SAMPLES = 1500
FORMAT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "FORMAT.md")


def facts(generator, held_out=False, seed=1, count=SAMPLES):
    source = generator(random.Random(seed), held_out)
    return [source.sample() for _ in range(count)]


class Facts(unittest.TestCase):
    def test_answer_starts_at_a_whole_word_and_something_follows(self):
        for generator in (CodeFactGen, ProseFactGen):
            for held_out in (False, True):
                for fact in facts(generator, held_out):
                    self.assertTrue(fact.questions)
                    for question in fact.questions:
                        line = fact.snippet.lines[question.line]
                        at = line.find(question.term)
                        self.assertGreaterEqual(at, 0, (question, line))
                        self.assertEqual(stands_at(question.term, line), at, (question, line))
                        self.assertTrue(line[at + len(question.term):].strip(), (question, line))

    def test_a_term_of_code_is_defined_on_one_line_of_its_snippet(self):
        for fact in facts(CodeFactGen):
            asked = {(question.term, question.line) for question in fact.questions if question.intent != "use"}
            terms = [term for term, _ in asked]
            self.assertEqual(len(terms), len(set(terms)), fact)

    def test_a_term_of_code_stands_only_where_it_is_asked_for(self):
        for fact in facts(CodeFactGen):
            for term in {question.term.lstrip("-") for question in fact.questions}:
                asked = {question.line for question in fact.questions if question.term.lstrip("-") == term}
                self.assertEqual({at for at, line in enumerate(fact.snippet.lines) if stands_at(term, line) >= 0} - asked, set(), fact)

    def test_decoys_do_not_define_a_term(self):
        for fact in facts(CodeFactGen):
            for term in {question.term.lstrip("-") for question in fact.questions}:
                for decoy in fact.decoys:
                    for line in decoy.lines:
                        self.assertFalse(is_defining(term, line), (term, line))
                        if decoy.form == "near miss":
                            self.assertLess(stands_at(term, line), 0, (term, line))

    def test_decoys_of_prose_state_nothing_of_a_term(self):
        """A mention has the term last; a near miss has it not at all."""
        for fact in facts(ProseFactGen):
            for term in {question.term.lower() for question in fact.questions}:
                for decoy in fact.decoys:
                    for line in decoy.lines:
                        if term in line.lower():
                            self.assertEqual(decoy.form, "mention", (term, line))
                            self.assertRegex(line.lower(), re.escape(term) + r"\.?$")

    def test_lines_are_single_lines_labelled_ok(self):
        for generator in (CodeFactGen, ProseFactGen):
            for fact in facts(generator):
                for snippet in [fact.snippet] + fact.decoys:
                    self.assertEqual(snippet.labels, [OK] * len(snippet.lines))
                    for line in snippet.lines:
                        self.assertNotIn("\n", line)
                        self.assertNotIn("\x01", line)
                        self.assertEqual(line, line.rstrip(), repr(line))
                        self.assertNotRegex(line, r"\{[nvtpxyzrCoO]\}|\{body\}|\{field\}|\{role\}|\{group\}", snippet.form)

    def test_canonical_phrasings_are_those_of_the_contract(self):
        with open(FORMAT, encoding="utf-8") as file:
            contract = dict(re.findall(r"^\| (\w+)[^|]*\| ``(.+?)`` \|$", file.read(), re.M))
        self.assertEqual({intent: text.replace("{}", "{term}") for intent, text in CANONICAL.items()}, contract)
        for generator in (CodeFactGen, ProseFactGen):
            for fact in facts(generator):
                for question in fact.questions:
                    canonical = question.text == CANONICAL[question.intent].format(question.term)
                    self.assertTrue(canonical or not question.canonical, question)

    def test_same_seed_same_samples(self):
        for generator in (CodeFactGen, ProseFactGen, ToolGen):
            self.assertEqual(repr(facts(generator, seed=7, count=50)), repr(facts(generator, seed=7, count=50)))
            self.assertNotEqual(repr(facts(generator, seed=7, count=50)), repr(facts(generator, seed=8, count=50)))

    def test_every_language_can_be_asked_for(self):
        source = CodeFactGen(random.Random(3))
        for language in LANGUAGES:
            self.assertEqual({source.sample(language).snippet.language for _ in range(20)}, {language})
            self.assertEqual(len(source.filler(7, language).lines), 7)
        self.assertEqual(len(ProseFactGen(random.Random(3)).filler(9).lines), 9)

    def test_absent_terms_are_absent(self):
        for generator in (CodeFactGen, ProseFactGen):
            source = generator(random.Random(5))
            for _ in range(300):
                fact = source.sample()
                terms = [question.term for question in fact.questions]
                question = source.absent(terms, "\n".join(fact.snippet.lines))
                self.assertIsNone(question.line)
                self.assertNotIn(question.term, terms)
                self.assertTrue(question.term)
                for line in fact.snippet.lines:
                    self.assertLess(stands_at(question.term, line), 0)


    def test_guarded_facts_do_not_state_what_another_asks_for(self):
        for generator in (CodeFactGen, ProseFactGen):
            guard = TermGuard()
            accepted = [fact for fact in facts(generator, count=150) if guard.accepts(fact)]
            self.assertGreater(len(accepted), 60)
            for fact in accepted:
                for question in fact.questions:
                    for other in accepted:
                        for snippet in [other.snippet] + other.decoys if other is not fact else []:
                            for line in snippet.lines:
                                self.assertLess(stands_at(question.term, line), 0, (question.term, line))


class Rules(unittest.TestCase):
    def source(self, held_out=False, seed=1):
        rng, nouns = random.Random(seed), Vocabulary(held_out).nouns
        return RuleGen(rng, held_out, lambda: rng.choice(nouns))

    def test_an_answer_shares_its_term_with_the_line_and_marks_are_filled(self):
        answered = unanswered = 0
        for held_out in (False, True):
            source = self.source(held_out)
            for _ in range(SAMPLES):
                fact = source.sample()
                for snippet in [fact.snippet] + fact.decoys:
                    for line in snippet.lines:
                        self.assertNotRegex(line, r"[{}\[\]|\x01]")
                for question in fact.questions:
                    self.assertNotRegex(question.text, r"[{}\[\]|\x01]")
                    answered, unanswered = answered + (question.line is not None), unanswered + (question.line is None)
                    if question.line is not None:
                        line = fact.snippet.lines[question.line]
                        self.assertIn(question.term, line)
                        self.assertTrue(line.split(question.term, 1)[1], line)
                        self.assertEqual(fact.snippet.lines.count(line), 1)
        self.assertTrue(.2 < unanswered / (answered + unanswered) < .5, (answered, unanswered))

    def test_a_question_on_another_verb_has_no_answer(self):
        source, seen = self.source(), 0
        for _ in range(SAMPLES):
            statement, question, wrong = source.anything()
            self.assertNotRegex(statement + question, r"\{(w|ws|wed|wing|v|vs|va)\}")
            self.assertTrue(statement.endswith("."))
            if wrong:
                self.assertNotEqual(question, wrong)
                seen += 1
        self.assertGreater(seen, SAMPLES // 2)

    def test_verbs_take_their_forms(self):
        self.assertEqual(rules.with_words("{w} {ws} {wed} {wing} {va}", "ship", "apple"), "ship ships shipped shipping an apple")
        self.assertEqual(rules.with_words("{ws} {wed} {wing}", "notify", None), "notifies notified notifying")
        self.assertEqual(rules.with_words("{ws} {wed} {wing} {vs}", "publish", "box"), "publishes published publishing boxes")


class HeldOut(unittest.TestCase):
    def test_words_are_many_and_split(self):
        self.assertGreaterEqual(len(all_words()), 800)
        training, held_out = Vocabulary(False), Vocabulary(True)
        for name in ("nouns", "qualifiers", "verbs", "roles"):
            ours, theirs = set(getattr(training, name)), set(getattr(held_out, name))
            self.assertFalse(ours & theirs)
            self.assertTrue(.10 < len(theirs) / len(ours | theirs) < .30, name)

    def test_terms_are_disjoint(self):
        for generator in (CodeFactGen, ProseFactGen):
            training = {question.term for fact in facts(generator) for question in fact.questions}
            held_out = {question.term for fact in facts(generator, True) for question in fact.questions}
            self.assertFalse(training & held_out)

    def test_patterns_are_disjoint_and_many(self):
        for generator in (CodeFactGen, ProseFactGen):
            training, held_out = generator(random.Random(0)), generator(random.Random(0), True)
            for intent in training.phrasings:
                ours, theirs = ({pattern.text for pattern in side.phrasings[intent].patterns} for side in (training, held_out))
                self.assertFalse(ours & theirs)
                self.assertGreaterEqual(training.phrasings[intent].count()[0], 150)
                self.assertGreater(len(theirs), 5)

    def test_tools_are_disjoint(self):
        def names(held_out):
            return {json.loads(tool)["name"] for dialog in facts(ToolGen, held_out, count=400) for tool in dialog.tools}
        self.assertFalse(names(False) & names(True))


class Tools(unittest.TestCase):
    def test_verbs_of_training_hold_nothing_that_is_kept_from_it(self):
        training, kept = ToolGen(random.Random(1)), ToolGen(random.Random(1), True)
        self.assertGreater(len(training.more), 80)
        self.assertFalse(kept.more)
        for row in training.more:
            for other in kept.listed:
                self.assertFalse(set(row.names) & set(other.names), row)
                self.assertFalse(set(row.asks) & set(other.asks), row)

    def test_calls_fit_their_definitions_and_the_request_holds_the_values(self):
        for dialog in facts(ToolGen, count=800) + facts(ToolGen, True, count=400):
            tools = {tool["name"]: tool for tool in map(json.loads, dialog.tools)}
            self.assertEqual(len(tools), len(dialog.tools))
            request = ""
            for turn in dialog.turns:
                self.assertNotIn("\x01", turn.text)
                if turn.role == "user":
                    request = turn.text
                if turn.role != "ai" or not turn.text.startswith("<tool_calls>"):
                    continue
                self.assertTrue(turn.trained)
                for line in turn.text.split("\n")[1:-1]:
                    call = json.loads(line)
                    self.assertEqual(json.dumps(call, ensure_ascii=False), line)
                    schema = tools[call["name"]]["parameters"]
                    names = list(schema["properties"])
                    self.assertEqual([name for name in names if name in call["arguments"]], list(call["arguments"]))
                    self.assertLessEqual(set(schema["required"]), set(call["arguments"]))
                    for name, value in call["arguments"].items():
                        for part in leaves(value):
                            self.assertIn(str(part), request, (request, line))

    def test_answers_copy_from_the_result(self):
        refusals = total = 0
        for dialog in facts(ToolGen, count=1500):
            results = ""
            for turn in dialog.turns:
                if turn.role == "user":
                    results, total = "", total + 1
                if turn.role == "tool":
                    results += turn.text
                if turn.role == "ai" and turn.text == NO_TOOL:
                    refusals += 1
                elif turn.role == "ai" and not turn.text.startswith("<tool_calls>"):
                    for number in re.findall(r"\d{3,}", turn.text):
                        self.assertTrue(number in results or number in repr(dialog.turns), turn)
        self.assertTrue(.07 < refusals / total < .17, refusals / total)


def leaves(value):
    """The strings and numbers of a JSON value; truth values are said in words."""
    if isinstance(value, bool):
        return []
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


class Grammar(unittest.TestCase):
    def test_frames_and_patterns_have_their_slots(self):
        for kind, frames in FRAMES.items():
            for text in frames.split("|"):
                self.assertEqual(text.count("{}"), 1, text)
        self.assertEqual(Pattern("a [b|c] [d|e|f]", "question").count, 6)
        self.assertGreater(HELD_OUT_PHRASINGS, 1)


if __name__ == "__main__":
    unittest.main()
