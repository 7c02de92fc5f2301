"""Two fictional cities and their partnership; Paula speaks for Tampere, Bruno for Bielefeld."""

import shutil

import pytest
from django.test import override_settings

from foundation.documents import authority, confinement
from partnerships.models import Agreement, Partnership
from tests.conftest import player
from tests.partnerships.factories import (
    city,
    make_concrete,
    make_draft,
    make_partnership,
    speaker,
)


@pytest.fixture(scope="session", autouse=True)
def _no_helper_left():
    yield
    confinement.close_helper()


@pytest.fixture(scope="session")
def seal_made_once(tmp_path_factory):
    return authority.ensure_test_authority(tmp_path_factory.mktemp("seal"))


@pytest.fixture(scope="module")
def files_of_ground(tmp_path_factory):
    """The stored files that belong to a module's ground."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture
def seal(settings, tmp_path, seal_made_once, files_of_ground):
    """Seal and files of this test's own, which it may break."""
    settings.SEAL_DIR = shutil.copytree(seal_made_once, tmp_path / "seal")
    settings.FILES_DIR = shutil.copytree(files_of_ground, tmp_path / "files")


@pytest.fixture(scope="module")
def draft_ground(ground, seal_made_once, files_of_ground):
    """The complete draft of the two cities, once for all tests of a module that names this."""
    with override_settings(SEAL_DIR=seal_made_once, FILES_DIR=files_of_ground):
        home, away = city("bielefeld"), city("tampere")
        speaker("Bruno", home)
        speaker("Paula", away)
        partnership = make_partnership(home, away)
        make_concrete(partnership)
        yield make_draft(partnership, player("Otto"))


@pytest.fixture
def is_laid(request, db):
    """Whether the partnership and its draft are there already, as the module's ground."""
    return "draft_ground" in request.fixturenames


@pytest.fixture
def bielefeld(db):
    return city("bielefeld")


@pytest.fixture
def tampere(db):
    return city("tampere")


@pytest.fixture
def paula(tampere):
    return speaker("Paula", tampere)


@pytest.fixture
def bruno(bielefeld):
    return speaker("Bruno", bielefeld)


@pytest.fixture
def partnership(is_laid, bielefeld, tampere):
    return Partnership.objects.get() if is_laid else make_partnership(bielefeld, tampere)


@pytest.fixture
def sides(partnership):
    return list(partnership.parties.order_by("position"))


@pytest.fixture
def concrete(is_laid, partnership):
    """The partnership with everything that the four lamps ask for."""
    if not is_laid:
        make_concrete(partnership)
    return partnership


@pytest.fixture
def draft(is_laid, concrete, otto):
    """Complete but for the consents: council reserved, languages released, one signatory a side."""
    return Agreement.objects.get() if is_laid else make_draft(concrete, otto)
