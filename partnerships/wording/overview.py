"""All agreements that somebody works on, in one list: state, lamps, who must act, when it ends.

Read in a fixed number of queries, however many agreements there are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Consent,
    Evidence,
    Focus,
    Party,
    Renewal,
    Signatory,
)
from partnerships.permissions import Reader
from partnerships.wording import drafts, lamps, terms

State = Agreement.State
OFFICE = "office"


@dataclasses.dataclass(frozen=True)
class Line:
    """One agreement; `sides` are those who must act, `task` says what."""

    agreement: Agreement
    end: dt.date | None
    lamps: Sequence[lamps.Lamp]
    task: str
    sides: frozenset[str]
    names: Sequence[str]
    is_ours: bool


def lines_for(
    user: Reader, *, ending_by: dt.date | None = None, ours: bool = False, state: str = ""
) -> list[Line]:
    """The agreements that `user` knows from the inside, newest first, with these filters."""
    found = terms.with_end(Agreement.objects.known_to(user))
    if ending_by is not None:
        found = found.filter(state=State.CONCLUDED, end_on__lte=ending_by)
    if state:
        found = found.filter(state=state)
    agreements = list(found.select_related("partnership").prefetch_related(*_parts()))
    lines = [_line(agreement, user) for agreement in agreements]
    return [line for line in lines if line.is_ours or not ours]


def _parts() -> list[Prefetch | str]:
    return [
        "partnership__parties__municipality",
        "partnership__goals",
        Prefetch("partnership__foci", Focus.objects.exclude(status=Focus.Status.DROPPED)),
        "partnership__exchange_formats",
        "partnership__participations",
        Prefetch("signatories", Signatory.objects.filter(released_at=None), to_attr="places"),
        Prefetch(
            "versions",
            AgreementVersion.objects.defer("content").prefetch_related(
                Prefetch("evidence", Evidence.objects.order_by("pk"))
            ),
            to_attr="frozen",
        ),
        Prefetch(
            "renewals",
            Renewal.objects.filter(declared_at=None, set_aside_at=None),
            to_attr="proposals",
        ),
        Prefetch(
            "consents",
            Consent.objects.filter(purpose=Consent.Purpose.RENEWAL),
            to_attr="declarations",
        ),
    ]


def _line(agreement: Agreement, user: Reader) -> Line:
    parties = list(agreement.partnership.parties.all())
    task, sides = _task(agreement, parties)
    mine = {str(party.pk) for party in parties if permissions.speaks_for(user, party)}
    if permissions.is_office(user):
        mine.add(OFFICE)
    return Line(
        agreement=agreement,
        end=getattr(agreement, "end_on", None),
        lamps=_lamps(agreement, parties) if agreement.is_open else [],
        task=task,
        sides=frozenset(sides),
        names=[str(party) for party in parties if str(party.pk) in sides]
        + ([_("Office")] if OFFICE in sides else []),
        is_ours=bool(mine & sides),
    )


def _task(agreement: Agreement, parties: Sequence[Party]) -> tuple[str, set[str]]:
    """What is to be done, and by which sides."""
    everybody = {str(party.pk) for party in parties}
    if agreement.state == State.DRAFT:
        return _("work on the text and agree to it"), everybody
    if agreement.state == State.AGREED:
        return _("freeze the version"), {*everybody, OFFICE}
    if agreement.state == State.COLLECTING:
        return _("sign"), _unsigned(agreement)
    if agreement.state in (State.DECLINED, State.EXPIRED, State.FAILED):
        return _("open the text again or withdraw"), {OFFICE}
    proposal = next(iter(agreement.proposals), None)  # type: ignore[attr-defined]
    if agreement.state == State.CONCLUDED and proposal is not None:
        declared = {
            str(each.party_id)
            for each in agreement.declarations  # type: ignore[attr-defined]
            if each.digest == proposal.digest
        }
        return _("declare the same end of the term"), everybody - declared
    return "", set()


def _unsigned(agreement: Agreement) -> set[str]:
    frozen = agreement.frozen  # type: ignore[attr-defined]
    newest = frozen[-1] if frozen else None
    signed = {each.signatory_id for each in newest.evidence.all()} if newest else set()
    places = agreement.places  # type: ignore[attr-defined]
    return {str(place.party_id) for place in places if place.pk not in signed}


def _lamps(agreement: Agreement, parties: Sequence[Party]) -> list[lamps.Lamp]:
    """The four lamps from what was read anyway; an amendment has none here."""
    if agreement.is_amendment:
        return []
    partnership = agreement.partnership
    return lamps.four_lamps(
        drafts.Draft(
            agreement=agreement,
            languages=tuple(agreement.languages),
            parties=parties,
            goals=list(partnership.goals.all()),
            foci=list(partnership.foci.all()),
            formats=list(partnership.exchange_formats.all()),
            participations=list(partnership.participations.all()),
            contacts=(),
            council=(),
            signatories=(),
            clauses=(),
        )
    )
