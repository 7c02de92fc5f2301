"""Everybody who knocks at the doors of the matrix, each with a session that began a moment ago.

A person with a second factor has just confirmed it; "stale" people have not.
"""

from __future__ import annotations

import datetime as dt
import time

from django.conf import settings
from django.test import Client
from django.utils import timezone

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from tests.conftest import confirm_factor, login, make_user

# Name in the matrix -> name of the person, role held everywhere, second factor.
CAST: dict[str, tuple[str, Role | None, bool]] = {
    "citizen": ("Clara", None, False),
    "other citizen": ("Cora", None, False),
    "office": ("Otto", Role.OFFICE, True),
    "office without factor": ("Oona", Role.OFFICE, False),
    "reviewer": ("Rita", Role.REVIEWER, True),
    "second reviewer": ("Ruth", Role.REVIEWER, True),
    "reviewer elsewhere": ("Ria", None, True),
    "lottery officer": ("Leo", Role.LOTTERY_OFFICER, True),
    "stale lottery officer": ("Lisa", Role.LOTTERY_OFFICER, True),
    "chair": ("Vera", None, True),
    "circle chair": ("Viktor", None, True),
    "member": ("Dora", Role.DIV_MEMBER, False),
    "circle member": ("Mila", None, False),
    "project team": ("Pia", None, False),
    "partner": ("Bruno", None, True),
    "foreign partner": ("Petra", None, True),
    "signatory": ("Berta", None, True),
    "stale signatory": ("Tuomas", None, True),
    "released signatory": ("Rolf", None, True),
    "auditor": ("Aurel", None, True),
    "auditor of a call": ("Anna", None, True),
    "administrator": ("Anton", Role.ADMINISTRATOR, True),
    "stale administrator": ("Arno", Role.ADMINISTRATOR, True),
    "invited person": ("Ines", None, False),
    "outsider": ("Olaf", None, False),
}
STALE = {"stale lottery officer", "stale signatory", "stale administrator"}
ALMOST_STALE = 120.0  # seconds; a loaded machine may take longer for the matrix than a proof lasts


class People(dict[str, User]):
    """The cast by role; `sessions` holds the cookie with which each role comes."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, str] = {}
        self.server = Client().handler
        self.fresh = {role for role, (*_who, factor) in CAST.items() if factor} - STALE
        for role, (name, held, factor) in CAST.items():
            roles = [held] if held else []
            self[role] = make_user(name, *roles, factor=factor)
        year = timezone.now() + dt.timedelta(days=365)
        mandates.grant(self["auditor"], Role.AUDITOR, by=None, ends_at=year)

    def let_in(self) -> None:
        """Log everybody in."""
        for role, user in self.items():
            self.keep(role, login(Client(), user, fresh=role in self.fresh))
        self.confirmed_at = time.monotonic()

    def keep(self, role: str, client: Client, **kept: str) -> None:
        """Remember the session of `role`, with what links have put into it."""
        session = client.session
        for key, value in kept.items():
            session[key] = value
        session.save()
        self.sessions[role] = session.session_key

    def client(self, role: str, **options: object) -> Client:
        """A new browser of this role."""
        client = Client(**options)
        if not options:
            client.handler = self.server  # its middleware is built once
        if role != "anonymous":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        if role in self.fresh and time.monotonic() - self.confirmed_at > ALMOST_STALE:
            confirm_factor(client, self[role])
        return client
