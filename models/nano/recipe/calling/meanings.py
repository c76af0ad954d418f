# SPDX-License-Identifier: Apache-2.0
"""MeaningGen: dialogs in which a request says with other words what its function is named after: a word that means the same, a
kind of it, or what the dictionary says of it. The words are dictionary.py's.
"""
import bisect
import copy
import itertools
import json
import os

from asking.tools import NO_TOOL, ToolDialog, Turn
from asking.words import plural
from dictionary import PATH
from .lexicon import Action, invented
from .requests import calls_text

CHARACTERS_PER_TOKEN = 2.4
MOST = [1, 2, 2, 3, 6]   # parameters
TOOLS = [1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 12]
REFUSED, SEVERAL, OTHER_VERBS, NEAR = .33, .18, .4, .55   # of the exchanges, of the exchanges, of the functions, of the dialogs
KINDS = .3   # of the concepts of which there are kinds: a request may name one instead
OPENINGS = ("a ", "an ", "the ", "any of ", "any ")

# What a parameter may be called by those who fill it in.
ALSO = """
origin: starting point, place of departure, where it begins|destination: goal, target, where it ends|location: place, spot|city: town|country: nation, state|address: place|price: cost, amount to pay|cost: price
budget: money to spend, limit of money|salary: pay, wage|income: earnings|fee: charge|deposit: down payment|rent: monthly price|payment: sum paid|interest: interest rate|discount: reduction, rebate|tax: duty
count: number, how many|number: count|quantity: amount, how many|limit: maximum, at most|attempts: tries|rounds: turns|guests: visitors, people|people: persons, heads|copies: duplicates|level: degree|rank: position
score: points, result|rating: grade, stars|name: title|artist: musician, performer|author: writer|director: filmmaker|actor: performer|company: firm, business|brand: make|team: club|customer: client, buyer|patient: sick person
manager: boss|recipient: receiver, addressee|student: pupil, learner|title: name|movie: film|song: tune, track|restaurant: place to eat|hotel: place to stay|date: day|deadline: due date, latest day|start_date: first day, beginning
end_date: last day, end|birthday: date of birth|departure_date: day of leaving|time: hour|start_time: beginning, from when|end_time: end, until when|language: tongue|currency: money|unit: measure|format: form, file type|type: kind, sort
category: kind, class|genre: kind, style|style: manner|color: colour, shade|gender: sex|material: substance, stuff|shape: form|season: time of year|query: search words|keyword: search word|topic: subject, theme|subject: topic
ingredient: part of the dish|skill: ability|symptom: complaint|item: thing, article|message: text, note|text: words, wording|note: remark|comment: remark|description: account|content: text|email: mail address|phone: telephone number
path: file name, where it lies|file: path|folder: directory|url: web address, link|website: web page, site|id: number, identifier|code: identifier|account: account number|duration: length, how long|delay: wait|timeout: longest wait
interval: time between|age: how old, years of life|period: length of time|years: how long|length: how long|width: how wide|height: how tall, how high|depth: how deep|distance: how far, way|radius: half the diameter|diameter: twice the radius
weight: how heavy, mass|mass: weight, how heavy|load: weight|speed: how fast, pace|temperature: how warm, heat|area: surface, how large|volume: how much it holds|values: numbers, figures|points: scores|prices: costs|items: things
cities: towns|members: people of it|products: goods|expression: formula|equation: formula|year: which year|percentage: share|probability: chance|growth: increase|steps: stages|calories: energy|stage: phase|players: sportsmen
"""


def read():
    if not os.path.exists(PATH):
        raise FileNotFoundError("%s is missing: `python3 dictionary.py` writes it" % PATH)
    with open(PATH) as file:
        return json.load(file)


class Meanings:
    """Draws meanings, the common ones more often. `rows` {kind: [meaning]} as dictionary.py writes them; without them, its file's."""

    def __init__(self, rng, rows=None):
        self.rng, self.rows = rng, rows or read()
        self.totals = {kind: list(itertools.accumulate(min(row["count"], 100) ** .75 for row in rows)) for kind, rows in self.rows.items()}
        self.below = {}
        for row in itertools.chain(*self.rows.values()):
            if row["above"]:
                self.below.setdefault(row["above"][0], []).append(row)
        self.pairs = [row for row in self.rows["noun"] if sum(" " not in word for word in row["words"]) > 1]

    def any(self, kind="noun"):
        totals = self.totals[kind]
        return self.rows[kind][bisect.bisect(totals, self.rng.random() * totals[-1])]

    def pair(self):
        """Two single words of one meaning."""
        row = self.rng.choice(self.pairs)
        return self.rng.sample([word for word in row["words"] if " " not in word], 2)

    def entry(self):
        """A line as a dictionary has it."""
        while True:
            row = self.any(self.rng.choice(("noun", "noun", "verb")))
            if row["gloss"]:
                return "%s: %s.\n" % (", ".join(row["words"]), row["gloss"])

    def near(self, row):
        """A meaning beside this one, under the same one; None if there is none."""
        beside = [other for other in self.below.get(row["above"][0], []) if other is not row] if row["above"] else []
        return self.rng.choice(beside) if beside else None

    def verbs(self):
        """An action that two verbs name: (one for the function, one for the request)."""
        while True:
            row = self.any("verb")
            words = [word for word in row["words"] if " " not in word]
            if len(words) > 1:
                return self.rng.sample(words, 2)


def also():
    """{word of a parameter: what it is called otherwise}."""
    return {key: words.split(", ") for key, words in (part.split(": ") for line in ALSO.strip().split("\n") for part in line.split("|"))}


