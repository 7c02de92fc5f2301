"""Finding a date: moments to choose from, and when each member can come."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.authorship import Authored, written_by_one
from circles.models.circle import Circle
from circles.models.seat_term import SeatTerm
from formats.models import Meeting


class DatePoll(Authored):
    """One question for a date; settled when an option became a meeting."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")
        DROPPED = "dropped", _("dropped")

    TRANSITIONS = {
        State.OPEN: {State.SETTLED, State.DROPPED},
        State.SETTLED: set[str](),
        State.DROPPED: set[str](),
    }

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="date_polls")
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="date_poll"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            written_by_one("date_poll_by_one"),
            models.CheckConstraint(condition=~Q(title=""), name="date_poll_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None, meeting=None)
                | Q(state="settled", settled_at__isnull=False, meeting__isnull=False)
                | Q(state="dropped", settled_at__isnull=False, meeting=None),
                name="date_poll_settled_has_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.pk}"


class DateOption(models.Model):
    """One moment that members say yes or no to."""

    poll = models.ForeignKey(DatePoll, on_delete=models.PROTECT, related_name="options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="date_option_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="date_option_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.starts_at:%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    """What one member says to one moment; may be changed until the date is settled."""

    class Word(models.TextChoices):
        YES = "yes", _("yes")
        IF_NEEDED = "if_needed", _("if need be")
        NO = "no", _("no")

    option = models.ForeignKey(DateOption, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="date_answers")
    word = models.CharField(max_length=10, choices=Word.choices)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "member"], name="date_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.word}"
