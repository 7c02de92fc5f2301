"""Whom to ask in the office: functions that stay, people who may change, a form to reach them."""

from __future__ import annotations

import dataclasses
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.languages import LocalizedText
from foundation.mail import outbox
from partnerships.deeds.letters import BY_SENDER, FROM_EVERYBODY
from partnerships.models import OfficeContact


@dataclasses.dataclass(frozen=True)
class Details:
    """What stands on the page; without a name or an address there is none to be shown."""

    function: LocalizedText
    helps_with: LocalizedText
    unit: str = ""
    person_name: str = ""
    name_is_public: bool = False
    phone: str = ""
    email: str = ""
    shows_email: bool = False
    is_public: bool = True

    def columns(self) -> dict[str, object]:
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        return {
            **values,
            "name_is_public": self.name_is_public and bool(self.person_name),
            "shows_email": self.shows_email and bool(self.email),
        }


def shown() -> QuerySet[OfficeContact]:
    """What everybody sees, in the order of the office."""
    return OfficeContact.objects.filter(is_public=True)


def add(details: Details, *, by: User | None) -> OfficeContact:
    """A new function, at the end of the list."""
    with transaction.atomic():
        last = OfficeContact.objects.aggregate(last=Max("position"))["last"] or 0
        contact = OfficeContact.objects.create(position=last + 1, **details.columns())
        trail.record("office_contact.added", contact, by=by)
    return contact


def change(contact: OfficeContact, details: Details, *, by: User) -> None:
    """New details; a person who leaves is replaced here, the function keeps its place."""
    with transaction.atomic():
        OfficeContact.objects.filter(pk=contact.pk).update(**details.columns())
        trail.record("office_contact.changed", contact, by=by)
    contact.refresh_from_db()


def move_up(contact: OfficeContact, *, by: User) -> None:
    """Change places with the one before it; the first stays."""
    with transaction.atomic():
        rows = list(OfficeContact.objects.select_for_update())
        at = next(n for n, each in enumerate(rows) if each.pk == contact.pk)
        if at:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        for position, each in enumerate(rows, start=1):
            OfficeContact.objects.filter(pk=each.pk).update(position=position)
        trail.record("office_contact.moved", contact, by=by)


def write_to(contact: OfficeContact | None, *, name: str, email: str, message: str) -> None:
    """Send a visitor's message to a function, or to the office as a whole. Raises TooOften."""
    FROM_EVERYBODY.use("everybody")
    BY_SENDER.use(email.lower())
    function = contact.function.best(settings.LANGUAGE_CODE)[0] if contact else ""
    with transaction.atomic():
        outbox.queue(
            "office_message",
            key=f"office-message-{secrets.token_hex(8)}",
            to=(contact.email if contact else "") or settings.OFFICE_EMAIL,
            to_name=function or settings.OFFICE_NAME,
            language=settings.LANGUAGE_CODE,
            subject=contact,
            context={"sender": name, "email": email, "message": message, "function": function},
        )
