"""What people who applied by letter or telephone ask of the office: to withdraw, to be forgotten.

They have no login; the file reference of their letter or call says where their own word is kept.
One of the office notes it; another one, or a reviewer, confirms it: nobody alone ends somebody
else's application, and an office of one person invites the second one for the call.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles import permissions
from circles.applying import applications, erasure
from circles.models import Application, Call, Offer, PaperEnding
from circles.reviewing import recusals
from circles.seating import departures, offers
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

SAID_YES, SAID_NO, OBJECTS = "yes", "no", "objects"


class NotOnPaper(DomainError):
    """Whoever applied online acts for themselves."""


class NothingNoted(DomainError):
    """A reviewer confirms what the office has noted, word for word, and nothing else."""


class PlaceFirst(DomainError):
    """A place was offered to the person or taken by them; it has to pass on before."""


class Step(enum.Enum):
    """What a member of the office has brought about."""

    NOTED = "noted"  # a second person acts
    DEPARTS = "departs"  # there is a seat: it passes on by two people, after 48 hours
    DONE = "done"


def enter_all(call: Call, rows: Sequence[Mapping[str, Any]], *, by: User) -> list[Application]:
    """Enter a table of letters and calls, all or none; `rows` are what enter_on_paper takes.

    Raises what entering one of them raises.
    """
    with transaction.atomic():
        return [applications.enter_on_paper(call, **row, by=by) for row in rows]


def withdraw(
    application: Application, *, reference: str, seen: int | None = None, by: User
) -> Step:
    """Withdraw for somebody who applied on paper; a letter tells them so.

    `seen` is what another person noted and `by` was shown. A seat that was offered or taken begins
    to pass on (`departures`) instead.
    """
    with transaction.atomic():
        _demand_on_paper(application)
        Call.every.select_for_update().get(pk=application.call_id)
        if offers.has_place(application):
            _demand_office(application, by)
        if offers.begin_departure(application, by=by):
            trail.record("application.paper-departure", application, by=by, reference=reference)
            return Step.DEPARTS
        if not _two_say_so(application, False, reference=reference, seen=seen, by=by):
            return Step.NOTED
        applications.withdraw(application, by=by)
        trail.record("application.paper-withdrawal", application, by=by, reference=reference)
    return Step.DONE


def erase(application: Application, *, reference: str, seen: int | None = None, by: User) -> Step:
    """Forget somebody who applied on paper; the ticket stays. Raises PlaceFirst."""
    with transaction.atomic():
        _demand_on_paper(application)
        Call.every.select_for_update().get(pk=application.call_id)
        if offers.has_place(application):
            raise PlaceFirst(
                "place-first",
                _("This person has a place. Withdraw first; once it has passed on, delete."),
            )
        if not _two_say_so(application, True, reference=reference, seen=seen, by=by):
            return Step.NOTED
        erasure.erase(application, by=by)
        trail.record("application.paper-erasure", application, by=by, reference=reference)
    return Step.DONE


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


def open_ending(application: Application, *, is_erasure: bool) -> PaperEnding | None:
    """The wish that one person has noted and nobody has acted on."""
    return application.endings.filter(confirmed_at=None, is_erasure=is_erasure).first()


def to_confirm(application: Application, *, by: User) -> PaperEnding | None:
    """The wish noted by somebody else that this person may confirm."""
    if not permissions.can_second_paper_ending(by, application):
        return None
    noted = application.endings.filter(confirmed_at=None).exclude(entered_by=by).first()
    return None if noted is None or recusals.is_recused(application, by) else noted


def may_end(user: User, application: Application, *, is_erasure: bool) -> bool:
    """Whether this person can do the next step: the office always, a reviewer what is noted."""
    if permissions.can_end_paper(user, application):
        return True
    noted = to_confirm(application, by=user)
    return noted is not None and noted.is_erasure == is_erasure


def _two_say_so(
    application: Application, is_erasure: bool, *, reference: str, seen: int | None, by: User
) -> bool:
    """Confirm what was noted, if it is what `by` was shown; else note it in place of that."""
    noted = open_ending(application, is_erasure=is_erasure)
    agrees = noted is not None and (noted.pk, noted.reference) == (seen, reference)
    if noted is not None and agrees and noted.entered_by_id != by.pk:
        PaperEnding.objects.filter(pk=noted.pk).update(confirmed_by=by, confirmed_at=Now())
        return True
    _demand_office(application, by)
    application.endings.filter(confirmed_at=None).delete()
    PaperEnding.objects.create(
        application=application, is_erasure=is_erasure, reference=reference, entered_by=by
    )
    trail.record(
        "application.paper-ending-noted", application, by=by, reference=reference,
        erasure=is_erasure,
    )  # fmt: skip
    return False


def _demand_office(application: Application, by: User) -> None:
    if not permissions.can_end_paper(by, application):
        raise NothingNoted(
            "nothing-noted",
            _("You can only confirm what the office has noted. Open the page once more."),
        )


def _demand_on_paper(application: Application) -> None:
    if not application.is_on_paper:
        raise NotOnPaper(
            "not-on-paper",
            _("This person applied online and decides that under “My applications”."),
        )
