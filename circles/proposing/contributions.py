"""What reviewers say by their link: comments, and suggested wordings, for one section each.

Nobody but the circle reads them; the reviewer takes one back until the closing time.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from circles.models import Contribution, ReviewLink, Section
from circles.proposing import feedback_rounds
from circles.proposing.versions import Passage, passages_of
from foundation.accounts.people import one_line
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.limits import Limit

PER_LINK = (
    Limit("feedback.link", at_most=30, per=dt.timedelta(hours=1)),
    Limit("feedback.link-day", at_most=100, per=dt.timedelta(days=1)),
)


class LinkRevoked(DomainError):
    """The member took the link back."""


class NothingSaid(DomainError):
    """Neither a comment nor other words."""


class DecidedAlready(DomainError):
    """The circle has answered; what was answered stays."""


def contribute(
    link: ReviewLink,
    passage: Passage,
    *,
    text: str,
    words: str,
    on_behalf_of: str,
    sector: str = "",
    email: str = "",
    language: str = "de",
) -> Contribution:
    """Say something about a section; other `words` than its own make it a suggestion.

    Raises LinkRevoked, RoundOver, NothingSaid, TooOften.
    """
    text, words = _plain(text), _plain(words)
    is_suggestion = bool(words) and words != _plain(passage.body.get("de"))
    if not is_suggestion and not text:
        raise NothingSaid(
            "nothing-said", _("Write a comment, or change the text as you would have it.")
        )
    for limit in PER_LINK:
        limit.use(str(link.pk))
    with transaction.atomic():
        held = feedback_rounds.hold_open(link.round_id)
        now = feedback_rounds.demand_time(held)
        current = ReviewLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if current.revoked_at is not None:
            raise LinkRevoked("link-revoked", _("This link was taken back. Nothing was sent."))
        made = Contribution.objects.create(
            link=current,
            section=Section.objects.get(
                proposal=held.version.proposal_id, paragraph__slug=passage.slug
            ),
            is_suggestion=is_suggestion,
            text=text,
            words=words if is_suggestion else "",
            on_behalf_of=one_line(on_behalf_of),
            sector=sector,
            email=email,
            language=language,
            said_at=now,
        )
        trail.record("feedback.contributed", made, by=None)
    return made


def withdraw(contribution: Contribution) -> None:
    """Take back what was said: its words go at once. Raises RoundOver, DecidedAlready."""
    with transaction.atomic():
        held = feedback_rounds.hold_open(contribution.link.round_id)
        now = feedback_rounds.demand_time(held)
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        if hasattr(row, "answer"):
            raise DecidedAlready(
                "answered", _("The circle has answered this already. It stays as it is.")
            )
        if row.withdrawn_at is None:
            Contribution.objects.filter(pk=row.pk).update(
                withdrawn_at=now, text="", words="", on_behalf_of="", email=""
            )
            trail.record("feedback.withdrawn", row, by=None)


def passage_of(link: ReviewLink, number: int) -> Passage | None:
    """A section of the version that a link is about."""
    found = passages_of(link.round.version)
    return next((each for each in found if each.number == number), None)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
