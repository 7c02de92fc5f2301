"""What happened, in rows that nobody can change.

Entries hold ids and digests, never names or free text about people, so erasure keeps the chain.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One event of the trail; `subject` is a generic key such as ("circles.call", "7")."""

    at = models.DateTimeField(db_default=Now())
    verb = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class Link(models.Model):
    """One link of the chain: entry number n, and the hash over it and its predecessor."""

    n = models.BigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["n"]

    def __str__(self) -> str:
        return f"{self.n} {self.hash[:8]}"


class Sighting(models.Model):
    """Somebody looked at personal data: who, whose, why, when."""

    at = models.DateTimeField(db_default=Now())
    viewer_id = models.BigIntegerField()
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="sighting_subject")]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.purpose} {self.subject_type} {self.subject_id}"
