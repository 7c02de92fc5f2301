"""The clauses that a letter of intent begins with, in German and English, in our own words.

Lists of goals, topics, formats and actors are no text here: they are filled from the data.
"""

from __future__ import annotations

import dataclasses

TITLE = {
    "de": "Absichtserklärung über eine Innovationspartnerschaft",
    "en": "Letter of Intent on an Innovation Partnership",
}
LANGUAGES = ("de", "en")


@dataclasses.dataclass(frozen=True)
class Clause:
    """`{cities}` in a text stands for the names of the cities; `must` clauses cannot be emptied."""

    number: int
    slug: str
    heading: dict[str, str]
    text: dict[str, str]
    must: bool = True


def _clause(
    number: int, slug: str, de: tuple[str, str], en: tuple[str, str], *, must: bool = True
) -> Clause:
    return Clause(number, slug, {"de": de[0], "en": en[0]}, {"de": de[1], "en": en[1]}, must=must)


CLAUSES: tuple[Clause, ...] = (
    _clause(
        0,
        "parties",
        ("Parteien", "Diese Erklärung geben ab, gemeinsam „die Partnerstädte“:"),
        ("Parties", "This letter is given by, together “the Partner Cities”:"),
    ),
    _clause(
        1,
        "preamble",
        (
            "Präambel",
            "{cities} stehen vor ähnlichen Herausforderungen und wollen voneinander lernen, "
            "gemeinsam entwickeln und handeln. Ihre Stärken ergänzen sich. Auf den bisherigen "
            "Begegnungen bauen sie auf.",
        ),
        (
            "Preamble",
            "{cities} face similar challenges and wish to learn, develop and act together. "
            "Their strengths complement each other. They build on the encounters held so far.",
        ),
    ),
    _clause(
        2,
        "purpose",
        (
            "Zweck und Zielbild",
            "Zweck der Partnerschaft ist, gemeinsam Neues hervorzubringen und die "
            "Innovationsökosysteme beider Seiten zu verbinden. Das gemeinsame Zielbild lautet:",
        ),
        (
            "Purpose and shared vision",
            "The purpose of the partnership is to create innovation jointly and to connect the "
            "innovation ecosystems of all sides. The shared target picture reads:",
        ),
    ),
    _clause(
        3,
        "goals",
        (
            "Ziele und Strategien",
            "Die Partnerstädte verfolgen diese Ziele. Jedes Ziel hat eine Strategie und eine "
            "Messgröße.",
        ),
        (
            "Goals and strategies",
            "The Partner Cities pursue these goals. Each goal has a strategy and an indicator.",
        ),
    ),
    _clause(
        4,
        "fields",
        (
            "Handlungsfelder",
            "Die Zusammenarbeit betrifft die folgenden Themen, Branchen und "
            "Forschungsschwerpunkte. Die Ansprechstellen können sie durch gemeinsamen Vermerk "
            "ergänzen.",
        ),
        (
            "Fields of cooperation",
            "The cooperation covers the following topics, industries and research foci. The "
            "contact points may add to them by a joint note.",
        ),
    ),
    _clause(
        5,
        "formats",
        (
            "Formate der Zusammenarbeit",
            "Der Austausch findet in diesen Formaten statt. Digitale Treffen stehen "
            "Treffen vor Ort gleich.",
        ),
        (
            "Forms of cooperation",
            "The exchange takes place in these formats. Digital meetings are equal to meetings "
            "in person.",
        ),
    ),
    _clause(
        6,
        "actors",
        (
            "Beteiligte Akteure",
            "Auf Seiten der Partnerstädte wirken die folgenden Akteure mit. Weitere können mit "
            "Zustimmung beider Seiten hinzukommen.",
        ),
        (
            "Participating actors",
            "The following actors take part on the sides of the Partner Cities. Others may join "
            "if both sides agree.",
        ),
    ),
    _clause(
        7,
        "plan",
        (
            "Aktionsplan und Arbeitsgruppen",
            "Die Partnerstädte erarbeiten einen Aktionsplan für zwei Jahre. Je Handlungsfeld "
            "können sie eine Arbeitsgruppe einrichten. Sie treffen sich mindestens einmal im "
            "Jahr, abwechselnd als Gastgeberinnen.",
        ),
        (
            "Action plan and working groups",
            "The Partner Cities draw up an action plan for two years. They may set up a working "
            "group for each field. They meet at least once a year, hosting in turn.",
        ),
        must=False,
    ),
    _clause(
        8,
        "contacts",
        (
            "Koordination und Ansprechstellen",
            "Jede Partnerstadt benennt eine Ansprechstelle. Genannt ist die Funktion; wer sie "
            "ausübt, kann ohne Änderung dieser Erklärung wechseln.",
        ),
        (
            "Coordination and contact points",
            "Each Partner City names a contact point. The function is named; who holds it may "
            "change without amending this letter.",
        ),
    ),
    _clause(
        9,
        "financing",
        (
            "Finanzierung",
            "Jede Partnerstadt trägt ihre eigenen Kosten. Aus dieser Erklärung entsteht keine "
            "Zahlungspflicht. Alle Vorhaben stehen unter dem Vorbehalt verfügbarer Mittel und "
            "der Entscheidung der zuständigen Gremien. Über Mittel Dritter wird gesondert "
            "vereinbart.",
        ),
        (
            "Financing",
            "Each Partner City bears its own costs. This letter creates no duty to pay. All "
            "activities are subject to available funds and to the decision of the competent "
            "bodies. Funds of third parties are agreed separately.",
        ),
    ),
    _clause(
        10,
        "rights",
        (
            "Daten, geistiges Eigentum, Vertraulichkeit",
            "Bestehende Rechte bleiben unberührt. Rechte an gemeinsamen Ergebnissen regeln die "
            "Beteiligten je Projekt. Es gilt das Informationsrecht des jeweiligen Landes. "
            "Personenbezogene Daten werden nur verarbeitet, soweit das Recht es erlaubt.",
        ),
        (
            "Data, intellectual property, confidentiality",
            "Existing rights remain untouched. Those involved settle rights in joint results for "
            "each project. The public information law of each country applies. Personal data are "
            "processed only as far as the law allows.",
        ),
        must=False,
    ),
    _clause(
        11,
        "publicity",
        (
            "Öffentlichkeitsarbeit",
            "Über die Partnerschaft informieren die Partnerstädte abgestimmt. Wappen und Logos "
            "werden nur mit Zustimmung verwendet. Ergebnisse werden in verständlicher Sprache "
            "veröffentlicht.",
        ),
        (
            "Public communication",
            "The Partner Cities coordinate what they say in public about the partnership. Coats "
            "of arms and logos are used only with consent. Results are published in plain "
            "language.",
        ),
        must=False,
    ),
    _clause(
        12,
        "monitoring",
        (
            "Monitoring, Auswertung und Überprüfung",
            "Die Partnerstädte erheben die Messgrößen der Ziele und berichten jährlich. Vor Ende "
            "der Laufzeit prüfen sie gemeinsam, ob und wie sie fortfahren.",
        ),
        (
            "Monitoring, evaluation and review",
            "The Partner Cities record the indicators of the goals and report every year. Before "
            "the term ends they review together whether and how to continue.",
        ),
    ),
    _clause(
        13,
        "nature",
        (
            "Rechtlicher Charakter",
            "Diese Erklärung drückt den gemeinsamen Willen aus. Sie begründet keine einklagbaren "
            "Rechte und Pflichten und keinen völkerrechtlichen Vertrag.",
        ),
        (
            "Legal nature",
            "This letter expresses the common will. It creates no enforceable rights or duties "
            "and is not a treaty under international law.",
        ),
    ),
    _clause(
        14,
        "relation",
        (
            "Verhältnis zu anderen Vereinbarungen",
            "Städtepartnerschaften und andere Vereinbarungen bleiben unberührt. Die Partnerschaft "
            "ist nicht ausschließlich.",
        ),
        (
            "Relation to other agreements",
            "Town twinning and other agreements remain untouched. The partnership is not "
            "exclusive.",
        ),
        must=False,
    ),
    _clause(
        15,
        "term",
        (
            "Laufzeit und Verlängerung",
            "Diese Erklärung gilt ab der letzten Unterschrift. Sie kann nach der Überprüfung "
            "durch gemeinsame schriftliche Erklärung verlängert werden.",
        ),
        (
            "Term and renewal",
            "This letter takes effect with the last signature. After the review it may be "
            "renewed by a joint written declaration.",
        ),
    ),
    _clause(
        16,
        "amendment",
        ("Änderung", "Änderungen bedürfen der Schriftform und der Zustimmung aller Seiten."),
        ("Amendment", "Amendments must be in writing and need the consent of all sides."),
    ),
    _clause(
        17,
        "ending",
        (
            "Beendigung",
            "Jede Partnerstadt kann die Partnerschaft schriftlich beenden. Laufende Projekte "
            "werden zu Ende geführt.",
        ),
        (
            "Termination",
            "Each Partner City may end the partnership in writing. Running projects are carried "
            "to their end.",
        ),
    ),
    _clause(
        18,
        "disputes",
        (
            "Meinungsverschiedenheiten",
            "Meinungsverschiedenheiten klären zuerst die Ansprechstellen, dann die Spitzen der "
            "Verwaltungen, in jedem Fall einvernehmlich.",
        ),
        (
            "Differences of opinion",
            "Differences of opinion are settled amicably, first by the contact points, then by "
            "the heads of the administrations.",
        ),
        must=False,
    ),
    _clause(
        19,
        "versions",
        (
            "Sprachfassungen und Ausfertigungen",
            "Diese Erklärung besteht aus einer deutschen und einer englischen Fassung. Beide "
            "gelten gleichermaßen. Sie wird als ein gesiegeltes elektronisches Dokument "
            "ausgefertigt; jede Kopie der Datei ist ein Original.",
        ),
        (
            "Language versions and copies",
            "This letter has a German and an English version. Both are equally valid. It is "
            "issued as one sealed electronic document; every copy of the file is an original.",
        ),
    ),
    _clause(
        20,
        "bodies",
        ("Zustimmung der Gremien", "Die Partnerstädte verweisen auf ihre Gremien:"),
        ("Approval by the bodies", "The Partner Cities refer to their bodies:"),
    ),
    _clause(
        21,
        "signatures",
        (
            "Unterschriften",
            "Für die Partnerstädte unterschreiben elektronisch. Wer wann und auf welche Weise "
            "unterschrieben hat, weist die Prüfseite des Portals nach.",
        ),
        (
            "Signatures",
            "The following sign electronically for the Partner Cities. Who signed when and how "
            "is shown by the verification page of the portal.",
        ),
    ),
)
BY_SLUG = {clause.slug: clause for clause in CLAUSES}
