"""What waits for a member while the circle decides, for the room, the desk and their own page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef

from circles import permissions
from circles.deciding import rules
from circles.models import (
    Circle,
    ConsentPlace,
    ConsentRound,
    ConsentVoice,
    Decision,
    MajorityVote,
    SeatTerm,
    VotePlace,
)
from foundation.accounts.mandates import Actor
from foundation.accounts.models import User

SHOWN = 5


@dataclasses.dataclass(frozen=True)
class Waiting:
    """A voice or a ballot that is asked of somebody, until when. `kind`: voice or ballot."""

    kind: str
    decision: Decision
    until: dt.datetime | None


def of_room(circle: Circle, user: Actor) -> dict[str, Any]:
    """For `circles/room_decisions.html`: what waits for me, what is under way, what was decided."""
    decisions = list(circle.decisions.order_by("-n")[:50])
    waiting = waiting_for(user, circle) if isinstance(user, User) else []
    return {
        "waiting": waiting,
        "under_way": [each for each in decisions if each.decided_at is None],
        "decided": [each for each in decisions if each.decided_at is not None][:SHOWN],
        "settings": rules.in_force(circle),
        "may_begin": permissions.can_enter_room(user, circle),
    }


def waiting_for(user: User, circle: Circle | None = None) -> list[Waiting]:
    """Open rounds without this member's voice, and open votes without their ballot."""
    terms = SeatTerm.objects.current().held_by(user)
    if circle is not None:
        terms = terms.filter(seat__circle=circle)
    own = list(terms.values_list("pk", flat=True))
    if not own:
        return []
    # An objection that was carried on waits for its member to say whether it still stands.
    spoken = ConsentVoice.objects.filter(place=OuterRef("pk"), carried_from=None)
    places = ConsentPlace.objects.filter(
        ~Exists(spoken), term__in=own, round__phase=ConsentRound.Phase.CONSENT
    )
    rolls = VotePlace.objects.filter(
        term__in=own,
        voter__has_voted=False,
        vote__state=MajorityVote.State.OPEN,
    )
    voices = [
        Waiting("voice", place.round.decision, place.round.consent_until)
        for place in places.select_related("round__decision__circle")
    ]
    ballots = [
        Waiting("ballot", place.vote.decision, place.vote.poll.closes_at)
        for place in rolls.select_related("vote__decision__circle", "vote__poll")
    ]
    return voices + ballots
