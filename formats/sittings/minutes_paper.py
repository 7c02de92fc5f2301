"""Minutes as PDF: a draft at any time, and once approved two sealed files that never change.

The public one names who sent somebody and leaves out what was not public; the internal one is for
the body and the office.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from formats.models import Minutes
from formats.sittings.printed import items_of, name_of, presence_of
from foundation.documents import releases, rendering
from foundation.documents.issuing import issue_once
from foundation.documents.models import Release

KIND = "minutes"
INTERNAL_KIND = "minutes-internal"


def issue(minutes_id: int) -> Release:
    """Render, seal and list both papers of approved minutes, once; returns the public one.

    A private body has one paper, for itself: whom members speak for stands in it, no names.
    """
    minutes = Minutes.objects.select_related("meeting__body", "approved_in").get(pk=minutes_id)
    if not minutes.meeting.body.is_public:
        return _issue(minutes, internal=True)
    _issue(minutes, internal=True)
    return _issue(minutes, internal=False)


def issued(minutes: Minutes, *, internal: bool) -> Release | None:
    """The sealed paper, or None before the worker has made it."""
    return releases.latest(minutes, INTERNAL_KIND if internal else KIND)


def number_of(minutes: Minutes, *, internal: bool) -> str:
    """Such as DIV-2026-03-N, the internal one DIV-2026-03-NI."""
    return f"{minutes.meeting.reference}-{'NI' if internal else 'N'}"


def page_of(minutes: Minutes, *, internal: bool) -> str:
    """The minutes as HTML for print; whatever is not approved says so on each page."""
    meeting = minutes.meeting
    named = internal and meeting.body.is_public
    stays, away = presence_of(meeting)
    with translation.override("de"):
        return render_to_string(
            "print/minutes.html",
            {
                "minutes": minutes,
                "meeting": meeting,
                "body": meeting.body,
                "items": items_of(meeting, internal=internal, named=named),
                "hidden": not internal and meeting.agenda_items.filter(is_public=False).exists(),
                "stays": [(name_of(each.membership, internal=named), each) for each in stays],
                "away": [name_of(each, internal=named) for each in away],
                "internal": internal,
                "is_approved": minutes.state == Minutes.State.APPROVED,
                "document_language": "de",
                "document_number": number_of(minutes, internal=internal),
                "muster": settings.DEMO,
                "public_url": settings.PUBLIC_URL,
            },
        )


def render(minutes: Minutes, *, internal: bool) -> bytes:
    """The minutes as PDF/UA-1 as they stand."""
    number = number_of(minutes, internal=internal)
    return rendering.render_pdf(
        page_of(minutes, internal=internal),
        title=_title_of(minutes, internal=internal),
        language="de",
        number=number,
        created=_created(minutes),
        identifier=number,
    )


def _issue(minutes: Minutes, *, internal: bool) -> Release:
    number = number_of(minutes, internal=internal)
    return issue_once(
        minutes,
        INTERNAL_KIND if internal else KIND,
        lambda: page_of(minutes, internal=internal),
        number=number,
        title=_title_of(minutes, internal=internal),
        created=_created(minutes),
        name=f"Niederschrift-{number}.pdf",
    )


def _title_of(minutes: Minutes, *, internal: bool) -> str:
    return f"Niederschrift {minutes.meeting.reference}{', intern' if internal else ''}"


def _created(minutes: Minutes) -> dt.datetime | None:
    return minutes.approved_at or minutes.meeting.closed_at or minutes.meeting.opened_at
