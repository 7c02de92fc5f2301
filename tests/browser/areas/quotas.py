"""A call that draws with quotas: where the office writes them down, and where people are asked."""

from __future__ import annotations

from circles.calling import calls, quota_rules
from circles.calling.quota_rules import Attribute, Value
from circles.models import Call
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, of
from tests.circles.factories import make_call, make_circle, text

NO_PAGES = ""
DRAFT, OPEN = "demo-quoten-entwurf", "demo-quoten-offen"
AGE = Attribute(
    text("Wie alt sind Sie?", "How old are you?"),
    (
        Value(text("unter 30", "under 30"), 1, 3),
        Value(text("30 oder älter", "30 or older"), 2, 4),
    ),
)


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    for name, title in ((DRAFT, "Quoten im Entwurf"), (OPEN, "Quoten offen")):
        circle = make_circle(office, name=title, is_demo=True)
        call = make_call(office, circle=circle, draw_id=name, opened=False)
        quota_rules.set_attributes(call, [AGE], by=office)
        if name == OPEN:
            calls.open_call(call, by=office)


def places() -> list[Place]:
    return [
        of("call_quotas", lambda scene: [_call(DRAFT).pk], who="otto"),
        of("call_quotas:late", lambda scene: [_call(OPEN).pk], who="otto", sends=MAIN_FORM),
        of("call:quotas", lambda scene: [_call(OPEN).circle.slug]),
        of("apply:quotas", lambda scene: [_call(OPEN).circle.slug]),
    ]


def _call(name: str) -> Call:
    return Call.objects.select_related("circle").get(draw_id=name)
