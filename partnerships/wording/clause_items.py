"""What data puts under a clause: parties, goals, topics, formats, actors, terms, signatories.

The words stand here and not in the catalogue of translations, so that a version printed again
years later has the same bytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

Data = Mapping[str, Any]

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "en": "January February March April May June July August September October November December",
}
PHRASES: dict[str, dict[str, str]] = {
    "de": {
        "city": "Stadt",
        "region": "Region",
        "represented": "vertreten durch: {names}",
        "strategy": "Strategie: {text}",
        "indicator": "Messgröße: {text}",
        "from_to": "Von {baseline} auf {target} {unit} bis {due}",
        "to": "{target} {unit} bis {due}",
        "leads": "Federführung: {city}",
        "topic": "Thema",
        "industry": "Branche",
        "research": "Forschungsschwerpunkt",
        "rhythm": "{n} Mal im Jahr",
        "rhythm_1": "einmal im Jahr",
        "rhythm_2": "zweimal im Jahr",
        "no_rhythm": "ohne festen Rhythmus",
        "starts": "Beginn: {day}",
        "starts_signed": "Beginn: mit der letzten Unterschrift",
        "ends": "Ende: {day}",
        "open": "Ende: offen",
        "notice": "Frist zur Beendigung: {n} Monate",
        "notice_1": "Frist zur Beendigung: ein Monat",
        "decided": "Beschluss: {body}, {day}{paper}",
        "paper": ", Vorlage {paper}",
        "reserved": "unter dem Vorbehalt der Zustimmung der zuständigen Gremien",
        "deputy": "in Vertretung für {name}",
        "electronic": "elektronische Unterschrift, Nachweis auf der Prüfseite",
        "missing": "noch nicht benannt",
        "released": "Freigegeben ({language}): {name}, {function}, {day}",
        "de": "Deutsch",
        "en": "Englisch",
        "fi": "Finnisch",
    },
    "en": {
        "city": "City of",
        "region": "Region",
        "represented": "represented by: {names}",
        "strategy": "Strategy: {text}",
        "indicator": "Indicator: {text}",
        "from_to": "From {baseline} to {target} {unit} by {due}",
        "to": "{target} {unit} by {due}",
        "leads": "Lead: {city}",
        "topic": "Topic",
        "industry": "Industry",
        "research": "Research focus",
        "rhythm": "{n} times a year",
        "rhythm_1": "once a year",
        "rhythm_2": "twice a year",
        "no_rhythm": "without a fixed rhythm",
        "starts": "Start: {day}",
        "starts_signed": "Start: with the last signature",
        "ends": "End: {day}",
        "open": "End: open",
        "notice": "Period of notice: {n} months",
        "notice_1": "Period of notice: one month",
        "decided": "Decision: {body}, {day}{paper}",
        "paper": ", paper {paper}",
        "reserved": "subject to the approval of the competent bodies",
        "deputy": "in place of {name}",
        "electronic": "electronic signature, evidence on the verification page",
        "missing": "not named yet",
        "released": "Released ({language}): {name}, {function}, {day}",
        "de": "German",
        "en": "English",
        "fi": "Finnish",
    },
    # Not checked by a native speaker yet, as docs/languages.md says.
    "fi": {
        "city": "Kaupunki:",
        "region": "Alue:",
        "represented": "edustaja: {names}",
        "strategy": "Strategia: {text}",
        "indicator": "Mittari: {text}",
        "from_to": "Lähtötaso {baseline}, tavoite {target} {unit} viimeistään {due}",
        "to": "{target} {unit} viimeistään {due}",
        "leads": "Vastuutaho: {city}",
        "topic": "Teema",
        "industry": "Toimiala",
        "research": "Tutkimuksen painopiste",
        "rhythm": "{n} kertaa vuodessa",
        "rhythm_1": "kerran vuodessa",
        "no_rhythm": "ilman kiinteää rytmiä",
        "starts": "Alkaa: {day}",
        "starts_signed": "Alkaa: viimeisestä allekirjoituksesta",
        "ends": "Päättyy: {day}",
        "open": "Päättyminen: avoin",
        "notice": "Irtisanomisaika: {n} kuukautta",
        "notice_1": "Irtisanomisaika: yksi kuukausi",
        "decided": "Päätös: {body}, {day}{paper}",
        "paper": ", asiakirja {paper}",
        "reserved": "edellyttää toimivaltaisten toimielinten hyväksyntää",
        "deputy": "sijaisena henkilölle {name}",
        "electronic": "sähköinen allekirjoitus, todennus tarkistussivulla",
        "missing": "ei vielä nimetty",
        "released": "Hyväksynyt ({language}): {name}, {function}, {day}",
        "de": "saksa",
        "en": "englanti",
        "fi": "suomi",
    },
}


@dataclasses.dataclass(frozen=True)
class Item:
    """One entry of a list under a clause: a heading and lines below it."""

    title: str
    lines: tuple[str, ...] = ()


def items_of(slug: str, data: Data, language: str) -> list[Item]:
    """The entries that `data` puts under clause `slug` in `language`; empty for plain clauses."""
    write = _WRITERS.get(slug)
    return write(data, language) if write else []


def day_in(language: str, iso: str | None) -> str:
    """ "2027-12-31" as "31. Dezember 2027" or "31 December 2027"."""
    if not iso:
        return "–"
    day = dt.date.fromisoformat(iso)
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}{'' if language == 'en' else '.'} {month} {day.year}"


def _parties(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    items = []
    for party in data["parties"]:
        functions = [
            signer["function"][language]
            for signer in data.get("signatories", ())
            if signer["party"] == party["position"]
        ]
        names = ", ".join(functions) or words["missing"]
        items.append(Item(_party(party, language), (words["represented"].format(names=names),)))
    return items


def _party(party: Data, language: str) -> str:
    return f"{PHRASES[language][party['kind']]} {party['name'][language]}"


def _name(data: Data, position: int, language: str) -> str:
    names = {party["position"]: party["name"][language] for party in data["parties"]}
    return names.get(position, "–")


def _picture(data: Data, language: str) -> list[Item]:
    picture = data["target_picture"][language]
    return [Item(picture)] if picture else []


def _goals(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    items = []
    for goal in data["goals"]:
        lines = []
        if goal["strategy"][language]:
            lines.append(words["strategy"].format(text=goal["strategy"][language]))
        if goal["indicator"][language]:
            lines.append(words["indicator"].format(text=goal["indicator"][language]))
        if goal["target"] is not None:
            form = words["to"] if goal["baseline"] is None else words["from_to"]
            lines.append(
                form.format(
                    baseline=number_in(language, goal["baseline"]),
                    target=number_in(language, goal["target"]),
                    unit=goal["unit"][language],
                    due=day_in(language, goal["due_on"]),
                )
            )
        if goal["lead"]:
            lines.append(words["leads"].format(city=_name(data, goal["lead"], language)))
        items.append(Item(goal["title"][language], tuple(lines)))
    return items


def number_in(language: str, value: str | None) -> str:
    """A decimal written as text, with the decimal sign of the language."""
    return "–" if value is None else value.replace(".", "." if language == "en" else ",")


def _fields(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    items = []
    for topic in data["topics"]:
        lead = topic["lead"] and words["leads"].format(city=_name(data, topic["lead"], language))
        lines = (words[topic["kind"]], *((lead,) if lead else ()))
        items.append(Item(topic["name"][language], lines))
    return items


def _counted(language: str, phrase: str, n: int) -> str:
    """The phrase for `n`; small numbers may have words of their own."""
    words = PHRASES[language]
    return words.get(f"{phrase}_{n}", words[phrase]).format(n=n)


def _formats(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    return [
        Item(
            form["name"][language],
            (
                _counted(language, "rhythm", form["per_year"])
                if form["per_year"]
                else words["no_rhythm"],
            ),
        )
        for form in data["formats"]
    ]


def _by_party(data: Data, language: str, lines: Callable[[int], list[str]]) -> list[Item]:
    return [
        Item(party["name"][language], tuple(lines(party["position"]))) for party in data["parties"]
    ]


def _actors(data: Data, language: str) -> list[Item]:
    def lines(position: int) -> list[str]:
        return [
            ": ".join(filter(None, [actor["name"], actor["role"][language]]))
            for actor in data["actors"]
            if actor["party"] == position
        ]

    return _by_party(data, language, lines)


def _contacts(data: Data, language: str) -> list[Item]:
    def lines(position: int) -> list[str]:
        found = [
            ", ".join(filter(None, [contact["function"][language], contact["office"]]))
            for contact in data["contacts"]
            if contact["party"] == position
        ]
        return found or [PHRASES[language]["missing"]]

    return _by_party(data, language, lines)


def _term(data: Data, language: str) -> list[Item]:
    words, term = PHRASES[language], data["term"]
    start, end = term["starts_on"], term["ends_on"]
    return [
        Item(
            words["starts"].format(day=day_in(language, start)) if start else words["starts_signed"]
        ),
        Item(words["ends"].format(day=day_in(language, end)) if end else words["open"]),
    ]


def _ending(data: Data, language: str) -> list[Item]:
    return [Item(_counted(language, "notice", data["term"]["notice_months"]))]


def _bodies(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]

    def lines(position: int) -> list[str]:
        for reference in data["council"]:
            if reference["party"] != position:
                continue
            if reference["reservation"]:
                return [words["reserved"]]
            paper = words["paper"].format(paper=reference["paper"]) if reference["paper"] else ""
            day = day_in(language, reference["decided_on"])
            return [words["decided"].format(body=reference["body"], day=day, paper=paper)]
        return [words["missing"]]

    return _by_party(data, language, lines)


def _signatures(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    return [
        Item(
            signer["name"],
            (
                f"{signer['function'][language]}, {_name(data, signer['party'], language)}",
                *_deputy(signer, words),
                words["electronic"],
            ),
        )
        for signer in data.get("signatories", ())
    ]


def _deputy(signer: Data, words: dict[str, str]) -> list[str]:
    other = signer.get("deputy_for")
    return [words["deputy"].format(name=other)] if other else []


def _released(data: Data, language: str) -> list[Item]:
    words = PHRASES[language]
    return [
        Item(
            words["released"].format(
                language=words[each["language"]],
                name=each["name"],
                function=each["function"],
                day=day_in(language, each["released_on"]),
            )
        )
        for each in data.get("released", ())
    ]


_WRITERS: dict[str, Callable[[Data, str], list[Item]]] = {
    "parties": _parties,
    "purpose": _picture,
    "goals": _goals,
    "fields": _fields,
    "formats": _formats,
    "actors": _actors,
    "contacts": _contacts,
    "term": _term,
    "ending": _ending,
    "versions": _released,
    "bodies": _bodies,
    "signatures": _signatures,
}
