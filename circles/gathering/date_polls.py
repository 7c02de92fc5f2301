"""Finding a date: moments, an answer of each member to each, and the one that becomes a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.gathering import gatherings
from circles.models import Circle, DateAnswer, DateOption, DatePoll, SeatTerm
from circles.seating import acting
from formats.models import Meeting
from foundation import states
from foundation.accounts.models import User
from foundation.errors import DomainError

State = DatePoll.State


class NoDates(DomainError):
    """There is nothing to choose from: no moment, one twice, or one that is over."""


class PollOver(DomainError):
    """The date is settled or not looked for any more."""


def ask(
    circle: Circle,
    *,
    title: str,
    place: str,
    options: Iterable[tuple[dt.datetime, dt.datetime]],
    by: User,
) -> DatePoll:
    """Ask all members when they can come; each option is (begins, ends)."""
    who = acting.anybody(circle, by)
    wanted = sorted(options)
    if not wanted or len({starts for starts, _ends in wanted}) < len(wanted):
        raise NoDates("no-dates", _("Give at least one date, and each only once."))
    if wanted[0][0] <= timezone.now():
        raise NoDates("date-over", _("One of these dates is over. Choose another."))
    with transaction.atomic():
        poll = DatePoll.objects.create(circle=circle, title=title, place=place, **who.signature())
        DateOption.objects.bulk_create(
            DateOption(poll=poll, starts_at=starts, ends_at=ends) for starts, ends in wanted
        )
        who.note("date-poll.asked", poll)
    return poll


def answer(
    poll: DatePoll, words: Mapping[DateOption, str], *, seat: SeatTerm | None = None, by: User
) -> None:
    """Say yes, if need be, or no to each option; said again it replaces what was said before."""
    with transaction.atomic():
        who = acting.member(poll.circle, by, seat=seat)
        _lock(poll)
        DateAnswer.objects.bulk_create(
            [
                DateAnswer(option=option, member=who.member, word=word)
                for option, word in words.items()
            ],
            update_conflicts=True,
            unique_fields=["option", "member"],
            update_fields=["word", "said_at"],
        )
        who.note("date-poll.answered", poll)


def settle(option: DateOption, *, by: User) -> Meeting:
    """This moment it is: it becomes a meeting, and answers are closed."""
    poll = option.poll
    acting.demand_at_work(poll.circle)
    with transaction.atomic():
        poll = _lock(poll)
        meeting = gatherings.plan(
            poll.circle,
            starts_at=option.starts_at,
            ends_at=option.ends_at,
            place=poll.place,
            by=by,
        )
        states.advance(poll, State.SETTLED, by=by, settled_at=timezone.now(), meeting=meeting)
    return meeting


def drop(poll: DatePoll, *, by: User) -> None:
    """No date is looked for any more."""
    acting.demand_at_work(poll.circle)
    with transaction.atomic():
        states.advance(_lock(poll), State.DROPPED, by=by, settled_at=timezone.now())


def with_own_answer(polls: QuerySet[DatePoll], terms: Iterable[SeatTerm]) -> QuerySet[Any]:
    """Each with `is_answered`: whether each of these members has said something to it."""
    own = SeatTerm.objects.filter(pk__in=[term.pk for term in terms])
    return polls.annotate(is_answered=~Exists(_silent(own)))


def unanswered_by(user: User) -> QuerySet[DatePoll]:
    """Open questions for a date that wait for this person, in all circles at work."""
    own = SeatTerm.objects.current().held_by(user).filter(seat__circle=OuterRef("circle"))
    open_ = DatePoll.objects.filter(state=State.OPEN, circle__state=Circle.State.WORKING)
    return open_.filter(Exists(_silent(own))).select_related("circle")


def _silent(terms: QuerySet[SeatTerm]) -> QuerySet[SeatTerm]:
    """Those who have not answered the poll outside."""
    said = DateAnswer.objects.filter(option__poll=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    return terms.filter(~Exists(said))


def _lock(poll: DatePoll) -> DatePoll:
    found = DatePoll.objects.select_for_update(of=("self",)).select_related("circle__body")
    poll = found.get(pk=poll.pk)
    if poll.state != State.OPEN:
        raise PollOver("poll-over", _("This date is settled already. Nothing was changed."))
    return poll
