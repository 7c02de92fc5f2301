"""A session as printed pages tell it: items with what was said, resolved and who was there.

The public wording names the place that sent somebody; names stand in the internal one only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from formats.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Membership,
    MinorityOpinion,
    MinuteEntry,
    Paper,
    Resolution,
)
from foundation.documents.characters import unprintable


@dataclasses.dataclass(frozen=True)
class Item:
    """One item as it is read: `entries` are (moment, who, text)."""

    item: AgendaItem
    entries: Sequence[tuple[object, str, str]]
    resolutions: Sequence[Resolution]
    papers: Sequence[Paper]


def items_of(meeting: Meeting, *, internal: bool, named: bool | None = None) -> list[Item]:
    """All items, or without `internal` the public ones; six queries however many there are.

    Speakers are `named` where the paper is internal, unless told otherwise.
    """
    named = internal if named is None else named
    rows = meeting.agenda_items.all() if internal else meeting.agenda_items.filter(is_public=True)
    rows = rows.prefetch_related(
        Prefetch("entries", MinuteEntry.objects.select_related("speaker__user")),
        Prefetch("resolutions", Resolution.objects.select_related("body").order_by("n")),
        Prefetch("resolutions__minority", MinorityOpinion.objects.order_by("pk")),
        Prefetch(
            "papers",
            Paper.objects.select_related("file")
            if internal
            else Paper.objects.filter(is_public=True).select_related("file"),
        ),
    )
    return [
        Item(
            item,
            [
                (entry.said_at, name_of(entry.speaker, internal=named), entry.text)
                for entry in item.entries.all()
            ],
            list(item.resolutions.all()),
            list(item.papers.all()),
        )
        for item in rows
    ]


def name_of(membership: Membership | None, *, internal: bool) -> str:
    """Whom somebody speaks for, with the name only `internal`; empty for nobody.

    A name in a script that our typeface lacks is left out: whom they speak for is what counts.
    """
    if membership is None:
        return ""
    name = membership.user.name if internal and membership.user is not None else ""
    if name and not unprintable([name]):
        return f"{name} ({membership.on_behalf_of})"
    return membership.on_behalf_of


def people_of(meeting: Meeting) -> list[Membership]:
    """The members of that day, chairs first."""
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.body.time_zone)).date()
    found = Membership.objects.on(day).filter(body=meeting.body).select_related("user")
    return list(found.order_by("-is_chair", "-is_deputy_chair", "group", "on_behalf_of"))


def presence_of(meeting: Meeting) -> tuple[list[Attendance], list[Membership]]:
    """Stays in the order of arrival, and the members who were never there."""
    stays = list(meeting.attendances.select_related("membership__user", "seat"))
    seen = {stay.seat_id for stay in stays}
    away = [each for each in people_of(meeting) if each.seat_id not in seen]
    return stays, [each for each in away if each.deputises_id is None]
