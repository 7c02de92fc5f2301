"""Keeping bytes and giving them back, with proof that they are still the same.

The row is the truth: a file without a row is swept away, a row without its bytes is an alarm.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.audit.trail import record
from foundation.documents.models import StoredFile
from foundation.documents.storage import TEMPORARY, document_storage
from foundation.errors import DomainError

logger = logging.getLogger(__name__)

# Long enough for every transaction that has written a file and not yet its row.
ORPHAN_SECONDS = 3600


class StorageFailed(DomainError):
    """The bytes could not be written; neither file nor row exists."""


class BytesLost(DomainError):
    """The bytes of a stored file are missing, purged or not the ones that were stored."""


def digest_of_bytes(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes, *, name: str, media_type: str) -> StoredFile:
    """Write the bytes durably, then the row. Raises StorageFailed (disk full) and leaves nothing.

    `name` is only shown; the name on disk is random.
    """
    storage = document_storage()
    random = secrets.token_hex(16)
    try:
        path = storage.save(f"{random[:2]}/{random}", ContentFile(data))
    except OSError as error:
        raise StorageFailed(
            "storage-failed",
            _(
                "The file could not be stored (%(reason)s). Nothing was changed; "
                "please try again later."
            )
            % {"reason": error.strerror},
        ) from error
    return StoredFile.objects.create(
        name=Path(name).name[:200],
        media_type=media_type,
        size=len(data),
        sha256=digest_of_bytes(data),
        content=path,
    )


def read(stored: StoredFile) -> bytes:
    """The bytes, compared with their digest. Raises BytesLost instead of serving other bytes."""
    if stored.purged_at is not None:
        raise BytesLost(
            "file-purged", _("This file was deleted, as the rules on personal data demand.")
        )
    try:
        with stored.content.open("rb") as file:
            data = file.read()
    except OSError as error:
        raise _lost(stored) from error
    if digest_of_bytes(data) != stored.sha256:
        raise _lost(stored)
    return data


def damaged() -> Iterator[StoredFile]:
    """Every stored file whose bytes are missing or not the ones that were stored."""
    for stored in StoredFile.objects.filter(purged_at=None).iterator():
        try:
            read(stored)
        except BytesLost:
            yield stored


def _lost(stored: StoredFile) -> BytesLost:
    logger.error("stored file %s is damaged or missing", stored.pk)
    return BytesLost(
        "file-damaged",
        _("The stored file is damaged or missing. Please tell the administration."),
    )


def purge(stored: StoredFile, *, by: object | None) -> None:
    """Remove bytes and name for good (erasure of personal data); digest and size stay.

    Does nothing the second time.
    """
    with transaction.atomic():
        purged = StoredFile.objects.filter(pk=stored.pk, purged_at=None).update(
            purged_at=Now(), name=""
        )
        if not purged:
            return
        record("file-purged", stored, by=by, sha256=stored.sha256)
        storage, path = document_storage(), str(stored.content.name)
        transaction.on_commit(lambda: storage.delete(path))


def sweep_orphans(*, older_than: float = ORPHAN_SECONDS) -> int:
    """Delete files that no row knows and half-written ones; `older_than` in seconds.

    Also deletes the bytes of purged rows whose deletion was interrupted. Returns how many.
    """
    storage = document_storage()
    root = Path(storage.location)
    before = time.time() - older_than
    swept = 0
    for path in sorted(root.glob("*/*")):
        if path.stat().st_mtime > before:
            continue
        name = str(path.relative_to(root))
        known = StoredFile.objects.filter(content=name, purged_at=None).exists()
        if path.name.startswith(TEMPORARY) or not known:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
