"""What people who applied by letter or telephone ask of the office: to withdraw, to be forgotten.

They have no login; the file reference of their letter or call says where their own word is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from circles.applying import applications, erasure
from circles.models import Application, Call, Offer
from circles.seating import departures, offers
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

SAID_YES, SAID_NO, OBJECTS = "yes", "no", "objects"


class NotOnPaper(DomainError):
    """Whoever applied online acts for themselves."""


def enter_all(call: Call, rows: Sequence[Mapping[str, Any]], *, by: User) -> list[Application]:
    """Enter a table of letters and calls, all or none; `rows` are what enter_on_paper takes.

    Raises what entering one of them raises.
    """
    with transaction.atomic():
        return [applications.enter_on_paper(call, **row, by=by) for row in rows]


def withdraw(application: Application, *, reference: str, by: User) -> None:
    """Withdraw for somebody who applied on paper; a letter tells them so."""
    with transaction.atomic():
        _demand_on_paper(application)
        _give_seat_back(application, by=by)
        applications.withdraw(application, by=by)
        trail.record("application.paper-withdrawal", application, by=by, reference=reference)


def erase(application: Application, *, reference: str, by: User) -> None:
    """Forget somebody who applied on paper; the ticket stays."""
    with transaction.atomic():
        _demand_on_paper(application)
        _give_seat_back(application, by=by)
        erasure.erase(application, by=by)
        trail.record("application.paper-erasure", application, by=by, reference=reference)


def note_answer(
    offer: Offer, *, said: str, name_is_public: bool = False, reference: str, by: User
) -> None:
    """Note what the person says to the offer of a seat: SAID_YES, SAID_NO or OBJECTS.

    Who notes a no cannot let the seat pass on (departures). Raises what the answer itself raises.
    """
    with transaction.atomic():
        _demand_on_paper(offer.application)
        if said == OBJECTS:
            departures.object_to(offer, by=by)
        else:
            is_yes = said == SAID_YES
            offers.answer(offer, accept=is_yes, name_is_public=is_yes and name_is_public, by=by)
            if is_yes:
                Offer.objects.filter(pk=offer.pk).update(entered_by=by)
        trail.record("offer.noted", offer, by=by, said=said, reference=reference)


def _give_seat_back(application: Application, *, by: User) -> None:
    """Online members do that on the page of their seat; here it goes with the application."""
    accepted = application.offers.filter(state=Offer.State.ACCEPTED).first()
    if accepted is not None:
        offers.take_back_accepted(accepted, by=by)


def _demand_on_paper(application: Application) -> None:
    if not application.is_on_paper:
        raise NotOnPaper(
            "not-on-paper",
            _("This person applied online and decides that under “My applications”."),
        )
