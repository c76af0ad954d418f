# SPDX-License-Identifier: Apache-2.0
"""Words and what they mean, from WordNet 3.0 (Debian's wordnet-base; its licence permits use and derived works with its notice).

    python3 dictionary.py          writes .nano/meanings.json from /usr/share/wordnet

A meaning: its words, the commonest first; what the dictionary says of it; the meaning above it; how often its words have it in
texts that people tagged. Kept are the meanings that one of its words commonly has. Rude words and slurs are left out by the dictionary's own marks.
"""
import json
import os
import re
import sys

import sources

FOLDER = "/usr/share/wordnet"
PATH = os.path.join(sources.WORK, "meanings.json")
KINDS = {"noun": "1", "verb": "2"}
FEW = {"noun": 2, "verb": 3}                    # times that a meaning was tagged, at least
WORD = re.compile(r"[a-z]{3,14}( [a-z]{2,12})?")
GLOSS_MAX = 110
RUDE = frozenset("obscenity disparagement ethnic_slur vulgarism derogation smut dirty_word slang".split())
SECRET = frozenset("password token secret salt key passphrase credential".split())  # other generators label these


class Meaning:
    """One synset as the file has it."""

    def __init__(self, line, kind):
        fields, _, gloss = line.partition(" | ")
        fields = fields.split()
        count = int(fields[3], 16)
        self.id, self.kind = fields[0], kind
        self.words = [word.replace("_", " ") for word in fields[4:4 + 2 * count:2]]
        pointers = fields[5 + 2 * count:5 + 2 * count + 4 * int(fields[4 + 2 * count])]
        self.pointers = [(pointers[i], pointers[i + 1], pointers[i + 2]) for i in range(0, len(pointers), 4)]
        self.gloss = re.split(r'; ?"|;', re.sub(r"\([^)]*\)", "", gloss.strip()))[0].strip()
        self.count = 0


def read(kind):
    """({id: meaning}, how often each word has it: {(word, id): times})."""
    with open(f"{FOLDER}/data.{kind}", encoding="ascii") as file:
        meanings = [Meaning(line, kind) for line in file if not line.startswith("  ")]
    counts, times = {}, {}
    with open(f"{FOLDER}/cntlist.rev", encoding="ascii") as file:
        for line in file:
            sense, number, count = line.split()
            word, _, rest = sense.partition("%")
            if rest[0] == KINDS[kind]:
                counts[word, int(number)] = int(count)
    with open(f"{FOLDER}/index.{kind}", encoding="ascii") as file:
        for line in file:
            if not line.startswith("  "):
                word, _, *fields = line.split()
                for number, offset in enumerate(fields[-int(fields[0]):], 1):
                    times[word.replace("_", " "), offset] = counts.get((word, number), 0), number
    return {meaning.id: meaning for meaning in meanings}, times


def rude():
    """The ids of the meanings that mark words as rude."""
    meanings, _ = read("noun")
    return {m.id for m in meanings.values() if any(word.replace(" ", "_") in RUDE for word in m.words)}


def kept(kind, marks):
    meanings, times = read(kind)
    found = []
    for meaning in meanings.values():
        if any(symbol == ";u" and to in marks for symbol, to, _ in meaning.pointers):
            continue
        said = []
        for word in meaning.words:
            count, number = times.get((word.lower(), meaning.id), (0, 99))
            # A word stands for what it means first or second, or nearly as often.
            if WORD.fullmatch(word) and not set(word.split()) & SECRET and (number == 1 or count > 2 and number < 4):
                said.append((count, word))
        meaning.count = sum(count for count, _ in said)
        # A word that no text has is a rare one, but for short words of a common meaning.
        said = [(count, word) for count, word in said if count or meaning.count >= 4 and len(word) <= 10 and " " not in word]
        if said and meaning.count >= FEW[kind]:
            found.append((meaning, [word for _, word in sorted(said, reverse=True)]))
    return found, meanings


def above(meaning, meanings):
    """The ids of all meanings above it, the nearest first."""
    found = []
    while True:
        up = next((to for symbol, to, kind in meaning.pointers if symbol == "@" and kind == meaning.kind[0]), None)
        if up is None or up in found:
            return found
        found.append(up)
        meaning = meanings[up]


def main():
    if not os.path.exists(FOLDER):
        sys.exit("%s is missing: it is Debian's package wordnet-base" % FOLDER)
    marks, rows = rude(), {}
    for kind in KINDS:
        found, meanings = kept(kind, marks)
        rows[kind] = []
        for meaning, words in found:
            gloss = meaning.gloss if 8 <= len(meaning.gloss) <= GLOSS_MAX and re.fullmatch(r"[\w ,'/-]+", meaning.gloss, re.ASCII) else ""
            rows[kind].append({"id": meaning.id, "words": words, "gloss": gloss, "above": above(meaning, meanings)[:6], "count": meaning.count})
    os.makedirs(sources.WORK, exist_ok=True)
    with open(PATH, "w") as file:
        json.dump(rows, file)
    print({kind: len(found) for kind, found in rows.items()}, {kind: sum(len(row["words"]) > 1 for row in found) for kind, found in rows.items()}, os.path.getsize(PATH), file=sys.stderr)


if __name__ == "__main__":
    main()
