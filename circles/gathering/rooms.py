"""A circle at work meets as a private body of its own; its members are those who sit on its seats.

Who may enter follows from the seat (`permissions.can_enter_room`): no role is given or taken.
"""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from circles.models import Circle, Seat, SeatTerm
from formats.models import Body
from formats.sittings import bodies, letters
from foundation.accounts.models import User
from foundation.languages import LocalizedText
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail

BY_LOT = "ausgelost"  # printed in minutes, which are German
# Mails about a seat that tell of the room; others are about the seat alone.
TO_MEMBERS = Q(kind="circle_message") | Q(kind__startswith="decision_")


def set_up(circle: Circle, *, by: User) -> Body:
    """Give a circle that begins to work its body, with everybody who sits in it now."""
    body = bodies.set_up_body(
        circle.number.lower(),
        name=f"Innovationszirkel {circle.name.get('de') or circle.name}",
        short_name=circle.number,
        purpose=LocalizedText(circle.purpose.stored),
        is_public=False,
        sessions_min=0,
        sessions_max=None,
        notice_days=0,
        leads_to=reverse("gathering_list", args=[circle.slug]),
        by=by,
    )
    Circle.objects.filter(pk=circle.pk).update(body=body)
    circle.body = body
    for term in SeatTerm.objects.current().filter(seat__circle=circle).select_related("seat"):
        _seat(body, term.seat)
    return body


def admit(seat: Seat) -> None:
    """Whoever has just taken this seat is a member of the body, if there is one already."""
    body = _locked(seat).body
    if body is not None:
        _seat(body, seat)


def dismiss(seat: Seat, person: User | None) -> None:
    """Whoever has just left this seat is a member of the body no longer, and is told no more."""
    body = _locked(seat).body
    if body is not None and person is not None:
        bodies.unseat(body, person)
    _take_back_mails(seat, body)


def _take_back_mails(seat: Seat, body: Body | None) -> None:
    """Throw away what waits to leave for whoever has left: it tells of the room."""
    waiting = OutgoingMail.objects.filter(
        TO_MEMBERS,
        state=OutgoingMail.State.HELD,
        subject_type=Seat._meta.label_lower,
        subject_id=str(seat.pk),
    )
    held = list(waiting)
    if body is not None:
        for membership in body.memberships.filter(ends_on__isnull=False):
            held += letters.held_for(membership)
    for mail in held:
        outbox.cancel(mail, by=None)


def _locked(seat: Seat) -> Circle:
    """The circle, so that beginning to work and taking a seat wait for each other.

    Its body is asked for after the wait: joined, it would be that of before.
    """
    return Circle.objects.select_for_update(no_key=True).get(pk=seat.circle_id)


def _seat(body: Body, seat: Seat) -> None:
    assert seat.holder is not None  # noqa: S101 - for the type checker; a taken seat has one
    bodies.seat(body, seat.holder, on_behalf_of=seat.nominated_by_body or BY_LOT)
