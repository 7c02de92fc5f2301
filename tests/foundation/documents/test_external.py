"""Signatures set elsewhere: one is taken when it is the only change, all others with a reason."""

import datetime as dt
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    SigSeedSubFilter,
    enumerate_sig_fields,
)
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext

from foundation.documents import external, muster
from foundation.documents.authority import ensure_test_authority, trust_anchors
from foundation.documents.external import accept
from foundation.documents.rehearsal import demand_concludable
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import certify, conclude
from tests.foundation.documents import forgeries
from tests.foundation.documents.conftest import for_stamps

FIRST, SECOND = "Unterschrift-1-1", "Unterschrift-2-1"
HTML = f"""<h1>Vereinbarung</h1><form>
<p><input type="text" name="{FIRST}" title="Unterschrift Bielefeld"></p>
<p><input type="text" name="{SECOND}" title="Allekirjoitus Tampere"></p></form>"""


def paper(identifier="a" * 64, number="SB-2026-0001", text="") -> bytes:
    return render_pdf(
        HTML + text,
        title="Vereinbarung",
        language="de",
        number=number,
        identifier=identifier,
        signature_fields=True,
        stylesheets=["input { appearance: auto; display: block; width: 60mm; height: 14mm }"],
    )


@pytest.fixture(autouse=True)
def _seal(seal_dir):
    return seal_dir


@pytest.fixture(scope="module")
def issued(signer):
    return certify(paper(), signer=signer)


@pytest.fixture(scope="module")
def people(authority_made_once):
    """A function that makes a person with a certificate of the test authority."""

    def make(name="MUSTER Berta Beispiel", directory=authority_made_once, **how):
        packed = muster.make_signer(name, b"geheim", directory=directory, **how)
        return SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"geheim")

    return make


@pytest.fixture(scope="module")
def berta(people):
    return people()


def signed(pdf, signer, field=FIRST, **how) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **how
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return sign_pdf(writer, metadata, signer).getvalue()


