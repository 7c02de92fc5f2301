"""The flyer of a partnership: one A4 page per language, made by the worker, kept by its words.

It says only what a stranger may see on the public page.
"""

from __future__ import annotations

import hashlib
import itertools

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect
from partnerships.models import Flyer, Partnership
from partnerships.portrait import portrait_figures
from partnerships.portrait.portrait import portrait_of

EFFECT = "partnership.flyer"
LANGUAGES = ("de", "en", "fi")
# What fits on one page, however long the names are.
MOST = 4


def page_of(partnership: Partnership, language: str) -> str | None:
    """The HTML of the flyer as a stranger may read it, or None while the page is not public."""
    with translation.override(language):
        portrait = portrait_of(partnership.slug, AnonymousUser())
        if portrait is None:
            return None
        context = {
            "document_language": language,
            "document_number": "",
            "muster": False,
            "partnership": portrait.partnership,
            "portrait": portrait,
            "phase": portrait_figures.phase_number(portrait.partnership),
            "phases": portrait_figures.phase_labels(),
            "topics": [str(focus) for focus in portrait.foci[: 2 * MOST]],
            "goals": [(g.title, portrait_figures.goal_note(g)) for g in portrait.goals[:MOST]],
            "projects": portrait.projects[:MOST],
            "sides": [(side, side.actors[:MOST], side.contacts[:1]) for side in portrait.sides],
        }
        return render_to_string("print/flyer.html", context)


def digest_of(page: str) -> str:
    """SHA-256 of what the flyer says."""
    return hashlib.sha256(page.encode()).hexdigest()


def current(partnership: Partnership, language: str) -> tuple[Flyer | None, bool]:
    """The newest flyer in this language, and whether it still says what the page says."""
    newest = partnership.flyers.filter(language=language).select_related("file").first()
    page = page_of(partnership, language)
    fresh = newest is not None and page is not None and newest.digest == digest_of(page)
    return newest, fresh


def order(partnership: Partnership, language: str) -> None:
    """Have the worker make the flyer; the same words are made once, however often one asks."""
    page = page_of(partnership, language)
    if page is None:
        return
    digest = digest_of(page)
    if partnership.flyers.filter(language=language, digest=digest).exists():
        return
    work.request(
        EFFECT,
        f"{partnership.pk}-{language}-{digest}",
        queue=Effect.Queue.PDF,
        partnership_id=partnership.pk,
        language=language,
    )


def is_ordered(partnership: Partnership, language: str) -> bool:
    """Whether the worker is about to make one."""
    return Effect.objects.filter(
        kind=EFFECT,
        key__startswith=f"{partnership.pk}-{language}-",
        state__in=[Effect.State.DUE, Effect.State.RUNNING],
    ).exists()


def make(partnership: Partnership, language: str) -> Flyer | None:
    """Render and keep the flyer of today's words; None when the page is not public any more.

    Raises TextBeyondLimits, RenderingFailed.
    """
    page = page_of(partnership, language)
    if page is None:
        return None
    digest = digest_of(page)
    known = partnership.flyers.filter(language=language, digest=digest).first()
    if known is not None:
        return known
    pdf = render_pdf(
        page,
        title=partnership.name,
        language=language,
        created=partnership.published_at,
        identifier=digest,
    )
    with transaction.atomic():
        name = f"{partnership.slug}-{language}.pdf"
        stored = files.store(pdf, name=name, media_type="application/pdf")
        made = Flyer.objects.create(
            partnership=partnership, language=language, digest=digest, file=stored
        )
        trail.record("flyer.made", made, by=None, sha256=stored.sha256)
    return made


def order_stale() -> None:
    """Order every flyer that does not say what its public page says."""
    public = Partnership.objects.visible_to(AnonymousUser())
    for partnership, language in itertools.product(public, LANGUAGES):
        order(partnership, language)
