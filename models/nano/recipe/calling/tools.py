# SPDX-License-Identifier: Apache-2.0
"""Invented tools: a name, a description, parameters with their schema."""
import json

from asking.words import article, plural
from .lexicon import LETTERS, PAIRS, Action, actions, invented, near, quantities, side

EXCHANGED = .25     # of the verbs of training
SHORT_NAMES = "a b c x y z n m k p q r s t v w x1 y1 arg param value input val arg1 arg2 data".split()
TYPES = {"measure": "number", "money": "number", "percent": "number", "integer": "integer", "year": "integer", "flag": "boolean",
         "numbers": "array", "strings": "array", "record": "object"}
DESCRIBED = ["The {s}", "The {s} of the {o}", "{S}", "{S} of the {o}", "The {s} to use", "The {s} for the {o}", "{S} to be used",
             "Specifies the {s}", "The desired {s}", "{S} of the {o} to {v}", "Given {s}", "Which {s} is meant", "The {s} as asked"]
COUNTED = ["Number of {s}", "How many {s}", "The number of {s}", "{S}"]
FLAGGED = ["Whether the result is {s}", "If true, {s}", "Whether to {v} it {s}", "{S} or not", "Flag: {s}"]


class Parameter:
    """`name` as the schema has it, `spoken` as people say it."""

    def __init__(self, name, spoken, kind, quantity):
        self.name, self.spoken, self.kind, self.quantity = name, spoken, kind, quantity
        self.unit, self.iso, self.choices, self.items, self.fields = "", False, [], "string", []
        self.spoken_as, self.python = {}, False   # how a choice is said; whether a formula is wanted as Python writes it
        self.group = None      # the parameters that a request says together with this one
        self.schema_type = TYPES.get(kind, "string")
        self.schema = {}


class Tool:
    def __init__(self, action, topic, obj):
        self.action, self.topic, self.obj = action, topic, obj      # what is done; to what; of what
        self.name = self.description = ""
        self.parameters, self.required, self.layout = [], [], 0

    def definition(self):
        return definition(self.name, self.description, {p.name: p.schema for p in self.parameters}, self.required, self.layout)

    def clashes(self, other):
        """A request for one could mean the other."""
        mine, theirs = set(self.topic.split()), set(other.topic.split())
        same = mine <= theirs or theirs <= mine
        return self.name == other.name or same and near(self.action.sense, other.action.sense)


def definition(name, description, properties, required, layout):
    """One line between <tools> and </tools>; writers of schemas order and adorn their keys in several ways."""
    parameters = {"type": "object"}
    if layout in (1, 2):
        parameters["additionalProperties"] = False
    if layout in (2, 3) and required:
        parameters["required"] = required
    parameters["properties"] = properties
    if layout in (0, 1):
        parameters["required"] = required
    return json.dumps({"name": name, "description": description, "parameters": parameters}, ensure_ascii=False)