def locking(pdf, signer, lock) -> bytes:
    """Signed by software that locks the file while it signs."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    fields = {name: reference for name, _value, reference in enumerate_sig_fields(writer)}
    field = fields[FIRST].get_object()
    field[NameObject("/Lock")] = DictionaryObject(lock)
    writer.update_container(field)
    metadata = PdfSignatureMetadata(
        field_name=FIRST, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    return sign_pdf(writer, metadata, signer).getvalue()


def refused(previous, uploaded, field=FIRST, **how) -> str:
    with pytest.raises(external.NotAccepted) as refusal:
        accept(previous, uploaded, field=field, **how)
    assert refusal.value.message
    return refusal.value.code


def test_a_signature_in_the_own_field_is_taken_with_what_its_certificate_says(issued, berta):
    uploaded = signed(issued, berta)
    taken = accept(issued, uploaded, field=FIRST)
    certificate = berta.signing_cert
    assert "MUSTER Berta Beispiel" in taken.subject
    assert "MUSTER Stadtbrücke Test-CA" in taken.issuer
    assert taken.serial == f"{certificate.serial_number:x}"
    assert (taken.not_before, taken.not_after) == (
        certificate.not_valid_before,
        certificate.not_valid_after,
    )
    assert (taken.level, taken.has_timestamp, taken.size) == (
        "own-certificate",
        False,
        len(uploaded),
    )
    assert dt.datetime.now(dt.UTC) - taken.signed_at < dt.timedelta(minutes=5)


def test_both_cities_sign_one_after_the_other_and_the_seal_closes_over_them(issued, berta, people):
    first = signed(issued, berta)
    second = signed(first, people("MUSTER Tuomas"), SECOND)
    assert "Tuomas" in accept(first, second, field=SECOND).subject
    assert conclude(second).startswith(second)


def test_a_time_stamp_and_data_for_later_come_with_it(issued, berta, people, seal_dir):
    packed = people("MUSTER Zeitstempel", **for_stamps())
    stamper = DummyTimeStamper(
        packed.signing_cert, packed.signing_key, certs_to_embed=packed.cert_registry
    )
    muster.refresh_revocations(seal_dir)
    context = ValidationContext(
        trust_roots=list(packed.cert_registry),
        crls=[(seal_dir / muster.REVOCATIONS_FILE).read_bytes()],
        allow_fetching=False,
    )
    metadata = PdfSignatureMetadata(
        field_name=FIRST,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=True,
        validation_context=context,
    )
    writer = IncrementalPdfFileWriter(BytesIO(issued))
    uploaded = sign_pdf(writer, metadata, berta, timestamper=stamper).getvalue()
    taken = accept(issued, uploaded, field=FIRST)
    assert (taken.has_timestamp, taken.level) == (True, "own-certificate")


def test_another_field_or_none_is_refused(issued, berta, people):
    assert refused(issued, issued) == "not-signed"
    assert refused(issued, signed(issued, berta, SECOND)) == "another-field"
    both = signed(signed(issued, berta), people("MUSTER Otto"), SECOND)
    assert refused(issued, both) == "another-field"
    assert refused(issued, forgeries.further_signature(issued, berta)) == "another-field"
    assert refused(issued, forgeries.empty_revision(issued)) == "not-signed"


@pytest.mark.parametrize("forge", ["overlay", "annotation"])
def test_more_than_the_signature_is_refused_before_and_after_it(issued, berta, forge):
    change = getattr(forgeries, forge)
    assert refused(issued, change(signed(issued, berta))) == "more-than-a-signature"
    assert refused(issued, signed(change(issued), berta)) == "more-than-a-signature"


@pytest.mark.parametrize(
    "lock",
    [
        FieldMDPSpec(FieldMDPAction.ALL).as_sig_field_lock(),
        FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[SECOND]).as_sig_field_lock(),
        FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[]).as_sig_field_lock()
        | {NameObject("/P"): NumberObject(1)},
    ],
    ids=["all fields", "the next field", "the whole file"],
)
def test_a_signature_that_locks_the_file_is_refused(issued, berta, lock):
    assert refused(issued, locking(issued, berta, lock)) == "locks-the-file"


def test_a_brought_file_is_sealed_on_trial_with_a_key_that_is_thrown_away(issued, berta):
    uploaded = signed(issued, berta)
    demand_concludable(uploaded)
    lock = FieldMDPSpec(FieldMDPAction.ALL).as_sig_field_lock()
    for hopeless in (locking(issued, berta, lock), conclude(uploaded), b"%PDF-1.7"):
        with pytest.raises(external.MoreThanASignature) as refusal:
            demand_concludable(hopeless)
        assert refusal.value.code == "not-concludable"


def test_other_files_are_refused_each_with_its_reason(issued, berta, people, signer):
    other_version = certify(paper("b" * 64, text="<p>Neu</p>"), signer=signer)
    other_document = certify(paper("c" * 64, "SB-2026-0002"), signer=signer)
    first = signed(issued, berta)
    rewritten = bytearray(signed(issued, berta))
    rewritten[len(issued) // 2] ^= 1
    assert refused(issued, signed(other_version, berta)) == "another-version"
    assert refused(issued, signed(other_document, berta)) == "another-document"
    assert refused(first, signed(issued, people("MUSTER T"), SECOND), SECOND) == "earlier-revision"
    assert refused(issued, bytes(rewritten)) == "rewritten"


def test_what_is_no_pdf_or_too_large_or_broken_is_refused(issued, berta):
    assert refused(issued, b"Hallo") == "not-a-pdf"
    assert refused(issued, b"%PDF-" + b"0" * external.MAX_BYTES) == "too-large"
    assert refused(issued, issued + b"startxref\n7\n%%EOF\n") == "pdf-unreadable"
    uploaded = signed(issued, berta)
    value = uploaded.index(b">", uploaded.rindex(b"/Contents <"))
    last = len(uploaded[:value].rstrip(b"0")) - 100  # inside the signature itself
    while uploaded[last : last + 1] in b"afAF":  # with another bit these are no hex digits
        last -= 1
    assert refused(issued, forgeries.one_byte(uploaded, last)) == "signature-broken"


def test_certificates_that_cannot_be_trusted_are_refused(issued, berta, people, tmp_path, settings):
    elsewhere = ensure_test_authority(tmp_path / "elsewhere")
    stranger = people("MUSTER Fremd", directory=elsewhere)
    uploaded = signed(issued, stranger)
    assert refused(issued, uploaded) == "certificate-untrusted"
    assert accept(issued, uploaded, field=FIRST, trust_roots=trust_anchors(elsewhere)).level == (
        "own-certificate"
    )
    settings.SIGNERS_DIR = tmp_path / "signers"
    settings.SIGNERS_DIR.mkdir()
    (settings.SIGNERS_DIR / "stadt.pem").write_bytes((elsewhere / "ca.pem").read_bytes())
    assert accept(issued, uploaded, field=FIRST).subject
    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    old = people("MUSTER Abgelaufen", starts=past, days=10)
    assert refused(issued, signed(issued, old)) == "certificate-expired"
    assert refused(issued, signed(issued, berta), trust_roots=[]) == "certificate-untrusted"


def test_in_production_the_test_authority_vouches_for_nobody(issued, berta, settings):
    uploaded = signed(issued, berta)
    settings.PORTAL_MODE = "production"
    assert refused(issued, uploaded) == "certificate-untrusted"
