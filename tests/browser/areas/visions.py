"""A vision that was adopted and then set aside, and the page that asks for the reason."""

from __future__ import annotations

from formats.models import Vision
from formats.weighing import visions
from foundation.accounts.models import User
from tests.browser.places import MAIN_FORM, Place, of
from tests.browser.scene import Scene
from tests.circles.factories import make_adopted_vision
from tests.formats.factories import text

NO_PAGES = "vision_take_up"


def prepare(people: dict[str, User]) -> None:
    office = people["otto"]
    vision = make_adopted_vision(office, title="Zurückgestellte Vision")
    visions.set_aside(vision, reason=text("Kein Geld", "No money"), by=office)


def places() -> list[Place]:
    return [
        of("vision:set_aside", _aside),
        of("vision:taken_up", _aside, who="otto"),
        of("vision_set_aside", _adopted, who="otto"),
        of("vision_set_aside:wrong", _adopted, who="otto", sends=MAIN_FORM),
    ]


def _aside(scene: Scene) -> list[str]:
    return [Vision.objects.get(state=Vision.State.SET_ASIDE).slug]


def _adopted(scene: Scene) -> list[str]:
    return [scene.drawn.circle.work_order.vision.slug]
