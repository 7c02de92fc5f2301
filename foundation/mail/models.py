"""The outbox: every mail of the portal, from its first draft to its delivery.

A mail is written in the transaction of its cause; nothing leaves that is not a row here.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models.functions import Now

from foundation.documents.models import StoredFile

KEPT_FOR = dt.timedelta(days=30)


class OutgoingMail(models.Model):
    """One mail to one address. `key` is unique and becomes the Message-ID."""

    class State(models.TextChoices):
        HELD = "held"
        QUEUED = "queued"
        SENT = "sent"
        CANCELLED = "cancelled"

    TRANSITIONS = {
        State.HELD: {State.QUEUED, State.CANCELLED},
        State.QUEUED: {State.SENT, State.HELD, State.CANCELLED},
        State.SENT: set[str](),
        State.CANCELLED: set[str](),
    }

    key = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=64)
    to = models.CharField(max_length=254, blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    postal_address = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    phoned_at = models.DateTimeField(null=True)
    phone_note = models.CharField(max_length=300, blank=True)
    releases = models.PositiveSmallIntegerField(default=0)  # how often it was let go
    # Carries a code or a link that opens a door: nobody but the addressee may read it.
    secret = models.BooleanField(default=False)
    # To somebody who only asked for news: staff do not see who it is, and it is gone once it left.
    hides_address = models.BooleanField(default=False)
    # Where a mail program ends the subscription with one POST (RFC 8058).
    unsubscribe_url = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="mail_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(to__regex="[\\r\\n]")
                & ~models.Q(to_name__regex="[\\r\\n]")
                & ~models.Q(subject__regex="[\\r\\n]")
                & ~models.Q(unsubscribe_url__regex="[\\s<>]"),
                name="mail_head_is_one_line",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="mail_subject")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def delivery_key(self) -> str:
        """Key of the effect that delivers it since it was last let go."""
        return f"{self.pk}:{self.releases}"


class MailAttachment(models.Model):
    """A stored file that leaves with a mail, such as a date for the reader's calendar."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "file"], name="mail_attachment_once")
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.file_id}"
