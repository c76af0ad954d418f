# SPDX-License-Identifier: Apache-2.0
"""A row of functions.py, trades.py, services.py, living.py, errands.py or fields/ as one dialog offers it: name, keys and layout vary, and most functions have some of their
words exchanged for others, the same in request, name and description, so that nothing but these words tells what is meant.
Parameters that no row has stand beside its own now and then: no request says them, so no call gives them.
"""
import copy
import glob
import json
import os
import re

from asking.words import is_held_out, plural
from .errands import ROWS as ERRAND_ROWS
from .functions import ROWS
from .living import ROWS as LIVING_ROWS
from .services import ROWS as SERVICE_ROWS
from .tools import TYPES, Parameter, definition
from .trades import ROWS as MORE_ROWS
from .values import series

FLAG_WORDS = {"remainder": ("and keep the rest", "without the rest"), "descending": ("largest first", "smallest first"), "breakfast": ("with breakfast", "without breakfast"),
              "keep_ratio": ("and keep the ratio", "whatever the ratio"), "morning": ("only in the morning", "for the whole day"), "near_window": ("near a window", "anywhere"),
              "electric": ("with an electric car", "not an electric car"),
              "ordered": ("where the order counts", "where the order does not matter"), "express": ("and it must be fast", "not express"), "card": ("with a discount card", "without a discount card"),
              "avoid": ("without hills", "hills are fine"), "home": ("only at home", "home or away"), "history": ("with all changes", "without the history")}
UNITS = {"m2": ["square meters", "m2", "sqm"], "m3": ["cubic meters", "m3"], "C": ["degrees", "degrees Celsius", "C"], "min": ["minutes", "min"], "km/h": ["km/h", "kilometers per hour"],
         "m": ["m", "meters", "meter"], "cm": ["cm", "centimeters"], "mm": ["mm", "millimeters"], "kg": ["kg", "kilos", "kilograms"], "g": ["g", "grams"], "km": ["km", "kilometers"],
         "ml": ["ml", "milliliters"], "GB": ["GB", "gigabytes"], "MB": ["MB", "megabytes"], "Hz": ["Hz", "hertz"], "kWh": ["kWh"], "kW": ["kW"]}
KIND = {"f": "measure", "n": "integer", "m": "money", "p": "percent", "c": "place", "o": "person", "t": "title", "d": "date", "h": "time", "w": "word", "W": "words", "L": "numbers",
        "S": "strings", "b": "flag", "s": "text", "y": "year", "id": "code", "N": "big", "M": "big_money", "q": "fraction", "U": "unit", "e": "choices", "F": "formula", "P": "path",
        "r": "record", "D": "grades", "@": "email", "url": "url", "tel": "phone", "g": "slug",
        "u": "user", "v": "version", "host": "host", "cell": "cell", "if": "condition", "cmd": "command"}
TYPES_HERE = {**TYPES, "big": "integer", "big_money": "number", "fraction": "number", "choices": "array", "grades": "object"}
# Words that requests and descriptions are built with: they stay when the words of a function are exchanged.
KEPT_WORDS = frozenset("""about above after again all along already also amount among another anything apart around back become becomes been before begin begins begun behind below beside between both
    busy but can close coming could count decade did does doing done down each else every everything fast find first for from further gets give gives given going gone good grow half hard has have
    having hear help here high hold hour hours how into its just kind know large last late least left less like list long look made make makes making many meet minimum month monthly more most much
    must near need needs next nothing number once only open other others our over own per place play please put quote rate rest round same say says see seen send set shall show showing sort stands
    standstill starting starts still take taken takes taking tell than thank thanks that the their them then there these they thing this those through till time times tomorrow two turn under until
    use used using wanted want was way week well were what whatever when where whether which while who whole whom whose will with within without work would year yearly years yes yet you your zero
    three four five seven nine ten older newer trip myself today night one reached reach find found default degrees meters percent inches decimal""".split())
