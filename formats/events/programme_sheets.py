"""The programme of an event as PDF, as everybody may read it."""

from __future__ import annotations

import itertools
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from formats import printing
from formats.events import when
from formats.models import Event
from foundation.accounts.models import User

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


def current(event: Event, language: str) -> printing.Sheet | None:
    """The sheet in this language that says what the page says; None while it is being made."""
    return printing.sheet_of(event, language, page_of(event, language))


def languages(event: Event) -> set[str]:
    """In which languages there is such a sheet."""
    return printing.languages_of(event, partial(page_of, event))


def purge_superseded(event: Event, *, by: User | None) -> None:
    """Erase the sheets of other days, because somebody in them is not named any more."""
    printing.purge_superseded(event, partial(page_of, event), by=by)


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
