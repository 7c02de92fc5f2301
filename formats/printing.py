"""Programmes as PDF in each language, made by the worker and kept by the digest of their words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from formats.models import Cohort, Event
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

LANGUAGES = ("de", "en")


def digest_of(page: str) -> str:
    """What tells two wordings of a page apart."""
    return hashlib.sha256(page.encode()).hexdigest()


def order(
    kind: str, subject: Event | Cohort, page_of: Callable[[str], str | None], **payload: Any
) -> None:
    """Have the worker make what is missing; the same words are made once."""
    for language in LANGUAGES:
        page = page_of(language)
        if page is None:
            continue
        digest = digest_of(page)
        if not subject.sheets.filter(language=language, digest=digest).exists():
            work.request(
                kind,
                f"{subject.pk}-{language}-{digest}",
                queue=Effect.Queue.PDF,
                language=language,
                **payload,
            )


def make(
    kind: str, subject: Event | Cohort, language: str, page: str, *, name: str, **job: Any
) -> None:
    """Render `page` and keep the sheet, once; `kind` is what the trail calls it.

    `job` as in render_pdf. Raises TextBeyondLimits, RenderingFailed.
    """
    digest = digest_of(page)
    if subject.sheets.filter(language=language, digest=digest).exists():
        return
    pdf = render_pdf(page, language=language, identifier=digest, **job)
    with transaction.atomic():
        stored = files.store(pdf, name=name, media_type="application/pdf")
        subject.sheets.create(language=language, digest=digest, file=stored)
        trail.record(kind, subject, by=None, sha256=stored.sha256)
