"""Leaving for good: the person confirms once more, then the account is nobody's.

The row stays without name, address and keys, because signatures and decisions point at it.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from foundation.accounts import letters
from foundation.accounts.factor import has_second_factor
from foundation.accounts.models import Invitation, Mandate, User
from foundation.accounts.proof import Proof, demand_fresh
from foundation.accounts.tries import MAILS
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.posting.limits import Limit

# No vowels and no look-alikes, as in all codes of the portal.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
STEP_SECONDS = 600
WRONG_CODES = Limit("leaving-code", at_most=5, per=dt.timedelta(minutes=10))


class WrongCode(DomainError):
    """The code from the mail does not fit or is too old."""


class StillInOffice(DomainError):
    """Somebody who has a role cannot vanish."""


def send_code(user: User) -> None:
    """Mail the code that confirms this step; it lasts between ten and twenty minutes.

    Raises TooOften.
    """
    for limit in MAILS:
        limit.use(user.email)
    letters.send_leaving_code(user, _code(user, _step()))


def demand_confirmed(user: User, *, proof: Proof | None, code: str) -> None:
    """A fresh second factor from those who have one, the mailed code from all others.

    Raises ProofMissing, WrongCode, TooOften.
    """
    if has_second_factor(user):
        demand_fresh(proof, user)
        return
    WRONG_CODES.use(str(user.pk))
    typed = "".join(letter for letter in code.upper() if letter.isalpha())
    now = _step()
    if not any(constant_time_compare(typed, _plain(user, step)) for step in (now, now - 1)):
        raise WrongCode(
            "wrong-code",
            _("This code is not right, or it is too old. Have a new one sent to you."),
        )


def open_mandates(user: User) -> list[Mandate]:
    """Roles that are in force or will be."""
    lasting = Q(ends_at=None) | Q(ends_at__gt=Now())
    return list(Mandate.objects.filter(lasting, user=user, revoked_at=None).order_by("role", "pk"))


def erase(user: User) -> None:
    """Take name, address, password, second factor and mails away, and end every session.

    A last mail goes to the old address. Raises StillInOffice.
    """
    with transaction.atomic():
        # Who gives a role waits for this row, and then finds nobody to give it to.
        user = User.objects.select_for_update().get(pk=user.pk)
        if open_mandates(user):
            raise StillInOffice("still-in-office", _("You still have a role here."))
        email, name, language = user.email, user.name, user.language
        outbox.forget_mails_to(email)
        _empty(user)
        letters.tell_erased(email, name=name, language=language, key=f"account-erased-{user.pk}")


def erase_untied(user: User, *, apart_from: Mapping[type[models.Model], Q]) -> bool:
    """Erase an account that no row of the portal needs any more; returns whether it went.

    Rows as `apart_from` describes them, by model, need nobody. No mail tells of it, because nobody
    asks on that day, and what else leaves for the address leaves.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        alone = User.objects.filter(pk=user.pk, erased_at=None)
        for relation in User._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.related_model != EmailAddress:
                model: Any = relation.related_model
                rows = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                alone = alone.exclude(Exists(rows.exclude(apart_from.get(model, Q(pk=None)))))
        if not alone.exists():
            return False
        _empty(user)
    return True


def _empty(user: User) -> None:
    nobody = f"erased-{user.pk}-{secrets.token_hex(4)}@{User.NOWHERE}"
    outbox.forget_mails_about(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    by_name = Q(email__iexact=user.email) | Q(accepted_by=user)
    Invitation.objects.filter(by_name).update(email=nobody)
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        email=nobody,
        name="",
        password=user.password,
        is_active=False,
        is_staff=False,
        last_login=None,
        session_epoch=F("session_epoch") + 1,
        erased_at=Now(),
    )
    trail.record("account.erased", user, by=None)


def _code(user: User, step: int) -> str:
    plain = _plain(user, step)
    return f"{plain[:4]}-{plain[4:]}"


def _plain(user: User, step: int) -> str:
    """Bound to the person, the address, the sessions of today and ten minutes."""
    words = f"{user.pk}:{user.email}:{user.get_session_auth_hash()}:{step}"
    digest = salted_hmac("accounts.leaving", words, algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])


def _step() -> int:
    return int(time.time()) // STEP_SECONDS
