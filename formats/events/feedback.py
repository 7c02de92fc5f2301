"""What people thought of an event: once each, kept without a name."""

from __future__ import annotations

from django.db import transaction

from formats.models import Event, Feedback, Registration


def may_answer(registration: Registration) -> bool:
    """Whoever had a place and was not missed, once the event was held."""
    return (
        registration.state == Registration.State.CONFIRMED
        and registration.event.state == Event.State.HELD
        and registration.attended is not False
        and not registration.gave_feedback
    )


def give(registration: Registration, *, rating: int, took_along: str, wished: str) -> None:
    """Keep the answers apart from the person; a second time changes nothing."""
    with transaction.atomic():
        mine = Registration.objects.filter(pk=registration.pk, gave_feedback=False)
        if mine.update(gave_feedback=True):
            Feedback.objects.create(
                event=registration.event, rating=rating, took_along=took_along, wished=wished
            )


def summary(event: Event) -> list[tuple[int, int]]:
    """(rating, how many) from 5 to 1."""
    given = list(event.feedback.values_list("rating", flat=True))
    return [(rating, given.count(rating)) for rating in range(5, 0, -1)]
