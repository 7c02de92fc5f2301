"""Sessions of a cohort in the order of the programme: kick-off, webinars and exchange, peers."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from formats.learning import sheets
from formats.models import Cohort, LearningSession
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

Kind = LearningSession.Kind
# Where each kind stands in the programme.
PART = {Kind.KICK_OFF: 0, Kind.EXCHANGE: 1, Kind.WEBINAR: 1, Kind.PEER_CONSULTATION: 2}


class OutOfOrder(DomainError):
    """A session lies before one that comes before it in the programme."""


class EndsBeforeStart(DomainError):
    """A session ends before it begins."""


def add(
    cohort: Cohort,
    kind: LearningSession.Kind | str,
    *,
    title: LocalizedText,
    by: User | None,
    **fields: Any,
) -> LearningSession:
    """One more session. Raises OutOfOrder, EndsBeforeStart."""
    _demand_order(str(kind), fields, cohort.sessions.all())
    with transaction.atomic():
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        last = cohort.sessions.aggregate(last=Max("position"))["last"] or 0
        made = LearningSession.objects.create(
            cohort=cohort, position=last + 1, kind=kind, title=title, **fields
        )
        trail.record("cohort.session", cohort, by=by, session=made.pk)
        sheets.order(cohort)
    return made


def change(session: LearningSession, *, by: User | None, **fields: Any) -> None:
    """New words and times of a session. Raises OutOfOrder, EndsBeforeStart."""
    others = session.cohort.sessions.exclude(pk=session.pk)
    _demand_order(str(fields.get("kind", session.kind)), fields, others)
    with transaction.atomic():
        LearningSession.objects.filter(pk=session.pk).update(**fields)
        trail.record("cohort.session-changed", session.cohort, by=by, session=session.pk)
        sheets.order(session.cohort)
    session.refresh_from_db()


def _demand_order(
    kind: str, fields: dict[str, Any], others: models.QuerySet[LearningSession]
) -> None:
    starts_at, ends_at = fields.get("starts_at"), fields.get("ends_at")
    if starts_at is None:
        return
    if ends_at is None or ends_at <= starts_at:
        raise EndsBeforeStart(
            "ends-before-start", _("The session ends before it begins. Please check the times.")
        )
    part = PART[Kind(kind)]
    for other in others.exclude(starts_at=None):
        theirs = PART[Kind(other.kind)]
        early = theirs < part and other.starts_at and other.starts_at > starts_at
        late = theirs > part and other.starts_at and other.starts_at < starts_at
        if early or late:
            raise OutOfOrder(
                "out-of-order",
                _(
                    "The programme goes from the kick-off over webinars and exchange to the peer "
                    "phase. This day does not fit “%(title)s”."
                )
                % {"title": other.title},
            )
