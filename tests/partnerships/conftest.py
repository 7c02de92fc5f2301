"""Two fictional cities and their partnership; Paula speaks for Tampere, Bruno for Bielefeld."""

import datetime as dt
import shutil
from decimal import Decimal

import pytest

from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.documents import authority, confinement
from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.deeds import goals
from partnerships.directory import directory
from partnerships.models import Actor, Encounter, Focus
from partnerships.signing import signatories
from partnerships.wording import agreements
from tests.conftest import make_user
from tests.partnerships.factories import both, enrol, release_all


@pytest.fixture(scope="session", autouse=True)
def _no_helper_left():
    yield
    confinement.close_helper()


@pytest.fixture(scope="session")
def seal_made_once(tmp_path_factory):
    return authority.ensure_test_authority(tmp_path_factory.mktemp("seal"))


@pytest.fixture
def seal(settings, tmp_path, seal_made_once):
    settings.SEAL_DIR = tmp_path / "seal"
    settings.FILES_DIR = tmp_path / "files"
    shutil.copytree(seal_made_once, settings.SEAL_DIR)


@pytest.fixture
def bielefeld(db):
    return directory.list_municipality(
        "bielefeld", name=both("Bielefeld"), country="DE", region="OWL", by=None
    )


@pytest.fixture
def tampere(db):
    return directory.list_municipality(
        "tampere", name=both("Tampere"), country="FI", time_zone="Europe/Helsinki", by=None
    )


@pytest.fixture
def paula(paula, tampere):
    mandates.grant(paula, Role.PARTNER, tampere, by=None)
    return paula


@pytest.fixture
def bruno(bielefeld):
    user = make_user("Bruno", factor=True)
    mandates.grant(user, Role.PARTNER, bielefeld, by=None)
    return user


@pytest.fixture
def partnership(bielefeld, tampere):
    return phases.open_partnership(
        [bielefeld, tampere],
        choice_reason=both("Gemeinsame Themen", "Shared topics"),
        single_reason=both("Der Kontakt bestand schon", "The contact was there already"),
        by=None,
    )


@pytest.fixture
def sides(partnership):
    return list(partnership.parties.order_by("position"))


@pytest.fixture
def concrete(partnership, sides):
    """The partnership with everything that the four lamps ask for."""
    home, away = sides
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
    for city, side in ((home.municipality, home), (away.municipality, away)):
        actor = directory.list_actor(
            f"Hochschule {city}",
            kind=Actor.Kind.UNIVERSITY,
            sector=Actor.Sector.SCIENCE,
            municipality=city,
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
    return partnership


@pytest.fixture
def draft(concrete, sides, otto):
    """Complete but for the consents: council reserved, languages released, one signatory a side."""
    agreement = agreements.draft_agreement(concrete, by=otto)
    for side, name, language in zip(sides, ("Berta", "Tuomas"), ("de", "en"), strict=True):
        agreements.note_council(agreement, side, is_reservation=True, by=otto)
        signatory = signatories.name_signatory(
            agreement,
            side,
            email=f"{name}@example.org",
            name=f"{name} Beispiel",
            function=both("Oberbürgermeisteramt", "Mayor's office"),
            language=language,
            by=otto,
        )
        enrol(signatory.user)
    release_all(agreement, otto)
    return agreement
