"""Entries of the directory: one that only the office and its city's partners may see."""

from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships import checkups, directory, imports
from partnerships.models import Actor
from tests.authorization import canaries

NEW = {"name": "Neue Werkstatt am Fluss", "kind": "sme", "sector": "business", "is_another": "on"}
TABLE = b"Name;Kind\nWerk am Fluss;sme\n"


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
    return {
        "hidden actor": {"slug": hidden.slug},
        "import": {"pk": _import(world).pk},
        "finished import": {"pk": _finished(world).pk},
    }


def _import(world):
    return imports.upload(TABLE, name="a.csv", by=world.people["office"])


def _finished(world):
    batch, office = _import(world), world.people["office"]
    imports.confirm(batch, by=office)
    imports.carry_out(batch, 0, by=office)
    return batch


def _table(world, place):
    return {"table": SimpleUploadedFile("a.csv", TABLE)}


PLAIN = {"actor_edit": NEW}
DEPENDENT = {"directory_import": _table}
