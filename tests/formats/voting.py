"""Makers for votes: members with a login, a round with three topics, and a ballot."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from formats.models import Membership, Poll, PriorityRound
from formats.sittings import bodies
from formats.weighing import priorities
from formats.weighing.priorities import Proposed
from foundation.accounts.models import User
from tests.formats.factories import make_body, make_meeting, text


def make_member(office: User, name: str, *, votes: bool = True) -> User:
    """A member of the D.I.V. who speaks for "Amt <name>"."""
    membership = bodies.admit_member(
        make_body(office),
        name=name,
        email=f"{name.lower()}@example.org",
        group="department",
        on_behalf_of=f"Amt {name}",
        starts_on=timezone.localdate() - dt.timedelta(days=1),
        by=office,
    )
    if not votes:
        Membership.objects.filter(pk=membership.pk).update(has_vote=False)
    assert membership.user is not None
    return membership.user


def make_round(
    office: User, *, method: str = "dots", budget: int = 5, most: int = 3, opened=True, **fields
) -> PriorityRound:
    """Trees, light and water put to the vote of the members."""
    made = priorities.set_up(
        fields.pop("meeting", None) or make_meeting(office),
        title=text("Was zuerst?", "What first?"),
        question=text("Womit soll die Stadt beginnen?", "What should the city begin with?"),
        topics=fields.pop("topics", None)
        or [
            Proposed(text("Bäume", "Trees")),
            Proposed(text("Licht", "Light")),
            Proposed(text("Wasser", "Water")),
        ],
        method=method,
        way=fields.pop("way", Poll.Way.BALLOT),
        budget=budget,
        most=most,
        by=office,
        **fields,
    )
    if opened:
        priorities.open_round(made, by=office)
    return made


def keys(round_: PriorityRound) -> list[str]:
    """The keys of the three topics on a ballot."""
    return [str(pk) for pk in round_.poll.options.values_list("pk", flat=True)]


def marks(round_: PriorityRound, *points: int) -> dict[str, int]:
    """Marks for trees, light, water; noughts are left out."""
    return {key: n for key, n in zip(keys(round_), points, strict=True) if n}
