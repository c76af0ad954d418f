# SPDX-License-Identifier: Apache-2.0
"""Several steps: what one call returns is what the next one needs, or says what was wrong with the last one."""
import json

from asking.phrasing import MARK, finish, frame
from asking.tools import Turn
from asking.words import article, plural
from .requests import Request, calls_text
from .tools import Parameter, Tool

FIND = ["find", "search", "look_up", "list", "query", "lookup"]
GET = ["get", "fetch", "read", "show", "load", "open", "retrieve"]
GONE = ["not found", "permission denied", "quota exceeded", "service unavailable", "unknown account", "out of stock", "already exists", "access denied"]
LATER = ["timeout, try again", "temporarily unavailable, retry", "busy, please try again", "connection reset, try again later", "rate limited; retry"]
FAILED = "It failed: %s."


def tool_turn(results):
    """One turn with all results of a block of calls."""
    return [Turn("tool", "tool name: %s\ntool result: %s\n\n" % (name, text), False) for name, text in results]


class Chains:
    def __init__(self, rng, values, maker, requester):
        self.rng, self.values, self.maker, self.requester = rng, values, maker, requester

    # ---- find, then get, then answer

    def simple_tool(self, name, description, parameters):
        tool = Tool(self.maker.actions[0], name.replace("_", " "), self.values.word())
        tool.name, tool.description, tool.layout = name, description, self.rng.choice([0, 0, 1, 2])
        for word, text in parameters:
            parameter = Parameter(word, word.replace("_", " "), "words", word)
            parameter.schema = {"type": "string"}
            if text:
                parameter.schema["description"] = text
            tool.parameters.append(parameter)
            tool.required.append(word)
        return tool

    def record(self, fields):
        """{field: value} of some fields."""
        made = {}
        for field in fields:
            parameter = self.maker.parameter(Tool(self.maker.actions[0], field, field), 1)
            parameter.name = field
            made[field] = self.values.of(parameter)[0]
        return made

    def look_up(self):
        """(tools, turns): `What is the <field> of the <noun> <Name>?` in two or three steps."""
        rng, values = self.rng, self.values
        noun, owner = values.word(), values.word()
        while owner == noun:
            owner = values.word()
        key = rng.choice([noun + "_id", "id", noun + "_number", "key", noun])
        finder = self.simple_tool(self.styled(rng.choice(FIND), plural(noun)), rng.choice(["Finds %s by name.", "Searches %s.", "Returns the %s that match."]) % plural(noun),
                                  [(rng.choice(["name", "query", "text", noun + "_name", "q"]), rng.choice(["", "Name to look for", "What to search"]))])
        getter = self.simple_tool(self.styled(rng.choice(GET), noun), rng.choice(["Returns one %s.", "Reads %s by its id.", "Details of %s."]) % article(noun),
                                  [(key, rng.choice(["", "Identifier", "Id of the " + noun, "Which " + noun]))])
        name = values.proper(rng.choice([1, 2]))
        names = list(dict.fromkeys([name] + [self.near(name) for _ in range(rng.choice([0, 1, 2, 3]))]))
        rng.shuffle(names)
        id_key = rng.choice([key, "id"])
        ids = {n: values.make_code(Parameter("id", "id", "code", "id"))[0] for n in names}
        fields = list(dict.fromkeys(values.word() for _ in range(rng.choice([1, 2, 3, 4]))))
        record, field = self.record(fields), rng.choice(fields)
        listed = [{id_key: ids[n], "name": n} if rng.random() < .7 else {"name": n, id_key: ids[n]} for n in names]
        found = json.dumps(listed, ensure_ascii=False) if rng.random() < .6 else "\n".join("%s: %s" % (ids[n], n) for n in names)
        turns = [Turn("user", self.ask_field(field, noun, name), False), self.call(finder, name),
                 *tool_turn([(finder.name, found)])]
        tools = [finder, getter]
        if rng.random() < .12:  # nothing found: no guess
            turns[-1] = tool_turn([(finder.name, rng.choice(["[]", "no results", "0 results", "nothing matches " + name]))])[0]
            return tools, turns + [Turn("ai", "Nothing was found.", True)]
        turns.append(self.call(getter, ids[name]))
        if rng.random() < .25:  # the field stands in a record that this one points to
            pointer = owner + "_id"
            other = self.simple_tool(self.styled(rng.choice(GET), owner), "Returns one %s." % owner, [(rng.choice([pointer, "id", owner]), "")])
            target = values.make_code(Parameter("id", "id", "code", "id"))[0]
            turns[0] = Turn("user", self.ask_field(field, "%s of the %s" % (owner, noun), name), False)
            turns += [*tool_turn([(getter.name, json.dumps({**self.record([values.word()]), pointer: target}, ensure_ascii=False))]), self.call(other, target)]
            tools.append(other)
            getter = other
        shown = json.dumps(record, ensure_ascii=False) if rng.random() < .75 else "\n".join("%s: %s" % (k, plain(v)) for k, v in record.items())
        turns += [*tool_turn([(getter.name, shown)]), Turn("ai", "The %s is %s." % (field, plain(record[field])), True)]
        return tools, turns

    def near(self, name):
        rng, words = self.rng, name.split()
        words[rng.randrange(len(words))] = self.values.proper(1)
        return " ".join(words) if rng.random() < .7 else name + " " + self.values.proper(1)

    def styled(self, verb, noun):
        return self.rng.choice(["%s_%s", "%s_%s", "%s-%s"]) % (verb, noun.replace(" ", "_"))

    def ask_field(self, field, noun, name):
        rng = self.rng
        text = rng.choice(["what is the {f} of the {n} {v}", "which {f} does the {n} {v} have", "what {f} has the {n} {v}", "tell me the {f} of the {n} {v}",
                           "the {f} of {n} {v}", "what is the {f} of {n} {v}", "look up the {f} of the {n} {v}"])
        text = text.replace("{f}", field).replace("{n}", noun).replace("{v}", MARK + name + MARK)
        return finish(rng, frame(rng, self.requester.frames, "question" if text.startswith("w") else "command", text))

    def call(self, tool, value):
        return Turn("ai", calls_text([Request(tool, "", "", {tool.parameters[0].name: value})]), True)

    # ---- a call that went wrong

    def recovery(self, tool, request):
        """Turns behind the user's: a failing call, then what follows from its error."""
        rng = self.rng
        good, name = calls_text([request]), tool.name
        draw = rng.random()
        texts = [p.name for p in tool.parameters if isinstance(request.arguments.get(p.name), str) and len(request.arguments[p.name]) > 2 and not p.choices]
        numbers = [k for k, v in request.arguments.items() if isinstance(v, (int, float)) and not isinstance(v, bool)]
        if draw < .2:
            later = rng.choice(LATER)
            turns = [Turn("ai", good, True), *tool_turn([(name, "error: " + later)]), Turn("ai", good, True)]
            if rng.random() < .4:
                return turns + [*tool_turn([(name, "error: " + later)]), Turn("ai", FAILED % later, True)]
            return turns + self.success(tool)
        if draw < .45 and texts:
            key = rng.choice(texts)
            right = self.misspelt(request.arguments[key])
            fixed = Request(tool, "", "", {**request.arguments, key: right})
            said = rng.choice(["error: unknown {k} \"{w}\"; did you mean \"{r}\"?", "error: no such {k}: {w}. Did you mean {r}?", "error: {k} '{w}' is not known, use '{r}'",
                               "error: {w} not found; nearest is {r}"]).format(k=key, w=request.arguments[key], r=right)
            return [Turn("ai", good, True), *tool_turn([(name, said)]), Turn("ai", calls_text([fixed]), True), *self.success(tool)]
        if draw < .6 and numbers:  # the slip itself is not taught
            key = rng.choice(numbers)
            slipped = Request(tool, "", "", {**request.arguments, key: str(request.arguments[key])})
            said = rng.choice(["error: {k}: expected a number, found a string", "error: the arguments do not fit: {k}: expected number", "error: invalid type of {k}, must be a number"])
            return [Turn("ai", calls_text([slipped]), False), *tool_turn([(name, said.format(k=key))]), Turn("ai", good, True), *self.success(tool)]
        if draw < .75 and len(request.arguments) > 1:
            key = rng.choice(list(request.arguments))
            slipped = Request(tool, "", "", {k: v for k, v in request.arguments.items() if k != key})
            said = rng.choice(["error: missing required argument {k}", "error: {k} is required", "error: the arguments do not fit: missing {k}"]).format(k=key)
            return [Turn("ai", calls_text([slipped]), False), *tool_turn([(name, said)]), Turn("ai", good, True), *self.success(tool)]
        if draw < .85:
            slipped = json.dumps({"name": self.misspelt(name), "arguments": request.arguments}, ensure_ascii=False)
            said = rng.choice(["error: no tool is named \"{w}\"; did you mean \"{r}\"?", "error: unknown tool {w}; there is {r}"]).format(w=json.loads(slipped)["name"], r=name)
            return [Turn("ai", "<tool_calls>\n%s\n</tool_calls>" % slipped, False), *tool_turn([(json.loads(slipped)["name"], said)]), Turn("ai", good, True), *self.success(tool)]
        gone = rng.choice(GONE)
        said = rng.choice(["error: " + gone, "denied: " + gone, json.dumps({"error": gone}), "error: %s (rule %s)" % (gone, self.values.word())])
        reason = said.removeprefix("error: ").removeprefix("denied: ") if not said.startswith("{") else gone
        return [Turn("ai", good, True), *tool_turn([(name, said)]), Turn("ai", FAILED % reason, True)]

    def misspelt(self, text):
        rng = self.rng
        at = rng.randrange(1, max(2, len(text) - 1))
        other = text[:at] + rng.choice("aeioulnrst") + text[at + rng.choice([0, 1]):]
        return other if other != text else text + "s"

    def success(self, tool):
        rng = self.rng
        if rng.random() < .5:
            return []
        said = rng.choice(["ok", "done", '{"status": "ok"}', "success", '{"ok": true}'])
        return [*tool_turn([(tool.name, said)]), Turn("ai", "Done.", True)]


def plain(value):
    """A value as an answer says it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
