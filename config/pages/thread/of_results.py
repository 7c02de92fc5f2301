"""What the office adds at the end of a thread: the result, its measures, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Measure, Result
from circles.proposing import own_sentences
from circles.resulting import reading
from config.pages.thread.of_formats import day_of
from config.pages.thread.steps import Step
from formats.models import Vision, WorkOrder
from foundation.accounts.mandates import Actor
from foundation.look import moments


def on_order(order: WorkOrder, reader: Actor) -> Iterator[Step]:
    """All public steps after the presentation; nothing before a result is settled."""
    result = reading.shown(reader).filter(work_order=order).first()
    if result is None or result.state == Result.State.PREPARED:
        return
    url = reverse("result", args=[order.number])
    if result.state == Result.State.WITHHELD:
        title = _("The result is not published")
        reason = (str(result.withheld_reason),)
        state = result.get_state_display()
        yield Step("result", day_of(result.settled_at), title, url, state, notes=reason)
        return
    yield Step(
        "result",
        day_of(result.settled_at),
        str(result.title),
        url,
        result.get_state_display(),
        notes=(str(result.summary),),
    )
    for measure in result.measures.all():
        yield _measure(measure, f"{url}#massnahme-{measure.n}")
    yield from _answers(result, f"{url}#antworten")


def _measure(measure: Measure, url: str) -> Step:
    """Its day is that of its last step; a day that has passed is late."""
    steps = list(measure.steps.all())
    notes = [_("Responsible: %(who)s.") % {"who": measure.responsible}]
    is_late = measure.is_under_way and measure.due_on < timezone.localdate()
    if measure.is_under_way:
        notes.append(_("Due on %(day)s.") % {"day": moments.day_text(measure.due_on)})
    if measure.reason:
        notes.append(str(measure.reason))
    elif steps and steps[-1].note:
        notes.append(str(steps[-1].note))
    settled = "half" if measure.is_under_way else "done"
    return Step(
        "measure",
        day_of(steps[-1].at) if steps else None,
        f"{measure.n}. {measure.title}",
        url,
        measure.get_state_display(),
        notes=tuple(notes),
        sign="late" if is_late else settled,
    )


def _answers(result: Result, url: str) -> Iterator[Step]:
    """Those that were given, and the one that is owed next."""
    for answer in result.answers.all():
        late = (_("It came late."),) if answer.was_late else ()
        yield Step(
            "answer",
            answer.given_on,
            _("Answer of the office"),
            url,
            _("given"),
            notes=(str(answer.text), *late),
        )
    owed_on = result.owed_on  # type: ignore[attr-defined]
    if owed_on is not None:
        is_late = owed_on < timezone.localdate()
        yield Step(
            "answer",
            owed_on,
            _("The office answers by this day"),
            url,
            _("overdue") if is_late else _("still to come"),
            sign="late" if is_late else "open",
        )


def own_sentences_in(vision: Vision, reader: Actor) -> list[tuple[str, int]]:
    """(address, how many) of the published results in which sentences of this reader stand."""
    published = Result.objects.filter(
        work_order__vision=vision, state=Result.State.PUBLISHED, decision__version__isnull=False
    ).select_related("work_order", "decision__version")
    found = []
    for result in published if reader.is_authenticated else ():
        assert result.decision is not None and result.decision.version is not None  # noqa: S101 - for the type checker
        parts = own_sentences.of(result.decision.version, reader)
        number = sum(len(part.sentences) for part in parts)
        if number:
            found.append((reverse("result", args=[result.work_order.number]), number))
    return found
