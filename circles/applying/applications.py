"""Applying to a call: the moment of the form counts, the code from the mail may follow.

One person, one application: the address makes the identity, the identity makes the ticket.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.applying import likenesses, receipts
from circles.applying.search_keys import keys_of
from circles.calling import calls, quota_rules
from circles.drawing.tickets import normal_identity, short_ticket, ticket
from circles.lottery import LotteryFault
from circles.models import Application, Call, CriterionAnswer, DrawEvent, Offer
from circles.seating import offers
from circles.traces import actor_of
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox

# No vowels and no look-alikes: references are read out on the telephone.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"

# The address of somebody who has none: a name that no mail can reach.
PAPER = "paper.invalid"

# How long after the deadline a letter that came in time may still be typed.
TYPED_WITHIN = dt.timedelta(days=3)


class CallClosed(DomainError):
    """The call is not open at this moment."""


class NoIdentity(DomainError):
    """The address cannot make a ticket."""


class FixedNow(DomainError):
    """The application can no longer be changed."""


def identity_of(email: str) -> str:
    """The address as it enters the ticket; raises NoIdentity with the next step."""
    try:
        return normal_identity(email)
    except LotteryFault as fault:
        raise NoIdentity(
            "no-identity",
            _(
                "This address cannot be used for the draw: the part before the @ may only have "
                "letters without accents. Use another address, or call us."
            ),
        ) from fault


def submit(
    call: Call,
    *,
    name: str,
    email: str,
    phone: str = "",
    language: str = "de",
    motivation: str = "",
    support_needs: str = "",
    answers: Mapping[int, bool],
    quota_answers: Mapping[int, int] | None = None,
    privacy_version: str = "",
    reference: str = "",
    identity: str = "",
    received_at: dt.datetime | None = None,
    **on_paper: str,
) -> Application:
    """Store an application of this moment, still without its code. `answers`: criterion pk -> yes;
    `quota_answers`: attribute pk -> value pk, only what was said with consent; `received_at` and
    `on_paper` (way, postal_address, file_reference) only for what the office types.

    Raises CallClosed or NoIdentity. Says nothing about other applications with this address.
    """
    identity = identity or identity_of(email)
    with transaction.atomic():
        call, now = hold_open(call, received_at)
        nonce = secrets.token_hex(16)
        reference = reference or new_reference()
        application = Application.objects.create(
            call=call,
            reference=reference,
            name=one_line(name),
            email=email.strip(),
            phone=phone,
            language=language,
            motivation=motivation,
            support_needs=support_needs,
            nonce=nonce,
            identity=identity,
            ticket=ticket(call.draw_id, nonce, identity),
            submitted_at=now,
            **keys_of(one_line(name), email, phone, reference),
            **on_paper,
        )
        _answer(application, answers)
        quota_rules.answer(application, quota_answers or {})
        trail.record(
            "application.submitted", application, by=None, call=call.pk, privacy=privacy_version
        )
    return application


def correct(
    application: Application,
    *,
    name: str,
    phone: str,
    motivation: str,
    support_needs: str,
    answers: Mapping[int, bool],
    quota_answers: Mapping[int, int] | None = None,
    by: User,
) -> None:
    """Change everything but the address until the deadline; answers only before the review."""
    with transaction.atomic():
        hold_open(application.call)
        Application.objects.select_for_update().get(pk=application.pk)
        demand_correctable(application)
        Application.objects.filter(pk=application.pk).update(
            name=one_line(name),
            phone=phone,
            motivation=motivation,
            support_needs=support_needs,
            **keys_of(one_line(name), application.email, phone, application.reference),
        )
        _answer(application, answers)
        quota_rules.answer(application, quota_answers or {})
        trail.record("application.corrected", application, by=actor_of(application, by))
        likenesses.point_out(application)


def enter_on_paper(
    call: Call,
    *,
    name: str,
    email: str = "",
    phone: str = "",
    motivation: str = "",
    support_needs: str = "",
    answers: Mapping[int, bool],
    quota_answers: Mapping[int, int] | None = None,
    way: str = Application.Way.LETTER,
    postal_address: str = "",
    file_reference: str = "",
    received_at: dt.datetime | None = None,
    by: User,
) -> Application:
    """Store what came by letter or telephone: no code, the reference number is the identity.

    `received_at` is when it reached the office, if not now: a letter of the last day may be typed
    until TYPED_WITHIN after the deadline. Raises CallClosed.
    """
    with transaction.atomic():
        reference = new_reference()
        application = submit(
            call,
            name=name,
            email=email,
            phone=phone,
            motivation=motivation,
            support_needs=support_needs,
            answers=answers,
            quota_answers=quota_answers,
            reference=reference,
            identity=f"ref:{reference}",
            received_at=received_at,
            way=way,
            postal_address=one_line(postal_address),
            file_reference=file_reference,
        )
        states.advance(
            application,
            Application.State.SUBMITTED,
            by=by,
            confirmed_at=clock.now_for(application.call),
        )
        # A seat needs a person; this one has no way to log in and is looked after by the office.
        application.user = person_with(f"{reference}@{PAPER}", name=name)
        Application.objects.filter(pk=application.pk).update(user=application.user)
        trail.record(
            "application.typed", application, by=by, way=way, reference=file_reference,
            received_at=application.submitted_at.isoformat(),
        )  # fmt: skip
        likenesses.point_out(application)
        receipts.issue_later(application)
        mail("application_received", application, secret=bool(email))
    return application


def demand_correctable(application: Application) -> None:
    """Raise FixedNow unless the application waits for its review."""
    application.refresh_from_db(fields=["state"])
    if application.state != Application.State.SUBMITTED or application.reviews.exists():
        raise FixedNow(
            "in-review",
            _("Your application is being reviewed and stays as it is. Please call us instead."),
        )


def withdraw(
    application: Application,
    *,
    by: User | None,
    tell: bool = True,
    kind: DrawEvent.Kind = DrawEvent.Kind.WITHDRAW,
) -> None:
    """Take the application back, at any time; after the draw the order skips its ticket.

    `tell` sends a confirmation by mail; `kind` is what the log of the draw calls it.
    """
    with transaction.atomic():
        call = Call.every.select_for_update().get(pk=application.call_id)
        if Offer.objects.filter(application=application, state=Offer.State.ACCEPTED).exists():
            raise FixedNow(
                "has-seat",
                _("You have a seat in the circle. Give it back first, on the page of your seat."),
            )
        states.advance(
            application,
            Application.State.WITHDRAWN,
            by=actor_of(application, by),
            withdrawn_at=clock.now_for(call),
            pending_email="",
            code_digest="",
        )
        offers.note_withdrawal(application, by=by, kind=kind)
        if tell and application.confirmed_at is not None:
            mail("application_withdrawn", application)


def hold_open(call: Call, received_at: dt.datetime | None = None) -> tuple[Call, dt.datetime]:
    """Lock the call for share and take one moment of the database's clock, both until commit.

    With `received_at` that moment counts, if it is past and not typed too late. Raises CallClosed
    when the moment is not before the deadline.
    """
    call = calls.lock_for_share(call)
    now = clock.now_for(call)
    if received_at is not None:
        now = _moment_of_arrival(call, received_at, now)
    if call.state != Call.State.OPEN or now >= call.closes_at:
        raise CallClosed(
            "call-closed",
            _(
                "The deadline has passed, applications are closed. What you typed is still "
                "here, but nothing was sent. Please call us if you were kept from applying."
            ),
        )
    if now < call.opens_at:
        raise CallClosed("call-not-open", _("The call is not open yet. Please come back later."))
    return call, now


def _moment_of_arrival(call: Call, received_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    if received_at > now:
        raise CallClosed("not-yet", _("The moment of arrival lies in the future."))
    if now >= call.closes_at + TYPED_WITHIN:
        raise CallClosed(
            "typed-too-late",
            _("Three days after the deadline nothing can be typed any more, whenever it came."),
        )
    return received_at


def signed_id(application: Application) -> str:
    """How links to an application without login name it: nobody can count up."""
    return _signer().sign(str(application.pk))


def find_by_signed_id(signed: str) -> Application | None:
    """The application behind such a link, or None."""
    try:
        pk = int(_signer().unsign(signed))
    except (BadSignature, ValueError):
        return None
    found = Application.objects.filter(pk=pk, erased_at=None)
    return found.select_related("call__circle", "user").first()


def one_line(name: str) -> str:
    """A name as mail headers and lists bear it: without line breaks and double spaces."""
    return " ".join(name.split())


def new_reference() -> str:
    """Such as K7RM-2QXT: says nothing and is hard to guess."""
    letters = [secrets.choice(LETTERS) for _n in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def mail(
    kind: str,
    application: Application,
    *,
    key: str = "",
    hold: bool = False,
    secret: bool = False,
    **context: Any,
) -> None:
    """Queue a mail of `kind` about `application`, in its language; more `context` by name."""
    outbox.queue(
        kind,
        key=key or f"{kind.replace('_', '-')}-{application.pk}",
        to=application.email,
        to_name=application.name,
        postal_address=application.postal_address,
        language=application.language,
        subject=application,
        context={
            "application": application,
            "call": application.call,
            "circle": application.call.circle,
            "short": short_ticket(application.ticket),
            **context,
        },
        hold=hold,
        secret=secret,
    )


def _signer() -> Signer:
    return Signer(sep="~", salt="circles.application")


def _answer(application: Application, answers: Mapping[int, bool]) -> None:
    for criterion, met in answers.items():
        CriterionAnswer.objects.update_or_create(
            application=application, criterion_id=criterion, defaults={"met": met}
        )
