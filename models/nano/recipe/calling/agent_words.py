# SPDX-License-Identifier: Apache-2.0
"""How one asks for a thing of an area (`window` of `gull`), composed: which of the two stands first is even, so that their
order tells nothing.

A sentence is a frame around a noun for the thing (`gull's window`, `the window that gull uses`), or a sentence of its own in
which the area stands first (`what does gull have as its window`). {w} the thing, {a} the area as the sentence names it, {n} the
noun. Every seventh piece (by hash) is kept from training.
"""
from asking.words import is_held_out

KEPT_SHARE = 7
AREAS = """{a}|{a}|{a}|{a}|the {a}|the {a}|the {a}|our {a}|the {a} part|the {a} module|the {a} service|the {a} settings|the {a} component|the {a} code|the {a} system|the {a} side
    |the {a} section|the {a} area|the {a} files|the {a} configuration|the whole {a}|this {a}|the {a} team|the {a} one|the new {a}|the {a} tool"""
NOUNS_THING_FIRST = """what {w} {a} works with|which {w} {a} is given|which {w} {a} has|the {w} of {a}|the {w} in {a}|the {w} for {a}|{w} of {a}|the {w} that {a} has|the {w} that {a} uses|the {w} {a} has|the {w} given for {a}|the {w} configured for {a}|the {w} set in {a}
    |the {w} belonging to {a}|the {w} (of {a})|the {w} on {a}|the current {w} of {a}|the exact {w} for {a}|the {w} inside {a}|the {w} which {a} works with|the {w} in use at {a}|whatever {w} {a} has|the value of the {w} of {a}
    |the {w} under {a}|the {w} from {a}|the number for the {w} of {a}|the {w} we chose for {a}|the {w} written down for {a}"""
NOUNS_AREA_FIRST = """{a}'s {w}|{a}'s {w}|{a}'s {w}|{a}'s {w}|{a}'s current {w}|{a}'s own {w}|{a} {w}|{a}: its {w}|{a} and its {w}|{a}'s value for the {w}|{a}'s setting of the {w}|what {a} has as {w}
    |what {a} uses for its {w}|how {a} sets its {w}|for {a} the {w}|in {a} the {w}|what {a}'s {w} is|what {a} takes as the {w}|the {a} {w}|{a}, {w}"""
SENTENCES_AREA_FIRST = """what does {a} have as its {w}?|what is {a} using as {w}?|which number does {a} have for its {w}?|for {a}, what is the {w}?|in {a}, which {w} is set?
    |{a} has a {w}. What is it?|how does {a} set its {w}?|I work on {a} and need its {w}.|{a}: what about the {w}?|we changed {a}. What is its {w} now?|somebody asked about {a}: which {w} does it have?
    |look at {a} and tell me its {w}.|to what does {a} set its {w}?|does {a} have a {w}, and which?|what is {a} configured with as {w}?|take {a}: what {w} is given there?|what did they give {a} as {w}?
    |what was chosen in {a} as the {w}?|open what belongs to {a} and read its {w}.|concerning {a}: the {w}, please.|about {a}: how is the {w} set?|when {a} starts, what {w} does it take?|how large is {a}'s {w}?
    |{a} needs a {w}; what was it set to?|what value was given to {a} for its {w}?|from the files of {a}: what is the {w}?|which setting does {a} hold for the {w}?|on what does {a} put its {w}?|{a} is new to me. What {w} does it have?
    |I see {a} in this folder. Its {w}?|what number stands in {a} for the {w}?|let us talk about {a}. What is its {w}?|what do we give {a} as a {w}?|{a} again: what {w} does it use?|how did we configure {a}: the {w}?"""
SENTENCES_THING_FIRST = """can you see which {w} {a} takes?|is there a {w} in {a}? Which?|with which {w} does {a} run?|which {w} does {a} use?|what {w} does {a} have?|which {w} is used in {a}?|what {w} is set for {a}?|the {w}, what is it in {a}?|I need a {w}: that of {a}.|what is the {w} that {a} has?|which {w} belongs to {a}?|to which {w} is {a} set?|the {w} is asked for; the area is {a}.
    |what {w} did we choose for {a}?|is the {w} of {a} written anywhere, and what is it?|is a {w} given for {a}? Which?|how is the {w} set in {a}?|with what {w} do we run {a}?|which {w} would I find in {a}?|the {w} differs from place to place; what is it in {a}?
    |say what {w} goes with {a}.|what {w} was agreed for {a}?|how much {w} has {a}?|about the {w}: what does {a} have?|regarding the {w}, which one does {a} use?"""
