"""The people of the demonstration: all fictional, all at example.org, with mandates and factors.

Passwords are derived from this installation's secret, so that no two demonstrations share one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import hmac

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from foundation.accounts import mandates
from foundation.accounts.factor import has_second_factor
from foundation.accounts.models import Mandate, Role, User

# The story of the demonstration began before today: its draw was done by people with a role.
IN_OFFICE = dt.timedelta(days=700)


@dataclasses.dataclass(frozen=True)
class Person:
    """One login: `key` is what `portal code` takes; `roles` hold everywhere."""

    key: str
    name: str
    roles: tuple[Role, ...]
    what: str
    language: str = "de"
    staff: bool = True
    administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PEOPLE = (
    Person("otto", "Otto Amtmann", (Role.OFFICE, Role.REVIEWER), "Digitalisierungsbüro"),
    Person("nora", "Nora Gegenleser", (Role.OFFICE,), "Digitalisierungsbüro, zweite Person"),
    Person("rita", "Rita Prüfer", (Role.REVIEWER,), "prüft Bewerbungen"),
    Person("leo", "Leo Losberg", (Role.LOTTERY_OFFICER,), "leitet Auslosungen"),
    Person("vera", "Vera Vorsitz", (Role.CHAIR,), "Vorsitz im D.I.V., zweite Person"),
    Person("anton", "Anton Haus", (Role.ADMINISTRATOR,), "Administration", administrator=True),
    Person("dora", "Dora Runde", (Role.DIV_MEMBER,), "Mitglied im D.I.V.", staff=False),
    Person("wiebke", "Wiebke Messwert", (), "Mitglied im Zirkel", staff=False),
    Person("berta", "Berta Lindner", (), "unterzeichnet für Lindenau am See"),
    Person("tiina", "Tiina Keksitty (Demo)", (), "redet beim Entwurf für Tampere mit, erfunden"),
    Person("paula", "Paula Järvinen", (), "signs for Järvikoski", language="en"),
)


def password() -> str:
    """The one password of all demo logins of this installation."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"demo password", hashlib.sha256).hexdigest()
    return f"bruecke-{digest[:4]}-{digest[4:8]}"


def load_people() -> dict[str, User]:
    """Create whoever is missing; returns users by key."""
    # Hashing takes a third of a second; the one password of all is hashed once.
    hashed = make_password(password())
    return {person.key: _load(person, hashed) for person in PEOPLE}


def person(key: str) -> User:
    """One of the people by key."""
    return User.objects.get(email=f"{key}@example.org")


def _load(person: Person, hashed: str) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create(
            email=person.email,
            password=hashed,
            name=person.name,
            language=person.language,
            is_staff=person.administrator,
        )
    if person.staff and not has_second_factor(user):
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(generate_totp_secret())},
            created_at=timezone.now() - IN_OFFICE,
        )
    for role in person.roles:
        if not mandates.holds(user, role):
            mandate = mandates.grant(user, role, by=None)
            Mandate.objects.filter(pk=mandate.pk).update(starts_at=timezone.now() - IN_OFFICE)
    return user
