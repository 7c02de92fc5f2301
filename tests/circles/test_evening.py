"""Around the draw: stamp, invitation, readiness, script, rehearsal, and what an auditor opens."""

import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.urls import reverse

from circles import lottery
from circles.applying import erasure
from circles.drawing import declarations, fingerprints, readiness, rehearsals, samples
from circles.models import AuditSample, Call, DrawResult, FingerprintStamp, TrialDraw
from formats.sittings import invitations
from foundation.accounts.models import Role
from foundation.audit.models import Entry, Sighting
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.circles.factories import move_session
from tests.conftest import login, make_user
from tests.foundation.documents.conftest import authority_made_once, service, stamper  # noqa: F401

pytestmark = pytest.mark.usefixtures("closed_ground")
DICE = "16253416253416253412"


@pytest.fixture
def aurel(db):
    return make_user("Aurel", Role.AUDITOR, factor=True)


def confirmed(frozen, leo, vera):
    made = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    made.refresh_from_db()
    return made


@pytest.mark.req("R121")
def test_the_fingerprint_stands_in_the_invitation_and_on_the_session(
    client, frozen, leo, vera, otto
):
    declaration = confirmed(frozen, leo, vera)
    meeting = frozen.call.meeting
    make_user("Dora", Role.DIV_MEMBER)
    page = client.get(reverse("meeting", args=[meeting.year, meeting.ordinal])).content.decode()
    assert declaration.sha256 in page
    item = meeting.agenda_items.get(subject_type="circles.call")
    assert item.note.get("en") == f"Fingerprint, version 1: {declaration.sha256}"
    assert item.note.get("de") == f"Fingerabdruck, Fassung 1: {declaration.sha256}"


def test_without_an_authority_nothing_is_stamped(settings, frozen, leo, vera):
    assert settings.TSA_URL == ""
    declaration = confirmed(frozen, leo, vera)
    assert fingerprints.stamp_of(declaration) is None


@pytest.mark.req("R121")
def test_the_fingerprint_is_stamped_and_the_stamp_checked_when_shown(
    client,
    service,  # noqa: F811
    authority_made_once,  # noqa: F811
    frozen,
    leo,
    vera,
):
    with override_settings(SEAL_DIR=authority_made_once):
        service.away = True
        declaration = confirmed(frozen, leo, vera)
        with pytest.raises(Exception, match="time stamping service"):
            fingerprints.stamp(declaration.pk)
        assert not FingerprintStamp.objects.exists()
        service.away = False
        fingerprints.stamp(declaration.pk)
        fingerprints.stamp(declaration.pk)
        declaration.refresh_from_db()
        proof = fingerprints.stamp_of(declaration)
        assert proof.valid
        assert abs(proof.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
        page = client.get(
            reverse("draw_page", args=[frozen.call.draw_id]), headers={"accept-language": "en"}
        ).content.decode()
        assert "Time stamp, checked just now:" in page
        got = client.get(reverse("draw_file", args=[frozen.call.draw_id, "declaration.tsr"]))
        assert got["Content-Type"] == "application/timestamp-reply"
        assert got.content == bytes(declaration.stamp.token)
        declaration.declaration_txt = bytes(declaration.declaration_txt).replace(
            b"seats 5", b"seats 4"
        )
        assert not fingerprints.stamp_of(declaration).valid, "other bytes than were stamped"


def test_what_is_missing_is_said_in_sentences(client, frozen, leo, vera, otto):
    call = frozen.call
    move_session(call, frozen.frozen_at + dt.timedelta(days=22))
    call = Call.objects.get(pk=call.pk)
    assert "Propose the declaration; nothing can be drawn without it." in readiness.missing(call)
    confirmed(frozen, leo, vera)
    found = readiness.missing(call)
    assert "Invite to the session; the fingerprint stands in the invitation." in found
    assert "8 mails or letters with the fingerprint have not left. Look into the outbox." in found
    assert "Nobody has rehearsed yet. It takes ten minutes." in found
    invitations.invite(call.meeting, by=otto)
    OutgoingMail.objects.filter(kind="draw_declared").update(printed_at=dt.datetime.now(dt.UTC))
    rehearsals.rehearse(call, DICE, DICE, by=leo)
    left = readiness.missing(Call.objects.get(pk=call.pk))
    assert left == ["The worker shows no sign of life. Call the people who run the portal."]
    page = login(client, leo).get(reverse("draw_ready", args=[call.pk]))
    assert page.context["open"] == 1


def test_a_cut_off_before_the_session_is_told(frozen, leo, vera):
    soon = frozen.frozen_at + dt.timedelta(days=1, minutes=1)
    made = declarations.propose(frozen, drand_at=soon, by=leo, proof=proof_of(leo))
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    sentence = "The cut-off lies before the session. Declare a later beacon."
    move_session(frozen.call, frozen.frozen_at + dt.timedelta(days=22))
    assert sentence in readiness.missing(Call.objects.get(pk=frozen.call_id))


def test_the_script_has_the_fingerprint_to_read_out(client, frozen, leo, vera):
    declaration = confirmed(frozen, leo, vera)
    address = reverse("draw_script", args=[frozen.call_id])
    page = login(client, leo).get(address, headers={"accept-language": "en"}).content.decode()
    assert all(declaration.sha256[at : at + 8] in page for at in range(0, 64, 8))
    assert "7 people were admitted. 5 of them are drawn now." in page


@pytest.mark.req("R121")
def test_a_rehearsal_counts_nowhere(client, frozen, leo, tmp_path):
    call = frozen.call
    trial = rehearsals.rehearse(call, "1625 3416 2534 1625 3412", DICE, by=leo)
    assert not DrawResult.objects.exists()
    assert not Entry.objects.filter(verb="draw.done").exists()
    real = {one.ticket for one in call.applications.all()}
    assert not real & set(lottery.Pool.from_bytes(bytes(trial.pool_txt)).tickets)
    packed = zipfile.ZipFile(io.BytesIO(rehearsals.files_of(trial)))
    packed.extractall(tmp_path)
    seats = [f"seat {n} {ticket}" for n, ticket in enumerate(rehearsals.seats_of(trial), start=1)]
    assert lottery.verdict(tmp_path, None)[:5] == seats
    assert b"draw probe-1-demo-test\n" in bytes(trial.declaration_txt)
    public = client.get(reverse("draw_list")).content.decode()
    assert "probe-" not in public
    page = login(client, leo).get(reverse("draw_trial", args=[call.pk])).content.decode()
    assert "PROBE" in page


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (DICE, DICE[::-1], "differ"),
        ("123", "123", "takes 20 dice"),
        ("7" * 20, "7" * 20, "digits 1 to 6"),
    ],
)
def test_a_rehearsal_with_wrong_dice_says_so(closed_call, leo, first, second, sentence):
    with pytest.raises(rehearsals.NoRehearsal, match=sentence):
        rehearsals.rehearse(closed_call, first, second, by=leo)
    assert not TrialDraw.objects.exists()


