"""Between a no and the next person: a second channel, a second member of staff, 48 hours.

So that nobody reaches a friend on the reserve list by a forged no or a lost mail.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.models import Call, Departure, DrawEvent, Offer
from circles.seating import offers
from circles.traces import actor_of
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from foundation.look import moments

State = Departure.State
AGAIN = dt.timedelta(hours=48)
REMIND_AGAIN_BEFORE = dt.timedelta(hours=24)


class NotYet(DomainError):
    """Somebody must still be asked, another person must confirm, or the 48 hours run."""


class TooLateToObject(DomainError):
    """The seat has passed on, or the time to object is over."""


def tell(departure: Departure, *, channel: str, by: User) -> None:
    """Note that the person was asked over a second channel whether the no is theirs."""
    with transaction.atomic():
        departure = _locked(departure)
        now = clock.now_for(departure.offer.draw.call)
        Departure.objects.filter(pk=departure.pk).update(channel=channel, told_by=by, told_at=now)
        if not departure.offer.application.email:
            # Nobody told them before: their hours begin now.
            Departure.objects.filter(pk=departure.pk).update(
                object_until=max(departure.object_until, now + offers.TIME_TO_OBJECT)
            )
        trail.record("departure.told", departure.offer, by=by, channel=channel)


def confirm(departure: Departure, *, by: User) -> list[Offer]:
    """Let the seat pass on; returns the offers to those who move up. Raises NotYet."""
    with transaction.atomic():
        departure = _locked(departure)
        offer, call = departure.offer, departure.offer.draw.call
        now = clock.now_for(call)
        found = obstacles(departure, by=by, now=now)
        if found:
            raise NotYet("not-yet", " ".join(found))
        states.advance(departure, State.CONFIRMED, by=by, closed_by=by, closed_at=now)
        if offer.state == Offer.State.ACCEPTED:  # noted by the office for a member on paper
            return offers.take_back_accepted(offer, by=by)
        offers.vacate(offer, DrawEvent.Kind(departure.kind), now, by=by)
        return offers.offer_free_seats(offer.draw)


def obstacles(departure: Departure, *, by: User, now: dt.datetime) -> list[str]:
    """Why `by` cannot let the seat pass on now, in sentences; empty when they can."""
    found = []
    if departure.told_by_id is None:
        found.append(_("First ask the person over a second channel, and note it."))
    if by.pk in (departure.told_by_id, departure.entered_by_id):
        found.append(_("You have worked on this yourself. Another person lets the seat pass on."))
    if now < departure.object_until:
        found.append(
            _("The person may object until %(end)s.")
            % {"end": moments.moment_text(departure.object_until)}
        )
    return found


def object_to(offer: Offer, *, by: User | None) -> None:
    """The person wants the seat after all: the offer stands again for 48 hours."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=offer.draw.call_id)
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        departure = open_for(offer)
        now, by = clock.now_for(call), actor_of(offer.application, by)
        if departure is None or now >= departure.object_until:
            raise TooLateToObject(
                "too-late", _("The time to object is over. Please write to the office instead.")
            )
        states.advance(departure, State.OBJECTED, by=by, closed_by=by, closed_at=now)
        if offer.state == Offer.State.ACCEPTED:
            return  # the seat was theirs all the time
        back = max(offer.answer_by, now + AGAIN)
        if back > offer.answer_by:
            work.request(
                offers.REMINDER,
                f"{offer.pk}-{departure.pk}",
                due_at=back - call.clock_ahead - REMIND_AGAIN_BEFORE,
                offer_pk=offer.pk,
                departure_pk=departure.pk,
            )
        states.advance(offer, Offer.State.OPEN, by=by, answered_at=None, answer_by=back)


def open_for(offer: Offer) -> Departure | None:
    """The departure of this offer that is not closed."""
    return offer.departures.filter(state=State.OPEN).first()


def can_object(offer: Offer) -> Departure | None:
    """The departure that the person can still object to."""
    found = open_for(offer)
    in_time = found is not None and clock.now_for(offer.draw.call) < found.object_until
    return found if in_time else None


def _locked(departure: Departure) -> Departure:
    """The open departure, behind the lock of its call as everything after a draw."""
    Call.objects.select_for_update().get(draw__offers=departure.offer_id)
    found = (
        Departure.objects.select_related("offer__draw__call", "offer__seat", "offer__application")
        .filter(pk=departure.pk, state=State.OPEN)
        .first()
    )
    if found is None:
        raise TooLateToObject("closed", _("This has been settled already."))
    return found
