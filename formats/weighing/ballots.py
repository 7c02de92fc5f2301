"""A vote from preparing to counting: the roll, the ballots, one instant of closing.

It knows its subject only by a generic key. While a vote is open a ballot is tied to its voter, so
that it can be corrected; counting a secret vote cuts that tie and shuffles the ballots.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from formats.models import Ballot, Poll, PollOption, Voter
from formats.weighing import ballot_rules
from formats.weighing.ballot_rules import Line, Marks, Rules
from foundation import database, states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

logger = logging.getLogger(__name__)


class VoteRefused(DomainError):
    """The ballot does not count; says why and what to do next."""


class NotOpenable(DomainError):
    """Something is missing before the vote may be opened."""


class NotClosable(DomainError):
    """People were promised more time, or a count is missing."""


class Miscounted(DomainError):
    """Ballots and voters do not match; nothing was closed."""


def prepare(
    options: Sequence[LocalizedText],
    *,
    method: str,
    way: str = Poll.Way.BALLOT,
    budget: int = 1,
    most: int = 1,
    is_secret: bool = True,
    closes_at: dt.datetime | None = None,
    by: User | None,
) -> Poll:
    """Put `options` to a vote, still closed to everybody; `attach` says what it is about."""
    with transaction.atomic():
        poll = Poll.objects.create(
            method=method,
            way=way,
            budget=budget,
            most=most,
            is_secret=is_secret,
            closes_at=closes_at,
        )
        PollOption.objects.bulk_create(
            PollOption(poll=poll, position=number, title=title)
            for number, title in enumerate(options, start=1)
        )
        trail.record("poll.prepared", poll, by=by, method=method, way=way, options=len(options))
    return poll


def attach(poll: Poll, subject: models.Model) -> None:
    """What the vote is about; without that it cannot be opened."""
    poll.subject_type, poll.subject_id = trail.subject_key(subject)
    Poll.objects.filter(pk=poll.pk).update(
        subject_type=poll.subject_type, subject_id=poll.subject_id
    )


def rules_of(poll: Poll) -> Rules:
    return Rules(poll.method, poll.budget, poll.most)


def enrol(poll: Poll, people: Mapping[User, str]) -> None:
    """Make the roll exactly `people`, each with whom they speak for; only before the vote opens."""
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        if locked.state != Poll.State.PREPARED:
            return
        gone = poll.voters.filter(number=None).exclude(user__in=people)
        gone.delete()
        Voter.objects.bulk_create(
            [Voter(poll=poll, user=person, label=label) for person, label in people.items()],
            update_conflicts=True,
            unique_fields=["poll", "user"],
            update_fields=["label"],
        )


def open_vote(poll: Poll, *, by: User | None) -> None:
    """From now on ballots count, or hands may be counted. Raises NotOpenable."""
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        now = database.clock()
        if poll.options.count() < 2:
            raise NotOpenable("too-few-options", _("A vote needs at least two things to choose."))
        if locked.way == Poll.Way.BALLOT and not poll.voters.exists():
            raise NotOpenable(
                "nobody-votes",
                _("Nobody could vote yet. Add members with a vote, or print cards first."),
            )
        if locked.closes_at is not None and locked.closes_at <= now:
            raise NotOpenable(
                "closes-in-the-past", _("The end of this vote has passed. Prepare a new one.")
            )
        states.advance(poll, Poll.State.OPEN, by=by, opened_at=now)


def cast(voter: Voter, marks: Marks) -> bool:
    """Store or correct the one ballot of `voter`; True for the first one. Raises VoteRefused.

    The trail notes nothing: who has voted stands on the roll, and how is nobody's business.
    """
    with transaction.atomic():
        poll = _lock_for_share(voter.poll_id)
        _demand_open(poll, database.clock())
        _demand_possible(poll, marks)
        is_first = _store(poll, voter, marks)
        Voter.objects.filter(pk=voter.pk, has_voted=False).update(has_voted=True)
    return is_first


def ballot_of(voter: Voter) -> Marks:
    """What the voter gave so far; empty after a secret vote was counted."""
    found = Ballot.objects.filter(voter=voter).first()
    return found.marks if found else {}


def close(poll: Poll, *, by: User | None) -> None:
    """Close at this instant of the database's clock, count, and cut secret ballots loose.

    Ballots under way are waited for; later ones are refused. Raises NotClosable, Miscounted.
    """
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        now = database.clock()
        if locked.state == Poll.State.OPEN:
            _demand_closable(locked, now)
        ballots = poll.ballots.count()
        voted = poll.voters.filter(has_voted=True).count()
        if ballots != voted:
            raise Miscounted(
                "miscounted",
                _("There are %(ballots)d ballots of %(voted)d voters. Nothing was closed.")
                % {"ballots": ballots, "voted": voted},
            )
        counted = _hands_present(poll) if locked.way == Poll.Way.HANDS else ballots
        if locked.is_secret and ballots:
            _cut_loose(poll)
        end = now if locked.closes_at is None else min(now, locked.closes_at)
        states.advance(poll, Poll.State.CLOSED, by=by, closed_at=end, counted=counted)


def close_due() -> int:
    """Close every vote whose time is over; returns how many. One that fails holds up no other."""
    closed = 0
    for poll in Poll.objects.filter(state=Poll.State.OPEN, closes_at__lte=Now()):
        try:
            close(poll, by=None)
        except (DomainError, IntegrityError):
            logger.exception("vote %s cannot be counted", poll.pk)
        else:
            closed += 1
    return closed


def withdraw(poll: Poll, *, by: User | None) -> None:
    """Give the vote up: ballots are destroyed uncounted, who voted stays on the roll."""
    with transaction.atomic():
        Poll.objects.select_for_update().get(pk=poll.pk)
        with _at_the_count(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM formats_ballot WHERE poll_id = %s", [poll.pk])
        states.advance(poll, Poll.State.WITHDRAWN, by=by)


def result_of(poll: Poll) -> list[Line]:
    """The ranking of a closed vote, options by id as text; nothing before."""
    if not poll.is_closed:
        return []
    options = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
    if poll.way == Poll.Way.HANDS:
        hands = poll.agreed_count.second.hands
        spreads = {option: {1: hands[option]} if hands[option] else {} for option in options}
        return ballot_rules.ranked(rules_of(poll), spreads)
    return ballot_rules.tally(rules_of(poll), options, poll.ballots.values_list("marks", flat=True))


def turnout(poll: Poll) -> tuple[int, int]:
    """(voters who gave a ballot, voters)."""
    found = poll.voters.aggregate(
        voted=models.Count("pk", filter=models.Q(has_voted=True)), all=models.Count("pk")
    )
    return found["voted"], found["all"]


def takes_ballots(poll: Poll, now: dt.datetime) -> bool:
    """Whether a ballot would count at `now`."""
    return poll.is_open and (poll.closes_at is None or now < poll.closes_at)


def _lock_for_share(poll_pk: int) -> Poll:
    """The vote's row as it stays until commit; many voters hold it together."""
    database.hold(Poll, poll_pk)
    return Poll.objects.get(pk=poll_pk)


