"""Rehearsing a call: a copy in quarantine, from the form to a draw that binds nobody, then gone.

`Call.objects` never finds a trial; the database lets no draw, extension or agenda know one. What a
trial leaves are lines of the trail, which hold ids only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock, lottery
from circles.alone import each_alone
from circles.applying import erasure
from circles.calling import calls, quota_rules
from circles.drawing import quota_draws
from circles.models import (
    Application,
    Call,
    Circle,
    Criterion,
    Inquiry,
    Objection,
    Recusal,
    Review,
    ReviewReason,
)
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

LASTS = dt.timedelta(days=14)
DICE = 20
COPIED = (
    "meeting", *calls.NEEDED_TEXTS, "contact", "seats", "reserve_kept", "answer_days",
    "objection_days", "kept_days",
)  # fmt: skip


class NoTrial(DomainError):
    """The call is open, or its trial is running already; or this is no trial."""


def begin(call: Call, *, by: User) -> Call:
    """Open a trial of a call in preparation; returns it. Raises NoTrial with the next step."""
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=call.circle_id)
        call.refresh_from_db()
        if call.state != Call.State.DRAFT:
            raise NoTrial("not-a-draft", _("Only a call in preparation can be rehearsed."))
        if of_circle(call.circle) is not None:
            raise NoTrial("running", _("A trial of this call is running. Remove it first."))
        lacking = calls.lacking(call)
        if lacking:
            raise NoTrial("not-ready", " ".join(lacking))
        now = clock.now_for(call)
        trial = Call.every.create(
            circle=call.circle,
            draw_id=f"probe-{call.pk}-{now:%Y%m%d-%H%M%S}",
            is_trial=True,
            opens_at=now,
            closes_at=now + LASTS,
            **{name: getattr(call, name) for name in COPIED},
        )
        Criterion.objects.bulk_create(
            Criterion(call=trial, position=each.position, code=each.code, question=each.question)
            for each in call.criteria.all()
        )
        quota_rules.copy_attributes(call, trial)
        states.advance(trial, Call.State.OPEN, by=by)
        trail.record("trial.begun", call, by=by, trial=trial.pk)
    return trial


def of_circle(circle: Circle) -> Call | None:
    """The trial that runs for this circle."""
    return Call.every.filter(circle=circle, is_trial=True).select_related("circle").first()


def close(trial: Call, *, by: User) -> None:
    """Let the deadline of the trial be now."""
    with transaction.atomic():
        trial = _locked(trial)
        now = clock.now_for(trial)
        if now >= trial.closes_at:
            raise NoTrial("closed", _("The deadline of the trial has passed already."))
        Call.every.filter(pk=trial.pk).update(closes_at=now)
        trail.record("trial.closed", trial, by=by)


def rehearsed_draw(trial: Call) -> list[Application]:
    """The admitted applications in the order of a draw with invented dice; the same each time.

    Nothing is stored. Empty while nobody is admitted.
    """
    admitted = trial.applications.filter(state=Application.State.QUALIFIED)
    people = {each.ticket: each for each in admitted}
    tickets = tuple(sorted(people))
    if not tickets:
        return []
    plan = quota_draws.plan(trial) if len(tickets) > trial.seats else None
    pool = lottery.Pool(
        trial.draw_id, tickets, tuple(plan.notes[t] for t in tickets) if plan else ()
    )
    told = lottery.Declaration(
        draw=trial.draw_id, version=1, seats=min(trial.seats, len(tickets)),
        frozen=trial.closes_at.replace(microsecond=0), pool=pool.digest,
        lottery=plan.rows.digest if plan else "-", rejected="-", round=0, dice=DICE, fallback=None,
    )  # fmt: skip
    dice = "".join(str(byte % 6 + 1) for byte in hashlib.sha256(pool.to_bytes()).digest()[:DICE])
    seed = lottery.Seed(told.digest, 0, "-", dice, "-")
    result = lottery.draw(pool, told, seed, plan.rows if plan else None)
    return [people[ticket] for ticket in result.order]


def remove(trial: Call, *, by: User | None) -> int:
    """Delete the trial and everything in it; returns how many applications went."""
    with transaction.atomic():
        trial = _locked(trial)
        applications = list(trial.applications.select_related("user", "reached_by"))
        for application in applications:
            erasure.forget_wholly(application, by=by)
        people = [each for one in applications for each in (one.user, one.reached_by)]
        inside: dict[str, Any] = {"application__call": trial}
        ReviewReason.objects.filter(review__application__call=trial).delete()
        for model in (Review, Recusal, Inquiry, Objection):
            model._default_manager.filter(**inside).delete()
        trial.applications.all().delete()
        trial.criteria.all().delete()
        trial.attributes.all().delete()
        trail.record("trial.removed", trial, by=by, applications=len(applications))
        trial.delete()
        erasure.forget_accounts(people)
    return len(applications)


def remove_forgotten() -> int:
    """Remove trials that nobody removed within their time; returns how many."""
    over = [
        trial
        for trial in Call.every.filter(is_trial=True)
        if clock.now_for(trial) >= trial.opens_at + LASTS
    ]
    return each_alone(over, _remove_forgotten)


def _remove_forgotten(trial: Call) -> int:
    remove(trial, by=None)
    return 1


def signed_id(trial: Call) -> str:
    """How links to a trial name it: whoever rehearses needs no account, only the link."""
    return _signer().sign(str(trial.pk))


def find(signed: str) -> Call | None:
    """The trial behind such a link, or None."""
    try:
        pk = int(_signer().unsign(signed))
    except (BadSignature, ValueError):
        return None
    return Call.every.select_related("circle", "meeting__body").filter(pk=pk, is_trial=True).first()


def _locked(trial: Call) -> Call:
    found = Call.every.select_for_update().filter(pk=trial.pk, is_trial=True).first()
    if found is None:
        raise NoTrial("gone", _("This trial is removed already."))
    return found


def _signer() -> Signer:
    return Signer(sep="~", salt="circles.trial")
