"""An error in the pool, found in time: two people, public difference and reason, 24 hours anew."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles import lottery
from circles.applying import applications, standing
from circles.drawing import corrections, declarations, draws, freezing, records, values
from circles.models import Call, Draw, DrawResult, PoolCorrection, Review, ReviewReason
from foundation.accounts.models import Role
from foundation.effects import work
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import ROOM, dice, proof_of
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("closed_ground")
DAY = dt.timedelta(days=1)
REASON = "Eine Bewerbung war doppelt, eine wurde übersehen."


@pytest.fixture
def declared_pool(frozen, leo, vera):
    """Declared by two people, with a beacon in two days; nothing is thrown."""
    made = declarations.propose(
        frozen, drand_at=frozen.frozen_at + 2 * DAY, by=leo, proof=proof_of(leo)
    )
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    return frozen


@pytest.fixture
def change(declared_pool):
    """(admit, remove): the rejected person comes in, one of the pool goes out."""
    people = declared_pool.call.applications
    return {
        "admit": [people.get(state="rejected").reference],
        "remove": [people.filter(state="qualified").first().reference],
        "reason": REASON,
    }


def propose(draw, change, by):
    return corrections.propose(draw, **change, by=by, proof=proof_of(by))


@pytest.mark.req("R120")
@pytest.mark.req("R121")
def test_two_people_correct_the_pool_in_public(client, declared_pool, change, leo, vera):
    draw = declared_pool
    old, frozen_at = bytes(draw.pool_txt), draw.frozen_at
    came = draw.call.applications.get(reference=change["admit"][0])
    went = draw.call.applications.get(reference=change["remove"][0])
    correction = propose(draw, change, leo)
    assert bytes(Draw.objects.get().pool_txt) == old, "a proposal changes nothing"
    with pytest.raises(corrections.NotCorrectable, match="second person"):
        corrections.confirm(correction, seen=correction.digest, by=leo, proof=proof_of(leo))
    draw = corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))

    pool = lottery.Pool.from_bytes(bytes(draw.pool_txt))
    assert came.ticket in pool.tickets and went.ticket not in pool.tickets
    rejected = lottery.Rejected.from_bytes(bytes(draw.rejected_txt), "rejected.txt")
    assert dict(zip(rejected.tickets, rejected.notes, strict=True)) == {went.ticket: "correction"}
    assert draw.frozen_at >= frozen_at
    assert declarations.in_force(draw) is None
    files = draws.published_files(draw)
    assert files["pool-1.txt"] == old and files["pool.txt"] == bytes(draw.pool_txt)
    assert b"version 1\n" in files["declaration-1.txt"] and "declaration.txt" not in files
    page = client.get(
        reverse("draw_page", args=[draw.call.draw_id]), headers={"accept-language": "en"}
    ).content.decode()
    assert REASON in page and came.ticket in page and went.ticket in page
    assert went.name not in page


def test_after_a_correction_a_day_passes_and_the_new_version_draws(
    declared_pool, change, leo, vera, tmp_path
):
    correction = propose(declared_pool, change, leo)
    draw = corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))
    with pytest.raises(declarations.CannotDeclare, match="24 hours"):
        declarations.propose(
            draw, drand_at=draw.frozen_at + DAY - DAY / 24, by=leo, proof=proof_of(leo)
        )
    made = declarations.propose(
        draw, drand_at=draw.frozen_at + DAY + DAY / 24, by=leo, proof=proof_of(leo)
    )
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    told = lottery.Declaration.from_bytes(bytes(made.declaration_txt))
    assert (told.version, told.pool) == (2, draw.pool_sha256)
    mails = OutgoingMail.objects.filter(kind="draw_declared", key__contains="-2-")
    assert mails.count() == draw.qualified + draw.rejected


def test_once_dice_are_agreed_nothing_is_corrected(declared_pool, change, leo, vera):
    draw = declared_pool
    correction = propose(draw, change, leo)
    declaration = declarations.in_force(draw)
    ahead = declaration.cut_off_at - dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    Call.objects.filter(pk=draw.call_id).update(clock_ahead=ahead)
    records.write(draw, **ROOM, began_at=declaration.cut_off_at, by=leo)
    thrown = dice()
    for person in (leo, vera):
        values.enter(declaration, thrown, by=person)
    with pytest.raises(corrections.NotCorrectable, match="Nothing is corrected any more"):
        corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))
    with pytest.raises(corrections.NotCorrectable, match="Nothing is corrected any more"):
        propose(draw, change, leo)


def test_once_the_beacon_may_be_out_nothing_is_corrected(declared_pool, change, leo):
    declaration = declarations.in_force(declared_pool)
    ahead = declaration.cut_off_at - dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    Call.objects.filter(pk=declared_pool.call_id).update(clock_ahead=ahead)
    with pytest.raises(corrections.NotCorrectable, match="Nothing is corrected any more"):
        propose(declared_pool, change, leo)


def test_wrong_numbers_are_named(declared_pool, leo):
    change = {"admit": ["GIBT-ESNICHT"], "remove": [], "reason": REASON}
    with pytest.raises(corrections.NotCorrectable, match="GIBT-ESNICHT"):
        propose(declared_pool, change, leo)
    with pytest.raises(corrections.NotCorrectable, match="come in or go out"):
        propose(declared_pool, {**change, "admit": []}, leo)


def test_too_few_for_a_draw_are_not_left(declared_pool, leo, vera):
    people = declared_pool.call.applications.filter(state="qualified")[:2]
    change = {"admit": [], "remove": [each.reference for each in people], "reason": REASON}
    correction = propose(declared_pool, change, leo)
    with pytest.raises(corrections.NotCorrectable, match="Too few"):
        corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))
    assert declared_pool.call.applications.filter(state="qualified").count() == 7


def test_the_database_takes_no_other_change_of_a_pool(declared_pool, change, leo, vera):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Draw.objects.filter(pk=declared_pool.pk).update(pool_txt=b"")
    correction = propose(declared_pool, change, leo)
    draw = corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(pool_txt=b"")
    with pytest.raises(IntegrityError, match="decided correction"), transaction.atomic():
        PoolCorrection.objects.filter(pk=correction.pk).update(confirmed_at=None, confirmed_by=None)


def test_a_proposal_is_taken_back_by_page(client, declared_pool, change, leo):
    correction = propose(declared_pool, change, leo)
    page = login(client, leo, fresh=True).get(reverse("draw_desk", args=[declared_pool.call_id]))
    assert page.context["own_correction"]
    client.post(reverse("draw_correct_take_back", args=[declared_pool.call_id]))
    correction.refresh_from_db()
    assert correction.withdrawn_at is not None
    assert not DrawResult.objects.exists() and work.drain("draw") == 0


@pytest.mark.req("R120")
def test_the_second_person_confirms_only_the_proposal_that_was_shown(
    client, declared_pool, change, leo, vera
):
    first = propose(declared_pool, change, leo)
    desk = reverse("draw_desk", args=[declared_pool.call_id])
    shown = login(client, vera, fresh=True).get(desk).context["correction_form"].initial
    corrections.take_back(first, by=leo)
    second = propose(declared_pool, {**change, "admit": []}, leo)
    confirm = reverse("draw_correct_confirm", args=[declared_pool.call_id])
    for posted in ({}, shown, {**shown, "correction": second.pk}):
        page = client.post(confirm, posted, headers={"accept-language": "en"})
        assert page.status_code == 200
        assert "The proposal has changed. Look at it once more." in page.content.decode()
        assert page.context["correction"] == second, "it is shown anew"
    second.refresh_from_db()
    assert second.confirmed_at is None
    shown = client.get(desk).context["correction_form"].initial
    assert client.post(confirm, shown).status_code == 302
    second.refresh_from_db()
    assert second.confirmed_by == vera


@pytest.mark.req("R121")
def test_those_whom_a_correction_moves_hear_of_it_and_nobody_is_told_falsehoods(
    client, declared_pool, change, leo, vera
):
    draw = declared_pool
    came = draw.call.applications.get(reference=change["admit"][0])
    went = draw.call.applications.get(reference=change["remove"][0])
    left = draw.call.applications.filter(state="qualified").last()
    applications.withdraw(left, by=left.user)
    correction = propose(draw, change, leo)
    draw = corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))

    told = {mail.to: mail for mail in OutgoingMail.objects.filter(kind="pool_corrected")}
    assert set(told) == {came.email, went.email}
    assert "ist herausgenommen" in told[went.email].body
    assert REASON in told[went.email].body and draw.call.contact in told[went.email].body
    assert "ist jetzt darin" in told[came.email].body
    assert corrections.differences(draw) == [
        (correction, [came.ticket], sorted([went.ticket, left.ticket]))
    ]
    went.refresh_from_db()
    assert standing.of(went).title == "taken out of the draw pool"
    page = client.get(
        reverse("draw_page", args=[draw.call.draw_id]), headers={"accept-language": "en"}
    ).content.decode()
    assert "Version 1 is no longer in force: the pool was corrected." in page
    assert "no value was agreed" not in page and left.ticket in page

    at = draw.frozen_at + DAY + DAY / 24
    made = declarations.propose(draw, drand_at=at, by=leo, proof=proof_of(leo))
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    body = OutgoingMail.objects.get(key__contains="-2-", to=went.email, kind="draw_declared").body
    assert "durch eine Berichtigung herausgenommen" in body and "zugelassen" not in body


def test_a_removed_ticket_is_always_called_a_correction(declared_pool, change, leo, vera):
    """Also when somebody found a criterion unmet before."""
    criterion = declared_pool.call.criteria.first()
    went = declared_pool.call.applications.get(reference=change["remove"][0])
    finding = Review.objects.create(
        application=went, qualified=False, reviewer=make_user("Ria", Role.REVIEWER, factor=True)
    )
    ReviewReason.objects.create(review=finding, criterion=criterion, reason="wohnt woanders")
    correction = propose(declared_pool, change, leo)
    draw = corrections.confirm(correction, seen=correction.digest, by=vera, proof=proof_of(vera))
    assert freezing.refusals(draw) == [("correction", 1)]


def test_the_pool_waits_for_letters_or_for_the_word_that_all_are_typed(closed_call, leo):
    with pytest.raises(freezing.NotReady, match="letters that came in time may be typed"):
        freezing.freeze(closed_call, by=leo, proof=proof_of(leo))
    Call.objects.filter(pk=closed_call.pk).update(
        closes_at=timezone.now() - applications.TYPED_WITHIN,
        opens_at=timezone.now() - dt.timedelta(days=20),
    )
    assert freezing.freeze(closed_call, by=leo, proof=proof_of(leo)).qualified == 7
