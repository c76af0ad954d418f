# SPDX-License-Identifier: Apache-2.0
"""Tasks of an agent in a folder of settings and notes: search, another search, list, read, reckon, answer.

Tools, results, errors and refusals are written as the product writes them (tools/*.cc; agent_form_test.py compares). What
is asked, the files and their names are composed: an area (`gull payments`) has things (`handover window`) with values, one
area a file or all of them in one, in code, settings, tables and prose, among real files. Results are never made up: the
search runs over the files, and the expression is reckoned.
"""
import re
from fractions import Fraction

from asking.phrasing import finish
from asking.tools import ToolDialog, Turn
from asking.words import is_held_out, plural
from .agent_words import AskWords, is_kept
from .chains import FAILED, tool_turn
from .lexicon import invented
from .requests import Request, calls_text

NOT_SAID = "The files do not say."
READ_LINES = 20
HEADS = """limit size count depth width interval timeout delay threshold margin budget quota capacity window length rate share
    factor weight offset level priority port host owner region currency language mode color format version path prefix suffix
    deadline duration age distance height price fee discount bonus allowance score rank seed step batch chunk buffer backlog
    pool lag gap ceiling floor ratio quorum period term""".split()
NUMBERED = frozenset("""limit size count depth width interval timeout delay threshold margin budget quota capacity window length rate
    share factor weight offset level priority port age distance height price fee discount bonus allowance score rank seed step
    batch chunk buffer backlog pool lag gap ceiling floor ratio quorum period term duration""".split())
# file ending -> (head lines, line of a thing, style of its key). {a} area, {A} with a capital, {k} key, {w} words, {W} with a
# capital, {v} value, {q} value as a literal of code.
SHAPES = {
    "py": (["# {A} settings|# What {a} needs|\"\"\"{A}.\"\"\"|# Defaults for {a}||import os"], "{k} = {q}|{k}: int = {q}", "upper snake"),
    "ini": (["[{a}]|; {a}|# configuration of {a}"], "{k} = {v}|{k}={v}|{k}: {v}", "snake kebab words"),
    "yaml": (["# {A} configuration|---|{a}:|# values for {a}"], "{k}: {v}|  {k}: {v}", "snake kebab camel"),
    "toml": (["[{a}]|# {a}"], "{k} = {q}", "snake kebab"),
    "env": (["# {a}|"], "{k}={v}", "upper"),
    "json": (["{{"], "  \"{k}\": {q},", "snake camel kebab"),
    "js": (["// {a}|'use strict';|// Defaults of {a}"], "const {k} = {q};|export const {k} = {q};|  {k}: {q},", "camel upper"),
    "ts": (["// {a}|export interface Options {{}}"], "export const {k} = {q};|  readonly {k} = {q};", "camel upper"),
    "go": (["package {i}|// Package {i} holds {a}."], "const {k} = {q}|\t{k} = {q}", "pascal camel"),
    "c": (["/* {a} */|#include \"{i}.h\""], "#define {k} {q}|static const int {k} = {q};", "upper snake"),
    "h": (["#pragma once|// {A}"], "#define {k} {q}|constexpr auto {k} = {q};", "upper camel"),
    "java": (["class {I} {{|// {a}"], "    static final int {k} = {q};|    public static final var {k} = {q};", "upper camel"),
    "rs": (["//! {A}.|// {a}"], "pub const {k}: u32 = {q};|const {k}: i64 = {q};", "upper"),
    "sh": (["#!/bin/sh|# {a}"], "export {k}={v}|{k}={v}", "upper snake"),
    "rb": (["# {a}|module {I}"], "{k} = {q}|  {k}: {q},", "upper snake"),
    "properties": (["# {a}|"], "{i}.{k}={v}|{k}={v}", "kebab camel snake"),
    "csv": (["name,value|setting,value,area"], "{w},{v}|{w},{v},{a}", "words"),
    "md": (["# {A}|# Notes on {a}|## {A}|{A}|# {A} handbook"],
           "The {w} of {a} is {v}.|- {w}: {v}|* {W}: {v}|For {a} the {w} is {v}.|{A} has a {w} of {v}.|We set the {w} to {v}.|{A} runs with {v} as {w}."
           "|{W} is {v} since last year.|The {w} was raised to {v}.|`{k}` is {v}.|\\| {w} \\| {v} \\|", "snake words upper"),
    "txt": (["{A}|Notes: {a}|{A} (draft)"], "{W}: {v}|{w} = {v}|{w} - {v}|The {w} is {v} for {a}.|{W} .... {v}", "words"),
    "rst": (["{A}|.. {a}"], ":{w}: {v}|The {w} of {a} is {v}.|* {w}: {v}", "words snake"),
}
FOLDERS = ["", "", "", "src/", "config/", "conf/", "docs/", "etc/", "lib/", "settings/", "app/", "deploy/", "{n}/", "{n}/{n}/"]
FILE_NAMES = ["{i}", "{i}", "{i}", "{i}", "{i}_settings", "{i}-config", "{i}.conf", "settings", "config", "notes", "defaults", "{n}", "about-{i}"]
# What is asked: {w} the thing, {a} the area. None of tests/eval/agent_tasks.py's four sentences stands here.
ASKS = """what is the {w} in {a}?|what's the {w} for {a}?|What {w} does {a} have?|which {w} is set for {a}?|what is {w} of {a} set to|How is the {w} of {a} set?
    |what value has the {w} of {a}|In {a}, what is the {w}?|for {a}: what is the {w}?|I need the {w} of {a}.|Give me the {a} {w}.|{a} {w}?|{w} of {a}|tell me the {w} of {a}
    |Tell me what {w} {a} has.|Do you know the {w} of {a}?|Please look up the {w} of {a}.|Search for the {w} of {a}.|what does {a} use for {w}
    |What did we choose as {w} for {a}?|Check the {w} of {a} for me.|Find out which {w} {a} has.|Somewhere in this folder the {w} of {a} is given. What is it?
    |Which number is given as the {w} of {a}?|What is {a}'s {w}?|{a}'s {w} please|Quote the line with the {w} of {a}.|Where is the {w} of {a} set, and to what?
    |Read the files and tell me the {w} of {a}.|My colleague asks about the {w} of {a}.|what is configured as {w} of {a} here|What is the current {w} of {a}?
    |Look for the {w} of {a}, please.|Get the {w} that {a} has.|How much is the {w} of {a}?|Show the {w} of {a}.|I forgot the {w} of {a}, can you find it?
    |According to the files, what is the {w} of {a}?|can you tell me which {w} {a} works with?|Say what the {w} for {a} is.|value of {w} in {a}?|Look at the settings of {a}: what is the {w}?"""
