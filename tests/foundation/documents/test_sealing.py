"""Two seals on one file, what each allows afterwards, and a key that cannot be read."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from foundation.documents import authority, muster
from foundation.documents.anchors import STAMP_ANCHORS_FILE, accepted_anchors
from foundation.documents.authority import (
    ANCHORS_FILE,
    AUTHORITY_KEY_FILE,
    KEY_FILE,
    PASSPHRASE_FILE,
    SealUnavailable,
    ensure_test_authority,
    is_test_certificate,
    trust_anchors,
)
from foundation.documents.checks import reason_not_to_seal, seal_is_fit
from foundation.documents.findings import Findings, examine
from foundation.documents.muster import REVOCATIONS_FILE
from foundation.documents.rendering import Attachment, render_pdf
from foundation.documents.seal_fields import CONCLUSION_FIELD, ISSUE_FIELD
from foundation.documents.sealing import (
    CannotSeal,
    certify,
    conclude,
)
from foundation.documents.signer import seal_signer
from tests.foundation.documents import forgeries


@pytest.fixture(autouse=True)
def _seal(seal_dir):
    return seal_dir


def findings(pdf: bytes) -> tuple[str, str, str, str, int, int]:
    found = examine(pdf)
    assert isinstance(found, Findings)
    return (
        found.cryptography,
        found.trust,
        found.coverage,
        found.modification,
        found.revisions,
        found.signatures,
    )


def test_each_seal_appends_one_revision_and_touches_nothing_before_it(
    rendered, certified, concluded
):
    assert certified.startswith(rendered)
    assert concluded.startswith(certified)
    assert findings(certified) == ("intact", "test", "entire-file", "none", 2, 1)
    assert findings(concluded) == ("intact", "test", "entire-file", "form-filling", 3, 2)


def test_a_key_of_rsa_as_trust_services_issue_them_seals_as_well(rendered, seal_dir):
    key = rsa.generate_private_key(65537, 3072)
    packed = muster.make_signer("MUSTER Siegel", b"geheim", directory=seal_dir, key=key)
    for name, data in ((KEY_FILE, packed), (PASSPHRASE_FILE, b"geheim")):
        (seal_dir / name).unlink()
        (seal_dir / name).write_bytes(data)

    sealed = conclude(certify(rendered))

    assert findings(sealed) == ("intact", "test", "entire-file", "form-filling", 3, 2)


def test_the_seal_is_pades_with_its_chain_and_allows_only_filling_the_second_field(certified):
    reader = PdfFileReader(BytesIO(certified))
    fields = {name: value for name, value, _ref in enumerate_sig_fields(reader)}
    assert list(fields) == [ISSUE_FIELD, CONCLUSION_FIELD]
    assert fields[CONCLUSION_FIELD] is None
    seal = reader.root["/Perms"]["/DocMDP"]
    assert seal["/SubFilter"] == "/ETSI.CAdES.detached"
    assert seal["/Reference"][0].get_object()["/TransformParams"]["/P"] == 2
    (signature,) = reader.embedded_signatures
    embedded = {each.subject.native["common_name"] for each in signature.other_embedded_certs}
    assert embedded == {"MUSTER Stadtbrücke Test-CA"}


def test_seals_are_invisible_to_pdf_a_and_screen_readers_alike(certified):
    reader = PdfFileReader(BytesIO(certified))
    for _name, _value, ref in enumerate_sig_fields(reader):
        field = ref.get_object()
        assert (field["/F"], list(field["/Rect"])) == (132, [-9999] * 4)


def test_nothing_is_sealed_twice_or_out_of_order(rendered, certified, concluded):
    codes = []
    for act, pdf in ((conclude, rendered), (certify, certified), (conclude, concluded)):
        with pytest.raises(CannotSeal) as refusal:
            act(pdf)
        codes.append(refusal.value.code)
    assert codes == ["not-certified", "already-certified", "already-concluded"]


def test_only_a_pdf_is_sealed():
    with pytest.raises(CannotSeal) as refusal:
        certify(b"not a pdf")
    assert refusal.value.code == "not-a-pdf"


@pytest.mark.parametrize("sealed", ["certified", "concluded"])
@pytest.mark.parametrize("forge", ["overlay", "annotation", "empty_revision"])
def test_what_is_appended_to_a_sealed_file_is_found(request, sealed, forge):
    found = examine(getattr(forgeries, forge)(request.getfixturevalue(sealed)))
    assert not found.sound
    # The appended bytes leave the signatures themselves intact: pdfsig would say "valid".
    assert (found.cryptography, found.coverage) == ("intact", "entire-revision")


@pytest.mark.parametrize("forge", ["overlay", "annotation"])
def test_visible_additions_count_as_modification(concluded, forge):
    assert examine(getattr(forgeries, forge)(concluded)).modification == "other"


def test_a_swapped_attachment_is_found(signer):
    pdf = render_pdf(
        "<p>x</p>",
        title="T",
        language="de",
        attachments=[Attachment("daten.json", b"{}", datetime(2026, 1, 1, tzinfo=UTC))],
    )
    found = examine(forgeries.swapped_attachment(certify(pdf, signer=signer)))
    assert (found.sound, found.modification) == (False, "other")


def test_a_further_signature_in_an_own_field_is_counted(concluded, signer):
    assert examine(forgeries.further_signature(concluded, signer)).signatures == 3


def test_a_changed_byte_inside_the_signed_text_breaks_the_cryptography(concluded):
    position = concluded.index(b"stadtbruecke:SB") + 14
    found = examine(forgeries.one_byte(concluded, position))
    assert (found.cryptography, found.sound) == ("broken", False)


def test_a_seal_of_somebody_else_is_not_trusted(rendered, tmp_path):
    stranger = seal_signer(ensure_test_authority(tmp_path / "elsewhere"))
    found = examine(certify(rendered, signer=stranger))
    assert (found.cryptography, found.trust) == ("intact", "untrusted")


def test_the_test_authority_is_made_once_marked_and_kept_from_others(seal_dir):
    before = {path.name: path.read_bytes() for path in seal_dir.iterdir()}
    ensure_test_authority(seal_dir)
    assert {path.name: path.read_bytes() for path in seal_dir.iterdir()} == before
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in seal_dir.iterdir()} == {
        ANCHORS_FILE: "0o444",
        AUTHORITY_KEY_FILE: "0o400",
        KEY_FILE: "0o400",
        PASSPHRASE_FILE: "0o400",
        REVOCATIONS_FILE: "0o444",
    }
    (anchor,) = trust_anchors(seal_dir)
    assert is_test_certificate(anchor)
    assert anchor.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / KEY_FILE).unlink(),
        lambda folder: (folder / PASSPHRASE_FILE).unlink(),
        lambda folder: ((folder / KEY_FILE).chmod(0o600), (folder / KEY_FILE).write_bytes(b"x")),
        lambda folder: (
            (folder / PASSPHRASE_FILE).chmod(0o600),
            (folder / PASSPHRASE_FILE).write_bytes(b"wrong"),
        ),
    ],
    ids=["no key", "no passphrase", "broken key", "wrong passphrase"],
)
def test_without_a_usable_key_nothing_is_sealed(rendered, seal_dir, damage):
    damage(seal_dir)
    for _time in range(2):
        with pytest.raises(SealUnavailable) as refusal:
            certify(rendered)
        assert refusal.value.code == "seal-unavailable"


def test_production_refuses_the_test_authority(settings, rendered):
    settings.PORTAL_MODE = "production"
    assert [error.id for error in seal_is_fit(None)] == ["documents.E002"]
    with pytest.raises(SealUnavailable) as sealing:
        certify(rendered)
    with pytest.raises(SealUnavailable) as making:
        ensure_test_authority()
    assert (sealing.value.code, making.value.code) == (
        "test-seal-in-production",
        "no-test-authority-in-production",
    )


def test_production_refuses_to_start_without_a_seal(settings, tmp_path):
    settings.PORTAL_MODE = "production"
    settings.SEAL_DIR = tmp_path
    assert [error.id for error in seal_is_fit(None)] == ["documents.E001"]


def test_web_believes_the_same_certificates_without_the_folder_of_the_key(
    settings, seal_dir, tmp_path
):
    """In production web sees certificates only; see docker-compose.yml."""
    before = accepted_anchors()
    trust = tmp_path / "trust"
    trust.mkdir()
    (seal_dir / ANCHORS_FILE).rename(trust / ANCHORS_FILE)
    settings.SEAL_DIR, settings.TRUST_DIR = tmp_path / "nowhere", trust
    assert accepted_anchors() == before
    stamps = (trust / ANCHORS_FILE).read_bytes()
    (trust / STAMP_ANCHORS_FILE).write_bytes(stamps)
    assert len(accepted_anchors().stamps) == len(before.stamps) + 1


def test_other_modes_start_with_the_test_authority():
    assert seal_is_fit(None) == []


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda folder: None, None),
        (lambda folder: (folder / KEY_FILE).chmod(0o644), "can be read by other users"),
        (lambda folder: (folder / KEY_FILE).unlink(), "seal.p12"),
        (
            lambda folder: (
                (folder / PASSPHRASE_FILE).chmod(0o600),
                (folder / PASSPHRASE_FILE).write_bytes(b"wrong"),
            ),
            "seal.p12",
        ),
    ],
    ids=["fit", "open to others", "no key", "wrong passphrase"],
)
def test_the_worker_of_production_tries_the_key_before_it_starts(
    settings, tmp_path, monkeypatch, damage, reason
):
    with monkeypatch.context() as city:
        city.setattr(authority, "TEST_MARK", "Siegelamt")  # an authority that is no test
        folder = authority.ensure_test_authority(tmp_path / "city")
    settings.SEAL_DIR, settings.PORTAL_MODE = folder, "production"
    damage(folder)
    said = reason_not_to_seal()
    assert said == reason or reason in said


def test_a_token_that_is_not_there_is_told_like_a_missing_key(rendered, settings):
    settings.SEAL_TOKEN = "/nirgendwo/modul.so"
    with pytest.raises(SealUnavailable) as refusal:
        certify(rendered)
    assert refusal.value.code == "seal-unavailable"
