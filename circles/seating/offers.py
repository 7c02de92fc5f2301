"""After the lot: seats are offered in its order, accepted or given back, and the next one moves up.

No new draw, and nobody chooses: the reserve list is the rest of the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from circles import clock
from circles.models import (
    Application,
    Call,
    Circle,
    Departure,
    Draw,
    DrawEvent,
    Offer,
    Place,
    Seat,
)
from circles.seating import letters, naming, terms, turns
from circles.seating.links import digest_of, new_token
from circles.traces import actor_of
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from foundation.mail import outbox

REMINDER = "circles.offer-reminder"
REMIND_BEFORE = dt.timedelta(days=3)
HELD = (Offer.State.OPEN, Offer.State.ACCEPTED)
TIME_TO_OBJECT = dt.timedelta(hours=48)


class OfferClosed(DomainError):
    """The offer was answered before, or its time is over."""


def admit_all(draw: Draw) -> None:
    """No more applications than seats: no draw is needed, everybody is offered a seat."""
    pool = draw.call.applications.filter(state=Application.State.QUALIFIED).order_by("ticket")
    Place.objects.bulk_create(
        [
            Place(draw=draw, number=n, ticket=application.ticket, application=application)
            for n, application in enumerate(pool, start=1)
        ]
    )
    offer_free_seats(draw)


def offer_free_seats(draw: Draw) -> list[Offer]:
    """Offer every free lot seat to the next person in the order; returns the new offers."""
    made: list[Offer] = []
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        seats = list(
            Seat.objects.filter(
                circle=call.circle_id, kind=Seat.Kind.LOT, state=Seat.State.FREE
            ).select_for_update()
        )
        waiting = _waiting(draw)
        for seat in seats[: _room(draw)]:
            place = next(waiting, None)
            if place is None:
                break
            made.append(_offer(draw, call, seat, place))
    return made


def answer(offer: Offer, *, accept: bool, name_is_public: bool = False, by: User | None) -> None:
    """The drawn person accepts or declines; a declined seat passes on by `departures`."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=offer.draw.call_id)
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        by = actor_of(offer.application, by)
        now = clock.now_for(call)
        if offer.state != Offer.State.OPEN:
            raise OfferClosed("answered", _("This offer has been answered already."))
        if now >= letters.answer_by(offer, now):
            raise OfferClosed("too-late", _("The time to answer is over."))
        if accept:
            states.advance(offer, Offer.State.ACCEPTED, by=by, answered_at=now)
            states.advance(
                offer.seat,
                Seat.State.TAKEN,
                by=by,
                taken_at=now,
                name_is_public=name_is_public,
            )
            terms.begin(offer.seat)
            _mail("offer_accepted", offer, call)
        else:
            _depart(offer, Departure.Kind.DECLINE, now, by=by)


def take_back_accepted(offer: Offer, *, by: User | None, is_forgotten: bool = False) -> list[Offer]:
    """A drawn member gives the seat back; the next in the order is offered it at once.

    Once the circle has ended nobody moves up any more. With `is_forgotten` nobody acts but the
    clock: the log of the draw says so, and no mail speaks of a step that the person never took.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=offer.draw.call_id)
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        now, by = clock.now_for(call), actor_of(offer.application, by)
        states.advance(offer, Offer.State.RETURNED, by=by, answered_at=now)
        free_seat(offer, now, by=by)
        ticket = offer.application.ticket
        if is_forgotten:
            note_event(offer.draw, DrawEvent.Kind.ERASED, ticket, now)
        else:
            note_event(offer.draw, DrawEvent.Kind.WITHDRAW, ticket, now, "seat-returned")
            _mail("seat_returned", offer, call)
        if call.circle.state != Circle.State.FINISHED:
            return offer_free_seats(offer.draw)
    return []


def free_seat(offer: Offer, now: dt.datetime, *, by: User | None) -> None:
    """The seat forgets whoever had it; what they sat ends now."""
    terms.end(offer.seat)
    states.advance(
        offer.seat,
        Seat.State.FREE,
        by=by,
        holder=None,
        ticket="",
        taken_at=None,
        name_is_public=False,
    )


def has_place(application: Application) -> bool:
    """Whether a seat is offered to this person, is theirs, or has not passed on yet."""
    theirs = application.offers.filter(
        Q(state__in=HELD) | Q(departures__state=Departure.State.OPEN)
    )
    return theirs.exists()


def begin_departure(application: Application, *, by: User) -> bool:
    """Staff note that the person leaves their place: it passes on by two people, after 48 hours.

    False where there is no place to leave.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().filter(draw__offers__application=application)
        if not has_place(application) or (locked := call.first()) is None:
            return False
        offer = application.offers.select_for_update().get()
        if _departing(offer.draw).filter(offer=offer).exists():
            raise OfferClosed("departing", _("This is noted already. Another person looks at it."))
        now = clock.now_for(locked)
        if offer.state == Offer.State.OPEN:
            _depart(offer, Departure.Kind.DECLINE, now, by=by)
        else:  # the seat stays theirs until it passes on
            leaving = _note_departure(offer, Departure.Kind.WITHDRAW, now, by=by)
            _mail("seat_returned", offer, locked, of=leaving.pk)
    return True


