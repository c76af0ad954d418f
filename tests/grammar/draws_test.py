# SPDX-License-Identifier: Apache-2.0
"""Everything that random weights write under a schema is valid, says python3-jsonschema: the schemas are every supported
one of JSON-Schema-Test-Suite (2020-12 and draft 7) and the parameters of 1,000 functions of BFCL, at temperature 1.

    draws_test.py --draws-program grammar_draws [--at-least N | --draws N] [--every N]

The schemas are taken from $FATHOM_DATA (json-schema-test-suite, bfcl). Without them, or without python3-jsonschema, it
is skipped (77). --at-least N: as many draws of each schema as make N. --every N: each N-th schema only.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

try:
    import jsonschema
except ImportError as missing:
    print(f"skipped: {missing}; install python3-jsonschema")
    sys.exit(77)

DRAFT7 = "http://json-schema.org/draft-07/schema#"
FUNCTIONS = 1000
# BFCL writes Python's names of types.
TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": None}


def modern(schema):
    if isinstance(schema, list):
        return [modern(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {}
    for keyword, value in schema.items():
        if keyword == "type" and isinstance(value, str):
            value = TYPES.get(value, value)
            if value is not None:
                out[keyword] = value
        else:
            out[keyword] = modern(value)
    return out


def suite_schemas(data):
    for folder in ("draft2020-12", "draft7"):
        for path in sorted((data / "json-schema-test-suite/tests" / folder).glob("*.json")):
            for group in json.loads(path.read_text()):
                schema = group["schema"]
                if folder == "draft7" and isinstance(schema, dict):
                    schema.setdefault("$schema", DRAFT7)
                yield f"suite {folder}", schema


def function_schemas(data):
    count = 0
    for name in ("simple_python", "multiple", "parallel", "parallel_multiple"):
        for line in (data / f"bfcl/BFCL_v4_{name}.json").read_text().splitlines():
            for function in json.loads(line)["function"]:
                if count == FUNCTIONS:
                    return
                count += 1
                yield "BFCL", modern(function["parameters"])


def refusal(message):
    keyword = re.match(r'keyword "([^"]*)"', message)
    if keyword:
        return keyword.group(1)
    return "no value fits" if message.startswith("no finite value") else message[:50]


def draw(program, schemas, draws):
    with tempfile.TemporaryDirectory() as folder:
        asked, texts = pathlib.Path(folder, "schemas"), pathlib.Path(folder, "texts")
        with asked.open("w") as out:
            for source, schema in schemas:
                out.write(json.dumps({"schema": schema, "closed": source == "BFCL", "draws": draws}) + "\n")
        subprocess.run([program, asked, texts], check=True)
        return [json.loads(line) for line in texts.read_text().split("\n") if line]


def judge(schemas, lines):
    """Per source: counts; and what is wrong."""
    counts = collections.defaultdict(collections.Counter)
    refused = collections.defaultdict(collections.Counter)
    wrong = []
    judges = {}
    for line in lines:
        source, schema = schemas[line["of"]]
        count = counts[source]
        if "refused" in line:
            refused[source][refusal(line["refused"])] += 1
            continue
        if line["of"] not in judges:
            draft7 = isinstance(schema, dict) and schema.get("$schema") == DRAFT7
            judges[line["of"]] = (jsonschema.Draft7Validator if draft7 else jsonschema.Draft202012Validator)(schema)
            count["supported"] += 1
        count["draws"] += 1
        count["tokens"] += line["tokens"]
        count["cut"] += line["cut"]
        try:
            judges[line["of"]].validate(json.loads(line["text"]))
            count["valid"] += 1
        except (ValueError, jsonschema.ValidationError) as error:
            wrong.append(f"{json.dumps(schema)[:400]}\n  {line['text'][:400]}\n  {str(error).splitlines()[0]}")
    return counts, refused, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws-program", required=True)
    parser.add_argument("--at-least", type=int, default=0)
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    data = pathlib.Path(os.environ.get("FATHOM_DATA", "/nowhere"))
    if not (data / "bfcl").is_dir() or not (data / "json-schema-test-suite").is_dir():
        print("skipped: set FATHOM_DATA to a folder that holds json-schema-test-suite and bfcl")
        return 77
    schemas = (list(suite_schemas(data)) + list(function_schemas(data)))[::args.every]
    draws = args.draws
    if args.at_least:
        supported = sum("text" in line for line in draw(args.draws_program, schemas, 1))
        draws = math.ceil(args.at_least / max(supported, 1))
    start = time.monotonic()
    counts, refused, wrong = judge(schemas, draw(args.draws_program, schemas, draws))
    print("\n".join(wrong[:20]))
    for source, count in counts.items():
        print(f"{source}: {count['supported']} schemas supported, {sum(refused[source].values())} refused; "
              f"{count['draws']} draws, {count['valid']} valid; {count['tokens']} tokens, {count['cut']} draws brought to "
              f"their end by the budget")
        print("  refused by keyword: " + (", ".join(f"{k} {n}" for k, n in refused[source].most_common()) or "none"))
    total = sum(count["draws"] for count in counts.values())
    valid = sum(count["valid"] for count in counts.values())
    print(f"{total} draws, {valid} valid, {len(wrong)} not; {time.monotonic() - start:.0f} s")
    if refused["BFCL"]:
        print("BFCL: some functions are refused")
        return 1
    return 0 if total == valid and total >= max(args.at_least, 100) else 1


if __name__ == "__main__":
    sys.exit(main())
