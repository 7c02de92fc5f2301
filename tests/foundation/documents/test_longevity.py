"""Seals that last: revocation data, a stamp over everything, nothing less than promised."""

from io import BytesIO

import pytest
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from foundation.documents import muster
from foundation.documents.authority import SealUnavailable, ensure_test_authority
from foundation.documents.findings import examine
from foundation.documents.levels import WITH_STAMP, WITHOUT_STAMP, target_level
from foundation.documents.longevity import stamp
from foundation.documents.sealing import conclude
from foundation.documents.timestamps import SourceAway
from tests.foundation.documents import forgeries
from tests.foundation.documents.conftest import for_stamps


@pytest.fixture(autouse=True)
def _seal(seal_dir):
    return seal_dir


@pytest.fixture
def stamped(certified, stamper, signer):
    return conclude(certified, level=WITH_STAMP, signer=signer, stamper=stamper)


def store(pdf: bytes) -> dict[str, int]:
    """How much validation data a file carries."""
    dss = PdfFileReader(BytesIO(pdf)).root["/DSS"]
    return {name: len(dss[name]) for name in ("/Certs", "/CRLs") if name in dss}


def test_without_a_time_source_there_is_revocation_data_and_an_honest_name(certified, concluded):
    assert "/DSS" not in PdfFileReader(BytesIO(certified)).root
    assert store(concluded) == {"/Certs": 2, "/CRLs": 1}
    assert (examine(concluded).timestamp, target_level()) == ("none", WITHOUT_STAMP)
    assert WITHOUT_STAMP == "B-B with revocation data"


def test_the_time_stamp_covers_everything_and_both_checks_accept_it(certified, stamped):
    assert stamped.startswith(certified)
    found = examine(stamped)
    assert found.sound
    assert (found.trust, found.timestamp, found.coverage) == ("test", "valid", "entire-file")
    assert (found.signatures, found.stamps) == (2, 1)
    assert store(stamped) == {"/Certs": 3, "/CRLs": 1}


@pytest.mark.parametrize("forge", ["overlay", "annotation", "empty_revision"])
def test_what_comes_after_the_time_stamp_is_found(stamped, forge):
    assert not examine(getattr(forgeries, forge)(stamped)).sound


def test_stamping_again_keeps_every_earlier_byte(stamped, stamper):
    renewed = stamp(stamped, stamper=stamper)
    assert renewed.startswith(stamped)
    found = examine(renewed)
    assert (found.sound, found.stamps, found.timestamp) == (True, 2, "valid")


def test_a_service_on_the_network_stamps(certified, service):
    assert target_level() == WITH_STAMP
    assert examine(conclude(certified, level=WITH_STAMP)).timestamp == "valid"


def test_a_service_that_is_away_lowers_nothing(certified, service, settings):
    service.away = True
    with pytest.raises(SourceAway) as refusal:
        conclude(certified, level=WITH_STAMP)
    assert refusal.value.code == "time-stamp-away"
    settings.TSA_URL = ""  # taken out of the settings: the promise stands all the same
    with pytest.raises(SourceAway):
        conclude(certified, level=WITH_STAMP)


def test_a_stamp_of_an_authority_that_we_do_not_know_is_refused(certified, tmp_path, signer):
    elsewhere = tmp_path / "elsewhere"
    ensure_test_authority(elsewhere)
    packed = muster.make_signer("MUSTER Fremd", b"x", directory=elsewhere, **for_stamps())
    own = SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"x")
    stranger = DummyTimeStamper(own.signing_cert, own.signing_key, certs_to_embed=own.cert_registry)
    with pytest.raises(SourceAway):
        conclude(certified, level=WITH_STAMP, signer=signer, stamper=stranger)


def test_a_revoked_seal_seals_no_more(certified, signer, seal_dir):
    muster.refresh_revocations(seal_dir, revoke=(signer.signing_cert.serial_number,))
    with pytest.raises(SealUnavailable) as refusal:
        conclude(certified, signer=signer)
    assert refusal.value.code == "seal-revoked"


def test_the_list_of_revocations_is_made_anew_after_a_day_only(seal_dir):
    muster.refresh_revocations(seal_dir)
    path = seal_dir / muster.REVOCATIONS_FILE
    first = path.read_bytes()
    muster.refresh_revocations(seal_dir)
    assert path.read_bytes() == first
    muster.refresh_revocations(seal_dir, revoke=(7,))
    muster.refresh_revocations(seal_dir, revoke=(8,))
    standing = x509.load_der_x509_crl(path.read_bytes())
    assert sorted(each.serial_number for each in standing) == [7, 8]
    assert (
        x509.load_der_x509_crl(first).issuer
        == x509.load_pem_x509_certificate((seal_dir / "ca.pem").read_bytes()).subject
    )
