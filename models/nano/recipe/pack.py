# SPDX-License-Identifier: Apache-2.0
"""Packs documents of a wanted token length: a corpus with verdicts at its line ends, then questions; or a tool dialog.

    python3 pack.py --show joint1024 SEED                     prints one document with its targets
    python3 pack.py                                           measures tokens a second of each stream
    python3 pack.py --work FOLDER SEED [TOKENS]               writes shards for train.py until FOLDER/stop exists

A corpus is made of files; a file is a run of real lines with generated snippets of its language between them.
"""
import glob
import json
import os
import random
import re
import sys
import time
import traceback
from array import array

import numpy as np

import items
import leak
import real
import renaming
import tokenizer as tok
from asking.code import CodeFactGen
from asking.prose import ProseFactGen
from asking.rules import RuleGen, Unanswered
from asking.tools import ToolGen
from calling import CallGen
from calling.agent import AgentGen
from calling.between import Between
from calling.everyday import EverydayGen
from calling.meanings import MeaningGen
from calling.workspace import ProductTool, Workspace
from code_quotes import CodeQuotes
from document import (ABSENT, ALIKE, CHOICE, CITATION, FIRST, NOTHING, ORDINARY, REST, SOFT, TARGET_NAMES, TERM, TEXT, TOOL, WEAK, Document, Line, find_term,
                      token_count)
from prose_quotes import QUOTE_TOKENS, ProseQuotes
from weakness import WeaknessGen

SHARD_TOKENS = 65_536  # one training step on a GPU
SHARD_TOKENS_SMALL = 8_192  # one on two CPU cores
TARGET_SHARE = 3 / 8  # of all positions carry a target; what verdicts and answers leave is filled with plain text
LINES_MAX = 6_000
FAILURES_MAX, FAILURES_SHARE_MAX = 5, 0.001  # documents that could not be made before a worker stops
ABSENT_SHARE = 0.28  # of the questions
RULES_SHARE = 0.5    # of the facts in prose
NEEDLES, NEEDLE_LINES_MAX, NEEDLE_GAP_MAX = (4, 4, 5, 6), 5, 4  # facts of one language that stand together, with real lines between
NEEDLES_SHARE, NEEDLES_SHARE_LONG = 0.08, 0.6  # of the corpora, of those of 8K and more
DEFINITIONS_SHARE = 0.6  # of the corpora with code; asks about definitions of real code
PACKAGES_SHARE, PACKAGE_LANGUAGES = 0.25, ("c", "c", "c", "cpp", "python", "js", "ts", "go", "rust", "java", "php")  # corpora of one package's code

OVERLAY = "system ai_setting=assistant\nThese files have changed. What stands here counts.\n"
OVERLAY_SHARE, OVERLAY_TOKENS, OVERLAY_FILES_MAX, OVERLAY_DELETED = 0.12, 260, 3, 0.2  # of the corpora; about

# Of the tool dialogs: from lists, in workspaces, an agent's tasks, everyday functions; calls of composed tools; words that mean the same.
TOOLS_SHARES = [0.15, 0.08, 0.09, 0.41, 0.17, 0.1]
ENTRIES_SHARE, ENTRIES = 0.3, 12  # of what fills a row up: lines of the dictionary, so many at a time

CHOICES = re.compile(r'(?<=\n\{"name": ")[^"]+|(?<=\n)[{<]')  # the names of an answer, and what begins its lines
DIALOG_TOKENS_MIN = 500  # room in a row for another dialog
# Of a dialog's tokens, what was read between its requests: of long dialogs always, of others so often.
BETWEEN, BETWEEN_FROM, BETWEEN_SHARE, REQUESTS_TOKENS = (0.3, 0.85), 8192, 0.3, (1024, 2048, 2048, 3072, 4096)
QUESTIONS = {512: 5, 1024: 6, 2048: 10, 4096: 18, 8192: 30, 16384: 44, 32768: 60}
SYSTEM = "system ai_setting=assistant\nAnswer from the corpus. Every line ends with its number.\n"
ROLES = {"user": "user name=user", "ai": "ai name=assistant", "tool": "tool name=tools"}
TOOL_SETTING = """You are provided with these tools:
<tools>
{}
</tools>

If you need to call tools, please respond with <tool_calls></tool_calls> XML tags, and provide tool-name and json-object of \
arguments, following the format below:
<tool_calls>
{{"name": <tool-name>, "arguments": <args-json-object>}}
...
</tool_calls>"""
ASSISTANT_SETTINGS = ["You are a helpful assistant.", "You are Fathom. Use the tools.", "Use the tools to answer.",
                      "You are an agent that works with tools.", "Answer from the corpus. Every line ends with its number."]
