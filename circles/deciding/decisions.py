"""A matter that is decided: begun with its first consent round, numbered, or withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from circles import permissions
from circles.deciding import leading, rounds
from circles.deciding.rules import Settings, text_of
from circles.models import Circle, ConsentRound, Decision, ProposalVersion, SeatTerm
from circles.seating import acting
from foundation import database, states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

Kind = Decision.Kind


class TooEarly(DomainError):
    """The circle has not adopted its rules."""


class NotWithdrawable(DomainError):
    """Members are being asked for their voices, or it is decided."""


def begin_rules(circle: Circle, *, settings: Settings, wording: str = "", by: User) -> Decision:
    """Put rules of procedure to the circle; without `wording` the text follows the settings."""
    return _begin(
        circle,
        Kind.RULES,
        title=_("Rules of procedure"),
        wording=wording.strip() or text_of(settings),
        settings=settings,
        by=by,
    )


def begin(
    circle: Circle,
    *,
    title: str,
    wording: str,
    version: ProposalVersion | None = None,
    facilitator: SeatTerm | None = None,
    by: User,
) -> Decision:
    """Put a version of the proposal, or another matter, to the circle: its first round opens.

    Raises TooEarly before rules were adopted.
    """
    kind = Kind.OTHER if version is None else Kind.PROPOSAL
    return _begin(
        circle, kind, title=title, wording=wording, version=version, facilitator=facilitator, by=by
    )


def withdraw(decision: Decision, *, by: User) -> None:
    """Give the matter up; its number and its rounds stay. Whoever brought it in, or leads it."""
    with transaction.atomic():
        decision = lock(decision)
        who = leading.anybody(decision.circle, by)
        is_own = who.member is not None and who.member.pk == decision.begun_member_id
        if not is_own and not permissions.can_lead_rounds(by, decision):
            raise acting.NotYours(
                "not-yours", _("Whoever brought it in, or leads the rounds, can withdraw it.")
            )
        current = decision.rounds.exclude(phase=ConsentRound.Phase.CLOSED).first()
        if decision.state != Decision.State.CONSENT or (current and current.consent_at):
            raise NotWithdrawable(
                "not-withdrawable",
                _("Members are being asked, or it is decided. Close the round or vote first."),
            )
        now = database.clock()
        if current:
            rounds.stop(current, who)
        states.advance(decision, Decision.State.WITHDRAWN, by=who.host, decided_at=now)


def lock(decision: Decision) -> Decision:
    """The decision as it stands, for this transaction alone."""
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("circle", "version", "facilitator")
        .get(pk=decision.pk)
    )


def _begin(
    circle: Circle,
    kind: Kind,
    *,
    title: str,
    wording: str,
    version: ProposalVersion | None = None,
    facilitator: SeatTerm | None = None,
    settings: Settings | None = None,
    by: User,
) -> Decision:
    with transaction.atomic():
        circle = Circle.objects.select_for_update().get(pk=circle.pk)
        who = leading.anybody(circle, by)
        _demand_ready(circle, kind)
        n = (circle.decisions.aggregate(n=Max("n"))["n"] or 0) + 1
        made = Decision.objects.create(
            circle=circle,
            n=n,
            number=f"{circle.number}/{n:02d}",
            kind=kind,
            title=" ".join(title.split()),
            wording=wording.strip(),
            version=version,
            begun_by=who.host,
            begun_member=who.member,
            facilitator=facilitator,
        )
        trail.record("decision.begun", made, by=who.host, kind=str(kind))
        rounds.open_first(made, settings, who)
    return made


def _demand_ready(circle: Circle, kind: Kind) -> None:
    if kind == Kind.RULES:
        return
    rules = circle.decisions.filter(kind=Kind.RULES)
    if not rules.exists():
        raise TooEarly(
            "rules-come-first", _("Rules of procedure come first: how you decide, decide together.")
        )
    if kind == Kind.PROPOSAL and not rules.filter(state=Decision.State.ADOPTED).exists():
        raise TooEarly(
            "rules-not-adopted",
            _("Adopt your rules of procedure first; then you can decide on the proposal."),
        )
