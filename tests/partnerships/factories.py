"""Small makers for the agreement road: cities, words, consents, people of the next request."""

import datetime as dt
from decimal import Decimal

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.documents import files, releases
from foundation.documents.models import Release
from foundation.languages import LocalizedText
from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.deeds import goals
from partnerships.directory import directory
from partnerships.models import (
    Actor,
    Agreement,
    Edition,
    Encounter,
    Focus,
    Municipality,
    Partnership,
)
from partnerships.signing import issuing, signatories
from partnerships.wording import agreements, drafts, languages, versions
from tests.conftest import do_due_work, player


def both(de: str, en: str = "") -> LocalizedText:
    return LocalizedText.of("de", de, en=en or de)


def enrol(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


def release_all(agreement, by) -> None:
    """Every language as it stands now, released by somebody with a name."""
    draft = drafts.gather(agreement)
    for language in draft.languages:
        languages.release_language(
            agreement,
            language,
            digest=draft.language_digest(language),
            name="Silva Sprachlich",
            function="Übersetzungsdienst",
            by=by,
        )


def agree_by_all(agreement, *people) -> None:
    release_all(agreement, people[0])
    digest = drafts.gather(agreement).digest()
    for party, user in zip(agreement.partnership.parties.order_by("position"), people, strict=True):
        agreements.agree(agreement, party, digest=digest, by=user)


CITIES = {
    "bielefeld": {"name": "Bielefeld", "country": "DE", "region": "OWL"},
    "tampere": {"name": "Tampere", "country": "FI", "time_zone": "Europe/Helsinki"},
}


def city(slug: str) -> Municipality:
    """One of the two cities; what belongs to the module's ground is there already."""
    known = Municipality.objects.filter(slug=slug).first()
    facts = {**CITIES[slug], "name": both(CITIES[slug]["name"])}
    return known or directory.list_municipality(slug, **facts, by=None)


def speaker(name: str, place: Municipality) -> User:
    """One of the cast as partner of a city; found or made, like the city."""
    user = player(name)
    if not mandates.holds(user, Role.PARTNER, place):
        mandates.grant(user, Role.PARTNER, place, by=None)
    return fresh(user)


def make_partnership(*cities: Municipality) -> Partnership:
    return phases.open_partnership(
        cities,
        choice_reason=both("Gemeinsame Themen", "Shared topics"),
        single_reason=both("Der Kontakt bestand schon", "The contact was there already"),
        by=None,
    )


def make_concrete(partnership: Partnership) -> None:
    """Give the partnership everything that the four lamps ask for."""
    home, away = partnership.parties.order_by("position")
    phases.describe(
        partnership,
        lead=both("Zwei Städte lernen voneinander.", "Two cities learn from each other."),
        choice_reason=partnership.choice_reason,
        target_picture=both("Offene Daten für alle.", "Open data for everybody."),
        by=None,
    )
    goals.set_goal(
        partnership,
        title=both("Sensordaten öffnen", "Open sensor data"),
        strategy=both("Ein gemeinsamer Katalog", "One joint catalogue"),
        indicator=both("Zahl der Datensätze", "Number of data sets"),
        unit=both("Datensätze", "data sets"),
        baseline=Decimal(0),
        target=Decimal(40),
        due_on=dt.date(2027, 12, 31),
        by=None,
    )
    topic = directory.list_topic("iot", name=both("Internet der Dinge", "IoT"), by=None)
    focuses.put(focuses.propose(partnership, topic, by=None), Focus.Status.ADOPTED, by=None)
    exchange_formats.promise(partnership, name=both("Roundtable"), per_year=4, by=None)
    for place, side in ((home.municipality, home), (away.municipality, away)):
        actor = directory.list_actor(
            f"Hochschule {place}",
            kind=Actor.Kind.UNIVERSITY,
            sector=Actor.Sector.SCIENCE,
            municipality=place,
            by=None,
        )
        participation.take_part(partnership, actor, party=side, by=None)
        participation.name_contact(
            partnership,
            party=side,
            function=both("Projektleitung", "Project lead"),
            email="kontakt@example.org",
            by=None,
        )
    encounters.note(
        partnership,
        title=both("Digitale Konferenz", "Digital conference"),
        on=dt.date(2026, 3, 17),
        state=Encounter.State.HELD,
        by=None,
    )


def make_draft(concrete: Partnership, by: User) -> Agreement:
    """Complete but for the consents: council reserved, languages released, one signatory a side."""
    agreement = agreements.draft_agreement(concrete, by=by)
    sides = concrete.parties.order_by("position")
    for side, name, language in zip(sides, ("Berta", "Tuomas"), ("de", "en"), strict=True):
        agreements.note_council(agreement, side, is_reservation=True, by=by)
        signatory = signatories.name_signatory(
            agreement,
            side,
            email=f"{name}@example.org",
            name=f"{name} Beispiel",
            function=both("Oberbürgermeisteramt", "Mayor's office"),
            language=language,
            by=by,
        )
        enrol(signatory.user)
    release_all(agreement, by)
    return agreement


def fresh(user: User) -> User:
    """The same person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def signer(agreement, position: int) -> User:
    return fresh(agreement.signatories.get(party__position=position, released_at=None).user)


def proof_of(user: User, *, age: float = 0) -> Proof:
    at = timezone.now() - dt.timedelta(seconds=age)
    return Proof(user_id=user.pk, factor="totp", at=at)


def digests_of(agreement) -> dict[str, str]:
    version = versions.standing_version(agreement)
    edition = versions.newest_edition(agreement)
    return {"version_sha256": version.sha256, "pdf_sha256": edition.pdf_sha256}


def issue_without_paper(agreement) -> None:
    """What the worker does after freezing, with some bytes instead of a sealed PDF."""
    version = versions.standing_version(agreement)
    stored = files.store(version.sha256.encode(), name="x.pdf", media_type="application/pdf")
    subject_type, subject_id = trail.subject_key(agreement)
    listed = Release.objects.create(
        subject_type=subject_type,
        subject_id=subject_id,
        number=agreement.number,
        kind=issuing.KIND,
        stage=Release.Stage.ISSUED,
        file=stored,
        sha256=stored.sha256,
        revisions=1,
        signatures=1,
        seal_key="0" * 64,
        is_test=True,
        replaces=releases.latest(agreement, issuing.KIND),
    )
    Edition.objects.create(
        version=version, stage=listed.stage, release=listed, pdf_sha256=listed.sha256
    )
    states.advance(agreement, "collecting", by=None, sign_by=timezone.now() + issuing.TIME_TO_SIGN)


def collecting(agreement, by, *people) -> None:
    """Agreed by all, frozen and issued: signatures may come."""
    agree_by_all(agreement, *people)
    versions.freeze(agreement, by=by, proof=proof_of(by))
    issue_without_paper(agreement)


def issued(agreement, by, *people) -> None:
    """As `collecting`, but really printed and sealed."""
    agree_by_all(agreement, *people)
    versions.freeze(agreement, by=by, proof=proof_of(by))
    do_due_work()
    agreement.refresh_from_db()


def concluded(agreement, by, *people, on: dt.date | None = None) -> None:
    """As `collecting`, with the seal set; without evidence and paper."""
    collecting(agreement, by, *people)
    states.advance(agreement, "sealing", by=None)
    at = timezone.now() if on is None else timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    states.advance(agreement, "concluded", by=None, concluded_at=at)
