"""Inviting members in time, and telling them when a session moves or does not take place.

Each mail brings the date for the reader's calendar; the invitation also brings the papers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formats.models import Meeting, Membership, Paper
from formats.sittings import announcements, packs, places, session_calendars
from foundation import states
from foundation.accounts.models import User
from foundation.documents import files
from foundation.documents.models import StoredFile
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail

# What mail servers take; papers beyond it are read on the page.
MOST_BYTES = 10 * 1024 * 1024
CALENDAR = "text/calendar"


class NotInvitable(DomainError):
    """The session has no agenda yet, or nobody could be invited."""


class TooLate(DomainError):
    """The period of notice is not kept, and nobody agreed to that."""


def notice_is_short(meeting: Meeting, at: dt.datetime) -> bool:
    """Whether an invitation sent `at` leaves less time than the body's period of notice."""
    return meeting.starts_at - at < dt.timedelta(days=meeting.body.notice_days)


def demand_notice(meeting: Meeting, at: dt.datetime, consent: str) -> None:
    """Raise TooLate unless an invitation sent `at` is in time or was agreed to."""
    if notice_is_short(meeting, at) and not consent:
        days = meeting.body.notice_days
        raise TooLate(
            "invitation-too-late",
            ngettext(
                "The invitation must leave %(days)s day before the session. "
                "Note who agreed to a shorter notice, and when; or choose a later day.",
                "The invitation must leave %(days)s days before the session. "
                "Note who agreed to a shorter notice, and when; or choose a later day.",
                days,
            )
            % {"days": days},
        )


def invite(
    meeting: Meeting,
    *,
    short_notice_consent: str = "",
    at: dt.datetime | None = None,
    by: User,
) -> int:
    """Invite all members; the mails wait in the outbox to be read first. Returns how many.

    `at` is when members were invited by other ways, for a session that is entered afterwards: no
    mail leaves then. A public session is announced to its subscribers, too.
    """
    if not meeting.agenda_items.exists():
        raise NotInvitable(
            "no-agenda", _("The agenda is still empty. Add a first item, then invite.")
        )
    check_limits(short_notice_consent)
    now = at or timezone.now()
    demand_notice(meeting, now, short_notice_consent)
    with transaction.atomic():
        states.advance(
            meeting,
            Meeting.State.INVITED,
            by=by,
            invited_at=now,
            short_notice_consent=short_notice_consent if notice_is_short(meeting, now) else "",
            changed_at=timezone.now(),
        )
        if at is not None:
            return 0
        number = len(_write(meeting, "meeting_invitation", "member", _papers(meeting), by=by))
        announcements.announce(meeting)
        packs.request(meeting)
    return number


def tell_of_move(meeting: Meeting, *, by: User) -> None:
    """The new time and place, with the next version of the date; the pack says them too."""
    _write(meeting, "meeting_moved", f"moved-{meeting.sequence}", [], by=by)
    packs.request(meeting)


def tell_of_cancellation(meeting: Meeting, *, by: User) -> None:
    """The session does not take place; the date leaves the calendars. Held invitations are gone."""
    for mail in OutgoingMail.objects.filter(
        kind__in=["meeting_invitation", "meeting_moved"],
        state=OutgoingMail.State.HELD,
        subject_type=meeting._meta.label_lower,
        subject_id=str(meeting.pk),
    ):
        outbox.cancel(mail, by=by)
    _write(meeting, "meeting_cancelled", "cancelled", [], by=by)


def _write(
    meeting: Meeting, kind: str, word: str, papers: Sequence[StoredFile], *, by: User
) -> list[Membership]:
    """One mail on hold for each member, with the date and `papers`."""
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.body.time_zone)).date()
    members = Membership.objects.in_touch(day).filter(body=meeting.body)
    date = files.store(
        session_calendars.calendar([meeting], title=meeting.body.name),
        name=f"{meeting.reference}.ics",
        media_type=CALENDAR,
    )
    items = list(meeting.agenda_items.all())
    found = list(members.select_related("user").order_by("pk"))
    for membership in found:
        person = membership.user
        assert person is not None  # noqa: S101 - for the type checker; excluded above
        outbox.queue(
            kind,
            key=f"meeting-{meeting.pk}-{word}-{membership.pk}",
            to=person.email,
            to_name=person.name,
            language=person.language,
            subject=meeting,
            context={
                "meeting": meeting,
                "body": meeting.body,
                "items": items,
                "papers": len(papers),
                "path": places.path_of(meeting),
                "deputises": membership.deputises_id is not None,
            },
            attachments=[date, *papers],
            hold=True,
            by=by,
        )
    return found


def _papers(meeting: Meeting) -> list[StoredFile]:
    """The papers, each once, as long as they fit into a mail."""
    found, size = [], 0
    rows = Paper.objects.filter(item__meeting=meeting).select_related("file")
    for paper in rows.order_by("item__position", "pk"):
        size += paper.file.size
        if size <= MOST_BYTES and paper.file not in found:
            found.append(paper.file)
    return found
