"""An invented learning network: thirteen fictional people, two groups, a case under way."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from config.demo.names import fictional_names
from formats.events import events
from formats.learning import (
    consultations,
    groups,
    knowledge,
    members,
    networks,
    recommendations,
    sessions,
)
from formats.models import Cohort, CohortMember, Consultation
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from partnerships.directory import directory
from partnerships.models import Actor, Topic

T = LocalizedText.of
BERLIN = ZoneInfo("Europe/Berlin")
HOUSES = (
    ("Kiesgarten Maschinenbau (Demo)", "Leitung Innovation"),
    ("Stadtwerke Lindenau (Demo)", "Digitale Dienste"),
    ("Moosbach Textil (Demo)", "Produktentwicklung"),
    ("Nebelhorn Logistik (Demo)", "Prozesse"),
    ("Klinik am See (Demo)", "Qualität"),
    ("Flussau Lebensmittel (Demo)", "Einkauf"),
    ("Birkenhof Software (Demo)", "Geschäftsführung"),
    ("Heidebusch Energie (Demo)", "Strategie"),
    ("Inselring Verkehr (Demo)", "Angebotsplanung"),
    ("Dünenweg Bau (Demo)", "Projektleitung"),
    ("Grünmark Handel (Demo)", "Filialentwicklung"),
    ("Verein Musterviertel", "Vorstand"),
    ("Eschengrund Bildung (Demo)", "Lernformate"),
)
RULES = T(
    "de",
    "Was hier gesagt wird, bleibt hier.\nWir hören zu, bevor wir raten.\n"
    "Jede und jeder entscheidet allein, was weitergeht.",
    en="What is said here stays here.\nWe listen before we advise.\n"
    "Everybody alone decides what goes further.",
)
ADVICE = (
    "Beginnen Sie mit einem Tandem aus Vertrieb und Entwicklung.",
    "Laden Sie zwei Kundinnen zu einem halben Tag ein, ohne Tagesordnung.",
    "Zeigen Sie ein Scheitern zuerst: Das öffnet den Raum.",
)
POLICY = {
    "title": T("de", "Kleine Versuche erlauben", en="Allow small trials"),
    "first": T("de", "Offenheit beginnt im Kleinen.", en="Openness begins small."),
    "second": T("de", "Förderung belohnt heute große Anträge.",
                en="Today, funding rewards large applications."),
    "third": T("de", "Ein Budget für Versuche kostet wenig und lehrt viel.",
               en="A budget for trials costs little and teaches much."),
    "addressee": T("de", "Land Musterland (Demo)", en="State of Musterland (demo)"),
    "condition": T("de", "Förderrichtlinien für kleine und mittlere Betriebe",
                   en="Funding rules for small and medium-sized companies"),
    "demand": T("de", "5.000 Euro je Versuch, ohne Antrag über mehr als eine Seite.",
                en="5,000 euros per trial, without an application longer than a page."),
}  # fmt: skip


def load(office: User) -> None:
    """The network, its people, what they share, one case finished and one under way."""
    cohort = _cohort(office)
    people = _people(cohort)
    _sessions(cohort, office)
    groups.take_over(cohort, by=office)
    for member in people:
        member.refresh_from_db()
    _knowledge(cohort, people, office)
    done = _case(
        people, people[2], "Einkauf öffnen", "Wie öffnen wir den Einkauf für kleine Anbieter?"
    )
    _play(done, people, "done")
    consultations.release(done, "public", by=done.case_giver.user)
    _play(
        _case(
            people,
            people[0],
            "Kunden früh einbeziehen",
            "Wie kommen Kunden früh in die Entwicklung?",
        ),
        people,
        "advice",
    )
    evidence = cohort.sessions.filter(kind="webinar")
    made = recommendations.draft(cohort, sessions=evidence, by=office, **POLICY)
    recommendations.publish(made, by=office)
    answer = T("de", "Das Land prüft es (erfunden).", en="The state looks into it (invented).")
    recommendations.answer(made, answer, on=timezone.localdate(), by=office)


def _cohort(office: User) -> Cohort:
    host = directory.list_actor(
        "Lernwerkstatt am See (Demo)", kind=Actor.Kind.ASSOCIATION,
        sector=Actor.Sector.CIVIL_SOCIETY, by=None,
    )  # fmt: skip
    network = networks.found(
        T("de", "Offene Werkstatt", en="Open workshop"), slug="demo-offene-werkstatt", by=office,
        host=host, rules=RULES, is_demo=True,
        claim=T("de", "Betriebe am See lernen voneinander", en="Companies learn by the lake"),
        purpose=T("de", "Dreizehn Häuser beraten sich ein Jahr lang. Alles hier ist erfunden.",
                  en="Thirteen houses advise each other for a year. All of this is invented."),
    )  # fmt: skip
    networks.publish(network, by=office)
    made = networks.plan(
        network, timezone.localdate().year, by=office, is_demo=True,
        summary=T("de", "Ein Jahr Öffnung, in kleinen Schritten.", en="A year of small steps."),
    )  # fmt: skip
    members.name_giver(
        made, host, "practitioner", by=office,
        function=T("de", "Moderation (Demo)", en="Moderation (demo)"),
    )  # fmt: skip
    networks.start(made, by=office)
    return made


def _people(cohort: Cohort) -> list[CohortMember]:
    """Dora, who has a demo login, moderates; the others are names only."""
    industries = list(Topic.objects.filter(kind=Topic.Kind.INDUSTRY)[:4])
    topics = list(Topic.objects.filter(kind=Topic.Kind.TOPIC)[:4])
    names = fictional_names(200)[-len(HOUSES) :]
    made = []
    for n, (house, function) in enumerate(HOUSES):
        email = "dora@example.org" if n == 1 else f"lernen-{n:02}@example.org"
        name = "" if n == 1 else f"{names[n]} (Demo)"
        member = members.invite(
            cohort, email=email, name=name, organisation=house, by=None, is_guest=n == 11
        )
        members.join(
            member, accepts_rules=True, organisation=house, function=function,
            industry=industries[n % len(industries)] if industries else None, is_listed=n % 2 == 0,
            needs=topics[n % 4 : n % 4 + 1], brings=topics[(n + 1) % 4 : (n + 1) % 4 + 1],
            by=member.user,
        )  # fmt: skip
        made.append(member)
    return made


def _sessions(cohort: Cohort, office: User) -> None:
    def at(days: int) -> dict[str, Any]:
        day = timezone.localdate() + dt.timedelta(days=days)
        begins = dt.datetime.combine(day, dt.time(15), BERLIN)
        return {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=2)}

    ahead = at(12)
    webinar = events.plan(
        kind="webinar", slug="demo-webinar-oeffnen", is_demo=True, mode="digital", by=office,
        title=T("de", "Webinar: Öffnen im Kleinen", en="Webinar: opening up in small steps"),
        registration_until=ahead["starts_at"], capacity=40, **ahead,
    )  # fmt: skip
    events.publish(webinar, by=office)
    for kind, german, english, more in (
        ("kick_off", "Auftakt", "Opening", at(-60)),
        ("webinar", "Kultur der Öffnung", "A culture of opening",
         {**at(-30), "recording": "https://film.example.org/oeffnung"}),
        ("exchange", "Offene Runde", "Open round", at(-14)),
        ("webinar", "Öffnen im Kleinen", "Opening up in small steps", {**ahead, "event": webinar}),
        ("peer_consultation", "Kollegiale Beratung", "Peer consultation",
         {"when": T("de", "laufend, in Gruppen", en="ongoing, in groups")}),
    ):  # fmt: skip
        sessions.add(
            cohort, kind, title=T("de", german, en=english), mode="digital", by=office, **more
        )


def _knowledge(cohort: Cohort, people: list[CohortMember], office: User) -> None:
    asker, other = people[0], people[4]
    question = knowledge.share(
        asker, "question", title="Wer hat Kundinnen schon in Entwürfe schauen lassen?",
        text="Bei uns gilt jeder Entwurf als geheim. Wie haben Sie begonnen?", openness="cohort",
        by=asker.user,
    )  # fmt: skip
    knowledge.reply(question, other, "Mit einem einzigen Produkt, das es bald nicht mehr gibt.",
                    by=other.user)  # fmt: skip
    idea = knowledge.share(
        other, "idea", title="Tandem mit der Berufsschule", text="Zwei Tage im Monat, ein Thema.",
        openness="public", trial="tried", terms="CC BY 4.0", by=other.user,
    )  # fmt: skip
    knowledge.derive(idea, asker, by=asker.user)
    knowledge.share(
        people[6], "approach", title="Unser Weg in die Co-Creation", text="Noch sehr roh.",
        by=people[6].user,
    )  # fmt: skip
    knowledge.give_input(
        cohort.givers.get(), title="Vier Fragen vor jeder Öffnung", text="Vortrag vom Auftakt.",
        openness="cohort", is_restricted=True, terms="nur im Jahrgang", by=office,
        session=cohort.sessions.get(kind="kick_off"),
    )  # fmt: skip


def _case(
    people: list[CohortMember], giver: CohortMember, title: str, question: str
) -> Consultation:
    case = consultations.bring_case(
        giver, title=title, situation="Erfunden: Entwürfe gehen erst hinaus, wenn sie fertig "
        "sind. Dann ist es für Ideen von außen zu spät.", tried="Eine Umfrage, ohne Echo.",
        key_question=question, by=giver.user,
    )  # fmt: skip
    mates = [each for each in people if each.pk != giver.pk and each.pk != people[1].pk]
    consultations.cast(
        case, moderator=people[1], note_taker=mates[0], advisers=mates[1:6], by=giver.user
    )
    return case


def _play(case: Consultation, people: list[CohortMember], until: str) -> None:
    moderator = people[1].user
    while case.phase != until:
        consultations.go_on(case, by=moderator)
        if case.phase == "method":
            consultations.choose_method(case, "good_advice", by=moderator)
        if case.phase == "advice":
            for words in ADVICE:
                consultations.note(case, words, by=moderator)
        if case.phase == "closing":
            helpful = {case.advice.order_by("pk").values_list("pk", flat=True)[0]}
            consultations.take_along(
                case, "Wir beginnen mit einem Tandem.", helpful=helpful, by=case.case_giver.user
            )
