# SPDX-License-Identifier: Apache-2.0
"""Items for `fathom model eval`, drawn with fixed seeds from what training never sees.

    python3 held_sets.py FOLDER [SCALE]    tools.jsonl, quotes.jsonl, audit.jsonl, needles.jsonl, from the prepared text
    python3 held_sets.py FOLDER --bfcl B   bfcl.jsonl from the public sets in folder B (measured on, never trained on)
    python3 held_sets.py FOLDER --large N [PARTS]   calls.0.jsonl, corpora.0.jsonl and so on: sets of N items each at 4K tokens, over PARTS files
    python3 held_sets.py FOLDER --far N    far.jsonl: N requests for one call and N for which no tool fits, each behind no, 4K and 14K tokens of files that were read
    python3 held_sets.py FOLDER --odd N    odd.jsonl: corpora at 4K tokens with N weak lines of unseen forms, odd and hostile text around each
    python3 held_sets.py FOLDER --ruler N  ruler.jsonl: N items of each of ruler.py's tasks at 1K, 4K and 16K tokens, among lines of held-out prose
    python3 held_sets.py --sum FILE.json...         the scores that `fathom model eval --json` wrote of such parts, with Wilson's intervals

`known` sets use the words and forms of training with fresh seeds, `unseen` ones the words, phrasings and forms kept from
it; both stand among lines of the held-out packages.
"""
import collections
import json
import math
import multiprocessing
import os
import random
import sys

import items
import pack
import real
import ruler
import tokenizer as tok
from asking.tools import NO_TOOL
from weakness import WeaknessGen

SEED = 90_000
DIALOGS = {"listed": 40, "open": 100, "workspace": 60, "everyday": 80, "agent": 60}  # of each side
CORPORA = {1024: 24, 4096: 16, 16384: 4}                # of each side
NEEDLES = {1024: 3, 4096: 3, 16384: 1}                  # corpora of each depth
DEPTHS = (0.0, 0.25, 0.5, 0.75, 1.0)


def held_packer(seed, held_out):
    """A packer of corpora that one pass reads as they stand (an item's files know no later versions of themselves), and of everyday
    functions in their own words, as people write them: exchanging words is for training, as are dialogs of many exchanges."""
    packer = pack.Packer(random.Random(seed), "held", held_out)
    packer.overlay_share = 0
    packer.everyday.plain = packer.calls.brief = packer.tools.brief = True
    return packer


# ---- tools

def tool_items(packer, side, scale):
    sources = {"listed": lambda: packer.tools.sample(), "open": lambda: packer.calls.sample(2048),
               "workspace": lambda: packer.workspace.sample(2048), "everyday": lambda: packer.everyday.sample(2048),
               "agent": lambda: packer.agent.sample(2048)}
    for source, count in DIALOGS.items():
        for _ in range(round(count * scale)):
            yield from items_of(sources[source](), f"tools/{side}/{source}")


def items_of(dialog, name):
    """One item for each turn that the model writes, with the turns before it as they should be."""
    tools, messages = [json.loads(line) for line in dialog.tools], []
    for turn in dialog.turns:
        if turn.role == "ai":
            calls = calls_of(turn.text)
            if turn.trained:
                yield item_of(name, tools, messages, turn.text, calls)
            messages.append(assistant(turn.text, calls, len(messages)))
        elif turn.role == "user":
            messages.append({"role": "user", "content": turn.text})
        else:
            head, _, result = turn.text.partition("\ntool result: ")
            answered = sum(m["role"] == "tool" for m in messages[last_call(messages):])
            messages.append({"role": "tool", "name": head.removeprefix("tool name: "), "content": result.removesuffix("\n\n"),
                             "tool_call_id": messages[last_call(messages)]["tool_calls"][answered]["id"]})


def last_call(messages):
    return max(i for i, m in enumerate(messages) if m["role"] == "assistant")


def assistant(text, calls, index):
    if not calls:
        return {"role": "assistant", "content": text}
    return {"role": "assistant", "content": None, "tool_calls": [
        {"id": f"call_{index:08d}_{i:08d}", "type": "function",
         "function": {"name": c["name"], "arguments": json.dumps(c["arguments"], ensure_ascii=False)}} for i, c in enumerate(calls)]}


