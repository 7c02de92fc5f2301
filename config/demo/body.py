"""The D.I.V. of the demonstration: its year, one vision per field, and three work orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from config.demo import sessions
from config.demo.past import BERLIN, days_ago, number_of
from config.demo.repairing import SLUG
from formats.models import Body, Meeting, Membership, Vision, WorkOrder
from formats.sittings import bodies, meetings
from formats.weighing import visions, work_orders
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
# Days from today: those of the thread that is complete, three more behind us, one ahead. Never more
# than four in a calendar year.
SESSIONS = (-620, -530, -440, -250, -165, -3, 25)
OF_THE_THREAD = 3
ORDERED = 240  # days ago

Group = Membership.Group
# Address before the @, name, group, for whom, further fields of the membership.
MEMBERS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("vera", "Vera Vorsitz", Group.DEPARTMENT, "Amt für Demonstration", {"is_chair": True}),
    ("dora", "Dora Runde", Group.OTHER, "Verein Musterviertel", {}),
    ("jonas.beirat", "Jonas Beirat", Group.ADVISORY_BOARD, "Seniorenrat (Demo)", {}),
    (
        "mira.fach",
        "Mira Fach",
        Group.DEPARTMENT,
        "Amt für Verkehr (Demo)",
        {"is_deputy_chair": True},
    ),
    ("selin.muster", "Selin Muster", Group.ADVISORY_BOARD, "Beirat für Inklusion (Demo)", {}),
    ("uwe.netz", "Uwe Netz", Group.OTHER, "Offene Werkstatt (Demo)", {}),
)
DEPUTY = ("till.fach", "Till Fach", Group.DEPARTMENT, "Amt für Verkehr (Demo)")
SINCE_DAYS, TERM_DAYS = 700, 700

VISIONS = (
    {
        "field": T("de", "Mobilität", en="Mobility"),
        "title": T("de", "Abends gut nach Hause", en="Home safely in the evening"),
        "text": T(
            "de",
            "Wer abends unterwegs ist, kommt in Bielefeld sicher, einfach und bezahlbar heim.",
            en="Whoever is out in the evening gets home safely, simply and affordably.",
        ),
        "need": T(
            "de",
            "Nach 22 Uhr fährt in vielen Vierteln kein Bus mehr.",
            en="After 10 p.m. many quarters have no bus.",
        ),
        "trend": T(
            "de",
            "Mobilität wird geteilt und digital gebucht.",
            en="Mobility is shared and booked digitally.",
        ),
        "question": T(
            "de",
            "Wie kommen alle abends gut nach Hause?",
            en="How does everybody get home safely in the evening?",
        ),
        "result": T(
            "de",
            "Ein Konzept mit drei Maßnahmen, die 2027 beginnen können.",
            en="A concept with three measures that can begin in 2027.",
        ),
    },
    {
        "field": T("de", "Offene Daten", en="Open data"),
        "title": T("de", "Die Stadt misst, alle wissen", en="The city measures, everybody knows"),
        "text": T(
            "de",
            "Messwerte der Stadt stehen allen offen, verständlich und geschützt.",
            en="The city's measurements are open to all, clear and protected.",
        ),
        "need": T(
            "de",
            "Ist die Luft an der Schule gut? Steht der Bach zu hoch?",
            en="Is the air at school good? Is the brook too high?",
        ),
        "trend": T(
            "de", "Günstige Sensoren messen überall.", en="Cheap sensors measure everywhere."
        ),
        "question": T(
            "de",
            "Welche Messwerte aus dem LoRaWAN der Stadt sollen allen offenstehen?",
            en="Which measurements of the city's LoRaWAN should be open to all?",
        ),
        "result": T(
            "de",
            "Eine Liste der Datenreihen mit Regeln für ihre Veröffentlichung.",
            en="A list of data series with rules for publishing them.",
        ),
    },
    {
        "field": T("de", "Digitale Teilhabe", en="Digital participation"),
        "title": T(
            "de",
            "Niemand bleibt vor dem Bildschirm allein",
            en="Nobody is left alone with a screen",
        ),
        "text": T(
            "de",
            "In jedem Viertel hilft jemand bei digitalen Fragen.",
            en="In every quarter somebody helps with digital questions.",
        ),
        "need": T("de", "Anträge gibt es nur noch online.", en="Applications are online only."),
        "trend": T("de", "Verwaltung wird digital.", en="Administration becomes digital."),
        "question": T(
            "de",
            "Was brauchen digitale Lotsinnen und Lotsen in den Vierteln?",
            en="What do digital guides in the quarters need?",
        ),
        "result": T(
            "de",
            "Ein Übersichtsplan der Angebote und ein Vorschlag für mehr.",
            en="An overview of what exists and a proposal for more.",
        ),
    },
)


def load_body(office: User) -> tuple[list[Meeting], list[Meeting]]:
    """The body with its members; its sessions: those of the thread, and those of its year."""
    body = bodies.the_div() or bodies.set_up_div(
        purpose=T(
            "de",
            "Im D.I.V. beraten Fachämter, Beiräte und weitere Akteure der Stadtgesellschaft das "
            "Digitalisierungsbüro: Sie setzen Themen, entwerfen Zukunftsvisionen und geben "
            "Arbeitsaufträge.",
            en="In the D.I.V. departments, advisory boards and further actors of the urban society "
            "advise the office: they set topics, draft visions and give work orders.",
        ),
        by=office,
    )
    if not body.memberships.exists():
        _load_members(body, office)
    held = list(body.meetings.order_by("starts_at")) or _schedule(body, office)
    of_the_year = len(SESSIONS) - OF_THE_THREAD
    return held[:-of_the_year], held[-of_the_year:]


def load_year(held: Sequence[Meeting], office: User) -> list[WorkOrder]:
    """Three sessions as they were minuted, the next one, and three orders for circles; once."""
    if held[0].state == Meeting.State.SCHEDULED:
        for meeting, told in zip(held, sessions.SESSIONS, strict=False):
            sessions.tell(meeting, told, office)
        sessions.prepare_next(held[3], office)
    orders = WorkOrder.objects.exclude(vision__slug=SLUG).order_by("number")
    if not orders.exists():
        _load_orders(held[0], office)
    return list(orders.select_related("vision")[: len(VISIONS)])


def _load_members(body: Body, office: User) -> None:
    today = timezone.localdate()
    rules: dict[str, Any] = {
        "starts_on": today - dt.timedelta(days=SINCE_DAYS),
        "term_ends_on": today + dt.timedelta(days=TERM_DAYS),
        "by": office,
    }
    seats = {
        key: bodies.admit_member(
            body,
            name=name,
            email=f"{key}@example.org",
            group=group,
            on_behalf_of=on_behalf_of,
            **rules,
            **more,
        )
        for key, name, group, on_behalf_of, more in MEMBERS
    }
    key, name, group, on_behalf_of = DEPUTY
    bodies.admit_member(
        body,
        name=name,
        email=f"{key}@example.org",
        group=group,
        on_behalf_of=on_behalf_of,
        deputises=seats["mira.fach"],
        **rules,
    )


def _schedule(body: Body, office: User) -> list[Meeting]:
    found = []
    for days in SESSIONS:
        day = timezone.localdate() + dt.timedelta(days=days)
        begin = dt.datetime.combine(day, dt.time(17), BERLIN)
        meeting = meetings.schedule(
            body,
            starts_at=begin,
            ends_at=begin + dt.timedelta(hours=2, minutes=30),
            place="Neues Rathaus, Raum Demo",
            afterwards=days < 0,
            by=office,
        )
        found.append(meeting)
    return found


def _load_orders(session: Meeting, office: User) -> None:
    for n, content in enumerate(VISIONS, start=1):
        vision = visions.propose(
            bodies.open_action_field(content["field"], by=office),
            title=content["title"],
            text=content["text"],
            everyday_need=content["need"],
            global_trend=content["trend"],
            by=office,
        )
        visions.adopt(vision, session, by=office)
        with days_ago(ORDERED):
            order = work_orders.derive(
                Vision.objects.get(pk=vision.pk),
                question=content["question"],
                expected_result=content["result"],
                limits=T(
                    "de",
                    "Zuständigkeiten und Haushalt der Stadt bleiben unberührt.",
                    en="The city's competences and budget remain untouched.",
                ),
                addressee=WorkOrder.Addressee.CIRCLE,
                contact="Digitalisierungsbüro",
                due_on=timezone.localdate() + dt.timedelta(days=ORDERED + 240),
                by=office,
            )
            number_of(order, "AA", ORDERED, n)
