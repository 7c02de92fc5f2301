"""Whether a partnership goes on: suspended and resumed, ended and opened again, each with why.

While it rests nothing new begins: no goal, meeting, topic or step of an agreement.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.mail import outbox
from partnerships.models import Partnership, TurningPoint
from partnerships.speakers import speakers_of

Kind = TurningPoint.Kind
WAY_BACK = dt.timedelta(days=90)


class AtRest(DomainError):
    """The partnership is suspended or has ended: nothing new begins."""


class NotAtRest(DomainError):
    """The partnership goes on already."""


class ReasonMissing(DomainError):
    """A turning point needs a reason."""


def demand_active(partnership: Partnership) -> None:
    """Raise AtRest, saying what to do, unless the partnership goes on."""
    found = Partnership.objects.only("suspended_at", "ended_at").get(pk=partnership.pk)
    if found.ended_at is not None:
        raise AtRest(
            "partnership-ended",
            _("This partnership has ended. Open it again before you start something new."),
        )
    if found.suspended_at is not None:
        raise AtRest(
            "partnership-suspended",
            _("This partnership is suspended. Resume it before you start something new."),
        )


def suspend(
    partnership: Partnership,
    *,
    reason: LocalizedText,
    by: User | None,
    until: dt.date | None = None,
) -> None:
    """Let the partnership rest; `until` is a hope, not a deadline. Raises AtRest, ReasonMissing."""
    demand_reason(reason)
    with transaction.atomic():
        _lock(partnership)
        demand_active(partnership)
        _write(partnership, Kind.SUSPENDED, by=by, reason=reason, until=until)
        _set(partnership, suspended_at=timezone.now())


def resume(partnership: Partnership, *, reason: LocalizedText, by: User | None) -> None:
    """Go on where the partnership stood; raises NotAtRest, ReasonMissing."""
    demand_reason(reason)
    with transaction.atomic():
        if _lock(partnership).suspended_at is None:
            raise NotAtRest("not-suspended", _("This partnership is not suspended."))
        _write(partnership, Kind.RESUMED, by=by, reason=reason)
        _set(partnership, suspended_at=None)


def end(
    partnership: Partnership,
    *,
    reason: LocalizedText,
    running: LocalizedText,
    by: User | None,
    way_back_until: dt.date | None = None,
) -> None:
    """End the partnership and say what becomes of running things.

    Until `way_back_until` (90 days if not given) it can be taken back without giving a reason.
    Raises AtRest when it has ended already, ReasonMissing.
    """
    demand_reason(reason)
    demand_reason(running, _("Say what becomes of running projects, meetings and agreements."))
    until = way_back_until or timezone.localdate() + WAY_BACK
    with transaction.atomic():
        if _lock(partnership).ended_at is not None:
            raise AtRest("ended-already", _("This partnership has ended already."))
        _write(partnership, Kind.ENDED, by=by, reason=reason, running=running, until=until)
        _set(partnership, suspended_at=None, ended_at=timezone.now())


def reopen(partnership: Partnership, *, reason: LocalizedText, by: User | None) -> None:
    """Take the end back; after the way back is over this needs a reason.

    Raises NotAtRest, ReasonMissing.
    """
    with transaction.atomic():
        if _lock(partnership).ended_at is None:
            raise NotAtRest("not-ended", _("This partnership has not ended."))
        if not way_back_is_open(partnership):
            demand_reason(reason)
        _write(partnership, Kind.REOPENED, by=by, reason=reason)
        _set(partnership, ended_at=None)


def way_back_is_open(partnership: Partnership) -> bool:
    """Whether an ended partnership can still be taken back without a reason."""
    last = partnership.turning_points.filter(kind=Kind.ENDED).last()
    return last is not None and last.until is not None and timezone.localdate() <= last.until


def note_turn(
    partnership: Partnership, kind: TurningPoint.Kind, *, reason: LocalizedText, by: User | None
) -> None:
    """Write a turn down that moves no standing, such as a renewal; raises ReasonMissing."""
    demand_reason(reason)
    with transaction.atomic():
        _write(partnership, kind, by=by, reason=reason)


def demand_reason(text: LocalizedText, sentence: str = "") -> None:
    """Raise ReasonMissing, with `sentence` if given, unless there are words."""
    if not text:
        raise ReasonMissing("reason-missing", sentence or _("Give a reason; both cities read it."))


def _lock(partnership: Partnership) -> Partnership:
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def _set(partnership: Partnership, **values: dt.datetime | None) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(**values)
    for name, value in values.items():
        setattr(partnership, name, value)


def _write(
    partnership: Partnership,
    kind: TurningPoint.Kind,
    *,
    by: User | None,
    reason: LocalizedText,
    running: LocalizedText | None = None,
    until: dt.date | None = None,
) -> None:
    turn = TurningPoint.objects.create(
        partnership=partnership,
        kind=kind,
        in_phase=partnership.phase,
        reason=reason,
        running=running or LocalizedText(),
        until=until,
        by=by,
    )
    trail.record(f"partnership.{kind}", partnership, by=by, turn=turn.pk)
    for user in speakers_of(partnership.pk):
        outbox.queue(
            "partnership_turn",
            key=f"partnership-turn-{turn.pk}-{user.pk}",
            to=user.email,
            to_name=user.name,
            language=user.language,
            subject=partnership,
            context={
                "turn": turn,
                "partnership": partnership,
                "link": settings.PUBLIC_URL
                + reverse("partnership_standing", args=[partnership.slug]),
            },
        )
