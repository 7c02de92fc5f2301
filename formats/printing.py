"""Programmes and threads as PDF in each language, kept by the digest of their words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from formats.models import Cohort, CohortSheet, Event, ProgrammeSheet, ThreadSheet, Vision
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

LANGUAGES = ("de", "en")
Printed = Event | Cohort | Vision
Sheet = ProgrammeSheet | CohortSheet | ThreadSheet


def digest_of(page: str) -> str:
    """What tells two wordings of a page apart."""
    return hashlib.sha256(page.encode()).hexdigest()


def order(
    kind: str, subject: Printed, page_of: Callable[[str], str | None], **payload: Any
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
                _key_of(kind, f"{subject.pk}-{language}-{digest}"),
                queue=Effect.Queue.PDF,
                language=language,
                **payload,
            )


def sheet_of(subject: Printed, language: str, page: str | None) -> Sheet | None:
    """The sheet that says what `page` says today; None while there is none."""
    if page is None:
        return None
    rows = subject.sheets.filter(language=language, digest=digest_of(page))
    return rows.select_related("file").first()


def languages_of(subject: Printed, page_of: Callable[[str], str | None]) -> set[str]:
    """In which languages there is a sheet of today's words."""
    made = set(subject.sheets.values_list("language", flat=True))
    return {each for each in made if sheet_of(subject, each, page_of(each))}


def purge_superseded(
    subject: Printed, page_of: Callable[[str], str | None], *, by: User | None
) -> None:
    """Erase every sheet with words of another day, for they name somebody who is not named now."""
    pages = {language: page_of(language) for language in LANGUAGES}
    for sheet in subject.sheets.select_related("file"):
        page = pages.get(sheet.language)
        if page is None or sheet.digest != digest_of(page):
            sheet.delete()
            files.purge(sheet.file, by=by)


def _key_of(kind: str, words: str) -> str:
    """Words that come back after their sheet was purged are work anew."""
    done = Effect.objects.filter(kind=kind, key__startswith=words, state=Effect.State.DONE)
    times = done.count()
    return f"{words}-{times}" if times else words


def make(kind: str, subject: Printed, language: str, page: str, *, name: str, **job: Any) -> None:
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
