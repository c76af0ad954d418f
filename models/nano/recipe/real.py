# SPDX-License-Identifier: Apache-2.0
"""Real lines, tokenised once: python3 real.py writes .nano/real_{train,held}.npz from the fetched source text.

It also keeps which names a line defines, where universal-ctags is installed.

A line carries what it may teach: nothing (it could well be weak), that it is ordinary with little weight (a risky word
in code that many people have read), or that it is ordinary.
"""
import collections
import json
import os
import re
import sys

import numpy as np

import definitions
import leak
import tokenizer as tok
from document import find_term

WORK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", ".nano")
LINE_TOKENS_MAX = 120
PROSE = ("prose",)
TEACHES_NOTHING, TEACHES_LITTLE, TEACHES = range(3)

# Words that stand in weak lines. Broad on purpose: what it misses is taught as ordinary.
RISKY = re.compile(r"""
    \b(strcpy|strcat|stpcpy|gets|v?sprintf|v?s?scanf|memcpy|memmove|strncpy|strncat|wcscpy|lstrcpy\w*|alloca|read|recv)\s*\(
  | \b(system|popen|proc_open|passthru|shell_exec|exec\w*|spawn\w*|fork)\s*\( | subprocess | shell\s*[=:] | ProcessBuilder
  | getRuntime | Command::new | exec\.Command | os\.system | child_process
  | \b(SELECT|INSERT|UPDATE|DELETE|WHERE)\b | \b\w*(query|execute|prepare|raw|sql)\w*\s*\(
  | \b(eval|compile|Function|setTimeout|setInterval|runIn\w*|assert|create_function|load_string|loadstring)\s*\(
  | (passw|passphrase|secret|token|api_?key|private_?key|pwd|credential|auth)\w*["'\]]*\s*(:|=|=>|,)
  | md5 | sha1 | sha-1 | md4 | \bdes\b | 3des | rc4 | \becb\b | crc32
  | \b(f?open\w*|readFile\w*|writeFile\w*|sendFile|send_file|create(Read|Write)Stream|unlink\w*|remove|rmtree|extract\w*|
      file_get_contents|file_put_contents|readfile|Path|File|FileReader|FileInputStream|ReadFile|WriteFile|rename)\s*\(
  | path\.(join|resolve) | Path\.Join | filepath\. | \b(include|require)(_once)?\b.*\$
  | \b\w*(printf|syslog|err|warn|log|format)\w*\s*\(\s*[^"'\s)]
  | rand | \bseed
  | pickle | marshal | unserial | deserial | readObject | ObjectInput | yaml\.\w*load | \bloads?\s*\( | XMLDecoder
  | (inner|outer)HTML | document\.write | \becho\b | \bprint\b.*\$ | insertAdjacent | dangerously | Markup\s*\( | mark_safe
  | \|\s*safe | \{\{\{ | <%- | \.html\s*\( | res\.send | template\.HTML | render\w*\s*\(
  | verify | rejectUn | Insecure | CERT_NONE | check_?hostname | TrustManager | HostnameVerifier | \bssl | \btls | curl_setopt
""", re.I | re.X)
# Of those, the ones that are weak more often than by chance.
SUSPECT = re.compile(r"""
    \b(strcpy|strcat|stpcpy|gets|v?sprintf|v?s?scanf|wcscpy|lstrcpy\w*|alloca|system|popen|proc_open|passthru|shell_exec)\s*\(
  | shell\s*[=:]\s*[Tt]rue | os\.system | \b(eval|exec|create_function|load_?string|Function)\s*\( | execSync
  | (passw|passphrase|secret|token|api_?key|private_?key|pwd|credential)\w*["'\]]*\s*(:|=|=>)\s*["']
  | \b(md5|sha1|md4|rc4|des|ecb)\b | [mM]d5|MD5|SHA1|[sS]ha1 | \bs?rand\s*\( | \brand(om|int)?\b\s*[.(] | mt_rand
  | pickle | marshal\.l | unserialize | readObject | yaml\.load | (inner|outer)HTML | document\.write | dangerously | mark_safe
  | rejectUn | Insecure | CERT_NONE | check_hostname | verify\w*["']?\s*[=:,]\s*(0|False|false|nil) | VERIFY_NONE
  | \b(SELECT|INSERT|UPDATE|DELETE)\b.*["'`]\s*[+.%] | \b\w*(printf|syslog)\s*\(\s*([^"'\s,)]+\s*\)|[^",]+,\s*[^"\s,)]+\s*\))
  | (?<!f)printf\(\s*[^"\s)]
""", re.X)
# Of the risky ones, those that are harmless whatever surrounds them.
HARMLESS = re.compile(r"""
    ^\s*(//|\#(?!define)|\*|/\*|--|"|'|;|<!--)            # a comment, or a line that is one string
  | ^\s*(import|from|use|using|package|\#include)\b
  | ^\s*(def|func|fn|function|class|struct|interface|enum|pub\s+fn|async\s+def)\b[^=]*$
  | ^\s*(static|extern|int|void|char|public|private|protected|const)\b[^=()"]*\([^()"]*\)\s*[{;]?\s*$
  | ^\s*(if|while|return|else\s+if)\b[^("]*\(?\s*!?\w+(\s*(==|!=|<|>|<=|>=)\s*\w+)?\s*\)?\s*[{:;]?\s*$
  | ^\s*(case|default|break|else|end|fi|esac|done)\b[^(]*$
""", re.X)