def _store(poll: Poll, voter: Voter, marks: Marks) -> bool:
    """Change the ballot that is there, else make one; the constraint decides between two."""
    mine = Ballot.objects.filter(voter=voter)
    if mine.update(marks=dict(marks)):
        return False
    try:
        with transaction.atomic():
            Ballot.objects.create(poll=poll, voter=voter, marks=dict(marks))
    except IntegrityError:
        if not mine.update(marks=dict(marks)):
            raise
        return False
    return True


def _demand_open(poll: Poll, now: dt.datetime) -> None:
    if takes_ballots(poll, now) and poll.way == Poll.Way.BALLOT:
        return
    if poll.state == Poll.State.PREPARED:
        raise VoteRefused(
            "not-open-yet", _("The vote is not open yet. Please wait until the chair opens it.")
        )
    raise VoteRefused(
        "vote-closed",
        _("The vote is closed. A ballot that you gave before counts as it was; this one does not."),
    )


def _demand_possible(poll: Poll, marks: Marks) -> None:
    options = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
    fault = rules_of(poll).fault(marks, options)
    if not fault:
        return
    sentences = {
        "unknown": _("This vote has other topics. Reload the page and choose again."),
        "empty": _("Your ballot is still empty. Give at least one topic something."),
        "negative": _("Points below zero do not exist."),
        "too-high": _("At most %(most)d for one topic, please.") % {"most": poll.most},
        "too-many": _("You gave %(given)d points; you have %(budget)d. Take some back.")
        % {"given": sum(marks.values()), "budget": poll.budget},
    }
    raise VoteRefused(f"ballot-{fault}", sentences[fault])


def _demand_closable(poll: Poll, now: dt.datetime) -> None:
    if poll.way == Poll.Way.HANDS:
        if not hasattr(poll, "agreed_count"):
            raise NotClosable(
                "hands-not-agreed", _("Two people must have counted the same number of hands.")
            )
    elif poll.closes_at is not None and now < poll.closes_at:
        voted, voters = turnout(poll)
        if voted < voters:
            raise NotClosable(
                "promised-until",
                _("Voting was promised until its end, and %(n)d have not voted yet.")
                % {"n": voters - voted},
            )


def _hands_present(poll: Poll) -> int:
    present: int = poll.agreed_count.second.present
    return present


def _cut_loose(poll: Poll) -> None:
    """Write the ballots anew, without voter, under new keys and in random order."""
    with _at_the_count(), connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM formats_ballot WHERE poll_id = %s RETURNING marks)"
            " INSERT INTO formats_ballot (id, poll_id, voter_id, marks)"
            " SELECT gen_random_uuid(), %s, NULL, marks FROM gone ORDER BY random()",
            [poll.pk, poll.pk],
        )


@contextlib.contextmanager
def _at_the_count() -> Iterator[None]:
    """The trigger lets ballots be rewritten or destroyed only in here, in this transaction."""
    _count(True)
    yield
    _count(False)


def _count(on: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('stadtbruecke.counting', %s, true)", ["on" if on else "off"]
        )


def marks_of(given: Iterable[tuple[PollOption, int | None]], method: str) -> dict[str, int]:
    """Marks as they are stored: for dots and choices without noughts, for scores what was given."""
    return {
        str(option.pk): points
        for option, points in given
        if points is not None and (points or method == Poll.Method.SCORE)
    }
