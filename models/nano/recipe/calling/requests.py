# SPDX-License-Identifier: Apache-2.0
"""A request in words, and the calls that it means."""
import json

from asking.phrasing import MARK, finish, frame
from asking.tool_words import CHAT, COUNTRIES
from asking.words import article, plural
from .lexicon import ASKING
from .values import NUMBER_WORDS, series

# How an argument is said with its name, {s}, and its value, {v}.
NAMED = ["with a {s} of {v}", "with {s} {v}", "{s} {v}", "where the {s} is {v}", "with the {s} being {v}", "using {v} as the {s}",
         "with {v} as {s}", "{s}: {v}", "{s} = {v}", "whose {s} is {v}", "for {s} {v}", "given a {s} of {v}", "at a {s} of {v}", "and a {s} of {v}",
         "with the {s} {v}", "({s} {v})", "and {v} for the {s}"]
# How it is said by its kind alone.
NATURAL = {
    "place": ["in {v}", "for {v}", "at {v}", "near {v}", "around {v}"], "person": ["by {v}", "for {v}", "of {v}"], "title": ["for {v}", "called {v}", "of {v}", "named {v}"],
    "date": ["on {v}", "for {v}"], "time": ["at {v}"], "money": ["for {v}", "of {v}"], "percent": ["at {v}", "of {v}"],
    "words": ["about {v}", "for {v}", "on {v}", "of {v}"], "text": ["saying {v}", "that says {v}", "with the text {v}"], "email": ["to {v}"],
    "phone": ["calling {v}", "to {v}"], "path": ["in {v}", "from {v}", "at {v}"], "url": ["from {v}", "at {v}"], "numbers": ["of {v}", "for {v}"],
    "strings": ["for {v}", "of {v}", "with {v}"], "formula": ["of {v}", "for {v}"], "code": ["for {v}", "{v}", "of {v}"], "year": ["in {v}", "of {v}", "for {v}"],
    "word": ["in {v}", "as {v}", "for {v}"], "measure": ["of {v}", "for {v}"], "integer": ["of {v}", "for {v}"]}
BY_WORD = {"origin": ["from {v}"], "destination": ["to {v}"], "start": ["from {v}"], "start_date": ["from {v}", "starting {v}"], "start_time": ["from {v}"],
           "end_date": ["until {v}", "to {v}"], "end_time": ["until {v}"], "language": ["in {v}", "into {v}"], "currency": ["in {v}", "into {v}"], "format": ["as {v}", "in {v}"],
           "ingredient": ["with {v}"], "interval": ["every {v}"], "deadline": ["by {v}"], "duration": ["for {v}", "over {v}"], "recipient": ["to {v}"]}
FLAGS = {True: ["{s} please", "make it {s}", "and it should be {s}", "with {s} on", "{s}: yes", "with {s} set to true", "and {s}"],
         False: ["not {s}", "without {s}", "{s} off", "with {s} set to false", "{s}: no", "and it should not be {s}"]}
SENTENCES = ["The {s} is {v}.", "The {s} should be {v}.", "Use {v} as the {s}.", "Its {s} is {v}.", "Take {v} for the {s}.", "Set the {s} to {v}."]
COUNTED = ["for {c} {s}, {v}", "of the {c} {s} {v}", "with {c} {s}: {v}", "for {c} given {s}, say {v}", "of {c} {s} that are {v}", "given the {c} {s} {v}", "when the {c} {s} are {v}",
           "of {c} {s}, namely {v}", "with its {c} {s} being {v}", "for the {c} {s}, which are {v}", "of {c} {s} ({v})"]
COMMANDS = ["{v} the {t}", "{v} the {t}", "{v} {a}", "{v} {t}", "{v} my {t}", "{v} the {t} of the {o}", "{v} the {t} of {ao}", "{v} the {t} for {ao}", "{v} our {t}",
            "I want to {v} the {t}", "I need to {v} {a}", "help me {v} the {t}", "I would like to {v} the {t}"]
MANY = ["{v} {ts}", "{v} all {ts}", "{v} the {ts}", "{v} some {ts}", "{v} {ts} of the {o}"]
QUESTIONS = ["what is the {t}", "what's the {t}", "what is the {t} of the {o}", "what is the {t} of {ao}", "what would the {t} be", "how large is the {t}",
             "tell me the {t}", "give me the {t}", "I need the {t}", "I want to know the {t} of {ao}", "could you tell me the {t}", "how do I get the {t}"]
