# SPDX-License-Identifier: Apache-2.0
"""The dialogs of calling/ are those of the product: python3 calling_test.py (needs no prepared text)

calling/product_forms.json holds a small folder, calls, and what the tools return; calling/product_tools.jsonl the tools as
they are offered. tools/recipe_form_test.cc holds the product to both, this file the generators.
    python3 calling_test.py --write     writes product_forms.json anew, from the generators
"""
import importlib.util
import json
import os
import random
import re
import sys
import unittest

from asking.tools import NO_TOOL, ToolGen, Turn
from calling import CallGen
from calling.agent import KEPT_AREAS, KEPT_THINGS, AgentGen
from calling.agent_words import KEPT_SENTENCES
from calling.between import Between
from calling import errands, everyday, meanings, offered
from calling.workspace import PRODUCT, ProductTool

HERE = os.path.dirname(os.path.abspath(__file__))
FORMS = os.path.join(HERE, "calling", "product_forms.json")
TASKS = os.path.join(HERE, "..", "..", "..", "tests", "eval", "agent_tasks.py")
FILES = {"conf/gull.ini": ["[gull]", "nest_width = 7", "", "egg_count = 31"], "README.md": ["# The gull", "", "The nest width was raised in May."],
         "src/tern.py": ["NEST_WIDTH = 12", "path = 'a(b).c'"], "notes/long.txt": ["line %d" % n for n in range(1, 41)]}


def generator(seed, held_out=False):
    words = "anchor barn cliff dune ember fjord grove harbor inlet jetty kelp lagoon marsh nook oasis pond quarry reef shoal tide".split()
    calls = CallGen(random.Random(seed), held_out, words)
    return AgentGen(random.Random(seed), held_out, calls.values, ProductTool, lambda count: ("real/%d.c" % count, ["int x;"] * count))


def forms():
    """The calls of every kind that the generator writes, with what it says they return."""
    agent = generator(1)
    agent.files, agent.offset = {path: list(lines) for path, lines in FILES.items()}, {}
    steps = agent.search("nest width")[0] + agent.search("a(b).c")[0] + agent.search("albatross")[0] + agent.read("conf/gull.ini") + agent.read("conf/gull.ini", 2) \
        + agent.read("notes/long.txt", 3) + agent.read("notes/long.txt", 30) + agent.listing()
    found = []
    for call, result in zip(steps[::2], steps[1::2]):
        line = json.loads(call.text.split("\n")[1])
        text = result.text.removeprefix("tool name: %s\ntool result: " % line["name"]).removesuffix("\n\n")
        found.append({**line, "result": text})
    found += [{"name": "calculate", "arguments": {"expression": text}, "result": result} for text, result in agent.sums_shown(["7 + 31", "12.50 * 3", "0.1 - 0.35"])]
    found.append({"name": "read_file", "arguments": {"path": "conf/gul.ini"}, "result": agent.missing("{root}", "conf/gul.ini")})
    found += [{"name": "read_file", "arguments": {"path": path}, "result": "denied: " + agent.unplain(path)} for path in ("../conf/gull.ini", "/etc/gull.ini")]
    write = {"name": "write_file", "arguments": {"path": "new.txt", "content": "nest_width = 7"}}
    found.append({**write, "result": agent.written("new.txt", "nest_width = 7")})
    found.append({**write, "result": "denied: " + agent.unattended(), "unattended": True})
    return found


class Forms(unittest.TestCase):
    def test_results_are_written_as_the_product_writes_them(self):
        with open(FORMS) as file:
            known = json.load(file)
        self.assertEqual({path: text.splitlines() for path, text in known["files"].items()}, FILES)
        self.assertEqual(known["calls"], forms())

    def test_a_tool_is_offered_in_the_product_s_own_line(self):
        agent = generator(2)
        for _ in range(60):
            for line in agent.sample(2048).tools:
                self.assertEqual(line, PRODUCT[json.loads(line)["name"]])


