"""The programme as PDF, made by the worker in each language and kept by the digest of its words."""

from __future__ import annotations

import hashlib
import itertools

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from formats.events import when
from formats.models import Event, ProgrammeSheet
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "event.programme"
LANGUAGES = ("de", "en")


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
    return newest, newest is not None and page is not None and newest.digest == _digest(page)


def order(event: Event) -> None:
    """Have the worker make what is missing; the same words are made once."""
    for language in LANGUAGES:
        page = page_of(event, language)
        if page is None:
            continue
        digest = _digest(page)
        if not event.sheets.filter(language=language, digest=digest).exists():
            work.request(
                EFFECT,
                f"{event.pk}-{language}-{digest}",
                queue=Effect.Queue.PDF,
                event_id=event.pk,
                language=language,
            )


def make(event: Event, language: str) -> ProgrammeSheet | None:
    """Render and keep the sheet of today's words; None when nothing is public.

    Raises TextBeyondLimits, RenderingFailed.
    """
    page = page_of(event, language)
    if page is None:
        return None
    digest = _digest(page)
    known = event.sheets.filter(language=language, digest=digest).first()
    if known is not None:
        return known
    pdf = render_pdf(
        page,
        title=event.title.best(language)[0],
        language=language,
        created=event.published_at,
        identifier=digest,
    )
    with transaction.atomic():
        name = f"{event.slug}-{language}.pdf"
        stored = files.store(pdf, name=name, media_type="application/pdf")
        made = ProgrammeSheet.objects.create(
            event=event, language=language, digest=digest, file=stored
        )
        trail.record("event.sheet", event, by=None, sha256=stored.sha256)
    return made


def order_stale() -> None:
    """Order every sheet that does not say what its page says; events of the last two years."""
    public = Event.objects.visible_to(AnonymousUser()).exclude(sessions=None).distinct()
    for event in itertools.islice(public.order_by("-changed_at").iterator(), 200):
        order(event)


def _digest(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()
