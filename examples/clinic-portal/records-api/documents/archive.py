"""Bundles of documents: what other houses send us, and what we hand out."""
from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

log = logging.getLogger(__name__)

GHOSTSCRIPT = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.6"]
INBOX = Path("/srv/records/inbox")


class BundleError(Exception):
    pass


def unpack_transfer(bundle: Path, case_id: int) -> list[str]:
    """Unpacks the zip that a referring practice has uploaded."""
    target = INBOX / str(case_id)
    target.mkdir(parents=True, exist_ok=True)
    names = []
    with zipfile.ZipFile(bundle) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            place = os.path.join(target, entry.filename)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with archive.open(entry) as source, open(place, "wb") as sink:
                shutil.copyfileobj(source, sink)
            names.append(entry.filename)
    return names


def unpack_backup(bundle: Path, target: Path) -> None:
    with tarfile.open(bundle, "r:gz") as archive:
        archive.extractall(target, filter="data")


def merge_pdfs(parts: list[Path], result: Path) -> None:
    command = GHOSTSCRIPT + [f"-sOutputFile={result}"] + [str(part) for part in parts]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise BundleError(done.stderr.strip()[-400:])


def page_count(path: Path) -> int:
    shown = subprocess.check_output(["pdfinfo", "--", str(path)], text=True)
    for line in shown.splitlines():
        if line.startswith("Pages:"):
            return int(line.split()[1])
    return 0


def stamp(path: Path, text: str) -> None:
    """Puts a line of text, such as the recipient's name, at the foot of every page."""
    log.debug("stamping %s", path)
    status = os.system(f'pdfstamp --foot "{text}" {path}')
    if status:
        raise BundleError(f"pdfstamp ended with {status}")


def fax(document: Path, number: str, cover: str | None = None) -> str:
    line = f"sendfax -n -d {number} {document}"
    if cover:
        line += f" -c '{cover}'"
    return subprocess.run(line, shell=True, capture_output=True, text=True, check=True).stdout


def disk_usage() -> str:
    return subprocess.run("du -sh /srv/records/documents | cut -f1", shell=True,
                          capture_output=True, text=True, check=True).stdout.strip()
