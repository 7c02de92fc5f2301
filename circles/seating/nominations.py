"""Sector and expert seats: a body names a person, the office offers the seat, the person answers.

The link in the mail is enough to answer; only the digest of its token is stored.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import NamingRequest, Nomination, Seat
from circles.seating import terms
from circles.seating.links import digest_of, new_token
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox

REMINDER = "seat.offer-reminder"
REMIND_BEFORE = dt.timedelta(days=3)
DAYS_TO_ANSWER = 14


class SeatNotFree(DomainError):
    """The seat is offered or taken, belongs to the lot, or a body is just being asked."""


class MatchMissing(DomainError):
    """An expert's knowledge must fit the topic, and somebody says how."""


class SitsAlready(DomainError):
    """One person, one seat."""


class AlreadyAnswered(DomainError):
    """The offer was answered or taken back before."""


def nominate(
    seat: Seat,
    *,
    name: str,
    email: str,
    body: str,
    nominated_on: dt.date,
    reason: str,
    match: str = "",
    expertise: LocalizedText | None = None,
    days: int = DAYS_TO_ANSWER,
    request: NamingRequest | None = None,
    by: User | None,
) -> Nomination:
    """Offer a sector or expert seat to the person whom `body` named; they get a link by mail.

    `match` says how an expert's knowledge fits the topic. With `request` the body itself names.
    """
    token, name = new_token(), " ".join(name.split())
    answer_by = timezone.now() + dt.timedelta(days=days)
    with transaction.atomic():
        seat = Seat.objects.select_for_update().select_related("circle").get(pk=seat.pk)
        _demand_free(seat)
        if seat.kind == Seat.Kind.EXPERT and not match.strip():
            raise MatchMissing(
                "match-missing", _("Say how this person's expertise fits the topic of the circle.")
            )
        person = person_with(email, name=name)
        if seat.circle.seats.filter(holder=person).exists():
            raise SitsAlready(
                "sits-already", _("This person has a seat in this circle already. One is enough.")
            )
        states.advance(
            seat,
            Seat.State.OFFERED,
            by=by,
            holder=person,
            nominated_by_body=body,
            nominated_on=nominated_on,
            nomination_reason=reason,
            expertise=expertise or seat.expertise,
        )
        nomination = Nomination.objects.create(
            seat=seat,
            person=person,
            body=body,
            reason=reason,
            match=match.strip() if seat.kind == Seat.Kind.EXPERT else "",
            token_digest=digest_of(token),
            request=request,
            nominated_by=by,
            answer_by=answer_by,
        )
        trail.record("seat.offered", seat, by=by, nomination=nomination.pk)
        _mail("seat_offered", nomination, name=name, token=token)
        work.request(
            REMINDER,
            str(nomination.pk),
            due_at=answer_by - REMIND_BEFORE,
            nomination_pk=nomination.pk,
        )
    return nomination


def find_by_digest(digest: str) -> Nomination | None:
    """The nomination behind a link: that of the first mail or of the reminder."""
    return (
        Nomination.objects.select_related("seat__circle__work_order", "person", "request")
        .filter(Q(token_digest=digest) | Q(reminder_digest=digest))
        .first()
    )


def find_by_token(token: str) -> Nomination | None:
    """The nomination behind a link in a mail."""
    return find_by_digest(digest_of(token))


def is_open(nomination: Nomination) -> bool:
    """Whether the person can still answer."""
    in_time = nomination.answer_by is None or timezone.now() < nomination.answer_by
    return nomination.state == Nomination.State.OPEN and in_time


def remind(nomination_pk: int) -> None:
    """One more mail, with a link of its own, while the person has not answered; never a third."""
    nomination = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("seat__circle", "person")
        .filter(pk=nomination_pk, reminder_digest=None)
        .first()
    )
    if nomination is None or not is_open(nomination):
        return
    token = new_token()
    Nomination.objects.filter(pk=nomination.pk).update(reminder_digest=digest_of(token))
    _mail("seat_reminder", nomination, name=nomination.person.name, token=token)


def accept(
    nomination: Nomination, *, name_is_public: bool, conflict: str = "", by: User | None
) -> None:
    """The person takes the seat; `conflict` tells of interests that others should know of."""
    with transaction.atomic():
        seat = _lock(nomination)
        _demand_in_time(nomination)
        now = timezone.now()
        states.advance(
            nomination,
            Nomination.State.ACCEPTED,
            by=by,
            answered_at=now,
            has_conflict=bool(conflict),
            conflict=conflict,
        )
        states.advance(seat, Seat.State.TAKEN, by=by, taken_at=now, name_is_public=name_is_public)
        terms.begin(seat)
        _mail("seat_accepted", nomination, name=nomination.person.name)


