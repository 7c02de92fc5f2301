"""What could bend a draw: each way was found open once, and stays closed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles import lottery
from circles.applying import applications
from circles.calling import calls
from circles.drawing import declarations, drand, draws, freezing, records, values
from circles.drawing.succession import Events, seats_after
from circles.forms.call import CallForm
from circles.models import (
    AgreedValue,
    Beacon,
    Call,
    Declaration,
    Draw,
    DrawEvent,
    DrawRecord,
    Nomination,
    Offer,
    Seat,
    ValueEntry,
)
from circles.seating import nominations, offers
from formats.models import Meeting
from foundation.effects import work
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import DAY, ROOM, dice, proof_of
from tests.circles.factories import close_call, make_application, make_call, pass_on, qualify
from tests.circles.los1_vector import SIGNATURE
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("closed_ground")
MINUTE = dt.timedelta(minutes=1)


def move(draw: Draw, ahead: dt.timedelta) -> Draw:
    """The draw with its call's clock `ahead` of today's."""
    Call.objects.filter(pk=draw.call_id).update(clock_ahead=ahead)
    return Draw.objects.get(pk=draw.pk)


@pytest.fixture
def lapsed(frozen, leo, vera):
    """Version 1 with a round, confirmed, its cut-off passed without a value."""
    at = frozen.frozen_at + DAY + dt.timedelta(hours=1)
    first = declarations.propose(frozen, drand_at=at, by=leo, proof=proof_of(leo))
    declarations.confirm(first, by=vera, proof=proof_of(vera))
    draw = move(frozen, first.cut_off_at - timezone.now() + MINUTE)
    assert declarations.lapse_overdue(draw) == first
    return draw


def propose(draw, leo, drand_at):
    return declarations.propose(draw, drand_at=drand_at, by=leo, proof=proof_of(leo))


# 1


def test_after_a_lapse_dice_alone_are_refused(lapsed, leo):
    with pytest.raises(declarations.CannotDeclare) as refusal:
        propose(lapsed, leo, None)
    assert refusal.value.code == "round-needed"
    with pytest.raises(IntegrityError, match="declaration-in-time"), transaction.atomic():
        Declaration.objects.create(
            draw=lapsed, version=2, declaration_txt=b"", sha256="0" * 64, dice_count=20,
            proposed_by=leo,
        )  # fmt: skip


def test_confirming_a_later_version_keeps_its_ten_minutes(lapsed, leo, vera):
    now = timezone.now() + lapsed.call.clock_ahead
    second = propose(lapsed, leo, now + 11 * MINUTE)
    move(lapsed, lapsed.call.clock_ahead + 3 * MINUTE)
    second = Declaration.objects.get(pk=second.pk)
    with pytest.raises(declarations.CannotDeclare) as refusal:
        declarations.confirm(second, by=vera, proof=proof_of(vera))
    assert refusal.value.code == "too-late"
    moment = timezone.now() + second.draw.call.clock_ahead
    with pytest.raises(IntegrityError, match="round is too close"), transaction.atomic():
        Declaration.objects.filter(pk=second.pk).update(confirmed_by=vera, confirmed_at=moment)
    with pytest.raises(IntegrityError, match="not at another time"), transaction.atomic():
        Declaration.objects.filter(pk=second.pk).update(
            confirmed_by=vera, confirmed_at=moment - 5 * MINUTE
        )


def test_the_first_version_may_be_confirmed_until_its_cut_off(frozen, leo, vera):
    at = frozen.frozen_at + DAY
    first = propose(frozen, leo, at)
    move(frozen, at - timezone.now() - MINUTE)
    first = Declaration.objects.get(pk=first.pk)
    declarations.confirm(first, by=vera, proof=proof_of(vera))
    assert first.confirmed_at < first.cut_off_at


# 2


def test_no_room_is_on_record_before_a_declaration(frozen, leo):
    with pytest.raises(records.RecordIncomplete) as refusal:
        records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)
    assert refusal.value.code == "not-declared"


def test_an_early_record_with_two_people_counts_for_nothing(client, frozen, leo, otto):
    desk = login(client, otto, fresh=True)
    address = reverse("draw_record", args=[frozen.call_id])
    data = {"chair": "Vera", "minute_taker": "Otto", "throwers": "Eine", "witnesses": "Ina"}
    assert desk.post(address, data).status_code == 200
    assert not DrawRecord.objects.exists()
    declaration = propose(frozen, leo, None)
    assert desk.post(address, data).status_code == 200
    assert not DrawRecord.objects.filter(declaration=declaration).exists()


def test_the_database_knows_four_throwers_and_two_witnesses(declared, leo):
    other = {"chair": "V", "minute_taker": "O", "began_at": timezone.now(), "written_by": leo}
    for people in (
        {"throwers": ["A", "B", "C", "c "], "witnesses": ["I", "U"]},
        {"throwers": ["A", "B", "C", "D"], "witnesses": ["I", "i"]},
        {"throwers": ["A", "B", "C", "D"], "witnesses": ["I", "d"]},
    ):
        with pytest.raises(IntegrityError, match="room-as-declared"), transaction.atomic():
            DrawRecord.objects.create(declaration=declared, **people, **other)


def test_the_room_of_a_lapsed_session_is_not_the_room_of_the_next(lapsed, leo, vera):
    second = propose(lapsed, leo, timezone.now() + lapsed.call.clock_ahead + 2 * DAY)
    declarations.confirm(second, by=vera, proof=proof_of(vera))
    with pytest.raises(values.EntryRefused, match="who is in the room"):
        values.enter(second, dice(), by=leo)
    with pytest.raises(IntegrityError, match="value-in-room"), transaction.atomic():
        ValueEntry.objects.create(declaration=second, entered_by=leo, digits=dice())
    records.write(lapsed, **ROOM, began_at=timezone.now(), by=leo)
    assert values.enter(second, dice(), by=leo) is None


def test_with_dice_only_the_room_is_written_down_a_day_later(frozen, leo, vera):
    declaration = propose(frozen, leo, None)
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    with pytest.raises(records.RecordIncomplete, match="24 hours"):
        records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)


# 5


def _first_of(thrown):
    """The application that the lot will put first, and how many stand behind it."""
    order = lottery.draw(
        lottery.Pool.from_bytes(bytes(thrown.draw.pool_txt)),
        lottery.Declaration.from_bytes(bytes(thrown.declaration_txt)),
        draws.seed_of(thrown),
        None,
        lottery.Rejected.from_bytes(bytes(thrown.draw.rejected_txt), "rejected.txt"),
    ).order
    return thrown.draw.call.applications.get(ticket=order[0]), order


def _draw(thrown, leo):
    draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
    assert work.drain("draw") == 1


def _nominate(thrown, application, otto):
    seat = thrown.draw.call.circle.seats.get(number=6)
    return nominations.nominate(
        seat, name=application.name, email=application.email, body="Fachkreis",
        nominated_on=timezone.localdate(), reason="Weiß viel.", match="Passt.", by=otto,
    )  # fmt: skip


def test_an_offer_of_the_office_does_not_knock_out_the_drawn(thrown, leo, otto):
    first, _order = _first_of(thrown)
    nomination = _nominate(thrown, first, otto)
    _draw(thrown, leo)
    assert Offer.objects.get(place=1).application == first
    assert not DrawEvent.objects.exists()
    nomination.refresh_from_db()
    assert nomination.state == Nomination.State.WITHDRAWN
    assert Seat.objects.get(pk=nomination.seat_id).state == "free"
    assert OutgoingMail.objects.get(kind="seat_gave_way").to == first.email


def test_who_took_another_seat_is_passed_over_and_the_log_says_so(thrown, leo, otto):
    first, order = _first_of(thrown)
    nominations.accept(_nominate(thrown, first, otto), name_is_public=False, by=first.user)
    _draw(thrown, leo)
    event = DrawEvent.objects.get()
    assert (event.kind, event.ticket, event.reason) == ("ineligible", order[0], "already-seated")
    assert _offered() == set(order[1:6])


def test_the_database_takes_no_untrue_ineligibility(drawn):
    other = drawn.draw.places.get(number=7).ticket
    with pytest.raises(IntegrityError, match="event-is-true"), transaction.atomic():
        DrawEvent.objects.create(draw=drawn.draw, n=1, kind="ineligible", ticket=other)


def _offered():
    """Tickets of the people who hold or were offered a seat."""
    live = Offer.objects.filter(state__in=["open", "accepted"])
    return set(live.values_list("application__ticket", flat=True))


def _by_the_files(draw):
    """Who sits according to the published files alone."""
    files = draws.published_files(draw)
    result = lottery.Result.from_bytes(files["result.txt"])
    return set(seats_after(result, draw.seats, Events.from_bytes(files["events.txt"])).seated)


# 6


@pytest.fixture
def two_seats(otto, rita):
    """Six qualified people for two of the five seats by lot."""
    call = make_call(otto, draw_id="demo-two", seats=2)
    for _ in range(6):
        qualify(make_application(call), otto, rita)
    return close_call(call)


def _drawn(call, leo, vera):
    draw = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    declaration = propose(draw, leo, None)
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    draw = move(draw, DAY + MINUTE)
    records.write(draw, **ROOM, began_at=timezone.now(), by=leo)
    thrown = dice()
    for person in (leo, vera):
        values.enter(Declaration.objects.get(pk=declaration.pk), thrown, by=person)
    return draws.run(draw.pk)


def test_no_more_people_are_seated_than_were_drawn_for(two_seats, leo, vera, otto):
    result = _drawn(two_seats, leo, vera)
    assert Offer.objects.count() == 2
    first = Offer.objects.get(place=1)
    offers.answer(first, accept=False, by=first.application.user)
    assert offers.offer_free_seats(result.draw) == []
    pass_on(two_seats, otto, leo)
    second = Offer.objects.get(place=2)
    offers.answer(second, accept=True, by=second.application.user)
    assert offers.offer_free_seats(result.draw) == []
    assert set(Offer.objects.values_list("place", "state")) == {
        (1, "declined"), (2, "accepted"), (3, "open"),
    }  # fmt: skip
    assert _offered() == _by_the_files(result.draw)
    spare = Seat.objects.get(circle=two_seats.circle_id, number=15)
    with pytest.raises(IntegrityError, match="offer-within-seats"), transaction.atomic():
        Offer.objects.create(
            draw=result.draw, seat=spare, place=4, token_digest="x", answer_by=timezone.now(),
            application=result.draw.places.get(number=4).application,
        )  # fmt: skip


# 7


def test_the_files_alone_name_the_seats_also_after_an_early_withdrawal(thrown, leo, otto):
    first, order = _first_of(thrown)
    applications.withdraw(first, by=first.user)
    _draw(thrown, leo)
    event = DrawEvent.objects.get()
    first.refresh_from_db()
    assert (event.kind, event.ticket, event.at) == ("withdraw", order[0], first.withdrawn_at)
    assert _offered() == _by_the_files(thrown.draw) == set(order[1:6])
    second = Offer.objects.get(application__ticket=order[1])
    offers.answer(second, accept=False, by=second.application.user)
    pass_on(thrown.draw.call, otto, leo)
    assert _offered() == _by_the_files(thrown.draw) == set(order[2:7])


# 8


def test_a_criterion_gets_a_code_that_the_files_can_carry(otto):
    call = make_call(otto, opened=False)
    form = CallForm(Meeting.objects.none(), None)
    form.cleaned_data = {f"criterion_{n}_{each}": "" for n in range(1, 7) for each in ("de", "en")}
    form.cleaned_data |= {"criterion_1_de": "Nord_Ost?", "criterion_2_de": "Nord Ost"}
    assert [code for code, _question in form.criteria()] == ["nord-ost", "nord-ost-2"]
    calls.set_criteria(call, form.criteria(), by=otto)
    with pytest.raises(IntegrityError, match="criterion_code_form"), transaction.atomic():
        call.criteria.filter(position=1).update(code="nord_ost")


def test_the_freeze_reads_its_own_files_before_it_stores_them(closed_call, leo, monkeypatch):
    whole = freezing._rejected

    def spoiled(call):
        rejected = whole(call)
        return lottery.Rejected(rejected.draw, rejected.tickets, ("nord_ost",))

    monkeypatch.setattr(freezing, "_rejected", spoiled)
    with pytest.raises(freezing.NotReady) as refusal:
        freezing.freeze(closed_call, all_typed=True, by=leo, proof=proof_of(leo))
    assert refusal.value.code == "unreadable"
    assert not Draw.objects.exists()


# 9


def test_a_taken_seat_keeps_its_holder_and_ticket(drawn, otto):
    offer = Offer.objects.get(place=1)
    offers.answer(offer, accept=True, by=offer.application.user)
    seat = Seat.objects.filter(pk=offer.seat_id)
    for forged in ({"holder": otto}, {"ticket": "f" * 40}):
        with pytest.raises(IntegrityError, match="seat-by-lot"), transaction.atomic():
            seat.update(**forged)
    seat.update(name_is_public=True)
    waiting = Seat.objects.filter(pk=Offer.objects.get(place=2).seat_id)
    with pytest.raises(IntegrityError, match="seat-by-lot"), transaction.atomic():
        waiting.update(holder=otto)


def test_values_bear_the_time_of_their_call(thrown):
    earliest = thrown.draw.frozen_at + DAY
    assert AgreedValue.objects.get().agreed_at > earliest
    assert all(entry.entered_at > earliest for entry in ValueEntry.objects.all())
    assert thrown.record.written_at > earliest


def test_the_database_stamps_values_whatever_is_claimed(declared, leo):
    claimed = timezone.now() - 300 * DAY
    entry = ValueEntry.objects.create(
        declaration=declared, entered_by=leo, digits=dice(), entered_at=claimed
    )
    assert ValueEntry.objects.get(pk=entry.pk).entered_at > declared.draw.frozen_at + DAY


# 18a


def test_the_same_beacon_pasted_twice_is_one_beacon(closed_call, leo, vera):
    draw = Draw.objects.create(
        call=closed_call, frozen_at=dt.datetime(2023, 8, 22, 12, tzinfo=dt.UTC), frozen_by=leo,
        seats=5, received=0, withdrawn=0, qualified=0, rejected=0, pool_txt=b"", pool_sha256="",
    )  # fmt: skip
    declaration = Declaration.objects.create(
        draw=draw, version=1, declaration_txt=b"", sha256="0" * 64, dice_count=0, proposed_by=leo,
        drand_round=1000, cut_off_at=drand.cut_off(1000),
    )  # fmt: skip
    first = values.store_beacon(declaration, SIGNATURE, by=leo)
    assert values.store_beacon(declaration, SIGNATURE, by=vera) == first
    assert Beacon.objects.count() == 1


# 10


def test_lottery_officer_and_auditor_do_not_read_applications(client, closed_call, leo):
    application = closed_call.applications.first()
    desk = login(client, leo, fresh=True)
    for route, args in (
        ("application_list", [closed_call.pk]),
        ("application_review", [closed_call.pk, application.reference]),
    ):
        assert desk.get(reverse(route, args=args)).status_code == 403
    assert not type(application).objects.visible_to(leo).exists()
