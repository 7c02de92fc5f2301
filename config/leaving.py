"""Deleting one's own account across all apps: what holds it back, and one transaction that does it.

Each app forgets its part by itself; this page only asks them in turn.
"""

from __future__ import annotations

import dataclasses

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from circles.applying import erasure
from circles.models import Seat
from formats.events import forgetting
from formats.learning import members
from formats.models import Membership
from foundation.accounts import leaving as accounts
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.errors import DomainError
from foundation.look import moments
from foundation.subscriptions import asking
from foundation.subscriptions.models import Subscriber
from partnerships import leaving as partnerships


class HeldBack(DomainError):
    """Something must end first."""


@dataclasses.dataclass(frozen=True)
class Obstacle:
    """What holds the account back, and the next step: under `url` by `action`."""

    what: str
    step: str
    url: str
    action: str


def obstacles(user: User) -> list[Obstacle]:
    """Everything that must end before `user` can leave; empty when nothing holds them."""
    return [*_roles(user), *_signatures(user), *_seats(user)]


def delete_account(user: User, *, proof: Proof | None = None, code: str = "") -> None:
    """Erase everything about `user` that need not stay, for good.

    Confirmed by a fresh second factor, or by the mailed code from those without one. Raises
    HeldBack, ProofMissing, WrongCode, TooOften.
    """
    accounts.demand_confirmed(user, proof=proof, code=code)
    with transaction.atomic():
        found = obstacles(user)
        if found:
            raise HeldBack("held-back", " ".join(each.what for each in found))
        erasure.erase_person(user)
        partnerships.forget(user)
        forgetting.forget_address(user.email)
        members.forget(user)
        for subscriber in Subscriber.objects.select_for_update().filter(email=user.email):
            asking.forget(subscriber)
        accounts.erase(user)


def _roles(user: User) -> list[Obstacle]:
    found = []
    for mandate in accounts.open_mandates(user):
        until = ""
        if mandate.last_day:
            until = _(", until %(day)s") % {"day": moments.day_text(mandate.last_day)}
        found.append(
            _ask_office(
                _("You still have a role: %(role)s%(until)s")
                % {"role": mandate.get_role_display(), "until": until}
            )
        )
    if not found and _sits_in_public(user):
        found.append(_ask_office(_("You are a member of the D.I.V.")))
    return found


def _sits_in_public(user: User) -> bool:
    """In a body such as the D.I.V.; what a seat of a circle holds back, `_seats` says."""
    sits = Membership.objects.filter(user=user, ends_on=None, body__is_public=True)
    return sits.exists()


def _ask_office(what: str) -> Obstacle:
    return Obstacle(
        what, _("Ask the office to end it."), reverse("contact"), _("Contact the office")
    )


def _signatures(user: User) -> list[Obstacle]:
    return [
        Obstacle(
            _("You are named to sign %(number)s.") % {"number": place.agreement.number},
            _("Sign, decline, or ask your city to name somebody else."),
            reverse("agreement", args=[place.agreement.partnership.slug, place.agreement.number]),
            _("To the agreement"),
        )
        for place in partnerships.places_to_sign(user)
    ]


def _seats(user: User) -> list[Obstacle]:
    taken = Seat.objects.filter(holder=user, state=Seat.State.TAKEN).select_related("circle")
    return [
        Obstacle(
            _("You have seat %(n)d in the circle “%(circle)s”.")
            % {"n": seat.number, "circle": seat.circle.name},
            _("Give the seat back first, so that somebody else can take it."),
            reverse("my_seat", args=[seat.pk]),
            _("To my seat"),
        )
        for seat in taken.order_by("pk")
    ]
