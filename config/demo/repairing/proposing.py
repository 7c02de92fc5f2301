"""What the circle of thread 1 wrote: four sections, three versions, and what its networks said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from circles.models import Circle, FeedbackRound, Proposal, ProposalVersion, Section
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
from circles.seating.memberships import members_of
from config.demo.past import days_ago
from foundation.accounts.models import User
from foundation.languages import LocalizedText

T = LocalizedText.of
MAP, LEARNING, CITY = 1, 2, 3  # sections by their place, from 0
# Heading, seat of the author, first words.
TEXT = (
    (
        T("de", "Worum es geht", en="What it is about"),
        9,
        T("de",
          "In Bielefeld reparieren viele: Werkstätten, Vereine, Nachbarinnen. Wer etwas Kaputtes "
          "hat, weiß davon oft nichts und kauft neu.",
          en="Many people in Bielefeld repair: workshops, clubs, neighbours. Whoever has something "
          "broken often does not know and buys new."),
    ),
    (
        T("de", "Eine Karte, die alle finden", en="A map that everybody finds"),
        6,
        T("de",
          "Eine Karte auf den Seiten der Stadt zeigt, wer was repariert, wann offen ist und was es "
          "kostet.",
          en="A map on the city's pages shows who repairs what, when it is open and what it "
          "costs."),
    ),
    (
        T("de", "Reparieren lernen", en="Learning to repair"),
        5,
        T("de",
          "Viermal im Jahr öffnen die Werkstätten gemeinsam. Wer mag, lernt an der eigenen Sache.",
          en="Four times a year the workshops open together. Whoever likes learns on their own "
          "thing."),
    ),
    (
        T("de", "Was die Stadt dafür tut", en="What the city does for it"),
        1,
        T("de",
          "Das Digitalisierungsbüro pflegt die Karte. Der Umweltbetrieb gibt weiter, was noch zu "
          "reparieren ist.",
          en="The office keeps the map. The environmental services pass on what can still be "
          "repaired."),
    ),
)  # fmt: skip
LEARNING_MORE = T(
    "de",
    "Viermal im Jahr öffnen die Werkstätten gemeinsam, jedes Mal in einem anderen Viertel. Wer "
    "mag, lernt an der eigenen Sache; Werkzeug ist da.",
    en="Four times a year the workshops open together, each time in another quarter. Whoever likes "
    "learns on their own thing; tools are there.",
)
MAP_CHECKED = T(
    "de",
    "Eine Karte auf den Seiten der Stadt zeigt, wer was repariert, wann offen ist und was es "
    "kostet. Jede Werkstatt bestätigt ihren Eintrag zweimal im Jahr.",
    en="A map on the city's pages shows who repairs what, when it is open and what it costs. Each "
    "workshop confirms its entry twice a year.",
)
MAP_BY_TELEPHONE = T(
    "de",
    f"{MAP_CHECKED.get('de')} Wer kein Internet hat, ruft das Bürgertelefon an: Dort liest jemand "
    "aus der Karte vor, und in jeder Bücherei hängt sie als Liste.",
    en=f"{MAP_CHECKED.get('en')} Whoever has no internet calls the citizens' telephone: somebody "
    "reads from the map, and every library has it as a list.",
)


@dataclasses.dataclass(frozen=True)
class Said:
    """A contribution: section, words, suggested wording, for whom; and what became of it."""

    days: int
    section: int
    text: str = ""
    words: str = ""
    behalf: str = ""
    sector: str = ""
    outcome: str = ""
    reason: str = ""
    rewrites: LocalizedText | None = None


FEEDBACK = (
    Said(489, MAP, "Einträge veralten. Wer prüft sie?", MAP_CHECKED.get("de"),
         "Offene Werkstatt (Demo)", "civil_society", "accepted", rewrites=MAP_CHECKED),
    Said(488, LEARNING, "Bitte nicht nur in der Mitte der Stadt, und mit Werkzeug und Kaffee.",
         "Viermal im Jahr öffnen die Werkstätten gemeinsam, jedes Mal in einem anderen Viertel, "
         "mit Werkzeug und Kaffee.", "Nachbarschaftshaus (Demo)", "civil_society", "partly",
         "Viertel und Werkzeug stehen nun im Text; für den Kaffee sorgt jede Werkstatt selbst.",
         LEARNING_MORE),
    Said(487, CITY, "", "Die Stadt repariert selbst und stellt dafür zwei Menschen ein.",
         "", "business", "declined",
         "Das geht über unseren Auftrag hinaus: Stellen der Stadt beschließt der Rat."),
    Said(486, MAP, "", "Die Karte zeigt nur Betriebe mit Meisterbrief.",
         "Betrieb für Hausgeräte (Demo)", "business", "declined",
         "Auch Vereine reparieren gut. Die Karte sagt, wer Betrieb ist und wer Verein."),
    Said(485, MAP, "Kann die Karte auch Nähmaschinen?", "", "Nähtreff (Demo)", "civil_society",
         "answered", "Ja. Textiles bekommt eine eigene Farbe."),
    Said(484, CITY, "Gut, dass der Umweltbetrieb mitmacht.", "", "Klimabeirat (Demo)", "politics"),
    Said(483, 0, "Das kenne ich: Ich habe letztes Jahr drei Dinge neu gekauft.", "", "", ""),
    Said(481, LEARNING, "Die Hochschule leiht gern Messgeräte aus.", "",
         "Labor für Elektronik (Demo)", "science", "answered", "Danke, wir kommen darauf zurück."),
)  # fmt: skip
SUMMARY = (
    "Acht Rückmeldungen kamen. Einträge der Karte werden nun zweimal im Jahr bestätigt, und die "
    "offenen Tage wandern durch die Viertel. Stellen der Stadt und ein Meisterbrief als Bedingung "
    "stehen nicht im Vorschlag; warum, haben wir geantwortet. (Demo)"
)


def load_text(circle: Circle, office: User) -> None:
    """Four sections by several members, sources, open points that are settled; version 1."""
    people = by_seat(circle)
    with days_ago(512):
        proposal = proposals.begin(
            circle, T("de", "Bielefeld repariert", en="Bielefeld repairs"), by=office
        )
        for heading, seat, words in TEXT:
            section = sections.add(proposal, heading, by=people[seat])
            sections.write(section, words, based_on=1, by=people[seat])
        point = remarks.raise_point(
            proposal,
            "Wer pflegt die Karte, wenn der Zirkel zu Ende ist?",
            section=section_at(proposal, CITY),
            by=people[11],
        )
        other = remarks.raise_point(proposal, "Gehören Textilien dazu?", by=people[7])
        remarks.add_source(
            proposal,
            title="Liste der offenen Werkstätten (Demo)",
            address="https://example.org/werkstaetten",
            note="Erfunden, für die Vorführung.",
            by=people[6],
        )
        remarks.add_source(
            proposal,
            title="Was im Wertstoffhof landet: Zählung einer Woche (Demo)",
            address="",
            note="Vom Umweltbetrieb, erfunden.",
            by=people[8],
        )
    with days_ago(500):
        remarks.settle(point, "Das Digitalisierungsbüro; so steht es im vierten Abschnitt.",
                       by=people[1])  # fmt: skip
        remarks.settle(other, "Ja, mit eigener Farbe.", by=people[7])
        version = versions.keep(proposal, note="Für unsere Netzwerke", by=people[5])
        versions.release(version, by=office)


def load_feedback(circle: Circle, office: User) -> None:
    """One round on version 1: what came, what the circle made of it; version 2."""
    people = by_seat(circle)
    version = ProposalVersion.objects.get(proposal__circle=circle, n=1)
    passages = versions.passages_of(version)
    with days_ago(490):
        round_ = feedback_rounds.open_round(
            version,
            question="Fehlt etwas, damit Sie so eine Karte benutzen oder auf ihr stehen wollen?",
            closes_at=timezone.now() + dt.timedelta(days=14),
            by=office,
        )
        links = [
            review_links.make(round_, label=f"Netzwerk von Platz {seat} (Demo)", by=people[seat])
            for seat in (5, 6, 8, 13)
        ]
        for n, said in enumerate(FEEDBACK):
            with days_ago(said.days):
                contributions.contribute(
                    links[n % len(links)],
                    passages[said.section],
                    text=said.text,
                    words=said.words,
                    on_behalf_of=said.behalf,
                    sector=said.sector,
                )
    with days_ago(476):
        _answer_all(round_, people)
        feedback_rounds.close_round(round_, summary=SUMMARY, by=office)
        kept = versions.keep(version.proposal, note="Nach den Rückmeldungen", by=people[5])
        versions.release(kept, by=office)


def keep_by_telephone(circle: Circle, office: User) -> ProposalVersion:
    """The objection is integrated: another section, and a version of its own."""
    people = by_seat(circle)
    section = section_at(circle.proposal, MAP)
    sections.write(section, MAP_BY_TELEPHONE, based_on=_newest(section), by=people[9])
    kept = versions.keep(circle.proposal, note="Mit dem Bürgertelefon", by=people[6])
    versions.release(kept, by=office)
    return kept


def by_seat(circle: Circle) -> Mapping[int, User]:
    """The members by the numbers of their seats."""
    return {term.seat.number: term.person for term in members_of(circle) if term.person}


def section_at(proposal: Proposal, place: int) -> Section:
    """The section at this place, from 0."""
    return sections.parts_of(proposal)[place].section


def _answer_all(round_: FeedbackRound, people: Mapping[int, User]) -> None:
    said_then = list(feedback_rounds.contributions_of(round_).order_by("pk"))
    for n, (contribution, said) in enumerate(zip(said_then, FEEDBACK, strict=True)):
        author = people[(5, 8, 11, 14)[n % 4]]
        if said.outcome:
            answers.answer(contribution, said.outcome, reason=said.reason, by=author)
        if said.rewrites is not None:
            based_on = _newest(contribution.section)
            answers.write_from(contribution, said.rewrites, based_on=based_on, by=author)


def _newest(section: Section) -> int:
    return section.paragraph.revisions.latest("n").n
