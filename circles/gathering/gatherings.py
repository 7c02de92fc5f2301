"""Meetings of a circle: sessions of its private body, with mails that reach every member.

Agenda, attendance and minutes are those of every body (`formats.sittings`).
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import QuerySet

from circles.applying.applications import PAPER
from circles.gathering import rooms
from circles.models import Application, Circle
from formats.models import Meeting, Minutes
from formats.sittings import invitations, meetings, minutes
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.mail.models import OutgoingMail


def of_circle(circle: Circle) -> QuerySet[Meeting]:
    """All meetings of the circle; for those who may enter its room."""
    return Meeting.objects.filter(body=circle.body_id).select_related("body")


def plan(
    circle: Circle, *, starts_at: dt.datetime, ends_at: dt.datetime, place: str, by: User
) -> Meeting:
    """Put a meeting on the circle's calendar; it is never public."""
    rooms.demand_open(circle)
    assert circle.body is not None  # noqa: S101 - for the type checker; a circle at work has one
    return meetings.schedule(
        circle.body, starts_at=starts_at, ends_at=ends_at, place=place, is_public=False, by=by
    )


def move(
    circle: Circle,
    meeting: Meeting,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    by: User,
) -> None:
    """Another time or place; who was invited is told."""
    rooms.demand_open(circle)
    with transaction.atomic():
        meetings.move(meeting, starts_at=starts_at, ends_at=ends_at, place=place, by=by)
        _reach_everybody(meeting)


def invite(circle: Circle, meeting: Meeting, *, by: User) -> int:
    """Invite all members; the mails wait to be read first. How many."""
    rooms.demand_open(circle)
    with transaction.atomic():
        number = invitations.invite(meeting, by=by)
        _reach_everybody(meeting)
    return number


def cancel(meeting: Meeting, *, reason: str, by: User) -> None:
    """It does not take place; who was invited is told."""
    with transaction.atomic():
        meetings.cancel(meeting, reason=reason, by=by)
        _reach_everybody(meeting)


def submit(found: Minutes, *, by: User) -> int:
    """Lay the minutes before the members. How many are told."""
    with transaction.atomic():
        number = minutes.submit(found, by=by)
        _reach_everybody(found)
    return number


def next_opened(meeting: Meeting) -> Meeting | None:
    """The first later meeting that was opened: it may approve the minutes of this one."""
    later = Meeting.objects.filter(
        body=meeting.body_id, starts_at__gt=meeting.starts_at, opened_at__isnull=False
    )
    return later.exclude(state=Meeting.State.CANCELLED).order_by("starts_at").first()


def _reach_everybody(about: models.Model) -> None:
    """Accounts of people on paper, or behind a shared mailbox, have no address of their own.

    Mails to them go where their application says: to the mailbox, or as a letter.
    """
    subject_type, subject_id = trail.subject_key(about)
    held = OutgoingMail.objects.filter(
        subject_type=subject_type,
        subject_id=subject_id,
        state=OutgoingMail.State.HELD,
        to__endswith=f"@{PAPER}",
    )
    for mail in held:
        form = Application.objects.filter(user__email=mail.to, erased_at=None).first()
        OutgoingMail.objects.filter(pk=mail.pk).update(
            to=form.email if form else "", postal_address=form.postal_address if form else ""
        )