CONTENT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][a-z]{3,}(?![A-Za-z0-9])")
EXCHANGED = .5     # of the functions: some of their words are others, the same in request, name and description
LEADS = ["Calculates the {}", "Computes the {}", "Returns the {}", "Gets the {}", "Finds the {}", "Calculate the {}", "Retrieves the {}", "Get the {}", "Determine the {}", "{} is what this function gives"]
FIELDS = sorted(glob.glob(os.path.join(os.path.dirname(__file__), "fields", "*.txt")))
IMPLIED = re.compile(r"<(\w+)=([^>]*)>")
# What many functions take beside their own: key, kind, description, choices.
SPARE = """limit=integer: most results that are given|page=integer: page of the results|verbose=flag: whether details are given|language=word: language of the answer: en,de,fr,es
format=word: form of the result: json,text,csv|currency=word: currency of amounts: USD,EUR,GBP|round_to=integer: digits behind the point|unit=word: unit of the result: metric,imperial
note=text: a remark to keep|timeout=integer: seconds to wait|sort_by=word: order of the results: name,date,price|dry_run=flag: only says what would be done|since=date: only what is newer
category=words: kind that is wanted|region=place: only of this region|owner=person: who answers for it|priority=word: how urgent it is: low,normal,high|tags=strings: words to file it under
include_history=flag: whether older ones count|threshold=measure: smaller ones are left out|source=words: where the data comes from|mode=word: how it is worked out: fast,exact|year=year: only of this year"""
SPARE_SHARE = .4    # of the functions
SAME = .35          # of the exchanged words: the request has another word that means the same
APART = .3          # of the functions with a choice: a request shares nothing with them but a value that they list


class Slot:
    def __init__(self, line):
        keys, rest = line.split("=", 1)
        kind, self.text = rest.split(": ", 1)
        kind, _, self.detail = kind.partition(" ")
        self.keys, self.optional = keys.strip().rstrip("?").split(), "?" in keys
        self.keys = [key.rstrip("?") for key in self.keys]
        self.kind = KIND[kind]


class Row:
    def __init__(self, head, requests, by_sense=False):
        """`by_sense`: most requests tell the function by what they mean; those are never said in exchanged words."""
        self.group, names, self.text, slots = (part.strip() for part in head.split(";", 3))
        self.names, self.slots = names.split(), [Slot(part.strip()) for part in slots.split(" | ")]
        self.requests, self.by_sense = [part.strip() for part in requests.split("|")], by_sense
        self.implied = {key for text in self.requests for key in implied_by(text)}

    def described(self):
        """The words of its names, its text and its parameters."""
        return words_of(self.names + [self.text] + [slot.text for slot in self.slots] + [key for slot in self.slots for key in slot.keys])

    def telling(self):
        """The row with those requests alone that share a word with the function; None if none of them does with what is required alone."""
        described, needed = self.described() - KEPT_WORDS, {slot.keys[0] for slot in self.slots if not slot.optional}
        # Outside brackets: what stands in them is not always said.
        requests = [text for text in self.requests if words_of([re.sub(r"\[[^\[\]]*\]", "", text)]) & described and not (self.by_sense and implied_by(text))]
        if not any(keys_of(re.sub(r"\[[^\[\]]*\]", "", text)) <= needed for text in requests):
            return None
        row = copy.copy(self)
        row.requests = requests
        return row


def rows(held_out, more=True):
    """The rows of one side; `more`: with errands.py's and those of fields/, which are all training's."""
    found = []
    for text in (ROWS, MORE_ROWS, SERVICE_ROWS, LIVING_ROWS):
        found += rows_of(text, text in (SERVICE_ROWS, LIVING_ROWS))
    found = [row for row in found if is_held_out("everyday " + row.names[0], 7) == held_out]
    return found + rows_of(ERRAND_ROWS, True) + field_rows() if more and not held_out else found


def field_rows():
    """The rows of fields/, by file."""
    return [row for path in FIELDS for row in rows_of("\n".join(text for text in lines_of(path) if not text.startswith(("#", "alike:"))), True)]


def field_groups():
    """Sets of first names of fields/ of which a request for one could mean the other."""
    return [set(text.split()[1:]) for path in FIELDS for text in lines_of(path) if text.startswith("alike:")]


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line.strip()]


