"""Who may act as what: granting, revoking and asking for mandates.

A staff mandate is inert until its holder has enrolled a second factor.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.models.mandate import ROLES_WITH_SECOND_FACTOR
from foundation.audit import trail
from foundation.errors import DomainError

if TYPE_CHECKING:
    Actor = User | AnonymousUser

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class MandateExists(DomainError):
    """The person already has this mandate."""


def has_second_factor(user: Actor) -> bool:
    """Whether `user` has enrolled a TOTP app or a passkey (recovery codes do not count)."""
    if not user.is_authenticated:
        return False
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


def holds(user: Actor, role: Role, subject: models.Model | None = None) -> bool:
    """Whether `user` is `role` now, everywhere or on `subject`, with the second factor it needs.

    One query per request and person: the answers are kept on the user object.
    """
    if not user.is_authenticated:
        return False
    wanted = {("", "")}
    if subject is not None:
        wanted.add(trail.subject_key(subject))
    return any((role, *key) in effective_mandates(user) for key in wanted)


def holds_any(user: Actor, *roles: Role) -> bool:
    """Whether `user` is one of `roles` anywhere or on any object."""
    if not user.is_authenticated:
        return False
    return any(held[0] in roles for held in effective_mandates(user))


def subjects_of(user: Actor, role: Role, model: type[models.Model]) -> list[str]:
    """Ids (text) of the objects of `model` on which `user` is `role` now."""
    if not user.is_authenticated:
        return []
    label = model._meta.label_lower
    return sorted(held[2] for held in effective_mandates(user) if held[:2] == (role, label))


def effective_mandates(user: Actor) -> frozenset[tuple[str, str, str]]:
    """(role, subject type, subject id) of every mandate that has effect now."""
    kept: frozenset[tuple[str, str, str]] | None = getattr(user, "_effective_mandates", None)
    if kept is None:
        found = set(
            Mandate.objects.in_force()
            .filter(user_id=user.pk, user__is_active=True)
            .values_list("role", "subject_type", "subject_id")
        )
        if found and not has_second_factor(user):
            found = {held for held in found if held[0] not in ROLES_WITH_SECOND_FACTOR}
        kept = frozenset(found)
        user._effective_mandates = kept  # type: ignore[union-attr]
    return kept


def grant(
    user: User,
    role: Role,
    subject: models.Model | None = None,
    *,
    by: User | None,
    ends_at: dt.datetime | None = None,
    function: str = "",
    deputy_of: Mandate | None = None,
) -> Mandate:
    """Give `user` a mandate; raises MandateExists when it is in force already."""
    subject_type, subject_id = trail.subject_key(subject) if subject is not None else ("", "")
    with transaction.atomic():
        mandate, created = Mandate.objects.get_or_create(
            user=user,
            role=role,
            subject_type=subject_type,
            subject_id=subject_id,
            revoked_at=None,
            defaults={
                "ends_at": ends_at,
                "function": function,
                "granted_by": by,
                "deputy_of": deputy_of,
            },
        )
        if not created:
            raise MandateExists("mandate-exists", _("This person already has this role."))
        trail.record("mandate.granted", mandate, by=by, role=role, user=user.pk)
    _forget(user)
    return mandate


def revoke(mandate: Mandate, *, by: User | None) -> None:
    """End a mandate at once; it counts no more from the next request on."""
    with transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=timezone.now())
        trail.record("mandate.revoked", mandate, by=by)
    _forget(mandate.user)


def _forget(user: User) -> None:
    if hasattr(user, "_effective_mandates"):
        del user._effective_mandates