def decline(nomination: Nomination, *, by: User | None) -> None:
    """The person does not want the seat; it is free again."""
    _give_back(nomination, Nomination.State.DECLINED, by=by)


def take_back(nomination: Nomination, *, by: User) -> None:
    """The office withdraws an unanswered offer (wrong address, the body changed its mind)."""
    _give_back(nomination, Nomination.State.WITHDRAWN, by=by)


def expire(nomination: Nomination) -> None:
    """Nobody answered in time: the seat is free again, and the person knows."""
    _give_back(nomination, Nomination.State.EXPIRED, by=None)
    _mail("seat_expired", nomination, name=nomination.person.name)


def give_way(circle_pk: int, person: User) -> list[Nomination]:
    """Withdraw what is offered to `person` in this circle by a body; returns the nominations."""
    withdrawn = []
    seats = Seat.objects.select_for_update().filter(
        circle=circle_pk, holder=person, state=Seat.State.OFFERED
    )
    for seat in seats.exclude(kind=Seat.Kind.LOT):
        nomination = seat.nominations.filter(state=Nomination.State.OPEN).first()
        if nomination is None:
            _free(seat, by=None)
        else:
            _give_back(nomination, Nomination.State.WITHDRAWN, by=None)
            _mail("seat_gave_way", nomination, name=person.name)
            withdrawn.append(nomination)
    return withdrawn


def take_back_accepted(seat: Seat, *, by: User) -> Nomination | None:
    """A named member gives the seat back; the nomination it came from, if there was one."""
    with transaction.atomic():
        seat = Seat.objects.select_for_update().select_related("circle").get(pk=seat.pk)
        nomination = seat.nominations.filter(person=by, state=Nomination.State.ACCEPTED).last()
        if nomination is not None:
            states.advance(nomination, Nomination.State.RETURNED, by=by, answered_at=timezone.now())
            _mail("seat_returned", nomination, name=by.name)
        terms.end(seat)
        _free(seat, by=by)
    return nomination


def forget_member(seat: Seat) -> None:
    """A named member of a circle long over: the seat forgets them, without a word by mail."""
    with transaction.atomic():
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        person, now = seat.holder, timezone.now()
        for nomination in seat.nominations.filter(state=Nomination.State.ACCEPTED):
            states.advance(nomination, Nomination.State.RETURNED, by=None, answered_at=now)
        terms.end(seat)
        _free(seat, by=None)
        if person is not None:
            terms.forget(person, seat.circle)


def forget(nomination: Nomination) -> None:
    """Empty what was said about the person; that somebody was asked stays."""
    Nomination.objects.filter(pk=nomination.pk).update(
        reason="", match="", has_conflict=False, conflict=""
    )


def _give_back(nomination: Nomination, to: str, *, by: User | None) -> None:
    with transaction.atomic():
        seat = _lock(nomination)
        states.advance(nomination, to, by=by, answered_at=timezone.now())
        _free(seat, by=by)


def _free(seat: Seat, *, by: User | None) -> None:
    states.advance(
        seat,
        Seat.State.FREE,
        by=by,
        holder=None,
        nominated_by_body="",
        nominated_on=None,
        nomination_reason="",
        taken_at=None,
        name_is_public=False,
    )


def _demand_free(seat: Seat) -> None:
    if seat.kind == Seat.Kind.LOT:
        raise SeatNotFree(
            "seat-by-lot", _("This seat goes to somebody drawn by lot, nobody can be named.")
        )
    if seat.state != Seat.State.FREE:
        raise SeatNotFree("seat-not-free", _("This seat is offered or taken already."))
    if seat.naming_requests.filter(state=NamingRequest.State.OPEN).exists():
        raise SeatNotFree(
            "asked-already",
            _("A body has been asked to name somebody for this seat. Withdraw that request first."),
        )


def _demand_in_time(nomination: Nomination) -> None:
    if not is_open(nomination):
        raise AlreadyAnswered(
            "too-late", _("The time to answer is over. Please write to the office instead.")
        )


def _lock(nomination: Nomination) -> Seat:
    seat = Seat.objects.select_for_update().get(pk=nomination.seat_id)
    nomination.refresh_from_db(fields=["state"])
    if nomination.state != Nomination.State.OPEN:
        raise AlreadyAnswered("already-answered", _("This offer has been answered already."))
    return seat


def _mail(kind: str, nomination: Nomination, *, name: str, token: str = "") -> None:
    outbox.queue(
        kind,
        key=f"{kind.replace('_', '-')}-{nomination.pk}",
        to=nomination.person.email,
        to_name=name,
        language=nomination.person.language,
        subject=nomination.seat,
        context={"nomination": nomination, "circle": nomination.seat.circle, "token": token},
        secret=bool(token),
    )
