# SPDX-License-Identifier: Apache-2.0
"""The published schema of workflows, judged by python3-jsonschema: it takes every shipped workflow, and of the broken
files it refuses those whose fault is one of shape.

    schema_test.py --root SOURCE_TREE

Without the packages python3-jsonschema and python3-yaml it is skipped (77).
"""
import argparse
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}; install python3-jsonschema and python3-yaml")
    sys.exit(77)

# Unknown and missing keys, types, ranges, versions, names, kinds, counts, what goes with what in one step. The other codes
# are of names, types and order across steps, of expressions, of files, and of YAML itself.
SHAPE = {"WF004", "WF005", "WF006", "WF007", "WF008", "WF009", "WF010", "WF012", "WF014", "WF044", "WF047", "WF049"}
UNSEEN = {
    "default-of-other-type.yaml": "one value against what another says",
    "default-not-in-enum.yaml": "the same",
    "yes-is-text.yaml": "yes is true in the YAML 1.1 of python3-yaml, text in ours",
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    root = parser.parse_args().root
    schema = json.loads((root / "configs/workflow.schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    judge = kind(schema)
    wrong = []
    shipped = sorted((root / "configs/workflows").glob("*.yaml"))
    for path in shipped:
        wrong += [f"{path.name} is refused: {error.message}" for error in judge.iter_errors(yaml.safe_load(path.read_text()))]
    refused = 0
    for path in sorted((root / "tests/workflow/broken").glob("*.yaml")):
        text = path.read_text()
        code = re.search(r"# expect: \S+ (WF\d+)", text)
        if code is None or code.group(1) not in SHAPE or path.name in UNSEEN:
            continue
        if judge.is_valid(yaml.safe_load(text)):
            wrong.append(f"{path.name} ({code.group(1)}) is taken")
        refused += 1
    if len(shipped) < 7 or refused < 30:
        wrong.append(f"only {len(shipped)} shipped and {refused} broken files were found")
    print("\n".join(wrong) or f"{len(shipped)} shipped workflows are taken, {refused} broken ones refused")
    return 1 if wrong else 0


sys.exit(main())
