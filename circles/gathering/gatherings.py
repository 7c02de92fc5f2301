"""Meetings of a circle: sessions of its private body, with mails that reach every member.

Agenda, attendance and minutes are those of every body (`formats.sittings`). When the circle has
ended nothing new begins: a meeting that is open is brought to its end, one that lies ahead can only
be cancelled, and minutes of what was held are written, approved and sealed.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import QuerySet

from circles.applying.applications import PAPER
from circles.models import Application, Circle
from circles.seating import acting
from formats.models import AgendaItem, Meeting, Minutes
from formats.sittings import agenda, invitations, meetings, minutes, sessions
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail


def of_circle(circle: Circle) -> QuerySet[Meeting]:
    """All meetings of the circle; for those who may enter its room."""
    return Meeting.objects.filter(body=circle.body_id).select_related("body")


def plan(
    circle: Circle, *, starts_at: dt.datetime, ends_at: dt.datetime, place: str, by: User
) -> Meeting:
    """Put a meeting on the circle's calendar; it is never public."""
    acting.demand_at_work(circle)
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
    acting.demand_at_work(circle)
    with transaction.atomic():
        meetings.move(meeting, starts_at=starts_at, ends_at=ends_at, place=place, by=by)
        _reach_everybody(meeting)


def invite(circle: Circle, meeting: Meeting, *, by: User) -> int:
    """Invite all members; the mails wait to be read first. How many."""
    acting.demand_at_work(circle)
    with transaction.atomic():
        number = invitations.invite(meeting, by=by)
        _reach_everybody(meeting)
    return number


def cancel(meeting: Meeting, *, reason: str, by: User) -> None:
    """It does not take place; who was invited is told."""
    with transaction.atomic():
        meetings.cancel(meeting, reason=reason, by=by)
        _reach_everybody(meeting)


def open_meeting(circle: Circle, meeting: Meeting, *, by: User) -> None:
    """It begins: who is there is noted from now on."""
    acting.demand_at_work(circle)
    sessions.open_session(meeting, by=by)


def add_item(
    circle: Circle,
    meeting: Meeting,
    title: LocalizedText,
    *,
    explanation: LocalizedText,
    by: User,
) -> None:
    """One more item for the agenda; never public."""
    _demand_going_on(circle, meeting)
    agenda.add_item(meeting, title, explanation=explanation, is_public=False, by=by)


def raise_item(circle: Circle, item: AgendaItem, *, by: User) -> None:
    """One place up."""
    _demand_going_on(circle, item.meeting)
    agenda.raise_item(item, by=by)


def remove_item(circle: Circle, item: AgendaItem, *, by: User) -> None:
    """Off the agenda."""
    _demand_going_on(circle, item.meeting)
    agenda.remove_item(item, by=by)


def admit_late(circle: Circle, item: AgendaItem, *, by: User) -> None:
    """The open meeting deals with an item that came late."""
    _demand_going_on(circle, item.meeting)
    agenda.admit_late(item, by=by)


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


def _demand_going_on(circle: Circle, meeting: Meeting) -> None:
    """Raise NotAtWork unless the circle is at work, or the meeting has been open since before."""
    if not meeting.is_open:
        acting.demand_at_work(circle)


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
