"""One file, one verdict: valid only when it is exactly what was issued last."""

import datetime as dt
import json
import random
import shutil

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import override_settings

from foundation.audit.trail import history_of
from foundation.documents import verification
from foundation.documents.anchors import Anchors
from foundation.documents.authority import (
    certificate_builder,
    ensure_test_authority,
    fingerprint,
    trust_anchors,
)
from foundation.documents.findings import summarise
from foundation.documents.models import Release, StoredFile
from foundation.documents.releases import NotReleasable, latest, release, with_number
from foundation.documents.rendering import render_pdf
from foundation.documents.seal_fields import ISSUE_FIELD
from foundation.documents.sealing import certify, conclude
from foundation.documents.signer import seal_signer
from foundation.documents.verification import MAX_BYTES, NotVerifiable, verify
from tests.foundation.documents import forgeries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_of_ground")]
NUMBER = "SB-2026-0001"
EVIDENCE = [{"party": "Tampere", "kind": "click"}]
FINAL, ISSUED = Release.Stage.FINAL, Release.Stage.ISSUED


@pytest.fixture(autouse=True)
def _seal(seal_dir):
    return seal_dir


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path, files_of_ground):
    settings.FILES_DIR = shutil.copytree(files_of_ground, tmp_path / "files")
    return settings.FILES_DIR


@pytest.fixture
def subject(db):
    return about()


def about():
    """Any row can be what a document is about."""
    return ContentType.objects.get_for_model(Release)


def list_as(pdf, stage=FINAL, *, number=NUMBER, by=None):
    return release(
        pdf,
        about(),
        number=number,
        kind="agreement",
        stage=stage,
        name="vereinbarung.pdf",
        by=by,
        evidence=EVIDENCE,
    )


@pytest.fixture(scope="module")
def files_of_ground(ground, authority_made_once, certified, concluded, tmp_path_factory):
    """The agreement on the list, first issued, then final, once for all; its files."""
    place = tmp_path_factory.mktemp("files")
    with override_settings(SEAL_DIR=authority_made_once, FILES_DIR=place):
        list_as(certified, ISSUED)
        list_as(concluded, FINAL)
    return place


@pytest.fixture
def issued(db):
    return Release.objects.get(stage=ISSUED), Release.objects.get(stage=FINAL)


def test_the_final_file_is_valid_but_only_as_a_test_document(issued, concluded):
    verdict = verify(concluded).as_dict()
    issued_at = verdict.pop("issued_at")
    assert issued_at == issued[1].issued_at.isoformat()
    assert verdict == {
        "verdict": "valid-test",
        "cryptography": "intact",
        "trust": "test",
        "timestamp": "none",
        "coverage": "entire-file",
        "modification": "form-filling",
        "revisions": 3,
        "sha256_known": True,
        "evidence": EVIDENCE,
        "sha256": issued[1].sha256,
        "number": NUMBER,
        "kind": "agreement",
        "stage": "final",
        "level": "",
        "signatures": 2,
    }


def test_the_file_as_it_was_issued_is_genuine_but_not_final(issued, certified):
    assert verify(certified).verdict == "not-final"


def test_a_replaced_final_file_is_an_older_release(issued, concluded, signer):
    renewed = render_pdf("<p>Neu</p>", title="V", language="de", number=NUMBER)
    newer = list_as(conclude(certify(renewed, signer=signer), signer=signer))
    assert newer.replaces == issued[1]
    assert verify(concluded).verdict == "valid-older-release"


def test_the_unsealed_rendering_is_recognised_as_not_what_was_issued(issued, rendered):
    assert verify(rendered).verdict == "changed"


@pytest.mark.parametrize("forge", ["overlay", "annotation", "empty_revision"])
def test_whatever_was_appended_means_changed(issued, concluded, forge):
    assert verify(getattr(forgeries, forge)(concluded)).verdict == "changed"


def test_a_further_signature_of_our_own_seal_means_changed(issued, concluded, signer):
    assert verify(forgeries.further_signature(concluded, signer)).verdict == "changed"


