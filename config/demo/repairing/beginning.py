"""The thread until its circle works: idea, vision, prioritisation, order, circle, call, draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.utils import timezone

from circles.calling import calls
from circles.models import Circle
from circles.seating import circles
from config.demo import lots, sessions
from config.demo.circles import call_for, found
from config.demo.names import fictional_names
from config.demo.past import BERLIN, days_ago, number_of
from config.demo.sessions import OPENING, Told
from formats.models import AgendaItem, Idea, Meeting, Poll, PriorityRound, Vision, WorkOrder
from formats.sittings import bodies
from formats.weighing import ballots, ideas, priorities, visions, work_orders
from formats.weighing.priorities import Proposed
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
SLUG = "was-kaputt-ist-wird-wieder-ganz"
APPLICANTS, KNOWN_NAMES = 40, 240
DRAW = "demo-reparieren"
NAMED = (
    (1, "Wiebke Lötzinn", "Personalrat der Stadtverwaltung (Demo)", ""),
    (2, "Henrik Schraubstock", "Hochschulkonferenz (Demo)", ""),
    (3, "Gülay Feinwerk", "Wirtschaftsrunde (Demo)", ""),
    (4, "Otfried Kittel", "Ältestenrat (Demo)", ""),
    (5, "Maren Flickwerk", "Netzwerk der Vereine (Demo)", ""),
    (6, "Stepan Ampere", "Fachkreis Elektro (Demo)", "Elektrogeräte"),
    (7, "Liv Nadelöhr", "Fachkreis Textil (Demo)", "Textil"),
    (8, "Bashir Kreisel", "Klimabeirat (Demo)", "Abfallvermeidung"),
    (9, "Trude Telefon", "Seniorenrat (Demo)", "Leben ohne Internet"),
    (10, "Kimmo Rauta", "Partnerstadt (Demo)", "Offene Werkstätten"),
)
# Points for repairing and for the two other topics, a row for each member who voted.
BALLOTS = ((3, 1, 1), (3, 2, 0), (2, 0, 3), (2, 3, 0), (3, 1, 1))
FIRST_SESSION = (
    OPENING,
    Told(
        AgendaItem.Kind.VISIONS,
        (
            ("dora", "Der Toaster ist kaputt, und niemand weiß, wer ihn repariert (Demo)."),
            ("uwe.netz", "Die Offene Werkstatt repariert gern, aber wer findet sie? (Demo)"),
        ),
        "Demo: Das D.I.V. beschließt die Zukunftsvision „Was kaputt ist, wird wieder ganz“.",
        (5, 0, 1),
        result=T(
            "de",
            "Die Zukunftsvision „Was kaputt ist, wird wieder ganz“ ist beschlossen.",
            en="The vision “What is broken gets mended” is adopted.",
        ),
    ),
)
SECOND_SESSION = (
    OPENING,
    Told(
        AgendaItem.Kind.DRAW,
        (("vera", "Vier Menschen würfeln vor zwei Zeugen; alle sehen zu (Demo)."),),
        result=T(
            "de",
            "Fünf Plätze des Innovationszirkels sind ausgelost (Demo).",
            en="Five places of the innovation circle are drawn by lot (demo).",
        ),
    ),
)


def load_order(session: Meeting, people: dict[str, User]) -> WorkOrder:
    """Idea, vision, and how the D.I.V. weighed it; the work order that followed."""
    office = people["otto"]
    field = bodies.open_action_field(T("de", "Kreislaufstadt", en="Circular city"), by=office)
    with days_ago(640):
        idea = ideas.send(
            title="Wer repariert meinen Toaster?",
            text="Eine Karte, auf der steht, wer im Viertel was repariert. (Demo)",
            action_field=field,
        )
        number_of(idea, "ID", 640, 1, digits=3)
        vision = visions.propose(
            field,
            title=T("de", "Was kaputt ist, wird wieder ganz", en="What is broken gets mended"),
            text=T(
                "de",
                "In Bielefeld wird repariert statt weggeworfen. Wer etwas Kaputtes hat, findet in "
                "der Nähe jemanden, der es kann, und lernt es auf Wunsch selbst.",
                en="In Bielefeld things are repaired rather than thrown away. Whoever has "
                "something broken finds somebody nearby who can mend it, and may learn to do so.",
            ),
            everyday_need=T(
                "de",
                "Der Toaster ist kaputt, und niemand weiß, wer ihn repariert.",
                en="The toaster is broken, and nobody knows who repairs it.",
            ),
            global_trend=T(
                "de",
                "Dinge werden geteilt, repariert und digital vermittelt.",
                en="Things are shared, repaired and brokered digitally.",
            ),
            by=office,
        )
    with days_ago(620):
        visions.adopt(vision, session, by=office)
        weighed = _weigh(session, vision, people)
    sessions.tell(session, FIRST_SESSION, office)
    with days_ago(612):
        return _order(weighed, Vision.objects.get(pk=vision.pk), idea, office)


def load_circle(order: WorkOrder, session: Meeting, people: dict[str, User]) -> Circle:
    """Ten people named by bodies, five by lot; complete, and at work."""
    office = people["otto"]
    with days_ago(600):
        circle = found(order, office)
        number_of(circle, "IZ", 600, 1)
    with days_ago(580):
        lots.seat_named(circle, NAMED, office)
    with days_ago(530):
        call = call_for(circle, session, _day(575, 9), _day(545, 23), office, DRAW)
        calls.put_on_agenda(call, by=office)
        names = fictional_names(KNOWN_NAMES + APPLICANTS)[KNOWN_NAMES:]
        lots.load_drawn(call, lots.Crowd(names, "reparieren", "R"), people)
    sessions.tell(session, SECOND_SESSION, office)
    with days_ago(520):
        work_orders.start(WorkOrder.objects.get(pk=order.pk), by=office)
        circles.begin_work(circle, by=office)
    return Circle.objects.get(pk=circle.pk)


def _weigh(session: Meeting, vision: Vision, people: dict[str, User]) -> PriorityRound:
    office = people["otto"]
    made = priorities.set_up(
        session,
        title=T("de", "Was zuerst? (Demo)", en="What first? (demo)"),
        question=T(
            "de", "Welches Thema bringt den Alltag voran?", en="Which topic helps everyday life?"
        ),
        topics=[
            Proposed(vision.title, vision=vision),
            Proposed(T("de", "Lieferwege bündeln", en="Bundling deliveries")),
            Proposed(T("de", "Ein Ausweis für alle Büchereien", en="One card for all libraries")),
        ],
        method=Poll.Method.DOTS,
        way=Poll.Way.BALLOT,
        budget=5,
        most=3,
        by=office,
    )
    priorities.open_round(made, by=office)
    options = [str(pk) for pk in made.poll.options.values_list("pk", flat=True)]
    for voter, points in zip(made.poll.voters.order_by("pk"), BALLOTS, strict=False):
        marks = {option: n for option, n in zip(options, points, strict=True) if n}
        ballots.cast(voter, marks)
    ballots.close(made.poll, by=office)
    topic = made.topics.select_related("round__poll").get(vision=vision)
    priorities.explain(
        topic,
        T("de", "Alle kennen etwas Kaputtes; Werkstätten gibt es schon.",
          en="Everybody knows something broken; workshops exist already."),
        by=office,
    )  # fmt: skip
    priorities.dissent(
        topic,
        "Wer repariert haben will, hat meist Zeit. Wer auf Lieferungen wartet, hat sie nicht. "
        "Wir hätten mit den Lieferwegen begonnen. (Demo)",
        for_whom="Amt für Verkehr (Demo)",
        by=office,
    )
    return made


def _order(weighed: PriorityRound, vision: Vision, idea: Idea, office: User) -> WorkOrder:
    first, deliveries, card = weighed.topics.select_related("round__poll")
    answers: Sequence[tuple[models.Model, str, LocalizedText]] = (
        (first, "adopted",
         T("de", "Wir folgen dem Rat; ein Innovationszirkel bekommt den Auftrag.",
           en="We follow the advice; an innovation circle gets the order.")),
        (deliveries, "later",
         T("de", "Sobald die neue Ladezone erprobt ist.",
           en="As soon as the new loading zone has been tested.")),
        (card, "declined",
         T("de", "Die Büchereien haben ihn schon vereinbart.",
           en="The libraries have agreed on it already.")),
    )  # fmt: skip
    for topic, outcome, reason in answers:
        priorities.answer(topic, outcome, reason, by=office)  # type: ignore[arg-type]
    order = work_orders.derive(
        vision,
        question=T(
            "de",
            "Wie finden Menschen mit kaputten Dingen zu denen, die sie reparieren?",
            en="How do people with broken things find those who repair them?",
        ),
        expected_result=T(
            "de",
            "Ein Vorschlag mit Maßnahmen, die ein Jahr später wirken.",
            en="A proposal with measures that work a year later.",
        ),
        limits=T(
            "de",
            "Zuständigkeiten und Haushalt der Stadt bleiben unberührt.",
            en="The city's competences and budget remain untouched.",
        ),
        addressee=WorkOrder.Addressee.CIRCLE,
        contact="Digitalisierungsbüro",
        due_on=timezone.localdate() + dt.timedelta(days=190),
        by=office,
    )
    number_of(order, "AA", 612, 1)
    ideas.answer(
        idea,
        T("de", "Ihre Idee ist Teil der Vision geworden. Ein Innovationszirkel arbeitet daran.",
          en="Your idea has become part of the vision. An innovation circle works on it."),
        vision=vision,
        public_title=T("de", "Wer repariert meinen Toaster?", en="Who repairs my toaster?"),
        public_text=T("de", "Eine Karte, auf der steht, wer im Viertel was repariert. (Demo)",
                      en="A map of who repairs what in the quarter. (demo)"),
        by=office,
    )  # fmt: skip
    return order


def _day(days: int, hour: int = 12) -> dt.datetime:
    day = timezone.localdate() - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), BERLIN)
