"""Rounds of feedback on one version: opened in the room, open until a moment, closed with answers.

The database's clock decides; it lets no round close while a suggestion has no answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Circle, Contribution, FeedbackRound, Proposal, ProposalVersion
from circles.proposing import letters
from circles.seating import acting
from foundation import database, states
from foundation.accounts.models import User
from foundation.errors import DomainError

State = FeedbackRound.State
LONGEST = dt.timedelta(days=120)


class RoundRefused(DomainError):
    """The round cannot be opened like this."""


class RoundRuns(DomainError):
    """The round is open until its time, or suggestions wait for their answers."""


class RoundOver(DomainError):
    """The time of the round is over, or it is closed."""


def open_round(
    version: ProposalVersion, *, question: str, closes_at: dt.datetime, by: User
) -> FeedbackRound:
    """Ask the networks about one version until `closes_at`. Raises RoundRefused, NotAMember."""
    who = acting.anybody(version.proposal.circle, by)
    now = database.clock()
    if not now < closes_at <= now + LONGEST:
        raise RoundRefused(
            "closing-time",
            _("Choose a time that lies ahead, in at most %(days)d days.") % {"days": LONGEST.days},
        )
    try:
        with transaction.atomic():
            made = FeedbackRound.objects.create(
                version=version,
                question=question.strip(),
                closes_at=closes_at,
                member=who.member,
                opened_by=who.host,
            )
            who.note("feedback.opened", made, version=version.n)
    except IntegrityError as error:
        raise RoundRefused(
            "open-already", _("There is an open round about this version already.")
        ) from error
    return made


def close_round(round_: FeedbackRound, *, summary: str, by: User) -> None:
    """Close a round whose time is over, with words for everybody; reviewers are told once.

    Raises RoundRuns, RoundOver, NotAMember.
    """
    who = acting.anybody(round_.version.proposal.circle, by)
    with transaction.atomic():
        held = _locked(round_)
        if held.state == State.CLOSED:
            raise _over()
        if database.clock() < held.closes_at:
            raise RoundRuns("round-runs", _("The round still runs. It is closed after its time."))
        if waiting := unanswered(held).count():
            raise RoundRuns(
                "unanswered",
                ngettext(
                    "%(n)d suggestion has no answer yet. Answer it first; nothing was closed.",
                    "%(n)d suggestions have no answer yet. Answer them first; nothing was closed.",
                    waiting,
                )
                % {"n": waiting},
            )
        states.advance(
            held,
            State.CLOSED,
            by=who.host,
            summary=summary.strip(),
            counts=counts_of(held),
            closed_at=database.clock(),
        )
        who.note("feedback.closed", held)
        letters.tell_reviewers(held)
        held.links.exclude(email="").update(email="")
    round_.refresh_from_db()


def takes_contributions(round_: FeedbackRound) -> bool:
    """Whether reviewers can say something now."""
    is_over = round_.version.proposal.circle.state == Circle.State.FINISHED
    return not is_over and round_.state == State.OPEN and database.clock() < round_.closes_at


def hold_open(round_pk: int) -> FeedbackRound:
    """The round, kept from being closed until commit; many hold it together. Raises RoundOver.

    When the circle has ended nobody would answer any more: its rounds are over.
    """
    database.hold(FeedbackRound, round_pk)
    held = FeedbackRound.objects.select_related("version__proposal__circle").get(pk=round_pk)
    ended = held.version.proposal.circle.state == Circle.State.FINISHED
    if ended or held.state == State.CLOSED:
        raise _over()
    return held


def demand_time(held: FeedbackRound) -> dt.datetime:
    """This moment, to be stored as the one that was compared; RoundOver from the closing time."""
    now = database.clock()
    if now >= held.closes_at:
        raise _over()
    return now


def listed(proposal: Proposal) -> models.QuerySet[FeedbackRound]:
    """The rounds of a proposal, newest first, with how much was `said` and is `waiting`."""
    said = Q(links__contributions__isnull=False, links__contributions__withdrawn_at=None)
    open_ones = said & Q(
        links__contributions__is_suggestion=True, links__contributions__answer=None
    )
    return (
        FeedbackRound.objects.filter(version__proposal=proposal)
        .select_related("version")
        .defer("version__content")
        .annotate(
            said=Count("links__contributions", filter=said),
            waiting=Count("links__contributions", filter=open_ones),
        )
        .order_by("-pk")
    )


def contributions_of(round_: FeedbackRound) -> models.QuerySet[Contribution]:
    """What reviewers said and did not withdraw, oldest first."""
    return Contribution.objects.filter(link__round=round_, withdrawn_at=None).order_by("pk")


def unanswered(round_: FeedbackRound) -> models.QuerySet[Contribution]:
    """Suggestions that wait for an answer."""
    return contributions_of(round_).filter(is_suggestion=True, answer=None)


def counts_of(round_: FeedbackRound) -> dict[str, Any]:
    """How many contributions by sector, how many suggestions, and what became of them."""
    found = list(contributions_of(round_).values_list("sector", "is_suggestion", "answer__outcome"))
    outcomes = ("accepted", "partly", "declined")
    return {
        "sectors": {
            value: sum(sector == value for sector, *_rest in found)
            for value in Contribution.Sector.values
        },
        "comments": sum(not is_suggestion for _sector, is_suggestion, _out in found),
        "suggestions": {
            name: sum(is_suggestion and out == name for _sector, is_suggestion, out in found)
            for name in outcomes
        },
    }


def balance_of(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """(sector, how many), also the sectors that nobody spoke for."""
    return [
        (str(label), counts["sectors"].get(value, 0))
        for value, label in Contribution.Sector.choices
    ]


def public_rounds(circle: Circle) -> list[dict[str, Any]]:
    """The closed rounds of a circle as everybody reads them."""
    closed = FeedbackRound.objects.filter(version__proposal__circle=circle, state=State.CLOSED)
    return [
        {"round": each, "balance": balance_of(each.counts), **each.counts["suggestions"],
         "comments": each.counts["comments"]}
        for each in closed.select_related("version").order_by("-closed_at")
        if each.counts is not None
    ]  # fmt: skip


def _locked(round_: FeedbackRound) -> FeedbackRound:
    rows = FeedbackRound.objects.select_for_update(of=("self",))
    return rows.select_related("version__proposal__circle").get(pk=round_.pk)


def _over() -> RoundOver:
    return RoundOver(
        "round-over", _("The time of this round is over. What was said before is kept.")
    )
