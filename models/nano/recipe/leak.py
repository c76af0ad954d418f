# SPDX-License-Identifier: Apache-2.0
"""Keeps the evaluation out of the training data.

    python3 leak.py             hashes the files of examples/ into leak_hashes.txt; prints counts, never text

The guard knows hashes only: of every evaluation line of 40 characters and more, blanks at both ends removed, and of
every span of 50 bytes around a risky call in it. Whatever hits one is dropped from training.
"""
import hashlib
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HASHES = os.path.join(HERE, "leak_hashes.txt")
EXAMPLES = os.path.join(HERE, "..", "..", "..", "examples")
LINE_CHARACTERS_MIN, SPAN_BYTES = 40, 50
FILE_BYTES_MAX = 1_000_000
RISKY_CALL = re.compile(rb"\b(strcpy|strcat|gets|\w*printf|\w*scanf|memcpy|system|popen|exec\w*|spawn\w*|eval|query|"
                        rb"execute|md5|sha1|f?open|readFile|join|syslog|s?rand\w*|random|loads?|unserialize|readObject|write|"
                        rb"send|render\w*|html|request|get|post|run|call|check_output)\s*\(")


def digest(text):
    return hashlib.blake2b(text, digest_size=6).hexdigest()


def keys(line):
    """What is hashed of one line: itself when it is long enough, and 50 bytes from each risky call on."""
    if isinstance(line, str):
        line = line.encode("utf-8", "surrogateescape")
    line = line.strip()
    if len(line) >= LINE_CHARACTERS_MIN:
        yield line
    for match in RISKY_CALL.finditer(line):
        start = max(0, min(match.start() - 5, len(line) - SPAN_BYTES))
        if len(line) - start >= SPAN_BYTES:
            yield line[start:start + SPAN_BYTES]


class Guard:
    def __init__(self, path=HASHES):
        self.known = set()
        if os.path.exists(path):
            with open(path) as file:
                self.known = set(file.read().split())

    def hit(self, line):
        long_enough = len(line) >= LINE_CHARACTERS_MIN and self.known
        return bool(long_enough) and any(digest(key) in self.known for key in keys(line))


def main():
    hashes, files = set(), 0
    for folder, folders, names in os.walk(sys.argv[1] if len(sys.argv) > 1 else EXAMPLES):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.getsize(path) > FILE_BYTES_MAX:
                continue
            files += 1
            with open(path, "rb") as file:
                for line in file.read().splitlines():
                    hashes.update(digest(key) for key in keys(line))
    with open(HASHES, "w") as file:
        file.write("\n".join(sorted(hashes)) + "\n")
    print(files, "files,", len(hashes), "hashes")


if __name__ == "__main__":
    main()
