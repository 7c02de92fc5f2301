"""Pages around the directory of actors: imports, merging, the yearly question, asking experts."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation.mail.models import OutgoingMail
from partnerships.directory import checkups, directory, expert_invitations, imports, merging
from partnerships.models import Actor, ActorCheckup, ActorContact, DirectoryImport, Municipality
from tests.browser.places import MAIN_FORM, Place, at, of
from tests.browser.scene import Scene

# actor_similar is a piece of a page that the form for entries loads.
NO_PAGES = """
actor_csv actor_similar directory_import_confirm directory_import_discard checkup_accept
checkup_decline checkup_confirm checkup_correct checkup_remove checkup_enter expert_answer
expert_enter actor_part actor_invite_withdraw
"""
TABLE = "Name;Kind;Website\nWerk am Fluss (Demo);sme;\nOhne Art (Demo);unbekannt;kein-netz\n"
KEPT, DROPPED, ASKED = "Zwillingshof (Demo)", "Zwillingshof e. V. (Demo)", "Gartenhof (Demo)"


def prepare(people) -> None:
    """Three imports, two merged entries, a question that is open and one answered, an expert."""
    otto = people["otto"]
    names = ("neu.csv", "im-gang.csv", "fertig.csv")
    _new, running, done = [imports.upload(TABLE.encode(), name=name, by=otto) for name in names]
    for batch in (running, done):
        imports.confirm(batch, by=otto)
    with transaction.atomic():
        imports.carry_out(done, 0, by=otto)
    merging.merge(_listed(KEPT), _listed(DROPPED), by=otto)
    _listed("Zwillingshof Süd (Demo)")
    _ask(_listed("Werkstatt Ost (Demo)"))
    answered = ActorCheckup.objects.latest("pk")
    checkups.propose(answered, {"name": "Werkstatt West (Demo)", "website": "https://example.org"})
    _ask(_listed(ASKED))
    expert_invitations.invite(
        _listed(ASKED), email="ada@example.org", purpose="event", occasion="Roundtable (Demo)",
        reply_by=timezone.localdate() + dt.timedelta(days=9), by=otto,
    )  # fmt: skip


def places() -> list[Place]:
    correction = f"form[action='{reverse('checkup_correct')}']"
    return [
        at("directory_import", who="otto"),
        at("directory_import:wrong", who="otto", sends=MAIN_FORM),
        of("directory_import_preview", lambda s: [_batch("neu.csv")], who="otto"),
        of("directory_import_preview:running", lambda s: [_batch("im-gang.csv")], who="otto"),
        of("directory_import_preview:done", lambda s: [_batch("fertig.csv")], who="otto"),
        of("directory_import_undo", lambda s: [_batch("fertig.csv")], who="otto"),
        at("checkup_list", who="otto"),
        Place("checkup", _door("actor_checkup", "checkup_enter")),
        Place(
            "checkup:wrong", _door("actor_checkup", "checkup_enter"), sends=correction,
            fills={"name": ""},
        ),
        Place("expert", _door("expert_invitation", "expert_enter")),
        of("actor:merged", _kept, who="otto"),
        of("actor_merge", _kept, who="otto"),
        Place("actor_merge:plan", _plan, who="otto"),
        of("actor_invite", _asked, who="otto"),
        of("actor_invite:wrong", _asked, who="otto", sends=MAIN_FORM),
        of("actor_edit", _asked, who="otto"),
        Place(
            "actor_edit:wrong", lambda s: reverse("actor_edit", args=_asked(s)), who="otto",
            sends=MAIN_FORM, fills={"name": ""},
        ),
    ]  # fmt: skip


def _listed(name: str) -> Actor:
    found = Actor.objects.filter(name=name).first()
    return found or directory.list_actor(
        name, kind="sme", sector="business", is_fictional=True, by=None,
        municipality=Municipality.objects.get(slug="lindenau-am-see"),
    )  # fmt: skip


def _ask(actor: Actor) -> None:
    checkups.set_contact(actor, "hof@example.org", by=None)
    contact = ActorContact.objects.get(actor=actor)
    ActorContact.objects.filter(pk=contact.pk).update(next_check_on=timezone.localdate())
    checkups.ask(contact.pk)


def _door(kind: str, route: str):
    """The address behind the secret link of the newest mail of this kind."""

    def find(scene: Scene) -> str:
        mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
        token = re.search(r"/akteure/(?:angaben|anfrage)/([\w-]+)/", mail.body)[1]
        return reverse(route, args=[token])

    return find


def _batch(name: str) -> int:
    return DirectoryImport.objects.get(file__name=name).pk


def _kept(scene: Scene) -> list[str]:
    return [Actor.objects.get(name=KEPT).slug]


def _plan(scene: Scene) -> str:
    other = Actor.objects.get(name="Zwillingshof Süd (Demo)")
    return reverse("actor_merge", args=_kept(scene)) + f"?other={other.slug}"


def _asked(scene: Scene) -> list[str]:
    return [Actor.objects.get(name=ASKED).slug]
