# SPDX-License-Identifier: Apache-2.0
"""Dialogs with invented tools: definitions, a request, the calls, results and what is said of them."""
import json
import os
import re
from dataclasses import dataclass

from asking.phrasing import HELD_OUT_PHRASINGS, MARK, finish, frame, frames_of
from asking.tool_values import json_schema, make_value, parse_parameters
from asking.tool_words import ADJECTIVES, CATEGORIES, CHAT, COUNTRIES, VERBS
from asking.words import NOUNS_BY_DOMAIN, Vocabulary, article, choose_side, is_held_out, plural

MORE_SHARE = 0.7  # of the dialogs of training: with verbs of verbs.txt
NO_TOOL = "None of the tools can do that."
# People are no objects of these verbs, and abbreviations no words of a request.
NOT_OBJECTS = set(NOUNS_BY_DOMAIN["people"].split() + NOUNS_BY_DOMAIN["abbreviations"].split())
_OF_A_CORPUS = re.compile("corpus|file|line|cite|quote|review|this up|find it|read|answer|colleague|notes|remind|forgot|wonder|report|source|looking")


@dataclass
class Turn:
    role: str       # "user", "ai" or "tool"
    text: str
    trained: bool   # whether the model learns to write it


@dataclass
class ToolDialog:
    tools: list     # one JSON object a line, as they stand between <tools> and </tools>
    turns: list
    held_out: bool = False


@dataclass
class VerbRow:
    names: list
    category: str
    asks: list
    description: str


class Tool:
    """A tool and how one asks for it."""

    def __init__(self, name, row, noun, noun_plural, parameters, required, id_name, id_kind):
        self.name, self.row, self.noun, self.noun_plural = name, row, noun, noun_plural
        self.parameters, self.required = parameters, required      # parameters: [(name, Parameter)]
        self.id_name, self.id_kind = id_name, id_kind

    def definition(self):
        properties = {name: json_schema(parameter) for name, parameter in self.parameters}
        description = self.row.description.replace("a {s}", article(self.noun)).replace("{s}", self.noun).replace("{p}", self.noun_plural)
        return json.dumps({"name": self.name, "description": description,
                           "parameters": {"type": "object", "properties": properties, "required": self.required}}, ensure_ascii=False)


@dataclass
class Request:
    tool: Tool
    text: str        # a command or a question, terms in MARK
    kind: str        # frame kind
    arguments: dict


def verb_row(line):
    names, category, asks, description = line.split("; ")
    return VerbRow(names.split(","), category, asks.split("|"), description)


def more_rows(kept):
    """The rows of verbs.txt, which are training's alone, without what the rows kept from training hold: their verbs, and ways to ask for them."""
    with open(os.path.join(os.path.dirname(__file__), "verbs.txt"), encoding="utf-8") as file:
        rows = [verb_row(line.strip()) for line in file if line.strip() and line[0] != "#"]
    verbs, asks = {name for row in kept for name in row.names}, {ask for row in kept for ask in row.asks}
    for row in rows:
        row.asks = [ask for ask in row.asks if ask not in asks]
    return [row for row in rows if row.asks and verbs.isdisjoint(row.names)]


