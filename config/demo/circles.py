"""Three circles: one before its call, one with an open call, one drawn and at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from circles.calling import calls
from circles.models import Call, Circle
from circles.seating import circles, naming
from config.demo import lots, measuring
from config.demo.names import fictional_names
from config.demo.past import days_ago, number_of
from formats.models import Meeting, WorkOrder
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
DAY = dt.timedelta(days=1)
APPLICANTS = 240
NOT_ADMITTED = 9
FOUNDED = 234  # days ago

CRITERIA = (
    (
        "bezug",
        T(
            "de",
            "Wohnen, arbeiten oder lernen Sie in Bielefeld?",
            en="Do you live, work or study in Bielefeld?",
        ),
    ),
    ("alter", T("de", "Sind Sie mindestens 16 Jahre alt?", en="Are you at least 16 years old?")),
    (
        "zeit",
        T(
            "de",
            "Können Sie an den meisten Treffen teilnehmen?",
            en="Can you take part in most meetings?",
        ),
    ),
)
NOMINATED = (
    (1, "Ines Kolb", "Personalrat der Stadtverwaltung (Demo)", ""),
    (2, "Mirko Tann", "Hochschulkonferenz (Demo)", ""),
    (3, "Petra Lohse", "Wirtschaftsrunde (Demo)", ""),
    (4, "Jan Ostermann", "Ältestenrat (Demo)", ""),
    (5, "Wiebke Messwert", "Netzwerk der Vereine (Demo)", ""),
    (6, "Lena Quast", "Fachkreis Funk (Demo)", "Funknetze"),
    (7, "Tobias Ehm", "Fachkreis Recht (Demo)", "Datenschutz"),
    (8, "Rana Vogt", "Klimabeirat (Demo)", "Stadtklima"),
    (10, "Eero Laine", "Partnerstadt (Demo)", "Offene Daten"),
)


def load_circles(
    orders: Sequence[WorkOrder], sessions: Sequence[Meeting], people: dict[str, User]
) -> None:
    """Found the circles and bring each to its stage; a circle that exists is left alone."""
    if Circle.objects.filter(work_order__in=orders).exists():
        return
    office = people["otto"]
    now = timezone.now()
    with days_ago(30):
        evening = found(orders[0], office)
    call = call_for(
        evening,
        sessions[3],
        now - 10 * DAY,
        _last_minute(now + 21 * DAY),
        office,
        "demo-abends-nach-hause",
    )
    calls.open_call(call, by=office)
    # Open for ten days already, so that the ruler shows days gone by.
    Call.objects.filter(pk=call.pk).update(opens_at=now - 10 * DAY)
    _ask_bodies(evening, office)
    measuring.load_work(_load_drawn(orders[1], sessions[1], people), people)
    with days_ago(20):
        guides = found(orders[2], office)
    call_for(guides, sessions[3], now + 7 * DAY, now + 20 * DAY, office, "demo-digitale-lotsen")


def _load_drawn(order: WorkOrder, session: Meeting, people: dict[str, User]) -> Circle:
    """The circle whose places by lot were drawn in `session`; one of them is offered anew."""
    office, draw_id, now = people["otto"], "demo-offene-sensordaten", timezone.localtime()
    with days_ago(FOUNDED):
        circle = found(order, office)
        if (now - FOUNDED * DAY).year != now.year:
            number_of(circle, "IZ", FOUNDED, 1)
    with days_ago(200):
        lots.seat_named(circle, NOMINATED, office)
    evening = session.starts_at
    call = call_for(circle, session, evening - 45 * DAY, evening - 19 * DAY, office, draw_id)
    names = fictional_names(APPLICANTS)
    lots.load_drawn(call, lots.Crowd(names, "bewerbung", "D", NOT_ADMITTED, accepting=4), people)
    return Circle.objects.get(pk=circle.pk)


def _ask_bodies(circle: Circle, office: User) -> None:
    """Two bodies were asked for a name and have not answered yet."""
    naming.ask_body(
        circle.seats.get(number=3),
        body="Wirtschaftsrunde (Demo)",
        email="wirtschaftsrunde@example.org",
        by=office,
    )
    naming.ask_body(
        circle.seats.get(number=8),
        body="Fachkreis Licht (Demo)",
        email="fachkreis.licht@example.org",
        expertise=T("de", "Beleuchtung", en="Lighting"),
        note="Gern jemand, der Wege bei Dunkelheit kennt.",
        by=office,
    )


def _last_minute(moment: dt.datetime) -> dt.datetime:
    """23:59 of that day in the city."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=0, microsecond=0)


def found(order: WorkOrder, office: User) -> Circle:
    """The circle of an order, named after its vision."""
    return circles.found_circle(
        order, name=order.vision.title, purpose=order.question, is_demo=True, by=office
    )


def call_for(
    circle: Circle,
    meeting: Meeting,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    office: User,
    draw_id: str,
) -> Call:
    """A call in preparation, to be drawn in `meeting`."""
    return calls.create_call(
        circle,
        meeting,
        opens_at=opens_at,
        closes_at=closes_at,
        draw_id=draw_id,
        contact="Digitalisierungsbüro (Demo), buero@example.org",
        texts={
            "question": circle.work_order.question,
            "task": T(
                "de",
                "Der Zirkel erarbeitet gemeinsam einen Vorschlag und stellt ihn im D.I.V. vor.",
                en="The circle works out a proposal together and presents it in the D.I.V.",
            ),
            "effort": T(
                "de",
                "7 | Treffen am frühen Abend, in sechs bis zwölf Monaten\n2 | Stunden je Treffen",
                en="7 | meetings in the early evening, in six to twelve months\n"
                "2 | hours a meeting",
            ),
            "not_needed": T(
                "de",
                "Fachwissen, einen Abschluss oder ein Ehrenamt\n"
                "perfektes Deutsch: wir übersetzen und dolmetschen\n"
                "einen Lebenslauf oder ein Bewerbungsschreiben",
                en="Expertise, a degree or an honorary office\n"
                "perfect German: we translate and interpret\n"
                "a CV or a letter of application",
            ),
            "allowance": T(
                "de",
                "45 € | Entschädigung je Treffen\n"
                "0 € | Kosten für Sie: Fahrt und Kinderbetreuung zahlen wir",
                en="45 € | allowance a meeting\n0 € | costs for you: we pay travel and childcare",
            ),
        },
        criteria=CRITERIA,
        by=office,
    )
