"""The code from the mail: it turns a form into an application, and an address into a person.

Whether an address has applied before is told to its owner by mail, never to whoever asks.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles import clock
from circles.applying import applications, erasure, likenesses, receipts
from circles.applying.search_keys import keys_of
from circles.calling import calls
from circles.drawing.tickets import ticket
from circles.models import Application, Call
from circles.traces import actor_of
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.people import person_with
from foundation.audit import trail
from foundation.documents import files
from foundation.effects import work
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.posting.limits import TooOften, end_of_window, use_allowance

CODE_LASTS = dt.timedelta(hours=48)
TRIES = 5
REMINDER = "circles.code-reminder"
REMIND_AFTER = dt.timedelta(hours=24)
LATE = "circles.code-late"
CODES_PER_ADDRESS = 10
ALLOWANCE_WINDOW = dt.timedelta(hours=12)


class WrongCode(DomainError):
    """The code does not fit, was tried too often or is too old."""


class AppliedAlready(DomainError):
    """Another application of this person counts already."""


def apply(call: Call, **form: Any) -> Application:
    """Store the form of this moment (see applications.submit) and mail its code.

    Strangers can use up the allowance of an address: that delays the code, never the form.
    Raises CallClosed or NoIdentity; then nothing is stored.
    """
    with transaction.atomic():
        application = applications.submit(call, **form)
        try:
            send_code(application)
        except TooOften:
            _send_later(application)
        work.request(
            REMINDER,
            str(application.pk),
            due_at=application.submitted_at - application.call.clock_ahead + REMIND_AFTER,
            application_pk=application.pk,
        )
    return application


def remind(application_pk: int) -> None:
    """One more mail with a new code after a day, if the form still waits and may have one."""
    application = _waiting(application_pk)
    if application is None or _counts_already(application):
        return
    try:
        _use_allowance(application.identity)
    except TooOften:
        return  # its first code has come, or comes late
    _mail_code(application)


def send_late(application_pk: int) -> None:
    """The first code of a form whose address had none left; nobody can use up this one."""
    application = _waiting(application_pk)
    if application is not None and not application.code_digest:
        _mail_code(application)


def send_code(application: Application) -> None:
    """Mail a new six-digit code; an address that has applied already gets a note instead.

    The code lasts until 48 hours after the form was sent. Raises TooOften, WrongCode.
    """
    _use_allowance(application.identity)
    with transaction.atomic():
        application = _locked(application)
        _demand_in_time(application)
        _mail_code(application)


def confirm(application: Application, code: str) -> Application:
    """The code fits: the application is received, its person known, the receipt on its way.

    Raises WrongCode, AppliedAlready or CallClosed, each with the next step.
    """
    application = _spend_try(application)
    _compare(application, code)
    with transaction.atomic():
        _call, now = _hold_unfrozen(application)
        person = _person_behind(application)
        try:
            with transaction.atomic():
                states.advance(
                    application,
                    Application.State.SUBMITTED,
                    by=None,  # the trail does not name applicants
                    user=person,
                    confirmed_at=now,
                    code_digest="",
                )
        except IntegrityError as error:
            raise AppliedAlready(
                "applied-already",
                _("You have applied to this call already. Your first application stays valid."),
            ) from error
        # Other forms of this mailbox wait on: one may be of a second person (confirm_second).
        likenesses.point_out(application)
        receipts.issue_later(application)
        applications.mail("application_received", application, secret=True)
    return application


def confirm_second(application: Application, code: str) -> Application:
    """The code fits, and whoever typed it says: two of us read this mailbox, and I am the other.

    The reference number becomes the identity, the mailbox's account acts for both, and the pair is
    pointed out to the reviewers. One second person each: more raise AppliedAlready.
    """
    application = _spend_try(application)
    _compare(application, code)
    with transaction.atomic():
        call, now = _hold_unfrozen(application)
        mailbox = _person_behind(application)
        identity = f"ref:{application.reference}"
        paper = f"{application.reference}@{applications.PAPER}"
        try:
            with transaction.atomic():
                states.advance(
                    application,
                    Application.State.SUBMITTED,
                    by=None,  # the trail does not name applicants
                    identity=identity,
                    ticket=ticket(call.draw_id, application.nonce, identity),
                    # A seat needs a person of its own.
                    user=person_with(paper, name=application.name),
                    reached_by=mailbox,
                    confirmed_at=now,
                    code_digest="",
                )
        except IntegrityError as error:
            raise AppliedAlready(
                "two-already",
                _("Two people with this mailbox have applied already. Please call us."),
            ) from error
        likenesses.point_out(application)
        receipts.issue_later(application)
        applications.mail("application_received", application, secret=True)
    return application


def request_address(application: Application, email: str, *, by: User) -> None:
    """Begin to change the address: a code goes to the new one, nothing changes without it."""
    identity = applications.identity_of(email)
    _use_allowance(identity)
    with transaction.atomic():
        _call, now = applications.hold_open(application.call)
        application = _locked(application)
        applications.demand_correctable(application)
        if application.reached_by_id is not None:
            raise applications.FixedNow(
                "shared", _("Two of you share this mailbox. Please call us to change the address.")
            )
        application.pending_email = email.strip()
        application.code_expires_at = now + CODE_LASTS
        application.save(update_fields=["pending_email", "code_expires_at"])
        code = _new_code(application, keep_expiry=True)
        _mail(application, "application_address", application.pending_email, code)
        trail.record("application.address-requested", application, by=actor_of(application, by))


def confirm_address(application: Application, code: str, *, by: User) -> Application:
    """The code from the new address fits: new identity, new ticket, new receipt."""
    application = _spend_try(application)
    _compare(application, code)
    with transaction.atomic():
        call, now = applications.hold_open(application.call)
        application = _locked(application)
        actor = actor_of(application, by)
        applications.demand_correctable(application)
        if application.code_expires_at is None or now >= application.code_expires_at:
            raise _too_old()
        application.email, application.pending_email = application.pending_email, ""
        application.identity = applications.identity_of(application.email)
        application.nonce = secrets.token_hex(16)
        application.ticket = ticket(call.draw_id, application.nonce, application.identity)
        former, application.user = application.user, _person_behind(application)
        application.code_digest, old = "", application.receipt
        application.receipt = None
        try:
            with transaction.atomic():
                application.save()
        except IntegrityError as error:
            raise AppliedAlready(
                "applied-already",
                _("Somebody has applied with this address already. Nothing was changed."),
            ) from error
        Application.objects.filter(pk=application.pk).update(
            **keys_of(application.name, application.email, application.phone, application.reference)
        )
        if old is not None:
            files.purge(old, by=actor)
        trail.record("application.address-changed", application, by=actor)
        erasure.forget_accounts([former])
        likenesses.point_out(application)
        receipts.issue_later(application)
        applications.mail(
            "application_received",
            application,
            key=f"application-received-{application.pk}-{application.ticket[:12]}",
            secret=True,
        )
    return application


def _person_behind(application: Application) -> User:
    return person_with(application.identity, name=application.name, language=application.language)


def _spend_try(application: Application) -> Application:
    """Count one try, for good: the caller's refusal must not give it back."""
    with transaction.atomic():
        # Always the call first, then the application: nobody waits in a circle.
        calls.lock_for_share(application.call)
        application = _locked(application)
        waits = application.state == Application.State.UNCONFIRMED or application.pending_email
        if not waits or not application.code_digest:
            raise WrongCode(
                "no-code-awaited", _("No code is awaited here. Log in to see your application.")
            )
        if application.code_tries >= TRIES:
            raise WrongCode(
                "too-many-tries",
                _("This code was tried too often. Please request a new one."),
            )
        application.code_tries += 1
        application.save(update_fields=["code_tries"])
    return application


