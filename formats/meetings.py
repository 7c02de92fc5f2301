"""Sessions of a body: two to four in a calendar year of its city, invited by mail, then held.

One beyond the maximum needs a reason that everybody can read.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formats import announcements
from formats.models import Body, Meeting, Membership
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox


class TooManySessions(DomainError):
    """The year has its maximum of sessions and no reason was given for one more."""


class HasAdoptions(DomainError):
    """Something was adopted in the session; it took place."""


class NotInvitable(DomainError):
    """The session has no agenda yet, or nobody could be invited."""


def year_of(body: Body, moment: dt.datetime) -> int:
    """The calendar year of `moment` where the body meets."""
    return moment.astimezone(ZoneInfo(body.time_zone)).year


def schedule(
    body: Body,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    is_public: bool = True,
    over_maximum_reason: str = "",
    by: User,
) -> Meeting:
    """Put a session on the calendar; it gets the next number of its year."""
    year = year_of(body, starts_at)
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        of_year = Meeting.objects.filter(body=body, year=year)
        standing = of_year.exclude(state=Meeting.State.CANCELLED).count()
        if standing >= body.sessions_max and not over_maximum_reason:
            raise TooManySessions(
                "too-many-sessions",
                ngettext(
                    "%(year)s has its one session already. One more needs a reason, "
                    "which is shown publicly.",
                    "%(year)s has its %(most)s sessions already. One more needs a reason, "
                    "which is shown publicly.",
                    body.sessions_max,
                )
                % {"year": year, "most": body.sessions_max},
            )
        last = of_year.aggregate(last=Max("ordinal"))["last"] or 0
        meeting = Meeting.objects.create(
            body=body,
            year=year,
            ordinal=last + 1,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            is_public=is_public,
            over_maximum_reason=over_maximum_reason if standing >= body.sessions_max else "",
        )
        trail.record("meeting.scheduled", meeting, by=by, year=year, ordinal=meeting.ordinal)
    return meeting


def is_short_of_sessions(body: Body, year: int) -> bool:
    """Whether `year` has fewer sessions than the rules ask for."""
    standing = Meeting.objects.filter(body=body, year=year).exclude(state=Meeting.State.CANCELLED)
    return standing.count() < body.sessions_min


def notice_is_short(meeting: Meeting, at: dt.datetime) -> bool:
    """Whether an invitation sent `at` leaves less time than the body's period of notice."""
    return meeting.starts_at - at < dt.timedelta(days=meeting.body.notice_days)


def invite(meeting: Meeting, *, by: User) -> int:
    """Invite all members; the mails wait in the outbox to be read first. Returns how many.

    A public session is announced to its subscribers, too.
    """
    items = list(meeting.agenda_items.all())
    if not items:
        raise NotInvitable(
            "no-agenda", _("The agenda is still empty. Add a first item, then invite.")
        )
    members = members_on(meeting.body, meeting.starts_at.date()).exclude(user=None)
    with transaction.atomic():
        states.advance(meeting, Meeting.State.INVITED, by=by, invited_at=timezone.now())
        for membership in members.select_related("user"):
            person = membership.user
            assert person is not None  # noqa: S101 - for the type checker; excluded above
            outbox.queue(
                "meeting_invitation",
                key=f"meeting-{meeting.pk}-member-{membership.pk}",
                to=person.email,
                to_name=person.name,
                language=person.language,
                subject=meeting,
                context={"meeting": meeting, "body": meeting.body, "items": items},
                hold=True,
                by=by,
            )
        announcements.announce(meeting)
    return len(members)


def hold(meeting: Meeting, *, by: User) -> None:
    """The session took place."""
    states.advance(meeting, Meeting.State.HELD, by=by)


def cancel(meeting: Meeting, *, by: User) -> None:
    """The session does not take place; its number is not given again."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if locked.visions.exists():
            raise HasAdoptions(
                "has-adoptions",
                _("Visions were adopted in this session, so it took place. Mark it as held."),
            )
        states.advance(meeting, Meeting.State.CANCELLED, by=by)


def members_on(body: Body, day: dt.date) -> QuerySet[Membership]:
    """Memberships of the body that are in force on `day`."""
    return Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), body=body, starts_on__lte=day
    )
