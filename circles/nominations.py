"""Sector and expert seats: a body names a person, the office offers the seat, the person answers.

The link in the mail is enough to answer; only the digest of its token is stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Nomination, Seat
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox


class SeatNotFree(DomainError):
    """The seat is offered or taken, or belongs to the lot."""


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
    expertise: LocalizedText | None = None,
    by: User,
) -> Nomination:
    """Offer a sector or expert seat to the person whom `body` named; they get a link by mail."""
    token, name = secrets.token_urlsafe(24), " ".join(name.split())
    with transaction.atomic():
        seat = Seat.objects.select_for_update().select_related("circle").get(pk=seat.pk)
        if seat.kind == Seat.Kind.LOT:
            raise SeatNotFree(
                "seat-by-lot", _("This seat goes to somebody drawn by lot, nobody can be named.")
            )
        if seat.state != Seat.State.FREE:
            raise SeatNotFree("seat-not-free", _("This seat is offered or taken already."))
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
            token_digest=_digest(token),
            nominated_by=by,
        )
        trail.record("seat.offered", seat, by=by, nomination=nomination.pk)
        _mail("seat_offered", nomination, name=name, token=token)
    return nomination


def find_by_token(token: str) -> Nomination | None:
    """The nomination behind a link in a mail."""
    return (
        Nomination.objects.select_related("seat__circle__work_order", "person")
        .filter(token_digest=_digest(token))
        .first()
    )


def accept(
    nomination: Nomination, *, name_is_public: bool, conflict: str = "", by: User | None
) -> None:
    """The person takes the seat; `conflict` tells of interests that others should know of."""
    with transaction.atomic():
        seat = _lock(nomination)
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
        _mail("seat_accepted", nomination, name=nomination.person.name)


def decline(nomination: Nomination, *, by: User | None) -> None:
    """The person does not want the seat; it is free again."""
    _give_back(nomination, Nomination.State.DECLINED, by=by)


def take_back(nomination: Nomination, *, by: User) -> None:
    """The office withdraws an unanswered offer (wrong address, the body changed its mind)."""
    _give_back(nomination, Nomination.State.WITHDRAWN, by=by)


def give_way(circle_pk: int, person: User) -> None:
    """The lot fell on somebody whom a body has named too: the unanswered offer is withdrawn."""
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


def take_back_accepted(seat: Seat, *, by: User) -> None:
    """A named member gives the seat back; the office may offer it to somebody else."""
    with transaction.atomic():
        seat = Seat.objects.select_for_update().select_related("circle").get(pk=seat.pk)
        nomination = seat.nominations.filter(person=by, state=Nomination.State.ACCEPTED).last()
        if nomination is not None:
            states.advance(nomination, Nomination.State.RETURNED, by=by, answered_at=timezone.now())
            _mail("seat_returned", nomination, name=by.name)
        _free(seat, by=by)


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


def _lock(nomination: Nomination) -> Seat:
    seat = Seat.objects.select_for_update().get(pk=nomination.seat_id)
    nomination.refresh_from_db(fields=["state"])
    if nomination.state != Nomination.State.OPEN:
        raise AlreadyAnswered("already-answered", _("This offer has been answered already."))
    return seat


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


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
