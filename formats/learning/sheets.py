"""The programme of a cohort as PDF, made by the worker and kept by the digest of its words."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from formats.models import Cohort, CohortSheet
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "cohort.programme"
LANGUAGES = ("de", "en")


def page_of(cohort: Cohort, language: str) -> str | None:
    """The HTML of the sheet as everybody may read it; None without a public programme."""
    public = Cohort.objects.visible_to(AnonymousUser()).filter(pk=cohort.pk)
    found = public.select_related("network__host", "network__forum").first()
    if found is None:
        return None
    sessions = list(found.sessions.in_order().select_related("topic"))
    if not sessions:
        return None
    with translation.override(language):
        context = {
            "document_language": language,
            "document_number": "",
            "muster": False,
            "cohort": found,
            "network": found.network,
            "sessions": sessions,
            "givers": list(found.givers.select_related("actor")),
        }
        return render_to_string("print/cohort_programme.html", context)


def order(cohort: Cohort) -> None:
    """Have the worker make what is missing; the same words are made once."""
    for language in LANGUAGES:
        page = page_of(cohort, language)
        if page is None:
            continue
        digest = _digest(page)
        if not cohort.sheets.filter(language=language, digest=digest).exists():
            work.request(
                EFFECT,
                f"{cohort.pk}-{language}-{digest}",
                queue=Effect.Queue.PDF,
                cohort_id=cohort.pk,
                language=language,
            )


def make(cohort: Cohort, language: str) -> CohortSheet | None:
    """Render and keep the sheet of today's words; None when nothing is public.

    Raises TextBeyondLimits, RenderingFailed.
    """
    page = page_of(cohort, language)
    if page is None:
        return None
    digest = _digest(page)
    known = cohort.sheets.filter(language=language, digest=digest).first()
    if known is not None:
        return known
    name = f"{cohort.network.slug}-{cohort.year}-{language}.pdf"
    pdf = render_pdf(
        page,
        title=f"{cohort.network.name.best(language)[0]} {cohort.year}",
        language=language,
        created=cohort.started_at,
        identifier=digest,
    )
    with transaction.atomic():
        stored = files.store(pdf, name=name, media_type="application/pdf")
        made = CohortSheet.objects.create(
            cohort=cohort, language=language, digest=digest, file=stored
        )
        trail.record("cohort.sheet", cohort, by=None, sha256=stored.sha256)
    return made


def _digest(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()
