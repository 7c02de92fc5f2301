"""The evening of a draw: readiness, script, rehearsal; and what auditors open afterwards."""

from __future__ import annotations

from circles.drawing import rehearsals, samples
from circles.models import Call, Draw
from foundation.accounts.models import Role
from tests.browser.places import MAIN_FORM, Place, of
from tests.conftest import make_user

NO_PAGES = """draw_trial_file draw_fetch draw_give_up draw_fallback draw_correct_confirm
draw_correct_take_back draw_motion_carry draw_motion_take_back"""
DICE = "16253416253416253412"


def prepare(people) -> None:
    people["aurel"] = make_user("Aurelia", Role.AUDITOR, factor=True)
    draw = Draw.objects.get(call__draw_id="demo-offene-sensordaten")
    samples.draw_sample(draw, 3, by=people["aurel"])
    rehearsals.rehearse(Call.objects.get(draw_id="demo-declare"), DICE, DICE, by=people["leo"])


def places() -> list[Place]:
    return [
        of("draw_ready", _dice, who="leo"),
        of("draw_ready:early", _declare, who="leo"),
        of("draw_script", _dice, who="vera"),
        of("draw_script:early", _declare, who="leo"),
        of("draw_trial", _declare, who="leo"),
        of("draw_trial:first", _dice, who="leo"),
        of("draw_trial:wrong", _declare, who="leo", sends=MAIN_FORM),
        of("draw_correct", _declare, who="leo"),
        of("draw_correct:wrong", _declare, who="leo", sends=MAIN_FORM),
        of("draw_motion", _declare, who="leo"),
        of("draw_motion:drawn", lambda scene: [scene.drawn.pk], who="leo"),
        of("draw_motion:wrong", _declare, who="leo", sends=MAIN_FORM),
        of("draw_annul", lambda scene: [scene.drawn.pk], who="leo"),
        of("draw_annul:wrong", lambda scene: [scene.drawn.pk], who="leo", sends=MAIN_FORM),
        of("draw_samples", lambda scene: [scene.drawn.draw_id], who="aurel"),
        of("draw_samples:early", lambda scene: ["demo-dice"], who="aurel"),
        of("draw_sample", lambda scene: [scene.drawn.draw_id, 1], who="aurel"),
    ]


def _dice(scene) -> list:
    return [scene.steps["dice"].pk]


def _declare(scene) -> list:
    return [scene.steps["declare"].pk]
