# SPDX-License-Identifier: Apache-2.0
"""How a request is put into words: a pattern of one of five kinds inside a frame, then decoration.

A pattern is text with alternatives, `what [is|was] {T} [|currently ]set to`, and is one of
    question   `what is {T} set to`           stands alone, ends in a question mark
    clause     `what {T} is set to`           behind "can you tell me"
    command    `look up the value of {T}`     alone, or behind "please"
    noun       `the value of {T}`             behind "I need", or alone
    keywords   `value {T}`                    what one types into a search box
Every seventh pattern and frame (by hash) is held out: training never sees it.
"""
import re

from asking.words import is_held_out

HELD_OUT_PHRASINGS = 7

FRAMES = {
    "question": """{}?|{}?|{}?|{}?|{}|Quick question: {}?|One more thing: {}?|Hi, {}?|Hello! {}?|Hey, {}?|So {}?
        |For the review: {}?|Question about this corpus: {}?|I am new here, {}?|Just to be sure, {}?|Please tell me: {}?
        |Tell me, {}?|Remind me: {}?|Help me out here: {}?|Ok, {}?|And {}?|Now, {}?|I forgot: {}?|Sorry, {}?|Q: {}
        |Question: {}?|I keep wondering, {}?|Before I forget: {}?|A colleague asks: {}?|For my notes: {}?
        |According to these files, {}?|In this corpus, {}?|As of now, {}?|In your reading, {}?|Looking at the files, {}?
        |{}? Thanks.|{}? Answer briefly.|{}? Please cite the line.|{}? Quote it please.|{}? Thank you!|{}? Just the line.
        |{}, please?|{} here?|{} in this corpus?|{} in these files?|{}, do you know?|{}, any idea?|{}? I cannot find it.
        |{}? One line is enough.|{}? I need it for a report.|Since you have read everything: {}?|Last one: {}?
        |First question: {}?|Next: {}?|Good morning, {}?|Could you look this up: {}?|I'd like a citation: {}?""",
    "clause": """Can you tell me {}?|Could you tell me {}?|Tell me {}.|Please tell me {}.|Do you know {}?|I'd like to know {}.
        |I want to know {}.|I need to know {}.|I wonder {}.|I am wondering {}.|Show me {}.|Could you check {}?|Please check {}.
        |Can you find out {}?|Find out {}.|Find {}.|Can you say {}?|Please say {}.|Any idea {}?|Explain {}.|Let me know {}.
        |Would you tell me {}?|I would like to see {}.|I have to know {} for a review.|I forgot {}.|I cannot remember {}.
        |I'm trying to find out {}.|I'm not sure {}.|Help me find {}.|Does the corpus say {}?|Do these files say {}?
        |Is it written anywhere {}?|It would help to know {}.|We were asked {}.|Someone wants to know {}.|Hi, do you know {}?
        |Hello, can you tell me {}?|Quick one: I need to know {}.|Please look up {}.|Look up {}.|Quote the line that says {}.
        |Cite the line that shows {}.|Could you remind me {}?|Remind me {}.|I can't figure out {}.|Verify {}.|State {}.
        |Point out {}.|My question is {}.|The question is {}.|Can you quote {}?|I'm curious {}.|Could you see {}?""",
    "command": """{}.|{}.|{}.|{}|Please {}.|please {}|Can you {}?|Could you {}?|Could you please {}?|Would you {}?|Would you please {}?
        |Will you {}?|I need you to {}.|I want you to {}.|I'd like you to {}.|Try to {}.|Kindly {}.|Now {}.|Next, {}.|First {}.
        |Hi, please {}.|Hey, can you {}?|Hello, could you {}?|{} please.|{}, please.|{}, thanks.|{} for me.|{} and cite the line.
        |{} in this corpus.|{} in these files.|Your task: {}.|Task: {}.|For the review, {}.|Quickly {}.|Help me {}.|Let's {}.
        |I have to {}, can you help?|Someone asked me to {}.|You should {}.|Go and {}.|Go ahead and {}.|Just {}.""",
    "noun": """{}?|{}?|{}.|{}|{}, please.|{} please|I need {}.|I want {}.|I'm looking for {}.|Looking for {}.|Give me {}.|Show me {}.
        |Show {}.|Tell me {}.|Find {}.|Find me {}.|Please find {}.|Please give me {}.|Can you give me {}?|Could you give me {}?
        |Can you find {}?|Could you show me {}?|Can I have {}?|Could I get {}?|May I see {}?|Let me see {}.|I'd like {}.|I would like to have {}.
        |I'm after {}.|Quote {}.|Cite {}.|Look up {}.|Please look up {}.|Get me {}.|Get {}.|Where do I see {}?|Do you see {}?
        |Do you have {}?|Do you know {}?|What about {}?|How about {}?|Hi, I need {}.|Hello, I'm looking for {}.|Next: {}.|Now {}.
        |For the record: {}?|Print {}.|Read out {}.|Return {}.|Fetch {}.|Bring up {}.|Check {}.|State {}.|Search for {}.|Report {}.
        |Need {} asap.|In these files: {}?|In this corpus, {}?|I can't find {}.|Help me find {}.|Point me to {}.""",
    "keywords": """{}|{}|{}?|{}.|find: {}|search {}|lookup: {}|? {}|re: {}|{} ?|{} pls|{} plz|need {}|{} thx|{} asap|about: {}|> {}
        |{} in this repo|{} here|quick: {}|corpus: {}|q: {}|cite {}|quote: {}|tell me: {}|{} (cite)|{}, source?""",
}
_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")


