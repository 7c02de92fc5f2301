"""An innovation circle and its fifteen seats, kept by the database.

Seats 1–5 belong to the sectors, 6–10 to experts, 11–15 to people drawn by lot.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models import Body, WorkOrder
from foundation.accounts.models import User
from foundation.languages import LocalizedText, LocalizedTextField

SEATS = 15
SECTOR_SEATS = range(1, 6)
EXPERT_SEATS = range(6, 11)
LOT_SEATS = range(11, 16)


class Circle(models.Model):
    """A working group of fifteen for one work order. "Complete" is derived from its seats."""

    class State(models.TextChoices):
        FOUNDED = "founded", _("being filled")
        WORKING = "working", _("at work")
        FINISHED = "finished", _("finished")

    TRANSITIONS = {
        State.FOUNDED: {State.WORKING},
        State.WORKING: {State.FINISHED},
        State.FINISHED: set[str](),
    }

    slug = models.SlugField(unique=True)
    number = models.CharField(max_length=20, unique=True)
    name = LocalizedTextField(default=LocalizedText)
    purpose = LocalizedTextField(default=LocalizedText)
    work_order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="circle")
    addressee = models.CharField(max_length=8, default="circle", editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FOUNDED)
    founded_at = models.DateTimeField(db_default=Now())
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # As which it meets, once it works: a private body, its members are those of the seats.
    body = models.OneToOneField(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="circle"
    )
    # Why it works with fewer than fifteen people, in words for everybody.
    incomplete_reason = LocalizedTextField(default=LocalizedText)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("innovation circle")
        verbose_name_plural = _("innovation circles")
        constraints = [
            models.CheckConstraint(condition=Q(addressee="circle"), name="circle_addressee"),
            models.CheckConstraint(
                condition=Q(state="founded", began_at=None, ended_at=None)
                | Q(state="working", began_at__isnull=False, ended_at=None)
                | Q(state="finished", began_at__isnull=False, ended_at__isnull=False),
                name="circle_state_has_times",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SeatQuerySet(models.QuerySet["Seat"]):
    def held_by(self, user: User) -> SeatQuerySet:
        """Seats of this person, and of whoever the lot found and this person's mailbox reaches."""
        by_mailbox = Seat.objects.filter(holder__applications__reached_by=user).values("pk")
        return self.filter(Q(holder=user) | Q(pk__in=by_mailbox))


class Seat(models.Model):
    """One of the fifteen places; a person sits on at most one of them."""

    class Kind(models.TextChoices):
        SECTOR = "sector", _("sector")
        EXPERT = "expert", _("expert")
        LOT = "lot", _("drawn by lot")

    class Sector(models.TextChoices):
        ADMINISTRATION = "administration", _("administration")
        SCIENCE = "science", _("science")
        BUSINESS = "business", _("business")
        POLITICS = "politics", _("politics")
        CIVIL_SOCIETY = "civil_society", _("civil society")

    class State(models.TextChoices):
        FREE = "free", _("free")
        OFFERED = "offered", _("offered")
        TAKEN = "taken", _("taken")

    TRANSITIONS = {
        State.FREE: {State.OFFERED},
        State.OFFERED: {State.TAKEN, State.FREE},
        State.TAKEN: {State.FREE},
    }

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    expertise = LocalizedTextField(default=LocalizedText)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FREE)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
    )
    ticket = models.CharField(max_length=40, blank=True)
    nominated_by_body = models.CharField(max_length=200, blank=True)
    nominated_on = models.DateField(null=True, blank=True)
    nomination_reason = models.CharField(max_length=500, blank=True)
    name_is_public = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "number"], name="seat_number_once"),
            models.UniqueConstraint(
                fields=["circle", "sector"], condition=Q(kind="sector"), name="seat_sector_once"
            ),
            models.UniqueConstraint(
                fields=["circle", "holder"],
                condition=Q(holder__isnull=False),
                name="seat_one_person_one_seat",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=5, kind="sector")
                | Q(number__gte=6, number__lte=10, kind="expert")
                | Q(number__gte=11, number__lte=15, kind="lot"),
                name="seat_kind_by_number",
            ),
            models.CheckConstraint(
                condition=Q(number=1, sector="administration")
                | Q(number=2, sector="science")
                | Q(number=3, sector="business")
                | Q(number=4, sector="politics")
                | Q(number=5, sector="civil_society")
                | Q(number__gte=6, sector=""),
                name="seat_sector_by_number",
            ),
            models.CheckConstraint(
                condition=Q(state="free", holder=None, taken_at=None)
                | Q(state="offered", holder__isnull=False, taken_at=None)
                | Q(state="taken", holder__isnull=False, taken_at__isnull=False),
                name="seat_state_has_holder",
            ),
            models.CheckConstraint(
                condition=(Q(kind="lot", state="free") & Q(ticket=""))
                | (Q(kind="lot") & ~Q(state="free") & ~Q(ticket=""))
                | (~Q(kind="lot") & Q(ticket="")),
                name="seat_by_lot_has_ticket",
            ),
            models.CheckConstraint(
                condition=Q(kind="lot")
                | Q(state="free")
                | (Q(nominated_on__isnull=False) & ~Q(nominated_by_body="")),
                name="seat_nomination_has_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} seat {self.number}"
