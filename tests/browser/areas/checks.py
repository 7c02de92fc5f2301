"""Checking a draw without us, watching it in the hall, and auditing it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from foundation.accounts import mandates
from foundation.accounts.models import Role
from tests.browser.places import Place, at
from tests.conftest import make_user

NO_PAGES = "lottery_check_copy draw_audit_file"
DRAWN = "demo-offene-sensordaten"


def prepare(people) -> None:
    """Somebody who audits every draw, and somebody whose draw is still to come."""
    term = timezone.now() + dt.timedelta(days=30)
    for key in ("aurel", "anna"):
        people[key] = make_user(key.title(), factor=True)
    mandates.grant(people["aurel"], Role.AUDITOR, by=None, ends_at=term)
    young = people["otto"]  # an object that is no call: nothing to audit there
    mandates.grant(people["anna"], Role.AUDITOR, young, by=None, ends_at=term)


def places() -> list[Place]:
    return [
        at("lottery_check"),
        at("draw_check", DRAWN),
        at("draw_check:to come", "demo-dice"),
        at("draw_guide", DRAWN),
        at("draw_guide:to come", "demo-declare"),
        at("draw_live", DRAWN),
        at("draw_live:undeclared", "demo-declare"),
        at("draw_live:dice", "demo-dice"),
        at("draw_live:first entry", "demo-second"),
        at("draw_live:thrown", "demo-draw"),
        at("draw_live:all admitted", "demo-all-admitted"),
        at("draw_audit", who="aurel"),
        at("draw_audit:empty", who="anna"),
    ]
