"""Bielefeld × Tampere as the sources leave it: a draft that is talked about, never a signature.

The people who talk about it here are invented and marked.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from config.demo import master
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.languages import LocalizedText
from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.models import (
    Actor,
    Agreement,
    Encounter,
    Focus,
    Municipality,
    Partnership,
    Statement,
    Topic,
)
from partnerships.wording import agreements, clauses, remarks

T = LocalizedText.of
CLAUSE = "publicity"


@transaction.atomic
def load(people: dict[str, User]) -> None:
    """The pair with its topics, formats, history, voices, and a draft that is talked about."""
    office = people["otto"]
    cities = [Municipality.objects.get(slug=slug) for slug in ("bielefeld", "tampere")]
    pair = phases.open_partnership(
        cities, by=office, slug="bielefeld-tampere", is_pilot=True,
        lead=T(
            "de",
            "Beide Städte kennen sich über Maschinenbau, Digitalisierung und Forschung. "
            "Jetzt schreiben sie ihr gemeinsames Zielbild.",
            en="Both cities know each other through engineering, digitalisation and research. "
            "Now they write their shared target picture.",
        ),
        choice_reason=T(
            "de",
            "Tampere hat eine ideale Infrastruktur und überzeugte bei der bisherigen Umsetzung von "
            "Digitalisierungsmaßnahmen (Ergebnis der Analysephase).",
            en="Tampere has an ideal infrastructure and convinced by the digital measures it has "
            "carried out so far (result of the analysis phase).",
        ),
        single_reason=T(
            "de",
            "Das Projekt hat seine Analyse vor diesem Portal gemacht; andere Kandidaten sind nicht "
            "belegt.",
            en="The project made its analysis before this portal; other candidates are not on "
            "record.",
        ),
    )  # fmt: skip
    a, b = pair.parties.order_by("position")
    for _key, fields in master.of("PartnershipFocus"):
        topic = Topic.objects.get(slug=fields.get("topic") or fields["industry"])
        focus = focuses.propose(pair, topic, by=office)
        focuses.put(focus, Focus.Status.SHORTLISTED, by=office)
    rhythm = {"Digitale Konferenz": 1, "Roundtable": 2}
    english = {
        "Digitale Konferenz": "Digital conference", "Roundtable": "Roundtable",
        "Gegenseitige Besuche / Kennenlernbesuche": "Mutual visits",
        "City Labs (Forschungsräume)": "City Labs", "Gemeinsame Projekte": "Joint projects",
    }  # fmt: skip
    for _key, fields in master.of("PartnershipFormat"):
        name = fields["name_de"]
        exchange_formats.promise(
            pair, name=T("de", name, en=english[name]), by=office, per_year=rhythm.get(name)
        )
    _note_history(pair, office)
    _note_voices(pair)
    for actor, party in (
        ("Open Innovation City Bielefeld", a),
        ("Digitalisierungsbüro der Stadt Bielefeld", a),
        ("Fachhochschule des Mittelstands (FHM)", a),
    ):
        participation.take_part(pair, Actor.objects.get(name=actor), party=party, by=office)
    for _key, fields in master.of("ContactRole"):
        side = a if fields["side"] == "bielefeld" else b
        participation.name_contact(
            pair, party=side, function=T("de", fields["role"], en=fields["role"]), by=office
        )
    phases.publish_partnership(pair, by=office)
    for _step in range(3):
        phases.move_on(pair, by=office)
    mandates.grant(people["tiina"], Role.PARTNER, b.municipality, by=office)
    _talk(agreements.draft_agreement(pair, by=office), office, people["tiina"])


def _talk(draft: Agreement, office: User, partner: User) -> None:
    """A comment and a suggested change on one clause; nothing here is agreed or signed."""
    clause = clauses.clause_of(draft, CLAUSE)
    if clause is None:
        raise ValueError(f"{draft} has no clause {CLAUSE}")
    remarks.comment(draft, clause, "(Demo) Können wir auch unsere Schulen nennen?", by=office)
    remarks.suggest(
        draft,
        clause,
        {
            "de": f"{clause.body.get('de')} Beide Städte berichten darüber in einfacher Sprache.",
            "en": f"{clause.body.get('en')} Both cities report on it in plain language.",
        },
        reason="(Demo) Bürgerinnen und Bürger sollen verstehen, was wir tun.",
        by=partner,
    )


def _note_history(pair: Partnership, office: User) -> None:
    held, day, month = Encounter.State.HELD, Encounter.Precision.DAY, Encounter.Precision.MONTH
    for german, english, on, precision, state, reason in (
        ("LoRaWAN-Roundtable, Fachleute aus Finnland digital zugeschaltet",
         "LoRaWAN roundtable, Finnish experts joined online",
         dt.date(2020, 9, 1), month, held, None),
        ("Gegenseitige Kennenlernbesuche", "Mutual introductory visits", None,
         Encounter.Precision.UNKNOWN, Encounter.State.CANCELLED,
         T("de", "Coronapandemie", en="Covid-19 pandemic")),
        ("Digitale Konferenz „OIC B.IE x Tampere“ (Datum der Pressemitteilung)",
         "Digital conference “OIC B.IE x Tampere” (date of the press release)",
         dt.date(2022, 3, 17), day, held, None),
        ("Smart Tampere Week, Treffen vor Ort in Tampere",
         "Smart Tampere Week, meeting in Tampere", dt.date(2022, 6, 1), month, held, None),
        ("Folgetreffen zu City Labs", "Follow-up meetings on City Labs", dt.date(2022, 7, 1),
         Encounter.Precision.SEASON, Encounter.State.PLANNED, None),
    ):  # fmt: skip
        encounters.note(
            pair, title=T("de", german, en=english), by=office, on=on, precision=precision,
            state=state, reason=reason,
        )  # fmt: skip


def _note_voices(pair: Partnership) -> None:
    for position, (_key, fields) in enumerate(master.of("Statement"), start=1):
        said = {"de": T("de", fields["summary"])}.get(fields["lang"], T("en", fields["summary"]))
        Statement.objects.create(
            partnership=pair, position=position, role=f"{fields['role']} (Stand 2022)", text=said,
            language=fields["lang"], source="Pressemitteilung und Projektseite, sinngemäß",
        )  # fmt: skip
