"""What the circle at work writes: four sections in several wordings, one version, feedback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from circles.models import Circle
from circles.proposing import (
    answers,
    contributions,
    feedback_rounds,
    proposals,
    remarks,
    review_links,
    sections,
    versions,
)
from config.demo.past import days_ago
from config.demo.repairing.proposing import section_at
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
# Heading, then (days ago, seat, words in German and English), the first wording first.
TEXT = (
    (T("de", "Warum Messwerte allen gehören", en="Why measurements belong to everybody"), (
        (98, 2, "Was die Stadt misst, haben alle bezahlt. Offene Werte helfen Schulen, Feuerwehr "
         "und Nachbarn.",
         "Everybody has paid for what the city measures. Open data help schools, fire brigades "
         "and neighbours."),
    )),
    (T("de", "Was offen wird", en="What is opened"), (
        (98, 6, "Offen werden die Werte für Luft, Bäche und Lärm.",
         "Measurements of air, brooks and noise are opened."),
        (80, 5, "Offen werden zuerst die Werte für Luft und Bäche, stündlich und ohne Anmeldung.",
         "First those of air and brooks are opened, every hour and without a login."),
        (61, 7, "Offen werden zuerst die Werte für Luft und Bäche, stündlich und ohne Anmeldung. "
         "Für Lärm prüft die Stadt vorher, ob man Menschen an den Werten erkennt.",
         "First those of air and brooks are opened, every hour and without a login. Before noise "
         "is opened the city checks whether people can be recognised by it."),
    )),
    (T("de", "So, dass man es versteht", en="So that it can be understood"), (
        (97, 8, "Zu jeder Reihe gehört ein Satz, was sie bedeutet.",
         "Each series has a sentence on what it means."),
        (70, 12, "Zu jeder Reihe gehört ein Satz in Leichter Sprache, was sie bedeutet und ab wann "
         "man etwas tun sollte.",
         "Each series has a sentence in plain language on what it means and from when on one "
         "should act."),
    )),
    (T("de", "Wer sich kümmert", en="Who looks after it"), (
        (90, 1, "Das Digitalisierungsbüro betreibt die Seite, die Ämter liefern die Werte.",
         "The office runs the page, the departments bring the data."),
    )),
)  # fmt: skip
# Days ago, section, comment, suggested words, for whom, sector.
FEEDBACK = (
    (7, 1, "Bitte auch die Temperatur an Spielplätzen.", "Offen werden zuerst die Werte für Luft, "
     "Bäche und die Wärme an Spielplätzen, stündlich und ohne Anmeldung.",
     "Elternbeirat (Demo)", "civil_society"),
    (6, 2, "Ein Satz reicht oft nicht. Wie wäre ein Bild?", "", "Büro für Leichte Sprache (Demo)",
     "civil_society"),
    (5, 3, "", "Das Digitalisierungsbüro betreibt die Seite, die Ämter liefern die Werte und "
     "sagen, wer Fragen dazu beantwortet.", "Labor für Sensorik (Demo)", "science"),
    (4, 1, "Stündlich ist für Pegel zu selten.", "Offen werden zuerst die Werte für Luft, "
     "stündlich, und für Bäche, alle zehn Minuten.", "Freiwillige Feuerwehr (Demo)",
     "administration"),
    (3, 0, "Kann ich die Werte in meinem Betrieb benutzen?", "", "Gartenbau (Demo)", "business"),
    (1, 2, "", "Zu jeder Reihe gehört ein Satz in Leichter Sprache und in drei weiteren Sprachen.",
     "", ""),
)  # fmt: skip


def load_text(circle: Circle, seated: Mapping[int, User], office: User) -> None:
    """The sections as they grew, version 1 for everybody, and a round about it that is open."""
    with days_ago(100):
        proposal = proposals.begin(
            circle,
            T("de", "Die Stadt misst, alle wissen", en="The city measures, everybody knows"),
            by=office,
        )
        for heading, wordings in TEXT:
            section = sections.add(proposal, heading, by=seated[wordings[0][1]])
            for based_on, (days, seat, words, english) in enumerate(wordings, start=1):
                wording = T("de", words, en=english)
                with days_ago(days):
                    sections.write(section, wording, based_on=based_on, by=seated[seat])
        remarks.add_source(
            proposal,
            title="Liste der Messpunkte (Demo)",
            address="https://example.org/messpunkte",
            note="Erfunden, für die Vorführung.",
            by=seated[2],
        )
        with days_ago(64):
            remarks.remark(section_at(proposal, 1), "Beim Lärm bin ich vorsichtig.", by=seated[7])
            settled = remarks.raise_point(proposal, "Reicht einmal am Tag?", by=seated[8])
        with days_ago(60):
            remarks.settle(settled, "Nein, stündlich.", by=seated[6])
        with days_ago(20):
            remarks.raise_point(
                proposal,
                "Wer haftet, wenn ein Sensor falsch misst?",
                section=section_at(proposal, 3),
                by=seated[5],
            )
    with days_ago(14):
        version = versions.keep(proposal, note="Für unsere Netzwerke", by=seated[6])
        versions.release(version, by=office)
    passages = versions.passages_of(version)
    with days_ago(8):
        round_ = feedback_rounds.open_round(
            version,
            question="Welche Werte würden Sie benutzen, und was brauchen Sie dafür?",
            closes_at=timezone.now() + dt.timedelta(days=15),
            by=office,
        )
        links = [
            review_links.make(round_, label=label, by=seated[seat])
            for seat, label in ((5, "Verein (Demo)"), (5, "Eltern (Demo)"), (8, "Klima (Demo)"))
        ]
        for n, (days, place, text, words, behalf, sector) in enumerate(FEEDBACK):
            with days_ago(days):
                contributions.contribute(
                    links[n % len(links)],
                    passages[place],
                    text=text,
                    words=words,
                    on_behalf_of=behalf,
                    sector=sector,
                )
    with days_ago(3):
        first, second = feedback_rounds.contributions_of(round_).order_by("pk")[:2]
        answers.answer(
            first,
            "partly",
            reason="Die Wärme kommt dazu, sobald an Spielplätzen gemessen wird.",
            by=seated[8],
        )
        answers.answer(second, "answered", reason="Gute Idee, wir zeigen eins.", by=seated[12])
