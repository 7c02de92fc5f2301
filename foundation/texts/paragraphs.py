"""Writing paragraphs without overwriting each other, and reading the newest wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts.models import Paragraph, Revision


class ParagraphChanged(DomainError):
    """Somebody saved another wording meanwhile; carries it as `theirs`."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__(
            "paragraph-changed",
            _("Somebody else changed this text while you wrote. Both versions are shown below."),
        )
        self.theirs = theirs


def add_paragraph(
    subject: models.Model,
    *,
    number: int,
    slug: str,
    heading: LocalizedText,
    body: LocalizedText,
    by: Any,
) -> Paragraph:
    """A new numbered paragraph with its first wording."""
    subject_type, subject_id = trail.subject_key(subject)
    with transaction.atomic():
        paragraph = Paragraph.objects.create(
            subject_type=subject_type,
            subject_id=subject_id,
            number=number,
            slug=slug,
            heading=heading,
        )
        Revision.objects.create(paragraph=paragraph, n=1, body=body, written_by=by)
    return paragraph


def rewrite(paragraph: Paragraph, body: LocalizedText, *, based_on: int, by: Any) -> Revision:
    """Save a new wording that was written on top of revision `based_on`.

    Raises ParagraphChanged when a newer revision exists; nothing is overwritten.
    """
    with transaction.atomic():
        Paragraph.objects.select_for_update().get(pk=paragraph.pk)
        newest = paragraph.revisions.order_by("-n")[0]
        if newest.n != based_on:
            raise ParagraphChanged(newest)
        revision = Revision.objects.create(
            paragraph=paragraph, n=newest.n + 1, body=body, written_by=by
        )
        trail.record("text.rewritten", paragraph, by=by, revision=revision.n)
    return revision


def newest_of(subject: models.Model) -> Sequence[tuple[Paragraph, Revision]]:
    """(paragraph, newest revision) in order; two queries however long the document is."""
    subject_type, subject_id = trail.subject_key(subject)
    paragraphs = Paragraph.objects.filter(subject_type=subject_type, subject_id=subject_id)
    newest = {
        revision.paragraph_id: revision
        for revision in Revision.objects.filter(paragraph__in=paragraphs)
        .order_by("paragraph_id", "-n")
        .distinct("paragraph_id")
    }
    return [(paragraph, newest[paragraph.pk]) for paragraph in paragraphs]