def calls_of(text):
    if not text.startswith("<tool_calls>"):
        return []
    return [json.loads(line) for line in text.split("\n")[1:-1]]


def item_of(name, tools, messages, text, calls):
    behind_result = messages[-1]["role"] == "tool"
    kind = ("next call" if behind_result else "several calls" if len(calls) > 1 else "call") if calls else (
        "answer" if behind_result else "none fits")
    item = {"kind": "call", "set": f"{name}/{kind}", "messages": list(messages), "tools": tools}
    if not calls and text != NO_TOOL:
        return {**item, "kind": "text", "contains": [text.removesuffix(".")]}
    return {**item, "calls": [{"name": c["name"], "arguments": {k: [v] for k, v in c["arguments"].items()}} for c in calls]}


# ---- corpora

def files_of(packer, document):
    """The files that a packed corpus shows, and for each number the place it stands at."""
    end = document.ids.index(pack.tok.END)
    text = packer.tokenizer.decode(document.ids[2:end]).decode("utf-8", "replace")
    files, places = [], {}
    for line in text[len(pack.SYSTEM):].split("\n")[:-1]:
        body, mark, number = line.rpartition(" #")
        if line.startswith("== ") and not (mark and number == str(len(places) + 1)):
            path = line[3:]
            while any(path == other for other, _ in files):
                path = "again/" + path
            files.append((path, []))
            continue
        files[-1][1].append(body)
        places[int(number)] = files[-1][0], len(files[-1][1])
    return [{"path": path, "text": "".join(line + "\n" for line in lines)} for path, lines in files], places


def corpus_items(packer, side, scale):
    """(quote items, audit items)."""
    quotes, audits = [], []
    for tokens, count in CORPORA.items():
        for _ in range(round(count * scale)):
            document = packer.document(f"joint{tokens}")
            files, places = files_of(packer, document)
            asks = [ask_of(packer, document, *answer) for answer in document.answers]
            for presence in ("present", "absent"):
                some = [ask for ask in asks if ("quote" in ask) == (presence == "present")]
                if some:
                    quotes.append({"kind": "quote", "set": f"quote/{side}/{tokens // 1024}K/{presence}", "files": files, "asks": some})
            audits.append(audit_of(document, files, places, f"audit/{side}/{tokens // 1024}K"))
    return quotes, audits


def audit_of(document, files, places, name):
    weak = [{"path": places[line.number][0], "line": places[line.number][1], "family": items.FAMILIES[line.label - 1]}
            for _, line in document.verdicts if line.label > 0]
    judged = {line.number for _, line in document.verdicts if line.label != items.NO_LOSS}
    opened = [{"path": path, "line": number} for n, (path, number) in places.items() if n not in judged]
    return {"kind": "audit", "set": name, "files": files, "weak": weak, "open": opened}


def ask_of(packer, document, start, _, length, question):
    ask = {"question": question.text, "term": question.term}
    if question.line is not None:
        ask["quote"] = packer.tokenizer.decode(document.ids[start:start + length - 1]).decode("utf-8", "replace")
    return ask


def needle_items(packer):
    """Facts at chosen depths of real files: one, or four of the same shape of which all are asked."""
    rng = packer.rng
    for tokens, count in NEEDLES.items():
        for depth in DEPTHS:
            for keys in (1, 4):
                for _ in range(count):
                    yield needle(packer, rng, tokens, depth, keys)