def _locked(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__circle", "receipt")
        .get(pk=application.pk)
    )


def _compare(application: Application, code: str) -> None:
    typed = "".join(code.split())
    if constant_time_compare(application.code_digest, _digest(application, typed)):
        return
    left = TRIES - application.code_tries
    if left <= 0:
        raise WrongCode(
            "wrong-code",
            _("This code does not fit. That was the last try; please request a new code."),
        )
    raise WrongCode(
        "wrong-code",
        ngettext(
            "This code does not fit. You have %(n)d try left.",
            "This code does not fit. You have %(n)d tries left.",
            left,
        )
        % {"n": left},
    )


def _hold_unfrozen(application: Application) -> tuple[Call, dt.datetime]:
    call = calls.lock_for_share(application.call)
    if call.state == Call.State.WITHDRAWN:
        raise applications.CallClosed(
            "call-withdrawn", _("The call was withdrawn; nobody can apply any more.")
        )
    if call.state != Call.State.OPEN:
        raise applications.CallClosed(
            "pool-closed", _("The draw pool is closed; this application came too late.")
        )
    if (now := clock.now_for(call)) >= _ends_at(application):
        raise _too_old()
    return call, now


def _demand_in_time(application: Application) -> None:
    if application.state != Application.State.UNCONFIRMED:
        raise WrongCode("confirmed", _("This application is confirmed already."))
    if clock.now_for(application.call) >= _ends_at(application):
        raise _too_old()


