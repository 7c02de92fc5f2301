"""Results: one of the office prepares, another publishes, sends back, or says why not.

Published only after the D.I.V. saw it, with the order, and never by who sat in the circle.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Finalisation, Measure, Result, Seat, SeatTerm
from circles.proposing import versions
from circles.resulting import announcements, measures, papers
from formats.models import Event, WorkOrder
from formats.weighing import work_orders
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof, demand_fresh
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText, digest_of

PREPARABLE = (WorkOrder.State.FINALISED, WorkOrder.State.PRESENTED)


class NotPreparable(DomainError):
    """The order is not finalised, or the result is prepared or settled already."""


class NotSettled(DomainError):
    """This result cannot be published or withheld, not like this, or not by this person."""


@dataclasses.dataclass(frozen=True)
class Words:
    """What is prepared: the texts, and the forms of publication beside the page."""

    title: LocalizedText
    summary: LocalizedText
    text: LocalizedText
    with_paper: bool = True
    event: Event | None = None
    press_text: LocalizedText = dataclasses.field(default_factory=LocalizedText)


def prepare(order: WorkOrder, words: Words, *, is_demo: bool = False, by: User) -> Result:
    """Begin the result of a finalised order. Raises NotPreparable, TextBeyondLimits."""
    _demand_words(words)
    with transaction.atomic():
        order = WorkOrder.objects.select_for_update().get(pk=order.pk)
        if order.state not in PREPARABLE:
            raise NotPreparable(
                "not-finalised",
                _("This work order is not finalised. Its result is prepared after that."),
            )
        if Result.objects.filter(work_order=order).exists():
            raise NotPreparable("prepared", _("The result of this order is prepared already."))
        finalisation = Finalisation.objects.filter(work_order=order).first()
        result = Result.objects.create(
            work_order=order,
            decision=finalisation.decision if finalisation else None,
            prepared_by=by,
            is_demo=is_demo,
            **_fields(words),
        )
        trail.record("result.prepared", result, by=by, order=order.pk)
    return result


def change(result: Result, words: Words, *, seen: str, by: User) -> None:
    """Change what is prepared; whoever does has prepared it, and somebody else publishes it.

    `seen` is the digest of what the change is based on. Raises NotPreparable, TextBeyondLimits.
    """
    _demand_words(words)
    with transaction.atomic():
        locked = _lock_prepared(result)
        if seen != digest(locked):
            raise NotPreparable(
                "changed",
                _(
                    "Somebody else has changed this result meanwhile. Your words stand below: "
                    "compare, then save again."
                ),
            )
        Result.objects.filter(pk=locked.pk).update(
            **_fields(words), prepared_by=by, prepared_at=timezone.now(), sent_back=""
        )
        trail.record("result.changed", locked, by=by)
    result.refresh_from_db()


def digest(result: Result) -> str:
    """What tells two states of a prepared result apart: its words, forms and measures."""
    rows = [
        [each.n, each.title.stored, each.description.stored, each.responsible, str(each.due_on),
         each.state, each.reason.stored]
        for each in result.measures.all()
    ]  # fmt: skip
    words = [result.title, result.summary, result.text, result.press_text]
    told = [[each.stored for each in words], result.with_paper, result.event_id, rows]
    return digest_of(json.dumps(told, sort_keys=True))


def publish(
    result: Result, *, answer_due_on: dt.date | None, seen: str, by: User, proof: Proof | None
) -> None:
    """Make the result public together with its order; until `answer_due_on` the office answers.

    `seen` is the digest that was shown; `proof` a fresh second factor. Raises NotSettled,
    ProofMissing.
    """
    fresh = demand_fresh(proof, by)
    with transaction.atomic():
        locked = _lock_prepared(result)
        _demand_second(locked, by)
        _demand_publishable(locked, answer_due_on, seen)
        now = timezone.now()
        states.advance(
            locked,
            Result.State.PUBLISHED,
            by=by,
            settled_by=by,
            settled_at=now,
            answer_due_on=answer_due_on,
        )
        work_orders.publish(locked.work_order, by=by)
        _release_adopted(locked, by=by)
        measures.begin_history(locked, at=now, by=by)
        trail.record("result.published", locked, by=by, factor=fresh.factor, due=str(answer_due_on))
        if locked.with_paper:
            papers.order(locked)
        announcements.tell_published(locked, by=by)
    result.refresh_from_db()


def withhold(result: Result, reason: LocalizedText, *, by: User) -> None:
    """Not publish it, and say why in public. Raises NotSettled."""
    if not reason:
        raise NotSettled(
            "reason-missing", _("Please say why the result is not published. Everybody reads it.")
        )
    with transaction.atomic():
        locked = _lock_prepared(result)
        _demand_second(locked, by)
        states.advance(
            locked,
            Result.State.WITHHELD,
            by=by,
            settled_by=by,
            settled_at=timezone.now(),
            withheld_reason=reason,
        )
    result.refresh_from_db()


def send_back(result: Result, note: str, *, by: User) -> None:
    """Ask for changes before it is published; who prepared it reads `note`. Raises NotSettled."""
    if not note.strip():
        raise NotSettled("note-missing", _("Please write what is to be changed."))
    with transaction.atomic():
        locked = _lock_prepared(result)
        if locked.prepared_by_id == by.pk:
            raise _same_person()
        Result.objects.filter(pk=locked.pk).update(sent_back=note.strip())
        trail.record("result.sent-back", locked, by=by)
    result.refresh_from_db()


def take_up_again(result: Result, *, by: User) -> None:
    """Prepare a withheld result anew; the reason is not shown any more."""
    with transaction.atomic():
        locked = Result.objects.select_for_update().get(pk=result.pk)
        states.advance(
            locked,
            Result.State.PREPARED,
            by=by,
            settled_by=None,
            settled_at=None,
            withheld_reason=LocalizedText(),
            prepared_by=by,
            prepared_at=timezone.now(),
        )
    result.refresh_from_db()


def sat_in_circle(result: Result, user: User) -> bool:
    """Whether this person has or had a seat in the circle that the result is of."""
    terms = SeatTerm.objects.held_by(user).filter(seat__circle__work_order=result.work_order_id)
    seats = Seat.objects.held_by(user).filter(circle__work_order=result.work_order_id)
    return terms.exists() or seats.exists()


def _fields(words: Words) -> dict[str, object]:
    return {field.name: getattr(words, field.name) for field in dataclasses.fields(words)}


def _demand_words(words: Words) -> None:
    if not words.title or not words.summary:
        raise NotPreparable("words-missing", _("Please write a title and what came out."))
    for each in (words.title, words.summary, words.text, words.press_text):
        for language in each.stored:
            check_limits(each.get(language))


def _lock_prepared(result: Result) -> Result:
    locked = Result.objects.select_for_update(of=("self",)).select_related("work_order")
    found = locked.get(pk=result.pk)
    if found.state != Result.State.PREPARED:
        raise NotPreparable(
            "settled", _("This result is published or withheld already. Reload the page.")
        )
    return found


def _demand_second(result: Result, by: User) -> None:
    if result.prepared_by_id == by.pk:
        raise _same_person()
    if sat_in_circle(result, by):
        raise NotSettled(
            "member",
            _(
                "You have or had a seat in this circle. A circle does not publish its own result: "
                "somebody else of the office does."
            ),
        )


def _demand_publishable(result: Result, answer_due_on: dt.date | None, seen: str) -> None:
    if result.work_order.state != WorkOrder.State.PRESENTED:
        raise NotSettled(
            "not-presented",
            _("The D.I.V. has not seen this result. It is published after its presentation."),
        )
    if answer_due_on is None:
        raise NotSettled(
            "due-missing", _("Please say until when the office answers what became of it.")
        )
    if answer_due_on <= timezone.localdate():
        raise NotSettled("due-past", _("The day of the answer must lie ahead."))
    if result.sent_back:
        raise NotSettled(
            "sent-back", _("This result was sent back and must be changed before it is published.")
        )
    if result.measures.filter(state=Measure.State.UNSAID).exists():
        raise NotSettled(
            "further-use-missing",
            _("Please say of every measure how it is used further."),
        )
    if seen != digest(result):
        raise NotSettled("changed", _("The result has changed. Look at it once more."))


def _release_adopted(result: Result, *, by: User) -> None:
    """What was adopted can be read by everybody, if it was not released before."""
    version = result.decision.version if result.decision else None
    if version is not None and version.released_at is None:
        versions.release(version, by=by)


def _same_person() -> NotSettled:
    return NotSettled(
        "same-person", _("You have prepared this result. A second person must look at it.")
    )
