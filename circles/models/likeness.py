"""Two applications that may come from one person: the portal points them out, a person decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from circles.models.application import Application


class Likeness(models.Model):
    """A pair of applications to one call with the same name, telephone or mailbox.

    `is_same` is the answer, None until people have looked: one is enough to say "two people", to
    say "one person" takes `proposed_by` and another one, `decided_by`.
    """

    first = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="likenesses")
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="like_before")
    same_name = models.BooleanField()
    same_phone = models.BooleanField()
    same_mailbox = models.BooleanField()
    is_same = models.BooleanField(null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "likenesses"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
            models.CheckConstraint(
                condition=Q(same_name=True) | Q(same_phone=True) | Q(same_mailbox=True),
                name="likeness_has_a_sign",
            ),
            models.CheckConstraint(
                condition=Q(is_same=None, decided_at=None, decided_by=None)
                | Q(is_same__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="likeness_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(proposed_by=None, proposed_at=None)
                    | Q(proposed_by__isnull=False, proposed_at__isnull=False)
                )
                & (
                    Q(is_same=None)
                    | Q(is_same=False)
                    | Q(proposed_by__isnull=False) & ~Q(decided_by=F("proposed_by"))
                ),
                name="likeness_one_person_say_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"

    @property
    def both(self) -> tuple[Application, Application]:
        """The earlier and the later application."""
        return self.first, self.second
