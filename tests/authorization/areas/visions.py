"""A vision that was adopted and then set aside, and one that was set aside as a draft."""

from formats.weighing import visions
from tests.circles import factories
from tests.formats.factories import make_vision, text


def places(world):
    office = world.people["office"]
    public = factories.make_adopted_vision(office, title="Zurück")
    inside = make_vision(office, title="Verworfen")
    for each in (public, inside):
        visions.set_aside(each, reason=text("Kein Geld"), by=office)
    return {
        "vision set aside": {"slug": public.slug},
        "draft set aside": {"slug": inside.slug},
    }


PLAIN: dict[str, dict[str, object]] = {
    "vision_set_aside": {"reason_de": "Kein Geld"},
    "vision_take_up": {},
}
DEPENDENT: dict[str, object] = {}
