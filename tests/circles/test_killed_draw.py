"""A worker killed in the very middle of a draw: nothing is half done, the next one draws once."""

import pytest

from circles import lottery
from circles.drawing import draws
from circles.models import DrawResult, Offer, Place
from foundation.audit.models import Entry
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.worker import locked, until, waits_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.req("R121")
def test_killed_in_the_draw_and_started_again_there_is_exactly_one(thrown, leo, worker):
    with locked("circles_place"):  # the result is written then, its places are not
        draws.request_draw(thrown.draw, by=leo, proof=proof_of(leo))
        worker.start()
        until(lambda: waits_for("circles_place"), "the worker drawing")
        worker.kill()
    assert DrawResult.objects.count() == 0
    thrown.draw.call.refresh_from_db()
    assert thrown.draw.call.state == "frozen"

    worker.start()
    until(DrawResult.objects.exists, "the draw of the second worker")
    effect = Effect.objects.filter(kind=draws.DRAW_EFFECT)
    until(lambda: effect.get().state == "done", "the work being ticked off")

    result = DrawResult.objects.get()
    assert effect.get().attempts == 2
    assert Entry.objects.filter(verb="draw.done").count() == 1
    assert Place.objects.filter(draw=result.draw).count() == 7
    order = lottery.Result.from_bytes(bytes(result.result_txt)).order
    offered = Offer.objects.filter(draw=result.draw).order_by("place")
    assert [offer.application.ticket for offer in offered] == list(order[:5])
    assert OutgoingMail.objects.filter(kind="offer").count() == 5
