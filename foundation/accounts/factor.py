"""The second factor of a person: an app or passkeys, and recovery codes for the lost phone.

A code counts once: the row of the app remembers the time step of the last code that was accepted.
"""

from __future__ import annotations

import datetime as dt
import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Min, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.accounts import letters
from foundation.accounts.cipher import SecretUnreadable
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.limits import Limit

TOTP = Authenticator.Type.TOTP
RECOVERY = Authenticator.Type.RECOVERY_CODES
# Both kinds let a mandate take effect, recovery codes alone do not.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
STEP_SECONDS = 30
DRIFT = (0, -1, 1)  # steps: a phone's clock may be half a minute off
WRONG_CODES = (
    Limit("factor", at_most=6, per=dt.timedelta(minutes=5)),
    Limit("factor-day", at_most=60, per=dt.timedelta(days=1)),
)


class WrongCode(DomainError):
    """The code is wrong, too old, or was used before."""


class FactorExists(DomainError):
    """The person has an authenticator app already."""


def has_second_factor(user: User | AnonymousUser) -> bool:
    """Whether `user` has an authenticator app or a passkey (recovery codes do not count)."""
    return bool(user.is_authenticated and second_factors(user.pk).exists())


def second_factors(user_id: int | OuterRef | None) -> QuerySet[Authenticator]:
    """What lets the mandates of a person take effect; `user_id` may be that of an outer query."""
    return Authenticator.objects.filter(user_id=user_id, type__in=SECOND_FACTORS)


def enrolled_at(user: User) -> dt.datetime | None:
    """Since when `user` has had the second factor that they have; None without one."""
    found = second_factors(user.pk).aggregate(first=Min("created_at"))
    first: dt.datetime | None = found["first"]
    return first


def has_app(user: User) -> bool:
    """Whether `user` has an authenticator app."""
    return Authenticator.objects.filter(user_id=user.pk, type=TOTP).exists()


def use_code(user: User, code: str, *, recovery: bool = False) -> Authenticator:
    """Accept a code of the app (or, if `recovery`, an unused recovery code) once and for all.

    Only failures count against the allowance. Raises WrongCode, TooOften.
    """
    _count(user)
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(user_id=user.pk)
        app = found.filter(type=TOTP).first()
        if app is not None and _spend_step(app, code):
            accepted = app
        elif recovery and (spare := found.filter(type=RECOVERY).first()) is not None:
            if not RecoveryCodes(spare).validate_code(code):
                raise _wrong()
            accepted = spare
        else:
            raise _wrong()
    _forgive(user)
    return accepted


def enrol(user: User, secret: str, code: str) -> None:
    """Link an authenticator app by its base32 `secret` once it shows a right code.

    Makes recovery codes, ends all other sessions, tells the person. Raises WrongCode, FactorExists.
    """
    _count(user)
    step = _matching_step(secret, code)
    if step is None:
        raise _wrong()
    _forgive(user)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if has_app(user):
            raise FactorExists("factor-exists", _("You already have an authenticator app."))
        is_first = not has_second_factor(user)
        data = {"secret": encrypt(secret), "last_step": step}
        Authenticator.objects.create(user=user, type=TOTP, data=data)
        note_added(user, is_first=is_first, happened="factor-added")


def note_added(user: User, *, is_first: bool, happened: str) -> None:
    """What follows a new factor: recovery codes, an end to other sessions, a notice."""
    RecoveryCodes.activate(user)
    if is_first:
        # After a reset the waiting time starts anew with the new factor.
        User.objects.filter(pk=user.pk).exclude(factor_reset_at=None).update(factor_reset_at=Now())
    _end_sessions(user)
    trail.record("factor.added", user, by=user)
    letters.tell_change(user, happened)


def note_taken_away(user: User, *, happened: str) -> None:
    """What follows when one factor of several went: an end to other sessions, a notice."""
    _end_sessions(user)
    trail.record("factor.taken_away", user, by=user)
    letters.tell_change(user, happened)


def take_app_off(user: User) -> None:
    """Take the app away; passkeys stay, and without any everything is reset."""
    with transaction.atomic():
        others = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
        if not others.exists():
            remove(user, by=user)
            return
        Authenticator.objects.filter(user_id=user.pk, type=TOTP).delete()
        note_taken_away(user, happened="factor-removed")


def remove(user: User, *, by: User) -> None:
    """Take the second factor away: roles rest, other sessions end, signing waits 48 hours."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=user.pk).delete()
        User.objects.filter(pk=user.pk).update(factor_reset_at=Now())
        _end_sessions(user)
        trail.record("factor.removed", user, by=by)
        letters.tell_change(user, "factor-removed")


def new_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes; the old ones stop working."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).delete()
        codes = RecoveryCodes.activate(user).generate_codes()
        trail.record("factor.recovery_codes", user, by=user)
        letters.tell_change(user, "recovery-codes")
    return codes


def unused_recovery_codes(user: User) -> list[str]:
    """The recovery codes that still work."""
    spare = Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).first()
    try:
        return RecoveryCodes(spare).get_unused_codes() if spare else []
    except SecretUnreadable:  # the page still opens, and new ones can be made
        return []


def encrypt_anew() -> int:
    """Encrypt every stored secret with the newest SECRET_KEY; returns how many.

    After that the old key may be forgotten. Raises SecretUnreadable, and changes nothing then.
    """
    done = 0
    with transaction.atomic():
        found = Authenticator.objects.filter(type__in=(TOTP, RECOVERY))
        for each in found.select_for_update().order_by("pk"):
            for name in ("secret", "seed"):
                if name in each.data:
                    each.data[name] = encrypt(decrypt(each.data[name]))
            each.save(update_fields=["data"])
            done += 1
    return done


def current_code(user: User, *, ahead: int = 0) -> str:
    """What the person's app shows now, or `ahead` steps of 30 s later; for demonstrations."""
    app = Authenticator.objects.get(user_id=user.pk, type=TOTP)
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), _step_now() + ahead))


def _step_now() -> int:
    return int(time.time()) // STEP_SECONDS


def _matching_step(secret: str, code: str) -> int | None:
    for drift in DRIFT:
        step = _step_now() + drift
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _spend_step(app: Authenticator, code: str) -> bool:
    step = _matching_step(decrypt(app.data["secret"]), code)
    if step is None or step <= app.data.get("last_step", -1):
        return False
    app.data["last_step"] = step
    app.save(update_fields=["data"])
    return True


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch", "factor_reset_at"])


def _wrong() -> WrongCode:
    return WrongCode(
        "wrong-code",
        _("This code is not right, or it was used before. Wait for the next one in your app."),
    )


def _count(user: User) -> None:
    for limit in WRONG_CODES:
        limit.use(str(user.pk))


def _forgive(user: User) -> None:
    for limit in WRONG_CODES:
        limit.give_back(str(user.pk))
