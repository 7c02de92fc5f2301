"""Writing and reading the trail, and sealing it into a chain.

Rows are inserted unchained; one sealer under an advisory lock appends number and hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.db import connection, models, transaction

from foundation.audit.models import Entry, Link

SEALER_LOCK = 0x7A11
GENESIS = "0" * 64

# Every page of a list of people notes whom it showed: one short statement for however many.
NOTE_SIGHTINGS = """
    INSERT INTO audit_sighting (viewer_id, purpose, subject_type, subject_id)
    SELECT %s, %s, seen.type, seen.id FROM unnest(%s::text[], %s::text[]) AS seen (type, id)
"""

Detail = str | int | bool | None


def subject_key(obj: models.Model) -> tuple[str, str]:
    """The generic key of `obj`: (type label, id), both text."""
    return obj._meta.label_lower, str(obj.pk)


def record(verb: str, subject: models.Model, *, by: object | None, **details: Detail) -> Entry:
    """Insert one event. `details` carry ids, states and digests only, never names or free text."""
    subject_type, subject_id = subject_key(subject)
    return Entry.objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        subject_type=subject_type,
        subject_id=subject_id,
        details=details,
    )


def record_all(
    verb: str, subjects: Iterable[models.Model], *, by: object | None, **details: Detail
) -> None:
    """As `record`, for many subjects at once."""
    actor_id = getattr(by, "pk", None)
    rows = []
    for subject in subjects:
        subject_type, subject_id = subject_key(subject)
        rows.append(
            Entry(
                verb=verb,
                actor_id=actor_id,
                subject_type=subject_type,
                subject_id=subject_id,
                details=details,
            )
        )
    Entry.objects.bulk_create(rows)


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """All events about `subject`, oldest first."""
    subject_type, subject_id = subject_key(subject)
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id)


def log_access(viewer: models.Model, subjects: Iterable[models.Model], *, purpose: str) -> None:
    """Note that `viewer` looked at the personal data of `subjects`."""
    seen = [subject_key(subject) for subject in subjects]
    if seen:
        with connection.cursor() as cursor:
            cursor.execute(
                NOTE_SIGHTINGS, [viewer.pk, purpose, *map(list, zip(*seen, strict=True))]
            )


def entry_bytes(entry: Entry) -> bytes:
    """Canonical bytes of an entry: sorted JSON, UTC time in ISO form."""
    return json.dumps(
        {
            "id": entry.pk,
            "at": entry.at.isoformat(),
            "verb": entry.verb,
            "actor": entry.actor_id,
            "subject": [entry.subject_type, entry.subject_id],
            "details": entry.details,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()


def seal_trail() -> int:
    """Append every unchained entry to the chain; returns how many. One sealer at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
        last = Link.objects.order_by("-n").first()
        n, previous = (last.n, last.hash) if last else (0, GENESIS)
        links = []
        for entry in Entry.objects.filter(link=None).order_by("pk"):
            n += 1
            previous = _next_hash(previous, entry)
            links.append(Link(n=n, entry=entry, hash=previous))
        Link.objects.bulk_create(links)
    return len(links)


def head_of_trail() -> tuple[int, str]:
    """Number and hash of the last link; (0, zeros) for an empty chain."""
    last = Link.objects.order_by("-n").first()
    return (last.n, last.hash) if last else (0, GENESIS)


def first_broken_link() -> int | None:
    """Recompute the chain; the number of the first link that does not fit, or None."""
    previous = GENESIS
    for expected, link in enumerate(Link.objects.select_related("entry").iterator(), start=1):
        previous = _next_hash(previous, link.entry)
        if link.n != expected or link.hash != previous:
            return expected
    return None


def _next_hash(previous: str, entry: Entry) -> str:
    return hashlib.sha256(previous.encode() + b"\n" + entry_bytes(entry)).hexdigest()
