"""Paper and files from elsewhere count after others compared them; passkeys sign the record."""

import datetime as dt
import hashlib
import json

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.accounts import passkeys
from foundation.accounts.models import User
from foundation.accounts.proof import FactorUnsettled
from foundation.documents import files
from foundation.documents.uploads import UploadRefused
from foundation.mail.models import OutgoingMail
from partnerships.models import Comparison, Evidence, Submission
from partnerships.signing import signatures, submissions
from partnerships.signing.evidence_records import challenge_of, is_attested_by_passkey, record_of
from partnerships.wording import versions
from tests.authenticator import SoftwareKey
from tests.conftest import player
from tests.partnerships.factories import collecting, digests_of, proof_of, signer

pytestmark = pytest.mark.usefixtures("seal", "offered_ground")
SCAN = b"%PDF-1.7\nscan\n%%EOF\n"


@pytest.fixture(scope="module")
def offered_ground(draft_ground):
    collecting(draft_ground, *map(player, ("Otto", "Bruno", "Paula")))


@pytest.fixture
def offered(draft):
    return draft


def place_of(agreement, position):
    return agreement.signatories.get(party__position=position, released_at=None)


def bring(agreement, by, *, kind="paper", position=1, **changed):
    given = {"data": SCAN, "signed_on": timezone.localdate(), **changed}
    kind = Submission.Kind(kind)
    return submissions.bring(agreement, place_of(agreement, position), kind=kind, by=by, **given)


def digits(agreement):
    return versions.standing_version(agreement).short_digest


@pytest.mark.req("R8")
def test_paper_counts_when_a_second_person_has_read_its_digits(offered, otto, bruno):
    brought = bring(offered, otto)
    assert signatures.signed_by(offered)[0]["signed"] is False
    assert files.read(brought.file) == SCAN
    told = OutgoingMail.objects.filter(kind="agreement_compare").values_list("to", flat=True)
    assert "bruno@example.org" in told
    with pytest.raises(submissions.DigitsDiffer):
        submissions.compare(brought, agrees=True, digits="0" * 16, by=bruno)
    assert not Comparison.objects.exists()
    submissions.compare(brought, agrees=True, digits=digits(offered).upper(), by=bruno)
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.submission, evidence.factor) == ("paper", brought, "")
    assert evidence.get_kind_display() == "signed on paper, scan on file"
    assert signatures.signed_by(offered)[0]["signed"] is True


def test_who_brought_it_or_signed_it_does_not_compare_it(offered, otto):
    brought = bring(offered, otto)
    for user in (otto, signer(offered, 1)):
        with pytest.raises(submissions.NotASecondPerson):
            submissions.compare(brought, agrees=True, digits=digits(offered), by=user)
        with pytest.raises(IntegrityError, match="brought or signed it"), transaction.atomic():
            Comparison.objects.create(submission=brought, reviewer=user, agrees=True)


def test_a_refused_scan_does_not_count_and_another_may_follow(offered, otto, bruno):
    brought = bring(offered, otto)
    with pytest.raises(submissions.ReasonMissing):
        submissions.compare(brought, agrees=False, by=bruno)
    submissions.compare(brought, agrees=False, reason="Seite 3 fehlt", by=bruno)
    assert brought.state == "refused"
    assert not Evidence.objects.exists()
    assert "Seite 3 fehlt" in OutgoingMail.objects.filter(kind="agreement_not_confirmed")[0].body
    with pytest.raises(submissions.Decided):
        submissions.compare(brought, agrees=True, digits=digits(offered), by=bruno)
    bring(offered, otto)
    with pytest.raises(signatures.CannotSign, match="already"):
        bring(offered, otto)


@pytest.mark.req("R8")
def test_a_file_from_elsewhere_needs_one_reviewer_of_each_city(offered, otto, bruno, paula, sides):
    brought = bring(offered, otto, kind="elsewhere", position=2)
    submissions.compare(brought, party=sides[0], agrees=True, by=bruno)
    assert [str(party) for party in submissions.missing_cities(brought)] == ["Tampere"]
    with pytest.raises(submissions.Decided):
        submissions.compare(brought, party=sides[1], agrees=True, by=bruno)
    assert not Evidence.objects.exists()
    submissions.compare(brought, party=sides[1], agrees=True, by=paula)
    assert Evidence.objects.get().kind == "elsewhere"
    signatures.sign(
        offered, **digests_of(offered), proof=proof_of(signer(offered, 1)), by=signer(offered, 1)
    )
    assert offered.state == "sealing"


