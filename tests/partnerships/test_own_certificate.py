"""Signing with a certificate of one's own: reserved, brought back, checked, and then it counts."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pyhanko.sign.signers import SimpleSigner

from foundation.documents import external, files, muster
from foundation.documents.models import StoredFile
from foundation.documents.verification import verify
from foundation.mail.models import OutgoingMail
from partnerships.course import phases
from partnerships.models import Evidence, Reservation
from partnerships.signing import reservations, signatures
from partnerships.signing.signature_fields import field_of
from partnerships.views.agreement import page_of
from partnerships.wording import agreements, versions
from tests.conftest import login, player
from tests.foundation.documents.test_external import signed
from tests.partnerships import factories
from tests.partnerships.factories import digests_of, proof_of, signer
from tests.partnerships.test_kinds_of_evidence import place_of

pytestmark = pytest.mark.usefixtures("seal", "issued_ground")


@pytest.fixture(scope="module")
def issued_ground(draft_ground):
    """Really rendered, with an empty field for each signatory."""
    factories.issued(draft_ground, *map(player, ("Otto", "Bruno", "Paula")))


@pytest.fixture
def issued(draft):
    return draft


def certificate(name, **how):
    packed = muster.make_signer(name, b"geheim", directory=settings.SEAL_DIR, **how)
    return SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"geheim")


def current(agreement) -> bytes:
    return files.read(versions.newest_edition(agreement).release.file)


@pytest.mark.req("R8")
def test_the_signed_file_becomes_the_one_that_the_others_sign(issued, bruno, do_work):
    berta = place_of(issued, 1)
    held = reservations.reserve(issued, berta, by=bruno)
    uploaded = signed(current(issued), certificate("MUSTER Berta Beispiel"), field_of(berta))
    shown = digests_of(issued)
    evidence = reservations.bring_back(held, uploaded, by=bruno)
    assert (evidence.kind, evidence.factor) == ("external", "")
    assert evidence.get_kind_display() == "signed with own certificate"
    assert "MUSTER Berta Beispiel" in evidence.certificate_name
    assert current(issued) == uploaded
    assert Reservation.objects.get().state == "used"

    tuomas = signer(issued, 2)
    with pytest.raises(signatures.VersionChanged):
        signatures.sign(issued, **shown, proof=proof_of(tuomas), by=tuomas)
    signatures.sign(issued, **digests_of(issued), proof=proof_of(tuomas), by=tuomas)
    do_work()
    issued.refresh_from_db()
    assert issued.state == "concluded"
    assert current(issued).startswith(uploaded)
    verdict = verify(current(issued))
    assert verdict.verdict == "valid-test"
    assert [each["kind"] for each in verdict.evidence] == ["external", "click"]


def test_a_refused_file_is_not_kept_and_says_why(issued, bruno):
    berta, tuomas = place_of(issued, 1), place_of(issued, 2)
    held = reservations.reserve(issued, berta, by=bruno)
    kept = StoredFile.objects.count()
    right = certificate("MUSTER Berta Beispiel")
    file = current(issued)
    long_ago = timezone.now() - dt.timedelta(days=400)
    expired = certificate("MUSTER Alt", starts=long_ago, days=30)
    for uploaded, code in (
        (b"kein PDF", "not-a-pdf"),
        (file, "not-signed"),
        (signed(file, right, field_of(tuomas)), "another-field"),
        (signed(file, expired, field_of(berta)), "certificate-expired"),
        (file.replace(b"%PDF-1.7", b"%PDF-1.6", 1), "rewritten"),
    ):
        with pytest.raises(external.NotAccepted) as refusal:
            reservations.bring_back(held, uploaded, by=bruno)
        assert (refusal.value.code, bool(refusal.value.message)) == (code, True)
    assert StoredFile.objects.count() == kept
    assert not Evidence.objects.exists()
    assert Reservation.objects.get().state == "held"


def test_one_place_at_a_time_and_signing_by_click_goes_on(issued, bruno, paula):
    berta, tuomas = place_of(issued, 1), place_of(issued, 2)
    held = reservations.reserve(issued, berta, by=bruno)
    assert reservations.reserve(issued, berta, by=bruno) == held
    with pytest.raises(reservations.HeldByOthers):
        reservations.reserve(issued, tuomas, by=paula)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Reservation.objects.create(
            version=held.version, signatory=tuomas, edition=held.edition, reserved_by=paula,
            until=held.until,
        )  # fmt: skip
    reservations.give_back(held, by=bruno)
    reservations.reserve(issued, tuomas, by=paula)
    # Whoever signs by click does not hold the file any longer.
    user = signer(issued, 2)
    signatures.sign(issued, **digests_of(issued), proof=proof_of(user), by=user)
    version = versions.standing_version(issued)
    assert reservations.held_of(version) is None
    with pytest.raises(signatures.CannotSign):
        reservations.reserve(issued, tuomas, by=paula)


def test_after_seven_days_others_may_take_it(issued, bruno, paula, do_work, monkeypatch):
    held = reservations.reserve(issued, place_of(issued, 1), by=bruno)
    assert dt.timedelta(days=6.9) < held.until - timezone.now() <= dt.timedelta(days=7)
    reservations.lapse(held)
    assert Reservation.objects.get().state == "held"
    reservations.give_back(held, by=bruno)

    monkeypatch.setattr(reservations, "TIME_TO_BRING_BACK", dt.timedelta(seconds=-1))
    held = reservations.reserve(issued, place_of(issued, 1), by=bruno)
    with pytest.raises(reservations.NotHeld):
        reservations.bring_back(held, b"zu spaet", by=bruno)
    do_work()
    told = OutgoingMail.objects.filter(kind="agreement_lapsed")
    assert sorted(told.values_list("to", flat=True)) == ["berta@example.org", "bruno@example.org"]
    monkeypatch.undo()
    reservations.reserve(issued, place_of(issued, 2), by=paula)
    states = Reservation.objects.values_list("state", flat=True)
    assert list(states) == ["released", "lapsed", "held"]


@pytest.mark.req("R8")
def test_one_certificate_does_not_sign_for_other_people(issued, otto):
    for position in (1, 2):
        place = place_of(issued, position)
        held = reservations.reserve(issued, place, by=otto)
        uploaded = signed(current(issued), certificate("MUSTER Otto Office"), field_of(place))
        with pytest.raises(reservations.OtherPersonsCertificate, match=place.name):
            reservations.bring_back(held, uploaded, by=otto)
        reservations.give_back(held, by=otto)
    assert not Evidence.objects.exists()


@pytest.mark.req("R8")
def test_titles_accents_and_the_order_of_names_do_not_matter(issued, otto):
    place = place_of(issued, 2)
    assert signer(issued, 2) == place.user
    held = reservations.reserve(issued, place, by=otto)
    right = certificate("MUSTER Dr. BEISPIEL, Túomas")
    reservations.bring_back(held, signed(current(issued), right, field_of(place)), by=otto)
    assert Evidence.objects.get().pdf_sha256 == digests_of(issued)["pdf_sha256"]


def test_what_the_certificate_says_of_a_person_is_not_public(
    issued, sides, otto, bruno, paula, do_work
):
    place, tuomas = place_of(issued, 1), signer(issued, 2)
    held = reservations.reserve(issued, place, by=otto)
    own = certificate("MUSTER Berta Beispiel PNO-4711")
    reservations.bring_back(held, signed(current(issued), own, field_of(place)), by=otto)
    signatures.sign(issued, **digests_of(issued), proof=proof_of(tuomas), by=tuomas)
    do_work()
    for party, user in zip(sides, (bruno, paula), strict=True):
        agreements.agree_to_publication(issued, party, by=user)
    phases.publish_partnership(issued.partnership, by=otto)
    page = page_of(issued)
    stranger, partner = Client().get(page), login(Client(), paula).get(page)
    assert stranger.status_code == 200
    assert "PNO-4711" in partner.content.decode()
    assert "PNO-4711" not in stranger.content.decode()
