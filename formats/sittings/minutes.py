"""Minutes: written while the session goes on, laid before the members, approved by the next one.

Approved minutes are rendered and sealed by the worker and never change again.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import AgendaItem, Meeting, Membership, MinuteEntry, Minutes
from formats.sittings import agenda, letters, places
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox

EFFECT = "minutes.render"
State = Minutes.State


class MinutesClosed(DomainError):
    """The minutes are with the members or approved; nothing is written into them now."""


class NotReady(DomainError):
    """Something is missing before the next step: the end of the session, chair, minute taker."""


class NotApprovable(DomainError):
    """Only a later session of the same body that was opened approves minutes."""


def write(
    item: AgendaItem,
    text: str,
    *,
    speaker: Membership | None = None,
    at: dt.datetime | None = None,
    by: User,
) -> MinuteEntry:
    """Note under `item` what was said or moved, by whom and when. Raises TextBeyondLimits."""
    check_limits(text)
    with transaction.atomic():
        _lock_draft(item.meeting)
        entry = MinuteEntry.objects.create(
            item=item,
            text=text.strip(),
            speaker=speaker,
            said_at=at or timezone.now(),
            written_by=by,
        )
        trail.record("minutes.written", item.meeting, by=by, entry=entry.pk)
    return entry


def rewrite(entry: MinuteEntry, text: str, *, by: User) -> None:
    """Change the words of an entry; without words it is taken out."""
    check_limits(text)
    with transaction.atomic():
        _lock_draft(entry.item.meeting)
        trail.record("minutes.rewritten", entry.item.meeting, by=by, entry=entry.pk)
        if text.strip():
            MinuteEntry.objects.filter(pk=entry.pk).update(text=text.strip())
        else:
            entry.delete()


def set_result(item: AgendaItem, result: LocalizedText, *, by: User) -> None:
    """One sentence for everybody on what came of the item."""
    check_limits(result.get(result.source or ""))
    with transaction.atomic():
        _lock_draft(item.meeting)
        AgendaItem.objects.filter(pk=item.pk).update(result=result)
        Meeting.objects.filter(pk=item.meeting_id).update(changed_at=timezone.now())
        trail.record("minutes.result", item.meeting, by=by, item=item.pk)


def name_people(minutes: Minutes, *, chair: str, taker: str, guests: str, by: User) -> None:
    """Who led, who wrote, and which guests were there."""
    check_limits("\n".join([chair, taker, guests]))
    with transaction.atomic():
        _lock_draft(minutes.meeting)
        Minutes.objects.filter(pk=minutes.pk).update(chair=chair, taker=taker, guests=guests)
        trail.record("minutes.people", minutes.meeting, by=by)
    minutes.refresh_from_db()


def submit(minutes: Minutes, *, by: User, at: dt.datetime | None = None) -> int:
    """Lay the minutes before all members, who can object until the next session. How many.

    `at`: when members got them by other ways; no mail leaves then.
    """
    with transaction.atomic():
        _lock_draft(minutes.meeting)
        if minutes.meeting.state != Meeting.State.HELD:
            raise NotReady("session-not-over", _("Close the session first."))
        if not minutes.chair or not minutes.taker:
            raise NotReady(
                "people-missing", _("Say first who led the session and who took the minutes.")
            )
        states.advance(minutes, State.SUBMITTED, by=by, submitted_at=at or timezone.now())
        if at is not None:
            return 0
        # Laid before them again, they are told again.
        stamp = f"{minutes.submitted_at:%y%m%d%H%M%S%f}"
        day = timezone.localdate()
        members = Membership.objects.in_touch(day).filter(body=minutes.meeting.body)
        for membership in members.select_related("user"):
            person = membership.user
            assert person is not None  # noqa: S101 - for the type checker; excluded above
            outbox.queue(
                "minutes_submitted",
                key=f"minutes-{minutes.pk}-{stamp}-{membership.pk}",
                to=person.email,
                to_name=person.name,
                language=person.language,
                subject=minutes,
                context={
                    "meeting": minutes.meeting,
                    "body": minutes.meeting.body,
                    "path": places.minutes_path_of(minutes.meeting),
                },
                hold=True,
                by=by,
            )
    return len(members)


def take_back(minutes: Minutes, *, by: User) -> None:
    """Write on, because somebody objected; the members get them anew.

    Mails that have not left are thrown away: what they lead to is being changed.
    """
    with transaction.atomic():
        states.advance(minutes, State.DRAFT, by=by, submitted_at=None)
        for mail in letters.waiting(minutes.meeting).filter(kind__in=letters.ABOUT_MINUTES):
            outbox.cancel(mail, by=by)


def approve(
    minutes: Minutes,
    in_session: Meeting,
    *,
    objections: str = "",
    at: dt.datetime | None = None,
    by: User,
) -> None:
    """The next session approves the minutes; the worker renders and seals them.

    Objections that were raised are kept word for word. `at`: for what is entered afterwards.
    """
    check_limits(objections)
    with transaction.atomic():
        pair = Meeting.objects.filter(pk__in=[in_session.pk, minutes.meeting_id])
        locked = {each.pk: each for each in pair.select_for_update().order_by("pk")}
        own, later = locked[minutes.meeting_id], locked[in_session.pk]
        if (
            later.body_id != own.body_id
            or later.starts_at <= own.starts_at
            or later.opened_at is None
        ):
            raise NotApprovable(
                "not-approvable",
                _("Only a later session that was opened can approve these minutes."),
            )
        states.advance(
            minutes,
            State.APPROVED,
            by=by,
            approved_in=later,
            approved_at=at or timezone.now(),
            objections=objections.strip(),
        )
        Meeting.objects.filter(pk=own.pk).update(changed_at=timezone.now())
        work.request(EFFECT, str(minutes.pk), queue=Effect.Queue.PDF, minutes_id=minutes.pk)
        _note_on_agenda(minutes, later, by=by)


def _note_on_agenda(minutes: Minutes, later: Meeting, *, by: User) -> None:
    """The item of the later session says what was approved, if it has one."""
    item = agenda.item_of(minutes)
    open_ = Minutes.objects.filter(meeting=later, state=State.DRAFT).exists()
    if item is None or item.meeting_id != later.pk or not open_ or item.result:
        return
    number = minutes.meeting.number
    said = LocalizedText.of(
        "de",
        f"Die Niederschrift der Sitzung {number} ist genehmigt.",
        en=f"The minutes of session {number} are approved.",
    )
    set_result(item, said, by=by)


def _lock_draft(meeting: Meeting) -> Minutes:
    """The minutes while they are written; the session is locked first, as everywhere."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes is None:
        raise MinutesClosed(
            "session-not-open", _("The session is not open. The chair opens it first.")
        )
    if minutes.state != State.DRAFT:
        raise MinutesClosed(
            "minutes-closed",
            _("These minutes are no longer being written. Take them back to change something."),
        )
    return minutes