class ToolGen:
    """With `word`, a source of words, many things and verbs of training are others than the lists', the same in request and definition:
    so that matching them is what helps. With `brief`, dialogs have one exchange or two."""

    def __init__(self, rng, held_out=False, word=None):
        self.rng, self.held_out, self.brief = rng, held_out, False
        self.word = None if held_out else word
        rows = [verb_row(line) for line in VERBS.strip().split("\n")]
        self.rows = self.listed = [row for row in rows if is_held_out(row.names[0], 6) == held_out]
        self.more = [] if held_out else more_rows([row for row in rows if row not in self.listed])
        self.parameters = parse_parameters()
        vocabulary = Vocabulary(held_out)
        self.nouns = sorted(set(vocabulary.nouns) - NOT_OBJECTS)
        self.frames = {kind: [text for text in frames_of(kind, held_out) if not _OF_A_CORPUS.search(text)] for kind in ("command", "question")}
        self.chat = choose_side(CHAT, held_out)
        self.adjectives = choose_side(ADJECTIVES, held_out) or ADJECTIVES[:1]

    def sample(self, tokens=1024):
        rng = self.rng
        self.rows = self.more if self.more and rng.random() < MORE_SHARE else self.listed
        tools = self.tools(rng.choice([1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12]))
        turns = []
        for _ in range((2 if rng.random() < .15 else 1) if self.brief else rng.choice([1, 1, 2, 3] if tokens <= 1024 else [1, 2, 3, 4, 6])):
            turns += self.exchange(tools)
        return ToolDialog([tool.definition() for tool in tools], turns, self.held_out)

    # ---- tools

    def noun(self):
        return self.word() if self.word and self.rng.random() < .4 else self.rng.choice(self.nouns)

    def row(self):
        """A verb of the lists, or another word in its place."""
        row = self.rng.choice(self.rows)
        if not self.word or self.rng.random() >= .35:
            return row
        asks = [ask for ask in row.asks if ask.split()[0] in row.names and not ask.startswith("set up")]
        verb = self.word()
        if not asks or verb.endswith("s"):
            return row
        return VerbRow([verb], row.category, [verb + ask[len(ask.split()[0]):] for ask in asks], plural(verb).capitalize() + row.description[len(row.description.split()[0]):])

    def tools(self, count):
        rng, tools, taken = self.rng, [], []
        nouns = [self.noun() for _ in range(max(1, count - rng.randint(0, 2)))]
        while len(tools) < count:
            row, noun = self.row(), rng.choice(nouns)
            if any(noun == other and similar(row, other_row) for other_row, other in taken):
                nouns.append(self.noun())
                continue
            taken.append((row, noun))
            tool = self.tool(row, noun)
            if all(tool.name != other.name for other in tools):
                tools.append(tool)
        return tools

    def tool(self, row, noun):
        rng = self.rng
        words = [rng.choice(row.names)] + ([rng.choice(self.adjectives)] if rng.random() < .08 else []) + [noun]
        if row.category in ("many", "search", "two") and rng.random() < .8:
            words[-1] = plural(noun)
        words = "_".join(words).split("_")
        style = rng.choice(["snake"] * 7 + ["camel"] * 2 + ["kebab", "dotted"])
        if style == "dotted":
            name = "%s.%s" % (words[-1], "_".join(words[:-1]))
        else:
            name = {"snake": "_".join(words), "kebab": "-".join(words), "camel": words[0] + "".join(word.capitalize() for word in words[1:])}[style]
        spoken = " ".join(words[-2:]) if len(words) > 2 and words[-2] in self.adjectives else noun
        required, optional = CATEGORIES[row.category]
        chosen, needed, id_name = [], [], None
        id_kind = rng.choice(["integer", "code", "slug", "code"])
        for key in required.split():
            if key in ("ID", "PAIR"):
                id_name = rng.choice([noun + "_id", "id", noun, noun + "_number"]) if id_kind != "slug" else rng.choice([noun + "_name", "name", noun])
                names = [id_name] if key == "ID" else ["first_" + noun, "second_" + noun]
                for name_ in names:
                    chosen.append((name_, self.parameters["ID_" + id_kind]))
                    needed.append(name_)
            else:
                parameter = self.parameters[key]
                chosen.append((rng.choice(parameter.names), parameter))
                needed.append(chosen[-1][0])
        pool = optional.split()
        extra = rng.choice([0, 0, 1, 1, 2, 3]) if required else rng.choice([1, 1, 2, 2, 3, 4])
        for key in rng.sample(pool, min(extra, len(pool))):
            parameter = self.parameters[key]
            name_ = rng.choice(parameter.names)
            if any(name_ == other or parameter is same for other, same in chosen):
                continue
            chosen.append((name_, parameter))
            if rng.random() < (.35 if required else .5):
                needed.append(name_)
        return Tool(name, row, spoken, " ".join(spoken.split()[:-1] + [plural(noun)]), chosen[:5], [name_ for name_ in needed if name_ in dict(chosen[:5])], id_name, id_kind)

    # ---- requests

    def exchange(self, tools):
        rng = self.rng
        if rng.random() < .12:
            return self.refusal(tools)
        requests = [self.request(rng.choice(tools), tools)]
        if rng.random() < .15:
            same = rng.random() < .4
            requests += [self.request(requests[0].tool if same else rng.choice(tools), tools) for _ in range(rng.choice([1, 1, 1, 2]))]
        turns = [Turn("user", self.spoken(requests), False), Turn("ai", calls_text(requests), True)]
        if rng.random() < .4:
            answers = []
            for request in requests:
                result, answer = self.result(request)
                turns.append(Turn("tool", "tool name: %s\ntool result: %s\n\n" % (request.tool.name, result), False))
                answers.append(answer)
            turns.append(Turn("ai", " ".join(answers), True))
        return turns

    def refusal(self, tools):
        rng, taken = self.rng, {(tool.row.names[0], tool.noun.split()[-1]) for tool in tools}
        if rng.random() < .3:
            text = rng.choice(self.chat).replace("{x}", rng.choice(self.nouns)).replace("{c}", rng.choice(COUNTRIES))
            return [Turn("user", finish(rng, text), False), Turn("ai", NO_TOOL, True)]
        while True:
            noun = rng.choice(tools).noun.split()[-1] if rng.random() < .6 else self.noun()
            row = self.row()
            if (row.names[0], noun) not in taken and not any(similar(row, tool.row) and tool.noun.split()[-1] == noun for tool in tools):
                break
        request = self.request(self.tool(row, noun), None)
        return [Turn("user", self.spoken([request]), False), Turn("ai", NO_TOOL, True)]

    def request(self, tool, tools):
        rng, arguments, said = self.rng, {}, []
        object_np = "the " + tool.noun if rng.random() < .8 else "our " + tool.noun
        pair = []
        # The id alone says enough when no other tool could be meant.
        alone = tools is not None and not any(other is not tool and similar(tool.row, other.row) for other in tools)
        for name, parameter in tool.parameters:
            if name not in tool.required and rng.random() < .55:
                continue
            value, phrase = make_value(rng, name, parameter, self.nouns, self.held_out)
            if tool.row.category == "place" and parameter.key == "path":
                phrase = rng.choice(["to ", "to ", "into "]) + MARK + value + MARK
            arguments[name] = value
            if parameter.type == "id" and tool.row.category == "two":
                pair.append(MARK + str(value) + MARK)
            elif parameter.type == "id":
                object_np = rng.choice(["{o} {v}", "the {o} {v}", "{o} number {v}", "the {o} with the id {v}", "{o} #{v}"] if tool.id_kind == "integer" else
                                       ["{o} {v}", "the {o} {v}", "the {o} called {v}", "{v}" if alone else "{o} {v}"] if tool.id_kind == "slug" else
                                       ["{o} {v}", "the {o} {v}", "{o} {v}", "the {o} with the id {v}", "{v}" if alone else "the {o} {v}"])
                object_np = object_np.replace("{o}", tool.noun).replace("{v}", MARK + str(value) + MARK)
            else:
                said.append(phrase)
        draw = rng.random()
        if draw < .09:
            return self.direct(tool, arguments)
        ask = rng.choice([ask for ask in tool.row.asks if is_held_out(ask, HELD_OUT_PHRASINGS) == self.held_out] or tool.row.asks)
        text = (ask.replace("{os}", tool.noun_plural + (" " + " and ".join(pair) if pair else "")).replace("{o1}", tool.noun)
                .replace("{a}", article(tool.noun)).replace("{o}", object_np))
        if len(said) > 1 and rng.random() < .35:
            rng.shuffle(said)
        for phrase in sorted(said, key=lambda phrase: phrase.startswith(":")):
            text += phrase if phrase.startswith(":") else rng.choice([" ", " ", " ", ", "]) + phrase
        first = ask.split()[0]
        kind = "question" if first in ("what", "which", "where", "who", "how", "is", "are") else "plain" if first in ("I",) else "command"
        return Request(tool, text, kind, arguments)

    def direct(self, tool, arguments):
        """The tool by its name, the arguments by theirs."""
        rng = self.rng
        parts = ["%s %s" % (name, MARK + plain(value) + MARK) if rng.random() < .7 else "%s = %s" % (name, MARK + plain(value) + MARK) for name, value in arguments.items()]
        text = rng.choice(["call {t}", "use {t}", "run {t}", "use the tool {t}", "invoke {t}", "execute {t}"]).replace("{t}", MARK + tool.name + MARK)
        if parts:
            text += rng.choice([" with ", " for ", ": "]) + rng.choice([", ", " and "]).join(parts)
        return Request(tool, text, "command", arguments)

    def spoken(self, requests):
        rng = self.rng
        kinds = {request.kind for request in requests}
        if len(requests) == 1:
            text = requests[0].text
        elif kinds == {"command"} and rng.random() < .6:
            text = rng.choice([" and ", ", then ", " and also ", ", and ", " and then "]).join(request.text for request in requests)
        else:
            text = rng.choice([". Then ", ". Also ", "; "]).join(request.text for request in requests)
            kinds = {requests[0].kind}
        kind = kinds.pop() if len(kinds) == 1 else "command"
        if kind == "plain":
            return finish(rng, text + ".")
        return finish(rng, frame(rng, self.frames, kind, text))

    # ---- results

    def result(self, request):
        rng, tool = self.rng, request.tool
        noun, many = tool.noun, tool.noun_plural
        identity = next((str(request.arguments[name]) for name, parameter in tool.parameters if parameter.type == "id" and name in request.arguments), "")
        the = (noun + " " + identity).strip()
        if rng.random() < .13:
            reason = rng.choice(["not found", "permission denied", "timeout after %d s" % rng.randint(2, 60), "service unavailable", "invalid " + (tool.required or ["request"])[-1], "already exists", "quota exceeded"])
            return "error: " + reason, "It failed: %s." % reason
        category = tool.row.category
        if category in ("many", "search"):
            if tool.row.names[0] == "count":
                number = rng.randint(0, 900)
                return str(number), "There are %d %s." % (number, many)
            names = [make_value(rng, "name", self.parameters["new_name"], self.nouns, self.held_out)[0] for _ in range(rng.choice([0, 1, 2, 2, 3, 4]))]
            answer = "Found %d: %s." % (len(names), ", ".join(names)) if names else "Nothing was found."
            return (json.dumps(names, ensure_ascii=False) if rng.random() < .5 else "\n".join(names) or "[]"), answer
        if category == "compute":
            number = rng.choice([rng.randint(1, 9999), round(rng.uniform(1, 999), 2)])
            unit = rng.choice(["", " EUR", " kg", " m", " hours"])
            return str(number) + unit, "The result is %s%s." % (number, unit)
        if category in ("create", "file"):
            made = "%s-%d" % (noun[:3].upper(), rng.randint(10, 9999))
            return rng.choice([json.dumps({"id": made}), "created " + made, json.dumps({"status": "created", "id": made})]), "Created %s %s." % (noun, made)
        if category == "one" and tool.row.names[0] in ("get", "describe", "check", "track", "inspect_history", "measure", "summarize", "preview"):
            field, said = self.field()
            other, other_said = self.field()
            record = {field: said}
            if other != field and rng.random() < .5:
                record[other] = other_said
            answer = "The %s of %s is %s" % (field, the, said) + "".join(", the %s %s" % (key, record[key]) for key in list(record)[1:]) + "."
            return json.dumps(record, ensure_ascii=False) if rng.random() < .7 else ", ".join("%s: %s" % pair for pair in record.items()), answer
        return rng.choice(["ok", "done", '{"status": "ok"}', "success"]), "Done."

    def field(self):
        rng = self.rng
        key = rng.choice(["status", "owner", "price", "location", "updated", "size", "count", "version", "color", "next"])
        from_parameter = {"status": "status", "owner": "author", "price": "price", "location": "city", "updated": "date", "size": "size", "count": "limit", "version": "version", "color": "color", "next": "date"}
        return key, make_value(rng, key, self.parameters[from_parameter[key]], self.nouns, self.held_out)[0]


def similar(row, other):
    """Whether a request for one could be meant for the other."""
    families = [{"get", "describe", "check", "track", "preview", "download", "summarize", "inspect_history", "watch", "measure"}, {"list", "search", "count", "export"},
                {"create", "register", "order", "book", "draft", "upload"}, {"update", "rename", "set", "tag", "move", "paint"}, {"delete", "cancel", "archive", "stop", "pause", "reject"},
                {"send", "share", "forward", "notify"}, {"schedule", "postpone", "remind"}, {"copy", "move"}, {"compare", "merge", "link"}, {"calculate", "estimate"}, {"start", "restart", "restore"},
                {"lock", "pause", "stop"}, {"notify", "comment"}, {"repair", "restore", "clean"}, {"approve", "rate"}, {"convert", "translate"}]
    return row is other or any(row.names[0] in family and other.names[0] in family for family in families)


def calls_text(requests):
    lines = [json.dumps({"name": request.tool.name, "arguments": request.arguments}, ensure_ascii=False) for request in requests]
    return "<tool_calls>\n" + "\n".join(lines) + "\n</tool_calls>"


def plain(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join("%s %s" % pair for pair in value.items())
    return '"%s"' % value if isinstance(value, str) and " " in value else str(value)