class Everyday(unittest.TestCase):
    def source(self, seed, held_out=False):
        words = "anchor barn cliff dune ember fjord grove harbor inlet jetty kelp lagoon".split()
        return everyday.EverydayGen(random.Random(seed), held_out, CallGen(random.Random(seed), held_out, words).values)

    def test_every_request_says_or_implies_what_its_function_requires(self):
        rows, names = offered.rows(False) + offered.rows(True), set()
        self.assertGreater(len(rows), 500)
        for row in rows:
            self.assertNotIn(row.names[0], names)
            names.add(row.names[0])
            keys, needed = {s.keys[0] for s in row.slots}, {s.keys[0] for s in row.slots if not s.optional}
            units = {s.keys[0] for s in row.slots if s.kind == "unit"}
            told = set()
            for text in row.requests:
                said, implied = offered.keys_of(text), offered.implied_by(text).keys()
                bare = offered.keys_of(re.sub(r"\[[^\[\]]*\]", "", text))
                self.assertLessEqual(said | implied, keys, text)
                self.assertLessEqual(needed, bare | implied, text)
                self.assertEqual(text.count("["), text.count("]"), text)
                told |= said | implied
            self.assertEqual(keys - told - units, set(), row.names)
        for group in everyday.ALIKE:
            self.assertLessEqual(group, names)

    def test_errands_and_fields_are_of_training_alone(self):
        names = {row.names[0] for row in offered.rows_of(errands.ROWS, True) + offered.field_rows()}
        source = self.source(11, True)
        self.assertGreater(len(names), 1000)
        self.assertLessEqual(names, {row.names[0] for row in offered.rows(False)})
        self.assertFalse(names & {row.names[0] for row in source.rows + source.others + offered.rows(True) + offered.rows(False, more=False)})

    def test_requests_hold_no_mark_and_many_mean_several_calls(self):
        several = calls = refused = exchanges = 0
        for seed, held_out in ((1, False), (2, True)):
            source = self.source(seed, held_out)
            for _ in range(800):
                for turn in source.sample(2048).turns:
                    if turn.role == "user":
                        self.assertNotRegex(turn.text, r"\x01|\{[a-z_]+\}|<\w+=|  ")
                        continue
                    exchanges += 1
                    refused += turn.text.startswith("None of")
                    if turn.text.startswith("<tool_calls>"):
                        lines = turn.text.split("\n")[1:-1]
                        several += len(lines) > 1
                        calls += len(lines)
        self.assertTrue(.2 < several / calls < .5, several / calls)
        self.assertTrue(.18 < refused / exchanges < .3, refused / exchanges)

    def test_no_call_gives_what_no_request_says(self):
        source, spare, given = self.source(6), 0, 0
        for _ in range(400):
            tool = offered.Offered(source.rng, source.rng.choice(source.rows), source.values)
            own = {p.name for p in tool.parameters.values()}
            spare += len(set(json.loads(tool.line)["parameters"]["properties"]) - own)
            _, requests = source.one(tool)
            given += len(set(requests[0].arguments) - own)
        self.assertGreater(spare, 150)
        self.assertEqual(given, 0)

    def test_twins_are_told_apart_by_a_word_of_the_request(self):
        source, seen = self.source(7), 0
        while seen < 150:
            made = source.twins(2048)
            if not made:
                continue
            tools, outside = made
            tool = source.rng.choice(tools)
            if tool.row.names[0] != outside[0].row.names[0]:
                continue
            seen += 1
            text, _ = tool.say(tool.given())
            self.assertTrue(any(word[:-1] in text.lower() for word in tool.others.values()), text)
            for other in tools + outside:
                if other is not tool and other.row.names[0] == tool.row.names[0]:
                    self.assertEqual(set(), set(tool.others.values()) & set(other.others.values()))

    def test_words_are_exchanged_alike_in_request_and_function(self):
        source, exchanged = self.source(5), 0
        row = next(row for row in offered.rows(False) + offered.rows(True) if row.names[0] == "fence_posts")
        for _ in range(200):
            tool = offered.Offered(source.rng, row, source.values)
            text, (request,) = source.one(tool)
            self.assertEqual(len(request.arguments), 2)
            new = tool.others.get("fence")
            if new:
                exchanged += 1
                self.assertNotIn("fence", (text + tool.line).lower().replace("fence_", ""))
                self.assertIn(new, text.lower())
                self.assertIn(new, tool.line.lower())
        self.assertGreater(exchanged, 30)

    def test_what_is_not_said_is_meant(self):
        source = self.source(3)
        row = next(row for row in offered.rows(False) + offered.rows(True) if row.names[0] == "end_speed")
        rest = set()
        for _ in range(200):
            tool = offered.Offered(source.rng, row, source.values)
            text, (request,) = source.one(tool)
            if re.search("rest|standstill", text):
                self.assertEqual(request.arguments[tool.parameters["start"].name], 0)
                rest.add(text)
        self.assertGreater(len(rest), 20)

    def test_a_unit_is_an_argument_when_it_is_said(self):
        source = self.source(4)
        row = next(row for row in offered.rows(False) + offered.rows(True) if row.names[0] == "around_circle")
        with_unit = 0
        for _ in range(200):
            text, (request,) = source.one(offered.Offered(source.rng, row, source.values))
            unit = next((v for k, v in request.arguments.items() if isinstance(v, str)), None)
            self.assertEqual(unit is not None, bool(re.search(r"\d ?(inches|cm|m|feet|miles)\b", text)), text)
            with_unit += unit is not None
        self.assertTrue(80 < with_unit < 180, with_unit)

    def test_what_is_said_anew_is_named_where_another_value_could_be_meant(self):
        source, seen = self.source(8), 0
        row = next(row for row in offered.rows(False) + offered.rows(True) if row.names[0] == "fence_posts")
        for _ in range(300):
            tool = source.offered(row)
            text, _ = source.again(tool)
            for words in re.findall(r"(?:repeat it with|the same with|one with|And for|Also for|again with|What about|same for) ([^\x01]*)\x01", text):
                seen += 1
                self.assertTrue(any(p.spoken in words for p in tool.parameters.values()), text)
        self.assertGreater(seen, 60)

    def test_a_request_may_say_another_word_of_the_same_meaning(self):
        source, alike = self.source(10), 0
        row = next(row for row in offered.rows(False) + offered.rows(True) if row.names[0] == "fence_posts")
        for _ in range(300):
            tool = offered.Offered(source.rng, row, source.values, meanings=meanings.Meanings(source.rng, ROWS))
            if "fence" in tool.alike and tool.apart is None:
                alike += 1
                text, _ = tool.say(tool.given())
                named, asked = tool.others["fence"], tool.alike["fence"]
                self.assertTrue(any({named, asked} <= set(row["words"]) for row in ROWS["noun"]))
                self.assertIn(named, tool.line.lower())
                self.assertIn(asked, text.lower())
        self.assertGreater(alike, 20)

    def test_dialogs_of_training_have_many_exchanges_and_those_of_the_evaluation_few(self):
        for plain, expected in ((False, 4.5), (True, 1)):
            source = self.source(10)
            source.plain = plain
            answers = [sum(turn.role == "ai" for turn in source.sample(4096).turns) for _ in range(150)]
            self.assertGreater(sum(answers) / len(answers), expected)
            self.assertLessEqual(max(answers), 16 if not plain else 3)

    def test_plain_functions_keep_their_words(self):
        source = self.source(9)
        source.plain = True
        for _ in range(200):
            tools, _ = source.picked(2048) or ([], [])
            for tool in tools:
                self.assertEqual({}, tool.others)


