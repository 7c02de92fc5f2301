"""All pending work of the portal in one table: what, for whom, how often tried, when next.

PostgreSQL is the truth; Redis only rings the bell.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Effect(models.Model):
    """One piece of pending work. (kind, key) is unique: asking twice makes one effect."""

    class State(models.TextChoices):
        DUE = "due"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    class Queue(models.TextChoices):
        DRAW = "draw"
        PDF = "pdf"
        MAIL = "mail"
        DEFAULT = "default"

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    queue = models.CharField(max_length=16, choices=Queue.choices, default=Queue.DEFAULT)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    due_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="effect_once"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="effect_done_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "due_at"],
                name="effect_pending",
                condition=models.Q(state__in=["due", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
