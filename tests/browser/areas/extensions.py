"""A call whose deadline was put off, and the page on which the office does that."""

from __future__ import annotations

import datetime as dt

from circles.calling import extensions
from circles.models import Call
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, of
from tests.circles.factories import make_application, make_call, make_circle, text
from tests.formats.factories import make_meeting

NO_PAGES = ""
NAME = "demo-verlaengert"


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    circle = make_circle(office, name="Verlängert", is_demo=True)
    call = make_call(office, circle=circle, draw_id=NAME)
    make_application(call)
    extensions.extend(
        call,
        closes_at=call.closes_at + dt.timedelta(days=10),
        meeting=make_meeting(office, starts_at=call.closes_at + dt.timedelta(days=12)),
        reason=text("Erst vier Bewerbungen.", "Four applications so far."),
        by=office,
    )


def places() -> list[Place]:
    return [
        of("call:extended", lambda scene: [_call().circle.slug]),
        of("call_extend", lambda scene: [_call().pk], who="otto"),
        of("call_extend:wrong", lambda scene: [_call().pk], who="otto", sends=MAIN_FORM),
        of("call_extend:late", lambda scene: [scene.drawn.pk], who="otto"),
    ]


def _call() -> Call:
    return Call.objects.select_related("circle").get(draw_id=NAME)
