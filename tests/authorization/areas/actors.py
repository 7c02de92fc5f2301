"""Entries of the directory: one that only the office and its city's partners may see."""

import datetime as dt
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.mail.models import OutgoingMail
from partnerships.directory import checkups, directory, expert_invitations, imports, merging
from partnerships.models import Actor, ActorCheckup, ActorContact
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
        "answered question": {"pk": _answered(world).pk},
        "open question": _asked(world),
        "invited expert": _invited(world),
        "merged actor": _merged(world),
    }


def tokens():
    """What the link holder has in the session."""
    return {"checkup_token": _token("actor_checkup"), "expert_token": _token("expert_invitation")}


def _token(kind):
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return re.search(r"/akteure/(?:angaben|anfrage)/([\w-]+)/", mail.body)[1]


def _entry(world, name):
    actor = directory.list_actor(
        name, kind="sme", sector="business", municipality=world.cities.bielefeld, by=None
    )
    checkups.set_contact(actor, canaries.ACTOR_CONTACT, by=None)
    ActorContact.objects.filter(actor=actor).update(next_check_on=timezone.localdate())
    checkups.ask_all()
    return actor


def _answered(world):
    found = ActorCheckup.objects.get(actor=_entry(world, "Gartenhof Eins"))
    checkups.propose(found, {"name": "Gartenhof Zwei"})
    return found


def _asked(world):
    _entry(world, "Gartenhof Drei")
    return {"token": _token("actor_checkup")}


def _invited(world):
    actor = world.cities.actor
    made = expert_invitations.invite(
        actor,
        email=canaries.ACTOR_CONTACT,
        purpose="event",
        occasion="Treffen",
        reply_by=timezone.localdate() + dt.timedelta(days=9),
        by=world.people["office"],
    )
    return {"slug": actor.slug, "pk": made.pk, "token": _token("expert_invitation")}


def _merged(world):
    pair = [
        directory.list_actor(name, kind="sme", sector="business", by=None)
        for name in ("Zwilling Eins", "Zwilling Zwei")
    ]
    made = merging.merge(*pair, by=world.people["office"])
    return {"slug": pair[0].slug, "pk": made.pk}


def _import(world):
    return imports.upload(TABLE, name="a.csv", by=world.people["office"])


def _finished(world):
    batch, office = _import(world), world.people["office"]
    imports.confirm(batch, by=office)
    imports.carry_out(batch, 0, by=office)
    return batch


def _table(world, place):
    return {"table": SimpleUploadedFile("a.csv", TABLE)}


PLAIN = {
    "actor_edit": NEW,
    "actor_merge": {"other": "zwilling-eins"},
    "actor_invite": {
        "email": "ada@example.org", "language": "de", "purpose": "event", "occasion": "Treffen",
        "reply_by": "2090-01-01",
    },
    "checkup_correct": {"name": "Gartenhof Vier"},
    "expert_answer": {"answer": "yes"},
}  # fmt: skip
DEPENDENT = {"directory_import": _table}