def rows_of(text, by_sense):
    lines = text.strip().split("\n")
    return [Row(head, requests, by_sense) for head, requests in zip(lines[::2], lines[1::2])]


class Offered:
    """A row as one dialog offers it: its name, its keys, its schema."""

    def __init__(self, rng, row, values, prefix="", taken=None, meanings=None, exchanged=EXCHANGED):
        """With `taken`, the words of its siblings, it has other words wherever request and function share one: told from them by words alone.
        With `meanings`, some of the words of a request mean the same as the function's."""
        others = taken is not None or rng.random() < exchanged
        if row.by_sense and others:
            told = row.telling()
            row, others = (told, True) if told and (taken is not None or rng.random() < exchanged) else (row, False)
        self.row, self.rng, self.values, self.alike = row, rng, values, {}
        self.others = self.exchange(taken) if others else {}
        if self.others and meanings:
            self.say_alike(meanings, taken)
        self.choosing = [text for text in row.requests if {slot.keys[0] for slot in row.slots if slot.kind == "word"} & keys_of(re.sub(r"\[[^\[\]]*\]", "", text))]
        self.apart = self.exchange(None) if taken is None and self.others and self.choosing and rng.random() < APART else None
        self.name = self.swap(rng.choice(row.names))
        style = rng.random()
        if prefix:
            self.name = prefix + self.name.replace(".", "_")
        elif style < .15:
            self.name = camel(self.name)
        elif style < .25:
            self.name = "%s.%s" % (row.group, self.name.replace(".", "_"))
        rename = rng.random() < .5
        self.parameters, self.required, properties = {}, [], {}
        for slot in row.slots:
            key = self.swap(rng.choice(slot.keys) if rename else slot.keys[0])
            key = camel(key) if style < .15 else key
            if key in properties:
                key = slot.keys[0] + "_value"
            parameter = Parameter(key, self.swap(slot.keys[0]).replace("_", " "), slot.kind, slot.keys[0])
            parameter.slot = slot
            parameter.schema_type = TYPES_HERE.get(slot.kind, "string")
            if slot.kind in ("measure", "money", "percent", "big_money"):
                parameter.schema_type = "number" if rng.random() < .6 else "integer"
            if slot.kind in ("word", "choices"):
                parameter.choices, parameter.spoken_as = spoken_choices(slot.detail)
                if self.others and rng.random() < .6 and slot.keys[0] not in row.implied:
                    parameter.choices = list(dict.fromkeys(values.plain_word() for _ in range(rng.randint(2, 6))))
                    parameter.spoken_as = {}
            if slot.kind == "unit":
                parameter.choices = slot.detail.split(" ")[1].split(",")
            if slot.kind == "record":
                parameter.fields = [self.field(part) for part in slot.detail.split(",")]
            if slot.kind == "formula":
                parameter.python = rng.random() < .5
            parameter.iso = slot.kind == "date" and rng.random() < .5
            parameter.items = rng.choice(["integer", "integer", "number"])
            self.parameters[slot.keys[0]] = parameter
            properties[key] = self.schema(parameter)
            if not slot.optional:
                self.required.append(key)
        if rng.random() < SPARE_SHARE:
            properties = self.spared(properties)
        text = row.text if row.by_sense or rng.random() < .6 else rng.choice(LEADS).replace("{}", row.text[0].lower() + row.text[1:])
        text = self.swap(text[0].upper() + text[1:])
        if rng.random() < .15:
            names = [p.spoken for p in self.parameters.values() if p.name in self.required]
            text += rng.choice([" given ", " from ", " for ", ", given "]) + series(names) if names else ""
        text += rng.choice([".", "", "." if row.by_sense else " and returns it.", "."])
        self.line = definition(self.name, text, properties, self.required, rng.choice([0, 0, 0, 1, 2, 3]))

    def spared(self, properties):
        """The properties with one to three more that no request says."""
        rng = self.rng
        taken = {word for p in self.parameters.values() for word in (p.spoken + " " + p.name.replace("_", " ")).lower().split()} | {slot.keys[0] for slot in self.row.slots}
        entries = list(properties.items())
        for _ in range(rng.choice([1, 1, 2, 3])):
            key, rest = rng.choice(rng.choice(SPARE.split("\n")).split("|")).split("=", 1)
            kind, text, *choices = rest.split(": ")
            if rng.random() < .5:
                words = [self.values.plain_word() for _ in "ab"]
                key, text = "_".join(words), rng.choice(["The %s of the %s" % (words[1], words[0]), "%s %s" % (words[0].capitalize(), words[1]), "which %s %s" % tuple(words)])
            if set(key.split("_")) & taken or key in dict(entries):
                continue
            schema = {"type": TYPES.get(kind, "string")}
            if kind == "word":
                schema["enum"] = choices[0].split(",")
            if kind == "strings":
                schema["items"] = {"type": "string"}
            if rng.random() < .85:
                schema["description"] = text
            if rng.random() < .25 and kind in ("integer", "flag", "word"):
                schema["default"] = rng.choice(schema["enum"]) if kind == "word" else rng.random() < .5 if kind == "flag" else rng.randint(1, 50)
            entries.insert(len(entries) if rng.random() < .65 else rng.randint(0, len(entries)), (key, schema))
        return dict(entries)

    def exchange(self, taken):
        """{stem: another word}: of the words that a request shares with its function most, of the others a few; of a sibling all that the function has."""
        rng, row = self.rng, self.row
        said, described = words_of(row.requests), row.described()
        most, few = (1, 1) if taken is not None else (rng.choice([.4, .7, 1]), .3)
        others = {}
        for word in sorted(said | described):
            if word in KEPT_WORDS or rng.random() >= (.3 if word not in described else most if word in said else few):
                continue
            others[word] = self.values.plain_word()
            while taken is not None and others[word] in taken:
                others[word] = self.values.plain_word()
            if taken is not None:
                taken.add(others[word])
        return others

    def say_alike(self, meanings, taken):
        """Some of the words that a request shares with its function become two words of one meaning."""
        rng, shared = self.rng, words_of(self.row.requests) & self.row.described()
        for word in sorted(shared & self.others.keys()):
            if rng.random() < SAME:
                named, asked = meanings.pair()
                if taken is not None:
                    if {named, asked} & taken:
                        continue
                    taken.update((named, asked))
                self.others[word], self.alike[word] = named, asked

    def swap(self, text, others=None):
        """The text with its words exchanged; what stands in braces and what is implied stays."""
        others = others or self.others
        if not others:
            return text

        def other(match):
            word = match.group()
            new = others.get(stem(word.lower()))
            if new is None:
                return word
            new = plural(new) if word.endswith("s") and not word.endswith("ss") and not new.endswith("s") else new
            return new.capitalize() if word[0].isupper() else new
        parts = re.split(r"(\{\w+\}|<[^>]*>)", text)
        parts[::2] = [re.sub(r"(?<![A-Za-z0-9])[A-Za-z][a-z]{3,}(?![A-Za-z0-9])", other, part) for part in parts[::2]]
        return "".join(parts)

    def schema(self, parameter):
        rng, slot = self.rng, parameter.slot
        schema = {"type": parameter.schema_type}
        if slot.kind == "numbers":
            schema["items"] = {"type": parameter.items}
        if slot.kind == "strings":
            schema["items"] = {"type": "string"}
        if slot.kind in ("word", "unit") and (rng.random() < .6 or parameter.spoken_as or slot.keys[0] in self.row.implied):
            schema["enum"] = parameter.choices
        if slot.kind == "word" and self.apart:
            schema["enum"] = parameter.choices
        if slot.kind == "choices":
            schema["items"] = {"type": "string", "enum": parameter.choices}
        if slot.kind == "record":
            schema["properties"] = {field.name: field.schema for field in parameter.fields}
            schema["required"] = [field.name for field in parameter.fields]
        if slot.kind == "grades" and rng.random() < .6:
            schema["additionalProperties"] = {"type": "integer"}
        text = self.swap(slot.text)
        if slot.optional and "default" not in text and rng.random() < .4:
            default = rng.choice(parameter.choices) if parameter.choices and slot.kind != "choices" else rng.choice([True, False]) if slot.kind == "flag" else \
                rng.randint(0, 10) if slot.kind == "integer" else None
            if default is not None:
                if rng.random() < .6:
                    schema["default"] = default
                if rng.random() < .7:
                    text += rng.choice([", %s by default", ". Default is %s", " (default: %s)", "; %s unless said otherwise"]) % (str(default).lower() if slot.kind == "flag" else default)
        if slot.kind == "formula" and parameter.python:
            text += rng.choice([", as Python writes it", " in Python notation", ", e.g. 'x**3'"])
        if parameter.iso:
            text += ", as YYYY-MM-DD"
        if rng.random() < .9:
            schema["description"] = rng.choice([text, text[0].upper() + text[1:], text[0].upper() + text[1:] + ".", "The " + parameter.spoken + ": " + text])
        return schema

    def field(self, part):
        """A field of a record: `name/kind`."""
        name, kind = part.split("/")
        field = Parameter(name, name, KIND[kind], name)
        field.schema_type = TYPES_HERE.get(field.kind, "string")
        field.schema = {"type": field.schema_type}
        return field

    def unit_of(self, key):
        """The unit slot that stands for this key, if there is one."""
        return next((p for p in self.parameters.values() if p.kind == "unit" and key in p.slot.detail.split(" ")[0].split(",")), None)

    def value(self, key):
        """(JSON value, how it is said)."""
        rng, parameter = self.rng, self.parameters[key]
        slot = parameter.slot
        if slot.kind == "unit":
            return self.unit, self.unit
        if slot.kind == "measure" and self.unit_of(key):
            number = abs(self.values.number(parameter))
            glue = "" if self.unit and len(self.unit) < 3 and rng.random() < .5 else " "
            return number, str(number) + (glue + self.unit if self.unit else rng.choice(["", "", " units"]))
        if slot.kind == "choices":
            chosen = rng.sample(parameter.choices, min(len(parameter.choices), rng.choice([1, 1, 2, 2, 3])))
            return chosen, series([parameter.spoken_as.get(text, text) for text in chosen])
        if slot.kind == "record":
            return self.record(parameter)
        if slot.kind == "grades":
            return self.grades()
        if slot.kind == "formula":
            value, words = self.values.make_formula(parameter)
            while "=" in value or "x" not in value:
                value, words = self.values.make_formula(parameter)
            return (value.replace("^", "**") if parameter.python else value), words
        if slot.kind == "measure":
            number = self.values.number(parameter)
            number = abs(number) if slot.detail != "C" else number
            unit = rng.choice(UNITS.get(slot.detail, [""])) if slot.detail else ""
            return number, self.values.said(number, unit)
        if slot.kind == "integer":
            number = rng.choice([rng.randint(1, 12), rng.randint(1, 12), rng.randint(2, 90)])
            return number, self.values.said(number)
        if slot.kind == "numbers" and slot.detail:
            numbers = [rng.randint(-20, 90) if parameter.items == "integer" or rng.random() < .7 else round(rng.uniform(0, 60), 1) for _ in range(int(slot.detail))]
            return numbers, rng.choice(["(%s, %s)", "(%s,%s)", "[%s, %s]"]) % tuple(numbers)
        if slot.kind == "flag":
            value = rng.random() < .6
            return value, self.swap((slot.detail.split("/") if slot.detail else FLAG_WORDS[key])[0 if value else 1])
        if slot.kind == "word":
            text = rng.choice(parameter.choices)
            words = parameter.spoken_as.get(text, text) if rng.random() < .8 and not self.apart else text
            return text, words
        return self.values.of(parameter)

    def record(self, parameter):
        """An object; limits are said from one to the other, other fields by their names or one behind the other."""
        rng, fields = self.rng, parameter.fields
        made = [self.values.of(field) for field in fields]
        if [field.name for field in fields] == ["min", "max"]:
            made.sort(key=lambda pair: pair[0])
            words = rng.choice(["from %s to %s", "between %s and %s", "%s to %s", "at least %s and at most %s", "no less than %s and no more than %s"]) % tuple(w for _, w in made)
        elif rng.random() < .5:
            words = series(["%s %s" % (field.name, said) for field, (_, said) in zip(fields, made)])
        else:
            words = ", ".join(said for _, said in made)
        return {field.name: value for field, (value, _) in zip(fields, made)}, words

    def grades(self):
        rng = self.rng
        names = list(dict.fromkeys(self.values.plain_word() for _ in range(rng.choice([2, 3, 3, 4]))))
        value = {name: rng.randint(1, 100) for name in names}
        shape = rng.choice(["%s %s", "%s: %s", "%s with %s"])
        return value, rng.choice([series([shape % pair for pair in value.items()]), series(["%s in %s" % (number, name) for name, number in value.items()]),
                                  "{" + ", ".join("'%s': %d" % pair for pair in value.items()) + "}"])

    def given(self):
        rng = self.rng
        unit = next((p for p in self.parameters.values() if p.kind == "unit"), None)
        self.unit = rng.choice(unit.choices) if unit and rng.random() < .65 else ""
        found = self.drawn()
        if unit and not self.unit:
            found.pop(unit.slot.keys[0], None)
        elif unit:
            found[unit.slot.keys[0]] = self.unit, self.unit
        return found

    def drawn(self):
        return {slot.keys[0]: self.value(slot.keys[0]) for slot in self.row.slots if not slot.optional or self.rng.random() < .4}

    def say(self, given):
        """(the request, the keys that it really says). What its words imply is put into `given`."""
        rng = self.rng
        needed = {slot.keys[0] for slot in self.row.slots if not slot.optional}
        choices = [text for text in (self.choosing if self.apart else self.row.requests) if needed <= keys_of(text) | implied_by(text).keys()
                   and keys_of(re.sub(r"\[[^\[\]]*\]", "", text)) <= set(given)]
        if not choices:
            choices = [text for text in self.row.requests if keys_of(re.sub(r"\[[^\[\]]*\]", "", text)) <= set(given)]
        text = rng.choice(choices)
        implied = implied_by(text)
        given.update({key: (value, None) for key, value in implied.items()})
        text = self.swap(IMPLIED.sub("", text), self.apart or {**self.others, **self.alike})

        def part(match):
            keys = re.findall(r"\{(\w+)\}", match.group(1))
            return match.group(1) if all(key in given for key in keys) else ""
        text = re.sub(r"\[([^\[\]]*)\]", part, text)
        said = {key for key in keys_of(text) if key in given}
        for key in said:
            words = given[key][1]
            if re.search(r"\{%s\}[a-z]" % key, text):  # a factor: 3x
                words = str(given[key][0])
            text = text.replace("{a_%s}" % key, "\x01%s %s\x01" % ("an" if words[0] in "aeio" else "a", words)).replace("{%s}" % key, "\x01%s\x01" % words)
        units = {key for key, p in self.parameters.items() if p.kind == "unit" and key in given and any(host in said for host in p.slot.detail.split(" ")[0].split(","))}
        return " ".join(text.split(" ")), said | implied.keys() | units

    def arguments(self, given, said):
        return {self.parameters[slot.keys[0]].name: given[slot.keys[0]][0] for slot in self.row.slots if slot.keys[0] in said}


def words_of(texts):
    """The stems of the words that can be exchanged."""
    return {stem(w.lower()) for text in texts for w in CONTENT.findall(re.sub(r"\{\w+\}|<[^>]*>", " ", text).replace("_", " ").replace(".", " "))}


def stem(word):
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def keys_of(text):
    return set(re.findall(r"\{(?:a_)?(\w+)\}", text))


def implied_by(text):
    """What the words of a request mean without a value in them."""
    return {key: json.loads(value) for key, value in IMPLIED.findall(text)}


def spoken_choices(detail):
    """(values, {value: how it is said}) of `celsius~degrees Celsius,kelvin`."""
    pairs = [part.partition("~") for part in detail.split(",")]
    return [value for value, _, _ in pairs], {value: words for value, _, words in pairs if words}


def camel(name):
    parts = re.split("_", name)
    return parts[0] + "".join(part[:1].upper() + part[1:] for part in parts[1:])