@pytest.mark.req("R121")
def test_an_auditor_opens_tickets_that_nobody_could_choose(client, drawn, aurel):
    draw = drawn.draw
    sample = samples.draw_sample(draw, 3, by=aurel)
    result = lottery.Result.from_bytes(bytes(drawn.result_txt))
    opened = samples.open_sample(sample, by=aurel)
    assert [one.ticket for one in opened] == samples.chosen(result, 1, 3)
    assert all(one.fits for one in opened)
    for one in opened:
        nonce = draw.call.applications.get(ticket=one.ticket).nonce
        text = f"los1 ticket\n{draw.call.draw_id}\n{nonce}\n{one.identity}\n"
        assert hashlib.sha256(text.encode()).hexdigest()[:40] == one.ticket
    looked = Sighting.objects.filter(purpose=samples.PURPOSE)
    assert looked.count() == 4, "the draw and three people"
    shown = login(client, aurel).get(reverse("draw_sample", args=[draw.call.draw_id, 1]))
    assert opened[-1].identity in shown.content.decode()
    assert nonce not in shown.content.decode()
    second = samples.draw_sample(draw, 1, by=aurel)
    assert samples.chosen(result, second.number, 3) != samples.chosen(result, 1, 3)
    page = client.get(
        reverse("draw_page", args=[draw.call.draw_id]), headers={"accept-language": "en"}
    ).content.decode()
    assert "The auditors had 4 tickets opened to the people behind them." in page
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditSample.objects.filter(pk=sample.pk).update(size=1)


def test_an_erased_person_is_not_opened_any_more(drawn, aurel):
    sample = samples.draw_sample(drawn.draw, 1, by=aurel)
    (one,) = samples.open_sample(sample, by=aurel)
    person = drawn.draw.call.applications.get(ticket=one.ticket)
    erasure.erase(person, by=person.user)
    (again,) = samples.open_sample(sample, by=aurel)
    assert (again.name, again.identity, again.is_erased) == ("", "", True)


def test_no_sample_before_the_draw_and_none_that_is_too_large(frozen, drawn, aurel):
    with pytest.raises(samples.NoSample, match="from 1 to 4"):
        samples.draw_sample(drawn.draw, 5, by=aurel)


@pytest.mark.req("R121")
def test_repeated_samples_never_open_the_whole_pool(drawn, aurel):
    for _ in range(2):
        samples.draw_sample(drawn.draw, 2, by=aurel)
    with pytest.raises(samples.NoSample, match="opened already"):
        samples.draw_sample(drawn.draw, 1, by=aurel)
    with pytest.raises(IntegrityError, match="samples-below-ceiling"), transaction.atomic():
        AuditSample.objects.create(draw=drawn.draw, number=3, size=1, drawn_by=aurel)


def test_a_ghost_without_application_shows(drawn, aurel):
    """A ticket that somebody smuggled into the pool has nobody behind it."""
    sample = samples.draw_sample(drawn.draw, 4, by=aurel)
    ticket = samples.open_sample(sample, by=aurel)[0].ticket
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE circles_application SET nonce = %s WHERE ticket = %s", ["0" * 32, ticket]
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    assert [one.ticket for one in samples.open_sample(sample, by=aurel) if not one.fits] == [ticket]
