"""Before and after the evening of a draw: a rehearsal held, a sample opened."""

from circles.drawing import corrections, freezing, motions, rehearsals, samples
from circles.models import Application, Call, Draw, DrawMotion, PoolCorrection
from tests.circles.factories import close_call, make_application, qualify
from tests.partnerships.factories import proof_of

PLAIN: dict[str, dict[str, object]] = {
    "draw_trial": {"first": "1" * 20, "second": "1" * 20},
    "draw_samples": {"size": "1"},
    "draw_fetch": {},
    "draw_correct_take_back": {},
    "draw_motion": {"reason": "Zu wenige", "reference": ""},
    "draw_annul": {
        "reason": "Der Topf war falsch",
        "authority": "VG Minden",
        "file_reference": "2 K 1/26",
    },
    "draw_motion_take_back": {},
    "draw_give_up": {},
    "draw_fallback": {"value": "3 7 19 22 38 49 5"},
}
DEPENDENT: dict[str, object] = {
    "draw_correct_confirm": lambda world, place: shown_correction(place["call_id"]),
    "draw_motion_carry": lambda world, place: shown_motion(place["call_id"]),
    "draw_correct": lambda world, place: {
        "remove": one_of(place["call_id"]), "reason": "Doppelt", "admit": "",
    },
}  # fmt: skip


def shown_correction(call_id) -> dict[str, object]:
    """What the page of the second person carries back."""
    proposal = PoolCorrection.objects.filter(draw__call=call_id).first()
    return {"correction": proposal.pk, "seen": proposal.digest} if proposal else {}


def shown_motion(call_id) -> dict[str, object]:
    """What the page of the second person carries back."""
    waiting = DrawMotion.objects.filter(draw__call=call_id).first()
    return {"motion": waiting.pk} if waiting else {}


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
        **_motion(world),
        "opened sample": {**drawn, "number": 1},
        "unknown sample": {**drawn, "number": 99},
        "held rehearsal": {**frozen, "number": 1},
        "unknown rehearsal": {**frozen, "number": 99},
    }


def _closed_pool(world, draw_id):
    """A closed pool of three people; (its place, its draw)."""
    circles = world.circles
    call = circles._call(draw_id, days=20, seats=1, draw_id=draw_id)
    for number in (1, 2, 3):
        made = make_application(call, email=f"{draw_id}{number}@example.org")
        qualify(made, *circles.reviewers)
    close_call(call)
    draw = freezing.freeze(call, all_typed=True, by=circles.leo, proof=proof_of(circles.leo))
    return {"slug": call.circle.slug, "call_id": call.pk, "draw_id": call.draw_id}, draw


def _correction(world):
    """A draw whose officer wants to take one of three people out; the chair may confirm."""
    place, draw = _closed_pool(world, "demo-berichtigung")
    officer = world.circles.leo
    corrections.propose(
        draw, admit=[], remove=[one_of(place["call_id"])], reason="Doppelt", by=officer,
        proof=proof_of(officer),
    )  # fmt: skip
    return {"call with a correction": place}


def _motion(world):
    """A closed pool that its officer wants to withdraw; the chair may confirm."""
    place, draw = _closed_pool(world, "demo-antrag")
    officer = world.circles.leo
    motions.propose(
        draw, kind=motions.Kind.WITHDRAW, reason="Zu wenige", by=officer, proof=proof_of(officer)
    )
    return {"call with a motion": place}
