"""Where the bytes lie: a folder in which a file is either complete or not there.

Written to a temporary name, flushed to the disk, then renamed; a full disk leaves nothing behind.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

FOLDER = "documents"
TEMPORARY = ".writing-"


class DurableStorage(FileSystemStorage):
    """Django's file storage under FILES_DIR, with write, fsync, rename."""

    @property
    def base_location(self) -> Path:
        return Path(settings.FILES_DIR) / FOLDER

    @property
    def location(self) -> str:
        return str(self.base_location.absolute())

    def _save(self, name: str, content: File[Any]) -> str:
        final = Path(self.path(name))
        final.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        temporary = final.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(final)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        _flush_folder(final.parent)
        return name


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def document_storage() -> DurableStorage:
    """The storage of this installation (settings.FILES_DIR / documents)."""
    return DurableStorage()
