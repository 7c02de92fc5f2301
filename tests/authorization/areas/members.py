"""A member of the D.I.V. whose membership may end."""

from formats.models import Membership


def places(world):
    return {"membership": {"pk": Membership.objects.get(body=world.circles.body).pk}}


PLAIN: dict[str, dict[str, object]] = {"member_end": {}}
DEPENDENT: dict[str, object] = {}
