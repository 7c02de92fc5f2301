"""A fresh second factor: what signing, freezing and drawing ask for.

Fresh means a session record of method mfa (TOTP or passkey, no recovery code) of these 5 minutes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import factor, passkeys
from foundation.accounts.models import User
from foundation.errors import DomainError

FRESH = dt.timedelta(minutes=5)
AFTER_RESET = dt.timedelta(hours=48)
ACCEPTED = frozenset({str(Authenticator.Type.TOTP), str(Authenticator.Type.WEBAUTHN)})
WITH_RECOVERY = ACCEPTED | {str(Authenticator.Type.RECOVERY_CODES)}


class ProofMissing(DomainError):
    """No fresh second factor in this session."""


class FactorUnsettled(DomainError):
    """The second factor was reset less than 48 hours ago."""


@dataclasses.dataclass(frozen=True)
class Proof:
    """`user_id` confirmed a second factor of type `factor` at `at`."""

    user_id: int
    factor: str
    at: dt.datetime

    def holds_for(self, user: User) -> bool:
        """Whether it is this person's own and still fresh."""
        return self.user_id == user.pk and timezone.now() - self.at <= FRESH


def find_proof(request: HttpRequest, *, accepted: frozenset[str] = ACCEPTED) -> Proof | None:
    """The newest fresh second factor in this session, or None.

    `accepted=WITH_RECOVERY` also takes a recovery code: enough to replace a lost phone.
    """
    if not request.user.is_authenticated:
        return None
    for record in reversed(get_authentication_records(request, request.user)):
        if record.get("method") != "mfa" or record.get("type") not in accepted:
            continue
        at = dt.datetime.fromtimestamp(record["at"], tz=dt.UTC)
        if timezone.now() - at <= FRESH:
            return Proof(user_id=request.user.pk, factor=record["type"], at=at)
    return None


def demand_proof(request: HttpRequest) -> Proof:
    """The fresh second factor, or ProofMissing with the next step."""
    proof = find_proof(request)
    if proof is None:
        raise _missing()
    return proof


def demand_fresh(proof: Proof | None, by: User) -> Proof:
    """The proof itself when it is this person's and of these five minutes; else ProofMissing."""
    if proof is None or not proof.holds_for(by):
        raise _missing()
    return proof


def prove_by_passkey(request: HttpRequest, answer: dict[str, Any]) -> Proof:
    """Confirm with a passkey that answered the question of this session; fresh for 5 minutes.

    Raises PasskeyRefused; ProofMissing for strangers.
    """
    user = request.user
    if not isinstance(user, User):
        raise ProofMissing("proof-missing", _("Please set up your second factor first."))
    post_authentication(request, passkeys.confirm(request, user, answer), reauthenticated=True)
    return demand_proof(request)


def prove_now(request: HttpRequest, code: str) -> Proof:
    """Confirm with a code of the app that came in this very form; it stays fresh for 5 minutes.

    Raises WrongCode, TooOften; ProofMissing for people without an authenticator app.
    """
    user = request.user
    if not isinstance(user, User) or not factor.has_second_factor(user):
        raise ProofMissing("proof-missing", _("Please set up your second factor first."))
    app = factor.use_code(user, code)
    post_authentication(request, app, reauthenticated=True)
    return demand_proof(request)


def demand_settled_factor(user: User) -> None:
    """Refuse for 48 hours after the second factor was reset; raises FactorUnsettled."""
    reset_at = User.objects.values_list("factor_reset_at", flat=True).get(pk=user.pk)
    if reset_at is not None and timezone.now() < reset_at + AFTER_RESET:
        raise FactorUnsettled(
            "factor-unsettled",
            _("Your second factor was reset less than 48 hours ago. Until then you cannot sign."),
        )


def confirmed_by_anything(request: HttpRequest, *, within: dt.timedelta) -> bool:
    """Whether this session began, or was confirmed, by any method less than `within` ago."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return timezone.now().timestamp() - newest <= within.total_seconds()


def _missing() -> ProofMissing:
    return ProofMissing(
        "proof-missing",
        _("Please confirm this step with your second factor."),
    )
