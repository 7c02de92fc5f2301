"""Small makers for the D.I.V.: body, session, vision, work order."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from formats.models import ActionField, Body, Meeting, Vision, WorkOrder
from formats.sittings import bodies, meetings
from formats.weighing import visions, work_orders
from foundation.accounts.models import User
from foundation.languages import LocalizedText


def text(german: str, english: str = "") -> LocalizedText:
    return LocalizedText.of("de", german, en=english)


def make_body(by: User) -> Body:
    """The D.I.V.; the same one on every call."""
    return bodies.the_div() or bodies.set_up_div(purpose=text("Austausch auf Augenhöhe"), by=by)


def make_meeting(by: User, *, starts_at: dt.datetime | None = None, **fields) -> Meeting:
    starts_at = starts_at or timezone.now() + dt.timedelta(days=30)
    return meetings.schedule(
        make_body(by),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        place=fields.pop("place", "Großer Saal"),
        over_maximum_reason=fields.pop("over_maximum_reason", "für den Test"),
        afterwards=starts_at < timezone.now(),
        by=by,
        **fields,
    )


def make_vision(by: User, *, title: str = "Sicher nach Hause") -> Vision:
    field = ActionField.objects.first() or bodies.open_action_field(text("Mobilität"), by=by)
    return visions.propose(
        field,
        title=text(title),
        text=text("Alle kommen abends sicher an."),
        everyday_need=text("Nach 20 Uhr fährt kein Bus."),
        global_trend=text("Mobilität wird geteilt."),
        by=by,
    )


def make_adopted_vision(by: User, **fields) -> Vision:
    vision = make_vision(by, **fields)
    yesterday = timezone.now() - dt.timedelta(days=1)
    visions.adopt(vision, make_meeting(by, starts_at=yesterday), by=by)
    return vision


def make_work_order(
    by: User, *, vision: Vision | None = None, addressee: str = "circle"
) -> WorkOrder:
    return work_orders.derive(
        vision or make_adopted_vision(by),
        question=text("Wie kommen alle sicher nach Hause?"),
        expected_result=text("Ein Vorschlag"),
        limits=text("100.000 Euro"),
        addressee=addressee,
        contact="Digitalisierungsbüro",
        due_on=dt.date(2030, 6, 30),
        by=by,
    )
