"""Mails of a session that wait to be read: whoever prepares it lets all of a kind go at once."""

from __future__ import annotations

import dataclasses
from collections import Counter

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from formats.models import Body, Meeting, Membership, Minutes
from foundation.mail.models import OutgoingMail

ABOUT_SESSION = ("meeting_invitation", "meeting_moved", "meeting_cancelled")
ABOUT_MINUTES = ("minutes_submitted",)


@dataclasses.dataclass(frozen=True)
class Bundle:
    """Mails that say the same: one of them in each language stands for all."""

    key: str
    title: str
    mails: list[OutgoingMail]

    @property
    def samples(self) -> list[OutgoingMail]:
        by_language: dict[str, OutgoingMail] = {}
        for mail in self.mails:
            by_language.setdefault(mail.language, mail)
        return list(by_language.values())


def waiting(meeting: Meeting) -> QuerySet[OutgoingMail]:
    """Held mails about this session or its minutes, in the order in which they were written."""
    return _held(Meeting.objects.filter(pk=meeting.pk)).exclude(to="").order_by("pk")


def held_for(membership: Membership) -> QuerySet[OutgoingMail]:
    """Held mails and letters to one member about sessions of the body and their minutes."""
    sessions = Meeting.objects.filter(body=membership.body_id)
    # Whoever writes to members ends the key with the membership.
    return _held(sessions).filter(key__endswith=f"-{membership.pk}")


def _held(sessions: QuerySet[Meeting]) -> QuerySet[OutgoingMail]:
    keys = [str(pk) for pk in sessions.values_list("pk", flat=True)]
    minutes = Minutes.objects.filter(meeting__in=sessions).values_list("pk", flat=True)
    about = Q(
        kind__in=ABOUT_SESSION, subject_type=Meeting._meta.label_lower, subject_id__in=keys
    ) | Q(
        kind__in=ABOUT_MINUTES,
        subject_type=Minutes._meta.label_lower,
        subject_id__in=[str(pk) for pk in minutes],
    )
    return OutgoingMail.objects.filter(about, state=OutgoingMail.State.HELD)


def held_by_session(body: Body) -> Counter[int]:
    """How many mails wait to be read, by the key of their session; three queries."""
    sessions = set(Meeting.objects.filter(body=body).values_list("pk", flat=True))
    minutes = dict(Minutes.objects.filter(meeting__body=body).values_list("pk", "meeting_id"))
    held = OutgoingMail.objects.filter(
        kind__in=(*ABOUT_SESSION, *ABOUT_MINUTES), state=OutgoingMail.State.HELD
    ).exclude(to="")
    keys = [
        minutes.get(int(key)) if kind in ABOUT_MINUTES else int(key)
        for kind, key in held.values_list("kind", "subject_id")
    ]
    return Counter(key for key in keys if key in sessions)


def bundles(mails: QuerySet[OutgoingMail]) -> list[Bundle]:
    """The mails by kind, in the order of the life of a session."""
    found: dict[str, list[OutgoingMail]] = {}
    for mail in mails:
        found.setdefault(mail.kind, []).append(mail)
    titles = {
        "meeting_invitation": _("Invitations"),
        "meeting_moved": _("New time or place"),
        "meeting_cancelled": _("Cancellations"),
        "minutes_submitted": _("Minutes laid before the members"),
    }
    return [Bundle(kind, titles[kind], found[kind]) for kind in titles if kind in found]
