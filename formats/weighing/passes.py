"""What opens a ballot without login: printed cards with a code, and personal links by mail.

Only digests are kept. A card or link that was replaced says so; it never counts beside the new one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from formats.models import Poll, Voter, VotingPass
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox

# No vowels and no look-alikes, for codes are typed from paper; sixteen of them carry 76 bits.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 16
MOST_CARDS = 400


class PassVoid(DomainError):
    """The code is unknown, replaced, or of a vote that is over."""


class NotPrintable(DomainError):
    """No cards for this vote now."""


@dataclasses.dataclass(frozen=True)
class Card:
    """One card of a sheet, with its code in the clear: it exists on paper only."""

    label: str
    code: str
    sheet: int


def print_cards(poll: Poll, *, guests: int = 0, by: User) -> list[Card]:
    """New cards for everybody on the roll who has not voted; older cards of theirs end.

    `guests` raises the number of cards without a name to that many. Raises NotPrintable.
    """
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        _demand_printable(locked, guests)
        _seat_guests(locked, guests)
        sheet = 1 + (
            VotingPass.objects.filter(voter__poll=locked, kind=VotingPass.Kind.CARD).aggregate(
                last=Max("sheet")
            )["last"]
            or 0
        )
        waiting = list(locked.voters.filter(has_voted=False))
        codes = _issue(waiting, VotingPass.Kind.CARD, sheet=sheet)
        trail.record("poll.cards-printed", locked, by=by, cards=len(codes), sheet=sheet)
    return [Card(_label_of(voter), code, sheet) for voter, code in codes]


def mail_links(poll: Poll, *, title: LocalizedText, by: User) -> int:
    """Mail a personal link to everybody on the roll who has not voted; returns how many."""
    with transaction.atomic():
        locked = Poll.objects.select_for_update().get(pk=poll.pk)
        if not locked.is_open:
            raise NotPrintable("vote-not-open", _("Links are mailed while the vote is open."))
        waiting = list(
            locked.voters.filter(has_voted=False, user__is_active=True).select_related("user")
        )
        for voter, code in _issue(waiting, VotingPass.Kind.LINK):
            person = voter.user
            assert person is not None  # noqa: S101 - for the type checker; filtered above
            outbox.queue(
                "ballot_link",
                key=f"ballot-link-{secrets.token_hex(12)}",
                to=person.email,
                to_name=person.name,
                language=person.language,
                subject=locked,
                context={"title": title, "token": code, "closes_at": locked.closes_at},
                secret=True,
                by=by,
            )
        trail.record("poll.links-mailed", locked, by=by, links=len(waiting))
    return len(waiting)


def digest_of(code: str) -> str:
    """What is kept of a code; lower case, blanks and dashes of whoever types it do not matter."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return hashlib.sha256(plain.encode()).hexdigest()


def voter_behind(digest: str) -> Voter:
    """Whose ballot a code opens; raises PassVoid with the next step."""
    found = (
        VotingPass.objects.select_related("voter__poll", "voter__user")
        .filter(token_digest=digest)
        .first()
    )
    if found is None:
        raise PassVoid(
            "pass-unknown", _("This code is not known. Compare it with your card, sign by sign.")
        )
    if found.revoked_at is not None:
        raise PassVoid(
            "pass-replaced",
            _("This card or link was replaced by a newer one. Use that, or ask the chair for it."),
        )
    return found.voter


def shown(code: str) -> str:
    """The code in groups of four: BCDF-GHJK-…"""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def cards_in_force(poll: Poll) -> int:
    """How many cards would open a ballot now."""
    return VotingPass.objects.filter(
        voter__poll=poll, kind=VotingPass.Kind.CARD, revoked_at=None
    ).count()


def _issue(voters: Iterable[Voter], kind: str, *, sheet: int = 1) -> list[tuple[Voter, str]]:
    """A new code for each voter; what they had of this kind ends."""
    voters = list(voters)
    old = VotingPass.objects.filter(voter__in=voters, kind=kind, revoked_at=None)
    old.update(revoked_at=Now())
    codes = [(voter, _new_code()) for voter in voters]
    VotingPass.objects.bulk_create(
        VotingPass(voter=voter, kind=kind, token_digest=digest_of(code), sheet=sheet)
        for voter, code in codes
    )
    return codes


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(LENGTH))


def _seat_guests(poll: Poll, guests: int) -> None:
    last = poll.voters.aggregate(last=Max("number"))["last"] or 0
    Voter.objects.bulk_create(Voter(poll=poll, number=n) for n in range(last + 1, guests + 1))


def _label_of(voter: Voter) -> str:
    return voter.label or _("Card %(number)d") % {"number": voter.number or 0}


def _demand_printable(poll: Poll, guests: int) -> None:
    if poll.way != Poll.Way.BALLOT or poll.state not in (Poll.State.PREPARED, Poll.State.OPEN):
        raise NotPrintable("no-cards-now", _("This vote takes no cards, or not any more."))
    if guests > MOST_CARDS:
        raise NotPrintable(
            "too-many-cards", _("At most %(n)d cards in one vote, please.") % {"n": MOST_CARDS}
        )
    if not guests and not poll.voters.exists():
        raise NotPrintable("nobody-votes", _("Nobody stands on the roll yet."))
