"""What administrators do about roles: give them, take them, and help after a lost phone.

Each act needs a second factor of these minutes; a role change counts from the next request on.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts import factor, letters, mandates
from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.people import person_with
from foundation.accounts.proof import Proof, ProofMissing
from foundation.errors import DomainError

# Without an object these roles would mean everywhere, which nobody intends.
ROLES_ON_AN_OBJECT = frozenset({Role.PARTNER, Role.SIGNATORY, Role.CIRCLE_MEMBER})
ROLES_FOR_A_TERM = frozenset({Role.AUDITOR})


class NotAppointable(DomainError):
    """The role cannot be given like this."""


class LastAdministrator(DomainError):
    """Without this mandate nobody could administer any more."""


@dataclasses.dataclass(frozen=True)
class Office:
    """What a role is given for: the role, its object, until when, in which function."""

    role: Role
    subject: models.Model | None = None
    ends_at: dt.datetime | None = None
    function: str = ""
    deputy_of: Mandate | None = None


def check(office: Office) -> None:
    """Refuse roles without the object or the term that they need; raises NotAppointable."""
    if office.role in ROLES_ON_AN_OBJECT and office.subject is None:
        raise NotAppointable("role-needs-object", _("Choose what this role is for."))
    if office.role in ROLES_FOR_A_TERM and office.ends_at is None:
        raise NotAppointable("role-needs-term", _("This role needs a last day."))
    if office.ends_at is not None and office.ends_at <= timezone.now():
        raise NotAppointable("term-is-over", _("The last day lies in the past."))


def appoint(
    email: str, name: str, office: Office, *, of_what: str, link: str, by: User, proof: Proof
) -> Mandate:
    """Give the person with this address a role and tell them.

    `of_what` names the object in the mail, `link` leads to the login. Raises NotAppointable,
    MandateExists, DeputyTooLong, ProofMissing.
    """
    _admit(by, proof)
    check(office)
    with transaction.atomic():
        mandate = mandates.grant(
            person_with(email, name=name),
            office.role,
            office.subject,
            by=by,
            ends_at=office.ends_at,
            function=office.function,
            deputy_of=office.deputy_of,
        )
        letters.tell_role(mandate, of_what=of_what, link=link, by=by)
    return mandate


def appoint_first(email: str, name: str, *, link: str) -> Mandate:
    """Name the first administrator, from the console of a fresh installation.

    Whoever was named so before and never set up a second factor makes room (a mistyped address).
    Raises NotAppointable once somebody administers.
    """
    with transaction.atomic():
        rows = Mandate.objects.in_force().filter(role=Role.ADMINISTRATOR, subject_type="")
        named = list(rows.select_for_update().select_related("user").order_by("pk"))
        if any(factor.has_second_factor(row.user) for row in named):
            raise NotAppointable(
                "administrator-exists",
                _("There is an administrator already, who gives roles on the pages of the portal."),
            )
        for row in named:
            mandates.revoke(row, by=None)
        mandate = mandates.grant(person_with(email, name=name), Role.ADMINISTRATOR, by=None)
        letters.tell_role(mandate, of_what="", link=link, by=None)
    return mandate


def dismiss(mandate: Mandate, *, by: User, proof: Proof) -> None:
    """Take a role away at once, and from its deputies. Raises LastAdministrator, ProofMissing."""
    _admit(by, proof)
    with transaction.atomic():
        if mandate.role == Role.ADMINISTRATOR:
            _keep_one(mandate)
        mandates.revoke(mandate, by=by)


def reset_factor(person: User, *, by: User, proof: Proof) -> None:
    """Take away the second factor of somebody who lost phone and recovery codes."""
    _admit(by, proof)
    if person.pk == by.pk:
        raise NotAppointable("not-yourself", _("Ask another administrator, or use your own page."))
    factor.remove(person, by=by)


def _keep_one(mandate: Mandate) -> None:
    # Locked in one order, so that two administrators cannot remove each other at once.
    rows = Mandate.objects.in_force().filter(role=Role.ADMINISTRATOR, subject_type="")
    ending = {mandate.pk, *(deputy.pk for deputy in mandates.deputies_of(mandate))}
    others = [row for row in rows.select_for_update().order_by("pk") if row.pk not in ending]
    if not any(row.user.is_active and factor.has_second_factor(row.user) for row in others):
        raise LastAdministrator(
            "last-administrator",
            _("This is the last administrator who can log in. Appoint another one first."),
        )


def _admit(by: User, proof: Proof) -> None:
    require(mandates.holds(by, Role.ADMINISTRATOR))
    if proof.user_id != by.pk:
        raise ProofMissing("proof-missing", _("This confirmation belongs to somebody else."))
