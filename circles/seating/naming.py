"""Asking a body to name somebody for a seat: it answers by its link, without an account.

A person who says no, or nothing, sends the question back to the body by itself.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle, NamingRequest, Nomination, Seat
from circles.seating import nominations
from circles.seating.links import digest_of, new_token
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox

State = NamingRequest.State
REMINDER = "seat.naming-reminder"
REMIND_BEFORE = dt.timedelta(days=3)
DAYS_TO_NAME = 14


class NotAskable(DomainError):
    """The seat is not free, or a body has been asked already."""


class RequestClosed(DomainError):
    """The request was answered or withdrawn, or its time is over."""


def ask_body(
    seat: Seat,
    *,
    body: str,
    email: str,
    contact_name: str = "",
    language: str = "de",
    note: str = "",
    expertise: LocalizedText | None = None,
    days: int = DAYS_TO_NAME,
    by: User,
) -> NamingRequest:
    """Mail `body` a link by which it names somebody for a free sector or expert seat.

    `expertise` is the field of knowledge that an expert seat asks for. Raises NotAskable.
    """
    with transaction.atomic():
        seat = Seat.objects.select_for_update().select_related("circle").get(pk=seat.pk)
        _demand_askable(seat)
        if expertise is not None:
            Seat.objects.filter(pk=seat.pk).update(expertise=expertise)
            seat.expertise = expertise
        return _ask(
            NamingRequest(
                seat=seat,
                body=body,
                contact_name=" ".join(contact_name.split()),
                email=email.strip().lower(),
                language=language,
                note=note.strip(),
                requested_by=by,
                name_by=timezone.now() + dt.timedelta(days=days),
            ),
            "naming_request",
            by=by,
        )


def find_by_digest(digest: str) -> NamingRequest | None:
    """The request behind a link; also one that is closed, so that its page can say why."""
    return (
        NamingRequest.objects.select_related("seat__circle__work_order", "previous__nomination")
        .filter(Q(token_digest=digest) | Q(reminder_digest=digest))
        .first()
    )


def find_by_token(token: str) -> NamingRequest | None:
    """The request behind the link of a mail."""
    return find_by_digest(digest_of(token))


def is_open(request: NamingRequest) -> bool:
    """Whether the body can still answer."""
    return request.state == State.OPEN and timezone.now() < request.name_by


def name_person(
    request: NamingRequest, *, name: str, email: str, reason: str, match: str = ""
) -> Nomination:
    """The body names somebody; the person is asked at once. Raises what `nominate` raises."""
    with transaction.atomic():
        seat = _lock(request)
        states.advance(request, State.NAMED, by=None, answered_at=timezone.now())
        nomination = nominations.nominate(
            seat,
            name=name,
            email=email,
            body=request.body,
            nominated_on=timezone.localdate(),
            reason=reason,
            match=match,
            request=request,
            by=None,
        )
        _mail("naming_received", request, nomination=nomination)
    return nomination


def decline(request: NamingRequest, *, answer: str = "") -> None:
    """The body names nobody, perhaps with a word why; the office looks for another body."""
    with transaction.atomic():
        _lock(request)
        states.advance(
            request, State.DECLINED, by=None, answer=answer.strip(), answered_at=timezone.now()
        )


def withdraw(request: NamingRequest, *, by: User) -> None:
    """The office takes the request back: its links lead to a page that says so."""
    with transaction.atomic():
        Seat.objects.select_for_update().get(pk=request.seat_id)
        request.refresh_from_db(fields=["state"])
        if request.state != State.OPEN:
            raise _closed()
        states.advance(request, State.WITHDRAWN, by=by, answered_at=timezone.now())
        _mail("naming_withdrawn", request)


def ask_again(nomination: Nomination) -> NamingRequest | None:
    """The person whom a body named does not come: ask the same body for somebody else.

    Nothing is asked for a circle that has ended, or where the office named the person itself.
    """
    first = nomination.request
    if first is None or nomination.seat.circle.state == Circle.State.FINISHED:
        return None
    return _ask(
        NamingRequest(
            seat=nomination.seat,
            body=first.body,
            contact_name=first.contact_name,
            email=first.email,
            language=first.language,
            note=first.note,
            requested_by=first.requested_by,
            previous=first,
            name_by=timezone.now() + dt.timedelta(days=DAYS_TO_NAME),
        ),
        "naming_again",
        by=None,
        nomination=nomination,
    )


def decline_seat(nomination: Nomination, *, by: User | None) -> None:
    """The named person does not want the seat; their body is asked for somebody else."""
    with transaction.atomic():
        nominations.decline(nomination, by=by)
        ask_again(nomination)


def give_way(circle_pk: int, person: User) -> None:
    """The lot fell on somebody whom a body has named too: the unanswered offer is withdrawn."""
    for nomination in nominations.give_way(circle_pk, person):
        ask_again(nomination)


def leave_seat(seat: Seat, *, by: User) -> None:
    """A named member gives the seat back; the body is asked for somebody else."""
    with transaction.atomic():
        nomination = nominations.take_back_accepted(seat, by=by)
        if nomination is not None:
            ask_again(nomination)


def remind(request_pk: int) -> None:
    """One more mail, with a link of its own, while the body has not answered; never a third."""
    request = (
        NamingRequest.objects.select_for_update(of=("self",))
        .select_related("seat__circle")
        .filter(pk=request_pk, reminder_digest=None)
        .first()
    )
    if request is None or not is_open(request):
        return
    token = new_token()
    NamingRequest.objects.filter(pk=request.pk).update(reminder_digest=digest_of(token))
    _mail("naming_reminder", request, token=token)


def keep_deadlines() -> int:
    """Close what was not answered in time, requests and offers of seats; returns how many."""
    now, done = timezone.now(), 0
    for request in NamingRequest.objects.filter(state=State.OPEN, name_by__lte=now):
        with transaction.atomic():
            states.advance(request, State.EXPIRED, by=None, answered_at=now)
        done += 1
    overdue = Nomination.objects.filter(state=Nomination.State.OPEN, answer_by__lte=now)
    for nomination in overdue.select_related("seat__circle", "request", "person"):
        with transaction.atomic():
            nominations.expire(nomination)
            ask_again(nomination)
        done += 1
    return done


def forget_contacts() -> int:
    """Whom we wrote to at a body is of no use once its circle has ended; returns how many."""
    ended = NamingRequest.objects.filter(seat__circle__state=Circle.State.FINISHED)
    return ended.exclude(contact_name="", email="").update(contact_name="", email="")


def _ask(
    request: NamingRequest, kind: str, *, by: User | None, nomination: Nomination | None = None
) -> NamingRequest:
    token = new_token()
    request.token_digest = digest_of(token)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise _asked_already() from error
    trail.record("seat.name-asked", request.seat, by=by, request=request.pk)
    _mail(kind, request, token=token, nomination=nomination)
    work.request(
        REMINDER,
        str(request.pk),
        due_at=request.name_by - REMIND_BEFORE,
        request_pk=request.pk,
    )
    return request


def _demand_askable(seat: Seat) -> None:
    if seat.kind == Seat.Kind.LOT:
        raise NotAskable(
            "seat-by-lot", _("This seat goes to somebody drawn by lot, nobody can be named.")
        )
    if seat.state != Seat.State.FREE:
        raise NotAskable("seat-not-free", _("This seat is offered or taken already."))
    if seat.naming_requests.filter(state=State.OPEN).exists():
        raise _asked_already()


def _lock(request: NamingRequest) -> Seat:
    seat = Seat.objects.select_for_update().select_related("circle").get(pk=request.seat_id)
    request.refresh_from_db(fields=["state"])
    if not is_open(request):
        raise _closed()
    return seat


def _closed() -> RequestClosed:
    return RequestClosed(
        "request-closed",
        _("This request is closed: it was answered or withdrawn, or its time is over."),
    )


def _asked_already() -> NotAskable:
    return NotAskable(
        "asked-already",
        _("A body has been asked to name somebody for this seat. Withdraw that request first."),
    )


def _mail(
    kind: str, request: NamingRequest, *, token: str = "", nomination: Nomination | None = None
) -> None:
    outbox.queue(
        kind,
        key=f"{kind.replace('_', '-')}-{request.pk}",
        to=request.email,
        to_name=request.contact_name,
        language=request.language,
        subject=request,
        context={
            "request": request,
            "circle": request.seat.circle,
            "seat": request.seat,
            "nomination": nomination,
            "token": token,
        },
        secret=bool(token),
    )
