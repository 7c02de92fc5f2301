"""Somebody who works on a call declares to be biased about one application and stays out of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from circles.models.application import Application


class Recusal(models.Model):
    """Append-only; the database refuses findings of this person on this application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals"
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="recusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.person_id}"
