"""What a body decides: the exact wording, how it was voted, the figures, and who disagreed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from formats.models.agenda import AgendaItem
from formats.models.body import Body, Membership
from formats.models.meeting import Meeting
from formats.models.visibility import inside
from foundation.accounts import mandates


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: mandates.Actor) -> ResolutionQuerySet:
        """What was decided on public items, or by circular vote of a public body, for everybody.

        Open votes, and all others, for the body and the office.
        """
        decided = Q(state__in=["adopted", "rejected"], body__is_public=True)
        public = Q(item__is_public=True, meeting__is_public=True) | Q(meeting=None, is_public=True)
        return self.filter(decided & public | inside(user))


class Resolution(models.Model):
    """One vote and what came of it; `number` is such as DIV-2026-03/05."""

    class Procedure(models.TextChoices):
        HANDS = "hands", _("show of hands")
        SECRET = "secret", _("secret ballot on paper")
        BALLOTS = "ballots", _("ballot by own device")
        CIRCULAR = "circular", _("circular vote")

    class State(models.TextChoices):
        OPEN = "open", _("vote under way")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")
        STOPPED = "stopped", _("stopped")

    TRANSITIONS = {
        State.OPEN: {State.ADOPTED, State.REJECTED, State.STOPPED},
        State.ADOPTED: set[str](),
        State.REJECTED: set[str](),
        State.STOPPED: set[str](),
    }
    COUNTED = (Procedure.HANDS, Procedure.SECRET)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()  # of the session; 0 for a circular vote
    n = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    wording = models.TextField()
    is_public = models.BooleanField(default=True)
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(db_default=Now())
    closes_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=300, blank=True)
    # Votes of the body, those present (or cast), and the share that must be exceeded.
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField(null=True, blank=True)
    quorum_percent = models.PositiveIntegerField()
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)
    abstain = models.PositiveIntegerField(null=True, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "ordinal", "n"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "ordinal", "n"], name="resolution_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    procedure="circular",
                    meeting=None,
                    item=None,
                    ordinal=0,
                    closes_at__isnull=False,
                )
                | Q(
                    procedure__in=["hands", "secret", "ballots"],
                    meeting__isnull=False,
                    item__isnull=False,
                    ordinal__gt=0,
                    closes_at=None,
                ),
                name="resolution_in_session_or_circular",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, present=None, yes=None, no=None)
                | Q(state="stopped", decided_at__isnull=False, yes=None, no=None)
                & ~Q(stop_reason="")
                | Q(state="adopted", decided_at__isnull=False, yes__gt=F("no"))
                | Q(state="rejected", decided_at__isnull=False, yes__lte=F("no")),
                name="resolution_follows_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(yes=None)
                | Q(LessThanOrEqual(F("yes") + F("no") + F("abstain"), F("present")))
                & Q(present__lte=F("entitled")),
                name="resolution_no_more_votes_than_seats",
            ),
            models.CheckConstraint(
                condition=Q(yes=None)
                | Q(GreaterThan(F("present") * 100, F("entitled") * F("quorum_percent"))),
                name="resolution_with_quorum",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="resolution_has_words"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def needed(self) -> int:
        """How many votes make the quorum."""
        return self.entitled * self.quorum_percent // 100 + 1

    @property
    def is_decided(self) -> bool:
        return self.state in (self.State.ADOPTED, self.State.REJECTED)

    @property
    def is_circular(self) -> bool:
        return self.procedure == self.Procedure.CIRCULAR


class AskedSeat(models.Model):
    """A member with a vote who was asked in writing: nobody else votes in that circular vote."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="asked_seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "membership"], name="asked_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.membership_id}"


class Voice(models.Model):
    """One vote, given once; nobody sees how anybody voted before the vote is closed."""

    class Choice(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ABSTAIN = "abstain", _("abstention")
        OBJECTION = "objection", _("objection to the circular procedure")

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="voices")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="voices")
    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "seat"], name="voice_once"),
            models.CheckConstraint(
                condition=Q(choice__in=["yes", "no", "abstain", "objection"]),
                name="voice_choice_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.seat_id}"


class MinorityOpinion(models.Model):
    """What those who were outvoted want to be read beside the resolution, word for word."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="minority")
    on_behalf_of = models.CharField(max_length=200)
    text = models.TextField()
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.pk}"
