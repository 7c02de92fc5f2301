"""Every draw with its figures, and what about circles should have had an answer by now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Call, Circle, Draw, DrawEvent, DrawMotion, Extension, Seat
from circles.reviewing import objections
from config.pages.transparency import of_results, sheets
from config.pages.transparency.sheets import Line, Sheet
from formats.models import WorkOrder

HEAVY = ("pool_txt", "rejected_txt", "lottery_txt")
DONE = (WorkOrder.State.PRESENTED, WorkOrder.State.PUBLISHED, WorkOrder.State.CLOSED)


def draws() -> Sheet:
    """Every closed pool, newest first: also of calls that needed no draw."""
    confirmed = Q(declarations__confirmed_at__isnull=False)
    found = (
        Draw.objects.select_related("call__circle", "result")
        .defer(*HEAVY, "result__seed_txt", "result__result_txt")
        .annotate(
            versions=Count("declarations", filter=confirmed, distinct=True),
            lapsed=Count(
                "declarations",
                filter=confirmed & Q(declarations__lapsed_at__isnull=False),
                distinct=True,
            ),
            extended=Count("call__extensions", distinct=True),
            annulled=Exists(DrawMotion.objects.annulments().filter(draw=OuterRef("pk"))),
        )
        .order_by("-frozen_at")
    )
    return Sheet(
        "auslosungen",
        _("Draws"),
        _("Each closed pool in figures. Whoever wants to, recomputes the draw on its page."),
        (
            _("Draw"), _("Circle"), _("Pool closed"), _("Received"), _("Withdrawn"),
            _("Admitted"), _("Not admitted"), _("Places"), _("Versions"),
            _("Lapsed"), _("Extended"), _("State"), _("Result"),
        ),
        [_draw(each) for each in found],
        _("No pool has been closed yet."),
        frozenset(range(3, 11)),
    )  # fmt: skip


def _draw(draw: Draw) -> Line:
    result = getattr(draw, "result", None)
    counts = (
        draw.received, draw.withdrawn, draw.qualified, draw.rejected, draw.seats,
        draw.versions, draw.lapsed, draw.extended,  # type: ignore[attr-defined]
    )  # fmt: skip
    return Line(
        (
            draw.call.draw_id,
            str(draw.call.circle.name),
            sheets.day(draw.frozen_at),
            *(str(count) for count in counts),
            _("annulled") if draw.annulled else str(draw.call.get_state_display()),  # type: ignore[attr-defined]
            result.result_sha256 if result else "",
        ),
        reverse("draw_page", args=[draw.call.draw_id]),
        draw.call.is_demo,
    )


def overdue() -> Sheet:
    """Answers, measures and work orders past their day, objections undecided, empty seats."""
    return Sheet(
        "ueberfaellig",
        _("Overdue answers"),
        _("What should have had an answer by now. We do not hide it."),
        (_("What"), _("Of what"), _("Due since"), _("State")),
        [*of_results.overdue(), *_orders(), *_objections(), *_incomplete()],
        _("Nothing is overdue."),
    )


def _orders() -> Iterable[Line]:
    late = WorkOrder.objects.filter(due_on__lt=timezone.localdate()).exclude(state__in=DONE)
    return [
        Line(
            (
                _("Work order %(number)s") % {"number": order.number},
                str(order.question),
                sheets.day(order.due_on),
                str(order.get_state_display()),
            ),
            reverse("work_order", args=[order.number]),
        )
        for order in late.order_by("due_on")
    ]


def _objections() -> Iterable[Line]:
    return [
        Line(
            (
                _("Objection to a rejection"),
                str(each.application.call.circle.name),
                sheets.day(objections.decide_by(each)),
                _("not decided"),
            ),
            reverse("circle", args=[each.application.call.circle.slug]),
            each.application.call.is_demo,
        )
        for each in objections.overdue().select_related("application__call__circle")
    ]


def _incomplete() -> Iterable[Line]:
    taken = Count("seats", filter=Q(seats__state=Seat.State.TAKEN))
    found = Circle.objects.filter(state=Circle.State.WORKING).annotate(taken=taken)
    return [
        Line(
            (
                _("Circle with empty seats: %(n)d of 15") % {"n": circle.taken},
                str(circle.name),
                "",
                str(circle.incomplete_reason),
            ),
            reverse("circle", args=[circle.slug]),
            circle.is_demo,
        )
        for circle in found.filter(taken__lt=15).order_by("number")
    ]


def corrections() -> list[Line]:
    """Draws annulled, calls put off, and people whom a decision put back into the order."""
    extended = Extension.objects.select_related("call__circle").order_by("-decided_at")
    back = DrawEvent.objects.filter(kind=DrawEvent.Kind.REINSTATED)
    annulled = DrawMotion.objects.annulments().select_related("draw__call__circle")
    return [
        *(
            Line(
                (
                    _("Draw annulled"),
                    str(each.draw.call.circle.name),
                    sheets.day(each.carried_at or each.proposed_at),
                    f"{each.authority}, {each.file_reference}: {each.reason}",
                ),
                reverse("draw_page", args=[each.draw.call.draw_id]),
                each.draw.call.is_demo,
            )
            for each in annulled.order_by("-carried_at")
        ),
        *(
            Line(
                (
                    _("Deadline of a call put off"),
                    str(each.call.circle.name),
                    sheets.day(each.decided_at),
                    str(each.reason),
                ),
                reverse("circle", args=[each.call.circle.slug]),
                each.call.is_demo,
            )
            for each in extended.exclude(call__state=Call.State.DRAFT)
        ),
        *(
            Line(
                (
                    _("Ticket put back into the order"),
                    str(each.draw.call.circle.name),
                    sheets.day(each.at),
                    each.reason,
                ),
                reverse("draw_page", args=[each.draw.call.draw_id]),
                each.draw.call.is_demo,
            )
            for each in back.select_related("draw__call__circle").order_by("-at")
        ),
    ]
