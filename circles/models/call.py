"""The public call for the five seats by lot, with criteria fixed before it opens."""

from __future__ import annotations

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Circle
from formats.models import Meeting
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: mandates.Actor) -> CallQuerySet:
        """Drafts are for the office; everything that was ever open is public.

        A trial is for those who rehearse it: the office and the reviewers.
        """
        if mandates.holds(user, Role.OFFICE):
            return self
        own = mandates.subjects_of(user, Role.OFFICE, Call)
        public = Q(is_trial=False) & ~Q(state=Call.State.DRAFT)
        if mandates.holds(user, Role.REVIEWER):
            public |= Q(is_trial=True)
        return self.filter(public | Q(pk__in=own))


class RealCalls(models.Manager["Call"]):
    """Calls without trials: whoever does not ask for trials by name never meets one."""

    def get_queryset(self) -> CallQuerySet:
        return CallQuerySet(self.model, using=self._db).filter(is_trial=False)

    def visible_to(self, user: mandates.Actor) -> CallQuerySet:
        return self.get_queryset().visible_to(user)


class Call(models.Model):
    """A public call. `draw_id` names the lottery in every published file.

    `clock_ahead` is the simulated clock of a demonstration: only calls whose draw_id begins with
    "demo-" may have one, and everything drawn from them is marked MUSTER.

    A trial rehearses a call in preparation. `objects` never finds one (`every` does), the database
    lets no draw, extension or agenda know it, and it is removed with everything in it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        FROZEN = "frozen", _("draw pool closed")
        DRAWN = "drawn", _("drawn")
        ALL_ADMITTED = "all_admitted", _("all admitted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.DRAFT: {State.OPEN, State.WITHDRAWN},
        State.OPEN: {State.FROZEN, State.ALL_ADMITTED, State.WITHDRAWN},
        # Withdrawn by two people, while nothing can be known (DrawMotion).
        State.FROZEN: {State.DRAWN, State.WITHDRAWN},
        State.DRAWN: set[str](),
        State.ALL_ADMITTED: set[str](),
        State.WITHDRAWN: set[str](),
    }

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="calls")
    draw_id = models.CharField(
        max_length=64, unique=True, validators=[RegexValidator(r"^[a-z0-9-]{1,64}\Z")]
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calls")
    question = LocalizedTextField(default=LocalizedText)
    task = LocalizedTextField(default=LocalizedText)
    effort = LocalizedTextField(default=LocalizedText)
    not_needed = LocalizedTextField(default=LocalizedText)
    allowance = LocalizedTextField(default=LocalizedText)
    contact = models.CharField(max_length=300)
    seats = models.PositiveSmallIntegerField(default=5)
    reserve_kept = models.PositiveSmallIntegerField(default=20)
    answer_days = models.PositiveSmallIntegerField(default=14)
    objection_days = models.PositiveSmallIntegerField(default=7)
    kept_days = models.PositiveSmallIntegerField(default=30)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    clock_ahead = models.DurationField(default=dt.timedelta)
    is_trial = models.BooleanField(default=False)

    objects = RealCalls()
    every = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=5), name="call_one_to_five_seats"
            ),
            models.CheckConstraint(
                condition=Q(kept_days__gte=1, kept_days__lte=365), name="call_days_kept"
            ),
            models.CheckConstraint(
                condition=Q(objection_days__gte=3, objection_days__lte=60),
                name="call_days_to_object",
            ),
            models.CheckConstraint(
                condition=Q(draw_id__regex=r"^[a-z0-9-]{1,64}$"), name="call_draw_id_form"
            ),
            models.CheckConstraint(
                condition=Q(clock_ahead=dt.timedelta(0)) | Q(draw_id__startswith="demo-"),
                name="call_clock_only_in_demo",
            ),
            models.CheckConstraint(
                condition=Q(is_trial=True, draw_id__startswith="probe-")
                | Q(is_trial=False) & ~Q(draw_id__startswith="probe-"),
                name="call_trial_by_name",
            ),
            models.CheckConstraint(
                condition=Q(is_trial=False) | Q(state__in=["draft", "open"]),
                name="call_trial_ends_before_the_pool",
            ),
        ]

    def __str__(self) -> str:
        return self.draw_id

    @property
    def is_demo(self) -> bool:
        """Everything about such a call is a demonstration and says so."""
        return self.draw_id.startswith("demo-")

    @property
    def is_specimen(self) -> bool:
        """Its papers bind nobody: a demonstration or a trial."""
        return self.is_demo or self.is_trial


class Criterion(models.Model):
    """A yes/no condition of the call; a trigger keeps the list as it was when the call opened."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z0-9-]{1,40}\Z")])
    question = LocalizedTextField(default=LocalizedText)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="criterion_position_once"),
            models.UniqueConstraint(fields=["call", "code"], name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9-]{1,40}$"), name="criterion_code_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.code}"
