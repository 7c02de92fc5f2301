"""The criteria that an analysis begins with, and what zero to five points mean for each.

Office and partners may change them; none is about being better than others, all about fitting.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Proposal:
    """A criterion in German and English with six anchors per language, from 0 to 5 points."""

    name: tuple[str, str]
    de: tuple[str, str, str, str, str, str]
    en: tuple[str, str, str, str, str, str]


PROPOSALS = (
    Proposal(
        ("Infrastruktur", "Infrastructure"),
        ("nichts bekannt", "einzelne Netze", "Netze in Teilen der Stadt", "Netze stadtweit",
         "stadtweit und offen für Versuche", "stadtweit, offen und für Partner nutzbar"),
        ("nothing known", "single networks", "networks in parts of the city",
         "networks across the city", "across the city and open to trials",
         "across the city, open, and usable by partners"),
    ),
    Proposal(
        ("Umgesetzte Digitalisierungsmaßnahmen", "Digital measures carried out"),
        ("keine belegt", "erste Pläne", "erste Maßnahme läuft", "mehrere Maßnahmen laufen",
         "mehrere sind ausgewertet", "ausgewertet, veröffentlicht und übertragbar"),
        ("none on record", "first plans", "a first measure runs", "several measures run",
         "several have been evaluated", "evaluated, published and transferable"),
    ),
    Proposal(
        ("Gemeinsame Branchen", "Shared industries"),
        ("keine", "eine am Rand", "eine wichtige", "zwei wichtige",
         "zwei wichtige mit Netzwerk", "mehrere, deren Netzwerke sich schon kennen"),
        ("none", "one at the margin", "one important one", "two important ones",
         "two important ones with a network", "several whose networks know each other"),
    ),
    Proposal(
        ("Gemeinsame Forschung", "Shared research"),
        ("keine", "ein verwandtes Fach", "ein gleicher Schwerpunkt", "mehrere Schwerpunkte",
         "gemeinsame Veröffentlichungen", "laufendes gemeinsames Vorhaben"),
        ("none", "a related subject", "one shared focus", "several shared foci",
         "joint publications", "a joint project under way"),
    ),
    Proposal(
        ("Smart City und Internet der Dinge", "Smart city and internet of things"),
        ("keine Berührung", "Interesse auf einer Seite", "Interesse auf beiden Seiten",
         "ähnliche Vorhaben", "gleiche Technik im Einsatz", "Daten lassen sich heute austauschen"),
        ("no contact", "interest on one side", "interest on both sides", "similar projects",
         "the same technology in use", "data can be exchanged today"),
    ),
    Proposal(
        ("Ergänzende Stärken", "Complementary strengths"),
        ("keine erkannt", "eine vermutet", "eine belegt", "eine je Seite belegt",
         "mehrere je Seite", "mehrere je Seite, beide haben sie bestätigt"),
        ("none seen", "one assumed", "one on record", "one on record on each side",
         "several on each side", "several on each side, confirmed by both"),
    ),
    Proposal(
        ("Akteure offener Innovation", "Actors of open innovation"),
        ("keine bekannt", "einzelne", "in einem Bereich", "in zwei Bereichen",
         "in drei Bereichen", "in Verwaltung, Wissenschaft, Wirtschaft und Zivilgesellschaft"),
        ("none known", "single ones", "in one sector", "in two sectors", "in three sectors",
         "in administration, science, business and civil society"),
    ),
    Proposal(
        ("Rückhalt in der Politik", "Political backing"),
        ("ablehnend", "unbekannt", "wohlwollend im Gespräch", "zuständiges Amt sagt zu",
         "Spitze der Stadt sagt zu", "Beschluss liegt vor"),
        ("against", "not known", "friendly in talks", "the office in charge agrees",
         "the head of the city agrees", "there is a decision"),
    ),
    Proposal(
        ("Ansprechpersonen", "Contact persons"),
        ("niemand", "allgemeine Adresse", "eine Person", "eine Person mit Auftrag",
         "je eine Person auf beiden Seiten", "eingespielte Gruppe auf beiden Seiten"),
        ("nobody", "a general address", "one person", "one person with a mandate",
         "one person on each side", "a practised group on both sides"),
    ),
    Proposal(
        ("Sprache, Zeit, Anreise", "Language, time, travel"),
        ("kaum zu überbrücken", "sehr aufwendig", "aufwendig", "machbar", "leicht",
         "sehr leicht: gemeinsame Sprache, kurze Wege"),
        ("hardly to be bridged", "very laborious", "laborious", "feasible", "easy",
         "very easy: a shared language, short ways"),
    ),
    Proposal(
        ("Fördermöglichkeiten", "Funding options"),
        ("keine", "vermutet", "ein Programm passt", "mehrere Programme passen",
         "Antrag in Arbeit", "Förderung zugesagt"),
        ("none", "assumed", "one programme fits", "several programmes fit",
         "an application is in the making", "funding is promised"),
    ),
    Proposal(
        ("Bestehende Verbindungen", "Existing ties"),
        ("keine", "einzelne Kontakte", "regelmäßige Kontakte", "gemeinsame Veranstaltungen",
         "Abkommen einzelner Einrichtungen", "Städtepartnerschaft oder Abkommen der Städte"),
        ("none", "single contacts", "regular contacts", "joint events",
         "agreements of single institutions", "town twinning or an agreement of the cities"),
    ),
)  # fmt: skip
