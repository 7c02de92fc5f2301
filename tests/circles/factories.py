"""Small makers for circles: each walks the same doors as the pages do."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from zoneinfo import ZoneInfo

from django.db.models import F, Max
from django.utils import timezone

from circles.applying import applications, confirmations
from circles.calling import calls
from circles.models import Application, Call, Circle, Departure
from circles.reviewing import reviews
from circles.seating import circles, departures, nominations
from formats.models import Meeting
from foundation import states
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from foundation.mail.models import OutgoingMail
from tests.formats.factories import make_adopted_vision, make_body, make_meeting, make_work_order

__all__ = [
    "answers_yes",
    "bring_to_its_end",
    "circle_at_work",
    "close_call",
    "code_for",
    "make_adopted_vision",
    "make_application",
    "make_body",
    "make_call",
    "make_circle",
    "make_meeting",
    "make_work_order",
    "move_session",
    "pass_on",
    "qualify",
    "seat_by_body",
    "text",
]

TEXTS = ("question", "task", "effort", "not_needed", "allowance")
_numbers = itertools.count(1)


def text(german: str, english: str = "") -> LocalizedText:
    return LocalizedText.of("de", german, en=english)


def make_circle(by: User, *, name: str = "Abends gut nach Hause", order=None, is_demo=False):
    order = order or make_work_order(by)
    return circles.found_circle(
        order, name=text(name), purpose=text("Zweck des Zirkels"), is_demo=is_demo, by=by
    )


def seat_by_body(circle: Circle, number: int, by: User, *, email: str = "", name: str = "") -> User:
    """Somebody named by a body takes one of the first ten seats; the person."""
    nomination = nominations.nominate(
        circle.seats.get(number=number),
        name=name or f"Mitglied {number}",
        email=email or f"seat{number}@example.org",
        body=f"Gremium {number}",
        nominated_on=timezone.localdate(),
        reason="kennt das Thema",
        match="passt zum Thema",
        by=by,
    )
    nominations.accept(nomination, name_is_public=False, by=nomination.person)
    return nomination.person


def circle_at_work(by: User, *, members: int = 10, **fields) -> Circle:
    """A circle that works with the first `members` of its ten named seats taken.

    seat1@example.org … sit on seats 1 …; the five seats by lot are empty, and it says why.
    """
    circle = make_circle(by, **fields)
    for number in range(1, members + 1):
        seat_by_body(circle, number, by)
    circles.begin_work(circle, reason=text("Die Auslosung kommt noch."), by=by)
    circle.refresh_from_db()
    return circle


def bring_to_its_end(circle: Circle) -> None:
    """Let the circle have worked, with whoever sits in it, and be done."""
    reason, now = text("Plätze sind leer."), timezone.now()
    states.advance(circle, "working", by=None, incomplete_reason=reason, began_at=now)
    states.advance(circle, "finished", by=None, ended_at=now)


def make_call(
    by: User,
    *,
    circle=None,
    meeting=None,
    opened: bool = True,
    draw_id: str = "",
    days: int = 20,
    criteria: tuple[str, ...] = ("wohnort", "mindestalter"),
    **numbers,
) -> Call:
    """A call that is open now and closes in `days`; its session is two days after that."""
    now = timezone.now()
    circle = circle or make_circle(by, is_demo=draw_id.startswith("demo-"))
    closes_at = now + dt.timedelta(days=days)
    meeting = meeting or make_meeting(by, starts_at=closes_at + dt.timedelta(days=2))
    call = calls.create_call(
        circle,
        meeting,
        opens_at=now,
        closes_at=closes_at,
        texts={name: text(f"{name} auf Deutsch", f"{name} in English") for name in TEXTS},
        contact="Digitalisierungsbüro, Telefon 0521 000000",
        draw_id=draw_id,
        criteria=[(code, text(f"Trifft {code} auf Sie zu?")) for code in criteria],
        by=by,
        **numbers,
    )
    if opened:
        calls.open_call(call, by=by)
    return call


def close_call(call: Call, *, seconds_ago: float = 1) -> Call:
    """Let the deadline lie in the past by the database's clock; its session is a day later."""
    closes_at = timezone.now() + call.clock_ahead - dt.timedelta(seconds=seconds_ago)
    Call.objects.filter(pk=call.pk).update(
        closes_at=closes_at, opens_at=closes_at - dt.timedelta(days=20)
    )
    move_session(call, closes_at + dt.timedelta(days=1))
    call.refresh_from_db()
    return call


def move_session(call: Call, begins: dt.datetime) -> None:
    """Let the session of the draw begin at that moment, with a number of that year."""
    meeting = Meeting.objects.select_related("body").get(pk=call.meeting_id)
    moved = {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=2)}
    year = begins.astimezone(ZoneInfo(meeting.body.time_zone)).year
    if year != meeting.year:
        others = meeting.body.meetings.filter(year=year)
        last = others.aggregate(last=Max("ordinal"))["last"] or 0
        moved |= {"year": year, "ordinal": last + 1, "over_maximum_reason": "für den Test"}
    Meeting.objects.filter(pk=meeting.pk).update(**moved)


def answers_yes(call: Call) -> dict[int, bool]:
    return dict.fromkeys(call.criteria.values_list("pk", flat=True), True)


def code_for(application: Application) -> str:
    """The newest code in the mails about this application."""
    kinds = ("application_code", "application_address", "application_already")
    mail = OutgoingMail.objects.filter(
        kind__in=kinds, subject_type="circles.application", subject_id=str(application.pk)
    ).first()
    return re.search(r"(?m)^ {4}(\d{6})$", mail.body)[1]


def make_application(
    call: Call, *, name: str = "", email: str = "", confirmed: bool = True, **fields
) -> Application:
    """An application by form and code; `confirmed=False` leaves it waiting for the code."""
    n = next(_numbers)
    application = confirmations.apply(
        call,
        name=name or f"Mensch {n}",  # "Person 1" is a reviewer in the files of a draw
        email=email or f"person{n}@example.org",
        answers=fields.pop("answers", None) or answers_yes(call),
        **fields,
    )
    if confirmed:
        application = confirmations.confirm(application, code_for(application))
    return application


def qualify(application: Application, by: User, and_by: User) -> Application:
    """Two people find every criterion met."""
    reviews.review(application, unmet={}, by=by)
    reviews.review(application, unmet={}, by=and_by)
    application.refresh_from_db()
    return application


def pass_on(call: Call, asker: User, confirmer: User) -> None:
    """Two people look at every no of this demonstration, 48 hours later, and let the seats go."""
    for departure in Departure.objects.filter(offer__draw__call=call, state="open"):
        departures.tell(departure, channel="phone", by=asker)
    Call.objects.filter(pk=call.pk).update(clock_ahead=F("clock_ahead") + dt.timedelta(hours=48))
    for departure in Departure.objects.filter(offer__draw__call=call, state="open"):
        departures.confirm(departure, by=confirmer)


def withdraw(application: Application) -> None:
    applications.withdraw(application, by=application.user)