def needle(packer, rng, tokens, depth, keys):
    facts = []
    while len(facts) < keys:
        fact = packer.code_facts.sample("python")
        question = next((q for q in fact.questions if q.canonical and q.line is not None), None)
        if question and len(fact.snippet.lines) < 6 and all(question.term not in other for other, _ in facts):
            facts.append((question.term, (fact, question)))
    room = tokens - 200 - 90 * keys
    lines, used = [], 0
    while used < room:
        _, cursor, end = packer.open_real("python")
        for line in range(cursor, min(end, cursor + 60)):
            text = packer.tokenizer.decode(packer.real.line(line)).decode("utf-8", "replace")
            if not any(term in text for term, _ in facts):
                used += len(packer.real.line(line)) + 6
                lines.append(text)
    asks, at = [], round(depth * len(lines))
    for term, (fact, question) in facts:
        lines[at:at] = fact.snippet.lines
        asks.append((term, question, at + question.line))
        at = min(len(lines), at + len(fact.snippet.lines) + rng.randint(0, 4))
    made = []
    for term, question, _ in asks:
        number = next(i for i, line in enumerate(lines) if line.rstrip() == question_line(facts, term).rstrip())
        line = lines[number].rstrip()
        made.append({"question": question.text, "term": term, "quote": f"{line[line.index(term):]} #{number + 1}"})
    return {"kind": "quote", "set": f"needle/{keys} of {keys}/{tokens // 1024}K/depth {round(100 * depth)}",
            "files": [{"path": "src/main.py", "text": "".join(line + "\n" for line in lines)}], "asks": made}


def question_line(facts, term):
    fact, question = dict(facts)[term]
    return fact.snippet.lines[question.line]


# ---- large sets, at one length

LARGE_SEED, LARGE_TOKENS = 190_000, 4096
LARGE_NEEDLES = 40  # corpora of 16K tokens with four facts each, over all depths
# Of N: what nobody needs to know as well.
LARGE_SHARES = {("known", "call"): 0.25, ("known", "none fits"): 0.25, ("known", "several calls"): 0.25, ("unseen", "several calls"): 0.5,
                ("known", "refused"): 0.5, ("unseen", "refused"): 0.5, ("known", "weak"): 0.25}


