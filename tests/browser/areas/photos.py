"""Pages of photos: all of one partnership, a new one, other words for one."""

from __future__ import annotations

from config.demo import waves
from foundation.accounts.models import User
from partnerships.deeds import photos
from partnerships.models import Partnership
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene
from tests.partnerships.factories import both

NO_PAGES = """
photo photo_put
"""
PAIR, BARE = "lindenau-jaervikoski", "bielefeld-tampere"


def prepare(people: dict[str, User]) -> None:
    """A project with a photo, and a lab whose photo was taken down."""
    pair = Partnership.objects.get(slug=PAIR)
    for place in (pair.projects.order_by("pk")[0], pair.labs.order_by("pk")[0]):
        made = photos.bring(
            place,
            waves.painted(),
            alt=both("Gezeichnete Wellen", "Drawn waves"),
            credit="gezeichnet (Demo)",
            by=people["otto"],
        )
    photos.take_down(made, by=people["otto"])


def places() -> list[Place]:
    return [
        at("photo_list", PAIR, who="otto"),
        at("photo_list:empty", BARE, who="otto"),
        at("photo_new", PAIR, who="otto"),
        at("photo_new:wrong", PAIR, who="otto", sends=MAIN_FORM),
        of("photo_edit", _photo, who="otto"),
    ]


def _photo(scene: Scene) -> list:
    return [PAIR, Partnership.objects.get(slug=PAIR).photos.latest("pk").pk]
