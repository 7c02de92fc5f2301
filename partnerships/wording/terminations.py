"""Notice: one city ends a concluded agreement, which runs on for the months of notice."""

from __future__ import annotations

import calendar
import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from partnerships.course.participation import demand_own_party
from partnerships.models import Agreement, Party, Project, Termination
from partnerships.signing import notices
from partnerships.wording import terms

# A letter of notice is entered here soon after it went out: nobody ends an agreement backwards.
LETTER_TAKES = dt.timedelta(days=14)


class NoticeRefused(DomainError):
    """Notice was given already, or the date or reason does not fit."""


def give_notice(
    agreement: Agreement, party: Party, *, given_on: dt.date, reason: str, by: User
) -> Termination:
    """One city ends the agreement; it runs for the months of notice, and all sides are told.

    Raises NotInForce, NoticeRefused, ForeignParty.
    """
    demand_own_party(agreement.partnership, party)
    if not reason.strip():
        raise NoticeRefused("reason-missing", _("Give a reason. Everybody involved will read it."))
    today = timezone.localdate()
    if given_on > today:
        raise NoticeRefused("notice-in-future", _("Notice cannot be given in the future."))
    if given_on < today - LETTER_TAKES:
        raise NoticeRefused(
            "notice-too-long-ago",
            _(
                "Notice is entered at most %(days)s days after the letter went out. "
                "Choose a later day; the months of notice run from there."
            )
            % {"days": LETTER_TAKES.days},
        )
    with transaction.atomic():
        locked, _end = terms.lock_running(agreement)
        if Termination.objects.filter(agreement=locked).exists():
            raise NoticeRefused("notice-given", _("Notice has been given already."))
        concluded = timezone.localdate(locked.concluded_at)
        if given_on < concluded:
            raise NoticeRefused(
                "notice-too-early", _("The agreement was not concluded yet on that day.")
            )
        months = terms.notice_months_of(locked)
        if months_later(given_on, months) <= today:
            raise NoticeRefused(
                "notice-ends-at-once", _("With this day the agreement would have ended already.")
            )
        termination = Termination.objects.create(
            agreement=locked,
            party=party,
            given_on=given_on,
            effective_on=months_later(given_on, months),
            notice_months=months,
            reason=reason.strip(),
            given_by=by,
        )
        trail.record("agreement.notice_given", locked, by=by, party=party.pk)
        terms.plan_reminders(locked)
        notices.tell_life(
            "agreement_terminated",
            locked,
            f"t{termination.pk}",
            termination=termination,
            projects=[str(project.title) for project in finishing(locked)],
        )
    return termination


def finishing(agreement: Agreement) -> models.QuerySet[Project]:
    """Projects that run on to their end although the agreement ends."""
    under_way = [Project.State.PILOT, Project.State.RUNNING]
    return Project.objects.filter(partnership=agreement.partnership_id, state__in=under_way)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
