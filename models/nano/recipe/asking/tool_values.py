# SPDX-License-Identifier: Apache-2.0
"""Parameters of tools: their JSON schema, a value, and the words in which a request gives it."""
from asking.phrasing import MARK
from asking.tool_words import CITIES, COUNTRIES, PARAMETERS, SENTENCES
from asking.words import is_held_out

_FIRST = "maria jonas aiko priya samuel ines tomas leila olga henrik nadia victor diego sofia emeka greta hassan katya luis mei noor".split()
_LAST = "keller tanaka silva novak okafor berg fontaine rossi haddad moreau petrov weber mwangi costa duarte fischer hoang larsen".split()


class Parameter:
    def __init__(self, key, names, kind, phrases, description, source):
        self.key, self.names, self.type, self.phrases, self.description, self.source = key, names, kind, phrases, description, source


def parse_parameters():
    parameters = {}
    for line in PARAMETERS.strip().split("\n"):
        names, kind, phrases, description, source = line.split("; ")
        names = names.split(",")
        parameters[names[0]] = Parameter(names[0], names, kind, phrases.split("|") if kind != "boolean" else phrases.split("/"), description, source)
    for kind, json_type, description in (("integer", "integer", "Number"), ("code", "string", "Identifier"), ("slug", "string", "Name")):
        parameters["ID_" + kind] = Parameter("ID_" + kind, [], "id", [], description, kind)
        parameters["ID_" + kind].json_type = json_type
    parameters["comment"] = parameters["reason"]
    return parameters


def json_schema(parameter):
    kind, source = parameter.type, parameter.source
    if kind == "id":
        return {"type": parameter.json_type, "description": parameter.description}
    if kind == "enum":
        return {"type": "string", "enum": source.split(","), "description": parameter.description}
    if kind in ("strings", "integers"):
        return {"type": "array", "items": {"type": kind[:-1]}, "description": parameter.description}
    if kind == "object":
        fields = [pair.split(":") for pair in source.split(",")]
        return {"type": "object", "properties": {name: {"type": "integer" if of in ("low", "high") else "string"} for name, of in fields},
                "required": [name for name, _ in fields], "description": parameter.description}
    return {"type": kind, "description": parameter.description}


def make_value(rng, name, parameter, nouns, held_out):
    """(JSON value, phrase of the request). What must be copied stands between MARKs."""
    kind, source = parameter.type, parameter.source
    if kind == "id":
        return single(rng, source, nouns), ""
    if kind == "boolean":
        value = rng.random() < .6
        return value, parameter.phrases[0 if value else 1]
    phrases = [text for text in parameter.phrases if is_held_out(text, 7) == held_out] or parameter.phrases
    phrase = rng.choice(phrases)
    if rng.random() < .12 and kind in ("string", "integer", "number", "enum"):
        phrase = rng.choice(["{n} {v}", "{n}: {v}", "with {n} {v}", "({n} {v})"]).replace("{n}", name.replace("_", " "))
    if kind == "enum":
        value = rng.choice(source.split(","))
        return value, phrase.replace("{v}", MARK + value + MARK)
    if kind in ("strings", "integers"):
        one = {"emails": "email", "nouns": "noun", "numbers": "large"}[source]
        values = list(dict.fromkeys(single(rng, one, nouns) for _ in range(rng.choice([1, 2, 2, 3]))))
        shown = [MARK + str(value) + MARK for value in values]
        return values, phrase.replace("{v}", ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1])
    if kind == "object":
        values = {field: single(rng, of, nouns) for field, of in (pair.split(":") for pair in source.split(","))}
        for field, value in values.items():
            phrase = phrase.replace("{%s}" % field, MARK + str(value) + MARK)
        return values, phrase
    value = single(rng, source, nouns)
    shown = str(value)
    if kind == "string" and " " in shown and '"' not in phrase and rng.random() < .35:
        shown = '"%s"' % shown
    return value, phrase.replace("{v}", MARK + shown + MARK)


