"""Where documents lie on disk: one folder for each patient, one file for each document."""
from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.utils.text import get_valid_filename

LETTERS = {"discharge": "discharge.odt", "referral": "referral.odt", "reminder": "reminder.odt"}


class DocumentStore:
    def __init__(self, root: Path | None = None) -> None:
        self.root = root or settings.DOCUMENT_ROOT
        self.thumbs = settings.THUMBNAIL_ROOT

    def folder(self, patient_id: int) -> Path:
        return self.root / f"{int(patient_id):09d}"

    def listing(self, patient_id: int) -> list[str]:
        folder = self.folder(patient_id)
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []

    def open(self, patient_id: int, name: str) -> BinaryIO:
        path = self.folder(patient_id) / name
        return path.open("rb")

    def save(self, patient_id: int, upload) -> str:
        """Writes an upload under a name that the file system likes, and returns that name."""
        name = get_valid_filename(os.path.basename(upload.name))
        folder = self.folder(patient_id)
        folder.mkdir(mode=0o750, exist_ok=True)
        with open(folder / name, "wb") as handle:
            for chunk in upload.chunks():
                handle.write(chunk)
        return name

    def thumbnail(self, document: str) -> bytes:
        key = uuid.UUID(document)
        return (self.thumbs / f"{key}.png").read_bytes()

    def letter(self, kind: str) -> bytes:
        return (settings.LETTER_TEMPLATES / LETTERS[kind]).read_bytes()

    def remove(self, patient_id: int, name: str) -> None:
        folder = self.folder(patient_id).resolve()
        path = (folder / name).resolve()
        if path.parent != folder:
            raise SuspiciousFileOperation(name)
        path.unlink(missing_ok=True)
