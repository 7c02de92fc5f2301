"""The programme of an event as PDF, as everybody may read it."""

from __future__ import annotations

import itertools
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from formats import printing
from formats.events import when
from formats.models import Event, ProgrammeSheet

EFFECT = "event.programme"


def page_of(event: Event, language: str) -> str | None:
    """The HTML of the sheet as everybody may read it; None without a public programme."""
    public = Event.objects.visible_to(AnonymousUser()).filter(pk=event.pk)
    found = public.select_related("forum", "partnership").first()
    if found is None:
        return None
    sessions = list(found.sessions.prefetch_related("contributors__actor"))
    if not sessions:
        return None
    with translation.override(language):
        context = {
            "document_language": language,
            "document_number": "",
            "muster": False,
            "event": found,
            "when": when.when_text(
                found.starts_on, found.ends_on, found.precision, is_tentative=found.is_tentative
            ),
            "places": list(found.places.all()),
            "sessions": sessions,
            "roles": list(found.contributors.filter(session=None).select_related("actor")),
        }
        return render_to_string("print/event_programme.html", context)


def current(event: Event, language: str) -> tuple[ProgrammeSheet | None, bool]:
    """The newest sheet in this language, and whether it still says what the page says."""
    newest = event.sheets.filter(language=language).select_related("file").first()
    page = page_of(event, language)
    return newest, newest is not None and page is not None and newest.digest == printing.digest_of(
        page
    )


def order(event: Event) -> None:
    """Have the worker make what is missing."""
    printing.order(EFFECT, event, partial(page_of, event), event_id=event.pk)


def make(event: Event, language: str) -> None:
    """Render and keep the sheet of today's words; nothing where nothing is public.

    Raises TextBeyondLimits, RenderingFailed.
    """
    page = page_of(event, language)
    if page is not None:
        printing.make(
            "event.sheet",
            event,
            language,
            page,
            name=f"{event.slug}-{language}.pdf",
            title=event.title.best(language)[0],
            created=event.published_at,
        )


def order_stale() -> None:
    """Order every sheet that does not say what its page says; events of the last two years."""
    public = Event.objects.visible_to(AnonymousUser()).exclude(sessions=None).distinct()
    for event in itertools.islice(public.order_by("-changed_at").iterator(), 200):
        order(event)