def _too_old() -> WrongCode:
    return WrongCode(
        "code-too-old",
        _(
            "The 48 hours for the code are over. While the call is open, "
            "you can send the form again."
        ),
    )


def _ends_at(application: Application) -> dt.datetime:
    return application.submitted_at + CODE_LASTS


def _new_code(application: Application, *, keep_expiry: bool = False) -> str:
    code = f"{secrets.randbelow(10**6):06d}"
    application.code_digest = _digest(application, code)
    application.code_tries = 0
    if not keep_expiry:
        application.code_expires_at = _ends_at(application)
    application.save(update_fields=["code_digest", "code_tries", "code_expires_at"])
    return code


def _digest(application: Application, code: str) -> str:
    key = f"{application.pk}:{application.pending_email}:{code}"
    return salted_hmac("circles.application-code", key, algorithm="sha256").hexdigest()


def _counts_already(application: Application) -> bool:
    same = Application.objects.filter(
        call=application.call_id, identity=application.identity, erased_at=None
    )
    return same.exclude(state__in=erasure.GONE).exists()


def _use_allowance(identity: str) -> None:
    use_allowance("application.code", identity, at_most=CODES_PER_ADDRESS, per=ALLOWANCE_WINDOW)


def _send_later(application: Application) -> None:
    """The code leaves once the address has a new allowance, long before it is too old."""
    application.code_expires_at = _ends_at(application)
    application.save(update_fields=["code_expires_at"])
    work.request(
        LATE,
        str(application.pk),
        due_at=end_of_window(ALLOWANCE_WINDOW),
        application_pk=application.pk,
    )


def _waiting(application_pk: int) -> Application | None:
    """The form, locked, while a code for it still makes sense."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__circle")
        .filter(pk=application_pk, state=Application.State.UNCONFIRMED, erased_at=None)
        .first()
    )
    in_time = application and clock.now_for(application.call) < _ends_at(application)
    return application if in_time else None


def _mail_code(application: Application) -> None:
    kind = "application_already" if _counts_already(application) else "application_code"
    _mail(application, kind, application.email, _new_code(application))


def _mail(application: Application, kind: str, to: str, code: str) -> None:
    outbox.queue(
        kind,
        key=f"{kind.replace('_', '-')}-{application.pk}-{secrets.token_hex(4)}",
        to=to,
        # The address is not confirmed: whoever typed the name must not speak to its owner.
        to_name="",
        language=application.language,
        subject=application,
        context={
            "application": application,
            "call": application.call,
            "circle": application.call.circle,
            "code": code,
            "signed": applications.signed_id(application),
        },
        secret=True,
    )
