"""Before and after the evening of a draw: a rehearsal held, a sample opened."""

from circles import samples, trials
from circles.models import Call, Draw
from tests.authorization import canaries

PLAIN: dict[str, dict[str, object]] = {
    "draw_trial": {"first": "1" * 20, "second": "1" * 20},
    "draw_samples": {"size": "1"},
    "draw_fetch": {},
    "draw_give_up": {},
    "draw_fallback": {"value": "3 7 19 22 38 49 5"},
}
DEPENDENT: dict[str, object] = {}


def places(world):
    drawn = world.circles.places["drawn call"]
    draw = Draw.objects.get(call_id=drawn["call_id"])
    samples.draw_sample(draw, 1, by=world.people["auditor"])
    frozen = world.circles.places["frozen call"]
    call = Call.objects.get(pk=frozen["call_id"])
    trials.rehearse(call, canaries.DICE, canaries.DICE, by=world.people["lottery officer"])
    return {
        "opened sample": {**drawn, "number": 1},
        "unknown sample": {**drawn, "number": 99},
        "held rehearsal": {**frozen, "number": 1},
        "unknown rehearsal": {**frozen, "number": 99},
    }
