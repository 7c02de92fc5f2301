"""What the circle makes of each contribution: taken up, in part, or not, with a reason.

A suggestion that was taken up leads to the section's editor; the answer then knows the wording.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from circles.models import Contribution, ContributionAnswer, SeatTerm
from circles.proposing import feedback_rounds, sections
from circles.seating import acting
from foundation.accounts.models import User
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts.models import Revision

Outcome = ContributionAnswer.Outcome
TAKEN_UP = (Outcome.ACCEPTED, Outcome.PARTLY)


class ReasonMissing(DomainError):
    """Whoever takes up a part only, or nothing, says why."""


class AnsweredAlready(DomainError):
    """Another member was faster, or the reviewer withdrew it."""


def answer(
    contribution: Contribution, outcome: str, *, reason: str = "", by: User
) -> ContributionAnswer:
    """Say what becomes of it; the reviewer reads it when the round is closed.

    Raises NotAMember, RoundOver, ReasonMissing, AnsweredAlready.
    """
    who = acting.member(contribution.link.round.version.proposal.circle, by)
    reason = reason.strip()
    if outcome != Outcome.ACCEPTED and not reason:
        raise ReasonMissing("reason-missing", _("Say why. Whoever suggested it will read it."))
    try:
        with transaction.atomic():
            feedback_rounds.hold_open(contribution.link.round_id)
            held = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
            if held.withdrawn_at is not None:
                raise AnsweredAlready(
                    "withdrawn", _("This was withdrawn meanwhile. It needs no answer.")
                )
            made = ContributionAnswer.objects.create(
                contribution=held, outcome=outcome, reason=reason, member=who.member
            )
            who.note("feedback.answered", held, outcome=outcome)
    except IntegrityError as error:
        raise AnsweredAlready(
            "answered-already", _("Another member has answered this already.")
        ) from error
    return made


def write_from(
    contribution: Contribution,
    body: LocalizedText,
    *,
    based_on: int,
    seat: SeatTerm | None = None,
    by: User,
) -> Revision:
    """Write a section anew because of a contribution; while the round is open its answer says so.

    Raises what `sections.write` raises.
    """
    with transaction.atomic():
        made = sections.write(contribution.section, body, based_on=based_on, seat=seat, by=by)
        _point_at(contribution, made)
    return made


def _point_at(contribution: Contribution, revision: Revision) -> None:
    try:
        feedback_rounds.hold_open(contribution.link.round_id)
    except feedback_rounds.RoundOver:
        return
    ContributionAnswer.objects.filter(
        contribution=contribution, outcome__in=TAKEN_UP, revision=None
    ).update(revision=revision)
