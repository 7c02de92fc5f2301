"""Two partnerships: Bielefeld × Tampere as the sources leave it, and a fictional pair that signed.

No agreement of the real pair was ever said to be signed; the signed state is shown by cities that
do not exist, on a file marked MUSTER.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from config.demo import master
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.accounts.proof import Proof
from foundation.documents.models import Release
from foundation.effects import work
from foundation.languages import LocalizedText
from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.deeds import goals
from partnerships.directory import directory
from partnerships.models import (
    Actor,
    Agreement,
    Encounter,
    Focus,
    Municipality,
    Partnership,
    Party,
    Statement,
    Topic,
)
from partnerships.signing import signatories, signatures
from partnerships.wording import agreements, drafts, languages, versions

T = LocalizedText.of
Stage = Release.Stage


def load_partnerships(people: dict[str, User]) -> None:
    """Load both pairs; one that exists is left alone."""
    if not Partnership.objects.filter(slug="bielefeld-tampere").exists():
        _load_bielefeld_tampere(people["otto"])
    if not Partnership.objects.filter(slug="lindenau-jaervikoski").exists():
        _load_muster(people)


@transaction.atomic
def _load_bielefeld_tampere(office: User) -> None:
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
    agreements.draft_agreement(pair, by=office)


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


@transaction.atomic
def _load_muster(people: dict[str, User]) -> None:
    office = people["otto"]
    pair = _fictional_pair(office)
    a, b = pair.parties.order_by("position")
    mandates.grant(people["berta"], Role.PARTNER, a.municipality, by=office)
    mandates.grant(people["paula"], Role.PARTNER, b.municipality, by=office)
    _make_concrete(pair, a, b, office)
    for party, key in ((a, "berta"), (b, "paula")):
        digest = phases.picture_digest(pair)
        phases.approve_target_picture(pair, party, digest=digest, by=people[key])
    for _step in range(4):
        phases.move_on(pair, by=office)
    agreement = agreements.draft_agreement(pair, by=office)
    for party, key, function in (
        (a, "berta", T("de", "Bürgermeisterin", en="Mayor")),
        (b, "paula", T("de", "Stadtdirektorin", en="City manager")),
    ):
        agreements.note_council(agreement, party, by=office, is_reservation=True)
        signatories.name_signatory(
            agreement, party, email=people[key].email, name=people[key].name,
            function=function, by=office,
        )  # fmt: skip
    _sign(agreement, a, b, people)
    phases.publish_partnership(pair, by=office)


def _fictional_pair(office: User) -> Partnership:
    cities = [
        directory.list_municipality(
            "lindenau-am-see", name=T("de", "Lindenau am See", en="Lindenau am See"), country="DE",
            by=office, is_fictional=True, place=(Decimal("54.20"), Decimal("9.40")),
            strengths={"de": ["Wasserbau", "Ehrenamt"], "en": ["Hydraulics", "Volunteering"]},
        ),
        directory.list_municipality(
            "jaervikoski", name=T("de", "Järvikoski", en="Järvikoski"), country="FI",
            by=office, is_fictional=True, time_zone="Europe/Helsinki",
            place=(Decimal("62.90"), Decimal("21.60")),
            strengths={"de": ["Sensorik", "Ehrenamt"], "en": ["Sensors", "Volunteering"]},
        ),
    ]  # fmt: skip
    return phases.open_partnership(
        cities, by=office, slug="lindenau-jaervikoski", is_fictional=True,
        lead=T("de", "Zwei erfundene Städte zeigen, wie eine besiegelte Partnerschaft aussieht.",
               en="Two invented cities show what a signed partnership looks like."),
        choice_reason=T("de", "Beide liegen am Wasser und kämpfen mit Hochwasser.",
                        en="Both lie by the water and struggle with floods."),
        single_reason=T("de", "Die Feuerwehren kannten sich aus einem Austausch.",
                        en="The fire brigades knew each other from an exchange."),
    )  # fmt: skip


def _make_concrete(pair: Partnership, a: Party, b: Party, office: User) -> None:
    today = timezone.localdate()
    topic = directory.list_topic(
        "demo-hochwasser", name=T("de", "Hochwasser vorhersehen", en="Foreseeing floods"), by=office
    )
    focuses.put(
        focuses.propose(pair, topic, by=office, lead=b), Focus.Status.SHORTLISTED, by=office
    )
    focuses.put(pair.foci.get(topic=topic), Focus.Status.ADOPTED, by=office)
    goal = goals.set_goal(
        pair, title=T("de", "Gemeinsame Pegelkarte", en="Shared map of water levels"), by=office,
        strategy=T("de", "Beide Städte öffnen ihre Pegeldaten in einem Format.",
                   en="Both cities open their water levels in one format."),
        indicator=T("de", "Pegel auf der gemeinsamen Karte", en="Gauges on the shared map"),
        unit=T("de", "Pegel", en="gauges"), baseline=Decimal(0),
        baseline_on=today - dt.timedelta(days=300), target=Decimal(40),
        due_on=today + dt.timedelta(days=400), lead=a,
    )  # fmt: skip
    goals.measure(goal, Decimal(14), on=today - dt.timedelta(days=20), by=office)
    roundtable = exchange_formats.promise(
        pair, name=T("de", "Roundtable", en="Roundtable"), by=office, per_year=2
    )
    for days, state in ((-270, Encounter.State.HELD), (-60, Encounter.State.HELD)):
        encounters.note(
            pair, title=T("de", "Roundtable Pegeldaten", en="Roundtable on water levels"),
            by=office, on=today + dt.timedelta(days=days), state=state, exchange_format=roundtable,
        )  # fmt: skip
    _name_actors(pair, a, b, office)
    phases.describe(
        pair, lead=pair.lead, choice_reason=pair.choice_reason, by=office,
        target_picture=T("de", "Niemand am Wasser wird überrascht.",
                         en="Nobody by the water is taken by surprise."),
    )  # fmt: skip


def _name_actors(pair: Partnership, a: Party, b: Party, office: User) -> None:
    for party, name in ((a, "Wasserverband Lindenau (Demo)"), (b, "Järvikoski Vesilaitos (Demo)")):
        actor = directory.list_actor(
            name, kind=Actor.Kind.OTHER, sector=Actor.Sector.ADMINISTRATION, by=office,
            municipality=party.municipality, is_fictional=True,
        )  # fmt: skip
        participation.take_part(pair, actor, party=party, by=office)


def _sign(agreement: Agreement, a: Party, b: Party, people: dict[str, User]) -> None:
    """The whole road to the seal; the worker's steps are done here and now."""
    office = people["otto"]
    draft = drafts.gather(agreement)
    for language in draft.languages:
        languages.release_language(
            agreement, language, digest=draft.language_digest(language), by=office,
            name="Silva Sprachlich (Demo)", function="Übersetzungsdienst Lindenau",
        )  # fmt: skip
    digest = draft.digest()
    for party, key in ((a, "berta"), (b, "paula")):
        agreements.agree(agreement, party, digest=digest, by=people[key])
    agreement.refresh_from_db()
    version = versions.freeze(
        agreement, by=office, proof=Proof(user_id=office.pk, factor="totp", at=timezone.now())
    )
    work.drain("pdf")
    for key in ("berta", "paula"):
        agreement.refresh_from_db()
        edition = version.editions.get(stage=Stage.ISSUED)
        proof = Proof(user_id=people[key].pk, factor="totp", at=timezone.now())
        signatures.sign(
            agreement, version_sha256=version.sha256, pdf_sha256=edition.release.sha256,
            proof=proof, by=people[key],
        )  # fmt: skip
    work.drain("pdf")
