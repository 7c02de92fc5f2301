"""The life of a concluded agreement: in force, renewed by all, ended by notice of one, reminded of.

Nothing here is a flag: what stands follows from dates, declared renewals and a notice.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from typing import Any

import rfc8785
from django.db import models, transaction
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.effects import work
from foundation.errors import DomainError
from partnerships.course.participation import demand_own_party
from partnerships.models import Agreement, Consent, Party, Project, Renewal, Termination
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


class NoticeRefused(DomainError):
    """Notice was given already, or the date or reason does not fit."""


class ReviewInThePast(DomainError):
    """Nobody meets on a day that is over."""


def with_end(agreements: AgreementQuerySet) -> models.QuerySet[Any]:
    """Annotate `end_on`: the last day, after renewals and notice; None while it is open."""
    renewed = (
        Renewal.objects.filter(agreement=models.OuterRef("pk"), declared_at__isnull=False)
        .order_by("-ends_on")
        .values("ends_on")[:1]
    )
    given = Termination.objects.filter(agreement=models.OuterRef("pk")).values("effective_on")
    return agreements.annotate(
        end_on=Least(
            Coalesce(models.Subquery(renewed), models.F("ends_on")), models.Subquery(given)
        )
    )


def end_of(agreement: Agreement) -> dt.date | None:
    """The last day of an agreement, after renewals and notice; None while it is open."""
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
    """One city declares a later end and asks the others; an older open proposal is set aside.

    Raises NotInForce, NoLaterEnd, ForeignParty.
    """
    demand_own_party(agreement.partnership, party)
    with transaction.atomic():
        locked, end = _in_force(agreement)
        if end is None or ends_on <= end:
            raise NoLaterEnd(
                "no-later-end",
                _("The term is open; there is nothing to renew.")
                if end is None
                else _("The new end must be later than the present one."),
            )
        if Termination.objects.filter(agreement=locked).exists():
            raise NotInForce("notice-given", _("Notice has been given; a new agreement is needed."))
        locked.renewals.filter(declared_at=None, set_aside_at=None).update(
            set_aside_at=timezone.now()
        )
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
        locked, _end = _in_force(renewal.agreement)
        open_one = locked.renewals.filter(declared_at=None, set_aside_at=None).first()
        if open_one is None or open_one.digest != digest:
            raise TermMovedOn(
                "renewal-moved-on", _("This proposal does not stand any more. Reload the page.")
            )
        if give_consent(locked, party, Consent.Purpose.RENEWAL, digest, by=by):
            trail.record("agreement.renewal_agreed", locked, by=by, party=party.pk)
        willing = consenting_parties(locked, Consent.Purpose.RENEWAL, digest)
        if willing >= set(locked.partnership.parties.values_list("pk", flat=True)):
            Renewal.objects.filter(pk=open_one.pk).update(declared_at=timezone.now())
            trail.record("agreement.renewed", locked, by=by, ends_on=open_one.ends_on.isoformat())
            plan_reminders(locked)
            notices.tell_life("agreement_renewed", locked, f"r{open_one.pk}", renewal=open_one)


def give_notice(
    agreement: Agreement, party: Party, *, given_on: dt.date, reason: str, by: User
) -> Termination:
    """One city ends the agreement; it runs for the months of notice, and all sides are told.

    Raises NotInForce, NoticeRefused, ForeignParty.
    """
    demand_own_party(agreement.partnership, party)
    if not reason.strip():
        raise NoticeRefused("reason-missing", _("Give a reason. Everybody involved will read it."))
    if given_on > timezone.localdate():
        raise NoticeRefused("notice-in-future", _("Notice cannot be given in the future."))
    with transaction.atomic():
        locked, _end = _in_force(agreement)
        if Termination.objects.filter(agreement=locked).exists():
            raise NoticeRefused("notice-given", _("Notice has been given already."))
        concluded = timezone.localdate(locked.concluded_at)
        if given_on < concluded:
            raise NoticeRefused(
                "notice-too-early", _("The agreement was not concluded yet on that day.")
            )
        termination = Termination.objects.create(
            agreement=locked,
            party=party,
            given_on=given_on,
            effective_on=months_later(given_on, locked.notice_months),
            notice_months=locked.notice_months,
            reason=reason.strip(),
            given_by=by,
        )
        trail.record("agreement.notice_given", locked, by=by, party=party.pk)
        plan_reminders(locked)
        notices.tell_life(
            "agreement_terminated",
            locked,
            f"t{termination.pk}",
            termination=termination,
            projects=[str(project.title) for project in finishing(locked)],
        )
    return termination


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


def finishing(agreement: Agreement) -> models.QuerySet[Project]:
    """Projects that run on to their end although the agreement ends."""
    under_way = [Project.State.PILOT, Project.State.RUNNING]
    return Project.objects.filter(partnership=agreement.partnership_id, state__in=under_way)


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


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


def _digest(agreement: Agreement, end: dt.date, ends_on: dt.date) -> str:
    words = {"number": agreement.number, "from": end.isoformat(), "to": ends_on.isoformat()}
    return hashlib.sha256(rfc8785.dumps(words)).hexdigest()


def _in_force(agreement: Agreement) -> tuple[Agreement, dt.date | None]:
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