class Reading(unittest.TestCase):
    def test_what_is_read_between_requests_leaves_what_is_right_to_them(self):
        rng = random.Random(12)
        between = Between(rng, lambda count: ("real/%d.c" % count, ["int x%d = %d;" % (n, n) for n in range(count)]), str.split)
        calls = CallGen(rng, False, "anchor barn cliff dune ember fjord grove harbor".split())
        sources, forms = [everyday.EverydayGen(rng, False, calls.values), calls, ToolGen(rng, False), generator(12)], set()
        lengths = []
        for source in sources * 60:
            dialog = source.sample(2048)
            longer = between.spread(dialog, 3000)
            self.assertLessEqual(set(dialog.tools), set(longer.tools))
            self.assertLessEqual(len(longer.tools), len(dialog.tools) + 1)
            reader = [json.loads(line)["name"] for line in longer.tools if line not in dialog.tools] or ["read_file"]
            names = [json.loads(line)["name"] for line in longer.tools]
            self.assertEqual(len(names), len(set(names)))
            spread = [turn for turn in longer.turns if turn.trained and (turn in dialog.turns or '"name": "%s"' % reader[0] not in turn.text)]
            self.assertEqual([turn.text for turn in dialog.turns if turn.trained], [turn.text for turn in spread if turn in dialog.turns])
            for turn, following in zip(longer.turns, longer.turns[1:] + [None]):
                if turn.role == "tool" and turn not in dialog.turns:
                    name = turn.text.split("\n")[0].removeprefix("tool name: ")
                    self.assertIn(name, names)
                if turn.role == "user":
                    self.assertEqual(following.role, "ai")
            asked = [turn.text for turn in dialog.turns if turn.role == "user"]
            for text in asked:
                self.assertTrue(any(turn.text.endswith(text) for turn in longer.turns if turn.role == "user"), text)
            said = [turn.text for turn in longer.turns if turn.role == "user"]
            forms |= {("pasted", text.endswith(tuple(asked))) for text in said if text not in asked} | {("reader", reader[0]) for _ in longer.tools[len(dialog.tools):]}
            lengths.append(sum(len(turn.text.split()) for turn in longer.turns) - sum(len(turn.text.split()) for turn in dialog.turns))
        self.assertGreater(min(lengths), 500)
        self.assertGreater(sum(lengths) / len(lengths), 1800)
        self.assertLessEqual({("pasted", True), ("pasted", False), ("reader", "read_file")}, forms)
        self.assertGreater(len(forms), 4)

    def test_no_reader_is_offered_where_a_file_is_asked_for_and_no_tool_fits(self):
        between = Between(random.Random(1), lambda count: ("a.c", ["int x;"]), str.split)
        turns = [Turn("user", "Open the report, please", False), Turn("ai", NO_TOOL, True)]
        self.assertIsNone(between.reader([], turns))
        self.assertIsNotNone(between.reader([], [Turn("user", "Water the roses", False), turns[1]]))