QUESTIONS_MANY = ["which {ts} are there", "what {ts} are there", "are there any {ts}", "what are the {ts}", "I am looking for {ts}", "any {ts}"]


CHARACTERS_PER_TOKEN = 2.2


# Characters that a dialog's frame, one of a definition and the head of a turn take; the first leave much free, the others little.
LOOSE, CLOSE = (900, 1, 40), (430, .83, 18)


def filled(rng, exchange, counts, tokens, definitions, takes=CLOSE):
    """The turns of one exchange and of others, one of `counts` together, as far as they fit into a dialog of about so many tokens."""
    frame, of_definition, head = takes
    room = tokens * CHARACTERS_PER_TOKEN * .85 - frame - of_definition * sum(len(line) for line in definitions)
    turns = exchange()
    for _ in range(rng.choice(counts) - 1):
        more = exchange()
        if sum(len(turn.text) + head for turn in turns + more) > room:
            break
        turns += more
    return turns


class Request:
    def __init__(self, tool, text, kind, arguments):
        self.tool, self.text, self.kind, self.arguments = tool, text, kind, arguments


def calls_text(requests):
    lines = [json.dumps({"name": r.tool.name, "arguments": r.arguments}, ensure_ascii=False) for r in requests]
    return "<tool_calls>\n" + "\n".join(lines) + "\n</tool_calls>"


