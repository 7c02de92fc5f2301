"""Finding applications of a call: by words, by state, by what is still to be done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from circles import reviews
from circles.models import Application, Call, Inquiry, Objection
from foundation.accounts.models import User

# Wishes beside the states themselves: what of the review is missing or open.
MINE, UNSEEN, SECOND, DIFFER, ASKED, OBJECTED = (
    "mine", "unseen", "second", "differ", "asked", "objected",
)  # fmt: skip
ORDER = ("submitted_at", "pk")


def find(call: Call, *, words: str = "", wish: str = "", user: User) -> QuerySet[Application]:
    """The applications in the order of their arrival, each with `yes` and `no` findings."""
    found = call.applications.annotate(
        yes=Count("reviews", filter=Q(reviews__qualified=True)),
        no=Count("reviews", filter=Q(reviews__qualified=False)),
    ).order_by(*ORDER)
    if words := words.strip():
        found = found.filter(
            Q(name__icontains=words)
            | Q(email__icontains=words)
            | Q(reference__icontains=words)
            | Q(ticket__istartswith=words.replace("-", ""))
        )
    return _wished(found, call, wish, user)


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
    waiting = reviews.waiting_for(user, call).exclude(pk=after.pk).order_by(*ORDER)
    return neighbours(waiting, after)[1] or waiting.first()


def _wished(found: Any, call: Call, wish: str, user: User) -> QuerySet[Application]:
    # Any: the type of a queryset forgets what it was annotated with.
    in_review = Q(state=Application.State.SUBMITTED)
    if wish == MINE:
        return found.filter(pk__in=reviews.waiting_for(user, call).values("pk"))
    if wish == UNSEEN:
        return found.filter(in_review, yes=0, no=0)
    if wish == SECOND:
        return found.filter(in_review).filter(Q(yes=1, no=0) | Q(yes=0, no=1))
    if wish == DIFFER:
        return found.filter(in_review, yes=1, no=1)
    if wish == ASKED:
        waits = Inquiry.objects.filter(application=OuterRef("pk"), answered_at=None, closed_at=None)
        return found.filter(in_review, Exists(waits))
    if wish == OBJECTED:
        return found.filter(Exists(Objection.objects.filter(application=OuterRef("pk"),
                                                            decided_at=None)))  # fmt: skip
    return found.filter(state=wish) if wish else found