class Schemas(unittest.TestCase):
    def test_every_call_that_is_taught_fits_its_schema(self):
        words = "anchor barn cliff dune ember fjord grove harbor inlet jetty kelp lagoon".split()
        for seed, held_out in ((1, False), (2, True)):
            calls = CallGen(random.Random(seed), held_out, words)
            everyday_source, listed = everyday.EverydayGen(random.Random(seed), held_out, calls.values), ToolGen(random.Random(seed), held_out)
            for draw in (lambda: calls.sample(2048), lambda: everyday_source.sample(2048), listed.sample):
                for _ in range(500):
                    dialog = draw()
                    tools = {tool["name"]: tool["parameters"] for tool in map(json.loads, dialog.tools)}
                    for turn in dialog.turns:
                        if turn.role == "ai" and turn.trained and turn.text.startswith("<tool_calls>"):
                            for call in map(json.loads, turn.text.split("\n")[1:-1]):
                                self.assertIsNone(fault(tools[call["name"]], call["arguments"]), turn.text)


def meaning(number, words, gloss="", above=()):
    return {"id": number, "words": words, "gloss": gloss, "above": list(above), "count": 5}


ROWS = {"noun": [meaning("1", ["car", "automobile"], "a vehicle with four wheels", ["9"]), meaning("2", ["ship", "vessel"], "a large craft that goes by sea", ["9"]),
                 meaning("3", ["judge", "justice"], "an official who decides in court", ["8"]), meaning("4", ["apple"], "a round fruit with a firm flesh", ["7"]),
                 meaning("5", ["error", "mistake"], "a wrong action", ["6"]), meaning("9", ["vehicle"], "a thing that carries people or goods"),
                 meaning("10", ["sum", "total"], "what parts make together", ["5"])],
        "verb": [meaning("11", ["repair", "mend"]), meaning("12", ["purchase", "buy"]), meaning("13", ["seize", "grab"])]}


