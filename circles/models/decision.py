"""What a circle decides: by consent, and only where that fails by majority."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Circle
from circles.models.proposal import ProposalVersion
from circles.models.seat_term import SeatTerm


class DecisionQuerySet(models.QuerySet["Decision"]):
    def decided(self) -> DecisionQuerySet:
        """Those that everybody may read: adopted or rejected."""
        return self.filter(state__in=[Decision.State.ADOPTED, Decision.State.REJECTED])


class Decision(models.Model):
    """One matter that is decided, numbered such as IZ-2026-01/03.

    How it was decided is derived: by majority when a vote was closed, else by consent.
    `version` is what is decided about a proposal; integrating an objection moves it on.
    """

    class Kind(models.TextChoices):
        RULES = "rules", _("rules of procedure")
        PROPOSAL = "proposal", _("proposed solution")
        OTHER = "other", _("another matter")

    class State(models.TextChoices):
        CONSENT = "consent", _("in consent rounds")
        VOTING = "voting", _("vote under way")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.CONSENT: {State.ADOPTED, State.VOTING, State.WITHDRAWN},
        State.VOTING: {State.ADOPTED, State.REJECTED, State.CONSENT},
        State.ADOPTED: set[str](),
        State.REJECTED: set[str](),
        State.WITHDRAWN: set[str](),
    }

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="decisions")
    n = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    wording = models.TextField(max_length=10_000)
    version = models.ForeignKey(
        ProposalVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.CONSENT)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Who brought it in: staff that leads the circle, or a member by their seat.
    begun_member = models.ForeignKey(
        SeatTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A member who leads the rounds beside those who lead the circle.
    facilitator = models.ForeignKey(
        SeatTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["circle", "n"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "n"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(kind="proposal", version__isnull=False)
                | (~Q(kind="proposal") & Q(version=None)),
                name="decision_on_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["consent", "voting"], decided_at=None)
                | (~Q(state__in=["consent", "voting"]) & Q(decided_at__isnull=False)),
                name="decision_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(wording="") & ~Q(title=""), name="decision_has_words"
            ),
            models.CheckConstraint(
                condition=Q(n__gt=1) | Q(kind="rules"), name="decision_rules_come_first"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_decided(self) -> bool:
        return self.state in (self.State.ADOPTED, self.State.REJECTED)
