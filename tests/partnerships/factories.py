"""Small makers for the agreement road: words, consents, people as the next request sees them."""

import datetime as dt

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.languages import LocalizedText
from partnerships import agreements, drafts, versions


def both(de: str, en: str = "") -> LocalizedText:
    return LocalizedText.of("de", de, en=en or de)


def enrol(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


def agree_by_all(agreement, *people) -> None:
    digest = drafts.gather(agreement).digest()
    for party, user in zip(agreement.partnership.parties.order_by("position"), people, strict=True):
        agreements.agree(agreement, party, digest=digest, by=user)


def fresh(user: User) -> User:
    """The same person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def signer(agreement, position: int) -> User:
    return fresh(agreement.signatories.get(party__position=position, released_at=None).user)


def proof_of(user: User, *, age: float = 0) -> Proof:
    at = timezone.now() - dt.timedelta(seconds=age)
    return Proof(user_id=user.pk, factor="totp", at=at)


def digests_of(agreement) -> dict[str, str]:
    version = versions.standing_version(agreement)
    edition = versions.newest_edition(agreement)
    return {"version_sha256": version.sha256, "pdf_sha256": edition.pdf_sha256}
