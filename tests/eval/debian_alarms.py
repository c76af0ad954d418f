#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts what an audit shows on released code: the alarms someone would have to read.

    tests/eval/debian_alarms.py [--program P] [--model M] [--folder build/eval] [--only NAME ...] [--lines N]
                                [--json FILE] [--check] [--sample N]

The packages are Debian 12's sources (and one of the npm registry) that the recipe of models/nano never sees. They are
fetched once into an ignored folder, with a package list of our own: the machine's apt is not touched. Audited are the
files a reader would call code (EXTENSIONS, without the folders of SKIPPED), so that prose and data do not thin the
figure: of each package whole files in the order of a hash of their names, up to --lines (0: all).
--check ends with 1 when more than 1 finding is shown per 1,000 lines or fewer than 50,000 lines were read; --sample
prints that many shown findings, drawn with a fixed seed, for someone to judge.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["zlib", "cjson", "libyaml", "lighttpd", "mosquitto", "jansson", "libevent"]
BINARIES = ["python3-requests", "python3-flask"]  # packages that hold readable source
NPM = {"express": "express@4.18.2"}
EXTENSIONS = {".c", ".h", ".cc", ".cpp", ".py", ".js", ".ts", ".sh", ".pl", ".php", ".java", ".go", ".lua"}
SKIPPED = {"test", "tests", "doc", "docs", "contrib", "examples", "fuzzing", "www", "deps"}
SHOWN_PER_1000_MAX, LINES_MIN = 1.0, 50_000


def bookworm_mirror():
    """The mirror this machine's apt uses for Debian 12's main archive."""
    lines = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)|$(CODENAME)|$(COMPONENT)",
                            "Created-By: Packages"], check=True, capture_output=True, text=True).stdout.split()
    found = [line.split("|")[0] for line in lines if line.endswith("|bookworm|main")]
    assert found, "apt knows no archive of Debian 12 (bookworm); run `apt-get update` first"
    return found[0]


def apt_options(folder):
    """Options for a package list of our own; fetched once."""
    state = folder / "apt"
    (state / "lists/partial").mkdir(parents=True, exist_ok=True)
    (state / "sources.list").write_text(
        "".join(
        f"{kind} [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
        f" {bookworm_mirror()} bookworm main\n" for kind in ("deb", "deb-src")))
    options = ["-q", "-o", f"Dir::State::Lists={state}/lists", "-o", f"Dir::Etc::SourceList={state}/sources.list",
               "-o", "Dir::Etc::SourceParts=/dev/null", "-o", "APT::Sandbox::User=root"]
    if not any("Sources" in path.name for path in (state / "lists").iterdir()):
        subprocess.run(["apt-get", *options, "update"], check=True, stdout=subprocess.DEVNULL)
    return options


def fetched(folder, name):
    """Folder of the package's unpacked source and its version; nothing is fetched twice."""
    place = folder / name
    if not place.is_dir():
        archives = folder / "archives" / name
        archives.mkdir(parents=True, exist_ok=True)
        command = (["npm", "pack", "--silent", NPM[name]] if name in NPM else
                   ["apt-get", *apt_options(folder), "download", name] if name in BINARIES else
                   ["apt-get", *apt_options(folder), "source", "--download-only", name])
        subprocess.run(command, cwd=archives, check=True, stdout=subprocess.DEVNULL)
        archive = archive_of(archives)
        part = folder / f"{name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        unpack = (["dpkg-deb", "-x", str(archive), str(part)] if archive.suffix == ".deb" else
                  ["tar", "-xf", str(archive), "-C", str(part), "--strip-components=1", "--no-same-owner"])
        subprocess.run(unpack, check=True)
        os.rename(part, place)
    return place, re.sub(r"\.orig\.tar\.\w+$|_\w+\.deb$|\.tgz$", "", archive_of(folder / "archives" / name).name)


