"""What the office does next for each of the fifteen seats, in words and links."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from circles.calling import followups
from circles.drawing.tickets import short_ticket
from circles.models import Call, Circle, NamingRequest, Nomination, Offer, Seat
from circles.seating import seats

Links = list[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Row:
    """One seat: `sign` and `word` say how it stands, `links` (label, URL) what can be done.

    `until` is the end of a period that runs; `button` is a (label, URL) that posts.
    """

    seat: Seat
    title: str
    sign: str
    word: str
    detail: str = ""
    until: dt.datetime | None = None
    links: Links = dataclasses.field(default_factory=list)
    button: tuple[str, str] | None = None


def rows_of(circle: Circle, all_seats: list[Seat], call: Call | None) -> list[Row]:
    """All fifteen; three questions to the database, and those about the follow-up call."""
    asked = {each.seat_id: each for each in NamingRequest.objects.filter(seat__circle=circle)}
    named = {each.seat_id: each for each in Nomination.objects.filter(seat__circle=circle)}
    open_offers = Offer.objects.filter(seat__circle=circle, state=Offer.State.OPEN)
    offered = {each.seat_id: each for each in open_offers}
    by_lot = _step_of_lot(circle, call)
    return [
        _lot_row(seat, offered.get(seat.pk), by_lot, call)
        if seat.kind == Seat.Kind.LOT
        else _named_row(circle, seat, asked.get(seat.pk), named.get(seat.pk))
        for seat in all_seats
    ]


def _named_row(
    circle: Circle, seat: Seat, asked: NamingRequest | None, named: Nomination | None
) -> Row:
    """`asked` and `named` are the newest ones of this seat."""
    title = seats.title_of(seat)
    if seat.state == Seat.State.TAKEN:
        return Row(seat, title, "done", _("taken"), f"{seat.holder}, {seat.nominated_by_body}")
    if seat.state == Seat.State.OFFERED:
        until = named.answer_by if named and named.state == Nomination.State.OPEN else None
        button = _button(circle, seat, "seat_take_back", _("Withdraw the offer of seat %(n)d"))
        detail = f"{seat.holder}, {seat.nominated_by_body}"
        return Row(seat, title, "half", _("waits for the answer"), detail, until, [], button)
    if asked and asked.state == NamingRequest.State.OPEN:
        button = _button(circle, seat, "seat_ask_withdraw", _("Withdraw the request: seat %(n)d"))
        return Row(
            seat, title, "half", _("waits for a name"), asked.body, asked.name_by, [], button
        )
    where = [circle.slug, seat.number]
    links = [
        (_("Ask a body"), reverse("seat_ask", args=where)),
        (_("Enter a named person"), reverse("seat_nominate", args=where)),
    ]
    return Row(seat, title, "open", _("nobody asked"), _last_word(asked, named), None, links)


def _last_word(asked: NamingRequest | None, named: Nomination | None) -> str:
    """What became of the last attempt, if there was one."""
    if asked and asked.state == NamingRequest.State.DECLINED:
        return _("%(body)s names nobody. %(answer)s") % {
            "body": asked.body, "answer": asked.answer,
        }  # fmt: skip
    if asked and asked.state == NamingRequest.State.EXPIRED:
        return _("%(body)s named nobody in time.") % {"body": asked.body}
    if named and named.state in (Nomination.State.DECLINED, Nomination.State.EXPIRED):
        return _("The person named by %(body)s does not come.") % {"body": named.body}
    return ""


def _lot_row(seat: Seat, offer: Offer | None, by_lot: tuple[str, Links], call: Call | None) -> Row:
    """A ticket, no name: whoever looks at an applicant leaves a trace, on another page."""
    title = seats.title_of(seat)
    ticket = _("Lot %(ticket)s") % {"ticket": short_ticket(seat.ticket)} if seat.ticket else ""
    if seat.state == Seat.State.TAKEN:
        return Row(seat, title, "done", _("taken"), ticket)
    if seat.state == Seat.State.OFFERED:
        until = offer.answer_by if offer else None
        word = _("waits for the answer") if offer else _("declined or silent")
        links = [] if offer or call is None else [_desk(call)]
        return Row(seat, title, "half", word, ticket, until, links)
    word, links = by_lot
    return Row(seat, title, "open", _("to be drawn"), word, None, links)


def _step_of_lot(circle: Circle, call: Call | None) -> tuple[str, Links]:
    """What fills a free seat by lot: the call, the draw, the reserve, a follow-up call."""
    if followups.is_due(circle):
        create = (_("Prepare a follow-up call"), reverse("call_create", args=[circle.slug]))
        return _("The reserve list is used up."), [create]
    if call is None or call.state == Call.State.WITHDRAWN:
        return _("No call yet."), [
            (_("Prepare a call"), reverse("call_create", args=[circle.slug]))
        ]
    if call.state == Call.State.DRAFT:
        return _("The call is in preparation."), [
            (_("The call"), reverse("call", args=[circle.slug]))
        ]
    desk = _desk(call)
    if call.state == Call.State.OPEN:
        applications = (_("Applications"), reverse("application_list", args=[call.pk]))
        return _("The call is open."), [applications, desk]
    return _("The draw is under way, or the next in the order moves up."), [desk]


def _desk(call: Call) -> tuple[str, str]:
    return _("Draw"), reverse("draw_desk", args=[call.pk])


def _button(circle: Circle, seat: Seat, name: str, label: str) -> tuple[str, str]:
    return label % {"n": seat.number}, reverse(name, args=[circle.slug, seat.number])
