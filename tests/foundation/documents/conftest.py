"""Small real documents: rendered in the real cell, sealed by a test authority made once."""

import http.server
import shutil
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import override_settings
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from foundation.documents import authority, confinement, muster
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import certify, conclude
from foundation.documents.signer import seal_signer
from tests.loopback import serving

NUMBER = "SB-2026-0001"
HTML = """<h1>Vereinbarung</h1>
<table><tr><th scope="col">Deutsch</th><th scope="col">Suomi</th></tr>
<tr><td lang="de">Straße</td><td lang="fi">yhteistyö</td></tr></table>"""


def for_stamps() -> dict[str, object]:
    """What pyHanko's stamper for tests needs to be made: it knows no key but RSA."""
    return {"key": rsa.generate_private_key(65537, 2048), "stamps_time": True}


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


@pytest.fixture(scope="session")
def stamper(authority_made_once):
    packed = muster.make_signer(
        "MUSTER Zeitstempel", b"geheim", directory=authority_made_once, **for_stamps()
    )
    own = SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"geheim")
    return DummyTimeStamper(own.signing_cert, own.signing_key, certs_to_embed=own.cert_registry)


class _Authority(http.server.BaseHTTPRequestHandler):
    """A time stamping authority on loopback that answers as RFC 3161 says, or not at all."""

    stamper: DummyTimeStamper
    away = False

    def do_POST(self):
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        if self.away:
            self.send_error(503)
            return
        answer = self.stamper.request_tsa_response(request).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def service(stamper, settings):
    """The class of the running authority; its address stands in the settings."""
    handler = type("Authority", (_Authority,), {"stamper": stamper})
    with serving(handler) as address:
        settings.TSA_URL = f"{address}/"
        yield handler