def test_the_database_wants_the_comparisons_too(offered, otto):
    brought = bring(offered, otto)
    version, place = versions.standing_version(offered), place_of(offered, 1)
    row = {
        "version": version, "party": place.party, "signatory": place, "user": place.user,
        "version_sha256": version.sha256, "pdf_sha256": digests_of(offered)["pdf_sha256"],
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="not confirmed"), transaction.atomic():
        Evidence.objects.create(**row, kind="paper", submission=brought, nonce="a")
    for fields in (
        {"kind": "paper"},
        {"kind": "external"},
        {"kind": "click"},
        {"kind": "click", "factor": "webauthn", "factor_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError, match="evidence_"), transaction.atomic():
            Evidence.objects.create(**row, **fields, nonce="b")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "upload-empty"),
        (b"<svg onload=alert(1)>", "upload-of-another-kind"),
        (b"%PDF-1.7 without an end" + b" " * 2000, "upload-of-another-kind"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024) + b"%%EOF", "upload-too-large"),
    ],
)
def test_other_files_are_not_kept(offered, otto, data, code):
    with pytest.raises(UploadRefused) as refusal:
        bring(offered, otto, data=data)
    assert refusal.value.code == code
    assert not Submission.objects.exists()


@pytest.mark.parametrize("days", [-400, 1])
def test_nobody_signed_tomorrow_or_before_the_version(offered, otto, days):
    with pytest.raises(submissions.WrongDay):
        bring(offered, otto, signed_on=timezone.localdate() + dt.timedelta(days=days))


def test_a_click_ends_what_waited_for_the_same_place(offered, otto, bruno):
    brought = bring(offered, otto)
    berta = signer(offered, 1)
    signatures.sign(offered, **digests_of(offered), proof=proof_of(berta), by=berta)
    with pytest.raises(submissions.Decided):
        submissions.compare(brought, agrees=True, digits=digits(offered), by=bruno)


@pytest.fixture
def key(offered):
    """Berta's passkey."""
    key = SoftwareKey(settings.PUBLIC_URL)
    made = key.create(json.dumps({"publicKey": {"challenge": "AAAA"}}))
    Authenticator.objects.create(
        user=signer(offered, 1),
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Büro", "credential": made},
    )
    return key


def sign_by_passkey(agreement, key, user, *, nonce="n" * 32, asked_nonce="n" * 32):
    version, shown = versions.standing_version(agreement), digests_of(agreement)
    record = record_of(
        version,
        place_of(agreement, 1),
        kind="click",
        pdf_sha256=shown["pdf_sha256"],
        nonce=asked_nonce,
    )
    answer = key.get(passkeys.ask_to_sign(user, challenge_of(record)))
    passkey = signatures.PasskeyAnswer(nonce=nonce, answer=answer)
    return signatures.sign(agreement, **shown, passkey=passkey, by=user)


@pytest.mark.req("R8")
def test_a_passkey_signs_the_record_and_can_be_checked_later(offered, key):
    berta = signer(offered, 1)
    evidence = sign_by_passkey(offered, key, berta)
    assert (evidence.factor, evidence.data["number"]) == ("webauthn", offered.number)
    assert evidence.data["function"]["en"] == "Mayor's office"
    challenge = json.loads(passkeys._bytes(evidence.assertion["client_data"]))["challenge"]
    assert passkeys._bytes(challenge) == hashlib.sha256(bytes(evidence.record)).digest()
    Authenticator.objects.all().delete()
    kept = Evidence.objects.get()
    assert is_attested_by_passkey(kept)
    kept.record = bytes(kept.record).replace(b'"n', b'"m')
    assert not is_attested_by_passkey(kept)


def test_a_passkey_that_signed_something_else_does_not_sign_this(offered, key):
    with pytest.raises(passkeys.PasskeyRefused):
        sign_by_passkey(offered, key, signer(offered, 1), asked_nonce="m" * 32)
    key.verified = False
    with pytest.raises(passkeys.PasskeyRefused):
        sign_by_passkey(offered, key, signer(offered, 1))
    assert not Evidence.objects.exists()


def test_a_passkey_of_a_factor_that_was_just_reset_does_not_sign(offered, key):
    berta = signer(offered, 1)
    reset_at = timezone.now() - dt.timedelta(hours=47)
    User.objects.filter(pk=berta.pk).update(factor_reset_at=reset_at)
    with pytest.raises(FactorUnsettled):
        sign_by_passkey(offered, key, berta)


def test_a_passkey_that_only_opened_the_page_signs_nothing(offered):
    berta = signer(offered, 1)
    opened = proof_of(berta)
    opened = type(opened)(user_id=opened.user_id, factor="webauthn", at=opened.at)
    with pytest.raises(signatures.CannotSign) as refusal:
        signatures.sign(offered, **digests_of(offered), proof=opened, by=berta)
    assert refusal.value.code == "proof-stale"


def test_evidence_by_code_is_attested_by_the_portal_alone(offered):
    berta = signer(offered, 1)
    evidence = signatures.sign(offered, **digests_of(offered), proof=proof_of(berta), by=berta)
    assert not is_attested_by_passkey(evidence)
    assert evidence.data["nonce"] == evidence.nonce