def archive_of(folder):
    return next(p for p in sorted(folder.iterdir()) if re.search(r"\.orig\.tar\.[a-z0-9]+$|\.deb$|\.tgz$", p.name))


def cut(folder, place, name, lines_max):
    """A copy with the package's code only, up to lines_max lines."""
    target = folder / "cut" / f"{name}-{lines_max}"
    shutil.rmtree(target, ignore_errors=True)
    names = [p.relative_to(place) for p in place.rglob("*") if p.is_file() and not p.is_symlink()]
    names = [p for p in names if p.suffix.lower() in EXTENSIONS and not SKIPPED & set(p.parts[:-1])]
    count = 0
    for path in sorted(names, key=lambda p: hashlib.sha256(str(p).encode()).hexdigest()):
        lines = (place / path).read_bytes().count(b"\n")
        if lines_max and count + lines > lines_max:
            continue
        count += lines
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / path, target / path)
    return target


def audit(program, model, place):
    command = [program] + (["--model", model] if model else []) + ["audit", str(place), "--json", "--no-files",
                                                                    "--no-keep", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(args, name):
    place, version = fetched(args.folder, name)
    report = audit(args.program, args.model, cut(args.folder, place, name, args.lines))
    shown = [f for f in report["findings"] if f["state"] == "shown"]
    row = {"package": version, "files": report["numbers"]["files"], "lines": report["numbers"]["lines"],
           "tokens": report["numbers"]["tokens"], "seconds": round(report["numbers"]["read_seconds"], 1),
           "candidates": report["numbers"]["candidates"], "rejected": report["counts"]["rejected"],
           "low_confidence": report["counts"]["low_confidence"], "shown": len(shown)}
    rates(row)
    findings = [{"package": version, "state": f["state"], "path": f["path"], "start": f["start"], "family": f["family"],
                 "confidence": round(f["confidence"], 3), "evidence": f["evidence"], "quote": f["quote"],
                 "log": [f"{e['check']} {e['outcome']}: {e['said']}" for e in f["log"]]}
                for f in report["findings"]]
    return row, findings


def rates(row):
    row["per_1000"] = round(1000 * row["shown"] / max(row["lines"], 1), 2)


def table(rows):
    columns = ["package", "files", "lines", "tokens", "candidates", "rejected", "low_confidence", "shown", "per_1000"]
    lines = [columns] + [[str(row[c]) for c in columns] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    return "\n".join("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                               for i, (cell, w) in enumerate(zip(line, widths)))
                     for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    parser.add_argument("--model")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build/eval")
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--lines", type=int, default=7000, help="of each package, 0: all")
    parser.add_argument("--json", help="write rows and findings there")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    rows, findings = [], []
    for name in args.only or SOURCES + BINARIES + list(NPM):
        row, found = measure(args, name)
        print(f"{row['package']}: {row['shown']} shown in {row['lines']} lines", file=sys.stderr, flush=True)
        rows.append(row)
        findings += found
    total = {key: sum(row[key] for row in rows) for key in rows[0] if key not in ("package", "seconds")}
    total = {"package": "total", **total, "seconds": round(sum(row["seconds"] for row in rows), 1)}
    rates(total)
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps({"packages": rows, "total": total, "findings": findings},
                                                      indent=1) + "\n")
    print(json.dumps({"packages": rows, "total": total}, indent=1))
    print(table(rows + [total]))
    shown = [f for f in findings if f["state"] == "shown"]
    for f in random.Random(2).sample(shown, min(args.sample, len(shown))):
        print(f"{f['package']} {f['path']}:{f['start']} {f['family']} {f['confidence']} {f['evidence']} | "
              f"{' '.join(f['quote'].split())[:160]}")
    if args.check and (total["per_1000"] > SHOWN_PER_1000_MAX or total["lines"] < LINES_MIN):
        sys.exit(f"the bar is {SHOWN_PER_1000_MAX} shown per 1,000 lines over {LINES_MIN} lines")


if __name__ == "__main__":
    main()
