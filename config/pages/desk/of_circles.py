"""Calls, reviews, draws and seats on the desk of those who work on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles import draw_permissions, permissions
from circles.drawing.tickets import short_ticket
from circles.models import (
    Call,
    Circle,
    Declaration,
    Departure,
    NamingRequest,
    Objection,
    Offer,
    PaperEnding,
    Review,
    Seat,
)
from circles.reviewing import objections, reviews
from config.pages.desk.items import AT_MOST, Item
from foundation.accounts.mandates import holds
from foundation.accounts.models import Role, User

State = Call.State
DAY = dt.timedelta(days=1)


def items(user: User) -> list[Item]:
    """What calls in motion ask of this reader; the number of questions asked does not grow."""
    moving = Call.objects.visible_to(user).filter(state__in=[State.OPEN, State.FROZEN])
    calls = list(moving.select_related("circle", "meeting__body").order_by("closes_at")[:AT_MOST])
    reviewed = [call for call in calls if permissions.can_review_call(user, call)]
    drawn = [call for call in calls if draw_permissions.can_see_draw_desk(user, call)]
    return [
        *_reviews(user, reviewed),
        *_objections(user, reviewed),
        *_endings(user),
        *_deadlines(reviewed),
        *_draws(user, drawn),
        *(_offers() if holds(user, Role.OFFICE) else []),
        *(_departures(user) if holds(user, Role.OFFICE) else []),
        *(_namings() if holds(user, Role.OFFICE) else []),
        *(_seats() if holds(user, Role.OFFICE) else []),
    ]


def _reviews(user: User, calls: list[Call]) -> list[Item]:
    waiting = reviews.waiting_by_call(user, calls)
    return [
        Item(
            ngettext(
                "%(n)d application waits for your review",
                "%(n)d applications wait for your review",
                waiting[call.pk],
            )
            % {"n": waiting[call.pk]},
            str(call.circle.name),
            reverse("application_list", args=[call.pk]),
            _("Review applications"),
            until=call.meeting.starts_at - DAY,
        )
        for call in calls
        if waiting.get(call.pk)
    ]


def _endings(user: User) -> list[Item]:
    """What people on paper wish and one of the office has noted: somebody else confirms it."""
    noted = PaperEnding.objects.filter(confirmed_at=None).exclude(entered_by=user)
    found = noted.select_related("application__call__circle").order_by("entered_at")[:AT_MOST]
    return [
        Item(
            _("A wish of somebody on paper waits for a second person"),
            f"{each.application.call.circle.name}, {each.application.reference}",
            reverse(
                "application_erase" if each.is_erasure else "application_withdraw",
                args=[each.application.call_id, each.application.reference],
            ),
            _("Look"),
            since=each.entered_at,
        )
        for each in found
        if permissions.can_second_paper_ending(user, each.application)
    ]


def _objections(user: User, calls: list[Call]) -> list[Item]:
    own = Review.objects.filter(application=OuterRef("application"), reviewer=user)
    open_ = (
        Objection.objects.filter(application__call__in=calls, decided_at=None)
        .exclude(Exists(own))
        .select_related("application__call__circle")
        .order_by("recorded_at")
    )
    return [
        Item(
            _("Decide on an objection to a rejection"),
            _("%(circle)s. You have not reviewed this application and may decide.")
            % {"circle": each.application.call.circle.name},
            reverse(
                "application_review", args=[each.application.call_id, each.application.reference]
            ),
            _("Decide"),
            until=objections.decide_by(each),
        )
        for each in open_[:AT_MOST]
    ]


def _deadlines(calls: list[Call]) -> list[Item]:
    return [
        Item(
            _("The call ends: %(circle)s") % {"circle": call.circle.name},
            _("After that the draw pool is closed."),
            reverse("application_list", args=[call.pk]),
            _("Look"),
            until=call.closes_at,
        )
        for call in calls
        if call.state == State.OPEN and call.closes_at > timezone.now() + call.clock_ahead
    ]


def _draws(user: User, calls: list[Call]) -> list[Item]:
    in_force = {
        declaration.draw.call_id: declaration
        for declaration in Declaration.objects.filter(
            draw__call__in=calls, lapsed_at=None
        ).select_related("draw")
    }
    return [_of_draw(user, call, in_force.get(call.pk)) for call in calls]


def _of_draw(user: User, call: Call, declaration: Declaration | None) -> Item:
    """The next step of one draw for whoever may take it; for the others, when it takes place."""
    leads = draw_permissions.can_freeze(user, call)
    coming = _draw_item(
        call, _("The draw takes place: %(circle)s"), _("Look"), call.meeting.starts_at
    )
    # A declaration must be public a day before anybody throws.
    until = call.meeting.starts_at - DAY
    if call.state == State.OPEN:
        if not leads or call.closes_at > timezone.now() + call.clock_ahead:
            return coming
        what = _("Close the draw pool: %(circle)s")
        return _draw_item(call, what, _("Close the draw pool"), until)
    if declaration is None:
        if not leads:
            return coming
        return _draw_item(call, _("Declare the draw: %(circle)s"), _("Declare"), until)
    if declaration.confirmed_at is None:
        if declaration.proposed_by_id == user.pk:
            return coming
        what = _("Confirm the declaration of the draw: %(circle)s")
        return _draw_item(call, what, _("Compare and confirm"), until)
    return coming


def _draw_item(call: Call, what: str, action: str, until: dt.datetime) -> Item:
    why = _("Session %(number)s") % {"number": call.meeting.number}
    url = reverse("draw_desk", args=[call.pk])
    return Item(what % {"circle": call.circle.name}, why, url, action, until=until)


def _offers() -> list[Item]:
    open_ = Offer.objects.filter(state=Offer.State.OPEN).select_related(
        "seat", "application", "draw__call__circle"
    )
    return [
        Item(
            _("Seat %(seat)d: the offer to ticket %(ticket)s ends")
            % {"seat": each.seat.number, "ticket": short_ticket(each.application.ticket)},
            str(each.draw.call.circle.name),
            reverse("draw_desk", args=[each.draw.call_id]),
            _("Look"),
            until=each.answer_by,
        )
        for each in open_.order_by("answer_by")[:AT_MOST]
    ]


def _departures(user: User) -> list[Item]:
    """Who must still be asked, and which seats this reader may let pass on."""
    open_ = Departure.objects.filter(state=Departure.State.OPEN)
    found = open_.exclude(told_by=user).exclude(entered_by=user)
    return [
        Item(
            (
                _("Let seat %(n)d pass on: %(circle)s")
                if each.told_by_id
                else _("Ask who declined seat %(n)d: %(circle)s")
            )
            % {"n": each.offer.seat.number, "circle": each.offer.draw.call.circle.name},
            _("A drawn person declined or was silent. Two of you look before the next moves up."),
            reverse("draw_desk", args=[each.offer.draw.call_id]),
            _("Look"),
            until=each.object_until,
        )
        for each in found.select_related("offer__seat", "offer__draw__call__circle")[:AT_MOST]
    ]


def _namings() -> list[Item]:
    """Bodies that have not named anybody yet."""
    asked = NamingRequest.objects.filter(state=NamingRequest.State.OPEN)
    return [
        Item(
            _("%(body)s is to name somebody") % {"body": each.body},
            str(each.seat.circle.name),
            reverse("circle", args=[each.seat.circle.slug]),
            _("Look"),
            until=each.name_by,
        )
        for each in asked.select_related("seat__circle").order_by("name_by")[:AT_MOST]
    ]


def _seats() -> list[Item]:
    return [
        Item(
            ngettext(
                "%(circle)s: %(n)d seat is still to be nominated",
                "%(circle)s: %(n)d seats are still to be nominated",
                row["unnamed"],
            )
            % {"circle": row["name"], "n": row["unnamed"]},
            _("Sector seats and experts are named by their bodies."),
            reverse("circle", args=[row["slug"]]),
            _("Nominate"),
        )
        for row in islice(_with_unnamed_seats(), AT_MOST)
    ]


def _with_unnamed_seats() -> Iterable[Any]:
    """Rows of slug, name and number of seats for which nobody has been asked yet."""
    asked = NamingRequest.objects.filter(seat=OuterRef("pk"), state=NamingRequest.State.OPEN)
    free = Seat.objects.filter(state=Seat.State.FREE).exclude(kind=Seat.Kind.LOT)
    unnamed = free.exclude(Exists(asked)).values("pk")
    return (
        Circle.objects.exclude(state=Circle.State.FINISHED)
        .annotate(unnamed=Count("seats", filter=Q(seats__in=unnamed)))
        .filter(unnamed__gt=0)
        .order_by("number")
        .values("slug", "name", "unnamed")
    )
