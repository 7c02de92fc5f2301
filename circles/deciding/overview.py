"""What waits for a member while the circle decides, for the room, the desk and their own page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

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
from foundation.accounts.models import User


@dataclasses.dataclass(frozen=True)
class Waiting:
    """A voice or a ballot that is asked of somebody, until when. `kind`: voice or ballot."""

    kind: str
    decision: Decision
    until: dt.datetime


def of_room(circle: Circle, terms: Iterable[SeatTerm]) -> dict[str, Any]:
    """What waits for whoever sits on `terms`, what is under way, what was decided; one question."""
    rows = list(_asked(circle.decisions.defer("wording"), [term.pk for term in terms]))
    adopted = (each for each in rows if each.state == Decision.State.ADOPTED)
    return {
        "waiting": _waiting(rows),
        "under_way": [each for each in rows if each.decided_at is None],
        "decided": [each for each in rows if each.decided_at is not None],
        "has_rules": any(each.kind == Decision.Kind.RULES for each in adopted),
    }


def waiting_for(user: User, circle: Circle | None = None) -> list[Waiting]:
    """Open rounds without this member's voice, and open votes without their ballot."""
    terms = SeatTerm.objects.current().held_by(user)
    rows = Decision.objects.filter(decided_at=None).defer("wording").select_related("circle")
    if circle is not None:
        terms, rows = terms.filter(seat__circle=circle), rows.filter(circle=circle)
    own = list(terms.values_list("pk", flat=True))
    if not own:
        return []
    return _waiting(_asked(rows, own).filter(circle__seats__terms__in=own).distinct())


def to_lead(circles: Iterable[Circle]) -> QuerySet[Any]:
    """Decisions of these circles that wait for whoever leads them; one question.

    With `may_close` all have spoken or their time is over, as in `rounds.may_close`; else a vote
    was moved, to be opened.
    """
    silent = ConsentPlace.objects.filter(
        ~Exists(ConsentVoice.objects.filter(place=OuterRef("pk"))),
        round=OuterRef("pk"),
        term__ended_at=None,
    )
    asking = ConsentRound.objects.filter(
        ~Exists(silent) | Q(consent_until__lte=Now()),
        decision=OuterRef("pk"),
        phase=ConsentRound.Phase.CONSENT,
    )
    moved = MajorityVote.objects.filter(decision=OuterRef("pk"), state=MajorityVote.State.MOVED)
    return (
        Decision.objects.filter(circle__in=list(circles), decided_at=None)
        .annotate(may_close=Exists(asking), is_moved=Exists(moved))
        .filter(Q(may_close=True) | Q(is_moved=True))
        .select_related("circle")
        .order_by("begun_at", "pk")
    )


def _asked(rows: QuerySet[Decision], own: list[int]) -> QuerySet[Any]:
    """Each with `voice_until` and `ballot_until`, when one of these members is asked for it."""
    # An objection that was carried on waits for its member to say whether it still stands.
    spoken = ConsentVoice.objects.filter(place=OuterRef("pk"), carried_from=None)
    places = ConsentPlace.objects.filter(
        ~Exists(spoken),
        term__in=own,
        round__decision=OuterRef("pk"),
        round__phase=ConsentRound.Phase.CONSENT,
    )
    rolls = VotePlace.objects.filter(
        term__in=own,
        voter__has_voted=False,
        vote__decision=OuterRef("pk"),
        vote__state=MajorityVote.State.OPEN,
    )
    return rows.order_by("-n", "pk").annotate(
        voice_until=Subquery(places.values("round__consent_until")[:1]),
        ballot_until=Subquery(rolls.values("vote__poll__closes_at")[:1]),
    )


def _waiting(rows: Iterable[Any]) -> list[Waiting]:
    found = [
        *(Waiting("voice", each, each.voice_until) for each in rows if each.voice_until),
        *(Waiting("ballot", each, each.ballot_until) for each in rows if each.ballot_until),
    ]
    return sorted(found, key=lambda each: each.until)
