"""A thread on paper: made by the worker in each language, kept by the digest of its words."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from config.pages.thread import whole
from formats import printing
from formats.models import ThreadSheet, Vision

EFFECT = "thread.sheet"


def page_of(vision: Vision, language: str) -> str | None:
    """The HTML of the sheet as everybody may read it; None while the vision is a draft."""
    public = Vision.objects.visible_to(AnonymousUser()).filter(pk=vision.pk)
    found = public.select_related("action_field", "adopted_in__body").first()
    if found is None or language not in printing.LANGUAGES:
        return None
    with translation.override(language):
        context = {
            "document_language": language,
            "document_number": "",
            "muster": settings.DEMO,
            "vision": found,
            "steps": whole.steps_of(found, AnonymousUser()),
            "public_url": settings.PUBLIC_URL,
        }
        return render_to_string("print/thread.html", context)


def current(vision: Vision, language: str) -> ThreadSheet | None:
    """The sheet in this language that says what the page says; None while it is being made."""
    sheet = printing.sheet_of(vision, language, page_of(vision, language))
    return sheet if isinstance(sheet, ThreadSheet) else None


def languages(vision: Vision) -> set[str]:
    """In which languages there is such a sheet."""
    return printing.languages_of(vision, partial(page_of, vision))


def order_stale() -> None:
    """Order the sheet of every public thread whose words have changed."""
    for vision in Vision.objects.visible_to(AnonymousUser()).order_by("thread").iterator():
        printing.order(EFFECT, vision, partial(page_of, vision), vision_id=vision.pk)


def make(vision: Vision, language: str) -> None:
    """Render and keep the sheet of today's words. Raises TextBeyondLimits, RenderingFailed."""
    page = page_of(vision, language)
    if page is not None and vision.adopted_in is not None:
        printing.make(
            EFFECT,
            vision,
            language,
            page,
            name=f"faden-{vision.thread}-{language}.pdf",
            title=vision.title.best(language)[0],
            created=vision.adopted_in.starts_at,
        )
