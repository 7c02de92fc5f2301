"""The room of a circle at work: full and empty, as its member, and as whoever looks after it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.models import Circle, DatePoll, RoomFile, Task
from circles.seating import memberships
from formats.models import Meeting
from formats.sittings import agenda, minutes, sessions
from formats.sittings import meetings as sittings
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, of
from tests.browser.scene import Scene
from tests.circles.factories import circle_at_work, text

NO_PAGES = """
gathering_cancel gathering_invite gathering_open gathering_arrive gathering_leave gathering_close
gathering_raise gathering_remove gathering_admit gathering_submit gathering_take_back
gathering_paper gathering_calendar task_finish task_drop task_reopen room_file date_poll_settle
date_poll_drop
"""
BUSY, EMPTY = "im-vollen-raum", "im-leeren-raum"  # addresses of "Im vollen Raum", "Im leeren Raum"
NEW = "section[aria-labelledby=neu] form"
PDF = b"%PDF-1.7\nWort\n%%EOF\n"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PLANNED, GOING_ON, LAID, LATER = 1, 2, 3, 4  # numbers of its meetings
WORD = "Zuständigkeitsübergangsbestimmungsvorschlag"  # long words must break


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    circle_at_work(office, members=1, name="Im leeren Raum")
    circle = circle_at_work(office, members=10, name="Im vollen Raum")
    people["mila"] = User.objects.get(seat_terms__seat__circle=circle, email="seat2@example.org")
    members = list(memberships.members_of(circle))
    today = timezone.localdate()
    for n, days in enumerate((-3, 4, 20)):
        tasks.add(
            circle, title=f"{WORD} {n}", owner=members[1 + n], due_on=today + days * DAY,
            note="Bitte mit Quellen.", by=office,
        )  # fmt: skip
    tasks.finish(Task.objects.filter(circle=circle).latest("pk"), by=office)
    gone, _kept = (room_files.add(circle, name=f"Plan {WORD}", data=PDF, by=office) for _ in "12")
    room_files.remove(gone, by=office)
    announcements.announce(circle, title="Neuer Raum", text=f"Oben. {WORD}", by=office)
    _look_for_a_date(circle, office)
    _meet(circle, office)


def _look_for_a_date(circle: Circle, office: User) -> None:
    start = timezone.now() + 9 * DAY
    poll = date_polls.ask(
        circle, title="Zweites Treffen", place="Raum 3",
        options=[(start + n * DAY, start + n * DAY + HOUR) for n in range(3)], by=office,
    )  # fmt: skip
    for n, words in ((3, ("yes", "no", "if_needed")), (4, ("yes", "yes", "no"))):
        person = User.objects.get(seat_terms__seat__circle=circle, email=f"seat{n}@example.org")
        date_polls.answer(poll, dict(zip(poll.options.all(), words, strict=True)), by=person)


def _meet(circle: Circle, office: User) -> None:
    now = timezone.now()
    for hours in (24 * 30, 0.6, 0.1, 0.8):
        starts = now + hours * HOUR
        meeting = gatherings.plan(
            circle, starts_at=starts, ends_at=starts + HOUR, place=f"Raum 3 {WORD}", by=office
        )
        for _ in range(2):
            agenda.add_item(
                meeting, text(f"Punkt {WORD}"), explanation=text("Worum es geht"),
                is_public=False, by=office,
            )  # fmt: skip
        if meeting.ordinal != PLANNED:
            gatherings.invite(circle, meeting, by=office)
            sessions.open_session(meeting, by=office)
    held = _meeting(LAID)
    for each in held.body.memberships.order_by("pk")[:4]:
        sessions.arrive(held, each, by=office)
    minutes.write(held.agenda_items.first(), f"Gesagt: {WORD}", by=office)
    minutes.set_result(held.agenda_items.first(), text("Es bleibt dabei."), by=office)
    minutes.name_people(held.minutes, chair="Vera", taker="Otto", guests="", by=office)
    sittings.hold(held, by=office)
    gatherings.submit(held.minutes, by=office)


def places() -> list[Place]:
    return [*_front(), *_meetings(), *_work()]


def _front() -> list[Place]:
    return [
        of("room", _busy, who="mila"),
        of("room:host", _busy, who="otto"),
        of("room:empty", _empty, who="otto"),
        of("room:demo", lambda s: [s.drawn.circle.slug], who="wiebke"),
        of("announcement_list", _busy, who="otto"),
        of("announcement_list:reader", _busy, who="mila"),
        of("announcement_list:wrong", _busy, who="otto", sends=NEW),
    ]


def _meetings() -> list[Place]:
    return [
        of("gathering_list", _busy, who="mila"),
        of("gathering_list:empty", _empty, who="otto"),
        of("gathering_plan", _busy, who="otto"),
        of("gathering_plan:wrong", _busy, who="otto", sends=MAIN_FORM),
        of("gathering", _at(PLANNED), who="otto"),
        of("gathering:wrong", _at(PLANNED), who="otto", sends=NEW),
        of("gathering:open", _at(GOING_ON), who="otto"),
        of("gathering:laid", _at(LAID), who="otto"),
        of("gathering:reader", _at(LAID), who="mila"),
        of("gathering_move", _at(PLANNED), who="otto"),
        of("gathering_letters", _at(LAID), who="otto"),
        of("gathering_letters:nothing", _at(PLANNED), who="otto"),
        of("gathering_item", _item(GOING_ON), who="otto"),
        of("gathering_item:wrong", _item(GOING_ON), who="otto", sends=MAIN_FORM),
        of("gathering_result", _item(GOING_ON), who="otto"),
        of("gathering_people", _at(GOING_ON), who="otto"),
        of("gathering_approve", _at(LAID), who="otto"),
    ]


def _work() -> list[Place]:
    return [
        of("task_list", _busy, who="mila"),
        of("task_list:wrong", _busy, who="mila", sends=NEW),
        of("task_list:empty", _empty, who="otto"),
        of(
            "task", lambda s: [*_busy(s), Task.objects.filter(state="open").latest("pk").pk], "otto"
        ),
        of("room_file_list", _busy, who="mila"),
        of("room_file_list:wrong", _busy, who="mila", sends=NEW),
        of("room_file_remove", _file, who="otto"),
        of("date_poll_ask", _busy, who="otto"),
        of("date_poll_ask:wrong", _busy, who="otto", sends=MAIN_FORM),
        of("date_poll", _poll, who="mila"),
        of("date_poll:host", _poll, who="otto"),
        of("my:room", lambda s: [], who="mila"),
    ]


def _busy(scene: Scene) -> list[str]:
    return [BUSY]


def _empty(scene: Scene) -> list[str]:
    return [EMPTY]


def _meeting(number: int) -> Meeting:
    body = Circle.objects.get(slug=BUSY).body
    return Meeting.objects.select_related("body", "minutes").get(body=body, ordinal=number)


def _at(number: int):
    def find(scene: Scene) -> list[object]:
        return [*_busy(scene), _meeting(number).year, number]

    return find


def _item(number: int):
    return lambda scene: [*_at(number)(scene), 1]


def _file(scene: Scene) -> list[object]:
    return [*_busy(scene), RoomFile.objects.filter(removed_at=None).latest("pk").pk]


def _poll(scene: Scene) -> list[object]:
    return [*_busy(scene), DatePoll.objects.latest("pk").pk]
