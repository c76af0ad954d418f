#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts how many published holes of released code an audit shows: recall on lines that nobody composed.

    tests/eval/published_holes.py [--program P] [--model M] [--folder build/eval/holes] [--only PACKAGE ...] [--fixed]
                                  [--lines N] [--json FILE]

published_holes.csv names npm packages at a version with a published weakness of one of the twelve families, and the
lines where it happens (first to last line of the sink's statement). No training form may be written from these lines.
Of each package whole code files are audited, those with a hole first, then in the order of a hash of their names up to
--lines (0: all); without dependencies, tests, built copies and minified files. A hole counts as found when a shown
finding of its family touches its lines, one line more or less. Findings elsewhere are counted too: not each is false.
A row whose family is `a|b` may be reported as either and counts for the first. --fixed audits the fixed versions
instead and counts the holes whose file still shows a finding of the family. Packages are fetched once and kept.
"""
import argparse
import collections
import csv
import hashlib
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys

from debian_alarms import EXTENSIONS, ROOT, SKIPPED, audit

HOLES = pathlib.Path(__file__).with_suffix(".csv")
CODE = EXTENSIONS | {".cjs", ".mjs", ".jsx", ".tsx"}
LEFT_OUT = SKIPPED | {"node_modules", "bower_components", "vendor", "third_party", "build", "dist", "benchmark",
                      "benchmarks", "example", "demo", "libsass"}  # a file with a hole is read wherever it stands
MINIFIED_LINE = 2000  # characters of its longest line
OUTCOMES = ["found", "low_confidence", "rejected", "missed"]  # best first
COUNTED = {"shown": "found", "low_confidence": "low_confidence", "rejected": "rejected"}  # by a finding's state


def holes(only):
    with open(HOLES, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["first_line"], row["last_line"] = int(row["first_line"]), int(row["last_line"])
        row["families"] = row["family"].split("|")
    unknown = set(only or []) - {row["package"] for row in rows}
    if unknown:
        sys.exit(f"{HOLES.name} has no package {', '.join(sorted(unknown))}")
    return [row for row in rows if not only or row["package"] in only]


def fetched(folder, package, version):
    """Folder of the unpacked package; nothing is fetched twice, nothing of it is run."""
    name = f"{package.replace('@', '').replace('/', '-')}-{version}"
    place = folder / "packages" / name
    if not place.is_dir():
        part = folder / "part"
        shutil.rmtree(part, ignore_errors=True)
        (part / "unpacked").mkdir(parents=True)
        done = subprocess.run(["npm", "pack", "--loglevel=error", "--ignore-scripts", f"{package}@{version}"], cwd=part,
                              capture_output=True, text=True, check=False)
        archives = list(part.glob("*.tgz"))
        if done.returncode != 0 or len(archives) != 1:
            sys.exit(f"npm cannot fetch {package}@{version} (no network, or no longer there):\n{done.stderr}")
        done = subprocess.run(["tar", "-xf", str(archives[0]), "-C", str(part / "unpacked"), "--strip-components=1",
                               "--no-same-owner", "--no-same-permissions"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"tar cannot unpack {package}@{version}:\n{done.stderr}")
        place.parent.mkdir(parents=True, exist_ok=True)
        os.rename(part / "unpacked", place)
    return place


def is_code(path, relative):
    parts = relative.parts[:-1]
    if relative.suffix.lower() not in CODE or set(parts) & LEFT_OUT or any(part.startswith(".") for part in parts):
        return False
    return ".min." not in path.name and max(map(len, path.read_bytes().split(b"\n"))) <= MINIFIED_LINE


def cut(folder, place, with_hole, lines_max):
    """A copy with the package's own code, files with a hole first, up to lines_max lines."""
    target = folder / "cut" / place.name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = [p for p in place.rglob("*") if p.is_file() and not p.is_symlink()]
    names = [p.relative_to(place) for p in files if is_code(p, p.relative_to(place))]
    names = sorted(set(names) - with_hole, key=lambda p: hashlib.sha256(str(p).encode()).hexdigest())
    count = 0
    for path in sorted(p for p in with_hole if (place / p).is_file()) + names:
        lines = (place / path).read_bytes().count(b"\n")
        if lines_max and path not in with_hole and count + lines > lines_max:
            continue
        count += lines
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / path, target / path)
    return target


def of_family(row, finding):
    return finding["path"] == row["path"] and finding["family"] in row["families"]


def touches(row, finding):
    return (of_family(row, finding) and finding["start"] <= row["last_line"] + 1 and
            finding["end"] >= row["first_line"] - 1)


def package_report(args, package, version, rows):
    place = fetched(args.folder, package, version)
    with_hole = {pathlib.Path(row["path"]) for row in rows}
    report = audit(args.program, args.model, cut(args.folder, place, with_hole, args.lines))
    findings = [f for f in report["findings"] if f["state"] in COUNTED]
    return place, report["numbers"]["lines"], findings


