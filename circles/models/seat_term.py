"""Who sat where and when: the history of a circle's seats."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from circles.models.circle import Seat
from foundation.accounts.models import User


class SeatTermQuerySet(models.QuerySet["SeatTerm"]):
    def current(self) -> SeatTermQuerySet:
        """Of those who sit now: the members."""
        return self.filter(ended_at=None)

    def held_by(self, user: User) -> SeatTermQuerySet:
        """Of this person, and of whoever the lot found and this person's mailbox reaches."""
        return self.filter(
            Q(person=user) | Q(ended_at=None, seat__in=Seat.objects.held_by(user).values("pk"))
        )


class SeatTerm(models.Model):
    """A stretch of one person on one seat; `person` goes when they are forgotten, the days stay."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="seat_terms"
    )
    named_by_body = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SeatTermQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ended_at=None), name="seat_term_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, person__isnull=False)
                | Q(ended_at__gte=models.F("began_at")),
                name="seat_term_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} since {self.began_at:%Y-%m-%d}"
