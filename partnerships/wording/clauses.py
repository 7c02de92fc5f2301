"""The wording of an agreement: begun from the outline, worked on by both cities, never overwritten.

A change in one language leaves the other marked as outdated until somebody says that it still fits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts import paragraphs
from foundation.texts.models import Paragraph, Revision
from partnerships.models import Agreement
from partnerships.wording import outline
from partnerships.wording.wording import reworded

MAX_LENGTH = 6000
MAX_PARAGRAPHS = 40


class TextIsFixed(DomainError):
    """The agreement is not open for changes any more."""


class ClauseTooLong(DomainError):
    """A clause has more characters or paragraphs than one page carries."""


class ClauseEmpty(DomainError):
    """A clause that must be there was emptied in one language."""


@dataclasses.dataclass(frozen=True)
class Clause:
    """A clause as it stands now: its place, its newest wording, and which language lags behind."""

    paragraph: Paragraph
    revision: Revision

    @property
    def slug(self) -> str:
        return self.paragraph.slug

    @property
    def number(self) -> int:
        return self.paragraph.number

    @property
    def heading(self) -> LocalizedText:
        return self.paragraph.heading

    @property
    def body(self) -> LocalizedText:
        return self.revision.body

    def lagging(self, languages: Sequence[str]) -> list[str]:
        """Languages in which this clause is missing or out of date."""
        must = outline.BY_SLUG[self.slug].must or bool(self.body)
        return [
            language
            for language in languages
            if (must and not self.body.get(language)) or self.body.outdated(language)
        ]


def begin_text(agreement: Agreement, cities: LocalizedText, *, by: User | None) -> None:
    """Write the outline as the first wording of every clause."""
    for clause in outline.CLAUSES:
        words = {
            language: text.replace("{cities}", cities.best(language)[0])
            for language, text in clause.text.items()
        }
        paragraphs.add_paragraph(
            agreement,
            number=clause.number,
            slug=clause.slug,
            heading=LocalizedText.of("de", clause.heading["de"], en=clause.heading["en"]),
            body=LocalizedText.of("de", words["de"], en=words["en"]),
            by=by,
        )


def clauses_of(agreement: Agreement) -> list[Clause]:
    """All clauses in order with their newest wording; two queries."""
    return [Clause(*pair) for pair in paragraphs.newest_of(agreement)]


def clause_of(agreement: Agreement, slug: str) -> Clause | None:
    """One clause, or None when there is none of this name."""
    return next((clause for clause in clauses_of(agreement) if clause.slug == slug), None)


def rewrite_clause(
    agreement: Agreement,
    clause: Clause,
    words: Mapping[str, str],
    *,
    based_on: int,
    by: User,
    still_fits: bool = False,
) -> Revision:
    """Save new words per language, written on top of revision `based_on`.

    An agreed text falls back to draft, so that both cities agree anew. `still_fits` confirms the
    languages that were left alone. Raises TextIsFixed, ClauseTooLong, ClauseEmpty,
    TextBeyondLimits, ParagraphChanged.
    """
    for language, text in words.items():
        check_words(text)
        if outline.BY_SLUG[clause.slug].must and not text.strip():
            raise ClauseEmpty(
                "clause-empty",
                _("This clause is needed in every language; “%(language)s” is empty.")
                % {"language": language},
            )
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if not locked.is_open:
            raise TextIsFixed(
                "text-is-fixed",
                _(
                    "This version is frozen, and others may be signing it right now. "
                    "Reopen the agreement first; signatures over this version then do not count."
                ),
            )
        body = reworded(clause.body, words, still_fits=still_fits)
        revision = paragraphs.rewrite(clause.paragraph, body, based_on=based_on, by=by)
        if locked.state == Agreement.State.AGREED:
            states.advance(locked, Agreement.State.DRAFT, by=by)
    agreement.refresh_from_db(fields=["state"])
    return revision


def check_words(text: str) -> None:
    """Raise ClauseTooLong or TextBeyondLimits for a text that could not be printed."""
    if len(text) > MAX_LENGTH:
        raise ClauseTooLong(
            "clause-too-long",
            _("A clause has at most %(limit)d characters; this one has %(length)d.")
            % {"limit": MAX_LENGTH, "length": len(text)},
        )
    paragraphs_in = sum(1 for line in text.splitlines() if line.strip())
    if paragraphs_in > MAX_PARAGRAPHS:
        raise ClauseTooLong(
            "clause-too-many-paragraphs",
            _("A clause has at most %(limit)d paragraphs; this one has %(count)d.")
            % {"limit": MAX_PARAGRAPHS, "count": paragraphs_in},
        )
    check_limits(text)
    # Mark-up is printed as text, so its characters count as well.
    check_limits(escape(text))