class Concept:
    """What a function is about: `named` in its definition, `said` in requests; either may be what the dictionary says of it."""

    def __init__(self, row, named, said, described=""):
        self.row, self.named, self.said, self.described = row, named, said, described

    def unlike(self, other):
        """No word of the one could mean the other."""
        mine, theirs = self.row, other.row
        return mine["id"] not in theirs["above"] and theirs["id"] not in mine["above"] and not words_of(self) & words_of(other)


def words_of(concept):
    return {word for text in concept.row["words"] + [concept.named, concept.said] for word in text.split() if len(word) > 3}


class MeaningGen:
    def __init__(self, rng, values, maker, requester, rows=None):
        self.rng, self.values, self.maker, self.requester = rng, values, maker, requester
        self.meanings, self.also = Meanings(rng, rows), also()

    def sample(self, tokens):
        rng = self.rng
        room = tokens * CHARACTERS_PER_TOKEN * .85 - 700
        concepts, tools = self.concepts(rng.choice(TOOLS) + 2), []
        outside = concepts[-2:]
        for concept in concepts[:-2]:
            tool = self.tool(concept)
            size = len(tool.definition())
            if tools and size + 260 > room:
                break
            if all(tool.name != other.name for other in tools):
                tools.append(tool)
                room -= size
        turns = []
        while not turns or room > 300 and len(turns) < 16 and rng.random() < .9:
            more = self.exchange(tools, outside)
            room -= sum(len(turn.text) + 45 for turn in more)
            if turns and room < 0:
                break
            turns += more
        order = list(tools)
        rng.shuffle(order)
        return ToolDialog([tool.definition() for tool in order], turns, False)

    def concepts(self, count):
        """Of which none could be meant by another's words; often near each other."""
        rng, found, near = self.rng, [], self.rng.random() < NEAR
        for _ in range(80):
            if len(found) == count:
                break
            row = self.meanings.near(rng.choice(found).row) if near and found and rng.random() < .6 else self.meanings.any()
            concept = self.concept(row) if row else None
            if concept and all(concept.unlike(other) for other in found):
                found.append(concept)
        rng.shuffle(found)
        return found

    def concept(self, row):
        rng, words, gloss = self.rng, row["words"], bare(row["gloss"])
        word = rng.choice(words[:3])
        kinds = self.meanings.below.get(row["id"], [])
        ways = ["same"] + ["other"] * (5 if len(words) > 1 else 0) + ["gloss said", "gloss said", "gloss named"] * bool(gloss) + ["kind"] * bool(kinds)
        way = rng.choice(ways)
        if way == "other":
            named, said = rng.sample(words, 2)
            return Concept(row, named, said)
        if way == "gloss said":
            return Concept(row, word, gloss)
        if way == "gloss named":
            return Concept(row, word, word, gloss)
        if way == "kind":
            below = rng.choice(kinds)
            return Concept(row, word, rng.choice(below["words"]))
        return Concept(row, word, word)

    def tool(self, concept):
        """The function; `asked` is the same as a request puts it."""
        rng, maker = self.rng, self.maker
        if rng.random() < OTHER_VERBS:
            named, said = self.meanings.verbs()
            action, other = Action("%s: %s; %s" % (named, named, plural(named).capitalize())), Action("%s: %s; %s" % (named, said, plural(said).capitalize()))
        else:
            action = other = rng.choice(maker.actions)
        tool = maker.tool(topic=concept.named, action=action, most=rng.choice(MOST))
        if concept.described:
            tool.description = "%s %s." % (rng.choice(action.described), rng.choice(["", "a ", "the "]) + concept.described)
            if rng.random() < .7:
                tool.name = rng.choice(["%s_%d" % (invented(rng), rng.randint(1, 99)), action.verbs[0].replace(" ", "_") + "_" + invented(rng), invented(rng, 3)])
        tool.asked = self.asked(tool, concept.said, other)
        return tool

    def asked(self, tool, topic, action):
        asked = copy.copy(tool)
        asked.topic, asked.action = topic, action
        if len(topic.split()) > 2 and action.sense in ("list", "search", "count", "filter", "sort"):  # a long phrase has no plural
            asked.action = copy.copy(action)
            asked.action.sense = "update"
        asked.parameters = self.renamed(tool.parameters)
        return asked

    def renamed(self, parameters, share=.3):
        """The parameters, some of them called otherwise, none by a word of another."""
        found = []
        for parameter in parameters:
            others = self.also.get(parameter.spoken.replace(" ", "_"))
            if others and not parameter.group and self.rng.random() < share:
                said = self.rng.choice(others)
                if not any(set(said.split()) & set(p.spoken.split()) for p in parameters if p is not parameter) and " " not in said[:4]:
                    parameter = copy.copy(parameter)
                    parameter.spoken = said
            found.append(parameter)
        return found

    def exchange(self, tools, outside):
        rng, draw = self.rng, self.rng.random()
        if draw < REFUSED:
            request = self.requester.request(self.tool(rng.choice(outside)).asked)
            return [Turn("user", self.requester.spoken(request.text, request.kind), False), Turn("ai", NO_TOOL, True)]
        if draw < REFUSED + SEVERAL:
            picked = rng.sample(tools, 2) if len(tools) > 1 else tools * 2
            requests = [self.requester.request(tool.asked) for tool in picked]
            text = self.requester.chained(requests)
            return [Turn("user", self.requester.spoken(text, "closed" if ". " in text else "command"), False), Turn("ai", calls_text(requests), True)]
        request = self.requester.request(rng.choice(tools).asked)
        return [Turn("user", self.requester.spoken(request.text, request.kind), False), Turn("ai", calls_text([request]), True)]


def bare(gloss):
    """What the dictionary says, without the article that it begins with."""
    for opening in OPENINGS:
        if gloss.startswith(opening):
            return gloss[len(opening):]
    return gloss
