"""Two people say yes or no to each criterion; when they differ, a third one decides.

What still blocks the freeze of the pool is told here in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles import clock, permissions
from circles.applying import applications, likenesses
from circles.applying.confirmations import CODE_LASTS
from circles.models import (
    Application,
    Call,
    Criterion,
    Inquiry,
    Objection,
    Recusal,
    Review,
    ReviewReason,
)
from circles.models.application import ApplicationQuerySet
from circles.reviewing import inquiries, objections, recusals
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.look import moments

VERDICTS_NEEDED = objections.FINDINGS


class NotReviewable(DomainError):
    """The application is decided, withdrawn, one's own, or reviewed by the same person before."""


def review(application: Application, *, unmet: Mapping[Criterion, str], by: User) -> Review:
    """Note the finding of one person: `unmet` criteria with a reason each; none = qualified.

    With the second equal finding the application is admitted or rejected.
    """
    _demand_other_person(application, by)
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if locked.state != Application.State.SUBMITTED:
            raise NotReviewable(
                "not-in-review", _("This application is decided or withdrawn already.")
            )
        _demand_reasons(locked, unmet)
        _demand_no_question(locked)
        try:
            with transaction.atomic():
                finding = Review.objects.create(
                    application=locked, reviewer=by, qualified=not unmet
                )
        except IntegrityError as error:
            raise NotReviewable(
                "reviewed-before",
                _("You have reviewed this application already. Now another person is needed."),
            ) from error
        ReviewReason.objects.bulk_create(
            [
                ReviewReason(review=finding, criterion=criterion, reason=reason)
                for criterion, reason in unmet.items()
            ]
        )
        trail.record(
            "application.reviewed",
            locked,
            by=by,
            qualified=finding.qualified,
            unmet=" ".join(sorted(criterion.code for criterion in unmet)),
        )
        _decide(locked, by=by)
    application.refresh_from_db(fields=["state"])
    return finding


def reason_code(application: Application) -> str:
    """The code of the first criterion found unmet, as `rejected.txt` publishes it."""
    found = ReviewReason.objects.filter(
        review__application=application, review__qualified=False
    ).order_by("criterion__position")
    return str(found.values_list("criterion__code", flat=True).first() or "")


def reasons_for(application: Application) -> list[tuple[Criterion, list[str]]]:
    """The unmet criteria with the reasons of all who said no, in the order of the call."""
    grouped: dict[Criterion, list[str]] = {}
    rows = ReviewReason.objects.filter(review__application=application, review__qualified=False)
    for row in rows.select_related("criterion").order_by("criterion__position", "pk"):
        known = grouped.setdefault(row.criterion, [])
        if row.reason and row.reason not in known:
            known.append(row.reason)
    return list(grouped.items())


