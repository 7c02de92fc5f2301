"""Files of a room: PDFs as they are, photos made anew; removed ones leave a note and no bytes."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles.models import Circle, RoomFile
from circles.seating import acting
from foundation.accounts.models import User
from foundation.documents import files, photos
from foundation.documents.uploads import JPEG, PDF, PNG, SUFFIXES, kind_of
from foundation.errors import DomainError
from foundation.look import moments


class FileGone(DomainError):
    """The file was removed before."""


def add(circle: Circle, *, name: str, data: bytes, by: User) -> RoomFile:
    """Keep a file for the members; what a camera wrote into a photo is taken out.

    Raises UploadRefused, PhotoRefused, StorageFailed.
    """
    who = acting.anybody(circle, by)
    kind = kind_of(data, allowed=[PDF, JPEG, PNG])
    if kind != PDF:
        data, kind = photos.repaint(data).data, JPEG
    with transaction.atomic():
        stored = files.store(data, name=f"{name[:190]}{SUFFIXES[kind]}", media_type=kind)
        added = RoomFile.objects.create(circle=circle, name=name, file=stored, **who.signature())
        who.note("room-file.added", added, sha256=stored.sha256)
    return added


def remove(found: RoomFile, *, by: User) -> None:
    """Delete the bytes for good; name, day and who removed it stay as a note."""
    who = acting.anybody(found.circle, by)
    with transaction.atomic():
        removed = RoomFile.objects.filter(pk=found.pk, removed_at=None).update(
            removed_at=Now(), **who.signature("removed_by")
        )
        if not removed:
            raise FileGone("file-gone", _("This file was removed already."))
        files.purge(found.file, by=who.host)
        who.note("room-file.removed", found)
    found.refresh_from_db()


def note_of(found: RoomFile) -> str:
    """Who put it there or removed it, and when; needs `NAMED` fetched."""
    if found.removed_at is None:
        said, day = _("%(who)s, %(day)s"), found.added_at
        who = acting.author_name(found)
    else:
        said, day = _("Removed by %(who)s, %(day)s"), found.removed_at
        who = acting.name_of_one(found.removed_by_member, found.removed_by_host)
    return said % {"who": who, "day": moments.day_text(moments.local(day).date())}


NAMED = (
    *acting.AUTHORS, "file", "removed_by_member__person", "removed_by_member__seat",
    "removed_by_host",
)  # fmt: skip
