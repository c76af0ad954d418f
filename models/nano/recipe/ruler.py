# SPDX-License-Identifier: Apache-2.0
"""Items after the idea of RULER (Hsieh et al. 2024), in words of our own: what stands far apart in a long message, and is asked at its end.

niah single        one statement of a number among lines of prose; the number is asked
niah multi-key     four such statements, of which one is asked
variable tracking  variables set to a number or to another variable; all that hold one number are asked
frequent words     a list of invented words; the three most frequent are asked

Of these no number, key, name or frequent word comes twice in a set. A message has at most the tokens of its length, and at least 90 % of them.
"""
import bisect
import collections
import itertools
import random
import re

from calling.lexicon import invented

SEED = 290_000
REPLY = 640  # tokens that a window of 16,384 keeps for a reply and for what stands around a message
LENGTHS = {"1K": 1024, "4K": 4096, "16K": 16384 - REPLY}  # tokens of the whole message, at most
FILLED_MIN = 0.9
KEYS = 4
CHAINS, HOPS = 3, 4                     # the first chain is asked, the others hold other numbers
FREQUENT, KINDS, STEEPNESS = 3, 200, 1.5  # the word of rank r comes as r ** -STEEPNESS
CLEAR_SHARE, CLEAR_COUNT = 1.25, 3      # how far the last word asked is above the next one
LINE_WORDS = 12
PROSE_WORDS_MIN = 5
WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
CODE = re.compile(r"[={}<>;|_\\]|::|^\s*\.\.|^\t")  # signs of lines that documents quote from programs

ONE_HEAD = "The lines below are taken from several documents. One sentence among them tells the number of something; it is asked for after the last line."
KEYS_HEAD = "The lines below are taken from several documents. Some sentences among them tell the number of something; one of these numbers is asked for after the last line."
STATEMENT = "The number of {} is {}."
NUMBER_ASK = "What is the number of {}, as one of the lines above says it?"
CHAINS_HEAD = "Among the lines below, variables are set, one a line: to a number, or to what another variable holds by then. What they hold is asked for after the last line."
SETTING = "{} = {}"
HOLD_ASK = "Which variables hold {}, by its number or by way of other variables? Name all {} of them."
WORDS_HEAD = "Below is a list of made-up words. Some come again and again; which ones is asked for after the last line."
WORDS_ASK = "Which three words come most often in the list above? Name the most frequent one first."


def prose(lines):
    """Those of the lines that read as prose: none that sets a variable of its own."""
    return [line for line in lines if len(WORD.findall(line)) >= PROSE_WORDS_MIN and not CODE.search(line)]


