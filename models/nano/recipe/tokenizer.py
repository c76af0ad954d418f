# SPDX-License-Identifier: Apache-2.0
"""nano's byte-level BPE (FORMAT.md): trainer, encoder, and the HF files.

    python3 tokenizer.py        learns from .nano/source_train.jsonl, writes tokenizer.json and tokenizer_config.json

Works on bytes throughout, so text that is not UTF-8 needs no special case. Splitting bytes and splitting characters
give the same pieces: every byte of a multi-byte character falls into the pattern's last class.
"""
import collections
import json
import os
import re
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL_DIR = os.path.dirname(HERE)
PATTERN = r" #|[A-Za-z]+|[0-9]|\n| +|[^A-Za-z0-9 \n]+"
PIECES = re.compile(PATTERN.encode())
BYTES, VOCAB, CONTROL_FIRST = 256, 4096, 4064
CONTROL = (["<begin_of_document>", "<end_of_document>", "<beginning_of_sentence>", "<end_of_sentence>", "<ok>"]
           + ["<r%02d>" % i for i in range(1, 13)] + ["<none>"] + ["<s%02d>" % i for i in range(14)])
CONTROL_ID = {name: CONTROL_FIRST + i for i, name in enumerate(CONTROL)}
DOCUMENT, TURN, END, OK, NONE = (CONTROL_ID[n] for n in (
    "<begin_of_document>", "<beginning_of_sentence>", "<end_of_sentence>", "<ok>", "<none>"))
NEWLINE = 10  # id of the one-byte token
CACHE_WORDS_MAX = 300_000


class Tokenizer:
    def __init__(self, path=os.path.join(MODEL_DIR, "tokenizer.json")):
        with open(path) as file:
            model = json.load(file)["model"]
        to_byte = {symbol: byte for byte, symbol in enumerate(byte_symbols())}
        spelled = {symbols: bytes(to_byte[s] for s in symbols) for symbols in model["vocab"]
                   if model["vocab"][symbols] < CONTROL_FIRST}
        self.bytes_of = [b""] * VOCAB
        for symbols, text in spelled.items():
            self.bytes_of[model["vocab"][symbols]] = text
        self.merge_of = {}  # (left id, right id) -> merged id; a smaller id was learned earlier
        for merge in model["merges"]:
            left, right = merge.split(" ") if isinstance(merge, str) else merge
            self.merge_of[model["vocab"][left], model["vocab"][right]] = model["vocab"][left + right]
        self.cache = {}

    def encode(self, text):
        """Ids of a string or bytes, always as plain content: control tokens are never recognised in text."""
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogateescape")
        cache, ids = self.cache, []
        for piece in PIECES.findall(text):
            known = cache.get(piece)
            if known is None:
                known = self.encode_piece(piece)
                if len(cache) < CACHE_WORDS_MAX:
                    cache[piece] = known
            ids += known
        return ids

    def encode_piece(self, piece):
        ids, merge_of = list(piece), self.merge_of
        while len(ids) > 1:
            best = min(merge_of.get(pair, VOCAB) for pair in zip(ids, ids[1:]))
            if best == VOCAB:
                break
            merged, i = [], 0
            while i < len(ids):
                if i + 1 < len(ids) and merge_of.get((ids[i], ids[i + 1])) == best:
                    merged.append(best)
                    i += 2
                else:
                    merged.append(ids[i])
                    i += 1
            ids = merged
        return ids

    def decode(self, ids):
        return b"".join(CONTROL[i - CONTROL_FIRST].encode() if i >= CONTROL_FIRST else self.bytes_of[i] for i in ids)


def byte_symbols():
    """GPT-2's printable spelling of the 256 bytes, in byte order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def learn(texts, merge_count):
    """The first merge_count merges of BPE over the pieces of the texts, most frequent pair first."""
    words = collections.Counter()
    for text in texts:
        words.update(PIECES.findall(text))
    words = [(list(word[:48]), count) for word, count in sorted(words.items()) if len(word) > 1 and count > 3]
    pair_count, places = collections.Counter(), collections.defaultdict(set)
    for index, (ids, count) in enumerate(words):
        for pair in zip(ids, ids[1:]):
            pair_count[pair] += count
            places[pair].add(index)
    merges = []
    while len(merges) < merge_count:
        pair = max(pair_count, key=lambda p: (pair_count[p], p))
        new = BYTES + len(merges)
        merges.append(pair)
        for index in places.pop(pair):
            ids, count = words[index]
            merged, i = [], 0
            while i < len(ids):
                if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair:
                    merged.append(new)
                    i += 2
                else:
                    merged.append(ids[i])
                    i += 1
            if len(merged) == len(ids):
                continue
            for old in zip(ids, ids[1:]):
                pair_count[old] -= count
            for fresh in zip(merged, merged[1:]):
                pair_count[fresh] += count
                places[fresh].add(index)
            words[index] = (merged, count)
        del pair_count[pair]
    return merges


def write(merges, folder=MODEL_DIR):
    """tokenizer.json and tokenizer_config.json as other programs read them."""
    symbols = byte_symbols()
    spelled_merges = []
    for left, right in merges:
        spelled_merges.append(symbols[left] + " " + symbols[right])
        symbols.append(symbols[left] + symbols[right])
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False}
    added = [{"id": i, "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
              "special": True} for name, i in CONTROL_ID.items()]
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
             "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
             "vocab": {symbol: i for i, symbol in enumerate(symbols)}, "merges": spelled_merges}
    whole = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, byte_level]},
             "post_processor": None, "decoder": dict(byte_level), "model": model}
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<beginning_of_sentence>",
              "eos_token": "<end_of_sentence>", "add_bos_token": False, "add_eos_token": False,
              "clean_up_tokenization_spaces": False, "model_max_length": 65536}
    for name, content in (("tokenizer.json", whole), ("tokenizer_config.json", config)):
        with open(os.path.join(folder, name), "w") as file:
            json.dump(content, file, ensure_ascii=False, indent=0)
            file.write("\n")


def main():
    start = time.time()
    texts, budget = [], collections.Counter()
    share = {"prose": 5_000_000, "c": 8_000_000}  # characters a language may give, so that none rules the merges
    with open(os.path.join(HERE, "../../../.nano/source_train.jsonl")) as file:
        for line in file:
            entry = json.loads(line)
            if budget[entry["language"]] < share.get(entry["language"], 5_000_000):
                budget[entry["language"]] += len(entry["text"])
                texts.append(entry["text"].encode("utf-8", "surrogateescape"))
    texts += [b"== src/a.py\n #1\n #2\nsystem ai_setting=assistant\nAnswer from the corpus. Every line ends with its"
              b" number.\nuser name=user\nai name=assistant\nWhat is the value of `x`?\nWhere is `x` defined?\n"
              b"Where is `x` used?\nWhat is said about `x`?\n<tool_calls>\n</tool_calls>\n<tools>\n</tools>\n"
              b'{"name": "x", "description": "x", "parameters": {"type": "object", "properties": {}, "required": []}}\n'
              b'{"name": "x", "arguments": {}}\ntool name: x\ntool result: x\n'] * 2000
    merges = learn(texts, CONTROL_FIRST - BYTES)
    write(merges)
    tokenizer = Tokenizer()
    sample = b"".join(texts[:-2000:40])
    ids = tokenizer.encode(sample)
    assert tokenizer.decode(ids) == sample
    print(f"{time.time() - start:.0f} s, {dict(budget)}, {len(sample) / len(ids):.2f} bytes a token")


if __name__ == "__main__":
    main()