# Names of variables as people choose them; none that could change a verdict (secrets, checks, what makes text safe).
ASSIGNED = re.compile(r"(?<![\w.>$-])\$?([a-z_][A-Za-z0-9_]{1,22})\s*:?=(?![=>~])")
TELLING = re.compile(r"pass|secret|token|key|cred|pwd|auth|salt|pin$|otp|nonce|priv|sign|esc|quot|sanit|encod|clean|safe|valid|"
                     r"check|allow|white|trust|verif|secur|hash|md5|sha|digest|rand|seed|strip|filter|const|literal|fixed|crypt",
                     re.I)
NAMES_OF_LANGUAGE = 6_000
# Words that people put into identifiers and sentences: the open vocabulary of invented tools.
PLAIN_WORD = re.compile(r"(?<![A-Za-z])[a-z]{3,12}(?![a-z])")
WORDS_MAX, WORD_COUNT_MIN = 12_000, 12


def names_of(counts):
    """The most frequent variable names of a language, each of which several places use."""
    return " ".join(name for name, count in counts.most_common(NAMES_OF_LANGUAGE) if count > 2)


def words_of(counts):
    return sorted(w for w, count in counts.most_common(WORDS_MAX) if count >= WORD_COUNT_MIN and not TELLING.search(w))


def teaches(line, language):
    if language in PROSE or not RISKY.search(line) or HARMLESS.search(line):
        return TEACHES
    return TEACHES_NOTHING if SUSPECT.search(line) else TEACHES_LITTLE


class RealLines:
    """Files of real text as token ids. Lines of file f: file_line[f] .. file_line[f + 1]."""

    def __init__(self, split, folder=WORK):
        data = np.load(f"{folder}/real_{split}.npz")
        self.tokens = data["tokens"]
        self.line_start = data["line_start"].tolist()
        self.teaches = data["teaches"].tolist()
        self.file_line = data["file_line"].tolist()
        self.language = [str(x) for x in data["language"]]
        self.path = [str(x) for x in data["path"]]
        self.package = [str(x) for x in data["package"]]
        self.names = {str(k): str(v).split() for k, v in zip(data["name_language"], data["names"])}
        self.words = [str(x) for x in data["words"]]
        self.defines = {}  # line: [(name, kind)]; names with the kinds of definitions.py
        for line, name, kind in zip(data["define_line"].tolist(), str(data["define_name"]).split(), data["define_kind"].tolist()):
            self.defines.setdefault(line, []).append((name, kind))
        self.files_of = {}
        for index, language in enumerate(self.language):
            self.files_of.setdefault(language, []).append(index)
        self.raw = memoryview(self.tokens)

    def line(self, index):
        return self.raw[self.line_start[index]:self.line_start[index + 1]]


def build(split):
    tokenizer, leaked = tok.Tokenizer(), leak.Guard()
    tokens, line_start, taught, file_line, languages, paths, packages = [], [0], [], [0], [], [], []
    total, dropped, chunks, names = 0, 0, [], collections.defaultdict(collections.Counter)
    words, define_line, define_name, define_kind = collections.Counter(), [], [], []
    with open(f"{WORK}/source_{split}.jsonl") as file:
        entries = [json.loads(line) for line in file]
        for entry, defined in zip(entries, definitions.definitions(entries)):
            names[entry["language"]].update(n for n in ASSIGNED.findall(entry["text"]) if not TELLING.search(n))
            if entry["language"] in PROSE:
                words.update(PLAIN_WORD.findall(entry["text"]))
            for number, line in enumerate(entry["text"].split("\n")):
                line = line.rstrip()
                if leaked.hit(line):
                    dropped += 1
                    continue
                ids = tokenizer.encode(line)
                if len(ids) > LINE_TOKENS_MAX:
                    continue
                for name, kind in defined.get(number, ()):
                    if find_term(line, name) >= 0 and not re.search(r"\s", name):
                        define_line.append(len(line_start) - 1)
                        define_name.append(name)
                        define_kind.append(kind)
                tokens += ids
                total += len(ids)
                line_start.append(total)
                taught.append(teaches(line, entry["language"]))
            if len(tokens) > 1_000_000:
                chunks.append(np.array(tokens, np.uint16))
                tokens = []
            if len(line_start) - 1 - file_line[-1] >= 8:  # shorter ones join the next file
                file_line.append(len(line_start) - 1)
                languages.append(entry["language"])
                paths.append(entry["path"])
                packages.append(entry["package"])
    chunks.append(np.array(tokens, np.uint16))
    np.savez_compressed(f"{WORK}/real_{split}.npz", tokens=np.concatenate(chunks),
                        line_start=np.array(line_start, np.uint32), teaches=np.array(taught, np.uint8),
                        file_line=np.array(file_line, np.uint32), language=np.array(languages), path=np.array(paths),
                        define_line=np.array(define_line, np.uint32), define_name=np.array(" ".join(define_name)),
                        define_kind=np.array(define_kind, np.uint8), package=np.array(packages), words=np.array(words_of(words)), name_language=np.array(sorted(names)),
                        names=np.array([names_of(names[language]) for language in sorted(names)]))
    print(split, total, "tokens", len(taught), "lines", len(languages), "files,", dropped, "leaked lines dropped,", len(define_line), "definitions,",
          "teach nothing, little, ordinary:", np.bincount(taught, minlength=3))


if __name__ == "__main__":
    for name in sys.argv[1:] or ("train", "held"):
        build(name)
