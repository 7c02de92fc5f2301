"""Who takes part: actors of the directory on the side of one city."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.actor import Actor
from partnerships.models.partnership import Partnership, Party


class ParticipatingActor(models.Model):
    """`party` is the side the actor stands on; `role` says what it brings in."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="participations"
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="participations")
    role = LocalizedTextField()

    class Meta:
        verbose_name = _("part in a partnership")
        verbose_name_plural = _("parts in partnerships")
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "actor"], name="participating_actor_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor)
