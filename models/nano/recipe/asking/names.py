# SPDX-License-Identifier: Apache-2.0
"""Identifiers: case styles, near misses, and where a term stands in a line."""
import re

from asking.words import plural

STYLES = ("snake", "upper", "camel", "pascal", "kebab", "dotted", "k_camel")
WORD_CHARACTER = re.compile(r"[A-Za-z0-9_]")


ACRONYMS = set("api http https id url json xml csv html dom sdk cli gui tcp udp dns ssh vm os cpu gpu ram io utf ip ast uuid rpc db ttl ui sql".split())


def styled(words, style, loud=False):
    """loud: acronyms in capitals where words are joined, `parseHTTPHeader`."""
    if style == "snake":
        return "_".join(words)
    if style == "upper":
        return "_".join(words).upper()
    if style == "kebab":
        return "-".join(words)
    if style == "dotted":
        return ".".join(words)
    joined = [word.upper() if loud and word in ACRONYMS else word.capitalize() for word in words]
    pascal = "".join(joined)
    if style == "pascal":
        return pascal
    if style == "k_camel":
        return "k" + pascal
    return words[0] + "".join(joined[1:])


def stands_at(term, line, start=0):
    """Index where term stands as a whole word in line, or -1. A kebab neighbour makes it another name."""
    while True:
        at = line.find(term, start)
        if at < 0:
            return -1
        before, after = line[:at][-2:], line[at + len(term):][:2]
        if not (_joins(before[::-1]) and WORD_CHARACTER.match(term[0])) \
                and not (_joins(after) and WORD_CHARACTER.match(term[-1])):
            return at
        start = at + 1


def _joins(neighbour):
    """neighbour: the two characters beside the term, the nearer first."""
    if not neighbour:
        return False
    if WORD_CHARACTER.match(neighbour[0]):
        return True
    return neighbour[0] == "-" and len(neighbour) > 1 and WORD_CHARACTER.match(neighbour[1]) is not None


def is_answerable(term, line):
    """The first occurrence of term in line is a whole word and something follows it."""
    at = line.find(term)
    return at >= 0 and stands_at(term, line) == at and line[at + len(term):].strip() != ""


def near_miss_words(rng, words, vocabulary, fixed=0):
    """Words that differ a little: one changed, added, dropped or in the plural. The last `fixed` words stay."""
    changeable = max(1, len(words) - fixed)
    kind = rng.random()
    index = rng.randrange(changeable)
    if kind < .45:
        if index == 0 and words[0] in vocabulary.verbs and len(words) > 1:
            other = rng.choice(vocabulary.verbs)
        else:
            other = rng.choice(vocabulary.nouns if rng.random() < .7 else vocabulary.qualifiers)
        changed = words[:index] + [other] + words[index + 1:]
    elif kind < .70:
        changed = words[:index] + [rng.choice(vocabulary.qualifiers)] + words[index:]
    elif kind < .80 and len(words) > 2:
        changed = words[:index] + words[index + 1:]
    elif kind < .90:
        noun = words[changeable - 1]
        number = noun[:-1] if noun.endswith("s") and len(noun) > 4 else plural(noun)
        changed = words[:changeable - 1] + [number] + words[changeable:]
    else:
        changed = words + [rng.choice(["v2", "old", "default", "max", "min", "override", "test", "legacy", "extra"])]
    twice = any(one == other for one, other in zip(changed, changed[1:]))
    return near_miss_words(rng, words, vocabulary, fixed) if twice else changed