class ToolMaker:
    def __init__(self, rng, held_out, values):
        self.rng, self.held_out, self.values = rng, held_out, values
        self.actions = [a for a in actions() if (side([a.sense], held_out) != [])] or actions()[:3]
        self.quantities = [q for q in quantities() if side([q.word], held_out)] or quantities()

    def tools(self, count):
        """Tools that can be told apart; some share their topic, some their action; now and then all are near each other."""
        rng, made = self.rng, []
        family = rng.random() < .3
        while len(made) < count:
            draw, model = rng.random(), rng.choice(made) if made else None
            topic = None
            if model and family:
                topic = model.topic if draw < .3 else self.near_topic(model.topic)
            elif model and draw < .25:
                topic = model.topic
            elif model and draw > .8:
                topic = self.near_topic(model.topic)
            tool = self.tool(topic=topic,
                             action=model.action if model and .3 < draw < (.8 if family else .5) else None)
            if not any(tool.clashes(other) for other in made):
                made.append(tool)
        rng.shuffle(made)
        return made

    def topic(self):
        rng, word = self.rng, self.values.word
        return " ".join(word() for _ in range(rng.choice([1, 2, 2, 2, 3])))

    def near_topic(self, topic):
        """One word of the topic changed."""
        words = topic.split()
        words[self.rng.randrange(len(words))] = self.values.word()
        return " ".join(words) if len(words) > 1 else self.topic()

    def action(self):
        """What is done; often by a verb that is in no list, the same in request and definition."""
        if self.held_out or self.rng.random() >= EXCHANGED:
            return self.rng.choice(self.actions)
        verb = self.values.plain_word()
        return Action("%s: %s; %s" % (verb, verb, plural(verb).capitalize()))

    def tool(self, topic=None, action=None, most=6):
        """With at most about `most` parameters."""
        rng = self.rng
        tool = Tool(action or self.action(), topic or self.topic(), self.values.word())
        self.add_parameters(tool, most)
        tool.layout = rng.choice([0, 0, 0, 1, 2, 3])
        tool.name = self.name(tool)
        tool.description = self.description(tool)
        return tool

    # ---- parameters

    def add_parameters(self, tool, most):
        rng = self.rng
        count = min(rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6]), most)
        opaque = rng.random() < .12
        needed = rng.choice([.75, .75, .75, .4, .2])  # what most parameters are: some functions require next to nothing
        if count and rng.random() < .35:
            tool.parameters = self.group(tool)
            tool.required = [p.name for p in tool.parameters]
            count = max(0, count - 2)
        for _ in range(count):
            parameter = self.parameter(tool)
            if opaque and parameter.kind != "flag":
                parameter.name = rng.choice(SHORT_NAMES)
            if any(parameter.name == p.name or set(parameter.spoken.split()) & set(p.spoken.split()) for p in tool.parameters):
                continue
            tool.parameters.append(parameter)
            if rng.random() < (.25 if parameter.kind == "flag" else needed):
                tool.required.append(parameter.name)
        if rng.random() < .7:  # required ones first, as most people write
            tool.parameters.sort(key=lambda p: p.name not in tool.required)

    def group(self, tool):
        """Two or more parameters of one kind: sides, points, limits, origin and destination, coefficients."""
        rng, draw = self.rng, self.rng.random()
        quantity = rng.choice([q for q in self.quantities if q.kind in ("measure", "measure", "integer", "money", "person", "title", "words", "place", "date")])
        kind, word = quantity.kind, quantity.word
        if draw < .3:
            names, kind = rng.choice(PAIRS)
            names = names.split()
            spoken, texts = [n.replace("_", " ") for n in names], [n.replace("_", " ") for n in names]
        elif draw < .5:
            names, kind = rng.choice(LETTERS).split(), rng.choice(["integer", "measure"])
            word = rng.choice(["coefficient", "value", "number", "parameter", "term"])
            spoken, texts = names, ["%s %s" % (word, n) for n in names]
        else:
            count, shape = rng.choice([2, 2, 3]), rng.choice(["%s1", "%s%d", "%s_%d", "first_%s", "%s_a"])
            ordinals = ["first", "second", "third"][:count]
            names = ["%s_%s" % (o, word) if shape == "first_%s" else "%s_%s" % (word, "abc"[i]) if shape == "%s_a" else
                     "%s_%d" % (word, i + 1) if shape == "%s_%d" else "%s%d" % (word, i + 1) for i, o in enumerate(ordinals)]
            spoken = texts = ["%s %s" % (o, word.replace("_", " ")) for o in ordinals]
        unit, of_type = rng.choice(quantity.units or [""]) if kind == "measure" else "", rng.choice(["integer", "number"])
        members = []
        for name, said, text in zip(names, spoken, texts):
            parameter = Parameter(name, said, kind, word)
            parameter.unit = unit
            if kind in ("measure", "money"):
                parameter.schema_type = of_type
            self.fill_schema(parameter, tool, 0)
            parameter.schema["description"] = rng.choice(["The {t}", "{T}", "The {t} of the {o}", "The {t}.", "{T} of the {o}."]).replace(
                "{t}", text).replace("{T}", text.capitalize()).replace("{o}", tool.obj)
            members.append(parameter)
        for parameter in members:
            parameter.group = members
            parameter.schema.pop("minimum", None)  # they may be negative
        return members

    def parameter(self, tool, depth=0):
        rng = self.rng
        if depth == 0 and rng.random() < .06:
            return self.record(tool)
        quantity = rng.choice(self.quantities)
        words = quantity.word.split("_")
        if rng.random() < .35 and quantity.kind != "flag":
            words = [self.values.word()] + words
        spoken = " ".join(words)
        parameter = Parameter(self.styled(words), spoken, quantity.kind, quantity.word)
        if quantity.kind in ("words", "person", "title") and rng.random() < .3:  # a word that says nothing of its kind
            parameter.spoken = self.values.word()
            parameter.name = self.styled(parameter.spoken.split())
        if quantity.units:
            parameter.unit = rng.choice(quantity.units)
        if quantity.kind in ("measure", "money", "code") and rng.random() < .35:
            parameter.schema_type = "integer"
        self.fill_schema(parameter, tool, depth)
        return parameter

    def record(self, tool):
        rng = self.rng
        word = self.values.word()
        parameter = Parameter(word, word, "record", word)
        while len(parameter.fields) < rng.choice([2, 2, 3]):
            field = self.parameter(tool, 1)
            if field.kind not in ("flag", "numbers", "strings", "text") and all(field.name != f.name for f in parameter.fields):
                parameter.fields.append(field)
        parameter.schema = {"type": "object", "properties": {f.name: f.schema for f in parameter.fields},
                            "required": [f.name for f in parameter.fields], "description": "The %s of the %s" % (word, tool.obj)}
        return parameter

    def fill_schema(self, parameter, tool, depth):
        rng, kind = self.rng, parameter.kind
        schema = parameter.schema = {"type": parameter.schema_type}
        if kind == "numbers":
            parameter.items = rng.choice(["integer", "number", "number"])
            schema["items"] = {"type": parameter.items}
        elif kind == "strings":
            schema["items"] = {"type": "string"}
        elif kind == "word" and rng.random() < .6:
            parameter.choices = list(dict.fromkeys(self.values.make_word(parameter)[0] for _ in range(rng.randint(3, 7))))
            schema["enum"] = parameter.choices
        elif kind == "date":
            parameter.iso = rng.random() < .6
        if depth and rng.random() < .5:
            return
        text = rng.choice(COUNTED if kind == "integer" and parameter.spoken.endswith("s") else FLAGGED if kind == "flag" else DESCRIBED)
        text = text.replace("{s}", parameter.spoken).replace("{S}", parameter.spoken.capitalize()).replace("{o}", tool.obj)
        text = text.replace("{v}", tool.action.verbs[0])
        if parameter.unit and rng.random() < .7:
            text += " in " + parameter.unit
        if parameter.iso:
            text += rng.choice([", YYYY-MM-DD", " as YYYY-MM-DD", " (format: YYYY-MM-DD)"])
        if parameter.choices and rng.random() < .3:
            text += ", one of " + ", ".join(parameter.choices)
        if rng.random() < .1:
            text += rng.choice([", e.g. %s", ". Default is %s", " (such as %s)"]) % str(self.values.of(parameter)[0])
        schema["description"] = text + rng.choice(["", "", ".", "."])
        if kind == "integer" and rng.random() < .2:
            schema["minimum"] = 0
            if rng.random() < .5:
                schema["maximum"] = 10 ** rng.randint(6, 9)
        if parameter.schema_type == "string" and not parameter.choices and rng.random() < .1:
            schema["maxLength"] = rng.choice([256, 1000, 4096])

    # ---- names and descriptions

    def styled(self, words):
        rng = self.rng
        if rng.random() < .12:
            return words[0] + "".join(word.capitalize() for word in words[1:])
        return "_".join(words)

    def name(self, tool):
        rng = self.rng
        verb, topic = rng.choice(tool.action.verbs[:3]).replace(" ", "_"), tool.topic.split()
        draw = rng.random()
        if draw < .05:
            return rng.choice(["%s_%d" % (invented(rng), rng.randint(1, 99)), invented(rng, 3), "tool_%02x" % rng.randrange(256),
                               "%s-%s" % (invented(rng), invented(rng)), "fn%d" % rng.randint(1, 400)])
        if draw < .17:
            return topic[-1] + "." + "_".join([verb] + topic[:-1])
        if draw < .22:
            return "_".join(topic) + "." + verb
        if draw < .33:
            return verb + "".join(word.capitalize() for word in topic)
        if draw < .38:
            return "".join(word.capitalize() for word in [verb] + topic)
        if draw < .43:
            return "-".join([verb] + topic)
        if draw < .51:
            return "_".join(topic + [rng.choice([verb, verb, "lookup", "tool", "service", "info"])])
        if draw < .57:
            return "_".join(topic)
        return "_".join([verb] + topic)

    def description(self, tool):
        rng = self.rng
        of = "" if rng.random() < .4 else rng.choice([" of %s", " for %s", " of the %s"]) % (
            article(tool.obj) if rng.random() < .5 else tool.obj)
        if of.startswith((" of the a ", " of the an ")):
            of = of.replace(" the a ", " a ").replace(" the an ", " an ")
        topic = plural(tool.topic) if tool.action.sense in ("list", "search", "count", "filter") and rng.random() < .7 else tool.topic
        lead = rng.choice(tool.action.described) + (" " + article(topic) if rng.random() < .25 else rng.choice([" the ", " the ", " "]) + topic) + of
        given = [p.spoken for p in tool.parameters[:3] if p.kind != "flag"]
        if given and rng.random() < .35:
            lead += rng.choice([" given ", " based on ", " from ", " by ", ", given "]) + ", ".join(given[:-1]) + (" and " if given[1:] else "") + given[-1]
        tails = [" It %s %s." % (rng.choice(["needs", "uses", "returns", "keeps", "logs"]), self.values.word()),
                 " Use it for %s." % plural(self.values.word()), " Not for %s." % plural(self.values.word())]
        return " ".join(lead.split()) + "." + (rng.choice(tails) if rng.random() < .15 else "")
