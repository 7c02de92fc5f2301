"""Mails around what a partnership does: goals to be looked at, messages to a contact point."""

from __future__ import annotations

import datetime as dt
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation.mail import outbox
from foundation.posting.limits import Limit
from partnerships.models import ContactRole, Goal
from partnerships.speakers import speakers_of

# Nobody needs an account to write: limited by sender, by contact point, and altogether.
BY_SENDER = Limit("contact-sender", at_most=5, per=timedelta(hours=1))
TO_CONTACT = Limit("contact-point", at_most=30, per=timedelta(hours=1))
FROM_EVERYBODY = Limit("contact-everybody", at_most=200, per=timedelta(hours=1))


def tell_review(goal: Goal, due_on: dt.date) -> None:
    """Measure again: to those who speak for the goal's side, and to the office; once per date."""
    link = f"{settings.PUBLIC_URL}{reverse('goal_history', args=goal_place(goal))}"
    people = [(u.email, u.name, u.language) for u in speakers_of(goal.partnership_id, goal.side)]
    people.append((settings.OFFICE_EMAIL, settings.OFFICE_NAME, settings.LANGUAGE_CODE))
    for number, (email, name, language) in enumerate(people):
        outbox.queue(
            "goal_review",
            key=f"goal-review-{goal.pk}-{due_on:%Y%m%d}-{number}",
            to=email,
            to_name=name,
            language=language,
            subject=goal,
            context={"goal": goal, "partnership": goal.partnership, "due_on": due_on, "link": link},
        )


def goal_place(goal: Goal) -> list[object]:
    """The arguments of a goal's addresses."""
    return [goal.partnership.slug, goal.position]


def write_to(contact: ContactRole, *, name: str, email: str, message: str) -> None:
    """Send a visitor's message to the function's mailbox, or to the office if it has none.

    Raises TooOften.
    """
    FROM_EVERYBODY.use("everybody")
    TO_CONTACT.use(str(contact.pk))
    BY_SENDER.use(email.lower())
    with transaction.atomic():
        outbox.queue(
            "contact_message",
            key=f"contact-{secrets.token_hex(8)}",
            to=contact.email or settings.OFFICE_EMAIL,
            to_name=contact.function.best(settings.LANGUAGE_CODE)[0],
            language=settings.LANGUAGE_CODE,
            subject=contact,
            context={"sender": name, "email": email, "message": message, "contact": contact},
        )
