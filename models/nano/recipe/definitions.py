# SPDX-License-Identifier: Apache-2.0
"""Where the real text defines its names: universal-ctags reads the fetched files once, when they are prepared.

Without ctags (Debian's universal-ctags) nothing is known of definitions, and no question is asked on them.
"""
import json
import os
import shutil
import subprocess
import tempfile

FUNCTION, TYPE, VALUE = range(3)
KINDS = {"function": FUNCTION, "method": FUNCTION, "struct": TYPE, "union": TYPE, "enum": TYPE, "typedef": TYPE, "class": TYPE, "interface": TYPE,
         "trait": TYPE, "type": TYPE, "alias": TYPE, "macro": VALUE, "enumerator": VALUE, "constant": VALUE, "variable": VALUE, "const": VALUE,
         "func": FUNCTION, "subroutine": FUNCTION, "var": VALUE, "define": VALUE}
NAME_CHARACTERS_MIN, NAME_CHARACTERS_MAX = 4, 48


def available():
    return shutil.which("ctags") is not None


def definitions(entries):
    """For each of the entries {path, text}: {line number from 0: [(name, kind)]}. All of them, so that no name seems unique that is not."""
    found = [{} for _ in entries]
    if not available():
        return found
    with tempfile.TemporaryDirectory() as folder:
        for index, entry in enumerate(entries):
            path = f"{folder}/{index:06d}{os.path.splitext(entry['path'])[1]}"
            with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
                file.write(entry["text"])
        command = ["ctags", "-R", "--output-format=json", "--fields=+nK", "--kinds-C=+d", "-f", "-", "."]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="surrogateescape") as run:
            for line in run.stdout:
                tag = json.loads(line)
                kind = "method" if tag.get("kind") == "member" and tag["path"].endswith(".py") else tag.get("kind")
                name, kind = tag.get("name", ""), KINDS.get(kind)
                if kind is None or not NAME_CHARACTERS_MIN <= len(name) <= NAME_CHARACTERS_MAX or name.startswith(("AnonymousFunction", "__anon")):
                    continue
                index = int(os.path.basename(tag["path"])[:6])
                found[index].setdefault(tag["line"] - 1, []).append((name, kind))
    return found
