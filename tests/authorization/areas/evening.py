"""Before and after the evening of a draw: a rehearsal held, a sample opened."""

from circles.drawing import corrections, freezing, rehearsals, samples
from circles.models import Application, Call, Draw
from tests.circles.factories import close_call, make_application, qualify
from tests.partnerships.factories import proof_of

PLAIN: dict[str, dict[str, object]] = {
    "draw_trial": {"first": "1" * 20, "second": "1" * 20},
    "draw_samples": {"size": "1"},
    "draw_fetch": {},
    "draw_correct_confirm": {},
    "draw_correct_take_back": {},
    "draw_give_up": {},
    "draw_fallback": {"value": "3 7 19 22 38 49 5"},
}
DEPENDENT: dict[str, object] = {
    "draw_correct": lambda world, place: {
        "remove": one_of(place["call_id"]), "reason": "Doppelt", "admit": "",
    },
}  # fmt: skip


def one_of(call_id) -> str:
    """The reference number of somebody in the pool."""
    return Application.objects.filter(call=call_id, state="qualified").first().reference


def places(world):
    drawn = world.circles.places["drawn call"]
    draw = Draw.objects.get(call_id=drawn["call_id"])
    samples.draw_sample(draw, 1, by=world.people["auditor"])
    frozen = world.circles.places["frozen call"]
    call = Call.objects.get(pk=frozen["call_id"])
    rehearsals.rehearse(call, "1" * 20, "1" * 20, by=world.people["lottery officer"])
    return {
        **_correction(world),
        "opened sample": {**drawn, "number": 1},
        "unknown sample": {**drawn, "number": 99},
        "held rehearsal": {**frozen, "number": 1},
        "unknown rehearsal": {**frozen, "number": 99},
    }


def _correction(world):
    """A draw whose officer wants to take one of three people out; the chair may confirm."""
    circles = world.circles
    call = circles._call("Berichtigung", days=20, seats=1, draw_id="demo-berichtigung")
    for number in (1, 2, 3):
        made = make_application(call, email=f"berichtigung{number}@example.org")
        qualify(made, *circles.reviewers)
    close_call(call)
    draw = freezing.freeze(call, all_typed=True, by=circles.leo, proof=proof_of(circles.leo))
    place = {"slug": call.circle.slug, "call_id": call.pk, "draw_id": call.draw_id}
    corrections.propose(
        draw, admit=[], remove=[one_of(call.pk)], reason="Doppelt", by=circles.leo,
        proof=proof_of(circles.leo),
    )  # fmt: skip
    return {"call with a correction": place}
