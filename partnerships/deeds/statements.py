"""Voices on a partnership: in the language they were given in, with role, date and source."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.models import Partnership, Party, Statement


class SourceMissing(DomainError):
    """A quotation without a source is hearsay."""


class NotTranslated(DomainError):
    """The translation is in the language of the original."""


def quote(
    partnership: Partnership,
    *,
    role: str,
    original: str,
    language: str,
    source: str,
    by: User | None,
    translation: str = "",
    translation_language: str = "de",
    said_on: dt.date | None = None,
    party: Party | None = None,
) -> Statement:
    """Put a statement on the page: the original stays beside its translation.

    Raises SourceMissing, NotTranslated, ForeignParty.
    """
    if not source.strip():
        raise SourceMissing("source-missing", _("Say where these words come from."))
    if translation and translation_language == language:
        raise NotTranslated(
            "not-translated", _("Original and translation are in the same language.")
        )
    if party is not None:
        demand_own_party(partnership, party)
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        last = partnership.statements.aggregate(last=Max("position"))["last"] or 0
        made = Statement.objects.create(
            partnership=partnership,
            party=party,
            position=last + 1,
            role=role,
            text=LocalizedText.of(language, original, **{translation_language: translation}),
            language=language,
            said_on=said_on,
            source=source,
        )
        trail.record("statement.quoted", made, by=by, partnership=partnership.pk)
    return made
