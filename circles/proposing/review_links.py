"""Personal links for a member's own network: as many as they like, each for one person or group.

The token is never stored: it follows from a seed and the portal's key, so that the member who made
a link can copy it again, and nothing in the database opens a door.
"""

from __future__ import annotations

import base64
import secrets

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from circles.models import FeedbackRound, ReviewLink, SeatTerm
from circles.proposing import feedback_rounds, letters
from circles.seating import acting
from circles.seating.links import digest_of
from foundation.accounts.models import User
from foundation.errors import DomainError

MOST = 40


class TooManyLinks(DomainError):
    """More links than one member can look after."""


def make(
    round_: FeedbackRound, *, label: str, email: str = "", language: str = "de", by: User
) -> ReviewLink:
    """A link of this member, mailed to `email` if there is one; the address goes with the round.

    Raises NotAMember, RoundOver, TooManyLinks.
    """
    who = acting.member(round_.version.proposal.circle, by)
    term = who.member
    with transaction.atomic():
        held = feedback_rounds.hold_open(round_.pk)
        feedback_rounds.demand_time(held)
        SeatTerm.objects.select_for_update(of=("self",), no_key=True).get(pk=term.pk)
        if live_of(held, term).count() >= MOST:
            raise TooManyLinks(
                "too-many-links",
                _("You have %(most)d links. Take one back to make another.") % {"most": MOST},
            )
        seed = secrets.token_hex(16)
        made = ReviewLink.objects.create(
            round=held,
            member=term,
            label=label,
            email=email,
            seed=seed,
            token_digest=digest_of(_token(seed)),
        )
        who.note("feedback.link-made", made)
        if email:
            letters.invite(made, token_of(made), language=language)
    return made


def revoke(link: ReviewLink, *, by: User) -> None:
    """Take a link back: whoever opens it reads a sentence. What was said by it stays."""
    who = acting.member(link.round.version.proposal.circle, by)
    own = ReviewLink.objects.filter(pk=link.pk, revoked_at=None, member=who.member)
    with transaction.atomic():
        if own.update(revoked_at=Now(), email=""):
            who.note("feedback.link-revoked", link)


def live_of(round_: FeedbackRound, term: SeatTerm) -> models.QuerySet[ReviewLink]:
    """The links of one member that still lead somewhere."""
    return ReviewLink.objects.filter(round=round_, member=term, revoked_at=None)


def token_of(link: ReviewLink) -> str:
    """The secret of a link, for the member who made it and for its one mail."""
    return _token(link.seed)


def find_by_token(token: str) -> ReviewLink | None:
    """The link behind an address; also one that was taken back, so that its page can say so."""
    return find_by_digest(digest_of(token))


def find_by_digest(digest: str) -> ReviewLink | None:
    """The same, by what the session keeps of the token."""
    known = ReviewLink.objects.select_related("round__version__proposal__circle", "member__seat")
    return known.filter(token_digest=digest).first()


def _token(seed: str) -> str:
    secret = salted_hmac("circles.review-link", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")
