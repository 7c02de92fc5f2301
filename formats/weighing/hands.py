"""A show of hands: two people count on their own, and only what both counted is the result."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from formats.models import AgreedCount, HandCount, Poll
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class CountRefused(DomainError):
    """The count cannot be taken; says what to do next."""


class CountsDiffer(DomainError):
    """Two people counted differently; both counts are logged and hands go up once more."""


def enter(poll: Poll, hands: Mapping[str, int], *, present: int, by: User) -> AgreedCount | None:
    """Take one person's count, {option id: hands}, and how many with a vote were in the room.

    Returns the agreed count when another person's newest one is the same, None while the first
    waits. Raises CountRefused, or CountsDiffer after logging the count.
    """
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        _demand_count(locked, hands, present)
        newest = {each.entered_by_id: each for each in locked.hand_counts.all()}
        others = [each for person, each in newest.items() if person != by.pk]
        mine = newest.get(by.pk)
        if mine is not None and not others and (mine.present, mine.hands) == (present, hands):
            raise CountRefused(
                "same-person",
                _("You have entered this count already. A second person must count as well."),
            )
        count = HandCount.objects.create(
            poll=locked, entered_by=by, present=present, hands=dict(hands)
        )
        trail.record("hands.entered", locked, by=by, count=count.pk)
        same = next(
            (each for each in others if (each.present, each.hands) == (present, dict(hands))), None
        )
        if same is not None:
            agreed = AgreedCount.objects.create(poll=locked, first=same, second=count)
            trail.record("hands.agreed", locked, by=by, count=agreed.pk)
            return agreed
    if others:
        raise CountsDiffer(
            "counts-differ",
            _("The two counts differ. Let hands go up once more; both people count again."),
        )
    return None


def _demand_count(poll: Poll, hands: Mapping[str, int], present: int) -> None:
    if poll.way != Poll.Way.HANDS or not poll.is_open:
        raise CountRefused("no-hands-now", _("No hands are counted in this vote now."))
    if hasattr(poll, "agreed_count"):
        raise CountRefused("hands-agreed", _("Two people have counted the same already."))
    options = {str(pk) for pk in poll.options.values_list("pk", flat=True)}
    if set(hands) != options or min(hands.values()) < 0:
        raise CountRefused("count-incomplete", _("Please enter a number for every topic."))
    if present < 1 or max(hands.values()) > present:
        raise CountRefused(
            "more-hands-than-people",
            _("One topic has more hands than people with a vote are in the room."),
        )
    if sum(hands.values()) > present * poll.budget:
        raise CountRefused(
            "too-many-hands",
            _("Together there are more hands than %(n)d for each person in the room.")
            % {"n": poll.budget},
        )
