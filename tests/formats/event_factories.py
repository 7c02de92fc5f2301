"""Small makers for events: one that is planned, announced, open to register, full."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from formats.events import events, invitations, registrations
from formats.events.invitation_lines import Guest
from formats.models import Event, EventInvitation, Registration
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from tests.formats.factories import text


def in_days(days: int, hour: int = 15) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def make_event(by: User | None, *, title: str | LocalizedText = "Runder Tisch", **fields) -> Event:
    named = title if isinstance(title, LocalizedText) else text(title, f"{title} (en)")
    return events.plan(kind=fields.pop("kind", "roundtable"), title=named, by=by, **fields)


def announced(by: User | None, **fields) -> Event:
    event = make_event(by, **fields)
    events.publish(event, by=by)
    return event


def open_event(by: User | None, *, capacity: int | None = None, days: int = 20, **fields) -> Event:
    """Announced, on one afternoon, and open to register until it begins."""
    starts_at = in_days(days)
    return announced(
        by,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        registration_until=starts_at,
        capacity=capacity,
        **fields,
    )


def ask(event: Event, name: str = "Clara", **fields) -> Registration:
    email = fields.pop("email", f"{name.lower()}@example.org")
    return registrations.ask(event, email=email, name=name, language="en", **fields)


def code_of(registration: Registration) -> str:
    """The six digits in the newest mail with a code."""
    mail = OutgoingMail.objects.filter(kind="event_code", subject_id=str(registration.pk)).latest(
        "pk"
    )
    return re.search(r"^ {4}(\d{6})$", mail.body, re.M).group(1)


def registered(event: Event, name: str = "Clara", **fields) -> Registration:
    asked = ask(event, name, **fields)
    return registrations.confirm(asked, code_of(asked))


def held_event(by: User, *names: str, **fields) -> tuple[Event, list[Registration]]:
    """Held ten days ago, with these people registered."""
    event = open_event(by, **fields)
    guests = [registered(event, name) for name in names]
    back = dt.timedelta(days=30)
    moved = ("starts_on", "ends_on", "until", "starts_at", "ends_at", "registration_until")
    Event.objects.filter(pk=event.pk).update(**{n: getattr(event, n) - back for n in moved})
    event.refresh_from_db()
    events.hold(event, by=by)
    return event, guests


def mails_of(registration: Registration) -> list[str]:
    found = OutgoingMail.objects.filter(subject_id=str(registration.pk)).order_by("pk")
    return [mail.kind for mail in found]


def event_by_invitation(by: User, **fields) -> Event:
    """Announced, in twenty days, for those who are invited."""
    starts_at = in_days(20)
    given = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=2)}
    return announced(by, **given | {"access": "invited"} | fields)


def invited(event: Event, name: str = "Clara", *, by: User, language="en") -> EventInvitation:
    guest = Guest(f"{name.lower()}@example.org", name)
    (made,) = invitations.invite(event, [guest], language=language, by=by).invitations
    return made


def invitation_token(invitation: EventInvitation, kind: str = "event_invitation") -> str:
    """What the link of the mail ends with."""
    mail = OutgoingMail.objects.get(kind=kind, subject_id=str(invitation.pk))
    return re.search(r"/termine/einladung/([\w-]+)/", mail.body).group(1)
