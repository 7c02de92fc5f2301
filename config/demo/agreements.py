"""Two partnerships: Bielefeld × Tampere as the sources leave it, and a fictional pair that signed.

No agreement of the real pair was ever said to be signed; the signed state is shown by cities that
do not exist, one by click and one on paper, on a file marked MUSTER.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from config.demo import first_pair, scan
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
    AgreementVersion,
    Encounter,
    Focus,
    Partnership,
    Party,
    Submission,
)
from partnerships.signing import reading, signatories, signatures, submissions
from partnerships.wording import agreements, drafts, languages, versions

T = LocalizedText.of
Stage = Release.Stage


def load_partnerships(people: dict[str, User]) -> None:
    """Load both pairs; one that exists is left alone."""
    if not Partnership.objects.filter(slug="bielefeld-tampere").exists():
        first_pair.load(people)
    if not Partnership.objects.filter(slug="lindenau-jaervikoski").exists():
        _load_muster(people)


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
    agreement.refresh_from_db()
    reading.order(reading.reading_for(agreement, office))
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
    for days, value in ((240, 2), (150, 5), (80, 11), (20, 14)):
        goals.measure(goal, Decimal(value), on=today - dt.timedelta(days=days), by=office)
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
    agreement.refresh_from_db()
    edition = version.editions.get(stage=Stage.ISSUED)
    proof = Proof(user_id=people["berta"].pk, factor="totp", at=timezone.now())
    signatures.sign(
        agreement, version_sha256=version.sha256, pdf_sha256=edition.release.sha256,
        proof=proof, by=people["berta"],
    )  # fmt: skip
    _sign_on_paper(agreement, version, people)
    # The seal alone; its protocols are made by the worker, while the first page is read.
    work.drain("pdf", limit=1)
    for party, key in ((a, "berta"), (b, "paula")):
        agreements.agree_to_publication(agreement, party, by=people[key])


def _sign_on_paper(
    agreement: Agreement, version: AgreementVersion, people: dict[str, User]
) -> None:
    """The second city signs on paper: the office brings the scan, the first city compares it."""
    place = agreement.signatories.get(user=people["paula"])
    submission = submissions.bring(
        agreement, place, kind=Submission.Kind.PAPER,
        data=scan.drawn(agreement.number, version.short_digest),
        signed_on=timezone.localdate(), by=people["otto"],
    )  # fmt: skip
    submissions.compare(submission, agrees=True, digits=version.short_digest, by=people["berta"])
