"""What the D.I.V. and the office add to a thread: ideas, vision, priority, orders, presentation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.pages.thread.steps import Step
from formats.models import PriorityRound, PriorityTopic, Vision, WorkOrder
from formats.weighing import priorities
from foundation.accounts.mandates import Actor
from foundation.look import moments


def day_of(moment: dt.datetime | None, zone: str = "") -> dt.date | None:
    """The city's day of a moment."""
    return None if moment is None else moments.local(moment, zone).date()


def beginning(vision: Vision, reader: Actor) -> Iterator[Step]:
    """Ideas that went into it, the vision itself, and how the D.I.V. weighed it."""
    for idea in vision.ideas.released():
        yield Step(
            "idea",
            day_of(idea.received_at),
            str(idea.public_title),
            reverse("idea", args=[idea.number]),
            idea.get_state_display(),
        )
    adopted = vision.adopted_in
    is_set_aside = vision.state == Vision.State.SET_ASIDE
    yield Step(
        "vision",
        day_of(adopted.starts_at, adopted.body.time_zone) if adopted else None,
        str(vision.title),
        reverse("vision", args=[vision.slug]),
        vision.get_state_display(),
        notes=(str(vision.set_aside_reason),) if is_set_aside else (),
        sign="done" if adopted else "half",
    )
    rounds = PriorityRound.objects.visible_to(reader).filter(poll__state="closed")
    topics = vision.priority_topics.filter(round__in=rounds)
    for topic in topics.select_related("round__poll", "round__meeting__body", "option"):
        yield _weighed(topic)


def _weighed(topic: PriorityTopic) -> Step:
    ranking = priorities.result_of(topic.round)
    own = next(each for each in ranking if each.topic.pk == topic.pk)
    notes = [
        _("Rank %(rank)d of %(all)d topics.") % {"rank": own.line.rank, "all": len(ranking)},
        str(topic.reason),
    ]
    notes += [
        _("Minority, for %(who)s: “%(words)s”") % {"who": dissent.for_whom, "words": dissent.words}
        for dissent in own.topic.dissents.all()
    ]
    if topic.answer:
        notes.append(
            _("Answer of the office: %(answer)s. %(reason)s")
            % {"answer": topic.get_answer_display(), "reason": topic.answer_reason}
        )
    return Step(
        "priority",
        day_of(topic.round.poll.closed_at, topic.round.meeting.body.time_zone),
        str(topic.round.title),
        reverse("priority", args=[topic.round_id]) + f"#thema-{topic.pk}",
        topic.get_answer_display() or _("not answered yet"),
        notes=tuple(note for note in notes if note),
    )


def orders_of(vision: Vision) -> Sequence[WorkOrder]:
    """The orders that follow from it, oldest first, with all that their steps need."""
    found = vision.work_orders.select_related(
        "circle", "office_project", "presented_in__body", "successor_of", "outcome"
    )
    return list(found.order_by("given_on", "pk"))


def on_order(order: WorkOrder) -> Iterator[Step]:
    """The order, the office's project if it has one, and its presentation."""
    notes = [_("Due on %(day)s.") % {"day": moments.day_text(order.due_on)}]
    if order.successor_of is not None:
        notes.append(_("It follows order %(number)s.") % {"number": order.successor_of.number})
    if order.closing_note:
        notes.append(str(order.closing_note))
    url = reverse("work_order", args=[order.number])
    is_over = order.state in (WorkOrder.State.PUBLISHED, WorkOrder.State.CLOSED)
    standing = "done" if is_over else "half"
    yield Step(
        "work_order",
        order.given_on,
        f"{order.number}: {order.question}",
        url,
        _("for the %(addressee)s, %(state)s")
        % {"addressee": order.get_addressee_display(), "state": order.get_state_display()},
        notes=tuple(notes),
        sign=standing,
    )
    project = getattr(order, "office_project", None)
    if project is not None:
        title, state = str(project.title), order.get_state_display()
        yield Step("office_project", order.given_on, title, url, state, sign=standing)
    session = order.presented_in
    if session is not None:
        yield Step(
            "presentation",
            day_of(session.starts_at, session.body.time_zone),
            _("Shown in session %(number)s of the %(body)s")
            % {"number": session.number, "body": session.body.name},
            reverse("meeting", args=[session.year, session.ordinal]),
            capfirst(session.get_state_display()),
        )