BARE_ASKS = """what is the {w}?|Which {w} is set?|What's our {w}?|{w}?|Find the {w}.|tell me the {w}|Which {w} do we use?|what {w} do the files give|How is the {w} set?|Look up the {w}.
    |I need the {w}.|What is {w} set to?|Do the files give a {w}?|Search the files for the {w} and tell me.|the {w} please|What does this folder say about the {w}?"""
TWO_ASKS = """what are the {w} of {a} and of {b}?|Compare the {w} of {a} with that of {b}.|Give me the {w} for {a} and {b}.|{w} of {a} and {b}?|Which {w} do {a} and {b} have?
    |I need the {w} of both {a} and {b}.|Tell me the {w} in {a} and in {b}."""
SUM_ASKS = {"+": "what is the {w} plus the {x} of {a}?|Add the {w} and the {x} of {a}.|What is the sum of {w} and {x} in {a}?|how much are {w} and {x} of {a} together",
            "*": "Multiply the {w} of {a} by its {x}.|what is {w} times {x} for {a}?|What is the product of {w} and {x} of {a}?",
            "-": "what is the {w} of {a} minus its {x}?|Subtract the {x} of {a} from its {w}.|By how much is the {w} of {a} above its {x}?"}
FILE_ASKS = """Read {p} and tell me the {w}.|what {w} does {p} give?|In {p}, what is the {w}?|{w} in {p}?|Open {p}: which {w} stands there?|Look into {p} for the {w}."""
LIST_ASKS = """List the files, then tell me the {w} of {a}.|See which files there are and find the {w} of {a}.|First list the files; then read the one about {a} and give me the {w}.
    |Go through the files: what is the {w} of {a}?"""
NOTE_ASKS = """Write the {w} of {a} into {p}.|Put the {w} of {a} in a new file {p}.|Look up the {w} of {a} and save it to {p}."""
MENTIONS = ["Ask before you change the {w}.", "# TODO: check the {w}", "The {w} was discussed in May.", "See also: {w}.", "// {w} is read at start", "Nobody remembers the {w} of {b}."]
COMPOSED = .8  # of the requests for one thing of an area
LOOKS_CODE = re.compile(r"_|[a-z][A-Z]|[.:/$()]|^[A-Z0-9]{3,}$")
SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
KINDS = [("look_up", 46), ("follow_up", 7), ("elsewhere", 12), ("nowhere", 8), ("other_area", 4), ("by_list", 7), ("by_file", 6), ("lost_file", 4), ("two", 5), ("sum", 5),
         ("note", 2), ("table", 4), ("denied", 2)]
