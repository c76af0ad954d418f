# SPDX-License-Identifier: Apache-2.0
"""CallGen draws whole dialogs: tools, requests, calls, results, and what is said of them."""
import json

from asking.phrasing import frames_of
from asking.tools import _OF_A_CORPUS, NO_TOOL, NOT_OBJECTS, ToolDialog, Turn
from asking.words import Vocabulary
from .chains import Chains, plain, tool_turn
from .lexicon import ASKING, side
from .requests import CHARACTERS_PER_TOKEN, LOOSE, Request, Requester, calls_text, filled
from .tools import Parameter, ToolMaker
from .values import Values

REFUSALS, CHAINS, RECOVERIES, SEVERAL, FOLLOW_UPS = .25, .09, .08, .3, .12  # shares of the exchanges
SEVERAL_OF_MANY = .2  # in dialogs of many exchanges
EXCHANGES, EXCHANGES_BRIEF = [1, 3, 6, 8, 10, 14], [1, 2, 3, 5]  # of a dialog, as far as they fit
TOOLS = [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12]


class CallGen:
    """`words`: nouns of real text, which may stand in names, requests and values. With `brief`, dialogs have few exchanges."""

    def __init__(self, rng, held_out, words):
        self.rng, self.held_out, self.brief = rng, held_out, False
        nouns = sorted(set(Vocabulary(held_out).nouns) - NOT_OBJECTS)
        self.values = Values(rng, nouns, side(words, held_out))
        self.maker = ToolMaker(rng, held_out, self.values)
        frames = {kind: [text for text in frames_of(kind, held_out) if not _OF_A_CORPUS.search(text)] for kind in ("command", "question")}
        self.requester = Requester(rng, self.values, frames)
        self.chains = Chains(rng, self.values, self.maker, self.requester)

    def sample(self, tokens):
        """A dialog of up to about `tokens`, with as many exchanges as fit."""
        rng = self.rng
        if rng.random() < CHAINS:
            return self.chain()
        room = tokens * CHARACTERS_PER_TOKEN * .85 - 900
        tools = self.maker.tools(rng.choice(TOOLS))
        while sum(len(tool.definition()) for tool in tools) > room * .8 and len(tools) > 1:
            tools.pop()
        definitions = [tool.definition() for tool in tools]
        turns = filled(rng, lambda: self.exchange(tools), *((EXCHANGES_BRIEF, tokens, definitions, LOOSE) if self.brief else (EXCHANGES, tokens, definitions)))
        return ToolDialog(definitions, turns, self.held_out)

    def chain(self):
        rng = self.rng
        needed, turns = self.chains.look_up()
        others = [t for t in self.maker.tools(rng.choice([1, 1, 2, 3, 4])) if all(t.name != n.name for n in needed)]
        tools = needed + (others if rng.random() < .8 else [])
        rng.shuffle(tools)
        return ToolDialog([tool.definition() for tool in tools], turns, self.held_out)

    def exchange(self, tools):
        rng = self.rng
        draw = rng.random()
        if draw < REFUSALS:
            return self.refusal(tools)
        draw = rng.random()
        several = SEVERAL if self.brief else SEVERAL_OF_MANY
        if draw < several:
            text, requests = self.requester.several(tools)
            return [Turn("user", self.requester.spoken(text, "closed" if ". " in text else "command"), False)] + self.called(requests)
        request = self.requester.request(rng.choice(tools))
        asked = Turn("user", self.requester.spoken(request.text, request.kind), False)
        if draw < several + RECOVERIES:
            return [asked] + self.chains.recovery(request.tool, request)
        turns = [asked] + self.called([request])
        if rng.random() < FOLLOW_UPS and request.arguments:
            turns += self.follow_up(request)
        return turns

    def follow_up(self, request):
        """`And for X?`: the call again with one other value."""
        rng, tool = self.rng, request.tool
        changing = [p for p in tool.parameters if p.name in request.arguments and p.kind not in ("flag", "record")]
        if not changing:
            return []
        parameter = rng.choice(changing)
        value, words = self.values.of(parameter)
        text = rng.choice(["And with {s} {v}?", "Now with {s} {v}.", "And if the {s} is {v}?", "The same with {s} {v} please.", "What about {s} {v}?", "Again, {s} {v}."])
        again = Request(tool, "", "", {**request.arguments, parameter.name: value})
        return [Turn("user", text.replace("{s}", parameter.spoken).replace("{v}", words), False)] + self.called([again])

    def refusal(self, tools):
        rng = self.rng
        if rng.random() < .15:
            return [Turn("user", self.requester.chat(), False), Turn("ai", NO_TOOL, True)]
        model = rng.choice(tools)
        while True:
            draw = rng.random()
            topic = model.topic if draw < .2 else self.maker.near_topic(model.topic) if draw > .65 else None
            other = self.maker.tool(topic=topic, action=model.action if .25 < draw < .5 or draw > .75 else None)
            if not any(t.clashes(other) for t in tools):
                break
        if rng.random() < .3:
            text, _ = self.requester.several([other, self.maker.tool()])
            return [Turn("user", self.requester.spoken(text, "closed" if ". " in text else "command"), False), Turn("ai", NO_TOOL, True)]
        request = self.requester.request(other)
        if other.name in request.text:
            return self.refusal(tools)
        return [Turn("user", self.requester.spoken(request.text, request.kind), False), Turn("ai", NO_TOOL, True)]

    # ---- results

    def called(self, requests):
        turns = [Turn("ai", calls_text(requests), True)]
        if self.rng.random() < .6:
            return turns
        results = [self.result(request.tool) for request in requests]
        turns += tool_turn([(r.tool.name, text) for r, (text, _) in zip(requests, results)])
        return turns + [Turn("ai", " ".join(answer for _, answer in results), True)]

    def result(self, tool):
        """(what the tool returns, what is said of it)."""
        rng, sense, topic = self.rng, tool.action.sense, tool.topic
        if rng.random() < .08:
            reason = rng.choice(["not found", "permission denied", "service unavailable", "timeout after %d s" % rng.randint(2, 90), "invalid " + self.values.word()])
            return "error: " + reason, "It failed: %s." % reason
        if sense in ("list", "search", "filter", "recommend"):
            names = [self.values.proper(rng.choice([1, 1, 2])) for _ in range(rng.choice([0, 1, 2, 2, 3, 4, 5]))]
            shown = rng.choice([json.dumps(names, ensure_ascii=False), "\n".join(names) or "[]", json.dumps([{"name": n} for n in names], ensure_ascii=False)])
            return shown, "Found %d: %s." % (len(names), ", ".join(names)) if names else "Nothing was found."
        if sense in ASKING or sense in ("describe", "analyze", "summarize", "translate", "convert", "solve"):
            return self.finding(topic)
        if sense in ("create", "book", "order", "register", "record"):
            made = self.values.make_code(Parameter("id", "id", "code", "id"))[0]
            return rng.choice([json.dumps({"id": made}), "created " + made, json.dumps({"status": "ok", "id": made}), made]), "Done: %s." % made
        return rng.choice(["ok", "done", '{"status": "ok"}', "success", '{"success": true}']), "Done."

    def finding(self, topic):
        """A value for what was asked, alone or among other fields."""
        rng = self.rng
        kind = rng.choice(["number", "number", "word", "text", "name"])
        value = {"number": self.values.whole() if rng.random() < .5 else self.values.fraction(), "word": self.values.word(),
                 "text": self.values.make_text(None)[0], "name": self.values.proper()}[kind]
        unit = " " + rng.choice("meters kg EUR USD km seconds degrees % joules hours".split()) if kind == "number" and rng.random() < .4 else ""
        answer = "The %s is %s%s." % (topic, value, unit)
        draw = rng.random()
        if draw < .4:
            return "%s%s" % (value, unit), answer
        record = {rng.choice([topic.replace(" ", "_"), topic.split()[-1], "result"]): value if not unit or rng.random() < .5 else str(value) + unit}
        if unit and not any(isinstance(v, str) for v in record.values()):
            record["unit"] = unit.strip()
        fields = list(record.items())
        for _ in range(rng.choice([0, 0, 1, 2, 3])):
            fields.insert(rng.randint(0, len(fields)), (self.values.word() + "_" + self.values.word(), rng.choice([self.values.whole(), self.values.word(), self.values.proper(1)])))
        fields = dict(fields)
        return (json.dumps(fields, ensure_ascii=False) if draw < .85 else "\n".join("%s: %s" % (k, plain(v)) for k, v in fields.items())), answer


