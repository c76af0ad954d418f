# SPDX-License-Identifier: Apache-2.0
"""The table of kernels/README.md from the rows that bench.py and triton_peers.py left in a log.

    python3 tests/gpu/table.py docs/gpu/h100.log [--write kernels/README.md]

Of rows with one name and shape the last counts, and a peer's stands beside the row that it was measured with. Lines that
begin with "taken back: " are of kernels that are not in the tree, with "form: " of several that were compared: they do
not count. --write replaces what stands between the two marks in that file.
"""
import argparse
import re
import sys

ROW = re.compile(r"^(?P<name>\S.{33}) (?P<shape>.{30}\S*) +(?P<us>[\d.]+) +[\d.]+ +(?P<ratio>[\d.]+) +"
                 r"(?P<rate>[\d.]+ T\S+) +(?P<error>[\d.]+e[-+]\d+)  ")
PEER = re.compile(r"^  peer (?P<name>.{29}) (?P<shape>.{30}\S*) +(?P<us>[\d.]+) *(?P<note>.*)$")
BEGIN, END = "<!-- gpu_table begin -->", "<!-- gpu_table end -->"


def microseconds(text):
    return f"{float(text):,.{0 if float(text) >= 100 else 1}f}"


def read(path):
    """{(name, shape): (row, {peer: text})}, in the order of first appearance."""
    rows, current = {}, None
    for line in open(path, encoding="utf-8"):
        if line.startswith(("taken back: ", "form: ")):
            continue
        if (row := ROW.match(line)) is not None:
            current = (row["name"].strip(), row["shape"].strip())
            rows[current] = (row, {})
        elif (peer := PEER.match(line)) is not None and current is not None:
            if not current[1].startswith(peer["shape"].strip()):
                sys.exit(f"{path}: a peer of another shape: {line}")
            rate = re.search(r"[\d.]+ TFLOP/s", peer["note"])
            rows[current][1][peer["name"].strip()] = rate[0] if rate else microseconds(peer["us"]) + " µs"
    return rows


def table(rows):
    lines = ["| operator | shape | µs | of the floor | rate | error | beside it |", "|---|---|---:|---:|---:|---:|---|"]
    last = ""
    for (name, shape), (row, peers) in rows.items():
        beside = ", ".join(f"{peer} {text}" for peer, text in peers.items())
        lines.append(f"| {name if name != last else ''} | {shape} | {microseconds(row['us'])} | {row['ratio']} | "
                     f"{row['rate']} | {row['error']} | {beside} |")
        last = name
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("log")
    parser.add_argument("--write")
    arguments = parser.parse_args()
    text = table(read(arguments.log))
    if arguments.write is None:
        print(text)
        return
    readme = open(arguments.write, encoding="utf-8").read()
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    open(arguments.write, "w", encoding="utf-8").write(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
