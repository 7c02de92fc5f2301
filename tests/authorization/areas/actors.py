"""Entries of the directory: one that only the office and its city's partners may see."""

from partnerships import checkups, directory
from partnerships.models import Actor
from tests.authorization import canaries

NEW = {"name": "Neue Werkstatt am Fluss", "kind": "sme", "sector": "business", "is_another": "on"}


def places(world):
    hidden = directory.list_actor(
        canaries.HIDDEN_ACTOR,
        kind=Actor.Kind.ASSOCIATION,
        sector=Actor.Sector.CIVIL_SOCIETY,
        municipality=world.cities.bielefeld,
        is_published=False,
        by=None,
    )
    checkups.set_contact(hidden, canaries.ACTOR_CONTACT, by=None)
    return {"hidden actor": {"slug": hidden.slug}}


PLAIN = {"actor_edit": NEW}
DEPENDENT = {}
