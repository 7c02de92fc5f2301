"""From the closed pool to the seats: two people, one draw, a result that anybody can recompute."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from circles import clock, deadlines, lottery
from circles.applying import applications
from circles.drawing import declarations, drand, draws, freezing, minutes, records, tickets, values
from circles.models import AgreedValue, Call, DrawResult, Offer, Seat, ValueEntry
from circles.seating import offers
from foundation import states
from foundation.documents import files
from foundation.documents.verification import verify
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import DAY, ROOM, dice, proof_of
from tests.circles.factories import (
    close_call,
    make_application,
    make_call,
    move_session,
    pass_on,
    qualify,
)
from tests.circles.los1_vector import SIGNATURE

pytestmark = pytest.mark.usefixtures("closed_ground")
ROOT = Path(__file__).parents[2]


@pytest.mark.req("R120")
def test_the_pool_is_all_qualified_applications_and_only_these(frozen):
    pool = lottery.Pool.from_bytes(bytes(frozen.pool_txt))
    qualified = frozen.call.applications.filter(state="qualified").values_list("ticket", flat=True)
    assert pool.tickets == tuple(sorted(qualified))
    rejected = lottery.Rejected.from_bytes(bytes(frozen.rejected_txt), "rejected.txt")
    assert rejected.notes == ("wohnort",)
    assert (frozen.received, frozen.qualified, frozen.rejected, frozen.withdrawn) == (8, 7, 1, 0)


def test_the_freeze_waits_for_the_deadline(otto, leo):
    call = make_call(otto)
    with pytest.raises(freezing.NotReady, match="People can apply until"):
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))


def test_the_freeze_waits_for_every_decision(otto, leo):
    call = make_call(otto)
    make_application(call)
    close_call(call)
    with pytest.raises(freezing.NotReady) as refusal:
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    assert refusal.value.code == "not-ready"


def test_two_people_declare(frozen, leo):
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    with pytest.raises(declarations.CannotDeclare, match="second person"):
        declarations.confirm(declaration, by=leo, proof=proof_of(leo))
    with pytest.raises(IntegrityError, match="declaration_two_people"), transaction.atomic():
        type(declaration).objects.filter(pk=declaration.pk).update(
            confirmed_by=leo, confirmed_at=timezone.now()
        )


def test_everybody_who_applied_gets_the_fingerprint_by_mail(declared):
    mails = OutgoingMail.objects.filter(kind="draw_declared")
    assert mails.count() == 8
    assert all(declared.sha256 in mail.body for mail in mails)


def test_a_round_comes_at_least_a_day_after_the_freeze(frozen, leo):
    with pytest.raises(declarations.CannotDeclare, match="24 hours"):
        declarations.propose(
            frozen,
            drand_at=frozen.frozen_at + DAY - dt.timedelta(minutes=1),
            by=leo,
            proof=proof_of(leo),
        )


def test_dice_with_a_wrong_count_are_refused_with_the_next_step(declared, leo):
    with pytest.raises(values.EntryRefused, match="You typed 3 dice, 20 are declared"):
        values.enter(declared, "123", by=leo)


def test_one_person_cannot_type_twice(declared, leo):
    thrown = dice()
    assert values.enter(declared, thrown, by=leo) is None
    with pytest.raises(values.EntryRefused, match="second person"):
        values.enter(declared, thrown, by=leo)


def test_differing_entries_stay_logged_and_are_typed_again(declared, leo, vera):
    values.enter(declared, "1" * 20, by=leo)
    with pytest.raises(values.EntriesDiffer):
        values.enter(declared, "2" * 20, by=vera)
    assert ValueEntry.objects.count() == 2
    agreed = values.enter(declared, "1" * 20, by=vera)
    assert agreed.digits == "1" * 20
    assert ValueEntry.objects.count() == 3


def test_agreed_dice_cannot_be_changed(thrown, leo):
    with pytest.raises(values.EntryRefused, match="cannot be changed"):
        values.enter(thrown, dice(), by=leo)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AgreedValue.objects.update(digits="1" * 20)


def test_dice_before_the_day_is_over_are_refused_even_by_the_database(frozen, leo, vera):
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    with pytest.raises(values.EntryRefused, match="24 hours"):
        values.enter(declaration, dice(), by=leo)
    move_session(frozen.call, frozen.frozen_at)
    with pytest.raises(IntegrityError, match="value-in-time"), transaction.atomic():
        ValueEntry.objects.create(declaration=declaration, entered_by=leo, digits=dice())


def test_after_the_cut_off_the_declaration_lapses_and_a_new_one_follows(frozen, leo, vera):
    round_time = frozen.frozen_at + DAY + dt.timedelta(hours=1)
    first = declarations.propose(frozen, drand_at=round_time, by=leo, proof=proof_of(leo))
    declarations.confirm(first, by=vera, proof=proof_of(vera))
    records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)
    Call.objects.filter(pk=frozen.call_id).update(
        clock_ahead=first.cut_off_at - timezone.now() + dt.timedelta(seconds=1)
    )
    first = type(first).objects.get(pk=first.pk)
    with pytest.raises(values.EntryRefused, match="cut-off"):
        values.enter(first, dice(), by=leo)
    with pytest.raises(IntegrityError, match="cut-off has passed"), transaction.atomic():
        ValueEntry.objects.create(declaration=first, entered_by=leo, digits=dice())
    assert deadlines.keep_draw_deadlines() == 1
    first.refresh_from_db()
    assert first.lapsed_at is not None
    again = clock.now_for(Call.objects.get(pk=frozen.call_id)) + dt.timedelta(minutes=11)
    second = declarations.propose(frozen, drand_at=again, by=leo, proof=proof_of(leo))
    assert second.version == 2
    with pytest.raises(declarations.CannotDeclare, match="in force"):
        declarations.propose(frozen, drand_at=again, by=leo, proof=proof_of(leo))


def test_a_beacon_counts_only_with_its_signature(frozen, leo, vera, monkeypatch):
    at = frozen.frozen_at + DAY + dt.timedelta(hours=1)
    declaration = declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    with pytest.raises(values.BeaconRefused, match="not appeared yet"):
        values.store_beacon(declaration, SIGNATURE, by=leo)
    after = drand.time_of(declaration.drand_round) - timezone.now() + dt.timedelta(seconds=5)
    Call.objects.filter(pk=frozen.call_id).update(clock_ahead=after)
    declaration = type(declaration).objects.get(pk=declaration.pk)
    with pytest.raises(values.BeaconRefused, match="96 characters"):
        values.store_beacon(declaration, "abc", by=leo)
    with pytest.raises(values.BeaconRefused, match="does not belong"):
        values.store_beacon(declaration, SIGNATURE, by=leo)


def test_nothing_is_drawn_without_the_dice(declared, leo):
    with pytest.raises(draws.NotDrawable, match="same dice"):
        draws.request_draw(declared.draw, by=leo, proof=proof_of(leo))
    with pytest.raises(IntegrityError, match="dice are not agreed"), transaction.atomic():
        DrawResult.objects.create(
            draw=declared.draw,
            declaration=declared,
            seed_txt=b"",
            seed_sha256="",
            result_txt=b"",
            result_sha256="",
            software="",
        )


@pytest.mark.req("R119", "R121")
def test_the_draw_follows_from_the_published_files_alone(drawn, tmp_path):
    for name, data in draws.published_files(drawn.draw).items():
        (tmp_path / name).write_bytes(data)
    for script in ("circles/lottery.py", "static/los1/los1_verify.py"):
        done = subprocess.run(
            [sys.executable, str(ROOT / script), str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == f"result sha256 {drawn.result_sha256}"
    assert drawn.draw.call.meeting.body.slug == "div"


def test_there_is_one_draw_however_often_it_is_asked_for(drawn, leo):
    again = draws.run(drawn.draw_id)
    assert again == drawn
    draws.request_draw(drawn.draw, by=leo, proof=proof_of(leo))
    assert work.drain("draw") == 0
    assert DrawResult.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawResult.objects.create(
            draw=drawn.draw,
            declaration=drawn.declaration,
            seed_txt=b"",
            seed_sha256="",
            result_txt=b"",
            result_sha256="",
            software="",
        )


def test_a_worker_killed_in_the_draw_leaves_nothing_and_the_next_one_draws(thrown, leo):
    draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
    assert work._claim("draw") is not None  # counted and committed; then the worker dies
    assert DrawResult.objects.count() == 0
    Effect.objects.filter(kind=draws.DRAW_EFFECT).update(due_at=timezone.now() - DAY)
    assert work.drain("draw") == 1
    assert DrawResult.objects.count() == 1


@pytest.mark.parametrize("table", ["drawresult", "draw", "place", "declaration"])
def test_what_was_drawn_takes_no_delete(drawn, table):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM circles_{table}")


def test_the_first_five_of_the_order_are_offered_the_seats(drawn):
    order = lottery.Result.from_bytes(bytes(drawn.result_txt)).order
    offered = Offer.objects.filter(draw=drawn.draw).order_by("place")
    assert [offer.application.ticket for offer in offered] == list(order[:5])
    assert [offer.seat.number for offer in offered] == [11, 12, 13, 14, 15]
    assert OutgoingMail.objects.filter(kind="offer").count() == 5


def _offer(drawn, place):
    return Offer.objects.get(draw=drawn.draw, place=place)


def test_accepting_takes_the_seat(drawn):
    offer = _offer(drawn, 1)
    offers.answer(offer, accept=True, name_is_public=True, by=offer.application.user)
    seat = Seat.objects.get(pk=offer.seat_id)
    assert (seat.state, seat.holder, seat.name_is_public) == ("taken", offer.application.user, True)
    with pytest.raises(offers.OfferClosed, match="answered already"):
        offers.answer(offer, accept=False, by=offer.application.user)


def test_the_next_in_the_order_moves_up_when_somebody_declines(drawn, otto, leo):
    offers.answer(_offer(drawn, 2), accept=False, by=_offer(drawn, 2).application.user)
    pass_on(drawn.draw.call, otto, leo)
    sixth = _offer(drawn, 6)
    assert (sixth.state, sixth.seat.number) == ("open", 12)
    assert b" decline " in draws.published_files(drawn.draw)["events.txt"]


def test_silence_moves_the_seat_on_when_the_time_is_over(drawn, otto, leo):
    Call.objects.filter(pk=drawn.draw.call_id).update(clock_ahead=dt.timedelta(days=20))
    assert deadlines.keep_draw_deadlines() == 5
    assert deadlines.keep_draw_deadlines() == 0
    pass_on(drawn.draw.call, otto, leo)
    states = list(Offer.objects.order_by("place").values_list("place", "state"))
    assert states == [(n, "expired") for n in range(1, 6)] + [(6, "open"), (7, "open")]
    assert Seat.objects.filter(kind="lot", state="free").count() == 3


@pytest.mark.req("R119")
def test_a_lot_seat_is_taken_only_through_an_accepted_offer(drawn, otto):
    offer = _offer(drawn, 3)
    with pytest.raises(IntegrityError, match="seat-by-lot"), transaction.atomic():
        states.advance(offer.seat, Seat.State.TAKEN, by=otto, taken_at=timezone.now())


def test_somebody_who_withdrew_after_the_freeze_is_skipped(thrown, leo):
    order = lottery.draw(
        lottery.Pool.from_bytes(bytes(thrown.draw.pool_txt)),
        lottery.Declaration.from_bytes(bytes(thrown.declaration_txt)),
        draws.seed_of(thrown),
        None,
        lottery.Rejected.from_bytes(bytes(thrown.draw.rejected_txt), "rejected.txt"),
    ).order
    first = thrown.draw.call.applications.get(ticket=order[0])
    applications.withdraw(first, by=first.user)
    draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
    work.drain("draw")
    offered = Offer.objects.order_by("place").values_list("application__ticket", flat=True)
    assert list(offered) == list(order[1:6])


def test_no_more_applications_than_seats_need_no_draw(otto, rita, leo):
    call = make_call(otto)
    for _ in range(3):
        qualify(make_application(call), otto, rita)
    draw = freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))
    call.refresh_from_db()
    assert call.state == "all_admitted"
    assert draw.offers.count() == 3
    assert not draw.declarations.exists()


def test_the_minutes_are_sealed_and_name_no_applicant(drawn):
    release = minutes.issue(drawn.draw_id)
    assert minutes.issue(drawn.draw_id) == release
    pdf = files.read(release.file)
    assert verify(pdf).verdict == "valid-test"
    assert release.number == "LOS-demo-test"


def test_a_ticket_in_the_receipt_is_the_ticket_in_the_pool(frozen):
    for application in frozen.call.applications.filter(state="qualified"):
        made = tickets.ticket(frozen.call.draw_id, application.nonce, application.identity)
        assert made == application.ticket
        assert made.encode() in bytes(frozen.pool_txt)


def test_with_dice_only_four_people_throw_before_two_witnesses(frozen, leo, vera):
    declaration = declarations.propose(frozen, drand_at=None, by=leo, proof=proof_of(leo))
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    with pytest.raises(records.RecordIncomplete, match="at least four people"):
        records.write(frozen, **{**ROOM, "throwers": ["Eine"]}, began_at=timezone.now(), by=leo)


def test_somebody_who_applied_on_paper_can_be_offered_a_seat(otto, rita, leo):
    call = make_call(otto, draw_id="demo-paper")
    answers = dict.fromkeys(call.criteria.values_list("pk", flat=True), True)
    paper = applications.enter_on_paper(call, name="Paula Papier", answers=answers, by=otto)
    qualify(paper, otto, rita)
    draw = freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))
    offer = draw.offers.get()
    letter = OutgoingMail.objects.get(kind="offer")
    assert (offer.application, letter.to, letter.state) == (paper, "", "held")
    offers.answer(offer, accept=True, by=paper.user)
    assert Seat.objects.get(pk=offer.seat_id).state == "taken"
