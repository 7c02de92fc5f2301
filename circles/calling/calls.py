"""Public calls: prepared by the office, with criteria that are fixed when the call opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.calling import announcements, followups, quota_rules, wording
from circles.models import Call, Circle, Criterion
from formats.models import AgendaItem, Meeting
from formats.sittings import agenda
from foundation import database, states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

# What a call must say before anybody can apply.
NEEDED_TEXTS = ("question", "task", "effort", "not_needed", "allowance")
EDITABLE = (
    "draw_id", "meeting", *NEEDED_TEXTS, "contact", "seats", "reserve_kept", "answer_days",
    "objection_days", "kept_days",    "opens_at", "closes_at",
)  # fmt: skip
# Of several calls of a circle, the one that somebody can do something about is the current one.
RANK = (Call.State.OPEN, Call.State.FROZEN, Call.State.DRAFT, Call.State.DRAWN,
        Call.State.ALL_ADMITTED, Call.State.WITHDRAWN)  # fmt: skip


class NotOpenable(DomainError):
    """Something is missing before the call may open."""


class NoSuchName(DomainError):
    """The name of the draw says something that is not so."""


class FixedNow(DomainError):
    """An open call keeps its rules."""


def is_name_allowed(circle: Circle, draw_id: str) -> bool:
    """ "demo-" promises that nothing binds, and lets the clock be moved: only where that is so."""
    return not draw_id.startswith("demo-") or settings.DEMO or circle.is_demo


def draw_id_for(circle: Circle) -> str:
    """A free name for the lottery, such as iz-2026-02-abends, or demo-iz-… where all is demo."""
    stem = f"{circle.number.lower()}-{circle.slug.split('-')[0]}"[:56]
    if settings.DEMO or circle.is_demo:
        stem = f"demo-{stem}"
    taken = set(Call.objects.filter(draw_id__startswith=stem).values_list("draw_id", flat=True))
    draw_id, n = stem, 1
    while draw_id in taken:
        n += 1
        draw_id = f"{stem}-{n}"
    return draw_id


def create_call(
    circle: Circle,
    meeting: Meeting,
    *,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    texts: Mapping[str, LocalizedText],
    contact: str,
    draw_id: str = "",
    criteria: Sequence[tuple[str, LocalizedText]] = (),
    by: User,
    **numbers: int,
) -> Call:
    """Prepare a call, to be drawn in `meeting`. `texts` are those of NEEDED_TEXTS; `numbers` are
    seats, reserve_kept, answer_days, objection_days, kept_days; `criteria` are (code, question).
    """
    _demand_name(circle, draw_id)
    with transaction.atomic():
        call = Call.objects.create(
            circle=circle,
            meeting=meeting,
            draw_id=draw_id or draw_id_for(circle),
            contact=contact,
            opens_at=opens_at,
            closes_at=closes_at,
            **texts,
            **numbers,
        )
        set_criteria(call, criteria, by=by)
        trail.record("call.prepared", call, by=by, draw=call.draw_id)
    return call


def edit_call(call: Call, *, by: User, **values: Any) -> None:
    """Change a call in preparation; `values` are fields of EDITABLE."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    if "draw_id" in values:
        _demand_name(call.circle, values["draw_id"])
    with transaction.atomic():
        _demand_draft(call)
        for name, value in values.items():
            setattr(call, name, value)
        call.save(update_fields=[*values])
        trail.record("call.edited", call, by=by, fields=" ".join(sorted(values)))


def set_criteria(call: Call, criteria: Sequence[tuple[str, LocalizedText]], *, by: User) -> None:
    """Replace the closed list of yes/no criteria of a call in preparation."""
    with transaction.atomic():
        _demand_draft(call)
        call.criteria.all().delete()
        Criterion.objects.bulk_create(
            [
                Criterion(call=call, position=position, code=code, question=question)
                for position, (code, question) in enumerate(criteria, start=1)
            ]
        )
        trail.record("call.criteria-set", call, by=by, number=len(criteria))


