"""Inviting a second person, also from outside the office: scoped, expiring, bound to an address.

The link's token stands in the mail and nowhere else; only its digest is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts import letters, mandates
from foundation.accounts.appointments import NotAppointable, Office, check
from foundation.accounts.models import Invitation, Mandate, Role, User
from foundation.accounts.proof import Proof, ProofMissing
from foundation.audit import trail
from foundation.errors import DomainError

VALID_FOR = dt.timedelta(days=7)
# Whoever runs the portal is appointed by an administrator, never by a link.
NOT_BY_INVITATION = frozenset({Role.ADMINISTRATOR, Role.OFFICE})


class InvitationVoid(DomainError):
    """Expired, withdrawn, used, or never made: all the same to whoever holds the link."""


class AnotherAddress(DomainError):
    """Somebody is logged in who is not the person invited."""


def invite(
    email: str,
    office: Office,
    *,
    of_what: str,
    link_to: Callable[[str], str],
    language: str,
    by: User,
    proof: Proof,
) -> Invitation:
    """Mail a link under which the owner of `email` can take the role within seven days.

    `link_to(token)` makes the link. Raises NotAppointable, ProofMissing.
    """
    require(mandates.holds(by, Role.ADMINISTRATOR))
    if proof.user_id != by.pk:
        raise ProofMissing("proof-missing", _("This confirmation belongs to somebody else."))
    check(office)
    if office.role in NOT_BY_INVITATION:
        raise NotAppointable("not-by-invitation", _("Give this role directly, not by a link."))
    token = secrets.token_urlsafe(32)
    subject_type, subject_id = trail.subject_key(office.subject) if office.subject else ("", "")
    with transaction.atomic():
        invitation = Invitation.objects.create(
            token_digest=digest_of(token),
            email=email.strip().lower(),
            role=office.role,
            subject_type=subject_type,
            subject_id=subject_id,
            function=office.function,
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
            mandate_ends_at=office.ends_at,
        )
        trail.record("invitation.sent", invitation, by=by, role=str(office.role))
        letters.send_invitation(
            invitation, of_what=of_what, link=link_to(token), language=language, by=by
        )
    return invitation


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256 in hex. Tokens carry 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_ones() -> models.QuerySet[Invitation]:
    """Invitations that could still be accepted, by the database's clock."""
    return Invitation.objects.filter(
        models.Q(mandate_ends_at=None) | models.Q(mandate_ends_at__gt=Now()),
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=Now(),
    )


def find(digest: str) -> Invitation:
    """The invitation behind a token's digest; raises InvitationVoid."""
    invitation = open_ones().filter(token_digest=digest).select_related("invited_by").first()
    # A link outlives neither its term nor the office of whoever sent it.
    if invitation is None or not mandates.holds(invitation.invited_by, Role.ADMINISTRATOR):
        raise _void()
    return invitation


def accept(invitation: Invitation, *, by: User) -> Mandate:
    """Take the role. Only the person whose address was invited can, once, before it expires.

    Raises AnotherAddress, InvitationVoid, MandateExists.
    """
    if by.email != invitation.email:
        raise AnotherAddress(
            "another-address",
            _("This invitation is for another address. Log out and open the link again."),
        )
    find(invitation.token_digest)
    with transaction.atomic():
        taken = open_ones().filter(pk=invitation.pk).update(accepted_at=Now(), accepted_by=by)
        if not taken:
            raise _void()
        mandate = mandates.grant_on(
            by,
            Role(invitation.role),
            (invitation.subject_type, invitation.subject_id),
            by=invitation.invited_by,
            ends_at=invitation.mandate_ends_at,
            function=invitation.function,
        )
        trail.record("invitation.accepted", invitation, by=by, mandate=mandate.pk)
    return mandate


def withdraw(invitation: Invitation, *, by: User, proof: Proof) -> None:
    """Make the link useless; an accepted invitation is left as it is."""
    require(mandates.holds(by, Role.ADMINISTRATOR) and proof.user_id == by.pk)
    with transaction.atomic():
        if open_ones().filter(pk=invitation.pk).update(revoked_at=Now()):
            trail.record("invitation.withdrawn", invitation, by=by)


def _void() -> InvitationVoid:
    return InvitationVoid(
        "invitation-void",
        _("This invitation is no longer valid. Ask the person who invited you for a new one."),
    )
