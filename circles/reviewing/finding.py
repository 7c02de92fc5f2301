"""Finding applications of a call: by words, by state, by what is still to be done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from circles.models import Application, Call, Inquiry, Objection
from circles.models.application import ApplicationQuerySet
from circles.reviewing import reviews
from foundation.accounts.models import User
from foundation.languages import search_key

# Wishes beside the states themselves: what of the review is missing or open.
MINE, UNSEEN, SECOND, DIFFER, ASKED, OBJECTED = (
    "mine", "unseen", "second", "differ", "asked", "objected",
)  # fmt: skip
ORDER = ("submitted_at", "pk")
SHORTEST_TICKET = 4
_HEX = frozenset("0123456789abcdef")


def find(call: Call, *, words: str = "", wish: str = "", user: User) -> QuerySet[Application]:
    """The applications with these words for which the wish holds, in the order of their arrival."""
    return _wished(_searched(call.applications.order_by(*ORDER), words), wish, user)


def is_narrowed(words: str, wish: str) -> bool:
    """Whether the reader looks for something, rather than over everything."""
    return bool(wish or search_key(words))


def neighbours(
    found: QuerySet[Application], application: Application
) -> tuple[Application | None, Application | None]:
    """The one before and the one after `application` in a list that `find` gave."""
    at, pk = application.submitted_at, application.pk
    before = found.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    after = found.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk))
    return before.order_by("-submitted_at", "-pk").first(), after.first()


def next_to_review(call: Call, *, after: Application, user: User) -> Application | None:
    """The next one that waits for `user`; behind the last the list begins anew."""
    others = call.applications.exclude(pk=after.pk).order_by(*ORDER)
    waiting = reviews.waiting_for(user, others)
    return neighbours(waiting, after)[1] or waiting.first()


def _searched(rows: ApplicationQuerySet, typed: str) -> ApplicationQuerySet:
    """Every word must be in name, address or reference; a ticket may be typed in any groups."""
    words = search_key(typed).split()
    if not words:
        return rows
    # Not the words for searching: in those an "ae" has become an "a".
    ticket = "".join(c for c in typed.casefold() if c.isalnum())
    by_words = Q(*(Q(looked_for__contains=word) for word in words))
    if len(ticket) >= SHORTEST_TICKET and set(ticket) <= _HEX:
        by_words |= Q(ticket__startswith=ticket)
    return rows.filter(by_words)


def _with_findings(rows: QuerySet[Application]) -> Any:
    return rows.annotate(
        yes=Count("reviews", filter=Q(reviews__qualified=True)),
        no=Count("reviews", filter=Q(reviews__qualified=False)),
    )


def _wished(found: ApplicationQuerySet, wish: str, user: User) -> QuerySet[Application]:
    in_review = Q(state=Application.State.SUBMITTED)
    if wish == MINE:
        return reviews.waiting_for(user, found)
    if wish == UNSEEN:
        return _with_findings(found).filter(in_review, yes=0, no=0)
    if wish == SECOND:
        return _with_findings(found).filter(in_review).filter(Q(yes=1, no=0) | Q(yes=0, no=1))
    if wish == DIFFER:
        return _with_findings(found).filter(in_review, yes=1, no=1)
    if wish == ASKED:
        waits = Inquiry.objects.filter(application=OuterRef("pk"), answered_at=None, closed_at=None)
        return found.filter(in_review, Exists(waits))
    if wish == OBJECTED:
        return found.filter(Exists(Objection.objects.filter(application=OuterRef("pk"),
                                                            decided_at=None)))  # fmt: skip
    return found.filter(state=wish) if wish else found