def expire_overdue(draw: Draw) -> int:
    """Offers whose time is over begin to pass on (`departures`); returns how many.

    The time of somebody without an address begins with the letter.
    """
    expired = 0
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        now = clock.now_for(call)
        overdue = draw.offers.filter(state=Offer.State.OPEN, answer_by__lte=now)
        for offer in overdue.select_for_update():
            ends_at = letters.answer_by(offer, now)
            if now < ends_at:
                Offer.objects.filter(pk=offer.pk).update(answer_by=ends_at)
                continue
            _depart(offer, Departure.Kind.EXPIRED, now, by=None)
            expired += 1
    return expired


def note_withdrawal(
    application: Application, *, by: User | None, kind: DrawEvent.Kind = DrawEvent.Kind.WITHDRAW
) -> None:
    """Somebody in the pool withdraws: the order skips them, a seat of theirs moves on."""
    draw = Draw.objects.filter(call=application.call_id).first()
    if draw is None or not draw.places.filter(ticket=application.ticket).exists():
        return
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        now, by = clock.now_for(call), actor_of(application, by)
        open_offer = draw.offers.filter(application=application, state=Offer.State.OPEN).first()
        if open_offer is not None:
            states.advance(open_offer, Offer.State.DECLINED, by=by, answered_at=now)
            vacate(open_offer, kind, now, by=by)
            offer_free_seats(draw)
        elif (gone := _departing(draw).filter(offer__application=application).first()) is not None:
            states.advance(gone, Departure.State.OVERTAKEN, by=by, closed_at=now)
            vacate(gone.offer, kind, now, by=by)
            offer_free_seats(draw)
        elif not _is_gone(draw, application.ticket):
            note_event(draw, kind, application.ticket, now)


def vacate(offer: Offer, kind: DrawEvent.Kind, now: dt.datetime, *, by: User | None) -> None:
    """The seat of an offer that nobody takes is free again, and the log of the draw says why."""
    states.advance(offer.seat, Seat.State.FREE, by=by, holder=None, ticket="")
    note_event(offer.draw, kind, offer.application.ticket, now)


def note_earlier_withdrawals(draw: Draw) -> None:
    """Who withdrew between the freeze and the draw: the log says so before any seat is offered."""
    withdrawn = draw.places.filter(application__state=Application.State.WITHDRAWN)
    for place in withdrawn.select_related("application").order_by("application__withdrawn_at"):
        assert place.application is not None  # noqa: S101 - for the type checker; filtered above
        note_event(draw, DrawEvent.Kind.WITHDRAW, place.ticket, place.application.withdrawn_at)


def find_by_digest(digest: str) -> Offer | None:
    """The offer behind a link: that of the first mail or of the reminder."""
    return (
        Offer.objects.select_related("draw__call__circle", "seat", "application")
        .filter(Q(token_digest=digest) | Q(reminder_digest=digest))
        .first()
    )


def find_by_token(token: str) -> Offer | None:
    """The offer behind a link in a mail; only the digest of the token is stored."""
    return find_by_digest(digest_of(token))


