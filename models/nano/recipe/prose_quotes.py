# SPDX-License-Identifier: Apache-2.0
"""Questions about real prose: phrases of which a line states something, asked in canonical words or a person's, and what no line says."""
import re
from array import array

import items
from asking.rules import STOP, Unanswered
from calling.lexicon import invented
from document import find_term

QUOTE_TOKENS = 70  # of a question about real prose with its answer, about
QUOTE_ASKS = ["What do the files say about {}?", "what is written about '{}'", "Quote the line about {}.", "{}?", "tell me about {}",
              "Which line mentions {}?", "What does it say on {}?", "find {}"]
# Questions in a person's words, by the verb with which a line states something of the phrase.
VERB_ASKS = {"is": "what is {}|what is {} like|how is {}", "are": "what are {}|what kind of thing are {}|how are {}", "was": "what was {}|how was {}", "were": "what were {}",
             "has": "what does {} have|what has {}", "have": "what do {} have", "must": "what must {} do|what is required of {}", "can": "what can {} do|what can be done with {}",
             "may": "what may {} do|what is {} allowed to do", "will": "what will {} do|what happens with {}", "should": "what should {} do|how should {} be", "does": "what does {} do|does {} do it",
             "do": "what do {} do", "needs": "what does {} need", "need": "what do {} need", "means": "what does {} mean|what is meant by {}", "returns": "what does {} return|what comes back from {}",
             "return": "what do {} return", "takes": "what does {} take|what goes into {}", "uses": "what does {} use", "contains": "what does {} contain|what is in {}", "allows": "what does {} allow",
             "gives": "what does {} give", "requires": "what does {} require|what is needed for {}", "supports": "what does {} support", "provides": "what does {} provide", "holds": "what does {} hold|what is in {}",
             "shows": "what does {} show", "runs": "how does {} run", "makes": "what does {} make", "works": "how does {} work", "defines": "what does {} define"}
# What follows a phrase of which a line states something.
STATES = re.compile(r"(?: [\w'-]+){0,3}? (is|are|was|were|has|have|had|must|can|may|will|should|does|do|needs?|means?|returns?|takes?|uses?|contains?|allows?|gives?"
                    r"|requires?|supports?|provides?|holds?|shows?|runs?|makes?|becomes?|works?|specif\w+|indicates?|defines?)\b")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
COMMON = frozenset("""about after also because been before being between both cannot could does each either else even every first from have here into
is its just like made make many more most must need neither never note only other over same see should since some such than that their them then there these
they this those through under until used uses using very want well were what when where which while will with within without would your""".split())


class ProseQuotes:
    """Remembers the lines of real prose that a corpus shows, and asks about them."""

    def __init__(self, rng, tokenizer, rules):
        self.rng, self.tokenizer, self.rules, self.lines = rng, tokenizer, rules, []

    def encode(self, text):
        return self.tokenizer.encode(text)

    def unfamiliar(self, line):
        """Remembers a line of real prose as one to ask about; now and then it gets words that no one has seen."""
        text = self.tokenizer.decode(line.ids).decode("utf-8", "replace")
        words = WORD.findall(text)
        if len(words) < 6:
            return
        if self.rng.random() < 0.3:
            for word in self.rng.sample(words, self.rng.randint(1, 3)):
                new = invented(self.rng)
                text = re.sub(r"\b%s\b" % word, new.capitalize() if word[0].isupper() else new, text, count=1)
            ids = array("H", self.encode(text))
            if len(ids) > len(line.ids) + 12:
                return
            line.ids = ids
        line.text = text
        self.lines.append(line)

    def questions(self, document, count):
        """Questions about phrases of real prose that stand nowhere else in the corpus."""
        corpus, found = self.tokenizer.decode(document.ids).decode("utf-8", "replace").lower(), []
        for line in self.rng.sample(self.lines, min(count // 2, len(self.lines))):
            question = self.rules.stray(line.text) if self.rng.random() < 0.6 else self.unstated(line.text, corpus)
            if question:
                found.append(([line], question))
        for line in self.rng.sample(self.lines, min(3 * count, len(self.lines))):
            words = list(WORD.finditer(line.text))
            at, size = self.rng.randrange(len(words) - 3), self.rng.choice([1, 1, 2, 2, 3])
            first, last = words[at], words[min(at + size, len(words) - 3) - 1]
            term = line.text[first.start():last.end()]
            if not STATES.match(line.text, last.end()):
                continue
            telling = any(len(w) > 3 and w.lower() not in COMMON for w in WORD.findall(term))
            if last.start() < first.start() or not telling or not re.fullmatch(r"[\w' -]+", term):
                continue
            if corpus.count(term.lower()) == 1 and find_term(line.text, term) == first.start():
                canonical = f"What is said about `{term}`?"
                text = canonical if self.rng.random() < 0.6 else self.free_ask(term, STATES.match(line.text, last.end()).group(1))
                found.append(([line], items.Question(text, term, 0, "statement", text == canonical)))
            if len(found) == count:
                break
        return found

    def free_ask(self, term, verb):
        """The question about a phrase as a person puts it."""
        rng, asks = self.rng, VERB_ASKS.get(verb)
        if not asks or rng.random() < 0.4:
            return rng.choice(QUOTE_ASKS).format(term)
        text = rng.choice(asks.split("|")).format(rng.choice(["", "", "the "]) + term if " " not in term else term)
        if rng.random() < 0.7:
            return text[0].upper() + text[1:] + "?"
        return rng.choice(["{}", "can you tell me {}?", "I wonder {}", "Please say {}.", "hi, {}?", "and {}?"]).format(text)

    def unstated(self, line, corpus):
        """The canonical question about a word with which a line ends and of which no line states anything."""
        words = [w for w in WORD.findall(line) if len(w) > 3 and w.lower() not in STOP and w.lower() not in COMMON]
        if not words or not line.rstrip(" .").endswith(words[-1]) or corpus.count(words[-1].lower()) != 1:
            return None
        return Unanswered(f"What is said about `{words[-1]}`?", words[-1], None, "statement", True)