def open_call(call: Call, *, by: User) -> None:
    """Open the call to applications: from now on its criteria and its draw id are fixed.

    The draw becomes an item of its session's agenda. Raises NotOpenable with the next step.
    """
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=call.circle_id)
        call.refresh_from_db()
        now = clock.now_for(call)
        _demand_openable(call, now)
        states.advance(call, Call.State.OPEN, by=by, opens_at=max(call.opens_at, now))
        put_on_agenda(call, by=by)
        announcements.announce(call)


def put_on_agenda(call: Call, *, by: User) -> None:
    """The draw becomes an item of the session in which the lot decides."""
    agenda.add_item(
        call.meeting,
        LocalizedText.of(
            "de",
            f"Auslosung: Innovationszirkel „{call.circle.name.get('de')}“",
            en=f"Draw by lot: innovation circle “{call.circle.name.best('en')[0]}”",
        ),
        call,
        kind=AgendaItem.Kind.DRAW,
        by=by,
    )


def lock_for_share(call: Call) -> Call:
    """Fetch the call and keep its state until commit; others may do the same at once.

    Freezing takes the exclusive lock, so nothing slips in beside it.
    """
    database.hold(Call, call.pk)
    return Call.every.select_related("circle").get(pk=call.pk)


def current_call(circle: Circle, calls: Any) -> Call | None:
    """The call of `circle` among `calls` (a queryset) that is under way, else the newest drawn."""
    found = calls.filter(circle=circle).select_related("meeting__body")
    return min(found, key=lambda call: RANK.index(call.state), default=None)


def _demand_name(circle: Circle, draw_id: str) -> None:
    if not is_name_allowed(circle, draw_id):
        raise NoSuchName(
            "demo-name", _("Names that begin with “demo-” are for demonstrations. Choose another.")
        )


def _demand_draft(call: Call) -> None:
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.state != Call.State.DRAFT:
        raise FixedNow(
            "call-is-fixed",
            _("This call is open. Its rules are fixed for everybody; withdraw it to start anew."),
        )


def _demand_openable(call: Call, now: dt.datetime) -> None:
    reasons = obstacles(call, now)
    if reasons:
        raise NotOpenable("not-openable", " ".join(reasons))


def obstacles(call: Call, now: dt.datetime) -> list[str]:
    """What is still missing before the call may open, in sentences; empty when ready."""
    found = lacking(call)
    if not is_name_allowed(call.circle, call.draw_id):
        found.append(_("The name of the draw begins with “demo-”, but this is none. Change it."))
    if call.closes_at <= now:
        found.append(_("The deadline lies in the past."))
    found += obstacles_of_session(call, call.meeting, call.closes_at)
    if call.circle.calls.filter(state__in=[Call.State.OPEN, Call.State.FROZEN]).exists():
        found.append(_("This circle has an open call already."))
    found += followups.obstacles(call)
    free = followups.free_seats(call.circle)
    if free < call.seats:
        found.append(
            _("Only %(free)d places by lot are free, the call offers %(seats)d.")
            % {"free": free, "seats": call.seats}
        )
    return found


def lacking(call: Call) -> list[str]:
    """What the call does not say yet, in sentences; its dates are another matter."""
    found = []
    if any(not getattr(call, name) for name in NEEDED_TEXTS) or not call.contact:
        found.append(_("Texts are still missing: fill in every field of the call."))
    texts = [getattr(call, name) for name in NEEDED_TEXTS]
    gaps = wording.gaps([*texts, *call.criteria.values_list("question", flat=True)])
    if gaps:
        found.append(
            _("Put your own words in place of: %(gaps)s.") % {"gaps": ", ".join(sorted(gaps))}
        )
    if not call.criteria.exists():
        found.append(_("The call needs at least one criterion."))
    return found + quota_rules.obstacles(call)


def obstacles_of_session(call: Call, meeting: Meeting, closes_at: dt.datetime) -> list[str]:
    """Why the lot cannot be drawn in `meeting` when the call closes at `closes_at`."""
    found = []
    if meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED):
        found.append(_("The session for the draw is over or cancelled. Choose another."))
    if not meeting.is_public:
        found.append(_("The lot is drawn in public: choose a public session."))
    if not call.is_demo and meeting.starts_at < closes_at + dt.timedelta(days=1):
        found.append(_("Between the deadline and the session there must be at least 24 hours."))
    return found