class Pattern:
    def __init__(self, text, kind, tag=""):
        self.text, self.kind, self.tag = text, kind, tag
        self.pieces = [piece.split("|") if index % 2 else piece
                       for index, piece in enumerate(_ALTERNATIVES.split(text))]
        self.held_out = is_held_out(kind + text, HELD_OUT_PHRASINGS)
        self.count = 1
        for piece in self.pieces[1::2]:
            self.count *= len(piece)

    def choose(self, rng):
        return "".join([piece if piece.__class__ is str else rng.choice(piece) for piece in self.pieces])


def parse_patterns(text, tag=""):
    """One pattern a line, `kind: text`; lines without a kind continue the kind above."""
    patterns, kind = [], "question"
    for line in text.strip().split("\n"):
        line = line.strip()
        head, colon, rest = line.partition(": ")
        if colon and head in FRAMES:
            kind, line = head, rest
        patterns.append(Pattern(line, kind, tag))
    return patterns


class Phrasings:
    """The patterns of one intent and the frames, of the training side or the held-out side."""

    def __init__(self, patterns, held_out):
        wanted = [pattern for pattern in patterns if pattern.held_out == held_out]
        self.patterns = wanted or patterns[:1]
        self.frames = {kind: frames_of(kind, held_out) for kind in FRAMES}

    def count(self):
        """(patterns, skeletons): a skeleton is a pattern with its alternatives chosen, in a frame."""
        distinct = set(self.patterns)
        return (sum(pattern.count for pattern in distinct),
                sum(pattern.count * len(set(self.frames[pattern.kind])) for pattern in distinct))

    def ask(self, rng, slots):
        pattern = rng.choice(self.patterns)
        body = pattern.choose(rng).format_map(slots)
        return frame(rng, self.frames, pattern.kind, body)


def frames_of(kind, held_out):
    """The plain frames belong to both sides: a held-out request may come without decoration."""
    frames = [part.strip() for part in FRAMES[kind].split("|")]
    plain = [text for text in frames if frames.count(text) > 1 or text in ("{}", "{}.", "{}?")]
    return plain + [text for text in frames if text not in plain and
                    is_held_out(kind + text, HELD_OUT_PHRASINGS) == held_out]


def frame(rng, frames, kind, body):
    text = rng.choice(frames[kind])
    if text.startswith("{}") and kind != "keywords" and rng.random() < .8:
        body = capitalized(body)
    elif text[-4:] == " {}?" and text[-5] in ".!" and rng.random() < .8:
        body = capitalized(body)
    return text.replace("{}", body)


def capitalized(text):
    """Not where an identifier leads: its letters are not ours to change. Identifiers come wrapped in \\x01."""
    return text if text[:1] == MARK else text[:1].upper() + text[1:]


MARK = "\x01"  # stands around a term while the sentence is still being changed
_QUOTES = ["`{}`"] * 5 + ["{}"] * 6 + ['"{}"', "'{}'", "<{}>", "**{}**"]


def quoted(rng, term):
    return MARK + rng.choice(_QUOTES).format(term) + MARK


def finish(rng, text):
    """Sloppiness of a person who types: no capitals, no full stop, a slip. Terms keep their letters."""
    draw = rng.random()
    if draw < .42:
        return text.replace(MARK, "")
    parts = text.split(MARK)
    if draw < .72:
        parts[::2] = [part.lower() for part in parts[::2]]
    if .52 < draw < .82:
        parts[-1] = parts[-1].rstrip(".?! ")
    if draw > .90:
        index = rng.randrange(0, len(parts), 2)
        parts[index] = slip(rng, parts[index])
    if .86 < draw < .90:
        parts[-1] = parts[-1].rstrip(".?! ") + rng.choice(["??", "?!", " ?", "...", "!", " .", " thx", " :)", "?\n", " - thanks"])
        return "".join(parts).rstrip("\n")
    if .82 < draw < .86:
        parts[::2] = [part.replace("'", "").replace(",", "").replace(":", " -") for part in parts[::2]]
    result = "".join(parts)
    return result if result.strip() else text.replace(MARK, "")


def slip(rng, text):
    """One typing slip inside a word."""
    places = [at for at in range(1, len(text) - 2) if text[at].isalpha() and text[at + 1].isalpha() and text[at - 1].isalpha()]
    if not places:
        return text
    at = rng.choice(places)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if kind == 1:
        return text[:at] + text[at + 1:]
    return text[:at] + text[at] + text[at:]
