"""Changing a concluded agreement: an amendment of its own number that carries what changes.

It runs the same road as its base: agreed by all, frozen, signed, sealed, verified by number.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts import paragraphs
from partnerships.course.standing import demand_active
from partnerships.models import Agreement
from partnerships.wording import consolidation, outline_amendment, terms
from partnerships.wording.clauses import TextIsFixed

State = Agreement.State


class NotAmendable(DomainError):
    """Only a concluded agreement that has not ended is amended, and only some clauses."""


def draft_amendment(base: Agreement, *, by: User) -> Agreement:
    """A new, empty amendment of `base`: SB-2026-003/A1. Raises NotAmendable, AtRest."""
    with transaction.atomic():
        locked = (
            Agreement.objects.select_related("partnership")
            .select_for_update(of=("self",))
            .get(pk=base.pk)
        )
        demand_active(locked.partnership)
        end = terms.end_of(locked)
        standing = terms.standing_of(locked, timezone.localdate(), end=end)
        if locked.is_amendment or standing in (terms.Standing.NONE, terms.Standing.ENDED):
            raise NotAmendable(
                "not-amendable", _("Only an agreement that is concluded and runs can be amended.")
            )
        n = (locked.amendments.aggregate(last=Max("amendment_n"))["last"] or 0) + 1
        words = {
            language: text.format(n=n, number=locked.number)
            for language, text in outline_amendment.TITLE.items()
            if language in locked.languages
        }
        made = Agreement.objects.create(
            partnership=locked.partnership,
            year=locked.year,
            serial=locked.serial,
            number=f"{locked.number}/A{n}",
            base=locked,
            amendment_n=n,
            builds_on=[each.number for each in consolidation.concluded_amendments(locked)],
            title=LocalizedText.of("de", words.pop("de"), **words),
            languages=locked.languages,
            starts_on=locked.starts_on,
            ends_on=terms.term_end_of(locked),
            notice_months=terms.notice_months_of(locked),
            created_by=by,
        )
        trail.record("amendment.drafted", made, by=by, base=locked.pk)
    return made


def take_up(amendment: Agreement, slug: str, *, by: User) -> None:
    """Take a clause of the base into the amendment, as it reads now, to be changed.

    A clause that stays as it is is not carried. Raises TextIsFixed, NotAmendable.
    """
    with transaction.atomic():
        locked = _open(amendment)
        clause = consolidation.base_of(locked).clause(slug)
        if clause is None or slug in consolidation.NEVER_AMENDED:
            raise NotAmendable("clause-not-amendable", _("This clause is not amended."))
        if slug in taken_up(locked):
            return
        paragraphs.add_paragraph(
            locked,
            number=clause["number"],
            slug=slug,
            heading=_localized(clause["heading"]),
            body=_localized(clause["text"]),
            by=by,
        )
        _back_to_draft(locked, by)
        trail.record("amendment.clause_taken_up", locked, by=by, clause=slug)
    amendment.refresh_from_db()


def taken_up(amendment: Agreement) -> set[str]:
    """The clauses that people work on in this amendment."""
    return {paragraph.slug for paragraph, _newest in paragraphs.newest_of(amendment)}


def build_on_newest(amendment: Agreement, *, by: User) -> None:
    """Compare with the base as it reads now; the own words stay. Raises TextIsFixed."""
    with transaction.atomic():
        locked = _open(amendment)
        base = Agreement.objects.get(amendments=locked)
        counting = consolidation.concluded_amendments(base)
        before = consolidation.base_of(locked).data["term"]
        newest = consolidation.consolidate(base, counting).data["term"]
        Agreement.objects.filter(pk=locked.pk).update(
            builds_on=[each.number for each in counting],
            # What this amendment did not change itself follows the newest text.
            **{name: newest[name] for name in newest if _stated(locked, name) == before[name]},
        )
        _back_to_draft(locked, by)
        trail.record("amendment.built_on_newest", locked, by=by)
    amendment.refresh_from_db()


def _stated(amendment: Agreement, name: str) -> str | int | None:
    """One fact of the term as versions write it."""
    value = getattr(amendment, name)
    return value.isoformat() if isinstance(value, dt.date) else value


def _localized(words: dict[str, str]) -> LocalizedText:
    source, *others = [language for language in words if words[language]] or ["de"]
    return LocalizedText.of(
        source, words.get(source, ""), **{language: words[language] for language in others}
    )


def _back_to_draft(amendment: Agreement, by: User) -> None:
    if amendment.state == State.AGREED:
        states.advance(amendment, State.DRAFT, by=by)


def _open(amendment: Agreement) -> Agreement:
    locked = (
        Agreement.objects.select_related("partnership", "base")
        .select_for_update(of=("self",))
        .get(pk=amendment.pk)
    )
    if not locked.is_open or not locked.is_amendment:
        raise TextIsFixed(
            "text-is-fixed",
            _("The text is frozen. Reopen the agreement if it has to change."),
        )
    return locked