def waiting_for(user: User, applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Those that `user` can review now: submitted, not theirs, not yet seen by them."""
    return (
        applications.filter(state=Application.State.SUBMITTED)
        .foreign_to(user)
        .exclude(Exists(Review.objects.filter(application=OuterRef("pk"), reviewer=user)))
        .exclude(Exists(Recusal.objects.filter(application=OuterRef("pk"), person=user)))
    )


def waiting_by_call(user: User, calls: Sequence[Call]) -> dict[int, int]:
    """How many applications of each of these calls `user` can review now; calls with none lack."""
    waiting = waiting_for(user, Application.objects.filter(call__in=calls))
    counted = waiting.order_by().values("call_id")
    return {row["call_id"]: row["n"] for row in counted.annotate(n=Count("pk"))}


def open_matters(
    call: Call,
    *,
    periods: objections.Periods | None = None,
    states: Mapping[str, int] | None = None,
) -> list[str]:
    """What still blocks the freeze, in sentences with counts; empty when nothing does.

    `periods` of the call and how many applications are in which of the `states`: when at hand.
    """
    found = []
    counts = _counts_of(call, states)
    unconfirmed, undecided, asked, open_objections = (
        counts[name] for name in ("unconfirmed", "undecided", "asked", "objections")
    )
    if unconfirmed:
        found.append(
            ngettext(
                "%(n)d application still waits for its code, at most 48 hours.",
                "%(n)d applications still wait for their codes, at most 48 hours each.",
                unconfirmed,
            )
            % {"n": unconfirmed}
        )
    if undecided:
        found.append(
            ngettext(
                "%(n)d application is not decided by two people yet.",
                "%(n)d applications are not decided by two people yet.",
                undecided,
            )
            % {"n": undecided}
        )
    if asked:
        found.append(
            ngettext(
                "%(n)d person was asked something and may still answer.",
                "%(n)d people were asked something and may still answer.",
                asked,
            )
            % {"n": asked}
        )
    if open_objections:
        found.append(
            ngettext(
                "%(n)d objection is not decided yet.",
                "%(n)d objections are not decided yet.",
                open_objections,
            )
            % {"n": open_objections}
        )
    found += _open_periods(call, periods or objections.periods_of(call))
    return found + likenesses.in_words(counts["alike"])


def _open_periods(call: Call, periods: objections.Periods) -> list[str]:
    """Whoever is rejected may still object: the freeze waits for the notice and for the period."""
    found = []
    if periods.untold:
        found.append(
            ngettext(
                "%(n)d person does not know yet that the application is not admitted. The days to "
                "object begin only when the mail leaves or the letter is printed.",
                "%(n)d people do not know yet that their applications are not admitted. Their "
                "days to object begin only when the mails leave or the letters are printed.",
                periods.untold,
            )
            % {"n": periods.untold}
        )
    if periods.last_ends_at is not None and clock.now_for(call) < periods.last_ends_at:
        found.append(
            _("Until %(end)s people who are not admitted may still object.")
            % {"end": moments.moment_text(periods.last_ends_at)}
        )
    return found


def _counts_of(call: Call, states: Mapping[str, int] | None) -> dict[str, int]:
    """How many wait for a code, two findings, an answer, a decision, a look; in one query."""
    in_review = Application.State.SUBMITTED
    asked = Inquiry.objects.filter(
        application__call=call,
        application__state=in_review,
        answered_at=None,
        closed_at=None,
        due_at__gt=Now() + Value(call.clock_ahead),
    )
    undecided = Objection.objects.filter(application__call=call, decided_at=None)
    numbers = {
        "asked": _number(asked, "application__call", "application"),
        "objections": _number(undecided, "application__call", "application"),
        "alike": _number(likenesses.open_pairs(call), "first__call", "pk"),
    }
    if states is None:
        numbers["undecided"] = _number(call.applications.filter(state=in_review), "call", "pk")
    if states is None or states.get(Application.State.UNCONFIRMED):
        numbers["unconfirmed"] = _number(_awaiting_codes(call), "call", "pk")
    known = {"unconfirmed": 0, "undecided": (states or {}).get(in_review, 0)}
    return known | Call.every.filter(pk=call.pk).annotate(**numbers).values(*numbers).get()


def _awaiting_codes(call: Call) -> ApplicationQuerySet:
    """Forms whose code may still come; a second one of somebody who has applied waits for none."""
    counted = Application.objects.filter(
        call=OuterRef("call"),
        identity=OuterRef("identity"),
        confirmed_at__isnull=False,
        erased_at=None,
    ).exclude(state=Application.State.WITHDRAWN)
    in_time = Q(submitted_at__gt=Now() + Value(call.clock_ahead - CODE_LASTS))
    waiting = call.applications.filter(in_time, state=Application.State.UNCONFIRMED)
    return waiting.exclude(Exists(counted))


def _number(rows: QuerySet[Any], of: str, what: str) -> Coalesce:
    """How many different `what` there are, as a column: asked in its own table, by its index."""
    counted = rows.order_by().values(of).annotate(n=Count(what, distinct=what != "pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _demand_other_person(application: Application, by: User) -> None:
    if permissions.is_own(application, by):
        raise NotReviewable(
            "own-application", _("This is your own application. Somebody else reviews it.")
        )
    if recusals.is_recused(application, by):
        raise NotReviewable(
            "recused", _("You have declared to be biased here. Somebody else reviews it.")
        )


def _demand_no_question(application: Application) -> None:
    inquiry = inquiries.open_inquiry(application)
    if inquiry is not None and clock.now_for(application.call) < inquiry.due_at:
        raise NotReviewable(
            "question-open",
            _("The person was asked something and may answer until %(end)s.")
            % {"end": moments.moment_text(inquiry.due_at)},
        )


def _demand_reasons(application: Application, unmet: Mapping[Criterion, str]) -> None:
    if any(not reason.strip() for reason in unmet.values()):
        raise NotReviewable("reason-missing", _("Every no needs a reason."))
    if any(criterion.call_id != application.call_id for criterion in unmet):
        raise NotReviewable("foreign-criterion", _("This criterion belongs to another call."))


def _decide(application: Application, *, by: User) -> None:
    verdicts = list(application.reviews.values_list("qualified", flat=True))
    if verdicts.count(True) >= VERDICTS_NEEDED:
        states.advance(application, Application.State.QUALIFIED, by=by)
    elif verdicts.count(False) >= VERDICTS_NEEDED:
        states.advance(application, Application.State.REJECTED, by=by)
        _tell_rejected(application)


def _tell_rejected(application: Application) -> None:
    """The mail waits in the outbox, so that a person reads it before it leaves."""
    applications.mail(
        "application_rejected", application, hold=True, reasons=reasons_for(application)
    )