def large(job):
    """One part of the large sets: as many items as it takes to have `count` of each kind."""
    folder, count, part, parts = job
    calls, made, want = [], [], -(-count // parts)
    for side, held_out in (("known", False), ("unseen", True)):
        packer = held_packer(LARGE_SEED + 1000 * held_out + part, held_out)
        wanted = {kind: math.ceil(want * LARGE_SHARES.get((side, kind), 1)) for kind in ("call", "none fits", "several calls", "quotes", "refused", "weak")}
        calls += large_calls(packer, side, wanted)
        left = {kind: wanted[kind] for kind in ("quotes", "refused", "weak")}
        while left["quotes"] > 0 or left["weak"] > 0:
            document = packer.document(f"joint{LARGE_TOKENS}")
            made += large_corpus(packer, document, side, left)
    packer = held_packer(LARGE_SEED + 2000 + part, True)
    for index in range(part, LARGE_NEEDLES, parts):
        item = needle(packer, packer.rng, 16384, DEPTHS[index % len(DEPTHS)], 4)
        made.append({**item, "set": "needles, four of four at 16K/" + item["set"].rsplit("/", 1)[1]})
    write(f"{folder}/calls.{part}.jsonl", calls)
    write(f"{folder}/corpora.{part}.jsonl", made)


def large_calls(packer, side, wanted):
    """First requests on tools that no other dialog has: one call, several, none."""
    sources = {"open": lambda: packer.calls.sample(2048), "everyday": lambda: packer.everyday.sample(2048), "listed": packer.tools.sample}
    left = {kind: {name: -(-wanted[kind] // len(sources)) for name in sources} for kind in ("call", "several calls")}
    left["none fits"] = {name: -(-wanted["none fits"] // 2) for name in ("open", "everyday")}  # few of the lists have one
    while any(n > 0 for of in left.values() for n in of.values()):
        name = max(sources, key=lambda name: sum(max(0, left[kind].get(name, 0)) for kind in left))
        for item in items_of(sources[name](), "x"):
            kind = item["set"].split("/")[1]
            if len(item["messages"]) == 1 and left.get(kind, {}).get(name, 0) > 0:
                left[kind][name] -= 1
                yield {**item, "set": f"{kind}, {side}/{name}"}


def large_corpus(packer, document, side, left):
    """The corpus as an item of quotes, of refusals and of verdicts, as far as they are still wanted; on the unseen side free phrasings alone."""
    files, places = files_of(packer, document)
    if left["quotes"] > 0 or left["refused"] > 0:
        asks = [ask_of(packer, document, *answer) for answer in document.answers if side == "known" or not answer[3].canonical]
        for name, some in (("quotes", [ask for ask in asks if "quote" in ask]), ("refused", [ask for ask in asks if "quote" not in ask])):
            some = some[:max(0, left[name])]
            left[name] -= len(some)
            if some:
                yield {"kind": "quote", "set": f"{name}, {side if side == 'known' else 'asked freely'}/{LARGE_TOKENS // 1024}K", "files": files, "asks": some}
    if left["weak"] > 0:
        item = audit_of(document, files, places, f"audit, {side}")
        left["weak"] -= len(item["weak"])
        yield item


def odd(count):
    packer, left = held_packer(LARGE_SEED + 3000, True), {"quotes": 0, "refused": 0, "weak": count}
    packer.weakness = WeaknessGen(packer.rng, True, odd=1.0)
    while left["weak"] > 0:
        for item in large_corpus(packer, packer.document(f"joint{LARGE_TOKENS}"), "unseen", left):
            yield {**item, "set": "audit, unseen among odd text"}


# ---- requests far behind the definitions of their tools

FAR_TOKENS = (0, 4096, 14336)  # from the first definition to the request, about; with a reply all of it fits into 16K
FAR_LINES = 80                 # of a file, at most


def far_calls(count):
    """The same requests at every length: what stands between them and the definitions are files that the conversation has read before."""
    packer = held_packer(LARGE_SEED + 4000, True)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "calling/product_tools.jsonl")) as file:
        reader = next(tool for tool in map(json.loads, file) if tool["name"] == "read_file")
    for item in large_calls(packer, "unseen", {"call": count, "none fits": count, "several calls": 0}):
        read, used = [], sum(len(packer.encode(json.dumps(tool))) for tool in item["tools"])
        for tokens in FAR_TOKENS:
            while used < tokens:
                path, lines = packer.real_run(FAR_LINES)
                exchange = file_read(path, "".join(line + "\n" for line in lines), len(read))
                used += sum(len(packer.encode(m["content"] or "")) for m in exchange) + 2 * len(packer.encode(path)) + 60
                read += exchange
            yield {**item, "set": "%s behind %dK" % (item["set"].split("/")[0], tokens // 1024), "tools": [*item["tools"], reader], "messages": [*read, *item["messages"]]}


def file_read(path, text, index):
    """What an agent does with a file that it is shown and then asked nothing of."""
    call = assistant("", [{"name": "read_file", "arguments": {"path": path}}], index)
    return [{"role": "user", "content": "Read %s, please." % path}, call, {"role": "tool", "name": "read_file", "content": text, "tool_call_id": call["tool_calls"][0]["id"]},
            {"role": "assistant", "content": "I have read %s." % path}]


# ---- what stands far apart in one message

def ruler_set(count):
    tokenizer, held = tok.Tokenizer(), real.RealLines("held")
    lines = [tokenizer.decode(held.line(index)).decode("utf-8", "replace") for prose in real.PROSE for file in held.files_of[prose]
             for index in range(held.file_line[file], held.file_line[file + 1])]
    return ruler.ruler_items(count, tokenizer.encode, lines)


# ---- scores of several parts

def wilson(right, count):
    """95 % interval of a share, in percent."""
    z, share = 1.96, right / count
    middle, width = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return 100 * (middle - width) / (1 + z * z / count), 100 * (middle + width) / (1 + z * z / count)


def print_sums(paths):
    counts, verdicts = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(collections.Counter)
    for path in paths:
        with open(path) as file:
            for score in json.load(file)["sets"]:
                if score["kind"] == "audit":
                    for name, of in [(score["set"], score["all"])] + [("%s, shown from %.1f" % (score["set"], at["threshold"]), at) for at in score["thresholds"]]:
                        verdicts[name].update({key: of[key] for key in ("weak", "found", "false_alarms")}, lines=score["count"])
                    continue
                for name in {score["set"], score["set"].split("/")[0]}:
                    counts[name][0] += score["right"]
                    counts[name][1] += score["count"]
    for name, (right, count) in sorted(counts.items()):
        print("%-48s %5d of %5d  %5.1f  (%.1f to %.1f)" % (name, right, count, 100 * right / count, *wilson(right, count)))
    for name, of in sorted(verdicts.items()):
        shown = max(1, of["found"] + of["false_alarms"])
        print("%-48s %d lines, weak %d, found %d, false %d: precision %.1f (%.1f to %.1f), recall %.1f (%.1f to %.1f), F1 %.1f" % (
            name, of["lines"], of["weak"], of["found"], of["false_alarms"], 100 * of["found"] / shown, *wilson(of["found"], shown), 100 * of["found"] / of["weak"],
            *wilson(of["found"], of["weak"]), 200 * of["found"] / (shown + of["weak"])))


# ---- BFCL

TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": None}


def json_schema(schema):
    """BFCL's types by JSON Schema's names."""
    if not isinstance(schema, dict):
        return schema
    changed = {}
    for key, value in schema.items():
        if key == "type" and value in TYPES:
            if TYPES[value]:
                changed[key] = TYPES[value]
        elif key == "properties":
            changed[key] = {name: json_schema(of) for name, of in value.items()}
        else:
            changed[key] = json_schema(value) if key == "items" else value
    return changed


def bfcl_items(folder):
    for name in ("simple_python", "multiple", "parallel", "parallel_multiple", "irrelevance"):
        answers = {}
        if name != "irrelevance":
            with open(f"{folder}/possible_answer/BFCL_v4_{name}.json") as file:
                answers = {entry["id"]: entry["ground_truth"] for entry in map(json.loads, file)}
        with open(f"{folder}/BFCL_v4_{name}.json") as file:
            for entry in map(json.loads, file):
                calls = [{"name": tool, "arguments": arguments, "optional": [k for k, v in arguments.items() if "" in v]}
                         for call in answers.get(entry["id"], []) for tool, arguments in call.items()]
                tools = [{**tool, "parameters": json_schema(tool["parameters"])} for tool in entry["function"]]
                yield {"kind": "call", "set": f"bfcl/{name}", "messages": entry["question"][0], "tools": tools, "calls": calls, "loose": True}


def write(path, found):
    with open(path, "w") as file:
        for item in found:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    print(path, len(found), "items")


def main():
    folder = sys.argv[1]
    if folder == "--sum":
        print_sums(sys.argv[2:])
        return
    os.makedirs(folder, exist_ok=True)
    if sys.argv[2:3] == ["--large"]:
        parts = int(sys.argv[4]) if len(sys.argv) > 4 else 1
        with multiprocessing.Pool() as pool:
            pool.map(large, [(folder, int(sys.argv[3]), part, parts) for part in range(parts)], chunksize=1)
        return
    if sys.argv[2:3] == ["--far"]:
        write(f"{folder}/far.jsonl", list(far_calls(int(sys.argv[3]))))
        return
    if sys.argv[2:3] == ["--odd"]:
        write(f"{folder}/odd.jsonl", list(odd(int(sys.argv[3]))))
        return
    if sys.argv[2:3] == ["--ruler"]:
        write(f"{folder}/ruler.jsonl", list(ruler_set(int(sys.argv[3]))))
        return
    if sys.argv[2:3] == ["--bfcl"]:
        write(f"{folder}/bfcl.jsonl", list(bfcl_items(sys.argv[3])))
        return
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    tools, quotes, audits = [], [], []
    for side, held_out in (("known", False), ("unseen", True)):
        packer = held_packer(SEED + held_out, held_out)
        tools += tool_items(packer, side, scale)
        more_quotes, more_audits = corpus_items(packer, side, scale)
        quotes += more_quotes
        audits += more_audits
    write(f"{folder}/tools.jsonl", tools)
    write(f"{folder}/quotes.jsonl", quotes)
    write(f"{folder}/audit.jsonl", audits)
    write(f"{folder}/needles.jsonl", list(needle_items(held_packer(SEED + 2, True))))


if __name__ == "__main__":
    main()
