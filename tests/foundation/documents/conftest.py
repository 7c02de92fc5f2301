"""Small real documents: rendered in the real cell, sealed by a test authority made once."""

import shutil
from pathlib import Path

import pytest
from django.test import override_settings

from foundation.documents import authority, confinement, muster
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import certify, conclude
from foundation.documents.signer import seal_signer

NUMBER = "SB-2026-0001"
HTML = """<h1>Vereinbarung</h1>
<table><tr><th scope="col">Deutsch</th><th scope="col">Suomi</th></tr>
<tr><td lang="de">Straße</td><td lang="fi">yhteistyö</td></tr></table>"""


def paper(number: str = NUMBER, html: str = HTML) -> bytes:
    return render_pdf(html, title="Vereinbarung", language="de", number=number)


@pytest.fixture(scope="session", autouse=True)
def _no_helper_left():
    yield
    confinement.close_helper()


@pytest.fixture(scope="session")
def authority_made_once(tmp_path_factory) -> Path:
    directory = authority.ensure_test_authority(tmp_path_factory.mktemp("seal"))
    muster.refresh_revocations(directory)
    return directory


@pytest.fixture
def seal_dir(settings, tmp_path, authority_made_once) -> Path:
    """A copy of the seal for this test, so that it may break it."""
    settings.SEAL_DIR = tmp_path / "seal"
    shutil.copytree(authority_made_once, settings.SEAL_DIR)
    return settings.SEAL_DIR


@pytest.fixture
def files_dir(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture(scope="session")
def signer(authority_made_once):
    return seal_signer(authority_made_once)


@pytest.fixture(scope="session")
def rendered() -> bytes:
    return paper()


@pytest.fixture(scope="session")
def certified(rendered, signer) -> bytes:
    return certify(rendered, signer=signer)


@pytest.fixture(scope="session")
def concluded(certified, authority_made_once) -> bytes:
    with override_settings(SEAL_DIR=authority_made_once):
        return conclude(certified)
