"""A fresh second factor: what signing, freezing and drawing ask for.

Fresh means a session record of method mfa (TOTP or passkey, no recovery code), at most 5 minutes old.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import DomainError

FRESH = dt.timedelta(minutes=5)
AFTER_RESET = dt.timedelta(hours=48)
ACCEPTED = {str(Authenticator.Type.TOTP), str(Authenticator.Type.WEBAUTHN)}


class ProofMissing(DomainError):
    """No fresh second factor in this session."""


@dataclasses.dataclass(frozen=True)
class Proof:
    """`user_id` confirmed a second factor of type `factor` at `at`."""

    user_id: int
    factor: str
    at: dt.datetime


def find_proof(request: HttpRequest) -> Proof | None:
    """The newest fresh second factor in this session, or None."""
    for record in reversed(get_authentication_records(request)):
        if record.get("method") != "mfa" or record.get("type") not in ACCEPTED:
            continue
        at = dt.datetime.fromtimestamp(record["at"], tz=dt.UTC)
        if timezone.now() - at <= FRESH and request.user.pk is not None:
            return Proof(user_id=request.user.pk, factor=record["type"], at=at)
    return None


def demand_proof(request: HttpRequest) -> Proof:
    """The fresh second factor, or ProofMissing with the next step."""
    proof = find_proof(request)
    if proof is None:
        raise ProofMissing(
            "proof-missing",
            _("Please confirm this step with a new code from your authenticator app."),
        )
    return proof