class OtherWords(unittest.TestCase):
    def source(self, seed):
        words = "anchor barn cliff dune ember fjord grove harbor".split()
        calls = CallGen(random.Random(seed), False, words)
        return meanings.MeaningGen(calls.rng, calls.values, calls.maker, calls.requester, ROWS)

    def test_no_word_of_a_dialog_could_mean_another_function(self):
        source = self.source(1)
        for _ in range(300):
            concepts = source.concepts(4)
            for a in concepts:
                for b in concepts:
                    if a is not b:
                        self.assertNotEqual(a.row["id"], b.row["id"])
                        self.assertNotIn(a.row["id"], b.row["above"])

    def test_every_call_fits_its_schema_and_no_call_is_made_of_what_is_not_offered(self):
        source, refused, others = self.source(2), 0, 0
        for _ in range(300):
            dialog = source.sample(2048)
            tools = {tool["name"]: tool for tool in map(json.loads, dialog.tools)}
            for asked, turn in zip(dialog.turns[::2], dialog.turns[1::2]):
                self.assertNotIn("\x01", asked.text)
                if not turn.text.startswith("<tool_calls>"):
                    refused += 1
                    continue
                for call in map(json.loads, turn.text.split("\n")[1:-1]):
                    self.assertIsNone(fault(tools[call["name"]]["parameters"], call["arguments"]), turn.text)
                    others += not any(word in asked.text.lower() for word in re.findall("[a-z]{3,}", call["name"].lower()))
        self.assertGreater(refused, 50)
        self.assertGreater(others, 100)


TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def fault(schema, value):
    """What of the value the schema does not accept, keys out of the declared order included (engine/grammar writes no others); None if nothing."""
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or isinstance(value, bool) and kind != "boolean"):
        return kind
    if value not in schema.get("enum", [value]):
        return "enum"
    if kind in ("integer", "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return "limits"
    if kind == "string" and len(value) > schema.get("maxLength", len(value)):
        return "maxLength"
    if kind == "array":
        return next((found for found in (fault(schema.get("items", {}), item) for item in value) if found), None)
    if kind == "object" and "properties" in schema:
        known = schema["properties"]
        if not set(schema.get("required", [])) <= set(value) or [key for key in known if key in value] != list(value):
            return "keys"
        return next((found for found in (fault(known[key], item) for key, item in value.items()) if found), None)
    return None


class Dialogs(unittest.TestCase):
    def test_what_the_evaluation_asks_is_never_said(self):
        spec = importlib.util.spec_from_file_location("agent_tasks", TASKS)
        tasks = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(tasks)
        self.assertEqual(set(KEPT_THINGS), set(tasks.THINGS))
        self.assertEqual(KEPT_AREAS, set(tasks.AREAS))
        self.assertEqual(set(KEPT_SENTENCES), set(tasks.ASKS))
        words = re.compile("|".join(thing.replace(" ", "[ _-]?") for thing in tasks.THINGS), re.I)
        for seed in range(2):
            agent = generator(seed, seed == 1)
            for _ in range(400):
                dialog = agent.sample(2048)
                for turn in dialog.turns:
                    self.assertIsNone(words.search(turn.text), turn.text)
                asked = dialog.turns[0].text
                for area in tasks.AREAS:
                    self.assertNotIn(" the %s?" % area, asked)

    def test_no_composed_request_is_a_kept_one(self):
        kept = [text.lower().rstrip(".?").format(words="gull", area="tern") for text in KEPT_SENTENCES]
        for held_out in (False, True):
            agent = generator(5, held_out)
            said = [agent.user("one", w="gull", a="tern").text.lower() for _ in range(20_000)]
            for text in said:
                self.assertFalse(any(text.rstrip(".?! ").endswith(one) for one in kept), text)
            first = sum(text.find("tern") < text.find("gull") for text in said if "tern" in text and "gull" in text)
            self.assertTrue(.35 < first / len(said) < .65, first)  # the order of the two tells nothing

    def test_a_dialog_ends_in_an_answer_that_its_results_hold(self):
        agent, answered = generator(4), 0
        for _ in range(400):
            dialog = agent.sample(2048)
            self.assertEqual([turn.role for turn in dialog.turns[:2]], ["user", "ai"])
            self.assertNotIn("\x01", "".join(turn.text for turn in dialog.turns))
            last = dialog.turns[-1]
            self.assertTrue(last.role == "ai" and last.trained)
            results = "".join(turn.text for turn in dialog.turns if turn.role == "tool")
            for quote, path in re.findall(r"(?:^|; )([^;].*?) \((\S+):\d+\)", last.text):
                self.assertIn(quote, results)
                self.assertTrue(path in results or path in "".join(turn.text for turn in dialog.turns))
                answered += 1
        self.assertGreater(answered, 200)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        with open(FORMS, "w") as file:
            json.dump({"files": {path: "".join(line + "\n" for line in lines) for path, lines in FILES.items()}, "calls": forms()}, file, indent=1)
            file.write("\n")
    else:
        unittest.main()
