# SPDX-License-Identifier: Apache-2.0
"""Templates of code: literal text with placeholders between « and ».

    «v»        a fresh value of a kind (see names in Scene.Make)
    «v1»       the same value wherever «v1» stands in this scene
    «a|b|»     one of the alternatives, which may hold placeholders themselves
    ⟦a¦b⟧      the arguments of a call, (a, b), possibly spread over lines
    ⏎ and ⇥    a new line and one level of indentation
    «bar»      a | inside alternatives
    «!» «?»    the verdict of this line is the family / is left open
"""
import re

from . import words as W

MARK_WEAK, MARK_OPEN = "\x01", "\x02"
_cache = {}


def Rows(text, columns):
    """Rows `name | kind | template` to tuples; the last column keeps its bars."""
    rows = []
    for line in text.strip("\n").split("\n"):
        line = line.strip()
        if line and not line.startswith("##"):
            row = tuple(part.strip().replace("¤", "") for part in line.split(" | ", columns - 1))
            assert len(row) == columns, line
            rows.append(row)
    return rows


def Lines(text):
    """One template a line."""
    return [line.strip().replace("¤", "") for line in text.strip("\n").split("\n") if line.strip() and not line.strip().startswith("##")]


def Parse(text):
    nodes = _cache.get(text)
    if nodes is None:
        alternatives, end = _ParseUntil(text, 0, 0)
        assert end == len(text) and len(alternatives) == 1, text
        nodes = _cache[text] = alternatives[0]
    return nodes


def _ParseUntil(text, at, depth):
    alternatives, nodes, start = [], [], at
    while at < len(text):
        c = text[at]
        if c == "«":
            if at > start:
                nodes.append(text[start:at])
            inner, at = _ParseUntil(text, at + 1, depth + 1)
            if len(inner) == 1:
                assert len(inner[0]) == 1 and type(inner[0][0]) is str, text
                nodes.append(("ref", inner[0][0]))
            else:
                nodes.append(("or", inner))
            start = at
        elif depth and c in "|»":
            if at > start:
                nodes.append(text[start:at])
            alternatives.append(tuple(nodes))
            nodes, at = [], at + 1
            start = at
            if c == "»":
                return alternatives, at
        else:
            at += 1
    assert depth == 0, "unclosed « in " + text
    if at > start:
        nodes.append(text[start:at])
    alternatives.append(tuple(nodes))
    return alternatives, at


_PROSE_LINKS = ["the", "of the", "for", "per", "by", "and", "with", "before the", "after each", "from the", "in", "to the"]
_HOSTS = ["example.com", "example.org", "internal", "local", "svc.cluster.local", "intra.net", "corp.lan", "io", "dev"]
_EXTENSIONS = "txt csv json log dat xml png pdf html md conf tar.gz zip jpg yaml ini bak".split()
_FOLDERS = "srv var opt data etc home mnt usr".split()


class Scene:
    """The names and bindings of one sample."""

    def __init__(self, rng, style="snake", short=0.06, c_names=False):
        self.rng = rng
        self.style = W.STYLES[style]
        self.short = short
        self.c_names = c_names
        self.memo = {"!": MARK_WEAK, "?": MARK_OPEN, "bar": "|"}
        self.used = set()
        self.prefer = None  # the words of the next variable, where the family has usual ones
        self.trace = None  # while a list: which alternatives were taken

    def Choice(self, items):
        return items[int(self.rng.random() * len(items))]

    def Fill(self, text):
        out = []
        self._Fill(Parse(text), out)
        return "".join(out)

    def Traced(self, text):
        """The filled text and the alternatives taken, as part of a form's name."""
        self.trace = []
        filled, trace, self.trace = self.Fill(text), self.trace, None
        return filled, "-".join(trace)

    def _Fill(self, nodes, out):
        for node in nodes:
            if type(node) is str:
                out.append(node)
            elif node[0] == "or":
                alternatives = node[1]
                index = int(self.rng.random() * len(alternatives))
                if self.trace is not None:
                    self.trace.append(str(index))
                self._Fill(alternatives[index], out)
            else:
                out.append(self.Value(node[1]))

    def Value(self, name):
        value = self.memo.get(name)
        if value is None:
            kind = name.rstrip("0123456789")
            value = self.Make(kind)
            if kind != name:
                self.memo[name] = value
        return value

    def Variable(self):
        rng = self.rng
        if self.prefer:
            name, self.prefer = self.style(self.prefer.split("_")), None
            if name not in self.used and name not in W.RESERVED:
                self.used.add(name)
                return name
        for _ in range(4):
            x = rng.random()
            if x > 0.88:
                name = self.style(W.Pick(rng, W.COMMON).split("_"))
            elif x < self.short:
                name = W.Pick(rng, W.SHORT)
            elif self.c_names and x < 0.3:
                name = W.Pick(rng, W.C_NAMES)
            else:
                name = self.style(W.Words(rng))
            if name not in self.used and name not in W.RESERVED:
                break
        self.used.add(name)
        return name

    def Make(self, kind):
        rng = self.rng
        make = _MAKERS.get(kind)
        if make is not None:
            return make(self, rng)
        raise KeyError("unknown placeholder " + kind)


