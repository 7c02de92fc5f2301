"""The room of a circle at work: Mila sits in it, Viktor leads it; the citizen sits in another."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from circles.gathering import announcements, date_polls, gatherings, room_files, tasks
from circles.models import Circle, DateOption, Task
from circles.seating import memberships
from formats.sittings import agenda, letters, meetings, minutes, sessions
from foundation.accounts import mandates
from foundation.accounts.models import Role
from tests.authorization.canaries import CIRCLE_ROOM
from tests.circles.factories import circle_at_work, seat_by_body, text

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PDF = b"%PDF-1.7\nWort\n%%EOF\n"


def places(world):
    office, mila = world.people["office"], world.people["circle member"]
    circle = circle_at_work(office, members=1, name="Am Werk")
    seat_by_body(circle, 2, office, email=mila.email, name=mila.name)
    mandates.grant(world.people["circle chair"], Role.CHAIR, circle, by=None)
    room = {"slug": circle.slug}
    return {
        "room": room,
        **_work(circle, room, mila, office),
        **_date(circle, room, mila, office),
        **_meetings(circle, room, office),
    }


def _work(circle, room, mila, office):
    owner = memberships.members_of(circle).first()
    soon = timezone.localdate() + 7 * DAY
    open_, done = (
        tasks.add(circle, title=CIRCLE_ROOM, owner=owner, due_on=soon, by=mila) for _ in range(2)
    )
    tasks.finish(done, by=office)
    kept = room_files.add(circle, name=CIRCLE_ROOM, data=PDF, by=mila)
    announcements.announce(circle, title="Neues", text=CIRCLE_ROOM, by=office)
    return {
        "room task": room | {"pk": open_.pk},
        "room task done": room | {"pk": done.pk},
        "room file": room | {"pk": kept.pk},
    }


def _date(circle, room, mila, office):
    start = timezone.now() + 9 * DAY
    poll = date_polls.ask(
        circle, title=CIRCLE_ROOM, place="Raum 3", options=[(start, start + HOUR)], by=office
    )
    date_polls.answer(poll, {poll.options.get(): "yes"}, by=mila)
    return {"room date": room | {"pk": poll.pk, "n": 1}}


def _meetings(circle, room, office):
    """One planned, one invited, one open, one held whose minutes are written, one laid before."""
    now, found = timezone.now(), {}

    def meet(name, hours, **more):
        starts = now + hours * HOUR
        meeting = gatherings.plan(
            circle, starts_at=starts, ends_at=starts + HOUR, place="Raum 3", by=office
        )
        for _ in range(2):
            agenda.add_item(meeting, text(CIRCLE_ROOM), is_public=False, by=office)
        found[name] = room | {"year": meeting.year, "ordinal": meeting.ordinal} | more
        return meeting

    def opened(name, hours, **more):
        meeting = meet(name, hours, **more)
        gatherings.invite(circle, meeting, by=office)
        sessions.open_session(meeting, by=office)
        return meeting

    meet("room meeting", 24 * 30, position=2)
    gatherings.invite(circle, meet("room meeting invited", 0.5), by=office)
    for name, hours in (("room minutes laid", 0.1), ("room minutes", 0.2)):
        held = opened(name, hours)
        minutes.name_people(held.minutes, chair="Vera", taker="Otto", guests="", by=office)
        meetings.hold(held, by=office)
        if name == "room minutes laid":
            gatherings.submit(held.minutes, by=office)
    going_on = opened("room meeting open", 0.3, position=1)
    late = agenda.add_item(going_on, text("Spät"), is_public=False, by=office)
    there, away = circle.body.memberships.order_by("pk")
    sessions.arrive(going_on, there, by=office)
    base = found["room meeting open"]
    found |= {
        "room item late": base | {"position": late.position},
        "room member there": base | {"pk": there.pk},
        "room member away": base | {"pk": away.pk},
    }
    return found


def _day(days):
    return f"{timezone.localdate() + days * DAY:%Y-%m-%d}"


PLAIN: dict[str, dict[str, object]] = {
    "announcement_list": {"title": "Neues", "text": "Wort"},
    "gathering_plan": {"day": _day(20), "starts": "18:00", "ends": "20:00", "place": "Raum 3"},
    "gathering": {"title": "Noch ein Punkt"},
    "gathering_move": {"day": _day(1), "starts": "18:00", "ends": "20:00", "place": "Raum 3"},
    "gathering_cancel": {"reason": "krank"},
    "gathering_item": {"text": "Gesagt"},
    "gathering_result": {"result_de": "Es bleibt dabei"},
    "gathering_people": {"chair": "Vera", "taker": "Otto"},
    "gathering_approve": {"objections": ""},
    "date_poll_ask": {
        "title": "Auftakt", "place": "Raum 3", "day_1": _day(20), "starts_1": "18:00",
        "ends_1": "20:00",
    },
}  # fmt: skip


def _letters(world, place):
    circle = Circle.objects.filter(slug=place["slug"]).first()
    if circle is None:
        return {}
    meeting = gatherings.of_circle(circle).get(year=place["year"], ordinal=place["ordinal"])
    mails = letters.waiting(meeting).values_list("pk", flat=True)
    return {"mails": list(mails), "is_read": "on"}


def _task(world, place):
    found = Task.objects.filter(title=CIRCLE_ROOM).first()
    return {"title": "Neue Aufgabe", "owner": found.owner_id, "due_on": _day(9)}


def _answer(world, place):
    return {f"option_{each.pk}": "no" for each in DateOption.objects.filter(poll=place["pk"])}


def _file(world, place):
    return {"name": "Plan", "file": SimpleUploadedFile("plan.pdf", PDF)}


DEPENDENT: dict[str, object] = {
    "gathering_letters": _letters,
    "task_list": _task,
    "task": _task,
    "date_poll": _answer,
    "room_file_list": _file,
}
