"""One message to everybody who sits in a circle: written once, read, then let go to each alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle, Seat
from circles.seating import reach
from formats.sittings.letters import Bundle
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail

KIND = "circle_message"


class NobodyThere(DomainError):
    """No seat of the circle is taken yet."""


def members(circle: Circle) -> QuerySet[Seat]:
    """Taken seats with those who hold them."""
    return circle.seats.filter(state=Seat.State.TAKEN).select_related("holder")


def write(circle: Circle, *, subject: str, text: str, hold: bool = True, by: User) -> int:
    """Write `text` to each member, on hold; whoever has no address gets a letter. How many.

    Without `hold` the mails leave at once.
    """
    stamp = f"{timezone.now():%y%m%d%H%M%S%f}"
    with transaction.atomic():
        seated = list(members(circle))
        if not seated:
            raise NobodyThere("nobody-there", _("Nobody has taken a seat of this circle yet."))
        context = {"circle": circle, "title": subject, "text": text}
        send_each(
            circle, seated, KIND, key=f"circle-message-{stamp}", context=context, hold=hold, by=by
        )
        trail.record("circle.message-written", circle, by=by, members=len(seated))
    return len(seated)


def send_each(
    circle: Circle,
    seated: Iterable[Seat],
    kind: str,
    *,
    key: str,
    context: Mapping[str, Any],
    hold: bool = False,
    by: User | None = None,
) -> None:
    """One mail of `kind` to whoever sits on each of these seats; a letter where there is none."""
    seats = list(seated)
    reached = reach.of_seats(circle, seats)
    for seat in seats:
        person = seat.holder
        assert person is not None  # noqa: S101 - for the type checker; a taken seat has one
        outbox.queue(
            kind,
            key=f"{key}-{seat.pk}",
            to=reached[seat.pk].to,
            to_name=person.name,
            postal_address=reached[seat.pk].letter_to,
            language=person.language,
            subject=seat,
            context=context,
            hold=hold,
            by=by,
        )


def waiting(circle: Circle) -> QuerySet[OutgoingMail]:
    """Held messages to those who still hold their seat, oldest first; letters wait apart."""
    addresses = reach.of_seats(circle, list(members(circle)))
    seated = {str(pk): each.to for pk, each in addresses.items()}
    held = OutgoingMail.objects.filter(
        kind=KIND,
        state=OutgoingMail.State.HELD,
        subject_type=Seat._meta.label_lower,
        subject_id__in=seated,
    ).exclude(to="")
    still = [mail.pk for mail in held if mail.to == seated[mail.subject_id]]
    return held.filter(pk__in=still).order_by("pk")


def bundles(mails: QuerySet[OutgoingMail]) -> list[Bundle]:
    """The messages, each with all who get it: those that were written at one moment."""
    found: dict[str, list[OutgoingMail]] = {}
    for mail in mails:
        found.setdefault(mail.key.rpartition("-")[0], []).append(mail)
    return [Bundle(key, each[0].subject, each) for key, each in found.items()]


def throw_away(mails: QuerySet[OutgoingMail], *, by: User) -> None:
    """Let none of these go."""
    with transaction.atomic():
        for mail in mails:
            outbox.cancel(mail, by=by)
