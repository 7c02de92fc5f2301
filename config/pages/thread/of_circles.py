"""What a circle adds to a thread: its founding, call, draw, work, versions, and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.models import Call, Circle, Decision, DrawResult
from config.pages.thread.of_formats import day_of
from config.pages.thread.steps import Step
from formats.models import WorkOrder
from foundation.accounts.mandates import Actor


def on_order(order: WorkOrder, reader: Actor) -> Iterator[Step]:
    """All public steps of the circle that works on the order; nothing where the office does."""
    circle: Circle | None = getattr(order, "circle", None)
    if circle is None:
        return
    page = reverse("circle", args=[circle.slug])
    name = f"{circle.number}: {circle.name}"
    yield Step("circle", day_of(circle.founded_at), name, page, circle.get_state_display())
    yield from _calls(circle, reader)
    if circle.began_at is not None:
        incomplete = str(circle.incomplete_reason)
        yield Step(
            "work",
            day_of(circle.began_at),
            _("The circle begins to work"),
            page,
            circle.get_state_display(),
            notes=(incomplete,) if incomplete else (),
            sign="half" if circle.state == Circle.State.WORKING else "done",
        )
    yield from _decisions(circle)


def _calls(circle: Circle, reader: Actor) -> Iterator[Step]:
    visible = Call.objects.visible_to(reader).filter(circle=circle).exclude(state="draft")
    for call in visible.order_by("opens_at"):
        yield Step(
            "call",
            day_of(call.opens_at),
            str(call.question),
            reverse("call", args=[circle.slug]),
            call.get_state_display(),
            sign="half" if call.state == Call.State.OPEN else "done",
        )
    drawn = DrawResult.objects.filter(draw__call__in=visible).select_related("draw__call")
    for result in drawn.defer("seed_txt", "result_txt"):
        draw = result.draw
        yield Step(
            "draw",
            day_of(result.drawn_at),
            ngettext("%(n)d place drawn by lot", "%(n)d places drawn by lot", draw.seats)
            % {"n": draw.seats},
            reverse("draw_page", args=[draw.call.draw_id]),
            _("anybody can check it"),
            notes=(
                ngettext(
                    "%(n)d application was qualified.",
                    "%(n)d applications were qualified.",
                    draw.qualified,
                )
                % {"n": draw.qualified},
            ),
        )


def _decisions(circle: Circle) -> Iterator[Step]:
    decided = [Decision.State.ADOPTED, Decision.State.REJECTED]
    for decision in circle.decisions.filter(state__in=decided):
        yield Step(
            "decision",
            day_of(decision.decided_at),
            f"{decision.number}: {decision.title}",
            reverse("decision_public", args=[circle.slug, decision.n]),
            decision.get_state_display(),
        )