def single(rng, source, nouns):
    noun = rng.choice(nouns)
    if source == "city":
        return rng.choice(CITIES)
    if source == "country":
        return rng.choice(COUNTRIES)
    if source == "date":
        return "%d-%02d-%02d" % (rng.randint(2018, 2031), rng.randint(1, 12), rng.randint(1, 28))
    if source == "time":
        return "%02d:%02d" % (rng.randint(0, 23), rng.choice([0, 15, 20, 30, 45, 50]))
    if source == "email":
        return rng.choice(["%s@%s.com" % (rng.choice(_FIRST), noun), "%s.%s@example.org" % (rng.choice(_FIRST), rng.choice(_LAST)), "%s@%s.example.net" % (rng.choice(nouns), noun)])
    if source == "sentence":
        return rng.choice(SENTENCES) if rng.random() < .6 else rng.choice(["the %s is late", "please check the %s", "new %s needed", "the %s is broken", "do not forget the %s", "%s moved to the yard"]) % noun
    if source == "title":
        return rng.choice(["%s %s" % (noun.capitalize(), rng.choice(nouns)), noun.capitalize() + " %d" % rng.randint(2, 99), "%s and %s" % (noun.capitalize(), rng.choice(nouns)), noun.capitalize(), "Project " + noun.capitalize()])
    if source == "slug":
        return rng.choice(["%s-%s" % (noun, rng.choice(nouns)), "%s_%d" % (noun, rng.randint(1, 99)), "%s-%d" % (noun, rng.randint(1, 40)), noun + rng.choice(nouns).capitalize(), "%s_%s" % (noun, rng.choice(nouns))])
    if source == "words":
        return rng.choice([noun, noun + " " + rng.choice(nouns), rng.choice(nouns) + " " + noun + " " + rng.choice(nouns)])
    if source == "noun":
        return noun
    if source == "field":
        return rng.choice(["owner", "status", "type", "city", "color", "team"])
    if source == "small":
        return rng.choice([rng.randint(1, 10), rng.randint(1, 50), rng.choice([5, 10, 20, 25, 100])])
    if source == "level":
        return rng.randint(0, 100)
    if source in ("large", "integer"):
        return rng.choice([rng.randint(10, 999), rng.randint(1000, 99999), rng.randint(100, 4000)])
    if source == "low":
        return rng.randint(1, 40)
    if source == "high":
        return rng.randint(41, 900)
    if source == "price":
        return rng.choice([rng.randint(1, 900), round(rng.uniform(1, 900), 1), round(rng.uniform(1, 90), 2)])
    if source == "angle":
        return round(rng.uniform(-79, 79), rng.choice([1, 2, 3]))
    if source == "path":
        return rng.choice(["/srv/%s/%s", "docs/%s/%s", "/home/%s/%s", "archive/%s/%s", "/data/%s-%s", "%s/%s"]) % (noun, rng.choice(nouns))
    if source == "file":
        return "%s.%s" % (rng.choice([noun, "%s/%s" % (rng.choice(nouns), noun), "%s_%d" % (noun, rng.randint(1, 99))]), rng.choice(["csv", "txt", "json", "pdf", "xlsx", "png", "md"]))
    if source == "user":
        return rng.choice([rng.choice(_FIRST), rng.choice(_FIRST)[0] + rng.choice(_LAST), rng.choice(_FIRST) + "." + rng.choice(_LAST), "%s-team" % noun])
    if source == "person":
        return rng.choice(_FIRST).capitalize() + " " + rng.choice(_LAST).capitalize()
    if source == "phone":
        return "+%d %d %d" % (rng.randint(1, 99), rng.randint(10, 999), rng.randint(100000, 9999999))
    if source == "url":
        return "https://%s.example.com/%s" % (noun, rng.choice(nouns))
    if source == "version":
        return "%d.%d" % (rng.randint(0, 12), rng.randint(0, 30)) + rng.choice(["", ".%d" % rng.randint(0, 9)])
    if source == "year":
        return rng.randint(1990, 2030)
    if source == "street":
        return "%s %s %d" % (noun.capitalize(), rng.choice(["Street", "Road", "Lane", "Square"]), rng.randint(1, 240))
    if source == "code":
        return rng.choice(["%s-%d" % (noun[:3].upper(), rng.randint(10, 99999)), "%s%d" % (rng.choice("ABCDEFHKLMRTX"), rng.randint(10, 9999)), "%s_%d" % (noun, rng.randint(1, 999)), "%04x%04x" % (rng.randrange(65536), rng.randrange(65536))])
    raise ValueError(source)
