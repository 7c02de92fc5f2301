"""What the demonstration has weighed: ideas, a prioritisation that is over, one that runs, a wall.

All of it is invented; ballots come from members who are invented as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.demo.past import days_ago, number_of
from formats.models import (
    ActionField,
    Idea,
    Meeting,
    Poll,
    PriorityRound,
    PriorityTopic,
    Vision,
    WorkOrder,
)
from formats.weighing import ballots, draftings, ideas, priorities
from formats.weighing.priorities import Proposed
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of

# (title, words, answer, title and words for everybody, number of the vision it goes on in or None)
IDEAS = (
    (
        "Bus auf Zuruf nach 22 Uhr",
        "Ein kleiner Bus, den man mit der Stadt-App ruft, wenn die Linie nicht mehr fährt. (Demo)",
        T("de", "Ihre Idee ist Teil der Vision geworden. Ein Innovationszirkel prüft, wie es geht.",
          en="Your idea has become part of the vision. A circle examines how it can be done."),
        T("de", "Bus auf Zuruf nach 22 Uhr", en="A bus on call after 10 p.m."),
        T("de", "Ein kleiner Bus, den man nach 22 Uhr mit der Stadt-App ruft. (Demo)",
          en="A small bus to be called with the city's app after 10 p.m. (demo)"),
        0,
    ),
    (
        "Anzeige: Wie warm ist mein Spielplatz?",
        "Sensoren an Spielplätzen, damit Eltern mit Kindern im Sommer Schatten finden. (Demo)",
        T("de", "Die Messwerte gibt es bald als offene Daten; eine Anzeige prüfen wir später.",
          en="The measurements will be open data soon; we consider a display on site later."),
        T("de", "Anzeige: Wie warm ist mein Spielplatz?",
          en="A display: how warm is my playground?"),
        T("de", "Sensoren an Spielplätzen zeigen im Sommer, wo es kühl ist. (Demo)",
          en="Sensors at playgrounds show where it is cool in summer. (demo)"),
        1,
    ),
)  # fmt: skip
WAITING = (
    ("Sprechstunde am Küchentisch", "Digitale Hilfe für Menschen, die nicht gut gehen. (Demo)"),
    ("Werkzeug leihen per Klick", "Eine Übersicht, wer im Viertel was verleiht. (Demo)"),
)
TOPICS = (
    T("de", "Schattenplätze finden", en="Finding places in the shade"),
    T("de", "Ein Formular für alle Ämter", en="One form for all departments"),
)
# Points by topic, a row for each of the members who voted.
BALLOTS = ((3, 1, 0, 1, 0), (2, 0, 2, 1, 0), (0, 2, 3, 0, 0))
SNIPPETS = {
    ("Sicher", "Safe"): ("Licht, wo ich gehe", "Jemand antwortet, wenn ich rufe"),
    ("Bezahlbar", "Affordable"): ("Ein Preis für alle Wege", "Kinder fahren frei"),
    ("", ""): ("Bänke zum Warten",),
}


def load_weighing(orders: Sequence[WorkOrder], sessions: Sequence[Meeting], office: User) -> None:
    """Ideas, two prioritisations and a wall; only once."""
    if PriorityRound.objects.filter(meeting__in=sessions).exists():
        return
    visions = [order.vision for order in orders]
    _load_ideas(visions, office)
    with days_ago(250):
        _load_result(sessions[0], visions, office)
    _load_running(sessions[3], visions, office)
    _load_wall(sessions[3], office)


def _load_ideas(visions: Sequence[Vision], office: User) -> None:
    for n, (title, words, answer, public_title, public, number) in enumerate(IDEAS, start=1):
        vision = visions[number]
        with days_ago(256):
            idea = ideas.send(title=title, text=words, action_field=vision.action_field)
            number_of(idea, "ID", 256, n, digits=3)
        with days_ago(238):
            ideas.answer(
                idea, answer, vision=vision, public_title=public_title, public_text=public,
                by=office,
            )  # fmt: skip
    field = ActionField.objects.order_by("pk").last()
    for title, words in WAITING:
        ideas.send(title=title, text=words, action_field=field)


def _load_result(meeting: Meeting, visions: Sequence[Vision], office: User) -> None:
    made = priorities.set_up(
        meeting,
        title=T("de", "Womit fangen wir an? (Demo)", en="What do we begin with? (demo)"),
        question=T("de", "Was soll die Stadt zuerst angehen?", en="What should the city do first?"),
        topics=[
            *[Proposed(vision.title, vision=vision) for vision in visions[:3]],
            *[Proposed(title) for title in TOPICS],
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
    _explain(list(made.topics.select_related("round__poll")), office)


def _explain(topics: Sequence[PriorityTopic], office: User) -> None:
    evening, measuring, alone, _shade, form = topics
    priorities.explain(
        evening,
        T("de", "Viele sind abends unterwegs; es hilft sofort und allen.",
          en="Many are out in the evening; it helps at once, and everybody."),
        by=office,
    )  # fmt: skip
    priorities.dissent(
        evening,
        "Wer kein Telefon hat, kommt so nicht nach Hause. Zuerst die Linien, dann die App. (Demo)",
        for_whom="Seniorenrat (Demo)",
        by=office,
    )
    answers = (
        (
            evening,
            "adopted",
            T("de", "Wir folgen dem Rat. Der Arbeitsauftrag ist erteilt.",
              en="We follow the advice. The work order has been given."),
        ),
        (
            alone,
            "adopted",
            T("de", "Wir folgen dem Rat; der Zirkel dazu beginnt, sobald der erste arbeitet.",
              en="We follow the advice; the circle begins as soon as the first one works."),
        ),
        (
            measuring,
            "adopted",
            T("de", "Wir folgen dem Rat; der Zirkel zu den Messwerten wird zuerst ausgelost.",
              en="We follow the advice; the circle on measurements is drawn first."),
        ),
        (
            form,
            "declined",
            T("de", "Das liegt beim Land; wir geben es dorthin weiter.",
              en="This is up to the state; we pass it on."),
        ),
    )  # fmt: skip
    for topic, outcome, reason in answers:
        priorities.answer(topic, outcome, reason, by=office)


def _load_running(meeting: Meeting, visions: Sequence[Vision], office: User) -> None:
    made = priorities.set_up(
        meeting,
        title=T("de", "Themen für das nächste Jahr (Demo)", en="Topics for next year (demo)"),
        question=T(
            "de", "Wie wichtig ist Ihnen jedes Thema?", en="How important is each topic to you?"
        ),
        topics=[
            *[
                Proposed(idea.public_title, idea=idea)
                for idea in Idea.objects.released().filter(vision__in=visions).order_by("pk")
            ],
            *[Proposed(title) for title in TOPICS],
        ],
        method=Poll.Method.SCORE,
        way=Poll.Way.BALLOT,
        budget=5,
        most=5,
        by=office,
    )
    priorities.open_round(made, by=office)


def _load_wall(meeting: Meeting, office: User) -> None:
    question = T("de", "Wie kommen wir 2035 abends nach Hause?", en="How will we get home in 2035?")
    wall = draftings.begin(meeting, question, by=office)
    for (heading, _english), texts in SNIPPETS.items():
        for number, text in enumerate(texts):
            snippet = draftings.write(wall, text, device=f"demo-{heading}-{number}")
            draftings.sort({snippet: heading}, by=office)
