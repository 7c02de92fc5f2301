"""Who wants to hear of what by mail: one address, and a row for each thing it asked for.

A row counts once the owner of the mailbox has confirmed it; without rows there is no address.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

LANGUAGES = ["de", "en", "fi"]


def new_handle() -> str:
    """What stands in the links of a subscriber: 32 hex characters, signed there."""
    return secrets.token_hex(16)


class Subscriber(models.Model):
    """An address that asked for mails; `handle` is its name in links, never its number."""

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=2, default="de")
    handle = models.CharField(max_length=32, unique=True, default=new_handle)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscriber_email_low"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="subscriber_language_spoken"
            ),
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Subscription(models.Model):
    """One wish: a topic, for one subject ("app.model", "7") or, with empty keys, for all of it.

    Until it is confirmed it keeps the digest of the link that can do that.
    """

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    topic = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "topic", "subject_type", "subject_id"],
                name="subscription_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, token_digest__regex="^[0-9a-f]{64}$")  # noqa: S106 - a pattern
                | Q(confirmed_at__isnull=False, token_digest=""),
                name="subscription_waits_for_its_link",
            ),
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id="")
                | (~Q(subject_type="") & ~Q(subject_id="")),
                name="subscription_subject_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(topic__regex="^[a-z]{1,32}$"), name="subscription_topic_form"
            ),
        ]
        indexes = [
            models.Index(
                fields=["topic", "subject_type", "subject_id"],
                condition=Q(confirmed_at__isnull=False),
                name="subscription_heard",
            ),
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None), name="subscription_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_id}".strip()