def _Function(scene, rng):
    name = scene.style(W.Action(rng))
    return name + "_item" if name in W.RESERVED else name


def _Prose(scene, rng):
    parts = [W.Pick(rng, W.VERBS) if rng.random() < 0.5 else W.Pick(rng, W.ADJECTIVES), W.Pick(rng, W.NOUNS)]
    for _ in range(int(rng.random() * 3)):
        parts += [W.Pick(rng, _PROSE_LINKS), W.Pick(rng, W.NOUNS)]
    return " ".join(parts)


def _Number(scene, rng):
    x = rng.random()
    if x < 0.4:
        return str(int(rng.random() * 30) + 1)
    if x < 0.75:
        return str(1 << int(rng.random() * 13))
    return str(int(rng.random() * 9000) + 10)


def _Path(scene, rng):
    parts = [W.Pick(rng, _FOLDERS)] + [W.Pick(rng, W.NOUNS) for _ in range(1 + int(rng.random() * 2))]
    return "/" + "/".join(parts)


def _Key(scene, rng):
    x = rng.random()
    if x < 0.6:
        return W.Pick(rng, W.NOUNS)
    words = [W.Pick(rng, W.NOUNS), W.Pick(rng, W.NOUNS)]
    return W.Snake(words) if x < 0.85 else W.Camel(words) if x < 0.93 else "-".join(words)


def _Host(scene, rng):
    return W.Pick(rng, W.NOUNS) + ("-" + W.Pick(rng, W.NOUNS) if rng.random() < 0.3 else "") + "." + W.Pick(rng, _HOSTS)


def Characters(rng, alphabet, count):
    size = len(alphabet)
    return "".join([alphabet[int(rng.random() * size)] for _ in range(count)])


_MAKERS = {
    "v": lambda s, r: s.Variable(),
    "f": _Function,
    "T": lambda s, r: W.Pascal(W.Words(r)[-2:]) + (W.Pick(r, ["", "", "Service", "Store", "Manager", "Handler", "View"])),
    "F": lambda s, r: W.Pascal(W.Action(r)),
    "P": lambda s, r: W.Pascal(W.Words(r)),
    "C": lambda s, r: W.Upper(W.Words(r)),
    "w": lambda s, r: W.Pick(r, W.NOUNS),
    "W": lambda s, r: W.Pick(r, W.NOUNS).capitalize(),
    "verb": lambda s, r: W.Pick(r, W.VERBS),
    "adj": lambda s, r: W.Pick(r, W.ADJECTIVES),
    "snake": lambda s, r: W.Snake(W.Words(r)),
    "camel": lambda s, r: W.Camel(W.Words(r)),
    "dash": lambda s, r: "-".join(W.Words(r)),
    "col": lambda s, r: W.Snake(W.Words(r)) if r.random() < 0.4 else W.Pick(r, ["id", "name", "email", "status", "state",
                        "kind", "owner_id", "title", "created_at", "code", "city", "price", "slug", W.Pick(r, W.NOUNS)]),
    "tbl": lambda s, r: W.Pick(r, W.TABLES) if r.random() < 0.25 else W.Pick(r, W.NOUNS) + W.Pick(r, ["s", "s", "", "_log", "_items"]),
    "n": _Number,
    "d": lambda s, r: str(int(r.random() * 10)),
    "prose": _Prose,
    "Prose": lambda s, r: _Prose(s, r).capitalize(),
    "path": _Path,
    "key": _Key,
    "host": _Host,
    "ext": lambda s, r: W.Pick(r, _EXTENSIONS),
    "hex": lambda s, r: Characters(r, "0123456789abcdef", 8),
    "fld": lambda s, r: s.style(W.Words(r)[:2]),
}
