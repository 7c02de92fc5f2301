"""Canaries in the room: announcements, tasks, files, dates, meetings and their minutes."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.seating import memberships
from formats.models import Meeting
from formats.sittings import agenda, meetings, minutes, papers, resolutions, sessions
from tests.circles.factories import text
from tests.leaks.fields import word

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def pdf(words: str) -> bytes:
    return b"%PDF-1.7\n" + words.encode() + b"\n%%EOF\n"


def plant(world) -> None:
    circle, office, author = world.circle, world.office, world.people["author"]
    announcements.announce(
        circle, title=word("Announcement.title"), text=word("Announcement.text"), by=office
    )
    owner = memberships.term_of(circle, author)
    soon = timezone.localdate() + 7 * DAY
    task = tasks.add(
        circle, title=word("Task.title"), note=word("Task.note"), owner=owner, due_on=soon,
        by=author,
    )  # fmt: skip
    name = word("RoomFile.name")
    file = room_files.add(circle, name=name, data=pdf(name), by=author)
    start = timezone.now() + 9 * DAY
    poll = date_polls.ask(
        circle, title=word("DatePoll.title"), place=word("DatePoll.place"),
        options=[(start, start + HOUR)], by=office,
    )  # fmt: skip
    date_polls.answer(poll, {poll.options.get(): "yes"}, by=author)
    world.places |= {"task": [task.pk], "file": [file.pk], "date": [poll.pk]}
    world.meetings = []
    _invited(world)
    _cancelled(world)
    _held(world)
    _going_on(world)
    world.places["year", "ordinal"] = [(each.year, each.ordinal) for each in world.meetings]


def plant_after(world) -> None:
    """Who has left is told nothing that comes after."""
    invited = world.meetings[0]
    invited.refresh_from_db()
    gatherings.move(
        world.circle, invited, starts_at=invited.starts_at + HOUR, ends_at=invited.ends_at + HOUR,
        place=word("Meeting.place"), by=world.office,
    )  # fmt: skip
    cancelled = world.meetings[1]
    gatherings.cancel(cancelled, reason=word("Meeting.cancel_reason"), by=world.office)


def _meet(world, starts_at: dt.datetime) -> Meeting:
    found = gatherings.plan(
        world.circle, starts_at=starts_at, ends_at=starts_at + HOUR, place="Raum 3",
        by=world.office,
    )  # fmt: skip
    world.meetings.append(found)
    return found


def _item(world, meeting: Meeting, **words):
    return agenda.add_item(
        meeting, text(word("AgendaItem.title")), is_public=False,
        explanation=text(word("AgendaItem.explanation")), by=world.office, **words,
    )  # fmt: skip


def _invited(world) -> None:
    meeting = _meet(world, timezone.now() + 20 * DAY)
    _item(world, meeting)
    gatherings.invite(world.circle, meeting, by=world.office)
    # What the room has no form for; the D.I.V. has.
    Meeting.objects.filter(pk=meeting.pk).update(
        short_notice_consent=word("Meeting.short_notice_consent"),
        over_maximum_reason=word("Meeting.over_maximum_reason"),
    )


def _cancelled(world) -> None:
    meeting = _meet(world, timezone.now() + 21 * DAY)
    _item(world, meeting)
    gatherings.invite(world.circle, meeting, by=world.office)


def _opened(world, starts_at: dt.datetime) -> Meeting:
    meeting = _meet(world, starts_at)
    _item(world, meeting)
    gatherings.invite(world.circle, meeting, by=world.office)
    sessions.open_session(meeting, by=world.office)
    for member in world.circle.body.memberships.all():
        sessions.arrive(meeting, member, by=world.office)
    return meeting


def _held(world) -> None:
    office = world.office
    meeting = _opened(world, timezone.now() + HOUR / 4)
    item = meeting.agenda_items.get()
    papers.attach(
        item, name=word("Paper.name"), data=pdf(word("Paper.name")), is_public=True, by=office
    )
    minutes.write(item, word("MinuteEntry.text"), by=office)
    minutes.set_result(item, text(word("AgendaItem.result")), by=office)
    type(item).objects.filter(pk=item.pk).update(note=text(word("AgendaItem.note")))
    found = meeting.minutes
    minutes.name_people(
        found, chair=word("Minutes.chair"), taker=word("Minutes.taker"),
        guests=word("Minutes.guests"), by=office,
    )  # fmt: skip
    meetings.hold(meeting, by=office)
    gatherings.submit(found, by=office)
    world.held = meeting


def _going_on(world) -> None:
    """A session that votes as the D.I.V. does, and approves the minutes of the one before."""
    office = world.office
    meeting = _opened(world, timezone.now() + HOUR / 2)
    item = meeting.agenda_items.order_by("pk").first()
    decided, stopped = (
        resolutions.open_vote(
            item, wording=word("Resolution.wording"), procedure="hands", by=office
        )
        for _ in range(2)
    )
    resolutions.count(decided, yes=5, no=3, abstain=0, by=office)
    decided.refresh_from_db()
    resolutions.add_minority_opinion(
        decided, on_behalf_of=word("MinorityOpinion.on_behalf_of"),
        text=word("MinorityOpinion.text"), by=office,
    )  # fmt: skip
    resolutions.stop(stopped, reason=word("Resolution.stop_reason"), by=office)
    minutes.approve(world.held.minutes, meeting, objections=word("Minutes.objections"), by=office)
    world.places["resolution"] = [decided.n, stopped.n]