def measure(args, package, version, rows):
    """Sets the outcome of each of the package's holes; returns what else the audit shows."""
    place, lines, findings = package_report(args, package, version, rows)
    for row in rows:
        path = place / row["path"]
        if not path.is_file() or path.read_bytes().count(b"\n") + 1 < row["last_line"]:
            sys.exit(f"{package}@{version} has no {row['path']}:{row['last_line']}")
        at = [f for f in findings if touches(row, f)]
        row["outcome"] = min([COUNTED[f["state"]] for f in at] + ["missed"], key=OUTCOMES.index)
        row["confidence"] = round(max([f["confidence"] for f in at], default=0.0), 3)
        row["shown_in_file"] = sum(COUNTED[f["state"]] == "found" and of_family(row, f) for f in findings)
    shown = [f for f in findings if COUNTED[f["state"]] == "found"]
    elsewhere = [{"package": package, "version": version, "path": f["path"], "start": f["start"], "family": f["family"],
                  "confidence": round(f["confidence"], 3)}
                 for f in shown if not any(touches(row, f) for row in rows)]
    return {"package": package, "version": version, "lines": lines, "shown_elsewhere": len(elsewhere)}, elsewhere


def measure_fixed(args, package, version, rows):
    """Sets of each hole whether its file still shows a finding of the family."""
    place, lines, findings = package_report(args, package, version, rows)
    shown = [f for f in findings if COUNTED[f["state"]] == "found"]
    for row in rows:
        if not (place / row["path"]).is_file():
            sys.exit(f"{package}@{version} has no {row['path']}")
        row["still_shown"] = sum(of_family(row, f) for f in shown)
    return {"package": package, "version": version, "lines": lines, "shown": len(shown)}


def wilson(right, count):
    """95 % interval of a share."""
    z, share = 1.96, right / count
    middle = share + z * z / (2 * count)
    width = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return [round((middle + sign * width) / (1 + z * z / count), 3) for sign in (-1, 1)]


def table(lines):
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("  ".join(str(cell).ljust(w) if i == 0 else str(cell).rjust(w)
                               for i, (cell, w) in enumerate(zip(line, widths)))
                     for line in lines)


def by_family(rows):
    families = collections.defaultdict(collections.Counter)
    for row in rows:
        families[row["families"][0]][row["outcome"]] += 1
    return [{"family": family, "holes": sum(counts.values()), **{key: counts[key] for key in OUTCOMES}}
            for family, counts in sorted(families.items())]


def grouped(rows, version):
    packages = collections.defaultdict(list)
    for row in rows:
        packages[row["package"], row[version]].append(row)
    return packages.items()


def run_fixed(args, rows):
    rows = [row for row in rows if row["fixed_version"]]
    if not rows:
        sys.exit("no fixed version is known of these packages")
    packages = []
    for (package, version), of_package in grouped(rows, "fixed_version"):
        packages.append(measure_fixed(args, package, version, of_package))
        print(f"{package}@{version}: {sum(row['still_shown'] > 0 for row in of_package)} of {len(of_package)} still "
              "shown", file=sys.stderr, flush=True)
    still = sum(row["still_shown"] > 0 for row in rows)
    print(f"fixed: {still} of {len(rows)} holes' files still show a finding of the family, in {len(packages)} packages")
    return {"fixed": {"holes": len(rows), "still_shown": still}, "packages": packages, "holes": rows}


def run_holes(args, rows):
    packages, elsewhere = [], []
    for (package, version), of_package in grouped(rows, "version"):
        of_all, others = measure(args, package, version, of_package)
        packages.append(of_all)
        elsewhere += others
        print(f"{package}@{version}: {', '.join(row['outcome'] for row in of_package)}; {len(others)} shown elsewhere "
              f"in {of_all['lines']} lines", file=sys.stderr, flush=True)
    families = by_family(rows)
    total = {"holes": len(rows), **{key: sum(f[key] for f in families) for key in OUTCOMES}}
    total["recall"], total["interval"] = round(total["found"] / len(rows), 3), wilson(total["found"], len(rows))
    total["file_shown"] = sum(row["shown_in_file"] > 0 for row in rows)
    total["packages"], total["lines"] = len(packages), sum(p["lines"] for p in packages)
    total["shown_elsewhere"] = len(elsewhere)
    total["elsewhere_per_1000"] = round(1000 * len(elsewhere) / max(total["lines"], 1), 2)
    columns = ["family", "holes"] + OUTCOMES
    print(table([columns] + [[f[c] for c in columns] for f in families + [{"family": "total", **total}]]))
    low, high = total["interval"]
    print(f"recall {100 * total['recall']:.1f} % ({100 * low:.1f} to {100 * high:.1f}): {total['found']} of "
          f"{total['holes']} published holes in {total['packages']} packages; the files of {total['file_shown']} show "
          f"a finding of the family\nshown elsewhere: {total['shown_elsewhere']} in {total['lines']} lines, "
          f"{total['elsewhere_per_1000']} per 1,000 (not each is false)")
    return {"total": total, "families": families, "packages": packages, "holes": rows, "elsewhere": elsewhere}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/fathom"))
    parser.add_argument("--model")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build/eval/holes")
    parser.add_argument("--only", nargs="+", metavar="PACKAGE")
    parser.add_argument("--lines", type=int, default=3000, help="of each package, 0: all")
    parser.add_argument("--fixed", action="store_true", help="audit the fixed versions instead")
    parser.add_argument("--json", metavar="FILE", help="write totals, packages, holes and findings elsewhere there")
    args = parser.parse_args()
    if not shutil.which("npm"):
        sys.exit("npm is needed to fetch the packages and is not installed")
    if not shutil.which(args.program):
        sys.exit(f"there is no program {args.program}")
    args.folder = args.folder.resolve()
    args.folder.mkdir(parents=True, exist_ok=True)
    result = (run_fixed if args.fixed else run_holes)(args, holes(args.only))
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