class Requester:
    def __init__(self, rng, values, frames):
        self.rng, self.values, self.frames = rng, values, frames

    # ---- the words of one call

    def core(self, tool):
        """(what is asked, kind of sentence)."""
        rng, action = self.rng, tool.action
        if rng.random() < .04:
            return rng.choice(["use {n}", "call {n}", "run {n}", "use the tool {n}"]).replace("{n}", MARK + tool.name + MARK), "command"
        many = action.sense in ("list", "search", "count", "filter", "sort") or tool.topic.endswith("s")
        asks = action.sense in ASKING and rng.random() < .45
        text = rng.choice((QUESTIONS_MANY if many else QUESTIONS) if asks else MANY if many and rng.random() < .7 else COMMANDS)
        topic = tool.topic
        if rng.random() < .1 and " " in topic:
            first, last = topic.split(" ", 1)
            topic = "%s of the %s" % (last, first)
        text = (text.replace("{v}", rng.choice(action.verbs)).replace("{ts}", topic if topic.endswith("s") else plural(topic))
                .replace("{t}", topic).replace("{ao}", article(tool.obj)).replace("{a}", article(topic)).replace("{o}", tool.obj))
        return text, "question" if asks and text.split()[0] in ("what", "what's", "how", "which", "are", "any", "could") else \
            "plain" if text.startswith("I ") else "command"

    def argument(self, tool, parameter, value, said, given):
        """The words for one argument, beginning with a preposition or a name."""
        rng = self.rng
        if parameter.kind == "flag":
            return rng.choice(FLAGS[value]).replace("{s}", parameter.spoken)
        marked = MARK + said + MARK
        if parameter.kind == "integer" and parameter.spoken.endswith("s") and rng.random() < .5:
            return rng.choice(["with %s %s", "for %s %s", "and %s %s", "%s %s"]) % (marked, parameter.spoken)
        alone = sum(p.kind == parameter.kind for p in given) == 1 and sum(p.kind == parameter.kind for p in tool.parameters) == 1
        natural = BY_WORD.get(parameter.quantity) or (NATURAL.get(parameter.kind) if alone else None)
        if natural and rng.random() < .5:
            return rng.choice(natural).replace("{v}", marked)
        if parameter.kind == "record" and rng.random() < .6:
            return "with " + marked
        return rng.choice(NAMED).replace("{s}", parameter.spoken).replace("{v}", marked)

    def given(self, tool):
        """[(parameter, value, words)] that a request names: all required ones and some others, often none."""
        rng = self.rng
        more = rng.choice([0, .2, .4, .6])
        chosen = [p for p in tool.parameters if p.name in tool.required or rng.random() < more]
        return [(p, *self.values.of(p)) for p in chosen]

    def request(self, tool, given=None):
        rng = self.rng
        given = self.given(tool) if given is None else given
        text, kind = self.core(tool)
        arguments = {p.name: value for p, value, _ in given}
        spoken, parameters = list(given), [p for p, _, _ in given]
        if rng.random() < .35:
            rng.shuffle(spoken)
        said = self.phrases(tool, spoken, parameters)
        draw = rng.random()
        if draw < .12 and said:
            text = "Given %s, %s" % (series(["%s %s" % (p.spoken, MARK + words + MARK) for p, _, words in spoken]), text)
        elif draw < .22 and said:
            text = rng.choice(["I have %s", "There is %s", "We have %s", "Assume %s"]) % article(tool.obj) + " " + series(said) + ". " + \
                rng.choice(["", "Please ", "Now "]) + text
        elif draw < .34 and len(said) > 1:
            cut = rng.randint(0, len(said) - 1)
            text += joined(rng, said[:cut]) + ". " + " ".join(
                rng.choice(SENTENCES).replace("{s}", p.spoken).replace("{v}", MARK + words + MARK) for p, _, words in spoken[cut:])
            return Request(tool, text, "closed", arguments)
        else:
            text += joined(rng, said)
        return Request(tool, text, kind, arguments)

    def phrases(self, tool, spoken, parameters):
        """The words for the arguments; those of a group, and now and then two neighbours, are said together."""
        rng, said, done = self.rng, [], set()
        for index, (parameter, value, words) in enumerate(spoken):
            if parameter.name in done:
                continue
            together = [entry for entry in spoken if entry[0].group is parameter.group] if parameter.group else []
            following = spoken[index + 1] if index + 1 < len(spoken) else None
            if len(together) > 1 and rng.random() < .85:
                together.sort(key=lambda entry: parameter.group.index(entry[0]))
                said.append(self.together([p for p, _, _ in together], [MARK + w + MARK for _, _, w in together]))
                done.update(p.name for p, _, _ in together)
            elif following and not parameter.group and not following[0].group and "flag" not in (parameter.kind, following[0].kind) and rng.random() < .1:
                said.append(rng.choice(["with {a} and {b} of {x} and {y}", "with {a} and {b} as {x} and {y}", "with {a} and {b} {x} and {y} respectively"]).format(
                    a=parameter.spoken, b=following[0].spoken, x=MARK + words + MARK, y=MARK + following[2] + MARK))
                done.update((parameter.name, following[0].name))
            else:
                said.append(self.argument(tool, parameter, value, words, parameters))
                done.add(parameter.name)
        return said

    def together(self, members, marked):
        rng, word = self.rng, members[0].quantity
        if len(members[0].name) <= 2 and rng.random() < .7:  # letters
            shape = rng.choice(["%s = %s", "%s=%s", "%s is %s", "%s %s"])
            return rng.choice(["where ", "with ", "given ", "for ", "with %s " % plural(word)]) + series([shape % (p.name, v) for p, v in zip(members, marked)])
        if len(members) == 2 and members[0].name.split("_")[0] not in ("first", word) and not members[0].name[-1].isdigit() and len(members[0].name) > 2:
            return rng.choice(["from {} to {}", "from {} to {}", "between {} and {}", "from {} until {}" if members[0].kind == "date" else "from {} to {}"]).format(*marked)
        listed = rng.choice([series(marked), ", ".join(marked), " and ".join(marked)])
        named = plural(word.replace("_", " "))
        if rng.random() < .3:  # how many there are is said too, and is no value
            return rng.choice(COUNTED).format(s=named, v=listed, c=NUMBER_WORDS[len(members)] if rng.random() < .85 else len(members))
        return rng.choice(["with {s} {v}", "with {s} of {v}", "for {v}", "of {v}", "for the {s} {v}", "whose {s} are {v}", "given the {s} {v}", "with the {s} {v}",
                           "between {v}" if len(members) == 2 else "of {v}"]).format(s=named, v=listed)

    # ---- several calls

    def several(self, tools):
        """(text, kind, requests) of a request that means two to four calls."""
        rng, tool = self.rng, rng_choice_with(self.rng, tools)
        varied = [p for p in tool.parameters if p.kind not in ("flag", "record", "numbers", "strings", "text")] if tool else []
        if tool is None or not varied or rng.random() < .35:
            count = min(rng.choice([2, 2, 2, 3]), 4)
            picked = rng.sample(tools, count) if len(tools) >= count and rng.random() < .8 else [rng.choice(tools) for _ in range(count)]
            requests = [self.request(t) for t in picked]
            return self.chained(requests), requests
        return self.variants(tool, varied)

    def chained(self, requests):
        rng = self.rng
        texts = [r.text.rstrip(".") for r in requests]
        if any(r.kind == "closed" for r in requests) or rng.random() < .4:
            return rng.choice([". Then ", ". Also, ", ". After that, ", ". Next, ", ". And ", ". In addition, ", ". Besides, ", ". Finally, "]).join(texts)
        if rng.random() < .3:  # other words between each two
            return texts[0] + "".join(rng.choice([" and ", ", then ", " and also ", ", and ", "; ", ", and after that ", " and finally "]) + text for text in texts[1:])
        return rng.choice([" and ", ", then ", " and also ", ", and ", " and then ", "; "]).join(texts)

    def variants(self, tool, varied):
        """One tool, several values: listed, respectively, or `and again with ...`."""
        rng = self.rng
        count = rng.choice([2, 2, 2, 3, 3, 4])
        base = self.given(tool)
        first = rng.choice(varied)
        base = [entry for entry in base if entry[0] is not first]
        values = distinct(self.values, first, count)
        second = next((p for p, _, _ in base if p in varied), None) if rng.random() < .35 else None
        others = [entry for entry in base if entry[0] is not second]
        parameters = [first] + ([second] if second else [])
        value_sets = [values] + ([distinct(self.values, second, count)] if second else [])
        requests = []
        for index in range(count):
            chosen = {p.name: vs[index][0] for p, vs in zip(parameters, value_sets)}
            chosen.update({p.name: value for p, value, _ in others})
            requests.append(Request(tool, "", "command", {p.name: chosen[p.name] for p in tool.parameters if p.name in chosen}))
        text, kind = self.core(tool)
        shared = self.phrases(tool, others, [p for p, _, _ in others] + parameters)
        shape = rng.random()
        marked = [[MARK + words + MARK for _, words in vs] for vs in value_sets]
        if second and shape < .3:  # each pair in words of its own: of 3 in Oslo, 4 in Lyon
            each = [" ".join(self.argument(tool, p, vs[i][0], vs[i][1], parameters) for p, vs in zip(parameters, value_sets)) for i in range(count)]
            text += " " + series(each) + joined(rng, shared)
        elif second and shape < .7:
            said = ["%s %s" % (p.spoken if p.spoken.endswith("s") else plural(p.spoken), series(ws)) for p, ws in zip(parameters, marked)]
            text += " with " + " and ".join(said) + rng.choice([" respectively", ", respectively", " in this order"]) + joined(rng, shared)
        elif second or shape > .75:
            each = [series(["%s %s" % (p.spoken, ws[i]) for p, ws in zip(parameters, marked)]) for i in range(count)]
            again = rng.choice(["then again with ", "and once more with ", "then do the same with ", "and repeat it with ", "and also with ", "then with "])
            text += joined(rng, shared) + " with " + each[0] + "".join(", " + again + e for e in each[1:])
        else:
            lead = self.argument(tool, first, values[0][0], "\x02", [first])
            listed = series(marked[0]) if rng.random() < .7 else ", ".join(marked[0][:-1]) + rng.choice([", and ", " & ", " as well as ", " or also ", " plus "]) + marked[0][-1]
            text += (" " + lead).replace(MARK + "\x02" + MARK, listed) + joined(rng, shared)
        return text, requests

    # ---- sentences

    def spoken(self, text, kind):
        rng = self.rng
        if kind in ("closed", "plain") or text.startswith(("I ", "Given ", "There ", "We ", "Assume ")):
            return finish(rng, text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."))
        before = ""
        if rng.random() < .1:
            before = rng.choice(["My name is %s. " % self.values.proper(1), "I am in a hurry. ", "We talked about the %s. " % self.values.word(),
                               "I am a %s. " % self.values.word(), "Hi there! "])
        return finish(rng, before + frame(rng, self.frames, kind, text))

    def chat(self):
        rng = self.rng
        text = rng.choice(CHAT).replace("{x}", self.values.word()).replace("{c}", rng.choice([rng.choice(COUNTRIES), self.values.proper(1)]))
        return finish(rng, text)


def joined(rng, said):
    """Arguments behind the core: one after another, the last sometimes with `and`."""
    text = ""
    for index, phrase in enumerate(said):
        bound = phrase.startswith(("and ", "(")) or index == 0
        text += (" " if bound else rng.choice([" ", ", ", " and ", ", and " if index == len(said) - 1 else ", "])) + phrase
    return text


def rng_choice_with(rng, tools):
    """A tool that takes arguments, if there is one."""
    fitting = [t for t in tools if t.parameters]
    return rng.choice(fitting) if fitting else None


def distinct(values, parameter, count):
    found = []
    for _ in range(60):
        value, words = values.of(parameter)
        if all(value != other for other, _ in found):
            found.append((value, words))
        if len(found) == count:
            return found
    while len(found) < count:
        found.append(values.of(parameter))
    return found
