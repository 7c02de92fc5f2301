"""Whom to ask about an entry of the directory: an address that is never shown to the public.

Kept apart from the entry, so that no list, search or export of entries ever reads it.
"""

from __future__ import annotations

from django.db import models

from partnerships.models.actor import Actor


class ActorContact(models.Model):
    """`next_check_on` is the day from which the yearly question may be asked."""

    actor = models.OneToOneField(Actor, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="de")
    next_check_on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=["de", "en", "fi"]), name="actor_contact_language"
            ),
        ]

    def __str__(self) -> str:
        return f"contact of {self.actor_id}"
