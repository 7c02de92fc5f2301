"""What the outvoted want to be read: word for word, added once, printed with the result."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from circles.models import MajorityVote, MinorityStatement, SeatTerm, VotePlace
from circles.seating import acting
from formats.models import Ballot
from foundation import database
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NotInTheMinority(DomainError):
    """The member did not vote, or was not outvoted."""


class NotNow(DomainError):
    """The vote is not decided, or the days for statements are over."""


class SaidAlready(DomainError):
    """One statement each; it is never changed."""


def add(
    vote: MajorityVote,
    *,
    text: str,
    with_name: bool = False,
    seat: SeatTerm | None = None,
    by: User,
) -> MinorityStatement:
    """Add a statement as it stands, within the days that the rules give.

    After a secret vote nobody knows who was outvoted: whoever voted may say that they were. The
    days were promised: they hold when the circle has ended meanwhile.
    """
    with transaction.atomic():
        term = acting.seat_of(vote.decision.circle, by, seat=seat)
        acting.hold_seat(term)
        places = VotePlace.objects.select_for_update(of=("self",)).select_related("voter")
        place = places.filter(vote=vote, term=term).first()
        vote.refresh_from_db()
        if vote.statements_until is None or database.clock() >= vote.statements_until:
            raise NotNow("not-now", _("Statements are taken for some days after a vote, not now."))
        if place is None or not is_minority(vote, place):
            raise NotInTheMinority(
                "not-outvoted", _("A minority statement is written by those who were outvoted.")
            )
        if MinorityStatement.objects.filter(place=place).exists():
            raise SaidAlready("said-already", _("Your statement stands already, word for word."))
        made = MinorityStatement.objects.create(place=place, text=text.strip(), with_name=with_name)
        trail.record("decision.minority-statement", vote, by=None)
    return made


def is_minority(vote: MajorityVote, place: VotePlace) -> bool:
    """Whether this member voted and lost; after a secret vote, whether they voted."""
    if not place.voter.has_voted:
        return False
    ballot = Ballot.objects.filter(voter=place.voter).first()
    if ballot is None:
        return True
    lost = vote.NO if vote.is_won else vote.YES
    marked = vote.poll.options.filter(pk__in=[int(pk) for pk in ballot.marks])
    return marked.filter(position=lost).exists()
