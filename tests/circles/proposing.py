"""Small makers for proposals and feedback; each walks the same doors as the pages do."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from circles.models import Circle, FeedbackRound, Proposal, ProposalVersion, ReviewLink
from circles.proposing import (
    contributions,
    feedback_rounds,
    proposals,
    review_links,
    sections,
    versions,
)
from foundation.accounts.models import User
from tests.circles.factories import text

HOUR = dt.timedelta(hours=1)


def seat(number: int) -> User:
    """Who sits on one of the first ten seats."""
    return User.objects.get(email=f"seat{number}@example.org")


def make_proposal(circle: Circle, *, headings=("Licht", "Wege")) -> Proposal:
    """Begun by the first member, who writes each section once."""
    proposal = proposals.begin(circle, text("Abends gut nach Hause"), by=seat(1))
    for heading in headings:
        made = sections.add(proposal, text(heading), by=seat(1))
        write(proposal, made.paragraph.slug, f"Der Text zu {heading}.", by=seat(1))
    return proposal


def write(proposal: Proposal, slug: str, german: str, *, by: User) -> None:
    """Save a section on top of what stands there."""
    part = sections.part_of(proposal, slug)
    sections.write(part.section, text(german), based_on=part.revision.n, by=by)


def make_round(circle: Circle, *, hours: float = 1, question: str = "Fehlt etwas?"):
    """A proposal with one version, and a round about it by the first member."""
    version = versions.keep(make_proposal(circle), by=seat(1))
    return open_round(version, hours=hours, question=question)


def open_round(
    version: ProposalVersion, *, hours: float = 1, question: str = "Fehlt etwas?"
) -> FeedbackRound:
    return feedback_rounds.open_round(
        version, question=question, closes_at=timezone.now() + hours * HOUR, by=seat(1)
    )


def make_link(round_: FeedbackRound, *, label: str = "Die Nachbarin", by: User | None = None):
    return review_links.make(round_, label=label, by=by or seat(1))


def say(link: ReviewLink, number: int = 1, *, words: str = "", said: str = "", **more):
    """A comment, or a suggestion when `words` are given."""
    return contributions.contribute(
        link,
        contributions.passage_of(link, number),
        text=said or ("" if words else "Das ist gut."),
        words=words,
        **{"on_behalf_of": "Seniorenrat", **more},
    )


def end_time(round_: FeedbackRound) -> None:
    """Its closing time is over."""
    now = timezone.now()
    FeedbackRound.objects.filter(pk=round_.pk).update(
        opened_at=now - 2 * HOUR, closes_at=now - HOUR
    )
    round_.refresh_from_db()
