"""Asking bodies, naming by a link, beginning to work, reading notices, what everybody may see."""

from __future__ import annotations

import re

from django.urls import reverse

from foundation.mail.models import OutgoingMail
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene

EVENING = "abends-gut-nach-hause"
NO_PAGES = (
    "seat_ask_withdraw naming_enter naming_decline departure_tell departure_confirm offer_object "
    "transparency_csv circle_end thread_sheet"
)


def prepare(people) -> None:
    """The demonstration has asked two bodies; the last one is for an expert."""


def places() -> list[Place]:
    return [
        at("seat_ask", EVENING, 7, who="otto"),
        at("seat_ask:wrong", EVENING, 7, who="otto", sends=MAIN_FORM),
        Place("naming", _door),
        Place("naming:wrong", _door, sends=MAIN_FORM),
        at("circle_begin", EVENING, who="otto"),
        at("circle_begin:wrong", EVENING, who="otto", sends=MAIN_FORM),
        of("application_notices", lambda s: [s.open_call.pk], who="otto"),
        of("application_notices:nothing", lambda s: [s.draft_call.pk], who="otto"),
        at("transparency"),
    ]


def _door(_scene: Scene) -> str:
    body = OutgoingMail.objects.filter(kind="naming_request").latest("pk").body
    return reverse("naming_enter", args=[re.search(r"/benennung/([\w-]+)/", body)[1]])