class Ruler:
    """Items of one task and length, among the given lines."""

    def __init__(self, seed, encode, lines):
        self.rng, self.encode, self.lines, self.used = random.Random(seed), encode, lines, set()

    def count(self, text):
        return len(self.encode(text))

    def words(self, count):
        """Invented words, none of which is a part of another or came in an item before."""
        found = []
        while len(found) < count:
            word = invented(self.rng, self.rng.choice([2, 2, 3]))
            if len(word) > 4 and word not in self.used and not any(word in other or other in word for other in found):
                found.append(word)
        return found

    def numbers(self, count):
        """Numbers of five digits; of six and more when those run out."""
        found = []
        for tries in itertools.count():
            if len(found) == count:
                self.used.update(found)
                return found
            low = 10 ** (4 + tries // 1000)
            number = str(self.rng.randrange(low, 10 * low))
            if number not in self.used and not any(number in other or other in number for other in found):
                found.append(number)

    def filler(self, room, words):
        """Lines from anywhere on, as many as the room holds, none with one of the words."""
        start, found, left = self.rng.randrange(len(self.lines)), [], room
        for index in range(start, start + len(self.lines)):
            line = self.lines[index % len(self.lines)]
            tokens = self.count(line) + 1
            if tokens <= left and not any(word in line.lower() for word in words):
                found.append(line)
                left -= tokens
            elif left < 0.02 * room:
                break
        return found

    def among(self, tokens, head, ask, statements, words):
        """The message: statements [(depth, text)] at their depths of the lines between head and question."""
        statements = sorted(statements, key=lambda statement: statement[0])
        room = tokens - sum(self.count(text) + 1 for text in (head, "", *(text for _, text in statements), "", ask)) + 1
        lines = self.filler(room, words)
        ends = list(itertools.accumulate(self.count(line) + 1 for line in lines))
        for number, (depth, text) in enumerate(statements):
            at = bisect.bisect_left(ends, depth * ends[-1]) + (depth > 0) if ends else 0
            lines.insert(at + number, text)
        return "\n".join([head, "", *lines, "", ask])

    def niah(self, tokens, depth, keys):
        names, values = self.words(keys), self.numbers(keys)
        self.used.update(names)
        statements = [((depth + number / keys) % 1 if number else depth, STATEMENT.format(name, value))
                      for number, (name, value) in enumerate(zip(names, values))]
        head = ONE_HEAD if keys == 1 else KEYS_HEAD
        return self.among(tokens, head, NUMBER_ASK.format(names[0]), statements, names + values), values[:1]

    def single(self, tokens, depth):
        return self.niah(tokens, depth, 1)

    def multi_key(self, tokens, depth):
        return self.niah(tokens, depth, KEYS)

    def tracking(self, tokens, _):
        """The settings of all chains, mixed, one in each of as many equal parts of the filler."""
        size = HOPS + 1
        names, values = self.words(CHAINS * size), self.numbers(CHAINS)
        self.used.update(names)
        chains = [names[chain * size:(chain + 1) * size] for chain in range(CHAINS)]
        left = [[SETTING.format(*pair) for pair in zip(chain, [value] + chain)] for chain, value in zip(chains, values)]
        order = [chain for chain in range(CHAINS) for _ in range(size)]
        self.rng.shuffle(order)
        statements = [((number + self.rng.random()) / len(order), left[chain].pop(0)) for number, chain in enumerate(order)]
        return self.among(tokens, CHAINS_HEAD, HOLD_ASK.format(values[0], size), statements, names + values), chains[0]

    def frequent(self, tokens, _):
        words = self.words(KINDS)
        room = tokens - sum(self.count(text) + 1 for text in (WORDS_HEAD, "", "", WORDS_ASK)) + 1
        cost = {word: self.count(word) + 1 for word in words}
        weights = list(itertools.accumulate((rank + 1) ** -STEEPNESS for rank in range(KINDS)))
        while True:
            drawn, left = [], room
            while True:
                word = self.rng.choices(words, cum_weights=weights)[0]
                left -= cost[word]
                if left < 0:
                    break
                drawn.append(word)
            counts = collections.Counter(drawn).most_common()
            top = [count for _, count in counts[:FREQUENT + 1]]
            if all(a > b for a, b in zip(top, top[1:])) and top[-2] >= max(CLEAR_SHARE * top[-1], top[-1] + CLEAR_COUNT):
                break
        lines = [" ".join(drawn[at:at + LINE_WORDS]) for at in range(0, len(drawn), LINE_WORDS)]
        asked = [word for word, _ in counts[:FREQUENT]]
        self.used.update(asked)
        return "\n".join([WORDS_HEAD, "", *lines, "", WORDS_ASK]), asked


TASKS = {"niah single": Ruler.single, "niah multi-key": Ruler.multi_key, "variable tracking": Ruler.tracking, "frequent words": Ruler.frequent}


def ruler_items(count, encode, lines):
    """`count` items of each task and length; lines: what fills the messages, at least as much as the longest."""
    lines = prose(lines)
    for task_number, (task, make) in enumerate(TASKS.items()):
        for length_number, (length, tokens) in enumerate(LENGTHS.items()):
            ruler = Ruler(SEED + 10 * task_number + length_number, encode, lines)
            for index in range(count):
                content, contains = make(ruler, tokens, index / (count - 1) if count > 1 else 0.5)
                if not FILLED_MIN * tokens <= ruler.count(content) <= tokens:
                    raise ValueError(f"{task}/{length}: a message of {ruler.count(content)} tokens; the lines are too few or too long")
                yield {"kind": "text", "set": f"ruler, {task}/{length}", "messages": [{"role": "user", "content": content}], "tools": [],
                       "contains": contains, "all": True}
