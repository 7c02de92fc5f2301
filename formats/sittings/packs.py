"""The session pack: invitation, agenda, papers and the last minutes as one PDF for members.

The worker makes it when members are invited and anew when the agenda changes; the head of the
trail's chain is printed in it, so that many people hold a copy of that number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from formats.models import Meeting, Minutes, Paper
from formats.sittings.printed import items_of, people_of
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import Attachment, render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "meeting.pack"


def request(meeting: Meeting) -> None:
    """Have the worker make the pack of today's agenda, in the caller's transaction.

    A private body has none: a pack keeps names, and what its members read is on their page. Every
    change is work of its own, also one that brings back what was: `make` sees what to do.
    """
    fresh = Meeting.objects.select_related("body").get(pk=meeting.pk)
    if not fresh.body.is_public:
        return
    key = f"{fresh.pk}-{fresh.sequence}-{fresh.changed_at.timestamp():.6f}"
    work.request(EFFECT, key, queue=Effect.Queue.PDF, meeting_id=fresh.pk)


def digest_of(meeting: Meeting) -> str:
    """SHA-256 of what the pack says: date, place, items, papers."""
    fresh = Meeting.objects.get(pk=meeting.pk)
    said = [fresh.starts_at, fresh.ends_at, fresh.place, fresh.short_notice_consent]
    for item in fresh.agenda_items.all():
        said += [item.position, item.title.stored, item.explanation.stored, item.is_public]
        said += [item.is_late]
    said += list(_papers(fresh).values_list("name", "file__sha256"))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def make(meeting_id: int) -> None:
    """Render and keep the pack, instead of the one before; nothing to do when it says so already.

    Raises TextBeyondLimits, RenderingFailed, StorageFailed.
    """
    meeting = Meeting.objects.select_related("body", "pack").get(pk=meeting_id)
    digest = digest_of(meeting)
    if meeting.pack_digest == digest:
        return
    old = meeting.pack
    stored = files.store(
        render(meeting), name=f"{meeting.reference}-Mappe.pdf", media_type="application/pdf"
    )
    Meeting.objects.filter(pk=meeting.pk).update(pack=stored, pack_digest=digest)
    trail.record("meeting.pack-made", meeting, by=None, sha256=stored.sha256)
    if old is not None:
        files.purge(old, by=None)


def throw_away(meeting: Meeting, *, by: User) -> None:
    """Purge the pack, because something in it must go at once; the next one is being made."""
    old = Meeting.objects.select_related("pack").get(pk=meeting.pk).pack
    if old is not None:
        Meeting.objects.filter(pk=meeting.pk).update(pack=None, pack_digest="")
        files.purge(old, by=by)


def render(meeting: Meeting) -> bytes:
    """The pack as PDF/UA-1 with the papers inside as files."""
    papers = list(_papers(meeting).select_related("file", "item"))
    n, head = trail.head_of_trail()
    number = f"{meeting.reference}-M"
    with translation.override("de"):
        html = render_to_string(
            "print/session_pack.html",
            {
                "meeting": meeting,
                "body": meeting.body,
                "items": items_of(meeting, internal=True),
                "members": people_of(meeting),
                "papers": papers,
                "last": _last_minutes(meeting),
                "chain_number": n,
                "chain_head": head,
                "document_language": "de",
                "document_number": number,
                "muster": settings.DEMO,
                "public_url": settings.PUBLIC_URL,
            },
        )
    return render_pdf(
        html,
        title=f"Sitzungsmappe {meeting.reference}",
        language="de",
        number=number,
        created=meeting.invited_at or meeting.created_at,
        identifier=number,
        attachments=_inside(papers),
    )


def _papers(meeting: Meeting) -> QuerySet[Paper]:
    return Paper.objects.filter(item__meeting=meeting).order_by("item__position", "pk")


def _inside(papers: Sequence[Paper]) -> list[Attachment]:
    """Each file once, by its name on disk."""
    unique = {paper.file_id: paper for paper in papers}
    return [
        Attachment(
            name=paper.file.name,
            data=files.read(paper.file),
            created=paper.added_at,
            description=paper.name,
            relationship="Supplement",
        )
        for paper in unique.values()
    ]


def _last_minutes(meeting: Meeting) -> dict[str, object] | None:
    """The minutes of the session before, as far as they were laid before the members."""
    found = (
        Minutes.objects.filter(meeting__body=meeting.body, meeting__starts_at__lt=meeting.starts_at)
        .exclude(state=Minutes.State.DRAFT)
        .select_related("meeting__body")
        .order_by("-meeting__starts_at")
        .first()
    )
    if found is None:
        return None
    return {"minutes": found, "items": items_of(found.meeting, internal=True)}
