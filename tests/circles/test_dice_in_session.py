"""With dice only a draw rests on the room: nothing before the session, no other pool after it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.drawing import corrections, declarations, records, simulation, values
from circles.models import Call, Declaration, DrawRecord, ValueEntry
from formats.models import Meeting
from foundation import states
from tests.circles.conftest import DAY, ROOM, dice, proof_of
from tests.circles.factories import move_session

pytestmark = pytest.mark.usefixtures("english", "closed_ground")


def propose(draw, by, drand_at):
    return declarations.propose(draw, drand_at=drand_at, by=by, proof=proof_of(by))


def move(draw, ahead):
    Call.objects.filter(pk=draw.call_id).update(clock_ahead=ahead)


@pytest.mark.req("R121")
def test_with_dice_only_room_and_dice_wait_for_the_session(frozen, leo, vera):
    meeting = frozen.call.meeting
    move_session(frozen.call, frozen.frozen_at + 3 * DAY)
    declaration = propose(frozen, leo, None)
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    room = {**ROOM, "began_at": timezone.now()}

    def refused(told):
        with pytest.raises(records.RecordIncomplete, match=told):
            records.write(frozen, **room, by=leo)
        with pytest.raises(IntegrityError, match="dice-in-session"), transaction.atomic():
            DrawRecord.objects.create(declaration=declaration, **room, written_by=leo)
        with pytest.raises(values.EntryRefused, match=told):
            values.enter(declaration, dice(), by=leo)
        with pytest.raises(IntegrityError, match="dice-in-session"), transaction.atomic():
            ValueEntry.objects.create(declaration=declaration, entered_by=leo, digits=dice())

    move(frozen, 1.1 * DAY)
    refused("only in the public session, which begins on")
    move(frozen, 4 * DAY)
    declaration.refresh_from_db()
    states.advance(meeting, Meeting.State.CANCELLED, by=leo)
    refused("The session is cancelled")


def test_with_a_beacon_the_room_may_be_on_record_earlier(frozen, leo, vera):
    move_session(frozen.call, frozen.frozen_at + 3 * DAY)
    declaration = propose(frozen, leo, frozen.frozen_at + 3 * DAY)
    declarations.confirm(declaration, by=vera, proof=proof_of(vera))
    assert records.write(frozen, **ROOM, began_at=timezone.now(), by=leo)


@pytest.mark.req("R121")
def test_with_dice_only_nothing_is_corrected_once_the_room_is_on_record(declared, leo, vera):
    draw = declared.draw
    out = draw.call.applications.filter(state="qualified").first().reference
    assert not corrections.is_possible(draw.call, draw)
    with pytest.raises(corrections.NotCorrectable, match="Nothing is corrected any more"):
        corrections.propose(
            draw, admit=[], remove=[out], reason="Doppelt", by=leo, proof=proof_of(leo)
        )
    with pytest.raises(IntegrityError, match="pool-before-dice"), transaction.atomic():
        Declaration.objects.filter(pk=declared.pk).update(lapsed_at=timezone.now())


def test_the_simulated_clock_reaches_the_session(frozen, leo, vera, settings):
    settings.DEMO = True
    move_session(frozen.call, frozen.frozen_at + 6 * DAY)
    declarations.confirm(propose(frozen, leo, None), by=vera, proof=proof_of(vera))
    simulation.move_clock(frozen.call, by=leo)
    call = Call.objects.get(pk=frozen.call_id)
    assert records.session_missing(call) == ""