def test_one_changed_byte_means_changed_wherever_it_is(issued, concluded):
    size = len(concluded)
    padding = concluded.rindex(b"0000>")  # inside the signature's own unsigned padding
    xref = concluded.rindex(b"startxref") + 12
    number = concluded.index(b"stadtbruecke:") + 14
    chosen = [0, 5, number, padding, xref, size - 1]
    chosen += random.Random(1).sample(range(size), 14)
    verdicts = {at: verify(forgeries.one_byte(concluded, at)).verdict for at in chosen}
    assert verdicts == dict.fromkeys(chosen, "changed")


def test_a_cut_off_file_means_changed(issued, concluded):
    assert verify(concluded[:-2000]).verdict == "changed"


def test_a_document_of_ours_that_was_never_listed_counts_as_changed(issued, signer):
    unlisted = certify(render_pdf("<p>y</p>", title="T", language="de"), signer=signer)
    assert verify(unlisted).verdict == "changed"


def test_foreign_documents_are_not_issued_here(issued, rendered, tmp_path):
    stranger = seal_signer(ensure_test_authority(tmp_path / "elsewhere"))
    foreign = render_pdf("<p>x</p>", title="T", language="de", number="XY-1")
    for pdf in (foreign, certify(foreign, signer=stranger), forgeries.locked(foreign)):
        verdict = verify(pdf)
        assert (verdict.verdict, verdict.sha256_known, verdict.number) == (
            "not-issued-here",
            False,
            "",
        )


def test_a_listed_file_whose_authority_we_no_longer_trust_is_incomplete(
    issued, concluded, settings, tmp_path
):
    settings.SEAL_DIR = ensure_test_authority(tmp_path / "next")
    verdict = verify(concluded)
    assert (verdict.verdict, verdict.trust) == ("incomplete", "untrusted")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-pdf"),
        (b"PK\x03\x04 a letter", "not-a-pdf"),
        (b"%PDF-1.7\nbroken", "pdf-unreadable"),
        (b"%PDF-1.7\n" + b"[" * 5000, "pdf-unreadable"),
        (b"%PDF-" + b"0" * MAX_BYTES, "file-too-large"),
    ],
    ids=["empty", "zip", "broken", "deep", "large"],
)
def test_what_cannot_be_verified_gets_a_sentence(data, code):
    with pytest.raises(NotVerifiable) as refusal:
        verify(data)
    assert refusal.value.code == code


def test_verification_keeps_nothing(issued, concluded, files_dir):
    before = StoredFile.objects.count(), len(list(files_dir.rglob("*")))
    verify(forgeries.overlay(concluded))
    assert (StoredFile.objects.count(), len(list(files_dir.rglob("*")))) == before


def authority_of(common_name: str) -> x509.Certificate:
    """A certificate that signs itself, without the mark of a test authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = dt.datetime.now(dt.UTC)
    return certificate_builder(name, name, key.public_key(), now, days=9).sign(key, hashes.SHA256())


def test_a_chain_without_test_certificates_is_plainly_trusted(seal_dir):
    """The city's own authority, seen from the findings: only the mark makes the difference."""
    (test_ca,), real = trust_anchors(seal_dir), authority_of("Stadt-CA")

    def trust(own: x509.Certificate, **anchors) -> str:
        signature = {
            "kind": "signature",
            "field": ISSUE_FIELD,
            "intact": True,
            "valid": True,
            "trusted": True,
            "ades": True,
            "anchor": fingerprint(own),
            "timestamp": "none",
            "coverage": "entire-file",
            "modification": "none",
            "modification_allowed": True,
            "certification": True,
            "signer_key": "k",
        }
        every = {"seals": (), "people": (), "stamps": (), **anchors}
        found = summarise(
            {"signatures": [signature], "revisions": 3, "data_added": False},
            anchors=Anchors(**every),
        )
        assert found.sound
        return found.trust

    assert trust(test_ca, seals=(test_ca,)) == "test"
    assert trust(real, seals=(real,)) == "trusted"
    # Who vouches for people does not vouch for the seal.
    assert trust(real, people=(real,)) == "untrusted"


def test_releasing_the_same_bytes_again_changes_nothing(issued, concluded):
    assert list_as(concluded) == issued[1]
    assert (Release.objects.count(), StoredFile.objects.count()) == (2, 2)
    with pytest.raises(NotReleasable) as refusal:
        list_as(concluded, ISSUED)
    assert refusal.value.code == "listed-otherwise"