FRAMES = """what is {n}?|what's {n}?|what is {n}|find {n}.|find {n} in these files.|find {n} and tell me.|find out {n}.|look up {n}.|look up {n} and report it.|look up {n} for me.|look up {n} and tell me what it is.|look {n} up.|search for {n}.
    |search the files for {n}.|search for {n} and say what you find.|tell me {n}.|tell me {n}, please.|please tell me {n}.|please find {n}.|please give me {n}.|give me {n}.|give me {n} from the files.|I need {n}.|I need to know {n}.|I am looking for {n}.
    |I want {n}.|I'd like to know {n}.|can you find {n}?|can you look up {n}?|could you tell me {n}?|could you check {n}?|check {n}.|check {n} and tell me the number.|check {n} for me.|get {n}.|get me {n}.|fetch {n}.|show {n}.|show me {n}.|do you know {n}?
    |do you see {n}?|read {n}.|read out {n}.|quote {n}.|report {n}.|name {n}.|what would {n} be?|is {n} given here? Tell me.|my question is {n}.|I forgot {n}.|remind me of {n}.|we need {n} for a meeting.|somebody wants {n}.|say {n}.|dig out {n}.
    |locate {n}.|locate {n} and give me its value.|determine {n}.|what do the files say about {n}?|what do you find on {n}?|where is {n} and what does it say?|go and find {n}.|next: {n}.|{n}?|{n}|{n}, please.|{n} please|see {n} and answer with it.|use the files to find {n}.
    |return {n}.|state {n}.|look for {n}.|look for {n} and quote the line.|look into the files for {n}.|in this workspace, find {n}.|from this folder I want {n}.|somewhere here is {n}. What is it?|let me know {n}.|help me find {n}.|investigate {n} and answer.
    |retrieve {n}.|pull up {n}.|verify {n}.|confirm {n}.|list {n}.|print {n}.|I have to report {n}.|for the record: {n}?|quickly, {n}?|hi, what is {n}?|hello, could you find {n}?|thanks for checking {n}.|please look up {n}, then tell me.|find {n}, then say it."""
# Behind an answer, about the same area.
NEXT = """and its {w}?|and the {w}?|what about the {w}?|what is its {w}?|now its {w}, please.|and how is its {w} set?|also the {w}.|the same for its {w}.|{w} too?|what {w} does it have?|then the {w}.|and what does it use as {w}?|which {w} goes with it?|tell me its {w} as well."""
# What tests/eval/agent_tasks.py asks: never said (calling_test.py compares).
KEPT_SENTENCES = ["What is the {words} of the {area}?", "Find the {words} of the {area} in the workspace.", "Which value does the {area} use as its {words}?",
                  "Look up the {area}'s {words} and tell me the value."]


def pieces(text, held_out):
    """The pieces of this side; those of the other where it has none."""
    found = [part.strip() for part in text.split("|")]
    return [part for part in found if is_held_out("agent ask " + part, KEPT_SHARE) == held_out] or found


def plain(text):
    return text.lower().rstrip(".?! ")


KEPT = frozenset(plain(text.format(words="{w}", area="{a}")) for text in KEPT_SENTENCES)


def is_kept(text):
    return any(plain(text).endswith(kept) for kept in KEPT)


class AskWords:
    def __init__(self, rng, held_out):
        self.rng = rng
        names = ("AREAS", "NOUNS_THING_FIRST", "NOUNS_AREA_FIRST", "SENTENCES_AREA_FIRST", "SENTENCES_THING_FIRST", "FRAMES", "NEXT")
        self.of = {name: pieces(globals()[name], held_out) for name in names}

    def one(self):
        """A sentence with {w} and {a}; none of those kept."""
        rng = self.rng
        while True:
            draw, area = rng.random(), rng.choice(self.of["AREAS"])
            if draw < .34:
                text = rng.choice(self.of["SENTENCES_AREA_FIRST"])
            elif draw < .42:
                text = rng.choice(self.of["SENTENCES_THING_FIRST"])
            else:
                noun = rng.choice(self.of["NOUNS_AREA_FIRST" if rng.random() < .62 else "NOUNS_THING_FIRST"])
                text = rng.choice(self.of["FRAMES"]).replace("{n}", noun)
            text = text.replace("the {a}", "{a}").replace("{a}", area)
            if not is_kept(text):
                return text

    def next(self):
        return self.rng.choice(self.of["NEXT"])
