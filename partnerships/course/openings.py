"""First contacts: noted after an event or a mail, then taken up as a partnership or let go."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course import phases
from partnerships.models import Municipality, Opening, Partnership

State = Opening.State


class ReasonMissing(DomainError):
    """Letting a contact go needs a reason."""


def note_opening(
    home: Municipality,
    other: Municipality,
    *,
    origin: str,
    by: User | None,
    note: str = "",
    happened_on: dt.date | None = None,
    subject_key: tuple[str, str] = ("", ""),
) -> Opening:
    """A contact between two cities and where it came from; raises phases.PartyTwice."""
    if home.pk == other.pk:
        raise phases.PartyTwice(
            "party-twice", _("You named the same city twice. Choose two different cities.")
        )
    with transaction.atomic():
        opening = Opening.objects.create(
            home=home,
            other=other,
            origin=origin,
            note=note,
            happened_on=happened_on,
            subject_type=subject_key[0],
            subject_id=subject_key[1],
            by=by,
        )
        trail.record("opening.noted", opening, by=by)
    return opening


def take_up(opening: Opening, *, by: User | None) -> Partnership:
    """Begin a partnership from the contact, in phase analysis; its origin becomes the reason.

    Raises PartnershipExists, UndeclaredMove.
    """
    origin = LocalizedText.of(by.language if by else "de", opening.origin)
    with transaction.atomic():
        made = phases.open_partnership(
            [opening.home, opening.other],
            choice_reason=origin,
            single_reason=origin,
            is_fictional=opening.home.is_fictional or opening.other.is_fictional,
            by=by,
        )
        states.advance(opening, State.TAKEN_UP, by=by, partnership=made)
    return made


def let_go(opening: Opening, *, reason: str, by: User | None) -> None:
    """Do not pursue the contact; raises ReasonMissing, UndeclaredMove."""
    if not reason.strip():
        raise ReasonMissing("reason-missing", _("Say in a few words why you let the contact go."))
    states.advance(opening, State.DROPPED, by=by, reason=reason.strip())
