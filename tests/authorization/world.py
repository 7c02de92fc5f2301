"""The world of the matrix: people, objects in every state, and what each form would be sent.

It is built once and never committed; every request runs in a savepoint that is taken back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts import invitations, mandates
from foundation.accounts.models import Invitation, Mandate, Role, User
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.authorization import areas, canaries
from tests.authorization.circles import Circles
from tests.authorization.cities import Cities, Places
from tests.authorization.people import People
from tests.conftest import make_user

TOKEN = "ein-token-aus-einer-einladung"
# Reading may write here: sessions, and the log of who looked at whom.
MAY_CHANGE = {"django_session", "audit_sighting"}
READS = (
    "SELECT ",
    "SAVEPOINT ",
    "RELEASE SAVEPOINT ",
    "ROLLBACK TO SAVEPOINT ",
    "SET CONSTRAINTS ",
)
UNKNOWN = {
    "pk": 10**9, "call_id": 10**9, "year": 1999, "ordinal": 9, "position": 99, "signatory": 10**9,
    "submission": 10**9,
    "city": "gibt-es-nicht", "slug": "gibt-es-nicht", "number": "SB-1999-999", "clause": "keine",
    "topic": "keines",
    "reference": "XXXX-XXXX", "signed": "1~gefaelscht", "token": "kein-token", "name": "pool.txt",
    "project": "keines", "lab": "keines", "item": "keines",
    "draw_id": "gibt-es-nicht", "uidb36": "1", "key": "kein-schluessel", "ticket": "0000-0000",
    "language": "xx", "suggestion": 10**9, "code": "KEINCODE", "n": 99,
    "section": "keiner", "said": 10**9, "link": 10**9,
}  # fmt: skip


@dataclasses.dataclass
class World:
    """`places` are the arguments of addresses by state of their object."""

    people: People
    cities: Cities
    circles: Circles
    places: Places

    @property
    def canaries(self) -> dict[str, str]:
        """Planted sentences by name, and the tokens that open doors."""
        tokens = {"offer_token": self.circles.offer_token}
        return canaries.CANARIES | tokens | {"seat_token": self.circles.nomination_token}

    def client(self, role: str, **options: object) -> Client:
        return self.people.client(role, **options)


def build() -> World:
    """Everybody and everything; about three seconds."""
    people = People()
    cities, circles = Cities(people), Circles(people)
    places: Places = {"": {}, "unknown": UNKNOWN} | cities.places | circles.places
    world = World(people, cities, circles, places)
    for area in areas.every():
        places |= area.places(world)
    _write_mails(world)
    _give_roles(world)
    people.let_in()
    _follow_links(world)
    # Else every test would check anew what is deferred here.
    connection.check_constraints()
    return world


def _write_mails(world: World) -> None:
    office = world.people["office"]
    for name, held, secret in (
        ("held mail", True, False),
        ("queued mail", False, False),
        ("failed mail", False, False),
        ("secret mail", False, True),
    ):
        words = canaries.SECRET if secret else canaries.MAIL
        mail = outbox.queue(
            "barrier_report",
            key=name.replace(" ", "-"),
            to=canaries.ADDRESS,
            language="de",
            subject=None,
            context={"number": "1", "problem": words, "page": "", "email": ""},
            hold=held,
            secret=secret,
            by=office,
        )
        world.places[name] = {"pk": mail.pk}
    link = OutgoingMail.objects.filter(kind="offer").first()
    world.places["mail with a link"] = {"pk": link.pk}
    failed = outbox.deliveries_of([OutgoingMail.objects.get(key="failed-mail")])
    failed.update(state=Effect.State.DEAD)
    dead = Effect.objects.create(
        kind="circles.minutes", key="tot", state=Effect.State.DEAD, last_error="voll"
    )
    world.places["dead effect"] = {"pk": dead.pk}


def _give_roles(world: World) -> None:
    people = world.people
    holder = make_user("Henry", Role.DIV_MEMBER)
    User.objects.filter(pk=holder.pk).update(name=canaries.HOLDER)
    world.places["mandate"] = {"pk": Mandate.objects.get(user=holder).pk}
    world.places["person with a factor"] = {"pk": people["reviewer"].pk}
    now = timezone.now()
    invitation = Invitation.objects.create(
        token_digest=invitations.digest_of(TOKEN),
        email=people["invited person"].email,
        role=Role.REVIEWER,
        invited_by=people["administrator"],
        expires_at=now + dt.timedelta(days=7),
    )
    world.places["invitation"] = {"pk": invitation.pk, "token": TOKEN}
    gone = mandates.grant(people["outsider"], Role.DIV_MEMBER, by=None)
    mandates.revoke(gone, by=people["administrator"])
    world.places["mandate that has ended"] = {"pk": gone.pk}


def _follow_links(world: World) -> None:
    """Sessions of people who came by a link from a mail, and a link to a new password."""
    people, digest = world.people, invitations.digest_of(TOKEN)
    outsider = people["outsider"]
    key = default_token_generator.make_token(outsider)
    world.places["reset link"] = {"uidb36": user_pk_to_url_str(outsider), "key": key}
    tokens = {
        "nomination_digest": invitations.digest_of(world.circles.nomination_token),
        "offer_digest": invitations.digest_of(world.circles.offer_token),
    }
    for area in areas.every():
        # Tokens of an area's own links: name in the session -> token.
        tokens |= getattr(area, "tokens", dict)()
    people.keep("link holder", Client(), invitation_digest=digest, **tokens)
    people.keep("invited person", people.client("invited person"), invitation_digest=digest)
    people.keep("other citizen", people.client("other citizen"), invitation_digest=digest)


class Ledger:
    """Which tables this transaction has written since it was last asked."""

    def __init__(self) -> None:
        self._known = self._counted()
        self._only_read = True

    def watch(self, execute, sql, parameters, many, context):
        """Wrapper of every statement: after nothing but questions nothing needs to be counted."""
        self._only_read &= sql.lstrip().startswith(READS)
        return execute(sql, parameters, many, context)

    def written(self) -> set[str]:
        """Tables written since, but for those that reading may write."""
        if self._only_read:
            return set()
        self._only_read = True
        before, self._known = self._known, self._counted()
        return {name for name, rows in self._known.items() if rows != before.get(name)} - MAY_CHANGE

    def _counted(self) -> dict[str, int]:
        """Rows inserted, changed and deleted by table; what was taken back counts, too."""
        with connection.cursor() as cursor:
            cursor.execute(
                # What pg_stat_xact_user_tables counts, without indexes: a hundred times as fast.
                "SELECT relname, pg_stat_get_xact_tuples_inserted(oid)"
                " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)"
                " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
            return dict(cursor.fetchall())