STREAMS = ("dense512", "joint1024", "joint2048", "joint4096", "joint8192", "joint16384", "tools1024", "tools2048",
           "tools4096", "tools8192", "tools16384")


def stream_tokens(stream):
    return int("".join(c for c in stream if c.isdigit()))


class Packer:
    def __init__(self, rng, split="train", held_out=False):
        self.rng, self.held_out, self.guard = rng, held_out, leak.Guard()
        self.made, self.failed, self.overlay_share = 0, 0, OVERLAY_SHARE
        self.tokenizer, self.real = tok.Tokenizer(), real.RealLines(split)
        self.weakness = WeaknessGen(rng, held_out)
        self.code_facts, self.prose_facts = CodeFactGen(rng, held_out), ProseFactGen(rng, held_out)
        self.calls = CallGen(rng, held_out, self.real.words)
        self.tools = ToolGen(rng, held_out, self.calls.values.plain_word)
        self.workspace = Workspace(rng, held_out, self.calls.values, self.calls.maker, self.calls.requester, self.any_fact, self.real_run,
                                   self.clean)
        self.agent = AgentGen(rng, held_out, self.calls.values, ProductTool, self.real_run)
        self.between = Between(rng, self.real_run, self.encode)
        # What words mean is for training alone: of the unseen ones the dictionary knows many.
        self.meanings = None if held_out else MeaningGen(rng, self.calls.values, self.calls.maker, self.calls.requester)
        self.everyday = EverydayGen(rng, held_out, self.calls.values, self.meanings and self.meanings.meanings)
        self.rules = RuleGen(rng, held_out, self.calls.values.word)
        self.prose = ProseQuotes(rng, self.tokenizer, self.rules)
        self.code = CodeQuotes(rng, self.tokenizer, self.code_facts)
        self.renamer = renaming.Renamer(rng, self.real.names)
        self.suffix = [array("H", self.tokenizer.encode(f" #{n}") + [tok.NEWLINE]) for n in range(LINES_MAX)]
        self.teaches = {real.TEACHES_NOTHING: NOTHING, real.TEACHES_LITTLE: SOFT, real.TEACHES: ORDINARY}
        self.languages = sorted(self.real.files_of)
        self.near = {}  # language: files of the package that a corpus shows, if it shows one

    def encode(self, text):
        return self.tokenizer.encode(text)

    # Documents

    def document(self, stream):
        tokens = stream_tokens(stream)
        if stream.startswith("tools"):
            return self.tool_dialog(tokens)
        return self.corpus_session(tokens, dense=stream.startswith("dense"))

    def corpus_session(self, tokens, dense):
        rng, document = self.rng, Document()
        wanted = QUESTIONS[tokens] + (0 if dense else rng.randint(-2, 2))
        prose = rng.random() if not dense else (0.15 if rng.random() < 0.3 else 0.0)
        package = not dense and rng.random() < PACKAGES_SHARE
        prose_share = 0.0 if prose < 0.4 or package else (1.0 if prose > 0.85 else prose - 0.35)
        dense_languages = rng.sample(("c", "cpp", "python", "js", "ts", "go", "rust", "java", "php"), 2)
        facts, used, room = [], 0, tokens * (0.4 if dense else 0.05 if package else rng.uniform(0.12, 0.4))
        while sum(min(2, len(f.questions)) for f, _ in facts) < wanted and (used < room or not facts):
            if rng.random() < prose_share:
                fact = self.rules.sample() if rng.random() < RULES_SHARE else self.prose_facts.sample()
            else:
                fact = self.code_facts.sample(rng.choice(dense_languages) if dense else None)
            if self.clean(fact.snippet) and all(self.clean(d) for d in fact.decoys):
                decoys = [] if dense else fact.decoys
                group = [self.lines_of(fact.snippet)] + [self.lines_of(d) for d in decoys]
                if token_count(group) < 70 + tokens / 16:
                    facts.append((fact, group))
                    used += token_count(group)
        asked = [(lines[0], q) for fact, lines in facts for q in self.choose_questions(fact, dense)]
        rng.shuffle(asked)
        needles = [] if dense or rng.random() > (NEEDLES_SHARE if tokens < 8192 else NEEDLES_SHARE_LONG) else self.needles(4 if tokens < 4096 else rng.choice(NEEDLES))
        asked = asked[:max(1, wanted - len(needles))]
        asked = [(lines, self.absent(facts) if rng.random() < (ABSENT_SHARE / 2 if dense else ABSENT_SHARE) else q) for lines, q in asked[:wanted]]
        if needles:
            asked += needles
            rng.shuffle(asked)
        quotes = 0 if dense else rng.randint(0, max(1, wanted // 4))  # questions about real prose, if there is any
        definitions = 0  # ... and about real code
        if package:
            definitions, asked = rng.randint(wanted // 2, wanted), asked[:max(1, wanted // 2)]
        elif not dense and prose_share < 1 and rng.random() < DEFINITIONS_SHARE:
            definitions = rng.randint(1, max(2, wanted // 2))
        budget = tokens - 24 - sum(self.turn_tokens(lines, q) for lines, q in asked) - (quotes + definitions) * QUOTE_TOKENS
        overlaid = not dense and rng.random() < self.overlay_share
        budget -= OVERLAY_TOKENS * overlaid
        groups = [lines for _, lines in facts]
        if needles:
            groups.append([self.spaced([lines for lines, _ in needles], NEEDLE_GAP_MAX if tokens >= 4096 else 1)])
            used += token_count(groups[-1])
        if not dense and prose_share < 1:
            groups += self.weak_groups(min((budget - used) * rng.choice([0.0, 0.05, 0.1, 0.2] if package else [0.12, 0.3, 0.45, 0.65]), 0.65 * budget - used))
        self.prose.lines = []
        self.code.begin()
        self.near = self.package_files() if package else {}
        self.corpus(document, groups, budget, prose_share)
        self.near = {}
        if quotes and self.prose.lines:
            asked += self.prose.questions(document, quotes)
            rng.shuffle(asked)
        if definitions:
            asked += self.code.questions(document, definitions)
            rng.shuffle(asked)
        if overlaid:
            asked = self.overlay(document, asked)
        self.questions(document, asked, tokens)
        return document

    def needles(self, count):
        """Facts of one language that stand together, each with the question on it: [(lines, question)]."""
        language, found = self.rng.choice(("python", "python", "c", "js", "go", "java", "rust", "php")), []
        while len(found) < count:
            fact = self.code_facts.sample(language)
            question = next((q for q in fact.questions if q.canonical and q.line is not None), None)
            if question and len(fact.snippet.lines) <= NEEDLE_LINES_MAX and self.clean(fact.snippet) and \
                    not any(question.term in other.term or other.term in question.term for _, other in found):
                found.append((self.lines_of(fact.snippet), question))
        return found

    def spaced(self, parts, gap_max):
        """The lines of all parts, a few real ones of their language between them."""
        lines = []
        for part in parts:
            lines += part
            _, cursor, end = self.open_real(LANGUAGE_NAMES.get(part[0].origin.language, part[0].origin.language))
            for index in range(cursor, min(end, cursor + self.rng.randint(0, gap_max))):
                lines.append(Line(self.real.line(index), items.OK, self.teaches[self.real.teaches[index]]))
        return lines

    def weak_groups(self, room):
        """Snippets of weaknesses, look-alikes and plain code; each with what must stand elsewhere before it."""
        groups = []
        while room > 0:
            snippet = self.weakness.plain() if self.rng.random() < 0.2 else self.weakness.sample()
            snippet, *elsewhere = self.renamer.group([snippet, *snippet.elsewhere])
            snippet.elsewhere = elsewhere
            if self.clean(snippet) and all(self.clean(e) for e in elsewhere):
                groups.append([self.lines_of(snippet)] + [self.lines_of(e) for e in elsewhere])
                room -= token_count(groups[-1])
        return groups

    def clean(self, snippet):
        return not any(self.guard.hit(line) for line in snippet.lines)

    def lines_of(self, snippet):
        kind_of = {"weak": WEAK, "alike": ALIKE}
        lines = []
        for text, label in zip(snippet.lines, snippet.labels):
            text = text.rstrip()
            kind = NOTHING if label == items.NO_LOSS else ORDINARY
            if label > 0:
                kind = WEAK
            elif label == items.OK and snippet.kind == "alike":
                kind = ALIKE
            lines.append(Line(array("H", self.encode(text)), label, kind, snippet, text))
        return lines

    def choose_questions(self, fact, dense):
        """At most two of a fact's questions, so that a corpus asks about many things."""
        questions = [q for q in fact.questions if q.canonical or not dense] or fact.questions
        return self.rng.sample(questions, min(len(questions), 2))

    # The corpus

    def corpus(self, document, groups, budget, prose_share):
        """Header, files in order, end of the turn; never more than `budget` tokens but for the snippets themselves."""
        document.add([tok.DOCUMENT, tok.TURN])
        document.add(self.encode(SYSTEM))
        files = self.place(groups, budget, prose_share)
        waiting = sum(len(line.ids) + 6 for _, _, parts in files for part in parts for line in part)
        number = 1
        for index, (_, language, parts) in enumerate(files):
            left = max(0, budget - len(document.ids) - waiting)
            share = left / (len(files) - index) * (self.rng.uniform(0.4, 1.6) if index + 1 < len(files) else 1)
            cuts = sorted(self.rng.random() for _ in range(len(parts)))
            limits = [share * (b - a) for a, b in zip([0.0] + cuts, cuts + [1.0])]
            path, cursor, end = self.open_real(language)
            document.add(self.encode(f"== {path}\n"))
            for limit, part in zip(limits, parts + [[]]):
                stop = len(document.ids) + min(limit, max(0, budget - len(document.ids) - waiting))
                while number < LINES_MAX - 300:
                    if cursor >= end:
                        _, cursor, end = self.open_real(language)
                        if cursor >= end:
                            break
                    ids = self.real.line(cursor)
                    if len(document.ids) + len(ids) + 6 > stop:
                        break
                    line = Line(ids, items.OK, self.teaches[self.real.teaches[cursor]])
                    if language == "prose":
                        self.prose.unfamiliar(line)
                    else:
                        self.code.remember(line, self.real.defines.get(cursor))
                    self.put(document, line, number)
                    number, cursor = number + 1, cursor + 1
                for line in part:
                    self.put(document, line, number)
                    line.path = path
                    number, waiting = number + 1, waiting - len(line.ids) - 6
        document.add([tok.END, tok.NEWLINE])
        self.numbered = number

    def overlay(self, document, asked):
        """Another turn with the new versions of some files, whose lines count from here on; what is asked then."""
        rng, changed, number = self.rng, [], self.numbered
        for index, (lines, question) in enumerate(asked):
            line = lines[question.line] if question.line is not None else None
            if len(changed) < OVERLAY_FILES_MAX and line and line.path and line.number and question.intent != "use" and line.path not in [path for path, *_ in changed]:
                changed.append((line.path, lines, index, rng.random() < OVERLAY_DELETED and line.text.count(question.term) == 1))
        if not changed:
            return asked
        asked = list(asked)
        document.add([tok.TURN, *self.encode(OVERLAY)])
        for path, lines, index, deleted in changed:
            document.add(self.encode(f"== {path}{' deleted' if deleted else ''}\n"))
            question, new = asked[index][1], []
            for line in [] if deleted else lines:
                text = line.text
                if line is lines[question.line]:
                    start = find_term(text, question.term) + len(question.term)
                    text = text[:start] + re.sub(r"\d", lambda digit: rng.choice("0123456789") if digit.group() not in "0" else "0", text[start:])
                new.append(Line(array("H", self.encode(text)), line.label, line.kind, line.origin, text))
                self.put(document, new[-1], number)
                new[-1].path, number = path, number + 1
            for other, (theirs, q) in enumerate(asked):
                if theirs is lines and q.line is not None:
                    asked[other] = (lines, Unanswered(q.text, q.term, None, q.intent, q.canonical)) if deleted else (new, q)
        document.add([tok.END, tok.NEWLINE])
        return asked

    def place(self, groups, budget, prose_share):
        """Files as (order, language, parts); what a snippet needs elsewhere stands in an earlier file."""
        rng = self.rng
        files = []
        count = max(1, round(budget / rng.uniform(500, 1400)))

        def file_for(language, before=1.0):
            language = LANGUAGE_NAMES.get(language, language)
            fitting = [f for f in files if f[1] == language and f[0] < before and len(f[2]) < 8]
            if fitting and (rng.random() < 0.75 or len(files) >= count):
                return rng.choice(fitting)
            files.append([rng.random() * before, language, []])
            return files[-1]
        for group in sorted(groups, key=lambda g: len(g) == 1):
            snippet = group[0][0].origin if group[0] else None
            if snippet is None:
                continue
            home = file_for(snippet.language)
            home[2].append(group[0])
            for other in group[1:]:
                if other:
                    needed = snippet.elsewhere and other[0].origin in snippet.elsewhere
                    file_for(other[0].origin.language, home[0] if needed else 1.0)[2].append(other)
        while len(files) < count:
            language = "prose" if rng.random() < prose_share else rng.choice(sorted(self.near) or self.languages)
            files.append([rng.random(), language, []])
        room = budget - sum(token_count(group) for group in groups)
        for _, language, parts in files:
            for _ in range(rng.randint(0, 2) if language not in self.real.files_of else 0):
                filler = self.lines_of(self.code_facts.filler(rng.randint(3, 12), language))
                room -= token_count([filler])
                if room > 0:
                    parts.append(filler)
            rng.shuffle(parts)
        return sorted(files, key=lambda f: f[0])

    def package_files(self):
        """The code of one package by language."""
        real, found = self.real, {}
        package = real.package[self.rng.choice(real.files_of[self.rng.choice([l for l in PACKAGE_LANGUAGES if l in real.files_of])])]
        for index, name in enumerate(real.package):
            if name == package and real.language[index] in PACKAGE_LANGUAGES:
                found.setdefault(real.language[index], []).append(index)
        return found

    def open_real(self, language):
        """(path, first line, end) of a real file of the language, from a random line on."""
        index = self.rng.choice(self.near.get(language) or self.real.files_of.get(language) or self.real.files_of["yaml"])
        first, end = self.real.file_line[index], self.real.file_line[index + 1]
        path = self.real.path[index]
        if language not in self.real.files_of:
            folder, _, name = os.path.splitext(path)[0].rpartition("/")
            return (folder + "/" if folder else "") + PATHS.get(language, "{}.txt").format(name), 0, 0
        return path, self.rng.randrange(first, max(first + 1, end - 4)), end

    def put(self, document, line, number):
        document.ids.extend(line.ids)
        document.ids.extend(self.suffix[number])
        line.number = number
        if line.kind != NOTHING:
            target = tok.OK + max(line.label, 0)
            document.marks.append((len(document.ids) - 1, target, line.kind))
        document.verdicts.append((len(document.ids) - 1, line))

    # Questions

    def absent(self, facts):
        """A question about what the corpus does not say, half of the time nearly a name that it holds."""
        fact = self.rng.choice(facts)[0]
        terms = [q.term for f, _ in facts for q in f.questions if f.snippet.language == fact.snippet.language]
        prose = fact.snippet.language == "prose"
        return (self.prose_facts if prose else self.code_facts).absent(terms)

    def turn_tokens(self, lines, question):
        line = lines[question.line].text if question.line is not None else question.term
        return len(self.encode(question.text)) + len(self.encode(line)) + 24

    def questions(self, document, asked, tokens):
        corpus = document.ids.tobytes()
        for lines, question in asked:
            term = self.encode(question.term)
            if question.line is None:
                if array("H", term).tobytes() in corpus and not isinstance(question, Unanswered):
                    continue
                parts = [(term, TERM), ([tok.NONE], ABSENT), ([tok.END], REST)]
            else:
                line = lines[question.line]
                start = find_term(line.text, question.term)
                if start < 0 or not line.number:
                    continue
                rest = self.encode(line.text[start + len(question.term):])
                citation = list(self.suffix[line.number][:-1])
                first, rest = (rest + citation)[:1], (rest + citation)[1:]
                cut = max(0, len(rest) - len(citation))
                parts = [(term, TERM), (first, FIRST), (rest[:cut], REST), (rest[cut:], CITATION), ([tok.END], REST)]
            turn = [tok.TURN, *self.encode("user name=user\n"), *self.encode(question.text), tok.END, tok.NEWLINE,
                    tok.TURN, *self.encode("ai name=assistant\n")]
            if len(document.ids) + len(turn) + sum(len(ids) for ids, _ in parts) + 2 > tokens:
                break
            document.add(turn)
            document.answers.append((len(document.ids), len(term), sum(len(ids) for ids, _ in parts), question))
            document.answer(parts)
            document.add([tok.NEWLINE])

    # Tools

    def any_fact(self):
        if self.rng.random() < 0.5:
            return self.code_facts.sample()
        return self.rules.sample() if self.rng.random() < 0.6 else self.prose_facts.sample()

    def real_run(self, count):
        """(path, up to `count` lines) of some real file, as text."""
        path, cursor, end = self.open_real(self.rng.choice(self.languages))
        lines = [self.tokenizer.decode(self.real.line(line)).decode("utf-8", "replace") for line in range(cursor, min(end, cursor + count))]
        return path, lines

    def tool_dialog(self, tokens):
        makers = [self.tools, self.workspace, self.agent, self.everyday, self.calls] + [self.meanings] * (self.meanings is not None)
        maker = self.rng.choices(makers, TOOLS_SHARES[:len(makers)])[0]
        if tokens < BETWEEN_FROM and self.rng.random() > BETWEEN_SHARE:
            return self.dialog_document(maker.sample(tokens), maker is self.agent)
        read = int(tokens * self.rng.uniform(*BETWEEN))
        dialog = maker.sample(min(tokens - read, self.rng.choice(REQUESTS_TOKENS)))
        return self.dialog_document(self.between.spread(dialog, read), maker is self.agent)

    def dialog_document(self, dialog, agent=False):
        rng, document = self.rng, Document()
        document.add([tok.DOCUMENT])
        draw = rng.random() if not agent or rng.random() < 0.3 else 1  # `fathom agent` has no system text
        if draw < 0.35:
            self.turn(document, "system ai_setting=assistant", rng.choice(ASSISTANT_SETTINGS))
        elif draw < 0.65:  # an agent's instructions may say anything
            self.turn(document, "system ai_setting=assistant", self.instructions())
        self.turn(document, "system tool_setting=tools", TOOL_SETTING.format("\n".join(dialog.tools)))
        together = rng.random() < 0.5  # several results in one turn, or a turn for each
        turns = list(dialog.turns)
        while turns:
            turn = turns.pop(0)
            text = turn.text
            while together and turn.role == "tool" and turns and turns[0].role == "tool":
                text += turns.pop(0).text
            self.turn(document, ROLES[turn.role], text, turn.trained)
        return document

    def instructions(self):
        rng = self.rng
        _, cursor, end = self.open_real("prose")
        lines = [self.tokenizer.decode(self.real.line(line)).decode("utf-8", "replace") for line in range(cursor, min(end, cursor + 8))]
        text = rng.choice(["You are {}. ", "You are an agent in {}. ", "You work for {}. ", ""]).format(self.calls.values.proper()) + \
            "\n".join(line for line in lines if line)[:rng.choice([80, 200, 500])]
        return text or ASSISTANT_SETTINGS[0]

    def turn(self, document, role, text, trained=False):
        document.add([tok.TURN] + self.encode(role + "\n"))
        ids = self.encode(text)
        if trained:
            document.answers.append((len(document.ids), 0, len(ids) + 1, None))
            choices = self.choices(text, ids)
            document.answer([([token], CHOICE if at in choices else TOOL) for at, token in enumerate([*ids, tok.END])])
        else:
            document.add(ids + [tok.END])
        document.add([tok.NEWLINE])

    def choices(self, text, ids):
        """Where the tokens stand that choose: whether there is a call at all or one more, and which tool's."""
        spans = [(0, 1)] + [(match.start(), match.end()) for match in CHOICES.finditer(text)]
        found, at = set(), 0
        for index, token in enumerate(ids):
            end = at + len(self.tokenizer.decode([token]).decode("utf-8", "replace"))
            if any(start < end and at < stop for start, stop in spans):
                found.add(index)
            at = end
        return found

    # Rows and shards

    def row(self, stream):
        """(ids, positions, targets, kinds) of fixed sizes."""
        tokens = stream_tokens(stream)
        count = int(tokens * TARGET_SHARE)
        while True:
            document = self.attempt(lambda: self.document(stream))
            if document and len(document.ids) <= tokens:
                break
        while stream.startswith("tools") and tokens - len(document.ids) > DIALOG_TOKENS_MIN:  # others behind it
            more, start = self.attempt(lambda: self.tool_dialog(tokens - len(document.ids))), len(document.ids)
            if not more or start + len(more.ids) > tokens:
                break
            document.add(more.ids)
            document.marks += [(start + position, target, kind) for position, target, kind in more.marks]
        marks = document.marks
        self.pad(document, tokens)
        ids = np.array(document.ids, np.uint16)
        if len(marks) > count:  # a very dense document: leave out ordinary lines
            ordinary = [mark for mark in marks if mark[2] == ORDINARY]
            marks = [mark for mark in marks if mark[2] != ORDINARY] + ordinary[:max(0, len(ordinary) - len(marks) + count)]
            marks = marks[:count]
        taken = {position for position, _ in document.verdicts} | {mark[0] for mark in marks}
        free = [i for i in range(2, tokens - 1) if i not in taken]
        text = self.rng.sample(free, min(count - len(marks), len(free)))
        marks += [(i, document.ids[i + 1], TEXT) for i in text]
        marks += [(0, 0, NOTHING)] * (count - len(marks))
        return ids, np.array(marks, np.uint16)

    def attempt(self, make):
        """A document, or None when making it failed: one in millions must not end a run on a machine lent by the minute."""
        self.made += 1
        try:
            return make()
        except Exception:
            self.failed += 1
            traceback.print_exc()
            print(f"pack: {self.failed} of {self.made} documents failed", file=sys.stderr, flush=True)
            if self.failed > FAILURES_MAX and self.failed > FAILURES_SHARE_MAX * self.made:
                raise
            return None

    def pad(self, document, tokens):
        """Real text behind the end. (A row of one repeated token would teach the router that all tokens are alike.)"""
        while len(document.ids) < tokens:
            if self.meanings and self.rng.random() < ENTRIES_SHARE:
                document.ids.extend(self.encode("".join(self.meanings.meanings.entry() for _ in range(ENTRIES))))
                continue
            _, cursor, end = self.open_real(self.rng.choice(self.languages))
            for line in range(cursor, end):
                document.ids.extend(self.real.line(line))
                document.ids.append(tok.NEWLINE)
                if len(document.ids) >= tokens:
                    break
        del document.ids[tokens:]

    def shard(self, stream, shard_tokens=None):
        rows = [self.row(stream) for _ in range(max(1, (shard_tokens or SHARD_TOKENS) // stream_tokens(stream)))]
        return np.stack([r[0] for r in rows]), np.stack([r[1] for r in rows])


LANGUAGE_NAMES = {"javascript": "js", "typescript": "ts", "csharp": "cs", "c++": "cpp", "bash": "shell"}
# Files of the languages that the real text does not hold.
PATHS = {"cs": "{}.cs", "kotlin": "{}.kt", "ruby": "{}.rb", "perl": "{}.pl", "css": "{}.css", "docker": "Dockerfile",
         "env": ".env", "ini": "{}.ini", "json": "{}.json", "make": "Makefile", "properties": "{}.properties",
         "toml": "{}.toml", "usage": "{}.txt"}


def work(folder, seed, shard_tokens):
    """Writes the shard that is missing most, by FOLDER/want.json {stream: shards to keep ready}."""
    rng = random.Random(seed)
    packer, made = Packer(rng), 0
    while not os.path.exists(f"{folder}/stop"):
        with open(f"{folder}/want.json") as file:
            want = json.load(file)
        lack = {s: n - len(glob.glob(f"{folder}/{s}-*.npz")) for s, n in want.items()}
        stream = max(lack, key=lambda s: lack[s] + rng.random())
        if lack[stream] <= 0:
            time.sleep(0.05)
            continue
        ids, marks = packer.shard(stream, shard_tokens)
        made += 1
        path = f"{folder}/{stream}-{seed:03d}-{made:06d}.npz"
        with open(path + ".tmp", "wb") as file:
            np.savez(file, ids=ids, marks=marks)
        os.replace(path + ".tmp", path)


def show(stream, seed):
    packer = Packer(random.Random(seed), "held", True)
    document = packer.document(stream)
    print(packer.tokenizer.decode(document.ids).decode("utf-8", "replace"))
    for position, target, kind in document.marks:
        if kind not in (ORDINARY,):
            print(position, kind, packer.tokenizer.decode([target]))


def rate(seconds=10):
    packer = Packer(random.Random(1))
    for stream in STREAMS:
        start, tokens = time.time(), 0
        while time.time() - start < seconds / len(STREAMS):
            ids, _ = packer.row(stream)
            tokens += len(ids)
        print(stream, f"{tokens / (time.time() - start):.0f} tokens/s")


if __name__ == "__main__":
    if sys.argv[1:] == []:
        rate()
    elif sys.argv[1] == "--work":
        work(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else SHARD_TOKENS)
    elif sys.argv[1] == "--show":
        show(sys.argv[2], int(sys.argv[3]))
