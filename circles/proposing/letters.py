"""Mails about feedback: the link to a reviewer, and once what became of what they said."""

from __future__ import annotations

from itertools import groupby

from django.utils import translation

from circles.models import Contribution, FeedbackRound, ReviewLink
from circles.proposing import versions
from circles.seating import seats
from foundation.mail import outbox


def invite(link: ReviewLink, token: str, *, language: str) -> None:
    """The link, to the one address that the member gave; the outbox hides whose it is."""
    seat = link.member.seat
    with translation.override(language):
        title = seats.title_of(seat)
    outbox.queue(
        "feedback_link",
        key=f"feedback-link-{link.pk}",
        to=link.email,
        language=language,
        subject=link,
        context={
            "round": link.round,
            "circle": link.round.version.proposal.circle,
            "seat": title,
            "member": seat.holder.name if seat.holder and seat.name_is_public else "",
            "token": token,
        },
        secret=True,
        hides_address=True,
    )


def tell_reviewers(round_: FeedbackRound) -> int:
    """One mail to each address for all that was said from it; how many."""
    found = (
        Contribution.objects.filter(link__round=round_, withdrawn_at=None)
        .exclude(email="")
        .select_related("answer", "section__paragraph")
        .order_by("email", "pk")
    )
    headings, told = versions.headings_of(round_.version), 0
    for address, rows in groupby(found, key=lambda each: each.email):
        said = list(rows)
        outbox.queue(
            "feedback_closed",
            key=f"feedback-closed-{said[0].pk}",
            to=address,
            language=said[0].language,
            subject=said[0],
            context={
                "round": round_,
                "circle": round_.version.proposal.circle,
                "said": [
                    (headings[each.section.paragraph.slug], getattr(each, "answer", None))
                    for each in said
                ],
            },
            hides_address=True,
        )
        told += 1
    return told