# What tests/eval/agent_tasks.py asks for: never said here (recipe_test.py compares).
KEPT_THINGS = """queue depth|retry limit|cache size|session timeout|upload limit|page size|worker count|batch size|poll interval|grace period|lease time|buffer length
    |price margin|stock threshold|login attempts|token lifetime""".replace("\n    ", "").split("|")
KEPT_AREAS = frozenset("billing shipping catalog search orders mailer importer gateway reports accounts inventory scheduler".split())
DEFAULT_KINDS = ["patch", "calculate", "list", "read", "run", "search", "sql", "write"]  # offered unless others are named


def pattern_of(term):
    """(pattern, whether case is ignored): words may be joined by anything, signs of code stand for themselves."""
    if LOOKS_CODE.search(term):
        return SPECIAL.sub(r"\\\1", term), False
    return ".?".join(term.split()), True


def options(text, held_out):
    """The sentences of this side: every seventh is kept from training."""
    found = [part.strip() for part in text.split("|")]
    return [part for part in found if is_held_out("agent " + part, 7) == held_out] or found


class Thing:
    def __init__(self, words, value):
        self.words, self.value, self.path, self.line = words, value, "", 0


class AgentGen:
    """`tool` makes one of the product's tools by its kind, `real` gives (path, lines) of real files."""

    def __init__(self, rng, held_out, values, tool, real):
        self.rng, self.held_out, self.values, self.tool, self.real = rng, held_out, values, tool, real
        self.asks = {name: options(text, held_out) for name, text in (("one", ASKS), ("bare", BARE_ASKS), ("two", TWO_ASKS), ("file", FILE_ASKS),
                                                                      ("list", LIST_ASKS), ("note", NOTE_ASKS))}
        self.words_for = AskWords(rng, held_out)
        self.sums = {sign: options(text, held_out) for sign, text in SUM_ASKS.items()}
        self.kinds, self.weights = zip(*KINDS)

    def sample(self, tokens):
        """A dialog with the product's tools: all that it offers by itself, or some of them in any order."""
        rng = self.rng
        kind = rng.choices(self.kinds, self.weights)[0]
        needed = {"search", "read"} | {"sum": {"calculate"}, "note": {"write"}, "by_list": {"list"}, "lost_file": {"list"}, "table": {"sql"}}.get(kind, set())
        offered = list(DEFAULT_KINDS)
        if tokens < 2600 or rng.random() < .5:
            others = [k for k in ("list", "list", "calculate", "write", "run", "sql", "http") if k not in needed and rng.random() < (.12 if tokens < 1200 else .3)]
            offered = list(dict.fromkeys(list(needed) + others))
            if kind == "by_list" and rng.random() < .6:
                offered.remove("search")
            if kind == "by_file" and rng.random() < .3:
                offered.remove("search")
            rng.shuffle(offered)
        self.tools = {k: self.tool(k) for k in offered}
        self.folder(tokens)
        turns = getattr(self, kind)()
        while turns is None:
            self.folder(tokens)
            turns = self.look_up()
        return ToolDialog([tool.line for tool in self.tools.values()], turns, self.held_out)

    # ---- the folder

    def words(self):
        """A thing: one to three words; the last often says what it measures."""
        rng, word = self.rng, self.values.word
        while True:
            head = rng.choice(HEADS) if rng.random() < .7 else word()
            parts = [word() for _ in range(rng.choice([0, 1, 1, 1, 1, 1, 2]))] + [head]
            text = " ".join(parts)
            if fits(text):
                return text

    def area(self):
        rng, word = self.rng, self.values.word
        while True:
            text = word() if rng.random() < .7 else word() + " " + word() if rng.random() < .6 else invented(rng, 2)
            if fits(text) and text not in KEPT_AREAS:
                return text

    def value(self, words):
        rng = self.rng
        if words.split()[-1] in NUMBERED or rng.random() < .6:
            return str(rng.choice([rng.randint(1, 20), rng.randint(2, 900), rng.randint(2, 900), rng.randint(1000, 90000), round(rng.uniform(.1, 60), rng.choice([1, 2]))]))
        if words.split()[-1] == "host":
            return "%s.%s.example" % (self.plain(), self.plain())
        return rng.choice([self.plain(), self.plain(), "%s-%d" % (self.plain(), rng.randint(1, 99)), "%d%s" % (rng.randint(2, 90), rng.choice(["s", "ms", "h", "d", "kB", "MB"]))])

    def plain(self):
        word = self.values.word()
        return word if re.fullmatch("[a-z]+", word) else "plain"

    def near(self, words):
        """Another thing that shares a word."""
        parts = words.split()
        parts[self.rng.randrange(len(parts))] = self.rng.choice(HEADS) if self.rng.random() < .4 else self.plain()
        return " ".join(parts) if fits(" ".join(parts)) else self.words()

    def folder(self, tokens):
        """Files with the asked thing in its area, others around it, and now and then a real file."""
        rng = self.rng
        self.files, self.offset = {}, {}
        self.areas = []
        while len(self.areas) < rng.choice([2, 3, 3, 4, 5]):
            area = self.area()
            if not any(area in other or other in area for other in self.areas):
                self.areas.append(area)
        self.wanted, self.second = self.words(), self.words()
        while self.second in self.wanted or self.wanted in self.second:
            self.second = self.words()
        self.things, lines_max = {}, 4 if tokens < 1400 else 9
        shared = rng.random() < .3  # other areas have the thing too
        for index, area in enumerate(self.areas):
            names = [self.near(self.wanted) if rng.random() < .35 else self.words() for _ in range(rng.randint(2, lines_max))]
            if index == 0:
                names += [self.second]
            names = [n for n in dict.fromkeys(names) if self.wanted not in n and (n == self.second or self.second not in n)]
            if index == 0 or shared and rng.random() < .8:
                names.insert(rng.randrange(len(names) + 1), self.wanted)
            self.write(area, names, 1 if shared else .8 if index == 0 else .5)
        for _ in range(rng.choice([0, 0, 1, 2]) if tokens > 1400 else 0):
            path, lines = self.real(rng.randint(3, 9))
            self.files.setdefault(path, list(lines))
        if rng.random() < .25:
            path = rng.choice(sorted(self.files))
            if path not in {t.path for t in self.things.values()}:
                self.files[path].append(rng.choice(MENTIONS).format(w=self.wanted, b=self.areas[-1]))

    def write(self, area, names, telling):
        """One file of an area; `telling` is how likely its name says so."""
        rng = self.rng
        ending = rng.choice(list(SHAPES))
        heads, forms, styles = SHAPES[ending]
        style, form = rng.choice(styles.split()), rng.choice([f for f in forms.replace("\\|", "\x00").split("|")]).replace("\x00", "|")
        mixed = ending in ("md", "txt", "rst") and rng.random() < .6
        name = rng.choice(FILE_NAMES[:6] if rng.random() < telling else FILE_NAMES)
        path = rng.choice(FOLDERS).replace("{n}", self.plain()) + name.format(i=area.replace(" ", rng.choice("_-")), n=self.plain()) + "." + ending
        if path in self.files:
            return self.write(area, names, telling)
        slots = {"a": area, "A": area[0].upper() + area[1:], "i": area.replace(" ", "_"), "I": "".join(w.capitalize() for w in area.split())}
        head = rng.choice(heads[0].split("|")).format(**slots)
        lines = [head] + ([""] if rng.random() < .5 else [])
        if "{i}" not in name and area not in head.lower():
            lines.insert(0, "# " + area)
        for words in names:
            if mixed:
                form = rng.choice(forms.replace("\\|", "\x00").split("|")).replace("\x00", "|")
            value = self.value(words)
            quoted = value if re.fullmatch(r"[0-9.]+", value) else '"%s"' % value
            lines.append(form.format(**slots, k=styled(words, style), w=words, W=words[0].upper() + words[1:], v=value, q=quoted))
            if words in (self.wanted, self.second):
                thing = self.things[(area, words)] = Thing(words, value)
                thing.path, thing.line = path, len(lines)
            if rng.random() < .08:
                lines.append("")
        if rng.random() < .12:  # a long file: the lines stand far down
            self.offset[path] = rng.randint(40, 3000)
        self.files[path] = lines

    # ---- what the tools say

    def search(self, term):
        """(turns of a search for the term, its hits)."""
        pattern, any_case = pattern_of(term)
        found = re.compile(pattern, re.I if any_case else 0)
        hits = [(path, n + 1 + self.offset.get(path, 0), line) for path, lines in sorted(self.files.items()) for n, line in enumerate(lines) if found.search(line)]
        arguments = {"pattern": pattern, "ignore_case": True} if any_case else {"pattern": pattern}
        text = "".join("%s:%d:\t%s\n" % hit for hit in hits) or "[no matches]\n"
        return [self.call("search", arguments), *tool_turn([("search", text)])], hits

    def call(self, name, arguments):
        return Turn("ai", calls_text([Request(Named(name), "", "", arguments)]), True)

    def shown(self, path, first=1, count=None):
        lines, offset = self.files[path], self.offset.get(path, 0)
        last = min(offset + len(lines), first + count - 1) if count else offset + len(lines)
        text = "".join("%d\t%s\n" % (n, lines[n - offset - 1]) for n in range(max(first, offset + 1), last + 1))
        return text + ("[lines %d to %d of %d]\n" % (first, last, offset + len(lines)) if first > 1 or last < offset + len(lines) else "")

    def read(self, path, line=None):
        """Turns of a read: from the line of a hit on, or the whole file."""
        if line is None:
            return [self.call("read_file", {"path": path}), *tool_turn([("read_file", self.shown(path))])]
        return [self.call("read_file", {"path": path, "start_line": line, "line_count": READ_LINES}),
                *tool_turn([("read_file", self.shown(path, line, READ_LINES))])]

    def listing(self):
        listed = "".join("%s\t%d bytes\n" % (path, sum(len(line) + 1 for line in lines) + 31 * self.offset.get(path, 0)) for path, lines in sorted(self.files.items()))
        return [self.call("list_files", {}), *tool_turn([("list_files", listed)])]

    def missing(self, root, path):
        return "%s/%s: No such file or directory" % (root, path)

    def unplain(self, path):
        return "the path \"%s\" is not plain: write it relative to the workspace, without \".\", \"..\", double \"/\" or invisible characters (rule protected-path)" % path

    def unattended(self):
        return "a person would have to approve this, and nobody is there to ask: this session has read text that nobody vouches for, and no grant of the workflow covers this call (rule tainted-change)"

    def written(self, path, content):
        return "wrote %d bytes to %s (a new file)" % (len(content.encode()), path)

    def sums_shown(self, expressions):
        """[(expression, what calculate returns)] of sums, differences and products of two numbers."""
        shown = []
        for text in expressions:
            one, sign, two = text.split()
            a, b = Fraction(one), Fraction(two)
            shown.append((text, decimal(a + b if sign == "+" else a * b if sign == "*" else a - b)))
        return shown

    def told(self, thing):
        return Turn("ai", self.quote(thing), True)

    def quote(self, thing):
        return "%s (%s:%d)" % (self.files[thing.path][thing.line - 1].strip(), thing.path, thing.line + self.offset.get(thing.path, 0))

    def user(self, kind, **slots):
        while True:
            text = self.words_for.one() if kind == "one" and self.rng.random() < COMPOSED else self.rng.choice(self.asks[kind])
            said = self.sentence(text, **slots)
            if said:
                return Turn("user", said, False)

    def sentence(self, text, **slots):
        """The text with its slots filled, as a person types it; None for what is kept from training."""
        rng = self.rng
        if " of {a}" in text and rng.random() < .35:
            text = text.replace(" of {a}", rng.choice([" in {a}", " for {a}", " of the {a}", " of the {a} part"]))
        elif rng.random() < .25:
            text = re.sub(r"(?<!the )(?<!^)\{a\}(?! \{w\})", "the {a}", text)
        if is_kept(text):
            return None
        marked = {key: "\x01%s\x01" % value for key, value in slots.items()}
        text = text.format(**marked)
        if rng.random() < .5:
            text = re.sub("s(\x01?)'s\\b", r"s\1'", text)
        if rng.random() < .5:
            text = text[0].upper() + text[1:]
        return finish(rng, text) if rng.random() < .6 else text.replace("\x01", "")

    # ---- the tasks: turns, or None where the folder does not suit

    def thing(self):
        return self.things[(self.areas[0], self.wanted)]

    def asked(self):
        """The user's turn for the wanted thing; its area is left out where only one has it."""
        alone = sum(words == self.wanted for _, words in self.things) == 1
        if alone and self.rng.random() < .15:
            return self.user("bare", w=self.wanted)
        return self.user("one", w=self.wanted, a=self.areas[0])

    def look_up(self):
        thing, (steps, hits) = self.thing(), self.search(self.wanted)
        place = thing.path, thing.line + self.offset.get(thing.path, 0)
        if place not in [hit[:2] for hit in hits] or len(hits) > 12:
            return None
        return [self.asked(), *steps, *self.read(*place), self.told(thing)]

    def follow_up(self):
        """A second thing of the same area is asked behind the first, by `its`."""
        first = self.look_up()
        thing = self.things[(self.areas[0], self.second)]
        steps, hits = self.search(self.second)
        place = thing.path, thing.line + self.offset.get(thing.path, 0)
        if first is None or len(first) < 3 or place not in [hit[:2] for hit in hits] or len(hits) > 8:
            return None
        asked = Turn("user", self.sentence(self.words_for.next(), w=self.second), False)
        return [*first, asked, *steps, *self.read(*place), self.told(thing)]

    def seek(self, term, area):
        """The searches that a question leads to until one finds something: (turns, hits, which search it was)."""
        tried = [term] + [term.split()[0]] * (" " in term) + [area] * bool(area)
        turns, hits = [], []
        for words in tried:
            steps, hits = self.search(words)
            turns += steps
            if hits:
                return turns, hits, words
        return turns, hits, ""

    def elsewhere(self):
        """The file does not write the thing as the question does: a search for one word of it finds it, or one for the area."""
        rng, thing, parts = self.rng, self.thing(), self.wanted.split()
        lines, offset = self.files[thing.path], self.offset.get(thing.path, 0)
        rest = " ".join(parts[1:])
        others = ["%s of the %s" % (parts[-1], " ".join(parts[:-1])), "%s per %s" % (parts[-1], " ".join(parts[:-1])), parts[0] + " " + parts[0][:3] + " " + rest] if rest else []
        other = rng.choice(others + [rng.choice(HEADS) + " " + parts[-1]])
        if parts[0] not in other and pattern_of(self.areas[0])[0].split(".?")[0] not in thing.path:
            return None
        old, new = self.styled_in(lines[thing.line - 1], self.wanted, other)
        if old is None:
            return None
        lines[thing.line - 1] = lines[thing.line - 1].replace(old, new)
        steps, hits, found = self.seek(self.wanted, self.areas[0])
        asked = self.user("one", w=self.wanted, a=self.areas[0])
        places = [hit[:2] for hit in hits]
        if found == self.areas[0] and thing.path in [path for path, _ in places] and not offset and parts[-1] in other:
            return [asked, *steps, *self.read(thing.path), self.told(thing)]
        place = thing.path, thing.line + offset
        return [asked, *steps, *self.read(*place), self.told(thing)] if place in places and len(hits) < 10 else None

    def styled_in(self, line, words, other):
        """(how the line writes the words, the other words written alike)."""
        for style in ("words", "snake", "kebab", "camel", "upper", "pascal"):
            if styled(words, style) in line:
                return styled(words, style), styled(other, style)
        capital = words[0].upper() + words[1:]
        return (capital, other[0].upper() + other[1:]) if capital in line else (None, None)

    def nowhere(self):
        """No search finds the thing; what a search for its area finds is read, and does not say it."""
        rng, gone = self.rng, self.near(self.wanted)
        area = rng.choice([self.areas[0], self.areas[0], self.areas[-1], self.area(), ""])
        steps, hits, found = self.seek(gone, area)
        asked = self.user("one", w=gone, a=area) if area else self.user("bare", w=gone)
        if found and found == area:
            path = next((hit[0] for hit in hits if area.replace(" ", "_") in hit[0].replace("-", "_")), hits[0][0])
            if path in self.offset or len(hits) > 9:
                return None
            steps += self.read(path)
        elif hits:
            steps += self.read(*hits[0][:2])
        return [asked, *steps, Turn("ai", NOT_SAID, True)] if found != gone and len(hits) < 10 else None

    def other_area(self):
        """Only another area has the thing: its line is read, and it is not what was asked."""
        holders = [area for area, words in self.things if words == self.wanted and area != self.areas[0]]
        if len(holders) != 1:
            return None
        thing, other = self.thing(), self.things[(holders[0], self.wanted)]
        self.files[thing.path].pop(thing.line - 1)
        steps, hits = self.search(self.wanted)
        if len(hits) != 1 or hits[0][0] != other.path or other.path == thing.path or holders[0].replace(" ", "_") not in other.path.replace("-", "_"):
            self.files[thing.path].insert(thing.line - 1, "")
            return None if len(hits) != 1 else [self.user("one", w=self.wanted, a=holders[0]), *steps, *self.read(*hits[0][:2]), self.told(other)]
        return [self.user("one", w=self.wanted, a=self.areas[0]), *steps, *self.read(*hits[0][:2]), Turn("ai", NOT_SAID, True)]

    def by_list(self):
        thing = self.thing()
        if self.areas[0].replace(" ", "_") not in thing.path.replace("-", "_") or thing.path in self.offset:
            return self.listed()
        kind = "list" if "search" in self.tools or self.rng.random() < .4 else "one"
        return [self.user(kind, w=self.wanted, a=self.areas[0]), *self.listing(), *self.read(thing.path), self.told(thing)]

    def listed(self):
        shown = self.listing()
        return [Turn("user", self.rng.choice(["Which files are there?", "list the files", "What is in this folder?", "show all files"]), False), *shown,
                Turn("ai", "Found %d: %s." % (len(self.files), ", ".join(sorted(self.files))), True)]

    def by_file(self):
        thing = self.thing()
        self.offset.pop(thing.path, None)
        return [self.user("file", w=self.wanted, p=thing.path), *self.read(thing.path), self.told(thing)]

    def lost_file(self):
        """The user's path does not exist: the files are listed, and the one that is meant is read."""
        rng, thing = self.rng, self.thing()
        if self.offset.get(thing.path, 0):
            return None
        folder, _, name = thing.path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        at = rng.randrange(len(stem))
        wrong = rng.choice([name, "src/" + name, folder + "/" + stem[:at] + stem[at + 1:] + "." + ending if folder else stem[:at] + stem[at + 1:] + "." + ending,
                            stem + "." + rng.choice([e for e in SHAPES if e != ending])])
        if wrong in self.files or len(stem) < 3:
            return None
        root = rng.choice(["/home/%s/%s", "/tmp/%s/%s", "/srv/%s/%s", "/work/%s/%s"]) % (self.plain(), self.plain())
        return [self.user("file", w=self.wanted, p=wrong), self.call("read_file", {"path": wrong}), *tool_turn([("read_file", self.missing(root, wrong))]),
                *self.listing(), *self.read(thing.path), self.told(thing)]

    def denied(self):
        """What policy does not allow: a path outside the workspace; a change where nobody can be asked."""
        rng, thing = self.rng, self.thing()
        if "write" in self.tools and rng.random() < .6:
            turns = self.note()
            return turns and [*turns[:-2], *tool_turn([("write_file", "denied: " + self.unattended())]), Turn("ai", FAILED % self.unattended(), True)]
        path = rng.choice(["../", "/etc/", "../../", "/home/%s/" % self.plain(), "./"]) + thing.path
        return [self.user("file", w=self.wanted, p=path), self.call("read_file", {"path": path}), *tool_turn([("read_file", "denied: " + self.unplain(path))]),
                Turn("ai", FAILED % self.unplain(path), True)]

    def two(self):
        """One search finds both; both files are read in one block of calls."""
        holders = [area for area, words in self.things if words == self.wanted]
        if len(holders) < 2:
            return None
        first, second = self.rng.sample(holders, 2)
        both = [self.things[(area, self.wanted)] for area in (first, second)]
        steps, hits = self.search(self.wanted)
        places = [(t.path, t.line + self.offset.get(t.path, 0)) for t in both]
        if any(place not in [hit[:2] for hit in hits] for place in places) or both[0].path == both[1].path:
            return None
        calls = [Request(Named("read_file"), "", "", {"path": path, "start_line": line, "line_count": READ_LINES}) for path, line in places]
        return [self.user("two", w=self.wanted, a=first, b=second), *steps, Turn("ai", calls_text(calls), True),
                *tool_turn([("read_file", self.shown(*place, READ_LINES)) for place in places]), Turn("ai", "; ".join(self.quote(t) for t in both), True)]

    def sum(self):
        """Two values of a file, reckoned by the tool."""
        rng, one, two = self.rng, self.thing(), self.things[(self.areas[0], self.second)]
        if not all(re.fullmatch(r"\d+(\.\d+)?", t.value) for t in (one, two)) or self.offset.get(one.path, 0):
            return None
        sign = rng.choice("++*-")
        steps, hits = self.search(self.wanted)
        if (one.path, one.line) not in [hit[:2] for hit in hits] or len(hits) > 8:
            return None
        (_, result), = self.sums_shown(["%s %s %s" % (one.value, sign, two.value)])
        return [Turn("user", self.sentence(rng.choice(self.sums[sign]), w=self.wanted, x=self.second, a=self.areas[0]), False), *steps, *self.read(one.path),
                self.call("calculate", {"expression": "%s %s %s" % (one.value, sign, two.value)}), *tool_turn([("calculate", result)]),
                Turn("ai", "The result is %s." % result, True)]

    def note(self):
        thing, (steps, hits) = self.thing(), self.search(self.wanted)
        place = thing.path, thing.line + self.offset.get(thing.path, 0)
        if place not in [hit[:2] for hit in hits]:
            return None
        path = self.plain() + self.rng.choice([".txt", ".md", ".out"])
        content = self.files[thing.path][thing.line - 1].strip()
        return [self.user("note", w=self.wanted, a=self.areas[0], p=path), *steps, *self.read(*place), self.call("write_file", {"path": path, "content": content}),
                *tool_turn([("write_file", self.written(path, content))]), Turn("ai", "Done.", True)]

    def table(self):
        """A question that one SELECT answers."""
        rng, word = self.rng, self.plain
        path, table, column, other = rng.choice(["", "data/", "db/"]) + word() + rng.choice([".db", ".sqlite", ".sqlite3"]), plural(word()), word(), word()
        if len({table, column, other}) < 3:
            return None
        draw = rng.random()
        if draw < .35:
            count = str(rng.randint(0, 5000))
            text = rng.choice(["how many rows has the table {t} in {p}?", "Count the {t} in {p}.", "How many {t} does {p} hold?", "number of {t} in {p}"])
            query, shown, answer = "SELECT COUNT(*) FROM %s" % table, "COUNT(*)\n%s\n[1 rows]\n" % count, "The result is %s." % count
        elif draw < .55:
            names = list(dict.fromkeys([table] + [plural(word()) for _ in range(rng.randint(0, 4))]))
            rng.shuffle(names)
            text = rng.choice(["Which tables are in {p}?", "what tables does {p} have", "List the tables of {p}.", "tables in {p}?"])
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
            shown, answer = "name\n%s\n[%d rows]\n" % ("\n".join(names), len(names)), "Found %d: %s." % (len(names), ", ".join(names))
        else:
            key, rows = self.values.proper(1), list(dict.fromkeys(self.value("x limit") for _ in range(rng.choice([0, 1, 1, 1, 2, 3]))))
            text = rng.choice(["What is the {c} of the {o} {k} in the table {t} of {p}?", "In {p}, table {t}: the {c} where {o} is {k}?", "Give me the {c} from {t} in {p} where the {o} is {k}."])
            query = "SELECT %s FROM %s WHERE %s = '%s'" % (column, table, other, key)
            shown = column + "".join("\n" + row for row in rows) + "\n[%d rows]\n" % len(rows)
            answer = "The %s is %s." % (column, ", ".join(rows)) if rows else "Nothing was found."
            text = text.replace("{k}", key)
        asked = self.sentence(text, t=table, p=path, c=column, o=other)
        return [Turn("user", asked, False), self.call("sql_query", {"path": path, "query": query}), *tool_turn([("sql_query", shown)]), Turn("ai", answer, True)]


def fits(text):
    """Whether the words can name a thing or an area: letters, no word twice, none of the held-out tasks."""
    return re.fullmatch(r"[a-z]{3,}( [a-z]{3,})*", text) and len(set(text.split())) == len(text.split()) and not any(kept in text for kept in KEPT_THINGS)


class Named:
    """A tool of which only the name counts."""

    def __init__(self, name):
        self.name = name


def styled(words, style):
    parts = words.split()
    if style == "words":
        return words
    if style in ("camel", "pascal"):
        return (parts[0] if style == "camel" else parts[0].capitalize()) + "".join(p.capitalize() for p in parts[1:])
    return {"upper": "_".join(parts).upper(), "snake": "_".join(parts), "kebab": "-".join(parts)}[style]


def decimal(value):
    """An exact number as calculate writes it."""
    if value.denominator == 1:
        return str(value.numerator)
    places = 0
    while (value * 10 ** places).denominator != 1:
        places += 1
    digits = str(abs((value * 10 ** places).numerator)).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + digits[:-places] + "." + digits[-places:]