def remind(offer_pk: int, departure_pk: int | None = None) -> None:
    """One more mail, with a link of its own, to who has not answered; never a third.

    After an objection (`departure_pk`) there is one more, whose link takes the reminder's place.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("draw__call__circle", "seat", "application")
        .filter(pk=offer_pk, state=Offer.State.OPEN)
        .first()
    )
    if offer is None or (offer.reminder_digest and departure_pk is None):
        return
    if clock.now_for(offer.draw.call) >= offer.answer_by or letters.is_untold(offer):
        return
    token = new_token()
    Offer.objects.filter(pk=offer.pk).update(reminder_digest=digest_of(token))
    _mail("offer_reminder", offer, offer.draw.call, token=token, of=departure_pk)


def _room(draw: Draw) -> int:
    """How many seats this draw may still offer: those it was made for, less those it fills."""
    if draw.motions.annulments().exists():
        return 0
    filled = draw.offers.filter(state__in=HELD).count()
    leaving = _departing(draw).exclude(offer__state__in=HELD)
    return max(0, draw.seats - filled - leaving.count())


def _departing(draw: Draw) -> QuerySet[Departure]:
    """Offers that were declined or forgotten, whose seats have not passed on yet."""
    found = Departure.objects.filter(offer__draw=draw, state=Departure.State.OPEN)
    return found.select_related("offer__draw", "offer__seat", "offer__application")


def _waiting(draw: Draw) -> Iterator[Place]:
    """Places in order whose people can still be offered a seat.

    Only a seat that somebody took makes them ineligible: an offer of the office is not theirs yet.
    """
    left = draw.events.exclude(kind=DrawEvent.Kind.REINSTATED)
    gone = set(left.values_list("ticket", flat=True))
    offered = set(draw.offers.values_list("application_id", flat=True))
    seated = set(
        Seat.objects.filter(
            # An open offer of an earlier lot is theirs as well; one seat is enough.
            Q(state=Seat.State.TAKEN) | Q(state=Seat.State.OFFERED, kind=Seat.Kind.LOT),
            circle=draw.call.circle_id,
        ).values_list("holder_id", flat=True)
    )
    for place in turns.in_turn(draw):
        application = place.application
        if application is None or place.ticket in gone or application.pk in offered:
            continue
        if application.state == Application.State.WITHDRAWN:
            continue
        if application.user_id in seated:
            note_event(draw, DrawEvent.Kind.INELIGIBLE, place.ticket, None, "already-seated")
            continue
        yield place


def _offer(draw: Draw, call: Call, seat: Seat, place: Place) -> Offer:
    token = new_token()
    application = Application.objects.select_related("user").get(places=place)
    now = clock.now_for(call)
    if application.user is not None:
        naming.give_way(seat.circle_id, application.user)
    offer = Offer.objects.create(
        draw=draw,
        seat=seat,
        application=application,
        place=place.number,
        token_digest=digest_of(token),
        offered_at=now,
        answer_by=now + dt.timedelta(days=call.answer_days),
    )
    states.advance(seat, Seat.State.OFFERED, by=None, holder=application.user, ticket=place.ticket)
    trail.record("seat.offered", seat, by=None, offer=offer.pk, place=place.number)
    _mail("offer", offer, call, token=token)
    work.request(
        REMINDER,
        str(offer.pk),
        due_at=offer.answer_by - call.clock_ahead - REMIND_BEFORE,
        offer_pk=offer.pk,
    )
    return offer


def _depart(offer: Offer, kind: Departure.Kind, now: dt.datetime, *, by: User | None) -> None:
    """The seat begins to pass on; each time is told in a mail of its own."""
    to = Offer.State.DECLINED if kind == Departure.Kind.DECLINE else Offer.State.EXPIRED
    states.advance(offer, to, by=by, answered_at=now)
    departure = _note_departure(offer, kind, now, by=by)
    _mail(f"offer_{to.value}", offer, offer.draw.call, of=departure.pk)


def _note_departure(
    offer: Offer, kind: Departure.Kind, now: dt.datetime, *, by: User | None
) -> Departure:
    return Departure.objects.create(
        offer=offer, kind=kind, began_at=now, object_until=now + TIME_TO_OBJECT, entered_by=by
    )


def _is_gone(draw: Draw, ticket: str) -> bool:
    """Whether the log of the draw says already that this ticket is gone."""
    last = draw.events.filter(ticket=ticket).order_by("n").last()
    return last is not None and last.kind != DrawEvent.Kind.REINSTATED


def note_event(
    draw: Draw, kind: DrawEvent.Kind, ticket: str, at: dt.datetime | None, reason: str = ""
) -> None:
    last = draw.events.aggregate(last=Max("n"))["last"] or 0
    DrawEvent.objects.create(
        draw=draw,
        n=last + 1,
        at=at or clock.now_for(draw.call),
        kind=kind,
        ticket=ticket,
        reason=reason,
    )
    trail.record(f"draw-event.{kind}", draw, by=None, ticket=ticket)


def _mail(kind: str, offer: Offer, call: Call, *, token: str = "", of: int | None = None) -> None:
    """`of` is the departure that the mail belongs to; an offer may have several."""
    application = offer.application
    outbox.queue(
        kind,
        key=letters.key_of(kind, offer, call) + (f"-{of}" if of else ""),
        to=application.email,
        to_name=application.name,
        postal_address=application.postal_address,
        language=application.language,
        subject=application,
        # A personal link is nobody's business: a letter, which the office prints, has none.
        secret=bool(token and application.email),
        context={
            "call": call,
            "circle": call.circle,
            "application": application,
            "offer": offer,
            "token": token if application.email else "",
        },
    )