def test_only_sound_files_of_that_number_are_listed(issued, rendered, certified, concluded):
    attempts = [
        (b"%PDF-", NUMBER),
        (rendered, NUMBER),
        (forgeries.overlay(concluded), NUMBER),
        (conclude(certified), "SB-2026-0002"),
    ]
    codes = []
    for pdf, number in attempts:
        with pytest.raises(NotReleasable) as refusal:
            list_as(pdf, number=number)
        codes.append(refusal.value.code)
    assert codes == ["not-releasable", "not-releasable", "not-releasable", "number-missing"]
    assert (Release.objects.count(), StoredFile.objects.count()) == (2, 2)


def test_releases_form_one_chain_and_are_written_into_the_trail(issued, subject):
    first, final = issued
    assert (first.replaces, final.replaces, latest(subject, "agreement")) == (None, first, final)
    assert list(with_number(NUMBER)) == [final, first]
    assert [(entry.verb, entry.details["stage"]) for entry in history_of(subject)] == [
        ("released", "issued"),
        ("released", "final"),
    ]


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(evidence=[]), lambda rows: rows.delete()]
)
def test_the_list_of_releases_is_append_only(issued, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(Release.objects.filter(pk=issued[1].pk))


def test_the_database_refuses_a_second_chain_of_one_document(issued):
    final = issued[1]
    copy = {
        field.attname: getattr(final, field.attname)
        for field in Release._meta.fields
        if field.attname not in {"id", "replaces_id", "file_id", "sha256"}
    }
    other = StoredFile.objects.create(
        name="x", media_type="x", size=1, sha256="0" * 64, content="aa/x"
    )
    with pytest.raises(IntegrityError, match="release_one_beginning"), transaction.atomic():
        Release.objects.create(**copy, file=other, sha256="0" * 64)


def command(path, *options) -> int:
    """The exit code of verify_document."""
    try:
        call_command("verify_document", str(path), *options)
    except SystemExit as ended:
        return ended.code
    return 0


def test_the_command_prints_json_and_exits_by_the_verdict(issued, concluded, tmp_path, capsys):
    genuine, forged = tmp_path / "a.pdf", tmp_path / "b.pdf"
    genuine.write_bytes(concluded)
    forged.write_bytes(forgeries.one_byte(concluded, 900))
    assert (command(genuine, "--json"), command(forged, "--json")) == (0, 1)
    decoder, output = json.JSONDecoder(), capsys.readouterr().out
    first, end = decoder.raw_decode(output)
    second, _end = decoder.raw_decode(output[end:].lstrip())
    assert (first["verdict"], second["verdict"]) == ("valid-test", "changed")


def test_the_command_speaks_plainly(issued, concluded, certified, tmp_path, capsys):
    path = tmp_path / "a.pdf"
    path.write_bytes(concluded)
    assert command(path) == 0
    assert capsys.readouterr().out.startswith("Valid test document (MUSTER): unchanged")
    path.write_bytes(certified)
    assert command(path) == 1
    assert "Genuine, but not final" in capsys.readouterr().out


def test_in_production_a_test_document_is_not_enough(issued, concluded, tmp_path, settings, capsys):
    settings.PORTAL_MODE = "production"
    path = tmp_path / "a.pdf"
    path.write_bytes(concluded)
    assert command(path, "--json") == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "valid-test"


def test_the_command_refuses_what_is_no_pdf(db, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Hallo")
    with pytest.raises(CommandError, match=r"a\.txt"):
        call_command("verify_document", str(path))
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_document", str(tmp_path / "missing.pdf"))


def test_the_words_are_the_ones_of_the_public_page():
    words = {
        getattr(verification, name)
        for name in (
            "VALID",
            "VALID_TEST",
            "VALID_OLDER",
            "NOT_FINAL",
            "INCOMPLETE",
            "CHANGED",
            "NOT_ISSUED_HERE",
        )
    }
    assert words == {
        "valid",
        "valid-test",
        "valid-older-release",
        "not-final",
        "incomplete",
        "changed",
        "not-issued-here",
    }
