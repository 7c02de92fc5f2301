"""The life of a concluded agreement: in force, renewed by all, ended, reminded of.

Nothing here is a flag: what stands follows from dates, declared renewals and a notice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import rfc8785
from django.db import models, transaction
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from partnerships.course.participation import demand_own_party
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Consent,
    Party,
    Renewal,
    Termination,
)
from partnerships.models.agreement import AgreementQuerySet
from partnerships.signing import notices
from partnerships.wording.consents import consenting_parties, give_consent

# So many days before the end everybody is reminded, once each.
REMINDERS = (180, 90, 30)
REVIEW_AHEAD = dt.timedelta(days=30)
MORNING = dt.time(6)


class Standing(models.TextChoices):
    """How a concluded agreement stands on a day."""

    NONE = "none", gettext_lazy("not concluded")
    UPCOMING = "upcoming", gettext_lazy("concluded, not in force yet")
    IN_FORCE = "in_force", gettext_lazy("in force")
    TERMINATED = "terminated", gettext_lazy("in force, notice has been given")
    ENDED = "ended", gettext_lazy("ended")


class NotInForce(DomainError):
    """The step needs an agreement that is concluded and has not ended."""


class NoLaterEnd(DomainError):
    """A renewal needs an end after the present one."""


class TermMovedOn(DomainError):
    """The proposal that was shown is not the one that waits."""


class ReviewInThePast(DomainError):
    """Nobody meets on a day that is over."""


class _CarriesTerm(models.Func):
    """Whether the bytes of a version carry the clause of the term or that of its ending."""

    template = (
        "jsonb_path_exists(convert_from(%(expressions)s, 'UTF8')::jsonb, "
        """'$.clauses[*].slug ? (@ == "term" || @ == "ending")')"""
    )
    output_field = models.BooleanField()


def _amending_the_term(base: Any) -> models.QuerySet[Any]:
    """Concluded amendments of `base` that say anew how long it runs, newest first."""
    signed = AgreementVersion.objects.filter(agreement=models.OuterRef("pk")).order_by("-n")
    counting = Agreement.objects.filter(base=base, state=Agreement.State.CONCLUDED)
    return (
        counting.annotate(signed=models.Subquery(signed.values("content")[:1]))
        .filter(_CarriesTerm("signed"))
        .order_by("-concluded_at", "-amendment_n")
    )


def with_end(agreements: AgreementQuerySet) -> models.QuerySet[Any]:
    """Annotate `end_on`: the last day, after amendments, renewals and notice; None while open.

    `term_end` is the same without notice. The newest word counts: a renewal, or an amendment that
    carries the term.
    """
    renewed = Renewal.objects.filter(agreement=models.OuterRef("pk"), declared_at__isnull=False)
    renewed = renewed.order_by("-declared_at")
    amended = _amending_the_term(models.OuterRef("pk"))
    given = Termination.objects.filter(agreement=models.OuterRef("pk")).values("effective_on")
    return agreements.annotate(
        renewed_at=models.Subquery(renewed.values("declared_at")[:1]),
        amended_at=models.Subquery(amended.values("concluded_at")[:1]),
        term_end=models.Case(
            models.When(
                models.Q(amended_at=None, renewed_at__isnull=False)
                | models.Q(renewed_at__gt=models.F("amended_at")),
                then=models.Subquery(renewed.values("ends_on")[:1]),
            ),
            models.When(
                amended_at__isnull=False, then=models.Subquery(amended.values("ends_on")[:1])
            ),
            default=models.F("ends_on"),
        ),
        end_on=Least(models.F("term_end"), models.Subquery(given)),
    )


def term_end_of(agreement: Agreement) -> dt.date | None:
    """The last day as the cities agreed on it, whether notice was given or not."""
    found = with_end(Agreement.objects.filter(pk=agreement.pk))
    end: dt.date | None = found.values("term_end").get()["term_end"]
    return end


def notice_months_of(agreement: Agreement) -> int:
    """How long notice runs, as the newest amendment of the term says."""
    amended = _amending_the_term(agreement.pk).values_list("notice_months", flat=True).first()
    return agreement.notice_months if amended is None else int(amended)


def end_of(agreement: Agreement) -> dt.date | None:
    """The last day of an agreement, after amendments, renewals and notice; None while open."""
    found = with_end(Agreement.objects.filter(pk=agreement.pk))
    end: dt.date | None = found.values("end_on").get()["end_on"]
    return end


def standing_of(agreement: Agreement, today: dt.date, *, end: dt.date | None) -> Standing:
    """How it stands on `today`, given its end."""
    if agreement.concluded_at is None:
        return Standing.NONE
    start = agreement.starts_on or timezone.localdate(agreement.concluded_at)
    if end is not None and today > end:
        return Standing.ENDED
    if today < start:
        return Standing.UPCOMING
    given = Termination.objects.filter(agreement=agreement).exists()
    return Standing.TERMINATED if given else Standing.IN_FORCE


def propose_renewal(agreement: Agreement, party: Party, *, ends_on: dt.date, by: User) -> Renewal:
    """One city declares a later end and asks the others; another open proposal is set aside.

    Whoever proposes what waits already declares just that.
    Raises NotInForce, NoLaterEnd, ForeignParty.
    """
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        locked, end = lock_running(agreement)
        _demand_no_amendment_signed(locked)
        if end is None or ends_on <= end:
            raise NoLaterEnd(
                "no-later-end",
                _("The term is open; there is nothing to renew.")
                if end is None
                else _("The new end must be later than the present one."),
            )
        if Termination.objects.filter(agreement=locked).exists():
            raise NotInForce("notice-given", _("Notice has been given; a new agreement is needed."))
        waiting = locked.renewals.filter(declared_at=None, set_aside_at=None)
        if (same := waiting.filter(ends_on=ends_on).first()) is not None:
            _declare(locked, same, party, end=end, by=by)
            same.refresh_from_db()
            return same
        waiting.update(set_aside_at=timezone.now())
        renewal = Renewal.objects.create(
            agreement=locked,
            party=party,
            ends_on=ends_on,
            digest=_digest(locked, end, ends_on),
            proposed_by=by,
        )
        give_consent(locked, party, Consent.Purpose.RENEWAL, renewal.digest, by=by)
        trail.record("agreement.renewal_proposed", locked, by=by, renewal=renewal.pk)
        notices.tell_life("agreement_renewal", locked, f"r{renewal.pk}", renewal=renewal)
    return renewal


def declare_renewal(renewal: Renewal, party: Party, *, digest: str, by: User) -> None:
    """Another city declares the same end; with the last city the term is renewed.

    Raises TermMovedOn, NotInForce, ForeignParty, SpeaksForOther.
    """
    demand_own_party(renewal.agreement.partnership, party)
    with transaction.atomic():
        locked, end = lock_running(renewal.agreement)
        _demand_no_amendment_signed(locked)
        open_one = locked.renewals.filter(declared_at=None, set_aside_at=None).first()
        if open_one is None or open_one.digest != digest:
            raise TermMovedOn(
                "renewal-moved-on", _("This proposal does not stand any more. Reload the page.")
            )
        _declare(locked, open_one, party, end=end, by=by)


def _declare(
    locked: Agreement, proposal: Renewal, party: Party, *, end: dt.date | None, by: User
) -> None:
    if give_consent(locked, party, Consent.Purpose.RENEWAL, proposal.digest, by=by):
        trail.record("agreement.renewal_agreed", locked, by=by, party=party.pk)
    willing = consenting_parties(locked, Consent.Purpose.RENEWAL, proposal.digest)
    if willing >= set(locked.partnership.parties.values_list("pk", flat=True)):
        Renewal.objects.filter(pk=proposal.pk).update(declared_at=timezone.now())
        _carry_on(locked, end, proposal.ends_on, by=by)
        trail.record("agreement.renewed", locked, by=by, ends_on=proposal.ends_on.isoformat())
        plan_reminders(locked)
        notices.tell_life("agreement_renewed", locked, f"r{proposal.pk}", renewal=proposal)


def set_review(agreement: Agreement, review_on: dt.date | None, *, by: User) -> None:
    """When both sides look at the agreement together; they are reminded 30 days before.

    Raises ReviewInThePast.
    """
    if review_on is not None and review_on < timezone.localdate():
        raise ReviewInThePast("review-in-the-past", _("This day is over. Choose a later one."))
    with transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(review_on=review_on)
        trail.record("agreement.review_set", agreement, by=by)
        if review_on is not None:
            work.request(
                "agreement.review",
                f"a{agreement.pk}-{review_on}",
                due_at=_morning(review_on - REVIEW_AHEAD),
                agreement_id=agreement.pk,
                review_on=review_on.isoformat(),
            )
    agreement.refresh_from_db()


def plan_reminders(agreement: Agreement) -> None:
    """Ask for a reminder at each distance from the end that still lies ahead; idempotent."""
    end = end_of(agreement)
    if end is None or agreement.is_amendment or end < timezone.localdate():
        return
    for days in REMINDERS:
        day = end - dt.timedelta(days=days)
        if day < timezone.localdate():
            continue
        work.request(
            "agreement.ends",
            f"a{agreement.pk}-{end}-{days}",
            due_at=_morning(day),
            agreement_id=agreement.pk,
            ends_on=end.isoformat(),
            days=days,
        )


def remind(agreement: Agreement, *, ends_on: dt.date, days: int) -> None:
    """Tell everybody that the end is near; does nothing when the end has moved or is past."""
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        end = end_of(locked)
        if locked.concluded_at is None or end != ends_on or timezone.localdate() > ends_on:
            return
        key = f"a{locked.pk}-{ends_on}-{days}"
        notices.tell_life("agreement_ends", locked, key, ends_on=ends_on, days=days)


def remind_of_review(agreement: Agreement, *, review_on: dt.date) -> None:
    """Tell everybody that the review is due; does nothing when its date has moved."""
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if locked.review_on == review_on:
            key = f"a{locked.pk}-{review_on}"
            notices.tell_life("agreement_review", locked, key, review_on=review_on)


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


def _digest(agreement: Agreement, end: dt.date, ends_on: dt.date) -> str:
    words: dict[str, Any] = {
        "number": agreement.number,
        "from": end.isoformat(),
        "to": ends_on.isoformat(),
        # The same end proposed anew is another proposal: what was said to the first is over.
        "proposal": agreement.renewals.count() + 1,
    }
    return hashlib.sha256(rfc8785.dumps(words)).hexdigest()


def _demand_no_amendment_signed(locked: Agreement) -> None:
    """What is being signed states the end as it stands: it must not move meanwhile."""
    fixed = Agreement.State.FROZEN, Agreement.State.COLLECTING, Agreement.State.SEALING
    pending = locked.amendments.filter(state__in=fixed).first()
    if pending is not None:
        raise NotInForce(
            "amendment-pending",
            _("%(number)s is being signed. Wait until that is concluded or stopped.")
            % {"number": pending.number},
        )


def _carry_on(base: Agreement, old: dt.date | None, new: dt.date, *, by: User) -> None:
    """Amendments in the making that stated the old end state the new one: agreed to anew."""
    for each in base.amendments.filter(state__in=Agreement.OPEN, ends_on=old):
        if each.state == Agreement.State.AGREED:
            states.advance(each, Agreement.State.DRAFT, by=by)
        Agreement.objects.filter(pk=each.pk).update(ends_on=new)


def lock_running(agreement: Agreement) -> tuple[Agreement, dt.date | None]:
    """The locked agreement and its end; raises NotInForce unless it is concluded and runs."""
    locked = (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )
    end = end_of(locked)
    standing = standing_of(locked, timezone.localdate(), end=end)
    if locked.is_amendment or standing in (Standing.NONE, Standing.ENDED):
        raise NotInForce(
            "not-in-force", _("This needs an agreement that is concluded and has not ended.")
        )
    return locked, end
